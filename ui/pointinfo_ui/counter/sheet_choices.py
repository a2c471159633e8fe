"""What the shown sheet says and looks like: its language, French beside it, its design, a word for this person."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from pointinfo.i18n import Words
from pointinfo.leaflets import languages
from pointinfo.leaflets.designs import designs
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import Choice, label
from pointinfo_ui.theme import Theme


class SheetChoices(QWidget):
    """Says `changed` when somebody has chosen otherwise; what is chosen is this visitor's and forgotten with it."""

    changed = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        _ = words.gettext
        self.language = Choice(_options())
        self.language.setAccessibleName(_("Langue de la fiche"))
        self.language.setToolTip(_("Langue de la fiche (Ctrl+Maj+L)"))
        self.language.setFixedWidth(theme.size(150))
        self.design = Choice([(each.name, each.titles[words.language]) for each in designs()])
        self.design.setAccessibleName(_("Présentation de la fiche"))
        self.design.setToolTip(_("Présentation de la fiche"))
        self.design.setFixedWidth(theme.size(190))
        self.french = QCheckBox(_("avec le français"))
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("Un mot pour cette personne"))
        self.note.setAccessibleName(_("Un mot pour cette personne : imprimé sur la fiche, conservé nulle part"))
        self.note.setToolTip(_("Imprimé sur la fiche, conservé nulle part"))
        self.note.setMaxLength(400)
        self.note.setFixedWidth(theme.size(230))
        self.unreviewed = label(_("Traduction pas encore relue : le français l’accompagne."), "meta")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(flowing(self.language, self.french, self.design, self.note, gap=12))
        layout.addWidget(self.unreviewed)
        self.language.chosen.connect(self._choose)
        self.design.chosen.connect(self.changed)
        self.french.clicked.connect(lambda _on: self.changed.emit())
        self.note.editingFinished.connect(self.finish)
        self._printed_note = ""
        self.start_afresh("")

    def start_afresh(self, spoken: str) -> None:
        """French, the usual design and no word; the language that was `spoken` at the counter stands right below."""
        self.language.offer(_options(spoken))
        self.language.fill("fr")
        self.design.fill(designs()[0].name)
        self.french.setChecked(True)
        self._printed_note = ""
        self.note.clear()
        self._show()

    @property
    def beside(self) -> bool:
        """Whether French shall stand beside the chosen language."""
        return self.language.code != "fr" and self.french.isChecked()

    def _choose(self) -> None:
        self._show()
        self.changed.emit()

    def finish(self) -> None:
        """What was typed counts, though the focus is still there."""
        if self.note.text().strip() != self._printed_note:
            self._printed_note = self.note.text().strip()
            self.changed.emit()

    def _show(self) -> None:
        code = self.language.code
        reviewed = languages.is_reviewed(code)
        self.french.setVisible(code != "fr" and reviewed)
        self.unreviewed.setVisible(not reviewed)


def _options(spoken: str = "") -> list[tuple[str, str]]:
    """French, the language that was spoken, and the others by their own names."""
    others = sorted((code for code in languages.LANGUAGES if code != "fr"), key=lambda code: code != spoken)
    return [(code, languages.endonym(code)) for code in ("fr", *others)]
