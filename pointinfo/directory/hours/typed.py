"""Hours as somebody types them: «830-12 1330-17h30 rdv», «juillet-août», «24 déc - 3 janv 2027»; and as they are shown
to be typed on. What is shown reads back as the same.
"""

import contextlib
import re
from collections.abc import Iterator
from datetime import date, time
from functools import lru_cache
from typing import Final, NamedTuple

from pointinfo.directory.hours.dates import LEAP_YEAR, NotAGridError, tidy_season
from pointinfo.directory.hours.days import month_names, span_words
from pointinfo.directory.hours.grid import BY_APPOINTMENT, Span, asks_appointment
from pointinfo.directory.hours.rules import MONTHS
from pointinfo.directory.hours.week import MIDNIGHT
from pointinfo.directory.text import fold
from pointinfo.errors import InputError
from pointinfo.i18n import Words

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<remark>\([^)]*\)?|"[^"]*"?)
    | (?P<all_day>24\s*h?\s*/\s*24(?:\s*h\b)?)
    | (?P<time>\d{1,2}\s?[:h.]\s?\d{2}(?!\d)|\d{3,4}(?!\d)|\d{1,2}(?!\d)(?:\s?h\b)?)
    | (?P<dash>[-–—]|à\b|to\b|bis\b)
    | (?P<appointment>(?:sur\s+|by\s+)?(?:rdv|rendez[-‑ ]?vous|appointment)\b)
    | (?P<closed>fermée?\b|ferme\b|closed\b)
    | (?P<comma>[,;/+&]|et\b|and\b|und\b)
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def spans_of(text: str, words: Words) -> tuple[Span, ...]:
    """The spans of a day: «8:30-12, 13:30-17 rdv», «8 12 14 18 (enfants)»; () for nothing or «fermé».

    Raises InputError with a sentence that shows what can't be read.
    """
    _ = words.gettext
    spans: list[Span] = []
    opens: time | None = None
    place, text = 0, text.strip().replace(_("24 h/24"), "24/24")
    while place < len(text):
        found = _TOKEN.match(text, place)
        kind = found.lastgroup if found else ""
        if found is None or (opens is None and kind == "dash") or (opens and kind not in ("dash", "time")):
            raise InputError(_unreadable(text[place:], words))
        place = found.end()
        if kind == "all_day":
            spans.append(Span(MIDNIGHT, MIDNIGHT))
        elif kind == "time" and opens is None:
            opens = _clock(found["time"], words)
        elif kind == "time" and opens is not None:
            spans.append(Span(opens, _clock(found["time"], words, closes=True)))
            opens = None
        elif kind in ("remark", "appointment"):
            if not spans:
                raise InputError(_unreadable(found[0], words))
            remark = BY_APPOINTMENT if kind == "appointment" else re.sub(r"^.|[)\"]$", "", found["remark"])
            spans[-1] = _remarked(spans[-1], remark, words)
    if opens is not None:
        raise InputError(_("Il manque l’heure de fin. Exemple : 8:30-12, 13:30-17"))
    return tuple(spans)


def spans_text(spans: tuple[Span, ...], words: Words) -> str:
    """«8:30–12:00, 13:30–17:00 (sur rendez-vous, enfants)»."""
    return ", ".join(f"{span_words(span.opens, span.closes, words)}{_remark_text(span, words)}" for span in spans)


def season_of(text: str, words: Words) -> str:
    """The selector of «juillet-août», «15 mars - 31 octobre», «mai et septembre», "" of nothing. Raises InputError."""
    _ = words.gettext
    if not text.strip():
        return ""
    try:
        items = re.split(r",|;|\bet\b|\band\b|\bund\b|\be\b", text.strip(), flags=re.IGNORECASE)
        return tidy_season(",".join(_season_item(item, words) for item in items))
    except (NotAGridError, ValueError) as error:
        message = _("« {text} » n’est pas une saison. Exemples : juillet-août, 15 mars-31 octobre")
        raise InputError(message.format(text=text.strip())) from error


class Days(NamedTuple):
    """The days of an exception or a period; those that come every year are told of a leap year."""

    first: date
    last: date
    every_year: bool


