"""What one document uses of a face: its glyphs, written as a font of the PDF."""

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

import pikepdf
import uharfbuzz as hb  # type: ignore[import-untyped]

from pointinfo.leaflets.faces import Face, Word, number


class EmbeddedFace:
    """The glyphs of a face that a document shows, and which characters each of them stands for."""

    def __init__(self, face: Face, resource: str) -> None:
        self.resource = resource
        self._face = face
        self._characters: dict[int, str] = {}
        self._faithful: dict[Word, bool] = {}

    def show(self, words: Iterable[Word], size: float) -> tuple[str, bool]:
        """PDF operators that show `words` from the current text position, in `size` points.

        And whether the glyphs alone give the text back when it is copied.
        """
        operators: list[str] = []
        line: list[str] = []
        faithful = True
        height = 0.0
        for word in words:
            faithful &= self._note(word)
            for rise, shown in word.shown:
                if rise != height:
                    if line:
                        operators.append(f"[{' '.join(line)}] TJ")
                        line.clear()
                    operators.append(f"{number(rise * size / 1000)} Ts")
                    height = rise
                line.append(shown)
        if line:
            operators.append(f"[{' '.join(line)}] TJ")
        if height:
            operators.append("0 Ts")
        return " ".join(operators), faithful

    def embed(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """The font of just the glyphs that were shown, as an object of `pdf` (ISO 32000-1, 9.7: Type 0)."""
        used = sorted(self._characters)
        program = _program(self._face, tuple(used))
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

    def _note(self, word: Word) -> bool:
        """Remember what each glyph stands for; False where a glyph already stands for something else."""
        known = self._faithful.get(word)
        if known is not None:
            return known
        faithful = True
        for glyph, meaning in word.meanings:
            before = self._characters.setdefault(glyph, meaning)
            if before != meaning and _compatible(before) != _compatible(meaning):
                faithful = False
        self._faithful[word] = faithful
        return faithful


def _compatible(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=16)
def _program(face: Face, glyphs: tuple[int, ...]) -> bytes:
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
