"""The one window: its pages, and the commands wired to what they do."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar, cast

from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QWidget,
)

from pointinfo.desk import Desk
from pointinfo.errors import PointInfoError
from pointinfo.inquiries import Note
from pointinfo_ui.background import Background
from pointinfo_ui.commands import Command, Page, key_words, wire
from pointinfo_ui.counter.page import CounterPage
from pointinfo_ui.directory.page import DirectoryPage
from pointinfo_ui.frame import Frame
from pointinfo_ui.inquiries.journal_page import JournalPage
from pointinfo_ui.inquiries.statistics_page import StatisticsPage
from pointinfo_ui.last_acts import LastActs, UndoKey
from pointinfo_ui.messages import Toast
from pointinfo_ui.settings.page import SettingsPage
from pointinfo_ui.theme import Theme

SURE_WITHIN = timedelta(seconds=10)
"""Whoever closes the window twice within this time means it."""

P = TypeVar("P", bound=QWidget)


class Window(Frame):
    """Everything an open counter shows. `restyle` is asked for when the settings change the look."""

    def __init__(self, desk: Desk, theme: Theme, background: Background, restyle: Callable[[], None]) -> None:
        super().__init__(desk, theme, self.perform)
        self._restyle = restyle
        self._asked_to_close: datetime | None = None
        _ = desk.words.gettext
        self.setWindowTitle(desk.settings.counter_name or "PointInfo")
        self._background = background
        self._rail.turned.connect(self.show_page)
        self.toast = Toast(self._whole, self._foot)
        self.last_acts = LastActs(desk, self.toast, self._day_changed)
        wire(self.commands, "", self, self.perform)
        undo_key = UndoKey(self, self._undoes_first)
        cast("QApplication", QApplication.instance()).focusChanged.connect(undo_key.watch)
        self.show_page("counter")
        room = QGuiApplication.primaryScreen().availableSize()
        self.resize(min(1440, room.width()), min(900, room.height()))
        self.setMinimumSize(640, 480)

    # The pages, each made when it is first turned to

    @cached_property
    def counter(self) -> CounterPage:
        """Find, answer, print, note."""
        _ = self._desk.words.gettext
        page = CounterPage(self._desk, self._theme, self._background)
        page.noted.connect(lambda inquiry: self._noted(inquiry, _("Demande notée.")))
        page.left.connect(self._offer_return)
        page.tally_asked.connect(self.tally)
        page.palette_asked.connect(self.show_palette)
        page.not_printed.connect(self._offer_reprint)
        page.edit_asked.connect(self.edit_entry)
        page.search.yields_undo = lambda: self.last_acts.is_offered
        page.said.connect(self.toast.say)
        page.verified.connect(lambda sentence, back: self.last_acts.did(sentence, back, self._key("undo")))
        page.author_name = lambda: self.directory.author.name if "directory" in self.__dict__ else ""
        return self._added("counter", page)

    @cached_property
    def journal(self) -> JournalPage:
        """What was noted today."""
        page = JournalPage(self._desk, self._theme, lambda: self.counter.pin.channel)
        page.changed.connect(self._day_changed)
        page.said.connect(self.toast.say)
        return self._added("journal", page)

    @cached_property
    def figures(self) -> StatisticsPage:
        """What the inquiries add up to."""
        return self._added("figures", StatisticsPage(self._desk, self._theme, self._background))

    @cached_property
    def directory(self) -> DirectoryPage:
        """The entries, for those who keep them."""
        page = DirectoryPage(self._desk, self._theme, self._background)
        page.changed.connect(self.counter.refresh_directory)
        page.said.connect(self.toast.say)
        page.made.connect(lambda part, view: wire(self.commands, "directory", view, self.perform, part))
        return self._added("directory", page)

    @cached_property
    def settings(self) -> SettingsPage:
        """The counter's settings."""
        page = SettingsPage(self._desk, self._theme)
        page.saved.connect(self._settings_saved)
        page.said.connect(self.toast.say)
        return self._added("settings", page)

    def page(self, name: str) -> Any:
        """The page of this name: counter, journal, figures, directory, settings."""
        return getattr(self, name)

    # What the commands do

    def show_page(self, name: str) -> None:
        """Turn to a page; it shows the present. What lies over the window goes."""
        left = self._stack.currentWidget()
        if isinstance(left, SettingsPage) and name != "settings" and left.is_edited:
            _ = self._desk.words.gettext
            self.toast.say(_("Réglages modifiés, pas encore enregistrés : ils attendent sur leur page (Ctrl+5)."))
        self.shut_overlays()
        page = self.page(name)
        self._stack.setCurrentWidget(page)
        self._rail.show_page(name)
        page.enter()

    def tally(self) -> None:
        """Count a question that needs no card: one key, nothing asked."""
        _ = self._desk.words.gettext
        try:
            inquiry = self._desk.inquiries.add(
                Note(mode="tally", channel=self.counter.pin.channel, outcome="answered", effort="under-2")
            )
        except PointInfoError as error:
            self.toast.say(str(error))
            return
        self._noted(inquiry, _("Question comptée."))

    def go_to_search(self) -> None:
        """Turn to the counter, the focus on its search line."""
        if self._stack.currentWidget() is self.counter:
            self.counter.go_to_search()
        else:
            self.show_page("counter")

    def edit_entry(self, uid: str) -> None:
        """Open an entry in the editor."""
        self.show_page("directory")
        self.directory.open_entry(uid)

    def undo(self) -> None:
        """Take back what was done last where one is: the last act in the journal, elsewhere the last note."""
        _ = self._desk.words.gettext
        shown = self._stack.currentWidget()
        if self.last_acts.is_offered or shown is self.counter or isinstance(shown, StatisticsPage):
            self.last_acts.undo_note()
        elif isinstance(shown, DirectoryPage):
            shown.undo()
        elif isinstance(shown, SettingsPage):
            self.toast.say(_("Rien à annuler ici : «Revenir aux valeurs enregistrées» reprend tous les réglages."))
        elif not self.journal.undo():
            self.toast.say(_("Rien à annuler dans ce journal. Suppr retire la demande choisie."))

    def take_up(self) -> None:
        """Take up the visit that was cleared without a note, while that is offered."""
        self.show_page("counter")
        self.last_acts.take_up()

    def perform(self, command: Command) -> None:
        """Do a command, turning to its page first."""
        if command.page and self._stack.currentWidget() is not self.page(command.page):
            self.show_page(command.page)
        act = getattr(self.page(command.page) if command.page else self, command.name)
        if command.argument:
            act(command.argument)
        else:
            act()

    def take_over(self, before: "Window") -> None:
        """Stand where a window of another look stood, with its visit and its last note."""
        self.setGeometry(before.geometry())
        self.counter.recall(before.counter.memory())
        self.last_acts.take_over(before.last_acts)
        before._asked_to_close = self._desk.clock()  # it closes without a question: nothing goes with it
        self.show_page("settings")

    # What happens

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is noted is on disk already; what is not is shown, and worth a second thought."""
        unsaved = self._unsaved()
        now = self._desk.clock()
        if unsaved is not None and (self._asked_to_close is None or now - self._asked_to_close > SURE_WITHIN):
            self._asked_to_close = now
            page, sentence = unsaved
            if self._stack.currentWidget() is not self.page(page):
                self.show_page(page)
            self.toast.say(sentence)
            event.ignore()
            return
        self.counter.close()
        super().closeEvent(event)

    def _unsaved(self) -> tuple[Page, str] | None:
        """What closing would lose: its page, and a sentence."""
        _ = self._desk.words.gettext
        if self.counter.is_occupied:
            return "counter", _(
                "Cette visite n’est pas notée : Ctrl+Entrée la note. Fermez encore une fois pour quitter sans noter."
            )
        if "journal" in self.__dict__ and self.journal.is_edited:
            self.journal.show_what_is_edited()
            return "journal", _(
                "Cette correction n’est pas enregistrée : Ctrl+S l’enregistre. "
                "Fermez encore une fois pour quitter sans elle."
            )
        if "directory" in self.__dict__ and self.directory.is_edited:
            return "directory", _(
                "Des modifications de l’annuaire ne sont pas enregistrées : Ctrl+S les enregistre. "
                "Fermez encore une fois pour quitter sans elles."
            )
        if "settings" in self.__dict__ and self.settings.is_edited:
            return "settings", _(
                "Les réglages modifiés ne sont pas enregistrés. Fermez encore une fois pour quitter sans eux."
            )
        return None

    def _undoes_first(self) -> bool:
        shown = self._stack.currentWidget()
        return self.last_acts.is_offered or (isinstance(shown, JournalPage | DirectoryPage) and shown.undoes_first)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What lies over the window stays in its place."""
        super().resizeEvent(event)
        if self.toast.isVisible():
            self.toast.place()

    def _noted(self, inquiry: str, sentence: str) -> None:
        self._day_changed()
        self.last_acts.noted(inquiry, sentence, self._key("undo"))

    def _offer_return(self, take_up: Callable[[], None]) -> None:
        self.last_acts.left(take_up, self._key("take_up"))

    def _offer_reprint(self, sentence: str) -> None:
        _ = self._desk.words.gettext
        self.toast.say(sentence, _("Réimprimer") + f"   {self._key('reprint')}", self.counter.reprint)

    def _key(self, name: str) -> str:
        command = next(command for command in self.commands if command.name == name)
        return key_words(command.keys, self._desk.words)

    def _day_changed(self) -> None:
        self.counter.refresh_day()
        shown = self._stack.currentWidget()
        if isinstance(shown, JournalPage | StatisticsPage):
            shown.refresh()

    def _settings_saved(self, before: object) -> None:
        settings = self._desk.settings
        self.setWindowTitle(settings.counter_name or "PointInfo")
        old = (getattr(before, "theme", None), getattr(before, "text_size", None))
        if old != (settings.theme, settings.text_size):
            self._restyle()

    def _added(self, name: Page, page: P) -> P:
        self._stack.addWidget(page)
        wire(self.commands, name, page, self.perform)
        return page
