"""What was typed and not saved: a line over the form that takes it up, a line over the list that tells of it."""

from babel.dates import format_datetime
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from pointinfo.clock import ZONE
from pointinfo.desk import Desk
from pointinfo.directory import Change
from pointinfo.i18n import Words
from pointinfo_ui.commands import key_words
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, label


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


class Unfinished(QFrame):
    """Tells once, when the page is first shown, of drafts left from before. Says `asked` when they shall be opened."""

    asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        words = desk.words
        self.setProperty("tile", "note")
        lines = column(self, margins=12, spacing=8)
        drafts = desk.drafts.all()
        said = words.ngettext(
            "Une fiche commencée le {day} n’est pas enregistrée.",
            "{count} fiches commencées, la première le {day}, ne sont pas enregistrées.",
            len(drafts),
        )
        if drafts:
            day = format_datetime(drafts[0].at.astimezone(ZONE), "d MMMM", locale=words.language)
            lines.addWidget(label(said.format(count=len(drafts), day=day)))
            text = words.ngettext("La reprendre", "Les voir", len(drafts))
            resume = button(text, "plain", key_words("Ctrl+B", words))
            resume.clicked.connect(self.asked)
            lines.addWidget(flowing(resume))
        else:
            self.hide()
