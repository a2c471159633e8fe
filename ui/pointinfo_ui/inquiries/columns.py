"""A chart for what has an order in time: upright columns, the value above, the label below."""

from babel.dates import format_date
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from pointinfo.i18n import Words
from pointinfo.inquiries.export import figure
from pointinfo.inquiries.statistics import Cell, as_date
from pointinfo_ui.inquiries.chart import BESIDE, WRAP, Chart, Mark

ABOVE = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
BELOW = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop) | WRAP


class Columns(Chart):
    """Upright columns in the order of time, values above, labels below; zero is a thin line on the ground."""

    def heightForWidth(self, width: int) -> int:
        """Always the same height."""
        return self._theme.size(216)

    def marks(self) -> list[Mark]:
        """Slots side by side, from top to bottom."""
        step = self._step()
        return [Mark(cell, QRectF(n * step, 0, step, self.height())) for n, cell in enumerate(self._cells)]

    def draw(self, painter: QPainter) -> None:
        """Draw columns, values and labels."""
        step = self._step()
        labels, every = self._ticks(step)
        lines = max((self._lines(text, step * every) for text in labels), default=1)
        ground = self.height() - self._metrics(12).height() * lines - self._theme.size(8)
        painter.setPen(QPen(self._theme.line, 1))
        painter.drawLine(QPointF(0, ground + 0.5), QPointF(self.width(), ground + 0.5))
        for place, mark in enumerate(self.marks()):
            self._column(painter, place, mark, ground)
            if place % every == 0:
                width = step * every
                below = QRectF(mark.slot.center().x() - width / 2, ground + self._theme.size(6), width, 99)
                painter.setFont(self._theme.font(12))
                painter.setPen(self._theme.soft)
                painter.drawText(below, BELOW, labels[place])

    def _step(self) -> float:
        return self.width() / max(1, len(self._cells))

    def _column(self, painter: QPainter, place: int, mark: Mark, ground: float) -> None:
        width = max(2.0, min(mark.slot.width() * 0.7, self._theme.size(40)))
        room = ground - self._metrics(12, 600).height() - self._theme.size(8)
        left = mark.slot.center().x() - width / 2
        count = mark.cell.inquiries
        height = float(self._theme.size(18)) if count is None else max(1.0, room * count / self._most())
        column = QRectF(left, ground - height, width, height)
        if count == 0:
            painter.fillRect(QRectF(left, ground - 1, width, 2), self._theme.line)
        else:
            self._fill(painter, place, column)
        painter.setFont(self._theme.font(12, 600 if count else 400))
        painter.setPen(self._theme.ink if count else self._theme.soft)
        self._value(painter, mark, column)

    def _value(self, painter: QPainter, mark: Mark, column: QRectF) -> None:
        """The figure above its column; «masqué» stands upright where columns are narrow."""
        text = figure(mark.cell.inquiries, self._words)
        metrics = self._metrics(12, 600)
        wide = metrics.horizontalAdvance(text)
        above = column.top() - self._theme.size(4)
        if mark.cell.inquiries is None and wide > mark.slot.width() - 2:
            painter.save()
            painter.translate(mark.slot.center().x(), above)
            painter.rotate(-90)
            painter.drawText(QRectF(0, -metrics.height() / 2, wide + 4, metrics.height()), BESIDE, text)
            painter.restore()
        elif self._values_fit(mark.slot.width()) or mark.cell.inquiries == self._most():
            middle = min(max(mark.slot.center().x(), wide / 2), self.width() - wide / 2)
            place = QRectF(middle - wide, above - metrics.height(), wide * 2, metrics.height())
            painter.drawText(place, ABOVE, text)

    def _values_fit(self, step: float) -> bool:
        """Whether every figure has room above its column; else only the highest is written."""
        widest = self._metrics(12, 600).horizontalAdvance(figure(self._most(), self._words))
        return widest <= step - 1

    def _ticks(self, step: float) -> tuple[list[str], int]:
        """The labels under the columns, and how many columns share one."""
        metrics = self._metrics(12)
        full = [cell.label for cell in self._cells]
        words = (word for text in full for word in text.split(" "))
        if all(metrics.horizontalAdvance(word) <= step - 4 for word in words) and all(
            self._lines(text, step) <= 2 for text in full
        ):
            return full, 1
        short = [_short(cell, self._words) for cell in self._cells]
        widest = max((metrics.horizontalAdvance(text) for text in short), default=0) + 4
        return short, max(1, -int(-widest // step))

    def _lines(self, text: str, width: float) -> int:
        metrics = self._metrics(12)
        room = metrics.boundingRect(QRectF(0, 0, width, 999), BELOW, text)
        return round(room.height() / metrics.height())


def _short(cell: Cell, words: Words) -> str:
    """A label for a narrow column: the day's number, the month's or week day's first letters."""
    day = as_date(cell.code)
    if day is not None:
        return str(day.day) if cell.code.count("-") == 2 else format_date(day, "LLL", locale=words.language)
    return cell.label if cell.label[:1].isdigit() else f"{cell.label[:2]}." if cell.code else "–"
