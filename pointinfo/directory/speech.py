"""How each language asks: its file of phrases, the frames around a question, stop words, light words, small words."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from pointinfo import paths
from pointinfo.directory.endings import filed
from pointinfo.directory.text import words


class ThesaurusFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language as it lies in `resources/thesaurus`.

    `topics`: phrases by topic code. `written`: phrases by what entries say for them, where a word of the entries
    («naturalisation») names a need better than a topic. `frames`: turns of phrase around a question, that say nothing
    of what is asked; `stop`: words that never do; `light`: words that alone say little.

    `kinds`: by a general word those that mean it within a phrase: «garder mon enfant» is said of a daughter, too.
    `turns`: rows of small words that turn a phrase of one word, any of a row standing for the others: «ne mange plus»
    is not «manger»; those of the first row, which say «not», turn longer phrases as well.

    `audiences`: words by which a person says for whom it is, by the code of the audience. `reviewed`: a speaker has
    read it.
    """

    language: str
    reviewed: bool
    topics: dict[str, tuple[str, ...]]
    written: dict[str, tuple[str, ...]] = {}
    kinds: dict[str, tuple[str, ...]] = {}
    turns: tuple[tuple[str, ...], ...] = ()
    frames: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    audiences: dict[str, tuple[str, ...]] = {}


class Manner(NamedTuple):
    """How one language asks: its frames as word sequences, its stop words, its light words, all folded.

    `light_keys`: what the light words are filed under. `turns`: rows of small words that turn a phrase. `kinds`: what
    the general words are filed under that a word means within a phrase, by what that word is filed under.
    """

    frames: tuple[tuple[str, ...], ...]
    stop: frozenset[str]
    light: frozenset[str]
    light_keys: frozenset[str] = frozenset()
    turns: tuple[frozenset[str], ...] = ()
    kinds: Mapping[str, tuple[str, ...]] = {}

    def is_light(self, word: str, language: str) -> bool:
        """Whether a folded word says little alone; in a language of many endings, in whatever form."""
        if language == "fr":
            return word in self.light or (word[-1] in "sx" and word[:-1] in self.light)
        return word in self.light or filed(word, language) in self.light_keys

    def turned(self, said: Iterable[str]) -> frozenset[int]:
        """The rows of small words that turn a phrase of which one is said."""
        every = frozenset(said)
        return frozenset(row for row, small in enumerate(self.turns) if small & every)


@cache
def files() -> dict[str, ThesaurusFile]:
    """Every language's file, by its code."""
    folder = paths.resources() / "thesaurus"
    read = [msgspec.json.decode(file.read_bytes(), type=ThesaurusFile) for file in sorted(folder.glob("*.json"))]
    return {file.language: file for file in read}


@cache
def manner(language: str) -> Manner:
    """How `language` asks; nothing is known of a language without a file."""
    file = files().get(language)
    if file is None:
        return Manner((), frozenset(), frozenset())
    frames = sorted({tuple(words(frame)) for frame in file.frames}, key=len, reverse=True)
    light = frozenset(_each(file.light))
    kinds: dict[str, tuple[str, ...]] = {}
    for general, members in file.kinds.items():
        for word in _each(members):
            key = filed(word, language)
            kinds[key] = (*kinds.get(key, ()), *(filed(each, language) for each in words(general)))
    return Manner(
        frames=tuple(frames),
        stop=frozenset(_each(file.stop)),
        light=light,
        light_keys=frozenset(filed(word, language) for word in light),
        turns=tuple(frozenset(_each(row)) for row in file.turns),
        kinds=kinds,
    )


@cache
def _audience_keys(language: str) -> Mapping[str, frozenset[str]]:
    file = files().get(language)
    found: dict[str, set[str]] = {}
    for code, texts in (file.audiences if file else {}).items():
        for word in _each(texts):
            found.setdefault(filed(word, language), set()).add(code)
    return {key: frozenset(codes) for key, codes in found.items()}


def audiences(asked: Iterable[str], languages: Iterable[str]) -> frozenset[str]:
    """The codes of the audiences that a query's folded words name."""
    known = [(language, _audience_keys(language)) for language in languages]
    none = frozenset[str]()
    return none.union(*(keys.get(filed(word, language), none) for word in asked for language, keys in known))


def telling(asked: Sequence[str], languages: Iterable[str]) -> list[str]:
    """The words that say what is meant: frames and stop words of these languages go while anything else remains."""
    manners = [manner(language) for language in languages]
    present = set(asked)
    frames = [frame for each in manners for frame in each.frames if frame[0] in present]
    kept = _without_frames(list(asked), sorted(frames, key=len, reverse=True)) if frames else list(asked)
    stop = manners[0].stop if len(manners) == 1 else frozenset[str]().union(*(each.stop for each in manners))
    telling = [word for word in kept[:-1] if word not in stop] + kept[-1:]
    if len(telling) > 1 and telling[-1] in stop:
        telling.pop()
    return telling


def _without_frames(asked: list[str], frames: Sequence[tuple[str, ...]]) -> list[str]:
    for frame in frames:
        length = len(frame)
        start = 0
        while len(asked) > length and start <= len(asked) - length:
            if tuple(asked[start : start + length]) == frame:
                del asked[start : start + length]
            else:
                start += 1
    return asked


def _each(texts: Iterable[str]) -> Iterable[str]:
    return (word for text in texts for word in words(text))
