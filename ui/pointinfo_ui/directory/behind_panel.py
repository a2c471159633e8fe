"""The entries behind a figure: why they are here, what to do, and the list; Enter opens one in the editor."""

from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStackedWidget, QVBoxLayout

from pointinfo.i18n import Words
from pointinfo_ui.forms import label
from pointinfo_ui.rows import ROW_ROLE, RowText, list_rows
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


class BehindModel(QAbstractListModel):
    """Entries by uid, each with its row."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[str, RowText]] = []

    def show(self, rows: list[tuple[str, RowText]]) -> None:
        """Show these entries."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def uid(self, row: int) -> str:
        """The entry in a row, "" where there is none."""
        return self._rows[row][0] if 0 <= row < len(self._rows) else ""

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()][1]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.heading
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.sentence()
        return None


class BehindPanel(QFrame):
    """Says `asked_for` with the uid of an entry to open."""

    asked_for = Signal(str)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._words = words
        _ = words.gettext
        self.setProperty("panel", True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2, 2, 2, 2)
        outer.setSpacing(0)
        self._title, self._why, self._remedy = label("", "heading"), label("", "body"), label("", "lead")
        for line, below in ((self._title, 6), (self._why, 6), (self._remedy, 8)):
            line.setContentsMargins(16, 14 if line is self._title else 0, 16, below)
            outer.addWidget(line)
        self.model = BehindModel()
        self.list = QListView()
        list_rows(self.list, self.model, theme, _("Fiches derrière ce chiffre"))
        self.list.activated.connect(lambda index: self.asked_for.emit(self.model.uid(index.row())))
        self._empty = label("", "lead")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(28, 28, 28, 28)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        outer.addWidget(self._stack, 1)
        self.say(_("Choisissez une barre ou une contradiction : ses fiches s’affichent ici. Entrée en ouvre une."))

    def say(self, sentence: str) -> None:
        """A sentence in place of the list."""
        for line in (self._title, self._why, self._remedy):
            line.hide()
        self._empty.setText(sentence)
        self._stack.setCurrentWidget(self._empty)

    def show_rows(self, title: str, rows: list[tuple[str, RowText]], why: str = "", remedy: str = "") -> None:
        """The entries, with what they have in common; the first one has the focus."""
        for line, text in ((self._title, title), (self._why, why), (self._remedy, remedy)):
            line.setText(text)
            line.setVisible(bool(text))
        self.model.show(rows)
        self._stack.setCurrentWidget(self.list)
        if rows:
            self.list.setCurrentIndex(self.model.index(0, 0))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Row heights follow the width."""
        super().resizeEvent(event)
        self.list.scheduleDelayedItemsLayout()
