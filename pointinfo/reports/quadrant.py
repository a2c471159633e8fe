"""The quadrant of demand and unmet need: what is asked often and seldom answered stands out."""

from collections.abc import Callable, Sequence

from reportlab.platypus.flowables import Flowable

from pointinfo.i18n import Words
from pointinfo.leaflets.columns import Column, Columns
from pointinfo.leaflets.faces import number
from pointinfo.leaflets.line_breaking import TextStyle
from pointinfo.leaflets.line_drawing import fill, stroke
from pointinfo.leaflets.structure import Element, TaggedCanvas
from pointinfo.leaflets.typesetting import ACCENT, LINE, SOFT
from pointinfo.reports.boards import CELL, HEAD, PALE, ROOM, WHITE, Board, Cells, Text, alternative, artifact, dot
from pointinfo.reports.content import Part, Percent


def quadrant(part: Part, parent: Element, width: float, words: Words) -> list[Flowable]:
    """How many ask against how many of them get no answer: numbered points, their table at the right.

    What is asked more and answered less than the mean of what is shown stands on a pale ground.
    """
    _ = words.gettext
    placed = [
        (str(row[0]), row[2], int(row[-1]))
        for row in part.rows
        if isinstance(row[2], int) and isinstance(row[-1], Percent)
    ]
    if not placed:  # every rate is hidden: nothing to draw
        return _listed(part, parent, width, words)
    figure = parent.add("Figure", alternative=alternative(part, 2, words))
    side, gap = width * 0.36, 14.0
    listed = _listed(part, parent, width - side - gap, words)
    high = max(120.0, min(230.0, sum(each.wrap(width - side - gap, 1e6)[1] for each in listed)))
    left, bottom = 12.0, 14.0
    wide, tall = side - left, high - bottom - 12
    across, up = _spread([x for _name, x, _y in placed]), _spread([y for _name, _x, y in placed])
    at = [(name, left + wide * across(x), bottom + tall * up(y)) for name, x, y in placed]
    middle = [sum(places) / len(places) for places in ([x for _name, x, _y in at], [y for _name, _x, y in at])]
    tiny = TextStyle(6.5, 8, "Bold", WHITE, "center")
    texts = [Text(x - 8, y - 3.4, 16, artifact(name, tiny)) for name, x, y in at]
    texts.append(Text(left, 0, wide, artifact(_("Demandes →"), HEAD._replace(align="end"))))
    texts.append(Text(0, high - 10, wide, artifact(_("↑ Taux sans réponse"), HEAD)))

    def draw(canvas: TaggedCanvas) -> None:
        often = (middle[0], middle[1], left + wide - middle[0], bottom + tall - middle[1])
        canvas.write(f"{fill(PALE)} {' '.join(map(number, often))} re f")
        canvas.write(f"{stroke(LINE)} 0.8 w {number(left)} {number(bottom + tall)} m {number(left)} {number(bottom)} l")
        canvas.write(f"{number(left + wide)} {number(bottom)} l S")
        for _name, x, y in at:
            dot(canvas, (x, y), 6, ACCENT)

    board = Board((side, high), figure, draw, texts)
    return [Columns([Column(0, side, [board]), Column(side + gap, width - side - gap, listed)])]


def _spread(values: Sequence[float]) -> Callable[[float], float]:
    """Where a value stands between the least and the largest, with room at both ends; from 0 to 1."""
    least, largest = min(values, default=0), max(values, default=0)
    if least == largest:
        return lambda _value: 0.5
    return lambda value: 0.08 + 0.84 * (value - least) / (largest - least)


def _listed(part: Part, parent: Element, width: float, words: Words) -> list[Flowable]:
    """The rows of a quadrant as a table with figures at the right."""
    table = Cells(part, parent, words)
    widths = [18.0, 0.0, 50.0, 78.0, 40.0]
    widths[1] = width - sum(widths)
    edges = [sum(widths[:place]) for place in range(len(widths))]
    styles = [CELL._replace(colour=SOFT), CELL, *[CELL._replace(align="end")] * 3]
    laid = [table.row(row, styles) for row in part.rows]
    heights = [row[1].wrap(widths[1] - 6, 1e6)[1] + ROOM for row in laid]
    tops = [head.wrap(wide - 4, 1e6)[1] for head, wide in zip(table.heads, widths, strict=True)]
    top = max(tops) + 3
    high = top + sum(heights)
    texts = []
    for place, head in enumerate(table.heads):
        if place > 1:
            head.style = head.style._replace(align="end")
        texts.append(Text(edges[place] + 4 * (place > 1), high - top + 3, widths[place] - 4, head))
    y = high - top
    rules = []
    for cells, height in zip(laid, heights, strict=True):
        rules.append(y)
        y -= height
        for place, cell in enumerate(cells):
            bottom = y + (ROOM / 2 if place == 1 else (height - CELL.leading) / 2)
            texts.append(Text(edges[place], bottom, widths[place] - (6 if place == 1 else 0), cell))

    def draw(canvas: TaggedCanvas) -> None:
        canvas.write(fill(LINE))
        for rule in rules:
            canvas.write(f"0 {number(rule)} {number(width)} 0.5 re f")

    return [Board((width, high), None, draw, texts)]
