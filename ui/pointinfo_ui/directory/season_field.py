"""One season of opening hours: its months in words, its week, and the week of the school holidays within."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pointinfo.directory.hours.timetable import CLOSED_WEEK, Problem, SeasonWeek, season_name
from pointinfo.directory.hours.typed import season_of
from pointinfo.i18n import Words
from pointinfo_ui.directory.typed_line import TypedLine
from pointinfo_ui.directory.week_field import WeekField
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import Choice, button, label
from pointinfo_ui.theme import Theme


class SeasonField(QWidget):
    """Its months are shown once there are several. `gone` asks to be taken out."""

    edited = Signal()
    gone = Signal()

    def __init__(self, words: Words, theme: Theme, season: SeasonWeek) -> None:
        super().__init__()
        self._words = words
        _ = words.gettext
        self.months = TypedLine(
            _("Mois de la saison"),
            lambda text: season_of(text, words),
            lambda months: season_name(months, words) if months else "",
            "",
        )
        self.months.setPlaceholderText(_("toute l’année, ou juillet-août"))
        self.months.setMinimumWidth(theme.size(230))
        self.remove = button(_("Retirer la saison"), "quiet")
        self.remove.clicked.connect(self.gone)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, theme.size(6), 0, 0)
        head.setSpacing(theme.size(10))
        title = label(_("Saison"), "label", wrap=False)
        title.setMinimumWidth(theme.size(84))
        title.setBuddy(self.months)
        for widget, stretch in ((title, 0), (self.months, 1), (self.remove, 0)):
            head.addWidget(widget, stretch)
        self.week = WeekField(words, theme, season_name(season.months, words) if season.months else "")
        self.school = Choice(
            [("usual", _("comme d’habitude")), ("closed", _("fermé")), ("own", _("une autre semaine"))]
        )
        self.school.setAccessibleName(_("Pendant les vacances scolaires"))
        self.school.setMinimumWidth(theme.size(190))
        self.school_week = WeekField(words, theme, _("vacances scolaires"))
        choice_name = label(_("Vacances scolaires"), "label", wrap=False)
        choice_name.setBuddy(self.school)
        choice_name.setMinimumWidth(theme.size(140))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.size(8))
        layout.addWidget(self._head)
        layout.addWidget(self.months.line)
        layout.addWidget(self.week)
        layout.addWidget(flowing(choice_name, self.school, gap=theme.size(10)))
        layout.addWidget(self.school_week)
        self.fill(season)
        for field in (self.months, self.week, self.school_week):
            field.edited.connect(self.edited)
        self.school.chosen.connect(self._school_chosen)

    def fill(self, season: SeasonWeek) -> None:
        """Show a season."""
        self.months.fill(season.months)
        self.week.fill(season.days)
        self.school_week.fill(season.school or CLOSED_WEEK)
        closed = season.school == CLOSED_WEEK
        self.school.fill("usual" if season.school is None else "closed" if closed else "own")
        self.school_week.setVisible(self.school.code == "own")

    def show_months(self, shown: bool) -> None:
        """Whether there is another season to tell it from."""
        self._head.setVisible(shown)

    @property
    def value(self) -> SeasonWeek:
        """The season as far as it can be read."""
        school = {"usual": None, "closed": CLOSED_WEEK, "own": self.school_week.value}[self.school.code]
        return SeasonWeek(self.months.value, self.week.value, school)

    @property
    def unreadable(self) -> tuple[str, ...]:
        """A sentence for each part that can't be read."""
        months = (self.months.problem,) if self.months.problem else ()
        school = self.school_week.unreadable if self.school.code == "own" else ()
        return (*months, *self.week.unreadable, *school)

    def say(self, found: list[Problem], place: str) -> None:
        """Tell below each part what is odd in it; `place` is the path of this season in the grid."""
        notes: dict[str, dict[int, str]] = {"days": {}, "school": {}}
        own = []
        for problem in found:
            if problem.place == place:
                own.append(problem.sentence)
            elif problem.place.startswith(f"{place}/"):
                name, weekday = problem.place.removeprefix(f"{place}/").split("/")
                notes[name].setdefault(int(weekday), problem.sentence)
        self.week.say(notes["days"])
        self.school_week.say(notes["school"])
        if not self.months.problem:
            self.months.say(" ".join(own), wrong=False)

    def _school_chosen(self) -> None:
        own = self.school.code == "own"
        if own and not any(self.school_week.value):
            self.school_week.fill(self.week.value)
        self.school_week.setVisible(own)
        if own:
            self.school_week.days[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()
