"""An `opening_hours` string taken apart into rules, its holidays replaced by dates.

Grammar: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from opening_hours import OpeningHours

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


class Rule(NamedTuple):
    """One rule of a string: «Jul-Aug SH Mo-Fr 09:00-11:00» is split at its day selector."""

    joint: Literal["", "; ", ", ", " || "]
    """How it joins the rule before: replaces its days, adds to them, or steps in where it is silent."""
    before: str
    """What stands before the days: years, months, dates, weeks. The whole rule if it names no day."""
    days: tuple[str, ...]
    """Ordinary weekdays, each a day or a range as written."""
    holidays: tuple[str, ...]
    """«PH» or «SH», each with its shift in days if it has one."""
    limit: str
    """Weekdays to which the holidays are limited: the «Mo-Fr» of «SH Mo-Fr»."""
    after: str
    """What stands behind the days: times, modifier, remark."""

    @property
    def plain(self) -> str:
        """The rule without its holidays; "" when it is about holidays only."""
        if self.holidays and not self.days:
            return ""
        return " ".join(part for part in (self.before, ",".join(self.days), self.after) if part)


def rules(expression: str) -> tuple[Rule, ...]:
    """The rules of a string, in its order; whether each one makes sense is not looked at."""
    text = _LOOSE_LIST.sub(lambda found: f"{found[1]}," if found[1] else found[0], expression)
    masked = _REMARK.sub(lambda remark: "\0" * len(remark[0]), text)
    found: list[Rule] = []
    start, sign = 0, ""
    for cut in [*_JOINT.finditer(masked), None]:
        end = cut.start() if cut else len(masked)
        if masked[start:end].strip():
            found.append(_rule(sign if found else "", masked[start:end], text[start:end]))
        if cut:
            start, sign = cut.end(), cut[0].strip()
    return tuple(found)


def split_fallback(expression: str) -> tuple[str, str]:
    """The string up to its first « || » and from there: what holds when the main hours say closed.

    Split here because the library looks at the fallback only on days without any main hours.
    """
    masked = _REMARK.sub(lambda remark: "\0" * len(remark[0]), expression)
    end = masked.find("||")
    return (expression, "") if end < 0 else (expression[:end].rstrip(), expression[end + 2 :].lstrip())


def with_dates(
    expression: str,
    public_holidays: Iterable[date],
    school_holidays: Iterable[date],
) -> str:
    """The string with PH and SH written out as dates; rules whose dates aren't known are left out.

    Raises opening_hours.ParserError when months or weeks that limit a holiday can't be read.
    """
    known = {"PH": sorted(public_holidays), "SH": sorted(school_holidays)}
    read = rules(expression)
    text = "24/7 unknown" if says_closures_only(read) else ""
    for rule in read:
        for piece in _pieces(rule, known):
            text += f"{rule.joint or '; '}{piece}" if text else piece
    return text or ("24/7 unknown" if read else "")


def says_closures_only(read: tuple[Rule, ...]) -> bool:
    """Whether some days are closed, as in «PH off», «Dec 24 off», and nothing is said of the others."""
    return bool(read) and all(_closes(rule) for rule in read)


def last_year(read: tuple[Rule, ...]) -> int:
    """The last year in which a rule opens, of rules that all name their years; 9999 where one names none."""
    years = [_YEARS.findall(rule.before) for rule in read if not _closes(rule)]
    if not years or any(not found or found[-1][1] for found in years):
        return 9999
    return max(int(year) for found in years for year, _onwards in found)


def mentions(expression: str, holiday: Literal["PH", "SH"]) -> bool:
    """Whether a rule of the string is about public (PH) or school (SH) holidays."""
    return any(name.startswith(holiday) for rule in rules(expression) for name in rule.holidays)


def _closes(rule: Rule) -> bool:
    """Whether the rule only closes: «Mo off», and «Dec 24 off», which names no day of the week."""
    return _CLOSURE.search(rule.after or rule.before) is not None


_CLOSURE = re.compile(r'(?:^|\s)(off|closed)(\s*"[^"]*")?$', re.IGNORECASE)
_YEARS = re.compile(r"\b([12]\d{3})\b(?!:)(\+?)")
_REMARK = re.compile(r'"[^"]*"')
_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_SHIFT = r"(?:\s*[+-]\s*\d+\s*days?)?"
_DAYS = rf"{_DAY}(?:\s*-\s*{_DAY})?(?:\[[^\]]*\])?{_SHIFT}"
_HOLIDAY = rf"(?:PH|SH){_SHIFT}"
_DATE = rf"(?:{'|'.join(MONTHS)})(?:\s\d\d?)?"
# «Mo, We 10:00-12:00» and «Dec 25, Dec 26 off»: by the letter of the grammar the first of them would be a
# rule of its own, open around the clock. Nobody means that.
_LOOSE_LIST = re.compile(
    rf'"[^"]*"|(\b{_DAY}|\b(?:PH|SH)|\]|\b{_DATE}),\s+(?=(?:{_DAY}|PH|SH|{_DATE})\b)', re.IGNORECASE
)
# A comma with a space opens a new rule, except before a further time of the same rule.
_JOINT = re.compile(r"\s*;\s*|\s*\|\|\s*|(?<=\0)\s*,\s*|\s*,\s+(?!\s|\d\d?:\d\d|sun|dawn|dusk|\()")
_SELECTOR = re.compile(
    rf"(?<![a-z])(?P<items>(?:{_DAYS}|{_HOLIDAY})(?:\s*,\s*(?:{_DAYS}|{_HOLIDAY}))*)"
    rf"(?:\s+(?P<limit>{_DAYS}(?:\s*,\s*{_DAYS})*))?(?![a-z\[])",
    re.IGNORECASE,
)


def _rule(sign: str, masked: str, text: str) -> Rule:
    joints: dict[str, Literal["", "; ", ", ", " || "]] = {"": "", ";": "; ", ",": ", ", "||": " || "}
    joint = joints[sign]
    selector = _SELECTOR.search(masked)
    if selector is None:
        return Rule(joint, text.strip(), (), (), "", "")
    items = [item.strip() for item in selector["items"].split(",")]
    holidays = tuple(item.upper().replace("DAY", "day") for item in items if item[:2].upper() in {"PH", "SH"})
    days = tuple(item for item in items if item[:2].upper() not in {"PH", "SH"})
    before, after = text[: selector.start()].strip(" :"), text[selector.end() :].strip()
    limit = selector["limit"] or ""
    if days and limit:  # not holidays limited to weekdays, so not ours to understand
        return Rule(joint, text.strip(), (), (), "", "")
    return Rule(joint, before, days, holidays, limit, after)


def _pieces(rule: Rule, known: dict[str, list[date]]) -> Iterable[str]:
    if rule.plain:
        yield _as_unknown(rule)
    applies = _within(f"{rule.before} {rule.limit}".strip())
    dates = sorted({day for name in rule.holidays for day in _shifted(name, known) if applies(day)})
    if dates:
        yield f"{_written(dates)} {rule.after}".strip()


def _as_unknown(rule: Rule) -> str:
    """A remark without days and times doesn't say when: unknown by the grammar, open in the library."""
    return f"unknown {rule.plain}" if _REMARK.fullmatch(rule.plain) else rule.plain


def _within(selector: str) -> Callable[[date], bool]:
    if not selector:
        return lambda day: True
    days = OpeningHours(selector)
    return lambda day: days.is_open(datetime.combine(day, time(12)))


def _shifted(name: str, known: dict[str, list[date]]) -> list[date]:
    shift = re.search(r"([+-])\s*(\d+)", name)
    days = int(shift[1] + shift[2]) if shift else 0
    return [day + timedelta(days=days) for day in known[name[:2]]]


def _written(dates: list[date]) -> str:
    """«2026 Dec 24-2026 Dec 26,2027 Jan 1»: consecutive days as one range."""
    breaks = [n for n, (day, next_day) in enumerate(pairwise(dates), 1) if next_day - day != timedelta(days=1)]
    runs = [dates[start:end] for start, end in pairwise([0, *breaks, len(dates)])]
    return ",".join(_day(run[0]) if len(run) == 1 else f"{_day(run[0])}-{_day(run[-1])}" for run in runs)


def _day(day: date) -> str:
    return f"{day.year} {MONTHS[day.month - 1]} {day.day}"
