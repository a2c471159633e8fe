"""What the counter's inquiries add up to: one protected table for screen, export and print.

An inquiry counts once for every audience and theme it names; voided ones never count. Small figures are
hidden before anything leaves this module (`disclosure`), so nothing that shows or exports a `Report` can give
them away. A day, a week or a month tells no more than the charts of its month and year (`linked`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, Literal, NamedTuple, get_args

from babel.dates import format_date
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from pointinfo.database import Database
from pointinfo.database.schema import Entry, Inquiry
from pointinfo.directory import vocabulary
from pointinfo.directory.successors import standing
from pointinfo.errors import InputError
from pointinfo.i18n import Words
from pointinfo.inquiries import codes, disclosure
from pointinfo.inquiries.linked import hidden_around
from pointinfo.inquiries.period import DAYS_AT_MOST, Period, capital

Dimension = Literal["day", "hour", "weekday", "channel", "audience", "theme", "outcome", "reason", "entry"]

KNOWN: Final[tuple[Dimension, ...]] = get_args(Dimension)
"""Every dimension that can be asked for. "entry": the entries people were sent to, a merged one as the kept one."""

ALL: Final[tuple[Dimension, ...]] = KNOWN[:-1]
"""What a report gives unless it is asked for something else, in this order."""

NOT_SAID: Final = ""
"""The code of the cell of inquiries that say nothing on a dimension."""

IN_ORDER: Final = frozenset({"day", "hour", "weekday"})
"""Dimensions with an order of their own; the others come largest first."""


class Cell(NamedTuple):
    """One line of a breakdown. Both measures are None where they are hidden."""

    code: str
    label: str
    inquiries: int | None
    people: int | None


class Breakdown(NamedTuple):
    """The inquiries of a period along one dimension, protected. `withheld`: no cell of it can be shown."""

    dimension: Dimension
    title: str
    cells: tuple[Cell, ...]
    withheld: bool
    note: str

    def cell(self, code: str) -> Cell | None:
        """The line of one code; None where it isn't there."""
        return next((cell for cell in self.cells if cell.code == code), None)


class Report(NamedTuple):
    """What a period adds up to; None where that is hidden. `logged_days`: days with at least one inquiry noted."""

    period: Period
    inquiries: int | None
    people: int | None
    breakdowns: tuple[Breakdown, ...]
    logged_days: int

    def breakdown(self, dimension: Dimension) -> Breakdown | None:
        """One of its breakdowns; None where it wasn't asked for."""
        return next((each for each in self.breakdowns if each.dimension == dimension), None)


class Sum(NamedTuple):
    """A cell before protection."""

    inquiries: int
    people: int


class Statistics:
    """The figures of one counter."""

    def __init__(self, database: Database, counter: str, words: Words) -> None:
        self._database = database
        self._counter = counter
        self._words = words

    def report(self, period: Period, dimensions: Sequence[Dimension] = ALL) -> Report:
        """Count a period along some dimensions. Raises `InputError` when it ends before it begins."""
        if period.last < period.first:
            _ = self._words.gettext
            raise InputError(_("La fin de la période précède son début. Choisissez d’autres dates."))
        with self._database.read() as session:
            around = hidden_around(period, lambda days: self._by_day(session, days))
            counted = _Count(session, period, self._counter, self._words, around or frozenset())
            days = counted.days()
            total = Sum(sum(day.inquiries for day in days.values()), sum(day.people for day in days.values()))
            if 0 < total.inquiries < disclosure.K or around is None:
                withheld = tuple(counted.withheld(dimension) for dimension in dimensions)
                return Report(period, None, None, withheld, len(days))
            return Report(period, *total, tuple(counted.breakdown(dimension) for dimension in dimensions), len(days))

    def _by_day(self, session: Session, period: Period) -> dict[date, int]:
        rows = session.execute(
            select(Inquiry.day, func.count().label("inquiries"))
            .where(Inquiry.day.between(*period), ~Inquiry.voided, Inquiry.counter == self._counter)
            .group_by(Inquiry.day)
        )
        return {row.day: row.inquiries for row in rows}

    def first_day(self) -> date | None:
        """The earliest day with an inquiry; None before the first."""
        with self._database.read() as session:
            return session.scalar(
                select(Inquiry.day)
                .where(Inquiry.counter == self._counter, ~Inquiry.voided)
                .order_by(Inquiry.day)
                .limit(1)
            )


