"""Nobody who puts all tables of a period together finds out a small figure: an attacker of our own tries.

He has what is shown and nothing of the code that hid it: he writes down every sum he knows as a linear programme, and
asks it for the least and the most that each hidden cell can be.
"""

from collections import Counter as Bag
from itertools import product
from typing import Any

import highspy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pointinfo.inquiries.protection import Cells, Sum, hidden, intervals, pinned
from pointinfo.inquiries.tables import Asked, Cell, Counted, Covered, protected

Inquiry = dict[str, tuple[str, ...]]

INQUIRIES = st.lists(
    st.fixed_dictionaries(
        {
            "theme": st.sampled_from([("a",), ("a",), ("a", "b"), ("b",), ("c",), ("d", "a"), ("",)]),
            "audience": st.sampled_from([("x",), ("x",), ("y",), ("x", "y"), ("z",)]),
            "outcome": st.sampled_from([("answered",), ("answered",), ("referred",), ("partly",), ("not-met",)]),
            "month": st.sampled_from([("2026-07",), ("2026-08",), ("2026-09",)]),
            "gave": st.sampled_from([("",), ("cost",), ("full",)]),
        }
    ),
    max_size=70,
)
ASKED: tuple[Asked, ...] = (("theme", "audience"), ("theme", "outcome"), ("month", "theme"), ("reason",), ("outcome",))


def count(inquiries: list[Inquiry], asked: tuple[Asked, ...] = ASKED) -> Counted:
    """The figures, counted the plain way."""
    for each in inquiries:
        each["reason"] = each["gave"] if each["outcome"][0] in {"partly", "not-met"} else ("",)
    tables: dict[Asked, dict[Cell, int]] = {}
    for table in [*((axis,) for axes in asked for axis in axes), *(table for table in asked if len(table) == 2)]:
        tables[table] = dict(Bag(cell for each in inquiries for cell in product(*(each[axis] for axis in table))))
    return Counted(len(inquiries), len(inquiries), tables)


class Attacker:
    """What somebody knows who has read every table."""

    def __init__(self, shown: Covered) -> None:
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.cells: dict[tuple[Asked, Cell], Any] = {}
        for asked, table in shown.tables.items():
            for cell, figure in table.items():
                line = any((axis, code) in shown.lines.get(asked, ()) for axis, code in zip(asked, cell, strict=True))
                self._reads(asked, cell, None if line else figure, 0 if line else 1)
            if len(asked) == 2:
                every = product(*(sorted({code for (code,) in shown.tables[axis,]}) for axis in asked))
                for cell in every:
                    if (asked, cell) not in self.cells:
                        figure = shown.at(asked, cell)
                        self._reads(asked, cell, figure, 0)
        for asked in shown.tables:
            if not self._of(asked):
                continue
            if len(asked) == 1 and asked[0] not in {"theme", "audience"}:
                self.solver.addConstr(sum(self._of(asked)) == shown.inquiries)
            elif len(asked) == 1:
                self.solver.addConstr(sum(self._of(asked)) >= shown.inquiries)
            for place, axis in enumerate(asked if len(asked) == 2 else ()):
                for (code,) in shown.tables[axis,]:
                    parts = self._of(asked, place, code)
                    whole = self.cells[(axis,), (code,)]
                    if asked[1 - place] in {"theme", "audience"}:
                        self.solver.addConstr(sum(parts) >= whole)
                        self.solver.addConstr(sum(parts) <= 2 * whole)
                        for part in parts:
                            self.solver.addConstr(part <= whole)
                    else:
                        self.solver.addConstr(sum(parts) == whole)
        if ("reason",) in shown.tables and ("outcome",) in shown.tables:
            given = [cell for (asked, codes), cell in self.cells.items() if asked == ("reason",) and codes != ("",)]
            unmet = [
                cell
                for (asked, (code, *_)), cell in self.cells.items()
                if asked == ("outcome",) and code in {"partly", "not-met"}
            ]
            if given and unmet:
                self.solver.addConstr(sum(given) <= sum(unmet))

    def span(self, asked: Asked, cell: Cell) -> tuple[float, float]:
        """The least and the most a cell can be."""
        found = []
        for best in (self.solver.minimize, self.solver.maximize):
            best(1 * self.cells[asked, cell])
            assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            found.append(self.solver.getInfo().objective_function_value)
        return found[0], found[1]

    def _reads(self, asked: Asked, cell: Cell, figure: int | None, least: int) -> None:
        low, high = (least, 10_000) if figure is None else (figure, figure)
        self.cells[asked, cell] = self.solver.addVariable(lb=low, ub=high)

    def _of(self, asked: Asked, place: int | None = None, code: str = "") -> list[Any]:
        return [
            variable
            for (table, cell), variable in self.cells.items()
            if table == asked and (place is None or cell[place] == code)
        ]


