"""Entries that are probably one: pairs with their reasons, made one field by field, or found to be two."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord, Pair, comparing
from pointinfo.directory.record import flat
from pointinfo.errors import PointInfoError
from pointinfo.i18n import Words, typeset
from pointinfo_ui.background import Background
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.comparison import Comparison
from pointinfo_ui.directory.list_pane import ListPane
from pointinfo_ui.directory.view import View
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, label, panel
from pointinfo_ui.messages import announce
from pointinfo_ui.rows import ROW_ROLE, RowText
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
SURE: Final = 0.9
"""From here on a pair is called very likely."""


class PairsModel(QAbstractListModel):
    """The pairs, the surest first."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._pairs: list[Pair] = []

    def show_pairs(self, pairs: list[Pair]) -> None:
        """List these pairs."""
        self.beginResetModel()
        self._pairs = pairs
        self.endResetModel()

    def without(self, dropped: Callable[[Pair], bool]) -> None:
        """Take some of the pairs out of the list."""
        self.show_pairs([pair for pair in self._pairs if not dropped(pair)])

    def pair(self, row: int) -> Pair | None:
        """The pair in a row."""
        return self._pairs[row] if 0 <= row < len(self._pairs) else None

    def row_of(self, wanted: Pair | None) -> int:
        """Where a pair stands, 0 when it isn't there."""
        both = wanted and (wanted.one, wanted.other)
        return next((place for place, pair in enumerate(self._pairs) if (pair.one, pair.other) == both), 0)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One a pair."""
        return 0 if parent.isValid() else len(self._pairs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The pair as a row and as a sentence."""
        pair = self.pair(index.row()) if index.isValid() else None
        if pair is None:
            return None
        _ = self._words.gettext
        heading = pair.one_name if pair.one_name == pair.other_name else f"{pair.one_name} / {pair.other_name}"
        shown = RowText(
            heading,
            state=_("très probable") if pair.score >= SURE else _("possible"),
            body=", ".join(pair.reasons),
        )
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.heading
        if role == ROW_ROLE:
            return shown
        return shown.sentence() if role == Qt.ItemDataRole.AccessibleTextRole else None


