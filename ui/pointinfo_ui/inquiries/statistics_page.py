"""The figures page: what a period's inquiries add up to, in charts, in tables, and in a file of the same."""

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.errors import PointInfoError
from pointinfo.inquiries import Period, Report
from pointinfo.inquiries.disclosure import K
from pointinfo.inquiries.export import csv_bytes, file_name
from pointinfo.inquiries.statistics import ALL, DAYS_AT_MOST, Dimension
from pointinfo_ui.background import Background
from pointinfo_ui.forms import button, column, label
from pointinfo_ui.inquiries.breakdown_panel import BreakdownPanel
from pointinfo_ui.inquiries.key_figures import KeyFigures
from pointinfo_ui.inquiries.notices import EmptyNotice, FailureNotice
from pointinfo_ui.inquiries.period_bar import Kind, PeriodBar
from pointinfo_ui.messages import announce
from pointinfo_ui.theme import Theme

LEFT: Final[tuple[Dimension, ...]] = ("day", "hour", "weekday", "outcome", "reason")
RIGHT: Final[tuple[Dimension, ...]] = ("theme", "audience", "channel")


class StatisticsPage(QWidget):
    """The figures of this counter for a chosen period."""

    def __init__(self, desk: Desk, theme: Theme, background: Background) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._theme = theme
        self._background = background
        self._asked = 0
        self._report: Report | None = None
        self._make_header()
        self._make_body()
        self._lay_out()

    @property
    def period(self) -> Period:
        """What was asked for last."""
        return self._bar.period

    @property
    def report(self) -> Report | None:
        """What the page shows; None before the first answer and after a failure."""
        return self._report

    def show_period(self, period: Period, kind: Kind = "between") -> None:
        """Count and show another period; the page keeps what it shows until the answer is there."""
        self._bar.fill(period, kind)
        self.refresh()

    def refresh(self) -> None:
        """Count again, beside the window; only the latest question is answered.

        Days to come are left out: no inquiry yet is not the same as none.
        """
        _ = self._desk.words.gettext
        self._asked += 1
        asked, period = self._asked, self.period
        self._state.setText(_("Un instant, les chiffres se comptent…"))
        self._failure.hide()
        today = self._desk.inquiries.today()
        if period.first <= today < period.last:
            period = Period(period.first, today)
        statistics, dimensions = self._desk.statistics, _dimensions(period)
        self._background.run(
            lambda: (statistics.report(period, dimensions), statistics.first_day()),
            lambda answer: self._answered(asked, *answer),
            lambda error: self._failed(asked, error),
        )

    def toggle_tables(self) -> None:
        """The tables behind the charts, or the charts again."""
        self.tables.toggle()

    def export_csv(self) -> None:
        """Ask where the CSV file of what is shown goes."""
        if self._report is None or not self._report.inquiries:
            return
        _ = self._desk.words.gettext
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, _("Exporter en CSV"), folder, _("Tableau CSV (*.csv)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(file_name(self._report))
        dialog.fileSelected.connect(self.write_csv)
        dialog.open()

    def write_csv(self, file: str) -> None:
        """Write what is shown; the page says how it went."""
        if self._report is None:
            return
        _ = self._desk.words.gettext
        path = Path(file)
        unfinished = path.with_name(f"{path.name}.part")
        try:
            unfinished.write_bytes(csv_bytes(self._report, self._desk.words))
            unfinished.replace(path)
        except OSError:
            self._say_failed(
                _(
                    "Le fichier {file} n’a pas pu être écrit. Vos chiffres sont saufs : choisissez un autre dossier."
                ).format(file=path),
                again=False,
            )
        else:
            self._failure.hide()
            written = _("Fichier enregistré : {file}").format(file=path.name)
            self._state.setText(written)
            announce(self, written)

    def minimumSizeHint(self) -> QSize:
        """Less than the widest arrangement: the page rearranges itself once it is narrower."""
        return QSize(self._theme.size(480), 320)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column of charts where two would be cramped."""
        super().resizeEvent(event)
        self._reflow()

    def _make_header(self) -> None:
        _ = self._desk.words.gettext
        self._title = label(_("Chiffres"), "title", wrap=False)
        self._period_title = label("", "lead", wrap=False)
        self._state = label("", "meta")
        for line, pixels in ((self._period_title, 16), (self._state, 13)):
            line.setContentsMargins(0, 0, 0, self._baseline(pixels))
        self._bar = bar = PeriodBar(self._desk.inquiries.today, self._theme, self._desk.words)
        bar.chosen.connect(self.show_period)
        self.chips, self.earlier, self.later, self.first, self.last = (
            bar.chips,
            bar.earlier,
            bar.later,
            bar.first,
            bar.last,
        )
        self.tables = button(_("Tableaux"), "chip", "Ctrl+T")
        self.tables.setCheckable(True)
        self.tables.toggled.connect(self._show_tables)
        self.exporter = button(_("Exporter en CSV"), "primary", "Ctrl+S")
        self.exporter.clicked.connect(self.export_csv)

    def _baseline(self, pixels: int) -> int:
        """How far a smaller text has to be lifted to stand on the title's line."""
        deep = QFontMetrics(self._theme.font(24, 700)).descent()
        return deep - QFontMetrics(self._theme.font(pixels)).descent()

    def _make_body(self) -> None:
        words = self._desk.words
        self.figures = KeyFigures(self._theme, words)
        self.panels = {each: BreakdownPanel(each, self._theme, words) for each in (*LEFT, *RIGHT)}
        self._failure = FailureNotice(words)
        self._failure.again.connect(self.refresh)
        self._empty = EmptyNotice(words)
        self._empty.year.connect(self.chips["year"].click)
        self._log = label("", "meta")

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
        header.addWidget(self._bar)
        self._lay_out_head()
        self._scroll = QScrollArea()
        layout.addWidget(self._scroll, 1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self._scroll.setWidget(inside)
        self._content = QWidget()
        self._content.hide()
        scrolled = column(inside, margins=0)
        scrolled.setContentsMargins(0, 0, 12, 20)
        for part in (self._failure, self._empty, self._content):
            scrolled.addWidget(part)
        scrolled.addStretch(1)
        self._lay_out_content()
        order = (self.earlier, *self.chips.values(), self.later, self.first, self.last, self.tables, self.exporter)
        for one, following in pairwise(order):
            self.setTabOrder(one, following)

    def _lay_out_head(self) -> None:
        said, doing = QHBoxLayout(), QHBoxLayout()
        self._head.setSpacing(12)
        self._head.addLayout(said, 1)
        self._head.setAlignment(said, Qt.AlignmentFlag.AlignVCenter)
        self._head.addLayout(doing)
        said.setSpacing(12)
        said.addWidget(self._title)
        said.addWidget(self._period_title, 0, Qt.AlignmentFlag.AlignBottom)
        said.addWidget(self._state, 1, Qt.AlignmentFlag.AlignBottom)
        doing.setSpacing(12)
        doing.addWidget(self.tables)
        doing.addWidget(self.exporter)
        doing.addStretch(1)

    def _lay_out_content(self) -> None:
        content = column(self._content, margins=0)
        content.addWidget(self.figures)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        content.addLayout(self._columns)
        content.addWidget(self._log)
        self._columns.setSpacing(14)
        for dimensions, stretch in ((LEFT, 11), (RIGHT, 9)):
            side = QVBoxLayout()
            self._columns.addLayout(side, stretch)
            side.setSpacing(14)
            for dimension in dimensions:
                side.addWidget(self.panels[dimension])
            side.addStretch(1)

    def _show_tables(self, tabled: bool) -> None:
        for each in self.panels.values():
            each.show_table(tabled)

    def _answered(self, asked: int, report: Report, first_day: date | None) -> None:
        if asked != self._asked:
            return
        self._report = report
        self._period_title.setText(report.period.title(self._desk.words))
        self._state.clear()
        self.exporter.setEnabled(report.inquiries > 0)
        self._content.setVisible(report.inquiries > 0)
        self._empty.setVisible(report.inquiries == 0)
        if report.inquiries:
            self._show_report(report)
        else:
            self._empty.say(first_day, year=self._bar.kind != "year")
            announce(self, self._empty.sentence)
        self._reflow()

    def _show_report(self, report: Report) -> None:
        words = self._desk.words
        self.figures.show_report(report)
        for dimension, each in self.panels.items():
            breakdown = report.breakdown(dimension)
            each.setVisible(breakdown is not None)
            if breakdown is not None:
                each.show_breakdown(breakdown)
        _ = words.gettext
        protected = _("Tableaux protégés : un chiffre de moins de {k} demandes ne se montre ni ne s’exporte.")
        logged = words.ngettext(
            "{n} jour avec des demandes notées.", "{n} jours avec des demandes notées.", report.logged_days
        )
        self._log.setText(f"{protected.format(k=K)} {logged.format(n=report.logged_days)}")
        read = ", ".join(f"{name} {text}" for name, text in self.figures.texts.items())
        announce(self, f"{report.period.title(words)}. {read}")

    def _failed(self, asked: int, error: Exception) -> None:
        if not isinstance(error, PointInfoError):
            raise error
        if asked == self._asked:
            self._report = None
            self._content.hide()
            self._empty.hide()
            self.exporter.setEnabled(False)
            self._say_failed(str(error), again=True)

    def _say_failed(self, sentence: str, *, again: bool) -> None:
        self._state.clear()
        self._failure.say(sentence, again=again)
        self._scroll.verticalScrollBar().setValue(0)
        announce(self, sentence)

    def _reflow(self) -> None:
        sideways, downwards = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for layout, needs in ((self._columns, 1000), (self._head, 720)):
            layout.setDirection(sideways if self.width() >= self._theme.size(needs) else downwards)


def _dimensions(period: Period) -> tuple[Dimension, ...]:
    """What is worth a panel: a day has no days, and the week days of a month say what its days say."""
    idle = {"day", "weekday"} if period.days == 1 else {"weekday"} if period.days <= DAYS_AT_MOST else set()
    return tuple(dimension for dimension in ALL if dimension not in idle)
