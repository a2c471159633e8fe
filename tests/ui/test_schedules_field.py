"""An activity's sessions, typed by an editor; a meeting is cancelled in the month and given back."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pointinfo.desk import Desk
from pointinfo.directory import Calendar, Schedule
from pointinfo_ui.directory.month_view import MonthModel
from pointinfo_ui.directory.schedules_field import SchedulesField
from pointinfo_ui.theme import Theme
from tests.conftest import bury
from tests.ui.keys import press, type_text

CHOIR = Schedule("14:00", "16:00", label="Chorale", weekdays=(2,), places_left=3, age_from=6.5)


@pytest.fixture
def field(qtbot: QtBot, desk: Desk, theme: Theme) -> Iterator[SchedulesField]:
    made = SchedulesField(desk, theme)
    made.resize(1000, 800)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    made.close()
    bury(made)


def said(field: QWidget) -> list[str]:
    """Every text that can be read on it."""
    QApplication.processEvents()
    return [label.text() for label in field.findChildren(QLabel) if label.isVisible() and label.text()]


def value(field: SchedulesField) -> list[Schedule]:
    """The schedules as they stand at this moment."""
    return list(field.value)


def cancelled(field: SchedulesField) -> list[str]:
    """The cancelled dates of the first one."""
    return list(field.value[0].cancelled)


def problems(field: SchedulesField) -> list[str]:
    """What the field finds odd at this moment."""
    return list(field.problems)


def test_a_weekly_session_is_typed_with_the_keyboard(field: SchedulesField) -> None:
    field.add.setFocus()
    press(field, Qt.Key.Key_Space)
    [block] = field.blocks
    type_text("Atelier")
    assert "Il manque l’heure de début." in problems(field)
    block.weekdays[2].setFocus()
    press(field, Qt.Key.Key_Space)
    block.times.setFocus()
    type_text("14-16")
    press(field, Qt.Key.Key_Tab)
    type_text("2.9.2026")
    press(field, Qt.Key.Key_Tab)
    type_text("23.6.2027")
    block.age_from.setFocus()
    type_text("6,5")
    assert field.value == (
        Schedule("14:00", "16:00", label="Atelier", weekdays=(2,), first="2026-09-02", last="2027-06-23", age_from=6.5),
    )
    assert "Chaque mercredi 14:00–16:00, jusqu’au 23 juin 2027" in said(field)
    assert problems(field) == []


def test_a_block_that_is_left_blank_is_not_kept(field: SchedulesField) -> None:
    field.add.setFocus()
    press(field, Qt.Key.Key_Space)
    assert len(field.blocks) == 1
    assert field.value == ()
    assert problems(field) == []


def test_filling_says_nothing_and_gives_the_same_back(field: SchedulesField) -> None:
    heard: list[bool] = []
    field.edited.connect(lambda: heard.append(True))
    odd = Schedule("soir", weekdays=(2,), first="hier")
    field.fill((CHOIR, odd))
    assert value(field) == [CHOIR, odd]
    assert "« hier » n’est pas une date." in problems(field)
    assert not heard
    field.fill(())
    assert value(field) == []
    assert "Pas de séances : cette fiche n’a que son horaire." in said(field)


def test_every_kind_of_schedule_survives_an_edit(field: SchedulesField) -> None:
    kinds = (
        CHOIR,
        Schedule("20:00", "01:00", weekdays=(0, 4), every=2, first="2026-09-04", school="terms", price="CHF 5.–"),
        Schedule("10:00", weekdays=(1,), nth=-1, school="holidays", cancelled=("2026-12-29",)),
        Schedule("10:00", dates=("2026-12-05", "2027-01-09"), register_by="2026-11-30", places_left=0, age_to=10),
    )
    for kind in kinds:
        field.fill((kind,))
        field.blocks[0].label.setFocus()
        press(field, Qt.Key.Key_End)
        type_text("!")
        [edited] = field.value
        assert edited.label == f"{kind.label}!"
        field.blocks[0].label.setFocus()
        press(field, Qt.Key.Key_End)
        press(field, Qt.Key.Key_Backspace)
        assert field.value == (kind,)


def test_dates_are_typed_one_after_the_other(field: SchedulesField) -> None:
    field.fill((CHOIR,))
    [block] = field.blocks
    block.manner.setFocus()
    press(field, Qt.Key.Key_End)
    block.dates.setFocus()
    type_text("5.12, 9.1.2027")
    [typed] = field.value
    assert typed.dates == ("2026-12-05", "2027-01-09")
    assert typed.weekdays == ()
    press(field, Qt.Key.Key_Tab)
    assert block.dates.text() == "5.12.2026, 9.1.2027"
    block.dates.setFocus()
    block.dates.selectAll()
    type_text("Noël")
    press(field, Qt.Key.Key_Tab)
    assert any("n’est pas une date" in text for text in said(field))
    assert any("n’est pas une date" in text for text in problems(field))


def test_space_on_a_day_cancels_the_meeting_and_gives_it_back(field: SchedulesField) -> None:
    field.fill((CHOIR,))
    [block] = field.blocks
    table, model = block.month.table, block.month.model
    table.setFocus()
    table.setCurrentIndex(model.place(date(2026, 11, 25)))
    press(field, Qt.Key.Key_Space)
    assert cancelled(field) == ["2026-11-25"]
    assert model.sentence(date(2026, 11, 25)) == "mercredi 25 novembre 2026, séance de 14:00–16:00 annulée"
    assert block.cancelled.text() == "25.11.2026"
    press(field, Qt.Key.Key_Space)
    assert cancelled(field) == []
    assert model.sentence(date(2026, 11, 25)) == "mercredi 25 novembre 2026, séance 14:00–16:00"
    press(field, Qt.Key.Key_Right)
    press(field, Qt.Key.Key_Space)
    assert cancelled(field) == [], "on Thursday there is nothing to cancel"


def test_pages_turn_the_month_and_a_click_cancels(field: SchedulesField) -> None:
    field.fill((CHOIR,))
    [block] = field.blocks
    table, model = block.month.table, block.month.model
    table.setFocus()
    press(field, Qt.Key.Key_PageDown)
    press(field, Qt.Key.Key_PageDown)
    press(field, Qt.Key.Key_PageUp)
    assert table.accessibleName() == "Séances de décembre 2026"
    QApplication.processEvents()
    place = table.visualRect(model.place(date(2026, 12, 9))).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert cancelled(field) == ["2026-12-09"]


def test_a_schedule_is_taken_out(field: SchedulesField) -> None:
    field.fill((CHOIR, Schedule("10:00", weekdays=(1,))))
    field.blocks[0].remove.setFocus()
    press(field, Qt.Key.Key_Space)
    assert field.value == (Schedule("10:00", weekdays=(1,)),)
    assert QApplication.focusWidget() is field.add


def test_the_month_reads_every_day_aloud(desk: Desk, qapp: QApplication) -> None:
    desk.directory.calendar = Calendar()
    model = MonthModel(desk)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show(date(2026, 12, 5), Schedule("10:00", weekdays=(4,)))
    cells = [model.index(row, column) for row in range(6) for column in range(7)]
    told = [model.data(cell, Qt.ItemDataRole.AccessibleTextRole) for cell in cells]
    assert told[0] == "lundi 30 novembre 2026, pas de séance"
    assert "vendredi 4 décembre 2026, séance 10:00" in told
    assert "vendredi 25 décembre 2026, séance 10:00 (jour férié : à vérifier)" in told
    assert model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole) == "lundi"
    tester.deleteLater()


def test_every_part_has_a_name_for_those_who_cannot_see_it(field: SchedulesField) -> None:
    field.fill((CHOIR, Schedule("10:00", dates=("2026-12-05",)), Schedule("10:00", weekdays=(1,), nth=1)))
    QApplication.processEvents()
    reached = [
        widget
        for widget in field.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()
    ]
    assert len(reached) > 40
    assert [widget for widget in reached if not widget.accessibleName() and not widget.focusProxy()] == []


def test_in_a_narrow_window_the_month_goes_below(field: SchedulesField) -> None:
    field.fill((CHOIR,))
    QApplication.processEvents()
    assert field.blocks[0].month.x() > 300
    field.resize(600, 900)
    QApplication.processEvents()
    assert field.blocks[0].month.y() > 300
