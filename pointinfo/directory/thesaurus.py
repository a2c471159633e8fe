"""What people say for the desk's topics, in seventeen languages: plain files, matched against a query in memory.

A phrase is a small bag of words. It answers a query that has all of them, in any order and ending, at any distance; one
that lacks some of a longer phrase is a guess. No entry need be indexed anew when an editor adds a word.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from pointinfo.directory.endings import filed
from pointinfo.directory.speech import files, manner, telling
from pointinfo.directory.text import stems, words

GUESS_FROM: Final = 0.35
"""The share of a phrase's words, by weight, from which it is a guess."""
ALMOST: Final = 0.8
"""What stays of a phrase's share when the query has its word in another sense («courant» is filed like «cours») or does
not say «not» as the phrase does: a guess.
"""
BEFORE, AFTER = 2, 1
"""How many words before and after another a small word turns it: «manger pour pas cher» is not «pas manger»."""

_VERB_ENDING: Final = re.compile("(?:er|e|es|ee|ees|ent|ez|ons|ais|ait|aient)$")


class Meaning(NamedTuple):
    """A topic that a query speaks of. `places` are those of the words that say so, `share` of the phrase's words said.

    `phrase` is what the thesaurus has, for whoever asks why; `specific` whether it is of several words; `spread` how
    many others stand between them in the query. `written`: `topic` is no topic but words that entries have.
    """

    topic: str
    places: frozenset[int]
    share: float
    phrase: str
    specific: bool
    spread: int = 0
    written: bool = False

    @property
    def certainty(self) -> float:
        """From 0 to 1; one word that is part of a phrase says half of what several do."""
        return self.share if self.share == 1.0 or len(self.places) > 1 else self.share / 2


class _Phrase(NamedTuple):
    topic: str
    language: str
    text: str
    keys: tuple[str, ...]
    words: tuple[str, ...]
    turns: frozenset[int]
    written: bool


@cache
def shipped() -> "Thesaurus":
    """The phrases of the files, put together once."""
    every = files().values()
    return Thesaurus(
        ((topic, file.language, text) for file in every for topic, text in _lines(file.topics)),
        ((said, file.language, text) for file in every for said, text in _lines(file.written)),
    )


class Thesaurus:
    """Phrases by the words they have."""

    def __init__(self, lines: Iterable[tuple[str, str, str]], written: Iterable[tuple[str, str, str]] = ()) -> None:
        """`lines`: topic code, language («» for an editor's own, ending as in French), phrase.

        `written`: the same of words that entries have, instead of a topic.
        """
        self._phrases: list[_Phrase] = []
        self._by_key: dict[str, list[int]] = {}
        self._keys_of: dict[str, set[str]] = {}
        about: dict[str, set[str]] = {}
        tongues: dict[str, set[str]] = {}
        for is_written, each in ((False, lines), (True, written)):
            for topic, language, text in each:
                every = words(text)
                said = telling(every, (language or "fr",))
                phrase = _phrase(topic, language, text, every, said, written=is_written)
                if phrase is None:
                    continue
                for key in phrase.keys:
                    self._by_key.setdefault(key, []).append(len(self._phrases))
                    about.setdefault(key, set()).add(topic)
                self._phrases.append(phrase)
                for word in said:
                    tongues.setdefault(word, set()).add(language or "fr")
                    key = filed(word, language)
                    self._keys_of.setdefault(word, set()).update({key}.intersection(phrase.keys))
        self._topics = about
        self._weight = {key: 1.0 / math.sqrt(len(topics)) for key, topics in about.items()}
        self._whole = [sum(self._weight[key] for key in phrase.keys) for phrase in self._phrases]
        self._spelled = sorted(self._keys_of)
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
        return len(frozenset[str]().union(*(self._topics[key] for key in keys if key in self._topics)))

    def languages(self, word: str) -> frozenset[str]:
        """The languages whose phrases have this word, spelled just so."""
        return self._languages.get(word, frozenset())

    def meanings(
        self, asked: Sequence[str], languages: frozenset[str], *, unfinished: bool = False, typed: Sequence[str] = ()
    ) -> list[Meaning]:
        """The topics of a query's folded words in these languages, most certain first.

        The last word may be `unfinished`. `typed`: every folded word of the query, the small ones too.
        """
        if not self._phrases:
            return []
        every = typed or asked
        own, meant = self._said(asked, languages, unfinished=unfinished)
        counted, weighed = self._counted(own, meant)
        best: dict[tuple[str, bool], Meaning] = {}
        for number, count in counted.items():
            phrase = self._phrases[number]
            is_whole = count == len(phrase.keys) and (count > 1 or number in weighed)
            share = 1.0 if is_whole else min(0.99, weighed.get(number, 0.0) / self._whole[number])
            if share < GUESS_FROM or (phrase.language and phrase.language not in languages):
                continue
            target = (phrase.topic, phrase.written)
            known = best.get(target)
            if known is not None and share < known.certainty:
                continue
            places = {key: own.get(key, meant.get(key, 0)) for key in phrase.keys if key in own or is_whole}
            meaning = _meaning(phrase, share, asked, tuple(places.values()), every, unfinished=unfinished)
            if meaning.share >= GUESS_FROM:
                best[target] = _better(known, meaning) if known else meaning
        return sorted(best.values(), key=lambda one: (-one.certainty, -len(one.places)))

    def _said(
        self, asked: Sequence[str], languages: frozenset[str], *, unfinished: bool
    ) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """At which place of the query each key stands: of a word itself, and of the general words it means."""
        own: dict[str, int] = {}
        meant: dict[str, int] = {}
        for place, word in enumerate(asked):
            keys = {word, *(filed(word, language) for language in languages)}
            if unfinished and place == len(asked) - 1 and len(word) > 2 and not languages & self.languages(word):
                keys |= self._completed(word)
            for key in keys:
                own[key] = place
            for language in languages:
                for key in manner(language).kinds.get(filed(word, language), ()):
                    meant.setdefault(key, place)
        return own, meant

    def _counted(self, own: Mapping[str, int], meant: Mapping[str, int]) -> tuple[dict[int, int], dict[int, float]]:
        """By the number of each phrase how many of its keys are said, and how much its own words among them weigh."""
        counted: dict[int, int] = {}
        weighed: dict[int, float] = {}
        for key in own:
            weight = self._weight.get(key, 0.0)
            for number in self._by_key.get(key, ()):
                counted[number] = counted.get(number, 0) + 1
                weighed[number] = weighed.get(number, 0.0) + weight
        for key in meant:
            if key not in own:
                for number in self._by_key.get(key, ()):
                    counted[number] = counted.get(number, 0) + 1
        return counted, weighed

    def _completed(self, beginning: str) -> set[str]:
        """The keys of words that begin like this, of a few dozen at most."""
        start = bisect_left(self._spelled, beginning)
        keys: set[str] = set()
        for word in self._spelled[start : start + 40]:
            if not word.startswith(beginning):
                break
            keys |= self._keys_of[word]
        return keys


