"""The plain shapes of an entry's fields: a line, a long text, a number, a day, one of a list, yes or no."""

import re
from datetime import date
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit

from pointinfo.directory import validation
from pointinfo.i18n import Words
from pointinfo_ui.forms import Choice

AIR = 20
"""Pixels of a text field that are not text."""
LONGEST = 2_000
"""Letters a line takes; the longest web address browsers agree on."""


class LineField(QLineEdit):
    """A line of text."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._filled: Any = ""
        self._written = ""
        self.setMaxLength(LONGEST)
        self.textChanged.connect(lambda _text: self.edited.emit())

    def fill(self, value: Any) -> None:
        """Show `value` without saying that anyone typed it."""
        self._filled = value
        with QSignalBlocker(self):
            self.setText(self._shown(value))
            self.setCursorPosition(0)
        self._written = self.text()  # as the line holds it, on one line

    @property
    def value(self) -> Any:
        """What the line says."""
        return self._filled if self.text() == self._written else self.text().strip()

    @property
    def problems(self) -> tuple[str, ...]:
        """A line is always a value."""
        return ()

    def _shown(self, value: Any) -> str:
        return str(value or "")


class UrlField(LineField):
    """A web address: a bare «geneve.ch» gets its scheme."""

    @property
    def value(self) -> Any:
        """The address."""
        found = super().value
        return found if found == self._filled else validation.url_written(found)


class NumberField(LineField):
    """A number with a comma or a point, or nothing."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    @property
    def value(self) -> Any:
        """A float, None for an empty line; what was there while it isn't a number."""
        text = self.text().strip()
        if text == self._written:
            return self._filled
        return _number(text) if text and _number(text) is not None else None if not text else self._filled

    @property
    def problems(self) -> tuple[str, ...]:
        """Whether it is a number."""
        text = self.text().strip()
        if not text or text == self._written or _number(text) is not None:
            return ()
        _ = self._words.gettext
        return (_("«{text}» n’est pas un nombre : écrivez par exemple 0,5.").format(text=text),)

    def _shown(self, value: Any) -> str:
        if value is None or value == "":
            return ""
        text = repr(float(value)).removesuffix(".0")
        return text.replace(".", ",") if self._words.language == "fr" else text


class DateField(LineField):
    """A day as it is typed: 24.11.2026. Kept as ISO."""

    def __init__(self, words: Words, today: date) -> None:
        super().__init__()
        self._words = words
        self._today = today
        _ = words.gettext
        self.setPlaceholderText(_("jj.mm.aaaa"))
        self.editingFinished.connect(self._write_out)

    @property
    def value(self) -> Any:
        """An ISO day, None for an empty line; what was there while it isn't a day."""
        text = self.text().strip()
        if text == self._written or not text:
            return self._filled if text == self._written else None
        day = typed_day(text, self._today)
        return day.isoformat() if day else self._filled

    @property
    def problems(self) -> tuple[str, ...]:
        """Whether it is a day."""
        text = self.text().strip()
        if not text or text == self._written or typed_day(text, self._today):
            return ()
        _ = self._words.gettext
        return (
            _("«{text}» n’est pas une date : écrivez par exemple {example}.").format(
                text=text, example=f"{self._today:%d.%m.%Y}"
            ),
        )

    def _shown(self, value: Any) -> str:
        if not value:
            return ""
        try:
            return f"{date.fromisoformat(value):%d.%m.%Y}"
        except ValueError:
            return str(value)

    def _write_out(self) -> None:
        day = typed_day(self.text().strip(), self._today)
        if day:
            self.setText(f"{day:%d.%m.%Y}")


class ChoiceField(Choice):
    """One of a list."""

    edited = Signal()

    def __init__(self, options: dict[str, str]) -> None:
        super().__init__(options.items())
        self.currentIndexChanged.connect(lambda _index: self.edited.emit())

    @property
    def value(self) -> str:
        """The chosen code."""
        return self.code

    @property
    def problems(self) -> tuple[str, ...]:
        """A choice is always a value."""
        return ()


class YesField(QCheckBox):
    """Yes, or nothing said."""

    edited = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.toggled.connect(lambda _on: self.edited.emit())

    def fill(self, value: bool) -> None:
        """Show `value` without saying that anyone chose it."""
        with QSignalBlocker(self):
            self.setChecked(value)

    @property
    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    @property
    def problems(self) -> tuple[str, ...]:
        """A tick is always a value."""
        return ()


class TextField(QPlainTextEdit):
    """A text of several lines, as high as what it says. Tab leaves it."""

    edited = Signal()

    def __init__(self, least: int = 1, most: int = 14) -> None:
        super().__init__()
        self._least, self._most = least, most
        self._filled = ""
        self._written = ""
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._changed)

    def fill(self, value: str) -> None:
        """Show `value` without saying that anyone typed it."""
        self._filled = value
        with QSignalBlocker(self):
            if value != self.toPlainText():
                self.setPlainText(value)
            else:
                self.document().clearUndoRedoStacks()
        self._written = self.toPlainText()
        self._grow()

    @property
    def value(self) -> str:
        """The text."""
        text = self.toPlainText()
        return self._filled if text == self._written else text.strip()

    @property
    def problems(self) -> tuple[str, ...]:
        """A text is always a value."""
        return ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower, it is higher."""
        super().resizeEvent(event)
        self._grow()

    def _changed(self) -> None:
        self._grow()
        self.edited.emit()

    def _grow(self) -> None:
        wanted = round(self.document().size().height())
        lines = min(max(self._least, wanted), self._most)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if wanted > lines else policy.ScrollBarAlwaysOff)
        height = lines * self.fontMetrics().lineSpacing() + AIR
        if height != self.minimumHeight():
            self.setFixedHeight(height)


def typed_day(text: str, today: date) -> date | None:
    """The day that was typed: 24.11.2026, 24/11/26, 24.11 (of this year), 2026-11-24; None when it isn't one."""
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text, re.ASCII):
        year, month, day = map(int, found.groups())
    elif found := re.fullmatch(r"(\d{1,2})[./ ](\d{1,2})(?:[./ ](\d{4}|\d{2})?)?", text, re.ASCII):
        day, month = int(found[1]), int(found[2])
        year = int(found[3] or today.year)
        year += 2000 if year < 100 else 0
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> float | None:
    text = text.replace(",", ".").replace("−", "-")
    return float(text) if re.fullmatch(r"-?\d{1,9}(\.\d{1,12})?", text, re.ASCII) else None
