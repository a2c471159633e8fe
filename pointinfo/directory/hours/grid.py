"""What an hours grid is made of, and how the rules of a string work on it.

A rule is read as a `Step`: on such days, these spans, in place of what was there or beside it. `cells` plays the
steps and tells what comes of them for every sort of day, which is how two strings are known to mean the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from itertools import product
from typing import Final, Literal, NamedTuple

from pointinfo.directory.hours.calendar import NO_CALENDAR, public_holidays
from pointinfo.directory.hours.dates import LEAP_YEAR, MONTH, NotAGridError, days_between, days_of, item_of, tidy_season
from pointinfo.directory.hours.rules import Rule, rules, says_closures_only
from pointinfo.directory.hours.week import MIDNIGHT, NotWeeklyError, Slot, pattern

BY_APPOINTMENT: Final = "sur rendez-vous"
"""How a grid writes that one must ask for an appointment."""


class Span(NamedTuple):
    """Open from `opens` to `closes`: 0:00 is midnight, otherwise not after `opens` means the next day."""

    opens: time
    closes: time
    by_appointment: bool = False
    remark: str = ""

    @property
    def comment(self) -> str:
        """The remark as the string carries it: «sur rendez-vous, enfants»."""
        if not self.by_appointment or asks_appointment(self.remark):
            return self.remark
        return f"{BY_APPOINTMENT}, {self.remark}" if self.remark else BY_APPOINTMENT

    @property
    def passes_midnight(self) -> bool:
        """Whether it ends on the next day."""
        return self.closes <= self.opens and self.closes != MIDNIGHT

    @property
    def lasts_all_day(self) -> bool:
        """Whether it is open from midnight to midnight."""
        return self.opens == self.closes == MIDNIGHT


Week = tuple[tuple[Span, ...], ...]
"""Seven days from Monday, each with its spans in order; no span: closed."""

CLOSED_WEEK: Final[Week] = ((),) * 7
PublicHolidays = Literal["unsaid", "closed", "usual", "own"]


class SeasonWeek(NamedTuple):
    """The week of some months («Jul-Aug», «Mar 15-Oct 31»), "" for the whole year but the other seasons.

    `school` is the week of the school holidays within, None when they are weeks as others.
    """

    months: str = ""
    days: Week = CLOSED_WEEK
    school: Week | None = None


class ExceptionDay(NamedTuple):
    """The days from `first` to `last` are otherwise; no span: closed. What comes `every_year` is told of 2000."""

    first: date
    last: date
    spans: tuple[Span, ...] = ()
    remark: str = ""
    every_year: bool = False

    def holds(self, day: date) -> bool:
        """Whether it is about `day`."""
        if not self.every_year:
            return self.first <= day <= self.last
        first, last, today = ((each.month, each.day) for each in (self.first, self.last, day))
        return first <= today <= last if self.first.year == self.last.year else today >= first or today <= last


class Timetable(NamedTuple):
    """A grid of hours. An exception counts more than a public holiday, that more than school holidays and seasons.

    Without a season nothing is said of ordinary days, unless it is `by_appointment_only`.
    """

    seasons: tuple[SeasonWeek, ...] = ()
    public_holidays: PublicHolidays = "unsaid"
    holiday_spans: tuple[Span, ...] = ()
    exceptions: tuple[ExceptionDay, ...] = ()
    by_appointment_only: bool = False


class Step(NamedTuple):
    """One rule as it works on the grid: `days`, `public` and `school` are the weekdays it is for on such days."""

    adds: bool
    season: str
    days: frozenset[int]
    public: frozenset[int]
    school: frozenset[int]
    spans: tuple[Span, ...]


def asks_appointment(remark: str) -> bool:
    """Whether a remark on a slot says that one must ask for an appointment; «sans rendez-vous» doesn't."""
    return bool(_APPOINTMENT.search(remark)) and not _WALK_IN.search(remark)


_APPOINTMENT = re.compile(r"rendez[-‑ ]?vous|\brdv\b|\bappointment\b", re.IGNORECASE)
_WALK_IN = re.compile(r"\b(sans|without)\b", re.IGNORECASE)


# Rules

_WHEN = rf"(?:\d{{4}}\s+)?{MONTH}(?:\s+\d\d?(?!\d*:))?"
DATED_RULE = re.compile(
    rf"(?P<when>{_WHEN}(?:\s*-\s*(?:{_WHEN}|\d\d?(?!\d*:)))?(?:\s*,\s*{_WHEN}(?:\s*-\s*(?:{_WHEN}|\d\d?(?!\d*:)))?)*)?"
    r"\s*:?\s*(?P<rest>(?:24/7|\d|off\b|closed\b|$).*)",
    re.IGNORECASE | re.DOTALL,
)
"""`when` a rule without weekdays holds, and the `rest` of it."""
CLOSED = re.compile(r'(?:off|closed)\s*(?:"(?P<remark>[^"]*)")?', re.IGNORECASE)
_ALL_DAYS: Final = frozenset(range(7))
_NO_DAYS: Final[frozenset[int]] = frozenset()
ONLY_APPOINTMENT: Final = (Span(MIDNIGHT, MIDNIGHT, True, '"'),)
"""What a string that only says «sur rendez-vous» says of a day; no remark can hold a quote."""


