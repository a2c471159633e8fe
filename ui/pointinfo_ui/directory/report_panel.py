"""After an import: what was done, and how much of each of the source's fields was understood."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from pointinfo.desk import Desk
from pointinfo.directory.exchange.importing import Report
from pointinfo_ui.directory.exchange_models import UnderstoodModel
from pointinfo_ui.directory.exchange_words import kinds
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, label
from pointinfo_ui.theme import Theme


class ReportPanel(QFrame):
    """The report of one import. Says `said` what was copied, `undone` and `left` for its buttons."""

    said = Signal(str)
    undone = Signal()
    left = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("panel", True)
        _ = desk.words.gettext
        outer = column(self, margins=22, spacing=12)
        self.heading = label("", "heading")
        self.sentence = label("", "lead")
        outer.addWidget(self.heading)
        outer.addWidget(self.sentence)
        outer.addWidget(label(_("Ce qui a été compris, colonne par colonne"), "label"))
        self.model = UnderstoodModel(desk.words)
        self.table = QTableView()
        self.table.setAccessibleName(_("Ce qui a été compris, colonne par colonne"))
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setStyleSheet(f"QTableView::item {{ padding: 0 {theme.size(5)}px; }}")
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.size(32))
        across = self.table.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        across.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        outer.addWidget(self.table, 1)
        self.copy_button = button(_("Copier"))
        self.undo_button = button(_("Annuler l’import"), "plain", "Ctrl+Z")
        self.next_button = button(_("Autre fichier"), "primary")
        self.copy_button.clicked.connect(self.copy)
        self.undo_button.clicked.connect(lambda _on: self.undone.emit())
        self.next_button.clicked.connect(lambda _on: self.left.emit())
        outer.addWidget(flowing(self.next_button, self.copy_button, self.undo_button))

    def show_report(self, report: Report) -> None:
        """Show what an import did."""
        words = self._desk.words
        _ = words.gettext
        self.heading.setText(_("Import de «{source}» terminé").format(source=report.source))
        self.sentence.setText(", ".join(kind.said for kind in kinds(report.counts, words)) + ".")
        self.model.show(report.understood)
        self.undo_button.show()

    def say_undone(self, sentence: str) -> None:
        """The import was taken back."""
        self.heading.setText(sentence)
        self.undo_button.hide()
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def copy(self) -> None:
        """Put the table on the clipboard."""
        QGuiApplication.clipboard().setText(self.model.as_text())
        self.said.emit(self._desk.words.gettext("Le tableau est copié : collez-le dans un tableur."))
