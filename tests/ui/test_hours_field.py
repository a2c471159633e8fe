"""The hours of an entry, typed by an editor: a week in a few keys, what it comes to beside it."""

import time as clock
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pointinfo.desk import Desk
from pointinfo_ui.directory.hours_field import HoursField
from pointinfo_ui.theme import Theme
from tests.conftest import bury
from tests.ui.keys import CTRL, SHIFT, press, type_text


@pytest.fixture
def field(qtbot: QtBot, desk: Desk, theme: Theme) -> Iterator[HoursField]:
    made = HoursField(desk, theme)
    made.resize(1100, 900)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    made.close()
    bury(made)


def monday(field: HoursField) -> QLineEdit:
    """Monday's line with the focus in it."""
    line = field.seasons[0].week.days[0]
    line.setFocus()
    return line


def said(field: QWidget) -> list[str]:
    """Every text that can be read on it."""
    return [label.text() for label in field.findChildren(QLabel) if label.isVisible() and label.text()]


def problems(field: HoursField) -> list[str]:
    """What the field finds odd at this moment."""
    return list(field.problems)


def named(field: QWidget, name: str) -> QWidget:
    """The visible widget of this accessible name."""
    [found] = [each for each in field.findChildren(QWidget) if each.accessibleName() == name and each.isVisible()]
    return found


def test_a_week_is_typed_in_a_few_keys_and_told_in_words(field: HoursField) -> None:
    begun = clock.monotonic()
    monday(field)
    type_text("830-12 1330-17")
    press(field, Qt.Key.Key_Down, CTRL, SHIFT)
    assert field.value == "Mo-Fr 08:30-12:00,13:30-17:00"
    press(field, Qt.Key.Key_Return)
    type_text("9-12")
    press(field, Qt.Key.Key_Return)
    assert field.value == "Mo-Fr 08:30-12:00,13:30-17:00; Sa 09:00-12:00"
    assert "8:30–12:00, 13:30–17:00" in said(field)
    assert "9:00–12:00" in said(field)
    assert clock.monotonic() - begun < 5  # 22 keys: a hand needs under ten seconds
    assert problems(field) == []


def test_down_goes_on_and_ctrl_down_copies_the_day(field: HoursField) -> None:
    line = monday(field)
    type_text("8-12")
    press(field, Qt.Key.Key_Down, CTRL)
    press(field, Qt.Key.Key_Down, CTRL)
    press(field, Qt.Key.Key_Down)
    type_text("14h-16h30")
    press(field, Qt.Key.Key_Up)
    assert field.value == "Mo-We 08:00-12:00; Th 14:00-16:30"
    assert line.text() == "8:00–12:00"


def test_filling_says_nothing_and_gives_the_same_string_back(field: HoursField) -> None:
    heard: list[bool] = []
    field.edited.connect(lambda: heard.append(True))
    for expression in ("mo-fr 8:00-12:00 ; ph off", "", "24/7", '"sur rendez-vous"', "Mo[1] 10:00-12:00", "lundi"):
        field.fill(expression)
        assert field.value == expression
    assert not heard
    field.fill("Mo 08:00-12:00")
    monday(field).setText("")
    type_text("9-12")
    assert heard
    assert field.value == "Mo 09:00-12:00"


def test_a_line_that_cannot_be_read_says_so_when_it_is_left(field: HoursField) -> None:
    line = monday(field)
    type_text("8-")
    assert not line.property("wrong")
    assert any("Lundi" in problem for problem in field.problems)
    press(field, Qt.Key.Key_Tab)
    assert line.property("wrong")
    assert any("heure de fin" in text for text in said(field))
    line.setFocus()
    press(field, Qt.Key.Key_End)
    type_text("12")
    assert not line.property("wrong")
    assert field.value == "Mo 08:00-12:00"
    assert problems(field) == []


def test_what_is_odd_is_said_below_the_day(field: HoursField) -> None:
    monday(field)
    type_text("8-12, 11-14")
    assert problems(field) == ["Lundi : 8:00–12:00 et 11:00–14:00 se chevauchent."]
    assert "Lundi : 8:00–12:00 et 11:00–14:00 se chevauchent." in said(field)


def test_an_appointment_is_ticked_per_span(field: HoursField) -> None:
    monday(field)
    type_text("8-10, 14-16")
    press(field, Qt.Key.Key_Tab)
    press(field, Qt.Key.Key_Space)
    tick = named(field, "14:00–16:00 sur rendez-vous")
    assert isinstance(tick, QCheckBox)
    tick.setFocus()
    press(field, Qt.Key.Key_Space)
    assert field.value == 'Mo 08:00-10:00, Mo 14:00-16:00 "sur rendez-vous"'
    press(field, Qt.Key.Key_Tab)
    type_text("bébés")
    assert field.value == 'Mo 08:00-10:00, Mo 14:00-16:00 "sur rendez-vous, bébés"'
    assert field.seasons[0].week.days[0].text() == "8:00–10:00, 14:00–16:00 (sur rendez-vous, bébés)"


