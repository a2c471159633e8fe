"""Many entries changed from one page, by the keyboard: choose, look, leave single ones out, apply, take back."""

from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pointinfo.database.schema import Contact
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord
from pointinfo.directory.bulk import Selection
from pointinfo.directory.bulk_edits import CheckOn, Replace
from pointinfo_ui.background import Background
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.bulk_model import PORTION, BulkModel
from pointinfo_ui.directory.bulk_view import BulkView
from pointinfo_ui.rows import ROW_ROLE
from pointinfo_ui.theme import Theme
from pointinfo_ui.window import Window
from tests.conftest import OnAsking, bury
from tests.ui.keys import ALT, CTRL, press, type_text


@pytest.fixture
def bulk(window: Window) -> BulkView:
    """The page of changes of many entries, nothing chosen yet."""
    window.show_page("directory")
    QApplication.processEvents()  # keys reach a window that knows it is active
    press(window, Qt.Key.Key_8, ALT)
    view = window.directory.view("bulk")
    assert isinstance(view, BulkView)
    return view


def ask(window: Window, bulk: BulkView, sought: str = "français", instead: str = "langue française") -> None:
    """Choose the entries with «cours» and look at other words in them."""
    type_text("cours")
    bulk.what.sought.setFocus()
    type_text(sought)
    bulk.what.instead.setFocus()
    type_text(instead)
    press(window, Qt.Key.Key_Return, CTRL)


def take_name(bulk: BulkView, name: str = "Odile") -> None:
    bulk.who.setFocus()
    type_text(name)


def shown(bulk: BulkView, row: int) -> Any:
    return bulk.preview.model.index(row, 0).data(ROW_ROLE)


def test_the_page_opens_on_the_first_field_and_says_what_to_do(bulk: BulkView) -> None:
    assert bulk.which.text.hasFocus()
    assert "Un mot ou un filtre" in bulk.counted.text()
    assert "Rien n’est encore modifié" in bulk.preview.sentence.text()
    assert not bulk.preview.apply_button.isVisible()


def test_the_count_follows_every_letter_and_filter(window: Window, bulk: BulkView, desk: Desk) -> None:
    type_text("cours")
    QApplication.processEvents()
    count = len(desk.bulk.select(Selection(text="cours")))
    assert bulk.counted.text() == f"{count} fiches"
    bulk.which.kind.setFocus()
    press(window, Qt.Key.Key_Down)
    fewer = len(desk.bulk.select(Selection(text="cours", kind="service")))
    assert fewer < count
    assert bulk.counted.text() == f"{fewer} fiches"
    bulk.which.text.setFocus()
    type_text("zzz")
    QApplication.processEvents()
    assert "Aucune fiche" in bulk.counted.text()


def test_the_changes_are_seen_before_anything_changes(window: Window, bulk: BulkView, desk: Desk) -> None:
    ask(window, bulk)
    assert bulk.preview.list.hasFocus()
    first = shown(bulk, 0)
    start, end = first.body_spans[0]
    assert first.body[start:end] == "langue française"
    assert "→" in first.body
    assert "fiches changeraient, sur" in bulk.preview.heading.text()
    QApplication.processEvents()
    details = [each.text() for each in bulk.findChildren(type(bulk.preview.heading)) if each.isVisible()]
    assert any(text.startswith("Avant : ") and "français" in text for text in details)
    assert any(text.startswith("Après : ") and "langue française" in text for text in details)
    line = bulk.preview.model.line(0)
    assert line is not None
    assert len(desk.revisions.history(line.uid)) == 1


def test_a_change_is_applied_by_name_except_where_it_was_left_out_and_taken_back_as_one(
    window: Window, bulk: BulkView, desk: Desk
) -> None:
    ask(window, bulk)
    lines = [bulk.preview.model.line(row) for row in range(2)]
    left, changed = (line.uid for line in lines if line is not None)
    press(window, Qt.Key.Key_Space)
    assert shown(bulk, 0).state == "laissée"
    count = len(bulk.preview.model.ids)
    press(window, Qt.Key.Key_S, CTRL)
    assert bulk.who.hasFocus(), "the history needs a name"
    type_text("Odile")
    press(window, Qt.Key.Key_S, CTRL)
    assert f"{count} fiches modifiées" in window.toast.text
    last = desk.revisions.history(changed)[-1]
    assert (last.author, last.comment) == ("Odile", "En lot : «français» → «langue française»")
    assert len(desk.revisions.history(left)) == 1
    press(window, Qt.Key.Key_Z, CTRL)
    assert "C’est annulé" in window.toast.text
    assert desk.revisions.present(changed).record == desk.revisions.history(changed)[0].record


