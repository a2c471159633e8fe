"""One breakdown on a sheet: its chart or the table behind it, and what has to be said about it."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from pointinfo.i18n import Words
from pointinfo.inquiries.statistics import Breakdown, Dimension
from pointinfo_ui.forms import label
from pointinfo_ui.inquiries.bars import Bars
from pointinfo_ui.inquiries.breakdown_table import BreakdownModel, BreakdownTable
from pointinfo_ui.inquiries.chart import Chart
from pointinfo_ui.inquiries.columns import Columns
from pointinfo_ui.theme import Theme

UPRIGHT: Final = frozenset({"day", "hour", "weekday"})
"""What has an order in time and is drawn as columns; the rest has names and is drawn as bars."""

AIR: Final = 4
"""What a chart keeps free at its sides for the focus; the words of its panel stand in line with its names."""


class BreakdownPanel(QFrame):
    """A chart and its table, of which one is shown."""

    def __init__(self, dimension: Dimension, theme: Theme, words: Words) -> None:
        super().__init__()
        self.setProperty("panel", True)
        self._theme = theme
        self._tabled = False
        self._breakdown: Breakdown | None = None
        self._table: BreakdownTable | None = None
        self.title = label("", "heading")
        self.pointed = label("", "meta", wrap=False)
        drawing = Columns(theme, words) if dimension in UPRIGHT else Bars(theme, words)
        self.chart = Chart(drawing, theme, words)
        self.model = BreakdownModel(words)
        self.note = label("", "meta")
        self.chart.pointed.connect(self.pointed.setText)
        self._lay_out()

    @property
    def table(self) -> BreakdownTable:
        """The table, made when it is first asked for: tables cost more than all the rest of the page."""
        if self._table is None:
            self._table = BreakdownTable(self.model, self._theme)
            self._layout.insertWidget(self._layout.indexOf(self.note), self._table)
            self.setTabOrder(self.chart, self._table)
            if self._breakdown is not None:
                self._table.fit(self._breakdown)
        return self._table

    def show_breakdown(self, breakdown: Breakdown | None) -> None:
        """Show these figures; none, or a breakdown without a line and without a word, takes no room."""
        self._breakdown = breakdown
        if breakdown is None:
            self.hide()
            return
        self.title.setText(breakdown.title)
        self.note.setText(breakdown.note)
        self.pointed.clear()
        self.chart.show_breakdown(breakdown)
        self.model.show_breakdown(breakdown)
        if self._table is not None:
            self._table.fit(breakdown)
        self._arrange()

    def show_table(self, tabled: bool) -> None:
        """The table instead of the chart, or the chart again."""
        self._tabled = tabled
        self._arrange()

    def _lay_out(self) -> None:
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 18, 16, 18)
        self._layout.setSpacing(12)
        for words in (self.title, self.pointed, self.note):
            words.setContentsMargins(AIR, 0, AIR, 0)
        head = QHBoxLayout()
        self._layout.addLayout(head)
        head.addWidget(self.title, 1)
        head.addWidget(self.pointed, 0, Qt.AlignmentFlag.AlignBottom)
        self._layout.addWidget(self.chart)
        self._layout.addWidget(self.note)

    def _arrange(self) -> None:
        if self._breakdown is None:
            return
        drawn = bool(self._breakdown.cells)
        left = self.table if self._table is not None and self.table.hasFocus() else self.chart
        focused = left.hasFocus()
        self.chart.setVisible(drawn and not self._tabled)
        if self._tabled or self._table is not None:
            self.table.setVisible(drawn and self._tabled)
        if focused and drawn:  # what replaces it takes the focus, so that it does not leave the panel
            (self.table if self._tabled else self.chart).setFocus(Qt.FocusReason.OtherFocusReason)
        self.note.setVisible(bool(self._breakdown.note))
        self.setVisible(drawn or self._breakdown.withheld)
