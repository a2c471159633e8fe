"""Tables: headed by rows or columns, told as tables, their head repeated on every page they go on to."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from pointinfo.leaflets.columns import Column, Columns
from pointinfo.leaflets.line_breaking import ROUNDING, TextStyle
from pointinfo.leaflets.shaping import direction
from pointinfo.leaflets.structure import Artifact, Element, TaggedCanvas
from pointinfo.leaflets.typesetting import LINE, Rule, paragraphs

_GAP: Final = 3 * mm
_AROUND_RULE: Final = 1.5


class TableStyle(NamedTuple):
    """How the head and the cells of a table are set."""

    head: TextStyle
    cell: TextStyle


class Table(Flowable):
    """Rows of texts below a head, a column for each of `widths` (points, gaps of 3 mm included).

    Each cell is a text in the table's language. With `row_heads` the first cell of a row heads it. It is split between
    rows; a row that is alone too high is split as columns are.
    """

    canv: TaggedCanvas

    def __init__(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        style: TableStyle,
        parent: Element,
        *,
        row_heads: bool = False,
        language: str = "",
        space_before: float = 0,
    ) -> None:
        super().__init__()
        self.spaceBefore = space_before
        element = parent.add("Table", language=language)
        self._widths = widths
        self._style = style
        self._language = element.language
        self._mirrored = direction(element.language) == "rtl"
        self._head_texts = head
        top = element.add("THead").add("TR")
        cells = [top.add("TH", attributes={"Scope": "Column"}) for _text in head]
        self._head = self._row(head, style.head, cells)
        body = element.add("TBody")
        self._rows: list[Flowable] = [self._body_row(row, body.add("TR"), row_heads=row_heads) for row in rows]

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        self.height = sum(self._heights())
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """What fits with one row at least, and the rest below a head that is not read aloud again."""
        self.wrap(available_width, available_height)
        head, *heights = self._heights()
        room = available_height - head + ROUNDING
        fitting = 0
        while fitting < len(heights) and heights[fitting] <= room:
            room -= heights[fitting]
            fitting += 1
        above, below = self._rows[:fitting], self._rows[fitting:]
        if not below:
            return []
        if not fitting:
            parts = below[0].split(available_width, room - 2 * _AROUND_RULE)
            if not parts:
                return []
            above, below = [parts[0]], [*parts[1:], *below[1:]]
        return [self._part(self._head, above), self._part(self._repeated_head(), below)]

    def draw(self) -> None:
        y = self.height
        for place, row in enumerate([self._head, *self._rows]):
            if place:
                y -= _AROUND_RULE
                rule = Rule(LINE, 0.6)
                rule.wrap(self.width, 1)
                rule.drawOn(self.canv, 0, y - rule.height)
                y -= rule.height + _AROUND_RULE
            y -= row.height
            row.drawOn(self.canv, 0, y)

    def _heights(self) -> list[float]:
        rule = 0.6 + 2 * _AROUND_RULE
        heights = [row.wrap(self.width, 1e6)[1] for row in (self._head, *self._rows)]
        return [height + (rule if place else 0) for place, height in enumerate(heights)]

    def _body_row(self, texts: Sequence[str], row: Element, *, row_heads: bool) -> Columns:
        cells = [
            row.add("TH", attributes={"Scope": "Row"}) if row_heads and not place else row.add("TD")
            for place in range(len(texts))
        ]
        return self._row(texts, self._style.cell, cells)

    def _row(self, texts: Sequence[str], style: TextStyle, cells: Sequence[Element | Artifact]) -> Columns:
        columns, left = [], 0.0
        for text, width, cell in zip(texts, self._widths, cells, strict=True):
            content = paragraphs(text, style, cell, language=self._language)
            columns.append(Column(left, width - _GAP, content))
            left += width
        return Columns(columns, mirrored=self._mirrored)

    def _repeated_head(self) -> Columns:
        return self._row(self._head_texts, self._style.head, ["Pagination"] * len(self._head_texts))

    def _part(self, head: Columns, rows: Sequence[Flowable]) -> "Table":
        part = Table.__new__(Table)
        part.__dict__.update(self.__dict__)
        part._head, part._rows = head, list(rows)
        if head is not self._head:
            part.spaceBefore = 0
        return part
