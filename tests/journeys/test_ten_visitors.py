"""Ten visitors in a row, served with the keyboard alone; nothing of one is left for the next to see."""

import os
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from pointinfo.desk import Desk
from pointinfo.directory import Query
from pointinfo.inquiries import Note
from pointinfo_ui.window import Window
from tests.ui.keys import ALT, CTRL, SHIFT, press, type_text

Key = Qt.Key
Press = tuple[Key, *tuple[Qt.KeyboardModifier, ...]]

TAKE: Press = (Key.Key_Return,)
SHEET: Press = (Key.Key_P, CTRL)
NOTE: Press = (Key.Key_Return, CTRL)
UNMET: Press = (Key.Key_U, CTRL)


class Visitor(NamedTuple):
    """What is asked, the keys that answer it, and what is noted of it: outcome, sheets; None for nothing."""

    words: str
    keys: tuple[Press, ...]
    noted: tuple[str, int] | None


VISITORS = (
    Visitor("crèche", (TAKE, SHEET, SHEET, NOTE), ("referred", 1)),
    Visitor("impots", (TAKE, NOTE), ("referred", 0)),
    Visitor("vestiaire", ((Key.Key_Down,), (Key.Key_Up,), SHEET, SHEET, NOTE), ("referred", 1)),
    Visitor("", ((Key.Key_F9,),), ("answered", 0)),
    Visitor("zzzz", (UNMET, NOTE), ("not-met", 0)),
    Visitor("francais", ((Key.Key_4, ALT), TAKE, NOTE), ("referred", 0)),
    Visitor("OCPM", (TAKE, (Key.Key_E, CTRL), (Key.Key_Escape,), (Key.Key_N, CTRL)), None),
    Visitor("logement", ((Key.Key_Down,), (Key.Key_Down,), SHEET, SHEET, NOTE), ("referred", 1)),
    Visitor("ludotheque", ((Key.Key_O, CTRL), (Key.Key_O, CTRL), NOTE), ("answered", 0)),
    Visitor("urgence", (TAKE, SHEET, (Key.Key_Escape,), NOTE), ("referred", 0)),
)
ERRAND = 5
"""Key presses that find, card, print, note and next visitor may take beyond the typed words."""


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printing system that counts its jobs in this file."""
    script, jobs = tmp_path / "lp", tmp_path / "jobs"
    script.write_text(f"#!/bin/sh\ncat > /dev/null\necho job >> '{jobs}'\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return jobs


def serve(visitor: Visitor, window: Window, qtbot: QtBot) -> str:
    """Type and press as a clerk does; returns the name of the card that was read."""
    type_text(visitor.words)
    name = ""
    for key, *held in visitor.keys:
        entry = window.counter.card.entry
        name = entry.name if entry else name
        press(window, key, *held)
        if (key, *held) == SHEET:
            qtbot.waitUntil(lambda: window.counter.preview.is_ready)
    return name


def check_nothing_is_left(window: Window, name: str, qtbot: QtBot) -> None:
    counter = window.counter
    assert counter.search.hasFocus()
    assert counter.search.text() == ""
    assert not counter.search.isUndoAvailable()
    [clear, *_] = counter.search.findChildren(QToolButton)
    qtbot.waitUntil(lambda: not clear.isVisible())
    assert counter.filters.query("") == Query()
    assert counter.visit.is_empty
    assert counter.card.entry is None
    assert not counter.preview.is_ready
    assert counter.form.note() == Note(channel="counter")
    assert not counter.form.is_edited
    assert not counter.results.selectionModel().hasSelection()
    shown = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert not [text for text in shown if name and name.split(" - ", maxsplit=1)[0] in text]


def test_ten_visitors_in_a_row_each_with_nothing_left_of_the_last(
    window: Window, desk: Desk, qtbot: QtBot, printer: Path
) -> None:
    for visitor in VISITORS:
        assert len(visitor.keys) <= ERRAND, visitor.words
        before = desk.inquiries.journal()
        name = serve(visitor, window, qtbot)
        check_nothing_is_left(window, name, qtbot)
        fresh = desk.inquiries.journal()[len(before) :]
        told = [(row.note.outcome, sum(each.copies for each in row.note.referrals)) for row in fresh]
        assert told == ([visitor.noted] if visitor.noted else []), visitor.words
    qtbot.waitUntil(lambda: printer.read_text().count("job") == 3)
    press(window, Key.Key_Z, CTRL)
    assert desk.inquiries.count().inquiries == 8
    press(window, Key.Key_N, CTRL, SHIFT)
    assert window.counter.visit.is_empty
