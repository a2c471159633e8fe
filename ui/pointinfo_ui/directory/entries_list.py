"""The entries to edit: a search line, what is left to do, and the list below. Ids first, rows as they are seen."""

from collections.abc import Callable, Sequence
from typing import Any, Final, Literal

from babel.dates import format_datetime
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QLineEdit,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pointinfo.clock import ZONE
from pointinfo.desk import Desk
from pointinfo.directory import Change, Query, Row, card, text
from pointinfo_ui.background import Background
from pointinfo_ui.directory.author import Author
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, label
from pointinfo_ui.rows import ROW_ROLE, RowDelegate, RowText
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
UID_ROLE: Final = Qt.ItemDataRole.UserRole
PORTION: Final = 16
"""Rows fetched at a time: a screenful."""
Which = Literal["all", "drafts", "incomplete", "closed", "do_not_refer"]
STATUS: Final[dict[str, str]] = {"closed": "closed", "do_not_refer": "do_not_refer"}


class EntriesModel(QAbstractListModel):
    """Entries by row id, or drafts, which may be of entries that never were."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._ids: Sequence[int] = ()
        self._uids: list[str] = []
        self._shown: list[RowText] = []
        self._wanted: list[str] = []
        self._drafts: dict[str, Change] = {}

    def show_ids(self, ids: Sequence[int], wanted: list[str]) -> None:
        """Show these entries, the `wanted` words marked."""
        self.beginResetModel()
        self._ids, self._wanted = ids, wanted
        self._uids, self._shown = [], []
        self._drafts = {draft.record.uid: draft for draft in self._desk.revisions.drafts()}
        self._take(self._portion())
        self.endResetModel()

    def show_drafts(self, wanted: list[str]) -> None:
        """Show what is typed and not saved, the latest first."""
        drafts = self._desk.revisions.drafts()[::-1]
        fitting = [draft for draft in drafts if _has(draft.record.name, wanted)]
        self.beginResetModel()
        self._ids, self._wanted = (), wanted
        self._uids = [draft.record.uid for draft in fitting]
        self._shown = [self._draft_text(draft) for draft in fitting]
        self.endResetModel()

    @property
    def total(self) -> int:
        """How many there are, fetched or not."""
        return max(len(self._ids), len(self._uids))

    def row_of(self, uid: str) -> int:
        """Where an entry stands among the fetched rows, -1 when it doesn't."""
        return self._uids.index(uid) if uid in self._uids else -1

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._uids)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and len(self._uids) < len(self._ids)

    def fetchMore(self, parent: Index) -> None:
        fresh = self._portion()
        if fresh:
            self.beginInsertRows(QModelIndex(), len(self._uids), len(self._uids) + len(fresh) - 1)
            self._take(fresh)
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._uids):
            return None
        shown = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.heading
        if role == UID_ROLE:
            return self._uids[index.row()]
        if role == ROW_ROLE:
            return shown
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return shown.sentence()
        return None

    def _portion(self) -> list[Row]:
        start = len(self._uids)
        return self._desk.directory.rows(self._ids[start : start + PORTION])

    def _take(self, rows: list[Row]) -> None:
        self._uids += [row.uid for row in rows]
        self._shown += [self._text(row) for row in rows]

    def _text(self, row: Row) -> RowText:
        words = self._desk.words
        _ = words.gettext
        states = {"closed": (_("fermée"), ""), "do_not_refer": (_("ne pas orienter"), "closed")}
        state, tone = states.get(row.status, ("", ""))
        if row.uid in self._drafts:
            state, tone = _("brouillon"), "closed"
        return RowText(
            row.name,
            tuple(text.found_spans(row.name, self._wanted)),
            state,
            tone,
            meta=" · ".join(filter(None, (card.kind_words(row.kind, words), row.quartier or row.area))),
            struck=row.status == "closed",
        )

    def _draft_text(self, draft: Change) -> RowText:
        _ = self._desk.words.gettext
        day = format_datetime(draft.at.astimezone(ZONE), "d MMMM, HH:mm", locale=self._desk.words.language)
        name = draft.record.name or _("Nouvelle fiche")
        return RowText(name, state=_("brouillon"), tone="closed", meta=" · ".join(filter(None, (draft.author, day))))


