"""Two people changed the same fields: both values side by side, one of them chosen for each. Nothing is preferred."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout

from pointinfo.desk import Desk
from pointinfo.directory import ConflictError, FieldChange, Link
from pointinfo.directory.fields import general, label, said
from pointinfo_ui import forms
from pointinfo_ui.forms import column

MARGIN = 18
PADDING = 40
"""Pixels inside a button and at its edges that no letter has."""
SHORTEST = 20
"""Letters of a line at least."""


class ConflictPanel(QFrame):
    """Says `chosen` with a key of `record.flat` and the value that shall hold (None: nothing)."""

    chosen = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("tile", "closed")
        body = column(self, margins=MARGIN, spacing=10)
        self._sentence = forms.label("", "heading")
        body.addWidget(self._sentence)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        body.addLayout(self._rows)
        self._open: set[str] = set()
        self._texts: dict[QPushButton, str] = {}
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
        for change in error.fields:
            self._add(change, terms, names)
        self._fold()
        self.show()

    def forget(self) -> None:
        """Take everything away: nothing is in conflict."""
        self._open = set()
        self.choices = {}
        self._texts = {}
        forms.clear(self._rows)
        self.hide()

    def take_focus(self) -> None:
        """To the first field that waits for a choice."""
        for key, (theirs, _ours) in self.choices.items():
            if key in self._open:
                theirs.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Long values break their lines where the panel ends: they never make the form wider."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        for choice, text in self._texts.items():
            letters = (self.width() - 2 * MARGIN - PADDING) // max(1, choice.fontMetrics().averageCharWidth())
            choice.setText(_folded(text, max(SHORTEST, int(letters * 1.2))))

    def _add(self, change: FieldChange, terms: dict[tuple[str, str], str], names: dict[str, str]) -> None:
        words = self._desk.words
        _ = words.gettext
        title = label(change.field, words)
        self._rows.addWidget(forms.label(title, "label"))
        made = []
        for who, value in ((_("La leur"), change.before), (_("La vôtre"), change.after)):
            text = said(general(change.field), value, words, terms, names) or _("rien")
            choice = forms.button("", "side")
            choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            choice.setToolTip(text)
            choice.setAccessibleName(f"{title}, {who} : {text}")
            choice.setCheckable(True)
            choice.setAutoDefault(True)  # Enter chooses, as Space does
            self._texts[choice] = f"{who} : {text}"
            self._rows.addWidget(choice)
            made.append(choice)
        self.choices[change.field] = (made[0], made[1])
        for choice, other, value in ((made[0], made[1], change.before), (made[1], made[0], change.after)):
            choice.clicked.connect(self._chooser(change.field, value, choice, other))

    def _chooser(self, key: str, value: Any, choice: QPushButton, other: QPushButton) -> Callable[[bool], None]:
        def choose(_on: bool) -> None:
            choice.setChecked(True)  # without a group of buttons, so that Tab reaches both
            other.setChecked(False)
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


def _folded(text: str, width: int, most: int = 6) -> str:
    """A text on a few short lines, as a button shows it; the whole is its tip."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines[:most]) + (" …" if len(lines) > most else "")
