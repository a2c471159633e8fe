"""Openings that get in each other's way: two of one day, or of an offer and of the place where it is."""

from functools import lru_cache
from itertools import pairwise

from pointinfo.directory.hours.rules import rules
from pointinfo.directory.hours.week import NotWeeklyError, pattern

Spans = tuple[tuple[tuple[int, int], ...], ...]
"""Openings of each weekday, in minutes from its midnight."""


@lru_cache(4_096)
def _week(expression: str, month: int) -> Spans:
    """The openings as they are written, none joined. Raises `NotWeeklyError`."""
    week: list[tuple[tuple[int, int], ...]] = [()] * 7
    for rule in rules(expression):
        if not rule.plain:
            continue
        read = pattern(rule.plain, rule.joint)
        slots = tuple(
            (begins, ends if ends > begins else ends + 24 * 60)
            for begins, ends in (
                (slot.opens.hour * 60 + slot.opens.minute, slot.closes.hour * 60 + slot.closes.minute)
                for slot in read.slots
            )
        )
        for weekday in read.weekdays if month in read.months else ():
            week[weekday] = (week[weekday] if read.adds else ()) + slots
    return tuple(tuple(sorted(slots)) for slots in week)


@lru_cache(4_096)
def overlaps(expression: str) -> bool:
    """Whether two openings of one day overlap; False where the hours cannot be laid out as a week."""
    try:
        weeks = [_week(expression, month) for month in range(12)]
    except NotWeeklyError:
        return False
    return any(later[0] < earlier[1] for week in weeks for slots in week for earlier, later in pairwise(slots))


def fits(expression: str, place: str) -> bool:
    """Whether every opening lies within one of the place; True where either cannot be laid out as a week."""
    try:
        return all(
            any(opens <= begins and ends <= closes for opens, closes in there)
            for month in range(12)
            for here, there in zip(_week(expression, month), _week(place, month), strict=True)
            for begins, ends in here
        )
    except NotWeeklyError:
        return True