def test_space_takes_an_entry_back_in(window: Window, bulk: BulkView) -> None:
    ask(window, bulk)
    count = len(bulk.preview.model.ids)
    press(window, Qt.Key.Key_Space)
    assert len(bulk.preview.model.ids) == count - 1
    assert f"Appliquer à {count - 1} fiches" in bulk.preview.apply_button.text()
    press(window, Qt.Key.Key_Space)
    assert len(bulk.preview.model.ids) == count


def test_another_choice_asks_for_another_look(window: Window, bulk: BulkView, desk: Desk) -> None:
    take_name(bulk)
    bulk.which.text.setFocus()
    ask(window, bulk)
    bulk.what.instead.setFocus()
    type_text("!")
    assert bulk.preview.model.rowCount() == 0
    assert not bulk.preview.apply_button.isVisible()
    press(window, Qt.Key.Key_S, CTRL)
    assert bulk.preview.model.rowCount(), "Ctrl+S looks first; nothing is applied unseen"
    line = bulk.preview.model.line(0)
    assert line is not None
    assert len(desk.revisions.history(line.uid)) == 1


def test_what_is_missing_is_said_in_a_sentence(window: Window, bulk: BulkView) -> None:
    press(window, Qt.Key.Key_Return, CTRL)
    assert "Choisissez d’abord des fiches" in bulk.preview.sentence.text()
    bulk.which.text.setFocus()
    type_text("cours")
    press(window, Qt.Key.Key_Return, CTRL)
    assert "Écrivez ce qui est à remplacer" in bulk.preview.sentence.text()
    bulk.what.sought.setFocus()
    type_text("xyzzy")
    press(window, Qt.Key.Key_Return, CTRL)
    assert "ne changerait" in bulk.preview.sentence.text()


def test_an_audience_is_moved(window: Window, bulk: BulkView, desk: Desk) -> None:
    take_name(bulk)
    bulk.which.audience.setFocus()
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down)
    assert bulk.which.audience.code == "jeunesse"
    count = len(desk.bulk.select(Selection(terms=(("audience", "jeunesse"),))))
    bulk.what.act.setFocus()
    press(window, Qt.Key.Key_Down)
    bulk.what.old.setFocus()
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down)
    bulk.what.new.setFocus()
    press(window, Qt.Key.Key_Down)
    assert (bulk.what.old.code, bulk.what.new.code) == ("jeunesse", "enfance")
    press(window, Qt.Key.Key_Return, CTRL)
    assert "Publics : " in shown(bulk, 0).body
    assert "Jeunesse" in shown(bulk, 0).body, "no raw code"
    press(window, Qt.Key.Key_S, CTRL)
    assert f"{count} fiches modifiées" in window.toast.text
    assert desk.bulk.select(Selection(terms=(("audience", "jeunesse"),))) == []


def test_a_status_asks_for_its_reason_and_a_check_for_its_day(window: Window, bulk: BulkView, desk: Desk) -> None:
    take_name(bulk)
    bulk.which.text.setFocus()
    type_text("vestiaire social")
    bulk.what.act.setFocus()
    for _number in range(3):
        press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return, CTRL)
    assert "Donnez la raison" in bulk.preview.sentence.text()
    bulk.what.reason.setFocus()
    type_text("travaux")
    press(window, Qt.Key.Key_Return, CTRL)
    press(window, Qt.Key.Key_S, CTRL)
    entry = desk.directory.entry("vestiaire-social")
    assert (entry.status, entry.status_reason) == ("do_not_refer", "travaux")
    bulk.what.act.setFocus()
    press(window, Qt.Key.Key_Up)
    press(window, Qt.Key.Key_Return, CTRL)
    press(window, Qt.Key.Key_S, CTRL)
    assert desk.directory.entry("vestiaire-social").next_check is not None


def test_who_is_no_editor_proposes(window: Window, bulk: BulkView, desk: Desk) -> None:
    desk.settings = msgspec.structs.replace(desk.settings, editors=("Odile",))
    take_name(bulk, "Ami")
    bulk.which.text.setFocus()
    ask(window, bulk)
    count = len(bulk.preview.model.ids)
    assert f"Proposer pour {count} fiches" in bulk.preview.apply_button.text()
    press(window, Qt.Key.Key_S, CTRL)
    assert f"{count} propositions attendent" in window.toast.text
    assert len(desk.revisions.proposals()) == count
    assert not bulk.undo()


