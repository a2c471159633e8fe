"""Ranking: what speaks for each candidate of a search, word by word; answers first, then guesses."""

from collections.abc import Sequence
from operator import mul
from typing import Final, NamedTuple

import msgspec
from sqlalchemy import Connection

from pointinfo.database import plain_rows
from pointinfo.database.schema import Name, Wording
from pointinfo.directory.at_hand import AtHand, Hit, Why
from pointinfo.directory.question import Question
from pointinfo.directory.text import matches, words

WEIGHED: Final = 150
"""How many candidates are looked at word by word."""
GUESSES: Final = 10
"""How many entries that may or may not be meant are shown."""
SURE_FROM: Final = 0.7
"""The share of what is asked, by weight, that an entry must answer to be more than a guess."""

NAME, BEGUN, SPECIFIC, TOPIC, KEYWORD, WORD, TEXT, GUESS = 1.0, 0.97, 0.9, 0.8, 0.75, 0.5, 0.45, 0.4
"""How much a word found there says that the entry is meant.

`WORD`: one of the keywords, the other words of the query not among them.
"""
SPREAD: Final = 0.02
"""What a phrase of several words says less for each other word that stands between them."""
RARE: Final = 0.04
"""What a topic says more when a single entry has it; of two that are meant the rarer is the need."""
FIT: Final = 0.05
"""What an entry gains that is for those the query names, and loses that is for others only.

One that is for some age only loses a little where the query names none.
"""
_OF_AGE: Final = frozenset({"enfance", "jeunesse", "aines"})
BESIDE: Final = 0.02
"""What an entry loses for each topic beside those that are asked for: who does one thing is meant first."""

_NAMES: Final = """
    SELECT id, names FROM entry WHERE id IN (SELECT value FROM json_each(?)) AND names <> '[]'"""

_names = msgspec.json.Decoder(tuple[Name, ...])
_wordings = msgspec.json.Decoder(dict[str, Wording])


class Ranked(NamedTuple):
    """Hits in order, what each word found in the first of them, the first one's score."""

    hits: tuple[Hit, ...]
    first: tuple[bool, ...]
    best: float

    @property
    def sure(self) -> int:
        """How many of the hits are answers."""
        return sum(not hit.weak for hit in self.hits)


