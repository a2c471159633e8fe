"""Finding: names first, every field, whatever the accents; any text is a question and no more."""

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from pointinfo import i18n
from pointinfo.clock import ZONE
from pointinfo.database import Database
from pointinfo.database.schema import Contact, Name, Schedule, Wording
from pointinfo.desk import Desk
from pointinfo.directory import Calendar, Directory, Query
from pointinfo.directory.query import CANDIDATES
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.sample import demonstration_file

WORDS = i18n.words("fr")
MONDAY = datetime(2026, 11, 23, 10, 12, tzinfo=ZONE)
LINES = [msgspec.json.decode(line) for line in demonstration_file().read_bytes().splitlines()]
SPOKEN = sorted(
    {word for line in LINES for word in f"{line['name']} {line['description_fr']}".split() if word.isalpha()}
)
"""Words as they stand in the demonstration directory."""
AT_LEISURE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
SUSPICIOUS = ('"', "'", "*", "AND", "NEAR(", "name:", "{name} :", "^", "-", ")", "%", "_", "\x00", "\\", "';--", "’")


def opened(folder: Path) -> tuple[Database, Directory]:
    database = Database(folder / "pointinfo.sqlite", WORDS)
    return database, Directory(database, lambda: MONDAY, "here", WORDS, Calendar())


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    """The demonstration directory; only read here."""
    database, made = opened(tmp_path_factory.mktemp("geneva"))
    made.load_file(demonstration_file(), demonstration=True)
    yield made
    database.close()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Directory]:
    """An empty directory to put a few entries in."""
    database, made = opened(tmp_path)
    yield made
    database.close()


def record(uid: str, name: str = "", kind: str = "service", **more: object) -> EntryRecord:
    return msgspec.structs.replace(EntryRecord(uid=uid, kind=kind, name=name or uid), **more)


def found(directory: Directory, asked: Query | str) -> list[str]:
    query = Query(asked) if isinstance(asked, str) else asked
    return [row.uid for row in directory.rows([hit.id for hit in directory.search(query).hits])]


def found_as_asked(directory: Directory, query: Query) -> set[str]:
    """What has every word of the query, none left out; a guess has not."""
    results = directory.search(query)
    sure = [hit.id for hit in results.hits if not hit.weak]
    return set() if results.left_out else {row.uid for row in directory.rows(sure)}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
def test_an_entry_is_found_first_by_its_name(line: dict[str, str], directory: Directory) -> None:
    assert found(directory, line["name"])[:1] == [line["id"]]


def test_without_a_word_every_entry_is_listed_by_name(directory: Directory) -> None:
    rows = directory.rows([hit.id for hit in directory.search(Query()).hits])
    assert len(rows) == len(LINES)
    names = [row.name.upper() for row in rows if row.name.isascii()]
    assert names == sorted(names)


def test_names_come_before_what_only_mentions_the_word(small: Directory) -> None:
    small.load(
        [
            record("text", "Accueil", wordings={"fr": Wording(summary="On y joue au ballon, près de la piscine.")}),
            record("keyword", "Bains des Pâquis", names=(Name("La piscine du lac"),)),
            record("inside", "Club de la piscine"),
            record("place", "Buvette", street="Chemin de la Piscine 3"),
            record("begins", "Piscine de Varembé"),
            record("exact", "Piscine"),
        ]
    )
    uids = found(small, "piscine")
    assert uids[:3] == ["exact", "begins", "inside"]
    assert set(uids[3:5]) == {"keyword", "place"}
    assert uids[5:] == ["text"]
    whys = {row.uid: hit.why for hit in small.search(Query("piscine")).hits for row in small.rows([hit.id])}
    assert whys == {
        "exact": "name",
        "begins": "name",
        "inside": "name",
        "keyword": "keyword",
        "place": "place",
        "text": "text",
    }


def test_an_acronym_leads_to_its_entry_first(small: Directory) -> None:
    small.load(
        [
            record("other", "Hospices et bipèdes", names=(Name("La Bipède"),)),
            record("bipe", "Bureau d’information de la petite enfance", names=(Name("BIPE", "acronym"),)),
        ]
    )
    assert found(small, "bipe")[0] == "bipe"


@pytest.mark.parametrize("spaced", ["022 418 81 81", "0224188181", "022 4188181", "+41 22 418 81 81", "022.418.81.81"])
@pytest.mark.parametrize("printed", ["022 418 81 81", "+41 22 418 81 81", "0224188181"])
def test_a_phone_number_is_found_however_it_is_spaced(spaced: str, printed: str, small: Directory) -> None:
    small.load([record("line", contacts=(Contact("phone", printed, "Secrétariat du matin"),)), record("other")])
    assert found(small, spaced) == ["line"]


