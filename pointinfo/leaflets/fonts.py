"""The bundled faces: which characters they hold, how text becomes glyphs, what of them goes into a PDF."""

import hashlib
import struct
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Final, Literal, NamedTuple

import pikepdf
import uharfbuzz as hb  # type: ignore[import-untyped]

from pointinfo import paths

Weight = Literal["Regular", "SemiBold", "Bold"]

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
"""What prints, visibly, for a character that no bundled face holds."""


class Glyph(NamedTuple):
    """One glyph in its place: lengths in thousandths of the type size, `cluster` an index into the text."""

    number: int
    cluster: int
    advance: float
    x_offset: float
    y_offset: float


class Run(NamedTuple):
    """A stretch of a text that one face can draw, `start` being its place in the text."""

    face: "Face"
    start: int
    text: str


class Face:
    """One opened font file (static TrueType outlines)."""

    def __init__(self, name: str) -> None:
        data = (paths.resources() / "fonts" / f"{name}.ttf").read_bytes()
        self.name = name
        self.source = hb.Face(hb.Blob(data))
        self.coverage: Final = frozenset[int](self.source.unicodes)
        self._font = hb.Font(self.source)
        self._scale = 1000 / self.source.upem
        self._advances: dict[int, float] = {}

    def shape(self, text: str) -> list[Glyph]:
        """The glyphs of `text` in drawing order, kerned, with ligatures and marks in place."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
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

    def advance(self, glyph: int) -> float:
        """The width of a glyph alone, in thousandths of the type size, as the file's metrics state it."""
        if glyph not in self._advances:
            self._advances[glyph] = self._font.get_glyph_h_advance(glyph) * self._scale
        return self._advances[glyph]

    def metrics(self) -> "Metrics":
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


class Metrics(NamedTuple):
    """Measures of a face in thousandths of the type size; `box` holds left, bottom, right, top."""

    ascent: int
    descent: int
    cap_height: int
    box: list[int]


@cache
def faces(weight: Weight) -> tuple[Face, ...]:
    """The faces of a weight, opened once a process; the first that holds a character draws it."""
    return (Face(f"NotoSans-{weight}"), *_symbols())


def missing_characters(text: str) -> set[str]:
    """The characters of `text` that no bundled face can draw, and that print as `REPLACEMENT`."""
    coverage = _coverage()
    return {character for character in _drawable(text) if ord(character) not in coverage}


def printable(text: str) -> str:
    """`text` as it can be printed: composed, on one line, without controls, nothing missing left unseen.

    Format characters (category Cf) only steer scripts that are not set here, and go too.
    """
    drawable = _drawable(text)
    coverage = _coverage()
    if coverage.issuperset(map(ord, drawable)):
        return drawable
    return "".join(character if ord(character) in coverage else REPLACEMENT for character in drawable)


def runs(text: str, weight: Weight) -> Iterator[Run]:
    """`text` (printable) cut where the face changes, in reading order."""
    if not text:
        return
    choices = faces(weight)
    first = choices[0]
    if first.coverage.issuperset(map(ord, text)):
        yield Run(first, 0, text)
        return
    drawn_by = [next((face for face in choices if ord(c) in face.coverage), first) for c in text]
    for face, places in groupby(range(len(text)), key=drawn_by.__getitem__):
        indices = list(places)
        yield Run(face, indices[0], text[indices[0] : indices[-1] + 1])


