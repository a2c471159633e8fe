"""Protected tables of a period: the one thing that screen, paper, XLSX and CSV are written from.

A table has one axis, or two crossed: never more. A filter is an axis too, so «themes of those who phoned» is a line of
theme × channel and hides what that table hides: no choice of filters can be subtracted from another. The tables of one
axis are protected together; a crossed one then keeps every sum it has with them. Percentages come from what is shown,
and only of a base of 30; a period of fewer than 2 k inquiries shows nothing at all.

Promised: nothing in all the tables of one period, put together, pins a small figure between 1 and k (the rule is in
`protection`). Inside the house, periods that overlap are not compared with each other; releases are (`releases`).
"""

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import Final, NamedTuple

from pointinfo.inquiries import protection
from pointinfo.inquiries.codes import UNMET
from pointinfo.inquiries.columns import Axis, Chosen
from pointinfo.inquiries.protection import Cells, Sum

HOUSE: Final = 5
"""k inside the house."""

PUBLIC: Final = 10
"""k of what is published."""

LEAST: Final = 3
"""No table is protected with a smaller k."""

SHARES_FROM: Final = 30
"""The smallest base that percentages are given of."""

Asked = tuple[Axis, ...]
"""The axes of a table: one, or two crossed."""

SEVERAL: Final = frozenset({"theme", "audience"})
"""Axes on which an inquiry may say several codes."""

Cell = tuple[str, ...]
"""The codes of a cell, one for each axis of its table."""


class Counted(NamedTuple):
    """The figures of a period before protection: all inquiries, and by table what each cell holds; zeros left out."""

    inquiries: int
    people: int
    tables: dict[Asked, dict[Cell, int]]


class Covered(NamedTuple):
    """The figures of a period as they may be shown. By table: every cell that is not zero, None where it is hidden,
    and lines (axis, code) that are hidden whole, zeros included. A table that isn't there is withheld."""

    inquiries: int | None
    people: int | None
    tables: dict[Asked, dict[Cell, int | None]]
    lines: dict[Asked, frozenset[tuple[Axis, str]]]

    def at(self, asked: Asked, cell: Cell) -> int | None:
        """What a table shows in one cell: a figure, or None where it is hidden."""
        if any((axis, code) in self.lines.get(asked, ()) for axis, code in zip(asked, cell, strict=True)):
            return None
        return self.tables[asked].get(cell, 0)


def counted(chosen: Chosen, asked: Iterable[Asked]) -> Counted:
    """Count tables of one or two axes, and those of one axis that two-axis tables add up to."""
    wanted = list(
        dict.fromkeys([(axis,) for each in asked for axis in each] + [each for each in asked if len(each) == 2])
    )
    tables: dict[Asked, dict[Cell, int]] = {}
    for each in wanted:
        if len(each) == 1:
            tables[each] = {(code,): count for code, count in chosen.sums(each[0]).inquiries.items()}
        else:
            tables[each] = {(a, b): count for (a, b), count in chosen.crossed(each[0], each[1]).items()}
    return Counted(chosen.inquiries, chosen.people, tables)


def protected(
    figures: Counted,
    k: int,
    also: Mapping[Asked, Iterable[Cell]] | None = None,
    ranges: Mapping[tuple[Asked, Cell], tuple[int, int]] | None = None,
) -> Covered:
    """Hide what has to be hidden, what `also` names, and the cells of `ranges`, each to stay possible in its range.

    Raises `ValueError` for a `k` under `LEAST`.
    """
    if k < LEAST:
        raise ValueError(f"k is {k}; it is {LEAST} at least")
    if 0 < figures.inquiries < 2 * k:
        total = None if figures.inquiries < k else figures.inquiries
        return Covered(total, None if total is None else figures.people, {}, {})
    also, ranges = also or {}, ranges or {}
    covered: set[tuple[Asked, Cell]] = set()
    tables: dict[Asked, dict[Cell, int | None]] = {}
    lines: dict[Asked, frozenset[tuple[Axis, str]]] = {}

    def keep(asked: Asked, found: Iterable[tuple[Asked, Cell]]) -> None:
        hidden = {cell for table, cell in found if table == asked}
        tables[asked] = {cell: None if cell in hidden else n for cell, n in figures.tables[asked].items()}

    for together in _together([asked for asked in figures.tables if len(asked) == 1]):
        for tried in dict.fromkeys((together, together[:1])):
            found = _singles(figures, tried).hidden(k, also, ranges)
            if found is not None:
                covered |= found
                for asked in tried:
                    keep(asked, found)
                break
    for pair in (asked for asked in figures.tables if len(asked) == 2):
        if not all((axis,) in tables for axis in pair):
            continue
        crossed = _System(figures)
        crossed.crossed(pair, covered, k)
        found = crossed.hidden(
            k, {**also, **{(axis,): [c for t, c in covered if t == (axis,)] for axis in pair}}, ranges
        )
        if found is not None:
            keep(pair, found)
            lines[pair] = frozenset(crossed.thin)
    return _without_pinned(figures, Covered(figures.inquiries, figures.people, tables, lines), k)


