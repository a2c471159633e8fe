"""First step of an import: what the file is, and its first rows as they were read."""

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QHBoxLayout, QLineEdit, QTableView, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.directory.exchange.formats import Format
from pointinfo.directory.exchange.mapping import headings
from pointinfo.directory.exchange.tables import DELIMITERS, Line, Table
from pointinfo_ui.forms import Choice, column, field, label, panel
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_SHOWN: Final = 50
ENCODINGS: Final = ("utf-8", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "mac-roman", "cp850")


class FirstRows(QAbstractTableModel):
    """The beginning of a table, its headings on top, its rows numbered as in the file."""

    def __init__(self) -> None:
        super().__init__()
        self._names: list[str] = []
        self._lines: list[Line] = []

    def show(self, found: list[Line]) -> None:
        """Show these lines, the heading first."""
        self.beginResetModel()
        self._names = headings(found[0].cells) if found else []
        self._lines = found[1 : _SHOWN + 1]
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell, on one line; all of it in the tip; the row as a sentence."""
        if not index.isValid():
            return None
        cells = self._lines[index.row()].cells
        text = cells[index.column()] if index.column() < len(cells) else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(text.split())[:200]
        if role == Qt.ItemDataRole.ToolTipRole:
            return text[:2_000]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            pairs = zip(self._names, cells, strict=False)
            return ", ".join(f"{name} : {cell}" for name, cell in pairs if cell)[:2_000]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._names[section] if 0 <= section < len(self._names) else None
        return str(self._lines[section].row) if 0 <= section < len(self._lines) else None


class FilePane(QWidget):
    """Says `read_again` when the file shall be read in another way."""

    read_again = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        _ = desk.words.gettext
        around = QHBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(16)
        facts = panel()
        facts.setMaximumWidth(theme.size(420))
        block = column(facts, margins=22, spacing=12)
        self.heading = label("", "heading")
        self.sentence = label("", "lead")
        block.addWidget(self.heading)
        block.addWidget(self.sentence)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        block.addLayout(grid)
        self.source = QLineEdit()
        self.encoding = Choice([(name, name.upper()) for name in ENCODINGS])
        marks = {";": _("point-virgule ;"), ",": _("virgule ,"), "\t": _("tabulation"), "|": _("barre |")}
        self.delimiter = Choice([(mark, marks[mark]) for mark in DELIMITERS])
        self.sheet = Choice([])
        field(grid, 0, _("Source"), self.source, _("Le même nom à chaque import : il relie les fiches à leur origine."))
        self._rows: dict[str, list[QWidget]] = {}
        for row, (name, title, widget) in enumerate(
            (
                ("encoding", _("Encodage"), self.encoding),
                ("delimiter", _("Séparateur"), self.delimiter),
                ("sheet", _("Feuille"), self.sheet),
            ),
            1,
        ):
            field(grid, row, title, widget)
            name_label = grid.itemAtPosition(row * 2, 0)
            shown = name_label.widget() if name_label is not None else None
            self._rows[name] = [each for each in (shown, widget) if each is not None]
            widget.chosen.connect(self.read_again)
        block.addStretch(1)
        around.addWidget(facts, 2)
        around.addWidget(self._beginning(), 5)

    def show_file(self, found: Format, name: str, source: str) -> None:
        """What is known of any file; a table is shown with `show_table` besides."""
        _ = self._desk.words.gettext
        self.heading.setText(name)
        self._format = found.title
        self.sentence.setText(_("Format reconnu : {format}.").format(format=self._format))
        self.source.setText(source)
        self._table_panel.setVisible(found.is_table)
        for widgets in self._rows.values():
            for widget in widgets:
                widget.hide()
        self.model.show([])

    def show_table(self, table: Table, found: list[Line]) -> None:
        """How a table is read, and its beginning."""
        _ = self._desk.words.gettext
        shown = {"encoding", "delimiter"} if table.format == "csv" else {"sheet"}
        for name, widgets in self._rows.items():
            for widget in widgets:
                widget.setVisible(name in shown and (name != "sheet" or len(table.sheets) > 1))
        self.encoding.fill(table.encoding)
        self.delimiter.fill(table.delimiter)
        hidden = _("{sheet} (masquée)")
        self.sheet.clear()
        for sheet in table.sheets:
            self.sheet.addItem(hidden.format(sheet=sheet) if sheet in table.hidden else sheet, sheet)
        self.sheet.fill(table.sheet)
        if table.rows:
            words = self._desk.words
            about = words.ngettext("Environ {count} ligne.", "Environ {count} lignes.", table.rows)
            read = _("Format reconnu : {format}.").format(format=self._format)
            self.sentence.setText(f"{read} {about.format(count=table.rows)}")
        self.model.show(found)
        self.table.resizeColumnsToContents()
        widest = self._theme.size(260)
        for place in range(self.model.columnCount()):
            self.table.setColumnWidth(place, min(widest, self.table.columnWidth(place) + self._theme.size(12)))
        self._table_panel.show()

    def _beginning(self) -> QWidget:
        _, theme = self._desk.words.gettext, self._theme
        self._table_panel = panel()
        inside = QVBoxLayout(self._table_panel)
        inside.setContentsMargins(2, 2, 2, 2)
        self.model = FirstRows()
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Premières lignes du fichier"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().setDefaultSectionSize(theme.size(160))
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.verticalHeader().setDefaultSectionSize(theme.size(34))
        self.table.verticalHeader().setHighlightSections(False)
        inside.addWidget(self.table)
        return self._table_panel
