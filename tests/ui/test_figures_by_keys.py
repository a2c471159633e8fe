"""The figures without a mouse: from chart to filter and back, to the clipboard, to the releases."""

from datetime import datetime
from itertools import cycle

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pointinfo.clock import ZONE
from pointinfo.desk import Desk
from pointinfo.inquiries import Note
from pointinfo.inquiries.tables import Asked
from pointinfo_ui.window import Window
from tests.conftest import Clock
from tests.ui.keys import CTRL, press

CHANNEL: Asked = ("channel",)


@pytest.fixture
def figures(window: Window, desk: Desk, clock: Clock) -> Window:
    """The figures page of a counter with 60 inquiries this month."""
    present = clock.now
    clock.now = datetime(2026, 11, 19, 9, tzinfo=ZONE)
    for _turn, channel in zip(range(60), cycle(("counter", "counter", "phone")), strict=False):
        desk.inquiries.add(Note(outcome="answered", channel=channel))
    clock.now = present
    window.show_page("figures")
    settle()
    return window


def settle() -> None:
    for _turn in range(3):
        QApplication.processEvents()


def test_enter_on_a_mark_narrows_and_escape_goes_back(figures: Window) -> None:
    page = figures.figures
    page.panels[CHANNEL].chart.setFocus()
    press(figures, Qt.Key.Key_Down)
    press(figures, Qt.Key.Key_Down)
    press(figures, Qt.Key.Key_Return)
    settle()
    assert page.only == ("channel", "phone")
    assert page.figures.texts["Demandes"][0] == "20"
    press(figures, Qt.Key.Key_Escape)
    settle()
    assert not page.filter.all.isVisible()
    assert page.figures.texts["Demandes"][0] == "60"


def test_the_table_behind_a_chart_takes_the_focus_and_its_line_becomes_the_filter(figures: Window) -> None:
    page = figures.figures
    page.panels[CHANNEL].chart.setFocus()
    press(figures, Qt.Key.Key_T, CTRL)
    assert page.panels[CHANNEL].table.hasFocus()
    press(figures, Qt.Key.Key_Down)
    press(figures, Qt.Key.Key_Return)
    settle()
    assert page.only is not None


def test_ctrl_c_copies_the_table_of_the_chart_with_the_focus(figures: Window) -> None:
    figures.figures.panels[CHANNEL].chart.setFocus()
    press(figures, Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "Canal\nCanal\tDemandes\nAu guichet\t40\nPar téléphone\t20"


def test_escape_closes_the_releases_before_it_takes_back_the_filter(figures: Window) -> None:
    page = figures.figures
    page.narrow(("channel", "phone"))
    settle()
    page.go_to_period()
    press(figures, Qt.Key.Key_R, CTRL)
    settle()
    assert page.releases.isVisible()
    assert page.releases.publish.hasFocus()
    press(figures, Qt.Key.Key_Escape)
    assert not page.releases.isVisible()
    assert page.only == ("channel", "phone")
    press(figures, Qt.Key.Key_Escape)
    settle()
    assert not page.filter.all.isVisible()
