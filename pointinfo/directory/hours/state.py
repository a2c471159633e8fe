"""Open or closed at a moment, until when, and how sure that is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import Final, Literal, NamedTuple

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # stubs lack it
from opening_hours import State as Reading

from pointinfo import i18n
from pointinfo.clock import ZONE
from pointinfo.directory.hours.calendar import (
    NO_CALENDAR,
    Calendar,
    public_holidays,
    school_days_off,
)
from pointinfo.directory.hours.grid import asks_appointment
from pointinfo.directory.hours.rules import last_year, mentions, rules, split_fallback, with_dates
from pointinfo.errors import InputError

HOLIDAY_DOUBT: Final = "jour férié : à vérifier"
"""Ends the remark of a slot on a public holiday of which the hours say nothing."""


class State(NamedTuple):
    """What can be said of an offer's hours at a moment."""

    kind: Literal["open", "appointment", "closed", "unknown"]
    """"appointment": open now, or next, only by appointment."""
    until: datetime | None
    """When this ends, in Geneva's time; None when never or not known."""
    remark: str
    """The remark on the slot of now or, when closed, on the next one; "" if none."""
    always: bool = False
    """Around the clock, all year."""
    ahead: bool = False
    """Closed now; `until` is when the next slot begins."""


UNKNOWN: Final = State("unknown", None, "")


def check(expression: str, words: i18n.Words | None = None) -> None:
    """Nothing when the hours can be read, or are empty (not known).

    Raises InputError with a sentence that shows the place which can't be read.
    """
    if not expression.strip():
        return
    _ = (words or i18n.words("fr")).gettext
    example = "Mo-Fr 08:30-12:00,13:30-17:00"
    try:
        _timetable(expression, _ANY_YEAR, _ANY_YEAR)
    except ParserError as error:
        place = _place(str(error), expression)
        if place:
            message = _("Ces horaires ne sont pas lisibles à partir de «{place}». Exemple : {example}")
        else:
            message = _("Ces horaires ne sont pas lisibles. Exemple : {example}")
        raise InputError(message.format(place=place, example=example)) from error


def state(expression: str, now: datetime, calendar: Calendar = NO_CALENDAR) -> State:
    """The state at `now` (aware, any zone). Hours that are empty, unreadable or all past are unknown, never closed."""
    if not expression or not 1900 < now.year < 9990:  # the years the timetable can compute
        return UNKNOWN
    here = now.astimezone(UTC).astimezone(ZONE)  # by UTC: moves a wall time that summer time skips
    hours = _hours(expression, calendar, here.year)
    if hours is None:
        return UNKNOWN
    moment = now.timestamp()
    first, last, known = hours.known
    if not first <= moment < last:
        known = _state(hours, here, now, calendar)
        midnight = datetime.combine(here.date() + timedelta(days=1), time(0), ZONE).timestamp()
        # A state holds until it ends; its remark may change at midnight, when a holiday begins.
        hours.known = (moment, min(midnight, known.until.timestamp() if known.until else midnight), known)
    return known


def is_open(expression: str, now: datetime, calendar: Calendar = NO_CALENDAR) -> bool:
    """Whether someone is there at `now`, if need be by appointment or by telephone only."""
    found = state(expression, now, calendar)
    return found.kind in {"open", "appointment"} and not found.ahead


def is_surely_open(expression: str, now: datetime, calendar: Calendar = NO_CALENDAR) -> bool:
    """Whether someone is there at `now` whatever the day: a holiday that the hours are silent about is no yes."""
    found = state(expression, now, calendar)
    return found.kind in {"open", "appointment"} and not found.ahead and not found.remark.endswith(HOLIDAY_DOUBT)


def is_doubtful(expression: str, day: date, calendar: Calendar = NO_CALENDAR) -> bool:
    """Whether `day` is a public holiday of which the hours say nothing."""
    hours = _hours(expression, calendar, day.year) if expression else None
    return hours is not None and day in hours.doubtful


def by_the_wall_clock(expression: str, calendar: Calendar, year: int) -> OpeningHours | None:
    """The timetable as of `year` in naive times of the counter's clock, which no summer time moves; None: unknown."""
    if not expression.strip():
        return None
    holidays = public_holidays(year - 1, year + 2, calendar)
    school = school_days_off(year - 1, year + 2, calendar)
    try:
        check(expression)
        return OpeningHours(
            with_dates(expression, holidays, school),
            coords=_PLACE,
            auto_country=False,
            auto_timezone=False,
            max_interval_days=730,
        )
    except (ParserError, InputError):
        return None


