"""What stands under the form: keep or propose, duplicate, close, look at what is odd."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pointinfo.i18n import Words
from pointinfo_ui.commands import key_words
from pointinfo_ui.directory.author import Author
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, say


class EditorFoot(QWidget):
    """Says `save_asked`, `copy_asked`, `close_asked` (or reopen), `remark_asked` (the next one)."""

    save_asked = Signal()
    copy_asked = Signal()
    close_asked = Signal()
    remark_asked = Signal()
    history_asked = Signal()

    def __init__(self, words: Words, author: Author) -> None:
        super().__init__()
        self._words = words
        self._author = author
        _ = words.gettext
        self.save = button(_("Enregistrer"), "primary", "Ctrl+S")
        self.copy = button(_("Dupliquer"), "plain", "Ctrl+D")
        self.close_entry = button(_("Fermer la fiche…"))
        self.history = button(_("Historique"), "plain", "Ctrl+H")
        self.remarks = button("", "quiet")
        self.remarks.setToolTip(_("Aller à la remarque suivante"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(flowing(self.save, self.copy, self.close_entry, self.history, self.remarks))
        self.save.clicked.connect(self.save_asked)
        self.copy.clicked.connect(self.copy_asked)
        self.close_entry.clicked.connect(self.close_asked)
        self.history.clicked.connect(self.history_asked)
        self.remarks.clicked.connect(self.remark_asked)
        author.changed.connect(self.show_author)
        self._new = self._low = False
        self.remarks.hide()
        self.show_author()

    def show_author(self) -> None:
        """Whether saving keeps or proposes."""
        _ = self._words.gettext
        say(self.save, _("Enregistrer") if self._author.is_editor else _("Proposer"), "Ctrl+S")

    def show_state(self, *, new: bool, closed: bool) -> None:
        """What can be done with the entry as it stands."""
        _ = self._words.gettext
        self._new = new
        self._show_all()
        text = _("Rouvrir la fiche") if closed else _("Fermer la fiche…")
        say(self.close_entry, text, key_words("Ctrl+Shift+F", self._words))

    def set_low(self, *, low: bool) -> None:
        """In a low window what has a key of its own and is rarely wanted gives its place to the form."""
        self._low = low
        self._show_all()

    def _show_all(self) -> None:
        for rare in (self.copy, self.close_entry, self.history):
            rare.setVisible(not self._new and not self._low)

    def show_remarks(self, count: int) -> None:
        """How much is odd."""
        said = self._words.ngettext("{count} remarque", "{count} remarques", count).format(count=count)
        self.remarks.setText(said)
        self.remarks.setAccessibleName(said)
        self.remarks.setVisible(bool(count))
