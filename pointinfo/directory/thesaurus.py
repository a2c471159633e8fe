"""What people say for the desk's topics, in seventeen languages: plain files, matched against a query in memory.

A phrase is a small bag of words. It answers a query that has all of them, in any order and ending; one that lacks some
of a longer phrase is a guess. No entry need be indexed anew when an editor adds a word.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

import msgspec

from pointinfo import paths
from pointinfo.directory.endings import filed
from pointinfo.directory.text import stems, words

GUESS_FROM: Final = 0.35
"""The share of a phrase's words, by weight, from which it is a guess."""


class ThesaurusFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language as it lies in `resources/thesaurus`.

    `topics`: phrases by topic code. `frames`: turns of phrase around a question, that say nothing of what is asked;
    `stop`: words that never do; `light`: words that alone say little. `audiences`: words by which a person says for
    whom it is, by the code of the audience. `reviewed`: a speaker has read it.
    """

    language: str
    reviewed: bool
    topics: dict[str, tuple[str, ...]]
    frames: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    audiences: dict[str, tuple[str, ...]] = {}


class Meaning(NamedTuple):
    """A topic that a query speaks of. `places` are those of the words that say so, `share` of the phrase's words said.

    `phrase` is what the thesaurus has, for whoever asks why; `specific` whether it is of several words; `close` whether
    its words are those of the query but for plural and gender («courant» is filed like «cours»).
    """

    topic: str
    places: frozenset[int]
    share: float
    phrase: str
    specific: bool
    close: bool


class _Phrase(NamedTuple):
    topic: str
    language: str
    text: str
    keys: tuple[str, ...]
    words: tuple[str, ...]


class Manner(NamedTuple):
    """How one language asks: its frames as word sequences, its stop words, its light words, all folded.

    `light_keys`: what the light words are filed under.
    """

    frames: tuple[tuple[str, ...], ...]
    stop: frozenset[str]
    light: frozenset[str]
    light_keys: frozenset[str] = frozenset()

    def is_light(self, word: str, language: str) -> bool:
        """Whether a folded word says little alone; in a language of many endings, in whatever form."""
        return word in self.light or (language != "fr" and filed(word, language) in self.light_keys)


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
    return Manner(tuple(frames), frozenset(_each(file.stop)), light, frozenset(filed(word, language) for word in light))


@cache
def shipped() -> "Thesaurus":
    """The phrases of the files, put together once."""
    return Thesaurus((topic, file.language, text) for file in files().values() for topic, text in _lines(file))


class Thesaurus:
    """Phrases by the words they have."""

    def __init__(self, lines: Iterable[tuple[str, str, str]]) -> None:
        """`lines`: topic code, language («» for an editor's own, ending as in French), phrase."""
        self._phrases: list[_Phrase] = []
        self._by_key: dict[str, list[int]] = {}
        weight: dict[str, set[str]] = {}
        spelled: dict[str, set[str]] = {}
        tongues: dict[str, set[str]] = {}
        for topic, language, text in lines:
            every = words(text)
            said = telling(every, (language or "fr",))
            if len(said) == 1 < len(every) and filed(said[0], language) in manner(language or "fr").light_keys:
                continue  # «que faire avec les enfants»: what is left says nothing
            places = [filed(word, language) for word in said]
            keys = tuple(dict.fromkeys(places))
            if not keys:
                continue
            number = len(self._phrases)
            self._phrases.append(_Phrase(topic, language, text, keys, tuple(said)))
            for key in keys:
                self._by_key.setdefault(key, []).append(number)
                weight.setdefault(key, set()).add(topic)
            for word, key in zip(said, places, strict=True):
                spelled.setdefault(word, set()).add(key)
                tongues.setdefault(word, set()).add(language or "fr")
        self._weight = {key: 1.0 / math.sqrt(len(topics)) for key, topics in weight.items()}
        self._keys_of = spelled
        self._spelled = sorted(spelled)
        self._languages = {word: frozenset(found) for word, found in tongues.items()}

    @property
    def words(self) -> Sequence[str]:
        """Every word of every phrase, folded, in order."""
        return self._spelled

    def knows(self, word: str, languages: frozenset[str]) -> bool:
        """Whether a phrase of these languages has this folded word, whatever its ending."""
        return word in self._keys_of or any(filed(word, language) in self._by_key for language in languages)

    def breadth(self, word: str, languages: frozenset[str]) -> int:
        """How many topics a word of a query may speak of in these languages."""
        keys = {word, *(filed(word, language) for language in languages)}
        return len({self._phrases[number].topic for key in keys for number in self._by_key.get(key, ())})

    def languages(self, word: str) -> frozenset[str]:
        """The languages whose phrases have this word, spelled just so."""
        return self._languages.get(word, frozenset())

    def meanings(self, asked: Sequence[str], languages: frozenset[str], *, unfinished: bool = False) -> list[Meaning]:
        """The topics of a query's folded words in these languages, most certain first.

        The last word may be `unfinished`.
        """
        said: dict[int, dict[str, int]] = {}
        for place, word in enumerate(asked):
            keys = {word, *(filed(word, language) for language in languages)}
            if unfinished and place == len(asked) - 1 and len(word) > 2 and not languages & self.languages(word):
                keys |= self._completed(word)
            for key in keys:
                for number in self._by_key.get(key, ()):
                    said.setdefault(number, {}).setdefault(key, place)
        best: dict[str, Meaning] = {}
        for number, found in said.items():
            phrase = self._phrases[number]
            if phrase.language and phrase.language not in languages:
                continue
            share = self._share(phrase, found)
            if share < GUESS_FROM:
                continue
            specific = len(phrase.keys) > 1
            places = frozenset(found.values())
            close = specific or any(_is_close(asked[place], phrase) for place in places)
            meaning = Meaning(phrase.topic, places, share, phrase.text, specific, close)
            known = best.get(phrase.topic)
            if known is None or (share, close, len(places)) > (known.share, known.close, len(known.places)):
                both = known is not None and known.share == share == 1.0
                best[phrase.topic] = meaning._replace(places=places | known.places) if both and known else meaning
            elif known.share == 1.0 == share and not meaning.places <= known.places:
                best[phrase.topic] = known._replace(places=known.places | meaning.places)
        return sorted(best.values(), key=lambda one: (-one.share, -len(one.places)))

    def _share(self, phrase: _Phrase, found: Mapping[str, int]) -> float:
        if len(found) == len(phrase.keys):
            return 1.0
        whole = sum(self._weight[key] for key in phrase.keys)
        return min(0.99, sum(self._weight[key] for key in found) / whole)

    def _completed(self, beginning: str) -> set[str]:
        """The keys of words that begin like this, of a few dozen at most."""
        start = bisect_left(self._spelled, beginning)
        keys: set[str] = set()
        for word in self._spelled[start : start + 40]:
            if not word.startswith(beginning):
                break
            keys |= self._keys_of[word]
        return keys


def _is_close(asked: str, phrase: _Phrase) -> bool:
    """Whether a French phrase of one word has the word asked for, or its beginning, in the singular or plural."""
    if phrase.language not in ("", "fr"):
        return True
    return any(word.startswith(asked) or stems(word)[-1] == stems(asked)[-1] for word in phrase.words)


@cache
def _audience_keys(language: str) -> Mapping[str, str]:
    file = files().get(language)
    found = file.audiences if file else {}
    return {filed(word, language): code for code, texts in found.items() for word in _each(texts)}


def audiences(asked: Iterable[str], languages: Iterable[str]) -> frozenset[str]:
    """The codes of the audiences that a query's folded words name."""
    known = [(language, _audience_keys(language)) for language in languages]
    named = (keys.get(filed(word, language)) for word in asked for language, keys in known)
    return frozenset(code for code in named if code)


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


def _lines(file: ThesaurusFile) -> Iterable[tuple[str, str]]:
    return ((topic, text) for topic, texts in file.topics.items() for text in texts)


def _each(texts: Iterable[str]) -> Iterable[str]:
    return (word for text in texts for word in words(text))
