"""Every command by name (Ctrl+K): type a few letters, Enter does it. Laid over the window, not a box in its way."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from pointinfo.directory import text
from pointinfo.i18n import Words
from pointinfo_ui.commands import Command, key_words
from pointinfo_ui.overlay import Overlay
from pointinfo_ui.rows import ROW_ROLE, RowText, list_rows
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


class CommandsModel(QAbstractListModel):
    """The commands whose text has every typed word."""

    def __init__(self, commands: tuple[Command, ...], words: Words) -> None:
        super().__init__()
        self._words = words
        self._all = commands
        self._shown = commands

    def narrow(self, typed: str) -> None:
        """Keep the commands that fit what is typed."""
        wanted = text.query_words(typed)
        self.beginResetModel()
        self._shown = tuple(
            command
            for command in self._all
            if all(any(word.startswith(want) for word in text.words(command.text)) for want in wanted)
        )
        self.endResetModel()

    def command(self, row: int) -> Command | None:
        """The command in a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        command = self.command(index.row()) if index.isValid() else None
        if command is None:
            return None
        keys = key_words(command.keys, self._words)
        if role == Qt.ItemDataRole.DisplayRole:
            return command.text
        if role == ROW_ROLE:
            return RowText(command.text, state=keys)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{command.text}. {keys}"
        return None


class Palette(Overlay):
    """Opens with the focus on its line; Escape or a click elsewhere closes it."""

    def __init__(
        self,
        over: QWidget,
        commands: tuple[Command, ...],
        words: Words,
        theme: Theme,
        perform: Callable[[Command], None],
    ) -> None:
        _ = words.gettext
        super().__init__(over, _("Toutes les commandes"), theme, 560, 460)
        self._perform = perform
        self.body.setContentsMargins(12, 12, 12, 12)
        self.body.setSpacing(8)
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Que voulez-vous faire ?"))
        self.line.setAccessibleName(_("Commande à chercher"))
        self.model = CommandsModel(commands, words)
        self.list = QListView()
        list_rows(self.list, self.model, theme, _("Commandes"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.body.addWidget(self.line)
        self.body.addWidget(self.list)
        self.stops = [self.line]
        self.line.textChanged.connect(self._narrow)
        self.line.returnPressed.connect(self._run)
        self.line.installEventFilter(self)
        self.list.clicked.connect(lambda _index: self._run())

    def open(self) -> None:
        """Show every command."""
        self.line.clear()
        self._narrow("")
        super().open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows choose in the list; the focus going elsewhere closes."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step:
                self._choose(self.list.currentIndex().row() + step)
                return True
        if watched is self.line and event.type() == QEvent.Type.FocusOut and self.window().isActiveWindow():
            self.hide()
        return super().eventFilter(watched, event)

    def _narrow(self, typed: str) -> None:
        self.model.narrow(typed)
        self._choose(0)

    def _choose(self, row: int) -> None:
        last = self.model.rowCount() - 1
        if last >= 0:
            self.list.setCurrentIndex(self.model.index(min(max(row, 0), last), 0))

    def _run(self) -> None:
        command = self.model.command(self.list.currentIndex().row())
        self.shut()
        if command is not None:
            self._perform(command)
