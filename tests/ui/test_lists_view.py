"""The lists, edited by the keyboard: words, order, new terms, what is offered no more and where its entries go."""

from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from pointinfo.desk import Desk
from pointinfo.directory import Query, TermDetail
from pointinfo.inquiries import Note
from pointinfo_ui.directory.lists_model import TermsModel
from pointinfo_ui.directory.lists_view import ListsView
from pointinfo_ui.rows import ROW_ROLE
from pointinfo_ui.window import Window
from tests.ui.keys import ALT, CTRL, press, type_text


@pytest.fixture
def lists(window: Window) -> ListsView:
    """The audiences, the first of them chosen."""
    window.show_page("directory")
    QApplication.processEvents()  # keys reach a window that knows it is active
    press(window, Qt.Key.Key_7, ALT)
    view = window.directory.view("lists")
    assert isinstance(view, ListsView)
    return view


def audiences(desk: Desk) -> list[str]:
    return [term.label for term in desk.directory.terms("audience")]


def term(desk: Desk, code: str, name: str = "audience") -> TermDetail:
    return next(term for term in desk.vocabularies.terms(name) if term.code == code)


def choose(view: ListsView, code: str) -> None:
    """Go down the list to a term."""
    view.list.setFocus()
    press(view, Qt.Key.Key_Home)
    while view.model.terms[view.list.currentIndex().row()].code != code:
        press(view, Qt.Key.Key_Down)


def retype(window: Window, text: str) -> None:
    """Type over what the field says."""
    press(window, Qt.Key.Key_A, CTRL)
    type_text(text)


def shown(view: ListsView, row: int) -> Any:
    return view.model.index(row, 0).data(ROW_ROLE)


def test_the_page_opens_on_the_terms_with_their_entries(lists: ListsView, desk: Desk) -> None:
    assert lists.list.hasFocus()
    assert [shown(lists, row).heading for row in range(6)] == audiences(desk)
    assert f"{term(desk, 'enfance').entries} fiches" in shown(lists, 0).meta


def test_a_label_is_typed_saved_with_ctrl_s_and_found_at_once(window: Window, lists: ListsView, desk: Desk) -> None:
    press(window, Qt.Key.Key_Return)
    retype(window, "Tout-petits")
    assert shown(lists, 0).state == "modifié"
    assert audiences(desk)[0] == "Enfance", "nothing is saved by typing"
    press(window, Qt.Key.Key_S, CTRL)
    assert audiences(desk)[0] == "Tout-petits"
    assert "Liste enregistrée" in window.toast.text
    assert desk.directory.search(Query("tout-petits")).hits
    assert not lists.is_edited


def test_ctrl_z_takes_a_save_back_even_from_within_the_field(window: Window, lists: ListsView, desk: Desk) -> None:
    press(window, Qt.Key.Key_Return)
    retype(window, "Tout-petits")
    press(window, Qt.Key.Key_S, CTRL)
    press(window, Qt.Key.Key_Z, CTRL)
    assert audiences(desk)[0] == "Enfance"
    assert "comme avant" in window.toast.text
    assert lists.form.french.text() == "Enfance"


def test_synonyms_are_one_a_line_and_one_that_another_term_has_is_told_but_saved(
    window: Window, lists: ListsView, desk: Desk
) -> None:
    lists.form.synonyms.setFocus()
    press(window, Qt.Key.Key_A, CTRL)
    type_text("gosses")
    press(window, Qt.Key.Key_Return)
    type_text("Jeunesse")
    assert "«Jeunesse» est aussi un mot de «Jeunesse»" in lists.form._shared.text()
    press(window, Qt.Key.Key_S, CTRL)
    assert term(desk, "enfance").synonyms == ("gosses", "Jeunesse")


def test_labels_in_other_languages_are_typed_beside(window: Window, lists: ListsView, desk: Desk) -> None:
    lists.form.english.setFocus()
    retype(window, "Kids")
    press(window, Qt.Key.Key_Tab)
    assert lists.form.language.hasFocus()
    while lists.form.language.code != "it":
        press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Tab)
    type_text("Infanzia")
    press(window, Qt.Key.Key_S, CTRL)
    labels = term(desk, "enfance").labels
    assert (labels["fr"], labels["en"], labels["it"]) == ("Enfance", "Kids", "Infanzia")


