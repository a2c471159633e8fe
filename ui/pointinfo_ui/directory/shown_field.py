"""What a form shows of an entry and nobody types: where it was imported from."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel

from pointinfo.directory.fields import said
from pointinfo.i18n import Words


class ShownField(QLabel):
    """Says a value in words and gives it back as it came."""

    edited = Signal()

    def __init__(self, key: str, words: Words) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._key = key
        self._words = words
        self._value: Any = ()

    def fill(self, value: Any) -> None:
        """Show `value`."""
        _ = self._words.gettext
        self._value = value
        self.setText(said(self._key, value, self._words, {}, {}) or _("rien"))

    @property
    def value(self) -> Any:
        """What was filled in."""
        return self._value

    @property
    def problems(self) -> tuple[str, ...]:
        """It can't be wrong."""
        return ()
