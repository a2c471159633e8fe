"""The errand, from a visitor's question to the row in the journal, as a clerk does it: with the keyboard only."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from pointinfo import i18n
from pointinfo.desk import Desk, open_desk
from pointinfo_ui.background import Background
from pointinfo_ui.commands import key_words
from pointinfo_ui.rows import ROW_ROLE
from pointinfo_ui.theme import Theme
from pointinfo_ui.window import Window
from tests.conftest import Clock, bury
from tests.ui.keys import CTRL, SHIFT, press, type_text


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printing system that keeps what it is sent: an `lp` of our own, first on the path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    kept = tmp_path / "printed.pdf"
    script = folder / "lp"
    script.write_text(f"#!/bin/sh\ncat > '{kept}'\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return kept


def test_the_whole_errand_takes_at_most_five_keys_beyond_the_words(
    window: Window, desk: Desk, qtbot: QtBot, printed: Path
) -> None:
    keys = 0
    type_text("place en crèche")
    assert window.counter.card.entry is not None, "the first result is shown at once"
    name = window.counter.card.entry.name
    assert "crèche" in name.lower() or "petite enfance" in name.lower()

    press(window, Qt.Key.Key_Return)  # add to the visit
    keys += 1
    assert [seen.name for seen in window.counter.visit.kept] == [name]

    press(window, Qt.Key.Key_P, CTRL)  # show the sheet
    keys += 1
    qtbot.waitUntil(lambda: window.counter.preview.is_ready)

    press(window, Qt.Key.Key_P, CTRL)  # print it
    keys += 1
    qtbot.waitUntil(lambda: bool(window.counter.visit.copies))

    press(window, Qt.Key.Key_Return, CTRL)  # note, next visitor
    keys += 1

    assert keys <= 5
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(printed.read_bytes()))
    assert name in text.replace("\r\n", " ")
    assert "Données de démonstration" in text
    [row] = desk.inquiries.journal()
    assert row.note.outcome == "referred"
    assert row.note.themes[:1] == ("petite-enfance",)
    assert [(referral.copies, referral.language) for referral in row.note.referrals] == [(1, "fr")]
    assert row.hour == 10


def test_nothing_of_the_last_visit_stays_on_the_screen(window: Window) -> None:
    type_text("impôts")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Return, CTRL)
    assert window.counter.search.text() == ""
    assert window.counter.card.entry is None
    assert window.counter.visit.is_empty
    assert window.counter.panel.form.note().themes == ()
    assert window.counter.search.hasFocus()
    press(window, Qt.Key.Key_Z, CTRL)
    assert window.counter.search.text() == "", "undo does not bring the words of the last visitor back"


def test_a_note_is_on_disk_before_the_form_clears(window: Window, home: Path, clock: Clock) -> None:
    type_text("logement")
    press(window, Qt.Key.Key_Return, CTRL)
    other = open_desk(home, clock)
    try:
        assert other.inquiries.count().inquiries == 1
    finally:
        other.close()


def test_a_mistaken_note_is_taken_back_with_one_key(window: Window, desk: Desk) -> None:
    type_text("logement")
    press(window, Qt.Key.Key_Return, CTRL)
    press(window, Qt.Key.Key_Z, CTRL)
    assert desk.inquiries.count().inquiries == 0
    assert [row.voided for row in desk.inquiries.journal()] == [True]


def test_a_simple_question_is_one_key(window: Window, desk: Desk) -> None:
    press(window, Qt.Key.Key_F9)
    press(window, Qt.Key.Key_F9)
    assert desk.inquiries.count() == (2, 2)
    assert {row.note.mode for row in desk.inquiries.journal()} == {"tally"}


def test_what_nobody_offers_is_noted_as_an_unmet_need(window: Window, desk: Desk) -> None:
    type_text("zzzz")
    assert window.counter.card.entry is None
    press(window, Qt.Key.Key_U, CTRL)
    press(window, Qt.Key.Key_Return, CTRL)
    [row] = desk.inquiries.journal()
    assert (row.note.outcome, row.note.reason) == ("not-met", "no-offer")


def test_ten_visitors_in_a_row(window: Window, desk: Desk) -> None:
    for words in ("crèche", "impôts", "OCPM", "aînés", "dettes", "vélo", "sport", "AVS", "français", "urgence"):
        type_text(words)
        assert window.counter.card.entry is not None, words
        press(window, Qt.Key.Key_Return)
        press(window, Qt.Key.Key_Return, CTRL)
    assert desk.inquiries.count().inquiries == 10
    assert desk.inquiries.broken_links() == []


def test_an_inquiry_is_amended_from_the_journal(window: Window, desk: Desk) -> None:
    type_text("logement")
    press(window, Qt.Key.Key_Return, CTRL)
    press(window, Qt.Key.Key_2, CTRL)
    press(window, Qt.Key.Key_Return)
    assert window.journal.form.first_field.hasFocus()
    window.journal.form.choose("people", 3)
    window.journal.save_button.click()
    assert desk.inquiries.count() == (1, 3)
    [row] = desk.inquiries.journal()
    assert row.amended


def test_the_sheet_is_saved_as_a_pdf(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    type_text("BIPE")
    press(window, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: window.counter.preview.is_ready)
    target = tmp_path / "fiche.pdf"
    window.counter.preview.write(str(target))
    assert target.read_bytes().startswith(b"%PDF")
    assert "fiche.pdf" in window.toast.text
    assert [file.name for file in tmp_path.glob(".*part")] == []


def test_a_printer_that_refuses_keeps_the_sheet_ready(
    window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "lp"
    script.write_text("#!/bin/sh\necho 'lp: Error - No default destination available.' >&2\nexit 1\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    type_text("BIPE")
    press(window, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: window.counter.preview.is_ready)
    press(window, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: "aucune imprimante n’est choisie" in window.toast.text)
    assert "Elle reste prête" in window.toast.text
    assert window.counter.preview.is_ready
    assert window.counter.preview.isVisible()
    assert not any(window.counter.visit.copies.values())


@pytest.fixture
def jammed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printer that takes nothing while this file is there, and keeps what it takes beside it."""
    script, jam = tmp_path / "lp", tmp_path / "jam"
    script.write_text(f"#!/bin/sh\ntest -e {jam} && exit 1\ncat >> {tmp_path}/out.pdf\n")
    script.chmod(0o755)
    jam.touch()
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return jam


