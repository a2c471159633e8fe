"""The bundled faces: which characters each holds, and how a word becomes glyphs."""

import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Final, Literal, NamedTuple

import uharfbuzz as hb  # type: ignore[import-untyped]

from pointinfo import paths

Weight = Literal["Regular", "SemiBold", "Bold"]
Family = Literal["sans", "legible"]
"""Noto Sans, or Atkinson Hyperlegible Next for large print; both go on in the faces of other scripts."""

JOINERS: Final = frozenset("\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}")
INVISIBLE: Final = "\N{ZERO WIDTH SPACE}"
"""What the later parts of a letter drawn in several glyphs stand for when it is copied."""

_CARRIERS: Final = dict(zip("اأإآٱله", "\u200b\u200e\u200f\u202a\u202b\u202c\u202d", strict=True))
"""The blank glyph that stands for the later letters of a ligature written from right to left.

Readers turn the characters of such a glyph round one by one: they need as many glyphs as letters (لا, الله).
"""

_SCRIPT_FACES: Final = ("Vazirmatn", "NotoSansEthiopic", "NotoSansTamil", "NotoSansSC")
_OF_LANGUAGE: Final = {
    "ar": "Vazirmatn",
    "fa": "Vazirmatn",
    "ti": "NotoSansEthiopic",
    "am": "NotoSansEthiopic",
    "ta": "NotoSansTamil",
    "zh": "NotoSansSC",
}
_REMEMBERED: Final = 20_000  # words of a face


class Glyph(NamedTuple):
    """One glyph in its place: lengths in thousandths of the type size, `cluster` an index into the text."""

    number: int
    cluster: int
    advance: float
    x_offset: float
    y_offset: float


@dataclass(frozen=True, eq=False, slots=True)
class Word:
    """A shaped word, the same object wherever it is set: lengths in thousandths of the type size.

    `advances` are those of its characters as read. `shown` are strings of a TJ operator, each with the height at
    which it stands. `meanings` pair each glyph with the characters it stands for.
    """

    advance: float
    advances: tuple[float, ...]
    shown: tuple[tuple[float, str], ...]
    meanings: tuple[tuple[int, str], ...]


class Metrics(NamedTuple):
    """Measures of a face in thousandths of the type size; `box` holds left, bottom, right, top."""

    ascent: int
    descent: int
    cap_height: int
    box: list[int]


