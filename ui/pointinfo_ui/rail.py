"""The rail at the side of the window: one button a page."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout

from pointinfo.i18n import Words
from pointinfo_ui.theme import Theme


class Rail(QFrame):
    """Says `turned` with the name of a page."""

    turned = Signal(str)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        _ = words.gettext
        self.setObjectName("rail")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 16, 8, 16)
        column.setSpacing(8)
        titles = {
            "counter": _("Guichet"),
            "journal": _("Journal"),
            "figures": _("Chiffres"),
            "directory": _("Annuaire"),
            "settings": _("Réglages"),
        }
        self._buttons: dict[str, QToolButton] = {}
        for number, (name, title) in enumerate(titles.items(), 1):
            made = QToolButton()
            made.setText(title)
            made.setIcon(theme.icon(name, theme.soft, 24))
            made.setIconSize(QSize(theme.size(24), theme.size(24)))
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            made.setCheckable(True)
            made.setAutoExclusive(True)
            made.setFixedSize(theme.size(80), theme.size(64))
            made.setToolTip(f"Ctrl+{number}")
            made.setAccessibleName(title)
            made.setProperty("kind", "rail")
            made.clicked.connect(lambda _on, name=name: self.turned.emit(name))
            if name == "settings":
                column.addStretch(1)
            column.addWidget(made)
            self._buttons[name] = made

    def show_page(self, name: str) -> None:
        """Mark the page that is shown."""
        self._buttons[name].setChecked(True)
