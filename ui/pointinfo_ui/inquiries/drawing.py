"""How a table is drawn: what a `Chart` asks of bars, line, heat map and quadrant, and the paint that they share."""

from typing import NamedTuple, Protocol

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter

from pointinfo.inquiries.report_tables import Table
from pointinfo_ui import contrast
from pointinfo_ui.theme import Theme

WRAP = int(Qt.TextFlag.TextWordWrap)
BESIDE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
MIDDLE = int(Qt.AlignmentFlag.AlignCenter)
ABOVE = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
BELOW = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)

WHOLE_LINE = -1


class Mark(NamedTuple):
    """Where a cell is drawn, by the places of its line and column (`WHOLE_LINE` for all of them): its whole slot, which
    is what the pointer meets."""

    line: int
    column: int
    slot: QRectF


class Drawing(Protocol):
    """One kind of chart: where the cells of a table stand, and their paint."""

    def height(self, table: Table, width: int) -> int:
        """How high a table is at a width, in pixels."""

    def marks(self, table: Table, size: QSize) -> list[Mark]:
        """Every mark with its slot, in order."""

    def across(self, table: Table) -> int:
        """How many marks the up and down arrows pass over."""

    def draw(self, painter: QPainter, table: Table, size: QSize, pointed: int) -> None:
        """Paint the marks; `pointed` is the place of the one that stands out, -1 for none."""


def most(table: Table) -> int:
    """The largest figure that is shown, at least 1."""
    return max((figure or 0 for line in table.lines for figure in line.figures), default=0) or 1


def metrics(theme: Theme, pixels: float, weight: int = 400) -> QFontMetricsF:
    """What text of this size takes."""
    return QFontMetricsF(theme.font(pixels, weight))


def fill(painter: QPainter, theme: Theme, figure: int | None, mark: QRectF, *, pale: bool) -> None:
    """Paint one mark: full where it is known, hatched where it is hidden, `pale` beside one that is pointed at."""
    if figure is None:
        hatch(painter, theme, mark)
        return
    radius = min(4.0, mark.width() / 3, mark.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(theme, 0.55 if pale else 1))
    painter.drawRoundedRect(mark, radius, radius)


def hatch(painter: QPainter, theme: Theme, mark: QRectF) -> None:
    """Paint a mark whose figure is hidden."""
    radius = min(4.0, mark.width() / 3, mark.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.accent_pale)
    painter.drawRoundedRect(mark, radius, radius)
    painter.setBrush(QBrush(shade(theme, 0.4), Qt.BrushStyle.BDiagPattern))
    painter.drawRoundedRect(mark, radius, radius)


def shade(theme: Theme, share: float) -> QColor:
    """So much of the one colour (0 to 1), the rest of its ground."""
    return contrast.mixed(theme.accent, theme.sheet, share)


def readable(theme: Theme, ground: QColor) -> QColor:
    """The text colour that is easier to read on a ground."""
    return max((theme.ink, theme.on_accent), key=lambda colour: contrast.ratio(colour, ground))
