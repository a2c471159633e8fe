"""The designs of a sheet, as data in `resources/leaflets/designs.json`, and what follows from one in points."""

from functools import lru_cache
from typing import Final, Literal, NamedTuple

import msgspec
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A3, A4, A5
from reportlab.lib.units import mm

from pointinfo import paths
from pointinfo.leaflets.faces import Family, Weight
from pointinfo.leaflets.line_breaking import INK, Align, TextStyle
from pointinfo.leaflets.typesetting import SOFT

Paper = Literal["A3", "A4", "A5"]
PAPERS: Final[dict[Paper, tuple[float, float]]] = {"A3": A3, "A4": A4, "A5": A5}

_USUAL: Final = 10.5
"""The size in points of running text on the visit sheet, from which every other measure was chosen."""


class Design(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a sheet looks. `size` is that of running text and `smallest` that of any text, in points.

    `stacked`: labels stand above what they label, not beside it. `apart`: each entry begins a page. `easy`: one idea a
    line, each fact with its pictogram.
    """

    name: str
    title: str
    paper: Paper = "A4"
    size: float = _USUAL
    smallest: float = 0
    family: Family = "sans"
    stacked: bool = False
    apart: bool = False
    easy: bool = False


@lru_cache
def designs() -> tuple[Design, ...]:
    """Those of a visit's sheet, the usual one first; their titles are in French."""
    file = paths.resources() / "leaflets" / "designs.json"
    return msgspec.json.decode(file.read_bytes(), type=tuple[Design, ...])


def design(name: str) -> Design:
    """The design called so. Raises `KeyError`."""
    return {each.name: each for each in designs()}[name]


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
        return self.design.size / _USUAL


@lru_cache
def look(chosen: Design) -> Look:
    """What follows from a design."""
    page = PAPERS[chosen.paper]
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
        ratio = chosen.size / _USUAL
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
