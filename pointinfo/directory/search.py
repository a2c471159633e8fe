"""Finding: bounded candidates from three tiers of the index, ranked here; names first.

Never `ORDER BY rank` over all hits: at 100,000 entries that costs 85 ms where this costs 2.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import repeat
from typing import Any, Final, Literal, NamedTuple

import msgspec
from sqlalchemy import Connection, Row

from pointinfo.database.schema import Name
from pointinfo.directory import hours as opening
from pointinfo.directory.text import matches, query_words, stems, words

CANDIDATES: Final = 100
"""How many entries each tier may bring before ranking."""

STOP_WORDS: Final = frozenset(
    [
        "a",
        "au",
        "aux",
        "avec",
        "ce",
        "ces",
        "comment",
        "dans",
        "de",
        "des",
        "du",
        "elle",
        "en",
        "est",
        "et",
        "eux",
        "il",
        "ils",
        "je",
        "la",
        "le",
        "les",
        "leur",
        "lui",
        "ma",
        "mes",
        "mon",
        "ne",
        "nos",
        "notre",
        "nous",
        "on",
        "ou",
        "par",
        "pas",
        "pour",
        "puis",
        "que",
        "quel",
        "quelle",
        "qui",
        "sa",
        "se",
        "ses",
        "son",
        "sur",
        "ta",
        "te",
        "tes",
        "ton",
        "tu",
        "un",
        "une",
        "vos",
        "votre",
        "vous",
        "y",
        "faire",
        "trouver",
        "cherche",
        "besoin",
        "voudrais",
        "veux",
    ]
)
Why = Literal["", "name", "keyword", "place", "text"]
"""The field that holds the words."""


_LIVING: Final = "e.status <> 'closed'"
_NOT_CLOSED: Final = "NOT IN (SELECT id FROM entry WHERE status = 'closed')"
# The index by name holds the ids, so no entry need be read; as one JSON text 100,000 of them take a third of the time.
# An aggregate keeps its subquery's order (sqlite.org/optoverview.html#omitorderby).
_ALL_BY_NAME: Final = f"""
    SELECT json_group_array(id) FROM (SELECT id FROM entry WHERE id {_NOT_CLOSED} ORDER BY name COLLATE NOCASE)"""

_names = msgspec.json.Decoder(tuple[Name, ...])
_labels = msgspec.json.Decoder(dict[str, str])


@dataclass(frozen=True)
class Query:
    """What the clerk asked: typed words and the filters beside them; "" means any."""

    text: str = ""
    audience: str = ""
    kind: str = ""
    sector: str = ""
    language: str = ""
    open_at: datetime | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether anything beside the words narrows it."""
        return replace(self, text="") != Query()

    @property
    def words(self) -> list[str]:
        """The words that count, folded; stop words are dropped while others remain."""
        found = query_words(self.text)[:16]
        telling = [word for word in found[:-1] if word not in STOP_WORDS] + found[-1:]
        if found and found[-1] in STOP_WORDS and len(telling) > 1:
            telling = telling[:-1]
        return telling or found


class Hit(NamedTuple):
    """One result: the entry's row id, and why it is there (the field that holds the words)."""

    id: int
    why: Why


class Results(NamedTuple):
    """Results in order. `left_out`: words no entry has together with the others, dropped to find these.

    `partly`: no words but single ones have entries, so each hit has one or some of them. `more`: the words fit more
    entries than were looked at; other words find the rest.
    """

    hits: tuple[Hit, ...]
    left_out: tuple[str, ...] = ()
    more: bool = False
    partly: bool = False

    @property
    def whole(self) -> bool:
        """Whether every hit has every word."""
        return not self.left_out and not self.partly


class Hint(NamedTuple):
    """A way out of an empty result: another query and how many entries it finds."""

    query: Query
    found: int


def search(connection: Connection, query: Query, calendar: opening.Calendar) -> Results:
    """The entries that answer `query`, best first; every entry by name when no word is typed."""
    wanted = query.words
    restriction = _Restriction(connection, query, calendar)
    if not wanted:
        return Results(tuple(map(Hit._make, zip(restriction.all_by_name(), repeat("")))))
    found = _all_words(connection, wanted, restriction)
    if found or len(wanted) == 1:
        return Results(_ranked(connection, wanted, found), more=restriction.cut)
    return _fewer_words(connection, wanted, restriction)