class Face:
    """One opened font file (static TrueType outlines)."""

    def __init__(self, name: str) -> None:
        fonts = paths.resources() / "fonts"
        file = fonts / f"{name}.ttf"
        data = (file if file.is_file() else fonts / "sheets" / f"{name}.ttf").read_bytes()
        self.name = name
        self.source = hb.Face(hb.Blob(data))
        self.coverage: Final = frozenset[int](self.source.unicodes)
        self._font = hb.Font(self.source)
        self._scale = 1000 / self.source.upem
        self._advances: dict[int, float] = {}
        self._words: dict[tuple[str, bool, str], Word] = {}

    def shape(self, text: str, *, rtl: bool = False, language: str = "") -> list[Glyph]:
        """The glyphs of `text` from left to right, kerned, with ligatures and marks in place."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rtl else "ltr"
        if language:
            buffer.language = language
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        if not JOINERS.isdisjoint(text):  # drawn, without width, so that they are there when the text is copied
            buffer.flags = hb.BufferFlags.PRESERVE_DEFAULT_IGNORABLES
        hb.shape(self._font, buffer)
        scale = self._scale
        return [
            Glyph(
                info.codepoint,
                info.cluster,
                position.x_advance * scale,
                position.x_offset * scale,
                position.y_offset * scale,
            )
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]

    def word(self, text: str, *, rtl: bool, language: str) -> Word:
        """`text` shaped; a word is shaped once, however often it is set."""
        key = (text, rtl, language)
        word = self._words.get(key)
        if word is None:
            if len(self._words) >= _REMEMBERED:
                self._words.clear()
            word = self._words[key] = self._shaped(text, self.shape(text, rtl=rtl, language=language), rtl=rtl)
        return word

    def advance(self, glyph: int) -> float:
        """The width of a glyph alone, in thousandths of the type size, as the file's metrics state it."""
        if glyph not in self._advances:
            self._advances[glyph] = self._font.get_glyph_h_advance(glyph) * self._scale
        return self._advances[glyph]

    def metrics(self) -> Metrics:
        """The measures that a font descriptor states."""
        extents = self._font.get_font_extents("ltr")
        cap_height = self._font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT)
        # Bytes 36–44 of «head» are xMin, yMin, xMax, yMax (OpenType 1.9).
        box = struct.unpack(">4h", self.source.reference_table("head").data[36:44])
        return Metrics(
            ascent=round(extents.ascender * self._scale),
            descent=round(extents.descender * self._scale),
            cap_height=round(cap_height * self._scale),
            box=[round(side * self._scale) for side in box],
        )

    def _shaped(self, text: str, glyphs: Sequence[Glyph], *, rtl: bool) -> Word:
        if rtl:
            glyphs = list(_marks_last(list(self._with_carriers(text, glyphs))))
        advances = [0.0] * len(text)
        for glyph in glyphs:
            advances[glyph.cluster] += glyph.advance
        return Word(
            advance=sum(advances),
            advances=tuple(advances),
            shown=tuple(self._shown(glyphs)),
            meanings=tuple(_meanings(text, glyphs, rtl=rtl)),
        )

    def _with_carriers(self, text: str, glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
        """Blank glyphs at the left of each ligature, one for each of its later letters."""
        end = len(text)
        members = Counter(glyph.cluster for glyph in glyphs)
        ends: dict[int, int] = {}
        for cluster in sorted(members, reverse=True):
            ends[cluster], end = end, cluster
        for glyph in glyphs:
            later = text[glyph.cluster + 1 : ends[glyph.cluster]]
            if later and members[glyph.cluster] == 1:
                carriers = [self._carrier(letter) for letter in later]
                if None not in carriers:
                    for offset in range(len(later), 0, -1):
                        yield Glyph(carriers[offset - 1] or 0, glyph.cluster + offset, 0, 0, 0)
            yield glyph

    def _carrier(self, letter: str) -> int | None:
        blank = _CARRIERS.get(letter, "")
        if not blank or ord(blank) not in self.coverage:
            return None
        number: int = self._font.get_nominal_glyph(ord(blank))
        return None if self.advance(number) else number

    def _shown(self, glyphs: Sequence[Glyph]) -> Iterator[tuple[float, str]]:
        parts: list[str] = []
        codes: list[str] = []
        pending = rise = 0.0

        def flush(shift: float) -> None:
            if codes:
                parts.append(f"<{''.join(codes)}>")
                codes.clear()
            if shift:
                parts.append(number(-shift))

        for glyph in glyphs:
            if glyph.y_offset != rise:
                flush(pending)
                pending = 0.0
                if parts:
                    yield rise, " ".join(parts)
                parts.clear()
                rise = glyph.y_offset
            if shift := pending + glyph.x_offset:
                flush(shift)
            codes.append(f"{glyph.number:04X}")
            pending = glyph.advance - self.advance(glyph.number) - glyph.x_offset
        flush(pending)
        if parts:
            yield rise, " ".join(parts)


def _marks_last(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """From right to left marks come before their letter, where no reader looks for them: here they come after it."""
    waiting: list[Glyph] = []
    for glyph in glyphs:
        if not glyph.advance and (glyph.x_offset or glyph.y_offset):
            waiting.append(glyph)
            continue
        yield glyph
        for mark in waiting[::-1]:
            yield mark._replace(x_offset=mark.x_offset - glyph.advance)
        waiting.clear()
    yield from waiting


def _meanings(text: str, glyphs: Sequence[Glyph], *, rtl: bool) -> Iterator[tuple[int, str]]:
    clusters = sorted({glyph.cluster for glyph in glyphs})
    ends = dict(zip(clusters, [*clusters[1:], len(text)], strict=True))
    for cluster, members in groupby(glyphs, key=lambda glyph: glyph.cluster):
        parts = list(members)
        if rtl:
            parts.reverse()
        characters = text[cluster : ends[cluster]]
        if len(parts) == len(characters):
            meanings = list(characters)
        else:  # a ligature, or a letter drawn in parts: the first glyph stands for all
            meanings = [characters, *[INVISIBLE] * (len(parts) - 1)]
        for glyph, meaning in zip(parts, meanings, strict=True):
            yield glyph.number, meaning


def number(value: float) -> str:
    """A number as PDF writes it, to a thousandth."""
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"


@cache
def face(name: str) -> Face:
    """A face by the name of its file, opened once a process."""
    return Face(name)


@lru_cache(maxsize=50_000)
def drawn_by(character: str, family: Family, weight: Weight) -> Face | None:
    """The first face that holds `character`: the family's own, symbols, then those of other scripts."""
    code = ord(character)
    return next((opened for name in _names(family, weight) if code in (opened := face(name)).coverage), None)


def face_of_language(language: str, weight: Weight) -> Face | None:
    """The face whose punctuation and figures a text of `language` (BCP 47) takes; None for the family's own."""
    name = _OF_LANGUAGE.get(language.partition("-")[0])
    return face(f"{name}-{_of_script(weight)}") if name else None


@cache
def _names(family: Family, weight: Weight) -> tuple[str, ...]:
    own = [f"NotoSans-{weight}"]
    if family == "legible":
        own.insert(0, f"AtkinsonHyperlegibleNext-{weight}")
    scripts = tuple(f"{name}-{_of_script(weight)}" for name in _SCRIPT_FACES)
    return (*own, "NotoSansSymbols-Regular", "NotoSansSymbols2-Regular", *scripts, "NotoEmoji-Regular")


def _of_script(weight: Weight) -> Weight:
    return "Regular" if weight == "Regular" else "Bold"
