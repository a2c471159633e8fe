"""Charts that are their own data tables: the cells of a tagged table stand on the marks of a tagged figure.

A `Board` is drawn whole: first what its figure shows, then its texts, each a paragraph of the cell it belongs to. Words
for the eye alone, which the table says in its heads, are artifacts.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from reportlab.lib.colors import Color, HexColor
from reportlab.platypus.flowables import Flowable

from pointinfo.i18n import Words
from pointinfo.leaflets.faces import number
from pointinfo.leaflets.line_breaking import TextStyle
from pointinfo.leaflets.line_drawing import fill
from pointinfo.leaflets.structure import Artifact, Element, TaggedCanvas
from pointinfo.leaflets.typesetting import SOFT, Paragraph
from pointinfo.reports.content import Part, Value, value_words

PALE: Final = HexColor("#E4F0F5")
WHITE: Final = HexColor("#FFFFFF")
CELL: Final = TextStyle(8, 10.5)
HEAD: Final = TextStyle(7.5, 10, colour=SOFT)
ROOM: Final = 3.0
"""Above and below a line of a chart, in points."""


class Text(NamedTuple):
    """A paragraph, its lower left from that of the board and its width, in points."""

    x: float
    y: float
    width: float
    paragraph: Paragraph


class Board(Flowable):
    """A chart of a given size: `draw` makes the figure's marks, `texts` are laid on them. Never split."""

    canv: TaggedCanvas

    def __init__(
        self, size: tuple[float, float], figure: Element | None, draw: Callable[[TaggedCanvas], None], texts: list[Text]
    ) -> None:
        super().__init__()
        self._wide, self.height = size
        self._figure = figure
        self._draw = draw
        self._texts = texts

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        if self._figure is not None:
            left, bottom = canvas.absolutePosition(0, 0)
            box = [round(edge, 2) for edge in (left, bottom, left + self._wide, bottom + self.height)]
            self._figure.attributes |= {"BBox": box, "Placement": "Block"}
        with canvas.marked(self._figure or "Layout"):
            canvas.saveState()
            self._draw(canvas)
            canvas.restoreState()
        for text in self._texts:
            text.paragraph.wrap(text.width, 1e6)
            text.paragraph.drawOn(canvas, text.x, text.y)


class Cells:
    """The structure of a board's table, and the texts of its cells."""

    def __init__(self, part: Part, parent: Element, words: Words) -> None:
        self._words = words
        self._table = parent.add("Table")
        head = self._table.add("THead").add("TR")
        self.heads = [
            Paragraph(text, HEAD, head.add("TH", attributes={"Scope": "Column"})) if text else self._blank(head)
            for text in part.head
        ]
        self._body = self._table.add("TBody")

    def row(self, row: Sequence[Value], styles: Sequence[TextStyle]) -> list[Paragraph]:
        """A paragraph for each cell; the first heads the row."""
        line = self._body.add("TR")
        cells = []
        for place, (value, style) in enumerate(zip(row, styles, strict=True)):
            cell = line.add("TD") if place else line.add("TH", attributes={"Scope": "Row"})
            seen = style._replace(colour=SOFT) if value is None else style
            cells.append(Paragraph(value_words(value, self._words), seen, cell))
        return cells

    def _blank(self, head: Element) -> Paragraph:
        return Paragraph("", HEAD, head.add("TD"))


def told_only(heads: Sequence[Paragraph]) -> list[Flowable]:
    """Heads that the eye finds beside the figures: they belong to the table, and take no room."""
    return [Board((1, 0), None, lambda _canvas: None, [Text(0, 0, 400, _unseen(head)) for head in heads if head.text])]


def _unseen(head: Paragraph) -> Paragraph:
    head.style = head.style._replace(size=0.1, leading=0.1, colour=WHITE)
    return head


def artifact(text: str, style: TextStyle) -> Paragraph:
    role: Artifact = "Layout"
    return Paragraph(text, style, role)


def alternative(part: Part, place: int, words: Words) -> str:
    """The chart in a sentence: what it shows, and its largest mark."""
    _ = words.gettext
    shown = [row for row in part.rows if isinstance(row[place], int | float)]
    if not shown:
        return _("{title} : tous les chiffres sont masqués. Le tableau suit.").format(title=part.title)
    largest = max(shown, key=lambda row: max(v for v in row[place:] if isinstance(v, int | float)))
    name = largest[place - 1] if place == 2 else largest[0]
    return _("{title} : le plus souvent, {name}. Le tableau suit.").format(title=part.title, name=name)


def dot(canvas: TaggedCanvas, at: tuple[float, float], radius: float, colour: Color) -> None:
    """A disc of four curves."""
    x, y = at
    bend = radius * 0.5523
    path = [f"{number(x + radius)} {number(y)} m"]
    for a, b, c in (
        ((radius, bend), (bend, radius), (0, radius)),
        ((-bend, radius), (-radius, bend), (-radius, 0)),
        ((-radius, -bend), (-bend, -radius), (0, -radius)),
        ((bend, -radius), (radius, -bend), (radius, 0)),
    ):
        path.append(" ".join(number(v) for dx, dy in (a, b, c) for v in (x + dx, y + dy)) + " c")
    canvas.write(f"{fill(colour)} {' '.join(path)} f")
