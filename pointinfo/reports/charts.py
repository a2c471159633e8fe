"""The charts of a report: key figures, bars, a line of months, a shaded table."""

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from reportlab.lib.colors import Color
from reportlab.platypus.flowables import Flowable

from pointinfo.i18n import Words
from pointinfo.leaflets.faces import number
from pointinfo.leaflets.line_breaking import TextStyle, natural_width
from pointinfo.leaflets.line_drawing import fill, stroke
from pointinfo.leaflets.structure import Element, TaggedCanvas
from pointinfo.leaflets.typesetting import ACCENT, LINE, SOFT
from pointinfo.reports.boards import (
    CELL,
    HEAD,
    PALE,
    ROOM,
    Board,
    Cells,
    Text,
    alternative,
    artifact,
    dot,
    told_only,
)
from pointinfo.reports.content import Chart, Part, Value, value_words
from pointinfo.reports.quadrant import quadrant

LABEL: Final = TextStyle(8, 10.5, colour=SOFT)
LARGE: Final = TextStyle(18, 23, "Bold")
ABREAST: Final = 5
"""Cards in a full row; a row of one less keeps to the same columns."""
SHADE: Final = TextStyle(7.5, 10, align="center")
DARKEST: Final = 0.62
"""Of the accent: the darkest ground on which ink has 4.5:1."""


def cards(part: Part, parent: Element, width: float, words: Words) -> list[Flowable]:
    """Key figures side by side: what is counted, how many, and small below it the share and the earlier figure."""
    table = Cells(part, parent, words)
    each = width / (ABREAST if len(part.rows) == ABREAST - 1 else len(part.rows))
    high = 50.0
    small = TextStyle(8, 10.5, colour=SOFT)
    strong = TextStyle(9.5, 12, "SemiBold", ACCENT)
    texts: list[Text] = []
    for place, row in enumerate(part.rows):
        cells = table.row(row, (LABEL, LARGE, small, *[strong for _ in row[3:]]))
        x = place * each + (10 if place else 0)
        texts.append(Text(x, high - 11, each - 12, cells[0]))
        texts.append(Text(x, high - 35, each - 12, cells[1]))
        for cell in cells[3:]:
            texts.append(Text(x + natural_width(cells[1].text, cells[1].style) + 5, high - 30.5, 50, cell))
        if row[2] != "":
            colon = "\N{NO-BREAK SPACE}: " if words.language == "fr" else ": "
            told = artifact(f"{part.head[2]}{colon}", small)
            texts.append(Text(x, 2, each, told))
            texts.append(Text(x + natural_width(told.text, small), 2, each, cells[2]))

    def draw(canvas: TaggedCanvas) -> None:
        canvas.write(fill(LINE))
        for place in range(1, len(part.rows)):
            canvas.write(f"{number(place * each)} 2 0.6 {number(high - 4)} re f")

    return [*told_only(table.heads), Board((width, high), None, draw, texts)]


def bars(part: Part, parent: Element, width: float, words: Words) -> list[Flowable]:
    """A bar for each row as long as its second cell says, the other cells at its right."""
    figure = parent.add("Figure", alternative=alternative(part, 1, words))
    table = Cells(part, parent, words)
    right = CELL._replace(align="end")
    widths = [
        max(natural_width(value_words(row[place], words), CELL) for row in part.rows)
        for place in range(1, len(part.head))
    ]
    widths = [
        max(each, min(natural_width(head, HEAD), 46 if len(widths) > 1 else 110)) + 6
        for each, head in zip(widths, part.head[1:], strict=True)
    ]
    label = min(width * 0.46, max(natural_width(str(row[0]), CELL) for row in part.rows) + 8)
    room = width - label - sum(widths)
    largest = max((row[1] for row in part.rows if isinstance(row[1], int | float)), default=0)
    laid = [table.row(row, (CELL, *[right for _ in row[1:]])) for row in part.rows]
    heights = [max(cell.wrap(label - 6, 1e6)[1] for cell in row[:1]) + ROOM for row in laid]
    edges = [label + room + sum(widths[:place]) for place in range(len(widths))]
    heads = [
        head.wrap(label - 6 if not place else widths[place - 1] - 2, 1e6)[1] for place, head in enumerate(table.heads)
    ]
    top = max(heads) + 2
    high = top + sum(heights)
    texts = [Text(0, high - top + 2, label - 6, table.heads[0])]
    for edge, wide, head in zip(edges, widths, table.heads[1:], strict=True):
        head.style = head.style._replace(align="end")
        texts.append(Text(edge, high - top + 2, wide, head))
    y = high - top
    marks: list[tuple[float, float]] = []
    for row, cells, height in zip(part.rows, laid, heights, strict=True):
        y -= height
        texts.append(Text(0, y + ROOM / 2, label - 6, cells[0]))
        baseline = y + (height - CELL.leading) / 2
        for edge, wide, cell in zip(edges, widths, cells[1:], strict=True):
            texts.append(Text(edge, baseline, wide, cell))
        if isinstance(row[1], int | float) and largest:
            marks.append((y + (height - 7) / 2, max(0.6, (room - 4) * row[1] / largest)))

    def draw(canvas: TaggedCanvas) -> None:
        canvas.write(fill(ACCENT))
        for bottom, long in marks:
            canvas.write(f"{number(label)} {number(bottom)} {number(long)} 7 re f")

    return [Board((width, high), figure, draw, texts)]


