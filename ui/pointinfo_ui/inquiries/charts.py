"""Charts of a breakdown, painted in one colour: columns for what has an order, bars for what has names.

Each can be read without seeing it: its description tells the figures, the arrow keys go from mark to mark.
"""

from typing import NamedTuple

from babel.dates import format_date
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
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
from pointinfo.inquiries.statistics import Breakdown, Cell, as_date
from pointinfo_ui.theme import Theme

WRAP = int(Qt.TextFlag.TextWordWrap)
ABOVE = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
BELOW = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop) | WRAP
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
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
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


class Bars(Chart):
    """Lying bars, the name before and the value behind; a long name takes two lines."""

    def heightForWidth(self, width: int) -> int:
        """As high as its rows."""
        return round(sum(self._row_heights(width))) or self._theme.size(30)

    def marks(self) -> list[Mark]:
        """Slots one under the other."""
        top, marks = 0.0, []
        for cell, height in zip(self._cells, self._row_heights(self.width()), strict=True):
            marks.append(Mark(cell, QRectF(0, top, self.width(), height)))
            top += height
        return marks

    def draw(self, painter: QPainter) -> None:
        """Draw names, bars and values."""
        gap = self._theme.size(14)
        names, values = self._name_width(self.width()), self._value_width()
        start = names + gap
        room = max(10.0, self.width() - start - values - gap)
        for place, (cell, slot) in enumerate(self.marks()):
            painter.setFont(self._theme.font(14))
            painter.setPen(self._theme.ink)
            name = QRectF(self._theme.size(4), slot.top(), names, slot.height())
            painter.drawText(name, BESIDE | WRAP, cell.label)
            count = cell.inquiries
            length = float(self._theme.size(44)) if count is None else room * count / self._most()
            thick = self._theme.size(16)
            bar = QRectF(start, slot.center().y() - thick / 2, max(3.0, length), thick)
            if count == 0:
                painter.fillRect(QRectF(start, bar.top(), 2, thick), self._theme.line)
            else:
                self._fill(painter, place, bar)
            painter.setFont(self._theme.font(14, 600 if count else 400))
            painter.setPen(self._theme.ink if count else self._theme.soft)
            behind = QRectF(self.width() - values, slot.top(), values, slot.height())
            painter.drawText(behind, BESIDE, figure(count, self._words))

    def _row_heights(self, width: int) -> list[float]:
        room, metrics = self._name_width(width), self._metrics(14)
        box = QRectF(0, 0, room, 999)
        rows = (metrics.boundingRect(box, BESIDE | WRAP, cell.label) for cell in self._cells)
        return [max(float(self._theme.size(32)), row.height() + self._theme.size(10)) for row in rows]

    def _name_width(self, width: int) -> float:
        metrics = self._metrics(14)
        widest = max((metrics.horizontalAdvance(cell.label) for cell in self._cells), default=0.0)
        return min(widest + self._theme.size(8), width * 0.42)

    def _value_width(self) -> float:
        metrics = self._metrics(14, 600)
        texts = (figure(cell.inquiries, self._words) for cell in self._cells)
        return max((metrics.horizontalAdvance(text) for text in texts), default=0.0) + self._theme.size(6)


def _short(cell: Cell, words: Words) -> str:
    """A label for a narrow column: the day's number, the month's or week day's first letters."""
    day = as_date(cell.code)
    if day is not None:
        return str(day.day) if cell.code.count("-") == 2 else format_date(day, "LLL", locale=words.language)
    return cell.label if cell.label[:1].isdigit() else f"{cell.label[:2]}." if cell.code else "–"


def _blend(colour: QColor, ground: QColor, share: float) -> QColor:
    """The colour with a share of the ground in it: a shade of the one colour."""
    mixed = (round(a * (1 - share) + b * share) for a, b in zip(_rgb(colour), _rgb(ground), strict=True))
    return QColor(*mixed)


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()
