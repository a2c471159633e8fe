"""Names and streets as other lists write them: abbreviated, in capitals, with a slip, with a word more or less."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from pointinfo.directory.speech import manner
from pointinfo.directory.text import stems, words

LIGHT: Final = frozenset(
    [
        *("association", "fondation", "societe", "cooperative", "collectif", "amicale", "groupement", "section"),
        *("sa", "sarl", "geneve", "genevois", "genevoise", "ge", "ville", "municipal", "municipale"),
        *("canton", "cantonal", "cantonale", "suisse"),
    ]
)
"""Legal forms and what half the directory is called: words that hardly tell one entry from another."""

_NAME_PARTS: Final = {
    "assoc": "association",
    "asso": "association",
    "fond": "fondation",
    "ste": "sainte",
    "st": "saint",
    "ctre": "centre",
    "mq": "maison quartier",
}
_ROAD_PARTS: Final = {
    "av": "avenue",
    "ave": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "boul": "boulevard",
    "bvd": "boulevard",
    "ch": "chemin",
    "chem": "chemin",
    "crs": "cours",
    "imp": "impasse",
    "pass": "passage",
    "pl": "place",
    "prom": "promenade",
    "q": "quai",
    "r": "rue",
    "rte": "route",
    "sq": "square",
    "ste": "sainte",
    "st": "saint",
}
_NUMBER: Final = re.compile(r"\d+\s*(?:bis|ter|quater|[a-z])?\b", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\([^)]*\)")
_ALIKE_FROM: Final = 0.8
"""Two words this near (edits by length) are one with a slip of the finger."""

NameWords = tuple[str, ...]


@lru_cache(65_536)
def name_words(text: str) -> tuple[NameWords, tuple[str, ...]]:
    """The words of a name that count, and the acronyms of itself that it says: «SPC - Service des prestations…»."""
    counted = _written_out(text, _NAME_PARTS)
    if len(counted) > 2:
        for place in (0, len(counted) - 1):
            rest = counted[:place] + counted[place + 1 :]
            if 1 < len(counted[place]) < 8 and _shortens(counted[place], initials(rest)):
                return rest, (counted[place],)
    return counted or tuple(words(text)), ()


@lru_cache(65_536)
def without_aside(name: str) -> str:
    """A name without its brackets, an acronym before a dash, what follows a dash: what other lists leave out."""
    bare = _BRACKETS.sub(" ", name)
    first, dash, rest = bare.partition(" - ") if " - " in bare else bare.partition(" – ")
    if not dash:
        return bare
    return rest if len(words(first)) == 1 else first


def _shortens(word: str, letters: str) -> bool:
    """Whether a word is made of these initials, one of them left out at most: «imad» of i-m-a-s-d."""
    return word == letters or (len(word) > 2 and word in {letters[:n] + letters[n + 1 :] for n in range(1, 12)})


def initials(name: NameWords) -> str:
    """The first letters of a name's words."""
    return "".join(word[0] for word in name)


def _written_out(text: str, short: Mapping[str, str]) -> NameWords:
    """The words that count, abbreviations written out."""
    stop = manner("fr").stop
    counted = [word for word in words(text) if word not in stop]
    return tuple(part for word in counted for part in short.get(word, word).split(" "))


@lru_cache(65_536)
def door(street: str) -> tuple[NameWords, str]:
    """A street's words and the number in it: «8, bd Carl-Vogt» and «Boulevard Carl-Vogt 8, 3e étage» are one door."""
    parts = [part for part in street.split(",") if part.strip()]
    place = next((place for place, part in enumerate(parts) if _NUMBER.search(part)), None)
    if place is None:
        return _written_out(street, _ROAD_PARTS), ""
    number = "".join(words(_NUMBER.findall(parts[place])[-1]))
    road = _NUMBER.sub(" ", parts[place])
    if not words(road):
        road = " ".join(parts[place + 1 : place + 2])
    return _written_out(road, _ROAD_PARTS), number


@lru_cache(65_536)
def alike(ours: NameWords, theirs: NameWords) -> float:
    """How alike two names are: words of one only cost half, words that differ three times what those of both bring."""
    if ours == theirs or "".join(ours) == "".join(theirs):
        return 1.0
    left, right = list(ours), list(theirs)
    met = weight_met = 0.0
    for word in ours:
        if word in right:
            left.remove(word)
            right.remove(word)
            met += _weight(word)
            weight_met += _weight(word)
    for word in tuple(left):
        near = max(right, key=lambda each: _near(word, each), default="")
        nearness = _near(word, near) if near else 0.0
        if nearness:
            left.remove(word)
            right.remove(near)
            met += _weight(word) * nearness
            weight_met += _weight(word)
    if not weight_met:
        return 0.0
    more, less = sorted((sum(map(_weight, left)), sum(map(_weight, right))), reverse=True)
    return met / (weight_met + 0.5 * (more - less) + 3.0 * less)


def _near(one: str, other: str) -> float:
    """0 for two words, else how sure it is that they are one."""
    short, long = sorted((one, other), key=len)
    if len(short) < 3 or not (one.isalpha() and other.isalpha()):
        return 0.0
    if len(short) >= 4 and long.startswith(short):
        return 0.95
    if len(short) < _ALIKE_FROM * len(long):
        return 0.0
    if not set(stems(one)).isdisjoint(stems(other)):
        return 0.95
    return float(OSA.normalized_similarity(one, other, score_cutoff=_ALIKE_FROM))


@lru_cache(65_536)
def _weight(word: str) -> float:
    if any(map(str.isdigit, word)):
        return 1.5
    return 0.2 if word in LIGHT else 1.0
