"""The figures page: what a period's inquiries add up to, in charts, in tables, and in files of the same."""

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.errors import PointInfoError
from pointinfo.inquiries import Period
from pointinfo.inquiries.columns import AXES
from pointinfo.inquiries.overview import MONTHS, Only, Overview, overview
from pointinfo.inquiries.period import as_date
from pointinfo.inquiries.tables import Asked
from pointinfo_ui.background import Background
from pointinfo_ui.commands import key_words
from pointinfo_ui.forms import button, column, label
from pointinfo_ui.inquiries import figure_files
from pointinfo_ui.inquiries.figures_view import FiguresView
from pointinfo_ui.inquiries.filter_bar import FilterBar
from pointinfo_ui.inquiries.notices import EmptyNotice, FailureNotice
from pointinfo_ui.inquiries.period_bar import Kind, PeriodBar
from pointinfo_ui.inquiries.releases_sheet import ReleasesSheet
from pointinfo_ui.messages import announce
from pointinfo_ui.theme import Theme


class Question(NamedTuple):
    """What is asked for: a period, the chip it belongs to, and what it is narrowed to."""

    period: Period
    kind: Kind
    only: Only | None


class StatisticsPage(QWidget):
    """The figures of this counter's file for a chosen period."""

    def __init__(self, desk: Desk, theme: Theme, background: Background) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._theme = theme
        self._background = background
        self._asked = 0
        self._only: Only | None = None
        self._steps: list[Question] = []
        self._shown: Overview | None = None
        self._make_header()
        self._make_body()
        self._lay_out()

    @property
    def inside(self) -> QWidget:
        """Where keys work that mean something else in the window: here, while the focus is in it."""
        return self

    @property
    def period(self) -> Period:
        """What was asked for last."""
        return self._bar.period

    @property
    def only(self) -> Only | None:
        """What the figures are narrowed to."""
        return self._only

    @property
    def shown(self) -> Overview | None:
        """What the page shows; None before the first answer and after a failure."""
        return self._shown

    def show_period(self, period: Period, kind: Kind = "between") -> None:
        """Count and show another period; the page keeps what it shows until the answer is there."""
        self._steps.clear()
        self._ask(Question(period, kind, self._only))

    def narrow(self, only: Only | None) -> None:
        """Show only the inquiries that say one code; None for all."""
        self._steps.clear()
        self._ask(self._question()._replace(only=only))

    def drill(self, asked: Asked, code: str) -> None:
        """Go into a mark of a chart: a month becomes the period, anything else the filter."""
        before = self._question()
        month = as_date(code) if asked == MONTHS else None
        axis = next((axis for axis in AXES if asked and axis == asked[0]), None)
        after = before
        if month is not None:
            after = before._replace(period=Period.month(month.year, month.month), kind="month")
        elif axis is not None:
            after = before._replace(only=(axis, code))
        if after == before:
            return
        self._steps.append(before)
        self._ask(after)
        self.filter.all.setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> None:
        """Close what lies over the page, take back the last mark that was gone into, else the filter."""
        if self.releases.isVisible():
            self.releases.shut()
        elif self._steps:
            self._ask(self._steps.pop())
        elif self._only is not None:
            self.narrow(None)

    def enter(self) -> None:
        """Show the present, the focus on the period."""
        self.refresh()
        self.go_to_period()

    def refresh(self) -> None:
        """Count again, beside the window; only the latest question is answered.

        Days to come are left out: no inquiry yet is not the same as none.
        """
        _ = self._desk.words.gettext
        self._asked += 1
        asked, period, only, desk = self._asked, self.period, self._only, self._desk
        self._state.setText(_("Un instant, les chiffres se comptent…"))
        self._failure.hide()
        today = desk.inquiries.today()
        if period.first <= today < period.last:
            period = Period(period.first, today)
        names = {desk.inquiries.counter: desk.settings.counter_name}
        self._background.run(
            self,
            lambda: (overview(desk.reporting, desk.words, period, only, names), desk.statistics.first_day()),
            lambda answer: self._answered(asked, *answer),
            lambda error: self._failed(asked, error),
        )

    def go_to_period(self) -> None:
        """Put the focus on the chosen period: the arrows choose another."""
        self.chips[self._bar.kind].setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_tables(self) -> None:
        """The tables behind the charts, or the charts again."""
        self.tables.toggle()

    def copy_table(self) -> None:
        """Put the table of the chart with the focus on the clipboard, for a spreadsheet."""
        _ = self._desk.words.gettext
        chosen = self._view.focused()
        if chosen is None:
            self._say(_("Choisissez d’abord un graphique : Tab va de l’un à l’autre."))
            return
        QGuiApplication.clipboard().setText(chosen.model.as_tsv())
        self._say(_("Tableau copié : {title}").format(title=chosen.title.text()))

    def export(self) -> None:
        """Ask where the CSV or XLSX file of what is shown goes."""
        if self._shown is not None and self._shown.sheet.inquiries != 0:
            figure_files.ask(self, self._shown.sheet.period, self._desk.words, self.write_file)

    def write_file(self, file: str) -> None:
        """Write what is shown; the page says how it went."""
        if self._shown is None:
            return
        _ = self._desk.words.gettext
        try:
            figure_files.write(Path(file), self._shown.sheet, self._desk)
        except PointInfoError as error:
            self._say_failed(str(error), again=False)
        else:
            self._failure.hide()
            self._say(_("Fichier enregistré : {file}").format(file=Path(file).name))

    def show_releases(self) -> None:
        """What was published, and publishing the chosen period."""
        self.releases.show_period(self.period)

    def minimumSizeHint(self) -> QSize:
        """Less than the widest arrangement: the page rearranges itself once it is narrower."""
        return QSize(self._theme.size(480), 320)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column of charts where two would be cramped."""
        super().resizeEvent(event)
        self._reflow()

    def _make_header(self) -> None:
        words = self._desk.words
        _ = words.gettext
        self._title = label(_("Chiffres"), "title", wrap=False)
        self._period_title = label("", "lead", wrap=False)
        self._state = label("", "meta")
        for line, pixels in ((self._period_title, 16), (self._state, 13)):
            line.setContentsMargins(0, 0, 0, self._baseline(pixels))
        self._bar = bar = PeriodBar(self._desk.inquiries.today, self._theme, words)
        bar.chosen.connect(self.show_period)
        self.chips, self.earlier, self.later = bar.chips, bar.earlier, bar.later
        self.first, self.last = bar.first, bar.last
        self.filter = FilterBar(self._theme, words)
        self.filter.chosen.connect(self.narrow)
        self.tables = button(_("Tableaux"), "chip", "Ctrl+T")
        self.tables.setCheckable(True)
        self.publish = button(_("Publier cette période…"), "plain", "Ctrl+R")
        self.publish.clicked.connect(self.show_releases)
        self.exporter = button(_("Exporter…"), "primary", key_words("Ctrl+S", words))
        self.exporter.clicked.connect(self.export)

    def _baseline(self, pixels: int) -> int:
        """How far a smaller text has to be lifted to stand on the title's line."""
        deep = QFontMetrics(self._theme.font(24, 700)).descent()
        return deep - QFontMetrics(self._theme.font(pixels)).descent()

    def _make_body(self) -> None:
        words = self._desk.words
        self._view = FiguresView(self._theme, words)
        self._view.hide()
        self._view.chosen.connect(self.drill)
        self.figures, self.panels = self._view.figures, self._view.panels
        self.tables.toggled.connect(self._view.turn)
        self._failure = FailureNotice(words)
        self._failure.again.connect(self.refresh)
        self._empty = EmptyNotice(words)
        self._empty.year.connect(self.chips["year"].click)

    def _lay_out(self) -> None:
        """From the outside in: Qt styles a widget anew with every parent it gets."""
        layout = column(self, margins=0)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(24, 20, 12, 0)
        header = QVBoxLayout()
        layout.addLayout(header)
        header.setContentsMargins(0, 0, 12, 0)
        header.setSpacing(12)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        header.addLayout(self._head)
        self._choosing = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        header.addLayout(self._choosing)
        self._choosing.setSpacing(12)
        self._choosing.addWidget(self._bar, 1)
        self._choosing.addWidget(self.filter, 1)
        self._lay_out_head()
        self._scroll = QScrollArea()
        layout.addWidget(self._scroll, 1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self._scroll.setWidget(inside)
        scrolled = column(inside, margins=0)
        scrolled.setContentsMargins(0, 0, 12, 20)
        for part in (self._failure, self._empty, self._view):
            scrolled.addWidget(part)
        scrolled.addStretch(1)
        self.releases = ReleasesSheet(self, self._desk, self._theme, self._background)
        bar = (self.earlier, *self.chips.values(), self.later, self.first, self.last)
        chosen = (self.filter.axis, self.filter.code, self.filter.all)
        for one, following in pairwise((*bar, *chosen, self.tables, self.publish, self.exporter)):
            self.setTabOrder(one, following)

    def _lay_out_head(self) -> None:
        said = QHBoxLayout()
        self._head.setSpacing(12)
        self._head.addLayout(said, 1)
        self._head.setAlignment(said, Qt.AlignmentFlag.AlignVCenter)
        said.setSpacing(12)
        said.addWidget(self._title)
        said.addWidget(self._period_title, 0, Qt.AlignmentFlag.AlignBottom)
        said.addWidget(self._state, 1, Qt.AlignmentFlag.AlignBottom)
        doing = QHBoxLayout()
        self._head.addLayout(doing)
        doing.setSpacing(12)
        for made in (self.tables, self.publish, self.exporter):
            doing.addWidget(made)
        doing.addStretch(1)

    def _question(self) -> Question:
        return Question(self.period, self._bar.kind, self._only)

    def _ask(self, question: Question) -> None:
        self._only = question.only
        self._bar.fill(question.period, question.kind)
        self.refresh()

    def _answered(self, asked: int, shown: Overview, first_day: date | None) -> None:
        if asked != self._asked:
            return
        self._shown = shown
        sheet = shown.sheet
        self._state.clear()
        self._say_period()
        self.filter.fill(shown.options, self._only)
        self.exporter.setEnabled(sheet.inquiries != 0)
        self._view.setVisible(sheet.inquiries != 0)
        self._empty.setVisible(sheet.inquiries == 0)
        if sheet.inquiries != 0:
            self._view.show_overview(shown)
            read = ", ".join(f"{name} {now}" for name, (now, _before) in self.figures.texts.items())
            announce(self, f"{self._period_title.text()}. {read}")
        else:
            self._empty.say(first_day, year=self._bar.kind != "year")
            announce(self, self._empty.sentence)
        self._reflow()

    def _failed(self, asked: int, error: Exception) -> None:
        if not isinstance(error, PointInfoError):
            raise error
        if asked == self._asked:
            self._shown = None
            self._view.hide()
            self._empty.hide()
            self.exporter.setEnabled(False)
            self._say_failed(str(error), again=True)

    def _say(self, sentence: str) -> None:
        self._state.setText(sentence)
        announce(self, sentence)

    def _say_failed(self, sentence: str, *, again: bool) -> None:
        self._state.clear()
        self._failure.say(sentence, again=again)
        self._scroll.verticalScrollBar().setValue(0)
        announce(self, sentence)

    def _say_period(self) -> None:
        """The period; where there is room, what it is compared to."""
        if self._shown is None:
            return
        words = self._desk.words
        _ = words.gettext
        text = self._shown.sheet.period.title(words)
        before = _uncapped(self._shown.before.title(words))
        both = _("{period} · un an avant : {before}").format(period=text, before=before)
        beside: list[QWidget] = [self._title]
        if self._direction(1100) == QBoxLayout.Direction.LeftToRight:
            beside += [self.tables, self.publish, self.exporter]
        room = self.width() - 48 - sum(each.sizeHint().width() + 14 for each in beside)
        wide = QFontMetrics(self._theme.font(16)).horizontalAdvance(both)
        self._period_title.setText(both if wide <= room else text)

    def _reflow(self) -> None:
        self._say_period()
        self._view.set_direction(self._direction(1000))
        self._head.setDirection(self._direction(1100))
        self._choosing.setDirection(self._direction(1500 if self._bar.kind == "between" else 1200))

    def _direction(self, needs: int) -> QBoxLayout.Direction:
        """Sideways where the page has the width it needs, in pixels at normal text size."""
        wide = self.width() >= self._theme.size(needs)
        return QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom


def _uncapped(text: str) -> str:
    return text[:1].lower() + text[1:]
