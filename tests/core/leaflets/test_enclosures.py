"""Attached leaflets on paper: every page on A4, after the sheet, whose own file stays as it is."""

import io
from pathlib import Path

import msgspec
import pikepdf
import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from pointinfo.database.schema import Attached
from pointinfo.desk import Desk
from pointinfo.leaflets.enclosures import A4, on_a4
from pointinfo.leaflets.pages import pictures

UID = "vestiaire-social"


def pdf(*sizes: tuple[float, float]) -> bytes:
    """A page of each size, black to its edges."""
    written = io.BytesIO()
    canvas = Canvas(written)
    for width, height in sizes:
        canvas.setPageSize((width, height))
        canvas.rect(0, 0, width, height, fill=1)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def attach(desk: Desk, *attached: Attached, uid: str = UID) -> None:
    record = desk.revisions.present(uid).record
    desk.revisions.save(msgspec.structs.replace(record, attachments=attached), "Odile")


def dark(made: bytes, page: int = 0) -> tuple[float, float, float, float]:
    """The black part of a page: left, top, right, bottom in points."""
    document = pypdfium2.PdfDocument(made)
    image = document[page].render(scale=1).to_pil().convert("L").point(lambda value: 255 if value < 128 else 0)
    document.close()
    left, top, right, bottom = image.getbbox()
    return left, top, right, bottom


def test_every_page_comes_upright_on_a4(desk: Desk) -> None:
    pages, made = on_a4(pdf((420, 595), (1191, 1684), (842, 595)), "application/pdf")
    assert pages == 3
    for picture in pictures(made, 72):
        assert (picture.width, picture.height) == pytest.approx((round(A4[0]), round(A4[1])), abs=1)


def test_small_pages_stay_as_they_are_and_large_ones_are_made_to_fit() -> None:
    _pages, made = on_a4(pdf((420, 595), (1191, 1684), (842, 595)), "application/pdf")
    left, top, right, bottom = dark(made)
    assert (right - left, bottom - top) == pytest.approx((420, 595), abs=2), "an A5 page in its own size"
    assert left == pytest.approx((A4[0] - 420) / 2, abs=2), "in the middle"
    assert dark(made, 1) == pytest.approx((0, 0, 595, 842), abs=2), "an A2 page fills A4"
    assert dark(made, 2) == pytest.approx((0, 0, 595, 842), abs=2), "a wide A4 page is turned"


def test_a_turned_page_is_placed_as_it_is_read() -> None:
    source = pikepdf.open(io.BytesIO(pdf((595, 842))))
    source.pages[0].rotate(90, relative=True)
    turned = io.BytesIO()
    source.save(turned)
    _pages, made = on_a4(turned.getvalue(), "application/pdf")
    assert dark(made) == pytest.approx((0, 0, 595, 842), abs=2)


def test_a_picture_fills_the_page_but_for_the_edge_no_printer_reaches() -> None:
    written = io.BytesIO()
    Image.new("L", (210, 297), 0).save(written, "JPEG")
    pages, made = on_a4(written.getvalue(), "image/jpeg")
    assert pages == 1
    assert dark(made) == pytest.approx((28, 40, 567, 802), abs=2)


def test_the_printer_gets_the_sheet_and_then_the_leaflets_while_the_sheets_file_stays(desk: Desk) -> None:
    alone = desk.leaflets.visit_sheet([UID])
    assert (alone.enclosed, alone.missing, alone.printed()) == ((), (), alone.pdf)
    attach(desk, desk.attachments.attach(pdf((595, 842), (595, 842)), "Cours du soir"))
    sheet = desk.leaflets.visit_sheet([UID])
    [enclosed] = sheet.enclosed
    assert (enclosed.title, enclosed.pages) == ("Cours du soir", 2)
    assert len(pictures(sheet.pdf, 20)) == len(pictures(alone.pdf, 20))
    printed = pictures(sheet.printed(), 36)
    assert len(printed) == len(pictures(sheet.pdf, 20)) + 2
    assert "Vestiaire social" in printed[0].text
    assert max(printed[-1].pixels[: 3 * 100]) < 8, "the black leaflet comes last"
    assert sheet._replace(enclosed=()).printed() == sheet.pdf


def test_a_leaflet_of_two_entries_is_enclosed_once(desk: Desk) -> None:
    attached = desk.attachments.attach(pdf((595, 842)), "Cours du soir")
    attach(desk, attached)
    attach(desk, attached, uid="action-impots")
    assert len(desk.leaflets.visit_sheet([UID, "action-impots"]).enclosed) == 1


def test_a_leaflet_whose_file_is_missing_is_named_and_the_sheet_is_printed(desk: Desk, tmp_path: Path) -> None:
    attach(desk, Attached("0" * 64, "Plan", "application/pdf", 2_000))
    sheet = desk.leaflets.visit_sheet([UID])
    assert (sheet.enclosed, sheet.missing) == ((), ("Plan",))
    assert sheet.printed() == sheet.pdf


def test_a_form_is_printed_as_it_was_filled_in() -> None:
    form = io.BytesIO()
    canvas = Canvas(form, pagesize=(420, 595))
    canvas.acroForm.textfield(name="nom", value="Odile", x=100, y=300, width=200, height=40, forceBorder=True)
    canvas.save()
    _pages, made = on_a4(form.getvalue(), "application/pdf")
    assert "Odile" in pictures(made, 20)[0].text
