"""Last step of an import: what it did, and how much of each column was understood."""

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.directory.exchange import report as telling
from pointinfo.directory.exchange.report import Report
from pointinfo_ui.forms import column, label, panel
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


class UnderstoodModel(QAbstractTableModel):
    """A line a column of the source."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._headings = telling.headings(desk.words)
        self._rows: list[tuple[str, str, str, str]] = []

    def show(self, report: Report) -> None:
        """Show the columns of a report."""
        self.beginResetModel()
        self._rows = telling.rows(report)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell, how it stands, and the line as a sentence."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(f"{title} : {cell}" for title, cell in zip(self._headings, row, strict=True) if cell)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._headings):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(section)
        return self._headings[section] if role == Qt.ItemDataRole.DisplayRole else None


class ReportPane(QWidget):
    """The report on a sheet; it can be copied and saved."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self.report: Report | None = None
        _ = desk.words.gettext
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        sheet = panel()
        block = column(sheet, margins=24, spacing=12)
        self.heading = label("", "heading")
        self.sentence = label("", "lead")
        block.addWidget(self.heading)
        block.addWidget(self.sentence)
        block.addWidget(label(_("Ce qui a été compris, colonne par colonne"), "label"))
        self.model = UnderstoodModel(desk)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Ce qui a été compris, colonne par colonne"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.size(34))
        across = self.table.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        across.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        across.setHighlightSections(False)
        block.addWidget(self.table, 1)
        around.addWidget(sheet)

    def show_report(self, report: Report) -> None:
        """Show what an import did."""
        words = self._desk.words
        _ = words.gettext
        self.report = report
        self.heading.setText(_("Import terminé : {source}").format(source=report.source))
        self.sentence.setText(" · ".join(telling.count_words(report.counts, words)))
        self.model.show(report)

    def copy(self) -> None:
        """Put the report on the clipboard, ready for a spreadsheet."""
        if self.report is not None:
            QGuiApplication.clipboard().setText(telling.csv_text(self.report, self._desk.words, "\t"))

    def csv_bytes(self) -> bytes:
        """The report as a CSV file."""
        assert self.report is not None  # noqa: S101 -- the pane is shown with one
        return telling.csv_text(self.report, self._desk.words).encode("utf-8-sig")


def _aligned(section: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