class EmbeddedFace:
    """What one document uses of a face: its glyphs, and which characters each of them stands for."""

    def __init__(self, face: Face, resource: str) -> None:
        self.resource = resource
        self._face = face
        self._characters: dict[int, str] = {}

    def show(self, text: str, size: float) -> "ShownText":
        """PDF operators that show `text` from the current text position, in `size` points."""
        face, shaped = self._face, self._face.shape(text)
        faithful = self._note(shaped, text)
        operators: list[str] = []
        line: list[str] = []
        codes: list[str] = []
        pending = rise = 0.0

        def flush() -> None:
            if codes:
                line.append(f"<{''.join(codes)}>")
                codes.clear()

        def end_line() -> None:
            flush()
            if line:
                operators.append(f"[{''.join(line)}] TJ")
                line.clear()

        for glyph in shaped:
            if glyph.y_offset != rise:
                end_line()
                rise = glyph.y_offset
                operators.append(f"{number(rise * size / 1000)} Ts")
            shift = pending + glyph.x_offset
            if shift:
                flush()
                line.append(number(-shift))
            codes.append(f"{glyph.number:04X}")
            pending = glyph.advance - face.advance(glyph.number) - glyph.x_offset
        end_line()
        if rise:
            operators.append("0 Ts")
        width = sum(glyph.advance for glyph in shaped) * size / 1000
        return ShownText(" ".join(operators), width, faithful)

    def embed(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """The font of just the glyphs that were shown, as an object of `pdf` (ISO 32000-1, 9.7: Type 0)."""
        used = sorted(self._characters)
        program = _subset(self._face, used)
        name = pikepdf.Name(f"/{_tag(used)}+{self._face.name}")
        metrics = self._face.metrics()
        descriptor = pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor,
            FontName=name,
            Flags=4,
            ItalicAngle=0,
            Ascent=metrics.ascent,
            Descent=metrics.descent,
            CapHeight=metrics.cap_height,
            StemV=80,
            FontBBox=metrics.box,
            FontFile2=pdf.make_stream(program, Length1=len(program)),
        )
        widths: list[object] = []
        for glyph in used:
            widths += [glyph, [round(self._face.advance(glyph), 3)]]
        descendant = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=0,
            W=widths,
            CIDToGIDMap=pikepdf.Name.Identity,
        )
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=name,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(descendant)],
            ToUnicode=pdf.make_stream(_to_unicode(self._characters)),
        )
        return pdf.make_indirect(font)

    def _note(self, shaped: Sequence[Glyph], text: str) -> bool:
        """Remember what each glyph stands for; False where a glyph already stands for something else."""
        faithful = True
        clusters = sorted({glyph.cluster for glyph in shaped})
        ends = dict(zip(clusters, [*clusters[1:], len(text)], strict=True))
        for cluster, members in groupby(shaped, key=lambda glyph: glyph.cluster):
            glyphs = list(members)
            characters = text[cluster : ends[cluster]]
            if len(glyphs) == len(characters):
                meanings = list(characters)
            else:  # a ligature, or a letter drawn in parts: the first glyph stands for all
                meanings = [characters, *["\N{ZERO WIDTH SPACE}"] * (len(glyphs) - 1)]
            for glyph, meaning in zip(glyphs, meanings, strict=True):
                known = self._characters.setdefault(glyph.number, meaning)
                if known != meaning and _compatible(known) != _compatible(meaning):
                    faithful = False
        return faithful


class ShownText(NamedTuple):
    """Operators, their width in points, and whether the glyphs alone give the text back when it is copied."""

    operators: str
    width: float
    faithful: bool


def number(value: float) -> str:
    """A number as PDF writes it, to a thousandth."""
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"


@cache
def _symbols() -> tuple[Face, ...]:
    """Arrows, ticks and telephones, which texts copied from web pages are full of; one weight serves all."""
    return (Face("NotoSansSymbols-Regular"), Face("NotoSansSymbols2-Regular"))


@cache
def _coverage() -> frozenset[int]:
    """What can be drawn: all weights of the family hold the same characters."""
    return frozenset[int]().union(*(face.coverage for face in faces("Regular")))


def _drawable(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    spaced = " ".join(text.split("\t"))
    return unicodedata.normalize("NFC", "".join(c for c in spaced if not _unseen(c)))


def _unseen(character: str) -> bool:
    """Whether a character leaves no mark by nature: controls, format characters, variation selectors."""
    return unicodedata.category(character) in {"Cc", "Cf"} or (
        "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    )


def _compatible(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _subset(face: Face, glyphs: Sequence[int]) -> bytes:
    """A font program with the outlines of `glyphs` under their own numbers, and no layout tables."""
    plan = hb.SubsetInput()
    plan.glyph_set.update(glyphs)
    plan.drop_table_tag_set.update(
        int.from_bytes(tag.encode()) for tag in ("GSUB", "GPOS", "GDEF", "STAT", "name", "OS/2", "post", "cmap")
    )
    plan.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NO_HINTING
    return bytes(hb.subset(face.source, plan).blob.data)


def _tag(glyphs: Sequence[int]) -> str:
    """Six capital letters that name this subset (ISO 32000-1, 9.6.4)."""
    digest = hashlib.sha256(",".join(map(str, glyphs)).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _to_unicode(characters: dict[int, str]) -> bytes:
    """The character map by which readers copy and search (ISO 32000-1, 9.10.3)."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    pairs = sorted(characters.items())
    for start in range(0, len(pairs), 100):  # a block holds 100 pairs at most
        block = pairs[start : start + 100]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{glyph:04X}> <{text.encode('utf-16-be').hex().upper()}>" for glyph, text in block]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")
