"""The figures page: what a period's inquiries add up to, in charts, in tables, and in a file of the same."""

from datetime import date
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from pointinfo import files
from pointinfo.desk import Desk
from pointinfo.errors import PointInfoError
from pointinfo.inquiries import Period, Report
from pointinfo.inquiries.export import csv_bytes, file_name
from pointinfo.inquiries.period import DAYS_AT_MOST
from pointinfo.inquiries.statistics import ALL, Dimension
from pointinfo_ui.background import Background
from pointinfo_ui.forms import button, column, label
from pointinfo_ui.inquiries.notices import EmptyNotice, FailureNotice
from pointinfo_ui.inquiries.period_bar import Kind, PeriodBar
from pointinfo_ui.inquiries.report_view import ReportView
from pointinfo_ui.messages import announce
from pointinfo_ui.theme import Theme


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
        asked, period = self._asked, self.period
        self._state.setText(_("Un instant, les chiffres se comptent…"))
        self._failure.hide()
        today = self._desk.inquiries.today()
        if period.first <= today < period.last:
            period = Period(period.first, today)
        statistics, dimensions = self._desk.statistics, _dimensions(period)
        self._background.run(
            self,
            lambda: (statistics.report(period, dimensions), statistics.first_day()),
            lambda answer: self._answered(asked, *answer),
            lambda error: self._failed(asked, error),
        )

    def go_to_period(self) -> None:
        """Put the focus on the chosen period: the arrows choose another."""
        self.chips[self._bar.kind].setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_tables(self) -> None:
        """The tables behind the charts, or the charts again."""
        self.tables.toggle()

    def export_csv(self) -> None:
        """Ask where the CSV file of what is shown goes."""
        if self._report is None or self._report.inquiries == 0:
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
        try:
            path = files.target(path, self._desk.home, self._desk.words)
            files.write_whole(path, csv_bytes(self._report, self._desk.words))
        except PointInfoError as error:
            self._say_failed(str(error), again=False)
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
        self.exporter = button(_("Exporter en CSV"), "primary", "Ctrl+S")
        self.exporter.clicked.connect(self.export_csv)

    def _baseline(self, pixels: int) -> int:
        """How far a smaller text has to be lifted to stand on the title's line."""
        deep = QFontMetrics(self._theme.font(24, 700)).descent()
        return deep - QFontMetrics(self._theme.font(pixels)).descent()

    def _make_body(self) -> None:
        words = self._desk.words
        self._view = ReportView(self._theme, words)
        self._view.hide()
        self.figures, self.panels = self._view.figures, self._view.panels
        self.tables.toggled.connect(self._view.show_tables)
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
        header.addWidget(self._bar)
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

    def _answered(self, asked: int, report: Report, first_day: date | None) -> None:
        if asked != self._asked:
            return
        self._report = report
        self._period_title.setText(report.period.title(self._desk.words))
        self._state.clear()
        self.exporter.setEnabled(report.inquiries != 0)
        self._view.setVisible(report.inquiries != 0)
        self._empty.setVisible(report.inquiries == 0)
        if report.inquiries != 0:
            self._view.show_report(report)
            read = ", ".join(f"{name} {text}" for name, text in self.figures.texts.items())
            announce(self, f"{self._period_title.text()}. {read}")
        else:
            self._empty.say(first_day, year=self._bar.kind != "year")
            announce(self, self._empty.sentence)
        self._reflow()

    def _failed(self, asked: int, error: Exception) -> None:
        if not isinstance(error, PointInfoError):
            raise error
        if asked == self._asked:
            self._report = None
            self._view.hide()
            self._empty.hide()
            self.exporter.setEnabled(False)
            self._say_failed(str(error), again=True)

    def _say_failed(self, sentence: str, *, again: bool) -> None:
        self._state.clear()
        self._failure.say(sentence, again=again)
        self._scroll.verticalScrollBar().setValue(0)
        announce(self, sentence)

    def _reflow(self) -> None:
        self._view.set_direction(self._direction(1000))
        self._head.setDirection(self._direction(720))

    def _direction(self, needs: int) -> QBoxLayout.Direction:
        """Sideways where the page has the width it needs, in pixels at normal text size."""
        wide = self.width() >= self._theme.size(needs)
        return QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom


def _dimensions(period: Period) -> tuple[Dimension, ...]:
    """What is worth a panel: a day has no days, and the week days of a month say what its days say."""
    idle = {"day", "weekday"} if period.days == 1 else {"weekday"} if period.days <= DAYS_AT_MOST else set()
    return tuple(dimension for dimension in ALL if dimension not in idle)
