"""The table behind a chart: the same lines as the chart draws and the files hold."""

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView

from pointinfo.i18n import Words
from pointinfo.inquiries.report_files import table_rows
from pointinfo.inquiries.report_tables import Table, said
from pointinfo_ui.inquiries.chart import line_told, told
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


class FigureModel(QAbstractTableModel):
    """One line a code: its label and its figures, hidden ones as the word for them."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._table: Table | None = None

    def show_table(self, table: Table) -> None:
        """Show these figures."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def line_code(self, row: int) -> str:
        """The code of a line."""
        return self._table.lines[row].code if self._table else ""

    def as_tsv(self) -> str:
        """The whole table as spreadsheets take it from the clipboard."""
        lines = table_rows(self._table, self._words) if self._table else ()
        return "\n".join("\t".join(str(value) for value in line) for line in lines)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One a line."""
        return 0 if parent.isValid() or self._table is None else len(self._table.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """The label and the figures."""
        return 0 if parent.isValid() or self._table is None else 1 + len(self._table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What is shown, how it stands; aloud, the line as a sentence, or the cell where the focus is in one."""
        if not index.isValid() or self._table is None:
            return None
        line = self._table.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return said(line.figures[index.column() - 1], self._words) if index.column() else line.label
            case Qt.ItemDataRole.TextAlignmentRole:
                return _aligned(index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                if index.column() == 0:
                    return line_told(self._table, line, self._words)
                return told(self._table, index.row(), index.column() - 1, self._words)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The column titles."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount() or self._table is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._table.columns[section - 1].label if section else self._table.head


class FigureTable(QTableView):
    """All lines at once: the page scrolls, not the table. `chosen` says the code of the line that was entered."""

    chosen = Signal(str)

    def __init__(self, model: FigureModel, theme: Theme) -> None:
        super().__init__()
        self._figures = model
        self._lines = 0
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setStyleSheet(f"QTableView::item {{ padding: 0 {theme.size(5)}px; }}")
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.size(32))
        self.setModel(model)
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        self.doubleClicked.connect(lambda index: self.chosen.emit(model.line_code(index.row())))

    def fit(self, table: Table) -> None:
        """Be as high as the model's lines, under the table's name."""
        self.setAccessibleName(table.title)
        self.setAccessibleDescription(table.note)
        self._lines = len(table.lines)
        self._spread()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the whole width where there is more than the figures need."""
        super().resizeEvent(event)
        self._spread()

    def _spread(self) -> None:
        across = self.horizontalHeader()
        needed = sum(max(across.sectionSizeHint(n), self.sizeHintForColumn(n)) for n in range(across.count()))
        fits = needed <= self.width()
        first = QHeaderView.ResizeMode.Stretch if fits else QHeaderView.ResizeMode.ResizeToContents
        if across.count() and across.sectionResizeMode(0) != first:
            across.setSectionResizeMode(0, first)
        bar = 0 if fits else self.horizontalScrollBar().sizeHint().height()
        lines = self._lines * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(lines + across.sizeHint().height() + bar + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the line; arrows go from cell to cell."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self._figures.line_code(self.currentIndex().row()))
        else:
            super().keyPressEvent(event)


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
