"""What was published: frozen, numbered, hashed, append-only; what arrives late makes a new release that says so.

Releases are protected together. A period may hold published ones whole (a quarter its months), never cut one, and never
lie in one; what its parts hide can't be computed from it (`beside`). What is published again hides what was hidden
before, and every figure that moved by 1 to k − 1: so many late inquiries are a small cell of their own. Fewer than k in
all are not published.
"""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from math import inf
from typing import NamedTuple

import msgspec
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session, undefer

from pointinfo.clock import Clock, local_day
from pointinfo.database import Database
from pointinfo.database.schema import Release
from pointinfo.errors import InputError
from pointinfo.i18n import Words
from pointinfo.inquiries import protection
from pointinfo.inquiries.columns import Axis, Selection
from pointinfo.inquiries.figures import Figures
from pointinfo.inquiries.period import Period
from pointinfo.inquiries.protection import Cells, Sum
from pointinfo.inquiries.tables import PUBLIC, Asked, Cell, Counted, Covered, counted, protected


class Released(NamedTuple):
    """A release as it was published. `hash` is the SHA-256 of what it says and of the hash of the one before."""

    number: int
    period: Period
    k: int
    made_on: date
    restates: int | None
    shown: Covered
    hash: str


class Releases:
    """The releases of this file, oldest first."""

    def __init__(self, database: Database, figures: Figures, clock: Clock, words: Words) -> None:
        self._database = database
        self._figures = figures
        self._clock = clock
        self._words = words

    def publish(self, period: Period, asked: Sequence[Asked], k: int = PUBLIC) -> Released:
        """Freeze the tables of a period. Published before, it makes a restatement of the last one.

        Raises `InputError` when the period isn't over, cuts a published one or lies in one, or when nothing that may
        be published has changed.
        """
        self._refuse_unfinished(period)
        figures = counted(self._figures.columns().chosen(Selection(period)), asked)
        with self._database.write() as session:
            stored = list(session.scalars(select(Release).options(undefer(Release.counted)).order_by(Release.number)))
            latest = {Period(each.first, each.last): each for each in stored}
            before = latest.get(period)
            if before is None:
                self._refuse_cut(period, latest)
            k = max(k, before.k) if before else k
            also, ranges = self._also(figures, before, [latest[each] for each in _inside(period, latest)], k)
            released = Released(
                len(stored) + 1, period, k, local_day(self._clock()), before.number if before else None,
                protected(figures, k, also, ranges), "",
            )  # fmt: skip
            released = released._replace(hash=_hash(released, stored[-1].hash if stored else ""))
            session.execute(insert(Release), _row(released, figures))
        return released

    def all(self) -> list[Released]:
        """Every release as it was published."""
        with self._database.read() as session:
            return [_released(each) for each in session.scalars(select(Release).order_by(Release.number))]

    def late(self, period: Period) -> int:
        """By how many inquiries a published period has changed since: for those inside the house."""
        now = self._figures.columns().chosen(Selection(period)).inquiries
        with self._database.read() as session:
            before = _latest(session, period)
            return 0 if before is None else now - msgspec.msgpack.decode(before.counted, type=_Kept).inquiries

    def altered(self) -> list[int]:
        """Numbers of the releases that don't say what was published; empty when all do."""
        previous, found = "", []
        for number, released in enumerate(self.all(), 1):
            if (released.number, released.hash) != (number, _hash(released, previous)):
                found.append(released.number)
            previous = released.hash
        return found

    def _also(
        self, now: Counted, before: Release | None, inside: Sequence[Release], k: int
    ) -> tuple[dict[Asked, list[Cell]], dict[tuple[Asked, Cell], tuple[int, int]]]:
        """What has to be hidden because of what was published already, and in which range what moved has to stay."""
        ranges: dict[tuple[Asked, Cell], tuple[int, int]] = {}
        also: dict[Asked, list[Cell]] = {asked: [] for asked in now.tables}
        if before is not None:
            then, shown = _counted(before), _released(before).shown
            _ = self._words.gettext
            if then == now:
                raise InputError(_("Rien n’a changé depuis la dernière publication de cette période."))
            if abs(now.inquiries - then.inquiries) < k:
                raise InputError(
                    _(
                        "Moins de {k} demandes sont arrivées depuis la dernière publication : trop peu pour une "
                        "nouvelle version sans risque de reconnaître quelqu’un. Rien n’a été publié."
                    ).format(k=k)
                )
            for asked, cells in now.tables.items():
                was = then.tables.get(asked, {})
                for cell in cells:
                    old, moved = was.get(cell, 0), cells[cell] - was.get(cell, 0)
                    if 0 < abs(moved) < k and cells[cell] >= k:
                        ranges[asked, cell] = (old + 1, old + k) if moved > 0 else (max(1, old - k), old - 1)
                also[asked] += [cell for cell in cells if _hidden_in(then, shown, asked, cell)]
        parts = [(_counted(each), _released(each).shown) for each in inside]
        for asked in now.tables if parts else ():
            also[asked] += beside(now, parts, asked, k)
        return also, ranges

    def _refuse_unfinished(self, period: Period) -> None:
        _ = self._words.gettext
        if period.last < period.first:
            raise InputError(_("La fin de la période précède son début. Choisissez d’autres dates."))
        if period.last >= local_day(self._clock()):
            raise InputError(_("Cette période n’est pas terminée. Publiez-la quand son dernier jour est passé."))

    def _refuse_cut(self, period: Period, latest: dict[Period, Release]) -> None:
        """Two periods that overlap could be subtracted from one another."""
        _ = self._words.gettext
        inside = set(_inside(period, latest))
        for other, release in latest.items():
            if other.first <= period.last and period.first <= other.last and other not in inside:
                raise InputError(
                    _(
                        "Cette période recouvre en partie celle de la publication nᵒ {number} ; les deux ensemble "
                        "révéleraient des chiffres masqués. Rien n’a été publié."
                    ).format(number=release.number)
                )


