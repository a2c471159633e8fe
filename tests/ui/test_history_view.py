"""The history of an entry: sentences in the counter's time, two states compared, one gone back to and that undone."""

from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from pointinfo.database.schema import Contact, Wording
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.history_view import HistoryView
from pointinfo_ui.rows import ROW_ROLE
from pointinfo_ui.theme import Theme
from tests.conftest import Clock, bury
from tests.ui.keys import CTRL, press

UID = "essai"
FIRST = EntryRecord(
    uid=UID,
    kind="service",
    name="Permanence Écho",
    contacts=(Contact("phone", "022 418 00 00"),),
    hours="Mo-Fr 08:00-12:00",
    wordings={"fr": Wording(summary="Accueil et conseil pour les familles du quartier.")},
)
SECOND = msgspec.structs.replace(
    FIRST,
    hours="Mo-Fr 08:00-12:00,14:00-17:00",
    contacts=(Contact("phone", "022 418 11 11"),),
    wordings={"fr": Wording(summary="Accueil gratuit et conseil pour les familles.")},
)


@pytest.fixture
def author(desk: Desk) -> Author:
    made = Author(desk)
    made.take("Anne")
    return made


@pytest.fixture
def view(qtbot: QtBot, desk: Desk, theme: Theme, clock: Clock, author: Author) -> Iterator[HistoryView]:
    """The history of an entry that was made, changed, and closed."""
    desk.revisions.save(FIRST, "Odile")
    clock.now += timedelta(days=1)
    desk.revisions.save(SECOND, "Anne", comment="appel du 24")
    clock.now += timedelta(minutes=5)
    desk.revisions.close(UID, "Association dissoute", "Anne")
    made = HistoryView(desk, theme, author)
    made.resize(1200, 760)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.show_entry(UID)
    yield made
    bury(made)


def lines(view: HistoryView) -> list[str]:
    return [view.model.sentence(row) for row in range(view.model.rowCount())]


def test_each_change_is_a_sentence_the_newest_first_in_the_counters_time(view: HistoryView) -> None:
    assert lines(view) == [
        "24 novembre 2026, 10:17 · Anne · état, raison de l’état",
        "24 novembre 2026, 10:12 · Anne · résumé, téléphone, horaire",
        "23 novembre 2026, 10:12 · Odile · première version",
    ]
    states = [view.model.index(row, 0).data(ROW_ROLE).state for row in range(3)]
    assert states == ["fermée", "modifiée", "créée"]


def test_what_a_change_did_stands_beside_it_in_words(view: HistoryView) -> None:
    press(view, Qt.Key.Key_Down)
    rows = {row.field: row.accessibleName() for row in view.comparison.rows}
    assert list(rows) == ["wordings/fr/summary", "contacts", "hours"]
    assert rows["contacts"].endswith("Avant : 022 418 00 00. Après : 022 418 11 11")
    assert rows["hours"].endswith("Après : lu–ve 8:00–12:00, 14:00–17:00")


def test_a_change_of_one_number_says_just_that(view: HistoryView, desk: Desk) -> None:
    mail, web = Contact("email", "echo@example.ch"), Contact("web", "https://echo.example.ch")
    desk.revisions.save(msgspec.structs.replace(SECOND, contacts=(*SECOND.contacts, mail, web)), "Anne")
    other = Contact("phone", "022 418 22 22")
    desk.revisions.save(msgspec.structs.replace(SECOND, contacts=(other, mail, web)), "Anne")
    view.show_entry(UID)
    assert lines(view)[0].endswith(" · Anne · téléphone")
    assert lines(view)[1].endswith(" · Anne · état, courriel, site, raison de l’état")
    [row] = view.comparison.rows
    assert row.accessibleName() == "Téléphone. Avant : 022 418 11 11. Après : 022 418 22 22"


def test_two_marked_changes_stand_beside_each_other_the_older_first(view: HistoryView) -> None:
    press(view, Qt.Key.Key_Space)
    press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_Space)
    shown = ["status", "wordings/fr/summary", "contacts", "hours", "status_reason"]
    assert [row.field for row in view.comparison.rows] == shown
    assert "23 novembre 2026, 10:12 : Active" in view.comparison.rows[0].accessibleName()
    assert view.model.index(2, 0).data(ROW_ROLE).state == "✓ à comparer"
    press(view, Qt.Key.Key_Space)
    assert view.model.marked == [view.model.step(0).id]  # type: ignore[union-attr]


