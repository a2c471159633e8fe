"""The sections of the form at its side: one click goes there; what is changed or odd in each is marked."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from pointinfo.directory.fields import Section
from pointinfo.i18n import Words
from pointinfo_ui.commands import key_words
from pointinfo_ui.forms import button, label
from pointinfo_ui.theme import Theme


class SectionIndex(QWidget):
    """Says `asked` with the name of a section."""

    asked = Signal(str)

    def __init__(self, titles: Mapping[Section, str], words: Words, theme: Theme) -> None:
        super().__init__()
        self._words = words
        self._titles = titles
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.buttons: dict[Section, QPushButton] = {}
        for name, title in titles.items():
            made = button(title, "index")
            made.setCheckable(True)
            made.clicked.connect(self._asker(name))
            column.addWidget(made)
            self.buttons[name] = made
        hint = label("\n".join(key_words(keys, words) for keys in ("Ctrl+PgUp", "Ctrl+PgDown")), "meta")
        hint.setContentsMargins(theme.size(10), 8, 0, 0)
        column.addWidget(hint)
        column.addStretch(1)
        self.setFixedWidth(theme.size(216))

    def show_section(self, name: Section) -> None:
        """Mark the section one is in."""
        for each, made in self.buttons.items():
            made.setChecked(each == name)

    def mark(self, changed: set[Section], odd: set[Section]) -> None:
        """Say which sections hold something unsaved, which have remarks."""
        _ = self._words.gettext
        for name, made in self.buttons.items():
            title = self._titles[name]
            made.setText(title + ("  •" if name in changed else "") + ("  !" if name in odd else ""))
            states = [_("modifié")] if name in changed else []
            states += [_("à revoir")] if name in odd else []
            made.setAccessibleName(", ".join([title, *states]))
            made.setToolTip(", ".join(states))

    def _asker(self, name: Section) -> Callable[[bool], None]:
        return lambda _on: self.asked.emit(name)
