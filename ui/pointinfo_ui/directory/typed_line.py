"""A line that understands what is typed into it: tidied when it is left, its problem said below it then."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLabel, QLineEdit

from pointinfo.errors import InputError
from pointinfo_ui.forms import label


class TypedLine(QLineEdit):
    """`read` makes a value of the text or raises InputError, `show` the text of a value.

    `value` is what was read last; `problem` the sentence why the text can't be read, "" when it can. Put `line`, where
    that sentence is said, below it.
    """

    edited = Signal()

    def __init__(self, name: str, read: Callable[[str], Any], show: Callable[[Any], str], empty: Any) -> None:
        super().__init__()
        self._read, self._show = read, show
        self.value = empty
        self.problem = ""
        self.line: QLabel = label("", "error")
        self.line.hide()
        self.setAccessibleName(name)
        self.textEdited.connect(self._take)
        self.editingFinished.connect(self.tidy)

    def fill(self, value: Any) -> None:
        """Show a value without saying that anyone typed it."""
        with QSignalBlocker(self):
            self.setText(self._show(value))
            self.setCursorPosition(0)
        self.value, self.problem = value, ""
        self.say("")

    def tidy(self) -> None:
        """Write what was read the way it is always written, or say why it can't be read."""
        if self.problem:
            self.say(self.problem)
        elif self.text() != self._show(self.value):
            with QSignalBlocker(self):
                self.setText(self._show(self.value))

    def say(self, sentence: str, *, wrong: bool = True) -> None:
        """Put a sentence below the line; `wrong` draws the line in the colour of errors."""
        self.line.setText(sentence)
        self.line.setProperty("role", "error" if wrong else "meta")
        self.line.style().polish(self.line)
        self.line.setVisible(bool(sentence) and self.line.parent() is not None)
        self.setAccessibleDescription(sentence)
        if self.property("wrong") != bool(sentence and wrong):
            self.setProperty("wrong", bool(sentence and wrong))
            self.style().polish(self)

    def _take(self, text: str) -> None:
        try:
            self.value, self.problem = self._read(text), ""
        except InputError as error:
            self.problem = str(error)
        if not self.problem or not self.property("wrong"):
            self.say("")  # said when the line is left: a time half typed is no mistake
        self.edited.emit()