def test_enter_opens_an_entry_in_the_editor(qtbot: QtBot, window: Window, bulk: BulkView, desk: Desk) -> None:
    ask(window, bulk)
    line = bulk.preview.model.line(0)
    assert line is not None
    asked: list[str] = []
    bulk.asked_for.disconnect()
    bulk.asked_for.connect(asked.append)
    press(window, Qt.Key.Key_Return)
    assert asked == [line.uid]


def test_entries_chosen_elsewhere_are_taken_over(bulk: BulkView, desk: Desk) -> None:
    bulk.select(["vestiaire-social", "action-impots"])
    QApplication.processEvents()
    assert "2 fiches choisies ailleurs" in bulk.which.handed.text()
    assert bulk.which.selection == Selection(uids=("vestiaire-social", "action-impots"), closed=True)
    assert bulk.counted.text() == "2 fiches"
    bulk.which.take([])
    assert not bulk.which.handed.isVisible()


def test_escape_stops_what_is_under_way_and_nothing_is_changed(qtbot: QtBot, desk: Desk, theme: Theme) -> None:
    work = OnAsking()
    author = Author(desk)
    view = BulkView(desk, theme, Background(work), author)
    view.resize(1200, 800)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    QApplication.processEvents()
    view.enter()
    author.take("Odile")
    view.which.text.setFocus()
    type_text("cours")
    view.what.sought.setFocus()
    type_text("français")
    press(view, Qt.Key.Key_Return, CTRL)
    assert view.preview.progress.isVisible()
    assert view.preview.stop_button.hasFocus()
    work.do()
    assert view.preview.model.rowCount()
    line = view.preview.model.line(0)
    assert line is not None
    view.save()
    assert view.preview.progress.isVisible()
    press(view, Qt.Key.Key_Escape)
    work.do()
    assert not view.preview.progress.isVisible()
    assert view.preview.model.rowCount(), "the preview is still there"
    assert len(desk.revisions.history(line.uid)) == 1
    view.save()
    work.do()
    assert len(desk.revisions.history(line.uid)) == 2
    bury(view)


def test_the_model_keeps_qts_rules_and_fetches_as_it_is_read(desk: Desk) -> None:
    desk.directory.load(
        [
            EntryRecord(uid=f"n{number:03}", kind="service", name=f"N {number:03}", stop="Bel-Air", city="Bel-Air")
            for number in range(3 * PORTION)
        ]
    )
    model = BulkModel(desk)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    ids = desk.bulk.select(Selection(text="bel air"))
    edit = Replace(("stop", "city"), "Bel-Air", "Rive")
    model.show(desk.bulk.preview(ids, edit), edit)
    assert model.rowCount() >= PORTION
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert model.rowCount() == 3 * PORTION
    assert "et 1 autre champ" in model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    model.toggle(4)
    assert len(model.ids) == 3 * PORTION - 1
    model.toggle(99_999)
    model.show(None, None)
    assert model.rowCount() == 0


def test_contacts_and_days_are_said_in_words(desk: Desk) -> None:
    desk.directory.load(
        [EntryRecord(uid="un", kind="service", name="Un", contacts=(Contact("phone", "022 111 11 11", "Accueil"),))]
    )
    model = BulkModel(desk)
    ids = desk.bulk.select(Selection(uids=("un",)))
    replace = Replace(("contacts",), "111 11 11", "222 22 22")
    model.show(desk.bulk.preview(ids, replace), replace)
    line = model.line(0)
    assert line is not None
    assert [said.after for said in model.said(line)] == ["Accueil 022 222 22 22"] or "222 22 22" in model.said(line)[
        0
    ].after
    day = CheckOn(desk.inquiries.today())
    model.show(desk.bulk.preview(ids, day), day)
    assert "23" in model.index(0, 0).data(ROW_ROLE).body


def test_every_stop_of_the_page_has_a_name(window: Window, bulk: BulkView) -> None:
    ask(window, bulk)
    stops = [each for each in bulk.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    own = [each for each in stops if each.isVisible() and each.parent() is not None]
    nameless = [each for each in own if not each.accessibleName() and each.objectName() != "qt_spinbox_lineedit"]
    assert nameless == []


def test_ctrl_z_belongs_to_a_field_again_once_something_is_typed(window: Window, bulk: BulkView, desk: Desk) -> None:
    take_name(bulk)
    bulk.which.text.setFocus()
    ask(window, bulk)
    line = bulk.preview.model.line(0)
    assert line is not None
    press(window, Qt.Key.Key_S, CTRL)
    bulk.what.instead.setFocus()
    type_text("!")
    press(window, Qt.Key.Key_Z, CTRL)
    assert "!" not in bulk.what.instead.text()
    assert len(desk.revisions.history(line.uid)) == 2, "what was applied stays"
