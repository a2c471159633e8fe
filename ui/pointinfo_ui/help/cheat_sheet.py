"""The keys on one page (F1), made from the declared commands."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pointinfo.i18n import Words
from pointinfo_ui.commands import Command, key_words
from pointinfo_ui.forms import button, column, label
from pointinfo_ui.theme import Theme


class CheatSheet(QFrame):
    """Laid over the window; Escape, F1 or its button closes it."""

    def __init__(self, parent: QWidget, commands: tuple[Command, ...], words: Words, theme: Theme) -> None:
        super().__init__(parent)
        self._over = parent
        _ = words.gettext
        self._theme = theme
        self.setProperty("panel", True)
        self.setAccessibleName(_("Aide-mémoire des touches"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = column(self, margins=26, spacing=14)
        head = QHBoxLayout()
        head.addWidget(label(_("Aide-mémoire des touches"), "title"), 1)
        self.shut_button = button(_("Fermer"), "plain", _("Échap"))
        self.shut_button.clicked.connect(self.shut)
        head.addWidget(self.shut_button)
        layout.addLayout(head)
        pages = {
            "counter": _("Guichet"),
            "journal": _("Journal"),
            "figures": _("Chiffres"),
            "settings": _("Réglages"),
            "": _("Partout"),
        }
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(40)
        for group in (("counter",), ("journal", "figures", "settings", "")):
            side = QVBoxLayout()
            side.setSpacing(8)
            for page in group:
                side.addWidget(label(pages[page], "heading"))
                side.addLayout(
                    _lines([command for command in commands if command.page == page], words, theme.size(104))
                )
                side.addSpacing(10)
            side.addStretch(1)
            columns.addLayout(side, 1)
        scroll.setWidget(inside)
        layout.addWidget(scroll, 1)
        self._before: QWidget | None = None
        self.hide()

    def open(self) -> None:
        """Show the keys; asked for again, go away."""
        if self.isVisible():
            self.shut()
            return
        self._before = self.window().focusWidget()
        area = self._over.rect()
        width = min(self._theme.size(940), area.width() - 40)
        height = min(self._theme.size(680), area.height() - 40)
        self.setGeometry((area.width() - width) // 2, (area.height() - height) // 2, width, height)
        self.show()
        self.raise_()
        self.shut_button.setFocus(Qt.FocusReason.PopupFocusReason)

    def shut(self) -> None:
        """Go away and give the focus back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
            return
        super().keyPressEvent(event)


def _lines(commands: list[Command], words: Words, width: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(7)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, width)
    for row, command in enumerate(commands):
        keys = key_words(command.keys, words)
        grid.addWidget(label(keys, "label", wrap=False), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(command.text), row, 1)
    return grid
