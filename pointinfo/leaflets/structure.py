"""A canvas that records tagged pages: what is drawn, which element it belongs to, where it links.

ReportLab's canvas gives the drawing operations and carries platypus flowables; its PDF document is never
written. What this relies on beyond ReportLab's documented interface is in `TaggedCanvas` alone: the operators
of the page being drawn (`_code`) and the reset of the graphics state (`_startPage`).
"""

import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Literal, NamedTuple

from reportlab.pdfgen.canvas import Canvas

from pointinfo.leaflets.embedding import EmbeddedFace
from pointinfo.leaflets.faces import Face
from pointinfo.leaflets.pictures import Picture

Artifact = Literal["Layout", "Pagination"]
"""What belongs to no element and is skipped when the sheet is read aloud (ISO 32000-1, 14.8.2.2)."""

AttributeValue = str | int | list[float]


class MarkedContent(NamedTuple):
    """A stretch of a page's operators: `mark` is its number on the page (MCID)."""

    page: int
    mark: int


class Place:
    """A place of the document that something refers to; where it stands is known once it is drawn.

    `page` counts from 0 and is -1 until then, `top` is in points from the bottom of the page.
    """

    def __init__(self) -> None:
        self.page = -1
        self.top = 0.0


class Link(NamedTuple):
    """A clickable area: left, bottom, right, top in points; `words` say where it leads, a URI or a place."""

    page: int
    area: tuple[float, float, float, float]
    target: str | Place
    words: str


class Bookmark(NamedTuple):
    """A line of the outline, of the level `depth` (1 the highest); `place` is where to go when it is chosen."""

    title: str
    place: Place
    depth: int


class Missing(NamedTuple):
    """A character that no face holds, drawn as a square: on which page (from 0), in which text, how often."""

    character: str
    page: int
    text: str
    times: int


class Element:
    """A node of the structure tree: a standard tag (ISO 32000-1, 14.8.4) and what it holds, in order.

    `language` (BCP 47) is that of its text; what is added to it inherits it.
    """

    __slots__ = ("alternative", "attributes", "kids", "language", "tag")

    def __init__(
        self,
        tag: str,
        *,
        alternative: str = "",
        attributes: Mapping[str, AttributeValue] | None = None,
        language: str = "",
    ) -> None:
        self.tag = tag
        self.alternative = alternative
        self.attributes: dict[str, AttributeValue] = dict(attributes or {})
        self.language = language
        self.kids: list[Element | MarkedContent | Link] = []

    def add(
        self,
        tag: str,
        *,
        alternative: str = "",
        attributes: Mapping[str, AttributeValue] | None = None,
        language: str = "",
    ) -> "Element":
        """A new last child."""
        child = Element(tag, alternative=alternative, attributes=attributes, language=language or self.language)
        self.kids.append(child)
        return child


class RecordedPage:
    """A page as drawn: its operators, and the element of each marked stretch by its number."""

    def __init__(self) -> None:
        self.operators: list[str] = []
        self.marks: list[Element] = []
        self.waits = False

    def close(self) -> None:
        """Put the operators together, which take less room so; not while some are still to come."""
        if not self.waits:
            self.operators[:] = ["\n".join(self.operators)]


class TaggedCanvas(Canvas):
    """Records pages of one size; `save` writes nothing, see `conformance.write`."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__(io.BytesIO(), pagesize=(width, height))
        self.width = width
        self.height = height
        self.pages: list[RecordedPage] = []
        self.bookmarks: list[Bookmark] = []
        self.faces: dict[Face, EmbeddedFace] = {}
        self.missing: list[Missing] = []
        self.pictures: dict[Picture, str] = {}
        self._late: list[tuple[list[str], int, Callable[[], str]]] = []
        self._page = RecordedPage()
        self._page_index = 0
        self._code = self._page.operators

    def write(self, operators: str) -> None:
        """Append raw operators to the page."""
        self._code.append(operators)

    def write_late(self, operators: Callable[[], str]) -> None:
        """Leave room on the page for operators that are known when all pages are drawn: a page number."""
        self._page.waits = True
        self._late.append((self._code, len(self._code), operators))
        self._code.append("")

    def finish(self) -> None:
        """Fill in what waited for the last page."""
        for page, place, operators in self._late:
            page[place] = operators()
        self._late.clear()

    @contextmanager
    def marked(self, role: Element | Artifact, actual: str = "") -> Iterator[None]:
        """What is drawn inside belongs to an element, or to none. Not to be nested.

        `actual` is what the glyphs say where they alone don't tell (ISO 32000-1, 14.9.4).
        """
        if isinstance(role, Element):
            mark = len(self._page.marks)
            self._page.marks.append(role)
            role.kids.append(MarkedContent(self._page_index, mark))
            if actual:
                words = actual.encode("utf-16-be").hex()
                self.write(f"/Span <</MCID {mark} /ActualText <FEFF{words}>>> BDC")
            else:
                self.write(f"/{role.tag} <</MCID {mark}>> BDC")
        else:
            self.write(f"/Artifact <</Type /{role}>> BDC")
        yield
        self.write("EMC")

    def link(self, element: Element, area: tuple[float, float, float, float], target: str | Place, words: str) -> None:
        """Make an area, in the present coordinates, a part of a Link element."""
        left, bottom = self.absolutePosition(area[0], area[1])
        right, top = self.absolutePosition(area[2], area[3])
        element.kids.append(Link(self._page_index, (left, bottom, right, top), target, words))

    def bookmark(self, title: str, y: float, depth: int = 1) -> None:
        """A line of the outline that leads to height `y`, in the present coordinates."""
        place = Place()
        self.settle(place, y)
        self.bookmarks.append(Bookmark(title, place, depth))

    def settle(self, place: Place, y: float) -> None:
        """Say that `place` is here, at height `y` in the present coordinates."""
        _, place.top = self.absolutePosition(0, y)
        place.page = self._page_index

    def embedded(self, face: Face) -> EmbeddedFace:
        """A face as this document uses it."""
        if face not in self.faces:
            self.faces[face] = EmbeddedFace(face, f"F{len(self.faces) + 1}")
        return self.faces[face]

    def miss(self, characters: Counter[str], text: str) -> None:
        """Note what was drawn as a square on this page."""
        self.missing += [Missing(each, self._page_index, text, count) for each, count in characters.items()]

    def pictured(self, picture: Picture) -> str:
        """The name of a picture among this document's resources; the same picture is there once."""
        return self.pictures.setdefault(picture, f"P{len(self.pictures) + 1}")

    def showPage(self) -> None:
        """Keep the page and begin the next."""
        self._page.close()
        self.pages.append(self._page)
        self._startPage()  # type: ignore[attr-defined]
        self._page = RecordedPage()
        self._page_index = len(self.pages)
        self._code = self._page.operators

    @contextmanager
    def reopened(self, page_index: int) -> Iterator[None]:
        """Draw on top of a page already kept (counted from 0); only between pages."""
        self._page, self._page_index = self.pages[page_index], page_index
        self._code = self._page.operators
        yield
        self._page, self._page_index = RecordedPage(), len(self.pages)
        self._code = self._page.operators
