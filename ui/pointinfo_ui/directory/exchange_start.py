"""Where an exchange begins: read a file, or write the directory; what is written and for whom."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import Choice, above, button, column, label, panel
from pointinfo_ui.theme import Theme


class StartPanel(QWidget):
    """Two sheets: reading and writing. Says which button was pressed."""

    file_wanted = Signal()
    folder_wanted = Signal()
    writing = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        _ = desk.words.gettext
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.sentence = label("", "warning")
        self.sentence.hide()
        layout.addWidget(self.sentence)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        within = column(inside, margins=0)
        row = QHBoxLayout()
        row.setSpacing(16)
        within.addLayout(row)
        within.addStretch(1)
        scroll.setWidget(inside)
        layout.addWidget(scroll, 1)
        self.read_button = button(_("Lire un fichier…"), "primary")
        self.folder_button = button(_("Lire un dossier…"))
        self.write_button = button(_("Écrire l’annuaire…"))
        reading, lines = _sheet(_("Importer"))
        lead = label(
            _("Un tableau CSV ou Excel, un fichier de PointInfo, HSDS, data·inclusion, Ohana ou mednum."), "lead"
        )
        lines.addWidget(lead)
        lines.addWidget(label(_("Vous verrez tout ce qui changerait avant que rien ne soit écrit."), "meta"))
        lines.addWidget(label(_("Vous pouvez aussi déposer le fichier ici."), "meta"))
        lines.addStretch(1)
        lines.addWidget(flowing(self.read_button, self.folder_button))
        writing, lines = _sheet(_("Exporter"))
        self.formats = Choice([(each.name, each.title) for each in desk.exchange.formats if each.writes is not None])
        self.formats.fill("xlsx")
        lines.addWidget(above(_("Format"), self.formats))
        self.closed = QCheckBox(_("Les fiches fermées aussi"))
        self.internal = QCheckBox(_("Les champs réservés au personnel aussi"))
        lines.addWidget(self.closed)
        lines.addWidget(self.internal)
        self.warning = label("", "remark")
        self.warning.hide()
        lines.addWidget(self.warning)
        self._desk = desk
        self.internal.toggled.connect(self._warn)
        self.formats.chosen.connect(self._warn)
        lines.addStretch(1)
        lines.addWidget(flowing(self.write_button))
        for each in (reading, writing):
            each.setMinimumHeight(theme.size(260))
            row.addWidget(each, 1)
        self.read_button.clicked.connect(lambda _on: self.file_wanted.emit())
        self.folder_button.clicked.connect(lambda _on: self.folder_wanted.emit())
        self.write_button.clicked.connect(lambda _on: self.writing.emit())

    def _warn(self) -> None:
        """Say where the file may go, or that it can't hold what only the staff may read."""
        _ = self._desk.words.gettext
        held = any(each.internal for each in self._desk.exchange.formats if each.name == self.formats.code)
        self.warning.setText(
            _("Avec les colonnes gardées à côté des fiches. Ce fichier ne devra pas sortir du service.")
            if held
            else _("Ce format n’a pas de place pour ces champs : ils ne seront pas dans le fichier.")
        )
        self.warning.setVisible(self.internal.isChecked())

    def say(self, sentence: str) -> None:
        """What went wrong, "" for nothing."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))


def _sheet(title: str) -> tuple[QFrame, QVBoxLayout]:
    made = panel()
    lines = column(made, margins=24, spacing=12)
    lines.addWidget(label(title, "heading"))
    return made, lines
