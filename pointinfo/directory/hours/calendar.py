"""The days unlike others: Geneva's public holidays, the town's own closed days, the school holidays."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from pointinfo import paths


class Calendar(NamedTuple):
    """What a counter knows about special days beyond the canton's public holidays."""

    extra_closed: tuple[date, ...] = ()
    """The town's own closed days, treated as public holidays (1 May is none in Geneva)."""
    school_holidays: tuple[tuple[date, date], ...] = ()
    """First and last day of each period. No source works offline: an editable table fills it."""


NO_CALENDAR: Final = Calendar()


@lru_cache
def public_holidays(first_year: int, last_year: int, calendar: Calendar) -> frozenset[date]:
    """The canton's public holidays from the first to the last year, and the town's own closed days.

    The hours library's own Swiss list lacks the Jeûne genevois, 31 December and Easter Monday. What the `holidays`
    package computes is kept in a file for the years at hand: importing the package takes 0.4 s.
    """
    kept = _kept_holidays()
    days: set[date] = set(calendar.extra_closed)
    for year in range(first_year, last_year + 1):
        days |= set(kept.get(year) or canton_holidays(year))
    return frozenset(days)


def canton_holidays(year: int) -> tuple[date, ...]:
    """The public holidays of the canton of Geneva, computed by the `holidays` package."""
    from holidays import country_holidays  # noqa: PLC0415 -- 0.4 s

    return tuple(sorted(country_holidays("CH", subdiv="GE", years=year)))


@lru_cache
def _kept_holidays() -> dict[int, tuple[date, ...]]:
    data = (paths.resources() / "calendar" / "geneva_public_holidays.json").read_bytes()
    return msgspec.json.decode(data, type=dict[int, tuple[date, ...]])


def school_days_off(first_year: int, last_year: int, calendar: Calendar) -> frozenset[date]:
    """Every day of the known school holidays from the first to the last year."""
    start, end = date(first_year, 1, 1), date(last_year, 12, 31)
    return frozenset(
        day for first, last in calendar.school_holidays for day in _days(max(first, start), min(last, end))
    )


def school_known_until(calendar: Calendar) -> date | None:
    """The last day of the last school holidays that are known: of what comes later nobody can say; None for no day."""
    return max((last for _first, last in calendar.school_holidays), default=None)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
