"""The table behind a chart: the same lines as the chart draws and the CSV file holds."""

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView

from pointinfo.i18n import Words
from pointinfo.inquiries.export import figure, headings
from pointinfo.inquiries.statistics import Breakdown, Cell
from pointinfo_ui.inquiries.chart import told
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


class BreakdownModel(QAbstractTableModel):
    """One line a cell: name, inquiries, people; hidden figures as the word for them."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._headings: tuple[str, ...] = ("", "", "")
        self._rows: list[tuple[str, ...]] = []
        self._told: list[str] = []

    def show_breakdown(self, breakdown: Breakdown) -> None:
        """Show these figures."""
        self.beginResetModel()
        self._headings = headings(breakdown, self._words)
        self._rows = [self._texts(cell) for cell in breakdown.cells]
        self._told = [told(cell, self._words) for cell in breakdown.cells]
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One a cell."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Name, inquiries, people."""
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What is shown, how it stands, and the line as a sentence."""
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._rows[index.row()][index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                return _aligned(index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._told[index.row()]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The column titles."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < 3:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(section)
        return self._headings[section] if role == Qt.ItemDataRole.DisplayRole else None

    def _texts(self, cell: Cell) -> tuple[str, ...]:
        return cell.label, figure(cell.inquiries, self._words), figure(cell.people, self._words)


class BreakdownTable(QTableView):
    """All lines at once: the page scrolls, not the table."""

    def __init__(self, model: BreakdownModel, theme: Theme) -> None:
        super().__init__()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setStyleSheet(f"QTableView::item {{ padding: 0 {theme.size(5)}px; }}")
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.size(32))
        self.setModel(model)
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        across.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        across.setHighlightSections(False)
        across.setSectionsClickable(False)

    def fit(self, breakdown: Breakdown) -> None:
        """Be as high as the model's lines, under the breakdown's name."""
        self.setAccessibleName(breakdown.title)
        self.setAccessibleDescription(breakdown.note)
        lines = len(breakdown.cells) * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(lines + self.horizontalHeader().sizeHint().height() + 4)


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
