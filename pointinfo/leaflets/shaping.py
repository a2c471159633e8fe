"""A text shaped: runs of one face and one direction, how wide each character is, what stands where on a line."""

import re
import unicodedata
from array import array
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from pointinfo.leaflets import bidi
from pointinfo.leaflets.bidi import Direction
from pointinfo.leaflets.faces import (
    JOINERS,
    Face,
    Family,
    Weight,
    Word,
    drawn_by,
    face,
    face_of_language,
)
from pointinfo.leaflets.fonts import STEERING

Side = Literal["left", "right"]

RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur", "ps", "ckb"})

_WORDS: Final = re.compile("[⺀-鿿豈-﫿！-｠]|[^ ⺀-鿿豈-﫿！-｠]+| +")
"""What is shaped, and remembered, as one: a word, spaces, a Chinese character."""

_SURROUNDING: Final = frozenset({"Ps", "Pe", "Pi", "Pf"})


class Run(NamedTuple):
    """A stretch of a text, `start` to `end`, that one face draws in one direction (odd `level`: right to left)."""

    start: int
    end: int
    face: Face
    level: int


class Shaped(NamedTuple):
    """A text in its runs, in reading order.

    `edges` are where its characters begin as it is read, and at the end where it ends, in thousandths of the type
    size. `levels` are empty where everything runs from left to right. Characters that only steer belong to no run.
    """

    text: str
    language: str
    base: int
    levels: tuple[int, ...]
    runs: tuple[Run, ...]
    edges: "array[float]"


class Placed(NamedTuple):
    """A part of a line in its visual place: its face, its words in drawing order, its width in thousandths."""

    start: int
    end: int
    face: Face
    level: int
    words: tuple[Word, ...]
    advance: float


def direction(language: str) -> Direction:
    """Which way a language (BCP 47) is written."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def side(language: str) -> Side:
    """Where a line of a language begins."""
    return "right" if direction(language) == "rtl" else "left"


@lru_cache(maxsize=4096)
def shaped(text: str, family: Family, weight: Weight, language: str) -> Shaped:
    """`text` (printable) of `language`, shaped; remembered, as sheets say the same things again and again."""
    language = language.partition("-")[0]
    base = 1 if direction(language) == "rtl" else 0
    levels = tuple(bidi.levels(text, base)) if base or bidi.runs_both_ways(text) else ()
    runs = tuple(_runs(text, levels, family, weight, language))
    edges = array("d", bytes(8 * (len(text) + 1)))
    for run in runs:
        place = run.start
        for word in _words(text[run.start : run.end], run, language):
            for advance in word.advances:
                edges[place + 1] = advance
                place += 1
    total = 0.0
    for place, advance in enumerate(edges):
        total += advance
        edges[place] = total
    return Shaped(text, language, base, levels, runs, edges)


def placed(whole: Shaped, start: int, end: int) -> list[Placed]:
    """What stands on the line from `start` to `end`, from left to right."""
    parts: list[Placed] = []
    levels = bidi.line_levels(whole.text, whole.levels, start, end, whole.base) if whole.levels else []
    for run in whole.runs:
        if run.end <= start or run.start >= end:
            continue
        for first, last, level in _one_level(run, max(run.start, start), min(run.end, end), levels, start):
            words = tuple(_words(whole.text[first:last], run._replace(level=level), whole.language))
            advance = sum(word.advance for word in words)
            parts.append(Placed(first, last, run.face, level, words[::-1] if level & 1 else words, advance))
    if not levels:
        return parts
    return [parts[place] for place in bidi.visual_order([part.level for part in parts])]


def _one_level(run: Run, first: int, last: int, levels: list[int], start: int) -> Iterator[tuple[int, int, int]]:
    """A run cut where white space at the end of the line runs another way."""
    if not levels:
        yield first, last, run.level
        return
    place = first
    while place < last:
        end = place
        while end < last and levels[end - start] == levels[place - start]:
            end += 1
        yield place, end, levels[place - start]
        place = end


def _words(text: str, run: Run, language: str) -> Iterator[Word]:
    for word in _WORDS.findall(text):
        yield run.face.word(word, rtl=bool(run.level & 1), language=language)


def _runs(text: str, levels: tuple[int, ...], family: Family, weight: Weight, language: str) -> Iterator[Run]:
    own = face_of_language(language, weight)
    first = _first_face(family, weight)
    if not levels and own is None and (text.isascii() or first.coverage.issuperset(map(ord, text))):
        if text:
            yield Run(0, len(text), first, 0)
        return
    default = own or first
    start, current, level = 0, None, 0
    for place, character in enumerate(text):
        if character in STEERING:
            chosen = None
        else:
            chosen = _face(character, current or default, default, family, weight) or first
        its_level = levels[place] if levels else 0
        if chosen is not current or its_level != level:
            if current is not None:
                yield Run(start, place, current, level)
            start, current, level = place, chosen, its_level
    if current is not None:
        yield Run(start, len(text), current, level)


def _face(character: str, current: Face, default: Face, family: Family, weight: Weight) -> Face | None:
    """Letters take the first face that holds them, what belongs to no script that of the letters before it.

    Brackets and quotation marks take the face of the language, so that both of a pair look alike.
    """
    if character in JOINERS:
        return current
    category = unicodedata.category(character)
    if category[0] != "L":
        nearest = (default, current) if category in _SURROUNDING else (current, default)
        for near in nearest:
            if ord(character) in near.coverage:
                return near
    return drawn_by(character, family, weight)


def _first_face(family: Family, weight: Weight) -> Face:
    return face(f"AtkinsonHyperlegibleNext-{weight}" if family == "legible" else f"NotoSans-{weight}")
