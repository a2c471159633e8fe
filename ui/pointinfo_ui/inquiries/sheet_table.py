"""The grid of the day sheet under the fingers: which key fills a cell, which goes on, which goes back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from pointinfo.errors import PointInfoError
from pointinfo_ui.inquiries.sheet_model import Index, SheetModel
from pointinfo_ui.theme import Theme

FIRST_TYPED = "themes"
"""Where a new row begins: what stands before it is taken over from the row above."""
WIDTHS = {
    "hour": 66, "channel": 118, "themes": 186, "audiences": 140, "people": 98, "outcome": 140, "reason": 140,
    "effort": 100, "language": 92, "origin": 96, "first_contact": 92,
}  # fmt: skip
LARGEST = {"hour": 23, "people": 99}


class SheetTable(QTableView):
    """A key fills a cell and goes on to the next; «+» adds to the one before; Enter begins the next row."""

    moved = Signal()
    failed = Signal(str)

    def __init__(self, model: SheetModel, theme: Theme) -> None:
        super().__init__()
        self._sheet = model
        self._adds = False
        self._fresh = True
        self.setModel(model)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(True)
        self.setShowGrid(True)
        self.setWordWrap(False)
        self.verticalHeader().setDefaultSectionSize(theme.size(36))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setCornerButtonEnabled(False)
        for place, each in enumerate(model.columns):
            self.setColumnWidth(place, theme.size(WIDTHS[each.name]))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Another cell: the next key begins it anew."""
        super().currentChanged(current, previous)
        self._fresh = True
        self.moved.emit()

    def go_to(self, row: int, place: int) -> None:
        """Choose a cell."""
        self.setCurrentIndex(self._sheet.index(row, place))

    def begin_row(self, row: int) -> None:
        """Choose the first cell of a row that is not taken over."""
        first = next(place for place, each in enumerate(self._sheet.columns) if each.name == FIRST_TYPED)
        self.go_to(row, first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is typed goes into the sheet; arrows and Tab move as in any table."""
        index = self.currentIndex()
        text = event.text().lower()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        try:
            if not index.isValid():
                super().keyPressEvent(event)
            elif event.matches(QKeySequence.StandardKey.Paste):
                self._sheet.paste(index.row(), index.column(), QGuiApplication.clipboard().text())
                self.go_to(index.row(), index.column())
            elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                self._next_row(index.row())
            elif event.key() == Qt.Key.Key_Backspace and plain:
                self._back(index.row(), index.column())
            elif event.key() == Qt.Key.Key_Delete and plain:
                self._sheet.type(index.row(), index.column(), "")
            elif text == "+" and index.column() > 0:
                self._adds = True
                self.go_to(index.row(), index.column() - 1)
            elif plain and len(text) == 1 and text.isalnum():
                self._type(index.row(), index.column(), text)
            else:
                super().keyPressEvent(event)
        except PointInfoError as error:
            self.failed.emit(str(error))

    def _type(self, row: int, place: int, text: str) -> None:
        each = self._sheet.columns[place]
        before = "" if self._fresh and not self._adds else self._sheet.cell(row, place)
        typed = before + text
        self._adds = False
        self._sheet.type(row, place, typed)
        self._fresh = False
        most = LARGEST.get(each.name, len(each.keys))
        counts = each.name in LARGEST or each.name == "origin"
        more_fits = counts and typed.isdigit() and len(typed) < 2 and int(typed) * 10 <= most
        if not more_fits and place + 1 < len(self._sheet.columns):
            self.go_to(row, place + 1)
        else:
            self.moved.emit()

    def _back(self, row: int, place: int) -> None:
        """Empty the cell; an empty one goes back to the one before."""
        if self._sheet.cell(row, place):
            self._sheet.type(row, place, "")
            self._fresh = True
        elif place:
            self.go_to(row, place - 1)

    def _next_row(self, row: int) -> None:
        cells = dict(zip((each.name for each in self._sheet.columns), self._sheet.rows[row], strict=True))
        if row + 1 == self._sheet.rowCount() and not any(
            cells[name] for name in cells if name not in ("hour", "channel")
        ):
            return  # an empty row makes no other
        self.begin_row(self._sheet.next_row(row))
