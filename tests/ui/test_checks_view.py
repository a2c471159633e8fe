"""What is to be checked: five calls in five keys, every outcome of a call, mails, sheets and replies."""

from email.message import EmailMessage
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from pointinfo.config import Settings
from pointinfo.database.schema import Contact
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord
from pointinfo_ui.background import Background
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.checks_view import A_DAY, ChecksView
from pointinfo_ui.directory.due_model import DueModel
from pointinfo_ui.rows import ROW_ROLE
from pointinfo_ui.theme import Theme
from pointinfo_ui.window import Window
from tests.ui.keys import ALT, CTRL, press, type_text


@pytest.fixture
def checks(window: Window, qtbot: QtBot) -> ChecksView:
    """What is to be checked, turned to with its key."""
    qtbot.waitUntil(window.isActiveWindow)
    window.show_page("directory")
    press(window, Qt.Key.Key_2, ALT)
    view = window.directory.view("checks")
    assert isinstance(view, ChecksView)
    return view


def listed(checks: ChecksView) -> list[str]:
    return [checks.model.uid(row) for row in range(checks.model.rowCount())]


def shown(checks: ChecksView) -> str:
    """The entry whose call is shown."""
    assert checks.call.entry is not None
    return checks.call.entry.uid


def said(checks: ChecksView, role: str = "") -> str:
    """What the call says, in one role of the look only if one is given."""
    QApplication.processEvents()  # new labels are shown by the event loop
    labels = [each for each in checks.call.findChildren(QLabel) if each.isVisibleTo(checks.call)]
    return "\n".join(each.text() for each in labels if role in ("", each.property("role")))


def texts(checks: ChecksView) -> str:
    return "\n".join(each.text() for each in checks.findChildren(QLabel))


def click(checks: ChecksView, name: str) -> None:
    [found] = [each for each in checks.findChildren(QPushButton) if each.accessibleName() == name and each.isVisible()]
    found.click()


def test_an_editor_verifies_five_entries_in_five_key_presses(window: Window, checks: ChecksView, desk: Desk) -> None:
    checks.name_line.setFocus()
    type_text("Odile")
    first = listed(checks)
    assert len(first) == A_DAY
    checked = []
    for _press in range(5):
        checked.append(shown(checks))
        press(window, Qt.Key.Key_Return, CTRL)
    assert checked[0] == first[0]
    assert len(set(checked)) == 5
    for uid in checked:
        present = desk.revisions.present(uid)
        assert (present.action, present.author) == ("verify", "Odile")
        assert present.record.verified_on == "2026-11-23"
    assert desk.verification.done_today() == 5
    assert "5 vérifiées aujourd’hui : les appels du jour sont faits." in texts(checks)
    assert not set(checked) & set(listed(checks)), "the next ones have come up"


def test_ctrl_z_takes_the_last_check_back_and_the_entry_comes_up_again(
    window: Window, checks: ChecksView, desk: Desk
) -> None:
    uid = shown(checks)
    press(window, Qt.Key.Key_Return, CTRL)
    assert shown(checks) != uid
    press(window, Qt.Key.Key_Z, CTRL)
    assert uid in listed(checks)
    assert desk.revisions.present(uid).record.verified_on is None
    press(window, Qt.Key.Key_Z, CTRL)
    assert window.toast.text == "Rien à annuler ici."


def test_without_an_answer_the_entry_goes_to_next_week(window: Window, checks: ChecksView, desk: Desk) -> None:
    uid = shown(checks)
    press(window, Qt.Key.Key_R, CTRL)
    assert uid not in listed(checks)
    assert desk.revisions.present(uid).comment.startswith("Pas de réponse")
    assert desk.verification.done_today() == 0


def test_from_another_part_the_command_turns_to_the_list_and_checks_nothing(window: Window, desk: Desk) -> None:
    window.show_page("directory")
    press(window, Qt.Key.Key_3, ALT)
    press(window, Qt.Key.Key_Return, CTRL)
    assert not window.directory.view("checks").isVisible()
    window.perform(next(command for command in window.commands if command.name == "still_correct" and command.part))
    assert window.directory.view("checks").isVisible()
    assert desk.verification.done_today() == 0


