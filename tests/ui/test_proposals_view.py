"""Proposals: against the entry as it stands, taken whole, field by field or refused, by editors, and taken back."""

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester

from pointinfo.database.schema import Contact, Wording
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord
from pointinfo_ui.directory.proposals_view import ProposalsView
from pointinfo_ui.rows import ROW_ROLE
from pointinfo_ui.window import Window
from tests.ui.keys import ALT, CTRL, press, type_text

ENTRY = EntryRecord(
    uid="essai",
    kind="service",
    name="Permanence Écho",
    stop="Poterie",
    contacts=(Contact("phone", "022 418 00 00"),),
    wordings={"fr": Wording(summary="Accueil pour les familles.")},
)
WISH = msgspec.structs.replace(
    ENTRY,
    stop="Servette",
    contacts=(Contact("phone", "022 418 11 11"),),
    wordings={"fr": Wording(summary="Accueil gratuit pour les familles.")},
)
Show = Callable[[], ProposalsView]


@pytest.fixture
def show(window: Window, desk: Desk) -> Show:
    """Turns to the proposals, after Sami has made one."""
    base = desk.revisions.save(ENTRY, "Odile")
    desk.revisions.propose(WISH, "Sami", base=base, comment="vu sur place")
    window.directory.author.take("Odile")

    def turn() -> ProposalsView:
        press(window, Qt.Key.Key_4, CTRL)
        press(window, Qt.Key.Key_4, ALT)
        view = window.directory.view("proposals")
        assert isinstance(view, ProposalsView)
        return view

    return turn


def present(desk: Desk) -> EntryRecord:
    return desk.revisions.present("essai").record


def test_alt_4_shows_what_waits_with_who_proposed_it_and_why(show: Show) -> None:
    view = show()
    row = view.model.index(0, 0).data(ROW_ROLE)
    assert row.heading == "Permanence Écho"
    assert row.body == "résumé, arrêt, téléphone"
    assert row.meta == "Sami · 23 novembre 2026, 10:12 · vu sur place"
    assert [each.field for each in view.comparison.rows] == ["wordings/fr/summary", "stop", "contacts"]
    assert "Aujourd’hui : Poterie. Proposé : Servette" in view.comparison.rows[1].accessibleName()


def test_a_proposal_is_accepted_whole_with_one_key_and_ctrl_z_lets_it_wait_again(
    show: Show, window: Window, desk: Desk
) -> None:
    view = show()
    press(window, Qt.Key.Key_Return, CTRL)
    assert present(desk) == WISH
    assert view.model.rowCount() == 0
    assert window.toast.text == "Proposition acceptée. Ctrl+Z l’annule."
    press(window, Qt.Key.Key_Z, CTRL)
    assert present(desk) == ENTRY
    assert [change.author for change in desk.revisions.proposals()] == ["Sami"]
    assert view.model.rowCount() == 1


def test_fields_are_taken_one_by_one_with_the_arrows(show: Show, window: Window, desk: Desk) -> None:
    view = show()
    press(window, Qt.Key.Key_Return)
    assert view.comparison.rows[0].hasFocus()
    press(window, Qt.Key.Key_Left)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Plus)
    assert view.comparison.choices == {"wordings/fr/summary": "left", "stop": "right", "contacts": "both"}
    assert view.accept_button.accessibleName() == "Accepter ce qui est retenu"
    press(window, Qt.Key.Key_Return, CTRL)
    assert present(desk) == msgspec.structs.replace(ENTRY, stop="Servette", contacts=(*ENTRY.contacts, *WISH.contacts))
    assert window.toast.text.startswith("Proposition acceptée en partie.")


def test_an_editor_writes_another_text(show: Show, window: Window, desk: Desk) -> None:
    view = show()
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_A, CTRL)
    type_text("Lyon")
    press(window, Qt.Key.Key_Return, CTRL)
    assert present(desk).stop == "Lyon"
    assert view.model.rowCount() == 0


def test_escape_gives_up_what_is_being_written(show: Show, window: Window) -> None:
    view = show()
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    type_text("xx")
    row = view.comparison.rows[1]
    assert row.value == "Servettexx"
    press(window, Qt.Key.Key_Escape)
    assert row.value == "Servette"
    assert row.hasFocus()
    press(window, Qt.Key.Key_Escape)
    assert view.list.hasFocus()


