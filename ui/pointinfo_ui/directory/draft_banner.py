"""The line over the form that says: this is what was typed and not saved, taken up again."""

from babel.dates import format_datetime
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from pointinfo.clock import ZONE
from pointinfo.directory import Change
from pointinfo.i18n import Words
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, label


class DraftBanner(QFrame):
    """Says `dropped` when the draft shall be forgotten."""

    dropped = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        _ = words.gettext
        self.setProperty("tile", "note")
        line = QVBoxLayout(self)
        line.setContentsMargins(16, 8, 8, 8)
        self.text = label("", wrap=False)
        drop = button(_("Abandonner le brouillon"))
        drop.clicked.connect(self.dropped)
        line.addWidget(flowing(self.text, drop))
        self.hide()

    def show_draft(self, draft: Change | None) -> None:
        """Say whose draft it is, and of when; go away for None."""
        self.setVisible(draft is not None)
        if draft is None:
            return
        _ = self._words.gettext
        day = format_datetime(draft.at.astimezone(ZONE), "d MMMM, HH:mm", locale=self._words.language)
        said = _("Brouillon de {name} du {day}, repris.") if draft.author else _("Brouillon du {day}, repris.")
        self.text.setText(said.format(name=draft.author, day=day))
