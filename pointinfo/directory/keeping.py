"""The one way an entry is written: the present, its revision and its search index, in the caller's transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from operator import itemgetter
from typing import Final, NamedTuple
from uuid import uuid4

import msgspec
from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import Session

from pointinfo.database.schema import Entry, EntryLink, Stored
from pointinfo.directory import freshness, index, vocabulary
from pointinfo.directory.record import EntryRecord, Link
from pointinfo.errors import InputError
from pointinfo.i18n import Words

CHUNK: Final = 500
"""Records written at once: what a directory of any size takes of the memory."""

BULK: Final = 2_000
"""From so many records on they are written in bulk."""

_FIELDS: Final = tuple(name for name in EntryRecord.__struct_fields__ if name not in ("terms", "links"))
_field_values: Final = itemgetter(*(EntryRecord.__struct_fields__.index(name) for name in _FIELDS))
_JSON: Final = tuple(
    (place, "{}" if name == "wordings" else "[]")
    for place, name in enumerate(_FIELDS)
    if isinstance(Entry.__table__.c[name].type, Stored)
)
_VERIFIED_ON, _NEXT_CHECK = _FIELDS.index("verified_on"), _FIELDS.index("next_check")
_ADD: Final = f"INSERT INTO entry ({', '.join(_FIELDS)}, head, id) VALUES ({', '.join('?' for _name in _FIELDS)}, ?, ?)"
_CHANGE: Final = f"UPDATE entry SET {', '.join(f'{name} = ?' for name in _FIELDS)}, head = ? WHERE id = ?"
_REVISION: Final = """
    INSERT INTO revision (id, entry_uid, parents, action, author, counter, at, snapshot, comment)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_STANDING: Final = "SELECT uid, id, head FROM entry WHERE uid IN (SELECT value FROM json_each(?))"

_Linked = tuple[int, str, tuple[Link, ...]]


class Act(NamedTuple):
    """What is being done, by whom and when (UTC, ISO 8601): what every revision of one change has in common.

    `action`: edit, import, verify, close, reopen, merge, restore, accept, refuse, propose. The first edit of an entry
    becomes a "create". `also` gives more parents than the entry's head, by uid: the proposal that is accepted, the
    entry that is merged in.
    """

    action: str
    author: str
    counter: str
    at: str
    comment: str = ""
    also: Mapping[str, tuple[str, ...]] = {}


