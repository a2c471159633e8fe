"""The entries a change would touch: ids first, lines fetched as they come into view, single ones left out."""

from typing import Any, Final, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from pointinfo.desk import Desk
from pointinfo.directory import fields
from pointinfo.directory.bulk import Line, Preview
from pointinfo.directory.bulk_edits import Edit
from pointinfo.directory.record import FieldChange
from pointinfo.directory.vocabularies import LISTS
from pointinfo_ui.rows import ROW_ROLE, RowText, Spans

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
PORTION: Final = 20
AROUND: Final = 28
"""Letters shown on each side of what changes."""


class Said(NamedTuple):
    """One changed field in words; "" for nothing."""

    label: str
    before: str
    after: str


class BulkModel(QAbstractListModel):
    """The lines of a preview. Says `ticked` when one is left out or taken back in."""

    ticked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._edit: Edit | None = None
        self._ids: tuple[int, ...] = ()
        self._lines: list[Line] = []
        self._terms: dict[tuple[str, str], str] = {}
        self._left_out: set[int] = set()

    def show(self, preview: Preview | None, edit: Edit | None) -> None:
        """Show another preview, or none."""
        self.beginResetModel()
        self._ids, self._edit = (preview.ids if preview else ()), edit
        self._lines, self._left_out = [], set()
        if preview:
            terms = self._desk.directory.terms
            self._terms = {(name, term.code): term.label for name in LISTS for term in terms(name, retired=True)}
        self._lines += self._portion()
        self.endResetModel()

    @property
    def ids(self) -> tuple[int, ...]:
        """The entries that are not left out."""
        return tuple(row for row in self._ids if row not in self._left_out)

    def line(self, row: int) -> Line | None:
        """The line in a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def toggle(self, row: int) -> None:
        """Leave an entry out, or take it back in."""
        line = self.line(row)
        if line is None:
            return
        self._left_out ^= {line.id}
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
        self.ticked.emit()

    def said(self, line: Line) -> list[Said]:
        """Every change of an entry in words."""
        return [self._said(change) for change in line.changes]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and len(self._lines) < len(self._ids)

    def fetchMore(self, parent: Index) -> None:
        fresh = self._portion()
        if fresh:
            self.beginInsertRows(QModelIndex(), len(self._lines), len(self._lines) + len(fresh) - 1)
            self._lines += fresh
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name
        if role == ROW_ROLE:
            return self._shown(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._shown(line).sentence()
        return None

    def _portion(self) -> list[Line]:
        if self._edit is None:
            return []
        wanted = self._ids[len(self._lines) : len(self._lines) + PORTION]
        return self._desk.bulk.lines(wanted, self._edit) if wanted else []

    def _shown(self, line: Line) -> RowText:
        words = self._desk.words
        _ = words.gettext
        left_out = line.id in self._left_out
        first, *others = self.said(line)
        before, _old = _around(first.before, first.after)
        after, (start, end) = _around(first.after, first.before)
        body = f"{first.label} : {before or '–'} → "
        spans: Spans = ((len(body) + start, len(body) + end),) if end > start else ()
        more = words.ngettext("et {count} autre champ", "et {count} autres champs", len(others))
        return RowText(
            line.name,
            state=_("laissée") if left_out else "",
            tone="closed",
            body=body + (after or "–"),
            body_spans=spans,
            meta=more.format(count=len(others)) if others else "",
            struck=left_out,
        )

    def _said(self, change: FieldChange) -> Said:
        words = self._desk.words
        near = fields.narrowed(change)
        before, after = (
            fields.said(change.field, value, words, self._terms, {}) for value in (near.before, near.after)
        )
        return Said(", ".join(fields.changed(change, words)), before, after)


def _around(text: str, other: str) -> tuple[str, tuple[int, int]]:
    """What of `text` differs from `other`, with some letters on each side, and where it stands in that excerpt."""
    least = min(len(text), len(other))
    start = next((place for place in range(least) if text[place] != other[place]), least)
    rest = least - start
    same = next((place for place in range(rest) if text[-1 - place] != other[-1 - place]), rest)
    end = len(text) - same
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    before = "…" if first else ""
    shown = before + text[first:last] + ("…" if last < len(text) else "")
    return shown, (start - first + len(before), end - first + len(before))
