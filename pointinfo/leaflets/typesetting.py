"""Flowables for stock platypus frames: shaped and tagged paragraphs, rules, boxes, lines to write on."""

import re
import urllib.parse
from typing import Final, Literal

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from pointinfo.leaflets import fonts
from pointinfo.leaflets.fonts import number
from pointinfo.leaflets.line_breaking import INK, ROUNDING, TextStyle, break_lines, natural_width, text_lines
from pointinfo.leaflets.structure import Artifact, Element, TaggedCanvas

SOFT: Final = HexColor("#55616D")
LINE: Final = HexColor("#DCE2E8")
ACCENT: Final = HexColor("#0B5C7A")

_BASELINE: Final = 0.76  # of the leading, from the top of a line


class Paragraph(Flowable):
    """A text of one style, in lines, its words never broken unless one is wider than the column.

    `role` is the element it belongs to, or an artifact; a Link element leads to `uri`.
    """

    canv: TaggedCanvas

    def __init__(
        self,
        text: str,
        style: TextStyle,
        role: Element | Artifact,
        *,
        uri: str = "",
        space_before: float = 0,
        keep_with_next: bool = False,
        bookmark: bool = False,
    ) -> None:
        super().__init__()
        self.text = fonts.printable(text)
        self.style = style
        self.spaceBefore = space_before
        self.keepWithNext = keep_with_next
        self._role = role
        self._uri = uri
        self._bookmark = bookmark
        self._lines: list[tuple[int, int]] = []
        self._laid_out_for = -1.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        if self._laid_out_for != available_width:
            self._lines = break_lines(self.text, self.style, available_width)
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
        canvas, style = self.canv, self.style
        if self._bookmark:
            canvas.bookmark(self.text, self.height)
        baseline = self.height - style.leading * _BASELINE
        with canvas.marked(self._role):
            canvas.write(_fill(style.colour))
            for start, end in self._lines:
                self._draw_line(self.text[start:end], baseline)
                baseline -= style.leading

    def _draw_line(self, line: str, baseline: float) -> None:
        """Spaces at the end are drawn too, else the words around them are one when the sheet is searched."""
        canvas, style = self.canv, self.style
        visible = line.rstrip(" ")
        x = 0.0
        if style.align != "left":
            slack = self.width - natural_width(visible, style)
            x = slack if style.align == "right" else slack / 2
        left = x
        for run in fonts.runs(line, style.weight):
            face = canvas.embedded(run.face)
            shown = face.show(run.text, style.size)
            text = f"BT /{face.resource} {number(style.size)} Tf {number(x)} {number(baseline)} Td"
            text = f"{text} {shown.operators} ET"
            if not shown.faithful:
                text = f"/Span <</ActualText <FEFF{run.text.encode('utf-16-be').hex()}>>> BDC {text} EMC"
            canvas.write(text)
            x += shown.width
        if self._uri and isinstance(self._role, Element) and visible:
            right = left + natural_width(visible, style)
            area = (left, baseline - style.size * 0.25, right, baseline + style.size * 0.8)
            canvas.link(self._role, area, self._uri, self.text)

    def _part(self, lines: list[tuple[int, int]], *, first: bool) -> "Paragraph":
        part = Paragraph(
            "",
            self.style,
            self._role,
            uri=self._uri,
            space_before=self.spaceBefore if first else 0,
            keep_with_next=self.keepWithNext and not first,
            bookmark=self._bookmark and first,
        )
        part.text = self.text
        part._lines = lines
        part._laid_out_for = self._laid_out_for
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
            self.canv.write(_fill(self._colour))
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
                self.canv.write(f"{_fill(INK)} 0 0 2 {number(self.height)} re f")
            else:
                box = " ".join(number(side) for side in (0.4, 0.4, self.width - 0.8, self.height - 0.8))
                self.canv.write(f"{_stroke(INK)} 0.8 w {box} re S")
        self._paragraph.drawOn(self.canv, self._inset, self._padding)


class CheckBox(Flowable):
    """An empty square to tick, standing on the baseline of a line of `style`."""

    canv: TaggedCanvas

    def __init__(self, style: TextStyle, *, space_before: float = 0) -> None:
        super().__init__()
        self.spaceBefore = space_before
        self.width = self.height = style.leading
        self._side = style.size * 0.78
        self._bottom = style.leading * (1 - _BASELINE) - style.size * 0.03

    def draw(self) -> None:
        side = number(self._side)
        with self.canv.marked("Layout"):
            self.canv.write(f"{_stroke(INK)} 0.8 w 0.4 {number(self._bottom)} {side} {side} re S")


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
            self.canv.write(f"{_stroke(SOFT)} 0.6 w 1 J [0 2.4] 0 d")
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
    bookmark: bool = False,
) -> list[Flowable]:
    """A paragraph for each line of `text` that says something, each its own element of `parent`."""
    return [
        Paragraph(
            line,
            style,
            parent.add(tag) if isinstance(parent, Element) else parent,
            space_before=0 if position else space_before,
            keep_with_next=keep_with_next,
            bookmark=bookmark and not position,
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


def _fill(colour: Color) -> str:
    return f"{_channels(colour)} rg"


def _stroke(colour: Color) -> str:
    return f"{_channels(colour)} RG"


def _channels(colour: Color) -> str:
    return " ".join(number(channel) for channel in colour.rgb())
