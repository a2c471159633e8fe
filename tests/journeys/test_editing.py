"""An editor with a phone in one hand: the number on the card is wrong, she corrects it and goes on."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt

from pointinfo.desk import Desk
from pointinfo_ui.directory.entries_view import EntriesView
from pointinfo_ui.window import Window
from tests.ui import keys
from tests.ui.keys import CTRL, type_text


@pytest.fixture
def press(window: Window) -> Callable[..., None]:
    """Presses keys, and counts them in `press.count`."""

    def counted(*chord: Any) -> None:
        counted.count += 1  # type: ignore[attr-defined]
        keys.press(window, *chord)

    counted.count = 0  # type: ignore[attr-defined]
    return counted


def test_a_wrong_phone_number_is_corrected_in_a_few_keys_and_found_at_once(
    window: Window, desk: Desk, press: Callable[..., None]
) -> None:
    type_text("hospice general")
    entry = window.counter.card.entry
    assert entry is not None
    uid = entry.uid
    before = desk.revisions.present(uid).record
    assert before.contacts[0].kind == "phone"

    press(Qt.Key.Key_M, CTRL)  # «Modifier cette fiche»
    for _section in range(5):
        press(Qt.Key.Key_PageDown, CTRL)
    press(Qt.Key.Key_A, CTRL)
    type_text("0223889999")
    press(Qt.Key.Key_S, CTRL)
    type_text("Nadia")  # asked once
    press(Qt.Key.Key_S, CTRL)
    present = desk.revisions.present(uid)
    assert present.record.contacts[0].value == "022 388 99 99"
    assert present.record.contacts[1:] == before.contacts[1:]
    assert present.author == "Nadia"

    press(Qt.Key.Key_1, CTRL)  # back at the counter: the same card, with the new number
    assert window.counter.card.entry is not None
    assert window.counter.card.entry.uid == uid
    assert "022 388 99 99" in window.counter.card.sentence()
    press(Qt.Key.Key_Escape)
    type_text("022 388 99 99")
    assert window.counter.results.uid == uid
    assert press.count < 12  # type: ignore[attr-defined]


def test_without_a_card_the_counter_says_what_to_do(window: Window, press: Callable[..., None]) -> None:
    press(Qt.Key.Key_M, CTRL)
    assert "Choisissez d’abord une fiche" in window.toast.text
    assert window.counter.isVisible()


def test_a_new_place_is_noted_while_the_phone_rings_and_finished_later(
    window: Window, desk: Desk, press: Callable[..., None]
) -> None:
    press(Qt.Key.Key_4, CTRL)
    press(Qt.Key.Key_N, CTRL)
    type_text("Café des mamans")
    press(Qt.Key.Key_1, CTRL)  # a visitor comes
    type_text("creche")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, CTRL)
    assert desk.inquiries.count().inquiries == 1
    press(Qt.Key.Key_4, CTRL)
    view = cast("EntriesView", window.directory.view("entries"))
    assert view.editor.form.field("name").value == "Café des mamans"
    assert view.is_edited