class Evidence:
    """What speaks for each entry, word by word, from 0 to 1."""

    def __init__(self, wanted: Sequence[str], weights: Sequence[float]) -> None:
        self.weights = weights
        self._whole = sum(weights)
        self.by_entry: dict[int, list[float]] = {}
        self.tiers: dict[int, int] = {}
        self.by: dict[int, str] = {}
        self._beside: dict[int, int] = {}
        self._count = len(wanted)
        self._covered: dict[int, list[frozenset[int]]] = {}
        self._lacking: list[frozenset[int]] = []
        self._fit: dict[int, float] = {}
        self._called: dict[int, list[tuple[tuple[str, ...], frozenset[int]]]] = {}
        self._said: dict[tuple[float, ...], float] = {}
        self._sure: dict[tuple[float, ...], float] = {}

    def holds(self, entry_id: int, tier: int) -> None:
        """The entry has every word, in this tier."""
        self.tiers[entry_id] = tier
        self.by_entry[entry_id] = [(BEGUN, KEYWORD, TEXT)[tier]] * self._count

    def holds_word(self, entry_id: int, place: int, tier: int) -> None:
        """The entry has one of the words."""
        evidence = self._of(entry_id)
        evidence[place] = max(evidence[place], (BEGUN, WORD, TEXT)[tier])

    def speaks_of(self, entry_id: int, others: int, places: frozenset[int], value: float, topic: str) -> None:
        """The entry has a topic for some of the words, and `others` beside."""
        evidence = self._of(entry_id)
        if value > GUESS:
            self._covered.setdefault(entry_id, []).append(places)
        self._beside[entry_id] = self._beside.get(entry_id, others + 1) - (value > GUESS)
        for place in places:
            if value > evidence[place]:
                evidence[place] = value
                self.by.setdefault(entry_id, topic)

    def is_called(self, entry_id: int, name: tuple[str, ...], places: frozenset[int]) -> None:
        """Some of the words are what people call the service whose `name` the entry's has."""
        evidence = self._of(entry_id)
        for place in places:
            evidence[place] = max(evidence[place], SPECIFIC)
        self._covered.setdefault(entry_id, []).append(places)
        self._called.setdefault(entry_id, []).append((name, places))

    def calls(self, entry_id: int) -> bool:
        """Whether some of the words are what people call the entry."""
        return entry_id in self._called

    def is_named(self, entry_id: int, name: Sequence[str]) -> None:
        """The entry's own `name`, in folded words: it is the service itself if it begins like that service's name."""
        for called, places in self._called.get(entry_id, ()):
            if tuple(name[: len(called)]) == called:
                for place in places:
                    self.by_entry[entry_id][place] = NAME

    def lacks(self, places: frozenset[int]) -> None:
        """Some of the words speak of a need for which the directory has nothing: an entry that has the words only, or
        another need for some of them, is no answer to it.
        """
        self._lacking.append(places)

    def fits(self, entry_id: int, audiences: frozenset[str], asked: frozenset[str]) -> None:
        """The entry is for these audiences, the query for those."""
        if audiences & asked:
            self._fit[entry_id] = FIT
        elif audiences and audiences <= _OF_AGE:
            self._fit[entry_id] = -FIT if asked else -BESIDE

    def has_all(self, entry_id: int) -> bool:
        """Whether the entry has every word, and not merely in its text words of a need that nothing answers."""
        tier = self.tiers.get(entry_id)
        return tier is not None and (tier < 2 or not self._lacking)

    def score(self, entry_id: int) -> float:
        """How much of what is asked the entry answers, from 0 to 1."""
        values = tuple(self.by_entry[entry_id])
        said = self._said.get(values)
        if said is None:  # most entries have the words in one of a few ways
            said = self._said[values] = sum(map(mul, self.weights, values)) / self._whole
        beside = BESIDE * min(self._beside.get(entry_id, 0), 5)
        return said - beside + self._fit.get(entry_id, 0.0)

    def answered(self, entry_id: int) -> float:
        """The share of what is asked that the entry has something for."""
        if not self._lacking:
            values = tuple(self.by_entry[entry_id])
            share = self._sure.get(values)
            if share is None:
                said = (weight for weight, value in zip(self.weights, values, strict=True) if value > GUESS)
                share = self._sure[values] = sum(said) / self._whole
            return share
        covered = self._covered.get(entry_id, ())
        missing = [places for places in self._lacking if not any(places <= each for each in covered)]
        sure = (
            weight
            for place, (weight, value) in enumerate(zip(self.weights, self.by_entry[entry_id], strict=True))
            if value > GUESS and not any(place in places for places in missing)
        )
        return sum(sure) / self._whole

    @property
    def answers(self) -> int:
        """How many entries answer enough to be more than a guess."""
        return sum(self.answered(entry_id) >= SURE_FROM for entry_id in self.by_entry)

    def _of(self, entry_id: int) -> list[float]:
        return self.by_entry.setdefault(entry_id, [0.0] * self._count)