@pytest.mark.parametrize("part", ["418 81 81", "022 418", "0224188", "secrétariat"])
def test_a_part_of_a_phone_line_is_enough(part: str, small: Directory) -> None:
    small.load([record("line", contacts=(Contact("phone", "022 418 81 81", "Secrétariat"),)), record("other")])
    assert found(small, part) == ["line"]


@given(st.lists(st.sampled_from(SPOKEN), min_size=1, max_size=3), st.data())
@AT_LEISURE
def test_accents_and_case_never_change_what_is_found(
    directory: Directory, typed: list[str], data: st.DataObject
) -> None:
    asked = " ".join(typed)
    ways: list[Callable[[str], str]] = [
        str.upper,
        str.title,
        lambda s: "".join(c for c in unicodedata.normalize("NFD", s) if not unicodedata.combining(c)),
        lambda s: unicodedata.normalize("NFD", s),
    ]
    otherwise = data.draw(st.sampled_from(ways))(asked)
    assert found(directory, otherwise) == found(directory, asked)


@pytest.mark.parametrize("spelling", ["{}·e·s", "{}-e-s", "{}.e.s", "{}(e)s", "{}·es", "{}-e"])
@pytest.mark.parametrize("word", ["habitant", "aîné", "étudiant", "retraité", "réfugié"])
def test_an_inclusive_spelling_finds_what_the_plain_word_finds(word: str, spelling: str, directory: Directory) -> None:
    assert set(found(directory, spelling.format(word))) == set(found(directory, word))
    assert found(directory, word)


@AT_LEISURE
@given(st.text(max_size=60) | st.lists(st.sampled_from(SUSPICIOUS) | st.sampled_from(SPOKEN)).map(" ".join))
def test_any_text_is_only_a_question(directory: Directory, typed: str) -> None:
    results = directory.search(Query(typed))
    assert len({hit.id for hit in results.hits}) == len(results.hits)
    assert directory.count() == len(LINES)


@pytest.mark.parametrize("typed", ["é" * 10_000, "crèche " * 1_500, '"' * 10_000, "a" * 10_000, "1 " * 5_000])
def test_ten_thousand_characters_are_only_a_question(typed: str, directory: Directory) -> None:
    directory.search(Query(typed))


def test_an_absurd_filter_finds_nothing(directory: Directory) -> None:
    assert found(directory, Query("crèche", audience="') OR 1=1 --")) == []
    assert found(directory, Query("crèche", kind="nix")) == []


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "audience": st.sampled_from(["enfance", "jeunesse", "aines", "population"]),
        "kind": st.sampled_from(["service", "association", "activity", "place"]),
        "language": st.sampled_from(["en", "es", "ar"]),
        "open_at": st.just(MONDAY),
        "age": st.sampled_from([0.5, 8, 70]),
    },
)


@given(st.lists(st.sampled_from(SPOKEN), max_size=2).map(" ".join), FILTERS, FILTERS)
@AT_LEISURE
def test_a_filter_never_adds_results(
    directory: Directory, typed: str, some: dict[str, str], more: dict[str, str]
) -> None:
    wide = Query(typed, **some)  # type: ignore[arg-type]
    narrow = replace(wide, **{name: value for name, value in more.items() if name not in some})  # type: ignore[arg-type]
    if typed and len(directory.search(wide).hits) >= CANDIDATES:
        return  # more than anyone reads: a tier brings no more than its share
    assert found_as_asked(directory, narrow) <= found_as_asked(directory, wide)


def test_a_filter_leaves_only_what_it_says(directory: Directory) -> None:
    for row in directory.rows([hit.id for hit in directory.search(Query(kind="association")).hits]):
        assert row.kind == "association"
    uids = found(directory, Query(audience="aines"))
    assert uids
    for entry in directory.entries(uids):
        assert "aines" in [term.code for term in entry.of("audience")]


def test_closed_entries_are_never_found(small: Directory) -> None:
    small.load([record("gone", "Piscine fermée", status="closed"), record("there", "Piscine ouverte")])
    assert found(small, "piscine") == ["there"]
    assert found(small, "") == ["there"]


