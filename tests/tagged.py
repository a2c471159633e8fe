"""Reads a tagged PDF as a screen reader does: its structure and the text of its cells, artifacts left out."""

import io
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf


class Node(NamedTuple):
    """An element of the structure tree; `alternative` is what a figure says in words."""

    tag: str
    alternative: str


def kids(node: Any) -> list[Any]:
    """What an element holds, in order; an only kid stands without an array around it (ISO 32000-1, 14.7.2)."""
    held = node.K
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def nodes(pdf: bytes) -> list[Node]:
    """Every element, in reading order."""

    def walk(node: Any) -> Iterator[Node]:
        if not isinstance(node, int) and "/S" in node:
            yield Node(str(node.S)[1:], str(node.get("/Alt", "")))
            for kid in kids(node):
                yield from walk(kid)

    with pikepdf.open(io.BytesIO(pdf)) as document:
        return list(walk(document.Root.StructTreeRoot.K[0]))


def tagged_tables(pdf: bytes) -> list[list[list[str]]]:
    """The cells of every table by row."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages: dict[Any, int] = {page.obj.objgen: index for index, page in enumerate(document.pages)}
        marked = {
            (index, mark): text for index, page in enumerate(document.pages) for mark, text in _marks(page).items()
        }

        def text(node: Any, around: int) -> Iterator[str]:
            own = pages[node.Pg.objgen] if "/Pg" in node else around
            for kid in kids(node):
                if isinstance(kid, int):
                    yield marked.get((own, kid), "")
                elif "/MCID" in kid:
                    yield marked.get((pages[kid.Pg.objgen], int(kid.MCID)), "")
                else:
                    yield from text(kid, own)

        def tables(node: Any) -> Iterator[list[list[str]]]:
            if isinstance(node, int) or "/S" not in node:
                return
            if node.S == "/Table":
                rows = [row for group in kids(node) for row in kids(group)]
                yield [["".join(text(cell, -1)).strip() for cell in kids(row)] for row in rows]
                return
            for kid in kids(node):
                yield from tables(kid)

        return list(tables(document.Root.StructTreeRoot.K[0]))


def _marks(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked stretch, by way of the fonts' own maps to Unicode; a blank after each line."""
    fonts = {name: _to_unicode(font) for name, font in page.obj.Resources.Font.items()}
    found: dict[int, str] = {}
    mark, told, font = -1, False, dict[bytes, str]()
    for operands, operator in _instructions(page):
        match operator:
            case "BDC":
                held = operands[1]
                mark = int(held.MCID) if "/MCID" in held else -1
                told = "/ActualText" in held
                if told:
                    found[mark] = found.get(mark, "") + str(held.ActualText)
            case "EMC":
                mark = -1
            case "Tf":
                font = fonts[str(operands[0])]
            case "ET" if not told:
                found[mark] = found.get(mark, "") + " "
            case "Tj" | "TJ" if not told:
                parts = operands[0] if operator == "TJ" else [operands[0]]
                for raw in (bytes(part) for part in parts if isinstance(part, pikepdf.String)):
                    glyphs = [raw[place : place + 2] for place in range(0, len(raw), 2)]
                    found[mark] = found.get(mark, "") + "".join(font[glyph] for glyph in glyphs)
    return found


def _instructions(page: pikepdf.Page) -> Iterator[tuple[Any, str]]:
    for instruction in pikepdf.parse_content_stream(page):
        yield instruction.operands, str(instruction.operator)


def _to_unicode(font: Any) -> dict[bytes, str]:
    """Glyphs with what they stand for (ISO 32000-1, 9.10.3)."""
    found: dict[bytes, str] = {}
    for line in font.ToUnicode.read_bytes().decode("ascii").splitlines():
        parts = line.replace("<", " ").replace(">", " ").split()
        if len(parts) == 2 and len(parts[0]) == 4 and line.startswith("<"):
            found[bytes.fromhex(parts[0])] = bytes.fromhex(parts[1]).decode("utf-16-be")
    return found