def days_of_text(text: str, words: Words) -> Days:
    """«24.12.2026», «24 déc - 3 janv 2027», «24-26 décembre» (every year). Raises InputError."""
    _ = words.gettext
    try:
        return _days(list(_ends(text, words)))
    except ValueError as error:
        message = _("« {text} » n’est pas une date. Exemples : 24.12.2026, 24 décembre-3 janvier")
        raise InputError(message.format(text=text.strip())) from error


def times_of(text: str, words: Words) -> tuple[time, time | None] | None:
    """When a meeting begins and ends: «14-16», «14h30»; None of nothing. Raises InputError."""
    _ = words.gettext
    if not text.strip():
        return None
    found = _TOKEN.fullmatch(text.strip())
    if found and found.lastgroup == "time":
        return _clock(found["time"], words), None
    spans = spans_of(text, words)
    if len(spans) != 1 or spans[0].comment:
        raise InputError(_("« {text} » n’est pas lisible. Exemples : 14-16, 14h30").format(text=text.strip()))
    return spans[0].opens, spans[0].closes


def dates_of(text: str, words: Words, today: date) -> tuple[date, ...]:
    """The dates of «3.10.2026, 7.11, 5 décembre» in order; without a year the next of that day. Raises InputError."""
    _ = words.gettext
    found: set[date] = set()
    for part in filter(str.strip, re.split(r"[,;\n]", text)):
        read = days_of_text(part, words)
        if read.first != read.last:
            message = _("« {text} » : une date après l’autre, séparées par des virgules.")
            raise InputError(message.format(text=part.strip()))
        found.add(_coming(read.first, today) if read.every_year else read.first)
    return tuple(sorted(found))


def date_of(text: str, words: Words, today: date) -> date | None:
    """One such date, None of nothing. Raises InputError."""
    _ = words.gettext
    dates = dates_of(text, words, today)
    if len(dates) > 1:
        raise InputError(_("Une seule date, par exemple 24.12.2026"))
    return dates[0] if dates else None


def _coming(day: date, today: date) -> date:
    """The next day of this name; 29 February waits for a leap year."""
    for year in range(today.year, today.year + 9):
        with contextlib.suppress(ValueError):
            if day.replace(year=year) >= today:
                return day.replace(year=year)
    raise AssertionError(day)


def _clock(text: str, words: Words, closes: bool = False) -> time:
    _ = words.gettext
    numbers = re.findall(r"\d+", text)
    if len(numbers) == 1 and len(numbers[0]) > 2:
        numbers = [numbers[0][:-2], numbers[0][-2:]]
    hour, minute = int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0
    if closes and (hour, minute) == (24, 0):
        return MIDNIGHT
    if hour > 23 or minute > 59:
        raise InputError(_unreadable(text, words))
    return time(hour, minute)


def _unreadable(text: str, words: Words) -> str:
    _ = words.gettext
    return _("« {text} » n’est pas lisible comme heures. Exemple : 8:30-12, 13:30-17").format(text=text.strip())


def _remarked(span: Span, remark: str, words: Words) -> Span:
    """The span with one more remark; the words for an appointment are its tick, in whatever language."""
    remark = " ".join(remark.split())
    asks = span.by_appointment
    for said in (BY_APPOINTMENT, words.gettext(BY_APPOINTMENT)):
        if remark == said or remark.startswith(f"{said}, "):
            asks, remark = True, remark[len(said) + 2 :]
    remark = ", ".join(part for part in (span.remark, remark) if part)
    return span._replace(by_appointment=asks or asks_appointment(remark), remark=remark)


def _remark_text(span: Span, words: Words) -> str:
    told = [words.gettext(BY_APPOINTMENT)] if span.by_appointment and not asks_appointment(span.remark) else []
    text = ", ".join([*told, *([span.remark] if span.remark else [])])
    if not text:
        return ""
    return f' "{text}"' if set("()") & set(text) else f" ({text})"


# Months and dates