def test_only_open_ones_when_asked(small: Directory) -> None:
    small.load(
        [
            record("open", "Bain du matin", hours="Mo 08:00-12:00"),
            record("shut", "Bain du soir", hours="Mo 18:00-20:00"),
            record("unknown", "Bain secret"),
            record("swum", "Bain ensemble", schedules=(Schedule("10:00", "11:00", weekdays=(0,)),)),
            record("both", "Bain et cours", hours="Su 08:00-10:00", schedules=(Schedule("10:00", weekdays=(0,)),)),
        ]
    )
    assert set(found(small, Query("bain", open_at=MONDAY))) == {"open", "swum", "both"}


def test_words_that_no_entry_has_together_are_left_out_and_named(small: Directory) -> None:
    small.load([record("bain", "Bain public"), record("club", "Club de jass")])
    results = small.search(Query("bain zzyzx"))
    assert results.left_out == ("zzyzx",)
    assert [row.uid for row in small.rows([hit.id for hit in results.hits])] == ["bain"]


def test_nothing_found_offers_a_way_out(directory: Directory) -> None:
    empty = Query("crèche", kind="association", audience="aines", language="ar")
    assert found(directory, empty) == []
    hints = directory.hints(empty)
    assert hints
    for hint in hints:
        assert len(found(directory, hint.query)) == hint.found > 0


def test_one_word_that_nothing_has_leaves_a_way_out(directory: Directory) -> None:
    empty = Query("fauteuil roulant zzyzx", audience="enfance")
    assert not directory.search(empty).sure
    hints = directory.hints(empty)
    assert [hint.query for hint in hints if not hint.query.is_filtered] == [Query("fauteuil roulant")]
    for hint in hints:
        assert directory.search(hint.query).sure == hint.found > 0
    assert directory.hints(Query("zzyzx", audience="enfance")) == ()


@pytest.mark.parametrize("signs", ["", "  ", "(((", '"', "-", "«»", "?!", "***"])
def test_signs_alone_ask_nothing_as_a_blank_line_does(signs: str, directory: Directory) -> None:
    assert not Query(signs).asks
    assert directory.search(Query(signs)) == directory.search(Query())
    assert Query(signs, audience="enfance").asks


def test_stop_words_count_only_when_there_is_nothing_else() -> None:
    assert Query("où trouver une place de crèche").words == ["place", "creche"]
    assert Query("pour la").words == ["la"]
    assert Query("").words == []


def test_each_chip_counts_what_its_filter_finds(directory: Directory) -> None:
    counts = directory.audience_counts(Query())
    assert counts
    for code, count in counts.items():
        assert len(found(directory, Query(audience=code))) == count


# sqlite.org/fts5.html#the_integrity_check_command: raises where the index of names is not that of what it reads.
NAMES_ARE_THOSE_OF_ALL_WORDS = "INSERT INTO entry_words_names (entry_words_names, rank) VALUES ('integrity-check', 1)"


def shadow(directory: Directory) -> list[tuple[object, ...]]:
    with directory._database.write() as session:
        session.execute(text(NAMES_ARE_THOSE_OF_ALL_WORDS))
        rows = session.execute(text("SELECT rowid, * FROM entry_words ORDER BY rowid"))
        return [tuple(row) for row in rows]


EDITS = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.text(alphabet="aéè- ·12LOs’", max_size=12),
        st.sampled_from(["", "aines", "enfance"]),
        st.sampled_from(["active", "closed"]),
    ),
    min_size=1,
    max_size=8,
)


@given(EDITS)
@settings(AT_LEISURE, max_examples=15)
def test_the_index_after_any_edits_is_the_index_built_anew(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, str, str, str]]
) -> None:
    database, directory = opened(tmp_path_factory.mktemp("edited"))
    with closing(database):
        for number, name, audience, status in edits:
            terms = {"audience": (audience,)} if audience else {}
            summary = {"fr": Wording(summary=name[::-1])}
            directory.load([record(f"e{number}", name, terms=terms, status=status, wordings=summary)])
        with database.write() as session:
            session.execute(text("UPDATE term SET labels = :labels WHERE code = 'aines'"), {"labels": '{"fr":"Neuf"}'})
            session.execute(text("DELETE FROM entry WHERE uid = 'e0'"))
        directory = Directory(database, lambda: MONDAY, "here", WORDS, Calendar())  # drains what a stranger left
        kept = shadow(directory)
        assert directory.unindexed() == 0
        directory.reindex()
        assert kept == shadow(directory)


def test_a_word_that_fits_too_many_entries_says_so(desk: Desk) -> None:
    assert desk.directory.search(Query("genève")).more
    assert not desk.directory.search(Query("crèche")).more
