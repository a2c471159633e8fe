"""The quiet line at the foot of the window: what the data are, and that nothing leaves this computer."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo_ui.forms import label
from pointinfo_ui.theme import Theme

WHOLE_FROM = 720
"""Pixels at normal text size from which both sentences have room on one line."""


class Foot(QWidget):
    """One or two sentences in soft ink."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        _ = desk.words.gettext
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 4, 24, 10)
        if desk.directory.is_demonstration():
            line.addWidget(label(_("Données de démonstration : faits datés, à vérifier avant usage"), "meta"), 1)
        else:
            line.addStretch(1)
        self._offline = label(_("Hors ligne · tout est enregistré sur ce poste"), "meta", wrap=False)
        line.addWidget(self._offline)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without room for both, what matters more stays."""
        super().resizeEvent(event)
        self._offline.setVisible(self.width() * 100 / self._theme.percent >= WHOLE_FROM)
