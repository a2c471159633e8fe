"""A chart for what has names: lying bars, the name before, the value behind."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from pointinfo.inquiries.export import figure
from pointinfo_ui.inquiries.chart import BESIDE, WRAP, Chart, Mark


class Bars(Chart):
    """Lying bars, the name before and the value behind; a long name takes two lines."""

    def heightForWidth(self, width: int) -> int:
        """As high as its rows."""
        return round(sum(self._row_heights(width))) or self._theme.size(30)

    def marks(self) -> list[Mark]:
        """Slots one under the other."""
        top, marks = 0.0, []
        for cell, height in zip(self._cells, self._row_heights(self.width()), strict=True):
            marks.append(Mark(cell, QRectF(0, top, self.width(), height)))
            top += height
        return marks

    def draw(self, painter: QPainter) -> None:
        """Draw names, bars and values."""
        gap = self._theme.size(14)
        names, values = self._name_width(self.width()), self._value_width()
        start = names + gap
        room = max(10.0, self.width() - start - values - gap)
        for place, (cell, slot) in enumerate(self.marks()):
            painter.setFont(self._theme.font(14))
            painter.setPen(self._theme.ink)
            name = QRectF(self._theme.size(4), slot.top(), names, slot.height())
            painter.drawText(name, BESIDE | WRAP, cell.label)
            count = cell.inquiries
            length = float(self._theme.size(44)) if count is None else room * count / self._most()
            thick = self._theme.size(16)
            bar = QRectF(start, slot.center().y() - thick / 2, max(3.0, length), thick)
            if count == 0:
                painter.fillRect(QRectF(start, bar.top(), 2, thick), self._theme.line)
            else:
                self._fill(painter, place, bar)
            painter.setFont(self._theme.font(14, 600 if count else 400))
            painter.setPen(self._theme.ink if count else self._theme.soft)
            behind = QRectF(self.width() - values, slot.top(), values, slot.height())
            painter.drawText(behind, BESIDE, figure(count, self._words))

    def _row_heights(self, width: int) -> list[float]:
        room, metrics = self._name_width(width), self._metrics(14)
        box = QRectF(0, 0, room, 999)
        rows = (metrics.boundingRect(box, BESIDE | WRAP, cell.label) for cell in self._cells)
        return [max(float(self._theme.size(32)), row.height() + self._theme.size(10)) for row in rows]

    def _name_width(self, width: int) -> float:
        metrics = self._metrics(14)
        widest = max((metrics.horizontalAdvance(cell.label) for cell in self._cells), default=0.0)
        return min(widest + self._theme.size(8), width * 0.42)

    def _value_width(self) -> float:
        metrics = self._metrics(14, 600)
        texts = (figure(cell.inquiries, self._words) for cell in self._cells)
        return max((metrics.horizontalAdvance(text) for text in texts), default=0.0) + self._theme.size(6)
