"""The school holidays and the town's own closed days as plain lines, one a line: «19 octobre 2026–23 octobre 2026»."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Final

from pointinfo.directory.hours.dates import days_between
from pointinfo.directory.hours.days import day_words
from pointinfo.directory.hours.typed import days_of_text
from pointinfo.errors import InputError
from pointinfo.i18n import Words

Period = tuple[date, date]
LONGEST: Final = 120
"""Days; a longer period is a year typed wrong."""


def periods_of(text: str, words: Words) -> tuple[Period, ...]:
    """The periods of some lines in order. Raises InputError that shows the line which can't be."""
    _ = words.gettext
    found = sorted(_periods(text, words))
    for (_first, last), (following, until) in pairwise(found):
        if following <= last:
            message = _("« {text} » chevauche une autre période.")
            raise InputError(message.format(text=periods_text([(following, until)], words)))
    return tuple(found)


def days_of_lines(text: str, words: Words) -> tuple[date, ...]:
    """Every day of some lines, each a day or a period. Raises InputError that shows the line which can't be."""
    return tuple(sorted({day for first, last in _periods(text, words) for day in days_between(first, last)}))


def periods_text(periods: Iterable[Period], words: Words) -> str:
    """The lines that `periods_of` reads."""
    return "\n".join(
        day_words(first, words) if first == last else f"{day_words(first, words)}–{day_words(last, words)}"
        for first, last in periods
    )


def days_text(days: Iterable[date], words: Words) -> str:
    """The lines that `days_of_lines` reads, one a day."""
    return periods_text([(day, day) for day in days], words)


def _periods(text: str, words: Words) -> Iterator[Period]:
    _ = words.gettext
    for line in filter(str.strip, text.splitlines()):
        days = days_of_text(line, words)
        if days.every_year:
            raise InputError(_("« {text} » : il manque l’année.").format(text=line.strip()))
        if days.last < days.first:
            raise InputError(_("« {text} » finit avant de commencer.").format(text=line.strip()))
        if (days.last - days.first).days > LONGEST:
            raise InputError(_("« {text} » dure plus de quatre mois : vérifiez l’année.").format(text=line.strip()))
        yield days.first, days.last
