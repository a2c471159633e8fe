"""Opening hours as people write them, in French or English, as an OSM `opening_hours` string.

All of a text is understood or nothing is: half of somebody's hours would send people to a closed door. Where each day
has a text of its own, a day that isn't understood is unknown, never closed, and keeps its text.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from pointinfo.directory import hours
from pointinfo.directory.hours.rules import WEEKDAYS
from pointinfo.directory.text import fold
from pointinfo.errors import InputError

APPOINTMENT: Final = "sur rendez-vous"
MAX_TEXT: Final = 2000
MAX_REMARK: Final = 120

DAY_NAMES: Final = (
    ("lundi", "lun", "monday", "mon", "mo"),
    ("mardi", "mar", "tuesday", "tue", "tues", "tu"),
    ("mercredi", "mer", "wednesday", "wed", "we"),
    ("jeudi", "jeu", "thursday", "thu", "thur", "thurs", "th"),
    ("vendredi", "ven", "friday", "fri", "fr"),
    ("samedi", "sam", "saturday", "sat", "sa"),
    ("dimanche", "dim", "sunday", "sun", "su"),
)


class Span(NamedTuple):
    """From and to, in minutes after midnight, and a remark."""

    opens: int
    closes: int
    remark: str = ""


Week = dict[str, list[Span]]
"""Spans by OSM day selector: «Mo», or «Sa[1]» for the first Saturday of a month."""


def as_osm(text: str) -> str:
    """«du lundi au vendredi de 8h30 à 12h15 et de 13h45 à 17h» as «Mo-Fr 08:30-12:15,13:45-17:00»; "" if unsure."""
    return _written(_read(text)) if len(text) <= MAX_TEXT else ""


def week_as_osm(days: Mapping[int, str]) -> tuple[str, tuple[int, ...]]:
    """The texts of weekdays (0 for Monday) as one string, and the days whose text wasn't understood.

    A day without a text says nothing. One that isn't understood is unknown, with its text as remark; "" when no day is
    understood.
    """
    week: Week = {}
    missed = []
    for day, text in days.items():
        if not text.strip():
            continue
        found = _read(f"{DAY_NAMES[day][0]} {text}") if len(text) <= MAX_TEXT else None
        if found is None or any(not key.startswith(WEEKDAYS[day]) for key in found):
            missed.append(day)
        else:
            week |= found
    written = _written(week)
    return (with_unknown(written, {WEEKDAYS[day]: days[day] for day in missed}) if written else ""), tuple(missed)


def with_unknown(expression: str, days: Mapping[str, str]) -> str:
    """The hours with what was told of weekdays («We») that weren't understood: unknown, their text as remark."""
    texts = {day: _remark(" ".join(text.split()), MAX_REMARK) for day, text in days.items()}
    return "; ".join((expression, *(f"{day} unknown {text}".rstrip() for day, text in texts.items())))


def osm_of(spans: Iterable[tuple[str, Span]]) -> str:
    """OSM of spans by day selector («Mo», «Sa[1]»); "" when they overlap."""
    week: Week = {}
    for day, span in spans:
        week.setdefault(day, []).append(span)
    return _written(week)


def as_remark(text: str) -> str:
    """Hours that can't be read as a remark of an OSM string: unknown, but there to be read."""
    said = " ; ".join(line.strip() for line in text.splitlines() if line.strip())
    if not said:
        return ""
    said = _remark(said, 2 * MAX_REMARK)
    return said if is_readable(said) else ""


def _remark(said: str, most: int) -> str:
    said = said.replace('"', "”").strip()
    return f'"{said[:most].rstrip()}{" …" if len(said) > most else ""}"' if said else ""


def weekday(name: str) -> int | None:
    """«lundi», «Monday», «Mo» as 0; None when it is no day."""
    return _NAMES.get(fold(name).strip(" ."))


def minutes(text: str) -> int | None:
    """«8h30», «08:30:00», «9am», «4:00 PM», «9» as minutes after midnight; 24:00 is the end of a day."""
    found = _CLOCK.fullmatch(text.strip())
    return _minutes(found[1], found[2], found[3]) if found else None


def clock(minute: int) -> str:
    """A minute after midnight as «08:30»."""
    return f"{minute // 60:02}:{minute % 60:02}"


_CLOCK: Final = re.compile(
    r"(\d{1,2})(?:\s*(?:h(?:eures?)?|[:.])\s*(\d{2})?(?::\d{2}(?:\.\d{1,9})?)?)?\s*([ap]\.?m\.?)?(?:Z|[+-]\d{2}:?\d{2})?",
    re.I,
)


