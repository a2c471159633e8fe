"""A chart for what has names: lying bars, the name before, the value behind."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter

from pointinfo.i18n import Words
from pointinfo.inquiries.export import figure
from pointinfo_ui.inquiries.drawing import BESIDE, WRAP, Cells, Mark, fill, metrics, most
from pointinfo_ui.theme import Theme


class Bars:
    """Lying bars, the name before and the value behind; a long name takes two lines."""

    def __init__(self, theme: Theme, words: Words) -> None:
        self._theme = theme
        self._words = words

    def height(self, cells: Cells, width: int) -> int:
        """As high as its rows."""
        return round(sum(self._row_heights(cells, width))) or self._theme.size(30)

    def marks(self, cells: Cells, size: QSize) -> list[Mark]:
        """Slots one under the other."""
        top, marks = 0.0, []
        for cell, height in zip(cells, self._row_heights(cells, size.width()), strict=True):
            marks.append(Mark(cell, QRectF(0, top, size.width(), height)))
            top += height
        return marks

    def draw(self, painter: QPainter, cells: Cells, size: QSize, pointed: int) -> None:
        """Draw names, bars and values."""
        gap = self._theme.size(14)
        names, values = self._name_width(cells, size.width()), self._value_width(cells)
        start = names + gap
        room = max(10.0, size.width() - start - values - gap)
        for place, (cell, slot) in enumerate(self.marks(cells, size)):
            painter.setFont(self._theme.font(14))
            painter.setPen(self._theme.ink)
            name = QRectF(self._theme.size(4), slot.top(), names, slot.height())
            painter.drawText(name, BESIDE | WRAP, cell.label)
            count = cell.inquiries
            length = float(self._theme.size(44)) if count is None else room * count / most(cells)
            thick = self._theme.size(16)
            bar = QRectF(start, slot.center().y() - thick / 2, max(3.0, length), thick)
            if count == 0:
                painter.fillRect(QRectF(start, bar.top(), 2, thick), self._theme.line)
            else:
                fill(painter, self._theme, cell, bar, pale=0 <= pointed != place)
            painter.setFont(self._theme.font(14, 600 if count else 400))
            painter.setPen(self._theme.ink if count else self._theme.soft)
            behind = QRectF(size.width() - values, slot.top(), values, slot.height())
            painter.drawText(behind, BESIDE, figure(count, self._words))

    def _row_heights(self, cells: Cells, width: int) -> list[float]:
        room, measured = self._name_width(cells, width), metrics(self._theme, 14)
        box = QRectF(0, 0, room, 999)
        rows = (measured.boundingRect(box, BESIDE | WRAP, cell.label) for cell in cells)
        return [max(float(self._theme.size(32)), row.height() + self._theme.size(10)) for row in rows]

    def _name_width(self, cells: Cells, width: int) -> float:
        measured = metrics(self._theme, 14)
        widest = max((measured.horizontalAdvance(cell.label) for cell in cells), default=0.0)
        return min(widest + self._theme.size(8), width * 0.42)

    def _value_width(self, cells: Cells) -> float:
        measured = metrics(self._theme, 14, 600)
        texts = (figure(cell.inquiries, self._words) for cell in cells)
        return max((measured.horizontalAdvance(text) for text in texts), default=0.0) + self._theme.size(6)
