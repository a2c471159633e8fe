"""Where things stand in the window: the rail, the pages, the line at the foot, and what is laid over them."""

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo_ui.commands import Command, commands
from pointinfo_ui.foot import Foot
from pointinfo_ui.help.cheat_sheet import CheatSheet
from pointinfo_ui.help.handbook import Handbook
from pointinfo_ui.overlay import Overlay
from pointinfo_ui.palette import Palette
from pointinfo_ui.rail import Rail
from pointinfo_ui.theme import Theme


class Frame(QMainWindow):
    """The parts of the window. What they do is the window's."""

    def __init__(self, desk: Desk, theme: Theme, perform: Callable[[Command], None]) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self._perform = perform
        self.commands = commands(desk.words)
        self._lay_out()

    # What is laid over the pages, made when first asked for

    @cached_property
    def palette_view(self) -> Palette:
        """Every command by name."""
        return Palette(self._whole, self.commands, self._desk.words, self._theme, self._perform)

    @cached_property
    def cheat_sheet(self) -> CheatSheet:
        """The keys on one page."""
        return CheatSheet(self._whole, self.commands, self._desk.words, self._theme)

    @cached_property
    def handbook(self) -> Handbook:
        """How everything works, on a few pages."""
        return Handbook(self._whole, self._desk.words, self._theme)

    def show_palette(self) -> None:
        """Every command by name."""
        self.palette_view.open()

    def show_handbook(self) -> None:
        """How everything works, on a few pages."""
        self.handbook.open()

    def show_keys(self) -> None:
        """The keys on one page."""
        self.cheat_sheet.open()

    def shut_overlays(self) -> None:
        """What lies over the window goes."""
        for laid in self._whole.findChildren(Overlay, options=Qt.FindChildOption.FindDirectChildrenOnly):
            laid.hide()

    def _lay_out(self) -> None:
        self._rail = Rail(self._desk.words, self._theme)
        self._stack = QStackedWidget()
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        self._foot = Foot(self._desk, self._theme)
        right.addWidget(self._foot)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)
        self._whole = whole
