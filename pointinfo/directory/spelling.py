"""Mistyped words: the nearest that directory or thesaurus has, by letters changed, missing, added or swapped."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST: Final = 4
"""Letters a word must have to be corrected: shorter ones are near too many others."""
TWO_FROM: Final = 7
"""Letters from which two mistakes are forgiven."""
OFFERED: Final = 4


class Spelling:
    """The known words, by length."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._sorted: list[str] = []
        self._by_length: dict[int, list[str]] = {}
        self._beginnings: dict[int, list[str]] = {}
        self.learn(known)

    def learn(self, known: Iterable[str]) -> None:
        """Know more words."""
        fresh = sorted(set(known).difference(self._sorted)) if self._sorted else sorted(set(known))
        for word in fresh:
            if not word.isdigit():
                self._by_length.setdefault(len(word), []).append(word)
        self._sorted = sorted([*self._sorted, *fresh])
        self._beginnings.clear()

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
        for mistakes in (1, 2) if len(word) >= TWO_FROM else (1,):
            found: dict[str, float] = {}
            for length in range(len(word) - mistakes, len(word) + mistakes + 1):
                for other, distance, _place in process.extract(
                    word, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=mistakes, limit=OFFERED
                ):
                    found[other] = distance
            if unfinished and (mistakes == 1 or not found):
                for beginning, distance, _place in process.extract(
                    word,
                    self._begun(len(word)),
                    scorer=OSA.distance,
                    score_cutoff=mistakes,
                    limit=OFFERED,
                ):
                    found.setdefault(beginning, distance + 0.5)
            found = {other: distance for other, distance in found.items() if _begins_alike(word, other)}
            if mistakes == 2:  # «poubelle» is not «nouvelle»: hardly anyone gets the first letter wrong and another too
                found = {other: distance for other, distance in found.items() if other[0] == word[0]}
            if found:
                nearest = sorted(found, key=lambda other: (found[other], other[0] != word[0], other))
                return nearest[:OFFERED]
        return []

    def _begun(self, length: int) -> list[str]:
        """The distinct beginnings of this length of all longer words."""
        if length not in self._beginnings:
            self._beginnings[length] = list(dict.fromkeys(word[:length] for word in self._sorted if len(word) > length))
        return self._beginnings[length]


def _begins_alike(word: str, other: str) -> bool:
    """Whether both begin with the same letter, or one with the other's second: people drop it or swap it («opital»)."""
    return word[0] == other[0] or word[1] == other[0] or word[0] == other[1:2]
