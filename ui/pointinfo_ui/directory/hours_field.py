"""Opening hours as a plain weekly grid, with what they come to in the next fourteen days beside it."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.directory.hours import check
from pointinfo.directory.hours.timetable import CLOSED_WEEK, SeasonWeek, Timetable, problems, read, write
from pointinfo.errors import InputError
from pointinfo_ui.directory.fortnight_view import FortnightView
from pointinfo_ui.directory.hours_exceptions import ExceptionsField
from pointinfo_ui.directory.season_field import SeasonField
from pointinfo_ui.directory.week_field import SpansLine
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import Choice, button, label
from pointinfo_ui.theme import Theme

SIDE_BY_SIDE: Final = 820
"""From this width, in pixels at normal text size, the fortnight stands beside the grid."""


class HoursField(QWidget):
    """Edits one `opening_hours` string; what a grid can't show is edited as text. Says `edited` as somebody types."""

    edited = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk, self._theme = desk, theme
        self._filled: str | None = ""
        self._odd: tuple[str, ...] = ()
        _ = desk.words.gettext
        self.manner = Choice(
            [
                ("week", _("Une semaine type")),
                ("appointment", _("Uniquement sur rendez-vous")),
                ("unknown", _("Horaire inconnu")),
                ("text", _("En texte (OpenStreetMap)")),
            ]
        )
        self.manner.setAccessibleName(_("Genre d’horaire"))
        self.manner.setMinimumWidth(theme.size(250))
        self._said = label("", "meta")
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Horaire en texte"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.size(96))
        self.seasons: list[SeasonField] = []
        self._seasons = QVBoxLayout()
        self._seasons.setSpacing(theme.size(24))
        self.add_season = button(_("Ajouter une saison"), "quiet")
        keys = label(_("↓ jour suivant · Ctrl+↓ y recopier le jour · Ctrl+Maj+↓ recopier jusqu’à vendredi"), "meta")
        self._weeks = QWidget()
        weeks = QVBoxLayout(self._weeks)
        weeks.setContentsMargins(0, 0, 0, 0)
        weeks.setSpacing(theme.size(8))
        weeks.addWidget(keys)
        weeks.addLayout(self._seasons)
        weeks.addWidget(self.add_season, 0, Qt.AlignmentFlag.AlignLeft)
        self._special = self._make_special()
        self.preview = FortnightView(desk, theme)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(theme.size(24))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.size(10))
        for widget in (flowing(self.manner), self._said, self.text, self._weeks, self._special):
            column.addWidget(widget)
        column.addStretch(1)
        self._sides.addWidget(left, 3)
        self._sides.addWidget(self.preview, 2, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.manner)
        self.manner.chosen.connect(self._manner_chosen)
        self.text.textChanged.connect(self._follow)
        self.add_season.clicked.connect(self._add_season)
        self.fill("")

    def _make_special(self) -> QWidget:
        _ = self._desk.words.gettext
        theme = self._theme
        self.holidays = Choice(
            [
                ("unsaid", _("non précisé")),
                ("closed", _("fermé")),
                ("usual", _("comme les autres jours")),
                ("own", _("autre horaire")),
            ]
        )
        self.holidays.setAccessibleName(_("Jours fériés"))
        self.holidays.setMinimumWidth(theme.size(190))
        self.holiday_spans = SpansLine(_("Heures des jours fériés"), self._desk.words)
        self.holiday_spans.setPlaceholderText("10-16")
        self.holiday_spans.setMinimumWidth(theme.size(190))
        self.exceptions = ExceptionsField(self._desk.words, theme)
        name = label(_("Jours fériés"), "label", wrap=False)
        name.setBuddy(self.holidays)
        name.setMinimumWidth(theme.size(140))
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.size(8))
        layout.addWidget(flowing(name, self.holidays, self.holiday_spans, gap=theme.size(10)))
        layout.addWidget(self.holiday_spans.line)
        layout.addWidget(label(_("Exceptions"), "label"))
        layout.addWidget(self.exceptions)
        self.holidays.chosen.connect(self._follow)
        self.holiday_spans.edited.connect(self._follow)
        self.exceptions.edited.connect(self._follow)
        return made

    def fill(self, expression: str) -> None:
        """Show these hours without saying that anyone typed them."""
        grid = read(expression)
        self.manner.fill("text" if grid is None else "appointment" if grid.by_appointment_only else "week")
        with QSignalBlocker(self.text):
            self.text.setPlainText(expression)
        self._fill_grid(grid or Timetable())
        self._filled = expression
        self._show()

    @property
    def value(self) -> str:
        """The hours as they stand, as they were filled in when nobody has typed; what can't be read is left out."""
        if self._filled is not None:
            return self._filled
        manner = self.manner.code
        if manner == "unknown":
            return ""
        if manner == "text":
            return " ".join(self.text.toPlainText().split())
        return write(self._grid())

    @property
    def problems(self) -> tuple[str, ...]:
        """What can't be read or is probably not meant, in sentences."""
        return (*self.unreadable, *self._odd)

    @property
    def unreadable(self) -> tuple[str, ...]:
        """What was typed and can't be read, in sentences: the value lacks it."""
        manner = self.manner.code
        if manner == "text":
            try:
                check(self.value, self._desk.words)
            except InputError as error:
                return (str(error),)
        if manner in ("text", "unknown"):
            return ()
        seasons = self.seasons if manner == "week" else []
        found = [sentence for season in seasons for sentence in season.unreadable]
        if self.holidays.code == "own" and self.holiday_spans.problem:
            found.append(self.holiday_spans.problem)
        return (*found, *(sentence for row in self.exceptions.rows for sentence in row.unreadable))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The fortnight goes below the grid where there is little room."""
        super().resizeEvent(event)
        wide = self.width() >= self._theme.size(SIDE_BY_SIDE)
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(beside if wide else below)

    def _grid(self) -> Timetable:
        only = self.manner.code == "appointment"
        seasons = () if only else tuple(season.value for season in self.seasons)
        if all(season == SeasonWeek() for season in seasons):
            seasons = ()  # nothing typed is not known, never closed
        return Timetable(
            seasons,
            self.holidays.code,  # type: ignore[arg-type]
            self.holiday_spans.spans if self.holidays.code == "own" else (),
            self.exceptions.value,
            only,
        )

    def _fill_grid(self, grid: Timetable) -> None:
        for season in self.seasons:
            self._bury(season)
        self.seasons = []
        for each in grid.seasons or (SeasonWeek(),):
            self._append(each)
        self.holidays.fill(grid.public_holidays)
        self.holiday_spans.fill(grid.holiday_spans)
        self.exceptions.fill(grid.exceptions)

    def _append(self, season: SeasonWeek) -> SeasonField:
        made = SeasonField(self._desk.words, self._theme, season)
        made.edited.connect(self._follow)
        made.gone.connect(lambda: self._remove(made))
        self._seasons.addWidget(made)
        self.seasons.append(made)
        return made

    def _add_season(self) -> None:
        made = self._append(SeasonWeek("", CLOSED_WEEK))
        self._follow()
        made.months.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, season: SeasonField) -> None:
        self.seasons.remove(season)
        self._bury(season)
        self._follow()
        self.seasons[0].week.days[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _bury(self, season: SeasonField) -> None:
        self._seasons.removeWidget(season)
        season.hide()
        season.deleteLater()

    def _manner_chosen(self) -> None:
        """Go from grid to text and back with the same hours where that can be."""
        manner = self.manner.code
        if manner == "text":
            with QSignalBlocker(self.text):
                self.text.setPlainText(self._filled if self._filled is not None else write(self._grid()))
        elif self._was == "text" and manner in ("week", "appointment"):
            grid = read(" ".join(self.text.toPlainText().split()))
            if grid is None:
                self.manner.fill("text")
                return
            self._fill_grid(grid)
        self._follow()

    def _follow(self) -> None:
        self._filled = None
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        _ = self._desk.words.gettext
        manner = self._was = self.manner.code
        value = self.value
        self.text.setVisible(manner == "text")
        self._weeks.setVisible(manner == "week")
        self._special.setVisible(manner in ("week", "appointment"))
        self.holiday_spans.setVisible(self.holidays.code == "own")
        for season in self.seasons:
            season.show_months(len(self.seasons) > 1 or bool(season.months.value))
        self._tell(manner, value)
        self.preview.show_hours(value)

    def _tell(self, manner: str, value: str) -> None:
        _ = self._desk.words.gettext
        said = ""
        found = problems(self._grid(), self._desk.words) if manner in ("week", "appointment") else []
        if manner == "text":
            wrong = self.unreadable
            shown_as_text = _("Cet horaire ne tient pas dans une grille : il se modifie ici en texte.")
            said = wrong[0] if wrong else shown_as_text if read(value) is None else ""
        elif manner == "week" and not value:
            said = _("Rien n’est saisi : l’horaire est inconnu.")
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self._odd = tuple(problem.sentence for problem in found)
        for number, season in enumerate(self.seasons):
            season.say(found, f"seasons/{number}")
        if not self.holiday_spans.problem:
            mine = [problem.sentence for problem in found if problem.place == "holiday_spans"]
            self.holiday_spans.say(" ".join(mine), wrong=False)
        shown = [row for row in self.exceptions.rows if row.value is not None]
        for number, row in enumerate(shown):
            row.say(" ".join(problem.sentence for problem in found if problem.place == f"exceptions/{number}"))