class _Count:
    """One report being counted, within one transaction."""

    def __init__(
        self, session: Session, period: Period, counter: str, words: Words, hidden_around: frozenset[str]
    ) -> None:
        self._session = session
        self._period = period
        self._words = words
        self._hidden_around = hidden_around
        self._counted: tuple[ColumnElement[bool], ...] = (
            Inquiry.day.between(*period),
            ~Inquiry.voided,
            Inquiry.counter == counter,
        )
        self._days = {day: Sum(*row) for day, *row in self._grouped(Inquiry.day)}
        self._found: dict[Dimension, dict[str, Sum]] = {}
        self._referring = 0

    def days(self) -> dict[date, Sum]:
        """The days that have inquiries."""
        return self._days

    def withheld(self, dimension: Dimension) -> Breakdown:
        """One dimension of a period whose total is hidden already."""
        _ = self._words.gettext
        note = _("Pas de répartition : le total de la période est masqué.")
        return Breakdown(dimension, self._title(dimension), (), True, note)

    def breakdown(self, dimension: Dimension) -> Breakdown:
        """One dimension, protected, in display order."""
        sums = self._sums(dimension)
        labels = self._labels(dimension, sums)
        hidden = None if self._linked_hidden(dimension) else self._hidden(dimension, labels, sums)
        cells = () if hidden is None else tuple(_cells(dimension, labels, sums, hidden))
        return Breakdown(dimension, self._title(dimension), cells, hidden is None, self._note(dimension, hidden))

    def _hidden(
        self, dimension: Dimension, labels: Mapping[str, str], sums: Mapping[str, Sum]
    ) -> frozenset[str] | None:
        """The codes to hide; None: all of them."""
        order = list(labels)
        if dimension == "day":
            order.reverse()  # the earliest give cover, as in the charts around it
        base = self._base(dimension, sums)
        also = [order.index(code) for code in self._hidden_around.intersection(sums)] if dimension == "day" else ()
        places = disclosure.hidden([sums.get(code, Sum(0, 0)).inquiries for code in order], base, also=also)
        return None if places is None else frozenset(order[place] for place in places)

    def _base(self, dimension: Dimension, sums: Mapping[str, Sum]) -> int:
        """How many inquiries a dimension is about: all, or those that ask for a reason or name an entry."""
        if dimension == "entry":
            return self._referring
        counted = sums if dimension == "reason" else self.days()
        return sum(each.inquiries for each in counted.values())

    def _linked_hidden(self, dimension: Dimension) -> bool:
        """Whether this dimension adds up cells that are hidden in another, and so would give them away."""
        if dimension == "weekday" and self._period.days <= DAYS_AT_MOST:
            return self._anything_hidden("day", None)
        if dimension == "entry":
            return self._anything_hidden("outcome", None)
        return dimension == "reason" and self._anything_hidden("outcome", codes.UNMET)

    def _anything_hidden(self, dimension: Dimension, among: Iterable[str] | None) -> bool:
        sums = self._sums(dimension)
        hidden = self._hidden(dimension, self._labels(dimension, sums), sums)
        return hidden is None or bool(hidden if among is None else hidden.intersection(among))

    def _sums(self, dimension: Dimension) -> dict[str, Sum]:
        """The counts by code, those that are not zero; read once."""
        if dimension not in self._found:
            self._found[dimension] = self._read(dimension)
        return self._found[dimension]

    def _read(self, dimension: Dimension) -> dict[str, Sum]:
        match dimension:
            case "day":
                by_day = self._period.days <= DAYS_AT_MOST
                return _added((day.isoformat() if by_day else f"{day:%Y-%m}", s) for day, s in self.days().items())
            case "weekday":
                return _added((str(day.isoweekday()), s) for day, s in self.days().items())
            case "hour":
                rows = self._grouped(Inquiry.hour)
                return {NOT_SAID if hour is None else str(hour): Sum(*row) for hour, *row in rows}
            case "audience":
                return self._named(Inquiry.audiences, dimension)
            case "theme":
                return self._named(Inquiry.themes, dimension)
            case "channel":
                return {code: Sum(*row) for code, *row in self._grouped(Inquiry.channel)}
            case "outcome":
                return {code: Sum(*row) for code, *row in self._grouped(Inquiry.outcome)}
            case "reason":
                rows = self._grouped(Inquiry.reason, Inquiry.outcome.in_(sorted(codes.UNMET)))
                return {code: Sum(*row) for code, *row in rows}
            case "entry":
                return self._entries()

    def _entries(self) -> dict[str, Sum]:
        """Counts by the entry that stands now for the one people were sent to; an inquiry counts once for each."""
        sent = self._session.execute(
            select(Inquiry.id, Inquiry.people, Inquiry.referrals).where(*self._counted, Inquiry.referrals != ())
        ).all()
        self._referring = len(sent)
        named = [(people, {referral["entry"] for referral in referrals}) for _id, people, referrals in sent]
        answers = standing(self._session, set().union(*(uids for _people, uids in named)))
        return _added((uid, Sum(1, people)) for people, uids in named for uid in {answers[each] for each in uids})

    def _named(self, column: InstrumentedAttribute[tuple[str, ...]], name: str) -> dict[str, Sum]:
        """Counts by each code of a list column, grouped by whole lists: they are far fewer than inquiries.

        A retired code counts under the one that replaces it, once where an inquiry names both.
        """
        successors = vocabulary.successors(self._session, name)
        return _added(
            (code, Sum(*row))
            for named, *row in self._grouped(column)
            for code in ({successors.get(code, code) for code in named} or {NOT_SAID})
        )

    def _grouped(self, column: InstrumentedAttribute[Any], *only: ColumnElement[bool]) -> list[Any]:
        statement = select(column, func.count(), func.sum(Inquiry.people)).where(*self._counted, *only)
        return list(self._session.execute(statement.group_by(column)))

    def _labels(self, dimension: Dimension, sums: Mapping[str, Sum]) -> dict[str, str]:
        """Every code of a dimension with its label, in an order that doesn't depend on the counts."""
        known = self._known_labels(dimension, sums)
        unknown = {code: code for code in sorted(sums) if code not in known and code != NOT_SAID}
        _ = self._words.gettext
        last = {} if dimension in {"day", "weekday"} else {NOT_SAID: _("Non précisé")}
        return {**known, **unknown, **last}

    def _known_labels(self, dimension: Dimension, sums: Mapping[str, Sum]) -> dict[str, str]:
        language = self._words.language
        match dimension:
            case "day":
                return _calendar_labels(self._period, language)
            case "weekday":
                monday = date(2024, 1, 1)
                days = [monday + timedelta(days=n) for n in range(7)]
                return {str(day.isoweekday()): capital(format_date(day, "cccc", locale=language)) for day in days}
            case "hour":
                hours = sorted(int(code) for code in sums if code != NOT_SAID)
                _ = self._words.gettext
                return {
                    str(hour): _("{hour} h").format(hour=hour)
                    for hour in (range(hours[0], hours[-1] + 1) if hours else ())
                }
            case "audience" | "theme":
                offered = {row.code for row in vocabulary.rows(self._session, dimension, language)}
                every = vocabulary.rows(self._session, dimension, language, retired=True)
                return {row.code: row.label for row in every if row.code in offered or row.code in sums}
            case "entry":
                names = self._session.execute(
                    select(Entry.uid, Entry.name).where(Entry.uid.in_(sums)).order_by(Entry.name)
                )
                return {row[0]: row[1] for row in names}
            case "channel" | "outcome" | "reason":
                return dict(codes.codes(dimension, language))

    def _title(self, dimension: Dimension) -> str:
        _ = self._words.gettext
        by_day = self._period.days <= DAYS_AT_MOST
        return {
            "day": _("Demandes par jour") if by_day else _("Demandes par mois"),
            "hour": _("Demandes par heure"),
            "weekday": _("Demandes par jour de la semaine"),
            "channel": _("Comment on nous joint"),
            "audience": _("Publics"),
            "theme": _("Thèmes"),
            "outcome": _("Réponses données"),
            "reason": _("Ce qui a manqué"),
            "entry": _("Fiches données"),
        }[dimension]

    def _note(self, dimension: Dimension, hidden: frozenset[str] | None) -> str:
        """What a reader has to know of a breakdown, in whole sentences."""
        _ = self._words.gettext
        if hidden is None:
            return self._withheld_note(dimension)
        own = {
            "audience": _("Une demande compte pour chaque public nommé."),
            "theme": _("Une demande compte pour chaque thème nommé."),
            "reason": _("Demandes sans réponse ou répondues en partie."),
            "entry": _(
                "Une demande compte pour chaque fiche donnée ; une fiche réunie compte pour celle qui est gardée."
            ),
        }.get(dimension, "")
        covered = _("Masqué : moins de {k} demandes, ou un chiffre qui les révélerait.").format(k=disclosure.K)
        return " ".join(sentence for sentence in (own, covered if hidden else "") if sentence)

    def _withheld_note(self, dimension: Dimension) -> str:
        _ = self._words.gettext
        if self._linked_hidden(dimension):
            return _("Pas de répartition : elle révélerait des chiffres masqués dans un autre tableau.")
        if self._base(dimension, self._sums(dimension)) < 2 * disclosure.K:
            return _(
                "Moins de {base} demandes : trop peu pour une répartition sans risque de reconnaître quelqu’un."
            ).format(base=2 * disclosure.K)
        return _("Des chiffres trop petits pour une répartition sans risque de reconnaître quelqu’un.")


