"""What a typed text asks: its language, the words that count, what stands in quotes, what is not wanted."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from pointinfo.directory import speech, thesaurus
from pointinfo.directory.text import phone_digits, query_words

LIGHT: Final = 0.25
"""What a word counts that alone says little («enfant», «demain»), beside 1 for any other."""
MOST_WORDS: Final = 16

_QUOTED: Final = re.compile(r"\"([^\"]+)\"|«([^»]+)»|“([^”]+)”")
_UNWANTED: Final = re.compile(r"(?:(?<=\s)|^)-([^\W_][\w’'-]*)")
_AGE: Final = re.compile(
    r"\b(\d{1,3})\s*(?:ans?|years?|jahre?|años?|anni|anos?|vjeç\w*|yaşında\w*|godin\w*|лет|года?|років|роки|рік)\b",
    re.IGNORECASE,
)
_MONTHS: Final = re.compile(
    r"\b\d{1,2}\s*(?:mois|months?|monate?n?|meses|mesi|muaj\w*|aylık|mjesec\w*|mesec\w*|месяц\w*|місяц\w*)\b",
    re.IGNORECASE,
)
"""An age or a span of time in months: which of the two can't be told, and neither says what is needed."""
_SCRIPTS: Final = (
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("ti", re.compile(r"[\u1200-\u137f]")),
    ("ta", re.compile(r"[\u0b80-\u0bff]")),
    ("fa", re.compile(r"[پچژگ]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("uk", re.compile(r"[іїєґ]", re.IGNORECASE)),
    ("bcs", re.compile(r"[јњљџћђ]", re.IGNORECASE)),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
_ALSO: Final = {"ar": ("fa",), "ru": ("uk", "bcs")}
"""Languages of the same script whose own letters a short text may lack."""


class Question(NamedTuple):
    """A text understood. `words` are folded, in order, each with its weight; the last may be unfinished.

    `quoted`: word sequences that must stand so. `unwanted`: words no answer may have. `languages`: those it may be in,
    French always among them; `language` the one it most likely is, "" when it is French or can't be told. `typed`:
    every folded word, to compare with a name. `audiences`: codes of those it is asked for, by word or age.
    """

    words: tuple[str, ...]
    weights: tuple[float, ...]
    quoted: tuple[tuple[str, ...], ...] = ()
    unwanted: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset({"fr"})
    language: str = ""
    typed: str = ""
    audiences: frozenset[str] = frozenset()


@lru_cache(4_096)
def understand(text: str) -> Question:
    """Any text is a question, be it empty."""
    quoted = tuple(
        found for found in (tuple(query_words("".join(filter(None, part)))) for part in _QUOTED.findall(text)) if found
    )
    rest = _QUOTED.sub(" ", text)
    unwanted: tuple[str, ...] = ()
    if not phone_digits(text):
        without = _UNWANTED.sub(" ", rest)
        if query_words(without):
            unwanted = tuple(word for each in _UNWANTED.findall(rest) for word in query_words(each))
            rest = without
        spared = _MONTHS.sub(" ", _AGE.sub(" ", rest))
        rest = spared if query_words(spared) else rest
    asked = query_words(rest)[: 2 * MOST_WORDS]
    language, languages = recognise(text, asked)
    spoken = languages - {"fr"} if language else languages
    telling = speech.telling(asked, spoken)[:MOST_WORDS]
    weights = [
        LIGHT if any(speech.manner(each).is_light(word, each) for each in languages) else _weight(word, languages)
        for word in telling
    ]
    if all(weight == LIGHT for weight in weights):
        weights = [1.0] * len(weights)
    every = query_words(text)
    audiences = speech.audiences(every, languages) | {_of_age(int(age)) for age in _AGE.findall(text)} - {""}
    return Question(tuple(telling), tuple(weights), quoted, unwanted, languages, language, " ".join(every), audiences)


def _of_age(years: int) -> str:
    """The audience a person of this age belongs to, "" for a grown-up."""
    if years < 13:
        return "enfance"
    return "jeunesse" if years < 21 else "aines" if years >= 65 else ""


def _weight(word: str, languages: frozenset[str]) -> float:
    """A word that many topics have says less; one that none has may be what matters."""
    return float(max(1, thesaurus.shipped().breadth(word, languages)) ** -0.3)


def recognise(text: str, asked: Sequence[str]) -> tuple[str, frozenset[str]]:
    """The language of a query other than French, "" for French, and all it may be in.

    By its script where that decides; else by the words that only some languages' phrases, frames and stop words have.
    """
    for language, letters in _SCRIPTS:
        if letters.search(text):
            written = (language, *_ALSO.get(language, ()))
            points = _points(asked, written)
            return max(written, key=lambda each: points.get(each, 0.0)), frozenset({"fr", *written})
    points = _points(asked, tuple(speech.files()))
    french = points.pop("fr", 0.0)
    best = max(points.values(), default=0.0)
    if best <= french:
        return "", frozenset({"fr", *(each for each, value in points.items() if value == best == french)})
    likely = sorted(language for language, value in points.items() if value == best)
    return (likely[0] if len(likely) == 1 else ""), frozenset({"fr", *likely})


def _points(asked: Sequence[str], languages: Sequence[str]) -> dict[str, float]:
    """How much speaks for each language: words that few of them have speak most."""
    points: dict[str, float] = {}
    for word in asked:
        spoken = {
            language
            for language in languages
            if word in speech.manner(language).stop
            or word in speech.manner(language).light
            or language in thesaurus.shipped().languages(word)
        }
        for language in spoken:
            points[language] = points.get(language, 0.0) + 1.0 / len(spoken) + 0.5
    return points
