"""Whether somebody is there at a moment, or when next: by the opening hours, or because a session is on."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

import msgspec
from sqlalchemy import Connection

from pointinfo.clock import local_day
from pointinfo.database.schema import Schedule
from pointinfo.directory import hours
from pointinfo.directory.hours import Calendar, State
from pointinfo.directory.sessions import Meeting, clock_of, meetings, next_meetings

_THAT_MEET: Final = "SELECT id, schedules FROM entry WHERE schedules <> '[]'"
_schedules: Final = msgspec.json.Decoder(tuple[Schedule, ...])


class Opening(NamedTuple):
    """The state of an offer. `meeting` is the session that it speaks of, None when it speaks of opening hours."""

    state: State
    meeting: Meeting | None = None


def at(expression: str, schedules: Sequence[Schedule], now: datetime, calendar: Calendar) -> Opening:
    """What holds at `now` (aware): open while one of the two is, until the later end; else whichever comes first.

    A session on a public holiday that nobody chose stands behind hours that are sure.
    """
    by_hours = Opening(hours.state(expression, now, calendar))
    coming = next_meetings(schedules, now, calendar, 1) if schedules else []
    if not coming:
        return by_hours
    [meeting] = coming
    by_session = Opening(_state(meeting, now), meeting)
    if by_hours.state.kind == "unknown":
        return by_session
    if _is_on(by_hours.state) and _is_on(by_session.state):
        return max(by_hours, by_session, key=_certainty)
    if _is_on(by_hours.state) or _is_on(by_session.state):
        return by_hours if _is_on(by_hours.state) else by_session
    opens = by_hours.state.until
    return by_hours if opens is not None and opens <= meeting.begins else by_session


def meets(schedules: Sequence[Schedule], now: datetime, calendar: Calendar) -> bool:
    """Whether a session is surely on: none that falls on a public holiday, unless somebody chose the date."""
    today = local_day(now)
    return any(
        not meeting.doubtful
        for day in (today - timedelta(days=1), today)
        for meeting in meetings([each for each in schedules if _spans(each, day, now)], day, day, calendar)
    )


def in_session(connection: Connection, now: datetime, calendar: Calendar) -> frozenset[int]:
    """The row ids of the entries that have a session now, whatever their opening hours."""
    verdicts: dict[str, bool] = {}
    found = []
    for entry_id, listed in connection.exec_driver_sql(_THAT_MEET):
        if listed not in verdicts:
            verdicts[listed] = meets(_schedules.decode(listed), now, calendar)
        if verdicts[listed]:
            found.append(entry_id)
    return frozenset(found)


def _spans(schedule: Schedule, day: date, now: datetime) -> bool:
    """Whether a meeting of that day, if there is one, is on: the dates of a year are found for those alone."""
    starts = clock_of(schedule.starts)
    if starts is None:
        return False
    meeting = Meeting(day, starts, clock_of(schedule.ends), 0)
    return meeting.begins <= now < meeting.finishes


def _state(meeting: Meeting, now: datetime) -> State:
    doubt = hours.HOLIDAY_DOUBT if meeting.doubtful else ""
    if meeting.begins <= now:
        return State("open", meeting.finishes, doubt)
    return State("closed", meeting.begins, doubt, ahead=True)


def _is_on(state: State) -> bool:
    return state.kind in {"open", "appointment"} and not state.ahead


def _certainty(opening: Opening) -> tuple[bool, bool, float]:
    """Of two that are open: the sure one, the one that asks for no appointment, the one that lasts longer."""
    state = opening.state
    ends = state.until.timestamp() if state.until else float("inf")
    return not state.remark.endswith(hours.HOLIDAY_DOUBT), state.kind == "open", ends
