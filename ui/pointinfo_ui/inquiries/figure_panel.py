"""One table on a sheet: its chart or the table behind it, and what has to be said about it."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from pointinfo.i18n import Words
from pointinfo.inquiries.report_tables import Table
from pointinfo_ui.forms import label
from pointinfo_ui.inquiries.chart import Chart
from pointinfo_ui.inquiries.drawing import Drawing
from pointinfo_ui.inquiries.figure_table import FigureModel, FigureTable
from pointinfo_ui.theme import Theme

AIR: Final = 4
"""What a chart keeps free at its sides for the focus; the words of its panel stand in line with its names."""


class Pointed(QLabel):
    """What is pointed at, at the right of a title, in the room that this leaves; it ends in an ellipsis without."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setProperty("role", "meta")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, sentence: str) -> None:
        """Show a sentence, "" for none."""
        self._whole = sentence
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        around = self.contentsMargins()
        room = self.width() - around.left() - around.right()
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


class FigurePanel(QFrame):
    """A chart and its table, of which one is shown. `chosen` says the code of a mark or line that was taken."""

    chosen = Signal(str)

    def __init__(self, drawing: Drawing, theme: Theme, words: Words) -> None:
        super().__init__()
        self.setProperty("panel", True)
        self._theme = theme
        self._tabled = False
        self._shown: Table | None = None
        self._table: FigureTable | None = None
        self.title = label("", "heading", wrap=False)
        self.pointed = Pointed()
        self.chart = Chart(drawing, theme, words)
        self.model = FigureModel(words)
        self.note = label("", "meta")
        self.chart.pointed.connect(self.pointed.say)
        self.chart.chosen.connect(self.chosen)
        self._lay_out()

    @property
    def table(self) -> FigureTable:
        """The table, made when it is first asked for: tables cost more than all the rest of the page."""
        if self._table is None:
            self._table = FigureTable(self.model, self._theme)
            self._table.chosen.connect(self.chosen)
            self._layout.insertWidget(self._layout.indexOf(self.note), self._table)
            self.setTabOrder(self.chart, self._table)
            if self._shown is not None:
                self._table.fit(self._shown)
        return self._table

    @property
    def has_focus(self) -> bool:
        """Whether the chart or the table has it."""
        return self.chart.hasFocus() or (self._table is not None and self._table.hasFocus())

    def show_table(self, table: Table | None) -> None:
        """Show these figures; None takes no room."""
        self._shown = table
        if table is None:
            self.hide()
            return
        self.title.setText(table.title)
        self.note.setText(table.note)
        self.pointed.say("")
        self.chart.show_table(table)
        self.model.show_table(table)
        if self._table is not None:
            self._table.fit(table)
        self._arrange()

    def refuse(self, title: str, sentence: str) -> None:
        """Say why there are no figures here."""
        self._shown = None
        self.title.setText(title)
        self.note.setText(sentence)
        self.pointed.say("")
        self.chart.hide()
        if self._table is not None:
            self._table.hide()
        self.note.show()
        self.show()

    def turn(self, tabled: bool) -> None:
        """The table instead of the chart, or the chart again."""
        self._tabled = tabled
        self._arrange()

    def _lay_out(self) -> None:
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 16, 16, 16)
        self._layout.setSpacing(10)
        for words in (self.title, self.pointed, self.note):
            words.setContentsMargins(AIR, 0, AIR, 0)
        head = QHBoxLayout()
        self._layout.addLayout(head)
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.pointed, 1, Qt.AlignmentFlag.AlignBottom)
        self._layout.addWidget(self.chart)
        self._layout.addWidget(self.note)

    def _arrange(self) -> None:
        if self._shown is None:
            return
        drawn = bool(self._shown.lines)
        focused = self.has_focus
        self.chart.setVisible(drawn and not self._tabled)
        if self._tabled or self._table is not None:
            self.table.setVisible(drawn and self._tabled)
        if focused and drawn:  # what replaces it takes the focus, so that it does not leave the panel
            (self.table if self._tabled else self.chart).setFocus(Qt.FocusReason.OtherFocusReason)
        self.note.setVisible(bool(self._shown.note))
        self.setVisible(drawn or self._shown.withheld)
