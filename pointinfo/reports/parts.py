"""Protected tables as the parts of a report: largest lines first, percentages only where the table gives them."""

from collections.abc import Sequence
from typing import Final

from pointinfo.i18n import Words
from pointinfo.inquiries.codes import UNMET
from pointinfo.inquiries.report_tables import Sheet, Table
from pointinfo.inquiries.tables import SHARES_FROM, Asked
from pointinfo.reports.content import NONE, Part, Percent, Value

RATES: Final[Asked] = ("theme", "outcome")
"""The table that rates by theme are read from."""


def table_of(sheet: Sheet, *asked: str) -> Table | None:
    """A table of a sheet by its axes; None where it has none, or nothing of it can be shown."""
    return next((each for each in sheet.tables if each.asked == asked and not each.withheld), None)


def bars(sheet: Sheet, asked: str, title: str, words: Words, *, sixths: int = 3, most: int = 10) -> Part:
    """A table of one axis with its shares, its first `most` lines; of the reasons, those that were given."""
    _ = words.gettext
    table = table_of(sheet, asked)
    if table is None or not table.lines:
        return empty(sheet, title, words, sixths)
    rows = [
        (line.label, line.figures[0], _share(table.share(line.code)))
        for line in table.lines
        if line.figures[0] != 0 and (line.code or asked != "reason")
    ]
    if not rows:
        return Part(title, (), (), "bars", sixths, words=_("Rien de tel pendant cette période."))
    head = (table.head, _("Demandes"), _("Part"))
    return Part(title, head, tuple(rows[:most]), "bars", sixths, note=more(len(rows), most, words))


def crossed(sheet: Sheet, asked: Asked, title: str, words: Words, *, lines: int, columns: int, sixths: int = 6) -> Part:
    """A crossed table, its first lines and columns."""
    table = table_of(sheet, *asked)
    if table is None or not table.lines:
        return empty(sheet, title, words, sixths)
    wanted = [each for each in table.columns if each.code][:columns]
    places = [table.columns.index(each) for each in wanted]
    named = [line for line in table.lines if line.code]
    if not wanted or not named:
        return empty(sheet, title, words, sixths)
    rows = tuple((line.label, *(line.figures[place] for place in places)) for line in named[:lines])
    note = more(len(named), lines, words) or more(len(table.columns), columns + 1, words)
    return Part(title, (table.head, *(each.label for each in wanted)), rows, "shades", sixths, note=note)


def rates(sheet: Sheet, title: str, words: Words, *, most: int = 12) -> Part:
    """Of each theme, how many were met in part or not at all: a rate where the theme has a base for one."""
    _ = words.gettext
    table, themes = table_of(sheet, *RATES), table_of(sheet, "theme")
    if table is None or themes is None or not table.lines:
        return empty(sheet, title, words, 6)
    rows: list[tuple[Value, ...]] = []
    for line in themes.lines:
        if not line.code:
            continue
        unmet = _added([table.figure(line.code, each.code) for each in table.columns if each.code in UNMET])
        rows.append((str(len(rows) + 1), line.label, line.figures[0], unmet, _rate(unmet, line.figures[0])))
    if not rows:
        return empty(sheet, title, words, 6)
    head = (_("Nᵒ"), _("Thème"), _("Demandes"), _("Sans réponse ou en partie"), _("Taux"))
    return Part(title, head, tuple(rows[:most]), "quadrant", note=more(len(rows), most, words))


def unmet_by(sheet: Sheet, axis: str, title: str, words: Words, *, most: int, sixths: int = 3) -> Part:
    """By the codes of an axis, how many were met in part or not at all, the most first."""
    _ = words.gettext
    table = next((table_of(sheet, *pair) for pair in ((axis, "outcome"), ("outcome", axis))), None)
    if table is None or not table.lines:
        return empty(sheet, title, words, sixths)
    found = [
        (line.label, _added([f for f, c in zip(line.figures, table.columns, strict=True) if c.code in UNMET]))
        for line in table.lines
        if line.code
    ]
    rows = sorted((each for each in found if each[1] != 0), key=lambda each: (each[1] is None, -(each[1] or 0)))
    if not rows:
        return Part(title, (), (), "bars", sixths, words=_("Rien de tel pendant cette période."))
    head = (table.head, _("Sans réponse ou en partie"))
    return Part(title, head, tuple(rows[:most]), "bars", sixths, note=more(len(rows), most, words))


def counts(
    rows: Sequence[tuple[str, int]], head: tuple[str, str], title: str, words: Words, *, sixths: int, most: int
) -> Part:
    """Names with their counts, small ones left out already."""
    _ = words.gettext
    if not rows:
        return Part(title, (), (), "bars", sixths, words=_("Rien d’assez nombreux pour être montré."))
    return Part(title, head, tuple(rows[:most]), "bars", sixths, note=more(len(rows), most, words))


def empty(sheet: Sheet, title: str, words: Words, sixths: int) -> Part:
    """What stands where a table can't be shown, and why."""
    _ = words.gettext
    if sheet.inquiries == 0:
        return Part(title, (), (), "plain", sixths, words=_("Aucune demande notée."))
    if sheet.inquiries is not None and sheet.inquiries >= 2 * sheet.k and not any(t.withheld for t in sheet.tables):
        return Part(title, (), (), "plain", sixths, words=_("Rien de tel pendant cette période."))
    said = _("Des chiffres trop petits pour une répartition sans risque de reconnaître quelqu’un.")
    return Part(title, (), (), "plain", sixths, words=said)


def _added(figures: Sequence[int | None]) -> int | None:
    """A sum of shown figures; hidden as soon as one of them is."""
    return None if None in figures else sum(figure or 0 for figure in figures)


def _rate(part: int | None, base: int | None) -> Value:
    if part is None or base is None:
        return None
    return Percent(round(100 * part / base)) if base >= SHARES_FROM else NONE


def _share(share: float | None) -> Value:
    return NONE if share is None else Percent(round(share))


def more(found: int, most: int, words: Words) -> str:
    """Says that a list was cut; "" when it was not."""
    _ = words.gettext
    return _("Les {most} premiers de {all}.").format(most=most, all=found) if found > most else ""