def shades(part: Part, parent: Element, width: float, words: Words) -> list[Flowable]:
    """A cell the darker the more it counts; hidden ones white in a frame."""
    figure = parent.add("Figure", alternative=alternative(part, 1, words))
    table = Cells(part, parent, words)
    label = min(width * 0.26, max(natural_width(str(row[0]), CELL) for row in part.rows) + 8)
    each = (width - label) / max(1, len(part.head) - 1)
    figures = [value for row in part.rows for value in row[1:] if isinstance(value, int)]
    largest = max(figures, default=0) or 1
    heads = [head.wrap(each - 3 if place else label - 6, 1e6)[1] for place, head in enumerate(table.heads)]
    top = max(heads) + 3
    laid = [table.row(row, (CELL, *[SHADE for _ in row[1:]])) for row in part.rows]
    heights = [max(14.0, row[0].wrap(label - 6, 1e6)[1] + ROOM) for row in laid]
    high = top + sum(heights)
    texts = []
    for place, head in enumerate(table.heads):
        if place:
            head.style = head.style._replace(align="center")
        x = label + (place - 1) * each + 1.5 if place else 0
        texts.append(Text(x, high - top + 3, each - 3 if place else label - 6, head))
    y = high - top
    marks: list[tuple[float, float, float, float | None]] = []
    for row, cells, height in zip(part.rows, laid, heights, strict=True):
        y -= height
        texts.append(Text(0, y + (height - cells[0].height) / 2, label - 6, cells[0]))
        for place, (value, cell) in enumerate(zip(row[1:], cells[1:], strict=True)):
            left = label + place * each
            texts.append(Text(left, y + (height - SHADE.leading) / 2, each, cell))
            marks.append((left, y, height, _shade(value, largest)))

    def draw(canvas: TaggedCanvas) -> None:
        for left, bottom, height, shade in marks:
            box = " ".join(number(side) for side in (left + 0.75, bottom + 0.75, each - 1.5, height - 1.5))
            if shade is None:
                canvas.write(f"{stroke(LINE)} 0.6 w {box} re S")
            else:
                canvas.write(f"{fill(_mixed(shade))} {box} re f")

    return [Board((width, high), figure, draw, texts)]


def line(part: Part, parent: Element, width: float, words: Words) -> list[Flowable]:
    """A point a row, from left to right, joined where neighbours are both shown; its figure above, its name below."""
    figure = parent.add("Figure", alternative=alternative(part, 1, words))
    table = Cells(part, parent, words)
    each = width / len(part.rows)
    floor, high = 16.0, 88.0
    shown = [row[1] for row in part.rows if isinstance(row[1], int)]
    largest = max(shown, default=0) or 1
    heights = [floor + (high - floor - 18) * row[1] / largest if isinstance(row[1], int) else None for row in part.rows]
    bold = SHADE._replace(weight="Bold")
    texts: list[Text] = []
    for place, (row, y) in enumerate(zip(part.rows, heights, strict=True)):
        ends = place in {0, len(part.rows) - 1}
        name, value = table.row(row, (SHADE._replace(colour=SOFT), bold if ends else SHADE))
        texts.append(Text(place * each, 0, each, name))
        texts.append(Text(place * each, (floor if y is None else y) + 4, each, value))
    points = [None if y is None else ((place + 0.5) * each, y) for place, y in enumerate(heights)]

    def draw(canvas: TaggedCanvas) -> None:
        canvas.write(f"{fill(LINE)} 0 {number(floor - 3)} {number(width)} 0.6 re f")
        canvas.write(f"{stroke(ACCENT)} 1.6 w 1 j 1 J")
        for one, other in pairwise(points):
            if one and other:
                canvas.write(" ".join(map(number, one)) + " m " + " ".join(map(number, other)) + " l S")
        for point in points:
            if point:
                dot(canvas, point, 2.6, ACCENT)

    return [*told_only(table.heads), Board((width, high), figure, draw, texts)]


def _shade(value: Value, largest: int) -> float | None:
    """How dark a cell is, from 0 to 1; None where it is hidden."""
    return value / largest if isinstance(value, int) else None


def _mixed(shade: float) -> Color:
    """Between the palest and an accent on which ink is still read (4.5:1)."""
    return Color(*(a + (b - a) * shade * DARKEST for a, b in zip(PALE.rgb(), ACCENT.rgb(), strict=True)))


CHARTS: Final[dict[Chart, Callable[[Part, Element, float, Words], list[Flowable]]]] = {
    "cards": cards, "line": line, "bars": bars, "shades": shades, "quadrant": quadrant,
}  # fmt: skip
