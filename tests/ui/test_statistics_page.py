"""The figures page: the chosen period in charts and tables, calm when there is nothing, equal to its file."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time
from io import StringIO
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QWidget
from pytestqt.modeltest import ModelTester

from pointinfo.clock import ZONE
from pointinfo.desk import Desk
from pointinfo.inquiries import Note, Period
from pointinfo.inquiries.statistics import Dimension
from pointinfo_ui import theme as look
from pointinfo_ui.background import Background
from pointinfo_ui.inquiries.statistics_page import StatisticsPage
from tests.conftest import Clock

TODAY = date(2026, 11, 23)
OCTOBER = Period.month(2026, 10)


class Counter:
    """A counter and its figures page."""

    def __init__(self, desk: Desk, clock: Clock, background: Background, percent: int = 100) -> None:
        self.clock = clock
        self.desk = desk
        theme = look.make("light", percent)
        self.page = StatisticsPage(desk, theme, background)
        if percent != 100:
            self.page.setStyleSheet(theme.stylesheet())
        self.page.resize(1360, 900)
        self.page.show()

    def noted(self, times: int, note: Note | None = None, day: date = TODAY, hour: int = 9) -> None:
        """Note the same `times` over."""
        present = self.clock.now
        self.clock.now = datetime.combine(day, time(hour), ZONE)
        for _turn in range(times):
            self.desk.inquiries.add(note or Note(outcome="answered", channel="counter"))
        self.clock.now = present

    def shows(self, period: Period | None = None) -> StatisticsPage:
        """The page once it has its answer."""
        if period is None:
            self.page.refresh()
        else:
            self.page.show_period(period)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Let the answer arrive."""
        QApplication.processEvents()
        QApplication.processEvents()

    def close(self) -> None:
        """Take the page down at once: pages left over make every later change of look slower."""
        self.page.close()
        self.page.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> None:
    """The look's fonts, loaded once."""
    look.dress(qapp, look.make("light", 100))


@pytest.fixture
def counter(desk: Desk, clock: Clock, background: Background, dressed: None) -> Iterator[Counter]:
    made = Counter(desk, clock, background)
    yield made
    made.close()


def words(widget: QWidget) -> str:
    """Every visible text in a widget."""
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def table(page: StatisticsPage, dimension: Dimension) -> list[list[str]]:
    """What the table behind a chart shows, heading first."""
    model = page.panels[dimension].model
    across = range(model.columnCount())
    heading = [str(model.headerData(n, Qt.Orientation.Horizontal)) for n in across]
    rows = [[str(model.data(model.index(row, n))) for n in across] for row in range(model.rowCount())]
    return [heading, *rows]


def test_it_opens_on_the_present_month_up_to_today(counter: Counter) -> None:
    counter.noted(12)
    page = counter.shows()
    assert "Du 1er au 23 novembre 2026" in words(page)
    assert page.chips["month"].isChecked()
    assert len(table(page, "day")) == 1 + 23
    assert not page.later.isEnabled()


def test_the_key_figures_come_first(counter: Counter) -> None:
    counter.noted(20, Note(outcome="answered", people=2))
    counter.noted(12, Note(outcome="referred"))
    page = counter.shows()
    assert page.figures.texts == {
        "Demandes": "32",
        "Personnes": "52",
        "Répondu sur place": "20",
        "Orienté-e": "12",
        "Sans réponse": "0",
    }


def test_a_hidden_figure_says_so(counter: Counter) -> None:
    counter.noted(20)
    counter.noted(12, Note(outcome="referred"))
    counter.noted(3, Note(outcome="not-met", reason="full"))
    page = counter.shows()
    assert page.figures.texts["Sans réponse"] == "masqué"
    assert ["Sans réponse", "masqué", "masqué"] in table(page, "outcome")
    assert page.panels["reason"].note.isVisible()
    assert not page.panels["reason"].chart.isVisible()


