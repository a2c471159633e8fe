"""The settings: what is typed and not saved yet stays, says so, and undoes itself."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from pointinfo.desk import Desk
from pointinfo_ui import theme as look
from pointinfo_ui.settings.page import SettingsPage
from pointinfo_ui.theme import Theme
from pointinfo_ui.window import Window
from tests.conftest import bury
from tests.ui.keys import CTRL, press, type_text

UNSAVED = "Modifié, pas encore enregistré"


def says_unsaved(window: Window) -> bool:
    """Whether the page tells that something is not saved."""
    [said] = [each for each in window.settings.findChildren(QLabel) if each.text() == UNSAVED]
    return said.isVisible()


def test_the_page_says_what_is_not_saved_yet(window: Window, desk: Desk) -> None:
    press(window, Qt.Key.Key_5, CTRL)
    assert window.settings.texts["counter_name"].hasFocus()
    assert not says_unsaved(window)
    type_text("Point info Servette")
    assert says_unsaved(window)
    press(window, Qt.Key.Key_1, CTRL)
    assert "pas encore enregistrés" in window.toast.text
    press(window, Qt.Key.Key_5, CTRL)
    assert window.settings.texts["counter_name"].text() == "Point info Servette"
    assert says_unsaved(window)
    press(window, Qt.Key.Key_S, CTRL)
    assert desk.settings.counter_name == "Point info Servette"
    assert not says_unsaved(window)


def test_ctrl_z_undoes_the_words_of_the_field(window: Window, desk: Desk) -> None:
    press(window, Qt.Key.Key_F9)
    window.toast.hide()
    press(window, Qt.Key.Key_5, CTRL)
    type_text("Servette")
    press(window, Qt.Key.Key_Z, CTRL)
    assert window.settings.texts["counter_name"].text() == ""
    assert desk.inquiries.count().inquiries == 1


def test_while_the_window_offers_to_take_a_note_back_ctrl_z_does_so_in_a_field_too(window: Window, desk: Desk) -> None:
    press(window, Qt.Key.Key_F9)
    press(window, Qt.Key.Key_5, CTRL)
    type_text("Servette")
    assert window.toast.isVisible()
    press(window, Qt.Key.Key_Z, CTRL)
    assert desk.inquiries.count().inquiries == 0
    assert window.settings.texts["counter_name"].text() == "Servette"


def test_closing_with_settings_not_saved_asks_once(window: Window) -> None:
    press(window, Qt.Key.Key_5, CTRL)
    type_text("Servette")
    press(window, Qt.Key.Key_1, CTRL)
    assert not window.close()
    assert "ne sont pas enregistrés" in window.toast.text
    assert window.settings.isVisible()
    assert window.close()


def test_with_very_large_text_in_a_small_window_no_button_is_cut_off(desk: Desk, theme: Theme) -> None:
    large = look.make("light", 200)
    page = SettingsPage(desk, large)
    page.setStyleSheet(large.stylesheet())
    page.resize(820, 700)
    page.texts["counter_name"].setText("Servette")
    page.show()
    QApplication.processEvents()
    buttons = [each for each in page.findChildren(QPushButton) if each.isVisible()]
    assert len(buttons) == 2
    assert all(each.width() >= each.sizeHint().width() for each in buttons)
    bury(page)


def test_school_holidays_and_closed_days_are_plain_lines_and_count_at_once(window: Window, desk: Desk) -> None:
    press(window, Qt.Key.Key_5, CTRL)
    window.settings.lists["school_holidays"].setFocus()
    type_text("du 19.10.2026 au 23.10.2026")
    press(window, Qt.Key.Key_Return)
    type_text("24 déc 2026 - 8 janv 2027")
    window.settings.lists["closed_days"].setFocus()
    type_text("1.5.2027")
    window.settings.lists["editors"].setFocus()
    type_text("Aline  Exemple")
    press(window, Qt.Key.Key_S, CTRL)
    assert desk.settings.school_holidays == (
        (date(2026, 10, 19), date(2026, 10, 23)),
        (date(2026, 12, 24), date(2027, 1, 8)),
    )
    assert desk.settings.closed_days == (date(2027, 5, 1),)
    assert desk.settings.editors == ("Aline Exemple",)
    assert desk.directory.calendar.school_holidays == desk.settings.school_holidays
    assert not says_unsaved(window)
    window.settings.fill()
    assert window.settings.lists["closed_days"].toPlainText() == "1er mai 2027"


def test_how_far_back_an_inquiry_may_be_noted_is_a_number_of_days_that_counts_at_once(
    window: Window, desk: Desk
) -> None:
    press(window, Qt.Key.Key_5, CTRL)
    days = window.settings.lists["back_dating"]
    assert days.toPlainText() == "60"
    days.setFocus()
    days.selectAll()
    type_text("900")
    press(window, Qt.Key.Key_S, CTRL)
    assert "de 0 à 400" in window.toast.text
    assert desk.settings.back_dating == 60
    days.selectAll()
    type_text("7 jours")
    press(window, Qt.Key.Key_S, CTRL)
    assert (desk.settings.back_dating, desk.inquiries.back_dating, desk.day_logs.back_dating) == (7, 7, 7)
    assert not says_unsaved(window)


def test_a_period_that_cannot_be_is_said_and_nothing_is_saved(window: Window, desk: Desk) -> None:
    press(window, Qt.Key.Key_5, CTRL)
    holidays = window.settings.lists["school_holidays"]
    holidays.setFocus()
    type_text("19.10.2026-2.3.2026")
    assert holidays.line is not None
    assert "Une période par ligne" in holidays.line.text()
    press(window, Qt.Key.Key_Tab)
    assert holidays.line.text() == "« 19.10.2026-2.3.2026 » finit avant de commencer."
    assert says_unsaved(window)
    press(window, Qt.Key.Key_S, CTRL)
    assert list(desk.settings.school_holidays) == []
    assert holidays.hasFocus()
    assert "Rien n’est enregistré" in window.toast.text
    holidays.selectAll()
    type_text("19.10.2026-2.11.2026")
    press(window, Qt.Key.Key_S, CTRL)
    assert list(desk.settings.school_holidays) == [(date(2026, 10, 19), date(2026, 11, 2))]
