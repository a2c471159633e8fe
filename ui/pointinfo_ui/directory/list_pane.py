"""A list on a white sheet, and in its place a sentence where there is nothing to list."""

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStackedWidget, QVBoxLayout, QWidget

from pointinfo_ui.forms import column, label
from pointinfo_ui.rows import list_rows
from pointinfo_ui.theme import Theme

AT_ONCE = 40
"""Rows laid out before the list is shown; the others follow while nobody looks at them."""


class ListPane(QFrame):
    """Shows a model of `RowText` rows. Says `moved` when another row is current, `pressed` for each of `own_keys`."""

    moved = Signal()
    pressed = Signal(int)

    def __init__(self, model: QAbstractItemModel, theme: Theme, name: str, own_keys: tuple[Qt.Key, ...] = ()) -> None:
        super().__init__()
        self.setProperty("panel", True)
        self.model = model
        self.list = _Rows(own_keys)
        list_rows(self.list, model, theme, name)
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self.moved.emit())
        self.list.pressed_key.connect(self.pressed)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(2, 2, 2, 2)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        empty = QWidget()
        lines = column(empty, margins=28)
        self._heading, self._lead = label("", "heading"), label("", "lead")
        lines.addStretch(1)
        for line in (self._heading, self._lead):
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            lines.addWidget(line)
        lines.addStretch(2)
        self._stack.addWidget(empty)
        inside.addWidget(self._stack)

    def say_instead(self, heading: str, lead: str = "") -> None:
        """What stands here while the list is empty."""
        self._heading.setText(heading)
        self._lead.setText(lead)
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)

    def refresh(self, row: int = 0) -> None:
        """Show the list if there is one, with this row as the current one."""
        count = self.model.rowCount()
        self._stack.setCurrentIndex(0 if count else 1)
        if count:
            self.list.setCurrentIndex(self.model.index(min(max(row, 0), count - 1), 0))

    @property
    def row(self) -> int:
        """The current row, -1 for none."""
        return self.list.currentIndex().row()

    def take_focus(self) -> None:
        """Put the focus on the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Row heights follow the width."""
        super().resizeEvent(event)
        self.list.scheduleDelayedItemsLayout()


class _Rows(QListView):
    """The list itself; some keys are not its own."""

    pressed_key = Signal(int)

    def __init__(self, own_keys: tuple[Qt.Key, ...]) -> None:
        super().__init__()
        self._own_keys = own_keys
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(AT_ONCE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand some keys to whoever shows the list."""
        if event.key() in self._own_keys and not event.modifiers():
            self.pressed_key.emit(event.key())
        else:
            super().keyPressEvent(event)
