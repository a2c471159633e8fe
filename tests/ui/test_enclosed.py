"""The attached leaflets at the counter: they follow the sheet unless one is unticked, by the keyboard."""

import io
import os
from pathlib import Path

import msgspec
import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel

from pointinfo.database.schema import Attached
from pointinfo.desk import Desk
from pointinfo.leaflets.pages import pictures
from pointinfo_ui.window import Window
from tests.ui.keys import CTRL, press, type_text

UID = "vestiaire-social"


@pytest.fixture(autouse=True)
def leaflets(desk: Desk) -> None:
    """Two leaflets on an entry, of one page and of three."""
    attached = []
    for title, pages in (("Plan & accès", 1), ("Cours du soir", 3)):
        made = pikepdf.new()
        for _page in range(pages):
            made.add_blank_page(page_size=(420, 595 + pages))
        written = io.BytesIO()
        made.save(written)
        attached.append(desk.attachments.attach(written.getvalue(), title))
    record = desk.revisions.present(UID).record
    desk.revisions.save(msgspec.structs.replace(record, attachments=tuple(attached)), "Odile")


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a printing system of our own puts each job."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "lp").write_text(f'#!/bin/sh\ncat > "{tmp_path}/job"\n')
    (folder / "lp").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return tmp_path / "job"


@pytest.fixture
def preview(window: Window) -> Window:
    """The sheet of the visit, shown."""
    QApplication.processEvents()  # keys reach a window that knows it is active
    type_text("vestiaire social")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_P, CTRL)
    QApplication.processEvents()
    return window


def boxes(window: Window) -> list[QCheckBox]:
    enclosed = window.counter.preview.enclosed
    return [box for box in enclosed.findChildren(QCheckBox) if box.isVisible()] if enclosed else []


def test_the_preview_says_which_leaflets_follow(preview: Window) -> None:
    assert [box.accessibleName() for box in boxes(preview)] == [
        "Imprimer aussi Plan & accès, 1 page",
        "Imprimer aussi Cours du soir, 3 pages",
    ]
    assert all(box.isChecked() for box in boxes(preview))


def test_all_of_them_are_printed_and_the_note_counts_the_sheet_once(preview: Window, desk: Desk, lp: Path) -> None:
    sheet = len(pictures(desk.leaflets.visit_sheet([UID]).pdf, 10))
    press(preview, Qt.Key.Key_P, CTRL)
    assert len(pictures(lp.read_bytes(), 10)) == sheet + 4
    press(preview, Qt.Key.Key_Return, CTRL)
    [referral] = desk.inquiries.journal()[0].note.referrals
    assert (referral.entry, referral.copies) == (UID, 1)


def test_one_is_unticked_by_the_keyboard(preview: Window, desk: Desk, lp: Path) -> None:
    sheet = len(pictures(desk.leaflets.visit_sheet([UID]).pdf, 10))
    press(preview, Qt.Key.Key_J, CTRL)
    assert boxes(preview)[0].hasFocus()
    press(preview, Qt.Key.Key_Tab)
    press(preview, Qt.Key.Key_Space)
    press(preview, Qt.Key.Key_P, CTRL)
    assert len(pictures(lp.read_bytes(), 10)) == sheet + 1


def test_saved_the_leaflets_lie_beside_the_sheet_and_no_file_is_written_over(
    preview: Window, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "fiche - Cours du soir.pdf").write_text("mine")
    preview.counter.preview.write(str(tmp_path / "fiche.pdf"))
    assert (tmp_path / "fiche.pdf").read_bytes() == desk.leaflets.visit_sheet([UID]).pdf
    assert sorted(file.name for file in tmp_path.glob("fiche*")) == [
        "fiche - Cours du soir 2.pdf",
        "fiche - Cours du soir.pdf",
        "fiche - Plan accès.pdf",
        "fiche.pdf",
    ]
    assert (tmp_path / "fiche - Cours du soir.pdf").read_text() == "mine"
    assert "avec 2 dépliants à côté" in preview.toast.text


def test_without_attached_leaflets_nothing_is_asked(window: Window) -> None:
    type_text("action impôts")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_P, CTRL)
    QApplication.processEvents()
    assert boxes(window) == []
    assert window.counter.preview.enclosed is None
    press(window, Qt.Key.Key_J, CTRL)
    assert "Aucun dépliant joint" in window.toast.text


def test_a_leaflet_whose_file_is_missing_is_named(window: Window, desk: Desk) -> None:
    record = desk.revisions.present(UID).record
    gone = Attached("0" * 64, "Affiche", "image/png", 2_000)
    desk.revisions.save(msgspec.structs.replace(record, attachments=(gone,)), "Odile")
    type_text("vestiaire social")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_P, CTRL)
    QApplication.processEvents()
    said = [each.text() for each in window.counter.preview.findChildren(QLabel)]
    assert any("«Affiche» ne peut pas être imprimé" in text for text in said)
