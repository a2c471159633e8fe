"""Choosing the period of the figures: today, week, month, year, one before, one after, or any two days."""

from collections.abc import Callable
from datetime import date
from typing import Literal

from PySide6.QtCore import QDate, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDateEdit, QHBoxLayout, QPushButton, QWidget

from pointinfo.i18n import Words
from pointinfo.inquiries import Period
from pointinfo_ui.flow import Flow
from pointinfo_ui.forms import button, label
from pointinfo_ui.theme import Theme

Kind = Literal["today", "week", "month", "year", "between"]


class PeriodBar(QWidget):
    """Chips, arrows and two days; starts with the present month. `chosen` says a `Period` and its `Kind`."""

    chosen = Signal(object, str)

    def __init__(self, today: Callable[[], date], theme: Theme, words: Words) -> None:
        super().__init__()
        self._today = today
        self._theme = theme
        self._words = words
        self.period = self._present("month")
        self._make()
        self._lay_out()
        self.fill(self.period, "month")

    @property
    def kind(self) -> Kind:
        """Which chip the period belongs to."""
        return next(kind for kind, chip in self.chips.items() if chip.isChecked())

    def fill(self, period: Period, kind: Kind) -> None:
        """Show `period` without saying that anyone chose it."""
        self.period = period
        self.chips[kind].setChecked(True)
        self._days.setVisible(kind == "between")
        self.later.setEnabled(period.last < self._today())
        for field, day in ((self.first, period.first), (self.last, period.last)):
            with QSignalBlocker(field):
                field.setDate(QDate(day.year, day.month, day.day))

    def _make(self) -> None:
        _ = self._words.gettext
        self.chips: dict[Kind, QPushButton] = {}
        choice = QButtonGroup(self)
        for kind, text in self._kinds().items():
            chip = button(text, "chip")
            chip.setCheckable(True)
            chip.clicked.connect(self._chooser(kind))
            choice.addButton(chip)
            self.chips[kind] = chip
        self.earlier = self._stepper("‹", _("Période précédente"), -1)
        self.later = self._stepper("›", _("Période suivante"), 1)
        self.first = self._day_field(_("Premier jour"))
        self.last = self._day_field(_("Dernier jour"))

    def _kinds(self) -> dict[Kind, str]:
        _ = self._words.gettext
        return {
            "today": _("Aujourd’hui"),
            "week": _("Semaine"),
            "month": _("Mois"),
            "year": _("Année"),
            "between": _("Du … au …"),
        }

    def _chooser(self, kind: Kind) -> Callable[[], None]:
        return lambda: self.chosen.emit(self._present(kind), kind)

    def _present(self, kind: Kind) -> Period:
        """The period of a chip: the present one; «du … au …» starts from what is shown."""
        today = self._today()
        match kind:
            case "today":
                return Period.day(today)
            case "week":
                return Period.week_of(today)
            case "month":
                return Period.month(today.year, today.month)
            case "year":
                return Period.year(today.year)
            case "between":
                return self.period

    def _stepper(self, sign: str, name: str, steps: int) -> QPushButton:
        made = button(sign, "chip")
        made.setMinimumWidth(self._theme.size(40))
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.clicked.connect(lambda: self.chosen.emit(self.period.step(steps), self.kind))
        return made

    def _day_field(self, name: str) -> QDateEdit:
        field = QDateEdit()
        field.setDisplayFormat("dd.MM.yyyy")
        field.setCalendarPopup(True)
        field.setKeyboardTracking(False)
        field.setAccessibleName(name)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.dateChanged.connect(lambda _day: self._days_chosen(field))
        return field

    def _days_chosen(self, changed: QDateEdit) -> None:
        """Both fields name the period; the one that wasn't touched gives way."""
        first, last = _day(self.first.date()), _day(self.last.date())
        if first > last:
            first = last = _day(changed.date())
        self.chosen.emit(Period(first, last), "between")

    def _lay_out(self) -> None:
        _ = self._words.gettext
        line = Flow(self, gap=8)
        for part in (self.earlier, *self.chips.values(), self.later):
            line.addWidget(part)
        self._days = QWidget()
        line.addWidget(self._days)
        days = QHBoxLayout(self._days)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(8)
        for text, field in ((_("Du"), self.first), (_("au"), self.last)):
            name = label(text, "label", wrap=False)
            name.setBuddy(field)
            days.addWidget(name)
            days.addWidget(field)


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
