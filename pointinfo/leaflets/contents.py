"""Tables of contents and indexes: lines that say on which page something stands, filled in when all pages are there.

The story is laid out once. A line knows the place it refers to, not its page; the number is written at the end.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from reportlab.platypus.flowables import Flowable

from pointinfo.leaflets.line_breaking import TextStyle, break_lines, natural_width
from pointinfo.leaflets.line_drawing import BASELINE, late_text
from pointinfo.leaflets.shaping import Side, side
from pointinfo.leaflets.structure import Element, Place, TaggedCanvas
from pointinfo.leaflets.typesetting import Paragraph

PageLabel = Callable[[int], str]
"""What is printed on a page counted from 0."""

_DOT: Final = " ."
_LARGEST: Final = "000"  # room for a page number
_BETWEEN: Final = ", "
_WIDEST_NUMBERS: Final = 0.45  # of a line: more would leave no room for the term
_MOST_PAGES: Final = 12  # of an index line; more helps nobody find anything


class Title(NamedTuple):
    """A heading in a table of contents: `depth` 1 for the highest level."""

    text: str
    depth: int
    place: Place
    language: str = ""


class Term(NamedTuple):
    """What an index leads to: a name or a subject, and where it stands."""

    text: str
    places: Sequence[Place]
    language: str = ""


def counted(page: int) -> str:
    """Pages numbered from 1."""
    return str(page + 1)


def table_of_contents(
    titles: Iterable[Title],
    styles: Sequence[TextStyle],
    parent: Element,
    *,
    label: PageLabel = counted,
    space_before: float = 0,
) -> list[Flowable]:
    """A line for each title, indented by its depth, in the style of its depth or the last there is."""
    contents = parent.add("TOC")
    lines: list[Flowable] = []
    for title in titles:
        style = styles[min(title.depth, len(styles)) - 1]
        link = contents.add("TOCI", language=title.language).add("Reference").add("Link")
        indent = (title.depth - 1) * style.size * 1.2
        edge = side(contents.language)
        lines.append(
            PagedLine(
                title.text, [title.place], style, link,
                label=label, indent=indent, space_before=space_before, side=edge,
            )
        )  # fmt: skip
    return lines


def index(
    terms: Iterable[Term],
    style: TextStyle,
    letter: TextStyle,
    parent: Element,
    *,
    label: PageLabel = counted,
    space_before: float = 0,
) -> list[Flowable]:
    """The terms by their first letter, each group below it; accents and capitals don't count for the order."""
    lines: list[Flowable] = []
    listed = sorted(terms, key=lambda term: (_folded(term.text), term.text))
    for first, group in groupby(listed, key=lambda term: _folded(term.text)[:1].upper()):
        section = parent.add("Sect")
        lines.append(
            Paragraph(first or "–", letter, section.add("P"), space_before=letter.leading / 2, keep_with_next=True)
        )
        entries = section.add("L")
        for term in group:
            link = entries.add("LI", language=term.language).add("LBody").add("Link")
            edge = side(section.language)
            lines.append(
                PagedLine(term.text, term.places, style, link, label=label, space_before=space_before, side=edge)
            )
    return lines


class PagedLine(Flowable):
    """A text, dots, and the pages on which its places stand; a click leads to the first of them.

    It begins at `side`, whatever its own language: the lines of a list have one edge.
    """

    canv: TaggedCanvas

    def __init__(
        self,
        text: str,
        places: Sequence[Place],
        style: TextStyle,
        link: Element,
        *,
        label: PageLabel = counted,
        indent: float = 0,
        space_before: float = 0,
        side: Side | None = None,
    ) -> None:
        super().__init__()
        self.spaceBefore = space_before
        self._places = places
        self._style = style
        self._link = link
        self._label = label
        self._indent = indent
        self._text = Paragraph(text, style, link, target=places[0] if places else "", side=side)
        self._mirrored = self._text.side == "right"

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        style, language = self._style, self._link.language
        room = natural_width(f"{_LARGEST}{_BETWEEN}", style, language)
        rows = 1
        if len(self._places) <= 1:
            self._numbers = room
        elif all(place.page >= 0 for place in self._places):  # an index at the end: the pages are known already
            needed = natural_width(self._pages(), style, language) + style.size * 0.6
            self._numbers = min(max(room, needed), max(room, available_width * _WIDEST_NUMBERS))
            rows = len(break_lines(self._pages(), style, self._numbers, language))
        else:
            needed = room * min(len(self._places), _MOST_PAGES)
            self._numbers = min(needed, max(room, available_width / 3))
            rows = int(-(-needed // self._numbers))
        _, height = self._text.wrap(available_width - self._indent - self._numbers, available_height)
        self._rows = rows
        self.height = max(height, rows * style.leading)
        return self.width, self.height

    def draw(self) -> None:
        style, text = self._style, self._text
        left = self._numbers if self._mirrored else self._indent
        text.drawOn(self.canv, left, self.height - text.height)
        baseline = self.height - text.height + style.leading * (1 - BASELINE)
        if self._rows == 1:
            self._leader(left, baseline)
        first = baseline if self._rows == 1 else self.height - style.leading * BASELINE
        for row in range(self._rows):
            late_text(
                self.canv,
                self._link,
                style,
                lambda row=row: self._row(row),  # type: ignore[misc]
                edge=0 if self._mirrored else self.width,
                baseline=first - row * style.leading,
                side="left" if self._mirrored else "right",
            )

    def _pages(self) -> str:
        """The pages on which its places stand, each once."""
        pages = sorted({place.page for place in self._places if place.page >= 0})
        return _BETWEEN.join(self._label(page) for page in pages[:_MOST_PAGES])

    def _row(self, row: int) -> str:
        """What a row of numbers says: the pages broken over the rows that there are."""
        text = self._pages()
        lines = break_lines(text, self._style, self._numbers, self._link.language)
        return text[lines[row].start : lines[row].end].rstrip() if row < len(lines) else ""

    def _leader(self, left: float, baseline: float) -> None:
        """Dots from the end of the text to the room of the number; for the eye only."""
        gap = self._style.size * 0.4
        start = left + self._text.last_line_width() + gap
        end = self.width - self._numbers
        if self._mirrored:
            start, end = self._numbers, self.width - self._indent - self._text.last_line_width() - gap
        count = int((end - start) / natural_width(_DOT, self._style))
        if count > 0:
            late_text(
                self.canv,
                "Layout",
                self._style,
                lambda: _DOT * count,
                edge=start if self._mirrored else end,
                baseline=baseline,
                side="left" if self._mirrored else "right",
            )


def _folded(text: str) -> str:
    """What a term is sorted by: its letters without accents, articles' apostrophes and signs left out."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if character.isalnum() or character == " ").strip()
