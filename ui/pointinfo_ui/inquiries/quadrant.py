"""A chart for what is asked and not met: a point a theme, to the right the more it is asked, higher the less it is met.

A theme has a point where all its figures are shown and there are enough for a rate; the others are named below. The
lines through the middle are the medians: what stands at the top right is much asked and often unmet.
"""

from statistics import median
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from pointinfo.i18n import Words
from pointinfo.inquiries import codes
from pointinfo.inquiries.overview import DEMAND
from pointinfo.inquiries.report_tables import Table
from pointinfo.inquiries.tables import SHARES_FROM
from pointinfo_ui.inquiries.drawing import BESIDE, WHOLE_LINE, WRAP, Mark, metrics, shade
from pointinfo_ui.theme import Theme

NARROWEST: Final = 0.02
"""Shares of what is not met that lie closer together than this are not drawn far apart."""
FEWEST: Final = 3
"""Fewer points have no middle to be told apart by."""


class Point(NamedTuple):
    """A theme's place among the lines, how many asked, and which share was met in part or not at all."""

    line: int
    asked: int
    unmet: float


def points(table: Table) -> list[Point]:
    """The themes that can be placed; none where there are fewer than `FEWEST`."""
    place = {column.code: number for number, column in enumerate(table.columns)}
    found = []
    for number, line in enumerate(table.lines):
        asked = line.figures[place[DEMAND]] if DEMAND in place else None
        unmet = [line.figures[place[code]] for code in sorted(codes.UNMET) if code in place]
        known = [figure for figure in unmet if figure is not None]
        if asked is not None and asked >= SHARES_FROM and len(known) == len(unmet):
            found.append(Point(number, asked, sum(known) / asked))
    return found if len(found) >= FEWEST else []


class Quadrant:
    """Points in a square of four fields, each with its name where that has room."""

    def __init__(self, theme: Theme, words: Words) -> None:
        self._theme = theme
        self._words = words

    def height(self, table: Table, width: int) -> int:
        """The square of fields, and what can't be placed."""
        if not points(table):
            return round(self._unplaced_height(table, width))
        return round(self._theme.size(270) + self._unplaced_height(table, width))

    def marks(self, table: Table, size: QSize) -> list[Mark]:
        """A slot around each point, the most asked first."""
        side = self._theme.size(26)
        placed = sorted(self._places(table, size), key=lambda each: -each[0].asked)
        return [
            Mark(point.line, WHOLE_LINE, QRectF(at.x() - side / 2, at.y() - side / 2, side, side))
            for point, at in placed
        ]

    def across(self, table: Table) -> int:
        """In the order of demand."""
        return 1

    def draw(self, painter: QPainter, table: Table, size: QSize, pointed: int) -> None:
        """Draw the fields, the points with their names, and what has no point."""
        marks = self.marks(table, size)
        if marks:
            self._fields(painter, table, size)
        taken = [mark.slot for mark in marks]
        radius = self._theme.size(7)
        for place, mark in enumerate(marks):
            painter.setPen(QPen(self._theme.sheet, 1.5))
            painter.setBrush(shade(self._theme, 0.55 if 0 <= pointed != place else 1))
            painter.drawEllipse(mark.slot.center(), radius, radius)
            self._label(painter, table.lines[mark.line].label, mark.slot, taken, size)
        if text := self._unplaced(table):
            high = self._unplaced_height(table, size.width())
            painter.setFont(self._theme.font(13))
            painter.setPen(self._theme.soft)
            painter.drawText(QRectF(4, size.height() - high, size.width() - 8, high), BESIDE | WRAP, text)

    def _fields(self, painter: QPainter, table: Table, size: QSize) -> None:
        """The two medians, and what the directions mean."""
        _ = self._words.gettext
        area, placed = self._area(table, size), self._places(table, size)
        x, y = median(at.x() for _point, at in placed), median(at.y() for _point, at in placed)
        painter.setPen(QPen(self._theme.line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, 6, 6)
        painter.setPen(QPen(self._theme.line, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setFont(self._theme.font(12))
        painter.setPen(self._theme.soft)
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        high = self._theme.size(20)
        over = QRectF(area.left(), area.top() - high - 2, area.width(), high)
        under = QRectF(area.left(), area.bottom() + 2, area.width(), high)
        painter.drawText(over, BESIDE, _("↑ moins souvent résolu"))
        painter.drawText(over, right, _("très demandé, à combler d’abord"))
        painter.drawText(under, right, _("plus demandé →"))

    def _label(self, painter: QPainter, text: str, slot: QRectF, taken: list[QRectF], size: QSize) -> None:
        """The name beside its point, on whichever side is free; else only the pointer tells it."""
        measured = metrics(self._theme, 12)
        wide, high = measured.horizontalAdvance(text) + 2, measured.height()
        middle = slot.center()
        tried = (
            QRectF(slot.right() - 2, middle.y() - high / 2, wide, high),
            QRectF(slot.left() - wide + 2, middle.y() - high / 2, wide, high),
            QRectF(middle.x() - wide / 2, slot.top() - high + 2, wide, high),
            QRectF(middle.x() - wide / 2, slot.bottom() - 2, wide, high),
        )
        for box in tried:
            inside = box.left() >= 2 and box.right() <= size.width() - 2
            if inside and not any(other != slot and other.intersects(box) for other in taken):
                taken.append(box)
                painter.setFont(self._theme.font(12))
                painter.setPen(self._theme.ink)
                painter.drawText(box, BESIDE, text)
                return

    def _places(self, table: Table, size: QSize) -> list[tuple[Point, QPointF]]:
        found = points(table)
        if not found:
            return []
        area = self._area(table, size).adjusted(22, 22, -22, -22)
        least, largest = min(point.asked for point in found), max(point.asked for point in found)
        low, high = min(point.unmet for point in found), max(point.unmet for point in found)
        return [
            (
                point,
                QPointF(
                    area.left() + area.width() * (point.asked - least) / max(1, largest - least),
                    area.bottom() - area.height() * (point.unmet - low) / max(NARROWEST, high - low),
                ),
            )
            for point in found
        ]

    def _area(self, table: Table, size: QSize) -> QRectF:
        edge = self._theme.size(24)
        high = size.height() - self._unplaced_height(table, size.width()) - 2 * edge
        return QRectF(4, edge, size.width() - 8, max(10.0, high))

    def _unplaced(self, table: Table) -> str:
        _ = self._words.gettext
        placed = {point.line for point in points(table)}
        if not placed:
            return _(
                "Trop peu de demandes par thème pour un graphique : choisissez une période plus longue, ou le tableau "
                "(Ctrl+T)."
            )
        names = [line.label for number, line in enumerate(table.lines) if number not in placed]
        return _("Trop petits ou masqués, sans point : {names}.").format(names=", ".join(names)) if names else ""

    def _unplaced_height(self, table: Table, width: int) -> float:
        text = self._unplaced(table)
        if not text:
            return 0
        measured = metrics(self._theme, 13)
        return measured.boundingRect(QRectF(0, 0, width - 8, 999), BESIDE | WRAP, text).height() + self._theme.size(8)