def test_a_state_is_restored_with_one_key_and_that_is_undone(view: HistoryView, desk: Desk, qtbot: QtBot) -> None:
    said: list[str] = []
    view.said.connect(said.append)
    press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.changed):
        press(view, Qt.Key.Key_R, CTRL)
    assert desk.revisions.present(UID).record == FIRST
    assert said[-1] == "Fiche rétablie comme au 23 novembre 2026, 10:12. Ctrl+Z la remet comme avant."
    assert lines(view)[0].endswith("état, résumé, téléphone, horaire, raison de l’état")
    assert view.undo()
    assert desk.revisions.present(UID).record.status == "closed"
    assert not view.undo()


def test_going_back_before_a_merge_separates_the_entries_and_that_is_undone(view: HistoryView, desk: Desk) -> None:
    desk.directory.load([msgspec.structs.replace(SECOND, uid="double", name="Double")])
    before = desk.revisions.reopen(UID, "Anne")
    desk.revisions.merge(msgspec.structs.replace(SECOND, stop="Servette"), "double", "Anne")
    view.show_entry(UID)
    said: list[str] = []
    view.said.connect(said.append)
    press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_R, CTRL)
    assert desk.revisions.present(UID).record == desk.revisions.revision(before).record
    assert desk.revisions.present("double").record.status == "active"
    assert "et séparée de Double." in said[-1]
    assert view.undo()
    assert desk.revisions.present(UID).record.stop == "Servette"
    assert desk.revisions.present("double").record.replaced_by == UID


def test_the_present_state_is_not_restored(view: HistoryView, desk: Desk) -> None:
    assert not view.restore_button.isEnabled()
    before = desk.revisions.present(UID).id
    press(view, Qt.Key.Key_R, CTRL)
    assert desk.revisions.present(UID).id == before


def test_who_is_no_editor_proposes_to_go_back(view: HistoryView, desk: Desk) -> None:
    desk.keep_settings(msgspec.structs.replace(desk.settings, editors=("Odile",)))
    press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_R, CTRL)
    assert desk.revisions.present(UID).record.status == "closed"
    [waiting] = desk.revisions.proposals()
    assert (waiting.author, waiting.record) == ("Anne", SECOND)


def test_escape_goes_back_to_the_entry(view: HistoryView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.back):
        press(view, Qt.Key.Key_Escape)


def test_the_list_is_a_sound_model_that_speaks(view: HistoryView, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(view.model)  # type: ignore[no-untyped-call]
    spoken = view.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("24 novembre 2026, 10:12 · Anne. modifiée. résumé, téléphone")
    assert spoken.endswith("Motif : appel du 24")


def test_actions_of_editors_are_told_in_words(view: HistoryView, desk: Desk) -> None:
    present = desk.revisions.reopen(UID, "Anne")
    wish = msgspec.structs.replace(SECOND, stop="Servette")
    accepted = desk.revisions.propose(wish, "Sami", base=present)
    desk.revisions.accept(accepted, wish, "Anne")
    refused = desk.revisions.propose(msgspec.structs.replace(wish, stop="X"), "Sami", base=present)
    desk.revisions.refuse(refused, "Anne", "arrêt inconnu")
    desk.directory.load([msgspec.structs.replace(wish, uid="double")])
    desk.revisions.merge(wish, "double", "Anne")
    view.show_entry(UID)
    rows = [view.model.index(row, 0).data(ROW_ROLE) for row in range(4)]
    assert [row.state for row in rows] == ["réunie", "proposition refusée", "proposition acceptée", "rouverte"]
    assert rows[1].body == "rien n’a changé"
    assert rows[1].meta == "Motif : arrêt inconnu"


def test_a_change_made_by_nobody_in_particular_says_so(view: HistoryView, desk: Desk) -> None:
    desk.directory.load([FIRST])
    view.show_entry(UID)
    assert " · sans nom · " in lines(view)[0]
    assert view.model.index(0, 0).data(ROW_ROLE).state == "importée"
