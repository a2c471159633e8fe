"""Paper without `lp`: Qt draws the pages, or a sentence says why not."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication

from pointinfo.desk import Desk
from pointinfo.errors import PrintingError
from pointinfo.leaflets.pages import pictures
from pointinfo_ui.counter.printing import paint, print_sheet

UIDS = ["bipe-bureau-d-information-de-la-petite-enfance", "vestiaire-social", "action-impots"]


def test_qt_draws_every_page_on_a4(qapp: QApplication, desk: Desk, tmp_path: Path) -> None:
    leaflet = desk.leaflets.visit_sheet([row.uid for row in desk.directory.rows([1, 2, 3, 4, 5, 6])])
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "drawn.pdf"))
    paint(desk, leaflet, printer)
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
        print_sheet(desk, leaflet)
