"""Closing an entry by the keyboard: why, what replaces it, and taking that back."""

from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord
from pointinfo.directory.record import Link
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.closing import ClosingPanel
from pointinfo_ui.theme import Theme
from tests.conftest import bury
from tests.ui.keys import CTRL, press, type_text


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk, theme: Theme) -> Iterator[ClosingPanel]:
    """Asks about an entry that another one sends to."""
    desk.directory.load([EntryRecord(uid="un", kind="service", name="Permanence Écho")])
    desk.directory.load([EntryRecord(uid="bon", kind="service", name="Bon", links=(Link("see_first", "un"),))])
    author = Author(desk)
    author.take("Anne")
    made = ClosingPanel(desk, theme, author)
    made.resize(620, 480)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.show_entry("un")
    yield made
    bury(made)


def search(panel: ClosingPanel, text: str) -> None:
    press(panel, Qt.Key.Key_Tab)
    press(panel, Qt.Key.Key_Tab)
    assert panel.search.hasFocus()
    type_text(text)


def test_an_entry_is_closed_with_its_reason_and_its_successor(panel: ClosingPanel, desk: Desk, qtbot: QtBot) -> None:
    assert panel._linked.text() == "1 fiche y renvoie."
    press(panel, Qt.Key.Key_Tab)
    type_text("appel du 23")
    press(panel, Qt.Key.Key_Tab)
    type_text("cite seniors")
    press(panel, Qt.Key.Key_Return)
    assert panel.search.text() == "Cité Seniors"
    with qtbot.waitSignal(panel.done) as said:
        press(panel, Qt.Key.Key_Return, CTRL)
    assert said.args == ["Fiche fermée : N’existe plus – appel du 23. Ctrl+Z la rouvre."]
    closed = desk.directory.entry("un")
    assert (closed.status, closed.status_reason) == ("closed", "N’existe plus – appel du 23")
    assert desk.directory.standing(["un"]) == ["cite-seniors"]
    assert [link.target.name for link in desk.directory.entry("bon").links] == ["Cité Seniors"]
    assert panel.undo()
    assert desk.directory.entry("un").status == "active"
    assert not panel.undo()


def test_the_arrows_go_through_what_was_found(panel: ClosingPanel) -> None:
    search(panel, "maison de quartier")
    press(panel, Qt.Key.Key_Down)
    press(panel, Qt.Key.Key_Down)
    press(panel, Qt.Key.Key_Up)
    press(panel, Qt.Key.Key_Up)
    assert panel.search.hasFocus()
    press(panel, Qt.Key.Key_Down)
    press(panel, Qt.Key.Key_Down)
    press(panel, Qt.Key.Key_Return)
    assert panel.successor
    assert panel.search.text().startswith("Maison")


def test_words_that_name_no_entry_are_asked_about(panel: ClosingPanel, desk: Desk) -> None:
    search(panel, "zzzz")
    press(panel, Qt.Key.Key_Return, CTRL)
    assert panel._error.isVisible()
    assert desk.directory.entry("un").status == "active"


def test_who_is_no_editor_proposes_to_close(panel: ClosingPanel, desk: Desk, qtbot: QtBot) -> None:
    desk.keep_settings(msgspec.structs.replace(desk.settings, editors=("Odile",)))
    with qtbot.waitSignal(panel.done):
        press(panel, Qt.Key.Key_Return, CTRL)
    assert desk.directory.entry("un").status == "active"
    [waiting] = desk.revisions.proposals()
    assert (waiting.author, waiting.record.status) == ("Anne", "closed")
    assert not panel.undo()


def test_escape_leaves_everything_as_it_is(panel: ClosingPanel, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.cancelled):
        press(panel, Qt.Key.Key_Escape)
    assert desk.directory.entry("un").status == "active"
