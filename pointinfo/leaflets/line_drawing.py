"""Lines of shaped text on a page: their glyphs from left to right, their structure in reading order."""

from collections.abc import Callable
from typing import Final

from reportlab.lib.colors import Color

from pointinfo.leaflets import fonts
from pointinfo.leaflets.faces import number
from pointinfo.leaflets.line_breaking import HYPHEN, Line, TextStyle, shaped
from pointinfo.leaflets.shaping import Placed, Shaped, Side, placed
from pointinfo.leaflets.structure import Artifact, Element, TaggedCanvas

BASELINE: Final = 0.76  # of the leading, from the top of a line

_SOFT_HYPHEN: Final = "\N{SOFT HYPHEN}"
_OWN_HYPHEN: Final = f"{HYPHEN}\N{ZERO WIDTH SPACE}"


class LineDrawing:
    """Draws the lines of one paragraph.

    As long as the glyphs say in their order what the text says, all lines are one stretch of marked content. Where they
    don't, a run is a stretch of its own: with its text beside it (ActualText) where it runs from left to right; what
    runs from right to left is put into reading order in the structure, where readers take it from.
    """

    def __init__(self, canvas: TaggedCanvas, role: Element | Artifact, style: TextStyle) -> None:
        self._canvas = canvas
        self._role = role
        self._style = style
        self._plain: list[str] = []

    def line(self, whole: Shaped, line: Line, left: float, baseline: float) -> None:
        """A line, `left` being where its first visible character stands."""
        cut = self._ends_with_its_own_hyphen(whole, line)
        parts = placed(whole, line.start, line.end - cut)
        if whole.base:  # the spaces at the end of the line hang out at its left
            left -= self._hanging(whole, line)
        if not any(part.level for part in parts):
            for part in parts:
                left = self._left_to_right(whole, part, left, baseline)
        else:
            self._both_ways(whole, parts, left, baseline)
            return
        if line.hyphen:
            self._hyphen(whole, left, baseline, _SOFT_HYPHEN)
        elif cut:
            self._hyphen(whole, left, baseline, _OWN_HYPHEN)

    def end(self) -> None:
        """Put what was collected on the page; to be called after the last line."""
        if self._plain:
            with self._canvas.marked(self._role):
                self._canvas.write(fill(self._style.colour))
                self._canvas.write("\n".join(self._plain))
            self._plain.clear()

    def _left_to_right(self, whole: Shaped, part: Placed, left: float, baseline: float) -> float:
        operators, faithful = self._operators(part, left, baseline)
        if faithful or not isinstance(self._role, Element):
            self._plain.append(operators)
        else:
            self._apart(operators, fonts.unsteered(whole.text[part.start : part.end]))
        return left + part.advance * self._style.size / 1000

    def _both_ways(self, whole: Shaped, parts: list[Placed], left: float, baseline: float) -> None:
        if not isinstance(self._role, Element):
            for part in parts:
                left = self._left_to_right(whole, part, left, baseline)
            return
        self.end()
        before = len(self._role.kids)
        for part in parts:
            operators, faithful = self._operators(part, left, baseline)
            told = "" if faithful or part.level & 1 else fonts.unsteered(whole.text[part.start : part.end])
            self._apart(operators, told)
            left += part.advance * self._style.size / 1000
        marks = self._role.kids[before:]
        order = sorted(range(len(marks)), key=lambda place: parts[place].start)
        self._role.kids[before:] = [marks[place] for place in order]

    def _apart(self, operators: str, actual: str) -> None:
        self.end()
        with self._canvas.marked(self._role, actual):
            self._canvas.write(fill(self._style.colour))
            self._canvas.write(operators)

    def _ends_with_its_own_hyphen(self, whole: Shaped, line: Line) -> bool:
        """Whether a compound is parted after its hyphen, which readers then take for a soft one."""
        return line.end < len(whole.text) and whole.text[line.end - 1] == HYPHEN and not whole.levels

    def _hyphen(self, whole: Shaped, left: float, baseline: float, actual: str) -> None:
        """A hyphen at the end of a line, which says whether it goes when the text is copied."""
        (part,) = placed(shaped(HYPHEN, self._style, whole.language), 0, len(HYPHEN))
        operators, _faithful = self._operators(part, left, baseline)
        if isinstance(self._role, Element):
            self._apart(operators, actual)
        else:
            self._plain.append(operators)

    def _operators(self, part: Placed, left: float, baseline: float) -> tuple[str, bool]:
        size = self._style.size
        face = self._canvas.embedded(part.face)
        operators, faithful = face.show(part.words, size)
        start = f"BT /{face.resource} {number(size)} Tf {number(left)} {number(baseline)} Td"
        return f"{start} {operators} ET", faithful

    def _hanging(self, whole: Shaped, line: Line) -> float:
        end = line.end
        while end > line.start and whole.text[end - 1] == " ":
            end -= 1
        return (whole.edges[line.end] - whole.edges[end]) * self._style.size / 1000


def late_text(
    canvas: TaggedCanvas,
    role: Element | Artifact,
    style: TextStyle,
    text: Callable[[], str],
    *,
    edge: float,
    baseline: float,
    side: Side,
) -> None:
    """A short text that is known when all pages are drawn, its `side` at `edge` (points from the left)."""

    def operators() -> str:
        whole = shaped(fonts.printable(text()), style, role.language if isinstance(role, Element) else "")
        x = edge - (whole.edges[-1] * style.size / 1000 if side == "right" else 0)
        parts = [fill(style.colour)]
        for part in placed(whole, 0, len(whole.text)):
            face = canvas.embedded(part.face)
            shown, _faithful = face.show(part.words, style.size)
            parts.append(f"BT /{face.resource} {number(style.size)} Tf {number(x)} {number(baseline)} Td {shown} ET")
            x += part.advance * style.size / 1000
        return " ".join(parts)

    with canvas.marked(role):
        canvas.write_late(operators)


def fill(colour: Color) -> str:
    """The operator that fills with a colour."""
    return f"{_channels(colour)} rg"


def stroke(colour: Color) -> str:
    """The operator that draws lines in a colour."""
    return f"{_channels(colour)} RG"


def _channels(colour: Color) -> str:
    return " ".join(number(channel) for channel in colour.rgb())
