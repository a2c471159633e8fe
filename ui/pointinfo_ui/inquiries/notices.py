"""What stands on the figures page where figures can't: a failure, or a period without an inquiry."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from pointinfo.i18n import Words
from pointinfo.inquiries.period import day_words
from pointinfo_ui.forms import button, column, label


class FailureNotice(QFrame):
    """What went wrong in a sentence. Says `again` when someone wants to try anew."""

    again = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        _ = words.gettext
        self.setProperty("panel", True)
        self._text = label("", "warning")
        self._again = button(_("Recommencer"))
        self._again.clicked.connect(lambda _on: self.again.emit())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 14, 20, 14)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._again)
        self.hide()

    def say(self, sentence: str, *, again: bool) -> None:
        """Show the sentence, with a button where trying again can help."""
        self._text.setText(sentence)
        self._again.setVisible(again)
        self.show()


class EmptyNotice(QFrame):
    """That nothing was noted, and what to do. Says `year` when someone asks for the whole year."""

    year = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        _ = words.gettext
        self.setProperty("panel", True)
        self.sentence = _("Aucune demande notée dans cette période.")
        self._step = label("")
        self._year = button(_("Voir l’année"))
        self._year.clicked.connect(lambda _on: self.year.emit())
        layout = column(self, margins=28, spacing=10)
        layout.addWidget(label(self.sentence, "big"))
        layout.addWidget(self._step)
        layout.addWidget(self._year, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def say(self, first_day: date | None, *, year: bool) -> None:
        """Name the day of the first inquiry, None when there is none yet; offer the year where it isn't shown."""
        _ = self._words.gettext
        if first_day is None:
            step = _("Dès la première demande notée au guichet, ses chiffres apparaissent ici.")
        else:
            step = _("La première demande date du {day}. Choisissez une autre période.").format(
                day=day_words(first_day, self._words)
            )
        self._step.setText(step)
        self._year.setVisible(first_day is not None and year)
        self.show()
