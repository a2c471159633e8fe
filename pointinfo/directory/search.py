"""Finding: bounded candidates from three tiers of the index and from the thesaurus, ranked here; names first.

Never `ORDER BY rank` over all hits: at 100,000 entries that costs 85 ms where this costs 2.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

import msgspec
from sqlalchemy import Connection, Row

from pointinfo.database.schema import Name, Wording
from pointinfo.directory import hours as opening
from pointinfo.directory.question import LIGHT, Question, understand
from pointinfo.directory.spelling import Spelling
from pointinfo.directory.text import matches, stems, words
from pointinfo.directory.thesaurus import Thesaurus, shipped

CANDIDATES: Final = 100
"""How many entries each tier may bring before ranking."""

TOPICS: Final = 6
"""How many topics of the thesaurus a query may speak of at once."""
FEW: Final = 3
"""Fewer hits than this, and a word that nothing has is taken for mistyped."""
ENOUGH: Final = 10
"""Entries whose names or keywords have every word: with so many, no other way to them is looked for."""
WEIGHED: Final = 150
"""How many candidates are looked at word by word."""
GUESSES: Final = 10
"""How many entries that may or may not be meant are shown."""
SURE_FROM: Final = 0.7
"""The share of what is asked, by weight, that an entry must answer to be more than a guess."""

Why = Literal["", "name", "keyword", "place", "text", "synonym"]
"""The field that holds the words; "synonym": the thesaurus has them for a topic of the entry."""
NAME, BEGUN, SPECIFIC, TOPIC, KEYWORD, TEXT, GUESS = 1.0, 0.97, 0.9, 0.8, 0.75, 0.45, 0.4
"""How much a word found there says that the entry is meant."""
BESIDE: Final = 0.02
"""What an entry loses for each topic beside those that are asked for: who does one thing is meant first."""


_LIVING: Final = "e.status <> 'closed'"
_NOT_CLOSED: Final = "NOT IN (SELECT id FROM entry WHERE status = 'closed')"
# The index by name holds the ids, so no entry need be read; as one JSON text 100,000 of them take a third of the time.
# An aggregate keeps its subquery's order (sqlite.org/optoverview.html#omitorderby).
_ALL_BY_NAME: Final = f"""
    SELECT json_group_array(id) FROM (SELECT id FROM entry WHERE id {_NOT_CLOSED} ORDER BY name COLLATE NOCASE)"""

_MATCHING: Final = "SELECT rowid FROM entry_words WHERE entry_words MATCH ? LIMIT ?"
_TIERS: Final = (("name", "sname"), ("name syn place", "sname ssyn"), ("name syn place body", "sname ssyn sbody"))

_GONE: Final = (("gone", "gone"),)
"""Closed entries have all their words in a column of their own."""

_names = msgspec.json.Decoder(tuple[Name, ...])
_wordings = msgspec.json.Decoder(dict[str, Wording])
_labels = msgspec.json.Decoder(dict[str, str])


@dataclass(frozen=True)
class Query:
    """What was asked: typed words and the filters beside them; "" means any, of `status` all that is not closed.

    `as_typed`: nothing is corrected.
    """

    text: str = ""
    audience: str = ""
    kind: str = ""
    sector: str = ""
    language: str = ""
    status: str = ""
    open_at: datetime | None = None
    as_typed: bool = False

    @property
    def is_filtered(self) -> bool:
        """Whether anything beside the words narrows it."""
        return replace(self, text="", as_typed=False) != Query()

    @property
    def words(self) -> list[str]:
        """The words that count, folded; frames and stop words are dropped while others remain."""
        asked = understand(self.text)
        return [*asked.words, *(word for part in asked.quoted for word in part)]


class Hit(NamedTuple):
    """One result: the entry's row id, and why it is there (the field that holds the words).

    `by`: the code of the topic that the words mean, where that led here. `weak`: a guess, not an answer.
    """

    id: int
    why: Why = ""
    by: str = ""
    weak: bool = False


class Results(NamedTuple):
    """Results in order, guesses last. `more`: the words fit more entries than were looked at; others find the rest.

    `left_out`: words that count and that the first answer does not have. `corrected`: words as typed and as taken.
    `language`: what the query is written in where that is not French, else "".
    """

    hits: tuple[Hit, ...]
    left_out: tuple[str, ...] = ()
    more: bool = False
    corrected: tuple[tuple[str, str], ...] = ()
    language: str = ""

    @property
    def sure(self) -> int:
        """How many of the hits are answers."""
        return sum(not hit.weak for hit in self.hits)

    @property
    def partly(self) -> bool:
        """Whether there are only guesses."""
        return bool(self.hits) and self.hits[0].weak

    @property
    def whole(self) -> bool:
        """Whether the first hit answers all that was asked."""
        return not self.left_out and not self.partly


class Hint(NamedTuple):
    """A way out of an empty result: another query and how many entries it finds."""

    query: Query
    found: int


class _Ground(NamedTuple):
    """What a look for words goes by."""

    connection: Connection
    restriction: "_Restriction"
    asked: Question
    known: "Words"

    def all_words(self, wanted: list[str], *, unfinished: bool = True) -> dict[int, int]:
        return _all_words(wanted, self.restriction, unfinished=unfinished)


class Words(NamedTuple):
    """What this counter's directory says beside the shipped thesaurus: its own topic words, its known spellings."""

    own: Thesaurus
    spelling: Spelling


