"""Whether somebody is there at a moment, or when next: by the opening hours, or because a session is on."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from pointinfo.clock import local_day
from pointinfo.database.schema import Schedule
from pointinfo.directory import hours
from pointinfo.directory.hours import Calendar, State
from pointinfo.directory.sessions import Meeting, meetings, next_meetings


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


def is_surely_open(expression: str, schedules: Sequence[Schedule], now: datetime, calendar: Calendar) -> bool:
    """Whether somebody is there at `now` whatever the day: a holiday that nobody spoke of is no yes."""
    if hours.is_surely_open(expression, now, calendar):
        return True
    today = local_day(now)
    near = meetings(schedules, today - timedelta(days=1), today, calendar) if schedules else []
    return any(each.begins <= now < each.finishes and not each.doubtful for each in near)


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
