"""The next days on which a week's hours don't hold."""

from datetime import date

import pytest

from pointinfo.directory import Calendar
from pointinfo.directory.hours import next_closure

WEEK = "Mo-Fr 09:00-12:00"
FIRST = date(2026, 12, 1)
HOLIDAYS = Calendar(school_holidays=((date(2026, 12, 21), date(2027, 1, 1)),))


@pytest.mark.parametrize(
    ("expression", "first", "last"),
    [
        (f"{WEEK}; PH off", date(2026, 12, 25), date(2026, 12, 25)),
        (f"{WEEK}; 2026 Dec 3 off", date(2026, 12, 3), date(2026, 12, 3)),
        (f"{WEEK}; 2026 Dec 24-2027 Jan 3 off", date(2026, 12, 24), date(2027, 1, 1)),
        (f"{WEEK}; 2026 Dec 4-7 off", date(2026, 12, 4), date(2026, 12, 7)),
        (f"{WEEK}; SH off", date(2026, 12, 21), date(2027, 1, 1)),
        (f"{WEEK}; 2026 Nov 30-Dec 2 off", date(2026, 12, 1), date(2026, 12, 2)),
        ("24/7; 2026 Dec 25 off", date(2026, 12, 25), date(2026, 12, 25)),
        ("Mo-Fr 20:00-02:00; 2026 Dec 9 off", date(2026, 12, 9), date(2026, 12, 9)),
    ],
)
def test_a_closure_is_told_from_its_first_to_its_last_day(expression: str, first: date, last: date) -> None:
    assert next_closure(expression, FIRST, HOLIDAYS) == (first, last)


@pytest.mark.parametrize(
    "expression",
    ["", "24/7", WEEK, f"{WEEK}; 2027 Jan 4-8 off", "Sa 09:00-12:00; PH off", "nichts", "Mo[1] 09:00-12:00", "off"],
)
def test_where_nothing_closes_or_nobody_knows_nothing_is_told(expression: str) -> None:
    assert next_closure(expression, FIRST, HOLIDAYS) is None
