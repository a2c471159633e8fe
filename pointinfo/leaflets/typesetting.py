"""Flowables for stock platypus frames: shaped and tagged paragraphs, rules, boxes, lines to write on."""

import re
import urllib.parse
from collections import Counter
from copy import copy
from typing import Final, Literal

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from pointinfo.leaflets import fonts
from pointinfo.leaflets.contacts import set_apart
from pointinfo.leaflets.faces import number
from pointinfo.leaflets.line_breaking import INK, ROUNDING, Line, TextStyle, break_lines, shaped, text_lines
from pointinfo.leaflets.line_drawing import BASELINE, LineDrawing, fill, stroke
from pointinfo.leaflets.shaping import Side, direction
from pointinfo.leaflets.shaping import side as begins
from pointinfo.leaflets.structure import Artifact, Element, Place, TaggedCanvas

SOFT: Final = HexColor("#55616D")
LINE: Final = HexColor("#DCE2E8")
ACCENT: Final = HexColor("#0B5C7A")


class Paragraph(Flowable):
    """A text of one style, in lines.

    `role` is the element it belongs to, or an artifact; a Link element leads to `target`, a URI or a place. The text is
    of `language` (BCP 47), else of its element's: from it come direction, faces and hyphenation. `side` says where a
    line begins when that is not where the language begins one. `bookmark` is its level in the outline, 0 for none;
    `place` is where it stands, for what refers to it.
    """

    canv: TaggedCanvas

    def __init__(
        self,
        text: str,
        style: TextStyle,
        role: Element | Artifact,
        *,
        target: str | Place = "",
        space_before: float = 0,
        keep_with_next: bool = False,
        bookmark: int = 0,
        place: Place | None = None,
        language: str = "",
        side: Side | None = None,
    ) -> None:
        super().__init__()
        self.language = language or (role.language if isinstance(role, Element) else "")
        self.direction = direction(self.language)
        if isinstance(role, Element) and language and language != role.language:
            role.language = language
        self.text = fonts.printable(set_apart(text) if self.direction == "rtl" else text)
        self.missing = fonts.missing_counts(text) if fonts.REPLACEMENT in self.text else Counter[str]()
        self._given = text
        self.style = style
        self.spaceBefore = space_before
        self.keepWithNext = keep_with_next
        self._role = role
        self._target = target
        self._bookmark = bookmark
        self._place = place
        self.side: Side = side or begins(self.language)
        self._lines: list[Line] = []
        self._laid_out_for = -1.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        if self._laid_out_for != available_width:
            self._lines = break_lines(self.text, self.style, available_width, self.language)
            self._laid_out_for = available_width
        self.width, self.height = available_width, len(self._lines) * self.style.leading
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Two paragraphs of two lines at least, or nothing."""
        self.wrap(available_width, available_height)
        fitting = int((available_height + ROUNDING) // self.style.leading)
        fitting = min(fitting, len(self._lines) - 2)
        if fitting < 2:
            return []
        return [
            self._part(self._lines[:fitting], first=True),
            self._part(self._lines[fitting:], first=False),
        ]

    def draw(self) -> None:
        canvas = self.canv
        canvas.miss(self.missing, self._given)
        if self._bookmark:
            canvas.bookmark(fonts.unsteered(self.text), self.height, self._bookmark)
        if self._place is not None:
            canvas.settle(self._place, self.height)
        whole = shaped(self.text, self.style, self.language)
        drawing = LineDrawing(canvas, self._role, self.style)
        baseline = self.height - self.style.leading * BASELINE
        for line in self._lines:
            core = self.text[line.start : line.end].rstrip(" ")
            visible = line.start + len(core)
            width = (whole.edges[visible] - whole.edges[line.start]) * self.style.size / 1000
            left = self._left(width)
            drawing.line(whole, line, left, baseline)
            if self._target and isinstance(self._role, Element) and core:
                area = (left, baseline - self.style.size * 0.25, left + width, baseline + self.style.size * 0.8)
                drawing.end()
                canvas.link(self._role, area, self._target, fonts.unsteered(self.text))
            baseline -= self.style.leading
        drawing.end()

    def last_line_width(self) -> float:
        """The width of the last line, once laid out, in points."""
        if not self._lines:
            return 0.0
        edges, last = shaped(self.text, self.style, self.language).edges, self._lines[-1]
        return (edges[last.end] - edges[last.start]) * self.style.size / 1000

    def _left(self, width: float) -> float:
        """Where a line as wide as that begins, measured from the left."""
        align = self.style.align
        if align in {"start", "end"}:
            align = self.side if align == "start" else ("left" if self.side == "right" else "right")
        slack = self.width - width
        return {"left": 0.0, "right": slack}.get(align, slack / 2)

    def _part(self, lines: list[Line], *, first: bool) -> "Paragraph":
        part = copy(self)
        part.spaceBefore = self.spaceBefore if first else 0
        part.keepWithNext = self.keepWithNext and not first
        if not first:
            part._bookmark, part._place, part.missing = 0, None, Counter()
        part._lines = lines
        return part


class Rule(Flowable):
    """A line across the width, `thickness` in points, with `room` left free below it."""

    canv: TaggedCanvas

    def __init__(self, colour: Color, thickness: float, *, space_before: float = 0, room: float = 0) -> None:
        super().__init__()
        self.spaceBefore = space_before
        self.height = thickness + room
        self._thickness = thickness
        self._colour = colour

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        return self.width, self.height

    def draw(self) -> None:
        with self.canv.marked("Layout"):
            self.canv.write(fill(self._colour))
            bottom = self.height - self._thickness
            self.canv.write(f"0 {number(bottom)} {number(self.width)} {number(self._thickness)} re f")


class Framed(Flowable):
    """A paragraph set off without relying on colour: in a box, or beside a bar."""

    canv: TaggedCanvas

    def __init__(self, paragraph: Paragraph, frame: Literal["box", "bar"], *, space_before: float = 0) -> None:
        super().__init__()
        self.spaceBefore = space_before
        self._paragraph = paragraph
        self._frame = frame
        self._inset = 2.4 * mm
        self._padding = 1.2 * mm if frame == "box" else 0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        _, height = self._paragraph.wrap(available_width - 2 * self._inset, available_height)
        self.width, self.height = available_width, height + 2 * self._padding
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        parts = self._paragraph.split(available_width - 2 * self._inset, available_height - 2 * self._padding)
        return [
            Framed(part, self._frame, space_before=self.spaceBefore if position == 0 else 0)
            for position, part in enumerate(parts)
            if isinstance(part, Paragraph)
        ]

    def draw(self) -> None:
        with self.canv.marked("Layout"):
            if self._frame == "bar":
                edge = self.width - 2 if self._paragraph.side == "right" else 0
                self.canv.write(f"{fill(INK)} {number(edge)} 0 2 {number(self.height)} re f")
            else:
                box = " ".join(number(side) for side in (0.4, 0.4, self.width - 0.8, self.height - 0.8))
                self.canv.write(f"{stroke(INK)} 0.8 w {box} re S")
        self._paragraph.drawOn(self.canv, self._inset, self._padding)


class CheckBox(Flowable):
    """An empty square to tick, standing on the baseline of a line of `style`, at that side of its column."""

    canv: TaggedCanvas

    def __init__(self, style: TextStyle, *, space_before: float = 0, side: Side = "left") -> None:
        super().__init__()
        self.spaceBefore = space_before
        self.height = style.leading
        self._square = style.size * 0.78
        self._bottom = style.leading * (1 - BASELINE) - style.size * 0.03
        self._side = side

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        return self.width, self.height

    def draw(self) -> None:
        left = self.width - self._square - 0.4 if self._side == "right" else 0.4
        square = number(self._square)
        with self.canv.marked("Layout"):
            self.canv.write(f"{stroke(INK)} 0.8 w {number(left)} {number(self._bottom)} {square} {square} re S")


class WritingLines(Flowable):
    """Dotted lines under a label, up to `most` where the page has room; nothing below `smallest` points."""

    canv: TaggedCanvas

    def __init__(self, label: Paragraph, *, smallest: float, spacing: float, most: int) -> None:
        super().__init__()
        self._label = label
        self._most = most
        self._smallest = smallest
        self._spacing = spacing
        self.spaceBefore = spacing / 2

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self._label.wrap(available_width, available_height)
        self.width = available_width
        self.height = available_height if available_height >= self._smallest else 0
        return self.width, self.height

    def draw(self) -> None:
        if not self.height:
            return
        top = self.height - self._label.height
        self._label.drawOn(self.canv, 0, top)
        count = min(self._most, int((top - self._spacing / 3) // self._spacing))
        with self.canv.marked("Layout"):
            self.canv.write(f"{stroke(SOFT)} 0.6 w 1 J [0 2.4] 0 d")
            for line in range(1, count + 1):
                y = number(top - line * self._spacing)
                self.canv.write(f"0 {y} m {number(self.width)} {y} l S")


def paragraphs(
    text: str,
    style: TextStyle,
    parent: Element | Artifact,
    *,
    tag: str = "P",
    space_before: float = 0,
    keep_with_next: bool = False,
    bookmark: int = 0,
    language: str = "",
    side: Side | None = None,
) -> list[Flowable]:
    """A paragraph for each line of `text` that says something, each its own element of `parent`."""
    return [
        Paragraph(
            line,
            style,
            parent.add(tag, language=language) if isinstance(parent, Element) else parent,
            space_before=0 if position else space_before,
            keep_with_next=keep_with_next,
            bookmark=0 if position else bookmark,
            language=language,
            side=side,
        )
        for position, line in enumerate(text_lines(text))
    ]


def address(text: str) -> str:
    """The URI that a printed web or e-mail address stands for, in ASCII; "" where it leads anywhere else."""
    bare = text.strip()
    if re.match(r"(https?://|mailto:)", bare, re.IGNORECASE):
        uri = bare
    elif re.match(r"[a-z][a-z0-9+.-]*:", bare, re.IGNORECASE):
        return ""  # a file, a share, a script: printed, never a link
    elif "@" in bare and "/" not in bare:
        uri = f"mailto:{bare}"
    else:
        uri = f"https://{bare}"
    return urllib.parse.quote(uri, safe=":/?#[]@!$&'*+,;=%~", errors="replace")
