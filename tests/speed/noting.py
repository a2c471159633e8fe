"""A noted inquiry on disk, and what reads the log of inquiries, with a million of them in the file."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Final
from uuid import uuid4

import msgspec

from pointinfo.database.engine import PRAGMAS
from pointinfo.desk import DATABASE, Desk, open_desk
from pointinfo.inquiries import Note, Period
from tests.speed.build import COUNTER
from tests.speed.measure import Row, appended, in_turns, row
from tests.speed.town import TODAY, Town, clock

NOTING: Final = "noting → on disk"
FIGURES: Final = "journal, figures, opening"

_PRESENT: Final = f"INSERT INTO inquiry VALUES ({', '.join('?' * 18)})"
_EVENT: Final = f"INSERT INTO inquiry_event VALUES ({', '.join('?' * 8)})"
_LAST: Final = "SELECT seq, hash FROM inquiry_event WHERE counter = ? ORDER BY seq DESC LIMIT 1"


def measure_noting(desk: Desk, plain_file: Path, rounds: int) -> list[Row]:
    """The log against plain sqlite3 in a copy of the same file, and against the disk alone."""
    notes = list(_notes(rounds + 5))
    floor = "floor: sqlite3, one row, same file size"
    with closing(sqlite3.connect(plain_file, isolation_level=None)) as plain, appended(plain_file) as append:
        for pragma in PRAGMAS:
            plain.execute(pragma)
        ours, bare, both = iter(notes), iter(notes), iter(notes)
        times = in_turns(
            (
                append,
                lambda: _insert(plain, next(bare), event=False),
                lambda: _insert(plain, next(both), event=True),
                lambda: desk.inquiries.add(next(ours)),
            ),
            rounds,
            warm_up=5,
        )
    return [
        row(NOTING, "disk: append 500 bytes, fdatasync", times[0]),
        row(NOTING, floor, times[1]),
        row(NOTING, "peer: sqlite3, event and row, no chain", times[2], floor),
        row(NOTING, "PointInfo: InquiryLog.add", times[3], floor),
    ]


def measure_figures(desk: Desk) -> list[Row]:
    """Reading the log: today's journal, the statistics of a month and of a year; and opening the desk."""
    month, year = Period.month(2026, 10), Period(TODAY - timedelta(days=364), TODAY)
    file = desk.home / DATABASE
    with closing(sqlite3.connect(file)) as plain:
        read_day, read_month, read_year, open_file = (
            partial(_day, plain),
            partial(_grouped, plain, month),
            partial(_grouped, plain, year),
            partial(_opened, file),
        )
        pairs: list[tuple[str, Callable[[], object], str, Callable[[], object], int]] = [
            ("floor: sqlite3, rows of a day", read_day,
             f"journal of a day, {desk.inquiries.count(TODAY).inquiries} rows",
             lambda: desk.inquiries.journal(TODAY), 15),
            ("floor: sqlite3, rows of a day ", read_day, "count of a day", lambda: desk.inquiries.count(TODAY), 15),
            ("floor: sqlite3, a month by day", read_month, "report of a month, every breakdown",
             lambda: desk.statistics.report(month), 7),
            ("floor: sqlite3, a year by day", read_year,
             f"report of a year, {desk.statistics.report(year).inquiries} inquiries",
             lambda: desk.statistics.report(year), 3),
            ("floor: sqlite3, connect and count entries", open_file, "open_desk and close",
             lambda: open_desk(desk.home, clock).close(), 7),
        ]  # fmt: skip
        rows = []
        for floor, bare, name, ours, rounds in pairs:
            times = in_turns((bare, ours), rounds)
            rows += [row(FIGURES, floor, times[0]), row(FIGURES, name, times[1], floor)]
    return rows


def _notes(count: int) -> Iterator[Note]:
    town, draw = Town(), Random()
    return (town.note(draw, 100) for _ in range(count))


def _insert(plain: sqlite3.Connection, note: Note, *, event: bool) -> None:
    inquiry_id = str(uuid4())
    fields = [
        msgspec.json.encode(value).decode() if isinstance(value, tuple) else value
        for value in (getattr(note, name) for name in _COLUMNS)
    ]
    day = clock().date().isoformat()
    plain.execute("BEGIN IMMEDIATE")
    if event:
        seq, previous = plain.execute(_LAST, (COUNTER,)).fetchone()
        content = msgspec.json.encode(note)
        plain.execute(_EVENT, (COUNTER, seq + 1, str(uuid4()), inquiry_id, "add", content, previous, previous))
    plain.execute(_PRESENT, (inquiry_id, COUNTER, day, 10, *fields, 1, False))
    plain.execute("COMMIT")


_COLUMNS: Final = (
    "mode", "channel", "people", "audiences", "themes", "effort", "outcome", "reason", "referrals", "language",
    "origin", "first_contact",
)  # fmt: skip


def _day(plain: sqlite3.Connection) -> None:
    plain.execute("SELECT * FROM inquiry WHERE day = ?", (TODAY.isoformat(),)).fetchall()


def _grouped(plain: sqlite3.Connection, period: Period) -> None:
    between = tuple(day.isoformat() for day in period)
    plain.execute(
        "SELECT day, count(*), sum(people) FROM inquiry WHERE day BETWEEN ? AND ? AND NOT voided GROUP BY day", between
    ).fetchall()


def _opened(file: Path) -> None:
    with closing(sqlite3.connect(file)) as plain:
        for pragma in PRAGMAS:
            plain.execute(pragma)
        plain.execute("SELECT count(*) FROM entry").fetchone()