def _minutes(hour: str, minute: str | None, half: str | None) -> int | None:
    hours_, minutes_ = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours_ <= 12:
            return None
        hours_ = hours_ % 12 + (12 if half[0] in "pP" else 0)
    total = hours_ * 60 + minutes_
    return total if minutes_ < 60 and total <= 24 * 60 else None


_NAMES: Final = {name: day for day, names in enumerate(DAY_NAMES) for name in names}
_DAY: Final = "|".join(sorted(_NAMES, key=len, reverse=True))
_NTH: Final = {
    "premier": 1,
    "1er": 1,
    "deuxieme": 2,
    "2eme": 2,
    "troisieme": 3,
    "3eme": 3,
    "quatrieme": 4,
    "dernier": -1,
}
_NTHS: Final = "|".join(_NTH)
_TOKEN: Final = re.compile(
    rf"(?P<nth>(?:{_NTHS}))s?\s+(?=(?:{_DAY})s?\b)"
    r"|(?P<monthly>(?:(?:de )?chaque|de tous les|du) mois\b)"
    rf"|(?P<day>{_DAY})s?(?![a-z])"
    r"|(?P<every>tous les jours|7j/7|7 jours sur 7|every day|daily)"
    r"|(?P<appointment>(?:uniquement |exclusivement |seulement )?sur (?:rdv|rendez[- ]vous)"
    r"(?: uniquement| exclusif| exclusivement| seulement)?|by appointment(?: only)?)"
    r"|(?P<closed>ferme(?:es?|s)?\b|closed\b)"
    r"|(?P<time>\d{1,2}(?:\s?(?:h(?:eures?)?|[:.])(?:\s?\d{2}(?!\d|\s?h))?(?::00)?(?:\s?[ap]\.?m\b)?|\s?[ap]\.?m\b))"
    r"|(?P<bare>\d{1,2}(?=-)|(?<=-)\d{1,2}(?![\d/]))"
    r"|(?P<to>-|\ba\b|\bau\b(?! public)|\bjusqu'a\b|\bto\b|\buntil\b)"
    r"|(?P<filler>[^\S\n]+|[:.()]|en continu|non stop|\b(?:de|du|les?|la|from|matin)\b"
    r"|\b(?:ouvert|ouverte|ouverture|au public)\b"
    r"|\bhoraires?\b|\bpermanences?\b|\bapres[- ]midi\b|\bet pas d'accueil (?:en |l')apres[- ]midi)"
    r"|(?P<break>[\n;/,|&+]|\bet\b|\band\b|\bpuis\b)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_SPELLINGS: Final = (
    (re.compile(r"[’ʼ]"), "'"),
    (re.compile(r"[^\S\n]*[-–—−][^\S\n]*"), "-"),
    (re.compile(r"(?<=\d)\s?:\s?(?=\d\d(?!\d))"), ":"),
    (re.compile(r"(?<=:\d\d-)(\d\d)-(00|15|30|45)(?![\d:])"), r"\1:\2"),  # «10:00-11-00»
    # «08:00-11:30 (les premiers samedis de chaque mois)»
    (
        re.compile(rf"({_DAY})s? ([\d:h,/ -]+)\(les? ((?:{_NTHS})s? \1s?) (?:de chaque|du) mois\)"),
        r"\3 du mois \2",
    ),
)


class _NotUnderstoodError(ValueError):
    """Something in the text is about more than days and times."""


class _Reading:
    """The days and times read so far, until the next days begin."""

    def __init__(self) -> None:
        self.week: Week = {}
        self.days: list[int] = []
        self.joined: list[bool] = []
        self.times: list[int] = []
        self.nth, self.monthly = 0, False
        self.closed = False
        self.remark = ""
        self.to = self.line_has_times = False

    def day(self, day: int) -> None:
        if self.times:
            self.flush()
        if self.days:
            self.joined.append(self.to)
        self.days.append(day)
        self.to = False

    def flush(self) -> None:
        """The days read are complete with their times."""
        if not self.days:
            if self.times or self.closed:
                raise _NotUnderstoodError
            return
        if self.closed == bool(self.times) or len(self.times) % 2 or bool(self.nth) != self.monthly:
            raise _NotUnderstoodError
        for day in self._chosen():
            key = WEEKDAYS[day] + (f"[{self.nth}]" if self.nth else "")
            spans = self.week.setdefault(key, [])
            for opens, closes in zip(self.times[::2], self.times[1::2], strict=True):
                spans.append(Span(opens, closes, self.remark))
        self.days, self.joined, self.times, self.closed, self.to = [], [], [], False, False
        self.nth, self.monthly = 0, False

    def _chosen(self) -> list[int]:
        """«lundi-vendredi» is a range, «lundi-mardi-jeudi» a list, «lundi, mercredi au vendredi» both."""
        if len(self.days) > 2 and all(self.joined):
            return self.days
        chosen = self.days[:1]
        for day, ranged in zip(self.days[1:], self.joined, strict=True):
            first = chosen[-1] + 1 if ranged else day
            if ranged and day < first - 1:
                raise _NotUnderstoodError
            chosen += [each for each in range(first, day + 1) if each not in chosen]
        return chosen