def test_the_call_shows_the_number_large_and_a_question_for_each_fact(checks: ChecksView, desk: Desk) -> None:
    record = EntryRecord(
        uid="bipe2",
        kind="service",
        name="Aaa",
        important=True,
        contacts=(Contact("phone", "022 418 81 81", "secrétariat"),),
        hours="Mo-Fr 08:30-12:00",
        internal_contacts=(Contact("phone", "022 000 00 00"),),
    )
    desk.directory.load([record])
    checks.refresh()
    checks.list.setCurrentIndex(checks.model.index(0, 0))
    assert shown(checks) == "bipe2"
    assert said(checks, "figure") == "022 418 81 81\n022 000 00 00"
    for text in ("secrétariat", "ligne directe, à ne pas donner", "Vos horaires sont-ils toujours ceux-ci ?"):
        assert text in said(checks)
    assert "lu–ve 8:30–12:00" in said(checks)
    assert "Ouvert jusqu’à 12:00" in said(checks), "whether anyone will answer now"
    assert checks.model.index(0, 0).data(ROW_ROLE).state == "importante"


def test_who_calls_is_in_the_first_sentence_as_soon_as_it_is_known(checks: ChecksView, desk: Desk) -> None:
    desk.keep_settings(Settings(counter_name="Point info Servette"))
    checks.name_line.setFocus()
    type_text("Odile")
    assert "Bonjour, Odile, du Point info Servette." in said(checks)


def test_without_a_number_the_other_ways_are_offered(checks: ChecksView, desk: Desk) -> None:
    desk.directory.load(
        [EntryRecord(uid="un", kind="place", name="Un", important=True, contacts=(Contact("email", "a@example.org"),))]
    )
    checks.choose_kind("place")
    checks.list.setCurrentIndex(checks.model.index(0, 0))
    assert "Préparez un courriel pour a@example.org." in said(checks)
    assert checks.call.how == "email"


def test_what_is_due_is_listed_by_kind_too(window: Window, checks: ChecksView, desk: Desk) -> None:
    click(checks, "Activité")
    kinds = {desk.directory.entry(uid).kind for uid in listed(checks)}
    assert kinds == {"activity"}
    assert len(listed(checks)) > A_DAY
    click(checks, "À appeler aujourd’hui")
    assert len(listed(checks)) == A_DAY


def test_correcting_asks_for_the_editor(qtbot: QtBot, desk: Desk, theme: Theme, background: Background) -> None:
    view = ChecksView(desk, theme, background, Author(desk))
    qtbot.addWidget(view)
    view.enter()
    asked: list[str] = []
    view.asked_for.connect(asked.append)
    view.correct()
    assert asked == [shown(view)]


def test_an_editor_closes_an_entry_with_a_reason_and_can_take_it_back(
    window: Window, checks: ChecksView, desk: Desk
) -> None:
    uid = shown(checks)
    click(checks, "Fermée")
    assert checks.call.closing.reason.hasFocus()
    type_text("dissoute")
    press(window, Qt.Key.Key_Return)
    record = desk.revisions.present(uid).record
    assert (record.status, record.status_reason) == ("closed", "dissoute")
    assert uid not in listed(checks)
    assert checks.list.hasFocus()
    press(window, Qt.Key.Key_Z, CTRL)
    assert desk.revisions.present(uid).record.status == "active"
    assert uid in listed(checks)


def test_closing_needs_a_reason_and_leads_to_a_successor(window: Window, checks: ChecksView, desk: Desk) -> None:
    uid = shown(checks)
    click(checks, "Fermée")
    press(window, Qt.Key.Key_Return)
    assert desk.revisions.present(uid).record.status == "active"
    successor = next(each for each in listed(checks) if each != uid)
    type_text("réunie")
    checks.call.closing.successor.fill(successor)
    press(window, Qt.Key.Key_Return)
    record = desk.revisions.present(uid).record
    assert (record.status, record.replaced_by) == ("closed", successor)


def test_escape_leaves_an_entry_open(window: Window, checks: ChecksView, desk: Desk) -> None:
    uid = shown(checks)
    click(checks, "Fermée")
    press(window, Qt.Key.Key_Escape)
    assert not checks.call.closing.reason.isVisible()
    assert desk.revisions.present(uid).record.status == "active"