def _together(single: Sequence[Asked]) -> list[tuple[Asked, ...]]:
    """The tables of one axis that have to be protected together: a reason belongs to an outcome."""
    linked: tuple[Asked, ...] = (("outcome",), ("reason",))
    if not all(asked in single for asked in linked):
        return [(asked,) for asked in single]
    return [linked, *((asked,) for asked in single if asked not in linked)]


def _singles(figures: Counted, tables: Iterable[Asked]) -> "_System":
    system = _System(figures)
    listed = list(tables)
    for asked in listed:
        system.single(asked)
    if ("outcome",) in listed and ("reason",) in listed:
        system.reasons()
    return system


def attacked(figures: Counted, shown: Covered, k: int) -> list[tuple[Asked, Cell]]:
    """The small cells that all shown tables together pin between 1 and `k`; there are none in what is protected."""
    system = _singles(figures, [asked for asked in shown.tables if len(asked) == 1])
    hidden = {(asked, cell) for asked, cells in shown.tables.items() for cell, n in cells.items() if n is None}
    for asked in shown.tables:
        if len(asked) == 2:
            system.crossed(asked, hidden, k, shown.lines[asked])
    return system.pinned(hidden, k)


def _without_pinned(figures: Counted, shown: Covered, k: int) -> Covered:
    """Two crossed tables share sums that are hidden: those that together would give a cell away go, the last first."""
    pinned = attacked(figures, shown, k)
    while pinned and any(len(asked) == 2 for asked in shown.tables):
        last = [asked for asked in shown.tables if len(asked) == 2][-1]
        shown = shown._replace(
            tables={asked: cells for asked, cells in shown.tables.items() if asked != last},
            lines={asked: lines for asked, lines in shown.lines.items() if asked != last},
        )
        pinned = attacked(figures, shown, k)
    return shown._replace(tables={}, lines={}) if pinned else shown


