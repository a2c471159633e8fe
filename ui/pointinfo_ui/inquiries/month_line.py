"""A chart for thirteen months: a line with a point a month, its figure above; hidden months hatched, not zero."""

from itertools import pairwise

from babel.dates import format_date
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from pointinfo.i18n import Words
from pointinfo.inquiries.period import as_date
from pointinfo.inquiries.report_tables import Line, Table, said
from pointinfo_ui.inquiries.drawing import ABOVE, BELOW, MIDDLE, Mark, hatch, metrics, most, shade
from pointinfo_ui.theme import Theme


class MonthLine:
    """One line from the month of a year ago to the last."""

    def __init__(self, theme: Theme, words: Words) -> None:
        self._theme = theme
        self._words = words

    def height(self, table: Table, width: int) -> int:
        """Always the same height."""
        return self._theme.size(210)

    def marks(self, table: Table, size: QSize) -> list[Mark]:
        """Slots side by side, from top to bottom."""
        step = size.width() / max(1, len(table.lines))
        return [Mark(place, 0, QRectF(place * step, 0, step, size.height())) for place in range(len(table.lines))]

    def across(self, table: Table) -> int:
        """Up and down are as back and on."""
        return 1

    def draw(self, painter: QPainter, table: Table, size: QSize, pointed: int) -> None:
        """Draw the ground, the line, the points, and figures where they have room."""
        marks = self.marks(table, size)
        top, ground = self._theme.size(28), size.height() - self._theme.size(28)
        painter.setPen(QPen(self._theme.line, 1))
        for share in (0.0, 0.5, 1.0):
            y = round(ground - (ground - top) * share) + 0.5
            painter.drawLine(QPointF(0, y), QPointF(size.width(), y))
        points = [
            None if line.figures[0] is None else QPointF(x, ground - (ground - top) * line.figures[0] / most(table))
            for line, x in ((line, mark.slot.center().x()) for line, mark in zip(table.lines, marks, strict=True))
        ]
        painter.setPen(QPen(self._theme.accent, 2.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for one, other in pairwise(points):
            if one is not None and other is not None:
                painter.drawLine(one, other)
        every = self._every(table, marks)
        for place, (line, mark, point) in enumerate(zip(table.lines, marks, points, strict=True)):
            self._point(painter, mark, point, (top, ground), pale=0 <= pointed != place)
            self._figure(painter, table, place, (line.figures[0], mark.slot.center().x(), point, top), size.width())
            if (len(table.lines) - 1 - place) % every == 0:
                self._month(painter, line, mark, ground, size.width())

    def _point(
        self, painter: QPainter, mark: Mark, point: QPointF | None, span: tuple[int, int], *, pale: bool
    ) -> None:
        top, ground = span
        if point is None:
            wide = min(mark.slot.width() * 0.5, self._theme.size(18))
            hatch(painter, self._theme, QRectF(mark.slot.center().x() - wide / 2, top, wide, ground - top))
            return
        painter.setPen(QPen(self._theme.sheet, 2))
        painter.setBrush(shade(self._theme, 0.55 if pale else 1))
        painter.drawEllipse(point, self._theme.size(5), self._theme.size(5))

    def _figure(
        self,
        painter: QPainter,
        table: Table,
        place: int,
        drawn: tuple[int | None, float, QPointF | None, int],
        across: int,
    ) -> None:
        """The figure above its point; without room for all, the highest and the last."""
        figure, middle, point, top = drawn
        measured = metrics(self._theme, 12, 600)
        widest = max(measured.horizontalAdvance(said(line.figures[0], self._words)) for line in table.lines)
        last = place == len(table.lines) - 1
        if widest > across / len(table.lines) - 2 and not last and figure != most(table):
            return
        wide = measured.horizontalAdvance(said(figure, self._words))
        middle = min(max(middle, wide / 2), across - wide / 2)
        foot = (top if point is None else point.y()) - self._theme.size(7)
        painter.setFont(self._theme.font(12, 600))
        painter.setPen(self._theme.ink if figure else self._theme.soft)
        box = QRectF(middle - wide, foot - measured.height(), wide * 2, measured.height())
        painter.drawText(box, ABOVE if point else MIDDLE, said(figure, self._words))

    def _month(self, painter: QPainter, line: Line, mark: Mark, ground: float, across: int) -> None:
        text = self._short(line)
        wide = metrics(self._theme, 12).horizontalAdvance(text)
        middle = min(max(mark.slot.center().x(), wide / 2), across - wide / 2)
        painter.setFont(self._theme.font(12))
        painter.setPen(self._theme.soft)
        painter.drawText(QRectF(middle - wide, ground + self._theme.size(7), wide * 2, 99), BELOW, text)

    def _every(self, table: Table, marks: list[Mark]) -> int:
        """How many months share a label; the last always has one."""
        widest = max(metrics(self._theme, 12).horizontalAdvance(self._short(line)) for line in table.lines) + 10
        return max(1, -int(-widest // marks[0].slot.width()))

    def _short(self, line: Line) -> str:
        """The month; with its year where that is a year ago, or begins."""
        day = as_date(line.code)
        return format_date(day, "LLL yy", locale=self._words.language) if day else line.label
