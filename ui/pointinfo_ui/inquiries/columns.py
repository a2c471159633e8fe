"""A chart for what has an order in time: upright columns, the value above, the label below."""

from babel.dates import format_date
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from pointinfo.i18n import Words
from pointinfo.inquiries.export import figure
from pointinfo.inquiries.period import as_date
from pointinfo.inquiries.statistics import Cell
from pointinfo_ui.inquiries.drawing import BESIDE, WRAP, Cells, Mark, fill, metrics, most
from pointinfo_ui.theme import Theme

ABOVE = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
BELOW = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop) | WRAP


class Columns:
    """Upright columns in the order of time, values above, labels below; zero is a thin line on the ground."""

    def __init__(self, theme: Theme, words: Words) -> None:
        self._theme = theme
        self._words = words

    def height(self, cells: Cells, width: int) -> int:
        """Always the same height."""
        return self._theme.size(216)

    def marks(self, cells: Cells, size: QSize) -> list[Mark]:
        """Slots side by side, from top to bottom."""
        step = _step(cells, size)
        return [Mark(cell, QRectF(n * step, 0, step, size.height())) for n, cell in enumerate(cells)]

    def draw(self, painter: QPainter, cells: Cells, size: QSize, pointed: int) -> None:
        """Draw columns, values and labels."""
        step = _step(cells, size)
        labels, every = self._ticks(cells, step)
        lines = max((self._lines(text, step * every) for text in labels), default=1)
        ground = size.height() - metrics(self._theme, 12).height() * lines - self._theme.size(8)
        painter.setPen(QPen(self._theme.line, 1))
        painter.drawLine(QPointF(0, ground + 0.5), QPointF(size.width(), ground + 0.5))
        for place, mark in enumerate(self.marks(cells, size)):
            column = self._column(mark, ground, most(cells))
            if mark.cell.inquiries == 0:
                painter.fillRect(QRectF(column.left(), ground - 1, column.width(), 2), self._theme.line)
            else:
                fill(painter, self._theme, mark.cell, column, pale=0 <= pointed != place)
            self._value(painter, mark, column, most(cells), size.width())
            if place % every == 0:
                width = step * every
                below = QRectF(mark.slot.center().x() - width / 2, ground + self._theme.size(6), width, 99)
                painter.setFont(self._theme.font(12))
                painter.setPen(self._theme.soft)
                painter.drawText(below, BELOW, labels[place])

    def _column(self, mark: Mark, ground: float, highest: int) -> QRectF:
        width = max(2.0, min(mark.slot.width() * 0.7, self._theme.size(40)))
        room = ground - metrics(self._theme, 12, 600).height() - self._theme.size(8)
        count = mark.cell.inquiries
        height = float(self._theme.size(18)) if count is None else max(1.0, room * count / highest)
        return QRectF(mark.slot.center().x() - width / 2, ground - height, width, height)

    def _value(self, painter: QPainter, mark: Mark, column: QRectF, highest: int, across: int) -> None:
        """The figure above its column; «masqué» stands upright where columns are narrow."""
        count = mark.cell.inquiries
        painter.setFont(self._theme.font(12, 600 if count else 400))
        painter.setPen(self._theme.ink if count else self._theme.soft)
        text = figure(count, self._words)
        measured = metrics(self._theme, 12, 600)
        wide = measured.horizontalAdvance(text)
        above = column.top() - self._theme.size(4)
        if count is None and wide > mark.slot.width() - 2:
            painter.save()
            painter.translate(mark.slot.center().x(), above)
            painter.rotate(-90)
            painter.drawText(QRectF(0, -measured.height() / 2, wide + 4, measured.height()), BESIDE, text)
            painter.restore()
        elif self._values_fit(mark.slot.width(), highest) or count == highest:
            middle = min(max(mark.slot.center().x(), wide / 2), across - wide / 2)
            place = QRectF(middle - wide, above - measured.height(), wide * 2, measured.height())
            painter.drawText(place, ABOVE, text)

    def _values_fit(self, step: float, highest: int) -> bool:
        """Whether every figure has room above its column; else only the highest is written."""
        return metrics(self._theme, 12, 600).horizontalAdvance(figure(highest, self._words)) <= step - 1

    def _ticks(self, cells: Cells, step: float) -> tuple[list[str], int]:
        """The labels under the columns, and how many columns share one."""
        measured = metrics(self._theme, 12)
        full = [cell.label for cell in cells]
        words = (word for text in full for word in text.split(" "))
        if all(measured.horizontalAdvance(word) <= step - 4 for word in words) and all(
            self._lines(text, step) <= 2 for text in full
        ):
            return full, 1
        short = [_short(cell, self._words) for cell in cells]
        widest = max((measured.horizontalAdvance(text) for text in short), default=0) + 4
        return short, max(1, -int(-widest // step))

    def _lines(self, text: str, width: float) -> int:
        measured = metrics(self._theme, 12)
        room = measured.boundingRect(QRectF(0, 0, width, 999), BELOW, text)
        return round(room.height() / measured.height())


def _step(cells: Cells, size: QSize) -> float:
    return size.width() / max(1, len(cells))


def _short(cell: Cell, words: Words) -> str:
    """A label for a narrow column: the day's number, the month's or week day's first letters."""
    day = as_date(cell.code)
    if day is not None:
        return str(day.day) if cell.code.count("-") == 2 else format_date(day, "LLL", locale=words.language)
    return cell.label if cell.label[:1].isdigit() else f"{cell.label[:2]}." if cell.code else "–"
