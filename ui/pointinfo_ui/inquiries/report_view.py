"""A period's figures laid out: the key figures, two columns of breakdowns, and how they are protected."""

from typing import Final

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from pointinfo.i18n import Words
from pointinfo.inquiries import Report
from pointinfo.inquiries.disclosure import K
from pointinfo.inquiries.statistics import Dimension
from pointinfo_ui.forms import column, label
from pointinfo_ui.inquiries.breakdown_panel import BreakdownPanel
from pointinfo_ui.inquiries.key_figures import KeyFigures
from pointinfo_ui.theme import Theme

LEFT: Final[tuple[Dimension, ...]] = ("day", "hour", "weekday", "outcome", "reason")
RIGHT: Final[tuple[Dimension, ...]] = ("theme", "audience", "channel")


class ReportView(QWidget):
    """All figures of one report, as charts or as tables."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._words = words
        self.figures = KeyFigures(theme, words)
        self.panels = {each: BreakdownPanel(each, theme, words) for each in (*LEFT, *RIGHT)}
        self._protection = label("", "meta")
        _ = words.gettext
        self._withheld = label(
            _(
                "Cette période compte trop peu de demandes, ou en révélerait d’autres. Pour ne laisser reconnaître "
                "personne, ses chiffres sont masqués : choisissez une période plus longue."
            )
        )
        self._lay_out()

    def show_report(self, report: Report) -> None:
        """Show these figures; a breakdown that wasn't asked for takes no room, and none does under a hidden total."""
        self.figures.show_report(report)
        hidden = report.inquiries is None
        self._withheld.setVisible(hidden)
        for dimension, each in self.panels.items():
            each.show_breakdown(None if hidden else report.breakdown(dimension))
        _ = self._words.gettext
        protected = _("Tableaux protégés : un chiffre de moins de {k} demandes ne se montre ni ne s’exporte.")
        logged = self._words.ngettext(
            "{n} jour avec des demandes notées.", "{n} jours avec des demandes notées.", report.logged_days
        )
        self._protection.setText(f"{protected.format(k=K)} {logged.format(n=report.logged_days)}")

    def show_tables(self, tabled: bool) -> None:
        """The tables behind the charts, or the charts again."""
        for each in self.panels.values():
            each.show_table(tabled)

    def set_direction(self, direction: QBoxLayout.Direction) -> None:
        """The two columns beside each other, or one under the other."""
        self._columns.setDirection(direction)

    def _lay_out(self) -> None:
        content = column(self, margins=0)
        content.addWidget(self.figures)
        content.addWidget(self._withheld)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        content.addLayout(self._columns)
        content.addWidget(self._protection)
        self._columns.setSpacing(14)
        for dimensions, stretch in ((LEFT, 11), (RIGHT, 9)):
            side = QVBoxLayout()
            self._columns.addLayout(side, stretch)
            side.setSpacing(14)
            for dimension in dimensions:
                side.addWidget(self.panels[dimension])
            side.addStretch(1)