class _System:
    """Tables put together as cells that add up."""

    def __init__(self, figures: Counted) -> None:
        self._figures = figures
        self._at: dict[tuple[Asked, Cell], int] = {}
        self._values: list[int] = []
        self._floor: list[int] = []
        self._ceiling: list[float] = []
        self._group: list[int] = []
        self._cost: list[float] = []
        self._sums: list[Sum] = []
        self._fixed: set[int] = set()
        self.thin: set[tuple[Axis, str]] = set()
        self._loose: list[int] = []

    def single(self, asked: Asked) -> None:
        """A table of one axis; what its cells add up to is known."""
        cells = self._figures.tables[asked]
        places = [self._cell(asked, cell, 8) for cell in sorted(cells)]
        if places:
            total = self._add(sum(cells.values()), 0, 0)
            self._fixed.add(total)
            self._sums.append(Sum(total, tuple(places)))

    def reasons(self) -> None:
        """A reason belongs to an outcome that was not quite met; how many of those give none is not told."""
        reasons, outcomes = self._figures.tables["reason",], self._figures.tables["outcome",]
        unmet = [(code,) for code in sorted(UNMET) if (code,) in outcomes]
        given = [cell for cell in sorted(reasons) if cell != ("",)]
        without = sum(outcomes[cell] for cell in unmet) - sum(reasons[cell] for cell in given)
        if unmet and without >= 0:
            total = self._add(without + sum(reasons[cell] for cell in given), 0, 0)
            rest = self._add(without, 0, 0)
            self._loose += [total, rest]
            self._sums.append(Sum(total, tuple(self._at[("outcome",), cell] for cell in unmet)))
            self._sums.append(Sum(total, (rest, *(self._at[("reason",), cell] for cell in given))))

    def crossed(
        self,
        asked: Asked,
        hidden: set[tuple[Asked, Cell]] | frozenset[tuple[Asked, Cell]],
        k: int,
        thin: Iterable[tuple[Axis, str]] | None = None,
    ) -> None:
        """A table of two axes whose sums are the cells of their own tables, hidden there or not."""
        cells = self._figures.tables[asked]
        codes = [sorted({code for (code,) in self._figures.tables[axis,]}) for axis in asked]
        found = (
            set(thin)
            if thin is not None
            else {
                (axis, code)
                for place, axis in enumerate(asked)
                for code in codes[place]
                if _is_thin([n for cell, n in cells.items() if cell[place] == code], k)
            }
        )
        self.thin |= found
        for one in codes[0]:
            for other in codes[1]:
                thin_here = (asked[0], one) in found or (asked[1], other) in found
                if thin_here or (one, other) in cells:
                    self._cell(asked, (one, other), 1, floor=0 if thin_here else 1)
                    if thin_here:
                        self._loose.append(self._at[asked, (one, other)])
        for place, axis in enumerate(asked):
            several = asked[1 - place] in SEVERAL
            for code in codes[place]:
                parts = tuple(at for (table, cell), at in self._at.items() if table == asked and cell[place] == code)
                total = self._margin((axis,), (code,), sum(self._values[part] for part in parts), several, hidden)
                self._sums.append(Sum(total, parts))
                if several:
                    self._within(self._at[(axis,), (code,)], parts, ((axis,), (code,)) in hidden)

    def _within(self, line: int, parts: Sequence[int], is_hidden: bool) -> None:
        """No cell holds more inquiries than its line is about, even where they count several times along it."""
        for part in parts:
            if is_hidden:
                rest = self._add(self._values[line] - self._values[part], 0, 0)
                self._loose.append(rest)
                self._sums.append(Sum(line, (part, rest)))
            else:
                self._ceiling[part] = min(self._ceiling[part], self._values[line])

    def hidden(
        self,
        k: int,
        also: Mapping[Asked, Iterable[Cell]],
        ranges: Mapping[tuple[Asked, Cell], tuple[int, int]],
    ) -> frozenset[tuple[Asked, Cell]] | None:
        """The cells to hide by table; None where that can't be done."""
        wanted = [self._at[asked, cell] for asked, cells in also.items() for cell in cells if (asked, cell) in self._at]
        kept = {self._at[named]: span for named, span in ranges.items() if named in self._at}
        places = protection.hidden(self._as_cells(k), k, [*wanted, *self._loose], kept)
        if places is None:
            return None
        return frozenset(named for named, place in self._at.items() if place in places)

    def pinned(self, hidden: set[tuple[Asked, Cell]], k: int) -> list[tuple[Asked, Cell]]:
        """The small cells that can be found out when just these are hidden."""
        groups = {self._group[self._at[named]] for named in hidden if named in self._at}
        covered = {place for place, group in enumerate(self._group) if group in groups} | set(self._loose)
        found = set(protection.pinned(self._as_cells(k), covered - self._fixed, k))
        return [named for named, place in self._at.items() if place in found]

    def _as_cells(self, k: int) -> Cells:
        small = [place for place in self._at.values() if 0 < self._values[place] < k and place not in self._fixed]
        return Cells(
            self._values, self._sums, small, frozenset(self._fixed), self._floor, self._ceiling, self._group, self._cost
        )

    def _margin(self, asked: Asked, cell: Cell, value: int, several: bool, hidden: Iterable[tuple[Asked, Cell]]) -> int:
        """What a line of a crossed table adds up to: the cell of the single table, unless inquiries count twice in it.

        What they add up to then is told nowhere; it is taken to be known where the single table's cell is shown.
        """
        alone = (asked, cell) not in self._at
        if alone:
            self._cell(asked, cell, 8)
            if (asked, cell) not in hidden:
                self._fixed.add(self._at[asked, cell])
        own = self._at[asked, cell]
        if not several:
            return own
        place = self._add(value, 1 if value else 0, 8, self._group[own])
        if (asked, cell) not in hidden:
            self._fixed.add(place)
        return place

    def _cell(self, asked: Asked, cell: Cell, cost: float, floor: int = 1) -> int:
        place = self._add(self._figures.tables[asked].get(cell, 0), floor, cost + len(self._at) * 1e-4)
        self._at[asked, cell] = place
        return place

    def _add(self, value: int, floor: int, cost: float, group: int | None = None) -> int:
        self._values.append(value)
        self._floor.append(floor)
        self._ceiling.append(inf)
        self._cost.append(cost)
        self._group.append(len(self._group) if group is None else group)
        return len(self._values) - 1


def _is_thin(cells: Sequence[int], k: int) -> bool:
    """Whether a line has something to hide and can't, unless its zeros are hidden as well."""
    if not any(0 < count < k for count in cells):
        return False
    total = sum(cells)
    return total < 2 * k or (max(cells) < k and total - len(cells) + 1 < k)
