"""The directory page: its parts side by side behind one line of chips, each made when it is first turned to."""

from collections.abc import Callable
from typing import NamedTuple, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QWidget

from pointinfo.desk import Desk
from pointinfo.i18n import Words
from pointinfo_ui.background import Background
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.bulk_view import BulkView
from pointinfo_ui.directory.checks_view import ChecksView
from pointinfo_ui.directory.duplicates_view import DuplicatesView
from pointinfo_ui.directory.entries_view import EntriesView
from pointinfo_ui.directory.exchange_view import ExchangeView
from pointinfo_ui.directory.lists_view import ListsView
from pointinfo_ui.directory.proposals_view import ProposalsView
from pointinfo_ui.directory.quality_view import QualityView
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
    return (
        Part("entries", _("Fiches"), EntriesView),
        Part("checks", _("À vérifier"), ChecksView),
        Part("quality", _("Qualité"), QualityView),
        Part("proposals", _("Propositions"), ProposalsView),
        Part("duplicates", _("Doublons"), DuplicatesView),
        Part("exchange", _("Échanges"), ExchangeView),
        Part("lists", _("Listes"), ListsView),
        Part("bulk", _("En lot"), BulkView),
    )


class DirectoryPage(QWidget):
    """Says `changed` after entries changed on disk, `made` with the name of a part and the part when it is made."""

    changed = Signal()
    said = Signal(str)
    made = Signal(str, QWidget)

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
            self.made.emit(name, made)
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
        self._entries().open_entry(uid)

    def new_entry(self) -> None:
        """Begin a new entry."""
        self._entries().new_entry()

    def open_drafts(self) -> None:
        """What was typed and not saved: the one, or the list of them."""
        self._entries().open_drafts()

    def duplicate_entry(self) -> None:
        """Begin a new entry like the open one."""
        self._entries().duplicate_entry()

    def close_entry(self) -> None:
        """Take the open entry out of the answers, or put it back."""
        self._entries().close_entry()

    def show_history(self) -> None:
        """Every change of the open entry."""
        self._entries().show_history()

    def next_section(self) -> None:
        """To the next section of the open entry."""
        self._entries().step_section(1)

    def previous_section(self) -> None:
        """To the section before."""
        self._entries().step_section(-1)

    def save(self) -> None:
        """Keep what was typed in the part that is shown."""
        self.view(self._shown).save()

    def still_correct(self) -> None:
        """In the list of what is to be checked: the chosen entry is correct. From elsewhere: turn to that list."""
        checks = self._checks()
        if checks is not None:
            checks.still_correct()

    def correct_entry(self) -> None:
        """In the list of what is to be checked: open the chosen entry in the editor."""
        checks = self._checks()
        if checks is not None:
            checks.correct()

    def no_answer(self) -> None:
        """In the list of what is to be checked: the chosen entry comes back in some days."""
        checks = self._checks()
        if checks is not None:
            checks.no_answer()

    def type_sheet(self) -> None:
        """In the list of what is to be checked: type in a sheet that came back on paper."""
        checks = self._checks()
        if checks is not None:
            checks.type_sheet()

    def undo(self) -> None:
        """Take back the last act of the part that is shown."""
        if not self.view(self._shown).undo():
            _ = self._desk.words.gettext
            self.said.emit(_("Rien à annuler ici."))

    @property
    def undoes_first(self) -> bool:
        """Whether the last act of the part that is shown comes before what a field could undo."""
        return self._shown in self._views and self._views[self._shown].undoes_first

    @property
    def is_edited(self) -> bool:
        """Whether a part holds something that is not saved."""
        return any(view.is_edited for view in self._views.values())

    def _checks(self) -> ChecksView | None:
        """The list of what is to be checked where it is before the person, else None, and it is now."""
        if self._shown == "checks" and "checks" in self._views:
            return cast("ChecksView", self._views["checks"])
        self.show_view("checks")
        return None

    def _entries(self) -> EntriesView:
        if self._shown != "entries" or "entries" not in self._views:
            self.show_view("entries")
        return cast("EntriesView", self.view("entries"))

    def _turner(self, name: str) -> Callable[[bool], None]:
        return lambda _on: self.show_view(name)
