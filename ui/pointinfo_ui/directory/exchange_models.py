"""What an import would do, row by row, and how much of a source was understood, as lists."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QAbstractListModel, QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from pointinfo.desk import Desk
from pointinfo.directory import comparing, fields
from pointinfo.directory.exchange.incoming import Remark, Understood
from pointinfo.directory.exchange.preview import Preview, PreviewRow
from pointinfo.directory.record import EntryRecord
from pointinfo.i18n import Words
from pointinfo_ui.rows import ROW_ROLE, RowText

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
PORTION: Final = 40
_TONES: Final = {"new": "open", "changed": "appointment", "closing": "closed", "refused": "closed"}


class Said(NamedTuple):
    """One changed field in words; "" for nothing."""

    label: str
    before: str
    after: str


def remark_words(remark: Remark, words: Words) -> str:
    """Where in the file, and what: «Ligne 12, Téléphone : …»."""
    _ = words.gettext
    row = _("Ligne {row}").format(row=remark.row) if remark.row else ""
    place = ", ".join(part for part in (row, remark.column) if part)
    said = f"{place} : {remark.sentence}" if place else remark.sentence
    if remark.value and remark.value not in remark.sentence:
        return _("{said} («{value}»)").format(said=said, value=remark.value)
    return said


class PreviewModel(QAbstractListModel):
    """The rows of a preview, all or of one kind. Numbers first; rows are read as they come into view."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._preview: Preview | None = None
        self._numbers: Sequence[int] = ()
        self._rows: list[PreviewRow] = []
        self._terms: dict[tuple[str, str], str] = {}
        self.is_held = False
        """Whether the preview is being read elsewhere: it can't be read twice at once."""

    def show(self, preview: Preview | None, numbers: Sequence[int] = ()) -> None:
        """List these rows of a preview."""
        self.beginResetModel()
        self._preview, self._numbers, self._rows = preview, numbers, []
        if preview is not None:
            self._terms = self._desk.directory.term_labels()
        self._rows += self._portion()
        self.endResetModel()

    def row(self, place: int) -> PreviewRow | None:
        """The row at a place of the list."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def decide(self, place: int, *, update: bool) -> None:
        """Let the row at a place update the entry that it is likely to be, or be a new one."""
        if self._preview is None or self.is_held or self.row(place) is None:
            return
        number = self._numbers[place]
        self._preview.decide(number, update=update)
        self._rows[place] = self._preview.row(number)
        index = self.index(place, 0)
        self.dataChanged.emit(index, index)

    def said(self, row: PreviewRow) -> list[Said]:
        """Every change of a row in words."""
        words, names = self._desk.words, self._names(row)
        found = []
        for change in row.changes:
            before, after = (
                fields.said(change.field, value, words, self._terms, names) for value in (change.before, change.after)
            )
            if before or after:
                found.append(Said(fields.label(change.field, words), before, after))
        return found

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self.is_held and len(self._rows) < len(self._numbers)

    def fetchMore(self, parent: Index) -> None:
        fresh = self._portion()
        if fresh:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(fresh) - 1)
            self._rows += fresh
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._name(row)
        if role == ROW_ROLE:
            return self._shown(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._shown(row).sentence()
        return None

    def _portion(self) -> list[PreviewRow]:
        if self._preview is None or self.is_held:
            return []
        wanted = self._numbers[len(self._rows) : len(self._rows) + PORTION]
        return [self._preview.row(number) for number in wanted]

    def _names(self, row: PreviewRow) -> dict[str, str]:
        if row.record is None:
            return {}
        before = row.before or EntryRecord(uid=row.uid, kind=row.record.kind, name="", status="")
        return self._desk.directory.names(comparing.mentioned(before, row.record))

    def _name(self, row: PreviewRow) -> str:
        return row.name or self._desk.words.gettext("Ligne {row}").format(row=row.row)

    def _shown(self, row: PreviewRow) -> RowText:
        words = self._desk.words
        _ = words.gettext
        state = {
            "new": _("nouvelle"),
            "changed": _("change"),
            "unchanged": _("inchangée"),
            "refused": _("refusée"),
            "closing": _("se ferme"),
        }[row.state]
        body = ""
        if row.state == "changed":
            body = ", ".join(dict.fromkeys(fields.label(change.field, words) for change in row.changes))
        elif row.state == "refused" and row.remarks:
            body = row.remarks[0].sentence
        count = len(row.remarks)
        remarks = words.ngettext("{count} remarque", "{count} remarques", count).format(count=count) if count else ""
        twin = _("sans doute déjà là : {name}").format(name=row.twin.name) if row.twin else ""
        meta = " · ".join(part for part in (twin, remarks) if part)
        return RowText(self._name(row), state=state, tone=_TONES.get(row.state, "unknown"), body=body, meta=meta)


class UnderstoodModel(QAbstractTableModel):
    """Each field of the source, how many cells said something, how many of them were understood or kept beside."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        _ = words.gettext
        self.headings = (_("Dans le fichier"), _("Remplies"), _("Comprises"), _("Part"))
        self._lines: tuple[Understood, ...] = ()

    def show(self, lines: tuple[Understood, ...]) -> None:
        """List the fields that said something."""
        self.beginResetModel()
        self._lines = tuple(line for line in lines if line.filled)
        self.endResetModel()

    def as_text(self) -> str:
        """The table for a spreadsheet: lines of cells parted by tabs."""
        cells = [self.headings, *(self._texts(line) for line in self._lines)]
        return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in cells)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(line)[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            _ = self._words.gettext
            if _is_kept(line):
                return _("{field} : gardée à côté, {filled} remplies.").format(field=line.field, filled=line.filled)
            said = _("{field} : {taken} comprises sur {filled}.").format(
                field=line.field, taken=line.taken, filled=line.filled
            )
            return f"{said} {self._kept(line)}." if line.kept else said
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(section)
        return self.headings[section] if role == Qt.ItemDataRole.DisplayRole else None

    def _texts(self, line: Understood) -> tuple[str, ...]:
        if _is_kept(line):
            return line.field, str(line.filled), "–", self._words.gettext("gardée à côté")
        share = int(100 * line.taken / line.filled)  # never 100 while one is missing
        space = "\u00a0" if self._words.language == "fr" else ""
        said = f"{share}{space}%"
        return line.field, str(line.filled), str(line.taken), f"{said}, {self._kept(line)}" if line.kept else said

    def _kept(self, line: Understood) -> str:
        said = self._words.ngettext("{count} gardée à côté", "{count} gardées à côté", line.kept)
        return said.format(count=line.kept)


def _is_kept(line: Understood) -> bool:
    """Whether a column is one that nobody tried to understand."""
    return line.kept == line.filled


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
