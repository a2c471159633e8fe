"""What every chart of a breakdown has: its marks in one colour, the pointer, the keys and the words.

Each can be read without seeing it: its description tells the figures, the arrow keys go from mark to mark.
"""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from pointinfo.i18n import Words
from pointinfo.inquiries.export import covered, figure
from pointinfo.inquiries.statistics import Breakdown, Cell
from pointinfo_ui.messages import announce
from pointinfo_ui.theme import Theme

WRAP = int(Qt.TextFlag.TextWordWrap)
BESIDE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def told(cell: Cell, words: Words) -> str:
    """One line of a breakdown as a sentence: «mar. 20 oct. : 23 demandes, 34 personnes»."""
    _ = words.gettext
    if cell.inquiries is None or cell.people is None:
        return _("{label} : {hidden}").format(label=cell.label, hidden=covered(words))
    inquiries = words.ngettext("{n} demande", "{n} demandes", cell.inquiries)
    people = words.ngettext("{n} personne", "{n} personnes", cell.people)
    return _("{label} : {inquiries}, {people}").format(
        label=cell.label,
        inquiries=inquiries.format(n=figure(cell.inquiries, words)),
        people=people.format(n=figure(cell.people, words)),
    )


class Mark(NamedTuple):
    """Where a cell is drawn: its whole slot, which is what the pointer meets."""

    cell: Cell
    slot: QRectF


class Chart(QWidget):
    """A drawn breakdown. `pointed` says the line under the pointer or the arrow keys, "" for none."""

    pointed = Signal(str)

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._cells: tuple[Cell, ...] = ()
        self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_breakdown(self, breakdown: Breakdown) -> None:
        """Draw these figures."""
        self._cells = breakdown.cells
        self._current = -1
        self.setAccessibleName(breakdown.title)
        self.setAccessibleDescription(" ; ".join(told(cell, self._words) for cell in self._cells))
        self.updateGeometry()
        self.update()

    def current(self) -> Cell | None:
        """The cell that is pointed at."""
        return self._cells[self._current] if 0 <= self._current < len(self._cells) else None

    def marks(self) -> list[Mark]:
        """Every cell with its slot, in order."""
        raise NotImplementedError

    def hasHeightForWidth(self) -> bool:
        """Labels wrap, so a narrow chart is higher."""
        return True

    def sizeHint(self) -> QSize:
        """A width to start from; the layout decides."""
        width = self._theme.size(360)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """What stays readable."""
        return QSize(self._theme.size(220), self._theme.size(60))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the mark under the mouse."""
        self._point(self._at(event.position()), aloud=False)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        self._point(-1, aloud=False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Point at nothing."""
        self._point(-1, aloud=False)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End go from mark to mark; Escape lets go."""
        last = len(self._cells) - 1
        places = {
            Qt.Key.Key_Right: self._current + 1,
            Qt.Key.Key_Down: self._current + 1,
            Qt.Key.Key_Left: self._current - 1 if self._current > 0 else 0,
            Qt.Key.Key_Up: self._current - 1 if self._current > 0 else 0,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._current >= 0:
            self._point(-1, aloud=False)
        elif key in places:
            self._point(min(places[key], last), aloud=True)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Answer a tooltip with the line of the mark."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._at(QPointF(event.pos()))
            text = told(self._cells[place], self._words) if place >= 0 else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the marks, and the focus around all or around the current one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.accent, 2))
        if self.hasFocus():
            marks = self.marks()
            slot = marks[self._current].slot if 0 <= self._current < len(marks) else QRectF(self.rect())
            painter.drawRoundedRect(slot.adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def draw(self, painter: QPainter) -> None:
        """Draw the marks."""
        raise NotImplementedError

    def _at(self, position: QPointF) -> int:
        return next((place for place, mark in enumerate(self.marks()) if mark.slot.contains(position)), -1)

    def _point(self, place: int, *, aloud: bool) -> None:
        if place == self._current:
            return
        self._current = place
        cell = self.current()
        text = told(cell, self._words) if cell else ""
        self.pointed.emit(text)
        if aloud and text:
            announce(self, text)
        self.update()

    def _most(self) -> int:
        return max((cell.inquiries or 0 for cell in self._cells), default=0) or 1

    def _fill(self, painter: QPainter, place: int, mark: QRectF) -> None:
        """Paint one mark: full where it is known, hatched where it is hidden."""
        radius = min(4.0, mark.width() / 3, mark.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._cells[place].inquiries is not None:
            others = 0 <= self._current != place
            painter.setBrush(_blend(self._theme.accent, self._theme.sheet, 0.45 if others else 0))
            painter.drawRoundedRect(mark, radius, radius)
            return
        painter.setBrush(self._theme.accent_pale)
        painter.drawRoundedRect(mark, radius, radius)
        shade = _blend(self._theme.accent, self._theme.sheet, 0.35)
        painter.setBrush(QBrush(shade, Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(mark, radius, radius)

    def _metrics(self, pixels: float, weight: int = 400) -> QFontMetricsF:
        return QFontMetricsF(self._theme.font(pixels, weight), self)


def _blend(colour: QColor, ground: QColor, share: float) -> QColor:
    """The colour with a share of the ground in it: a shade of the one colour."""
    mixed = (round(a * (1 - share) + b * share) for a, b in zip(_rgb(colour), _rgb(ground), strict=True))
    return QColor(*mixed)


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()