def search(connection: Connection, query: Query, calendar: opening.Calendar, known: Words) -> Results:
    """The entries that answer `query`, best first, guesses last; every entry by name when no word is typed.

    What the words mean, how they are spelled and how far to look is decided by the whole directory, so that a filter
    only ever takes answers away.
    """
    asked = understand(query.text)
    restriction = _Restriction(connection, query, calendar)
    wanted = [*asked.words, *(word for part in asked.quoted for word in part)]
    if not wanted:
        return Results(tuple(map(Hit, restriction.all_by_name())))
    weights = [*asked.weights, *[1.0] * (len(wanted) - len(asked.words))]
    filtered = _Ground(connection, restriction, asked, known)
    ground = filtered
    if query.is_filtered:
        ground = filtered._replace(restriction=_Restriction(connection, Query(status=query.status), calendar))
    looked = _looked_up(ground, wanted, weights)
    corrected: tuple[tuple[str, str], ...] = ()
    if looked.sure < FEW and not query.as_typed:
        mended = _mended(ground, wanted)
        if mended != wanted:
            again = _looked_up(ground, mended, weights)
            if again.best > looked.best:
                corrected = tuple(pair for pair in zip(wanted, mended, strict=True) if pair[0] != pair[1])
                wanted, looked = mended, again
    if query.is_filtered:
        looked = _looked_up(filtered, wanted, weights, looked.ways)
    hits = looked.hits
    if asked.quoted or asked.unwanted:
        hits = _kept(connection, hits, asked)
    left_out = tuple(
        word for word, weight, found in zip(wanted, weights, looked.first, strict=True) if weight > LIGHT and not found
    )
    return Results(hits, left_out if hits else (), restriction.cut, corrected, asked.language)


def hints(connection: Connection, query: Query, calendar: opening.Calendar, known: Words) -> tuple[Hint, ...]:
    """Ways to entries that have every word: each filter of `query` dropped in turn, then all of them."""
    ways = (
        replace(query, open_at=None),
        replace(query, sector=""),
        replace(query, language=""),
        replace(query, kind=""),
        replace(query, audience=""),
    )
    dropped = [way for way in ways if way != query]
    if len(dropped) > 1:
        dropped.append(Query(query.text))
    answers = ((way, search(connection, way, calendar, known)) for way in dropped)
    return tuple(Hint(way, found.sure) for way, found in answers if found.hits and found.whole)


def audience_counts(connection: Connection, query: Query, calendar: opening.Calendar) -> dict[str, int]:
    """How many entries each audience has within the query's other filters, by code."""
    others = replace(query, audience="", text="")
    clauses, values = _clauses(others)
    among = _NOT_CLOSED if clauses == _LIVING else f"IN (SELECT e.id FROM entry e WHERE {clauses})"
    if query.open_at is not None:
        listed = _Restriction(connection, others, calendar).all_by_name()
        among, values = "IN (SELECT value FROM json_each(?))", [msgspec.json.encode(listed).decode()]
    rows = connection.exec_driver_sql(
        "SELECT t.code, count(*) FROM term t JOIN entry_term et ON et.term_id = t.id "
        f"WHERE t.list = 'audience' AND et.entry_id {among} GROUP BY t.code",
        tuple(values),
    )
    return {row[0]: row[1] for row in rows}