def refused_after_the_note(window: Window, qtbot: QtBot) -> None:
    type_text("BIPE")
    press(window, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: window.counter.preview.is_ready)
    window.counter.show_sheet()  # the printer's answer waits in the event queue
    window.counter.note_and_next()
    qtbot.waitUntil(lambda: "n’a pas pris la fiche" in window.toast.text)


def test_a_sheet_refused_while_its_visit_is_there_counts_when_it_is_printed_again(
    window: Window, qtbot: QtBot, jammed: Path
) -> None:
    type_text("BIPE")
    press(window, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: window.counter.preview.is_ready)
    press(window, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: "n’a pas pris la fiche" in window.toast.text)
    assert not any(window.counter.visit.copies.values())
    jammed.unlink()
    press(window, Qt.Key.Key_P, CTRL, SHIFT)
    qtbot.waitUntil(lambda: "envoyée" in window.toast.text)
    assert list(window.counter.visit.copies.values()) == [1]


def test_a_sheet_refused_after_the_note_is_printed_again_and_nothing_of_it_is_shown(
    window: Window, desk: Desk, qtbot: QtBot, jammed: Path, tmp_path: Path
) -> None:
    refused_after_the_note(window, qtbot)
    assert "BIPE" not in "".join(shown.text() for shown in window.findChildren(QLabel) if shown.isVisible())
    assert window.counter.visit.is_empty
    jammed.unlink()
    next(found for found in window.toast.findChildren(QPushButton) if found.isVisible()).click()
    qtbot.waitUntil((tmp_path / "out.pdf").exists)
    assert "BIPE" in pypdfium2.PdfDocument(tmp_path / "out.pdf")[0].get_textpage().get_text_bounded()
    assert window.counter.visit.is_empty
    assert not window.counter.preview.is_ready
    assert desk.inquiries.count().inquiries == 1


def test_the_last_sheet_is_forgotten_when_another_visit_keeps_a_card(
    window: Window, qtbot: QtBot, jammed: Path, tmp_path: Path
) -> None:
    refused_after_the_note(window, qtbot)
    jammed.unlink()
    type_text("impôts")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_P, CTRL, SHIFT)
    assert "Aucune feuille" in window.toast.text
    assert not (tmp_path / "out.pdf").exists()


def test_the_last_sheet_is_forgotten_after_ten_minutes(
    window: Window, qtbot: QtBot, clock: Clock, jammed: Path, tmp_path: Path
) -> None:
    refused_after_the_note(window, qtbot)
    jammed.unlink()
    clock.now += timedelta(minutes=9)
    press(window, Qt.Key.Key_P, CTRL, SHIFT)
    qtbot.waitUntil((tmp_path / "out.pdf").exists)
    clock.now += timedelta(minutes=11)
    press(window, Qt.Key.Key_P, CTRL, SHIFT)
    assert "Aucune feuille" in window.toast.text


def test_an_empty_visit_is_not_noted_by_accident(window: Window, desk: Desk) -> None:
    press(window, Qt.Key.Key_Return, CTRL)
    assert desk.inquiries.count().inquiries == 0
    assert "F9" in window.toast.text


