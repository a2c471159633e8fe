"""The shipped vocabularies: whole, without ambiguity, and enough to file the whole sample directory."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from pointinfo.paths import resources

VOCABULARY = resources() / "vocabulary"
SAMPLE = resources() / "sample" / "directory_geneve.jsonl"
LISTS = {
    "accessibility.json": "accessibility",
    "areas.json": "area",
    "attendance.json": "attendance",
    "audiences.json": "audience",
    "communes.json": "commune",
    "documents.json": "document",
    "eligibility.json": "eligibility",
    "fees.json": "fee",
    "languages.json": "language",
    "neighbourhoods.json": "neighbourhood",
    "sectors.json": "sector",
    "themes.json": "theme",
    "topics.json": "topic",
}
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WEST, EAST = 6.110, 6.177  # the City of Geneva's own territory, in degrees WGS 84
SOUTH, NORTH = 46.177, 46.232


@pytest.mark.parametrize("file", sorted(LISTS))
def test_a_file_says_which_list_it_holds_and_its_version(file: str) -> None:
    content = _content(file)
    assert list(content) == ["list", "version", "terms"]
    assert content["list"] == LISTS[file]
    assert content["version"] >= 1
    assert content["terms"]


def test_every_file_of_the_folder_is_known_here() -> None:
    assert {path.name for path in VOCABULARY.iterdir()} == {*LISTS, "inquiry.json"}


@pytest.mark.parametrize("file", sorted(LISTS))
def test_codes_are_unique_short_ascii_slugs(file: str) -> None:
    codes = [term["code"] for term in _terms(file)]
    assert len(codes) == len(set(codes))
    assert [code for code in codes if not CODE.fullmatch(code) or len(code) > 32] == []


@pytest.mark.parametrize("file", sorted(LISTS))
def test_every_term_has_a_french_and_an_english_label(file: str) -> None:
    for term in _terms(file):
        assert _well_labelled(term["labels"]), term["code"]


@pytest.mark.parametrize("file", sorted(LISTS))
def test_no_word_names_two_terms_of_one_list(file: str) -> None:
    owners: dict[str, set[str]] = {}
    for term in _terms(file):
        for name in _names(term):
            owners.setdefault(_folded(name), set()).add(term["code"])
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("file", sorted(LISTS))
def test_no_term_repeats_a_synonym_or_its_own_label(file: str) -> None:
    for term in _terms(file):
        names = [name.casefold() for name in _names(term)]
        assert len(names) == len(set(names)), term["code"]
        assert all(name and name == name.strip() for name in names), term["code"]


def test_every_topic_belongs_to_a_theme() -> None:
    themes = {term["code"] for term in _terms("themes.json")}
    assert {term["code"]: term.get("parent") for term in _terms("topics.json") if term["parent"] not in themes} == {}


def test_only_topics_have_a_parent() -> None:
    assert {file for file in LISTS for term in _terms(file) if "parent" in term} == {"topics.json"}


def test_every_theme_but_the_last_holds_a_topic_and_the_last_is_for_the_rest() -> None:
    used = {term["parent"] for term in _terms("topics.json")}
    themes = [term["code"] for term in _terms("themes.json")]
    assert themes[-1] == "autre"
    assert [code for code in themes[:-1] if code not in used] == []


def test_the_audiences_are_the_priority_publics_in_the_city_s_order() -> None:
    assert [term["code"] for term in _terms("audiences.json")] == [
        "enfance",
        "jeunesse",
        "aines",
        "nouveaux-habitants",
        "proches-aidants",
        "population",
    ]


def test_the_sixteen_sectors_lie_in_the_city() -> None:
    sectors = _terms("sectors.json")
    assert len(sectors) == 16
    for sector in sectors:
        longitude, latitude = sector["point"]
        assert WEST < longitude < EAST, sector["code"]
        assert SOUTH < latitude < NORTH, sector["code"]


def test_a_neighbourhood_lies_in_one_sector_or_names_the_several_it_spans() -> None:
    sectors = {term["code"] for term in _terms("sectors.json")}
    for term in _terms("neighbourhoods.json"):
        if term["sector"] is None:
            assert len(term["sectors"]) > 1, term["code"]
            assert sectors.issuperset(term["sectors"]), term["code"]
        else:
            assert "sectors" not in term, term["code"]
            assert term["sector"] in sectors, term["code"]


def test_all_forty_five_communes_bear_their_federal_number() -> None:
    assert [term["code"] for term in _terms("communes.json")] == [f"c{number}" for number in range(6601, 6646)]


@pytest.mark.parametrize(
    ("field", "files"),
    [
        ("topics", ["topics.json"]),
        ("audiences", ["audiences.json"]),
        ("quartier", ["neighbourhoods.json", "sectors.json"]),
        ("city", ["communes.json"]),
        ("scope", ["areas.json"]),
    ],
)
def test_every_word_of_the_sample_directory_is_a_label_or_a_synonym(field: str, files: list[str]) -> None:
    known = {name.casefold() for file in files for term in _terms(file) for name in _names(term)}
    words = set(_sample_values(field))
    assert words
    assert sorted(word for word in words if word.casefold() not in known) == []


def test_every_language_of_the_sample_directory_is_a_code_of_the_list() -> None:
    known = {term["code"] for term in _terms("languages.json")}
    assert set(_sample_values("languages")) - known == set()


def test_the_lists_of_an_inquiry_hold_every_answer_the_form_offers() -> None:
    content = _content("inquiry.json")
    assert content["version"] >= 1
    assert {name: [term["code"] for term in terms] for name, terms in content["lists"].items()} == {
        "channel": ["counter", "phone", "email", "outreach", "post", "other"],
        "effort": ["under-2", "2-5", "5-15", "over-15"],
        "outcome": ["answered", "referred", "accompanied", "partly", "not-met"],
        "reason": [
            "no-offer",
            "full",
            "not-eligible",
            "cost",
            "hours",
            "distance",
            "accessibility",
            "language",
            "directory",
            "delay",
            "gave-up",
            "out-of-scope",
            "other",
        ],
        "mode": ["live", "tally", "batch", "import"],
        "first_contact": ["yes", "no"],
    }


def test_every_answer_of_an_inquiry_has_a_french_and_an_english_label_of_its_own() -> None:
    for name, terms in _content("inquiry.json")["lists"].items():
        assert all(_well_labelled(term["labels"]) for term in terms), name
        for language in ("fr", "en"):
            assert len({term["labels"][language] for term in terms}) == len(terms), (name, language)


@pytest.mark.parametrize("file", [*sorted(LISTS), "inquiry.json"])
def test_a_file_holds_one_term_a_line_so_that_a_change_reads_as_one_line(file: str) -> None:
    lines = (VOCABULARY / file).read_text(encoding="utf-8").splitlines()
    assert all(line.count('"code"') <= 1 for line in lines)


def _content(file: str) -> dict[str, Any]:
    content = json.loads((VOCABULARY / file).read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def _terms(file: str) -> list[dict[str, Any]]:
    terms = _content(file)["terms"]
    assert isinstance(terms, list)
    return terms


def _names(term: dict[str, Any]) -> list[str]:
    return [term["labels"]["fr"], *term.get("synonyms", [])]


def _well_labelled(labels: dict[str, str]) -> bool:
    """Both languages, nothing around the words, and the typographic apostrophe."""
    words = list(labels.values())
    return list(labels) == ["fr", "en"] and all(w and w == w.strip() and "'" not in w for w in words)


def _folded(name: str) -> str:
    return name.casefold().replace("’", "'")


def _sample_values(field: str) -> Iterator[str]:
    """Each value that is not empty, of a field that holds one string or a list of them."""
    for line in SAMPLE.read_text(encoding="utf-8").splitlines():
        value = json.loads(line)[field]
        yield from filter(None, [value] if isinstance(value, str) else value)