def _state(hours: "_Hours", here: datetime, now: datetime, calendar: Calendar) -> State:
    coming = iter(hours.timetable.intervals(here))
    _start, ends, reading, remark = next(coming)
    if reading == Reading.CLOSED:
        closed = _next(coming, hours)
        if closed.until is None and hours.last_year <= here.year:
            closed = UNKNOWN  # the last hours known are over: of today they say nothing
        return _instead(closed, state(hours.fallback, now, calendar)) if hours.fallback else closed
    until: datetime | None = ends  # None when nothing changes within two years; the library's stubs don't say
    kind = _kind(reading, remark)
    if hours.open_ended and until and until.time() == time(0):
        until = None
    return State(kind, until, remark if kind == "unknown" else _doubted(remark, here, hours), hours.always)


def _next(coming: Iterator[tuple[datetime, datetime, Reading, str]], hours: "_Hours") -> State:
    """Closed, up to the next slot that is sure."""
    for start, _end, reading, remark in islice(coming, 16):  # what is never sure would go on to the year 9999
        if reading != Reading.CLOSED and (kind := _kind(reading, remark)) != "unknown":
            doubted = _doubted(remark, start, hours)
            return State("closed" if kind == "open" else kind, start, doubted, ahead=True)
    return State("closed", None, "")


def _instead(closed: State, other: State) -> State:
    """What holds outside the main hours (« || "répondeur"»), until they begin."""
    if other.kind == "closed" or other.ahead:
        coming = [state for state in (closed, other) if state.until]
        return min(coming, key=lambda state: state.until.timestamp() if state.until else 0, default=closed)
    ends = [moment for moment in (closed.until, other.until) if moment]
    return other._replace(until=min(ends, key=datetime.timestamp, default=None), always=False)


@dataclass(slots=True)
class _Hours:
    timetable: OpeningHours
    fallback: str
    doubtful: frozenset[date]
    always: bool
    open_ended: bool
    last_year: int
    known: tuple[float, float, State] = (0.0, 0.0, UNKNOWN)
    """The last state found and its span (POSIX seconds): searching for the next season takes 130 µs."""


# Geneva's lake shore, for hours that follow the sun.
_PLACE = (46.2044, 6.1432)
_ANY_YEAR = frozenset(date(2026, 1, 1) + timedelta(days=day) for day in range(365))


@lru_cache(maxsize=16_384)
def _hours(expression: str, calendar: Calendar, year: int) -> _Hours | None:
    """The hours as of `year`, looking two years ahead; None when nothing can be computed from them."""
    main, fallback = split_fallback(expression)
    holidays = public_holidays(year - 1, year + 2, calendar)
    school = school_days_off(year - 1, year + 2, calendar)
    try:
        if fallback or mentions(expression, "PH") or mentions(expression, "SH"):
            _timetable(expression, _ANY_YEAR, _ANY_YEAR)  # all that check() reads, also what is left out below
        timetable = _timetable(main, holidays, school)
    except ParserError:
        return None
    always = re.fullmatch(r'24/7( "[^"]*")?', str(timetable.normalize())) is not None
    sure = always or expression.startswith("24/7") or mentions(expression, "PH")
    open_ended = re.search(r"\d:\d\d\+", expression) is not None
    return _Hours(timetable, fallback, frozenset() if sure else holidays, always, open_ended, last_year(rules(main)))


def _timetable(expression: str, holidays: frozenset[date], school: frozenset[date]) -> OpeningHours:
    return OpeningHours(
        with_dates(expression, holidays, school),
        timezone=ZONE,
        coords=_PLACE,
        auto_country=False,
        max_interval_days=730,
    )


def _kind(reading: Reading, remark: str) -> Literal["open", "appointment", "unknown"]:
    if asks_appointment(remark):
        return "appointment"
    return "open" if reading == Reading.OPEN else "unknown"


def _doubted(remark: str, moment: datetime, hours: _Hours) -> str:
    if moment.date() not in hours.doubtful:
        return remark
    return f"{remark}, {HOLIDAY_DOUBT}" if remark else HOLIDAY_DOUBT


def _place(message: str, expression: str) -> str:
    """What follows the place where reading failed («--> 1:7» and the line), "" if not as it was typed."""
    found = re.search(r"--> 1:(\d+)\n.*\n1 \| (.*)", message)
    rest = found[2][int(found[1]) - 1 :].strip() if found else ""
    return rest if rest in expression else ""
