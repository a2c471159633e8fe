"""Finding: bounded candidates from three tiers of the index and from the thesaurus, ranked by `ranking`; names first.

Never `ORDER BY rank` over all hits: at 100,000 entries that costs 85 ms where this costs 2.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Connection, Row

from pointinfo.directory import hours, opening
from pointinfo.directory.question import LIGHT, Question, understand
from pointinfo.directory.ranking import GUESS, RARE, SPECIFIC, SPREAD, TOPIC, Evidence, Hit, Ranked, kept, ranked
from pointinfo.directory.services import called
from pointinfo.directory.spelling import Spelling
from pointinfo.directory.text import query_words, stems
from pointinfo.directory.thesaurus import Meaning, Thesaurus, manner, shipped

CANDIDATES: Final = 100
"""How many entries each tier may bring before ranking."""

TOPICS: Final = 6
"""How many topics of the thesaurus a query may speak of at once."""
FEW: Final = 3
"""Fewer hits than this, and a word that nothing has is taken for mistyped."""
WRITTEN: Final = (1.0, 0.95, 0.9)
"""What counts of a phrase for words that entries have where an entry has them: in its name, keywords, text."""
ENOUGH: Final = 10
"""Entries whose names or keywords have every word: with so many, no other way to them is looked for."""

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


@dataclass(frozen=True)
class Query:
    """What was asked: typed words and the filters beside them; "" means any, of `status` all that is not closed.

    `age` in years: only what takes people of that age, or says nothing of ages. `as_typed`: nothing is corrected.
    """

    text: str = ""
    audience: str = ""
    kind: str = ""
    sector: str = ""
    language: str = ""
    status: str = ""
    open_at: datetime | None = None
    age: float | None = None
    as_typed: bool = False

    @property
    def is_filtered(self) -> bool:
        """Whether anything beside the words narrows it."""
        return replace(self, text="", as_typed=False) != Query()

    @property
    def asks(self) -> bool:
        """Whether there is anything to look for: signs alone («(((», «-») are nothing asked, like a blank line."""
        return bool(self.words) or self.is_filtered

    @property
    def words(self) -> list[str]:
        """The words that count, folded; frames and stop words are dropped while others remain."""
        asked = understand(self.text)
        return [*asked.words, *(word for part in asked.quoted for word in part)]


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


class _Ways(NamedTuple):
    """How far to look beyond the entries with every word."""

    topics: bool
    single_words: bool


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


def search(connection: Connection, query: Query, calendar: hours.Calendar, known: Words) -> Results:
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
    looked, ways = _looked_up(ground, wanted, weights)
    corrected: tuple[tuple[str, str], ...] = ()
    if looked.sure < FEW and not query.as_typed:
        mended = _mended(ground, wanted)
        if mended != wanted:
            again, again_ways = _looked_up(ground, mended, weights)
            if again.best > looked.best:
                corrected = tuple(pair for pair in zip(wanted, mended, strict=True) if pair[0] != pair[1])
                wanted, looked, ways = mended, again, again_ways
    if query.is_filtered:
        looked, _same = _looked_up(filtered, wanted, weights, ways)
    hits = looked.hits
    if asked.quoted or asked.unwanted:
        hits = kept(connection, hits, asked)
    left_out = tuple(
        word for word, weight, found in zip(wanted, weights, looked.first, strict=True) if weight > LIGHT and not found
    )
    return Results(hits, left_out if hits else (), restriction.cut, corrected, asked.language)


def hints(connection: Connection, query: Query, calendar: hours.Calendar, known: Words) -> tuple[Hint, ...]:
    """Ways to entries that have every word: each filter of `query` dropped in turn, then all of them.

    Where none of them has, the same without the words that nothing has: one slip leaves no dead end.
    """
    known_ways = _ways_out(connection, query, _wider(query), calendar, known)
    if known_ways or not query.is_filtered:
        return known_ways
    lacking = {*search(connection, Query(query.text, status=query.status), calendar, known).left_out}
    kept_words = " ".join(word for word in query.text.split() if lacking.isdisjoint(query_words(word)))
    if not kept_words or kept_words == query.text:
        return ()
    fewer = replace(query, text=kept_words)
    return _ways_out(connection, query, [fewer, *_wider(fewer)], calendar, known)


def _wider(query: Query) -> list[Query]:
    """The query with each of its filters dropped in turn, then with none."""
    ways = (
        replace(query, open_at=None),
        replace(query, age=None),
        replace(query, sector=""),
        replace(query, language=""),
        replace(query, kind=""),
        replace(query, audience=""),
    )
    dropped = [way for way in ways if way != query]
    if len(dropped) > 1:
        dropped.append(Query(query.text))
    return dropped


def _ways_out(
    connection: Connection, query: Query, ways: Iterable[Query], calendar: hours.Calendar, known: Words
) -> tuple[Hint, ...]:
    """Those of the ways that answer all that they ask."""
    answers = ((way, search(connection, way, calendar, known)) for way in ways if way != query)
    return tuple(Hint(way, found.sure) for way, found in answers if found.hits and found.whole)


def audience_counts(connection: Connection, query: Query, calendar: hours.Calendar) -> dict[str, int]:
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

    def __init__(self, connection: Connection, query: Query, calendar: hours.Calendar) -> None:
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
        meeting = opening.in_session(self._connection, moment, self._calendar)
        verdicts: dict[str, bool] = {}
        found = []
        for entry_id, expression in (tuple(row) for row in rows):
            if expression not in verdicts:
                verdicts[expression] = hours.is_surely_open(expression, moment, self._calendar)
            if verdicts[expression] or entry_id in meeting:
                found.append(entry_id)
        return found


def _clauses(query: Query) -> tuple[str, list[str | float]]:
    clauses = ["e.status = ?"] if query.status else [_LIVING]
    values: list[str | float] = [query.status] if query.status else []
    if query.kind:
        clauses.append("e.kind = ?")
        values.append(query.kind)
    if query.open_at is not None:
        clauses.append("(e.hours <> '' OR e.id IN (SELECT id FROM entry WHERE schedules <> '[]'))")
    if query.age is not None:
        clauses.append("coalesce(e.age_from, 0) <= ? AND coalesce(e.age_to, 200) >= ?")
        values += [query.age, query.age]
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


def _looked_up(
    ground: _Ground, wanted: list[str], weights: list[float], ways: _Ways | None = None
) -> tuple[Ranked, _Ways]:
    """Entries with every word, entries of the topics the words speak of; single words where that is not enough.

    `ways`: as far as an earlier look went; without, as far as is needed.
    """
    found = Evidence(wanted, weights)
    for entry_id, tier in ground.all_words(wanted).items():
        found.holds(entry_id, tier)
    _add_called(ground, wanted, found)
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
    return ranked(ground.connection, ground.asked, wanted, found), _Ways(topics, single_words)


def _add_called(ground: _Ground, wanted: list[str], found: Evidence) -> None:
    """Entries of the services that the words are an abbreviation, a short form or an old name of."""
    for name, places in called(wanted):
        having = ground.restriction.candidates(" AND ".join(f'{{name}} : "{word}"' for word in name))
        for entry_id in having:
            found.is_called(entry_id, name, places)


def _add_topics(ground: _Ground, wanted: list[str], found: Evidence) -> None:
    """Entries of the topics that the words speak of; what they speak of and no entry has."""
    typed, languages = ground.asked.typed.split(), ground.asked.languages
    meant: dict[tuple[str, bool], tuple[float, frozenset[int]]] = {}
    for thesaurus in (ground.known.own, shipped()):
        for meaning in thesaurus.meanings(wanted, languages, unfinished=True, typed=typed):
            target, value = (meaning.topic, meaning.written), _value(meaning)
            standing = meant.get(target)
            weight = _weight(found, meaning.places)
            if standing is None or (value, weight) > (standing[0], _weight(found, standing[1])):
                meant[target] = (value, meaning.places)
    best = sorted(meant.items(), key=lambda each: -each[1][0] * _weight(found, each[1][1]))
    for (topic, is_written), (value, places) in best[:TOPICS]:
        if is_written:
            _add_written(ground, topic, places, value, found)
            continue
        having = ground.restriction.with_topic(topic)
        rare = RARE / len(having) ** 0.5 if having and value > GUESS else 0.0
        for entry_id, others in having:
            found.speaks_of(entry_id, others, places, value + rare, topic)
        if not having and value >= TOPIC:
            found.lacks(places)


def _add_written(ground: _Ground, said: str, places: frozenset[int], value: float, found: Evidence) -> None:
    """Entries that have the words themselves which the query means, be it in their text."""
    having = ground.all_words(query_words(said), unfinished=False)
    rare = RARE / len(having) ** 0.5 if having and value > GUESS else 0.0
    for entry_id, tier in having.items():
        found.speaks_of(entry_id, 0, places, (value + rare) * WRITTEN[tier], "")


def _value(meaning: Meaning) -> float:
    """How much a topic's phrase says that an entry of the topic is meant."""
    if meaning.share < 1.0:
        return GUESS * meaning.certainty
    return max(TOPIC, SPECIFIC - SPREAD * meaning.spread) if meaning.specific else TOPIC


def _weight(found: Evidence, places: frozenset[int]) -> float:
    return sum(found.weights[place] for place in places)


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
            near = known.spelling.near(word, unfinished=last)
            mended.append(next((other for other in near if other not in manner("fr").stop), word))
    return mended
