"""The hours of a day: open, closed, or open while nothing could be noted; an hour a cell, changed by one key."""

from datetime import date
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pointinfo.desk import Desk
from pointinfo.errors import PointInfoError
from pointinfo.inquiries.day_log import CLOSED, OPEN, STATES, UNLOGGED, UNSAID
from pointinfo_ui.commands import key_words
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, label
from pointinfo_ui.messages import announce
from pointinfo_ui.theme import Theme

FIRST, LAST = 6, 21
"""The hours that are shown: nobody stands at a counter at night."""
SPLIT: Final = 2


class HoursBar(QWidget):
    """A cell an hour. Arrows choose one, Space changes it, O, F, X and ? say what it was. Says `edited`."""

    edited = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk, self._theme = desk, theme
        self.hours = UNSAID * 24
        self._at = 9
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fill(self, hours: str) -> None:
        """Show other hours."""
        self.hours = hours
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.size(420), self._theme.size(44))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.size(300), self._theme.size(44))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go through the hours; a letter says what one was and goes on."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        letters = {"o": OPEN, "f": CLOSED, "c": CLOSED, "x": UNLOGGED, "?": UNSAID}
        if step and not event.modifiers():
            self._move(step)
        elif event.key() == Qt.Key.Key_Space:
            self._say(STATES[(STATES.index(self.hours[self._at]) + 1) % len(STATES)])
        elif (
            state := letters.get(event.text().lower())
        ) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._say(state)
            self._move(1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses an hour, another one changes it."""
        hour = self._hour_at(event.position().toPoint())
        if hour == self._at and self.hasFocus():
            self._say(STATES[(STATES.index(self.hours[hour]) + 1) % len(STATES)])
        self._at = hour
        self._describe()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Open is filled, closed empty, not to be noted hatched, not said a question mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        wide = self.width() / (LAST - FIRST + 1)
        painter.setFont(theme.font(12))
        label_height = painter.fontMetrics().height()
        for place, hour in enumerate(range(FIRST, LAST + 1)):
            left = (
                self.width() - (place + 1) * wide
                if self.layoutDirection() == Qt.LayoutDirection.RightToLeft
                else place * wide
            )
            cell = QRectF(left + 1.5, 2, wide - 3, self.height() - label_height - 4)
            state = self.hours[hour]
            painter.setPen(QPen(theme.line, 1))
            painter.setBrush(theme.open_pale if state == OPEN else theme.sheet)
            painter.drawRoundedRect(cell, 4, 4)
            if state == UNLOGGED:
                painter.setBrush(QBrush(theme.soon, Qt.BrushStyle.BDiagPattern))
                painter.drawRoundedRect(cell, 4, 4)
            sign = {OPEN: "✓", CLOSED: "–", UNSAID: "?", UNLOGGED: ""}[state]
            painter.setPen(theme.open if state == OPEN else theme.soft)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, sign)
            if self.hasFocus() and hour == self._at:
                painter.setPen(QPen(theme.accent, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(cell, 4, 4)
            if place % SPLIT == 0 or wide > label_height * 1.6:
                painter.setPen(theme.soft)
                below = QRectF(left, self.height() - label_height, wide, label_height)
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(hour))

    def _hour_at(self, point: QPoint) -> int:
        place = int(point.x() / (self.width() / (LAST - FIRST + 1)))
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place = LAST - FIRST - place
        return min(max(FIRST + place, FIRST), LAST)

    def _move(self, step: int) -> None:
        self._at = min(max(self._at + step, FIRST), LAST)
        self._describe()
        announce(self, self.accessibleDescription())
        self.update()

    def _say(self, state: str) -> None:
        self.hours = self.hours[: self._at] + state + self.hours[self._at + 1 :]
        self._describe()
        announce(self, self.accessibleDescription())
        self.update()
        self.edited.emit()

    def _describe(self) -> None:
        _ = self._desk.words.gettext
        words = {
            OPEN: _("ouvert"),
            CLOSED: _("fermé"),
            UNLOGGED: _("ouvert, saisie impossible"),
            UNSAID: _("non précisé"),
        }
        self.setAccessibleDescription(_("{hour} h : {state}").format(hour=self._at, state=words[self.hours[self._at]]))


class HoursStrip(QWidget):
    """The hours of the shown day with what keeps them. Says `changed` once they are kept, `said` with a sentence."""

    changed = Signal()
    said = Signal(str)
    editing = Signal(bool)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._day = date.min
        _ = desk.words.gettext
        outer = column(self, margins=0, spacing=4)
        line = QHBoxLayout()
        line.setSpacing(12)
        self._title = label("", "label", wrap=False)
        line.addWidget(self._title)
        self.bar = HoursBar(desk, theme)
        self.bar.setAccessibleName(_("Heures d’ouverture du jour"))
        self.bar.edited.connect(self._show_edited)
        line.addWidget(self.bar, 1)
        self._key = label(key_words("Ctrl+H", desk.words), "meta", wrap=False)
        line.addWidget(self._key)
        outer.addLayout(line)
        self.keep = button(_("Enregistrer les heures"), "primary", _("Entrée"))
        self.keep.clicked.connect(self.save)
        self._closed = button(_("Fermé tout le jour"), "plain")
        self._closed.clicked.connect(lambda: self._set(CLOSED * 24))
        self._expected = button(_("Horaire habituel"), "plain")
        self._expected.clicked.connect(lambda: self._set(desk.day_logs.expected(self._day)))
        self._leave = button(_("Abandonner"), "quiet", _("Échap"))
        self._leave.clicked.connect(self.leave)
        self._help = label(_("Espace change l’heure · O ouvert · F fermé · X ouvert, saisie impossible"), "meta")
        self._acts = flowing(self.keep, self._closed, self._expected, self._leave)
        outer.addWidget(self._help)
        outer.addWidget(self._acts)
        self._editing(False)

    def show_day(self, day: date) -> None:
        """Show what a day was; what is being changed of the same day stays."""
        if day == self._day and self._acts.isVisibleTo(self):
            return
        self._day = day
        logged = self._desk.day_logs.day(day)
        _ = self._desk.words.gettext
        self._title.setText(_("Ouvert") if logged.said else _("Ouvert (prévu)"))
        self.bar.fill(logged.hours)
        self._editing(False)

    def edit(self) -> None:
        """Put the focus on the hours."""
        self._editing(True)
        self.bar.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save(self) -> None:
        """Keep what the day was."""
        _ = self._desk.words.gettext
        try:
            self._desk.day_logs.keep(self._day, self.bar.hours)
        except PointInfoError as error:
            self.said.emit(str(error))
            return
        self.leave()
        self.said.emit(_("Heures du jour enregistrées."))
        self.changed.emit()

    def leave(self) -> None:
        """Back to what is kept."""
        self._editing(False)
        self.show_day(self._day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Escape gives up."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        elif event.key() == Qt.Key.Key_Escape and self._acts.isVisibleTo(self):
            self.leave()
        else:
            super().keyPressEvent(event)

    def _set(self, hours: str) -> None:
        self.bar.fill(hours)
        self._show_edited()

    def _show_edited(self) -> None:
        self._editing(True)

    def _editing(self, on: bool) -> None:
        self._acts.setVisible(on)
        self._help.setVisible(on)
        self._key.setVisible(not on)
        self.editing.emit(on)
