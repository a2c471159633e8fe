"""Paper without `lp`: Qt draws the pages, or a sentence says why not."""

import os
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication

from pointinfo import config
from pointinfo.config import PrintOptions
from pointinfo.desk import Desk
from pointinfo.errors import PrintingError
from pointinfo.leaflets.pages import pictures
from pointinfo.leaflets.printing import Job
from pointinfo_ui.counter.printing import paint, print_sheet
from pointinfo_ui.window import Window
from tests.ui.keys import CTRL, press, type_text

UIDS = ["bipe-bureau-d-information-de-la-petite-enfance", "vestiaire-social", "action-impots"]


def test_qt_draws_every_page_on_a4(qapp: QApplication, desk: Desk, tmp_path: Path) -> None:
    leaflet = desk.leaflets.visit_sheet([row.uid for row in desk.directory.rows([1, 2, 3, 4, 5, 6])])
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "drawn.pdf"))
    paint(desk, leaflet, printer, Job())
    drawn = pypdfium2.PdfDocument(tmp_path / "drawn.pdf")
    sheet = pypdfium2.PdfDocument(leaflet.pdf)
    assert len(drawn) == len(sheet) > 1
    assert [round(side) for side in drawn[0].get_size()] == pytest.approx([595, 842], abs=1)
    assert b"\x00" * 10 not in pictures(leaflet.pdf, 30)[0].pixels[:3000], "the page has a white margin"


def test_without_lp_and_without_a_printer_a_sentence_says_what_to_do(
    qapp: QApplication, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if QPrinterInfo.availablePrinterNames():
        pytest.skip("this machine has a printer")
    monkeypatch.setenv("PATH", str(tmp_path))
    leaflet = desk.leaflets.visit_sheet(UIDS[:1])
    with pytest.raises(PrintingError, match=r"Aucune imprimante.*Ctrl\+S"):
        print_sheet(desk, leaflet, Job())


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a printing system of our own is asked for, a line a sheet."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "lp").write_text(f'#!/bin/sh\ncat > /dev/null\nprintf "%s|" "$@" >> "{tmp_path}/asked"\n')
    (folder / "lp").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return tmp_path / "asked"


def test_copies_are_this_visitors_and_both_sides_are_remembered(window: Window, desk: Desk, lp: Path) -> None:
    QApplication.processEvents()
    type_text("vestiaire social")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_P, CTRL)
    choices = window.counter.preview.choices
    choices.copies.setFocus()
    press(window, Qt.Key.Key_Up)
    press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_Space)
    assert not desk.settings.printing, "nothing is remembered before it is printed"
    press(window, Qt.Key.Key_P, CTRL)
    assert "-n|2|-o|sides=two-sided-long-edge|-o|media=A4|" in lp.read_text()
    press(window, Qt.Key.Key_Return, CTRL)
    [referral] = desk.inquiries.journal()[0].note.referrals
    assert referral.copies == 2
    lp.unlink()
    type_text("action impôts")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_P, CTRL)
    press(window, Qt.Key.Key_P, CTRL)
    assert "-n|1|-o|sides=two-sided-long-edge|" in lp.read_text()
    assert config.load(desk.home, desk.words).printing == {"visit": PrintOptions(two_sided=True)}
