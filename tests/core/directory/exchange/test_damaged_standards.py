"""A damaged or hostile file is refused in one sentence or read with remarks; it never breaks the program."""

import csv
import io
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pointinfo import paths
from pointinfo.directory.exchange import data_inclusion, hsds, mednum, ohana, package
from pointinfo.directory.exchange.jsonfile import Place, elements
from pointinfo.directory.exchange.package import Package, Shelf
from pointinfo.directory.exchange.reading import Crosswalk
from pointinfo.directory.vocabulary import Resolver
from pointinfo.errors import InputError
from pointinfo.i18n import words
from tests.fuzz_standards import HSDS, INCLUSION, MEDNUM, TABLES, Target, damaged_input, read_whole, targets, zipped
from tests.measure_exchange import shipped_resolver

FRENCH = words("fr")


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return shipped_resolver()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damaged")


@pytest.mark.parametrize("target", targets(), ids=lambda target: target.name)
def test_every_good_file_is_read_without_a_remark(target: Target, folder: Path, resolver: Resolver) -> None:
    assert read_whole(target, target.good, folder, resolver) in {"read", "remarks"}


@pytest.mark.parametrize("target", targets(), ids=lambda target: target.name)
@settings(deadline=None, max_examples=150)
@given(seed=st.integers(0, 2**32))
def test_no_damage_is_more_than_a_sentence_or_a_remark(
    target: Target, folder: Path, resolver: Resolver, seed: int
) -> None:
    data = damaged_input(target, random.Random(seed))
    assert read_whole(target, data, folder, resolver) in {"read", "remarks", "refused"}


@pytest.mark.parametrize("target", targets(), ids=lambda target: target.name)
@settings(deadline=None, max_examples=60)
@given(data=st.binary(max_size=600))
def test_any_bytes_at_all_are_refused_calmly(target: Target, folder: Path, resolver: Resolver, data: bytes) -> None:
    assert read_whole(target, data, folder, resolver) in {"read", "remarks", "refused"}


PLAIN = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20)


