"""Every keystroke of real queries: the product's search and rows, FTS5 unranked (the floor), FTS5 by bm25 (a peer)."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import Final

from pointinfo.desk import DATABASE, Desk
from pointinfo.directory import Query
from pointinfo.directory.text import fold
from tests.speed.measure import Row, in_turns, row, timed

PART: Final = "keystroke → results, every keystroke"
FLOOR: Final = "floor: FTS5 unranked, 30 row ids"
SHOWN: Final = 30
PEER_EVERY: Final = 10
"""bm25 over all hits takes up to a tenth of a second: every tenth query is enough to say so."""

_UNRANKED: Final = "SELECT rowid FROM entry_words WHERE entry_words MATCH ? LIMIT 30"
_BM25: Final = "SELECT rowid FROM entry_words WHERE entry_words MATCH ? ORDER BY rank LIMIT 30"
_WORD: Final = re.compile(r"[^\W_]+")


def keystrokes(query: str) -> list[str]:
    """What stands in the search line after each key, keys that add nothing apart."""
    typed = (query[: length + 1] for length in range(len(query)))
    return [text for text in typed if text == text.rstrip()]


def answered(desk: Desk, text: str) -> None:
    """What the list needs of the core after a key: the results and the rows in sight."""
    hits = desk.directory.search(Query(text)).hits
    desk.directory.rows([hit.id for hit in hits[:SHOWN]])


def measure(desk: Desk, queries: list[str]) -> list[Row]:
    """Product and floor in turns, key by key."""
    ours: list[float] = []
    floor: list[float] = []
    peer: list[float] = []
    slow: list[tuple[float, str]] = []
    with closing(sqlite3.connect(desk.home / DATABASE)) as plain:
        for text in keystrokes(queries[0]):  # pages and statements warm on both sides
            _in_turn(desk, plain, text)
        for number, query in enumerate(queries):
            for text in keystrokes(query):
                one, other = _in_turn(desk, plain, text)
                ours.append(one)
                floor.append(other)
                slow.append((one, text))
                if number % PEER_EVERY == 0:
                    peer.append(timed(partial(_fts5, plain, _BM25, text)))
    worst = ", ".join(f"«{text}» {1000 * took:.1f}" for took, text in sorted(slow, reverse=True)[:3])
    return [
        row(PART, FLOOR, floor),
        row(PART, "PointInfo: search, 30 rows", ours, FLOOR, f"worst: {worst}"),
        row(PART, "peer: FTS5 by bm25, 30 row ids", peer, FLOOR),
    ]


def measure_rest(desk: Desk) -> list[Row]:
    """What the window asks of the directory beside the typed words."""
    part = "directory, beside the typed words"
    floor = "floor: sqlite3, count of the entries"
    uid = desk.directory.rows([1])[0].uid
    everything = Query("")
    with closing(sqlite3.connect(desk.home / DATABASE)) as plain:
        works: dict[str, Callable[[], object]] = {
            floor: lambda: plain.execute("SELECT count(*) FROM entry").fetchone(),
            "all entries by name (empty search line)": lambda: answered(desk, ""),
            "all entries open now": lambda: desk.directory.search(Query("", open_at=desk.clock())),
            "«aide» open now": lambda: desk.directory.search(Query("aide", open_at=desk.clock())),
            "«aide» of one audience": lambda: desk.directory.search(Query("aide", audience="aines")),
            "counts of the audience chips": lambda: desk.directory.audience_counts(everything),
            "count of the entries": desk.directory.count,
            "is it demonstration data?": desk.directory.is_demonstration,
            "quartiers in use": lambda: desk.directory.used_terms("sector"),
            "one card": lambda: desk.directory.entry(uid, internal=True),
            "ways out of an empty result": lambda: desk.directory.hints(Query("zzzz", audience="aines", kind="place")),
        }
        times = in_turns(list(works.values()), 11)
    return [row(part, name, taken, "" if name == floor else floor) for name, taken in zip(works, times, strict=True)]


def _in_turn(desk: Desk, plain: sqlite3.Connection, text: str) -> tuple[float, float]:
    return timed(partial(answered, desk, text)), timed(partial(_fts5, plain, _UNRANKED, text))


def _fts5(plain: sqlite3.Connection, statement: str, text: str) -> None:
    words = _WORD.findall(fold(text))
    if words:
        plain.execute(statement, (" ".join(f'"{word}"' for word in words) + "*",)).fetchall()