_DAY = r"(?P<{0}>\d{{1,2}})(?:er|\.|e|st|nd|rd|th)?"
_LETTERS = r"[^\W\d_]+"
_DATE = re.compile(
    rf"""(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})
    | {_DAY.format("number_day")}\s*[./]?\s*(?<=[./\s])(?P<number_month>\d{{1,2}})
        (?:[./]\s*(?P<number_year>\d{{4}}|\d{{2}}))?\.?(?!\d)
    | {_DAY.format("day_alone")}(?=\s*(?:[-–—]|au\b|to\b|bis\b))
    | {_DAY.format("day")}\s*(?P<month>{_LETTERS})\.?(?:\s+(?P<year>\d{{4}}))?
    | (?P<month_first>{_LETTERS})\s+{_DAY.format("day_second")}(?!\d)(?:,?\s+(?P<year_last>\d{{4}}))?""",
    re.IGNORECASE | re.VERBOSE,
)
_BETWEEN = re.compile(r"(?:\s|[-–—]|\b(?:du|de|le|au|à|from|to|the|vom|von|bis|dal|al)\b)*", re.IGNORECASE)


class _End(NamedTuple):
    day: int
    month: int | None
    year: int


def _ends(text: str, words: Words) -> Iterator[_End]:
    """The dates in a text. Raises ValueError if there is something else in it."""
    place = 0
    while place < len(text):
        between = _BETWEEN.match(text, place)
        place = between.end() if between else place
        if place >= len(text):
            return
        found = _DATE.match(text, place)
        if found is None:
            raise ValueError(text)
        place = found.end()
        if found["iso"]:
            day = date.fromisoformat(found["iso"])
            yield _End(day.day, day.month, day.year)
        elif found["number_day"]:
            year = int(found["number_year"] or 0)
            yield _End(int(found["number_day"]), int(found["number_month"]), 2000 + year if 0 < year < 100 else year)
        elif found["day"]:
            yield _End(int(found["day"]), _month(found["month"], words.language), int(found["year"] or 0))
        elif found["month_first"]:
            month = _month(found["month_first"], words.language)
            yield _End(int(found["day_second"]), month, int(found["year_last"] or 0))
        else:
            yield _End(int(found["day_alone"]), None, 0)


def _days(ends: list[_End]) -> Days:
    if not 1 <= len(ends) <= 2 or ends[-1].month is None:
        raise ValueError(ends)
    first, last = ends[0], ends[-1]
    if first.month is None:
        first = first._replace(month=last.month, year=last.year)
    over_new_year = (first.month, first.day) > (last.month, last.day)
    every_year = not first.year and not last.year
    year = first.year or ((last.year or LEAP_YEAR) - (over_new_year and not every_year))
    last_year = last.year or year + over_new_year
    if first.month is None or last.month is None:
        raise ValueError(ends)
    return Days(date(year, first.month, first.day), date(last_year, last.month, last.day), every_year)


def _season_item(text: str, words: Words) -> str:
    parts = [part for part in re.split(r"\s*(?:[-–—]|\bau\b|\bà\b|\bto\b|\bbis\b)\s*", text.strip()) if part]
    if not 1 <= len(parts) <= 2:
        raise ValueError(text)
    last = _season_end(parts[-1], words)
    first = _season_end(parts[0], words) if not parts[0].isdigit() else f"{last.split()[0]} {int(parts[0])}"
    return first if len(parts) == 1 else f"{first}-{last}"


def _season_end(text: str, words: Words) -> str:
    """«Mar 15» of «15 mars», «Jul» of «juillet». Raises ValueError."""
    text = re.sub(r"^(?:du|de|d’|d'|le|from)\s+", "", text.strip(), flags=re.IGNORECASE)
    if re.fullmatch(rf"{_LETTERS}\.?", text):
        return MONTHS[_month(text.rstrip("."), words.language) - 1]
    [end] = _ends(text, words)
    if end.month is None or end.year:
        raise ValueError(text)
    return f"{MONTHS[end.month - 1]} {end.day}"


_LANGUAGES: Final = ("fr", "en", "de", "it")


def _month(word: str, language: str) -> int:
    """The month that a word of at least three letters begins in the reader's language or another of the town's."""
    start = fold(word)
    if len(start) >= 3:
        for each in dict.fromkeys((language, *_LANGUAGES)):
            numbers = [number for number, name in enumerate(_folded_months(each), 1) if name.startswith(start)]
            if len(numbers) == 1:
                return numbers[0]
    raise ValueError(word)


@lru_cache(maxsize=8)
def _folded_months(language: str) -> tuple[str, ...]:
    return tuple(fold(name) for name in month_names(language))
