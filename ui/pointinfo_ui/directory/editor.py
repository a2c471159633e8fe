"""The editor of one entry: the form, its drafts, and every way to keep, propose, close or take back."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.directory import ConflictError, EntryRecord, Problem
from pointinfo.directory.fields import Section, general, section_words
from pointinfo.directory.record import changes
from pointinfo.errors import InputError, PointInfoError
from pointinfo_ui.background import Background
from pointinfo_ui.directory.acts import Acts, Done
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.closing_panel import ClosingPanel
from pointinfo_ui.directory.conflict_panel import ConflictPanel
from pointinfo_ui.directory.draft_banner import DraftBanner
from pointinfo_ui.directory.editor_foot import EditorFoot
from pointinfo_ui.directory.editor_head import EditorHead, WhoLine
from pointinfo_ui.directory.entry_field import stops
from pointinfo_ui.directory.entry_form import EntryForm
from pointinfo_ui.directory.opened import Opened, blank, fresh, opened
from pointinfo_ui.directory.section_index import SectionIndex
from pointinfo_ui.messages import announce
from pointinfo_ui.theme import Theme

PATIENCE = 700
"""Milliseconds from the last key until what is typed is on disk as a draft, and looked over."""
INDEX_FROM = 700
"""Pixels at normal text size from which the sections' index has room beside the form."""
LOW = 440
"""Pixels at normal text size under which every line is the form's."""
NOTHING = Opened(blank(""), blank(""))


