"""A text in several languages: French, and beside it the one language that is being worked on."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.directory.fields import language_name
from pointinfo_ui.directory.plain_fields import TextField
from pointinfo_ui.forms import label
from pointinfo_ui.theme import Theme

BESIDE_FROM = 480
"""Pixels at normal text size from which two texts have room beside each other."""
FIRST = "fr"


class TextsField(QWidget):
    """Edits the text of each language; the value maps languages to texts that say something."""

    edited = Signal()

    def __init__(self, desk: Desk, theme: Theme, title: str) -> None:
        super().__init__()
        self._words = desk.words
        self._theme = theme
        self._title = title
        self._filled: dict[str, str] = {}
        self._language = ""
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(12)
        self.first = TextField()
        self.other = TextField()
        self._heads = [label("", "meta", wrap=False) for _side in range(2)]
        self._sides = [self._side(head, text) for head, text in zip(self._heads, (self.first, self.other), strict=True)]
        self._heads[0].setText(language_name(FIRST, self._words))
        self.first.setAccessibleName(title)
        self.setFocusProxy(self.first)
        self.show_language("")

    def show_language(self, language: str) -> None:
        """Put another language beside the French, "" for none; what was typed stays."""
        self._filled = self.value
        self._language = language
        self._sides[1].setVisible(bool(language))
        self._heads[0].setVisible(bool(language))
        self._heads[1].setText(language_name(language, self._words) if language else "")
        self.other.setAccessibleName(f"{self._title} ({self._heads[1].text()})")
        self.fill(self._filled)

    def fill(self, value: dict[str, str]) -> None:
        """Show `value` without saying that anyone typed it."""
        self._filled = dict(value)
        self.first.fill(value.get(FIRST, ""))
        self.other.fill(value.get(self._language, "") if self._language else "")

    @property
    def value(self) -> dict[str, str]:
        """Text by language."""
        texts = {**self._filled, FIRST: self.first.value}
        if self._language:
            texts[self._language] = self.other.value
        return {language: text for language, text in texts.items() if text}

    @property
    def problems(self) -> tuple[str, ...]:
        """A text is always a value."""
        return ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below each other where there is no room beside."""
        super().resizeEvent(event)
        beside = self.width() * 100 / self._theme.percent >= BESIDE_FROM
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._line.direction() != way:
            self._line.setDirection(way)

    def _side(self, head: QWidget, text: TextField) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(head)
        column.addWidget(text)
        column.addStretch(1)
        text.edited.connect(self.edited)
        self._line.addWidget(side, 1)
        return side