def nested(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Values of JSON with these at the ends."""
    return st.recursive(
        leaves,
        lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=8), inside, max_size=4),
        max_leaves=12,
    )


NAMES = st.sampled_from(
    [name for record in (HSDS["services"][0], INCLUSION["services"][0], MEDNUM[0]) for name in record]
    + ["location", "addresses", "languages", "contacts", "phones", "locations", "services", "taxonomy_term"]
)


@pytest.mark.parametrize("target", targets()[:1] + targets()[2:3] + targets()[4:5], ids=lambda target: target.name)
@settings(deadline=None, max_examples=100)
@given(record=st.dictionaries(NAMES, nested(PLAIN | st.floats() | st.integers()), max_size=10))
def test_any_value_in_any_field_is_read_or_remarked(
    target: Target, folder: Path, resolver: Resolver, record: dict[str, Any]
) -> None:
    good = json.loads(target.good)
    first = good[0] if isinstance(good, list) else good["services"][0]
    data = json.dumps([first | record], default=str).encode(errors="replace")
    assert read_whole(target, data, folder, resolver) in {"read", "remarks", "refused"}


# JSON


def records_of(data: bytes, folder: Path) -> list[Any]:
    path = folder / "some.json"
    path.write_bytes(data)
    found = elements(path, {"services", "structures"}, FRENCH)
    return [(each.key, None if isinstance(each.value, Place) else each.value) for each in found]


def test_records_are_found_in_a_list_a_bundle_a_page_or_alone(tmp_path: Path) -> None:
    assert records_of(b'[{"a": 1}, {"a": "]}"}]', tmp_path) == [("", {"a": 1}), ("", {"a": "]}"})]
    bundle = b'{"version": "1", "structures": [{"a": 1}], "services": [{"b": [1, {"c": "\\""}]}], "n": 3}'
    assert records_of(bundle, tmp_path) == [("structures", {"a": 1}), ("services", {"b": [1, {"c": '"'}]})]
    alone = b'{"id": "1", "services": [{"b": 1}]}'
    assert records_of(alone, tmp_path) == [("", {"id": "1", "services": [{"b": 1}]})]
    assert records_of(b"\xef\xbb\xbf [ ] ", tmp_path) == []


@settings(deadline=None)
@given(records=st.lists(st.dictionaries(st.text(max_size=8), nested(PLAIN), max_size=4), max_size=4))
def test_records_are_found_whatever_they_hold(records: list[dict[str, Any]], folder: Path) -> None:
    data = msgspec.json.encode(records)
    assert [value for _key, value in records_of(data, folder)] == records


@pytest.mark.parametrize(
    "data",
    [
        b'[{"a": 1}, {"a": ',
        b'[{"a": 1}',
        b'[{"a": 1} {"a": 2}]',
        b'[{"a": 1},]',
        b'[{"a": 1}] x',
        b'{"a" 1}',
        b'{"a": }',
        b"[" * 200_000,
        b'[{"a":' * 100_000,
        b'["' + b"x" * 20_000_000,
        b"",
        b"<html></html>",
        "[]".encode("utf-16"),
    ],
    ids=range(13),
)
def test_a_file_that_is_cut_off_or_no_json_is_refused_in_one_sentence(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"some\.json .* Rien n’a été importé"):
        records_of(data, tmp_path)


@pytest.mark.parametrize(
    "value", [b"NaN", b"-Infinity", b"1e999", b"9" * 5000, b'"\xff"', b'"\\ud800"', b"[" * 50 + b"}" * 50], ids=range(7)
)
def test_a_record_that_cannot_be_decoded_leaves_the_others(value: bytes, tmp_path: Path) -> None:
    if value.startswith(b"[" * 50):
        value = b"[" * 50 + b"]" * 50  # deep, but within what a file may hold
        assert records_of(b'[{"a": ' + value + b'}, {"a": 2}]', tmp_path)[1] == ("", {"a": 2})
        return
    assert records_of(b'[{"a": ' + value + b'}, {"a": 2}]', tmp_path) == [("", None), ("", {"a": 2})]


@pytest.mark.parametrize("between", [b",\n", b",\r\n  "])
def test_a_record_that_is_broken_at_line_9999_is_told_with_its_line_and_column(
    between: bytes, tmp_path: Path, resolver: Resolver
) -> None:
    lines = [b'{"id": "%d", "nom": "L\xc3\xa0", "structureId": "1"}' % number for number in range(12_000)]
    lines[9_997] = b'{"id": "9998", "nom": "\xc3\xa0", "ville": }'
    path = tmp_path / "some.json"
    path.write_bytes(b"[\n" + between.join(lines) + b"\n]\n")
    [broken] = [each for each in elements(path, (), FRENCH) if isinstance(each.value, Place)]
    column = len('{"id": "9998", "nom": "à", "ville": ') + len(between.partition(b"\n")[2]) + 1
    assert (broken.number, broken.value) == (9_998, (9_999, column))
    told = next(each for each in hsds.open_hsds_json(path, resolver, FRENCH) if each.row == 9_998).remarks[0]
    assert (told.row, told.fatal) == (9_999, True)
    assert f"colonne {column}" in told.sentence


def test_a_file_that_breaks_off_says_at_which_line_and_column(tmp_path: Path) -> None:
    lines = [b'{"id": "%d"}' % number for number in range(12_000)]
    lines[9_997] = b'  {"id": "9998"}}'
    with pytest.raises(InputError, match=r"à partir de la ligne 9999, colonne 17 \(fiche 9998\)"):
        records_of(b"[\n" + b",\n".join(lines) + b"\n]", tmp_path)
    lines[9_997] = b'{"id": "9998", "nom": ["a"'
    with pytest.raises(InputError, match=r"à partir de la ligne 9999, colonne 1 \(fiche 9998\)"):
        records_of(b"[\n" + b",\n".join(lines) + b"\n]", tmp_path)


def test_a_name_said_twice_counts_once(tmp_path: Path) -> None:
    assert records_of(b'[{"a": 1, "a": 2}]', tmp_path) == [("", {"a": 2})]


# Packages


def test_an_archive_with_paths_out_of_its_folder_is_not_opened(tmp_path: Path, resolver: Resolver) -> None:
    for name in ("../services.csv", "/etc/services.csv", "a/../../services.csv", "C:\\services.csv"):
        path = tmp_path / "a.zip"
        path.write_bytes(zipped({**TABLES, name: "id\n1\n"}))
        with pytest.raises(InputError, match="n’est pas sûre"):
            hsds.open_hsds_package(path, resolver, FRENCH)
        assert not hsds.looks_like_package(path)


def test_an_archive_that_unpacks_without_end_is_not_opened(tmp_path: Path, resolver: Resolver) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("services.csv", b"0" * 50_000_000)
    assert path.stat().st_size < 100_000
    with pytest.raises(InputError, match="n’est pas sûre"):
        hsds.open_hsds_package(path, resolver, FRENCH)
    workbook = path.rename(tmp_path / "bomb.xlsx")
    with pytest.raises(InputError, match="n’est pas sûre"):
        list(data_inclusion.open_data_inclusion(workbook, resolver, FRENCH))


def test_an_archive_of_too_many_files_is_not_opened(tmp_path: Path, resolver: Resolver) -> None:
    path = tmp_path / "many.zip"
    path.write_bytes(zipped({f"{n}.csv": "id\n" for n in range(package.MAX_MEMBERS + 1)}))
    with pytest.raises(InputError, match="n’est pas sûre"):
        ohana.open_ohana(path, resolver, FRENCH)


def test_an_archive_that_lies_about_its_sizes_is_refused(tmp_path: Path, resolver: Resolver) -> None:
    """The size in the directory of the zip is made small; the reader stops where the table goes on."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("services.csv", "id,organization_id,name\n" + "1,2,x\n" * 500_000)
    data = stream.getvalue()
    real = len("id,organization_id,name\n") + 6 * 500_000
    path = tmp_path / "a.zip"
    path.write_bytes(data.replace(real.to_bytes(4, "little"), (100).to_bytes(4, "little")))
    with pytest.raises(InputError, match="ne peuvent pas être lues"):
        list(hsds.open_hsds_package(path, resolver, FRENCH))


@pytest.mark.parametrize("opens", [hsds.open_hsds_package, ohana.open_ohana])
def test_a_package_without_its_tables_says_which(opens: Any, tmp_path: Path, resolver: Resolver) -> None:
    with pytest.raises(InputError, match=r"services\.csv.*Rien n’a été importé"):
        opens(tmp_path, resolver, FRENCH)
    with pytest.raises(InputError):
        opens(tmp_path / "nowhere.zip", resolver, FRENCH)


def test_missing_tables_and_references_are_no_obstacle(tmp_path: Path, resolver: Resolver) -> None:
    (tmp_path / "services.csv").write_text("id,organization_id,name,status\ns,nobody,Repas,active\n,,,\n", "utf-8")
    [incoming] = hsds.open_hsds_package(tmp_path, resolver, FRENCH)
    assert incoming.record.name == "Repas"
    assert incoming.record.links[0].kind == "offered_by"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables_are_read_in_the_encodings_of_offices(encoding: str, tmp_path: Path, resolver: Resolver) -> None:
    text = "id;organization_id;name;status\ns;o;Café des aîné-e-s à Chêne;active\n"
    (tmp_path / "services.csv").write_text(text, encoding)
    [incoming] = hsds.open_hsds_package(tmp_path, resolver, FRENCH)
    assert incoming.record.name == "Café des aîné-e-s à Chêne"


def test_a_line_without_an_end_is_refused(tmp_path: Path, resolver: Resolver) -> None:
    (tmp_path / "services.csv").write_text("id,organization_id,name\n1,2," + "x" * (package.MAX_LINE + 10), "utf-8")
    with pytest.raises(InputError, match="ne peuvent pas être lues"):
        list(hsds.open_hsds_package(tmp_path, resolver, FRENCH))


def test_a_table_of_more_columns_than_anybody_has_is_refused(tmp_path: Path, resolver: Resolver) -> None:
    def said(count: int) -> list[Any]:
        header = ["id", "organization_id", "name", *(f"c{number}" for number in range(count - 3))]
        text = ",".join(header) + "\ns,o,Repas" + ",x" * (count - 3) + "\n"
        (tmp_path / "services.csv").write_text(text, "utf-8")
        return list(hsds.open_hsds_package(tmp_path, resolver, FRENCH))

    assert [incoming.record.name for incoming in said(package.MAX_COLUMNS)] == ["Repas"]
    with pytest.raises(InputError, match="ne peuvent pas être lues"):
        said(package.MAX_COLUMNS + 1)
    assert not hsds.looks_like_package(tmp_path)
    one = tmp_path / "places.csv"
    one.write_text(",".join(f"c{number}" for number in range(501)) + "\n1\n", "utf-8")
    with pytest.raises(InputError, match="ne peut pas être lu"):
        list(package.csv_rows(one, FRENCH))


def test_services_that_name_each_other_in_a_circle_end(tmp_path: Path, resolver: Resolver) -> None:
    (tmp_path / "services.csv").write_text("id,organization_id,name,status\na,a,A,active\n", "utf-8")
    (tmp_path / "contacts.csv").write_text("id,service_id,contact_id,name\na,a,a,Ann\n", "utf-8")
    (tmp_path / "phones.csv").write_text("id,contact_id,phone_id,number\na,a,a,117\n", "utf-8")
    (tmp_path / "languages.csv").write_text("id,phone_id,language_id,name\na,a,a,fr\n", "utf-8")
    [incoming] = hsds.open_hsds_package(tmp_path, resolver, FRENCH)
    assert incoming.record.contacts[0].value == "117"


def test_rows_put_away_come_back_under_their_id() -> None:
    with Shelf() as shelf:
        for number in range(1000):
            shelf.put(str(number % 10), [number, {"a": "é" * number}])
        assert [number for number, _cells in shelf.of("3")] == list(range(3, 1000, 10))
        assert shelf.of("nobody") == []


def test_a_quoted_line_break_and_a_short_row_are_no_trouble(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "b"], ["1", "x\ny"], ["2"], [], ["3", "z", "more"]])
    rows = [(row.number, row.cells) for row in Package(tmp_path, FRENCH).rows("a")]
    assert rows == [(2, {"id": "1", "b": "x\ny"}), (3, {"id": "2"}), (5, {"id": "3", "b": "z"})]


