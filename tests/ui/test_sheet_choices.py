"""The sheet of a visit in the visitor's language, with a word for this person, and what to know before printing."""

import os
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from pointinfo.desk import DATABASE, Desk
from pointinfo.directory import EntryRecord
from pointinfo_ui.counter.cautions import Cautions
from pointinfo_ui.window import Window
from tests.ui.keys import CTRL, SHIFT, press, type_text


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the printer was sent last."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "lp").write_text(f'#!/bin/sh\ncat > "{tmp_path}/job"\n')
    (folder / "lp").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return tmp_path / "job"


def words_of(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def show_sheet_of(window: Window, words: str) -> None:
    QApplication.processEvents()
    type_text(words)
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_P, CTRL)
    QApplication.processEvents()


def test_the_language_is_one_key_and_two_arrows_away_and_counts_in_the_note(
    window: Window, desk: Desk, printed: Path
) -> None:
    show_sheet_of(window, "vestiaire social")
    press(window, Qt.Key.Key_L, CTRL, SHIFT)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down)
    assert window.counter.preview.sheet.language.code == "de"
    assert "pas encore relue" in window.counter.preview.sheet.unreviewed.text()
    press(window, Qt.Key.Key_P, CTRL)
    text = words_of(printed.read_bytes())
    assert "Ihre Informationen" in text
    assert "Téléphone" in text, "nobody has reviewed the German words: the French ones stand by"
    press(window, Qt.Key.Key_Return, CTRL)
    [referral] = desk.inquiries.journal()[0].note.referrals
    assert referral.language == "de"


def test_the_language_that_was_asked_in_stands_right_below_french(window: Window) -> None:
    choices = window.counter.preview.sheet
    choices.start_afresh("sq")
    assert [choices.language.itemData(row) for row in range(2)] == ["fr", "sq"]
    assert choices.language.code == "fr", "the sheet is offered in it, nobody is guessed at"


def test_a_word_for_this_person_is_printed_and_kept_nowhere(window: Window, desk: Desk, printed: Path) -> None:
    show_sheet_of(window, "vestiaire social")
    window.counter.preview.sheet.note.setFocus()
    type_text("Demandez Rosalinde")
    press(window, Qt.Key.Key_P, CTRL)
    assert "Demandez Rosalinde" in words_of(printed.read_bytes())
    press(window, Qt.Key.Key_Return, CTRL)
    assert window.counter.preview.sheet.note.text() == "", "nothing of the last visit stays"
    for file in desk.home.glob(f"{DATABASE}*"):
        assert b"Rosalinde" not in file.read_bytes()


def test_what_is_unverified_says_so_before_it_is_printed_and_where_else_to_send_somebody(
    window: Window, desk: Desk
) -> None:
    shared: dict[str, tuple[str, ...]] = {"topic": ("vetements",), "audience": ("population",)}
    desk.directory.load(
        [
            EntryRecord(uid="vieux", kind="service", name="Vieux vestiaire de Meyrin", as_of="2012", terms=shared),
            EntryRecord(uid="neuf", kind="service", name="Nouveau vestiaire", verified_on="2026-11-20", terms=shared),
        ]
    )
    show_sheet_of(window, "vieux vestiaire de meyrin")
    [told] = window.counter.preview.findChildren(Cautions)
    assert "«Vieux vestiaire de Meyrin» n’est plus vérifié depuis" in told.findChildren(QLabel)[0].text()
    other = next(made for made in told.findChildren(QPushButton) if made.text() == "Nouveau vestiaire")
    other.click()
    assert window.counter.card.entry is not None
    assert window.counter.card.entry.uid == "neuf"


def test_large_print_is_chosen_in_the_list_and_stays_while_the_language_changes(window: Window, printed: Path) -> None:
    show_sheet_of(window, "vestiaire social")
    choices = window.counter.preview.sheet
    choices.design.setFocus()
    press(window, Qt.Key.Key_Down)
    assert choices.design.code == "large"
    press(window, Qt.Key.Key_P, CTRL)
    sizes = {
        round(item.get_font_size())
        for page in pypdfium2.PdfDocument(printed.read_bytes())
        for item in page.get_objects()
        if isinstance(item, pypdfium2.PdfTextObj)
    }
    assert min(sizes) >= 18


def test_a_character_that_no_face_has_is_told_before_it_is_printed(window: Window, desk: Desk) -> None:
    desk.directory.load([EntryRecord(uid="rare", kind="service", name="Accueil rarissime ᓀ")])
    show_sheet_of(window, "accueil rarissime")
    said = [each.text() for each in window.counter.preview.findChildren(QLabel) if "comme un carré" in each.text()]
    assert said == ["Sans lettre dans nos polices, imprimés comme un carré : «ᓀ» (Accueil rarissime ᓀ)."]
