"""Mistyped words: the nearest that directory or thesaurus has, by letters changed, missing, added or swapped."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST: Final = 4
"""Letters a word must have to be corrected: shorter ones are near too many others."""
TWO_FROM: Final = 7
"""Letters from which two mistakes are forgiven."""
OFFERED: Final = 4
KEPT: Final = 2_000
"""Words looked for of which the nearest are kept."""


class _Beginning:
    """Words of one length by their first letter and by their second: a slip is looked for among few of them."""

    def __init__(self) -> None:
        self.first: dict[str, list[str]] = {}
        self._second: dict[str, list[str]] = {}

    def add(self, word: str) -> None:
        self.first.setdefault(word[0], []).append(word)
        self._second.setdefault(word[1:2], []).append(word)

    def alike(self, word: str) -> Iterator[list[str]]:
        """Those that begin with the same letter, or one with the other's second: people drop it or swap it («opital»).

        Some words come twice.
        """
        yield self.first.get(word[0], [])
        if word[1] != word[0]:
            yield self.first.get(word[1], [])
        yield self._second.get(word[0], [])


class Spelling:
    """The known words, by length."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._sorted: list[str] = []
        self._by_length: dict[int, _Beginning] = {}
        self._beginnings: dict[int, _Beginning] = {}
        self._found: dict[tuple[str, bool], list[str]] = {}
        self.learn(known)

    def learn(self, known: Iterable[str]) -> None:
        """Know more words."""
        fresh = sorted(set(known).difference(self._sorted)) if self._sorted else sorted(set(known))
        for word in fresh:
            if word and not word.isdigit():
                self._by_length.setdefault(len(word), _Beginning()).add(word)
        self._sorted = sorted([*self._sorted, *fresh])
        self._beginnings.clear()
        self._found.clear()

    def knows(self, word: str, *, unfinished: bool) -> bool:
        """Whether a known word is, or while typed begins like, this one."""
        place = bisect_left(self._sorted, word)
        if place == len(self._sorted):
            return False
        return self._sorted[place].startswith(word) if unfinished else self._sorted[place] == word

    def near(self, word: str, *, unfinished: bool) -> list[str]:
        """The nearest known words, nearest first; of an unfinished one, beginnings too. None for numbers."""
        if len(word) < SHORTEST or any(letter.isdigit() for letter in word):
            return []
        found = self._found.get((word, unfinished))
        if found is None:  # a word that is left behind is asked for again with every key of the next
            if len(self._found) > KEPT:
                self._found.clear()
            found = self._found[word, unfinished] = self._nearest(word, unfinished=unfinished)
        return found

    def _nearest(self, word: str, *, unfinished: bool) -> list[str]:
        for mistakes in (1, 2) if len(word) >= TWO_FROM else (1,):
            found: dict[str, float] = {}
            for length in range(len(word) - mistakes, len(word) + mistakes + 1):
                found |= _distances(word, self._by_length.get(length), mistakes)
            if unfinished and (mistakes == 1 or not found):
                for beginning, distance in _distances(word, self._begun(len(word)), mistakes).items():
                    found.setdefault(beginning, distance + 0.5)
            if found:
                nearest = sorted(found, key=lambda other: (found[other], other[0] != word[0], other))
                return nearest[:OFFERED]
        return []

    def _begun(self, length: int) -> _Beginning:
        """The distinct beginnings of this length of all longer words."""
        if length not in self._beginnings:
            begun = self._beginnings[length] = _Beginning()
            for beginning in dict.fromkeys(word[:length] for word in self._sorted if len(word) > length):
                begun.add(beginning)
        return self._beginnings[length]


def _distances(word: str, known: _Beginning | None, mistakes: int) -> dict[str, float]:
    """Words at most so many mistakes away, the nearest few.

    «poubelle» is not «nouvelle»: hardly anyone gets the first letter wrong and another, too.
    """
    found: dict[str, float] = {}
    if known is not None:
        for some in known.alike(word) if mistakes == 1 else (known.first.get(word[0], []),):
            near = process.extract(word, some, scorer=OSA.distance, score_cutoff=mistakes, limit=OFFERED)
            found.update((other, distance) for other, distance, _place in near)
    return found
