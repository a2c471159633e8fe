"""A protected report in words: tables with labelled lines, from which screen, paper, XLSX and CSV are all written.

`Reporting.report` counts, protects and labels in one call. Whatever shows a `Sheet` shows each `Cell` by `said`: a
figure, or the one word for all that is hidden. Percentages are asked of the table (`share`), never computed elsewhere.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from babel.dates import format_date
from babel.numbers import format_decimal
from sqlalchemy.orm import Session

from pointinfo.database import Database
from pointinfo.directory import vocabulary
from pointinfo.errors import InputError
from pointinfo.i18n import Words
from pointinfo.inquiries import codes
from pointinfo.inquiries.columns import AXES, Axis, Selection
from pointinfo.inquiries.figures import Figures
from pointinfo.inquiries.period import Period, capital
from pointinfo.inquiries.releases import Released
from pointinfo.inquiries.tables import HOUSE, SEVERAL, SHARES_FROM, Asked, Covered, counted, protected

IN_ORDER: Final[frozenset[Axis]] = frozenset({"month", "day", "weekday", "hour", "effort"})
"""Axes with an order of their own; the others come largest first, hidden ones as they are listed, «not said» last."""


class Line(NamedTuple):
    """One line of a table: its code and label, a figure for each column, None where it is hidden."""

    code: str
    label: str
    figures: tuple[int | None, ...]


class Column(NamedTuple):
    """The head of a column; of a table of one axis there is one, with the code ""."""

    code: str
    label: str


class Table(NamedTuple):
    """One protected table. `base` is how many inquiries it is about; None where that is hidden.

    `withheld`: nothing of it can be shown, and it has no lines; `note` says what a reader has to know, "" for nothing.
    """

    asked: Asked
    title: str
    head: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    base: int | None
    withheld: bool
    note: str

    def figure(self, line: str, column: str = "") -> int | None:
        """What a cell shows by its codes; None where it is hidden. Raises `KeyError` where there is no such cell."""
        columns = [each.code for each in self.columns]
        for each in self.lines:
            if each.code == line and column in columns:
                return each.figures[columns.index(column)]
        raise KeyError((line, column))

    def share(self, line: str, column: str = "") -> float | None:
        """A cell in percent of the base; None where the cell or base is hidden, or the base is under `SHARES_FROM`."""
        figure = self.figure(line, column)
        if figure is None or self.base is None or self.base < SHARES_FROM:
            return None
        return 100 * figure / self.base


class Sheet(NamedTuple):
    """A period's report. `only` is what it was narrowed to, as (axis, label); `number` and `hash` are its release's."""

    period: Period
    k: int
    inquiries: int | None
    people: int | None
    tables: tuple[Table, ...]
    only: tuple[Axis, str] | None = None
    number: int | None = None
    restates: int | None = None
    hash: str = ""


class Reporting:
    """The reports of this file, protected and in words."""

    def __init__(self, database: Database, figures: Figures, words: Words) -> None:
        self._database = database
        self._figures = figures
        self._words = words

    def report(
        self, period: Period, asked: Sequence[Asked], k: int = HOUSE, only: tuple[Axis, str] | None = None
    ) -> Sheet:
        """Count, protect and label the tables of a period.

        `only` narrows tables of one axis to the inquiries that say one code: they are lines of crossed tables, and
        hide what these hide. Raises `InputError` for a period that ends before it begins, and for more than two axes.
        """
        self._refuse(period, asked, only)
        crossed = [_one_way_round((axis, only[0])) for (axis,) in asked] if only else list(map(_one_way_round, asked))
        shown = protected(counted(self._figures.columns().chosen(Selection(period)), crossed), k)
        with self._database.read() as session:
            labels = _Labels(session, self._words, period)
            if only is None:
                tables = tuple(_table(each, shown, labels, self._words) for each in asked)
                return Sheet(period, k, shown.inquiries, shown.people, tables)
            tables = tuple(_narrowed(each[0], only, shown, labels, self._words) for each in asked)
            label = labels.of(only[0], [only[1]]).get(only[1], only[1])
            return Sheet(period, k, _margin(shown, only), None, tables, (only[0], label))

    def of_release(self, released: Released) -> Sheet:
        """A release in words: just what was published, whatever has been noted since."""
        shown = released.shown
        with self._database.read() as session:
            labels = _Labels(session, self._words, released.period)
            tables = tuple(_table(asked, shown, labels, self._words) for asked in shown.tables)
        return Sheet(
            released.period, released.k, shown.inquiries, shown.people, tables,
            number=released.number, restates=released.restates, hash=released.hash,
        )  # fmt: skip

    def _refuse(self, period: Period, asked: Sequence[Asked], only: tuple[Axis, str] | None) -> None:
        _ = self._words.gettext
        if period.last < period.first:
            raise InputError(_("La fin de la période précède son début. Choisissez d’autres dates."))
        axes = [(*each, *((only[0],) if only else ())) for each in asked]
        if unknown := [axis for each in axes for axis in each if axis not in AXES]:
            raise InputError(
                _("Répartition inconnue : {name}. Choisissez parmi {all}.").format(name=unknown[0], all=", ".join(AXES))
            )
        if any(not 1 <= len(set(each)) == len(each) <= 2 for each in axes):
            raise InputError(
                _(
                    "Un tableau croise deux critères différents au plus, un filtre compris : au-delà, il "
                    "permettrait de reconnaître quelqu’un."
                )
            )


def title(axis: Axis, words: Words) -> str:
    """What an axis is called at the head of its labels."""
    _ = words.gettext
    return {
        "counter": _("Guichet"),
        "month": _("Mois"),
        "day": _("Date"),
        "weekday": _("Jour"),
        "hour": _("Heure"),
        "channel": _("Canal"),
        "effort": _("Durée"),
        "outcome": _("Réponse"),
        "reason": _("Raison"),
        "first_contact": _("Premier contact"),
        "mode": _("Saisie"),
        "theme": _("Thème"),
        "audience": _("Public"),
        "language": _("Langue"),
        "origin": _("Provenance"),
    }[axis]


def said(figure: int | None, words: Words) -> str:
    """A figure to read; the one word for every hidden one."""
    _ = words.gettext
    return _("masqué") if figure is None else format_decimal(figure, locale=words.language)


class _Labels:
    """The codes of every axis with their labels, in an order that doesn't depend on the counts."""

    def __init__(self, session: Session, words: Words, period: Period) -> None:
        self._session = session
        self._words = words
        self._period = period

    def of(self, axis: Axis, codes_said: Sequence[str]) -> dict[str, str]:
        """Those of a list, then those of none as they are, then «not said»; only what occurs, and whole calendars."""
        known = self._known(axis, codes_said)
        unknown = {code: code for code in sorted(codes_said) if code not in known and code}
        _ = self._words.gettext
        last = (
            {"": _("Sans objet ou non précisé") if axis == "reason" else _("Non précisé")} if "" in codes_said else {}
        )
        return {**known, **unknown, **last}

    def _known(self, axis: Axis, codes_said: Sequence[str]) -> dict[str, str]:
        language, _ = self._words.language, self._words.gettext
        match axis:
            case "month":
                firsts = [month.first for month in self._period.months()]
                return {f"{day:%Y-%m}": capital(format_date(day, "LLLL y", locale=language)) for day in firsts}
            case "day":
                days = [self._period.first + timedelta(days=number) for number in range(self._period.days)]
                return {day.isoformat(): format_date(day, "EEE d MMM", locale=language) for day in days}
            case "weekday":
                days = [date(2024, 1, number) for number in range(1, 8)]  # a Monday to a Sunday
                labels = {str(day.isoweekday()): capital(format_date(day, "cccc", locale=language)) for day in days}
                return {code: label for code, label in labels.items() if code < "6" or code in codes_said}
            case "hour":
                hours = sorted(int(code) for code in codes_said if code)
                whole = range(hours[0], hours[-1] + 1) if hours else ()
                return {str(hour): _("{hour} h").format(hour=hour) for hour in whole}
            case "counter":
                return {}
            case "channel" | "effort" | "outcome" | "reason" | "first_contact" | "mode":
                return {row.code: row.label for row in codes.codes(axis, language) if row.code in codes_said}
            case "origin":
                lists = [vocabulary.rows(self._session, name, language, retired=True) for name in ("sector", "commune")]
                return {row.code: row.label for rows in lists for row in rows if row.code in codes_said}
            case _:
                rows = vocabulary.rows(self._session, axis, language, retired=True)
                return {row.code: row.label for row in rows if row.code in codes_said}