def test_a_hidden_total_is_said_once_with_what_to_do(counter: Counter) -> None:
    counter.noted(12, day=date(2026, 11, 18))
    counter.noted(3)
    page = counter.shows(Period.day(TODAY))
    assert page.figures.texts == {"Demandes": "masqué", "Personnes": "masqué"}
    assert words(page).count("choisissez une période plus longue") == 1
    page.toggle_tables()
    assert not any(each.isVisible() for each in page.panels.values())
    page = counter.shows(Period.year(2026))
    assert page.figures.texts["Demandes"] == "15"
    assert "choisissez une période plus longue" not in words(page)


def test_a_panel_that_a_shorter_period_lacks_stays_away(counter: Counter) -> None:
    counter.noted(12)
    assert counter.shows(Period.year(2026)).panels["weekday"].isVisible()
    page = counter.shows(Period.week_of(TODAY))
    page.toggle_tables()
    assert not page.panels["weekday"].isVisible()


def test_a_chip_chooses_the_period_and_arrows_step_through_it(counter: Counter) -> None:
    counter.noted(12, day=date(2026, 11, 18))
    page = counter.shows()
    QTest.mouseClick(page.chips["week"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.earlier, Qt.MouseButton.LeftButton)
    counter.settle()
    assert page.report is not None
    assert page.report.period == Period(date(2026, 11, 16), date(2026, 11, 22))
    assert page.report.inquiries == 12
    assert page.chips["week"].isChecked()
    QTest.mouseClick(page.later, Qt.MouseButton.LeftButton)
    assert page.period == Period.week_of(TODAY)
    assert not page.later.isEnabled()


def test_two_days_choose_a_period(counter: Counter) -> None:
    counter.noted(12, day=date(2026, 10, 9))
    page = counter.shows()
    assert not page.first.isVisible()
    QTest.mouseClick(page.chips["between"], Qt.MouseButton.LeftButton)
    assert page.first.isVisible()
    page.first.setDate(QDate(2026, 10, 5))
    page.last.setDate(QDate(2026, 10, 20))
    counter.settle()
    assert page.report is not None
    assert page.report.period == Period(date(2026, 10, 5), date(2026, 10, 20))
    assert page.report.inquiries == 12


def test_a_last_day_before_the_first_takes_it_along(counter: Counter) -> None:
    page = counter.shows(OCTOBER)
    page.last.setDate(QDate(2026, 9, 3))
    assert page.period == Period.day(date(2026, 9, 3))


def test_only_the_latest_question_is_answered(counter: Counter) -> None:
    counter.noted(12, day=date(2026, 10, 9))
    page = counter.shows()
    page.show_period(Period.year(2025))
    page.show_period(OCTOBER)
    counter.settle()
    assert page.report is not None
    assert page.report.period == OCTOBER


def test_an_empty_period_says_so_and_what_to_do(counter: Counter) -> None:
    counter.noted(12, day=date(2026, 3, 9))
    page = counter.shows()
    assert "Aucune demande notée dans cette période." in words(page)
    assert "La première demande date du lundi 9 mars 2026." in words(page)
    assert not page.exporter.isEnabled()
    [year] = [each for each in page.findChildren(QAbstractButton) if each.text() == "Voir l’année"]
    QTest.mouseClick(year, Qt.MouseButton.LeftButton)
    counter.settle()
    assert "Aucune demande" not in words(page)
    assert page.figures.texts["Demandes"] == "12"


def test_a_counter_that_has_noted_nothing_yet_is_told_when_figures_come(counter: Counter) -> None:
    assert "Dès la première demande notée" in words(counter.shows())


def test_a_failure_is_said_calmly_and_can_be_tried_again(counter: Counter, tmp_path: Path) -> None:
    counter.noted(12)
    counter.desk.database.close()
    file = counter.desk.database.path
    sound = file.read_bytes()
    file.write_bytes(b"not a database, but long enough to be read as one" * 100)
    page = counter.shows()
    assert "endommagée" in words(page)
    assert page.report is None
    file.write_bytes(sound)
    [again] = [each for each in page.findChildren(QAbstractButton) if each.text() == "Recommencer"]
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    counter.settle()
    assert "endommagée" not in words(page)
    assert page.figures.texts["Demandes"] == "12"


def test_the_tables_show_what_the_charts_show(counter: Counter) -> None:
    counter.noted(12)
    page = counter.shows()
    shown = page.panels["channel"]
    assert shown.chart.isVisible()
    page.toggle_tables()
    assert shown.table.isVisible()
    assert not shown.chart.isVisible()
    assert table(page, "channel")[:2] == [["Canal", "Demandes", "Personnes"], ["Au guichet", "12", "12"]]
    page.toggle_tables()
    assert shown.chart.isVisible()


def test_the_file_and_the_screen_are_equal(counter: Counter, tmp_path: Path) -> None:
    counter.noted(12, Note(outcome="answered", channel="counter", people=99), day=date(2026, 10, 9))
    counter.noted(3, Note(channel="post", themes=("logement", "sante"), people=4), day=date(2026, 10, 12))
    counter.noted(9, Note(channel="phone", outcome="not-met", reason="full"), day=date(2026, 10, 14), hour=15)
    page = counter.shows(OCTOBER)
    page.write_csv(str(tmp_path / "october.csv"))
    text = (tmp_path / "october.csv").read_text(encoding="utf-8-sig")
    parts = [part.splitlines() for part in text.split("\n\n")]
    assert page.report is not None
    on_screen = [each for each in page.report.breakdowns if page.panels[each.dimension].isVisible()]
    drawn = [each for each in page.report.breakdowns if each.cells or each.withheld]
    assert on_screen == drawn
    written = {part[0]: list(csv.reader(StringIO("\n".join(part[1:])), delimiter=";")) for part in parts[1:]}
    for breakdown in on_screen:
        rows = table(page, breakdown.dimension) if breakdown.cells else []
        plain = [[value.replace("\u202f", "") for value in row] for row in rows]
        note = [[breakdown.note]] if breakdown.note else []
        assert written[breakdown.title] == plain + note
    assert "Fichier enregistré : october.csv" in words(page)


def test_a_file_that_cannot_be_written_is_said_on_the_page(counter: Counter, tmp_path: Path) -> None:
    counter.noted(12)
    page = counter.shows()
    page.write_csv(str(tmp_path / "nowhere" / "figures.csv"))
    assert "n’a pas pu être écrit" in words(page)
    assert page.figures.isVisible()


def test_the_file_is_offered_under_the_name_of_its_period(counter: Counter) -> None:
    counter.noted(12, day=date(2026, 10, 9))
    page = counter.shows(OCTOBER)
    page.export_csv()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert [Path(file).name for file in dialog.selectedFiles()] == ["pointinfo_2026-10.csv"]
    dialog.close()


def test_every_table_is_a_sound_model_and_speaks(counter: Counter, qtmodeltester: ModelTester) -> None:
    counter.noted(12)
    page = counter.shows()
    model = page.panels["channel"].model
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    spoken = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Au guichet : 12 demandes, 12 personnes"


def test_a_model_stays_sound_while_its_figures_change(counter: Counter, qtmodeltester: ModelTester) -> None:
    page = counter.shows()
    qtmodeltester.check(page.panels["channel"].model)  # type: ignore[no-untyped-call]
    counter.noted(12)
    counter.shows()
    assert page.panels["channel"].model.rowCount() > 0


def test_everything_that_takes_the_focus_has_a_name(counter: Counter) -> None:
    counter.noted(12)
    page = counter.shows()
    nameless = [
        each
        for each in page.findChildren(QWidget)
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus and not each.accessibleName()
    ]
    assert nameless == []


def test_at_150_percent_on_a_small_screen_nothing_is_cut_off(
    desk: Desk, clock: Clock, background: Background, dressed: None
) -> None:
    counter = Counter(desk, clock, background, percent=150)
    counter.noted(12)
    page = counter.shows(OCTOBER)
    page = counter.shows(Period.month(2026, 11))
    page.resize(940, 700)
    counter.settle()
    assert page.width() == 940
    left, right = page.panels["day"], page.panels["theme"]
    assert right.mapTo(page, right.rect().topLeft()).y() > left.mapTo(page, left.rect().bottomLeft()).y()
    cut_off = [
        each
        for each in page.findChildren(QWidget)
        if each.isVisibleTo(page)
        and (
            each.mapTo(page, each.rect().topRight()).x() >= page.width()
            or (isinstance(each, QAbstractButton) and each.width() < each.sizeHint().width())
        )
    ]
    assert cut_off == []
    counter.close()
