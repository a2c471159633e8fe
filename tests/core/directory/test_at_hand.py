"""What searches keep for the next key holds only as long as nothing has been written, here or by another program."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pointinfo import i18n
from pointinfo.clock import ZONE
from pointinfo.database import Database
from pointinfo.database.schema import Name
from pointinfo.directory import Calendar, Directory, Query
from pointinfo.directory.query import CANDIDATES
from pointinfo.directory.record import EntryRecord

WORDS = i18n.words("fr")


@contextmanager
def opened(folder: Path) -> Iterator[Directory]:
    """The directory of this folder, as one program has it open."""
    database = Database(folder / "pointinfo.sqlite", WORDS)
    yield Directory(database, lambda: datetime(2026, 11, 23, 10, 12, tzinfo=ZONE), "here", WORDS, Calendar())
    database.close()


def found(directory: Directory, text: str) -> list[str]:
    return [row.uid for row in directory.rows([hit.id for hit in directory.search(Query(text)).hits])]


def entry(uid: str, name: str, *, status: str = "active", aka: str = "", audience: str = "") -> EntryRecord:
    names = (Name(aka, "acronym"),) if aka else ()
    terms: dict[str, tuple[str, ...]] = {"audience": (audience,)} if audience else {}
    return EntryRecord(uid=uid, kind="service", name=name, status=status, names=names, terms=terms)


def test_a_renamed_entry_is_found_by_its_new_name_alone(tmp_path: Path) -> None:
    with opened(tmp_path) as directory:
        directory.load([entry("a", "Ludothèque des Pâquis"), entry("b", "Piscine")])
        assert found(directory, "ludo") == ["a"]
        directory.load([entry("a", "Bibliothèque des Pâquis")])
        assert found(directory, "ludo") == []
        assert found(directory, "biblio") == ["a"]


def test_what_another_program_writes_is_found_by_the_same_words(tmp_path: Path) -> None:
    with opened(tmp_path) as here, opened(tmp_path) as elsewhere:
        here.load([entry("a", "Ludothèque des Pâquis")])
        assert found(here, "ludo") == ["a"]
        assert found(here, "") == ["a"]
        elsewhere.load([entry("b", "Ludothèque des Eaux-Vives"), entry("a", "Ludothèque", status="closed")])
        assert found(here, "ludo") == ["b"]
        assert found(here, "") == ["b"]


def test_a_new_acronym_brings_its_entry_to_the_top_of_the_same_search(tmp_path: Path) -> None:
    with opened(tmp_path) as directory:
        directory.load([entry("a", "Abri SAP"), entry("b", "Service des abris")])
        assert found(directory, "sap") == ["a"]
        directory.load([entry("b", "Service des abris", aka="SAP")])
        assert set(found(directory, "sap")) == {"a", "b"}


def test_the_counts_of_audiences_follow_what_is_written(tmp_path: Path) -> None:
    with opened(tmp_path) as directory:
        directory.load([entry("a", "Thé dansant", audience="aines")])
        assert directory.audience_counts(Query()) == {"aines": 1}
        directory.load([entry("b", "Promenade", audience="aines")])
        assert directory.audience_counts(Query()) == {"aines": 2}
        assert directory.audience_counts(Query(kind="place")) == {}


def test_names_come_first_however_many_entries_have_the_word(tmp_path: Path) -> None:
    with opened(tmp_path) as directory:
        others = [entry(f"k{number}", f"Club {number}", aka="Cercle de tarot") for number in range(CANDIDATES + 20)]
        few = [entry("n1", "Tarot de Plainpalais"), entry("n2", "Les tarots")]
        directory.load([*others[: CANDIDATES - 3], *few])
        assert set(found(directory, "tarot")[:2]) == {"n1", "n2"}
        assert set(found(directory, "tarots")[:2]) == {"n1", "n2"}
        directory.load(others)  # more of them than are looked at
        assert set(found(directory, "tarot")[:2]) == {"n1", "n2"}
        assert set(found(directory, "tarots")[:2]) == {"n1", "n2"}