def _table(asked: Asked, shown: Covered, labels: _Labels, words: Words) -> Table:
    name = " × ".join(title(axis, words) for axis in asked)
    head = title(asked[0], words)
    kept = asked if asked in shown.tables else asked[::-1]
    if kept not in shown.tables:
        return Table(asked, name, head, (), (), shown.inquiries, True, _withheld(words))
    rows = _ordered(asked[0], shown, labels)
    if len(asked) == 1:
        _ = words.gettext
        columns: tuple[Column, ...] = (Column("", _("Demandes")),)
        lines = tuple(Line(code, label, (shown.at(asked, (code,)),)) for code, label in rows.items())
    else:
        columns = tuple(Column(*each) for each in _ordered(asked[1], shown, labels).items())
        lines = tuple(
            Line(code, label, tuple(_at(shown, asked, (code, column.code)) for column in columns))
            for code, label in rows.items()
        )
    return Table(asked, name, head, columns, lines, shown.inquiries, False, _note(asked, lines, words))


def _narrowed(axis: Axis, only: tuple[Axis, str], shown: Covered, labels: _Labels, words: Words) -> Table:
    """One line of a crossed table as a table of its own."""
    pair: Asked = (axis, only[0])
    base = _margin(shown, only)
    _ = words.gettext
    if _one_way_round(pair) not in shown.tables or base is None:
        return Table((axis,), title(axis, words), title(axis, words), (), (), base, True, _withheld(words))
    lines = tuple(
        Line(code, label, (_at(shown, pair, (code, only[1])),)) for code, label in _ordered(axis, shown, labels).items()
    )
    columns = (Column("", _("Demandes")),)
    note = _note((axis,), lines, words)
    return Table((axis,), title(axis, words), title(axis, words), columns, lines, base, False, note)