class _Restriction:
    """The filters of a query as SQL, plus those only the opening hours can decide."""

    def __init__(self, connection: Connection, query: Query, calendar: opening.Calendar) -> None:
        self._connection = connection
        self._clauses, self._values = _clauses(query)
        self.tiers = _GONE if query.status == "closed" else _TIERS
        self.cut = False
        self._query = query
        self._calendar = calendar

    def candidates(self, expression: str) -> list[int]:
        """At most `CANDIDATES` entries whose index matches the FTS5 `expression`."""
        if self._clauses == _LIVING:  # closed entries have no words in the index
            answer = self._connection.exec_driver_sql(_MATCHING, (expression, CANDIDATES))
            found = [row[0] for row in answer.all()]
            self.cut = self.cut or len(found) >= CANDIDATES
            return found
        rows = self._connection.exec_driver_sql(
            "SELECT e.id, e.hours FROM entry_words f JOIN entry e ON e.id = f.rowid "
            f"WHERE entry_words MATCH ? AND {self._clauses} LIMIT ?",
            (expression, *self._values, CANDIDATES if self._query.open_at is None else -1),
        ).all()
        found = self._open(rows)
        self.cut = self.cut or len(found) >= CANDIDATES
        return found[:CANDIDATES]

    def with_topic(self, topic: str) -> list[tuple[int, int]]:
        """At most `CANDIDATES` entries with this topic, and how many other topics each has."""
        rows = self._connection.exec_driver_sql(
            "SELECT e.id, e.hours FROM term t JOIN entry_term et ON et.term_id = t.id "
            "JOIN entry e ON e.id = et.entry_id "
            f"WHERE t.list = 'topic' AND t.code = ? AND {self._clauses} LIMIT ?",
            (topic, *self._values, CANDIDATES if self._query.open_at is None else -1),
        ).all()
        listed = ",".join(map(str, self._open(rows)[:CANDIDATES]))
        counted = self._connection.exec_driver_sql(
            "SELECT et.entry_id, count(*) - 1 FROM entry_term et JOIN term t ON t.id = et.term_id "
            f"WHERE et.entry_id IN ({listed}) AND +t.list = 'topic' GROUP BY et.entry_id"
        )
        return [(row[0], row[1]) for row in counted]

    def all_by_name(self) -> list[int]:
        if self._clauses == _LIVING:
            listed = self._connection.exec_driver_sql(_ALL_BY_NAME).scalar_one()
            return msgspec.json.decode(listed, type=list[int])
        rows = self._connection.exec_driver_sql(
            f"SELECT e.id, e.hours FROM entry e WHERE {self._clauses} ORDER BY e.name COLLATE NOCASE",
            tuple(self._values),
        ).all()
        return self._open(rows)

    def _open(self, rows: Iterable[Row[Any]]) -> list[int]:
        moment = self._query.open_at
        if moment is None:
            return [row[0] for row in rows]
        verdicts: dict[str, bool] = {}
        found = []
        for entry_id, expression in (tuple(row) for row in rows):
            if expression not in verdicts:
                verdicts[expression] = opening.is_surely_open(expression, moment, self._calendar)
            if verdicts[expression]:
                found.append(entry_id)
        return found


def _clauses(query: Query) -> tuple[str, list[str]]:
    clauses, values = (["e.status = ?"], [query.status]) if query.status else ([_LIVING], list[str]())
    if query.kind:
        clauses.append("e.kind = ?")
        values.append(query.kind)
    if query.open_at is not None:
        clauses.append("e.hours <> ''")
    for vocabulary in ("audience", "sector", "language"):
        code = getattr(query, vocabulary)
        if code:
            clauses.append(
                "e.id IN (SELECT et.entry_id FROM entry_term et JOIN term t ON t.id = et.term_id "
                f"WHERE t.list = '{vocabulary}' AND t.code = ?)"
            )
            values.append(code)
    return " AND ".join(clauses), values


