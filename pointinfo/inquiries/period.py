"""A span of service days, and how it is said."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final, NamedTuple

from babel.dates import format_date

from pointinfo.i18n import Words

DAYS_AT_MOST: Final = 31
"""A longer period is counted by month."""


class Period(NamedTuple):
    """From one service day to another, both included."""

    first: date
    last: date

    @classmethod
    def day(cls, day: date) -> "Period":
        """One day."""
        return cls(day, day)

    @classmethod
    def week_of(cls, day: date) -> "Period":
        """The week of `day`, Monday to Sunday."""
        monday = day - timedelta(days=day.weekday())
        return cls(monday, monday + timedelta(days=6))

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """A calendar month."""
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @classmethod
    def year(cls, year: int) -> "Period":
        """A calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def holds(self, day: date) -> bool:
        """Whether a day belongs to it."""
        return self.first <= day <= self.last

    def months(self) -> list["Period"]:
        """The calendar months it touches."""
        days = (self.first + timedelta(days=n) for n in range(self.days))
        return list(dict.fromkeys(Period.month(day.year, day.month) for day in days))

    def step(self, steps: int) -> "Period":
        """The period of the same kind `steps` later or earlier; itself at the end of the calendar."""
        try:
            if self == Period.year(self.first.year):
                return Period.year(self.first.year + steps)
            if self == Period.month(self.first.year, self.first.month):
                months = self.first.year * 12 + self.first.month - 1 + steps
                return Period.month(months // 12, months % 12 + 1)
            shift = timedelta(days=self.days * steps)
            return Period(self.first + shift, self.last + shift)
        except (ValueError, OverflowError):
            return self

    def title(self, words: Words) -> str:
        """The period as a heading: «Octobre 2026», «Du 3 au 15 octobre 2026», «2026»."""
        first, last = self
        if self == Period.year(first.year):
            return str(first.year)
        if self == Period.month(first.year, first.month):
            return capital(format_date(first, "LLLL y", locale=words.language))
        if first == last:
            return capital(day_words(first, words))
        pattern = "d MMMM y" if first.year != last.year else "d MMMM" if first.month != last.month else "d"
        _ = words.gettext
        return _("Du {first} au {last}").format(
            first=_spelled(first, pattern, words.language), last=_spelled(last, "d MMMM y", words.language)
        )


def day_words(day: date, words: Words) -> str:
    """A day in the middle of a sentence: «lundi 9 mars 2026», “Monday 9 March 2026”."""
    return _spelled(day, "EEEE d MMMM y", words.language)


def as_date(code: str) -> date | None:
    """The day, or the first of the month, that a cell of «day» is for; None for any other code."""
    try:
        return date.fromisoformat(code if len(code) > 7 else f"{code}-01")
    except ValueError:
        return None


def _spelled(day: date, pattern: str, language: str) -> str:
    """A date in words; French has «1er», which CLDR leaves out."""
    text = format_date(day, pattern, locale=language)
    return re.sub(r"\b1\b", "1er", text, count=1) if language == "fr" and day.day == 1 else text


def capital(text: str) -> str:
    """The text as a heading or a label begins."""
    return text[:1].upper() + text[1:]