def _phrase(
    topic: str, language: str, text: str, every: Sequence[str], said: Sequence[str], *, written: bool
) -> _Phrase | None:
    """A line as it is matched; None for one of which nothing telling is left."""
    spoken = manner(language or "fr")
    told = [word for word in said if not any(word in row for row in spoken.turns)]
    turns = spoken.turned(every) if told else frozenset[int]()
    keys = tuple(dict.fromkeys(filed(word, language) for word in told or said))
    if len(keys) > 1:
        turns &= {0}
    elif not turns and len(said) == 1 < len(every) and keys[0] in spoken.light_keys:
        return None  # «que faire avec les enfants»: what is left says nothing
    return _Phrase(topic, language, text, keys, tuple(said), turns, written) if keys else None


def _meaning(
    phrase: _Phrase,
    share: float,
    asked: Sequence[str],
    said: Sequence[int],
    every: Sequence[str],
    *,
    unfinished: bool,
) -> Meaning:
    """What it means that a share of a phrase is said, by the words of the query at these places."""
    spoken = manner(phrase.language or "fr")
    words_said = [asked[place] for place in said]
    places = frozenset(said)
    if phrase.turns:
        places |= {n for n, word in enumerate(asked) if any(word in spoken.turns[row] for row in phrase.turns)}
        if not phrase.turns <= spoken.turned(every) or (
            len(phrase.keys) == 1 and not _is_turned(phrase, words_said, every)
        ):
            share *= ALMOST
    elif len(phrase.keys) == 1 and not any(
        _is_close(asked[place], phrase, unfinished=unfinished and place == len(asked) - 1) for place in said
    ):
        share *= ALMOST
    specific = len(phrase.keys) > 1 or bool(phrase.turns)
    return Meaning(phrase.topic, places, share, phrase.text, specific, _spread(words_said, every), phrase.written)


def _is_turned(phrase: _Phrase, said: Sequence[str], every: Sequence[str]) -> bool:
    """Whether what is said of a phrase of one word stands by a small word that turns it: «ne mange plus»."""
    small = frozenset[str]().union(*(manner(phrase.language or "fr").turns[row] for row in phrase.turns))
    places = [place for place, word in enumerate(every) if word in said]
    return not places or any(
        word in small for place in places for word in every[max(0, place - BEFORE) : place + AFTER + 1]
    )


def _spread(said: Sequence[str], every: Sequence[str]) -> int:
    """How many other words stand between those that are said, where each stands first."""
    places = sorted({every.index(word) for word in said if word in every})
    return places[-1] - places[0] + 1 - len(places) if places else 0


def _worth(one: Meaning) -> tuple[float, bool, int, int]:
    return one.certainty, one.specific, -one.spread, len(one.places)


def _better(known: Meaning, other: Meaning) -> Meaning:
    """The more certain of two meanings of one topic; of two that are fully said, with the places of both."""
    first, second = sorted((known, other), key=_worth)[::-1]
    return first._replace(places=first.places | second.places) if second.share == 1.0 else first


def _is_close(asked: str, phrase: _Phrase, *, unfinished: bool) -> bool:
    """Whether a French phrase of one word has the word asked for, but for the ending of a noun or of a verb."""
    if phrase.language not in ("", "fr"):
        return True
    ended = _VERB_ENDING.sub("", asked)
    return any(
        stems(word)[-1] == stems(asked)[-1]
        or (unfinished and word.startswith(asked))
        or (_VERB_ENDING.sub("", word) == ended and ended not in (word, asked))
        for word in phrase.words
    )


def _lines(listed: Mapping[str, tuple[str, ...]]) -> Iterable[tuple[str, str]]:
    return ((meant, text) for meant, texts in listed.items() for text in texts)
