"""Everything the figures page shows of a period as one protected sheet, from which its files are written as well.

A filter is a line of crossed tables (`tables`), so what crosses two criteria already is refused under one, in a word.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from pointinfo.errors import InputError
from pointinfo.i18n import Words
from pointinfo.inquiries import codes
from pointinfo.inquiries.columns import Axis
from pointinfo.inquiries.figures import a_year_before
from pointinfo.inquiries.period import Period
from pointinfo.inquiries.report_tables import Column, Line, Reporting, Sheet, Table
from pointinfo.inquiries.tables import HOUSE, Asked

FILTERS: Final[tuple[Axis, ...]] = (
    "counter", "channel", "audience", "theme", "outcome", "reason", "language", "origin", "effort", "weekday",
)  # fmt: skip
"""What the figures can be narrowed by, one at a time."""

KEY_FIGURES: Final[Asked] = ()
"""The table of key figures crosses nothing."""
MONTHS: Final[Asked] = ("month",)
WEEK: Final[Asked] = ("weekday", "hour")
UNMET: Final[Asked] = ("theme", "outcome")

DEMAND: Final = ""
"""The code of the column, before those of `UNMET`, of all inquiries about a theme."""

_LISTED: Final[tuple[Axis, ...]] = (
    "theme", "audience", "outcome", "reason", "language", "origin", "channel", "effort", "counter",
)  # fmt: skip
_OUTCOMES: Final = ("answered", "referred", "not-met")

PUBLISHED: Final[tuple[Asked, ...]] = (*((axis,) for axis in _LISTED if axis != "counter"), WEEK, UNMET)
"""The tables of a release."""

Only = tuple[Axis, str]


class Overview(NamedTuple):
    """A period's `sheet`, and beside it: the period it is compared to, the codes that the period may be narrowed to by
    axis, with labels, and why a crossed table is refused."""

    sheet: Sheet
    before: Period
    options: dict[Axis, tuple[tuple[str, str], ...]]
    refused: dict[Asked, str]

    def table(self, asked: Asked) -> Table | None:
        """One table of the sheet; None where it has nothing to tell, or is refused."""
        return next((table for table in self.sheet.tables if table.asked == asked), None)


def overview(
    reporting: Reporting, words: Words, period: Period, only: Only | None = None, names: Mapping[str, str] | None = None
) -> Overview:
    """Put a period together: key figures beside the year before, 13 months, every list, and what crosses two.

    `names` are those of the counters. Raises `InputError` for a period that ends before it begins.
    """
    known = names or {}
    asked: list[Asked] = [*((axis,) for axis in (*_LISTED, "weekday")), WEEK, UNMET]
    whole = reporting.report(period, asked)
    listed = {table.asked[0]: _named(table, known, words) for table in whole.tables if len(table.asked) == 1}
    options = {axis: _options(listed[axis]) for axis in FILTERS}
    refused: dict[Asked, str] = {}
    sheet, crossed = whole, {table.asked: table for table in whole.tables if len(table.asked) == 2}
    if only is not None:
        sheet = reporting.report(period, [(axis,) for axis in _LISTED if axis != only[0]], HOUSE, only)
        listed = {table.asked[0]: _named(table, known, words) for table in sheet.tables}
        sheet = sheet._replace(only=(only[0], dict(options[only[0]]).get(only[1], only[1])))
        crossed, refused = {}, {pair: _refusal(reporting, period, pair, only) for pair in (WEEK, UNMET)}
    shown = [listed[axis] for axis in _LISTED if axis in listed and _tells(listed[axis])]
    end = Period.month(period.last.year, period.last.month)
    line = reporting.report(Period(end.step(-12).first, end.last), [MONTHS], HOUSE, only).tables[0]
    before = a_year_before(period)
    tables = (
        _key_figures(reporting, words, sheet, before, only),
        line._replace(title=heading(MONTHS, words)),
        *(crossed[pair]._replace(title=heading(WEEK, words)) for pair in (WEEK,) if pair in crossed),
        *shown,
        *(_with_demand(crossed[pair], listed["theme"], words) for pair in (UNMET,) if pair in crossed),
    )
    return Overview(sheet._replace(tables=tables), before, options, refused)


def heading(asked: Asked, words: Words) -> str:
    """What the table of months and those that cross two criteria are called here."""
    _ = words.gettext
    return {
        MONTHS: _("Demandes par mois"),
        WEEK: _("Quand vient-on ?"),
        UNMET: _("Demandé, et sans réponse"),
    }[asked]


def _key_figures(reporting: Reporting, words: Words, now: Sheet, before: Period, only: Only | None) -> Table:
    """Inquiries, people and how they ended, beside the same period of the year before."""
    _ = words.gettext
    asked: list[Asked] = [("reason",)] if only and only[0] == "outcome" else [("outcome",), ("reason",)]
    if only and only[0] == "reason":
        asked = [("outcome",)]
    then = reporting.report(before, asked, HOUSE, only)
    lines = [Line("inquiries", _("Demandes"), (now.inquiries, then.inquiries))]
    if only is None:
        lines.append(Line("people", _("Personnes"), (now.people, then.people)))
    if only is None or only[0] != "outcome":
        for code in _OUTCOMES:
            label = codes.label("outcome", code, words.language)
            lines.append(Line(code, label, (_outcome(now, code), _outcome(then, code))))
    columns = (Column("now", now.period.title(words)), Column("before", before.title(words)))
    return Table(KEY_FIGURES, _("Chiffres clés"), _("Chiffre"), columns, tuple(lines), now.inquiries, False, "")


def _outcome(sheet: Sheet, code: str) -> int | None:
    table = next(table for table in sheet.tables if table.asked == ("outcome",))
    if table.withheld:
        return None if sheet.inquiries != 0 else 0
    return table.figure(code) if any(line.code == code for line in table.lines) else 0


def _with_demand(crossed: Table, themes: Table, words: Words) -> Table:
    """How each theme's inquiries ended, after how many there were."""
    title = heading(UNMET, words)
    if crossed.withheld or themes.withheld:
        return crossed._replace(title=title)
    lines = tuple(line._replace(figures=(themes.figure(line.code), *line.figures)) for line in crossed.lines)
    columns = (Column(DEMAND, words.gettext("Demandes")), *crossed.columns)
    return crossed._replace(title=title, columns=columns, lines=lines)


def _refusal(reporting: Reporting, period: Period, pair: Asked, only: Only) -> str:
    try:
        reporting.report(period, [pair], HOUSE, only)
    except InputError as error:
        return str(error)
    return ""


def _options(table: Table) -> tuple[tuple[str, str], ...]:
    """The codes that a period may be narrowed to; none where there is one only."""
    return tuple((line.code, line.label) for line in table.lines) if len(table.lines) > 1 else ()


def _tells(table: Table) -> bool:
    """Whether a table says more than that nothing was said, or that all were noted at one counter."""
    if table.asked == ("counter",) and len(table.lines) < 2:
        return False
    return table.withheld or any(line.code for line in table.lines)


def _named(table: Table, names: Mapping[str, str], words: Words) -> Table:
    """Counters by their names; one that has none here by the beginning of its number."""
    if table.asked != ("counter",):
        return table
    other = words.gettext("Guichet {code}")
    lines = (line._replace(label=names.get(line.code) or other.format(code=line.code[:4])) for line in table.lines)
    return table._replace(lines=tuple(lines))