def test_alt_and_arrows_move_a_term_and_ctrl_z_moves_it_back(window: Window, lists: ListsView, desk: Desk) -> None:
    before = audiences(desk)
    press(window, Qt.Key.Key_Down, ALT)
    press(window, Qt.Key.Key_Down, ALT)
    assert lists.list.currentIndex().row() == 2
    press(window, Qt.Key.Key_Z, CTRL)
    assert [each.label for each in lists.model.terms] == [before[1], before[0], *before[2:]]
    press(window, Qt.Key.Key_S, CTRL)
    assert audiences(desk) == [before[1], before[0], *before[2:]]
    press(window, Qt.Key.Key_Up, ALT)
    press(window, Qt.Key.Key_Up, ALT)
    assert [each.label for each in lists.model.terms][:2] in ([before[0], before[1]], [before[1], before[0]])


def test_a_term_is_added_and_named_without_the_mouse(window: Window, lists: ListsView, desk: Desk) -> None:
    press(window, Qt.Key.Key_Insert)
    type_text("Étudiant-e-s")
    press(window, Qt.Key.Key_Escape)
    assert lists.list.hasFocus()
    press(window, Qt.Key.Key_S, CTRL)
    assert audiences(desk)[1] == "Étudiant-e-s"
    assert term(desk, "etudiant-e-s").edited
    press(window, Qt.Key.Key_Z, CTRL)
    assert "Étudiant-e-s" not in audiences(desk)
    assert term(desk, "etudiant-e-s").retired, "a code is never dropped"


def test_a_term_without_a_french_name_is_not_saved_and_gets_the_focus(
    window: Window, lists: ListsView, desk: Desk
) -> None:
    press(window, Qt.Key.Key_Insert)
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_Home)
    press(window, Qt.Key.Key_S, CTRL)
    assert lists.form.french.hasFocus()
    assert "pas de nom français" in window.toast.text
    assert len(desk.vocabularies.terms("audience")) == 6
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_Delete)
    assert not lists.is_edited, "one that was never saved simply goes"


def test_a_retired_term_hands_its_entries_to_its_successor_by_name_and_they_can_go_back(
    window: Window, lists: ListsView, desk: Desk
) -> None:
    old, new = term(desk, "jeunesse"), term(desk, "enfance")
    both = len(desk.bulk.select(selection(("audience", "jeunesse"), ("audience", "enfance"))))
    choose(lists, "jeunesse")
    press(window, Qt.Key.Key_Delete)
    assert shown(lists, 1).struck
    assert f"Le portent encore : {old.entries} fiches" in lists.form.state.text()
    lists.form.successor.setFocus()
    press(window, Qt.Key.Key_Down)
    assert lists.form.successor.code == "enfance"
    press(window, Qt.Key.Key_S, CTRL)
    assert "Jeunesse" not in audiences(desk)
    click(lists, f"Déplacer {old.entries} fiches")
    assert lists.who.hasFocus()
    assert "Écrivez d’abord votre nom" in window.toast.text
    type_text("Odile")
    click(lists, f"Déplacer {old.entries} fiches")
    assert f"{old.entries} fiches modifiées" in window.toast.text
    assert (term(desk, "jeunesse").entries, term(desk, "enfance").entries) == (0, old.entries + new.entries - both)
    press(window, Qt.Key.Key_Z, CTRL)
    assert (term(desk, "jeunesse").entries, term(desk, "enfance").entries) == (old.entries, new.entries)


def selection(*terms: tuple[str, str]) -> Any:
    from pointinfo.directory.bulk import Selection

    return Selection(terms=terms, closed=True)


def click(view: QWidget, name: str) -> None:
    """Press a button with the space bar."""
    [found] = [each for each in view.findChildren(QPushButton) if each.accessibleName() == name and each.isVisible()]
    found.setFocus()
    press(view, Qt.Key.Key_Space)


def test_the_history_of_a_moved_entry_says_who_and_what(window: Window, lists: ListsView, desk: Desk) -> None:
    young = desk.directory.rows(desk.bulk.select(selection(("audience", "jeunesse"))))
    lists.who.setFocus()
    type_text("Odile")
    choose(lists, "jeunesse")
    press(window, Qt.Key.Key_Delete)
    lists.form.successor.setFocus()
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_S, CTRL)
    lists.move_entries()
    QApplication.processEvents()
    last = desk.revisions.history(young[0].uid)[-1]
    assert (last.author, last.comment) == ("Odile", "«Jeunesse» est devenu «Enfance»")


