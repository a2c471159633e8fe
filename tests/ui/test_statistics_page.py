"""The figures page: the chosen period in charts and tables, calm when there is nothing, equal to its file."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QWidget
from pytestqt.modeltest import ModelTester

from pointinfo.clock import ZONE
from pointinfo.desk import Desk
from pointinfo.inquiries import Note, Period
from pointinfo.inquiries.columns import Axis
from pointinfo.inquiries.overview import KEY_FIGURES, MONTHS, UNMET, WEEK
from pointinfo_ui import theme as look
from pointinfo_ui.background import Background
from pointinfo_ui.inquiries.statistics_page import StatisticsPage
from tests.conftest import Clock, OnAsking, bury

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


def table(page: StatisticsPage, *asked: str) -> list[list[str]]:
    """What the table behind a chart shows, heading first."""
    model = next(panel.model for axes, panel in page.panels.items() if axes == asked)
    across = range(model.columnCount())
    heading = [str(model.headerData(n, Qt.Orientation.Horizontal)) for n in across]
    rows = [[str(model.data(model.index(row, n))) for n in across] for row in range(model.rowCount())]
    return [heading, *rows]


def test_it_opens_on_the_present_month_up_to_today(counter: Counter) -> None:
    counter.noted(12)
    page = counter.shows()
    assert "Du 1er au 23 novembre 2026" in words(page)
    assert page.chips["month"].isChecked()
    assert len(table(page, "month")) == 1 + 13
    assert not page.later.isEnabled()


def test_the_key_figures_come_first(counter: Counter) -> None:
    counter.noted(20, Note(outcome="answered", people=2))
    counter.noted(12, Note(outcome="referred"))
    page = counter.shows()
    assert page.figures.texts == {
        "Demandes": ("32", "0"),
        "Personnes": ("52", "0"),
        "Répondu sur place": ("20", "0"),
        "Orienté-e": ("12", "0"),
        "Sans réponse": ("0", "0"),
    }


def test_a_hidden_figure_says_so(counter: Counter) -> None:
    counter.noted(20)
    counter.noted(12, Note(outcome="referred"))
    counter.noted(3, Note(outcome="not-met", reason="full"))
    page = counter.shows()
    assert page.figures.texts["Sans réponse"] == ("masqué", "0")
    assert ["Sans réponse", "masqué"] in table(page, "outcome")
    assert "révélerait" in page.panels["outcome",].note.text()


def test_a_hidden_total_is_said_once_with_what_to_do(counter: Counter) -> None:
    counter.noted(12, day=date(2026, 11, 18))
    counter.noted(3)
    page = counter.shows(Period.day(TODAY))
    assert {name: now for name, (now, _before) in page.figures.texts.items()} == dict.fromkeys(
        ("Demandes", "Personnes", "Répondu sur place", "Orienté-e", "Sans réponse"), "masqué"
    )
    assert words(page).count("choisissez une période plus longue") == 1
    page.toggle_tables()
    assert [asked for asked, each in page.panels.items() if each.isVisible()] == [MONTHS]
    page = counter.shows(Period.year(2026))
    assert page.figures.texts["Demandes"][0] == "15"
    assert "choisissez une période plus longue" not in words(page)


def test_a_panel_that_has_nothing_to_tell_stays_away(counter: Counter) -> None:
    counter.noted(12)
    page = counter.shows()
    assert page.panels["channel",].isVisible()
    assert not page.panels["language",].isVisible()


def test_a_chip_chooses_the_period_and_arrows_step_through_it(counter: Counter) -> None:
    counter.noted(12, day=date(2026, 11, 18))
    page = counter.shows()
    QTest.mouseClick(page.chips["week"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.earlier, Qt.MouseButton.LeftButton)
    counter.settle()
    assert page.shown is not None
    assert page.shown.sheet.period == Period(date(2026, 11, 16), date(2026, 11, 22))
    assert page.shown.sheet.inquiries == 12
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
    assert page.shown is not None
    assert page.shown.sheet.period == Period(date(2026, 10, 5), date(2026, 10, 20))
    assert page.shown.sheet.inquiries == 12


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
    assert page.shown is not None
    assert page.shown.sheet.period == OCTOBER


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
    assert page.figures.texts["Demandes"][0] == "12"


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
    assert page.shown is None
    file.write_bytes(sound)
    [again] = [each for each in page.findChildren(QAbstractButton) if each.text() == "Recommencer"]
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    counter.settle()
    assert "endommagée" not in words(page)
    assert page.figures.texts["Demandes"][0] == "12"


def test_the_tables_show_what_the_charts_show(counter: Counter) -> None:
    counter.noted(12)
    page = counter.shows()
    shown = page.panels["channel",]
    assert shown.chart.isVisible()
    page.toggle_tables()
    assert shown.table.isVisible()
    assert not shown.chart.isVisible()
    assert table(page, "channel")[:2] == [["Canal", "Demandes"], ["Au guichet", "12"]]
    page.toggle_tables()
    assert shown.chart.isVisible()


def varied(counter: Counter) -> None:
    """Months of inquiries of every kind, some of them too few to show."""
    dice = Random(5)
    themes = [term.code for term in counter.desk.directory.terms("theme")][:6]
    for month, days in ((9, 4), (10, 12), (11, 4)):
        for day in range(5, 5 + days):
            for _turn in range(12):
                outcome = dice.choice(("answered", "answered", "referred", "partly", "not-met"))
                counter.noted(
                    1,
                    Note(
                        outcome=outcome,
                        reason="full" if outcome == "not-met" else "",
                        channel=dice.choice(("counter", "counter", "counter", "phone", "post")),
                        themes=(dice.choice(themes),),
                        people=dice.choice((1, 2)),
                    ),
                    date(2026, month, day),
                    dice.choice((9, 10, 14)),
                )


def read_csv(file: Path) -> list[list[str]]:
    """The lines of a CSV file."""
    return list(csv.reader(StringIO(file.read_text(encoding="utf-8-sig")), delimiter=";"))


def read_xlsx(file: Path) -> list[list[str]]:
    """The lines of the only sheet of a workbook, as text."""
    [sheet] = load_workbook(file).worksheets
    rows = [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    return [row[: max((place + 1 for place, value in enumerate(row) if value), default=0)] for row in rows]


def on_screen(page: StatisticsPage) -> list[list[str]]:
    """Everything that is to be read on the page, table after table, figures without the space between thousands."""
    assert page.shown is not None
    lines: list[list[str]] = []
    for each in page.shown.sheet.tables:
        if each.asked == KEY_FIGURES:
            lines += [[name, now, before] for name, (now, before) in page.figures.texts.items()]
        elif (panel := page.panels[each.asked]).isVisible():
            assert panel.title.isVisible()
            lines += [[panel.title.text()], *table(page, *each.asked)]
    return [[text.replace("\u202f", "") for text in line] for line in lines]


@pytest.mark.parametrize("only", [None, ("channel", "counter"), ("outcome", "answered"), ("channel", "post")])
def test_every_figure_on_the_screen_is_the_one_in_the_files(
    counter: Counter, tmp_path: Path, only: tuple[Axis, str] | None
) -> None:
    varied(counter)
    page = counter.shows(OCTOBER)
    page.narrow(only)
    counter.settle()
    page.write_file(str(tmp_path / "october.csv"))
    assert "Fichier enregistré : october.csv" in words(page)
    page.write_file(str(tmp_path / "october.xlsx"))
    written, workbook = read_csv(tmp_path / "october.csv"), read_xlsx(tmp_path / "october.xlsx")
    assert written == workbook
    screen = on_screen(page)
    assert [line for line in screen if line not in written] == []
    assert any("masqué" in line for line in screen)
    kept = [line for line in written[6:] if line and line not in screen]
    assert page.shown is not None
    notes = [[each.note] for each in page.shown.sheet.tables if each.note]
    key = page.shown.table(KEY_FIGURES)
    assert key is not None
    about_key = [[key.title], [key.head, *(column.label for column in key.columns)]]
    shown_titles = [line for line in kept if line not in notes and line not in about_key]
    hidden = [[each.title] for each in page.shown.sheet.tables if each.withheld]
    assert [line for line in shown_titles if line not in hidden] == []


def test_what_a_chart_draws_is_what_its_table_says(counter: Counter) -> None:
    varied(counter)
    page = counter.shows(OCTOBER)
    for asked, panel in page.panels.items():
        if not panel.isVisible() or asked == UNMET:
            continue
        panel.chart.setFocus()
        head, *lines = table(page, *asked)
        QTest.keyClick(panel.chart, Qt.Key.Key_Home)
        for line in lines:
            for column, figure in zip(head[1:], line[1:], strict=True):
                said_aloud = panel.chart.sentence()
                assert said_aloud.startswith(line[0] if len(head) == 2 else f"{line[0]}, {column}")
                assert f" : {figure}" in said_aloud
                QTest.keyClick(panel.chart, Qt.Key.Key_Right)


def test_a_mark_becomes_the_filter_and_escape_takes_it_back(counter: Counter) -> None:
    varied(counter)
    page = counter.shows(OCTOBER)
    chart = page.panels["channel",].chart
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Home)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    counter.settle()
    assert page.only == ("channel", "counter")
    assert page.filter.all.hasFocus()
    assert (page.filter.axis.currentText(), page.filter.code.currentText()) == ("Canal", "Au guichet")
    assert not page.panels["channel",].isVisible()
    assert "Personnes" not in page.figures.texts
    page.drill(MONTHS, "2026-09")
    counter.settle()
    assert (page.period, page.only) == (Period.month(2026, 9), ("channel", "counter"))
    page.step_back()
    page.step_back()
    counter.settle()
    assert page.period == OCTOBER
    assert "Personnes" in page.figures.texts
    assert page.panels["channel",].isVisible()
    assert not page.filter.code.isVisible()


def test_the_filter_is_chosen_from_two_lists(counter: Counter) -> None:
    varied(counter)
    page = counter.shows(OCTOBER)
    offered = [page.filter.axis.itemText(place) for place in range(page.filter.axis.count())]
    assert offered == ["Sans filtre", "Canal", "Thème", "Réponse", "Raison", "Jour"]
    page.filter.axis.setCurrentIndex(offered.index("Canal"))
    page.filter.axis.activated.emit(1)
    counter.settle()
    assert page.only == ("channel", "counter")
    page.filter.code.setCurrentText("Par téléphone")
    page.filter.code.activated.emit(page.filter.code.currentIndex())
    counter.settle()
    assert page.only == ("channel", "phone")
    assert page.shown is not None
    assert page.shown.sheet.only == ("channel", "Par téléphone")
    QTest.mouseClick(page.filter.all, Qt.MouseButton.LeftButton)
    counter.settle()
    assert page.only is None


def test_under_a_filter_what_crosses_two_criteria_is_refused_in_a_sentence(counter: Counter) -> None:
    varied(counter)
    page = counter.shows(OCTOBER)
    assert page.panels[WEEK].chart.isVisible()
    page.narrow(("channel", "counter"))
    counter.settle()
    for asked in (WEEK, UNMET):
        assert page.panels[asked].note.text().startswith("Un tableau croise deux critères différents au plus")
        assert not page.panels[asked].chart.isVisible()


def test_the_table_of_a_chart_is_copied_for_a_spreadsheet(counter: Counter) -> None:
    counter.noted(12)
    page = counter.shows()
    page.activateWindow()
    page.copy_table()
    assert "Choisissez d’abord un graphique" in words(page)
    page.panels["channel",].chart.setFocus()
    page.copy_table()
    assert QApplication.clipboard().text() == "Canal\nCanal\tDemandes\nAu guichet\t12"
    assert "Tableau copié : Canal" in words(page)


def test_the_same_period_last_year_stands_beside_it(counter: Counter) -> None:
    counter.noted(14, day=date(2025, 10, 9))
    counter.noted(20, day=date(2026, 10, 8))
    page = counter.shows(OCTOBER)
    assert page.figures.texts["Demandes"] == ("20", "14")
    assert "Octobre 2026 · un an avant : octobre 2025" in words(page)
    assert "un an avant : 14" in words(page)


def test_the_page_says_that_it_counts_and_keeps_what_it_shows(counter: Counter, desk: Desk) -> None:
    counter.noted(12)
    asking = OnAsking()
    page = StatisticsPage(desk, look.make("light", 100), Background(asking))
    page.show()
    page.refresh()
    assert "Un instant, les chiffres se comptent…" in words(page)
    asking.do()
    assert "Un instant" not in words(page)
    page.show_period(Period.year(2026), "year")
    assert "Un instant" in words(page)
    assert page.figures.isVisible()
    asking.do()
    bury(page)


def test_a_file_that_cannot_be_written_is_said_on_the_page(counter: Counter, tmp_path: Path) -> None:
    counter.noted(12)
    page = counter.shows()
    page.write_file(str(tmp_path / "nowhere" / "figures.csv"))
    assert "n’a pas pu être écrit" in words(page)
    assert page.figures.isVisible()


def test_the_file_is_offered_under_the_name_of_its_period(counter: Counter) -> None:
    counter.noted(12, day=date(2026, 10, 9))
    page = counter.shows(OCTOBER)
    page.export()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert [Path(file).name for file in dialog.selectedFiles()] == ["pointinfo_2026-10.csv"]
    dialog.close()


def test_every_table_is_a_sound_model_and_speaks(counter: Counter, qtmodeltester: ModelTester) -> None:
    counter.noted(12)
    page = counter.shows()
    model = page.panels["channel",].model
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    spoken = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Au guichet : 12 demandes"


def test_a_model_stays_sound_while_its_figures_change(counter: Counter, qtmodeltester: ModelTester) -> None:
    page = counter.shows()
    qtmodeltester.check(page.panels["channel",].model)  # type: ignore[no-untyped-call]
    counter.noted(12)
    counter.shows()
    assert page.panels["channel",].model.rowCount() > 0


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
    counter.settle()  # the scroll area learns of the narrower layout last
    assert page.width() == 940
    left, right = page.panels[MONTHS], page.panels["channel",]
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
