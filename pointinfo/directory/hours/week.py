"""The regular week of an `opening_hours` string, season by season: what a printed grid shows."""

import re
from collections.abc import Iterable
from datetime import time
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from pointinfo.directory.hours.rules import MONTHS, WEEKDAYS, rules

MIDNIGHT: Final = time(0)


class Slot(NamedTuple):
    """Opening and closing, and a remark. Closing at 0:00 is midnight, otherwise before opening: next day."""

    opens: time
    closes: time
    remark: str


class Day(NamedTuple):
    """One weekday, 0 for Monday, and when it is open; no slot: closed."""

    weekday: int
    slots: tuple[Slot, ...]


class Season(NamedTuple):
    """The months («Jul-Aug», "" for the whole year) that share one week, and its seven days."""

    months: str
    days: tuple[Day, ...]

    def holds(self, month: int) -> bool:
        """Whether a month, 1 for January, is of this season."""
        return not self.months or month - 1 in _chosen(self.months, MONTHS)


@lru_cache(maxsize=4096)
def seasons(expression: str) -> tuple[Season, ...]:
    """The regular weeks, without holidays; () when the hours can't be shown as plain weekly grids."""
    weeks: dict[tuple[Day, ...], list[int]] = {}
    try:
        patterns = [pattern(rule.plain, rule.joint) for rule in rules(expression) if rule.plain]
        if len(patterns) > 1 and any(_past_midnight(slot) for each in patterns for slot in each.slots):
            return ()  # what a later rule leaves of the night before is more than a grid can say
        for month in range(12):
            weeks.setdefault(_week(patterns, month), []).append(month)
    except NotWeeklyError:
        return ()
    open_weeks = {week: months for week, months in weeks.items() if any(day.slots for day in week)}
    return tuple(Season(month_selector(months), week) for week, months in open_weeks.items())


def _past_midnight(slot: Slot) -> bool:
    return slot.closes <= slot.opens and slot.closes != MIDNIGHT


class NotWeeklyError(ValueError):
    """A rule is about more than months, weekdays and times."""


class Pattern(NamedTuple):
    """A rule that only knows months, weekdays and times."""

    adds: bool
    months: frozenset[int]
    weekdays: frozenset[int]
    slots: tuple[Slot, ...]


def pattern(rule: str, joint: str = "") -> Pattern:
    """What a rule without holidays says of a week. Raises NotWeeklyError."""
    found = _RULE.fullmatch(rule.strip())
    if found is None or joint == " || ":
        raise NotWeeklyError(rule)
    if not (found["weekdays"] or found["months"] or found["times"] or found["modifier"]):
        raise NotWeeklyError(rule)  # a mere remark
    months = _chosen(found["months"], MONTHS) if found["months"] else frozenset(range(12))
    weekdays = _chosen(found["weekdays"], WEEKDAYS) if found["weekdays"] else frozenset(range(7))
    remark = (found["remark"] or "").strip('"')
    closed = (found["modifier"] or "open").lower() != "open"
    if closed and found["times"] not in {None, "24/7"}:
        raise NotWeeklyError(rule)  # a closure during part of the day
    slots = () if closed else tuple(_slots(found["times"] or "24/7", remark))
    return Pattern(joint == ", " and not closed, months, weekdays, slots)  # «, We off» adds nothing: it closes


_MONTHS = rf"(?:{'|'.join(MONTHS)})"
_WEEKDAYS = rf"(?:{'|'.join(WEEKDAYS)})"
_SPAN = r"\d\d?:\d\d\s*-\s*\d\d?:\d\d"
_RULE = re.compile(
    rf"(?:(?P<months>{_MONTHS}(?:-{_MONTHS})?(?:\s*,\s*{_MONTHS}(?:-{_MONTHS})?)*)(?:\s*:?\s*|$))?"
    rf"(?:(?P<weekdays>{_WEEKDAYS}(?:-{_WEEKDAYS})?(?:\s*,\s*{_WEEKDAYS}(?:-{_WEEKDAYS})?)*)(?:\s*:?\s+|$))?"
    rf"(?P<times>24/7|{_SPAN}(?:\s*,\s*{_SPAN})*)?"
    rf'\s*(?P<modifier>open|off|closed)?\s*(?P<remark>"[^"]*")?',
    re.IGNORECASE,
)