def test_a_season_is_named_in_words_and_taken_out_again(field: HoursField) -> None:
    field.fill("Mo-Fr 08:00-17:00")
    field.add_season.setFocus()
    press(field, Qt.Key.Key_Space)
    type_text("juillet-août")
    press(field, Qt.Key.Key_Return)
    field.seasons[1].week.days[0].setFocus()
    type_text("9-12")
    press(field, Qt.Key.Key_Down, CTRL, SHIFT)
    assert field.value == "Mo-Fr 08:00-17:00; Jul-Aug Mo-Fr 09:00-12:00"
    assert field.seasons[1].months.text() == "juillet–août"
    field.seasons[1].remove.setFocus()
    press(field, Qt.Key.Key_Space)
    assert field.value == "Mo-Fr 08:00-17:00"
    assert QApplication.focusWidget() is field.seasons[0].week.days[0]


def test_school_and_public_holidays_have_their_own_answer(field: HoursField, desk: Desk) -> None:
    field.fill("Mo-Fr 08:00-17:00")
    school = field.seasons[0].school
    school.setFocus()
    press(field, Qt.Key.Key_Down)
    assert field.value == "Mo-Fr 08:00-17:00; SH off"
    press(field, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is field.seasons[0].school_week.days[0]
    assert field.value == "Mo-Fr 08:00-17:00; SH Mo-Fr 08:00-17:00"
    field.holidays.setFocus()
    press(field, Qt.Key.Key_Down)
    assert field.value.endswith("; PH off")
    field.holidays.setFocus()
    press(field, Qt.Key.Key_End)
    field.holiday_spans.setFocus()
    type_text("10-16")
    assert field.value.endswith("; PH 10:00-16:00")


def test_an_exception_is_a_day_its_hours_and_a_reason(field: HoursField) -> None:
    field.fill("Mo-Fr 08:00-17:00")
    field.exceptions.add.setFocus()
    press(field, Qt.Key.Key_Space)
    assert problems(field) == ["Il manque les jours d’une exception."]
    type_text("24.12.2026-3.1.2027")
    press(field, Qt.Key.Key_Tab)
    press(field, Qt.Key.Key_Tab)
    type_text("fermeture annuelle")
    assert field.value == 'Mo-Fr 08:00-17:00; 2026 Dec 24-2027 Jan 3 off "fermeture annuelle"'
    assert field.exceptions.rows[0].days.text() == "24 décembre 2026–3 janvier 2027"
    assert problems(field) == []
    field.exceptions.rows[0].remove.setFocus()
    press(field, Qt.Key.Key_Space)
    assert field.value == "Mo-Fr 08:00-17:00"


def test_unknown_is_never_closed(field: HoursField) -> None:
    assert field.value == ""
    assert "Rien n’est saisi : l’horaire est inconnu." in said(field)
    assert "horaire inconnu" in said(field)
    monday(field)
    type_text("8-12")
    for _letter in "8-12":
        press(field, Qt.Key.Key_Backspace)
    assert field.value == ""
    field.fill("Mo-Fr 08:00-17:00")
    field.manner.setFocus()
    press(field, Qt.Key.Key_Down)
    assert field.value == '"sur rendez-vous"'
    press(field, Qt.Key.Key_Down)
    assert field.value == ""
    press(field, Qt.Key.Key_Home)
    assert field.value == "Mo-Fr 08:00-17:00"


def test_what_a_grid_cannot_show_is_edited_as_text(field: HoursField) -> None:
    field.fill("Mo[1] 10:00-12:00")
    assert field.text.isVisible()
    assert any("ne tient pas dans une grille" in text for text in said(field))
    field.text.setFocus()
    press(field, Qt.Key.Key_End)
    type_text("; Xx 8")
    assert any("ne sont pas lisibles" in problem for problem in field.problems)
    field.manner.setFocus()
    press(field, Qt.Key.Key_Home)
    assert field.text.isVisible(), "nothing is lost by looking for the grid"
    field.text.selectAll()
    field.text.setFocus()
    type_text("Mo-Fr 10:00-12:00")
    field.manner.setFocus()
    press(field, Qt.Key.Key_Home)
    assert not field.text.isVisible()
    assert field.seasons[0].week.days[4].text() == "10:00–12:00"
    assert field.value == "Mo-Fr 10:00-12:00"


def test_every_part_has_a_name_for_those_who_cannot_see_it(field: HoursField) -> None:
    field.fill(
        'We 10:00-13:00 "enfants"; SH We 10:00-12:00; Jul-Aug We off; PH 10:00-16:00; 2026 Dec 24 off "inventaire"'
    )
    QApplication.processEvents()
    reached = [
        widget
        for widget in field.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()
    ]
    assert len(reached) > 30
    assert [widget for widget in reached if not widget.accessibleName() and not widget.focusProxy()] == []


def test_in_a_narrow_window_the_fortnight_goes_below(field: HoursField) -> None:
    field.resize(1100, 900)
    QApplication.processEvents()
    assert field.preview.x() > 400
    field.resize(600, 900)
    QApplication.processEvents()
    assert field.preview.x() < 50
