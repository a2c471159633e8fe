"""How long the facts of an entry hold, by its kind and its importance: the one table behind every «à revérifier»."""

import re
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from pointinfo.database.schema import Entry
from pointinfo.directory.record import EntryRecord

Trust = Literal["checked", "stale", "unknown"]
"""How far the facts can be trusted: the colour of a light."""


class Dated(NamedTuple):
    """What the trust in an entry hangs on: the columns of these names."""

    kind: str
    status: str
    important: bool
    confidence: str
    as_of: str
    verified_on: date | None
    next_check: date | None


class Interval(NamedTuple):
    """How many days the facts of a kind hold once they were known to be true, and why."""

    days: int
    reason: str


INTERVALS: Final = {
    "activity": Interval(91, "programme, day and price change with the season"),
    "service": Interval(365, "hours and conditions change with the year; a directory checks all it has once a year"),
    "place": Interval(365, "a house stays where it is, its hours change with the year"),
    "association": Interval(365, "the general assembly changes who answers, once a year"),
}
"""An important entry holds half as long. A year at most is the rule of information and referral services (AIRS)."""

AT_ONCE: Final = date(1970, 1, 1)
"""Due since ever: what was noted from memory or from a source without a date, and never checked."""


def interval(kind: str, *, important: bool) -> timedelta:
    """How long the facts of such an entry hold."""
    days = INTERVALS[kind].days
    return timedelta(days=days // 2 if important else days)


def known_on(verified_on: date | None, confidence: str, as_of: str) -> date | None:
    """The last day on which the facts can have been known to be true; None where nobody can tell."""
    if verified_on is not None:
        return verified_on
    if confidence == "memory":
        return None
    try:
        return latest_day(as_of)
    except ValueError:
        return None


def trust(entry: Entry | Dated, today: date) -> Trust:
    """«checked» while the facts hold and people may be sent there."""
    if entry.status == "closed" or known_on(entry.verified_on, entry.confidence, entry.as_of) is None:
        return "unknown"
    return "checked" if is_held(entry, today) and entry.status != "do_not_refer" else "stale"


def is_held(entry: Entry | Dated, today: date) -> bool:
    """Whether the facts still hold: the entry is not due yet. Putting the check off makes no fact truer."""
    known = known_on(entry.verified_on, entry.confidence, entry.as_of)
    if known is None:
        return False
    holds = known + interval(entry.kind, important=bool(entry.important))
    return min(holds, entry.next_check or holds) >= today


def due_on(record: EntryRecord) -> date | None:
    """When an entry is to be checked again; None for a closed one.

    A day that somebody set comes first, unless the entry was checked after that day.
    """
    if record.status == "closed":
        return None
    verified_on = date.fromisoformat(record.verified_on) if record.verified_on else None
    wished = date.fromisoformat(record.next_check) if record.next_check else None
    if wished is not None and (verified_on is None or wished > verified_on):
        return wished
    return held_until(record.kind, record.important, known_on(verified_on, record.confidence, record.as_of))


def held_until(kind: str, important: bool, known: date | None) -> date:
    """When facts that were last known to be true on a day are to be checked; `AT_ONCE` where there is no such day."""
    return AT_ONCE if known is None else known + interval(kind, important=important)


def latest_day(known: str) -> date:
    """The last day a partial date can mean: a source of «2025» may be of its December. Raises `ValueError`."""
    parts = [int(part) for part in re.findall(r"\d+", known)]
    if not parts:
        raise ValueError(known)
    if len(parts) >= 3:
        return date(parts[0], parts[1], parts[2])
    if len(parts) == 2:
        first = date(parts[0], parts[1], 1)
        return date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return date(parts[0], 12, 31)