class DuplicatesView(View):
    """The pairs at the left; both entries side by side, and what to do with them, at the right."""

    def __init__(self, desk: Desk, theme: Theme, background: Background, author: Author) -> None:
        super().__init__(desk, theme, background, author)
        _ = desk.words.gettext
        self._undo: tuple[Callable[[], None], Pair] | None = None
        self._looked: tuple[int, int] | None = None
        self._left: EntryRecord | None = None
        self._right: EntryRecord | None = None
        self._heads: tuple[str, str] = ("", "")
        self.model = PairsModel(desk.words)
        keys = (Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_X)
        self._pane = ListPane(self.model, theme, _("Doublons probables, les plus sûrs d’abord"), keys)
        self._pane.moved.connect(self._show_chosen)
        self._pane.pressed.connect(self._list_key)
        self.list = self._pane.list
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(self._pane, 4)
        columns.addWidget(self._detail(), 6)
        author.changed.connect(self._compare)

    def enter(self) -> None:
        """Show the pairs; they are looked for anew when the directory has changed since."""
        self._look()
        self._pane.take_focus()

    def merge(self) -> None:
        """Make one entry of both, as chosen; the right one is closed and leads to the left one."""
        pair, left, right = self.model.pair(self._pane.row), self._left, self._right
        if pair is None or left is None or right is None or not self._may_decide():
            return
        _ = self._desk.words.gettext
        revisions = self._desk.revisions
        try:
            merged = revisions.merge(self.record(left, right), right.uid, self._author.name, bases=self._heads)
        except PointInfoError as error:
            if (revisions.present(left.uid).id, revisions.present(right.uid).id) != self._heads:
                self._show_chosen()
            self.said.emit(str(error))
            return
        self._undo = (lambda: revisions.separate(merged, self._author.name), pair)
        self.model.without(lambda each: right.uid in (each.one, each.other))
        self._tell(_("Les deux fiches n’en font plus qu’une. Ctrl+Z les sépare."))

    def record(self, left: EntryRecord, right: EntryRecord) -> EntryRecord:
        """The one entry as chosen; the name that was not taken stays known as another name."""
        return comparing.known_as(self.comparison.result(left), left.name, right.name)

    def declare_distinct(self) -> None:
        """These are two entries: the pair is offered no more."""
        pair = self.model.pair(self._pane.row)
        if pair is None or not self._may_decide():
            return
        _ = self._desk.words.gettext
        duplicates = self._desk.duplicates
        try:
            duplicates.declare_distinct(pair.one, pair.other, self._author.name)
        except PointInfoError as error:
            self.said.emit(str(error))
            return
        self._undo = (lambda: duplicates.forget_distinct(pair.one, pair.other), pair)
        self.model.without(lambda each: each == pair)
        self._tell(_("Ce sont deux fiches : cette paire ne sera plus proposée. Ctrl+Z la reprend."))

    def swap(self) -> None:
        """Keep the other of the two."""
        if self._left is not None and self._right is not None:
            self._left, self._right = self._right, self._left
            self._heads = self._heads[::-1]
            self._compare()

    def undo(self) -> bool:
        """Take the last decision made here back."""
        if self._undo is None:
            return False
        _ = self._desk.words.gettext
        (take_back, pair), self._undo = self._undo, None
        try:
            take_back()
        except PointInfoError as error:
            self.said.emit(str(error))
            return True
        self._looked = None
        self._look(pair)
        self._tell(_("C’est annulé : la paire attend de nouveau."))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter merges, Delete parts, X swaps, Escape goes back to the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            self.merge()
        elif event.key() == Qt.Key.Key_X and not event.modifiers():
            self.swap()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.declare_distinct()
        elif event.key() == Qt.Key.Key_Escape:
            self._pane.take_focus()
        else:
            super().keyPressEvent(event)

    def _detail(self) -> QWidget:
        _ = self._desk.words.gettext
        self._sheet = panel()
        inside = column(self._sheet, margins=20, spacing=10)
        self._heading = label("", "heading")
        self._meta = label("", "meta")
        inside.addWidget(self._heading)
        inside.addWidget(self._meta)
        self.comparison = Comparison(self._desk, self._theme, choosing=True)
        inside.addWidget(self.comparison, 1)
        self.merge_button = button(_("Réunir"), "primary", _("Ctrl+Entrée"))
        self.merge_button.clicked.connect(self.merge)
        self.distinct_button = button(_("Ce sont deux fiches"), "plain", _("Suppr"))
        self.distinct_button.clicked.connect(self.declare_distinct)
        swap = button(_("Garder l’autre"), "plain", "X")
        swap.clicked.connect(self.swap)
        inside.addWidget(flowing(self.merge_button, self.distinct_button, swap))
        return self._sheet

    def _look(self, chosen: Pair | None = None) -> None:
        """Look for pairs beside the window's work, unless nothing has changed since the last time."""
        state = self._desk.duplicates.state()
        if state == self._looked:
            return
        _ = self._desk.words.gettext
        wanted = chosen or self.model.pair(self._pane.row)
        self._pane.say_instead(_("Recherche des doublons…"))
        self._show_chosen()

        def show(pairs: list[Pair]) -> None:
            self._looked = state
            self.model.show_pairs(pairs)
            self._pane.say_instead(
                _("Aucun doublon en vue."),
                _("Les fiches qui se ressemblent par leur nom, leur adresse ou leur téléphone apparaissent ici."),
            )
            self._pane.refresh(self.model.row_of(wanted))
            self._show_chosen()
            self._look(wanted)  # again, where something was decided meanwhile

        def fail(error: Exception) -> None:
            self._pane.say_instead(_("Les doublons n’ont pas pu être cherchés."), str(error))
            if not isinstance(error, PointInfoError):
                raise error

        self._background.run(self, self._desk.duplicates.pairs, show, fail)

    def _show_chosen(self) -> None:
        pair = self.model.pair(self._pane.row)
        self._sheet.setVisible(pair is not None)
        self._left = self._right = None
        if pair is None:
            return
        try:
            one, other = (self._desk.revisions.present(uid) for uid in (pair.one, pair.other))
        except PointInfoError as error:
            self.said.emit(str(error))
            return
        if len(flat(other.record)) > len(flat(one.record)):
            one, other = other, one  # whatever says more is kept, until somebody says otherwise
        self._left, self._right = one.record, other.record
        self._heads = (one.id, other.id)
        self._compare()

    def _compare(self) -> None:
        left, right = self._left, self._right
        if left is None or right is None:
            return
        _ = self._desk.words.gettext
        same = left.name == right.name
        two = _("Deux fiches «{name}»").format(name=left.name) if same else f"{left.name} / {right.name}"
        self._heading.setText(typeset(two))
        self._meta.setText(_("La première est gardée avec son histoire ; l’autre sera fermée et mènera à elle."))
        self.comparison.choosing = self._author.is_editor
        titles = (_("Gardée"), _("Réunie à elle"))
        self.comparison.compare(left, right, titles, preset=comparing.advised(left, right))
        self._show_acts()

    def _show_acts(self) -> None:
        self.merge_button.setEnabled(self._author.is_editor)
        self.distinct_button.setEnabled(self._author.is_editor)

    def _may_decide(self) -> bool:
        if self._author.is_editor:
            return True
        _ = self._desk.words.gettext
        self.said.emit(_("Seules les personnes inscrites dans les Réglages décident des doublons."))
        return False

    def _list_key(self, key: int) -> None:
        if key == Qt.Key.Key_Delete:
            self.declare_distinct()
        elif key == Qt.Key.Key_X:
            self.swap()
        else:
            self.comparison.take_focus()

    def _tell(self, sentence: str) -> None:
        self._pane.refresh(self._pane.row)
        self._show_chosen()
        self._pane.take_focus()
        announce(self, sentence)
        self.said.emit(sentence)
        self.changed.emit()