def _all_words(wanted: list[str], restriction: _Restriction, *, unfinished: bool) -> dict[int, int]:
    """Row id to tier (0 name, 1 also synonyms and place, 2 everything) of the entries that have every word."""
    tiers = restriction.tiers
    brought: list[list[int]] = [[] for _tier in tiers]
    for tier, (plain, stemmed) in reversed(list(enumerate(tiers))):
        expression = " AND ".join(
            _word_expression(word, plain, stemmed, prefix=unfinished and number == len(wanted) - 1)
            for number, word in enumerate(wanted)
        )
        brought[tier] = restriction.candidates(expression)
        if not brought[tier]:
            break  # each tier holds the ones before it
    found: dict[int, int] = {}
    for tier, candidates in enumerate(brought):
        for entry_id in candidates:
            found.setdefault(entry_id, tier)
    return found


def expression(text: str, *, closed: bool = False) -> str:
    """The FTS5 expression that every entry with all the words of `text` matches, "" for no word at all.

    `closed`: closed entries too.
    """
    wanted = Query(text).words
    plain, stemmed = _TIERS[-1]
    plain = f"{plain} gone" if closed else plain
    return " AND ".join(
        _word_expression(word, plain, stemmed, prefix=number == len(wanted) - 1) for number, word in enumerate(wanted)
    )


def _word_expression(word: str, plain: str, stemmed: str, *, prefix: bool) -> str:
    star = "*" if prefix else ""
    either = f'{{{plain}}} : "{word}"{star}'
    long_stems = [stem for stem in stems(word) if len(stem) > 2]
    if len(word) > 2 and long_stems:  # in both: a stem that is a word of the entry is not put twice
        either += f" OR {{{plain} {stemmed}}} : (" + " OR ".join(f'"{stem}"' for stem in long_stems) + ")"
    return f"({either})"


class _Ways(NamedTuple):
    """How far to look beyond the entries with every word."""

    topics: bool
    single_words: bool


class _Looked(NamedTuple):
    """One look for some words: hits in order, what each word found in the first, the first's score, how it went."""

    hits: tuple[Hit, ...]
    first: tuple[bool, ...]
    best: float
    ways: _Ways

    @property
    def sure(self) -> int:
        return sum(not hit.weak for hit in self.hits)


def _looked_up(ground: _Ground, wanted: list[str], weights: list[float], ways: _Ways | None = None) -> _Looked:
    """Entries with every word, entries of the topics the words speak of; single words where that is not enough.

    `ways`: as far as an earlier look went; without, as far as is needed.
    """
    found = _Evidence(wanted, weights)
    for entry_id, tier in ground.all_words(wanted).items():
        found.holds(entry_id, tier)
    topics = ways.topics if ways else sum(tier < 2 for tier in found.tiers.values()) < ENOUGH
    if topics:
        _add_topics(ground, wanted, found)
    single_words = ways.single_words if ways else len(wanted) > 1 and found.answers < FEW
    if single_words:
        for place, word in enumerate(wanted):
            if weights[place] > LIGHT:
                last = place == len(wanted) - 1
                for entry_id, tier in ground.all_words([word], unfinished=last).items():
                    found.holds_word(entry_id, place, tier)
    return _ranked(ground, wanted, found, _Ways(topics, single_words))


class _Evidence:
    """What speaks for each entry, word by word, from 0 to 1."""

    def __init__(self, wanted: Sequence[str], weights: Sequence[float]) -> None:
        self.weights = weights
        self.whole = sum(weights)
        self.by_entry: dict[int, list[float]] = {}
        self.tiers: dict[int, int] = {}
        self.by: dict[int, str] = {}
        self._beside: dict[int, int] = {}
        self._count = len(wanted)

    def holds(self, entry_id: int, tier: int) -> None:
        """The entry has every word, in this tier."""
        self.tiers[entry_id] = tier
        self.by_entry[entry_id] = [(BEGUN, KEYWORD, TEXT)[tier]] * self._count

    def holds_word(self, entry_id: int, place: int, tier: int) -> None:
        """The entry has one of the words."""
        evidence = self._of(entry_id)
        evidence[place] = max(evidence[place], (BEGUN, KEYWORD, TEXT)[tier])

    def speaks_of(self, entry_id: int, others: int, places: Iterable[int], value: float, topic: str) -> None:
        """The entry has a topic for some of the words, and `others` beside."""
        evidence = self._of(entry_id)
        self._beside[entry_id] = self._beside.get(entry_id, others + 1) - 1
        for place in places:
            if value > evidence[place]:
                evidence[place] = value
                self.by.setdefault(entry_id, topic)

    def score(self, entry_id: int) -> float:
        """How much of what is asked the entry answers, from 0 to 1."""
        weighed = zip(self.weights, self.by_entry[entry_id], strict=True)
        beside = BESIDE * min(self._beside.get(entry_id, 0), 5)
        return sum(weight * value for weight, value in weighed) / self.whole - beside

    def answered(self, entry_id: int) -> float:
        """The share of what is asked that the entry has something for."""
        sure = (weight for weight, value in zip(self.weights, self.by_entry[entry_id], strict=True) if value > GUESS)
        return sum(sure) / self.whole

    @property
    def answers(self) -> int:
        """How many entries answer enough to be more than a guess."""
        return sum(self.answered(entry_id) >= SURE_FROM for entry_id in self.by_entry)

    def _of(self, entry_id: int) -> list[float]:
        return self.by_entry.setdefault(entry_id, [0.0] * self._count)


