"""The entries part of the directory page: the list at the left, the editor of one entry at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from pointinfo.desk import Desk
from pointinfo.errors import PointInfoError
from pointinfo_ui.background import Background
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.editor import EntryEditor
from pointinfo_ui.directory.entries_list import EntriesList
from pointinfo_ui.directory.history_view import HistoryView
from pointinfo_ui.directory.view import View
from pointinfo_ui.forms import column, label, panel
from pointinfo_ui.theme import Theme

BESIDE_FROM = 900
"""Pixels at normal text size from which list and editor stand beside each other."""


class EntriesView(View):
    """Find an entry, edit it, keep it."""

    def __init__(self, desk: Desk, theme: Theme, background: Background, author: Author) -> None:
        super().__init__(desk, theme, background, author)
        self.list = EntriesList(desk, theme, background, author)
        self.editor = EntryEditor(desk, theme, background, author)
        self.history = HistoryView(desk, theme, author)
        self._beside = True
        self._lay_out()
        self.list.chosen.connect(self.open_entry)
        self.list.asked_for_new.connect(self.new_entry)
        self.list.unfinished.asked.connect(self.open_drafts)
        self.editor.said.connect(self.said)
        self.editor.kept.connect(self._kept)
        self.editor.drafted.connect(self.list.refresh)
        self.editor.left.connect(self._show_list)
        self.editor.foot.history_asked.connect(self.show_history)
        self.history.said.connect(self.said)
        self.history.changed.connect(self._restored)
        self.history.back.connect(self._leave_history)
        self.editor.head.back.clicked.connect(self._show_list)

    @property
    def is_edited(self) -> bool:
        """Whether the form holds something that is not saved."""
        return self.editor.is_edited

    @property
    def undoes_first(self) -> bool:
        """Whether the last save comes before what a field could undo."""
        return self.editor.undoes_first

    def enter(self) -> None:
        """Show the present, the focus on the search line."""
        self.list.refresh(self.editor.uid)
        self.editor.refresh()
        if self._beside or not self.editor.uid:
            self._show_list()

    def open_entry(self, uid: str) -> None:
        """Open an entry in the form, with what was typed of it and not saved."""
        try:
            self.editor.open_entry(uid)
        except PointInfoError as error:
            self.said.emit(str(error))
            return
        self._show_editor()
        self.list.mark(uid)
        self.editor.form.show_section("what")

    def new_entry(self) -> None:
        """Begin a new entry."""
        self._show_editor()
        self.editor.open_new()
        self.list.mark("")

    def open_drafts(self) -> None:
        """Take up what was typed and not saved: the one draft, or the list of them."""
        self.list.unfinished.hide()
        drafts = self._desk.drafts.all()
        if len(drafts) == 1:
            self.open_entry(drafts[0].record.uid)
        else:
            self.list.narrow("drafts")
            self._show_list()

    def duplicate_entry(self) -> None:
        """Begin a new entry like the open one."""
        if self._has_one():
            self.editor.open_copy()
            self.list.mark("")

    def close_entry(self) -> None:
        """Take the open entry out of the answers, or put it back."""
        if self._has_one():
            self.editor.ask_to_close()

    def save(self) -> None:
        """Keep what is typed."""
        if self._has_one():
            self.editor.save()

    def step_section(self, step: int) -> None:
        """To another section of the form."""
        if self._has_one():
            self.editor.form.step_section(step)

    def show_history(self) -> None:
        """Every change of the open entry."""
        if not self._has_one():
            return
        if not self.editor.is_kept:
            _ = self._desk.words.gettext
            self.said.emit(_("Cette fiche n’a pas encore d’historique : enregistrez-la d’abord."))
            return
        self.editor.keep_draft()
        self.history.show_entry(self.editor.uid)
        self.right.setCurrentWidget(self.history)

    def undo(self) -> bool:
        """Take back the last save, or what was restored from the history that is shown."""
        if self.right.currentWidget() is self.history:
            return self.history.undo()
        return self.editor.undo()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes from the form back to the list."""
        if event.key() == Qt.Key.Key_Escape and not self.list.search.hasFocus():
            self._show_list()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """List and form beside each other, or in turns."""
        super().resizeEvent(event)
        self._beside = self.width() * 100 / self._theme.percent >= BESIDE_FROM
        self.editor.head.back.setVisible(not self._beside)
        shows_form = self.right.currentWidget() is not self._empty
        self.list.setVisible(self._beside or not shows_form)
        self.right.setVisible(self._beside or shows_form)

    def _has_one(self) -> bool:
        if self.editor.uid:
            return True
        _ = self._desk.words.gettext
        self.said.emit(_("Ouvrez d’abord une fiche : cherchez-la, puis Entrée."))
        self._show_list()
        return False

    def _kept(self, uid: str) -> None:
        self.list.refresh(uid)
        self.changed.emit()

    def _restored(self) -> None:
        self._kept(self.editor.uid)

    def _leave_history(self) -> None:
        self.editor.refresh()
        self._show_editor()
        self.editor.form.show_section("what")

    def _show_editor(self) -> None:
        self.right.setCurrentWidget(self.editor)
        self.right.show()
        self.list.setVisible(self._beside)

    def _show_list(self) -> None:
        """To the list; without an open entry the page says how to get one."""
        if not self.editor.uid:
            self.right.setCurrentWidget(self._empty)
        self.list.show()
        self.right.setVisible(self._beside)
        self.list.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.search.selectAll()

    def _lay_out(self) -> None:
        _ = self._desk.words.gettext
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(18)
        self.list.setMinimumWidth(self._theme.size(260))
        columns.addWidget(self.list, 3)
        self._empty = panel()
        body = column(self._empty, margins=28)
        body.addStretch(1)
        for text, role in (
            (_("La fiche s’ouvre ici."), "heading"),
            (_("Cherchez une fiche, puis Entrée ; Ctrl+N en commence une nouvelle."), "lead"),
        ):
            line = label(text, role)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            body.addWidget(line)
        body.addStretch(2)
        self.right = QStackedWidget()
        self.right.addWidget(self._empty)
        self.right.addWidget(self.editor)
        self.right.addWidget(self.history)
        columns.addWidget(self.right, 7)
