"""Seasons and dates as an `opening_hours` string names them: «Jul-Aug», «Mar 15-Oct 31», «2026 Dec 24-26»."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from pointinfo.directory.hours.rules import MONTHS


class NotAGridError(ValueError):
    """A string says more than a grid can show."""


MONTH: Final = rf"(?:{'|'.join(MONTHS)})"
LEAP_YEAR: Final = 2000
_ITEM = re.compile(
    rf"(?:(?P<year>\d{{4}})\s+)?(?P<month>{MONTH})(?:\s+(?P<day>\d\d?))?"
    rf"(?:\s*-\s*(?:(?:(?P<last_year>\d{{4}})\s+)?(?P<last_month>{MONTH}))?(?:\s*(?P<last_day>\d\d?))?)?",
    re.IGNORECASE,
)


def days_of(season: str) -> frozenset[date]:
    """The days of a season, as of a leap year. Raises NotAGridError."""
    return _days_of(tidy_season(season))


def tidy_season(season: str) -> str:
    """«jul-Aug, sep» as «Jul-Aug,Sep». Raises NotAGridError when that is no season."""
    items = [" ".join(item.split()) for item in season.split(",")] if season.strip() else []
    if any(item_of(item).year for item in items):
        raise NotAGridError(season)
    return ",".join(re.sub(r" ?- ?", "-", re.sub(r"[A-Za-z]+", _capital, item)) for item in items)


def _capital(word: re.Match[str]) -> str:
    return word[0].capitalize()


@lru_cache(maxsize=256)
def _days_of(season: str) -> frozenset[date]:
    year = frozenset(days_between(date(LEAP_YEAR, 1, 1), date(LEAP_YEAR, 12, 31)))
    if not season:
        return year
    items = [item_of(item) for item in season.split(",")]
    return frozenset(day for day in year if any(item.holds((day.month, day.day)) for item in items))


class Item(NamedTuple):
    """«Jul-Aug», «Mar 15-Oct 31», «2026 Dec 24-26» as (month, day) of both ends."""

    year: int | None
    first: tuple[int, int]
    last_year: int | None
    last: tuple[int, int]
    has_days: bool

    def holds(self, day: tuple[int, int]) -> bool:
        """Whether it is about a (month, day), whatever the year."""
        if self.first <= self.last:
            return self.first <= day <= self.last
        return day >= self.first or day <= self.last

    def dates(self) -> tuple[date, date]:
        """First and last day; of the leap year if the item has none. Raises NotAGridError."""
        year = self.year or LEAP_YEAR
        last_year = self.last_year or (year if self.year or self.first <= self.last else year + 1)
        try:
            first, last = date(year, *self.first), date(last_year, *self.last)
        except ValueError as error:
            raise NotAGridError from error
        if not self.has_days or not 0 <= (last - first).days <= 3660:
            raise NotAGridError
        return first, last

    def bounds(self) -> tuple[date, date]:
        """First and last day, months whole, over the new year where it must be. Raises NotAGridError."""
        year = self.year or LEAP_YEAR
        last_year = self.last_year or year + (self.last < self.first)
        month, day = self.last
        try:
            return date(year, *self.first), date(last_year, month, min(day, monthrange(last_year, month)[1]))
        except ValueError as error:
            raise NotAGridError from error


def item_of(text: str) -> Item:
    """One season or date as it is written. Raises NotAGridError."""
    found = _ITEM.fullmatch(text.strip())
    ranges = "-" in text
    if found is None or ranges != bool(found["last_month"] or found["last_day"]):
        raise NotAGridError(text)
    month = _month(found["month"])
    last_month = _month(found["last_month"]) if found["last_month"] else month
    day, last_day = found["day"], found["last_day"] if ranges else found["day"]
    if bool(day) != bool(last_day) or (found["last_year"] and not found["year"]):
        raise NotAGridError(text)
    first, last = (month, int(day or 1)), (last_month, int(last_day or 31))
    try:
        date(LEAP_YEAR, *first), date(LEAP_YEAR, last_month, int(last_day or 1))
    except ValueError as error:
        raise NotAGridError(text) from error
    last_year = int(found["last_year"]) if found["last_year"] else None
    return Item(int(found["year"]) if found["year"] else None, first, last_year, last, bool(day))


def _month(name: str) -> int:
    return MONTHS.index(name.capitalize()) + 1


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