@settings(max_examples=60, deadline=None)
@given(inquiries=INQUIRIES, k=st.sampled_from([3, 5, 10]))
def test_an_attacker_with_every_table_holds_each_small_figure_possible_from_1_to_k(
    inquiries: list[Inquiry], k: int
) -> None:
    figures = count(inquiries)
    shown = protected(figures, k)
    if shown.inquiries is None or not shown.tables:
        return
    attacker = Attacker(shown)
    for asked, table in shown.tables.items():
        for cell, figure in table.items():
            true = figures.tables[asked][cell]
            assert figure in {None, true}
            if true < k:
                assert shown.at(asked, cell) is None
                low, high = attacker.span(asked, cell)
                assert low <= 1 + 1e-6, (asked, cell)
                assert high >= k - 1e-6, (asked, cell)


@settings(max_examples=60, deadline=None)
@given(inquiries=INQUIRIES, k=st.sampled_from([3, 5]))
def test_a_figure_is_hidden_in_every_table_or_in_none(inquiries: list[Inquiry], k: int) -> None:
    """A sum is shown once, in the table of its own axis: crossed tables have it from there."""
    shown = protected(count(inquiries), k)
    for asked in shown.tables:
        for axis in asked:
            assert (axis,) in shown.tables


def test_a_small_period_shows_nothing() -> None:
    one: Inquiry = {"theme": ("a",), "audience": ("x",), "outcome": ("answered",), "month": ("m",), "gave": ("",)}
    assert protected(count([dict(one) for _ in range(4)]), 5) == Covered(None, None, {}, {})
    assert protected(count([dict(one) for _ in range(9)]), 5) == Covered(9, 9, {}, {})
    assert protected(count([dict(one) for _ in range(10)]), 5).tables["theme",] == {("a",): 10}


def test_no_threshold_under_three() -> None:
    with pytest.raises(ValueError, match="3 at least"):
        protected(Counted(100, 100, {}), 2)


def line(*parts: int) -> Cells:
    """Cells of one line with their sum, which is shown."""
    values = (sum(parts), *parts)
    size = len(values)
    small = [place for place, value in enumerate(values) if 0 < value < 5]
    sums = [Sum(0, tuple(range(1, size)))]
    return Cells(values, sums, small, frozenset({0}), [1] * size, [1e9] * size, range(size), [1.0] * size)


def test_the_sum_of_the_hidden_leaves_each_open() -> None:
    assert hidden(line(3, 8, 20, 30), 5) == frozenset({1, 2})
    assert intervals(line(3, 8, 20, 30), {1, 2}) == {1: (1, 10), 2: (1, 10)}
    assert hidden(line(4, 4, 4), 5) == frozenset({1, 2, 3})


def test_one_small_cell_alone_cannot_be_hidden() -> None:
    assert hidden(line(400, 0, 0), 5) == frozenset()
    assert hidden(line(3, 0, 0), 5) is None
    assert hidden(line(1, 1, 1), 5) is None
    assert pinned(line(400, 3), {2}, 5) == [2]
    assert pinned(line(400, 3), set(), 5) == [2]
