"""A chart for two axes in time: a field a week day and hour, the darker the more, its figure on it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter

from pointinfo.i18n import Words
from pointinfo.inquiries.report_tables import Table, said
from pointinfo_ui.inquiries.drawing import BESIDE, MIDDLE, Mark, hatch, metrics, most, readable, shade
from pointinfo_ui.theme import Theme


class HeatMap:
    """Lines of fields under the heads of their columns."""

    def __init__(self, theme: Theme, words: Words) -> None:
        self._theme = theme
        self._words = words

    def height(self, table: Table, width: int) -> int:
        """A row of heads, and a row a line."""
        return self._theme.size(28 + 38 * len(table.lines))

    def marks(self, table: Table, size: QSize) -> list[Mark]:
        """Fields line by line."""
        left, top = self._name_width(table, size.width()), self._theme.size(28)
        wide = (size.width() - left) / max(1, len(table.columns))
        high = (size.height() - top) / max(1, len(table.lines))
        return [
            Mark(line, column, QRectF(left + column * wide, top + line * high, wide, high))
            for line in range(len(table.lines))
            for column in range(len(table.columns))
        ]

    def across(self, table: Table) -> int:
        """The field below is one line on."""
        return len(table.columns)

    def draw(self, painter: QPainter, table: Table, size: QSize, pointed: int) -> None:
        """Draw heads, names and fields."""
        painter.setFont(self._theme.font(12))
        painter.setPen(self._theme.soft)
        marks, left = self.marks(table, size), self._name_width(table, size.width())
        for mark in marks[: len(table.columns)]:
            head = QRectF(mark.slot.left(), 0, mark.slot.width(), self._theme.size(24))
            painter.drawText(head, MIDDLE, table.columns[mark.column].label)
        for mark in marks[:: max(1, len(table.columns))]:
            name = QRectF(self._theme.size(4), mark.slot.top(), left, mark.slot.height())
            painter.drawText(name, BESIDE, self._name(table, mark.line, size.width()))
        for mark in marks:
            self._field(painter, table, mark)

    def _field(self, painter: QPainter, table: Table, mark: Mark) -> None:
        """A field; what is hidden is hatched, and says so where the word has room."""
        figure = table.lines[mark.line].figures[mark.column]
        field = mark.slot.adjusted(2, 2, -2, -2)
        text = said(figure, self._words)
        pixels = next((size for size in (12, 11, 10) if self._width(size, text) <= field.width() - 2), 0)
        painter.setPen(Qt.PenStyle.NoPen)
        if figure is None:
            hatch(painter, self._theme, field)
            ground = self._theme.accent_pale
        elif figure == 0:
            ground = self._theme.table
            painter.setBrush(ground)
            painter.drawRoundedRect(field, 4, 4)
        else:
            ground = shade(self._theme, 0.12 + 0.88 * figure / most(table))
            painter.setBrush(ground)
            painter.drawRoundedRect(field, 4, 4)
        if pixels:
            painter.setFont(self._theme.font(pixels, 600 if figure else 400))
            painter.setPen(readable(self._theme, ground) if figure else self._theme.soft)
            painter.drawText(field, MIDDLE, text)

    def _name(self, table: Table, line: int, width: int) -> str:
        """The whole name where a third of the fields' room is left for it, else its first letters."""
        label = table.lines[line].label
        return label if width >= self._theme.size(520) else label[:2].lower()

    def _name_width(self, table: Table, width: int) -> float:
        names = (self._width(12, self._name(table, line, width)) for line in range(len(table.lines)))
        return max(names, default=0.0) + self._theme.size(14)

    def _width(self, pixels: float, text: str) -> float:
        return metrics(self._theme, pixels, 600).horizontalAdvance(text)
