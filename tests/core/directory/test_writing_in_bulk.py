"""Thousands of entries written by one act: the index is the one built anew, and everything works on as before."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from pointinfo import i18n
from pointinfo.database import Database
from pointinfo.database.schema import Contact, Name, Wording
from pointinfo.directory import Calendar, Directory, EntryRecord, Query
from pointinfo.directory.keeping import BULK, BULK_CHUNK, CHUNK
from pointinfo.directory.text import long_stems, other_stems
from tests.conftest import Clock

WORDS = i18n.words("fr")
MANY = BULK + BULK_CHUNK + CHUNK + 7
AUDIENCES = (("enfance", "jeunesse"), ("aines",), (), ("population",))
TOPICS = (("creche",), (), ("velo", "creche"))


def record(number: int, more: str = "") -> EntryRecord:
    return EntryRecord(
        uid=f"e{number:05}",
        kind="service",
        name=f"Accueil des habitant-e-s {number % 97} {more}".strip(),
        names=(Name(f"AH{number}", "acronym"),) if number % 3 else (),
        wordings={"fr": Wording(summary=f"Cours et conseils, maison {number % 101}", fee="Gratuit ou payant")},
        street=f"Rue des Sources {number}",
        postcode="1205",
        city="Genève",
        contacts=(Contact("phone", f"022 {300 + number % 400} {10 + number % 89} 17"),),
        status="closed" if number % 50 == 0 else "active",
        terms={"audience": AUDIENCES[number % 4], "topic": TOPICS[number % 3]},
    )


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A new counter's file."""
    made = Database(tmp_path / "pointinfo.sqlite", WORDS)
    yield made
    made.close()


def index(database: Database) -> list[tuple[object, ...]]:
    with database.write() as session:
        session.execute(text("INSERT INTO entry_words_names (entry_words_names, rank) VALUES ('integrity-check', 1)"))
        return [tuple(row) for row in session.execute(text("SELECT rowid, * FROM entry_words ORDER BY rowid"))]


def spelled(database: Database) -> set[str]:
    with database.read() as session:
        return {row[0] for row in session.execute(text("SELECT word FROM search_word"))}


def settings(database: Database) -> list[tuple[object, ...]]:
    """How FTS5 is set, and what watches over the tables."""
    with database.read() as session:
        words = session.execute(text("SELECT k, v FROM entry_words_config WHERE k IN ('hashsize', 'automerge')"))
        triggers = session.execute(text("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name"))
        return [*sorted(map(tuple, words)), *map(tuple, triggers)]


def test_the_index_of_thousands_of_entries_is_the_index_built_anew(database: Database, clock: Clock) -> None:
    directory = Directory(database, clock, "here", WORDS, Calendar())
    directory.load(record(number) for number in range(MANY))
    kept, words = index(database), spelled(database)
    assert (len(kept), directory.unindexed()) == (MANY, 0)
    directory.reindex()
    assert kept == index(database)
    assert words == spelled(database)

    directory.load(record(number, "Renommé" if number % 2 else "") for number in range(MANY))
    kept = index(database)
    assert sum("renomme" in str(row) for row in kept) == MANY // 2
    assert directory.unindexed() == 0
    directory.reindex()
    assert kept == index(database)


def test_afterwards_single_changes_are_queued_and_merged_as_ever(database: Database, clock: Clock) -> None:
    directory = Directory(database, clock, "here", WORDS, Calendar())
    directory.load([record(0)])
    before = settings(database)
    directory.load(record(number) for number in range(MANY))
    after = settings(database)
    assert [row for row in after if row[0] not in ("hashsize", "automerge")] == before
    assert [row for row in after if row[0] in ("hashsize", "automerge")] == [("automerge", 4), ("hashsize", 1 << 20)]
    with database.write() as session:
        session.execute(text("UPDATE entry SET name = 'Xylophone' WHERE uid = 'e00001'"))
    assert directory.unindexed() == 1
    directory.load([msgspec.structs.replace(record(2), name="Ocarina")])
    assert directory.unindexed() == 0
    found = [directory.search(Query(word)).hits for word in ("xylophone", "ocarina")]
    assert [len(hits) for hits in found] == [1, 1]


@pytest.mark.parametrize("word", ["habitants", "la", "1205", "ecole", "chevaux", "trottinette"])
def test_the_other_stems_of_a_word_are_its_stems_without_the_word(word: str) -> None:
    assert [*other_stems([word])] == [stem for stem in long_stems([word]) if stem != word]