def test_whoever_is_no_editor_verifies_but_only_proposes_to_close(
    window: Window, checks: ChecksView, desk: Desk
) -> None:
    desk.keep_settings(Settings(editors=("Odile",)))
    checks.name_line.setFocus()
    type_text("Karim")
    uid = shown(checks)
    press(window, Qt.Key.Key_Return, CTRL)
    assert desk.revisions.present(uid).author == "Karim"
    uid = shown(checks)
    click(checks, "Fermée")
    type_text("dissoute")
    press(window, Qt.Key.Key_Return)
    assert desk.revisions.present(uid).record.status == "active"
    [proposal] = desk.revisions.proposals()
    assert (proposal.record.uid, proposal.record.status, proposal.author) == (uid, "closed", "Karim")
    press(window, Qt.Key.Key_Z, CTRL)
    assert desk.revisions.proposals() == []


def test_the_light_at_the_counter_follows_a_check(window: Window, checks: ChecksView, desk: Desk) -> None:
    name = desk.directory.entry(shown(checks)).name
    press(window, Qt.Key.Key_Return, CTRL)
    window.show_page("counter")
    type_text(name)
    assert window.counter.results.model().index(0, 0).data(ROW_ROLE).light == "vérifié"


def test_a_mail_is_written_and_its_reply_becomes_a_proposal(checks: ChecksView, desk: Desk, tmp_path: Path) -> None:
    uid = shown(checks)
    checks.files.write_mail(uid, str(tmp_path / "demande.eml"))
    asked = desk.check_sheets.sheet(uid)
    assert "Votre fiche" in (tmp_path / "demande.eml").read_text()
    reply = EmailMessage()
    reply["From"] = "Claire Dupont <claire@example.org>"
    reply.set_content(f"> Prix : 5 francs\n> NPA : bientôt\n> {asked.reference}\n")
    (tmp_path / "réponse.eml").write_bytes(reply.as_bytes())
    heard: list[str] = []
    checks.said.connect(heard.append)
    checks.files.read_reply(str(tmp_path / "réponse.eml"))
    [proposal] = desk.revisions.proposals()
    assert (proposal.author, proposal.record.wordings["fr"].fee) == ("Claire Dupont", "5 francs")
    assert heard[-1].endswith("1 changement proposé. 1 ligne à lire.")


def test_a_sheet_is_written_as_a_pdf(checks: ChecksView, tmp_path: Path) -> None:
    checks.files.write_sheet(shown(checks), str(tmp_path / "feuille.pdf"))
    assert (tmp_path / "feuille.pdf").read_bytes().startswith(b"%PDF")
    assert [file.name for file in tmp_path.glob("*feuille*")] == ["feuille.pdf"]


def test_a_sheet_that_came_back_is_typed_and_kept_without_the_mouse(
    window: Window, checks: ChecksView, desk: Desk
) -> None:
    checks.name_line.setFocus()
    type_text("Odile")
    checks.list.setFocus()
    uid = shown(checks)
    press(window, Qt.Key.Key_T, CTRL)
    form = checks.form
    assert form.isVisible()
    assert not checks.call.isVisible()
    assert form.lines["name"].hasFocus()
    while not form.lines["stop"].hasFocus():
        press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_A, CTRL)
    type_text("Poterie")
    assert checks.is_edited
    before = desk.revisions.present(uid).record
    press(window, Qt.Key.Key_Return, CTRL)
    now = desk.revisions.present(uid)
    assert (now.author, now.record.stop, now.record.verified_how) == ("Odile", "Poterie", "sheet")
    assert "1 fait corrigé" in window.toast.text
    assert not form.isVisible()
    assert checks.call.isVisible()
    assert checks.list.hasFocus()
    assert uid not in listed(checks)
    press(window, Qt.Key.Key_Z, CTRL)
    assert desk.revisions.present(uid).record == before


