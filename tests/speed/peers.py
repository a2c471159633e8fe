"""What else a user could pick, over the same words: tantivy's fuzzy prefixes, FTS5 by bm25, LIKE.

`python -m tests.speed.peers FOLDER` builds them once beside the counter of `FOLDER`, and our own index anew on a copy.
"""

import json
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import tantivy

from pointinfo import i18n
from pointinfo.database import Database
from pointinfo.desk import DATABASE
from pointinfo.directory import index
from pointinfo.directory.text import fold

OURS, TANTIVY, BM25, LIKE = "PointInfo", "tantivy, fuzzy prefix", "FTS5 by bm25", "LIKE"
SHOWN: Final = 30
_FIELDS: Final = ("name", "syn", "place", "body")
_BOOSTS: Final = (10.0, 6.0, 2.0, 1.0)
_FUZZY_FROM: Final = 4
"""Letters from which tantivy forgives one slip, from twice as many two: over all fields, as ours does."""
_WORD: Final = re.compile(r"[^\W_]+")
_TEXTS: Final = "SELECT id, c0, c1, c2, c3 FROM entry_words_content ORDER BY id"
_OWN_SIZE: Final = (
    "SELECT (SELECT sum(length(block)) FROM entry_words_data) + "
    "(SELECT sum(length(block)) FROM entry_words_names_data) + "
    "(SELECT sum(length(c0) + length(c1) + length(c2) + length(c3) + length(c4) + length(c5) + length(c6)) "
    "FROM entry_words_content) + (SELECT sum(length(word)) FROM search_word)"
)


def build(folder: Path) -> dict[str, dict[str, float]]:
    """Seconds and megabytes of each, by name."""
    shutil.rmtree(folder / "peers", ignore_errors=True)
    (folder / "peers").mkdir()
    home = folder / "large"
    works = {
        OURS: partial(_build_ours, folder),
        TANTIVY: partial(_build_tantivy, home, folder / "peers" / "tantivy"),
        BM25: partial(_build_bm25, home, folder / "peers" / "bm25.sqlite"),
        LIKE: partial(_build_like, home, folder / "peers" / "like.sqlite"),
    }
    return {name: dict(zip(("seconds", "megabytes"), work(), strict=True)) for name, work in works.items()}


def built(folder: Path) -> dict[str, str]:
    """What building took, now or then, in words by name."""
    told = folder / "peers" / "built.json"
    figures: dict[str, dict[str, float]] = json.loads(told.read_text(encoding="utf-8"))
    return {name: f"built in {each['seconds']:.1f} s, {each['megabytes']:.0f} MB" for name, each in figures.items()}


@contextmanager
def opened(folder: Path) -> Iterator[dict[str, Callable[[str], object]]]:
    """The searches of the peers, by name: each takes the text and returns at most `SHOWN` row ids."""
    with (
        closing(sqlite3.connect(folder / "peers" / "bm25.sqlite")) as ranked,
        closing(sqlite3.connect(folder / "peers" / "like.sqlite")) as scanned,
    ):
        yield {
            TANTIVY: _Tantivy(folder / "peers" / "tantivy").search,
            BM25: partial(_bm25, ranked),
            LIKE: partial(_like, scanned),
        }


def words_of(text: str) -> list[str]:
    """The folded words of a text."""
    return _WORD.findall(fold(text))


def expression(text: str) -> str:
    """All the words, the last one begun; "" for none."""
    found = words_of(text)
    return " ".join(f'"{word}"' for word in found) + "*" if found else ""


