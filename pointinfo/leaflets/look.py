"""What follows from a design: measures and styles of a sheet, in points."""

from typing import Final, NamedTuple

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A3, A4, A5
from reportlab.lib.units import mm

from pointinfo.leaflets.designs import USUAL, Design, Paper
from pointinfo.leaflets.faces import Weight
from pointinfo.leaflets.line_breaking import INK, Align, TextStyle
from pointinfo.leaflets.typesetting import SOFT

_PAGES: Final[dict[Paper, tuple[float, float]]] = {"A3": A3, "A4": A4, "A5": A5}


class Look(NamedTuple):
    """Measures and styles of one design: lengths in points, `side` and the like are margins.

    The margins are wider than what any office printer leaves blank; a QR code's quiet zone reaches into them.
    """

    design: Design
    page: tuple[float, float]
    side: float
    top: float
    bottom: float
    width: float
    code: float
    text: float
    label: float
    value: float
    counter: TextStyle
    title: TextStyle
    name: TextStyle
    body: TextStyle
    strong: TextStyle
    meta: TextStyle
    labels: TextStyle
    phone: TextStyle
    small: TextStyle
    times: TextStyle
    demonstration: TextStyle

    @property
    def ratio(self) -> float:
        """How much larger than usual the running text is."""
        return self.design.size / USUAL


def look(chosen: Design) -> Look:
    """What follows from a design."""
    page = _PAGES[chosen.paper]
    narrow = chosen.paper == "A5"
    side = (11 if narrow else 17) * mm
    width = page[0] - 2 * side
    code = (26 if narrow else 34) * mm
    text = width - code - (4 if narrow else 6) * mm
    label = 0 if chosen.stacked else (22 if narrow else 29) * mm

    def style(
        size: float, leading: float, weight: Weight = "Regular", colour: Color = INK, align: Align = "start"
    ) -> TextStyle:
        """A style of the visit sheet at the size of this design: headings grow half as much as text."""
        ratio = chosen.size / USUAL
        ratio = 1 + (ratio - 1) / 2 if size > 12 and ratio > 1 else ratio
        grown = max(size * ratio, chosen.smallest)
        return TextStyle(grown, leading * grown / size, weight, colour, align, chosen.family)

    return Look(
        design=chosen,
        page=page,
        side=side,
        top=(11 if narrow else 15) * mm,
        bottom=(9 if narrow else 13) * mm,
        width=width,
        code=code,
        text=text,
        label=label,
        value=text - label,
        counter=style(12.5, 17, "Bold"),
        title=style(16 if narrow else 22, 20 if narrow else 28, "Bold"),
        name=style(15, 19, "Bold"),
        body=style(10.5, 14),
        strong=style(10.5, 14, "Bold"),
        meta=style(10, 13.5, colour=SOFT),
        labels=style(10, 14, colour=SOFT),
        phone=style(15, 19, "Bold"),
        small=style(8.5, 12, colour=SOFT),
        times=style(9.5, 13.2),
        demonstration=style(9.5, 13, "SemiBold"),
    )