def test_a_refusal_needs_a_reason_and_keeps_it(show: Show, window: Window, desk: Desk) -> None:
    view = show()
    press(window, Qt.Key.Key_Delete)
    assert view.reason.hasFocus()
    press(window, Qt.Key.Key_Return)
    assert "Écrivez en quelques mots" in window.toast.text
    assert len(desk.revisions.proposals()) == 1
    type_text("arrêt supprimé")
    assert view.is_edited
    press(window, Qt.Key.Key_Return)
    assert desk.revisions.proposals() == []
    assert present(desk) == ENTRY
    assert desk.revisions.history("essai")[-1].comment == "arrêt supprimé"
    press(window, Qt.Key.Key_Z, CTRL)
    assert len(desk.revisions.proposals()) == 1


def test_a_proposal_on_an_entry_changed_meanwhile_is_shown_against_the_present(show: Show, desk: Desk) -> None:
    desk.revisions.save(msgspec.structs.replace(ENTRY, stop="Lyon", street="Rue Hoffmann 8"), "Nadia")
    view = show()
    rows = {row.field: row.accessibleName() for row in view.comparison.rows}
    assert "Aujourd’hui : Lyon. Proposé : Servette" in rows["stop"]
    assert "street" not in rows
    assert view._caution.text() == "La fiche a changé depuis, aussi là où la proposition dit autre chose : Arrêt."
    view.accept()
    assert (present(desk).stop, present(desk).street) == ("Servette", "Rue Hoffmann 8")


def test_what_changes_while_an_editor_looks_is_not_overwritten(show: Show, window: Window, desk: Desk) -> None:
    show()
    desk.revisions.save(msgspec.structs.replace(ENTRY, stop="Lyon"), "Nadia")
    press(window, Qt.Key.Key_Return, CTRL)
    assert present(desk).stop == "Lyon"
    assert "modifiée entre-temps" in window.toast.text
    press(window, Qt.Key.Key_Return, CTRL)  # now seen against the present
    assert present(desk).stop == "Servette"


def test_only_editors_decide_and_the_proposer_sees_what_waits(show: Show, window: Window, desk: Desk) -> None:
    desk.keep_settings(msgspec.structs.replace(desk.settings, editors=("Odile",)))
    window.directory.author.take("Sami")
    view = show()
    assert view.model.index(0, 0).data(ROW_ROLE).state == "la vôtre"
    assert not view.accept_button.isVisible()
    press(window, Qt.Key.Key_Return, CTRL)
    press(window, Qt.Key.Key_Delete)
    assert not view.reason.isVisible()
    assert len(desk.revisions.proposals()) == 1
    assert "Seules les personnes inscrites" in window.toast.text
    window.directory.author.take("odile")
    assert view.accept_button.isVisible()


def test_a_new_entry_is_accepted_and_its_acceptance_taken_back(show: Show, window: Window, desk: Desk) -> None:
    new = EntryRecord(uid="neuf", kind="association", name="Chorale des Bains", city="Genève")
    desk.revisions.propose(new, "Zoé", base="")
    view = show()
    press(window, Qt.Key.Key_Down)
    assert view._heading.text() == "Nouvelle fiche : Chorale des Bains"
    assert view.model.index(1, 0).data(ROW_ROLE).body == "nouvelle fiche"
    press(window, Qt.Key.Key_Return, CTRL)
    assert desk.revisions.present("neuf").record == new
    press(window, Qt.Key.Key_Z, CTRL)
    assert desk.directory.entry("neuf").status == "closed"


def test_a_click_on_a_side_takes_it(show: Show) -> None:
    view = show()
    row = view.comparison.rows[1]
    QTest.mouseClick(row._tiles["left"], Qt.MouseButton.LeftButton)
    assert view.comparison.choices["stop"] == "left"


def test_where_nothing_waits_a_sentence_says_so(show: Show, window: Window, desk: Desk) -> None:
    show()
    press(window, Qt.Key.Key_Return, CTRL)
    assert window.directory.view("proposals")._pane._heading.isVisible()  # type: ignore[attr-defined]


def test_the_list_is_a_sound_model_that_speaks(show: Show, qtmodeltester: ModelTester) -> None:
    view = show()
    qtmodeltester.check(view.model)  # type: ignore[no-untyped-call]
    spoken = view.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Permanence Écho. résumé, arrêt")
