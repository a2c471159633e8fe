"""The directory page: its parts side by side behind one line of chips, each made when it is first turned to."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QWidget

from pointinfo.desk import Desk
from pointinfo.i18n import Words
from pointinfo_ui.background import Background
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.exchange_view import ExchangeView
from pointinfo_ui.directory.view import View
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column
from pointinfo_ui.theme import Theme


class Part(NamedTuple):
    """One part of the page: its name in commands, its title, what makes it."""

    name: str
    title: str
    make: Callable[[Desk, Theme, Background, Author], View]


def parts(words: Words) -> tuple[Part, ...]:
    """The parts in the order of their chips and keys."""
    _ = words.gettext
    return (Part("exchange", _("Échanges"), ExchangeView),)


class DirectoryPage(QWidget):
    """Says `changed` after entries changed on disk."""

    changed = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, background: Background) -> None:
        super().__init__()
        self._desk, self._theme, self._background = desk, theme, background
        self.author = Author(desk)
        self.setObjectName("page")
        self._parts = {part.name: part for part in parts(desk.words)}
        self._views: dict[str, View] = {}
        self._chips: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for part in self._parts.values():
            chip = button(part.title, "chip")
            chip.setCheckable(True)
            chip.clicked.connect(self._turner(part.name))
            group.addButton(chip)
            self._chips[part.name] = chip
        outer = column(self, margins=24, spacing=14)
        outer.addWidget(flowing(*self._chips.values(), gap=6))
        self._stack = QStackedWidget()
        outer.addWidget(self._stack, 1)
        self._shown = next(iter(self._parts), "")

    def view(self, name: str) -> View:
        """The part of this name."""
        if name not in self._views:
            made = self._parts[name].make(self._desk, self._theme, self._background, self.author)
            made.said.connect(self.said)
            made.changed.connect(self.changed)
            made.asked_for.connect(self.open_entry)
            self._stack.addWidget(made)
            self._views[name] = made
        return self._views[name]

    def show_view(self, name: str) -> None:
        """Turn to a part; it shows the present."""
        self._shown = name
        view = self.view(name)
        self._stack.setCurrentWidget(view)
        self._chips[name].setChecked(True)
        view.enter()

    def enter(self) -> None:
        """Show the part that was shown last, as things stand now."""
        if self._shown:
            self.show_view(self._shown)

    def open_entry(self, uid: str) -> None:
        """Open an entry in the editor."""
        self.show_view("entries")
        self.view("entries").open_entry(uid)  # type: ignore[attr-defined]

    def undo(self) -> None:
        """Take back the last act of the part that is shown."""
        if not self.view(self._shown).undo():
            _ = self._desk.words.gettext
            self.said.emit(_("Rien à annuler ici."))

    @property
    def is_edited(self) -> bool:
        """Whether a part holds something that is not saved."""
        return any(view.is_edited for view in self._views.values())

    def _turner(self, name: str) -> Callable[[bool], None]:
        return lambda _on: self.show_view(name)
