"""The figures of a period that are read first: inquiries, people, and how they ended."""

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from pointinfo.i18n import Words
from pointinfo.inquiries import Report
from pointinfo.inquiries.export import figure
from pointinfo_ui.forms import clear, label, panel
from pointinfo_ui.theme import Theme

OUTCOMES: Final = ("answered", "referred", "not-met")
"""The outcomes that stand among the key figures."""


class KeyFigures(QWidget):
    """Up to five tiles, as many beside each other as there is room for."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._tiles: list[QFrame] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(14)
        self.texts: dict[str, str] = {}

    def show_report(self, report: Report) -> None:
        """Show these figures."""
        clear(self._grid)
        self.texts = self._figures(report)
        self._tiles = [_tile(name, text) for name, text in self.texts.items()]
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many beside each other as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _figures(self, report: Report) -> dict[str, str]:
        _ = self._words.gettext
        figures = {
            _("Demandes"): figure(report.inquiries, self._words),
            _("Personnes"): figure(report.people, self._words),
        }
        outcome = report.breakdown("outcome")
        for code in OUTCOMES if outcome else ():
            cell = outcome.cell(code) if outcome else None
            if cell is not None:
                figures[cell.label] = figure(cell.inquiries, self._words)
        return figures

    def _arrange(self) -> None:
        room = self.width() // self._theme.size(160)
        columns = 5 if room >= 5 else 3 if room >= 3 else max(1, room)
        for place in range(5):
            self._grid.setColumnStretch(place, int(place < columns))
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // columns, place % columns)


def _tile(name: str, text: str) -> QFrame:
    tile = panel()
    layout = QVBoxLayout(tile)
    layout.setContentsMargins(18, 12, 18, 12)
    layout.setSpacing(2)
    layout.addWidget(label(name, "meta", wrap=False))
    layout.addWidget(label(text, "figure" if text[:1].isdigit() else "big", wrap=False), 1)
    return tile
