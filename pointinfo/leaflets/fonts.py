"""What of a text can be printed: composed, on one line, nothing that no bundled face holds left unseen."""

import unicodedata
from collections import Counter
from typing import Final

from pointinfo.leaflets.faces import JOINERS, drawn_by, face

REPLACEMENT: Final = "\N{WHITE SQUARE}"
"""What prints, visibly, for a character that no bundled face holds."""

STEERING: Final = frozenset("\u200e\u200f\u061c\u2066\u2067\u2068\u2069")
"""Marks and isolates that steer the order of a text (UAX #9) and are never drawn."""


def missing_characters(text: str) -> set[str]:
    """The characters of `text` that no bundled face can draw, and that print as `REPLACEMENT`."""
    return {character for character in _drawable(text) if not _drawn(character)}


def missing_counts(text: str) -> Counter[str]:
    """How often each character of `text` prints as `REPLACEMENT`."""
    return Counter(character for character in _drawable(text) if not _drawn(character))


def printable(text: str) -> str:
    """`text` as it can be printed: composed, on one line, without controls, nothing missing left unseen.

    Of the format characters only those stay that join letters or steer the order of a text. Embeddings and overrides
    go: a text must not turn round what stands beside it.
    """
    drawable = _drawable(text)
    if drawable.isascii() or face("NotoSans-Regular").coverage.issuperset(map(ord, drawable)):
        return drawable
    return "".join(character if _drawn(character) else REPLACEMENT for character in drawable)


def unsteered(text: str) -> str:
    """`text` without what only steers its order: for a title, an outline, the words of a link."""
    return text if text.isascii() else "".join(character for character in text if character not in STEERING)


def _drawn(character: str) -> bool:
    return character in STEERING or character in JOINERS or drawn_by(character, "sans", "Regular") is not None


def _drawable(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    spaced = " ".join(text.split("\t"))
    return unicodedata.normalize("NFC", "".join(c for c in spaced if not _unseen(c)))


def _unseen(character: str) -> bool:
    """Whether a character leaves no mark by nature: controls, format characters, variation selectors."""
    if character in STEERING or character in JOINERS:
        return False
    return unicodedata.category(character) in {"Cc", "Cf"} or (
        "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    )