def ranked(connection: Connection, asked: Question, wanted: list[str], found: Evidence, at_hand: AtHand) -> Ranked:
    """Best first: an acronym or name that is the query, a name that begins with it, then by how much is answered.

    Among equals a topic that is called like the query comes before one that merely has it as a synonym.
    """
    if not found.by_entry:
        return Ranked((), (False,) * len(wanted), 0.0)
    ids = list(found.by_entry)
    if len(ids) > WEIGHED:
        ids = sorted(ids, key=found.score, reverse=True)[:WEIGHED]
    faces = at_hand.faces(connection, ids)
    ids = [entry_id for entry_id in ids if entry_id in faces]
    whole = " ".join(wanted)
    between = f" {whole} "
    known_as = _known_as(connection, [each for each in ids if between in faces[each].syn])
    if found.by:
        terms = at_hand.terms(connection, ids)
        for entry_id in ids:
            found.fits(entry_id, terms[entry_id].audiences, asked.audiences)
    named_topic = _with_topic(connection, wanted, [each for each in ids if found.tiers.get(each, 1) == 1], at_hand)
    beginnings = [(place, f" {want} ") for place, want in enumerate(wanted[:-1])]
    beginnings.append((len(wanted) - 1, f" {wanted[-1]}"))
    begun, alone = f" {whole}", f" {whole} " if len(wanted) == 1 else "\0"
    names = (whole, asked.typed)
    scored = []
    for entry_id in ids:
        face = faces[entry_id]
        spaced, keywords = face.name, face.syn
        name = spaced[1:-1]
        evidence = found.by_entry[entry_id]
        in_name = 0
        for place, beginning in beginnings:
            if beginning in spaced:
                in_name += 1
                evidence[place] = NAME
            elif evidence[place] <= KEYWORD and beginning in keywords:
                evidence[place] = KEYWORD if entry_id in found.tiers else max(evidence[place], WORD)
        if found.calls(entry_id):
            found.is_named(entry_id, name.split(" "))
        named = name in names or whole in known_as.get(entry_id, ())
        is_name = named or spaced.startswith(alone)
        weak = not (is_name or found.has_all(entry_id) or found.answered(entry_id) >= SURE_FROM)
        score = (
            weak,
            not named,
            not is_name,
            not spaced.startswith(begun),
            -round(found.score(entry_id), 2),
            entry_id not in named_topic,
            spaced.count(" "),
            name,
            entry_id,
            in_name,
        )
        scored.append(score)
    scored.sort()
    sure = sum(not score[0] for score in scored)
    hits = tuple(
        _hit(score[-2], found, score[-1], wanted, faces[score[-2]].syn, weak=score[0])
        for score in scored[: max(sure, GUESSES)]
    )
    had = tuple(value >= GUESS for value in found.by_entry[hits[0].id])
    return Ranked(hits, had, found.score(hits[0].id) + bool(sure))


def _hit(entry_id: int, found: Evidence, in_name: int, wanted: list[str], keywords: str, *, weak: bool) -> Hit:
    why = _why(entry_id, found, in_name, wanted, keywords)
    return Hit(entry_id, why, found.by.get(entry_id, "") if why == "synonym" else "", weak)


def _known_as(connection: Connection, ids: list[int]) -> dict[int, list[str]]:
    """The other names of these entries, as compared."""
    if not ids:
        return {}
    listed = msgspec.json.encode(ids).decode()
    rows = plain_rows(connection, _NAMES, (listed,))
    return {row[0]: [" ".join(words(other.text)) for other in _names.decode(row[1])] for row in rows}


def _why(entry_id: int, found: Evidence, in_name: int, wanted: list[str], keywords: str) -> Why:
    tier = found.tiers.get(entry_id)
    if tier == 0 or in_name == len(wanted):
        return "name"
    if entry_id in found.by:
        return "synonym"
    if found.calls(entry_id):
        return "keyword"
    if tier == 2 or tier is None:
        return "text"
    return "keyword" if any(f" {want}" in keywords for want in wanted) else "place"


def kept(connection: Connection, hits: tuple[Hit, ...], asked: Question) -> tuple[Hit, ...]:
    """The hits in whose own words the quoted sequences stand, and no unwanted word: the index keeps a word once."""
    listed = ",".join(str(hit.id) for hit in hits)
    rows = connection.exec_driver_sql(
        f"SELECT id, name, names, wordings, street || ' ' || city FROM entry WHERE id IN ({listed})"
    ).all()
    stay = set()
    for entry_id, name, names, wordings, place in rows:
        texts = [name, place, *(other.text for other in _names.decode(names))]
        texts += [text for wording in _wordings.decode(wordings).values() for text in msgspec.structs.astuple(wording)]
        said = [f" {' '.join(words(text))} " for text in texts if text]
        every = {word for text in said for word in text.split()}
        has_all = all(any(f" {' '.join(part)} " in text for text in said) for part in asked.quoted)
        if has_all and not any(matches(word, each, prefix=False) for each in asked.unwanted for word in every):
            stay.add(entry_id)
    return tuple(hit for hit in hits if hit.id in stay)


def _with_topic(connection: Connection, wanted: list[str], candidates: list[int], at_hand: AtHand) -> set[int]:
    """Those of the candidates with a topic whose own label has every wanted word."""
    called = at_hand.topics_called(connection, wanted) if candidates else None
    if not called:
        return set()
    terms = at_hand.terms(connection, candidates)
    return {entry_id for entry_id in candidates if not called.isdisjoint(terms[entry_id].topics)}
