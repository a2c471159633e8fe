"""The entries as rows to edit: ids first, rows fetched as they come into view; or what is typed and not saved."""

from collections.abc import Sequence
from typing import Any, Final

from babel.dates import format_datetime
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from pointinfo.clock import ZONE
from pointinfo.desk import Desk
from pointinfo.directory import Change, Row, card, text
from pointinfo_ui.rows import ROW_ROLE, RowText

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
UID_ROLE: Final = Qt.ItemDataRole.UserRole
PORTION: Final = 16
"""Rows fetched at a time: a screenful."""


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
        self._drafts = {draft.record.uid: draft for draft in self._desk.drafts.all()}
        self._take(self._portion())
        self.endResetModel()

    def show_drafts(self, wanted: list[str]) -> None:
        """Show what is typed and not saved, the latest first."""
        drafts = self._desk.drafts.all()[::-1]
        fitting = [draft for draft in drafts if has_words(draft.record.name, wanted)]
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


def has_words(said: str, wanted: list[str]) -> bool:
    """Whether a text has a word that begins with each of these."""
    known = text.words(said)
    return all(any(word.startswith(want) for word in known) for want in wanted)