def test_a_line_of_a_sheet_that_nobody_can_read_is_shown_and_nothing_is_kept(
    window: Window, checks: ChecksView, desk: Desk
) -> None:
    uid = shown(checks)
    press(window, Qt.Key.Key_T, CTRL)
    checks.form.lines["age_to"].setFocus()
    type_text("bientôt")
    checks.form.lines["stop"].setFocus()
    press(window, Qt.Key.Key_Return, CTRL)
    assert checks.form.lines["age_to"].hasFocus()
    assert "n’est pas comprise" in "\n".join(
        each.text() for each in checks.form.findChildren(QLabel) if each.isVisibleTo(checks.form)
    )
    assert desk.revisions.present(uid).record.verified_on is None
    press(window, Qt.Key.Key_Escape)
    assert checks.form.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert not checks.form.isVisible()
    assert not checks.is_edited


def test_the_sheet_of_any_entry_can_be_typed(window: Window, checks: ChecksView, desk: Desk) -> None:
    press(window, Qt.Key.Key_T, CTRL)
    checks.form.entry.fill("hospice-general")
    checks.form.entry.edited.emit()
    assert checks.form.sheet is not None
    assert checks.form.sheet.uid == "hospice-general"
    type_text("X")
    checks.form.entry.fill("bipe")
    checks.form.entry.edited.emit()
    assert checks.form.sheet.uid == "hospice-general"


def test_whoever_is_no_editor_proposes_a_sheet(window: Window, checks: ChecksView, desk: Desk) -> None:
    desk.keep_settings(Settings(editors=("Odile",)))
    checks.name_line.setFocus()
    type_text("Karim")
    press(window, Qt.Key.Key_T, CTRL)
    checks.form.lines["stop"].setFocus()
    type_text("Poterie")
    press(window, Qt.Key.Key_Return, CTRL)
    [proposal] = desk.revisions.proposals()
    assert proposal.author == "Karim"
    press(window, Qt.Key.Key_Z, CTRL)
    assert desk.revisions.proposals() == []


def test_files_that_cannot_be_read_or_written_are_said_calmly(checks: ChecksView, tmp_path: Path) -> None:
    heard: list[str] = []
    checks.said.connect(heard.append)
    checks.files.read_reply(str(tmp_path / "nulle part.eml"))
    (tmp_path / "autre.txt").write_text("Bonjour")
    checks.files.read_reply(str(tmp_path / "autre.txt"))
    checks.files.write_mail(shown(checks), str(tmp_path / "sans" / "dossier.eml"))
    assert ["n’a pas pu être lu" in heard[0], "référence" in heard[1], "n’a pas pu être enregistré" in heard[2]] == [
        True
    ] * 3


def test_a_check_that_cannot_be_kept_is_said_and_the_entry_stays(
    window: Window, checks: ChecksView, desk: Desk
) -> None:
    uid = shown(checks)
    closed = msgspec.structs.replace(desk.revisions.present(uid).record, status="closed")
    desk.revisions.save(closed, "Karim")
    press(window, Qt.Key.Key_Return, CTRL)
    assert "est fermée" in window.toast.text
    assert shown(checks) == uid


def test_a_directory_that_is_up_to_date_says_so(qtbot: QtBot, own: Desk, theme: Theme, background: Background) -> None:
    view = ChecksView(own, theme, background, Author(own))
    qtbot.addWidget(view)
    view.show()
    view.enter()
    assert "Rien à vérifier ici." in texts(view)
    assert not view.call.isVisible()
    view.still_correct()
    view.no_answer()
    view.correct()
    assert not view.undo()


def test_a_low_window_lets_the_outcomes_scroll_with_the_call(window: Window, checks: ChecksView) -> None:
    window.resize(1440, 900)
    foot = next(each for each in checks.findChildren(QPushButton) if each.accessibleName() == "Pas de réponse")
    assert not checks.call._scroll.isAncestorOf(foot)
    window.resize(700, 520)
    checks.call.resize(500, 300)
    assert checks.call._scroll.isAncestorOf(foot)
    uid = shown(checks)
    press(window, Qt.Key.Key_Return, CTRL)
    assert shown(checks) != uid
    assert checks.call._scroll.isAncestorOf(foot)


def test_the_list_is_a_sound_model_that_can_be_read_aloud(desk: Desk, qtmodeltester: object) -> None:
    model = DueModel(desk)
    model.show(desk.verification.due())
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    sentence = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert desk.verification.due()[0].name in sentence
    assert "à vérifier" in sentence
    model.show([])
    qtmodeltester.check(model)  # type: ignore[attr-defined]
