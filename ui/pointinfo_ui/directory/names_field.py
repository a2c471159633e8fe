"""Other names an entry is known by: former names, acronyms, names in other languages."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from pointinfo.desk import Desk
from pointinfo.directory import Name
from pointinfo.directory.fields import language_name
from pointinfo_ui.directory.rows_field import PartRow, RowsField
from pointinfo_ui.forms import Choice
from pointinfo_ui.theme import Theme


class NameRow(PartRow):
    """The name, what kind of name it is, its language."""

    def __init__(self, desk: Desk, theme: Theme, languages: list[tuple[str, str]]) -> None:
        super().__init__()
        _ = desk.words.gettext
        self._filled: Name | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.line = QLineEdit()
        self.line.setAccessibleName(_("Autre nom"))
        self.kind = Choice([("alias", _("autre nom")), ("acronym", _("sigle")), ("former", _("ancien nom"))])
        self.kind.setAccessibleName(_("Genre de nom"))
        self.language = Choice([("", _("toute langue")), *languages])
        self.language.setAccessibleName(_("Langue du nom"))
        self.first = self.line
        line.addWidget(self.line, 5)
        line.addWidget(self.kind, 3)
        line.addWidget(self.language, 3)
        line.addWidget(self.remover(desk.words, theme))
        self.line.textChanged.connect(lambda _text: self.edited.emit())
        self.kind.chosen.connect(self.edited)
        self.language.chosen.connect(self.edited)

    def fill(self, part: Name) -> None:
        """Show a name without saying that anyone typed it."""
        with QSignalBlocker(self):
            self._filled = part
            self.line.setText(part.text)
            self.line.setCursorPosition(0)
            self.kind.fill(part.kind)
            self.language.fill(part.language)

    @property
    def part(self) -> Name | None:
        """The name; None while nothing is typed."""
        text = self.line.text().strip()
        if self._filled is not None and text == self._filled.text.strip():
            text = self._filled.text
        return Name(text, self.kind.code, self.language.code) if text else None


class NamesField(RowsField):
    """Edits a tuple of names."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        _ = desk.words.gettext
        spoken = [(term.code, language_name(term.code, desk.words)) for term in desk.directory.terms("language")]
        super().__init__(lambda: NameRow(desk, theme, spoken), [(_("Autre nom"), Name(""))])
