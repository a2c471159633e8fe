"""The figures of a period that are read first, each beside that of the same period a year before."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from pointinfo.i18n import Words
from pointinfo.inquiries.report_tables import Line, Table, said
from pointinfo_ui.forms import clear, label, panel
from pointinfo_ui.theme import Theme


class KeyFigures(QWidget):
    """Up to five tiles, as many beside each other as there is room for. `texts` is what they say: now, and before."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._tiles: list[QFrame] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(14)
        self.texts: dict[str, tuple[str, str]] = {}

    def show_table(self, table: Table) -> None:
        """Show these figures; their first column is now, their second a year before."""
        clear(self._grid)
        self.texts = {line.label: self._said(line) for line in table.lines}
        self._tiles = [self._tile(name, *texts) for name, texts in self.texts.items()]
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many beside each other as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _said(self, line: Line) -> tuple[str, str]:
        now, before = line.figures
        return said(now, self._words), said(before, self._words)

    def _arrange(self) -> None:
        room = self.width() // self._theme.size(160)
        columns = 5 if room >= 5 else 3 if room >= 3 else max(1, room)
        columns = min(columns, max(1, len(self._tiles)))
        for place in range(5):
            self._grid.setColumnStretch(place, int(place < columns))
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // columns, place % columns)

    def _tile(self, name: str, now: str, before: str) -> QFrame:
        _ = self._words.gettext
        tile = panel()
        layout = QVBoxLayout(tile)
        layout.setContentsMargins(18, 12, 18, 12)
        layout.setSpacing(2)
        layout.addWidget(label(name, "meta", wrap=False))
        layout.addWidget(label(now, "figure" if now[:1].isdigit() else "big", wrap=False), 1)
        layout.addWidget(label(_("un an avant : {figure}").format(figure=before), "meta", wrap=False))
        return tile
