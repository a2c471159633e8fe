"""Pours a story of flowables into pages and columns, headings never parted from what they head."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Final, NamedTuple

from reportlab.platypus.flowables import Flowable

from pointinfo.leaflets.line_breaking import ROUNDING
from pointinfo.leaflets.structure import TaggedCanvas


class PageDesign(NamedTuple):
    """The text area of every page, in points: margins, columns with a gap between them.

    `mirrored`, the first column stands at the right, as in Arabic or Persian.
    """

    left: float
    right: float
    top: float
    bottom: float
    columns: int = 1
    gap: float = 0
    mirrored: bool = False

    def width(self, canvas: TaggedCanvas) -> float:
        """The width of a column."""
        whole = canvas.width - self.left - self.right
        return (whole - self.gap * (self.columns - 1)) / self.columns


class NewPage(Flowable):
    """What follows begins on a page of its own, `right_hand` on one with an odd number."""

    def __init__(self, *, right_hand: bool = False) -> None:
        super().__init__()
        self.right_hand = right_hand

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = self.height = 0
        return 0, 0

    def draw(self) -> None:
        pass


Furniture = Callable[[TaggedCanvas, int], None]
"""Draws what stands on every page beside the story (running head, page number), given the page counted from 0."""

LONGEST_GROUP: Final = 8  # flowables kept together; more is no heading any more


def pour(canvas: TaggedCanvas, story: Iterable[Flowable], design: PageDesign, *, taken: float = 0) -> None:
    """Draw the story, each flowable once. A flowable higher than a whole column, and not to be split, overflows it.

    The story is taken a few flowables at a time and none is held once it is drawn: a directory has ten thousand.
    `taken` is how many points of its first page are drawn already, across all columns, from the edge of the paper.
    """
    coming = iter(story)
    waiting: deque[Flowable] = deque()
    pouring = _Pouring(canvas, design, taken)
    while True:
        waiting.extend(islice(coming, max(0, LONGEST_GROUP - len(waiting))))
        if not waiting:
            break
        if isinstance(waiting[0], NewPage):
            pouring.new_page(right_hand=waiting[0].right_hand)
            waiting.popleft()
            continue
        group = _kept_together(waiting)
        for _drawn in group:
            waiting.popleft()
        waiting.extendleft(pouring.put(group)[::-1])
    pouring.end()


def furnish(canvas: TaggedCanvas, furniture: Furniture, *, first: int = 0) -> None:
    """Draw the furniture of the pages from `first` on, once all are there: it may say how many there are."""
    for page in range(first, len(canvas.pages)):
        with canvas.reopened(page):
            furniture(canvas, page)


def running_title(canvas: TaggedCanvas, page: int, depth: int = 1) -> str:
    """The heading of that level under which a page begins, or the first that stands on it."""
    title = ""
    for mark in canvas.bookmarks:
        if mark.depth != depth or mark.place.page > page:
            continue
        if mark.place.page < page or not title:
            title = mark.title
        else:
            break
    return title


class _Pouring:
    """Where the next flowable goes."""

    def __init__(self, canvas: TaggedCanvas, design: PageDesign, taken: float) -> None:
        self._canvas = canvas
        self._design = design
        self._width = design.width(canvas)
        self._highest = canvas.height - (taken or design.top)
        self._column = 0
        self._y = self._highest
        self._touched = taken > 0

    def put(self, group: Sequence[Flowable]) -> list[Flowable]:
        """Draw as much of a group as has room; what remains goes on in the next column."""
        *heads, last = group
        needed = sum(self._height(flowable, place) for place, flowable in enumerate(heads))
        height = self._height(last, len(heads))
        room = self._y - self._design.bottom + ROUNDING
        if needed + height <= room:
            self._draw(group)
            return []
        before = last.getSpaceBefore() if heads or not self._empty else 0
        parts = last.split(self._width, room - needed - before) if room > needed + before else []
        if len(parts) > 1:
            self._draw([*heads, parts[0]])
            return list(parts[1:])
        if not self._empty:
            self._next_column()
            return list(group)
        if heads:  # too high for any column as a whole
            self._draw(heads)
            self._next_column()
            return [last]
        self._draw([last])
        return []

    def new_page(self, *, right_hand: bool) -> None:
        if self._touched:
            self._show()
        if right_hand and len(self._canvas.pages) % 2:
            self._show()

    def end(self) -> None:
        if self._touched:
            self._show()

    @property
    def _empty(self) -> bool:
        return self._y >= self._highest

    def _height(self, flowable: Flowable, place: int) -> float:
        before = flowable.getSpaceBefore() if place or not self._empty else 0
        _, height = flowable.wrap(self._width, self._y - self._design.bottom)
        return height + before

    def _draw(self, flowables: Sequence[Flowable]) -> None:
        column = self._column
        if self._design.mirrored:
            column = self._design.columns - 1 - column
        left = self._design.left + column * (self._width + self._design.gap)
        for flowable in flowables:
            self._y -= self._height(flowable, 0)
            flowable.drawOn(self._canvas, left, self._y)
            self._touched = True

    def _next_column(self) -> None:
        self._y = self._highest
        self._column += 1
        if self._column == self._design.columns:
            self._show()

    def _show(self) -> None:
        self._canvas.showPage()
        self._highest = self._canvas.height - self._design.top
        self._column, self._y, self._touched = 0, self._highest, False


def _kept_together(waiting: Iterable[Flowable]) -> list[Flowable]:
    """The next flowable, with those that it must not be parted from."""
    group: list[Flowable] = []
    for flowable in waiting:
        if isinstance(flowable, NewPage):
            break
        group.append(flowable)
        if not flowable.getKeepWithNext() or len(group) == LONGEST_GROUP:  # type: ignore[no-untyped-call]
            break
    return group
