"""The next fourteen days in words, beside the hours that are being edited."""

from babel.dates import format_skeleton
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from pointinfo.clock import local_day
from pointinfo.desk import Desk
from pointinfo.directory.hours.timetable import fortnight
from pointinfo.i18n import region
from pointinfo_ui.forms import column, label
from pointinfo_ui.theme import Theme


class FortnightView(QFrame):
    """Fourteen lines; one sentence when all days say the same."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        _ = desk.words.gettext
        self.setProperty("tile", "plain")
        self.setAccessibleName(_("Les 14 prochains jours"))
        inside = column(self, margins=theme.size(16), spacing=theme.size(8))
        inside.addWidget(label(_("Les 14 prochains jours"), "label"))
        self._all = label("", "meta")
        inside.addWidget(self._all)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.size(12))
        grid.setVerticalSpacing(theme.size(5))
        grid.setColumnStretch(1, 1)
        inside.addLayout(grid)
        inside.addStretch(1)
        self._lines = [(label("", "meta", wrap=False), label("", "meta")) for _day in range(14)]
        for row, (day, said) in enumerate(self._lines):
            grid.addWidget(day, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(said, row, 1)

    def show_hours(self, expression: str) -> None:
        """Tell what some hours come to from today."""
        words = self._desk.words
        told = fortnight(expression, local_day(self._desk.clock()), self._desk.directory.calendar, words)
        alike = {sentence for _day, sentence in told}
        self._all.setText(alike.pop() if len(alike) == 1 else "")
        self._all.setVisible(bool(self._all.text()))
        for (day, sentence), (name, said) in zip(told, self._lines, strict=True):
            name.setText(str(format_skeleton("MMMEd", day, locale=region(words.language))))
            said.setText(sentence)
            for part in (name, said):
                part.setVisible(not self._all.text())
        self.setAccessibleDescription(self._all.text() or ". ".join(sentence for _day, sentence in told))
