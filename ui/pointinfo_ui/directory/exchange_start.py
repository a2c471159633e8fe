"""Where an exchange begins: a file to bring in, or what to write and where."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.directory.exchange.formats import Format
from pointinfo_ui.commands import key_words
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import Choice, button, column, field, label, panel
from pointinfo_ui.theme import Theme


class StartPane(QWidget):
    """Says `chosen` with the file to bring in, `asked` with the file to write, once the person has named them."""

    chosen = Signal(str)
    asked = Signal(str)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self._dialog: QFileDialog | None = None
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(self._in(), 1, Qt.AlignmentFlag.AlignTop)
        columns.addWidget(self._out(), 1, Qt.AlignmentFlag.AlignTop)

    @property
    def format(self) -> Format:
        """The format that is to be written."""
        return next(each for each in self._desk.exchange.formats if each.name == self.format_choice.code)

    def choose(self) -> None:
        """Ask for the file to bring in."""
        _ = self._desk.words.gettext
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        suffixes = " ".join(dict.fromkeys(f"*{each.suffix}" for each in self._desk.exchange.formats))
        kinds = _("Fichiers connus ({suffixes})").format(suffixes=f"{suffixes} *.txt *.tsv")
        dialog = QFileDialog(self, _("Choisir un fichier à importer"), folder, f"{kinds};;{_('Tous les fichiers (*)')}")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.chosen)
        self._open(dialog)

    def ask(self) -> None:
        """Ask where to write."""
        _ = self._desk.words.gettext
        chosen = self.format
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        place = str(Path(folder) / (_("annuaire") + chosen.suffix))
        dialog = QFileDialog(self, _("Écrire l’annuaire"), place, f"{chosen.title} (*{chosen.suffix})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(chosen.suffix.removeprefix("."))
        dialog.selectFile(place)
        dialog.fileSelected.connect(self.asked)
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = dialog
        dialog.open()

    def _in(self) -> QWidget:
        _ = self._desk.words.gettext
        sheet = panel()
        block = column(sheet, margins=24, spacing=14)
        block.addWidget(label(_("Importer"), "heading"))
        block.addWidget(
            label(
                _(
                    "Un tableau CSV ou Excel, ou un fichier d’un autre annuaire. Vous voyez chaque changement avant "
                    "qu’il ne compte, et l’import entier s’annule en une fois."
                ),
                "lead",
            )
        )
        self.choose_button = button(_("Choisir un fichier"), "primary", "Ctrl+O")
        self.choose_button.clicked.connect(self.choose)
        block.addWidget(flowing(self.choose_button))
        self.refused = label("", "error")
        block.addWidget(self.refused)
        self.refused.hide()
        block.addWidget(
            label(
                _("Ce que vous corrigez ici reste, même quand la source envoie une nouvelle version du fichier."),
                "meta",
            )
        )
        return sheet

    def _out(self) -> QWidget:
        _ = self._desk.words.gettext
        sheet = panel()
        block = column(sheet, margins=24, spacing=12)
        block.addWidget(label(_("Exporter"), "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        block.addLayout(grid)
        written = [each for each in self._desk.exchange.formats if each.writes is not None]
        self.format_choice = Choice([(each.name, each.title) for each in written])
        self.format_choice.fill("xlsx")
        self.search = QLineEdit()
        field(grid, 0, _("Format"), self.format_choice)
        field(grid, 1, _("Recherche"), self.search, _("Seulement ce que ces mots trouvent ; vide : tout l’annuaire."))
        self.closed = QCheckBox(_("Fiches fermées aussi"))
        self.closed.setAccessibleName(self.closed.text())
        self.internal = QCheckBox(_("Champs internes aussi"))
        self.internal.setAccessibleName(self.internal.text())
        ticks = QVBoxLayout()
        ticks.setSpacing(8)
        self.warning = label(
            _("Adresses confidentielles, lignes directes et notes internes seront lisibles dans ce fichier."), "warning"
        )
        self.warning.hide()
        self.internal.toggled.connect(self.warning.setVisible)
        for widget in (self.closed, self.internal, self.warning):
            ticks.addWidget(widget)
        block.addLayout(ticks)
        self.write_button = button(_("Exporter"), "plain", key_words("Ctrl+Shift+S", self._desk.words))
        self.write_button.clicked.connect(self.ask)
        block.addWidget(flowing(self.write_button))
        return sheet
