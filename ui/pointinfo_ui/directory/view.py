"""What every part of the directory page is: it says things, asks for an entry, tells that entries changed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pointinfo.desk import Desk
from pointinfo_ui.background import Background
from pointinfo_ui.directory.author import Author
from pointinfo_ui.theme import Theme


class View(QWidget):
    """One part of the page. `asked_for` carries the uid of an entry to open in the editor."""

    said = Signal(str)
    asked_for = Signal(str)
    changed = Signal()

    def __init__(self, desk: Desk, theme: Theme, background: Background, author: Author) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self._background = background
        self._author = author
        self.setObjectName("page")

    @property
    def is_edited(self) -> bool:
        """Whether closing the window now would surprise the person."""
        return False

    def enter(self) -> None:
        """Show the present and take the focus."""

    @property
    def undoes_first(self) -> bool:
        """Whether the last act here comes before what a field could undo."""
        return False

    def save(self) -> None:
        """Keep what was typed here, where there is something to type."""

    def undo(self) -> bool:
        """Take back the last act made here, on disk too; whether there was one."""
        return False