def _cells(
    dimension: Dimension, labels: Mapping[str, str], sums: Mapping[str, Sum], hidden: frozenset[str]
) -> Iterable[Cell]:
    """Cells in display order. Hidden ones keep their place in the list: their order must not rank them."""
    shown = [code for code in labels if code in sums or not _left_out_at_zero(dimension, code)]
    if dimension not in IN_ORDER:
        shown.sort(key=lambda code: _rank(code, sums, hidden))
    for code in shown:
        inquiries, people = (None, None) if code in hidden else sums.get(code, Sum(0, 0))
        yield Cell(code, labels[code], inquiries, people)


def _rank(code: str, sums: Mapping[str, Sum], hidden: frozenset[str]) -> tuple[bool, bool, int]:
    """Largest first, then the hidden ones as they come, then «not said»."""
    size = 0 if code in hidden or code not in sums else sums[code].inquiries
    return code == NOT_SAID, code in hidden, -size


def _left_out_at_zero(dimension: Dimension, code: str) -> bool:
    """Long lists show what was asked for; so do the week-end and «not said»."""
    return (
        dimension in {"theme", "reason", "entry"} or code == NOT_SAID or (dimension == "weekday" and code in {"6", "7"})
    )


def _added(parts: Iterable[tuple[str, Sum]]) -> dict[str, Sum]:
    inquiries, people = Counter[str](), Counter[str]()
    for code, part in parts:
        inquiries[code] += part.inquiries
        people[code] += part.people
    return {code: Sum(count, people[code]) for code, count in inquiries.items()}


def _calendar_labels(period: Period, language: str) -> dict[str, str]:
    """Every day of a short period, every month of a longer one."""
    days = (period.first + timedelta(days=n) for n in range(period.days))
    if period.days <= DAYS_AT_MOST:
        return {day.isoformat(): format_date(day, "EEE d MMM", locale=language) for day in days}
    firsts = dict.fromkeys(day.replace(day=1) for day in days)
    return {f"{first:%Y-%m}": format_date(first, "LLLL y", locale=language) for first in firsts}
