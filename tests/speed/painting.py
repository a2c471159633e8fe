"""Keystroke to painted list, in the real window: the words go into the search line, the list paints, the event ends."""

from functools import partial
from typing import Final

from pointinfo.desk import Desk
from tests.speed.measure import Row, row, timed
from tests.speed.screen import Painted, opened
from tests.speed.search import answered, keystrokes

PART: Final = "keystroke → painted list, every keystroke"


def measure(desk: Desk, queries: list[str]) -> list[Row]:
    """The window against the search it contains."""
    whole: list[float] = []
    search: list[float] = []
    slow: list[tuple[float, str]] = []
    with opened(desk) as window:
        page = window.counter
        painted = Painted(page.results.viewport(), page.no_result)  # the page that stands for an empty list
        for query in queries:
            for text in keystrokes(query):
                took = timed(partial(painted.after, partial(page.search.setText, text)))
                whole.append(took)
                search.append(timed(partial(answered, desk, text)))
                slow.append((took, text))
            painted.after(partial(page.search.setText, ""))
    floor = "floor: the search and 30 rows alone"
    worst = ", ".join(f"«{text}» {1000 * took:.1f}" for took, text in sorted(slow, reverse=True)[:3])
    return [row(PART, floor, search), row(PART, "PointInfo: window at 1440 × 900", whole, floor, f"worst: {worst}")]
