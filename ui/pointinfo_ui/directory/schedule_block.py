"""One schedule of an activity: when it meets, for whom, at what price, until when to register."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from babel.numbers import NumberFormatError, format_decimal, parse_decimal
from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from pointinfo.clock import local_day
from pointinfo.desk import Desk
from pointinfo.directory import Schedule
from pointinfo.directory.hours.days import clock_words, day_words, span_words, weekday_names
from pointinfo.directory.hours.typed import date_of, dates_of, times_of
from pointinfo.directory.sessions import clock_of, day_of
from pointinfo.errors import InputError
from pointinfo.i18n import region
from pointinfo_ui.directory.month_view import MonthView
from pointinfo_ui.directory.typed_line import TypedLine
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import Choice, Number, button, label
from pointinfo_ui.theme import Theme

NTH: Final = (1, 2, 3, 4, -1)
SIDE_BY_SIDE: Final = 740
"""From this width, in pixels at normal text size, the month stands beside the fields."""


class ScheduleBlock(QWidget):
    """Edits one schedule. Says `edited` as somebody types, `gone` when it is to be taken out."""

    edited = Signal()
    gone = Signal()

    def __init__(self, desk: Desk, theme: Theme, schedule: Schedule) -> None:
        super().__init__()
        self._desk, self._theme = desk, theme
        self._schedule = schedule
        self._today = local_day(desk.clock())
        _ = desk.words.gettext
        self._make_fields()
        self.month = MonthView(desk, theme)
        self.month.toggled.connect(self._toggle)
        self.said = label("", "body")
        self._odd = label("", "meta")
        self.remove = button(_("Retirer ces séances"), "quiet")
        self.remove.clicked.connect(self.gone)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.size(14))
        self._grid.setVerticalSpacing(theme.size(6))
        self._grid.setColumnMinimumWidth(0, theme.size(120))
        self._grid.setColumnStretch(1, 1)
        self._rows: dict[str, list[QWidget]] = {}
        self._lay_out()
        fields = QWidget()
        left = QVBoxLayout(fields)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.size(8))
        left.addLayout(self._grid)
        left.addWidget(self.said)
        left.addWidget(self._odd)
        left.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        left.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(theme.size(24))
        self._sides.addWidget(fields, 1)
        self._sides.addWidget(self.month, 0, Qt.AlignmentFlag.AlignTop)
        self.fill(schedule)
        self._watch()

    def _make_fields(self) -> None:
        words, theme = self._desk.words, self._theme
        _ = words.gettext
        self.label = QLineEdit()
        self.label.setPlaceholderText(_("par exemple «Groupe du mercredi»"))
        self.manner = Choice(
            [("weekly", _("chaque semaine")), ("monthly", _("chaque mois")), ("dates", _("à des dates choisies"))]
        )
        self.times = TypedLine("", lambda text: times_of(text, words), self._times_text, None)
        self.times.setPlaceholderText("14-16")
        self.weekdays: list[QPushButton] = []
        for name, shown in zip(weekday_names(words), weekday_names(words, short=True), strict=True):
            chip = button(shown.removesuffix("."), "chip")
            chip.setAccessibleName(name)
            chip.setCheckable(True)
            self.weekdays.append(chip)
        self.every = Number(1, 12)
        self.every.setAccessibleName(_("Toutes les combien de semaines"))
        self.nth = Choice(zip(map(str, NTH), (_("1er"), _("2e"), _("3e"), _("4e"), _("dernier")), strict=True))
        self.dates = TypedLine("", self._read_dates, self._dates_text, ())
        self.dates.setPlaceholderText("3.10.2026, 7.11.2026")
        self.first, self.last, self.register_by = (self._date_line() for _line in range(3))
        self.school = Choice(
            [
                ("", _("toute l’année")),
                ("terms", _("en période scolaire")),
                ("holidays", _("pendant les vacances scolaires")),
            ]
        )
        self.cancelled = TypedLine("", self._read_dates, self._dates_text, ())
        self.cancelled.setPlaceholderText("24.12.2026")
        self.age_from, self.age_to = self._number_line(), self._number_line()
        self.price = QLineEdit()
        self.places = TypedLine(
            "", lambda text: self._number(text, int), lambda count: "" if count is None else str(count), None
        )
        for short in (self.age_from, self.age_to, self.places):
            short.setMaximumWidth(theme.size(90))

    def _lay_out(self) -> None:
        words, theme = self._desk.words, self._theme
        _ = words.gettext
        every = flowing(self.every, label(_("semaine(s)"), "meta", wrap=False), gap=theme.size(8))
        period = self._beside(self.first, _("au"), self.last)
        ages = self._beside(self.age_from, _("à"), self.age_to, _("ans"))
        for name, title, shown, lines in (
            ("label", _("Intitulé"), self.label, ()),
            ("manner", _("Rythme"), self.manner, ()),
            ("weekdays", _("Jours"), flowing(*self.weekdays, gap=theme.size(6)), ()),
            ("nth", _("Du mois"), self.nth, ()),
            ("every", _("Toutes les"), every, ()),
            ("dates", _("Dates"), self.dates, (self.dates,)),
            ("times", _("Heures"), self.times, (self.times,)),
            ("period", _("Du"), period, (self.first, self.last)),
            ("school", _("Vacances"), self.school, ()),
            ("cancelled", _("Annulées"), self.cancelled, (self.cancelled,)),
            ("ages", _("Âge"), ages, (self.age_from, self.age_to)),
            ("price", _("Prix"), self.price, ()),
            ("register_by", _("Inscription jusqu’au"), self.register_by, (self.register_by,)),
            ("places", _("Places libres"), self.places, (self.places,)),
        ):
            self._row(name, title, shown, lines)
        named = ((self.first, _("Première date")), (self.last, _("Dernière date")), (self.age_from, _("Âge minimum")))
        for line, title in (*named, (self.age_to, _("Âge maximum"))):
            line.setAccessibleName(title)
        self.cancelled.setAccessibleName(_("Dates annulées"))

    def _row(self, name: str, title: str, shown: QWidget, lines: tuple[TypedLine, ...]) -> None:
        row = len(self._rows) * 2
        said = label(title, "label", wrap=False)
        said.setBuddy(shown)
        if not isinstance(shown, TypedLine) or not shown.accessibleName():
            shown.setAccessibleName(title)
        self._grid.addWidget(said, row, 0)
        self._grid.addWidget(shown, row, 1)
        below = QVBoxLayout()
        below.setSpacing(0)
        for line in lines:
            below.addWidget(line.line)
        self._grid.addLayout(below, row + 1, 1)
        self._rows[name] = [said, shown]

    def fill(self, schedule: Schedule) -> None:
        """Show a schedule without saying that anyone typed it."""
        self._schedule = schedule
        with QSignalBlocker(self.label), QSignalBlocker(self.price):
            self.label.setText(schedule.label)
            self.price.setText(schedule.price)
        self.manner.fill("dates" if schedule.dates else "monthly" if schedule.nth else "weekly")
        starts = clock_of(schedule.starts)
        self.times.fill(None if starts is None else (starts, clock_of(schedule.ends)))
        for weekday, chip in enumerate(self.weekdays):
            chip.setChecked(weekday in schedule.weekdays)
        self.every.fill(max(1, schedule.every))
        self.nth.fill(str(schedule.nth or 1))
        self.school.fill(schedule.school)
        for line, text in (
            (self.first, schedule.first),
            (self.last, schedule.last),
            (self.register_by, schedule.register_by),
        ):
            line.fill(day_of(text))
        for line, texts in ((self.dates, schedule.dates), (self.cancelled, schedule.cancelled)):
            line.fill(tuple(sorted(day for day in map(day_of, texts) if day)))
        self.age_from.fill(schedule.age_from)
        self.age_to.fill(schedule.age_to)
        self.places.fill(schedule.places_left)
        self._show()

    @property
    def value(self) -> Schedule:
        """The schedule as far as it can be read; what the manner has no use for is left out."""
        manner = self.manner.code
        starts, ends = self.times.value or (None, None)
        chosen = manner == "dates"
        return Schedule(
            starts=f"{starts:%H:%M}" if starts else "",
            ends=f"{ends:%H:%M}" if ends else "",
            label=" ".join(self.label.text().split()),
            weekdays=() if chosen else tuple(day for day, chip in enumerate(self.weekdays) if chip.isChecked()),
            every=self.every.value() if manner == "weekly" else 1,
            nth=int(self.nth.code) if manner == "monthly" else 0,
            school="" if chosen else self.school.code,
            first="" if chosen else self._iso(self.first.value),
            last="" if chosen else self._iso(self.last.value),
            dates=tuple(map(date.isoformat, self.dates.value)) if chosen else (),
            cancelled=tuple(map(date.isoformat, self.cancelled.value)),
            age_from=self.age_from.value,
            age_to=self.age_to.value,
            price=" ".join(self.price.text().split()),
            register_by=self._iso(self.register_by.value),
            places_left=self.places.value,
        )

    @property
    def unreadable(self) -> tuple[str, ...]:
        """A sentence for each line that can't be read."""
        return tuple(line.problem for line in self._lines() if line.problem and line.isVisibleTo(self))

    def say(self, recurrence: str, odd: list[str]) -> None:
        """Tell below what the fields come to, and what is odd."""
        self.said.setText(recurrence[:1].upper() + recurrence[1:])
        self.said.setVisible(bool(recurrence))
        self._odd.setText("\n".join(odd))
        self._odd.setVisible(bool(odd))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The month goes below the fields where there is little room."""
        super().resizeEvent(event)
        wide = self.width() >= self._theme.size(SIDE_BY_SIDE)
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(beside if wide else below)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the fields alone; the height follows the direction."""
        return QSize(self._theme.size(420), super().minimumSizeHint().height())

    def _watch(self) -> None:
        for text in (self.label, self.price):
            text.textEdited.connect(self._follow)
        for line in self._lines():
            line.edited.connect(self._follow)
        for choice in (self.manner, self.nth, self.school):
            choice.chosen.connect(self._follow)
        for chip in self.weekdays:
            chip.clicked.connect(self._follow)
        self.every.valueChanged.connect(self._follow)

    def _follow(self, *_changed: object) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        manner = self.manner.code
        hidden = {
            "weekly": {"nth", "dates"},
            "monthly": {"every", "dates"},
            "dates": {"weekdays", "nth", "every", "period", "school"},
        }[manner]
        for name, widgets in self._rows.items():
            for widget in widgets:
                widget.setVisible(name not in hidden)
        self.month.show_schedule(self.value)

    def _toggle(self, day: date) -> None:
        """Cancel the meeting of a day, or give it back."""
        known = set(self.cancelled.value)
        self.cancelled.fill(tuple(sorted(known ^ {day})))
        self._follow()

    def _lines(self) -> tuple[TypedLine, ...]:
        return (
            *(self.dates, self.times, self.first, self.last, self.cancelled),
            *(self.age_from, self.age_to, self.register_by, self.places),
        )

    def _beside(self, *parts: QWidget | str) -> QWidget:
        made = QWidget()
        layout = QHBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._theme.size(8))
        for part in parts:
            layout.addWidget(label(part, "meta", wrap=False) if isinstance(part, str) else part)
        layout.addStretch(0)
        return made

    def _date_line(self) -> TypedLine:
        words = self._desk.words
        return TypedLine(
            "",
            lambda text: date_of(text, words, self._today),
            lambda day: "" if day is None else day_words(day, words),
            None,
        )

    def _number_line(self) -> TypedLine:
        locale = region(self._desk.words.language)

        return TypedLine(
            "",
            lambda text: self._number(text, lambda typed: float(parse_decimal(typed, locale=locale))),
            lambda age: "" if age is None else str(format_decimal(age, locale=locale)),
            None,
        )

    def _number(self, text: str, read: Callable[[str], Any]) -> Any:
        _ = self._desk.words.gettext
        if not text.strip():
            return None
        try:
            number = read(text.strip())
        except (ValueError, NumberFormatError):
            number = -1
        if not 0 <= number < 1000:
            raise InputError(_("« {text} » n’est pas un nombre.").format(text=text.strip()))
        return number

    def _read_dates(self, text: str) -> tuple[date, ...]:
        return dates_of(text, self._desk.words, self._today)

    def _dates_text(self, dates: tuple[date, ...]) -> str:
        return ", ".join(f"{day.day}.{day.month}.{day.year}" for day in dates)

    def _times_text(self, times: Any) -> str:
        if times is None:
            return ""
        starts, ends = times
        return clock_words(starts) if ends is None else span_words(starts, ends, self._desk.words)

    @staticmethod
    def _iso(day: date | None) -> str:
        return "" if day is None else day.isoformat()