def _one_way_round(asked: Asked) -> Asked:
    """A crossed table is protected one way round: else what it hides, a filter from its other side could show."""
    return tuple(sorted(asked, key=AXES.index))


def _at(shown: Covered, asked: Asked, cell: tuple[str, str]) -> int | None:
    """What a crossed table shows in one cell, whichever way round it was protected."""
    return shown.at(asked, cell) if asked in shown.tables else shown.at(asked[::-1], cell[::-1])


def _margin(shown: Covered, only: tuple[Axis, str]) -> int | None:
    """How many inquiries say a code; None where that is hidden."""
    return shown.at((only[0],), (only[1],)) if (only[0],) in shown.tables else None


def _ordered(axis: Axis, shown: Covered, labels: _Labels) -> Mapping[str, str]:
    cells = shown.tables[axis,]
    listed = labels.of(axis, [code for (code,) in cells])
    if axis in IN_ORDER:
        return listed
    size = {code: cells.get((code,), 0) for code in listed}
    return dict(sorted(listed.items(), key=lambda each: (not each[0], size[each[0]] is None, -(size[each[0]] or 0))))


def _note(asked: Asked, lines: Sequence[Line], words: Words) -> str:
    _ = words.gettext
    several = {
        "theme": _("Une demande compte pour chaque thème nommé."),
        "audience": _("Une demande compte pour chaque public nommé."),
    }
    told = [several[axis] for axis in asked if axis in SEVERAL]
    if any(figure is None for line in lines for figure in line.figures):
        told.append(_("Masqué : un chiffre trop petit, ou un chiffre qui en révélerait un."))
    return " ".join(told)


def _withheld(words: Words) -> str:
    _ = words.gettext
    return _("Des chiffres trop petits pour une répartition sans risque de reconnaître quelqu’un.")