def _build_ours(folder: Path) -> tuple[float, float]:
    """The index alone, from entries that are there."""
    copy = folder / "peers" / DATABASE
    with closing(sqlite3.connect(folder / "large" / DATABASE)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    database = Database(copy, i18n.words("fr"))
    started = perf_counter()
    with database.write() as session:
        index.rebuild(session)
    took = perf_counter() - started
    with database.read() as session:
        size = float(session.connection().exec_driver_sql(_OWN_SIZE).scalar_one())
    database.close()
    for file in copy.parent.glob(f"{DATABASE}*"):
        file.unlink()
    return took, size / 1e6


def _build_tantivy(home: Path, place: Path) -> tuple[float, float]:
    place.mkdir()
    found = tantivy.Index(_schema(), path=str(place))
    started = perf_counter()
    writer = found.writer(128_000_000, 1)
    for entry_id, *texts in _texts(home):
        document = tantivy.Document()
        document.add_unsigned("id", entry_id)
        for field, text in zip(_FIELDS, texts, strict=True):
            document.add_text(field, text)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    return perf_counter() - started, sum(file.stat().st_size for file in place.iterdir()) / 1e6


def _build_bm25(home: Path, file: Path) -> tuple[float, float]:
    with closing(sqlite3.connect(file)) as plain:
        started = perf_counter()
        plain.execute(f"CREATE VIRTUAL TABLE entry USING fts5({', '.join(_FIELDS)}, prefix = '1 2 3')")
        with plain:
            plain.executemany("INSERT INTO entry (rowid, name, syn, place, body) VALUES (?, ?, ?, ?, ?)", _texts(home))
        took = perf_counter() - started
    return took, file.stat().st_size / 1e6


def _build_like(home: Path, file: Path) -> tuple[float, float]:
    with closing(sqlite3.connect(file)) as plain:
        started = perf_counter()
        plain.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, words TEXT NOT NULL)")
        with plain:
            rows = ((entry_id, " ".join(texts)) for entry_id, *texts in _texts(home))
            plain.executemany("INSERT INTO entry VALUES (?, ?)", rows)
        took = perf_counter() - started
    return took, file.stat().st_size / 1e6


def _texts(home: Path) -> Iterator[Any]:
    """Row id, then the folded words of each field, stems apart."""
    with closing(sqlite3.connect(home / DATABASE)) as plain:
        yield from plain.execute(_TEXTS)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", stored=True)
    for field in _FIELDS:
        builder.add_text_field(field)
    return builder.build()


class _Tantivy:
    """Every word in some field, the last one begun, each with slips forgiven; best first."""

    def __init__(self, place: Path) -> None:
        self._schema = _schema()
        self._searcher = tantivy.Index.open(str(place)).searcher()

    def search(self, text: str) -> list[int]:
        """Row ids."""
        found = words_of(text)
        if not found:
            return []
        every = [(tantivy.Occur.Must, self._word(word, last=word is found[-1])) for word in found]
        hits = self._searcher.search(tantivy.Query.boolean_query(every), SHOWN).hits
        return [self._searcher.doc(address).to_dict()["id"][0] for _score, address in hits]

    def _word(self, word: str, *, last: bool) -> tantivy.Query:
        ways = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._in_field(field, word, last=last), boost))
            for field, boost in zip(_FIELDS, _BOOSTS, strict=True)
        ]
        return tantivy.Query.boolean_query(ways)

    def _in_field(self, field: str, word: str, *, last: bool) -> tantivy.Query:
        slips = 0 if len(word) < _FUZZY_FROM else 1 if len(word) < 2 * _FUZZY_FROM else 2
        if not slips and not last:
            return tantivy.Query.term_query(self._schema, field, word)
        return tantivy.Query.fuzzy_term_query(self._schema, field, word, slips, True, last)


def _bm25(plain: sqlite3.Connection, text: str) -> list[Any]:
    asked = expression(text)
    ranked = "SELECT rowid FROM entry WHERE entry MATCH ? AND rank MATCH 'bm25(10, 6, 2, 1)' ORDER BY rank LIMIT ?"
    return plain.execute(ranked, (asked, SHOWN)).fetchall() if asked else []


def _like(plain: sqlite3.Connection, text: str) -> list[Any]:
    found = [f"%{word}%" for word in words_of(text)]
    if not found:
        return []
    every = " AND ".join(["words LIKE ?"] * len(found))
    return plain.execute(f"SELECT id FROM entry WHERE {every} LIMIT ?", (*found, SHOWN)).fetchall()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    figures = build(target)
    (target / "peers" / "built.json").write_text(json.dumps(figures))