def test_a_visit_cleared_without_a_note_can_be_taken_up_again(window: Window) -> None:
    type_text("impôts")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_N, CTRL)
    assert window.counter.visit.is_empty
    button = next(found for found in window.toast.findChildren(QPushButton) if found.isVisible())
    button.click()
    assert window.counter.search.text() == "impôts"
    assert [seen.name for seen in window.counter.visit.kept] == ["Action impôts"]


def test_a_sheet_that_comes_late_is_not_shown_to_the_next_visitor(window: Window, qtbot: QtBot) -> None:
    type_text("BIPE")
    window.counter.show_sheet()  # its result waits in the event queue
    window.counter.start_afresh()
    qtbot.wait(1)
    assert not window.counter.preview.is_ready


def test_what_is_open_is_said_anew_as_time_passes(window: Window, clock: Clock) -> None:
    window.counter.search.setText("vestiaire social")
    assert "13:30" in window.counter.card.sentence()
    clock.now = clock.now.replace(hour=14)
    window.counter.let_time_pass()
    assert "jusqu’à 17:00" in window.counter.card.sentence()
    row = window.counter.results.model().index(0, 0).data(ROW_ROLE)
    assert "17:00" in row.state


def test_another_text_size_keeps_the_visit(window: Window, desk: Desk, background: Background, theme: Theme) -> None:
    type_text("impôts")
    press(window, Qt.Key.Key_Return)
    window.counter.panel.form.choose("people", 4)
    larger = Window(desk, theme, background, lambda: None)
    larger.take_over(window)
    assert [seen.name for seen in larger.counter.visit.kept] == ["Action impôts"]
    assert larger.counter.panel.form.note().people == 4
    larger.close()
    bury(larger)


def test_a_correction_being_written_survives_a_tally(window: Window) -> None:
    press(window, Qt.Key.Key_F9)
    window.show_page("journal")
    window.journal.form.choose("people", 7)
    press(window, Qt.Key.Key_F9)
    assert window.journal.form.note().people == 7


def test_a_card_chosen_without_typing_is_a_visit(window: Window, desk: Desk) -> None:
    press(window, Qt.Key.Key_Down)
    assert window.counter.card.entry is not None
    press(window, Qt.Key.Key_Return, CTRL)
    assert desk.inquiries.count().inquiries == 1


def test_a_visit_taken_up_again_does_not_replace_the_next_one(window: Window) -> None:
    type_text("impôts")
    press(window, Qt.Key.Key_Return)
    before = window.counter.memory()
    press(window, Qt.Key.Key_N, CTRL)
    type_text("crèche")
    press(window, Qt.Key.Key_Return)
    kept = [seen.name for seen in window.counter.visit.kept]
    window.counter.recall(before)
    assert [seen.name for seen in window.counter.visit.kept] == kept


def test_a_printed_card_taken_out_again_is_still_counted(
    window: Window, desk: Desk, qtbot: QtBot, printed: Path
) -> None:
    type_text("BIPE")
    press(window, Qt.Key.Key_Return)
    [seen] = window.counter.visit.kept
    press(window, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: window.counter.preview.is_ready)
    press(window, Qt.Key.Key_P, CTRL)
    window.counter.panel.dropped.emit(seen.uid)
    press(window, Qt.Key.Key_Return, CTRL)
    [row] = desk.inquiries.journal()
    assert [(referral.entry, referral.copies) for referral in row.note.referrals] == [(seen.uid, 1)]


def test_every_key_on_a_button_is_a_declared_one(window: Window) -> None:
    declared = {key_words(command.keys, i18n.words("fr")) for command in window.commands}
    for name in ("counter", "journal", "figures", "settings"):
        for found in window.page(name).findChildren(QPushButton):
            shown = re.search(r"(Ctrl\+\S+|F\d+)$", found.text())
            if shown:
                assert shown[1] in declared, found.text()


def test_one_key_takes_back_only_a_fresh_note(window: Window, desk: Desk, clock: Clock) -> None:
    press(window, Qt.Key.Key_F9)
    clock.now += timedelta(hours=6)
    press(window, Qt.Key.Key_Z, CTRL)
    assert desk.inquiries.count().inquiries == 1
    assert "Ctrl+2" in window.toast.text


def test_an_answer_found_after_all_is_not_noted_as_unmet(window: Window, desk: Desk) -> None:
    type_text("zzzz")
    press(window, Qt.Key.Key_U, CTRL)
    window.counter.search.clear()
    type_text("impôts")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Return, CTRL)
    [row] = desk.inquiries.journal()
    assert (row.note.outcome, row.note.reason) == ("referred", "")


def test_asking_for_print_twice_in_a_row_prints_once_the_sheet_is_ready(
    window: Window, qtbot: QtBot, printed: Path
) -> None:
    type_text("BIPE")
    window.counter.show_sheet()
    window.counter.show_sheet()  # the sheet is still being composed
    qtbot.waitUntil(printed.exists)
    assert list(window.counter.visit.copies.values()) == [1]