def hints(connection: Connection, query: Query, calendar: opening.Calendar) -> tuple[Hint, ...]:
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
    answers = ((way, search(connection, way, calendar)) for way in dropped)
    return tuple(Hint(way, len(found.hits)) for way, found in answers if found.hits and found.whole)


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
        self.cut = False
        self._query = query
        self._calendar = calendar

    def candidates(self, expression: str) -> list[int]:
        """At most `CANDIDATES` entries whose index matches the FTS5 `expression`."""
        rows = self._connection.exec_driver_sql(
            "SELECT e.id, e.hours FROM entry_words f JOIN entry e ON e.id = f.rowid "
            f"WHERE entry_words MATCH ? AND {self._clauses} LIMIT ?",
            (expression, *self._values, CANDIDATES if self._query.open_at is None else -1),
        ).all()
        found = self._open(rows)
        self.cut = self.cut or len(found) >= CANDIDATES
        return found[:CANDIDATES]

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
    clauses, values = [_LIVING], []
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


def _all_words(connection: Connection, wanted: list[str], restriction: _Restriction) -> dict[int, int]:
    """Row id to tier (0 name, 1 also synonyms and place, 2 everything) of the entries that have every word."""
    tiers = (("name", "sname"), ("name syn place", "sname ssyn"), ("name syn place body", "sname ssyn sbody"))
    brought: list[list[int]] = [[] for _tier in tiers]
    for tier, (plain, stemmed) in reversed(list(enumerate(tiers))):
        expression = " AND ".join(
            _word_expression(word, plain, stemmed, prefix=number == len(wanted) - 1)
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


def _word_expression(word: str, plain: str, stemmed: str, *, prefix: bool) -> str:
    star = "*" if prefix else ""
    either = f'{{{plain}}} : "{word}"{star}'
    long_stems = [stem for stem in stems(word) if len(stem) > 2]
    if len(word) > 2 and long_stems:  # in both: a stem that is a word of the entry is not put twice
        either += f" OR {{{plain} {stemmed}}} : (" + " OR ".join(f'"{stem}"' for stem in long_stems) + ")"
    return f"({either})"


def _fewer_words(connection: Connection, wanted: list[str], restriction: _Restriction) -> Results:
    """What the words find when those that no entry has are left out; else the entries that have most of them."""
    alone = [(word, _all_words(connection, [word], restriction)) for word in wanted]
    known = [word for word, found in alone if found]
    if not known:
        return Results(())
    together = _all_words(connection, known, restriction) if len(known) < len(wanted) else {}
    if together:
        left_out = tuple(word for word in wanted if word not in known)
        return Results(_ranked(connection, known, together), left_out)
    weight: dict[int, float] = {}
    for _word, found in alone:
        for entry_id in found:
            weight[entry_id] = weight.get(entry_id, 0.0) + 1.0 / (1 + len(found))
    best = sorted(weight, key=lambda entry_id: -weight[entry_id])[:30]
    return Results(tuple(Hit(entry_id, "text") for entry_id in best), partly=True)


def _ranked(connection: Connection, wanted: list[str], found: dict[int, int]) -> tuple[Hit, ...]:
    """Best first: an acronym or name that is the query, a name that begins with it, words in the name, then tier.

    Within a tier a topic that is called like the query comes before one that merely has it as a synonym.
    """
    if not found:
        return ()
    listed = ",".join(map(str, found))
    # c0 and c1 are the name and syn of entry_words where FTS5 keeps them (sqlite.org/fts5.html#the_content_table):
    # asked for row by row through the virtual table they take twice as long.
    rows = connection.exec_driver_sql(
        "SELECT f.id, f.c0, f.c1, e.name, e.names FROM entry_words_content f JOIN entry e ON e.id = f.id "
        f"WHERE f.id IN ({listed})"
    ).all()
    whole = " ".join(wanted)
    named_topic = _with_topic(connection, wanted, [entry_id for entry_id, tier in found.items() if tier == 1])
    beginnings = [f" {want}" for want in wanted]
    scored = []
    for entry_id, name, syn, shown, others in rows:
        name_words = name.split(" ")
        spaced = f" {name}"
        in_name = sum(beginning in spaced for beginning in beginnings)
        known_as = [" ".join(words(other.text)) for other in _names.decode(others)] if whole in syn else []
        score = (
            whole not in (name, *known_as) and not (len(wanted) == 1 and name_words[:1] == wanted),
            not name.startswith(whole),
            -in_name,
            found[entry_id],
            entry_id not in named_topic,
            len(name_words),
            shown,
        )
        why: Why = (
            "name" if found[entry_id] == 0 or in_name == len(wanted) else _where(found[entry_id], beginnings, syn)
        )
        scored.append((score, Hit(entry_id, why)))
    scored.sort()
    return tuple(hit for _score, hit in scored)


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


def _where(tier: int, beginnings: list[str], syn: str) -> Why:
    if tier > 1:
        return "text"
    spaced = f" {syn}"
    return "keyword" if any(beginning in spaced for beginning in beginnings) else "place"
