"""A line that offers what fits the typed letters below itself: arrows choose, Enter takes, Escape closes."""

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QScrollArea, QVBoxLayout, QWidget

from pointinfo_ui.rows import ROW_ROLE, RowText, list_rows
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
SEEN: Final = 6.5
"""Rows in view: the half one says that there are more."""


class Suggestion(NamedTuple):
    """What taking it says, and how it is shown."""

    code: str
    row: RowText


class SuggestionsModel(QAbstractListModel):
    """What fits, best first."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Sequence[Suggestion] = ()

    def show(self, found: Sequence[Suggestion]) -> None:
        """Show these."""
        self.beginResetModel()
        self._shown = found
        self.endResetModel()

    def code(self, row: int) -> str:
        """What a row says, "" when there is none."""
        return self._shown[row].code if 0 <= row < len(self._shown) else ""

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        row = self._shown[index.row()].row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.heading
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.sentence()
        return None


class _Offer(QFrame):
    """The list below the line: a part of the window, so that the focus stays in the line."""

    def __init__(self, name: str, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._theme = theme
        self.setProperty("panel", True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(2, 2, 2, 2)
        self.model = SuggestionsModel()
        self.list = QListView()
        list_rows(self.list, self.model, theme, name)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside.addWidget(self.list)

    def place(self, line: QWidget) -> None:
        """Below the line, above it where there is no room."""
        over = self._over
        rows = self.model.rowCount()
        self.resize(max(line.width(), self._theme.size(280)), self._theme.size(120))
        self.list.doItemsLayout()
        heights = [self.list.sizeHintForIndex(self.model.index(row, 0)).height() for row in range(min(rows, 7))]
        height = round(sum(heights[:6]) + (SEEN - 6) * heights[-1] if rows > 6 else sum(heights)) + 6
        under = line.mapTo(over, QPoint(0, line.height() + 4))
        above = line.mapTo(over, QPoint(0, -height - 4))
        room = under.y() + height <= over.height() or above.y() < 0
        spot = under if room else above
        width = min(self.width(), over.width() - 16)
        self.setGeometry(min(spot.x(), over.width() - width - 8), spot.y(), width, height)
        self.show()
        self.raise_()


class SuggestLine(QLineEdit):
    """Says `taken` with the code of what was chosen. `find` gives what fits the typed text, "" for all."""

    taken = Signal(str)

    def __init__(self, theme: Theme, find: Callable[[str], Sequence[Suggestion]]) -> None:
        super().__init__()
        self._theme = theme
        self._find = find
        self._offer: _Offer | None = None
        self.textEdited.connect(lambda _text: self.offer())

    @property
    def is_offering(self) -> bool:
        """Whether the list is there."""
        return self._offer is not None and self._offer.isVisible()

    def offer(self) -> None:
        """Show what fits; nothing when nothing does."""
        found = self._find(self.text())
        if not found:
            self.close_offer()
            return
        if self._offer is None or self._offer.parentWidget() is not self.window():
            self._offer = _Offer(self.accessibleName(), self._theme, self.window())
            self._offer.list.clicked.connect(lambda index: self._take(index.row()))
            for scroll in _scrolls_around(self):
                scroll.verticalScrollBar().valueChanged.connect(self.close_offer)
        self._offer.model.show(found)
        self._offer.list.setCurrentIndex(self._offer.model.index(0, 0))
        self._offer.place(self)

    def close_offer(self) -> None:
        """Take the list away."""
        if self._offer is not None:
            self._offer.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Enter takes, Escape closes; everything else is typed."""
        key = event.key()
        if self._offer is not None and self._offer.isVisible():
            here = self._offer.list.currentIndex().row()
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key))
            if step:
                row = min(max(here + step, 0), self._offer.model.rowCount() - 1)
                self._offer.list.setCurrentIndex(self._offer.model.index(row, 0))
                return
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(here)
                return
            if key == Qt.Key.Key_Escape:
                self.close_offer()
                return
        elif key == Qt.Key.Key_Down and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.offer()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click shows what there is."""
        super().mousePressEvent(event)
        self.offer()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Elsewhere, the list goes."""
        super().focusOutEvent(event)
        self.close_offer()

    def hideEvent(self, event: QHideEvent) -> None:
        """Without its line the list goes, too."""
        super().hideEvent(event)
        self.close_offer()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.size(220), super().sizeHint().height())

    def _take(self, row: int) -> None:
        code = self._offer.model.code(row) if self._offer is not None else ""
        self.close_offer()
        if code:
            self.taken.emit(code)


def _scrolls_around(widget: QWidget) -> list[QScrollArea]:
    found = []
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            found.append(above)
        above = above.parentWidget()
    return found
