"""The list that is edited, as it stands in memory: its terms, what was changed in them, what can be taken back."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from pointinfo.directory import TermDetail
from pointinfo.i18n import Words
from pointinfo_ui.rows import ROW_ROLE, RowText

Index = QModelIndex | QPersistentModelIndex
Terms = tuple[TermDetail, ...]
_ROOT: Final = QModelIndex()


class Draft:
    """One list being edited: as it is kept, as it stands now, and how it stood before each change."""

    def __init__(self, kept: Terms) -> None:
        self.kept = kept
        self.terms = kept
        self.past: list[tuple[str, Terms]] = []

    @property
    def is_edited(self) -> bool:
        """Whether saving would change anything."""
        return self.terms != self.kept

    def change(self, terms: Terms, what: str) -> None:
        """Let the list be `terms`; one and the same `what` again and again is one change."""
        if not self.past or self.past[-1][0] != what or not what:
            self.past.append((what, self.terms))
        self.terms = terms

    def undo(self) -> bool:
        """Take back the last change; False when there is none."""
        while self.past:
            _what, before = self.past.pop()
            if before != self.terms:
                self.terms = before
                return True
        return False


class TermsModel(QAbstractListModel):
    """The terms of one list, those offered no more included. Each list keeps its draft while another is shown."""

    edited = Signal()

    def __init__(self, read: Callable[[str], Terms], words: Words) -> None:
        super().__init__()
        self._read = read
        self._words = words
        self._drafts: dict[str, Draft] = {}
        self.name = ""

    @property
    def terms(self) -> Terms:
        """The shown list as it stands."""
        return self._drafts[self.name].terms if self.name else ()

    @property
    def is_edited(self) -> bool:
        """Whether the shown list differs from what is kept."""
        return bool(self.name) and self._drafts[self.name].is_edited

    @property
    def edited_lists(self) -> list[str]:
        """The lists with changes that are not saved."""
        return [name for name, draft in self._drafts.items() if draft.is_edited]

    def show(self, name: str) -> None:
        """Turn to a list; what was changed in it and not saved is still there."""
        self.beginResetModel()
        self.name = name
        if name not in self._drafts or not self._drafts[name].is_edited:
            self._drafts[name] = Draft(self._read(name))
        self.endResetModel()

    def fill(self, terms: Terms) -> None:
        """The shown list as it was just kept."""
        self.beginResetModel()
        self._drafts[self.name] = Draft(terms)
        self.endResetModel()

    def change(self, row: int, term: TermDetail, what: str) -> None:
        """Let a term be another; typing on in one field (`what`) is one change."""
        if term == self.terms[row]:
            return
        terms = (*self.terms[:row], term, *self.terms[row + 1 :])
        self._drafts[self.name].change(terms, f"{row}:{what}" if what else "")
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
        self.edited.emit()

    def move(self, row: int, by: int) -> bool:
        """Put a term so many rows on; False at the end of the list."""
        target = row + by
        if not (0 <= row < len(self.terms) and 0 <= target < len(self.terms)):
            return False
        self.beginMoveRows(_ROOT, row, row, _ROOT, target + 1 if by > 0 else target)
        terms = list(self.terms)
        terms.insert(target, terms.pop(row))
        self._drafts[self.name].change(tuple(terms), "")
        self.endMoveRows()
        self.edited.emit()
        return True

    def add(self, row: int) -> None:
        """A new term without a word yet, in this row."""
        self.beginInsertRows(_ROOT, row, row)
        self._drafts[self.name].change((*self.terms[:row], TermDetail(), *self.terms[row:]), "")
        self.endInsertRows()
        self.edited.emit()

    def drop(self, row: int) -> None:
        """Take out a term that was never saved."""
        self.beginRemoveRows(_ROOT, row, row)
        self._drafts[self.name].change((*self.terms[:row], *self.terms[row + 1 :]), "")
        self.endRemoveRows()
        self.edited.emit()

    def undo(self) -> bool:
        """Take back the last change that is not saved; False when there is none."""
        self.beginResetModel()
        undone = bool(self.name) and self._drafts[self.name].undo()
        self.endResetModel()
        if undone:
            self.edited.emit()
        return undone

    def revert(self) -> None:
        """The list as it is kept; one change, which can be taken back."""
        self.beginResetModel()
        draft = self._drafts[self.name]
        draft.change(draft.kept, "")
        self.endResetModel()
        self.edited.emit()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.terms)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.terms):
            return None
        shown = self._shown(self.terms[index.row()])
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.heading
        if role == ROW_ROLE:
            return shown
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return shown.sentence()
        return None

    def _shown(self, term: TermDetail) -> RowText:
        words = self._words
        _ = words.gettext
        kept = {known.code: known for known in self._drafts[self.name].kept}
        if not term.code:
            state, tone = _("nouveau"), "open"
        elif term != kept[term.code]:
            state, tone = _("modifié"), "open"
        else:
            state, tone = (_("retiré"), "closed") if term.retired else ("", "")
        count = words.ngettext("{count} fiche", "{count} fiches", term.entries).format(count=term.entries)
        if not term.code:
            count = ""
        retired = _("retiré") if term.retired and state != _("retiré") else ""
        others = [label for language, label in term.labels.items() if language != "fr" and label != term.label]
        return RowText(
            term.label or _("(sans nom)"),
            state=state,
            tone=tone,
            meta=" · ".join(part for part in (retired, count, *others[:2]) if part),
            struck=term.retired,
        )


def taken_back(before: Terms, now: Sequence[TermDetail]) -> Terms:
    """The list as it was before a save: what was added since is retired, for no code is ever dropped."""
    codes = {term.code for term in before}
    added = [msgspec.structs.replace(term, retired=True, replaced_by="") for term in now if term.code not in codes]
    return (*before, *added)
