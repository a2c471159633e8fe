"""A monthly report as it is written, beside bare SQL that groups the same month by each of its columns."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pointinfo.desk import Desk
    from tests.speed.measure import Row

PART: Final = "reports"
YEAR, MONTH = 2026, 10
COLUMNS: Final = (
    "outcome", "reason", "first_contact", "channel", "effort", "language", "origin", "themes", "audiences", "day, hour",
    "themes, outcome", "themes, audiences",
)  # fmt: skip


def measure(desk: "Desk", file: Path, rounds: int) -> "list[Row]":
    """Warm, each by the wall clock; the first of a process and the CPU time of one in a remark."""
    from pointinfo import reports
    from pointinfo.inquiries.figures import Figures
    from pointinfo.inquiries.report_tables import Reporting
    from tests.speed.measure import in_turns, row

    def written(writer: Callable[..., bytes]) -> bytes:
        return writer(desk.reports.monthly(YEAR, MONTH), desk.words)

    def first() -> bytes:
        fresh = Reporting(desk.database, Figures(desk.database), desk.words)
        return reports.typeset(replace(desk.reports, reporting=fresh).monthly(YEAR, MONTH), desk.words)

    written(reports.typeset)
    started = process_time()
    written(reports.typeset)
    cpu = process_time() - started
    started = process_time()
    first()
    first_cpu = process_time() - started
    floor = f"floor: SQLite, {len(COLUMNS)} GROUP BY of the month"
    works: tuple[Callable[[], Any], ...] = (
        partial(grouped, file),
        partial(written, reports.typeset),
        partial(written, reports.xlsx_bytes),
        partial(written, reports.csv_bytes),
        first,
    )
    taken = in_turns(works, rounds)
    return [
        row(PART, floor, taken[0]),
        row(PART, "PointInfo: monthly report, PDF", taken[1], floor, f"{cpu * 1000:.0f} ms CPU"),
        row(PART, "PointInfo: monthly report, XLSX", taken[2], floor),
        row(PART, "PointInfo: monthly report, CSV", taken[3], floor),
        row(PART, "PointInfo: PDF, no inquiry in memory yet", taken[4], floor, f"{first_cpu * 1000:.0f} ms CPU"),
    ]


def grouped(file: Path) -> int:
    """How many groups there are in all."""
    with closing(sqlite3.connect(file)) as connection:
        found = 0
        for columns in COLUMNS:
            statement = (
                f"SELECT {columns}, count(*), sum(people) FROM inquiry WHERE NOT voided AND day BETWEEN ? AND ? "
                f"GROUP BY {columns}"
            )
            span = (f"{YEAR}-{MONTH:02}-01", f"{YEAR}-{MONTH:02}-31")
            found += len(connection.execute(statement, span).fetchall())
        return found
