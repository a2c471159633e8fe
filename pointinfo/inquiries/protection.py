"""Which cells of tables that add up stay hidden, so that no small one can be computed from the others.

The rule is cell suppression with protection intervals (Hundepool et al., *Statistical Disclosure Control*, Wiley 2012,
chapter 4): a cell of 1 to k − 1 is hidden, with as many others as it takes that whoever knows every shown cell, every
sum, that counts are whole and that no zero is hidden, must still hold each small cell possible from 1 up to k.
For each small cell two linear programmes ask for the cheapest other tables in which it is 1, and in which it is k;
what they change is hidden too (Kelly, Golden and Assad, *Networks* 22, 1992). What a cell costs depends on its kind and
place, never on what it holds: else the choice would rank the cells.

A line that is too thin for this is hidden whole, with its zeros (`floor` 0). Not covered: somebody who knows some of
the inquiries of a cell himself, and one who runs this very programme over every table he can think of.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, floor
from typing import Final, NamedTuple

import highspy
import numpy as np
import numpy.typing as npt
from highspy._core import _Highs  # highspy.Highs says its name on the standard output

SLACK: Final = 1e-6

FAR: Final = 1e9
"""What stands for no limit."""

Moves = npt.NDArray[np.float64]
"""How far every cell moves."""


class Sum(NamedTuple):
    """The cell `total` is what `parts` add up to."""

    total: int
    parts: tuple[int, ...]


class Cells(NamedTuple):
    """Cells that add up: by place, what they hold, and what anybody knows they hold at least and at most.

    `small` are those that must not be found out; `fixed` are shown whatever happens. Cells of one `group` are hidden
    together. `cost` is how much a cell is missed.
    """

    values: Sequence[int]
    sums: Sequence[Sum]
    small: Sequence[int]
    fixed: frozenset[int]
    floor: Sequence[int]
    ceiling: Sequence[float]
    group: Sequence[int]
    cost: Sequence[float]


def hidden(
    cells: Cells, k: int, also: Iterable[int] = (), ranges: Mapping[int, tuple[int, int]] | None = None
) -> frozenset[int] | None:
    """The cells to hide, those of `also` among them; None where no choice protects every small one.

    `ranges` are other cells that must not be found out, with the range in which each has to stay possible.
    """
    asked = {**dict.fromkeys(cells.small, (1, k)), **(ranges or {})}
    members: dict[int, list[int]] = {}
    for place, group in enumerate(cells.group):
        members.setdefault(group, []).append(place)
    covered = {each for place in (*asked, *also) for each in members[cells.group[place]]}
    if covered & cells.fixed:
        return None
    programme = _Programme(cells, k)
    programme.free(covered)
    seen = _Seen(cells)
    for place, (least, most) in asked.items():
        for goal in (most, least):
            if seen.reaches(place, goal):
                continue
            moved = programme.move(place, goal - cells.values[place])
            if moved is None:
                return None
            seen.add(moved)
            new = {each for cell in np.flatnonzero(np.abs(moved) > SLACK) for each in members[cells.group[int(cell)]]}
            programme.free(new - covered)
            covered |= new
    return frozenset(covered)


def intervals(cells: Cells, covered: Iterable[int]) -> dict[int, tuple[int, int]]:
    """For every hidden cell the least and the most it can hold for somebody who knows all the others and the sums."""
    covered = set(covered)
    found: dict[int, tuple[int, int]] = {}
    programme = _Programme(cells, max([1, *cells.values]), reach=None)
    programme.free(covered)
    programme.hold(set(range(len(cells.values))) - covered)
    for place in sorted(covered):
        least, most = programme.extreme(place, -1), programme.extreme(place, 1)
        value = cells.values[place]
        found[place] = (max(0, ceil(value + least - SLACK)), floor(value + most + SLACK))
    return found


def pinned(cells: Cells, covered: Iterable[int], k: int) -> list[int]:
    """The small cells that are not protected when just these are hidden; those that are not hidden are none."""
    covered = frozenset(covered)
    spans = intervals(cells, covered)
    return [place for place in cells.small if place not in spans or spans[place][0] > 1 or spans[place][1] < k]


class _Seen:
    """The range of every cell over the tables that are known to be possible; whatever lies between is as well."""

    def __init__(self, cells: Cells) -> None:
        self._values = np.array(cells.values, float)
        self._low, self._high = self._values.copy(), self._values.copy()

    def add(self, moved: Moves) -> None:
        self._low = np.minimum(self._low, self._values + moved)
        self._high = np.maximum(self._high, self._values + moved)

    def reaches(self, place: int, goal: int) -> bool:
        return bool(self._low[place] <= goal + SLACK and self._high[place] >= goal - SLACK)


class _Programme:
    """The linear programme over how far every cell moves: up in the first half of the columns, down in the second."""

    def __init__(self, cells: Cells, k: int, reach: int | None = 4) -> None:
        self._count = count = len(cells.values)
        still = [
            place in cells.fixed or (value == 0 and least > 0)
            for place, (value, least) in enumerate(zip(cells.values, cells.floor, strict=True))
        ]
        most = highspy.kHighsInf if reach is None else float(reach * k)
        up = [
            0.0 if fixed else max(0.0, min(most, ceiling - value))
            for fixed, value, ceiling in zip(still, cells.values, cells.ceiling, strict=True)
        ]
        down = [
            0.0 if fixed else float(max(0, value - least))
            for fixed, value, least in zip(still, cells.values, cells.floor, strict=True)
        ]
        self._upper = np.array(up + down)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = 2 * count, len(cells.sums)
        model.col_cost_ = np.array([*cells.cost, *cells.cost], float)
        model.col_lower_, model.col_upper_ = np.zeros(2 * count), self._upper
        model.row_lower_ = model.row_upper_ = np.zeros(len(cells.sums))
        starts, index, value = [0], list[int](), list[float]()
        for total, parts in cells.sums:
            for place, sign in [(total, -1.0), *((part, 1.0) for part in parts)]:
                index += [place, place + count]
                value += [sign, -sign]
            starts.append(len(index))
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_ = np.array(starts), np.array(index, np.int32)
        model.a_matrix_.value_ = np.array(value)
        self._solver = _Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._solver.passModel(model)

    def free(self, places: Iterable[int]) -> None:
        """What is hidden already costs nothing more."""
        for place in places:
            self._solver.changeColCost(place, 0.0)
            self._solver.changeColCost(place + self._count, 0.0)

    def hold(self, places: Iterable[int]) -> None:
        """These are shown: they don't move."""
        for place in places:
            self._bound(place, 0.0, 0.0)
            self._bound(place + self._count, 0.0, 0.0)

    def move(self, place: int, by: int) -> Moves | None:
        """The cheapest way to move one cell `by` so much, as how far every cell moves; None where there is none."""
        rising, other = (place, place + self._count) if by > 0 else (place + self._count, place)
        if abs(by) > self._upper[rising]:
            return None
        self._bound(rising, abs(by), abs(by))
        self._bound(other, 0.0, 0.0)
        solved = self._solve()
        for column in (rising, other):
            self._bound(column, 0.0, float(self._upper[column]))
        return solved

    def extreme(self, place: int, sign: int) -> float:
        """How far a cell can move down (-1) or up (1)."""
        for column, way in ((place, -sign), (place + self._count, sign)):
            self._solver.changeColCost(column, float(way))
        solved = self._solve()
        self.free([place])
        return sign * FAR if solved is None else float(solved[place])

    def _bound(self, column: int, low: float, high: float) -> None:
        self._solver.changeColBounds(column, low, high)

    def _solve(self) -> Moves | None:
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        columns = np.array(self._solver.getSolution().col_value)
        return np.asarray(columns[: self._count] - columns[self._count :])
