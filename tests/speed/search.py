"""Every keystroke of real queries: the product's search and rows beside FTS5 unranked (the floor) and the peers."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

from pointinfo.desk import DATABASE, Desk
from pointinfo.directory import Query
from tests.speed import peers
from tests.speed.measure import Row, in_turns, row, timed
from tests.speed.peers import SHOWN, TANTIVY

TYPED: Final = "keystroke → results, every keystroke"
MISTYPED: Final = "keystroke → results, one slip in each query"
FLOOR: Final = "floor: FTS5 unranked, 30 row ids"
SLOW_EVERY: Final = 10
"""Ranking or reading all that matches takes up to a second: every tenth query is enough to say so."""

_UNRANKED: Final = "SELECT rowid FROM entry_words WHERE entry_words MATCH ? LIMIT 30"
_LETTERS: Final = "aeinorstu"


def keystrokes(query: str) -> list[str]:
    """What stands in the search line after each key, keys that add nothing apart."""
    typed = (query[: length + 1] for length in range(len(query)))
    return [text for text in typed if text == text.rstrip()]


def mistyped(queries: Sequence[str]) -> list[str]:
    """Each query with a letter changed, missing, added or swapped in a word of five letters or more, if it has one."""
    draw = Random(5)
    return [_slip(query, draw) for query in queries]


def answered(desk: Desk, text: str) -> None:
    """What the list needs of the core after a key: the results and the rows in sight."""
    hits = desk.directory.search(Query(text)).hits
    desk.directory.rows([hit.id for hit in hits[:SHOWN]])


def measure(desk: Desk, folder: Path, queries: list[str]) -> list[Row]:
    """Product, floor and peers in turns, key by key."""
    desk.directory.warm()  # as the window does before the first key
    built = peers.built(folder)
    with closing(sqlite3.connect(desk.home / DATABASE)) as plain, peers.opened(folder) as others:
        works: dict[str, Callable[[str], object]] = {
            FLOOR: partial(_unranked, plain),
            peers.OURS: partial(answered, desk),
            **others,
        }
        for work in works.values():  # pages and statements warm on all sides
            for text in keystrokes(queries[0]):
                work(text)
        return [
            *_typed(TYPED, queries, works, built, slow_every=SLOW_EVERY),
            *_typed(MISTYPED, mistyped(queries), works, {}, slow_every=SLOW_EVERY),
        ]


def _typed(
    part: str,
    queries: Sequence[str],
    works: dict[str, Callable[[str], object]],
    built: dict[str, str],
    *,
    slow_every: int,
) -> list[Row]:
    """One row a work, each key given to all of them before the next."""
    times: dict[str, list[float]] = {name: [] for name in works}
    slowest: list[tuple[float, str]] = []
    for number, query in enumerate(queries):
        for text in keystrokes(query):
            for name, work in works.items():
                if name in (FLOOR, peers.OURS, TANTIVY) or number % slow_every == 0:
                    times[name].append(timed(partial(work, text)))
            slowest.append((times[peers.OURS][-1], text))
    worst = ", ".join(f"«{text}» {1000 * took:.1f}" for took, text in sorted(slowest, reverse=True)[:3])
    remarks = {name: built.get(name, "") for name in works}
    remarks[peers.OURS] = " · ".join(filter(None, (f"worst: {worst}", remarks[peers.OURS])))
    names = {peers.OURS: "PointInfo: search, 30 rows", FLOOR: FLOOR}
    return [
        row(part, names.get(name, f"peer: {name}, 30 row ids"), taken, "" if name == FLOOR else FLOOR, remarks[name])
        for name, taken in times.items()
    ]


def _slip(query: str, draw: Random) -> str:
    long = [word for word in query.split() if len(word) > 4]
    if not long:
        return query
    word = draw.choice(long)
    place = draw.randint(1, len(word) - 2)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    slipped = draw.choice(
        (
            f"{before}{draw.choice(_LETTERS)}{after}",
            f"{before}{after}",
            f"{before}{letter}{draw.choice(_LETTERS)}{after}",
            f"{before}{after[0]}{letter}{after[1:]}",
        )
    )
    return query.replace(word, slipped, 1)


def _unranked(plain: sqlite3.Connection, text: str) -> None:
    asked = peers.expression(text)
    if asked:
        plain.execute(_UNRANKED, (asked,)).fetchall()


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
