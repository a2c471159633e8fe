"""The next days on which it is closed although the week says it is open: holidays, dated closures."""

from datetime import date, datetime, timedelta
from typing import Final

from pointinfo import i18n
from pointinfo.clock import ZONE
from pointinfo.directory.hours.calendar import NO_CALENDAR, Calendar
from pointinfo.directory.hours.state import is_open
from pointinfo.directory.hours.week import Season, Slot, seasons
from pointinfo.directory.hours.words import parted

AHEAD: Final = 30
"""Days in which a closure is news for a visitor."""

_DAY: Final = timedelta(days=1)


def next_closure(
    expression: str, today: date, calendar: Calendar = NO_CALENDAR, ahead: int = AHEAD
) -> tuple[date, date] | None:
    """First and last day of the next closure that begins within `ahead` days; None when there is none or no telling.

    Days that are always closed count neither as a beginning nor as an end, but part no closure in two.
    """
    regular, _dated = parted(expression, i18n.words("fr"))
    weeks = seasons(regular)
    if not weeks:
        return None
    first = last = None
    for n in range(2 * ahead):
        day = today + n * _DAY
        slots = _slots(weeks, day)
        if not slots:
            continue
        if any(is_open(expression, _middle(day, slot), calendar) for slot in slots):
            if first:
                break
            if n > ahead:
                return None
        elif first or n <= ahead:
            first, last = first or day, day
    return (first, last) if first and last else None


def _slots(weeks: tuple[Season, ...], day: date) -> tuple[Slot, ...]:
    return next((season.days[day.weekday()].slots for season in weeks if season.holds(day.month)), ())


def _middle(day: date, slot: Slot) -> datetime:
    opens, closes = (datetime.combine(day, moment, ZONE) for moment in (slot.opens, slot.closes))
    return opens + ((closes if closes > opens else closes + _DAY) - opens) / 2
