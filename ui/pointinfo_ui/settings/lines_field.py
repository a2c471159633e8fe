"""A list in plain lines, checked as it is typed; what is wrong stands below."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from pointinfo.errors import InputError
from pointinfo_ui.theme import Theme


class LinesField(QPlainTextEdit):
    """`read` makes a value of the lines or raises InputError, `show` the lines of a value.

    `value` is what was read last, `problem` why the lines can't be read, "" when they can; `line`, if there is one,
    says it once the field is left.
    """

    def __init__(self, theme: Theme, read: Callable[[str], Any], show: Callable[[Any], str]) -> None:
        super().__init__()
        self._read, self._show = read, show
        self.value: Any = ()
        self.problem = ""
        self.line: QLabel | None = None
        self._help = ""
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.size(100))
        self.textChanged.connect(self._take)

    def watch(self, line: QLabel) -> None:
        """Use the line below the field, whose text is its help, to say what is wrong."""
        self.line, self._help = line, line.text()

    def fill(self, value: Any) -> None:
        """Show a value without saying that anyone typed it."""
        with QSignalBlocker(self):
            self.setPlainText(self._show(value))
        self.value, self.problem = value, ""
        self.say()

    def say(self) -> None:
        """Tell below the field what is wrong, else its help."""
        if self.line is None:
            return
        self.line.setText(self.problem or self._help)
        self.line.setProperty("role", "error" if self.problem else "meta")
        self.line.style().polish(self.line)
        self.setAccessibleDescription(self.line.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A line half typed is no mistake; one that is left is."""
        super().focusOutEvent(event)
        self.say()

    def _take(self) -> None:
        try:
            self.value, self.problem = self._read(self.toPlainText()), ""
        except InputError as error:
            self.problem = str(error)
        if not self.problem:
            self.say()
