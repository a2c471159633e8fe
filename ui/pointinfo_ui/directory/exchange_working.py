"""What is shown while an exchange is under way: what it does, how far it is, and how to stop it."""

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from pointinfo.i18n import Words
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, label, panel
from pointinfo_ui.theme import Theme


class WorkingPane(QWidget):
    """A sentence, a bar and a button."""

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        _ = words.gettext
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        sheet = panel()
        sheet.setMaximumWidth(theme.size(640))
        block = column(sheet, margins=24, spacing=14)
        self.sentence = label("", "heading")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("Avancement"))
        self.stop_button = button(_("Arrêter"), "plain", _("Échap"))
        block.addWidget(self.sentence)
        block.addWidget(self.progress)
        block.addWidget(flowing(self.stop_button))
        around.addWidget(sheet)
        around.addStretch(1)

    def begin(self, sentence: str) -> None:
        """Say what is done; how far is not known yet."""
        self.sentence.setText(sentence)
        self.progress.setRange(0, 0)

    def show_progress(self, done: float) -> None:
        """How much is done, from 0 to 1."""
        self.progress.setRange(0, 1_000)
        self.progress.setValue(round(done * 1_000))
