"""A breakdown as a chart: columns or bars, and what both have: the pointer, the keys and the words.

Each can be read without seeing it: its description tells the figures, the arrow keys go from mark to mark.
"""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
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
from pointinfo_ui.inquiries.drawing import Drawing, Mark
from pointinfo_ui.messages import announce
from pointinfo_ui.theme import Theme


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


class Chart(QWidget):
    """A drawn breakdown; `drawing` is how. `pointed` says the line under the pointer or the arrow keys, "" for none."""

    pointed = Signal(str)

    def __init__(self, drawing: Drawing, theme: Theme, words: Words) -> None:
        super().__init__()
        self._drawing = drawing
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
        return self._drawing.marks(self._cells, self.size())

    def hasHeightForWidth(self) -> bool:
        """Labels wrap, so a narrow chart is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as it is drawn."""
        return self._drawing.height(self._cells, width)

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
        self._drawing.draw(painter, self._cells, self.size(), self._current)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.accent, 2))
        if self.hasFocus():
            marks = self.marks()
            slot = marks[self._current].slot if 0 <= self._current < len(marks) else QRectF(self.rect())
            painter.drawRoundedRect(slot.adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

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
