"""How wide a text is in a style, and where its lines may end."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Final, Literal, NamedTuple

import pyphen  # type: ignore[import-untyped]
from reportlab.lib.colors import Color, HexColor

from pointinfo.leaflets import fonts, shaping
from pointinfo.leaflets.faces import Family, Weight
from pointinfo.leaflets.shaping import Shaped

INK: Final = HexColor("#1A2026")
ROUNDING: Final = 0.01
"""Points by which a sum of widths or heights may miss."""
RAGGED: Final = 0.25
"""The part of a line that may stay empty before a word is hyphenated."""
HYPHEN: Final = "-"

Align = Literal["start", "center", "end", "left", "right"]
"""`start` is where a line of the text's language begins: left in French, right in Arabic."""


class TextStyle(NamedTuple):
    """How a paragraph looks; lengths in points, `leading` from baseline to baseline."""

    size: float
    leading: float
    weight: Weight = "Regular"
    colour: Color = INK
    align: Align = "start"
    family: Family = "sans"


class Line(NamedTuple):
    """From where to where a line goes; `hyphen` where it ends inside a word."""

    start: int
    end: int
    hyphen: bool = False


def text_lines(text: str) -> list[str]:
    """The lines of `text` that leave a mark on paper."""
    return [line for line in map(str.strip, text.splitlines()) if fonts.unsteered(fonts.printable(line)).strip()]


def shaped(text: str, style: TextStyle, language: str = "") -> Shaped:
    """`text` (printable) as it is set in a style."""
    return shaping.shaped(text, style.family, style.weight, language)


def natural_width(text: str, style: TextStyle, language: str = "") -> float:
    """The width of `text` on one line, in points."""
    return shaped(fonts.printable(text), style, language).edges[-1] * style.size / 1000


def break_lines(text: str, style: TextStyle, width: float, language: str = "") -> list[Line]:
    """The lines of `text` (printable) in a column `width` points wide, spaces at their ends hanging over.

    A word is hyphenated only where its line would else be ragged beyond reason, or where it has no room alone.
    """
    scale = style.size / 1000
    edges = shaped(text, style, language).edges
    room = (width + ROUNDING) / scale
    breaks = [*_opportunities(text, language), len(text)]
    cores = [edges[_core(text, place)] for place in breaks]
    hyphen = shaped(HYPHEN, style, language).edges[-1]
    lines: list[Line] = []
    start = 0
    while start < len(text):
        limit = edges[start] + room
        chosen = bisect_right(cores, limit) - 1
        end = breaks[chosen] if chosen >= 0 else 0
        fits = end > start
        if end < len(text) and (not fits or limit - cores[chosen] > RAGGED * room):
            word = max(end, start), breaks[bisect_right(breaks, max(end, start))]
            if inside := _hyphenated(text, word, edges, limit - hyphen, language):
                lines.append(Line(start, inside, hyphen=True))
                start = inside
                continue
        if not fits:
            end = _emergency_break(text, edges, start, limit)
        lines.append(Line(start, end))
        start = end
    return lines


def _core(text: str, place: int) -> int:
    """Where a line that ends before `place` ends without its spaces."""
    while place and text[place - 1] == " ":
        place -= 1
    return place


_CHINESE: Final = "⺀-⿟〇㐀-鿿豈-﫿"
_WIDE: Final = f"{_CHINESE}\u3000-〿！-｠￠-￦"
_NEVER_FIRST: Final = "，。、；：？！）》」』】〉〕〗”’…—·～％℃,.:;?!)\\]}%"
_NEVER_LAST: Final = "（《「『【〈〔〖“‘$¥￥(\\[{"
_MAY_BREAK: Final = re.compile(
    r" +(?=[^ ])|(?<=\w\w)-(?=\w{3})|(?<=\w\w)/(?=\w\w)|፡(?=\w)"
    rf"|(?<=[{_WIDE}])(?<![{_NEVER_LAST}])(?![{_NEVER_FIRST} ])"
    rf"|(?<=[^ {_NEVER_LAST}])(?=[{_CHINESE}（《「『【〈])"
)
"""After spaces, inside long compounds, after an Ethiopic word, between Chinese characters: no line begins with what
closes or ends with what opens."""


def _opportunities(text: str, language: str = "") -> list[int]:
    """Where a line may end: after spaces, and inside long compounds, but never inside a number or a time.

    French sets a space before : ; ! ? » and after «, which must not part them from their word.
    """
    places: list[int] = []
    for match in _MAY_BREAK.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if match.group().isspace():
            in_number = before.isdigit() and after.isdigit()
            in_time = before in {"–", "—"} and after.isdigit()
            in_hour = (before.isdigit() and after == "h") or (before == "h" and after.isdigit())
            if in_number or in_time or in_hour or after in ":;!?»%€–—" or before == "«":
                continue
        if match.end() and (not places or match.end() > places[-1]) and match.end() < len(text):
            places.append(match.end())
    return places


_WORD: Final = re.compile(r"[^\W\d_]+")
_LONGEST_WORD: Final = 60  # letters; what is longer is no word of a language
_SHORTEST_WORD: Final = 8
_LEAST_LEFT: Final = 3  # letters before and after a hyphen


def _hyphenated(text: str, word: tuple[int, int], edges: Sequence[float], limit: float, language: str) -> int:
    """The last place before `limit` where `word`, between two places, may be hyphenated, or 0."""
    dictionary = _dictionary(language)
    if dictionary is None:
        return 0
    found = 0
    for match in _WORD.finditer(text, *word):
        letters = match.group()
        if not _SHORTEST_WORD <= len(letters) <= _LONGEST_WORD:
            continue
        for position in dictionary.positions(letters):
            place = match.start() + position
            if _LEAST_LEFT <= position <= len(letters) - _LEAST_LEFT and edges[place] <= limit:
                found = max(found, place)
    return found


@cache
def _dictionary(language: str) -> pyphen.Pyphen | None:
    """The hyphenation patterns of a language (BCP 47), where there are any."""
    known = pyphen.language_fallback(language.replace("-", "_")) if language else None
    return pyphen.Pyphen(lang=known) if known else None


def _emergency_break(text: str, edges: Sequence[float], start: int, limit: float) -> int:
    """Where to cut a word wider than the line: after a separator if one is near, else anywhere."""
    furthest = max(bisect_right(edges, limit) - 1, start + 1)
    for place in range(furthest, start + (furthest - start) // 2, -1):
        if text[place - 1] in "/-_.?&=#,;":
            return place
    # A character of no width of its own belongs to the one before it.
    while start + 1 < furthest < len(text) and edges[furthest] == edges[furthest + 1]:
        furthest -= 1
    return furthest