class EntryEditor(QWidget):
    """Edits one entry at a time. Says `kept` with its uid after each change on disk, `drafted` when a draft came or
    went, `left` when nothing is open any more."""

    said = Signal(str)
    kept = Signal(str)
    drafted = Signal()
    left = Signal()

    def __init__(self, desk: Desk, theme: Theme, background: Background, author: Author) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self._author = author
        self._opened = NOTHING
        self._untold = False  # typed and not on disk, not even as a draft
        self._has_draft = False
        self._undo: Done | None = None
        self._acts = Acts(desk, author)
        self._found: list[Problem] = []
        self._differing: set[str] = set()
        self.head = EditorHead(desk.words)
        self.who = WhoLine(desk, theme, author)
        self.form = EntryForm(desk, theme, background)
        self.foot = EditorFoot(desk.words, author)
        self.conflict = ConflictPanel(desk)
        self.closing = ClosingPanel(desk, theme)
        self.banner = DraftBanner(desk.words)
        titles = {name: section_words(name, desk.words) for name in self.form.sections}
        self._index = SectionIndex(titles, desk.words, theme)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(PATIENCE)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._lay_out()
        self._connect()

    # What is open

    @property
    def uid(self) -> str:
        """The entry that is open, "" for none."""
        return self._opened.uid

    @property
    def is_kept(self) -> bool:
        """Whether the open entry has a past."""
        return self._opened.head is not None

    @property
    def is_edited(self) -> bool:
        """Whether the form says something else than what is kept."""
        return bool(self.uid) and self.form.record() != self._opened.stored

    def open_entry(self, uid: str) -> None:
        """Open an entry as it stands, or what was typed of it and not saved. Raises `InputError` for an unknown one."""
        self.keep_draft()
        self._show(opened(self._desk, uid))

    def open_new(self, like: EntryRecord | None = None) -> None:
        """Begin a new entry, blank or like another."""
        self.keep_draft()
        self._show(fresh(like))
        if like is not None:
            self._changed()
        self.form.show_section("what")
        self.form.frames["name"].take_focus()

    def open_copy(self) -> None:
        """Begin a new entry like the open one."""
        self.open_new(self.form.record())

    def refresh(self) -> None:
        """Show the entry as it stands, if somebody else changed it meanwhile."""
        head = self._opened.head
        if head is not None and not self.is_edited and self._desk.revisions.present(self.uid).id != head.id:
            self._show(opened(self._desk, self.uid))

    # What can be done with it

    def save(self) -> None:
        """Keep the entry, or put the change before the editors."""
        _ = self._desk.words.gettext
        if self.conflict.is_open:
            self._tell(_("Choisissez d’abord, pour chaque champ, ce qui vaut."))
            self.form.bring_to_top(self.conflict)
            self.conflict.take_focus()
            return
        self.form.close_offers()
        blocking = [problem for problem in self.check() if problem.blocking]
        if blocking:
            self._tell(blocking[0].sentence)
            self.form.show_field(blocking[0].field)
        elif not self.is_edited:
            self._tell(_("Rien n’a changé : il n’y a rien à enregistrer."))
        elif self._has_a_name():
            self.keep_draft()  # whatever becomes of this, what was typed is on disk
            record, base = self.form.record(), self._opened.base
            self._do(lambda: self._acts.keep(record, base))

    def ask_to_close(self) -> None:
        """Ask why the entry closes; a closed one is put back among the answers."""
        _ = self._desk.words.gettext
        if self._opened.head is None or self.is_edited:
            self._tell(_("Enregistrez d’abord ce qui est modifié, ou abandonnez-le."))
        elif self._opened.stored.status != "closed":
            self.closing.open()
            self.form.bring_to_top(self.closing)
        elif self._has_a_name():
            self._do(lambda: self._acts.reopen(self._opened))

    def drop_draft(self) -> None:
        """Forget what was typed and show the entry as it is kept; one key brings it back."""
        typed, entry = self.form.record(), self._opened
        self._do(lambda: self._acts.drop_draft(typed, entry))
        self.drafted.emit()

    @property
    def undoes_first(self) -> bool:
        """Whether the last act here comes before what a field could undo: nothing was typed since."""
        return self._undo is not None and not self.is_edited

    def undo(self) -> bool:
        """Take back what was done here last; False when there is nothing to take back."""
        if self._undo is None:
            return False
        if self.is_edited:
            _ = self._desk.words.gettext
            self._tell(_("Enregistrez d’abord ce qui est modifié, ou abandonnez-le."))
            return True
        done, self._undo = self._undo, None
        try:
            self._tell(done.undo())
        except PointInfoError as error:
            self._tell(str(error))
            return True
        if done.uid == self.uid or not self.uid:
            self._show_anew(done.uid)
        self.kept.emit(done.uid)
        return True

    def check(self) -> list[Problem]:
        """Look the entry over and show what is wrong or odd, field by field."""
        if not self.uid:
            return []
        record = self.form.record()
        self._found = [*self.form.problems(), *self._desk.directory.problems(record), *self._likely_here(record)]
        self.form.say(self._found)
        self.foot.show_remarks(len(self._found))
        self._mark_index()
        return self._found

    def _likely_here(self, record: EntryRecord) -> list[Problem]:
        """The entries that one which is being added may be already; nothing keeps it from being added."""
        if self._opened.head is not None:
            return []
        _ = self._desk.words.gettext
        said = _("Peut-être déjà dans l’annuaire : «{name}» ({reasons}).")
        return [
            Problem("name", said.format(name=each.name, reasons=", ".join(each.reasons)))
            for each in self._desk.duplicates.for_record(record, limit=1)
        ]

    def keep_draft(self) -> None:
        """Put what is typed on disk beside the entry, now."""
        self.timer.stop()
        if not self._untold:
            return
        self._untold = False
        typed, had = self.form.record(), self._has_draft
        self._has_draft = typed != self._opened.stored
        try:
            if self._has_draft:
                self._desk.drafts.keep(typed, self._opened.base, self._author.name)
            elif had:
                self._desk.drafts.drop(self.uid)
        except PointInfoError as error:
            self._untold = True
            self._tell(str(error))
            return
        if had != self._has_draft:
            self.drafted.emit()
        if not self._has_draft:
            self.banner.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever leaves the page leaves a draft."""
        super().hideEvent(event)
        self.keep_draft()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The index of the sections, and more than one button, where there is room."""
        super().resizeEvent(event)
        self._index.setVisible(self.width() * 100 / self._theme.percent >= INDEX_FROM)
        self.foot.set_low(low=self.height() * 100 / self._theme.percent < LOW)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through head, sections, fields and foot as they are read, added rows in their place."""
        above = (self.who, self.banner, self.closing, self.conflict)
        form = [*(stop for part in above if part.isVisible() for stop in stops(part)), *self.form.stops()]
        order = [*stops(self.head), *stops(self._index), *form, *stops(self.foot)]
        focused = QApplication.focusWidget()
        target = (order.index(focused) if focused in order else -1) + (1 if forward else -1)
        if focused not in order or not 0 <= target < len(order):
            return super().focusNextPrevChild(forward)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        order[target].setFocus(reason)
        if order[target] in form:
            self.form.ensureWidgetVisible(order[target], 0, 40)
        return True

    # How it is done

    def _show(self, entry: Opened) -> None:
        self.timer.stop()
        self._untold = False
        self._opened = entry
        self._has_draft = entry.draft is not None
        self._undo = None
        self._found = []
        self.conflict.forget()
        self.closing.hide()
        self.banner.show_draft(entry.draft)
        self.form.fill(entry.typed)
        self.who.offer_languages(self.form.languages)
        self.foot.show_remarks(0)
        self._show_changes()
        if entry.head is not None or entry.draft is not None:  # of a blank entry everything is missing
            self._look.start(0)  # once the entry is on the screen
        if not entry.uid:
            self.left.emit()

    def _show_anew(self, uid: str) -> None:
        """Show an entry as it is on disk, or nothing when it isn't there."""
        try:
            self._show(opened(self._desk, uid))
        except InputError:  # a new entry that was only proposed, or whose draft was dropped
            self._show(NOTHING)

    def _do(self, act: Callable[[], Done]) -> None:
        """Do something to the open entry on disk and show what it is now; what was typed stays when it fails."""
        try:
            done = act()
        except ConflictError as error:
            self._show_conflict(error)
        except PointInfoError as error:
            self._tell(str(error))
        else:
            self._show_anew(done.uid)
            self._undo = done
            self._tell(done.sentence)
            self.kept.emit(done.uid)

    def _show_conflict(self, error: ConflictError) -> None:
        """The form has both people's changes; a draft keeps its old base until every choice is made."""
        head = self._desk.revisions.revision(error.head)
        self._opened = self._opened._replace(typed=error.merged, stored=head.record, head=head)
        self.form.fill(error.merged)
        self.conflict.show_conflict(error, self.form.terms())
        self._changed()
        announce(self, str(error))
        self.form.bring_to_top(self.conflict)
        self.conflict.take_focus()

    def _choose(self, key: str, value: object) -> None:
        self.form.set_value(key, value)
        head = self._opened.head
        if not self.conflict.is_open and head is not None:
            _ = self._desk.words.gettext
            self._opened = self._opened._replace(base=head.id)
            self._tell(_("Tout est choisi : Ctrl+S enregistre."))

    def _close(self, reason: str, successor: str) -> None:
        if self._has_a_name():
            self._do(lambda: self._acts.close(self._opened, reason, successor))

    def _leave_closing(self) -> None:
        self.closing.hide()
        self.form.show_field("name")

    def _has_a_name(self) -> bool:
        if self.who.take_name():
            return True
        self.form.bring_to_top(self.who)
        _ = self._desk.words.gettext
        self._tell(_("Dites d’abord qui modifie : l’historique garde ce nom."))
        return False

    def _changed(self) -> None:
        """Something was typed: marked now, kept and looked over a moment later."""
        if not self.uid:
            return
        self._untold = True
        self.timer.start()
        self._show_changes()

    def _rest(self) -> None:
        """A moment without a key."""
        self.keep_draft()
        self.check()
        self.who.offer_languages(self.form.languages)

    def _show_changes(self) -> None:
        stored = self._opened.stored
        self._differing = {change.field for change in changes(stored, self.form.record())}
        self.form.mark(self._differing)
        self.head.show_entry(self._opened, self.form.field("name").value, edited=bool(self._differing))
        new, closed = self._opened.head is None, stored.status == "closed"
        self.foot.show_state(new=new, closed=closed)
        self._mark_index()

    def _mark_index(self) -> None:
        self._index.mark(self._sections_of(self._differing), self._sections_of(each.field for each in self._found))

    def _sections_of(self, keys: Iterable[str]) -> set[Section]:
        frames = self.form.frames
        return {frames[general(key)].field.section for key in keys if general(key) in frames}

    def _next_remark(self) -> None:
        if self._found:
            self._found = [*self._found[1:], self._found[0]]
            self.form.show_field(self._found[-1].field)

    def _tell(self, sentence: str) -> None:
        announce(self, sentence)
        self.said.emit(sentence)

    def _connect(self) -> None:
        self.form.edited.connect(self._changed)
        self.form.section_shown.connect(self._index.show_section)
        self._index.asked.connect(self.form.show_section)
        self.timer.timeout.connect(self._rest)
        self._look.timeout.connect(self.check)
        self.conflict.chosen.connect(self._choose)
        self.closing.confirmed.connect(self._close)
        self.closing.left.connect(self._leave_closing)
        self.banner.dropped.connect(self.drop_draft)
        self.who.language_chosen.connect(self.form.show_language)
        self.foot.save_asked.connect(self.save)
        self.foot.copy_asked.connect(self.open_copy)
        self.foot.close_asked.connect(self.ask_to_close)
        self.foot.remark_asked.connect(self._next_remark)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(self.head)
        self.form.put_above(self.who, self.banner, self.closing, self.conflict)
        middle = QHBoxLayout()
        middle.setSpacing(14)
        middle.addWidget(self._index)
        middle.addWidget(self.form, 1)
        outer.addLayout(middle, 1)
        outer.addWidget(self.foot)
