"""Columns side by side that go on in their own places on the next page."""

from collections.abc import Sequence
from typing import NamedTuple

from reportlab.platypus.flowables import Flowable

from pointinfo.leaflets.line_breaking import ROUNDING


class Column(NamedTuple):
    """A part of the width, `left` and `width` in points, and what stands in it from top to bottom."""

    left: float
    width: float
    content: Sequence[Flowable]


class Columns(Flowable):
    """Columns side by side, aligned at the top. Each goes on in its own place on the next page.

    Up to `whole_below` points high it is never split. `mirrored`, a column's left is measured from the right, as a page
    in Arabic or Persian asks.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        space_before: float = 0,
        keep_with_next: bool = False,
        whole_below: float = 0,
        mirrored: bool = False,
    ) -> None:
        super().__init__()
        self.spaceBefore = space_before
        self.keepWithNext = keep_with_next
        self._columns = columns
        self._whole_below = whole_below
        self._mirrored = mirrored

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        self.height = max((_stack_height(column) for column in self._columns), default=0)
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        self.wrap(available_width, available_height)
        if self.height <= self._whole_below:
            return []
        above: list[Column] = []
        below: list[Column] = []
        for column in self._columns:
            parts = _split_stack(column, available_height)
            if parts is None:
                return []
            above.append(column._replace(content=parts[0]))
            below.append(column._replace(content=parts[1]))
        return [
            Columns(above, space_before=self.spaceBefore, mirrored=self._mirrored),
            Columns(below, keep_with_next=self.keepWithNext, mirrored=self._mirrored),
        ]

    def draw(self) -> None:
        for column in self._columns:
            y = self.height
            left = self.width - column.left - column.width if self._mirrored else column.left
            for position, flowable in enumerate(column.content):
                y -= flowable.height + (flowable.getSpaceBefore() if position else 0)
                flowable.drawOn(self.canv, left, y)


def _stack_height(column: Column) -> float:
    height = 0.0
    for position, flowable in enumerate(column.content):
        height += flowable.wrap(column.width, 1e6)[1] + (flowable.getSpaceBefore() if position else 0)
    return height


def _split_stack(column: Column, height: float) -> tuple[list[Flowable], list[Flowable]] | None:
    """What stands in the first `height` points, and the rest; None where nothing could stand there."""
    content = list(column.content)
    left = height
    for position, flowable in enumerate(content):
        before = flowable.getSpaceBefore() if position else 0
        needed = flowable.wrap(column.width, left)[1] + before
        if needed <= left + ROUNDING:
            left -= needed
            continue
        parts = flowable.split(column.width, left - before)
        if parts:
            return [*content[:position], parts[0]], [*parts[1:], *content[position + 1 :]]
        cut = position
        while cut and content[cut - 1].getKeepWithNext():  # type: ignore[no-untyped-call]
            cut -= 1
        if not cut and height - left > height / 2:
            cut = position  # kept together, they might fit no page at all
        return (content[:cut], content[cut:]) if cut else None
    return content, []
