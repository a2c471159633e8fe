"""Duplicates: pairs with reasons, made one field by field or found to be two, by the keyboard, and taken back."""

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from pointinfo.database.schema import Contact, Name, Wording
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord
from pointinfo.directory.record import Link
from pointinfo_ui.directory.duplicates_view import DuplicatesView
from pointinfo_ui.rows import ROW_ROLE
from pointinfo_ui.window import Window
from tests.ui.keys import ALT, CTRL, press

ONE = EntryRecord(
    uid="un",
    kind="association",
    name="Association Pluriels",
    street="Rue de Carouge 7",
    stop="Augustins",
    contacts=(Contact("phone", "022 328 68 20"),),
    wordings={"fr": Wording(summary="Consultations pour personnes migrantes.")},
)
OTHER = EntryRecord(
    uid="deux",
    kind="association",
    name="Pluriels",
    stop="Plainpalais",
    hours="Mo-Fr 09:00-12:00",
    contacts=(Contact("phone", "022 328 68 20"), Contact("email", "info@pluriels.ch")),
)
Show = Callable[[], DuplicatesView]


@pytest.fixture
def show(window: Window, desk: Desk) -> Show:
    """Turns to the duplicates; two entries are one, and a third sends to the second."""
    desk.directory.load([OTHER, ONE])  # the older is kept
    desk.directory.load(
        [EntryRecord(uid="bon", kind="service", name="Bon à savoir", links=(Link("see_first", "deux"),))]
    )
    window.directory.author.take("Odile")

    def turn() -> DuplicatesView:
        press(window, Qt.Key.Key_4, CTRL)
        press(window, Qt.Key.Key_5, ALT)
        view = window.directory.view("duplicates")
        assert isinstance(view, DuplicatesView)
        press(window, Qt.Key.Key_Home)
        rows = [view.model.pair(row) for row in range(view.model.rowCount())]
        view.list.setCurrentIndex(view.model.index([pair.one for pair in rows if pair].index("deux"), 0))
        return view

    return turn


def offered(view: DuplicatesView) -> bool:
    pairs = [view.model.pair(row) for row in range(view.model.rowCount())]
    return any(pair and pair.one == "deux" for pair in pairs)


def test_alt_5_shows_pairs_with_their_reasons_and_whatever_says_more_is_kept(show: Show) -> None:
    view = show()
    row = view.list.currentIndex().data(ROW_ROLE)
    assert row.heading == "Pluriels / Association Pluriels"
    assert row.body == "noms presque pareils, même téléphone"
    assert row.state == "très probable"
    assert view._heading.text() == "Association Pluriels / Pluriels"
    assert view.comparison.choices == {
        "name": "left",
        "wordings/fr/summary": "left",
        "street": "left",
        "stop": "left",
        "contacts": "both",
        "hours": "right",
    }


def test_two_entries_become_one_as_advised_and_both_pasts_stay(show: Show, window: Window, desk: Desk) -> None:
    view = show()
    press(window, Qt.Key.Key_Return, CTRL)
    kept = desk.revisions.present("un").record
    assert kept == msgspec.structs.replace(ONE, hours=OTHER.hours, contacts=OTHER.contacts, names=(Name("Pluriels"),))
    assert desk.directory.standing(["deux"]) == ["un"]
    assert [link.target.uid for link in desk.directory.entry("bon").links] == ["un"]
    assert [change.action for change in desk.revisions.history("deux")] == ["import", "merge"]
    assert window.toast.text == "Les deux fiches n’en font plus qu’une. Ctrl+Z les sépare."
    assert not offered(view)


def test_ctrl_z_separates_them_again_and_the_pair_waits(show: Show, window: Window, desk: Desk) -> None:
    view = show()
    press(window, Qt.Key.Key_Return, CTRL)
    press(window, Qt.Key.Key_Z, CTRL)
    assert desk.revisions.present("un").record == ONE
    assert desk.revisions.present("deux").record == OTHER
    assert offered(view)
    assert view.model.pair(view.list.currentIndex().row()).one == "deux"  # type: ignore[union-attr]


def test_each_field_is_chosen_with_the_arrows(show: Show, window: Window, desk: Desk) -> None:
    view = show()
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Right)
    for _step in range(3):
        press(window, Qt.Key.Key_Down)
    assert view.comparison.rows[3].hasFocus()
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Return, CTRL)
    kept = desk.revisions.present("un").record
    assert (kept.name, kept.stop) == ("Pluriels", "Plainpalais")
    assert kept.names == (Name("Association Pluriels"),)


def test_x_keeps_the_other_of_the_two(show: Show, window: Window, desk: Desk) -> None:
    show()
    press(window, Qt.Key.Key_X)
    press(window, Qt.Key.Key_Return, CTRL)
    assert desk.directory.standing(["un"]) == ["deux"]
    assert desk.revisions.present("deux").record.street == "Rue de Carouge 7"


def test_two_entries_are_found_to_be_two_and_that_is_taken_back(show: Show, window: Window, desk: Desk) -> None:
    view = show()
    press(window, Qt.Key.Key_Delete)
    assert not offered(view)
    assert desk.duplicates.for_record(ONE) == []
    press(window, Qt.Key.Key_Z, CTRL)
    assert offered(view)
    press(window, Qt.Key.Key_Z, CTRL)
    assert window.toast.text == "Rien à annuler ici."


def test_only_editors_decide(show: Show, window: Window, desk: Desk) -> None:
    desk.keep_settings(msgspec.structs.replace(desk.settings, editors=("Nadia",)))
    view = show()
    assert not view.merge_button.isEnabled()
    press(window, Qt.Key.Key_Return, CTRL)
    press(window, Qt.Key.Key_Delete)
    assert offered(view)
    assert desk.directory.standing(["deux"]) == ["deux"]
    assert "Seules les personnes inscrites" in window.toast.text


def test_an_entry_that_changed_meanwhile_is_shown_anew_before_anything_is_merged(
    show: Show, window: Window, desk: Desk
) -> None:
    view = show()
    desk.revisions.save(msgspec.structs.replace(ONE, stop="Pont d’Arve"), "Nadia")
    press(window, Qt.Key.Key_Return, CTRL)
    assert desk.directory.standing(["deux"]) == ["deux"]
    assert "vient de changer" in window.toast.text
    assert any("Pont d’Arve" in row.accessibleName() for row in view.comparison.rows)


def test_pairs_are_looked_for_anew_when_the_directory_has_changed(show: Show, window: Window, desk: Desk) -> None:
    view = show()
    desk.revisions.close("deux", "dissoute", "Odile")
    press(window, Qt.Key.Key_4, ALT)
    press(window, Qt.Key.Key_5, ALT)
    window.directory.show_view("duplicates")
    assert not offered(view)


def test_where_there_are_no_pairs_a_sentence_says_so(show: Show, window: Window) -> None:
    view = show()
    while view.model.rowCount():
        press(window, Qt.Key.Key_Delete)
    assert view._pane._heading.isVisible()
    assert view._pane._heading.text() == "Aucun doublon en vue."


def test_the_list_is_a_sound_model_that_speaks(show: Show, qtmodeltester: ModelTester) -> None:
    view = show()
    qtmodeltester.check(view.model)  # type: ignore[no-untyped-call]
    spoken = view.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Pluriels / Association Pluriels. très probable. noms presque pareils, même téléphone"
