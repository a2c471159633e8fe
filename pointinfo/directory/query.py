"""What is asked of the directory: the typed words, and the filters beside them as SQL."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import nsmallest
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row

from pointinfo.database import plain_rows
from pointinfo.directory import hours, opening
from pointinfo.directory.nearness import Distances, Spot, nearness
from pointinfo.directory.question import understand

CANDIDATES: Final = 100
"""How many entries each tier may bring before ranking."""

_LIVING: Final = "e.status <> 'closed'"
_NOT_CLOSED: Final = "NOT IN (SELECT id FROM entry WHERE status = 'closed')"
# The index by name holds the ids, so no entry need be read; as one JSON text 100,000 of them take a third of the time.
# An aggregate keeps its subquery's order (sqlite.org/optoverview.html#omitorderby).
_ALL_BY_NAME: Final = f"""
    SELECT json_group_array(id) FROM (SELECT id FROM entry WHERE id {_NOT_CLOSED} ORDER BY name COLLATE NOCASE)"""

_MATCHING: Final = "SELECT rowid FROM {table} WHERE {table} MATCH ? LIMIT ?"
NAMES: Final = "name"
"""What a tier looks at that has a table of its own."""
TIERS: Final = ((NAMES, "sname"), ("name syn place", "sname ssyn"), ("name syn place body", "sname ssyn sbody"))

GONE: Final = (("gone", "gone"),)
"""Closed entries have all their words in a column of their own."""


@dataclass(frozen=True)
class Query:
    """What was asked: typed words and the filters beside them; "" means any, of `status` all that is not closed.

    `age` in years: only what takes people of that age, or says nothing of ages. `as_typed`: nothing is corrected.
    `near`: nearest first, which takes nothing away.
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
    near: Spot | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether anything beside the words narrows it."""
        return replace(self, text="", as_typed=False, near=None) != Query()

    @property
    def asks(self) -> bool:
        """Whether there is anything to look for: signs alone («(((», «-») are nothing asked, like a blank line."""
        return bool(self.words) or self.is_filtered or self.near is not None

    @property
    def words(self) -> list[str]:
        """The words that count, folded; frames and stop words are dropped while others remain."""
        asked = understand(self.text)
        return [*asked.words, *(word for part in asked.quoted for word in part)]


class Restriction:
    """The filters of a query as SQL, plus those only the opening hours can decide."""

    def __init__(
        self, connection: Connection, query: Query, calendar: hours.Calendar, distances: Distances | None = None
    ) -> None:
        """`distances`: of more entries than a tier may bring, it brings the nearest."""
        self._connection = connection
        self._distances = distances
        self._most = CANDIDATES if query.open_at is None and distances is None else -1
        self._clauses, self._values = _clauses(query)
        self.tiers = GONE if query.status == "closed" else TIERS
        self.cut = False
        self._query = query
        self._calendar = calendar

    @property
    def is_whole(self) -> bool:
        """Whether it takes nothing away but what is closed."""
        return self._clauses == _LIVING and self._distances is None

    def candidates(self, expression: str, *, named: bool = False) -> list[int]:
        """At most `CANDIDATES` entries whose index matches the FTS5 `expression`; `named`: it asks for names alone."""
        table = "entry_words_names" if named else "entry_words"
        if self._clauses == _LIVING:  # closed entries have no words in the index
            matching = _MATCHING.format(table=table)
            return self._first([row[0] for row in plain_rows(self._connection, matching, (expression, self._most))])
        rows = self._connection.exec_driver_sql(
            f"SELECT e.id, e.hours FROM {table} f JOIN entry e ON e.id = f.rowid "
            f"WHERE {table} MATCH ? AND {self._clauses} LIMIT ?",
            (expression, *self._values, self._most),
        ).all()
        return self._first(self._open(rows))

    def _first(self, found: list[int]) -> list[int]:
        """As many as a tier may bring."""
        self.cut = self.cut or len(found) >= CANDIDATES
        if self._distances is None or len(found) <= CANDIDATES:
            return found[:CANDIDATES]
        return nsmallest(CANDIDATES, found, key=nearness(self._distances))

    def with_topic(self, topic: str) -> list[tuple[int, int]]:
        """At most `CANDIDATES` entries with this topic, and how many other topics each has."""
        rows = self._connection.exec_driver_sql(
            "SELECT e.id, e.hours FROM term t JOIN entry_term et ON et.term_id = t.id "
            "JOIN entry e ON e.id = et.entry_id "
            f"WHERE t.list = 'topic' AND t.code = ? AND {self._clauses} LIMIT ?",
            (topic, *self._values, self._most),
        ).all()
        found = self._open(rows)
        if self._distances is not None:
            found = nsmallest(CANDIDATES, found, key=nearness(self._distances))
        listed = ",".join(map(str, found[:CANDIDATES]))
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


def audience_counts(connection: Connection, query: Query, calendar: hours.Calendar) -> dict[str, int]:
    """How many entries each audience has within the query's other filters, by code."""
    others = replace(query, audience="", text="")
    clauses, values = _clauses(others)
    among = _NOT_CLOSED if clauses == _LIVING else f"IN (SELECT e.id FROM entry e WHERE {clauses})"
    if query.open_at is not None:
        listed = Restriction(connection, others, calendar).all_by_name()
        among, values = "IN (SELECT value FROM json_each(?))", [msgspec.json.encode(listed).decode()]
    rows = connection.exec_driver_sql(
        "SELECT t.code, count(*) FROM term t JOIN entry_term et ON et.term_id = t.id "
        f"WHERE t.list = 'audience' AND et.entry_id {among} GROUP BY t.code",
        tuple(values),
    )
    return {row[0]: row[1] for row in rows}
