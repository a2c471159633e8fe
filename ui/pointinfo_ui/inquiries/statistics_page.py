"""The figures page: what a period's inquiries add up to, in charts, in tables, and in a file of the same."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QDate,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    QSize,
    QStandardPaths,
    Qt,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetrics,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QButtonGroup,
    QDateEdit,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from pointinfo.desk import Desk
from pointinfo.errors import PointInfoError
from pointinfo.i18n import Words
from pointinfo.inquiries import Period, Report
from pointinfo.inquiries.disclosure import K
from pointinfo.inquiries.export import csv_bytes, figure, file_name, headings
from pointinfo.inquiries.statistics import ALL, DAYS_AT_MOST, Breakdown, Cell, Dimension, day_words
from pointinfo_ui.background import Background
from pointinfo_ui.forms import button, label, panel
from pointinfo_ui.inquiries.charts import Bars, Chart, Columns, told
from pointinfo_ui.theme import Theme

Kind = Literal["today", "week", "month", "year", "between"]
Index = QModelIndex | QPersistentModelIndex

LEFT: Final[tuple[Dimension, ...]] = ("day", "hour", "weekday", "outcome", "reason")
RIGHT: Final[tuple[Dimension, ...]] = ("theme", "audience", "channel")
UPRIGHT: Final = frozenset({"day", "hour", "weekday"})
AIR: Final = 4
"""What a chart keeps free at its sides for the focus; the words of its panel stand in line with its names."""

TILES: Final = ("answered", "referred", "not-met")
"""The outcomes that stand among the key figures."""


class BreakdownTable(QAbstractTableModel):
    """The table behind a chart: one line a cell, hidden figures as the word for them."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._headings: tuple[str, ...] = ("", "", "")
        self._rows: list[tuple[str, ...]] = []
        self._told: list[str] = []

    def show_breakdown(self, breakdown: Breakdown) -> None:
        """Show these figures."""
        self.beginResetModel()
        self._headings = headings(breakdown, self._words)
        self._rows = [self._texts(cell) for cell in breakdown.cells]
        self._told = [told(cell, self._words) for cell in breakdown.cells]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One a cell."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Name, inquiries, people."""
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What is shown, how it stands, and the line as a sentence."""
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._rows[index.row()][index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                return _aligned(index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._told[index.row()]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The column titles."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < 3:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(section)
        return self._headings[section] if role == Qt.ItemDataRole.DisplayRole else None

    def _texts(self, cell: Cell) -> tuple[str, ...]:
        return cell.label, figure(cell.inquiries, self._words), figure(cell.people, self._words)


class BreakdownPanel(QFrame):
    """One breakdown on a sheet: its chart or the table behind it, and what has to be said about it."""

    def __init__(self, dimension: Dimension, theme: Theme, words: Words) -> None:
        super().__init__()
        self.setProperty("panel", True)
        self._theme = theme
        self._tabled = False
        self._breakdown: Breakdown | None = None
        self.title = label("", "heading")
        self.pointed = label("", "meta", wrap=False)
        self.chart: Chart = Columns(theme, words) if dimension in UPRIGHT else Bars(theme, words)
        self.model = BreakdownTable(words)
        self.table = _table(self.model, theme)
        self.note = label("", "meta")
        self.chart.pointed.connect(self.pointed.setText)
        self._lay_out()

    def show_breakdown(self, breakdown: Breakdown) -> None:
        """Show these figures; a breakdown without a line and without a word takes no room."""
        self._breakdown = breakdown
        self.title.setText(breakdown.title)
        self.note.setText(breakdown.note)
        self.pointed.clear()
        self.chart.show_breakdown(breakdown)
        self.model.show_breakdown(breakdown)
        self.table.setAccessibleName(breakdown.title)
        self.table.setAccessibleDescription(breakdown.note)
        lines = len(breakdown.cells) * self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(lines + self.table.horizontalHeader().sizeHint().height() + 4)
        self._arrange()

    def show_table(self, tabled: bool) -> None:
        """The table instead of the chart, or the chart again."""
        self._tabled = tabled
        self._arrange()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.pointed, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 18, 16, 18)
        layout.setSpacing(12)
        for words in (self.title, self.pointed, self.note):
            words.setContentsMargins(AIR, 0, AIR, 0)
        layout.addLayout(head)
        layout.addWidget(self.chart)
        layout.addWidget(self.table)
        layout.addWidget(self.note)

    def _arrange(self) -> None:
        if self._breakdown is None:
            return
        drawn = bool(self._breakdown.cells)
        self.chart.setVisible(drawn and not self._tabled)
        self.table.setVisible(drawn and self._tabled)
        self.note.setVisible(bool(self._breakdown.note))
        self.setVisible(drawn or self._breakdown.withheld)


class KeyFigures(QWidget):
    """The five figures of a period that are read first."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._tiles: list[QFrame] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(14)
        self.texts: dict[str, str] = {}

    def show_report(self, report: Report) -> None:
        """Show these figures."""
        for tile in self._tiles:
            tile.hide()
            tile.deleteLater()
        self.texts = self._figures(report)
        self._tiles = [self._tile(name, text) for name, text in self.texts.items()]
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many beside each other as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _figures(self, report: Report) -> dict[str, str]:
        _ = self._words.gettext
        figures = {
            _("Demandes"): figure(report.inquiries, self._words),
            _("Personnes"): figure(report.people, self._words),
        }
        outcome = report.breakdown("outcome")
        for code in TILES if outcome else ():
            cell = outcome.cell(code) if outcome else None
            if cell is not None:
                figures[cell.label] = figure(cell.inquiries, self._words)
        return figures

    def _tile(self, name: str, text: str) -> QFrame:
        tile = panel()
        layout = QVBoxLayout(tile)
        layout.setContentsMargins(18, 12, 18, 12)
        layout.setSpacing(2)
        layout.addWidget(label(name, "meta", wrap=False))
        layout.addWidget(label(text, "figure" if text[:1].isdigit() else "big", wrap=False), 1)
        return tile

    def _arrange(self) -> None:
        room = self.width() // self._theme.size(160)
        columns = 5 if room >= 5 else 3 if room >= 3 else max(1, room)
        for place in range(5):
            self._grid.setColumnStretch(place, int(place < columns))
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // columns, place % columns)


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
        self.period = self._period("month")
        self._make_header()
        self._make_body()
        self._lay_out()
        self._show_choice("month")

    @property
    def report(self) -> Report | None:
        """What the page shows; None before the first answer and after a failure."""
        return self._report

    def show_period(self, period: Period, kind: Kind = "between") -> None:
        """Count and show another period; the page keeps what it shows until the answer is there."""
        self.period = period
        self._show_choice(kind)
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
                again=None,
            )
        else:
            self._failure.hide()
            self._say(_("Fichier enregistré : {file}").format(file=path.name))

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
        self.chips: dict[Kind, QPushButton] = {}
        self._choice = QButtonGroup(self)
        for kind, text in self._kinds().items():
            chip = button(text, "chip")
            chip.setCheckable(True)
            chip.clicked.connect(self._chooser(kind))
            self._choice.addButton(chip)
            self.chips[kind] = chip
        self.earlier = self._stepper("‹", _("Période précédente"), -1)
        self.later = self._stepper("›", _("Période suivante"), 1)
        self.first = self._day_field(_("Premier jour"))
        self.last = self._day_field(_("Dernier jour"))
        self.tables = button(_("Tableaux"), "chip", "Ctrl+T")
        self.tables.setCheckable(True)
        self.tables.toggled.connect(self._show_tables)
        self.exporter = button(_("Exporter en CSV"), "primary", "Ctrl+S")
        self.exporter.clicked.connect(self.export_csv)

    def _make_body(self) -> None:
        _ = self._desk.words.gettext
        words = self._desk.words
        self.figures = KeyFigures(self._theme, words)
        self.panels = {each: BreakdownPanel(each, self._theme, words) for each in (*LEFT, *RIGHT)}
        self._failure = panel()
        self._failure_text = label("", "warning")
        self._again = button(_("Recommencer"))
        self._again.clicked.connect(self.refresh)
        self._empty = panel()
        self._empty_text = label("", "big")
        self._empty_step = label("", "body")
        self._whole_year = button(_("Voir l’année"))
        self._whole_year.clicked.connect(self.chips["year"].click)
        self._log = label("", "meta")
        for part in (self._failure, self._empty):
            part.hide()

    def _lay_out(self) -> None:
        _ = self._desk.words.gettext
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(14)
        for dimensions, stretch in ((LEFT, 11), (RIGHT, 9)):
            column = QVBoxLayout()
            column.setSpacing(14)
            for dimension in dimensions:
                column.addWidget(self.panels[dimension])
            column.addStretch(1)
            self._columns.addLayout(column, stretch)
        self._content = QWidget()
        content = QVBoxLayout(self._content)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(14)
        content.addWidget(self.figures)
        content.addLayout(self._columns)
        content.addWidget(self._log)
        self._content.hide()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside())
        layout = QVBoxLayout(self)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(24, 20, 12, 0)
        layout.setSpacing(14)
        layout.addLayout(self._header())
        layout.addWidget(self._scroll, 1)
        order = (self.earlier, *self.chips.values(), self.later, self.first, self.last, self.tables, self.exporter)
        for one, following in pairwise(order):
            self.setTabOrder(one, following)

    def _header(self) -> QVBoxLayout:
        said = QHBoxLayout()
        said.setSpacing(12)
        said.addWidget(self._title)
        said.addWidget(self._period_title, 0, Qt.AlignmentFlag.AlignBottom)
        said.addWidget(self._state, 1, Qt.AlignmentFlag.AlignBottom)
        doing = QHBoxLayout()
        doing.setSpacing(12)
        doing.addWidget(self.tables)
        doing.addWidget(self.exporter)
        doing.addStretch(1)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(12)
        self._head.addLayout(said, 1)
        self._head.setAlignment(said, Qt.AlignmentFlag.AlignVCenter)
        self._head.addLayout(doing)
        choice = QHBoxLayout()
        choice.setSpacing(8)
        for part in (self.earlier, *self.chips.values(), self.later):
            choice.addWidget(part)
        choice.addStretch(1)
        self._days = QWidget()
        days = QHBoxLayout(self._days)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(8)
        _ = self._desk.words.gettext
        for text, field in ((_("Du"), self.first), (_("au"), self.last)):
            name = label(text, "label", wrap=False)
            name.setBuddy(field)
            days.addWidget(name)
            days.addWidget(field)
        days.addStretch(1)
        self._controls = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._controls.setSpacing(10)
        self._controls.addLayout(choice)
        self._controls.addWidget(self._days, 1)
        header = QVBoxLayout()
        header.setContentsMargins(0, 0, 12, 0)
        header.setSpacing(12)
        header.addLayout(self._head)
        header.addLayout(self._controls)
        return header

    def _inside(self) -> QWidget:
        """What scrolls: a failure or an empty period in words, else the figures."""
        failure = QHBoxLayout(self._failure)
        failure.setContentsMargins(20, 14, 20, 14)
        failure.addWidget(self._failure_text, 1)
        failure.addWidget(self._again)
        empty = QVBoxLayout(self._empty)
        empty.setContentsMargins(28, 28, 28, 28)
        empty.setSpacing(10)
        empty.addWidget(self._empty_text)
        empty.addWidget(self._empty_step)
        empty.addWidget(self._whole_year, 0, Qt.AlignmentFlag.AlignLeft)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 12, 20)
        layout.setSpacing(14)
        for part in (self._failure, self._empty, self._content):
            layout.addWidget(part)
        layout.addStretch(1)
        return inside

    def _kinds(self) -> dict[Kind, str]:
        _ = self._desk.words.gettext
        return {
            "today": _("Aujourd’hui"),
            "week": _("Semaine"),
            "month": _("Mois"),
            "year": _("Année"),
            "between": _("Du … au …"),
        }

    def _baseline(self, pixels: int) -> int:
        """How far a smaller text has to be lifted to stand on the title's line."""
        deep = QFontMetrics(self._theme.font(24, 700)).descent()
        return deep - QFontMetrics(self._theme.font(pixels)).descent()

    def _stepper(self, sign: str, name: str, steps: int) -> QPushButton:
        made = button(sign, "chip")
        made.setMinimumWidth(self._theme.size(40))
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.clicked.connect(lambda: self.show_period(self.period.step(steps), self._kind()))
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

    def _chooser(self, kind: Kind) -> Callable[[], None]:
        return lambda: self.show_period(self._period(kind), kind)

    def _period(self, kind: Kind) -> Period:
        """The period of a chip: the present one; «du … au …» starts from what is shown."""
        today = self._desk.inquiries.today()
        return {
            "today": Period.day(today),
            "week": Period.week_of(today),
            "month": Period.month(today.year, today.month),
            "year": Period.year(today.year),
        }.get(kind) or self.period

    def _kind(self) -> Kind:
        return next(kind for kind, chip in self.chips.items() if chip.isChecked())

    def _days_chosen(self, changed: QDateEdit) -> None:
        """Both fields name the period; the one that wasn't touched gives way."""
        first, last = _day(self.first.date()), _day(self.last.date())
        if first > last:
            first = last = _day(changed.date())
        self.show_period(Period(first, last))

    def _show_choice(self, kind: Kind) -> None:
        self.chips[kind].setChecked(True)
        self._days.setVisible(kind == "between")
        self.later.setEnabled(self.period.last < self._desk.inquiries.today())
        for field, day in ((self.first, self.period.first), (self.last, self.period.last)):
            with QSignalBlocker(field):
                field.setDate(QDate(day.year, day.month, day.day))

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
            self._show_empty(first_day)
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
        self._announce(f"{report.period.title(words)}. {read}")

    def _show_empty(self, first_day: date | None) -> None:
        _ = self._desk.words.gettext
        self._empty_text.setText(_("Aucune demande notée dans cette période."))
        if first_day is None:
            step = _("Dès la première demande notée au guichet, ses chiffres apparaissent ici.")
        else:
            step = _("La première demande date du {day}. Choisissez une autre période.").format(
                day=day_words(first_day, self._desk.words)
            )
        self._empty_step.setText(step)
        self._whole_year.setVisible(first_day is not None and self._kind() != "year")
        self._announce(self._empty_text.text())

    def _failed(self, asked: int, error: Exception) -> None:
        if not isinstance(error, PointInfoError):
            raise error
        if asked == self._asked:
            self._report = None
            self._content.hide()
            self._empty.hide()
            self.exporter.setEnabled(False)
            self._say_failed(str(error), again=self.refresh)

    def _say_failed(self, sentence: str, again: Callable[[], None] | None) -> None:
        self._state.clear()
        self._failure_text.setText(sentence)
        self._again.setVisible(again is not None)
        self._failure.show()
        self._scroll.verticalScrollBar().setValue(0)
        self._announce(sentence)

    def _say(self, sentence: str) -> None:
        self._state.setText(sentence)
        self._announce(sentence)

    def _announce(self, sentence: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def _reflow(self) -> None:
        sideways, downwards = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for layout, needs in ((self._columns, 1000), (self._controls, 860), (self._head, 720)):
            layout.setDirection(sideways if self.width() >= self._theme.size(needs) else downwards)


def _dimensions(period: Period) -> tuple[Dimension, ...]:
    """What is worth a panel: a day has no days, and the week days of a month say what its days say."""
    idle = {"day", "weekday"} if period.days == 1 else {"weekday"} if period.days <= DAYS_AT_MOST else set()
    return tuple(dimension for dimension in ALL if dimension not in idle)


def _table(model: BreakdownTable, theme: Theme) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setShowGrid(False)
    table.setStyleSheet(f"QTableView::item {{ padding: 0 {theme.size(5)}px; }}")
    table.setTabKeyNavigation(False)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.size(32))
    across = table.horizontalHeader()
    across.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    across.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    across.setHighlightSections(False)
    across.setSectionsClickable(False)
    table.hide()
    return table


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
