"""The line that asks who is keeping the directory: what is typed goes into the history of every entry that changes."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QLineEdit, QWidget

from pointinfo.i18n import Words
from pointinfo_ui.directory.author import Author
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import label
from pointinfo_ui.theme import Theme


class NameLine(QLineEdit):
    """Shows and takes the author's name."""

    def __init__(self, author: Author, words: Words, theme: Theme) -> None:
        super().__init__()
        self._author = author
        _ = words.gettext
        self.setAccessibleName(_("Votre nom"))
        self.setAccessibleDescription(_("Il figure dans l’historique des fiches que vous modifiez."))
        self.setFixedWidth(theme.size(220))
        self.textEdited.connect(author.take)
        author.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        if not self.hasFocus():
            with QSignalBlocker(self):
                self.setText(self._author.name)


def name_row(line: NameLine, words: Words) -> QWidget:
    """The line with its label and what it is for."""
    _ = words.gettext
    name = label(_("Votre nom"), "label", wrap=False)
    name.setBuddy(line)
    return flowing(name, line, label(_("pour l’historique des fiches"), "meta", wrap=False))
