"""When an activity meets: its schedules as dated meetings, in words, and what is odd in them.

The dates that a schedule lists are what they are; what recurs is limited to school terms or holidays where it says so,
as far as the school holidays are known. Every date that is shown, printed or written to a file comes from here.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final, NamedTuple

from dateutil.rrule import MO, MONTHLY, WEEKLY, rrule
from dateutil.rrule import weekday as nth_weekday

from pointinfo.clock import ZONE, local_day
from pointinfo.database.schema import Schedule
from pointinfo.directory.hours.calendar import Calendar, public_holidays, school_days_off, school_known_until

AHEAD: Final = 400
"""Days in which a next meeting is looked for: what comes later is no news for a visitor."""
_DAY: Final = timedelta(days=1)


class Meeting(NamedTuple):
    """One meeting of the schedule with this number. `doubtful`: it falls on a public holiday that nobody chose."""

    day: date
    starts: time
    ends: time | None
    number: int
    cancelled: bool = False
    doubtful: bool = False

    @property
    def begins(self) -> datetime:
        """When it begins, in the counter's time."""
        return datetime.combine(self.day, self.starts, ZONE)

    @property
    def finishes(self) -> datetime:
        """When it is over; an hour after it began where nobody said."""
        if self.ends is None:
            return self.begins + timedelta(hours=1)
        return datetime.combine(self.day + (_DAY if self.ends <= self.starts else 0 * _DAY), self.ends, ZONE)


def day_of(text: str) -> date | None:
    """The day of an ISO date, None when it is none or of no year that anybody means."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2200 else None


def clock_of(text: str) -> time | None:
    """The time of «HH:MM», None when it is none."""
    try:
        return time.fromisoformat(text) if len(text) == len("08:30") else None
    except ValueError:
        return None


def meetings(
    schedules: Sequence[Schedule], first: date, last: date, calendar: Calendar, *, cancelled: bool = False
) -> list[Meeting]:
    """The meetings from `first` to `last` in their order; with `cancelled`, also those that don't take place.

    A schedule that can't be read, or of which the weeks aren't known, has none.
    """
    found: list[Meeting] = []
    for number, schedule in enumerate(schedules):
        starts = clock_of(schedule.starts)
        if starts is None:
            continue
        gone = set(schedule.cancelled)
        doubtful = frozenset() if schedule.dates else public_holidays(first.year, last.year, calendar)
        for day in days(schedule, first, last, calendar):
            away = day.isoformat() in gone
            if cancelled or not away:
                found.append(Meeting(day, starts, clock_of(schedule.ends), number, away, day in doubtful))
    return sorted(found, key=lambda meeting: meeting[:2])


def days(schedule: Schedule, first: date, last: date, calendar: Calendar) -> list[date]:
    """The days on which a schedule has a meeting, cancelled or not.

    What is limited to school terms or holidays has none beyond those that are known: a wrong day is worse than none.
    """
    if schedule.dates:
        chosen = {day for day in map(day_of, schedule.dates) if day}
        return sorted(day for day in chosen if first <= day <= last)
    begin, end = day_of(schedule.first), day_of(schedule.last)
    start, until = max(first, begin or first), min(last, end or last)
    if schedule.school:
        until = min(until, school_known_until(calendar) or date.min)
    if start > until or (schedule.first and not begin) or (schedule.last and not end):
        return []
    recurring = [day for day in _recurring(schedule, begin, start, until) if start <= day <= until]
    if not schedule.school:
        return recurring
    off = school_days_off(start.year, until.year, calendar)
    return [day for day in recurring if (day in off) == (schedule.school == "holidays")]


def goes_beyond(schedule: Schedule, calendar: Calendar) -> bool:
    """Whether it is limited to school terms or holidays, and goes on after those that are known."""
    if not schedule.school or schedule.dates:
        return False
    known, last = school_known_until(calendar), day_of(schedule.last)
    return known is None or last is None or last > known


def next_meetings(
    schedules: Sequence[Schedule], now: datetime, calendar: Calendar, count: int = 3, *, cancelled: bool = False
) -> list[Meeting]:
    """The next meetings that aren't over at `now` (aware)."""
    today = local_day(now)
    coming = meetings(schedules, today - _DAY, today + AHEAD * _DAY, calendar, cancelled=cancelled)
    return list(islice((meeting for meeting in coming if meeting.finishes > now), count))


def _recurring(schedule: Schedule, begin: date | None, start: date, until: date) -> Iterable[date]:
    weekdays = sorted({weekday for weekday in schedule.weekdays if 0 <= weekday <= 6})
    last = datetime.combine(until, time(0))
    if not weekdays:
        return []
    if schedule.nth:
        if not (1 <= schedule.nth <= 4 or schedule.nth == -1):
            return []
        month = datetime(start.year, start.month, 1)  # noqa: DTZ001
        byday = [nth_weekday(weekday, schedule.nth) for weekday in weekdays]
        return _dates(rrule(MONTHLY, dtstart=month, until=last, byweekday=byday))
    every = max(1, schedule.every)
    if every > 1 and begin is None:
        return []  # nobody knows in which weeks
    # The week of the first day counts as the first; from there whole rounds of weeks up to the window.
    anchor = begin or start
    anchor -= timedelta(days=anchor.weekday())
    anchor += max(0, (start - anchor).days // (7 * every)) * timedelta(weeks=every)
    begins = datetime.combine(anchor, time(0))
    return _dates(rrule(WEEKLY, interval=every, dtstart=begins, until=last, byweekday=weekdays, wkst=MO))


def _dates(rule: rrule) -> Iterator[date]:
    return (moment.date() for moment in rule)