def parts(expression: str) -> tuple[Step | ExceptionDay, ...]:
    """The rules of a string one by one. Raises NotAGridError."""
    found: list[Step | ExceptionDay] = []
    for rule in rules(expression):
        try:
            for part in _parts(rule, first=not found):
                if rule.joint == ", " and isinstance(part, ExceptionDay):
                    found.append(_added(found.pop() if found else None, part))
                else:
                    found.append(part)
        except NotWeeklyError as error:
            raise NotAGridError(expression) from error
    return tuple(found)


def _parts(rule: Rule, first: bool) -> Iterator[Step | ExceptionDay]:
    if rule.joint == " || ":
        raise NotAGridError(rule.before)
    adds = rule.joint == ", "
    if rule.days or rule.holidays:
        public = pattern(rule.limit).weekdays if rule.limit else _ALL_DAYS
        if any(holiday not in ("PH", "SH") for holiday in rule.holidays):
            raise NotAGridError(rule.before)
        yield Step(
            adds,
            tidy_season(rule.before),
            pattern(",".join(rule.days)).weekdays if rule.days else _NO_DAYS,
            public if "PH" in rule.holidays else _NO_DAYS,
            public if "SH" in rule.holidays else _NO_DAYS,
            _spans(rule.after, adds),
        )
        return
    if first and rule.before == f'"{BY_APPOINTMENT}"':
        yield Step(False, "", _ALL_DAYS, _NO_DAYS, _NO_DAYS, ONLY_APPOINTMENT)
        return
    found = DATED_RULE.fullmatch(rule.before)
    if found is None:
        raise NotAGridError(rule.before)
    when, rest = found["when"] or "", found["rest"]
    if not re.search(r"\d", when):
        yield Step(adds, tidy_season(when), _ALL_DAYS, _NO_DAYS, _NO_DAYS, _spans(rest, adds))
        return
    closed = CLOSED.fullmatch(rest)
    for item in when.split(","):
        days = item_of(item)
        remark = (closed and closed["remark"]) or ""
        yield ExceptionDay(*days.dates(), () if closed else _spans(rest), remark, days.year is None)


def _added(before: Step | ExceptionDay | None, part: ExceptionDay) -> ExceptionDay:
    """Two rules about the same days as one exception."""
    same = isinstance(before, ExceptionDay) and before._replace(spans=part.spans) == part
    if not same or not isinstance(before, ExceptionDay) or not before.spans or not part.spans:
        raise NotAGridError
    return before._replace(spans=before.spans + part.spans)


def _spans(text: str, adds: bool = False) -> tuple[Span, ...]:
    """The spans of «08:00-12:00,14:00-17:00 "enfants"», () of «off». Raises NotAGridError, NotWeeklyError."""
    if text and not re.match(r"24/7|\d|off\b|closed\b", text, re.IGNORECASE):
        raise NotAGridError(text)
    spans = tuple(_span(slot) for slot in pattern(text or "24/7").slots)
    if not spans and (adds or '"' in text):
        raise NotAGridError(text)  # a closure beside what is open, or one with its reason
    return spans


def _span(slot: Slot) -> Span:
    asks = asks_appointment(slot.remark)
    remark = slot.remark
    if asks and (remark == BY_APPOINTMENT or remark.startswith(f"{BY_APPOINTMENT}, ")):
        remark = remark[len(BY_APPOINTMENT) + 2 :]
    for each in (Span(slot.opens, slot.closes, asks, remark), Span(slot.opens, slot.closes, asks, slot.remark)):
        if each.comment == slot.remark:
            return each
    raise NotAGridError(slot.remark)


# What the rules come to


class Sort(NamedTuple):
    """A sort of day: the seasons it lies in, its weekday, whether it is a public holiday, whether school is out."""

    seasons: frozenset[str]
    weekday: int
    public: bool = False
    school: bool = False


def cells(expression: str, steps: Sequence[Step], seasons: Iterable[str]) -> dict[Sort, tuple[Span, ...] | None]:
    """The spans of every sort of day, None where nothing is said."""
    unsaid = None if says_closures_only(rules(expression)) else ()
    known = {season: days_of(season) for season in seasons}
    kinds = {frozenset(name for name, days in known.items() if day in days) for day in days_of("")}
    sorts = [Sort(*each) for each in product(kinds, range(7), (False, True), (False, True))]
    return {sort: spans_on(steps, sort, unsaid) for sort in sorts}


def spans_on(steps: Sequence[Step], sort: Sort, unsaid: tuple[Span, ...] | None = ()) -> tuple[Span, ...] | None:
    """What the steps leave of one sort of day."""
    spans = unsaid
    for step in steps:
        days = step.days | (step.public if sort.public else _NO_DAYS) | (step.school if sort.school else _NO_DAYS)
        if step.season in sort.seasons and sort.weekday in days:
            spans = (spans or ()) + step.spans if step.adds else step.spans
    return spans


def comes_too_late(exception: ExceptionDay, later: Iterable[Step]) -> bool:
    """Whether a rule behind an exception may say something else of its days."""
    return any(_meets(exception, step) for step in later)


def _meets(exception: ExceptionDay, step: Step) -> bool:
    season = days_of(step.season)
    for day in days_between(exception.first, exception.last):
        if day.replace(year=LEAP_YEAR) not in season:
            continue
        if step.school or (step.days if exception.every_year else day.weekday() in step.days):
            return True
        if step.public and (exception.every_year or day in public_holidays(day.year, day.year, NO_CALENDAR)):
            return True
    return False
