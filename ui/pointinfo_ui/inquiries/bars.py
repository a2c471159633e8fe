"""A chart for what has names: lying bars, the name before, the value behind."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter

from pointinfo.i18n import Words
from pointinfo.inquiries.report_tables import Table, said
from pointinfo_ui.inquiries.drawing import BESIDE, WRAP, Mark, fill, metrics, most
from pointinfo_ui.theme import Theme


class Bars:
    """Lying bars of a table of one axis; a long name takes two lines. What was not said has its figure, and no bar."""

    def __init__(self, theme: Theme, words: Words) -> None:
        self._theme = theme
        self._words = words

    def height(self, table: Table, width: int) -> int:
        """As high as its rows."""
        return round(sum(self._row_heights(table, width))) or self._theme.size(30)

    def marks(self, table: Table, size: QSize) -> list[Mark]:
        """Slots one under the other."""
        top, marks = 0.0, []
        for place, height in enumerate(self._row_heights(table, size.width())):
            marks.append(Mark(place, 0, QRectF(0, top, size.width(), height)))
            top += height
        return marks

    def across(self, table: Table) -> int:
        """Each is above the next."""
        return 1

    def draw(self, painter: QPainter, table: Table, size: QSize, pointed: int) -> None:
        """Draw names, bars and values."""
        gap = self._theme.size(14)
        names, values = self._name_width(table, size.width()), self._value_width(table)
        start = names + gap
        room = max(10.0, size.width() - start - values - gap)
        for line, (place, _column, slot) in zip(table.lines, self.marks(table, size), strict=True):
            painter.setFont(self._theme.font(14))
            painter.setPen(self._theme.ink)
            name = QRectF(self._theme.size(4), slot.top(), names, slot.height())
            painter.drawText(name, BESIDE | WRAP, line.label)
            count = line.figures[0]
            length = float(self._theme.size(44)) if count is None else room * count / self._longest(table)
            thick = self._theme.size(14)
            bar = QRectF(start, slot.center().y() - thick / 2, max(3.0, length), thick)
            if not line.code:
                pass
            elif count == 0:
                painter.fillRect(QRectF(start, bar.top(), 2, thick), self._theme.line)
            else:
                fill(painter, self._theme, count, bar, pale=0 <= pointed != place)
            painter.setFont(self._theme.font(14, 600 if count else 400))
            painter.setPen(self._theme.ink if count else self._theme.soft)
            behind = QRectF(size.width() - values, slot.top(), values, slot.height())
            painter.drawText(behind, BESIDE, said(count, self._words))

    def _longest(self, table: Table) -> int:
        return most(table._replace(lines=tuple(line for line in table.lines if line.code)))

    def _row_heights(self, table: Table, width: int) -> list[float]:
        room, measured = self._name_width(table, width), metrics(self._theme, 14)
        box = QRectF(0, 0, room, 999)
        rows = (measured.boundingRect(box, BESIDE | WRAP, line.label) for line in table.lines)
        return [max(float(self._theme.size(30)), row.height() + self._theme.size(10)) for row in rows]

    def _name_width(self, table: Table, width: int) -> float:
        measured = metrics(self._theme, 14)
        widest = max((measured.horizontalAdvance(line.label) for line in table.lines), default=0.0)
        return min(widest + self._theme.size(8), width * 0.42)

    def _value_width(self, table: Table) -> float:
        measured = metrics(self._theme, 14, 600)
        texts = (said(line.figures[0], self._words) for line in table.lines)
        return max((measured.horizontalAdvance(text) for text in texts), default=0.0) + self._theme.size(6)
