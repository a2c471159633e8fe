"""Where else to send somebody: entries that stand, whose facts hold, about the same topics for the same people."""

from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from pointinfo.directory import freshness
from pointinfo.directory.freshness import Dated
from pointinfo.directory.vocabulary import EVERYONE

_READ: Final = 60
"""Entries that are looked at: the nearest, before it is known whose facts hold."""

# What shares most topics comes first; of those, what is for the very same people rather than for everyone.
_NEAR: Final = """
    WITH own AS (
        SELECT t.id, t.list FROM entry e JOIN entry_term et ON et.entry_id = e.id JOIN term t ON t.id = et.term_id
        WHERE e.uid = :uid AND t.list IN ('topic', 'audience')
    ),
    near AS (
        SELECT et.entry_id, count(*) AS topics FROM entry_term et
        WHERE et.term_id IN (SELECT id FROM own WHERE list = 'topic') GROUP BY et.entry_id
    ),
    fit AS (
        SELECT near.entry_id, near.topics, (
            SELECT max(CASE WHEN et.term_id IN (SELECT id FROM own WHERE list = 'audience') THEN 2 ELSE 1 END)
            FROM entry_term et JOIN term t ON t.id = et.term_id
            WHERE et.entry_id = near.entry_id AND +t.list = 'audience'
            AND (t.code = :everyone OR et.term_id IN (SELECT id FROM own WHERE list = 'audience'))
        ) AS people FROM near
    )
    SELECT e.uid, e.name, e.kind, e.status, e.important, e.confidence, e.as_of, e.verified_on, e.next_check
    FROM fit JOIN entry e ON e.id = fit.entry_id
    WHERE e.uid <> :uid AND e.status = 'active' AND fit.people IS NOT NULL
    ORDER BY fit.topics DESC, fit.people DESC, e.verified_on DESC, e.name LIMIT :read"""


class Alternative(NamedTuple):
    """An entry to go to instead."""

    uid: str
    name: str


def alternatives(connection: Connection, uid: str, today: date, count: int = 3) -> tuple[Alternative, ...]:
    """At most `count` entries that answer like this one, active and checked, nearest first."""
    asked = {"uid": uid, "everyone": EVERYONE, "read": _READ}
    found = []
    for other, name, kind, status, important, confidence, as_of, verified, due in _rows(connection, asked):
        dated = Dated(kind, status, important, confidence, as_of, _day(verified), _day(due))
        if freshness.trust(dated, today) == "checked":
            found.append(Alternative(other, name))
    return tuple(found[:count])


def _rows(connection: Connection, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.exec_driver_sql(_NEAR, asked)]


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
