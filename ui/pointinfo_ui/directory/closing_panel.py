"""Closing an entry: why, and where its readers are led. A strip in the page, not a box over it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit

from pointinfo.desk import Desk
from pointinfo_ui.commands import key_words
from pointinfo_ui.directory.links_field import EntryLine
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, field, label
from pointinfo_ui.theme import Theme


class ClosingPanel(QFrame):
    """Says `confirmed` with the reason and the uid of the successor ("" for none).

    `framed`: it stands by itself; else within another panel.
    """

    confirmed = Signal(str, str)
    left = Signal()

    def __init__(self, desk: Desk, theme: Theme, *, framed: bool = True) -> None:
        super().__init__()
        _ = desk.words.gettext
        self.setProperty("panel", framed)
        body = column(self, margins=18, spacing=10)
        body.addWidget(label(_("Fermer cette fiche"), "heading"))
        body.addWidget(
            label(_("Elle ne sera plus proposée au guichet. Son historique reste, et elle peut être rouverte."), "meta")
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setColumnStretch(1, 1)
        body.addLayout(grid)
        self.reason = QLineEdit()
        self.reason.setMaxLength(300)
        self.successor = EntryLine(desk, theme)
        field(grid, 0, _("Raison"), self.reason)
        field(grid, 1, _("Remplacée par"), self.successor, _("La fiche à montrer à sa place, s’il y en a une."))
        self.reason.setPlaceholderText(_("déménagée, dissoute, réunie avec une autre…"))
        close = button(_("Fermer la fiche"), "primary", key_words("Return", desk.words))
        close.clicked.connect(self._confirm)
        back = button(_("Ne pas fermer"), "plain", key_words("Esc", desk.words))
        back.clicked.connect(self.left)
        body.addWidget(flowing(close, back))
        self.reason.returnPressed.connect(self._confirm)
        self._error = label(_("Dites en quelques mots pourquoi elle ferme."), "error")
        body.addWidget(self._error)
        self._error.hide()
        self.hide()

    def open(self) -> None:
        """Ask."""
        self.reason.clear()
        self.successor.fill("")
        self._error.hide()
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the entry open."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _confirm(self) -> None:
        reason = self.reason.text().strip()
        self._error.setVisible(not reason)
        if reason:
            self.confirmed.emit(reason, self.successor.value)
        else:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
