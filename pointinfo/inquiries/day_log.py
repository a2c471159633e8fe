"""When a counter was open and when it could not note: an empty hour and an hour nobody could log are not the same.

And what a day had beside its notes: sheets that went to the printer, visits that were cleared without a note.
"""

from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from sqlalchemy import func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from pointinfo.clock import ZONE, Clock, local_day
from pointinfo.database import Database
from pointinfo.database.schema import DayLog, DayTraffic, Inquiry
from pointinfo.directory import Calendar, hours
from pointinfo.directory.hours.calendar import public_holidays
from pointinfo.i18n import Words
from pointinfo.inquiries import refusals

OPEN: Final = "o"
CLOSED: Final = "c"
UNLOGGED: Final = "x"
"""Open, but nothing could be noted."""
UNSAID: Final = "?"
STATES: Final = (OPEN, CLOSED, UNLOGGED, UNSAID)
WHOLE_DAY: Final = 24


class LoggedDay(NamedTuple):
    """A day's hours, one state an hour from midnight; `said` by a person, else what the counter's hours expect."""

    hours: str
    said: bool


class Completeness(NamedTuple):
    """How much of a day is noted: inquiries, visits cleared without one; sheets printed, and those in a note."""

    inquiries: int
    unnoted: int
    sheets: int
    sheets_noted: int


class Opened(NamedTuple):
    """The days and hours of a period on which a counter was open, those on which it could note, and noted something.

    `unsaid`: days of which nobody knows whether it was open. `alone`: no other counter's inquiries are in the file.
    """

    days: int
    days_noted: int
    hours: int
    hours_unlogged: int
    unsaid: int
    alone: bool


class DayLogs:
    """The day log of one counter. `opening` are its own hours (OSM `opening_hours`), "" when not known."""

    def __init__(self, database: Database, clock: Clock, counter: str, words: Words) -> None:
        self._database = database
        self._clock = clock
        self._counter = counter
        self._words = words
        self.opening = ""
        self.calendar = Calendar()
        self.back_dating = 60

    def day(self, day: date) -> LoggedDay:
        """A day as it was said last, else as expected."""
        with self._database.read() as session:
            said = session.scalar(
                select(DayLog.hours)
                .where(DayLog.counter == self._counter, DayLog.day == day)
                .order_by(DayLog.number.desc())
                .limit(1)
            )
        return LoggedDay(said, True) if said else LoggedDay(self.expected(day), False)

    def over(self, first: date, last: date) -> Opened:
        """What the days from `first` to `last` add up to, each as it was said last, else as expected."""
        with self._database.read() as session:
            rows = session.execute(
                select(DayLog.day, DayLog.hours)
                .where(DayLog.counter == self._counter, DayLog.day.between(first, last))
                .order_by(DayLog.number)
            )
            said = {row.day: row.hours for row in rows}
            of_period = (Inquiry.day.between(first, last), ~Inquiry.voided)
            found = session.execute(select(Inquiry.counter, Inquiry.day).where(*of_period).distinct())
            noted = {(row.counter, row.day) for row in found}
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        hours = {day: said.get(day) or self.expected(day) for day in days}
        opened = [day for day in days if OPEN in hours[day] or UNLOGGED in hours[day]]
        every = "".join(hours.values())
        return Opened(
            len(opened),
            sum((self._counter, day) in noted for day in opened),
            every.count(OPEN) + every.count(UNLOGGED),
            every.count(UNLOGGED),
            sum(hours[day] == UNSAID * WHOLE_DAY for day in days),
            all(counter == self._counter for counter, _day in noted),
        )

    def expected(self, day: date) -> str:
        """What the counter's own hours say: closed on public holidays, *not said* where they are not known."""
        if day in public_holidays(day.year, day.year, self.calendar):
            return CLOSED * WHOLE_DAY
        if not self.opening:
            return UNSAID * WHOLE_DAY
        return "".join(OPEN if self._is_open(day, hour) else CLOSED for hour in range(WHOLE_DAY))

    def keep(self, day: date, said: str) -> None:
        """Keep what a day was; what was said before stays on file. Raises `InputError` for a day out of reach."""
        if len(said) != WHOLE_DAY or not set(said) <= set(STATES):
            raise ValueError(said)
        refusals.refuse_day(day, local_day(self._clock()), self.back_dating, self._words)
        with self._database.write() as session:
            number = session.scalar(
                select(func.coalesce(func.max(DayLog.number), 0)).where(
                    DayLog.counter == self._counter, DayLog.day == day
                )
            )
            row = {"counter": self._counter, "day": day, "number": (number or 0) + 1, "hours": said}
            session.execute(insert(DayLog), row)

    def count_sheets(self, sheets: int) -> None:
        """So many sheets went to the printer today; negative when they came back."""
        self._count(sheets=sheets)

    def count_unnoted(self, visits: int) -> None:
        """So many visits were cleared without a note; negative when one was taken up again."""
        self._count(unnoted=visits)

    def completeness(self, day: date) -> Completeness:
        """How much of a day is noted."""
        with self._database.read() as session:
            inquiries, noted = _noted(session, self._counter, day)
            found = session.get(DayTraffic, (self._counter, day))
            sheets, unnoted = (found.sheets, found.unnoted) if found else (0, 0)
        return Completeness(inquiries, unnoted, sheets, noted)

    def _count(self, sheets: int = 0, unnoted: int = 0) -> None:
        day = local_day(self._clock())
        row = upsert(DayTraffic).values(counter=self._counter, day=day, sheets=max(sheets, 0), unnoted=max(unnoted, 0))
        added = {
            "sheets": func.max(DayTraffic.sheets + sheets, 0),
            "unnoted": func.max(DayTraffic.unnoted + unnoted, 0),
        }
        with self._database.write() as session:
            session.execute(row.on_conflict_do_update(index_elements=["counter", "day"], set_=added))

    def _is_open(self, day: date, hour: int) -> bool:
        """Whether the counter is open at some quarter of this hour."""
        begin = datetime.combine(day, time(hour), ZONE)
        quarters = (begin + timedelta(minutes=minutes) for minutes in (0, 15, 30, 45))
        return any(hours.is_open(self.opening, moment, self.calendar) for moment in quarters)


def _noted(session: Session, counter: str, day: date) -> tuple[int, int]:
    """The inquiries of a day, and how many of them hold a sheet that was printed."""
    rows = session.scalars(
        select(Inquiry.referrals).where(Inquiry.counter == counter, Inquiry.day == day, ~Inquiry.voided)
    ).all()
    return len(rows), sum(1 for referrals in rows if any(each.get("copies") for each in referrals))
