"""A list of parts (contacts, names, links), one row each: add, remove, move. Rows are kept and filled again."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from pointinfo.i18n import Words
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button
from pointinfo_ui.theme import Theme


class PartRow(QWidget):
    """One part. `first` is where typing begins; Alt+↑ and Alt+↓ ask to be `moved`."""

    edited = Signal()
    removed = Signal()
    moved = Signal(int)
    first: QWidget

    def fill(self, part: Any) -> None:
        """Show a part without saying that anyone typed it."""
        raise NotImplementedError

    @property
    def part(self) -> Any:
        """The part as the row stands, None while it says nothing."""
        raise NotImplementedError

    def remover(self, words: Words, theme: Theme) -> QPushButton:
        """The button that takes this row away."""
        _ = words.gettext
        made = button("", "quiet")
        made.setIcon(theme.icon("remove", theme.soft, 18))
        made.setAccessibleName(_("Retirer"))
        made.setToolTip(_("Retirer"))
        made.clicked.connect(self.removed)
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow move the row."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
            return
        super().keyPressEvent(event)


class RowsField(QWidget):
    """Edits a tuple of parts. `adders` are the buttons below: a text, and the part that each begins with."""

    edited = Signal()

    def __init__(self, make: Callable[[], PartRow], adders: Sequence[tuple[str, Any]]) -> None:
        super().__init__()
        self._make = make
        self._rows: list[PartRow] = []
        self._used = 0
        self._filled: tuple[Any, ...] = ()
        self._written: tuple[Any, ...] = ()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        outer.addLayout(self._body)
        self.adders = [self._adder(text, part) for text, part in adders]
        outer.addWidget(flowing(*self.adders, gap=6))

    @property
    def rows(self) -> list[PartRow]:
        """The rows that are shown, in order."""
        return self._rows[: self._used]

    def fill(self, value: Sequence[Any]) -> None:
        """Show `value` without saying that anyone typed it."""
        self._filled = tuple(value)
        self._show(self._filled)
        self._written = self._parts()

    @property
    def value(self) -> tuple[Any, ...]:
        """The parts that say something, in order."""
        parts = self._parts()
        return self._filled if parts == self._written else parts

    @property
    def problems(self) -> tuple[str, ...]:
        """Rows are always a value."""
        return ()

    def add(self, part: Any) -> None:
        """Add a row that begins with `part`, ready to type."""
        self._show((*(row.part for row in self.rows), part), keep=self._used)
        row = self.rows[-1]
        row.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _parts(self) -> tuple[Any, ...]:
        return tuple(part for part in (row.part for row in self.rows) if part is not None)

    def _show(self, parts: Sequence[Any], keep: int = 0) -> None:
        """One row a part; the first `keep` rows stay as they are."""
        while len(self._rows) < len(parts):
            self._rows.append(self._new())
        self._used = len(parts)
        for number, row in enumerate(self._rows):
            if keep <= number < self._used:
                row.fill(parts[number])
            row.setVisible(number < self._used)
        self._lead()

    def _new(self) -> PartRow:
        row = self._make()
        row.edited.connect(self.edited)
        row.removed.connect(lambda: self._remove(row))
        row.moved.connect(lambda step: self._move(row, step))
        self._body.addWidget(row)
        return row

    def _remove(self, row: PartRow) -> None:
        place = self._rows.index(row)
        self._body.removeWidget(row)
        self._rows.append(self._rows.pop(place))
        self._body.addWidget(row)
        row.hide()
        self._used -= 1
        self._lead()
        near: QWidget = self.rows[min(place, self._used - 1)].first if self._used else self.adders[0]
        near.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _move(self, row: PartRow, step: int) -> None:
        place = self._rows.index(row)
        target = place + step
        if not 0 <= target < self._used:
            return
        focused = self.window().focusWidget()
        self._rows.insert(target, self._rows.pop(place))
        self._body.removeWidget(row)
        self._body.insertWidget(target, row)
        if focused is not None:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
        self._lead()
        self.edited.emit()

    def _lead(self) -> None:
        """Where the focus begins."""
        self.setFocusProxy(self._rows[0].first if self._used else self.adders[0])

    def _adder(self, text: str, part: Any) -> QPushButton:
        made = button(f"+  {text}", "chip")
        made.setAccessibleName(text)
        made.clicked.connect(lambda: self.add(part))
        return made
