"""The associations' own leaflets, put on A4 to be printed after the sheet of a visit.

They never go into the sheet's own file: that stays PDF/UA-1 and PDF/A-2a, which nobody can promise of a stranger's PDF.
Only the job for the printer holds both, because paper has no tags.
"""

import io
from collections.abc import Iterable
from typing import Final

import pikepdf

from pointinfo.directory import Attached
from pointinfo.leaflets.leaflets import Enclosure

A4: Final = (595.276, 841.89)
"""Points (ISO 216: 210 × 297 mm)."""
EDGE: Final = 28.35
"""Points (10 mm) that pictures keep free: most printers can't print there."""


def enclosure(attached: Attached, content: bytes) -> Enclosure | None:
    """The leaflet ready to be printed; None when its pages can't be put on paper."""
    try:
        pages, pdf = on_a4(content, attached.media_type)
    except (pikepdf.PdfError, RuntimeError, ValueError, OSError):
        return None
    return Enclosure(attached.sha256, attached.title, pages, pdf)


def on_a4(content: bytes, media_type: str) -> tuple[int, bytes]:
    """How many A4 pages a leaflet has, and these.

    A page that is larger is made to fit, a smaller one stays as it is, a picture fills its page. Wide pages are turned
    to stand on upright paper.
    """
    picture = media_type != "application/pdf"
    made = pikepdf.new()
    with pikepdf.open(io.BytesIO(_as_pdf(content) if picture else content)) as source:
        source.flatten_annotations("print")  # what was filled into a form is part of the page
        for page in source.pages:
            width, height = _size(page)
            wide = width > height
            sheet = made.add_blank_page(page_size=A4[::-1] if wide else A4)
            across, up = (A4[1], A4[0]) if wide else A4
            if picture:
                aside, below = EDGE, EDGE
            else:  # in the middle and of its own size; one that is larger gets all there is
                aside, below = max(0.0, (across - width) / 2), max(0.0, (up - height) / 2)
            sheet.add_overlay(page, pikepdf.Rectangle(aside, below, across - aside, up - below))
            if wide:
                sheet.rotate(90, relative=True)
        return len(made.pages), _written(made)


def joined(pdfs: Iterable[bytes]) -> bytes:
    """Several files as one, for the printer."""
    made = pikepdf.new()
    opened = [pikepdf.open(io.BytesIO(pdf)) for pdf in pdfs]
    for source in opened:
        made.pages.extend(source.pages)
    written = _written(made)
    for source in opened:
        source.close()
    return written


def _size(page: pikepdf.Page) -> tuple[float, float]:
    """Width and height as the page is read, in points."""
    left, bottom, right, top = (float(side) for side in page.trimbox)
    turned = int(page.obj.get("/Rotate", 0)) % 180 == 90
    width, height = abs(right - left), abs(top - bottom)
    return (height, width) if turned else (width, height)


def _as_pdf(picture: bytes) -> bytes:
    """A picture as one page of its own proportions."""
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415 -- only for pictures
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    image = ImageReader(io.BytesIO(picture))
    width, height = image.getSize()
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(width, height))
    canvas.drawImage(image, 0, 0, width, height)
    canvas.save()
    return written.getvalue()


def _written(pdf: pikepdf.Pdf) -> bytes:
    written = io.BytesIO()
    pdf.save(written)
    return written.getvalue()
