"""A month of an activity's meetings: what takes place, what is cancelled; a day is cancelled or given back by a key."""

from datetime import date, timedelta
from typing import Any, Final

from babel.dates import format_date, format_skeleton
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from pointinfo.clock import local_day
from pointinfo.desk import Desk
from pointinfo.directory import Schedule
from pointinfo.directory.hours.days import clock_words, span_words, weekday_names
from pointinfo.directory.sessions import Meeting, meetings
from pointinfo.i18n import region
from pointinfo_ui.forms import button, label
from pointinfo_ui.messages import announce
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
DAY_ROLE: Final = Qt.ItemDataRole.UserRole
MEETING_ROLE: Final = Qt.ItemDataRole.UserRole + 1
INSIDE_ROLE: Final = Qt.ItemDataRole.UserRole + 2
"""Whether the day is of the month itself, not of the weeks around it."""
WEEKS: Final = 6


class MonthModel(QAbstractTableModel):
    """Six weeks from the Monday before the first of a month."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.month = local_day(desk.clock()).replace(day=1)
        self._schedule: Schedule | None = None
        self._meetings: dict[date, Meeting] = {}

    def show(self, month: date, schedule: Schedule | None) -> None:
        """Show the month of a day, with the meetings of a schedule."""
        self.beginResetModel()
        self.month, self._schedule = month.replace(day=1), schedule
        first = self.day(0, 0)
        last = first + timedelta(days=7 * WEEKS - 1)
        found = (
            meetings([schedule], first, last, self._desk.directory.calendar, cancelled=True)
            if schedule is not None
            else []
        )
        self._meetings = {meeting.day: meeting for meeting in found}
        self.endResetModel()

    def day(self, week: int, weekday: int) -> date:
        """The day in a cell."""
        monday = self.month - timedelta(days=self.month.weekday())
        return monday + timedelta(days=7 * week + weekday)

    def place(self, day: date) -> QModelIndex:
        """The cell of a day of this month."""
        distance = (day - self.day(0, 0)).days
        return self.index(distance // 7, distance % 7)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else WEEKS

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 7

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < 7:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return weekday_names(self._desk.words, short=True)[section]
        return weekday_names(self._desk.words)[section] if role == Qt.ItemDataRole.AccessibleTextRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        day = self.day(index.row(), index.column())
        meeting = self._meetings.get(day)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(day.day)
        if role == DAY_ROLE:
            return day
        if role == MEETING_ROLE:
            return meeting
        if role == INSIDE_ROLE:
            return day.month == self.month.month
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.sentence(day)
        if role == Qt.ItemDataRole.ToolTipRole and meeting is not None:
            return self.sentence(day)
        return None

    def sentence(self, day: date) -> str:
        """A day read aloud: «mercredi 25 novembre 2026, séance 14:00–16:00»."""
        words = self._desk.words
        _ = words.gettext
        name = str(format_date(day, "full", locale=region(words.language)))
        meeting = self._meetings.get(day)
        if meeting is None:
            return _("{day}, pas de séance").format(day=name)
        hours = span_words(meeting.starts, meeting.ends, words) if meeting.ends else clock_words(meeting.starts)
        message = _("{day}, séance de {hours} annulée") if meeting.cancelled else _("{day}, séance {hours}")
        said = message.format(day=name, hours=hours)
        return (
            _("{state} ({remark})").format(state=said, remark=_("jour férié : à vérifier"))
            if meeting.doubtful and not meeting.cancelled
            else said
        )


class _DayDelegate(QStyledItemDelegate):
    """A day's number: on a pale ground where there is a meeting, struck through where it is cancelled."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        day: date = index.data(DAY_ROLE)
        meeting: Meeting | None = index.data(MEETING_ROLE)
        inside: bool = index.data(INSIDE_ROLE)
        cell = QRectF(option.rect).adjusted(2, 2, -2, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if meeting is not None and not meeting.cancelled:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent_pale)
            painter.drawRoundedRect(cell, 6, 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        held = meeting is not None and not meeting.cancelled
        painter.setFont(theme.font(13, 700 if held else 400))
        painter.setPen(theme.accent if held else theme.ink if inside and meeting is None else theme.soft)
        painter.setOpacity(1.0 if inside else 0.55)
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if meeting is not None and meeting.cancelled:
            middle, half = cell.center(), painter.fontMetrics().horizontalAdvance(str(day.day)) / 2 + 4
            painter.setPen(QPen(theme.stop, 1.6))
            painter.drawLine(QPointF(middle.x() - half, middle.y()), QPointF(middle.x() + half, middle.y()))
        painter.setOpacity(1.0)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.setPen(QPen(theme.accent, 2))
            painter.drawRoundedRect(cell, 6, 6)
        painter.restore()


class _Month(QTableView):
    """Says `asked` when a day is clicked or Space is pressed, `turned` by so many months."""

    asked = Signal(date)
    turned = Signal(int)

    def __init__(self, model: MonthModel, theme: Theme) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(_DayDelegate(theme, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setMinimumSectionSize(1)
        self.horizontalHeader().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        look = f"padding: 2px 0; border: none; font-weight: 400; font-size: {theme.size(12)}px;"
        self.horizontalHeader().setStyleSheet(f"QHeaderView::section {{ {look} }}")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedSize(QSize(theme.size(38) * 7, theme.size(32) * WEEKS + theme.size(28)))
        self.clicked.connect(lambda index: self.asked.emit(index.data(DAY_ROLE)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter ask, Page Up and Page Down turn the month; arrows go on past its edges."""
        key, here = event.key(), self.currentIndex()
        turns = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in turns:
            self.turned.emit(turns[Qt.Key(key)])
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and here.isValid():
            self.asked.emit(here.data(DAY_ROLE))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A day is always turned to."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))


class MonthView(QWidget):
    """The month, its name, and how to turn to another. Says `toggled` for a day with a meeting."""

    toggled = Signal(date)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        _ = desk.words.gettext
        self.model = MonthModel(desk)
        self.table = _Month(self.model, theme)
        self.table.setAccessibleDescription(
            _("Flèches : jour. Page haut, Page bas : mois. Espace : annuler la séance ou la rétablir.")
        )
        self._schedule: Schedule | None = None
        self._title = label("", "label", wrap=False)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        back, on = button("‹", "quiet"), button("›", "quiet")
        for turner, name, months in ((back, _("Mois précédent"), -1), (on, _("Mois suivant"), 1)):
            turner.setAccessibleName(name)
            turner.setToolTip(name)
            turner.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            turner.clicked.connect(lambda _on=False, step=months: self.turn(step))
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        for widget, stretch in ((back, 0), (self._title, 1), (on, 0)):
            head.addWidget(widget, stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.size(4))
        layout.addLayout(head)
        layout.addWidget(self.table)
        help_line = label(_("Espace ou clic : annuler ou rétablir · Page ↑↓ : mois"), "meta")
        help_line.setMaximumWidth(self.table.width())
        layout.addWidget(help_line)
        layout.addStretch(1)
        self.setFixedWidth(self.table.width())
        self.setFocusProxy(self.table)
        self.table.asked.connect(self._asked)
        self.table.turned.connect(self.turn)
        self.show_schedule(None)

    def show_schedule(self, schedule: Schedule | None) -> None:
        """Show the meetings of a schedule, in the month that is shown."""
        self._schedule = schedule
        self._show(self.model.month, self.table.currentIndex())

    def turn(self, months: int) -> None:
        """Go so many months on, to the same place in the grid."""
        number = self.model.month.year * 12 + self.model.month.month - 1 + months
        if 1900 * 12 < number < 2200 * 12:
            self._show(date(number // 12, number % 12 + 1, 1), self.table.currentIndex())
            announce(self.table, self._title.text())

    def _show(self, month: date, here: QModelIndex) -> None:
        row, column = (here.row(), here.column()) if here.isValid() else (0, 0)
        self.model.show(month, self._schedule)
        self.table.setCurrentIndex(self.model.index(row, column))
        name = str(format_skeleton("yMMMM", self.model.month, locale=region(self._desk.words.language)))
        self._title.setText(name)
        _ = self._desk.words.gettext
        self.table.setAccessibleName(_("Séances de {month}").format(month=name))

    def _asked(self, day: date) -> None:
        if self.model.data(self.model.place(day), MEETING_ROLE) is None:
            return
        self.toggled.emit(day)
        announce(self.table, self.model.sentence(day))
