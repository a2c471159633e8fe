"""How a breakdown is drawn: what a `Chart` asks of columns and bars, and the paint that they share."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter

from pointinfo.inquiries.statistics import Cell
from pointinfo_ui.theme import Theme

WRAP = int(Qt.TextFlag.TextWordWrap)
BESIDE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

Cells = Sequence[Cell]


class Mark(NamedTuple):
    """Where a cell is drawn: its whole slot, which is what the pointer meets."""

    cell: Cell
    slot: QRectF


class Drawing(Protocol):
    """Columns or bars: where the cells of a breakdown stand, and their paint."""

    def height(self, cells: Cells, width: int) -> int:
        """How high these cells are at a width, in pixels."""

    def marks(self, cells: Cells, size: QSize) -> list[Mark]:
        """Every cell with its slot, in order."""

    def draw(self, painter: QPainter, cells: Cells, size: QSize, pointed: int) -> None:
        """Paint the marks; `pointed` is the place of the one that stands out, -1 for none."""


def most(cells: Cells) -> int:
    """The largest figure that is shown, at least 1."""
    return max((cell.inquiries or 0 for cell in cells), default=0) or 1


def metrics(theme: Theme, pixels: float, weight: int = 400) -> QFontMetricsF:
    """What text of this size takes."""
    return QFontMetricsF(theme.font(pixels, weight))


def fill(painter: QPainter, theme: Theme, cell: Cell, mark: QRectF, *, pale: bool) -> None:
    """Paint one mark: full where it is known, hatched where it is hidden, `pale` beside one that is pointed at."""
    radius = min(4.0, mark.width() / 3, mark.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    if cell.inquiries is not None:
        painter.setBrush(_blend(theme.accent, theme.sheet, 0.45 if pale else 0))
        painter.drawRoundedRect(mark, radius, radius)
        return
    painter.setBrush(theme.accent_pale)
    painter.drawRoundedRect(mark, radius, radius)
    shade = _blend(theme.accent, theme.sheet, 0.35)
    painter.setBrush(QBrush(shade, Qt.BrushStyle.BDiagPattern))
    painter.drawRoundedRect(mark, radius, radius)


def _blend(colour: QColor, ground: QColor, share: float) -> QColor:
    """The colour with a share of the ground in it: a shade of the one colour."""
    mixed = (round(a * (1 - share) + b * share) for a, b in zip(_rgb(colour), _rgb(ground), strict=True))
    return QColor(*mixed)


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()
