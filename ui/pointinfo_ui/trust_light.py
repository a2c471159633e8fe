"""The light that says how far an entry can be trusted: a dot, and the words beside it."""

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pointinfo.directory.card import Age
from pointinfo.directory.freshness import Trust
from pointinfo_ui.forms import label
from pointinfo_ui.theme import Theme

_TOKENS: Final[dict[Trust, str]] = {"checked": "open", "stale": "soon", "unknown": "soft"}
DOT: Final = 10
"""The dot's width at normal text size, in pixels."""


def light_colour(trust: Trust, theme: Theme) -> QColor:
    """The colour of the dot."""
    colour: QColor = getattr(theme, _TOKENS[trust])
    return colour


def paint_dot(painter: QPainter, trust: Trust, theme: Theme, centre: QPointF, side: float) -> None:
    """A full dot; a ring where nobody has ever checked the facts."""
    colour = light_colour(trust, theme)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(centre, side / 2, side / 2)
    if trust == "unknown":
        painter.setBrush(theme.sheet)
        painter.drawEllipse(centre, side / 2 - side * 0.22, side / 2 - side * 0.22)
    painter.restore()


class TrustLight(QWidget):
    """A dot and its words on one line that wraps."""

    def __init__(self, age: Age, theme: Theme) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(_Dot(age.trust, theme))
        self.words = label(age.words, "meta")
        line.addWidget(self.words, 1)


class _Dot(QWidget):
    def __init__(self, trust: Trust, theme: Theme) -> None:
        super().__init__()
        self._trust, self._theme = trust, theme
        side = theme.size(DOT)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_dot(painter, self._trust, self._theme, QPointF(self.width() / 2, self.height() / 2), self.width())
        painter.end()