def test_the_whole_population_stays(window: Window, lists: ListsView, desk: Desk) -> None:
    choose(lists, "population")
    press(window, Qt.Key.Key_Delete)
    assert "exclut les autres publics" in window.toast.text
    assert not lists.is_edited


def test_changes_of_one_list_wait_while_another_is_shown(window: Window, lists: ListsView, desk: Desk) -> None:
    press(window, Qt.Key.Key_Return)
    retype(window, "Tout-petits")
    lists.choice.setFocus()
    press(window, Qt.Key.Key_Down)
    assert lists.model.name == "theme"
    assert lists.choice.itemText(0) == "Publics (modifiée)"
    assert lists.is_edited
    lists.choice.setFocus()
    press(window, Qt.Key.Key_Up)
    assert lists.form.french.text() == "Tout-petits"
    click(lists, "Abandonner les changements")
    assert lists.form.french.text() == "Enfance"
    press(window, Qt.Key.Key_Z, CTRL)
    assert lists.form.french.text() == "Tout-petits", "giving up can be taken back too"


def test_the_counter_and_the_note_offer_the_list_as_it_is_now(window: Window, lists: ListsView, desk: Desk) -> None:
    desk.inquiries.add(Note(audiences=("jeunesse",)))
    press(window, Qt.Key.Key_Return)
    retype(window, "Tout-petits")
    choose(lists, "jeunesse")
    press(window, Qt.Key.Key_Delete)
    press(window, Qt.Key.Key_S, CTRL)
    press(window, Qt.Key.Key_1, CTRL)
    QApplication.processEvents()
    chips = [each.text() for each in window.counter.filters.findChildren(QPushButton) if each.isVisible()]
    assert any(text.startswith("Tout-petits") for text in chips)
    assert not any(text.startswith(("Enfance", "Jeunesse")) for text in chips)
    offered = [action.text() for action in window.counter.form.first_field.menu_view.actions()]  # type: ignore[attr-defined]
    assert offered[0] == "Tout-petits"
    assert "Jeunesse" not in offered
    press(window, Qt.Key.Key_2, CTRL)
    assert "Jeunesse" in window.journal.model.index(0, 0).data(ROW_ROLE).meta
    assert "Jeunesse" in window.journal.form.first_field.text()  # type: ignore[attr-defined]


def test_who_does_not_keep_the_directory_sees_and_is_told(window: Window, lists: ListsView, desk: Desk) -> None:
    desk.settings = msgspec.structs.replace(desk.settings, editors=("Odile",))
    lists.who.setFocus()
    type_text("Ami")
    assert lists.notice.isVisible()
    assert lists.form.french.isReadOnly()
    lists.list.setFocus()
    for key in (Qt.Key.Key_Insert, Qt.Key.Key_Delete):
        press(window, key)
    press(window, Qt.Key.Key_Down, ALT)
    press(window, Qt.Key.Key_S, CTRL)
    assert not lists.is_edited
    assert "revient aux personnes" in window.toast.text
    lists.who.setFocus()
    retype(window, "Odile")
    assert not lists.notice.isVisible()
    assert not lists.form.french.isReadOnly()


def test_a_topic_stands_under_a_theme_and_an_audience_under_nothing(
    window: Window, lists: ListsView, desk: Desk
) -> None:
    assert not lists.form.parent_choice.isVisible()
    lists.show_list("topic")
    assert lists.form.parent_choice.isVisible()
    assert lists.form.parent_choice.accessibleName() == "Rangé sous"
    first = desk.vocabularies.terms("topic")[0]
    assert lists.form.parent_choice.code == first.parent
    lists.form.parent_choice.setFocus()
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_S, CTRL)
    assert term(desk, first.code, "topic").parent != first.parent


def test_the_model_keeps_qts_rules_through_every_change(desk: Desk) -> None:
    model = TermsModel(desk.vocabularies.terms, desk.words)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show("fee")
    count = model.rowCount()
    assert model.move(0, 1)
    assert model.move(count - 1, -1)
    assert not model.move(0, -1)
    model.add(1)
    model.change(1, TermDetail(labels={"fr": "Bon"}), "fr")
    assert "Bon" in model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    model.drop(1)
    while model.undo():
        pass
    assert not model.is_edited
    assert model.rowCount() == count
    model.show("area")
    assert model.rowCount() == 3


def test_every_stop_has_a_name(lists: ListsView) -> None:
    stops = [each for each in lists.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    nameless = [each for each in stops if each.isVisible() and not each.accessibleName()]
    assert [each for each in nameless if not each.focusProxy() and each.parent() is not None] == []
