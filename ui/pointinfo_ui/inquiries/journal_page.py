"""The journal page: the day's inquiries, tally, the day sheet, what is missing; one part at a time behind chips."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QListView, QPushButton, QStackedWidget, QWidget

from pointinfo.desk import Desk
from pointinfo_ui.commands import key_words
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column
from pointinfo_ui.inquiries.day_view import DayView
from pointinfo_ui.inquiries.journal_model import JournalModel
from pointinfo_ui.inquiries.offers_view import OffersView
from pointinfo_ui.inquiries.part import Part
from pointinfo_ui.inquiries.sheet_view import SheetView
from pointinfo_ui.inquiries.tally_view import TallyView
from pointinfo_ui.note_form import NoteForm
from pointinfo_ui.theme import Theme


class JournalPage(QWidget):
    """Says `changed` after each change on disk. `channel` is what is pinned at the counter."""

    changed = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, channel: Callable[[], str] = lambda: "counter") -> None:
        super().__init__()
        self.setObjectName("page")
        _ = desk.words.gettext
        self.day_view = DayView(desk, theme)
        self.tally_view = TallyView(desk, theme)
        self.tally_view.channel = channel
        self.sheet_view = SheetView(desk, theme)
        self.offers_view = OffersView(desk, theme)
        self._parts: dict[str, Part] = {
            "day": self.day_view,
            "tally": self.tally_view,
            "sheet": self.sheet_view,
            "offers": self.offers_view,
        }
        titles = {
            "day": _("Demandes"),
            "tally": _("Pointage"),
            "sheet": _("Feuille du jour"),
            "offers": _("Offres manquantes"),
        }
        group = QButtonGroup(self)
        self._chips: dict[str, QPushButton] = {}
        self._stack = QStackedWidget()
        for number, (name, part) in enumerate(self._parts.items(), 1):
            chip = button(titles[name], "chip", key_words(f"Alt+{number}", desk.words))
            chip.setCheckable(True)
            chip.clicked.connect(self._turner(name))
            group.addButton(chip)
            self._chips[name] = chip
            part.changed.connect(self.changed)
            part.said.connect(self.said)
            self._stack.addWidget(part)
        self._chips["day"].setChecked(True)
        outer = column(self, margins=24, spacing=14)
        outer.addWidget(flowing(*self._chips.values(), gap=6))
        outer.addWidget(self._stack, 1)

    # What the commands do

    def show_part(self, name: str) -> None:
        """Turn to a part; it shows the present."""
        self._chips[name].setChecked(True)
        self._stack.setCurrentWidget(self._parts[name])
        self._parts[name].enter()

    def previous_day(self) -> None:
        """Turn to the day before."""
        self._show_day().step(-1)

    def next_day(self) -> None:
        """Turn to the day after."""
        self._show_day().step(1)

    def edit_hours(self) -> None:
        """Say when the counter was open on the shown day."""
        self._show_day().hours.edit()

    def amend_inquiry(self) -> None:
        """Put the focus on the chosen inquiry's first field."""
        self._show_day().amend_inquiry()

    def void_inquiry(self) -> None:
        """Take the chosen inquiry out of the counts, or give it back."""
        self._show_day().void_inquiry()

    def save_amendment(self) -> None:
        """Keep what was typed in the part that is shown."""
        self._shown.save()

    def leave_form(self) -> None:
        """Back to the list; a correction that is not saved is forgotten."""
        self.day_view.leave_form()

    def print_paper(self) -> None:
        """Save the paper sheet for outreach work."""
        if self._shown is not self.sheet_view:
            self.show_part("sheet")
        self.sheet_view.print_paper()

    def undo(self) -> bool:
        """Take back the last act of the part that is shown; False when there is none."""
        return self._shown.undo()

    @property
    def undoes_first(self) -> bool:
        """Whether the last act here comes before what a field could undo."""
        return self._shown.undoes_first

    @property
    def is_edited(self) -> bool:
        """Whether something is typed that closing would lose."""
        return any(part.is_edited for part in self._parts.values())

    def enter(self) -> None:
        """Show the part that was shown last, as things stand now."""
        self._shown.enter()

    def refresh(self) -> None:
        """Read the shown part anew."""
        self._shown.refresh()

    def show_what_is_edited(self) -> None:
        """Turn to the part that holds what is not saved."""
        name = next((name for name, part in self._parts.items() if part.is_edited), "day")
        if self._parts[name] is not self._shown:
            self.show_part(name)

    # The day's inquiries

    @property
    def list(self) -> QListView:
        """The day's inquiries."""
        return self.day_view.list

    @property
    def form(self) -> NoteForm:
        """The chosen inquiry's fields."""
        return self.day_view.form

    @property
    def model(self) -> JournalModel:
        """The day's rows."""
        return self.day_view.model

    @property
    def day(self) -> QLabel:
        """How busy the day was."""
        return self.day_view.day

    @property
    def save_button(self) -> QPushButton:
        """What keeps a correction."""
        return self.day_view.save_button

    @property
    def _shown(self) -> Part:
        return cast("Part", self._stack.currentWidget())

    def _show_day(self) -> DayView:
        if self._shown is not self.day_view:
            self.show_part("day")
        return self.day_view

    def _turner(self, name: str) -> Callable[[bool], None]:
        return lambda _on: self.show_part(name)
