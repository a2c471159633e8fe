"""What a report says, before it is paper or a file: sections of small tables, some of them drawn as a chart as well."""

from typing import Final, Literal, NamedTuple

from babel.numbers import format_decimal

from pointinfo.i18n import Words
from pointinfo.inquiries.report_tables import said


class Percent(int):
    """A whole number of percent; it is only made of what a protected table shows, and of a base of 30 or more."""


Value = str | int | float | None
"""A cell: words, a count, a number with one decimal, percent; None for a count that is hidden."""

Chart = Literal["cards", "line", "bars", "shades", "quadrant", "plain"]
"""How a table is drawn on paper: its cells stand on the marks, so that it is chart and data table in one."""

NONE: Final = "–"
"""What stands where there is nothing to say: no base for a percentage, no earlier figure."""


class Part(NamedTuple):
    """One table under its title. `sixths` of the width it takes on paper; `words` stand in place of missing rows.

    The first cell of a row is its head. `bars` draw the second cell, `shades` all but the first, a `quadrant` the third
    against the last. `widths` are the relative widths of the columns of a plain table.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    chart: Chart = "plain"
    sixths: int = 6
    words: str = ""
    note: str = ""
    widths: tuple[int, ...] = ()


class Section(NamedTuple):
    """Parts under one heading."""

    title: str
    parts: tuple[Part, ...]


class Report(NamedTuple):
    """A whole report: what it is, what it is about, of which counter; on paper `title` is its largest line."""

    name: str
    title: str
    counter: str
    sections: tuple[Section, ...]


def value_words(value: Value, words: Words) -> str:
    """A cell to read."""
    if isinstance(value, str):
        return value
    if isinstance(value, Percent):
        return words.gettext("{share} %").format(share=int(value))
    if isinstance(value, float):
        return str(format_decimal(value, format="#,##0.#", locale=words.language))
    return said(value, words)