def _add_topics(ground: _Ground, wanted: list[str], found: _Evidence) -> None:
    """Entries of the topics that the words speak of."""
    meant: dict[str, tuple[float, frozenset[int]]] = {}
    for meaning in (
        *ground.known.own.meanings(wanted, ground.asked.languages, unfinished=True),
        *shipped().meanings(wanted, ground.asked.languages, unfinished=True),
    ):
        weight = sum(found.weights[place] for place in meaning.places)
        value = (SPECIFIC if meaning.specific else TOPIC) if meaning.share == 1.0 else GUESS * meaning.share
        standing = meant.get(meaning.topic)
        if standing is None or (value, weight) > (standing[0], sum(found.weights[place] for place in standing[1])):
            meant[meaning.topic] = (value, meaning.places)
    best = sorted(meant.items(), key=lambda each: -each[1][0] * sum(found.weights[place] for place in each[1][1]))[
        :TOPICS
    ]
    for topic, (value, places) in best:
        for entry_id, others in ground.restriction.with_topic(topic):
            found.speaks_of(entry_id, others, places, value, topic)


def _mended(ground: _Ground, wanted: list[str]) -> list[str]:
    """The words, those that neither directory nor thesaurus has replaced by the nearest they have."""
    known = ground.known
    mended = []
    for place, word in enumerate(wanted):
        last = place == len(wanted) - 1
        if (
            known.spelling.knows(word, unfinished=last)
            or shipped().knows(word, ground.asked.languages)
            or known.own.knows(word, ground.asked.languages)
            or ground.all_words([word], unfinished=last)
        ):
            mended.append(word)
        else:
            mended.append(next(iter(known.spelling.near(word, unfinished=last)), word))
    return mended


def _ranked(ground: _Ground, wanted: list[str], found: _Evidence, ways: _Ways) -> _Looked:
    """Best first: an acronym or name that is the query, a name that begins with it, then by how much is answered.

    Among equals a topic that is called like the query comes before one that merely has it as a synonym.
    """
    if not found.by_entry:
        return _Looked((), (False,) * len(wanted), 0.0, ways)
    connection = ground.connection
    ids = list(found.by_entry)
    if len(ids) > WEIGHED:
        ids = sorted(ids, key=found.score, reverse=True)[:WEIGHED]
    listed = ",".join(map(str, ids))
    # c0 and c1 are the name and syn of entry_words where FTS5 keeps them (sqlite.org/fts5.html#the_content_table):
    # asked for row by row through the virtual table they take twice as long.
    rows = connection.exec_driver_sql(f"SELECT id, c0, c1 FROM entry_words_content WHERE id IN ({listed})").all()
    whole = " ".join(wanted)
    known_as = _known_as(connection, [row[0] for row in rows if whole in row[2]])
    named_topic = _with_topic(connection, wanted, [each for each in ids if found.tiers.get(each, 1) == 1])
    beginnings = [f" {want}" for want in wanted]
    scored = []
    for entry_id, name, syn in rows:
        spaced, keywords = f" {name}", f" {syn}"
        evidence = found.by_entry[entry_id]
        in_name = 0
        for place, beginning in enumerate(beginnings):
            if beginning in spaced:
                in_name += 1
                evidence[place] = NAME
            elif evidence[place] < KEYWORD and beginning in keywords:
                evidence[place] = KEYWORD
        name_words = name.split(" ")
        named = name in (whole, ground.asked.typed) or whole in known_as.get(entry_id, ())
        is_name = named or (len(wanted) == 1 and name_words[:1] == wanted)
        weak = not (is_name or entry_id in found.tiers or found.answered(entry_id) >= SURE_FROM)
        score = (
            weak,
            not named,
            not is_name,
            not name.startswith(whole),
            -round(found.score(entry_id), 2),
            entry_id not in named_topic,
            len(name_words),
            name,
        )
        why = _why(entry_id, found, in_name, wanted, keywords)
        scored.append((score, Hit(entry_id, why, found.by.get(entry_id, "") if why == "synonym" else "", weak)))
    scored.sort()
    answers = [hit for _score, hit in scored if not hit.weak]
    hits = (*answers, *[hit for _score, hit in scored if hit.weak][: max(0, GUESSES - len(answers))])
    first = hits[0].id
    had = tuple(value >= GUESS for value in found.by_entry[first])
    return _Looked(hits, had, found.score(first) + bool(answers), ways)


