"""Geneva's public holidays: the file at hand says what the `holidays` package computes."""

from datetime import date

import msgspec
import pytest

from pointinfo import paths
from pointinfo.directory.hours import Calendar
from pointinfo.directory.hours.calendar import canton_holidays, public_holidays

KEPT = msgspec.json.decode(
    (paths.resources() / "calendar" / "geneva_public_holidays.json").read_bytes(), type=dict[int, tuple[date, ...]]
)


@pytest.mark.parametrize("year", sorted(KEPT))
def test_the_file_says_what_the_package_computes(year: int) -> None:
    assert KEPT[year] == canton_holidays(year)


def test_a_year_beyond_the_file_is_computed() -> None:
    assert date(2060, 12, 31) in public_holidays(2060, 2060, Calendar())


def test_the_towns_own_closed_days_count_too() -> None:
    assert date(2026, 5, 1) in public_holidays(2026, 2026, Calendar(extra_closed=(date(2026, 5, 1),)))
    assert date(2026, 5, 1) not in public_holidays(2026, 2026, Calendar())
