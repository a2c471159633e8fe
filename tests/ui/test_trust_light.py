"""How far a card can be trusted, in the list and on the card; one key says that its facts were just confirmed."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap
from pytestqt.qtbot import QtBot

from pointinfo.desk import Desk
from pointinfo.directory.card import Age
from pointinfo.directory.freshness import Trust
from pointinfo_ui.rows import ROW_ROLE
from pointinfo_ui.theme import Theme
from pointinfo_ui.trust_light import TrustLight, light_colour
from pointinfo_ui.window import Window
from tests.ui.keys import CTRL, press, type_text


def light(window: Window, row: int = 0) -> str:
    """The word beside the light of a result."""
    shown: str = window.counter.results.model().index(row, 0).data(ROW_ROLE).light
    return shown


def find(window: Window, words: str) -> str:
    """Type some words; the uid of the card that comes up."""
    type_text(words)
    entry = window.counter.card.entry
    assert entry is not None
    return entry.uid


def test_the_list_and_the_card_say_how_far_an_entry_can_be_trusted(window: Window) -> None:
    find(window, "bipe")
    assert light(window) == "à revérifier"
    assert "Informations : 2023 – à revérifier" in window.counter.card.sentence()
    index = window.counter.results.model().index(0, 0)
    assert "à revérifier" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_one_key_says_that_the_facts_were_just_confirmed(window: Window, desk: Desk) -> None:
    uid = find(window, "bipe")
    press(window, Qt.Key.Key_F8)
    assert light(window) == "vérifié"
    assert "Vérifié le 23.11.2026" in window.counter.card.sentence()
    present = desk.revisions.present(uid)
    assert (present.action, present.record.verified_how, present.author) == ("verify", "phone", "")
    assert window.counter.search.text() == "bipe", "the visit goes on"
    assert window.counter.search.hasFocus()
    assert window.toast.text.endswith("vérifiée aujourd’hui par téléphone.")


def test_ctrl_z_takes_the_check_back_and_not_the_note_before_it(window: Window, desk: Desk) -> None:
    find(window, "bipe")
    press(window, Qt.Key.Key_Return, CTRL)
    assert desk.inquiries.count().inquiries == 1
    uid = find(window, "bipe")
    press(window, Qt.Key.Key_F8)
    press(window, Qt.Key.Key_Z, CTRL)
    assert window.toast.text == "La vérification est annulée."
    assert light(window) == "à revérifier"
    assert desk.revisions.present(uid).record.verified_on is None
    assert desk.inquiries.count().inquiries == 1


def test_a_note_made_after_the_check_is_what_ctrl_z_takes_back(window: Window, desk: Desk) -> None:
    uid = find(window, "bipe")
    press(window, Qt.Key.Key_F8)
    press(window, Qt.Key.Key_Return, CTRL)
    press(window, Qt.Key.Key_Z, CTRL)
    assert desk.inquiries.count().inquiries == 0
    assert desk.revisions.present(uid).action == "verify"


def test_a_check_that_somebody_has_built_on_stays_with_a_sentence(window: Window, desk: Desk) -> None:
    uid = find(window, "bipe")
    press(window, Qt.Key.Key_F8)
    changed = msgspec.structs.replace(desk.revisions.present(uid).record, stop="Bel-Air")
    desk.revisions.save(changed, "Odile")
    press(window, Qt.Key.Key_Z, CTRL)
    assert "modifiée depuis" in window.toast.text
    assert desk.revisions.present(uid).record.stop == "Bel-Air"


def test_without_a_card_there_is_nothing_to_confirm(window: Window) -> None:
    press(window, Qt.Key.Key_F8)
    assert "Choisissez d’abord la fiche" in window.toast.text


@pytest.mark.parametrize("trust", ["checked", "stale", "unknown"])
def test_the_dot_has_the_colour_of_its_words_and_a_ring_where_nobody_ever_checked(
    qtbot: QtBot, theme: Theme, trust: Trust
) -> None:
    shown = TrustLight(Age(trust, "vérifié"), theme)
    qtbot.addWidget(shown)
    shown.resize(200, 30)
    picture = QPixmap(shown.size())
    picture.fill(theme.sheet)
    shown.render(picture)
    image = picture.toImage()
    side = theme.size(10)
    middle = QColor(image.pixel(side // 2, image.height() // 2))
    wanted = theme.sheet if trust == "unknown" else light_colour(trust, theme)
    assert middle.rgb() == wanted.rgb()
    assert shown.words.text() == "vérifié"
