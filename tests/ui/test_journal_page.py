"""The journal: corrections by the keyboard, the last act taken back, and what was done last to each inquiry."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pointinfo.desk import Desk
from pointinfo.inquiries import Note
from pointinfo_ui.inquiries.journal_page import JournalPage
from pointinfo_ui.rows import ROW_ROLE
from pointinfo_ui.window import Window
from tests.ui.keys import CTRL, press, type_text


@pytest.fixture
def journal(window: Window, desk: Desk) -> JournalPage:
    """The journal of a day with one inquiry, for two people."""
    desk.inquiries.add(Note(people=2, outcome="referred"))
    window.show_page("journal")
    return window.journal


def people_field(journal: JournalPage) -> QWidget:
    [found] = [each for each in journal.form.findChildren(QWidget) if each.accessibleName() == "Personnes"]
    return found


def type_people(journal: JournalPage, number: str) -> None:
    """Go to the number of people and type another."""
    field = people_field(journal)
    field.setFocus()
    press(field, Qt.Key.Key_A, CTRL)
    type_text(number)


def state(journal: JournalPage) -> str:
    """What stands at the side of the latest inquiry."""
    shown: str = journal.model.index(0, 0).data(ROW_ROLE).state
    return shown


@pytest.mark.parametrize("key", [Qt.Key.Key_S, Qt.Key.Key_Return])
def test_both_keys_keep_a_correction_while_it_is_typed(
    window: Window, journal: JournalPage, desk: Desk, key: Qt.Key
) -> None:
    type_people(journal, "7")
    press(window, key, CTRL)
    assert desk.inquiries.count().people == 7
    assert state(journal) == "corrigée"


def test_ctrl_z_right_after_a_correction_takes_it_back_from_within_its_field(
    window: Window, journal: JournalPage, desk: Desk
) -> None:
    type_people(journal, "7")
    press(window, Qt.Key.Key_S, CTRL)
    assert people_field(journal).hasFocus()
    press(window, Qt.Key.Key_Z, CTRL)
    assert desk.inquiries.count().people == 2
    assert journal.form.note().people == 2


def test_ctrl_z_while_a_correction_is_typed_leaves_what_is_noted(
    window: Window, journal: JournalPage, desk: Desk
) -> None:
    press(window, Qt.Key.Key_Delete)
    press(window, Qt.Key.Key_Delete)
    type_people(journal, "7")
    press(window, Qt.Key.Key_Z, CTRL)
    assert journal.form.note().people != 7
    assert desk.inquiries.count().people == 2, "giving back was not undone"


def test_ctrl_z_drops_a_correction_that_was_begun_with_another_field(
    window: Window, journal: JournalPage, desk: Desk
) -> None:
    journal.form.choose("outcome", "answered")
    press(window, Qt.Key.Key_Z, CTRL)
    assert journal.form.note().outcome == "referred"
    assert "abandonnée" in window.toast.text


def test_saving_twice_leaves_the_correction_to_be_undone(window: Window, journal: JournalPage, desk: Desk) -> None:
    type_people(journal, "7")
    press(window, Qt.Key.Key_S, CTRL)
    press(window, Qt.Key.Key_S, CTRL)
    assert "Rien n’a changé" in window.toast.text
    press(window, Qt.Key.Key_Z, CTRL)
    assert desk.inquiries.count().people == 2


def test_an_inquiry_given_back_says_so(window: Window, journal: JournalPage) -> None:
    press(window, Qt.Key.Key_Delete)
    assert state(journal) == "retirée"
    press(window, Qt.Key.Key_Delete)
    assert state(journal) == "rétablie"


def test_saving_does_not_give_a_voided_inquiry_back(window: Window, journal: JournalPage, desk: Desk) -> None:
    press(window, Qt.Key.Key_Delete)
    press(window, Qt.Key.Key_S, CTRL)
    assert desk.inquiries.count().inquiries == 0


def test_closing_with_a_correction_being_written_asks_once_and_shows_it(window: Window, journal: JournalPage) -> None:
    type_people(journal, "7")
    press(window, Qt.Key.Key_1, CTRL)
    press(window, Qt.Key.Key_Q, CTRL)
    assert window.isVisible()
    assert "correction n’est pas enregistrée" in window.toast.text
    assert journal.isVisible()
    assert journal.form.note().people == 7
    press(window, Qt.Key.Key_Q, CTRL)
    assert not window.isVisible()
