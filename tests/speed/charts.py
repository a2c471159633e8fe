"""All charts of a year and of all time, over millions of inquiries: column chunks beside duckdb and SQLite.

The inquiries are notes of the town, drawn again and again onto working days of four years and put straight into chunks,
as `chunks` packs them. The peers hold the same inquiries in one table of small integers, with themes and audiences as
numbers of lists, so that they count no list that we don't; each is asked for the same charts by GROUP BY. duckdb may
use every core, PointInfo uses one.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any, Final

import duckdb
import numpy as np

from pointinfo.inquiries.chunks import GROUPS, Chunk, made, packed, unpacked
from pointinfo.inquiries.columns import AXES, Columns, Selection, all_charts
from pointinfo.inquiries.period import Period
from tests.speed.measure import Row, in_turns, row
from tests.speed.town import Town

PART: Final = "charts"
YEAR: Final = Period(date(2025, 12, 1), date(2026, 11, 30))
BEFORE: Final = Period(date(2024, 12, 1), date(2025, 11, 30))
LINE: Final = Period(date(2025, 11, 1), date(2026, 11, 30))
ALL: Final = Period(date(2022, 12, 1), date(2026, 11, 30))
NOTES: Final = 50_000
HOURS: Final = (9, 9, 10, 10, 11, 13, 14, 14, 15, 16)
_FIELDS: Final = (
    "month", "weekday", "hour", "channel", "effort", "outcome", "reason", "first_contact", "theme", "audience",
    "language", "origin",
)  # fmt: skip


def measure(counts: tuple[int, ...], rounds: int) -> list[Row]:
    """Each number of inquiries in turns with its peers."""
    return [each for count in counts for each in _measured(count, rounds)]


def town_columns(count: int) -> Columns:
    """So many inquiries of one counter, spread evenly over 48 months."""
    chunks = {}
    draw, town = Random(3), Town()
    notes = [town.note(draw, 100) for _ in range(min(NOTES, count))]
    base = made(
        ("here", "2022-12-01", 9, note.people, note.channel, note.effort, note.outcome, note.reason,
         note.first_contact, note.mode, tuple(sorted(note.themes)), tuple(sorted(note.audiences)), note.language,
         note.origin)
        for note in notes
    )  # fmt: skip
    people = np.array([key[-1] for key in base.keys["how"]])[base.places["how"]]
    numbers = np.random.default_rng(5)
    for month in ALL.months():
        days = [month.first + timedelta(days=number) for number in range(month.days)]
        days = [day for day in days if day.weekday() < 5]
        size = count // 48
        pick = numbers.integers(0, len(notes), size)
        when = (numbers.integers(0, len(days), size) * len(HOURS) + numbers.integers(0, len(HOURS), size)) * 100
        found, places = np.unique(when + people[pick], return_inverse=True)
        slots = [divmod(int(each), 100) for each in found]
        keys = [
            ("here", days[slot // len(HOURS)].isoformat(), HOURS[slot % len(HOURS)], number) for slot, number in slots
        ]
        chunk = Chunk(
            {**base.keys, "when": keys},
            {"when": places.astype(np.int32), **{group: base.places[group][pick] for group in list(GROUPS)[1:]}},
        )
        chunks["here", f"{month.first:%Y-%m}"] = unpacked(packed(chunk))
    return Columns(chunks, {})


def _measured(count: int, rounds: int) -> list[Row]:
    columns = town_columns(count)
    for axis in AXES:
        columns.along(axis)
    table = _as_numbers(columns)
    part = f"{PART}: {len(columns):,} inquiries"
    rows = []
    with closing(duckdb.connect()) as duck, closing(sqlite3.connect(":memory:")) as plain:
        duck.register("given", {name: table[name] for name in table})
        duck.execute("CREATE TABLE inquiry AS SELECT * FROM given")
        plain.execute(f"CREATE TABLE inquiry ({', '.join(table)})")
        plain.executemany(
            f"INSERT INTO inquiry VALUES ({', '.join('?' * len(table))})",
            zip(*(values.tolist() for values in table.values()), strict=True),
        )
        for name, period, first in (("a year", YEAR, 36), ("all time", ALL, 0)):
            floor = f"peer: duckdb, {name}"
            works: list[Callable[[], object]] = [
                partial(_grouped, duck.execute, first),
                partial(all_charts, columns, Selection(period), LINE, BEFORE),
            ]
            times = in_turns(works, rounds)
            slow = in_turns([partial(_grouped, plain.execute, first)], 1, warm_up=0)
            rows += [
                row(part, floor, times[0]),
                row(part, f"peer: SQLite, {name}", slow[0], floor),
                row(part, f"PointInfo: every chart, {name}", times[1], floor),
            ]
    return rows


def _as_numbers(columns: Columns) -> dict[str, Any]:
    """Every axis of every inquiry as a number: what a peer groups by."""
    from pointinfo.inquiries.columns import group_of

    table: dict[str, Any] = {}
    for axis in AXES:
        if axis in _FIELDS:
            places = columns.along(axis).rows[columns.places[group_of(axis)]]
            table[axis] = places.astype(np.int16)
    table["month"] = np.repeat(np.arange(48, dtype=np.int16), len(columns) // 48)
    unmet = columns.along("outcome").taken(frozenset({"partly", "not-met"}))
    table["unmet"] = unmet[columns.places["how"]].astype(np.int8)
    table["people"] = columns.people["how"][columns.places["how"]].astype(np.int8)
    return table


def _grouped(execute: Callable[[str], Any], first: int) -> None:
    """The charts that `all_charts` gives, one GROUP BY each, from the month numbered `first` on."""
    since = f"FROM inquiry WHERE month >= {first}"
    for field in _FIELDS:
        execute(f"SELECT {field}, count(*), sum(people) {since} GROUP BY {field}").fetchall()
    execute(f"SELECT weekday, hour, count(*) {since} GROUP BY weekday, hour").fetchall()
    execute(f"SELECT theme, audience, count(*) {since} GROUP BY theme, audience").fetchall()
    execute(f"SELECT theme, count(*), sum(people) {since} AND unmet = 1 GROUP BY theme").fetchall()
    execute("SELECT month, count(*), sum(people) FROM inquiry WHERE month >= 35 GROUP BY month").fetchall()
    execute("SELECT count(*), sum(people) FROM inquiry WHERE month BETWEEN 24 AND 35").fetchall()