class _Kept(msgspec.Struct):
    """Figures as they are stored: tables by their axes with blanks between, cells by their codes."""

    inquiries: int
    people: int
    tables: list[tuple[Asked, list[tuple[Cell, int]]]]


class _Content(msgspec.Struct):
    """What a release says. A hidden figure is null."""

    inquiries: int | None
    people: int | None
    tables: list[tuple[Asked, list[tuple[Cell, int | None]], list[tuple[Axis, str]]]]


def _row(released: Released, figures: Counted) -> dict[str, object]:
    kept = _Kept(figures.inquiries, figures.people, [(a, sorted(c.items())) for a, c in sorted(figures.tables.items())])
    return {
        "number": released.number,
        "first": released.period.first,
        "last": released.period.last,
        "k": released.k,
        "made_on": released.made_on,
        "restates": released.restates,
        "content": _content(released.shown),
        "counted": msgspec.msgpack.encode(kept),
        "hash": released.hash,
    }


def _content(shown: Covered) -> bytes:
    tables = [
        (asked, sorted(cells.items()), sorted(shown.lines.get(asked, ())))
        for asked, cells in sorted(shown.tables.items())
    ]
    return msgspec.json.encode({"inquiries": shown.inquiries, "people": shown.people, "tables": tables})


def _hash(released: Released, previous: str) -> str:
    head = (released.number, *released.period, released.k, released.made_on, released.restates, previous)
    return sha256("\n".join(map(str, head)).encode() + b"\n" + _content(released.shown)).hexdigest()


def _released(release: Release) -> Released:
    content = msgspec.json.decode(release.content, type=_Content)
    shown = Covered(
        content.inquiries,
        content.people,
        {asked: dict(cells) for asked, cells, _lines in content.tables},
        {asked: frozenset(lines) for asked, _cells, lines in content.tables if len(asked) == 2},
    )
    period = Period(release.first, release.last)
    return Released(release.number, period, release.k, release.made_on, release.restates, shown, release.hash)


def _counted(release: Release) -> Counted:
    kept = msgspec.msgpack.decode(release.counted, type=_Kept)
    return Counted(kept.inquiries, kept.people, {asked: dict(cells) for asked, cells in kept.tables})


def _latest(session: Session, period: Period) -> Release | None:
    of_period = (Release.first == period.first, Release.last == period.last)
    last = select(func.max(Release.number)).where(*of_period).scalar_subquery()
    return session.scalar(select(Release).options(undefer(Release.counted)).where(Release.number == last))


def _inside(period: Period, others: dict[Period, Release]) -> list[Period]:
    return [other for other in others if other != period and period.holds(other.first) and period.holds(other.last)]


def beside(whole: Counted, parts: Sequence[tuple[Counted, Covered]], asked: Asked, k: int) -> list[Cell]:
    """The cells of a longer period to hide because of the published `parts` that lie in it.

    Along one axis the cells of the parts and of the whole are one table, and protected as one; what is published of
    the parts stays. Where that can't be, and in a crossed table, a cell is hidden that is hidden in any part: then what
    the whole shows follows from what the parts show, and tells nothing of the rest.
    """
    cells = sorted(whole.tables[asked])
    strict = [cell for cell in cells if any(_hidden_in(then, shown, asked, cell) for then, shown in parts)]
    if len(asked) == 2 or not strict:
        return strict
    values, floor, covered, fixed, sums = list[int](), list[int](), set[int](), set[int](), list[Sum]()

    def add(value: int, least: int) -> int:
        values.append(value)
        floor.append(least)
        return len(values) - 1

    places = {cell: add(whole.tables[asked][cell], 1) for cell in cells}
    columns: dict[Cell, list[int]] = {cell: [] for cell in cells}
    small = [place for place in places.values() if values[place] < k]
    for then, shown in parts:
        inside = []
        for cell in cells:
            value = then.tables.get(asked, {}).get(cell, 0)
            hidden = _hidden_in(then, shown, asked, cell)
            place = add(value, 0 if value == 0 or asked not in shown.tables else 1)
            (covered if hidden else fixed).add(place)
            small += [place] if hidden and 0 < value < k else []
            columns[cell].append(place)
            inside.append(place)
        if shown.inquiries is not None:
            fixed.add(total := add(sum(values[place] for place in inside), 0))
            sums.append(Sum(total, tuple(inside)))
    for cell, place in places.items():
        rest = values[place] - sum(values[part] for part in columns[cell])
        if rest < 0:  # inquiries of a part were voided since
            return strict
        covered.add(extra := add(rest, 0))
        if rest == 0:
            fixed.add(extra)
            covered.remove(extra)
        sums.append(Sum(place, (*columns[cell], extra)))
    fixed.add(total := add(sum(whole.tables[asked].values()), 0))
    sums.append(Sum(total, tuple(places.values())))
    size = len(values)
    system = Cells(values, sums, small, frozenset(fixed), floor, [inf] * size, range(size), [1.0] * size)
    found = protection.hidden(system, k, covered)
    return strict if found is None else [cell for cell, place in places.items() if place in found]


def _hidden_in(then: Counted, shown: Covered, asked: Asked, cell: Cell) -> bool:
    """Whether a release was about this table, and doesn't show this cell of it."""
    return asked in then.tables and (asked not in shown.tables or shown.at(asked, cell) is None)
