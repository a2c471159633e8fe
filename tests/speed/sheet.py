"""A visit's sheet against the same number of lines written by a bare ReportLab canvas: untagged Helvetica."""

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pointinfo.desk import Desk
    from tests.speed.measure import Row

PART: Final = "sheet"
ENTRIES: Final = (1, 8)


def measure(desk: "Desk", rounds: int) -> "list[Row]":
    """Warm in this process, then the first one in fresh ones."""
    from tests.speed.measure import child, in_turns, row

    rows = []
    for count in ENTRIES:
        uids = [each.uid for each in desk.directory.rows(range(1, count + 1))]
        lines = _lines(desk.leaflets.visit_sheet(uids).pdf)
        works = (partial(bare_page, lines), partial(desk.leaflets.visit_sheet, uids))
        floor = f"floor: canvas, {len(lines)} lines of Helvetica"
        taken = in_turns(works, rounds, warm_up=3)
        rows += [row(PART, floor, taken[0]), row(PART, f"PointInfo: sheet of {count}", taken[1], floor)]
        floor = f"{floor}, first in process"
        first: tuple[list[float], list[float]] = ([], [])
        for _round in range(3):
            first[0].append(float(child("canvas", len(lines))))
            first[1].append(float(child("sheet", desk.home, *uids)))
        rows += [
            row(PART, floor, first[0]),
            row(PART, f"PointInfo: sheet of {count}, first in process", first[1], floor),
        ]
    return rows


def bare_page(lines: Sequence[str]) -> bytes:
    """The lines one under the other, a new page where one is full."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for start in range(0, len(lines), 55):
        canvas.setFont("Helvetica", 10)
        for number, line in enumerate(lines[start : start + 55]):
            canvas.drawString(56, 786 - 13.5 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _lines(pdf: bytes) -> list[str]:
    """The lines of text that a PDF shows."""
    import pypdfium2

    found: list[str] = []
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in document:
            found += page.get_textpage().get_text_bounded().splitlines()
    return [line for line in found if line.strip()]