class EntriesList(QFrame):
    """Says `chosen` with the uid of the entry to open."""

    chosen = Signal(str)
    asked_for_new = Signal()

    def __init__(self, desk: Desk, theme: Theme, background: Background, author: Author) -> None:
        super().__init__()
        self._desk = desk
        self._background = background
        self._author = author
        self._which: Which = "all"
        _ = desk.words.gettext
        self.setProperty("panel", True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2, 2, 2, 2)
        outer.setSpacing(0)
        top = QWidget()
        head = column(top, margins=14, spacing=8)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Chercher une fiche à modifier…"))
        self.search.setAccessibleName(_("Fiche à modifier"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaxLength(500)
        head.addWidget(self.search)
        self.chips = self._make_chips()
        head.addWidget(flowing(*self.chips.values(), gap=6))
        fresh = button(_("Nouvelle fiche"), "plain", "Ctrl+N")
        fresh.clicked.connect(self.asked_for_new)
        self._count = label("", "meta")
        head.addWidget(flowing(fresh, self._count))
        outer.addWidget(top)
        self.model = EntriesModel(desk)
        self.list = QListView()
        self.list.setAccessibleName(_("Fiches"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowDelegate(theme, self.list))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.clicked.connect(lambda index: self.chosen.emit(index.data(UID_ROLE)))
        self.list.activated.connect(lambda index: self.chosen.emit(index.data(UID_ROLE)))
        self._empty = label("", "lead")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(20, 20, 20, 20)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        outer.addWidget(self._stack, 1)
        self.search.textChanged.connect(lambda _text: self.refresh())
        self.search.returnPressed.connect(self._take)

    def refresh(self, marked: str | None = None) -> None:
        """Find again; the entry `marked` stays the chosen one."""
        marked = marked if marked is not None else self._uid()
        wanted = Query(self.search.text()).words if self.search.text().strip() else []
        if self._which == "drafts":
            self.model.show_drafts(wanted)
        elif self._which == "incomplete":
            self._find_incomplete(wanted, marked)
            return
        else:
            found = self._desk.directory.search(Query(self.search.text(), status=STATUS.get(self._which, "")))
            self.model.show_ids([hit.id for hit in found.hits], wanted)
        self._found(marked)

    def narrow(self, which: Which) -> None:
        """Show all, or only what is left to do."""
        self._which = which
        self.chips[which].setChecked(True)
        self.refresh()

    def mark(self, uid: str) -> None:
        """Show which entry is open."""
        row = self.model.row_of(uid)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row, 0))
        else:
            self.list.clearSelection()
            self.list.setCurrentIndex(QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """In the search line arrows choose in the list."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}.get(
            Qt.Key(event.key())
        )
        if step and self.search.hasFocus():
            last = self.model.rowCount() - 1
            row = min(max(self.list.currentIndex().row() + step, 0), last)
            if row == last and self.model.canFetchMore(QModelIndex()):
                self.model.fetchMore(QModelIndex())
            self.list.setCurrentIndex(self.model.index(row, 0))
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Row heights follow the width."""
        super().resizeEvent(event)
        self.list.scheduleDelayedItemsLayout()

    def _make_chips(self) -> dict[Which, QPushButton]:
        _ = self._desk.words.gettext
        chips: dict[Which, QPushButton] = {}
        group = QButtonGroup(self)
        titles: dict[Which, str] = {
            "all": _("Toutes"),
            "drafts": _("Brouillons"),
            "incomplete": _("Les miennes à compléter"),
            "do_not_refer": _("Ne pas orienter"),
            "closed": _("Fermées"),
        }
        for which, title in titles.items():
            chip = button(title, "chip")
            chip.setCheckable(True)
            chip.setChecked(which == "all")
            chip.clicked.connect(self._narrower(which))
            group.addButton(chip)
            chips[which] = chip
        return chips

    def _uid(self) -> str:
        return str(self.list.currentIndex().data(UID_ROLE) or "")

    def _take(self) -> None:
        if not self._uid() and self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0, 0))
        if self._uid():
            self.chosen.emit(self._uid())

    def _find_incomplete(self, wanted: list[str], marked: str) -> None:
        """Every entry is looked at, so this is done beside the window."""
        directory, name = self._desk.directory, self._author.name

        def find() -> list[int]:
            ids = directory.incomplete(name) if name else []
            if not wanted:
                return ids
            return [row.id for row in directory.rows(ids) if _has(f"{row.name} {row.summary} {row.quartier}", wanted)]

        def show(ids: list[int]) -> None:
            if self._which == "incomplete":
                self.model.show_ids(ids, wanted)
                self._found(marked)

        def fail(error: Exception) -> None:
            raise error

        self._background.run(self, find, show, fail)

    def _found(self, marked: str) -> None:
        words = self._desk.words
        _ = words.gettext
        total = self.model.total
        self._count.setText(words.ngettext("{count} fiche", "{count} fiches", total).format(count=total))
        self._count.setVisible(bool(total))
        if not total:
            self._empty.setText(self._why_empty())
        self._stack.setCurrentIndex(0 if total else 1)
        self.mark(marked)

    def _why_empty(self) -> str:
        _ = self._desk.words.gettext
        if self.search.text().strip():
            return _("Aucune fiche avec ces mots. Un mot de moins, ou Ctrl+N pour une nouvelle fiche.")
        if self._which == "incomplete" and not self._author.name:
            return _("Ouvrez une fiche et dites qui modifie : vos fiches à compléter s’affichent ici.")
        return {
            "all": _("L’annuaire est vide. Ctrl+N commence une première fiche."),
            "drafts": _("Aucun brouillon : tout ce qui a été écrit est enregistré."),
            "incomplete": _("Rien à compléter : vos fiches ont contact, horaire, résumé et public."),
            "do_not_refer": _("Aucune fiche n’est marquée «ne pas orienter»."),
            "closed": _("Aucune fiche n’est fermée."),
        }[self._which]

    def _narrower(self, which: Which) -> Callable[[bool], None]:
        return lambda _on: self.narrow(which)


def _has(said: str, wanted: list[str]) -> bool:
    known = text.words(said)
    return all(any(word.startswith(want) for word in known) for want in wanted)
