"""What the charts of a month and of a year hide, and so must no other period of the same days give away.

The days of a month are protected week by week as well, so that the total of a week can stand beside its month.
Whoever puts several other periods together can still subtract: the handbook says so.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date

from pointinfo.inquiries.disclosure import K, hidden
from pointinfo.inquiries.period import DAYS_AT_MOST, Period

Counts = Mapping[date, int]
"""Inquiries by day, or by the first day of a month; never 0."""


def hidden_around(period: Period, read: Callable[[Period], Counts]) -> frozenset[str] | None:
    """The days (of a long period, the months) to hide in its own chart; None where even its total must be hidden.

    `read` counts the inquiries of a period by day.
    """
    if period.days > DAYS_AT_MOST:
        years = Period(date(period.first.year, 1, 1), date(period.last.year, 12, 31))
        by_year = _parts(_by_month(read(years)), lambda month: month.year)
        return frozenset(f"{month:%Y-%m}" for months in by_year for month in _covered(months))
    found: set[date] = set()
    for month in period.months():
        days = read(month)
        covered = hidden_days(days)
        inside = [days[day] for day in covered if period.holds(day)]
        outside = [days[day] for day in covered if not period.holds(day)]
        if inside and outside and not (_may_add_up(inside) and _may_add_up(outside)):
            return None
        if days and all(period.holds(day) for day in days):  # then it tells the total of the month
            months = _by_month(read(Period.year(month.first.year)))
            covered_months = _covered(months)
            if month.first in covered_months and len(covered_months) < len(months):
                return None  # a year that shows no month at all hides none in particular
        found |= covered
    return frozenset(day.isoformat() for day in found)


def hidden_days(days: Counts) -> frozenset[date]:
    """The days of one month that stay hidden in whatever period they are asked for."""
    weeks = _parts(days, lambda day: day.isocalendar().week)
    return _covered(days, frozenset[date]().union(*(_covered(week) for week in weeks)))


def _may_add_up(cells: Sequence[int]) -> bool:
    """Whether the sum of hidden cells may be known: it is of two at least, and as large as a total has to be."""
    return len(cells) > 1 and sum(cells) >= K


def _covered(cells: Counts, already: frozenset[date] = frozenset()) -> frozenset[date]:
    """The cells to hide beside those that are hidden `already`; all where nothing can be shown.

    The earliest give cover: what is noted later doesn't change that, so that no earlier print tells more.
    """
    order = sorted(cells, reverse=True)
    places = hidden([cells[cell] for cell in order], also=[order.index(cell) for cell in already])
    if places is None:
        return frozenset(cells) if already or min(cells.values()) < K else frozenset()
    return frozenset(order[place] for place in places)


def _by_month(days: Counts) -> Counts:
    months = Counter[date]()
    for day, count in days.items():
        months[day.replace(day=1)] += count
    return months


def _parts(cells: Counts, of: Callable[[date], Hashable]) -> list[Counts]:
    parts: defaultdict[Hashable, dict[date, int]] = defaultdict(dict)
    for cell, count in cells.items():
        parts[of(cell)][cell] = count
    return list(parts.values())