def _read(text: str) -> Week | None:
    folded = fold(text).strip()
    for pattern, spelling in _SPELLINGS:
        folded = pattern.sub(spelling, folded)
    reading = _Reading()
    try:
        for found in _TOKEN.finditer(folded):
            _take(reading, found.lastgroup or "nth", found[found.lastgroup or "nth"])
        reading.flush()
    except _NotUnderstoodError:
        return None
    return reading.week


def _take(reading: _Reading, kind: str, said: str) -> None:
    match kind:
        case "time" | "bare":
            _time(reading, minutes(said))
        case "day":
            reading.day(_NAMES[said])
        case "every":
            reading.flush()
            reading.days, reading.joined = list(range(7)), [False] * 6
        case "nth":
            if reading.days:
                reading.flush()
            reading.nth = _NTH[said]
        case "monthly":
            reading.monthly = True
        case "appointment":
            if reading.line_has_times:  # is it about these times or the next?
                raise _NotUnderstoodError
            if reading.days:
                reading.flush()
            reading.remark = APPOINTMENT
        case "closed":
            if reading.times:
                reading.flush()
            reading.closed = True
            if reading.days:
                reading.flush()
        case "to":
            reading.to = True
        case "break":
            reading.to = False
            reading.line_has_times = reading.line_has_times and said != "\n"
            if said == "\n" and reading.closed and reading.days:
                reading.flush()
        case "other":
            raise _NotUnderstoodError
        case _:
            pass


def _time(reading: _Reading, minute: int | None) -> None:
    if minute is None or reading.closed:
        raise _NotUnderstoodError
    reading.times.append(minute)
    reading.line_has_times = True


def _written(week: Week | None) -> str:
    """The week as a string, days of the same hours together; "" when it makes no sense."""
    if not week:
        return ""
    try:
        plain = _rules({day: _tidy([span for span in spans if not span.remark]) for day, spans in week.items()})
        noted = {day: _tidy([span for span in spans if span.remark]) for day, spans in week.items()}
    except _NotUnderstoodError:
        return ""
    remarks = dict.fromkeys(span.remark.replace('"', "”") for spans in noted.values() for span in spans)
    rules = "; ".join(plain)
    for remark in remarks:
        told = {day: tuple(s for s in spans if s.remark.replace('"', "”") == remark) for day, spans in noted.items()}
        rules = ", ".join(filter(None, (rules, *(f'{rule} "{remark}"' for rule in _rules(told)))))
    return rules if rules and is_readable(rules) else ""


def _tidy(spans: list[Span]) -> tuple[Span, ...]:
    ordered = sorted(set(spans))
    for before, after in pairwise(ordered):
        if after.opens < before.closes:
            raise _NotUnderstoodError
    if any(not _makes_sense(span) for span in ordered):
        raise _NotUnderstoodError
    return tuple(ordered)


def _makes_sense(span: Span) -> bool:
    """Closing after opening; past midnight only from the evening into the night."""
    return span.closes > span.opens or (span.opens >= 16 * 60 and span.closes <= 6 * 60)


def _rules(week: Mapping[str, tuple[Span, ...]]) -> list[str]:
    alike: dict[tuple[Span, ...], list[str]] = {}
    order = sorted(week, key=lambda day: (WEEKDAYS.index(day[:2]), day))
    for day in order:
        if week[day]:
            alike.setdefault(week[day], []).append(day)
    return [f"{_days(days)} {','.join(map(times, spans))}" for spans, days in alike.items()]


def _days(days: list[str]) -> str:
    """«Mo-We,Fr,Sa[1]»: three days in a row or more become a range."""
    runs: list[list[str]] = []
    for day in days:
        last = runs[-1][-1] if runs else ""
        if last in WEEKDAYS and day in WEEKDAYS and WEEKDAYS.index(day) - WEEKDAYS.index(last) == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(run) for run in runs)


def times(span: Span) -> str:
    """«08:30-12:00»."""
    return f"{clock(span.opens)}-{clock(span.closes)}"


def is_readable(expression: str) -> bool:
    """Whether it is an OSM string."""
    try:
        hours.check(expression)
    except InputError:
        return False
    return True
