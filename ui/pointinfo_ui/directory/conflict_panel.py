"""Two people changed the same fields: both values side by side, one of them chosen for each. Nothing is preferred."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QPushButton

from pointinfo.desk import Desk
from pointinfo.directory import ConflictError, FieldChange, Link
from pointinfo.directory.fields import general, label, said
from pointinfo_ui import forms
from pointinfo_ui.forms import column


class ConflictPanel(QFrame):
    """Says `chosen` with a key of `record.flat` and the value that shall hold (None: nothing)."""

    chosen = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("tile", "closed")
        body = column(self, margins=18, spacing=10)
        self._sentence = forms.label("", "heading")
        body.addWidget(self._sentence)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        body.addLayout(self._grid)
        self._open: set[str] = set()
        self.choices: dict[str, tuple[QPushButton, QPushButton]] = {}
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether a field still waits for a choice."""
        return bool(self._open)

    def show_conflict(self, error: ConflictError, terms: dict[tuple[str, str], str]) -> None:
        """Show every field that both changed; `terms`: label by (vocabulary, code)."""
        self.forget()
        self._sentence.setText(str(error))
        self._open = {change.field for change in error.fields}
        names = self._desk.directory.names(_uids(error.fields))
        for row, change in enumerate(error.fields):
            self._add(row, change, terms, names)
        self.show()

    def forget(self) -> None:
        """Take everything away: nothing is in conflict."""
        self._open = set()
        self.choices = {}
        forms.clear(self._grid)
        self.hide()

    def take_focus(self) -> None:
        """To the first field that waits for a choice."""
        for key, (theirs, _ours) in self.choices.items():
            if key in self._open:
                theirs.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _add(self, row: int, change: FieldChange, terms: dict[tuple[str, str], str], names: dict[str, str]) -> None:
        words = self._desk.words
        _ = words.gettext
        title = label(change.field, words)
        self._grid.addWidget(forms.label(title, "label"), row * 2, 0, 1, 2)
        group = QButtonGroup(self)
        made = []
        for side, (who, value) in enumerate(((_("La leur"), change.before), (_("La vôtre"), change.after))):
            text = said(general(change.field), value, words, terms, names) or _("rien")
            choice = forms.button(f"{who} : {_folded(text)}", "side")
            choice.setToolTip(text)
            choice.setAccessibleName(f"{title}, {who} : {text}")
            choice.setCheckable(True)
            choice.clicked.connect(self._chooser(change.field, value))
            group.addButton(choice)
            self._grid.addWidget(choice, row * 2 + 1, side)
            made.append(choice)
        self.choices[change.field] = (made[0], made[1])

    def _chooser(self, key: str, value: Any) -> Callable[[bool], None]:
        def choose(_on: bool) -> None:
            self._open.discard(key)
            self.chosen.emit(key, value)

        return choose


def _uids(changes: tuple[FieldChange, ...]) -> set[str]:
    found = set()
    for change in changes:
        for value in (change.before, change.after):
            if change.field == "replaced_by" and value:
                found.add(value)
            elif isinstance(value, tuple):
                found |= {part.uid for part in value if isinstance(part, Link)}
    return found


def _folded(text: str, width: int = 46, most: int = 6) -> str:
    """A text on a few short lines, as a button shows it; the whole is its tip."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines[:most]) + (" …" if len(lines) > most else "")
