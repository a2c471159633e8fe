"""What leaflets are built of beside paragraphs: headings, lists, figures, pictures."""

from collections.abc import Callable, Sequence
from typing import Literal

from reportlab.platypus.flowables import Flowable

from pointinfo.leaflets import fonts
from pointinfo.leaflets.columns import Column, Columns
from pointinfo.leaflets.faces import number
from pointinfo.leaflets.line_breaking import TextStyle, natural_width
from pointinfo.leaflets.pictures import Picture
from pointinfo.leaflets.shaping import Side, direction
from pointinfo.leaflets.structure import Element, Place, TaggedCanvas
from pointinfo.leaflets.typesetting import Paragraph

BULLET = "•"


def heading(
    text: str,
    level: Literal[1, 2, 3],
    style: TextStyle,
    parent: Element,
    *,
    space_before: float = 0,
    place: Place | None = None,
    language: str = "",
    side: Side | None = None,
) -> Paragraph:
    """A heading H1–H3 that stays with what follows it, in the outline at its level, `place` for a table of contents."""
    return Paragraph(
        text,
        style,
        parent.add(f"H{level}", language=language),
        space_before=space_before,
        keep_with_next=True,
        bookmark=level,
        place=place,
        language=language,
        side=side,
    )


def listed(
    items: Sequence[str],
    style: TextStyle,
    parent: Element,
    width: float,
    *,
    numbered: bool = False,
    space_before: float = 0,
    language: str = "",
) -> list[Flowable]:
    """A list, an item a flowable: bulleted, or numbered from 1; `width` is that of its column, in points."""
    whole = parent.add("L", attributes={"ListNumbering": "Decimal" if numbered else "Disc"}, language=language)
    labels = [f"{place}." if numbered else BULLET for place in range(1, len(items) + 1)]
    indent = max((natural_width(label, style, whole.language) for label in labels), default=0) + style.size * 0.6
    mirrored = direction(whole.language) == "rtl"
    rows: list[Flowable] = []
    for label, text in zip(labels, items, strict=True):
        item = whole.add("LI")
        columns = [
            Column(0, indent, [Paragraph(label, style, item.add("Lbl"))]),
            Column(indent, width - indent, [Paragraph(text, style, item.add("LBody"))]),
        ]
        rows.append(Columns(columns, space_before=space_before, mirrored=mirrored))
    return rows


class Figure(Flowable):
    """Something drawn, with the words that say what it shows; `draw` gets the canvas, the origin at its lower left.

    It draws with `canvas.write` or with ReportLab's own path operations, and no text: its fonts are not embedded.
    """

    canv: TaggedCanvas

    def __init__(
        self,
        width: float,
        height: float,
        draw: Callable[[TaggedCanvas], None],
        alternative: str,
        parent: Element,
        *,
        side: Side = "left",
        space_before: float = 0,
    ) -> None:
        super().__init__()
        self.spaceBefore = space_before
        self.height = height
        self._wide = width
        self._draw = draw
        self._side = side
        self._element = parent.add("Figure", alternative=fonts.unsteered(fonts.printable(alternative)))

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        inside = self.width - self._wide if self._side == "right" else 0
        left, bottom = canvas.absolutePosition(inside, 0)
        box = (left, bottom, left + self._wide, bottom + self.height)
        self._element.attributes |= {"BBox": [round(edge, 2) for edge in box], "Placement": "Block"}
        with canvas.marked(self._element):
            canvas.saveState()
            canvas.translate(inside, 0)
            self._draw(canvas)
            canvas.restoreState()


def pictured(
    picture: Picture,
    alternative: str,
    parent: Element,
    *,
    width: float,
    height: float,
    side: Side = "left",
    space_before: float = 0,
) -> Figure:
    """A picture as large as fits `width` × `height` points, in its own proportions."""
    scale = min(width / picture.width, height / picture.height)
    wide, high = picture.width * scale, picture.height * scale

    def draw(canvas: TaggedCanvas) -> None:
        canvas.write(f"{number(wide)} 0 0 {number(high)} 0 0 cm /{canvas.pictured(picture)} Do")

    return Figure(wide, high, draw, alternative, parent, side=side, space_before=space_before)
