"""One change of many entries, in three steps on one page: which ones, what, look and apply."""

from collections.abc import Callable, Sequence
from threading import Event
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pointinfo.desk import Desk
from pointinfo.directory.bulk import Done, Preview
from pointinfo.directory.bulk_edits import Edit
from pointinfo.errors import PointInfoError
from pointinfo_ui.background import Background
from pointinfo_ui.commands import key_words
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.bulk_fields import What, Which
from pointinfo_ui.directory.bulk_preview import BulkPreview
from pointinfo_ui.directory.name_line import NameLine, name_row
from pointinfo_ui.directory.view import View
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, label, panel
from pointinfo_ui.messages import announce
from pointinfo_ui.theme import Theme

T = TypeVar("T")


class BulkView(View):
    """The steps one below the other, the changes beside them."""

    told = Signal(int, int)

    def __init__(self, desk: Desk, theme: Theme, background: Background, author: Author) -> None:
        super().__init__(desk, theme, background, author)
        self._found: Preview | None = None
        self._undo: Done | None = None
        self._acted_last = False
        self._asked = 0
        self._busy = False
        self._stop = Event()
        outer = column(self, margins=0, spacing=12)
        self.who = NameLine(author, desk.words, theme)
        outer.addWidget(name_row(self.who, desk.words))
        columns = QHBoxLayout()
        columns.setSpacing(16)
        outer.addLayout(columns, 1)
        self.preview = BulkPreview(desk, theme, author)
        columns.addWidget(self._steps(), 5)
        columns.addWidget(self.preview, 6)
        self._wire()
        self._start_afresh()

    @property
    def is_edited(self) -> bool:
        """Whether entries are being changed right now."""
        return self._busy

    @property
    def undoes_first(self) -> bool:
        """After an act, Ctrl+Z in a field takes back the act, until something is typed."""
        return self._undo is not None and self._acted_last

    def enter(self) -> None:
        """Offer what the lists have now, the focus on the first field."""
        self.which.offer()
        self.what.offer()
        self._count()
        self.which.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def select(self, uids: Sequence[str]) -> None:
        """Take over entries that were chosen in another part."""
        self.which.take(uids)
        self.what.act.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        """Find what would change, without changing anything."""
        if self._busy:
            return
        edit, selection, bulk = self.what.edit, self.which.selection, self._desk.bulk

        def work() -> Preview:
            return bulk.preview(bulk.select(selection), edit, self._tell)

        def done(preview: Preview) -> None:
            self._show_changes(preview, edit)

        self._start(work, done)

    def save(self) -> None:
        """Make the change in every entry that is not left out; who is no editor proposes it."""
        _ = self._desk.words.gettext
        if self._busy:
            return
        if self._found is None:
            self.look()
            return
        ids, edit, author, seen = self.preview.model.ids, self.what.edit, self._author.name, self._found.seen
        if not ids:
            self.said.emit(_("Aucune fiche n’est choisie : rien à appliquer."))
            return
        if not author:
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)
            self.said.emit(_("Écrivez d’abord votre nom : il figure dans l’historique de chaque fiche."))
            return
        bulk, comment = self._desk.bulk, self.what.said
        if self._author.is_editor:
            self._start(
                lambda: bulk.apply(ids, edit, author, seen=seen, comment=comment, progress=self._tell), self._applied
            )
        else:
            self._start(lambda: bulk.propose(ids, edit, author, comment=comment, progress=self._tell), self._proposed)

    def stop(self) -> None:
        """Let what is under way end with nothing changed."""
        self._stop.set()

    def undo(self) -> bool:
        """Take the last act back, all its entries at once."""
        act, author = self._undo, self._author.name
        if act is None or self._busy:
            return False
        _ = self._desk.words.gettext

        def done(_back: Done) -> None:
            self._undo = None
            self._finish(_("C’est annulé : les fiches sont comme avant."))

        self._start(lambda: self._desk.bulk.undo(act, author, self._tell), done)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops what is under way, else goes back to the first step."""
        if event.key() == Qt.Key.Key_Escape:
            if self._busy:
                self.stop()
            else:
                self.which.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        super().keyPressEvent(event)

    # What happens

    def _applied(self, act: Done) -> None:
        self._undo = act if act.entries else None
        said = self._desk.words.ngettext(
            "{count} fiche modifiée. Ctrl+Z la remet comme avant.",
            "{count} fiches modifiées. Ctrl+Z les remet comme avant.",
            act.entries,
        )
        self._finish(said.format(count=act.entries))

    def _proposed(self, count: int) -> None:
        said = self._desk.words.ngettext(
            "{count} proposition attend les personnes qui tiennent l’annuaire.",
            "{count} propositions attendent les personnes qui tiennent l’annuaire.",
            count,
        )
        self._undo = None
        self._finish(said.format(count=count))

    def _finish(self, sentence: str) -> None:
        self._acted_last = True
        self._start_afresh(sentence)
        self._count()
        announce(self, sentence)
        self.said.emit(sentence)
        self.changed.emit()

    def _start(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Do `work` beside the window's, with its progress; nothing else can be begun here meanwhile."""

        def finished(result: T) -> None:
            self._set_busy(busy=False)
            done(result)

        def fail(error: Exception) -> None:
            self._set_busy(busy=False)
            if not isinstance(error, PointInfoError):
                raise error
            if self._found is not None:
                self.preview.take_focus()
            else:
                self._start_afresh(str(error))
            self.said.emit(str(error))

        self._stop.clear()
        self._set_busy(busy=True)
        self._background.run(self, work, finished, fail)

    def _tell(self, done: int, total: int) -> bool:
        """Called from beside the window: the signal carries it here."""
        self.told.emit(done, total)
        return not self._stop.is_set()

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        for each in (self.which, self.what, self.look_button):
            each.setEnabled(not busy)
        self.preview.set_busy(busy=busy)

    def _edited(self) -> None:
        """What was looked at is no longer what would be done."""
        self._acted_last = False
        self._start_afresh()

    def _start_afresh(self, sentence: str = "") -> None:
        _ = self._desk.words.gettext
        self._found = None
        self.preview.say(
            sentence
            or _("Choisissez les fiches et le changement, puis regardez ce qui changerait. Rien n’est encore modifié.")
        )
        self._stress_looking(most=True)

    def _show_changes(self, found: Preview, edit: Edit) -> None:
        words = self._desk.words
        _ = words.gettext
        if not found.ids:
            looked = found.looked_at
            none = (
                words.ngettext(
                    "{count} fiche choisie ne changerait pas.", "Aucune de ces {count} fiches ne changerait.", looked
                )
                if looked
                else _("Aucune fiche n’est choisie.")
            )
            self._start_afresh(none.format(count=looked))
            return
        self._found = found
        self._stress_looking(most=False)
        self.preview.show_changes(found, edit)

    def _stress_looking(self, *, most: bool) -> None:
        """Looking is what to do first; then applying is."""
        self.look_button.setProperty("kind", "primary" if most else "plain")
        self.look_button.style().polish(self.look_button)

    def _count(self) -> None:
        """How many entries are meant; only the last question's answer is shown."""
        _ = self._desk.words.gettext
        self._asked += 1
        asked = self._asked
        if not self.which.says_something:
            self.counted.setText(_("Un mot ou un filtre choisit les fiches."))
            return
        selection = self.which.selection

        def done(ids: list[int]) -> None:
            if asked == self._asked:
                words = self._desk.words
                said = words.ngettext("{count} fiche", "{count} fiches", len(ids)).format(count=len(ids))
                self.counted.setText(said if ids else _("Aucune fiche : élargissez le choix."))

        def fail(error: Exception) -> None:
            if not isinstance(error, PointInfoError):
                raise error
            self.counted.setText(str(error))

        self._background.run(self, lambda: self._desk.bulk.select(selection), done, fail)

    # How it is laid out

    def _steps(self) -> QFrame:
        _ = self._desk.words.gettext
        sheet = panel()
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(22, 18, 10, 16)
        layout.setSpacing(12)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, 12, 0)
        around.setSpacing(12)
        self.which = Which(self._desk, self._theme)
        self.counted = label("", "lead")
        self.what = What(self._desk, self._theme)
        around.addWidget(label(_("1  Quelles fiches"), "heading"))
        around.addWidget(self.which)
        around.addWidget(self.counted)
        around.addSpacing(10)
        around.addWidget(label(_("2  Quel changement"), "heading"))
        around.addWidget(self.what)
        around.addStretch(1)
        scroll.setWidget(inside)
        layout.addWidget(scroll, 1)
        self.look_button = button(_("Regarder"), "primary", key_words("Ctrl+Return", self._desk.words))
        layout.addWidget(flowing(self.look_button))
        return sheet

    def _wire(self) -> None:
        self.told.connect(self.preview.show_progress)
        self.which.edited.connect(self._edited)
        self.which.edited.connect(self._count)
        self.what.edited.connect(self._edited)
        self.look_button.clicked.connect(self.look)
        self.preview.apply_button.clicked.connect(self.save)
        self.preview.stop_button.clicked.connect(self.stop)
        self.preview.asked_for.connect(self.asked_for)
        look = QAction(self)
        look.setShortcut(QKeySequence("Ctrl+Return"))
        look.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        look.triggered.connect(self.look)
        self.addAction(look)
