"""Days, months, times of day and spans as a reader says them."""

from datetime import date, time
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, get_day_names, get_month_names

from pointinfo.directory.hours.rules import MONTHS
from pointinfo.directory.hours.week import MIDNIGHT
from pointinfo.i18n import Words, region

_Length = Literal["wide", "abbreviated", "short"]


def day_words(day: date, words: Words, every_year: bool = False) -> str:
    """«24 décembre 2026», «1er janvier» when it comes every year."""
    if every_year:
        return short_date(words.language, day, far=False)
    text = str(format_date(day, "long", locale=_locale(words.language)))
    return f"1er{text[1:]}" if words.language == "fr" and day.day == 1 else text


def weekday_names(words: Words, *, short: bool = False) -> tuple[str, ...]:
    """«lundi» to «dimanche», `short` «lun.» to «dim.»."""
    return _day_names(words.language, "abbreviated" if short else "wide")


@lru_cache(maxsize=64)
def month_names(language: str) -> tuple[str, ...]:
    """«janvier» to «décembre»."""
    names = get_month_names("wide", context="stand-alone", locale=_locale(language))
    return tuple(names[month] for month in range(1, 13))


def months_words(months: str, words: Words) -> str:
    """«mai, septembre», «15 mars–31 octobre» of a selector as `grid.tidy_season` leaves it."""
    return ", ".join(_ends_words(item, words) for item in months.split(",") if item)


def clock_words(moment: time) -> str:
    """«8:05»."""
    return f"{moment.hour}:{moment.minute:02}"


def span_words(opens: time, closes: time, words: Words) -> str:
    """«8:00–12:30», «24 h/24»."""
    if opens == closes == MIDNIGHT:
        return words.gettext("24 h/24")
    return f"{clock_words(opens)}–{'24:00' if closes == MIDNIGHT else clock_words(closes)}"


def weekdays_words(weekdays: list[int], words: Words) -> str:
    """«lu–ve», «ma, je»."""
    names = _day_names(words.language, "short" if words.language == "fr" else "abbreviated")  # Mon, not Mo
    breaks = [n for n, (day, following) in enumerate(pairwise(weekdays), 1) if following - day != 1]
    runs = [weekdays[start:end] for start, end in pairwise([0, *breaks, len(weekdays)])]
    return ", ".join(names[run[0]] if len(run) == 1 else f"{names[run[0]]}–{names[run[-1]]}" for run in runs)


@lru_cache(maxsize=1024)
def short_date(language: str, day: date, far: bool) -> str:
    """«4 mai», with the year when it is far off."""
    locale = _locale(language)
    text = format_skeleton("yMMMMd" if far else "MMMMd", day, locale=locale)
    return f"1er{text[1:]}" if locale.language == "fr" and day.day == 1 else text


@lru_cache(maxsize=64)
def _day_names(language: str, length: _Length) -> tuple[str, ...]:
    names = get_day_names(length, locale=_locale(language))
    return tuple(names[weekday] for weekday in range(7))


def _ends_words(item: str, words: Words) -> str:
    told, month = [], ""
    for end in item.split("-"):
        name, _space, day = end.rpartition(" ") if end[-1].isdigit() else (end, "", "")
        month = name or month  # «Jul 5-20»
        number = MONTHS.index(month) + 1
        told.append(
            short_date(words.language, date(2000, number, int(day)), far=False) if day else _month(number, words)
        )
    return "–".join(told)


def _month(number: int, words: Words) -> str:
    return month_names(words.language)[number - 1]


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    """CLDR's names for a language, French where it has none."""
    try:
        return Locale.parse(region(language))
    except (UnknownLocaleError, ValueError):
        return Locale("fr")
