"""French word pairs, a query and a text: which must match, which only look alike, and how many do."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from pointinfo.directory.text import matches, query_words, words

PAIRS: Final = msgspec.json.decode(
    Path(__file__).with_name("french_pairs.json").read_bytes(), type=list[tuple[str, str, bool]]
)
"""Query, text, whether they must match."""

Finds = Callable[[str, str], bool]


class Figures(NamedTuple):
    """How one way of comparing does: pairs that must match and don't, pairs that must not and do."""

    same: int
    missed: tuple[tuple[str, str], ...]
    apart: int
    mistaken: tuple[tuple[str, str], ...]


def finds(query: str, text: str) -> bool:
    """Whether every word of the query is in the text as the search compares them, none of them unfinished."""
    return all(any(matches(word, wanted, prefix=False) for word in words(text)) for wanted in query_words(query))


def as_spelled(query: str, text: str) -> bool:
    """The same without stems, accents and case apart: what a plain full-text search does."""
    return set(query_words(query)) <= set(words(text))


def figures(found: Finds = finds) -> Figures:
    """What becomes of the pairs."""
    same = [(query, text) for query, text, match in PAIRS if match]
    apart = [(query, text) for query, text, match in PAIRS if not match]
    return Figures(
        len(same),
        tuple(pair for pair in same if not found(*pair)),
        len(apart),
        tuple(pair for pair in apart if found(*pair)),
    )
