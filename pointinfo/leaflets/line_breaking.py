"""How wide a text is in a style, and where its lines may end."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from reportlab.lib.colors import Color, HexColor

from pointinfo.leaflets import fonts
from pointinfo.leaflets.fonts import Weight

INK: Final = HexColor("#1A2026")
ROUNDING: Final = 0.01
"""Points by which a sum of widths or heights may miss."""


class TextStyle(NamedTuple):
    """How a paragraph looks; lengths in points, `leading` from baseline to baseline."""

    size: float
    leading: float
    weight: Weight = "Regular"
    colour: Color = INK
    align: Literal["left", "center", "right"] = "left"


def text_lines(text: str) -> list[str]:
    """The lines of `text` that leave a mark on paper."""
    return [line for line in map(str.strip, text.splitlines()) if fonts.printable(line).strip()]


def natural_width(text: str, style: TextStyle) -> float:
    """The width of `text` on one line, in points."""
    return _edges(fonts.printable(text), style)[-1]


def break_lines(text: str, style: TextStyle, width: float) -> list[tuple[int, int]]:
    """Where the lines of `text` (printable) begin and end, spaces at the end of a line hanging over."""
    edges = _edges(text, style)
    breaks = [*_opportunities(text), len(text)]
    cores = [edges[len(text[:place].rstrip(" "))] for place in breaks]
    lines: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        limit = edges[start] + width + ROUNDING
        chosen = bisect_right(cores, limit) - 1
        end = breaks[chosen] if chosen >= 0 else 0
        if end <= start:
            end = _emergency_break(text, edges, start, limit)
        lines.append((start, end))
        start = end
    return lines


def _edges(text: str, style: TextStyle) -> list[float]:
    """The left edge of each character, in points, and at the end the right edge of the last."""
    advances = [0.0] * len(text)
    for run in fonts.runs(text, style.weight):
        for glyph in run.face.shape(run.text):
            advances[run.start + glyph.cluster] += glyph.advance
    edges = [0.0]
    scale = style.size / 1000
    for advance in advances:
        edges.append(edges[-1] + advance * scale)
    return edges


_MAY_BREAK: Final = re.compile(r" +(?=[^ ])|(?<=\w\w)-(?=\w{3})|(?<=\w\w)/(?=\w\w)")


def _opportunities(text: str) -> list[int]:
    """Where a line may end: after spaces, and inside long compounds, but never inside a number or a time.

    French sets a space before : ; ! ? » and after «, which must not part them from their word.
    """
    places = []
    for match in _MAY_BREAK.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end()]
        if match.group().isspace():
            in_number = before.isdigit() and after.isdigit()
            in_time = before in {"–", "—"} and after.isdigit()
            if in_number or in_time or after in ":;!?»%€–—" or before == "«":
                continue
        places.append(match.end())
    return places


def _emergency_break(text: str, edges: Sequence[float], start: int, limit: float) -> int:
    """Where to cut a word wider than the line: after a separator if one is near, else anywhere."""
    furthest = max(bisect_right(edges, limit) - 1, start + 1)
    for place in range(furthest, start + (furthest - start) // 2, -1):
        if text[place - 1] in "/-_.?&=#,;":
            return place
    # A character of no width of its own belongs to the one before it.
    while start + 1 < furthest < len(text) and edges[furthest] == edges[furthest + 1]:
        furthest -= 1
    return furthest
