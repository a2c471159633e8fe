"""A period's figures laid out: the key figures, two columns of charts, and how they are protected."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from pointinfo.i18n import Words
from pointinfo.inquiries.overview import KEY_FIGURES, MONTHS, UNMET, WEEK, Overview, heading
from pointinfo.inquiries.tables import Asked
from pointinfo_ui.forms import column, label
from pointinfo_ui.inquiries.bars import Bars
from pointinfo_ui.inquiries.drawing import Drawing
from pointinfo_ui.inquiries.figure_panel import FigurePanel
from pointinfo_ui.inquiries.heat_map import HeatMap
from pointinfo_ui.inquiries.key_figures import KeyFigures
from pointinfo_ui.inquiries.month_line import MonthLine
from pointinfo_ui.inquiries.quadrant import Quadrant
from pointinfo_ui.theme import Theme

LEFT: Final[tuple[Asked, ...]] = (MONTHS, WEEK, UNMET, ("language",), ("origin",), ("effort",), ("counter",))
RIGHT: Final[tuple[Asked, ...]] = (("theme",), ("audience",), ("outcome",), ("reason",), ("channel",))


class FiguresView(QWidget):
    """All figures of one overview, as charts or as tables. `chosen` says the axes of a panel and a code taken in it."""

    chosen = Signal(object, str)

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._words = words
        self.figures = KeyFigures(theme, words)
        drawings: dict[Asked, Drawing] = {
            MONTHS: MonthLine(theme, words),
            WEEK: HeatMap(theme, words),
            UNMET: Quadrant(theme, words),
        }
        self.panels = {
            each: FigurePanel(drawings.get(each) or Bars(theme, words), theme, words) for each in (*LEFT, *RIGHT)
        }
        for asked, each in self.panels.items():
            each.chosen.connect(lambda code, asked=asked: self.chosen.emit(asked, code))
        self._protection = label("", "meta")
        _ = words.gettext
        self._withheld = label(
            _(
                "Cette période compte trop peu de demandes, ou en révélerait d’autres. Pour ne laisser reconnaître "
                "personne, ses chiffres sont masqués : choisissez une période plus longue."
            )
        )
        self._narrow = label(
            _("Trop peu de demandes pour ce filtre : ses chiffres sont masqués. Choisissez une période plus longue.")
        )
        self._lay_out()

    def show_overview(self, shown: Overview) -> None:
        """Show these figures; a table that has nothing to tell takes no room, and none does where all are withheld."""
        key = shown.table(KEY_FIGURES)
        if key is not None:
            self.figures.show_table(key)
        sheet = shown.sheet
        hidden = all(table.withheld for table in sheet.tables if table.asked not in (KEY_FIGURES, MONTHS))
        self._withheld.setVisible(hidden and sheet.only is None)
        self._narrow.setVisible(hidden and sheet.only is not None)
        for asked, each in self.panels.items():
            table = shown.table(asked)
            if hidden and asked != MONTHS:
                each.show_table(None)
            elif table is None and shown.refused.get(asked):
                each.refuse(heading(asked, self._words), shown.refused[asked])
            else:
                each.show_table(table)
        _ = self._words.gettext
        protected = _("Tableaux protégés : un chiffre de moins de {k} demandes ne se montre ni ne s’exporte.")
        self._protection.setText(protected.format(k=sheet.k))

    def turn(self, tabled: bool) -> None:
        """The tables behind the charts, or the charts again."""
        for each in self.panels.values():
            each.turn(tabled)

    def focused(self) -> FigurePanel | None:
        """The panel with the focus."""
        return next((each for each in self.panels.values() if each.has_focus), None)

    def set_direction(self, direction: QBoxLayout.Direction) -> None:
        """The two columns beside each other, or one under the other."""
        self._columns.setDirection(direction)

    def _lay_out(self) -> None:
        content = column(self, margins=0)
        for part in (self.figures, self._withheld, self._narrow):
            content.addWidget(part)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        content.addLayout(self._columns)
        content.addWidget(self._protection)
        self._columns.setSpacing(14)
        for tables, stretch in ((LEFT, 11), (RIGHT, 9)):
            side = QVBoxLayout()
            self._columns.addLayout(side, stretch)
            side.setSpacing(14)
            for asked in tables:
                side.addWidget(self.panels[asked])
            side.addStretch(1)
