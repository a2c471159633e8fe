"""The day sheet as a table: cells as they are typed, shown as the words they stand for."""

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from pointinfo.desk import Desk
from pointinfo.inquiries.day_sheet import REPEATED, Cells, Column, Row
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
MOST_UNDONE: Final = 200


class SheetModel(QAbstractTableModel):
    """Rows of one day; every change is in the draft on disk before the next key."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk, self._theme = desk, theme
        self.columns: tuple[Column, ...] = desk.day_sheets.columns()
        self.rows: list[Cells] = []
        self._read: list[Row] = []
        self._past: list[list[Cells]] = []
        self.day = desk.inquiries.today()
        self.show_day(self.day)

    def show_day(self, day: date) -> None:
        """Show what is typed of a day, and an empty row."""
        self.beginResetModel()
        self.day = day
        self.columns = self._desk.day_sheets.columns()
        self._past = []
        self._fill(list(self._desk.day_sheets.draft(day)))
        self.endResetModel()

    def name(self, column: int) -> str:
        """The field of a column."""
        return self.columns[column].name

    def cell(self, row: int, column: int) -> str:
        """What is typed in a cell."""
        return self.rows[row][column]

    def type(self, row: int, column: int, text: str) -> None:
        """Write into a cell; it is on disk when this returns."""
        before = self.rows[row]
        if before[column] == text:
            return
        self._remember()
        self.rows[row] = (*before[:column], text, *before[column + 1 :])
        self._understand(row)
        self._keep()

    def next_row(self, row: int) -> int:
        """The row after; made where there is none, with what seldom changes taken over from this one."""
        if row + 1 == len(self.rows):
            above = self.rows[row]
            repeated = tuple(
                cell if column.name in REPEATED else "" for cell, column in zip(above, self.columns, strict=True)
            )
            self.beginInsertRows(_ROOT, row + 1, row + 1)
            self.rows.append(repeated)
            self._read.append(self._desk.day_sheets.read(repeated, self.columns))
            self.endInsertRows()
        return row + 1

    def paste(self, row: int, column: int, text: str) -> None:
        """Write lines of cells, parted by tabs or semicolons, from a cell on."""
        lines = [line.split("\t" if "\t" in text else ";") for line in text.splitlines() if line.strip()]
        if not lines:
            return
        self._remember()
        self.beginResetModel()
        rows = self.rows
        for number, line in enumerate(lines, row):
            while number >= len(rows):
                rows.append(("",) * len(self.columns))
            cells = list(rows[number])
            for place, cell in enumerate(line[: len(cells) - column], column):
                cells[place] = cell.strip().lower()
            rows[number] = tuple(cells)
        self._fill(rows)
        self.endResetModel()
        self._keep()

    def remove_row(self, row: int) -> None:
        """Take a row out."""
        self._remember()
        self.beginResetModel()
        self._fill([cells for number, cells in enumerate(self.rows) if number != row])
        self.endResetModel()
        self._keep()

    def undo(self) -> bool:
        """The sheet as it was before the last change; False when nothing was changed."""
        if not self._past:
            return False
        self.beginResetModel()
        self._fill(self._past.pop())
        self.endResetModel()
        self._keep()
        return True

    @property
    def told(self) -> int:
        """How many rows say something."""
        return sum(1 for row in self._read if row.told is not None or row.problems)

    def problem(self, row: int, column: int) -> str:
        """What can't be read in a cell, "" where all is well."""
        return self._read[row].problems.get(self.name(column), "")

    def first_problem(self) -> tuple[int, int] | None:
        """The first cell that can't be read."""
        for number, row in enumerate(self._read):
            for place, column in enumerate(self.columns):
                if column.name in row.problems:
                    return number, place
        return None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.columns[section].title if 0 <= section < len(self.columns) else None
        return str(section + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not (index.row() < len(self.rows) and index.column() < len(self.columns)):
            return None
        row, column = index.row(), index.column()
        problem = self.problem(row, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"⚠ {self.cell(row, column)}" if problem else self.words(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return self.cell(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return problem or self.words(row, column)
        if role == Qt.ItemDataRole.ForegroundRole and problem:
            return self._theme.stop
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = self.words(row, column) or self._desk.words.gettext("vide")
            return f"{row + 1}, {self.columns[column].title} : {problem or said}"
        return None

    def words(self, row: int, column: int) -> str:
        """What a cell stands for; what can't be read as it was typed."""
        cell, keys = self.cell(row, column).strip().lower(), self.columns[column].keys
        if not keys:
            return cell
        labels = {key.key: key.label for key in keys}
        typed = [cell] if self.name(column) == "origin" else list(cell)
        return ", ".join(labels.get(key, key) for key in typed)

    def _fill(self, rows: list[Cells]) -> None:
        width = len(self.columns)
        self.rows = [(*cells, *("",) * width)[:width] for cells in rows] or [("",) * width]
        self._read = [self._desk.day_sheets.read(cells, self.columns) for cells in self.rows]

    def _understand(self, row: int) -> None:
        self._read[row] = self._desk.day_sheets.read(self.rows[row], self.columns)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def _remember(self) -> None:
        self._past = [*self._past[-MOST_UNDONE:], list(self.rows)]

    def _keep(self) -> None:
        self._desk.day_sheets.keep_draft(self.day, [cells for cells in self.rows if any(cells)])