def _known_as(connection: Connection, ids: list[int]) -> dict[int, list[str]]:
    """The other names of these entries, as compared."""
    if not ids:
        return {}
    listed = ",".join(map(str, ids))
    rows = connection.exec_driver_sql(f"SELECT id, names FROM entry WHERE id IN ({listed}) AND names <> '[]'")
    return {row[0]: [" ".join(words(other.text)) for other in _names.decode(row[1])] for row in rows}


def _why(entry_id: int, found: _Evidence, in_name: int, wanted: list[str], keywords: str) -> Why:
    tier = found.tiers.get(entry_id)
    if tier == 0 or in_name == len(wanted):
        return "name"
    if entry_id in found.by:
        return "synonym"
    if tier == 2 or tier is None:
        return "text"
    return "keyword" if any(f" {want}" in keywords for want in wanted) else "place"


def _kept(connection: Connection, hits: tuple[Hit, ...], asked: Question) -> tuple[Hit, ...]:
    """The hits in whose own words the quoted sequences stand, and no unwanted word: the index keeps a word once."""
    listed = ",".join(str(hit.id) for hit in hits)
    rows = connection.exec_driver_sql(
        f"SELECT id, name, names, wordings, street || ' ' || city FROM entry WHERE id IN ({listed})"
    ).all()
    kept = set()
    for entry_id, name, names, wordings, place in rows:
        texts = [name, place, *(other.text for other in _names.decode(names))]
        texts += [text for wording in _wordings.decode(wordings).values() for text in msgspec.structs.astuple(wording)]
        said = [f" {' '.join(words(text))} " for text in texts if text]
        every = {word for text in said for word in text.split()}
        has_all = all(any(f" {' '.join(part)} " in text for text in said) for part in asked.quoted)
        if has_all and not any(matches(word, each, prefix=False) for each in asked.unwanted for word in every):
            kept.add(entry_id)
    return tuple(hit for hit in hits if hit.id in kept)


def _with_topic(connection: Connection, wanted: list[str], candidates: list[int]) -> set[int]:
    """Those of the candidates with a topic whose own label has every wanted word."""
    if not candidates:
        return set()
    # "+" as in entries._PLACES: from the candidates to their terms, not through the whole list of topics.
    rows = connection.exec_driver_sql(
        "SELECT et.entry_id, t.labels FROM entry_term et JOIN term t ON t.id = et.term_id "
        f"WHERE et.entry_id IN ({','.join(map(str, candidates))}) AND +t.list = 'topic'"
    ).all()
    said = {labels: _label_says(labels, wanted) for labels in {row[1] for row in rows}}
    return {entry_id for entry_id, labels in rows if said[labels]}


def _label_says(labels: str, wanted: list[str]) -> bool:
    written = _label_words(labels)
    return all(any(matches(word, want, prefix=True) for word in written) for want in wanted)


@lru_cache(4_096)
def _label_words(labels: str) -> tuple[str, ...]:
    return tuple(word for label in _labels.decode(labels).values() for word in words(label))
