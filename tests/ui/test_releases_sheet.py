"""Publishing from the figures page: who it is for, the number and hash it gets, and what came in afterwards."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester

from pointinfo.clock import ZONE
from pointinfo.desk import Desk
from pointinfo.inquiries import Note, Period
from pointinfo_ui.background import Background
from pointinfo_ui.inquiries.releases_sheet import ReleasesSheet
from pointinfo_ui.theme import Theme
from tests.conftest import Clock, bury

OCTOBER = Period.month(2026, 10)


@pytest.fixture
def sheet(desk: Desk, clock: Clock, theme: Theme, background: Background) -> Iterator[ReleasesSheet]:
    noted(desk, clock, 30)
    page = QWidget()
    page.resize(1200, 800)
    made = ReleasesSheet(page, desk, theme, background)
    page.show()
    made.show_period(OCTOBER)
    settle()
    yield made
    bury(page)


def noted(desk: Desk, clock: Clock, times: int) -> None:
    """As many inquiries on a day of October, noted then."""
    present = clock.now
    clock.now = datetime.combine(date(2026, 10, 29), time(9), ZONE)
    for _turn in range(times):
        desk.inquiries.add(Note(outcome="answered", channel="counter"))
    clock.now = present


def settle() -> None:
    QApplication.processEvents()
    QApplication.processEvents()


def rows(sheet: ReleasesSheet) -> list[str]:
    """The list as a screen reader tells it."""
    model = sheet.model
    return [str(model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())]


def click(sheet: ReleasesSheet, button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def test_before_the_first_release_it_says_so(sheet: ReleasesSheet) -> None:
    assert sheet.isVisible()
    assert rows(sheet) == []
    assert sheet.publish.text() == "Publier : Octobre 2026"
    assert sheet.public.isChecked()


def test_a_release_has_its_number_and_hash_and_is_said_to_be_frozen(sheet: ReleasesSheet, desk: Desk) -> None:
    click(sheet, sheet.publish)
    [released] = desk.releases.all()
    assert (released.period, released.k) == (OCTOBER, 10)
    assert sheet.sentence == f"Publication nᵒ 1 figée, dès 10 demandes. Empreinte : {released.hash}"
    assert rows(sheet) == [
        f"Nᵒ 1 · Octobre 2026. figée le 23 novembre 2026 · dès 10 demandes · empreinte {released.hash[:12]}…"
    ]


def test_inside_the_house_smaller_figures_may_show(sheet: ReleasesSheet, desk: Desk) -> None:
    click(sheet, sheet.internal)
    click(sheet, sheet.publish)
    assert [released.k for released in desk.releases.all()] == [5]


def test_late_arrivals_are_said_and_a_new_release_replaces_the_old(
    sheet: ReleasesSheet, desk: Desk, clock: Clock
) -> None:
    click(sheet, sheet.publish)
    noted(desk, clock, 12)
    sheet.shut()
    sheet.show_period(OCTOBER)
    settle()
    assert "12 demandes arrivées depuis la publication." in rows(sheet)[0]
    click(sheet, sheet.publish)
    latest, first = rows(sheet)
    assert "remplace la nᵒ 1" in latest
    assert "arrivées" not in latest + first


def test_a_month_that_is_not_over_is_refused_in_the_words_of_the_desk(sheet: ReleasesSheet, desk: Desk) -> None:
    sheet.shut()
    sheet.show_period(Period.month(2026, 11))
    click(sheet, sheet.publish)
    assert "Cette période n’est pas terminée" in sheet.sentence
    assert desk.releases.all() == []


def test_nothing_new_is_not_published_twice(sheet: ReleasesSheet, desk: Desk) -> None:
    click(sheet, sheet.publish)
    click(sheet, sheet.publish)
    assert "Rien n’a changé" in sheet.sentence
    assert len(desk.releases.all()) == 1


def test_the_list_is_a_sound_model(sheet: ReleasesSheet, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(sheet.model)  # type: ignore[no-untyped-call]
    click(sheet, sheet.publish)
    assert sheet.model.rowCount() == 1