def _chosen(selector: str, names: tuple[str, ...]) -> frozenset[int]:
    """The numbers of «Mo-Th,Sa» or «Nov-Feb»; a range may run over the end."""
    chosen: set[int] = set()
    for item in selector.split(","):
        ends = [names.index(name.strip().capitalize()) for name in item.split("-")]
        first, last = ends[0], ends[-1]
        chosen.update((first + n) % len(names) for n in range((last - first) % len(names) + 1))
    return frozenset(chosen)


def _slots(times: str, remark: str) -> Iterable[Slot]:
    if times == "24/7":
        yield Slot(MIDNIGHT, MIDNIGHT, remark)
        return
    for span in times.split(","):
        (first_hour, first_minute), (last_hour, last_minute) = (
            (int(part) for part in end.split(":")) for end in span.split("-")
        )
        if first_hour > 23 or first_minute > 59 or last_hour > 47 or last_minute > 59:
            raise NotWeeklyError(times)
        yield Slot(time(first_hour, first_minute), time(last_hour % 24, last_minute), remark)


def _week(patterns: Iterable[Pattern], month: int) -> tuple[Day, ...]:
    week: list[tuple[Slot, ...]] = [()] * 7
    for rule in patterns:
        if month in rule.months:
            before = tuple(week)
            for weekday in rule.weekdays:
                kept = (weekday - 1) % 7 not in rule.weekdays and before[weekday - 1]
                if not rule.adds and any(_end(slot) > 24 * 60 for slot in kept or ()):
                    raise NotWeeklyError  # the rule would cut the end of the night before
                week[weekday] = (before[weekday] if rule.adds else ()) + rule.slots
    tidy = [_joined(sorted(slots)) for slots in week]
    for today, tomorrow in pairwise([*tidy, tidy[0]]):
        over = today and today[-1].closes <= today[-1].opens and today[-1].closes != MIDNIGHT
        if over and tomorrow and tomorrow[0].opens <= today[-1].closes:
            raise NotWeeklyError  # the night runs into the next day's hours
    return tuple(Day(weekday, slots) for weekday, slots in enumerate(tidy))


def _joined(slots: list[Slot]) -> tuple[Slot, ...]:
    """Slots that touch or overlap become one. Raises NotWeeklyError where their remarks differ."""
    joined: list[Slot] = []
    for slot in slots:
        last = joined[-1] if joined else None
        if last is None or (_end(last) < slot.opens.hour * 60 + slot.opens.minute):
            joined.append(slot)
        elif last.remark == slot.remark:
            joined[-1] = max(last, Slot(last.opens, slot.closes, slot.remark), key=_end)
        elif _end(last) == slot.opens.hour * 60 + slot.opens.minute:
            joined.append(slot)
        else:
            raise NotWeeklyError
    return tuple(joined)


def _end(slot: Slot) -> int:
    """Minutes from the day's midnight to the slot's end, past 24 h if it ends on the next day."""
    end = slot.closes.hour * 60 + slot.closes.minute
    return end if slot.closes > slot.opens else end + 24 * 60


def month_selector(months: list[int]) -> str:
    """«Jan-Mar,May,Nov-Dec» of month numbers; "" for all twelve."""
    if len(months) == 12:
        return ""
    breaks = [n for n, (month, following) in enumerate(pairwise(months), 1) if following - month != 1]
    runs = [months[start:end] for start, end in pairwise([0, *breaks, len(months)])]
    if len(runs) > 1 and runs[0][0] == 0 and runs[-1][-1] == 11:  # over the new year
        runs = [*runs[1:-1], runs[-1] + runs[0]]
    return ",".join(MONTHS[run[0]] if len(run) == 1 else f"{MONTHS[run[0]]}-{MONTHS[run[-1]]}" for run in runs)