def test_a_file_of_another_kind_is_no_producers(tmp_path: Path, resolver: Resolver) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"name": "x"}]', "utf-8")
    assert not mednum.looks_like(path)
    assert not data_inclusion.looks_like(path)
    assert not hsds.looks_like_json(path)
    with pytest.raises(InputError, match="aucun producteur connu"):
        mednum.open_mednum(path, resolver, FRENCH)


# The tables of words


@pytest.mark.parametrize("name", ["mednum", "data_inclusion", "hsds"])
def test_every_foreign_word_leads_to_codes_our_lists_have(name: str, resolver: Resolver) -> None:
    data = json.loads((paths.resources() / "exchange" / f"{name}.json").read_text("utf-8"))
    assert set(data) <= {"name", "source", "licence", "words", "back"}
    assert data["source"]
    assert data["licence"]
    for word, lists in data["words"].items():
        for vocabulary, codes in lists.items():
            for code in codes:
                assert resolver.code(vocabulary, code) == code, (word, vocabulary, code)
        assert Crosswalk(name, resolver).codes(word) is not None
    for vocabulary, codes in data.get("back", {}).items():
        for code, theirs in codes.items():
            assert resolver.code(vocabulary, code) == code
            assert all(word in data["words"] for word in theirs), (code, theirs)