def keep(session: Session, records: Iterable[EntryRecord], act: Act, words: Words) -> int:
    """Write every record; returns how many. Raises `InputError` for an unknown code or a link to nothing."""
    index.drain(session)  # also flushes: what follows writes past the session
    connection = session.connection()
    writing = _Writing(connection, act, vocabulary.ids(session), index.Terms(connection), words)
    linked: list[_Linked] = []
    count = 0
    chunks = _chunks(records)
    for chunk in islice(chunks, BULK // CHUNK):
        linked += writing.chunk(chunk)
        count += len(chunk)
    rest = next(chunks, None)
    if rest is not None:
        with index.in_bulk(connection):
            for chunk in chain([rest], chunks):
                linked += writing.chunk(chunk)
                count += len(chunk)
    for start in range(0, len(linked), CHUNK):
        _link(session, linked[start : start + CHUNK], words)
    return count


def propose(session: Session, record: EntryRecord, base: str, act: Act, revision: str = "") -> str:
    """Put a revision beside the entry's present one, for an editor to accept; returns its id."""
    revision = revision or str(uuid4())
    session.flush()
    session.connection().exec_driver_sql(_REVISION, _revision(revision, record, (base,) if base else (), act))
    return revision


def _chunks(records: Iterable[EntryRecord]) -> Iterator[list[EntryRecord]]:
    """At most CHUNK records each, no entry twice in one."""
    source = iter(records)
    while chunk := list(islice(source, CHUNK)):
        rest: list[EntryRecord] = chunk
        while rest:
            seen: dict[str, EntryRecord] = {}
            later: list[EntryRecord] = []
            for record in rest:
                if record.uid in seen or later:
                    later.append(record)
                else:
                    seen[record.uid] = record
            yield list(seen.values())
            rest = later


class _Writing:
    """Writes chunks of records as one act. Plain SQL and prepared rows: an import has a hundred thousand of them."""

    def __init__(
        self,
        connection: Connection,
        act: Act,
        term_ids: dict[tuple[str, str], int],
        term_words: index.Terms,
        words: Words,
    ) -> None:
        self._connection = connection
        self._act = act
        self._term_ids = term_ids
        self._term_words = term_words
        self._words = words

    def chunk(self, records: Sequence[EntryRecord]) -> list[_Linked]:
        """Everything of these records but their links, which may lead to entries that are still to come."""
        connection = self._connection
        listed = msgspec.json.encode([record.uid for record in records]).decode()
        known = {row[0]: (row[1], row[2]) for row in connection.exec_driver_sql(_STANDING, (listed,))}
        next_id = connection.exec_driver_sql("SELECT coalesce(max(id), 0) + 1 FROM entry").scalar_one()
        added: list[tuple[int, EntryRecord]] = []
        changed: list[tuple[int, EntryRecord]] = []
        revisions: list[tuple[object, ...]] = []
        tied: list[tuple[int, int]] = []
        linked: list[_Linked] = []
        for record in records:
            entry_id, parent = known.get(record.uid, (0, ""))
            revision = str(uuid4())
            if entry_id:
                changed.append((entry_id, record))
            else:
                entry_id, next_id = next_id, next_id + 1
                added.append((entry_id, record))
            parents = (*((parent,) if parent else ()), *self._act.also.get(record.uid, ()))
            revisions.append(_revision(revision, record, parents, self._act))
            known[record.uid] = (entry_id, revision)
            tied += self._ties(entry_id, record)
            if record.links:
                linked.append((entry_id, record.name, record.links))
        heads_of = dict(known.values())
        if changed:
            ids = ",".join(str(entry_id) for entry_id, _record in changed)
            connection.exec_driver_sql(f"DELETE FROM entry_term WHERE entry_id IN ({ids})")
            connection.exec_driver_sql(f"DELETE FROM entry_link WHERE entry_id IN ({ids})")
            rows = [(*_columns(record), heads_of[entry_id], entry_id) for entry_id, record in changed]
            connection.exec_driver_sql(_CHANGE, rows)
        if added:
            rows = [(*_columns(record), heads_of[entry_id], entry_id) for entry_id, record in added]
            connection.exec_driver_sql(_ADD, rows)
        if tied:
            connection.exec_driver_sql("INSERT INTO entry_term (entry_id, term_id) VALUES (?, ?)", tied)
        if revisions:
            connection.exec_driver_sql(_REVISION, revisions)
        for entries, new in ((added, True), (changed, False)):
            if entries:
                index.put(connection, entries, self._term_words, new=new)
        return linked

    def _ties(self, entry_id: int, record: EntryRecord) -> list[tuple[int, int]]:
        term_ids = self._term_ids
        try:
            return [(entry_id, term_ids[name, code]) for name, codes in record.terms.items() for code in codes]
        except KeyError as error:
            _ = self._words.gettext
            raise InputError(
                _("La fiche «{name}» porte le mot inconnu «{code}». Rien n’a été enregistré.").format(
                    name=record.name, code=error.args[0][1]
                )
            ) from error


def _revision(revision: str, record: EntryRecord, parents: tuple[str, ...], act: Act) -> tuple[object, ...]:
    action = act.action if parents or act.action != "edit" else "create"
    listed = msgspec.json.encode(parents).decode()
    snapshot = msgspec.json.encode(record)
    return (revision, record.uid, listed, action, act.author, act.counter, act.at, snapshot, act.comment)


def _columns(record: EntryRecord) -> list[object]:
    """The values of `_FIELDS`, as the columns hold them."""
    columns: list[object] = list(_field_values(msgspec.structs.astuple(record)))
    for place, empty in _JSON:
        columns[place] = msgspec.json.encode(columns[place]).decode() if columns[place] else empty
    columns[_VERIFIED_ON] = date.fromisoformat(record.verified_on).isoformat() if record.verified_on else None
    due = freshness.due_on(record)
    columns[_NEXT_CHECK] = due.isoformat() if due else None
    return columns


def _link(session: Session, linked: Sequence[_Linked], words: Words) -> None:
    wanted = {link.uid for _entry_id, _name, links in linked for link in links}
    ids = {row[0]: row[1] for row in session.execute(select(Entry.uid, Entry.id).where(Entry.uid.in_(wanted)))}
    ties = []
    for entry_id, name, links in linked:
        for position, link in enumerate(links):
            if link.uid not in ids:
                _ = words.gettext
                raise InputError(
                    _("La fiche «{name}» renvoie à «{id}», qui n’existe pas. Rien n’a été enregistré.").format(
                        name=name, id=link.uid
                    )
                )
            ties.append({"entry_id": entry_id, "kind": link.kind, "target_id": ids[link.uid], "position": position})
    if ties:
        session.execute(insert(EntryLink), ties)
