"""QR codes, drawn as one path of exact squares."""

from functools import lru_cache
from typing import Final

import segno
from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from pointinfo.leaflets.shaping import Side
from pointinfo.leaflets.structure import Element, TaggedCanvas

SMALLEST: Final = 25 * mm
"""The least side of the dark square, which phones read at arm's length."""

_QUIET: Final = 4  # modules of white around the code (ISO/IEC 18004)
_MODULE: Final = 0.5 * mm  # a fuller code grows to keep its squares this wide


class QrCode(Flowable):
    """A figure at an edge of its column, the quiet zone beside and below it inside, the others outside.

    The column stands at the margin and below white space, so that the dark square lines up with the text.
    """

    canv: TaggedCanvas

    def __init__(
        self, payload: str, element: Element, *, widest: float, side: Side = "right", smallest: float = SMALLEST
    ) -> None:
        super().__init__()
        self._element = element
        self._at = side
        self._rows = _modules(payload)
        count = len(self._rows)
        self.side = min(widest, max(smallest, count * _MODULE))
        self._module = self.side / count

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        self.height = self.side + _QUIET * self._module
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        inside = self.width - self.side if self._at == "right" else 0
        left, bottom = canvas.absolutePosition(inside, self.height - self.side)
        self._element.attributes |= {
            "BBox": [round(edge, 2) for edge in (left, bottom, left + self.side, bottom + self.side)],
            "Placement": "Block",
        }
        with canvas.marked(self._element):
            canvas.saveState()
            canvas.translate(inside, self.height)
            canvas.scale(self._module, -self._module)
            canvas.write("0 0 0 rg")
            canvas.write(" ".join(_bars(self._rows)))
            canvas.write("f")
            canvas.restoreState()


def fits(payload: str) -> bool:
    """Whether a QR code can hold `payload` (some 2,300 bytes at most)."""
    try:
        _modules(payload)
    except segno.DataOverflowError:
        return False
    return True


@lru_cache(maxsize=256)
def _modules(payload: str) -> tuple[bytes, ...]:
    """The rows of the code, a byte a module; kept, as a sheet is set again with each card that joins it."""
    # Phones take bytes beyond ASCII for UTF-8, whatever the standard says; segno would write Latin-1.
    encoding = None if payload.isascii() else "utf-8"
    matrix = segno.make(payload, micro=False, error="m", encoding=encoding).matrix
    return tuple(bytes(row) for row in matrix)


def _bars(rows: tuple[bytes, ...]) -> list[str]:
    """Rectangles that cover the dark modules, in modules from the top left: one for each stretch of a row."""
    bars = []
    for y, row in enumerate(rows):
        start = row.find(1)
        while start >= 0:
            end = row.find(0, start)
            end = len(row) if end < 0 else end
            bars.append(f"{start} {y} {end - start} 1 re")
            start = row.find(1, end)
    return bars
