"""A canvas that records tagged pages: what is drawn, which element it belongs to, where it links.

ReportLab's canvas gives the drawing operations and carries platypus flowables; its PDF document is never
written. What this relies on beyond ReportLab's documented interface is in `TaggedCanvas` alone: the operators
of the page being drawn (`_code`) and the reset of the graphics state (`_startPage`).
"""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal, NamedTuple

from reportlab.pdfgen.canvas import Canvas

from pointinfo.leaflets.fonts import EmbeddedFace, Face

Artifact = Literal["Layout", "Pagination"]
"""What belongs to no element and is skipped when the sheet is read aloud (ISO 32000-1, 14.8.2.2)."""

AttributeValue = str | int | list[float]


class MarkedContent(NamedTuple):
    """A stretch of a page's operators: `mark` is its number on the page (MCID)."""

    page: int
    mark: int


class Link(NamedTuple):
    """A clickable area: left, bottom, right, top in points; `words` say where it leads."""

    page: int
    area: tuple[float, float, float, float]
    uri: str
    words: str


class Bookmark(NamedTuple):
    """A line of the outline: where to go when it is chosen, `top` in points from the bottom of the page."""

    title: str
    page: int
    top: float


class Element:
    """A node of the structure tree: a standard tag (ISO 32000-1, 14.8.4) and what it holds, in order."""

    def __init__(
        self, tag: str, *, alternative: str = "", attributes: Mapping[str, AttributeValue] | None = None
    ) -> None:
        self.tag = tag
        self.alternative = alternative
        self.attributes: dict[str, AttributeValue] = dict(attributes or {})
        self.kids: list[Element | MarkedContent | Link] = []

    def add(
        self, tag: str, *, alternative: str = "", attributes: Mapping[str, AttributeValue] | None = None
    ) -> "Element":
        """A new last child."""
        child = Element(tag, alternative=alternative, attributes=attributes)
        self.kids.append(child)
        return child


class RecordedPage:
    """A page as drawn: its operators, and the element of each marked stretch by its number."""

    def __init__(self) -> None:
        self.operators: list[str] = []
        self.marks: list[Element] = []


class TaggedCanvas(Canvas):
    """Records pages of one size; `save` writes nothing, see `conformance.write`."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__(io.BytesIO(), pagesize=(width, height))
        self.width = width
        self.height = height
        self.pages: list[RecordedPage] = []
        self.bookmarks: list[Bookmark] = []
        self.faces: dict[Face, EmbeddedFace] = {}
        self._page = RecordedPage()
        self._page_index = 0
        self._code = self._page.operators

    def write(self, operators: str) -> None:
        """Append raw operators to the page."""
        self._code.append(operators)

    @contextmanager
    def marked(self, role: Element | Artifact) -> Iterator[None]:
        """What is drawn inside belongs to an element, or to none. Not to be nested."""
        if isinstance(role, Element):
            mark = len(self._page.marks)
            self._page.marks.append(role)
            role.kids.append(MarkedContent(self._page_index, mark))
            self.write(f"/{role.tag} <</MCID {mark}>> BDC")
        else:
            self.write(f"/Artifact <</Type /{role}>> BDC")
        yield
        self.write("EMC")

    def link(self, element: Element, area: tuple[float, float, float, float], uri: str, words: str) -> None:
        """Make an area, in the present coordinates, a part of a Link element."""
        left, bottom = self.absolutePosition(area[0], area[1])
        right, top = self.absolutePosition(area[2], area[3])
        element.kids.append(Link(self._page_index, (left, bottom, right, top), uri, words))

    def bookmark(self, title: str, y: float) -> None:
        """A line of the outline that leads to height `y`, in the present coordinates."""
        _, top = self.absolutePosition(0, y)
        self.bookmarks.append(Bookmark(title, self._page_index, top))

    def embedded(self, face: Face) -> EmbeddedFace:
        """A face as this document uses it."""
        if face not in self.faces:
            self.faces[face] = EmbeddedFace(face, f"F{len(self.faces) + 1}")
        return self.faces[face]

    def showPage(self) -> None:
        """Keep the page and begin the next."""
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
