"""A table as a chart: the drawing, and what every chart has: the pointer, the keys and the words.

Each can be read without seeing it: its description tells the figures, the arrow keys go from mark to mark, Enter or a
click takes one.
"""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from pointinfo.i18n import Words
from pointinfo.inquiries import codes
from pointinfo.inquiries.overview import DEMAND
from pointinfo.inquiries.report_tables import Line, Table, said
from pointinfo_ui.inquiries.drawing import WHOLE_LINE, Drawing, Mark
from pointinfo_ui.messages import announce
from pointinfo_ui.theme import Theme


def told(table: Table, line: int, column: int, words: Words) -> str:
    """One cell as a sentence: «Lundi, 9 h : 23 demandes»; with `WHOLE_LINE` what was asked and not met."""
    _ = words.gettext
    here = table.lines[line]
    if column == WHOLE_LINE:
        kept = [n for n, each in enumerate(table.columns) if each.code in (DEMAND, *codes.UNMET)]
        few = table._replace(columns=tuple(table.columns[n] for n in kept))
        return line_told(few, here._replace(figures=tuple(here.figures[n] for n in kept)), words)
    head = table.columns[column]
    label = f"{here.label}, {head.label}" if head.code else here.label
    figure = here.figures[column]
    if figure is None:
        return _("{label} : {hidden}").format(label=label, hidden=said(None, words))
    inquiries = words.ngettext("{n} demande", "{n} demandes", figure).format(n=said(figure, words))
    return _("{label} : {inquiries}").format(label=label, inquiries=inquiries)


def line_told(table: Table, line: Line, words: Words) -> str:
    """A line as a sentence: «Logement : demandes 40, répondu sur place 23, …»."""
    _ = words.gettext
    if len(table.columns) == 1 and line in table.lines:
        return told(table, table.lines.index(line), 0, words)
    cells = zip(table.columns, line.figures, strict=True)
    return _("{label} : {figures}").format(
        label=line.label, figures=", ".join(f"{column.label} {said(figure, words)}" for column, figure in cells)
    )


class Chart(QWidget):
    """A drawn table; `drawing` is how. `pointed` says the mark under the pointer or the arrow keys, "" for none;
    `chosen` the code of the line that was clicked or entered."""

    pointed = Signal(str)
    chosen = Signal(str)

    def __init__(self, drawing: Drawing, theme: Theme, words: Words) -> None:
        super().__init__()
        self._drawing = drawing
        self._theme = theme
        self._words = words
        self._table: Table | None = None
        self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_table(self, table: Table) -> None:
        """Draw these figures."""
        self._table = table
        self._current = -1
        self.setAccessibleName(table.title)
        self.setAccessibleDescription(" ; ".join(line_told(table, line, self._words) for line in table.lines))
        self.updateGeometry()
        self.update()

    def sentence(self) -> str:
        """What is pointed at, "" for nothing."""
        marks = self.marks()
        if self._table is None or not 0 <= self._current < len(marks):
            return ""
        return told(self._table, marks[self._current].line, marks[self._current].column, self._words)

    def marks(self) -> list[Mark]:
        """Every mark with its slot, in order."""
        return self._drawing.marks(self._table, self.size()) if self._table else []

    def hasHeightForWidth(self) -> bool:
        """Labels wrap, so a narrow chart is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as it is drawn."""
        return self._drawing.height(self._table, width) if self._table else self._theme.size(60)

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

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the mark under the mouse."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._point(self._at(event.position()), aloud=False)
            self._choose()

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        self._point(-1, aloud=False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Point at nothing."""
        self._point(-1, aloud=False)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End go from mark to mark; Enter takes one."""
        last = len(self.marks()) - 1
        row = self._drawing.across(self._table) if self._table else 1
        here = self._current
        places = {
            Qt.Key.Key_Right: here + 1,
            Qt.Key.Key_Down: here + row if 0 <= here <= last - row else here if here > 0 and row > 1 else here + 1,
            Qt.Key.Key_Left: max(0, here - 1),
            Qt.Key.Key_Up: here - row if here >= row else max(0, here) if row > 1 else 0,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here >= 0:
            self._choose()
        elif key in places:
            self._point(min(places[key], last), aloud=True)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Answer a tooltip with the sentence of the mark."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._point(self._at(QPointF(event.pos())), aloud=False)
            QToolTip.showText(event.globalPos(), self.sentence(), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the marks, and the focus around all or around the current one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._table is not None:
            self._drawing.draw(painter, self._table, self.size(), self._current)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.accent, 2))
        if self.hasFocus():
            marks = self.marks()
            slot = marks[self._current].slot if 0 <= self._current < len(marks) else QRectF(self.rect())
            painter.drawRoundedRect(slot.adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _at(self, position: QPointF) -> int:
        return next((place for place, mark in enumerate(self.marks()) if mark.slot.contains(position)), -1)

    def _choose(self) -> None:
        marks = self.marks()
        if self._table is not None and 0 <= self._current < len(marks):
            self.chosen.emit(self._table.lines[marks[self._current].line].code)

    def _point(self, place: int, *, aloud: bool) -> None:
        if place == self._current:
            return
        self._current = place
        text = self.sentence()
        self.pointed.emit(text)
        if aloud and text:
            announce(self, text)
        self.update()
