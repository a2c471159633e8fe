"""Imposition: the pages of a booklet two by two on larger sheets, so that folding them once makes the booklet.

The sheets are printed on both sides, turned on the short edge, folded and stapled in the middle. An imposed file is for
the printer alone: it has no tags and reads in no order, so the booklet itself is kept beside it.
"""

import io
from typing import Final, NamedTuple

import pikepdf
from pikepdf import Dictionary, Name
from reportlab.lib.units import mm

PAPER: Final = 0.1 * mm
"""How thick a sheet of office paper of 80 g/m² is: each sheet inside pushes the next one out by that much."""


class Side(NamedTuple):
    """One side of a sheet: its pages at the left and at the right (from 0, None: blank), and how deep it lies."""

    left: int | None
    right: int | None
    depth: int


def sides(pages: int, *, right_bound: bool = False) -> list[Side]:
    """Both sides of every sheet of a booklet, the outermost first: front, back, front…

    `right_bound`: bound at the right, as a booklet in Arabic or Persian.
    """
    whole = -(-pages // 4) * 4
    made = []
    for depth in range(whole // 4):
        outer, inner = whole - 1 - 2 * depth, 2 * depth
        for left, right in ((outer, inner), (inner + 1, outer - 1)):
            pair = (right, left) if right_bound else (left, right)
            first, second = (page if page < pages else None for page in pair)
            made.append(Side(first, second, depth))
    return made


def imposed(pdf: bytes, *, right_bound: bool = False, creep: float = PAPER) -> bytes:
    """A booklet's pages on sheets twice as wide, what lies inside moved towards the fold by `creep` points a sheet.

    Without that, trimming the edge of a thick booklet would cut its inner margins short.
    """
    with pikepdf.open(io.BytesIO(pdf)) as booklet, pikepdf.new() as sheets:
        _, _, width, height = (float(edge) for edge in booklet.pages[0].mediabox)
        forms = [sheets.copy_foreign(page.as_form_xobject()) for page in booklet.pages]
        for side in sides(len(forms), right_bound=right_bound):
            sheet = sheets.add_blank_page(page_size=(2 * width, height))
            moved = side.depth * creep
            drawn = []
            used = Dictionary()
            for page, x in ((side.left, moved), (side.right, width - moved)):
                if page is not None:
                    used[f"/P{page}"] = forms[page]
                    drawn.append(f"q 1 0 0 1 {x:.3f} 0 cm /P{page} Do Q")
            drawn.append(_fold_marks(width, height))
            sheet.obj.Resources = Dictionary(XObject=used)
            sheet.obj.Contents = sheets.make_stream("\n".join(drawn).encode())
        sheets.Root.ViewerPreferences = Dictionary(
            Duplex=Name.DuplexFlipShortEdge, PrintScaling=Name("/None"), PickTrayByPDFSize=True
        )
        for form in forms:
            if "/StructParents" in form:
                del form.StructParents
        written = io.BytesIO()
        sheets.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return written.getvalue()


def _fold_marks(width: float, height: float) -> str:
    """Short lines at the head and the foot of the sheet where it is folded."""
    return (
        f"q 0.3 w 0.6 G {width:.2f} 0 m {width:.2f} 9 l {width:.2f} {height - 9:.2f} m {width:.2f} {height:.2f} l S Q"
    )
