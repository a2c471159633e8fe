"""Where things stand at the counter: the search above, then list, card and visit; beside each other, or in turns."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo_ui.background import Background
from pointinfo_ui.commands import key_words
from pointinfo_ui.counter.card_view import CardView
from pointinfo_ui.counter.filters import Filters
from pointinfo_ui.counter.list_head import ListHead
from pointinfo_ui.counter.no_result import NoResult
from pointinfo_ui.counter.printer import Printer
from pointinfo_ui.counter.results import ResultsModel, ResultsView
from pointinfo_ui.counter.search_line import SearchLine
from pointinfo_ui.counter.sheet_preview import SheetPreview
from pointinfo_ui.counter.visit_panel import VisitPanel
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button
from pointinfo_ui.theme import Theme

FOLDED_BELOW = 1120
"""Pixels at normal text size under which the visit panel folds to a bar."""
ONE_PANE_BELOW = 560
"""Pixels at normal text size under which list and card take each other's place."""


class Panes(QWidget):
    """The parts of the counter page, and which of them have room. What they do is the page's."""

    def __init__(self, desk: Desk, theme: Theme, background: Background) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        _ = desk.words.gettext
        self.setObjectName("page")
        self.search = SearchLine(desk.words, theme)
        self.filters = Filters(desk)
        self._model = ResultsModel(desk)
        self.results = ResultsView(self._model, theme)
        self.results.setAccessibleName(_("Réponses"))
        self.head = ListHead(desk, self.filters.near_chip)
        self.no_result = NoResult(desk)
        self.card = CardView(desk, theme)
        self.printer = Printer(desk, background)
        self.preview = SheetPreview(desk, theme, background, self.printer)
        self.panel = VisitPanel(desk, theme)
        self._folded = False
        self._one_pane = False
        self._lay_out()

    def show_card(self) -> None:
        """The card in the middle, and the focus back where letters go."""
        had_focus = self._middle.isAncestorOf(QApplication.focusWidget() or self)
        self._middle.setCurrentWidget(self.card)
        self._bar.setVisible(self._folded)
        self._show_list()
        if had_focus:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows: the visit folds to a bar, then the card takes the place of the list."""
        super().resizeEvent(event)
        room = self.width() * 100 / self._theme.percent
        self._fold(folded=room < FOLDED_BELOW)
        if self._one_pane != (room < ONE_PANE_BELOW):
            self._one_pane = not self._one_pane
            self._look.setVisible(self._one_pane)
            for part in (self._bar_text, self._correct, self._note):
                part.setVisible(not self._one_pane)
            if self._middle.currentWidget() is self.card:
                self._show_list()
            else:
                self._show_middle()

    def _fold(self, *, folded: bool) -> None:
        if folded == self._folded:
            return
        self._folded = folded
        self._bar.setVisible(folded and self._middle.currentWidget() is not self.panel)
        self.panel.set_narrow(narrow=folded)
        self.filters.set_narrow(narrow=folded)
        if folded:
            self.panel.setMinimumWidth(0)
            self.panel.setMaximumWidth(16_777_215)
            self._middle.addWidget(self.panel)
        else:
            self.show_card()
            self._middle.removeWidget(self.panel)
            self._columns.addWidget(self.panel)
            self.panel.setFixedWidth(self._theme.size(328))
            self.panel.show()

    def _show_middle(self) -> None:
        """Where only one of them has room: the card, the sheet or the note instead of all that finds them."""
        self._middle.show()
        for part in (self._listed, self.filters):
            part.setVisible(not self._one_pane)
        self._bar.setVisible(self._folded and not self._one_pane and self._middle.currentWidget() is not self.panel)

    def _show_list(self) -> None:
        """The list again, the card beside it where there is room."""
        for part in (self._listed, self.filters):
            part.show()
        self._middle.setVisible(not self._one_pane)

    def _say_kept(self, count: int, pinned: str = "") -> None:
        words = self._desk.words
        said = words.ngettext("Cette visite : {count} fiche", "Cette visite : {count} fiches", count)
        self._bar_text.setText(" · ".join(filter(None, (said.format(count=count), pinned))))

    def _lay_out(self) -> None:
        _ = self._desk.words.gettext
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 12)
        outer.setSpacing(14)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.search, 1)
        palette = self._palette = button("Ctrl+K", "quiet")
        palette.setAccessibleName(_("Toutes les commandes"))
        palette.setToolTip(_("Toutes les commandes"))
        palette.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        top.addWidget(palette)
        outer.addLayout(top)
        outer.addWidget(self.filters)
        listed = self._listed = QFrame()
        listed.setMinimumWidth(self._theme.size(210))
        listed.setProperty("panel", True)
        column = QVBoxLayout(listed)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        column.addWidget(self.head)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.results)
        self._lists.addWidget(self.no_result)
        column.addWidget(self._lists, 1)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.card)
        self._middle.addWidget(self.preview)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(16)
        self._columns.addWidget(listed, 4)
        self._columns.addWidget(self._middle, 5)
        self._columns.addWidget(self.panel)
        outer.addLayout(self._columns, 1)
        self._bar = self._make_bar()
        outer.addWidget(self._bar)
        self._bar.hide()
        self.panel.setFixedWidth(self._theme.size(328))

    def _make_bar(self) -> QFrame:
        """The folded visit: how many cards, and the two keys that end it."""
        _ = self._desk.words.gettext
        made_bar = QFrame()
        made_bar.setProperty("panel", True)
        bar = QVBoxLayout(made_bar)
        bar.setContentsMargins(16, 8, 10, 8)
        self._bar_text = QLabel()
        self._look = button(_("Voir la fiche"), "plain", key_words("Alt+Down", self._desk.words))
        self._look.hide()
        self._note = button(_("Noter"), "plain", key_words("Ctrl+Return", self._desk.words))
        self._note.setAccessibleName(_("Noter, visite suivante"))
        self._correct = button(_("Corriger"), "plain", key_words("Ctrl+E", self._desk.words))
        bar.addWidget(flowing(self._bar_text, self._look, self._correct, self._note))
        return made_bar
