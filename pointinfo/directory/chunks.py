"""Records as rows of the tables, a chunk at a time: prepared rows and plain SQL, for imports are large."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from operator import itemgetter
from typing import Final, NamedTuple
from uuid import uuid4

import msgspec
from sqlalchemy import Connection

from pointinfo.database.schema import Entry, Stored
from pointinfo.directory import freshness, index
from pointinfo.directory.record import EntryRecord, Link
from pointinfo.errors import InputError
from pointinfo.i18n import Words

_FIELDS: Final = tuple(name for name in EntryRecord.__struct_fields__ if name not in ("terms", "links"))
_field_values: Final = itemgetter(*(EntryRecord.__struct_fields__.index(name) for name in _FIELDS))
_JSON: Final = tuple(
    (place, "{}" if name == "wordings" else "[]")
    for place, name in enumerate(_FIELDS)
    if isinstance(Entry.__table__.c[name].type, Stored)
)
_VERIFIED_ON, _NEXT_CHECK = _FIELDS.index("verified_on"), _FIELDS.index("next_check")
_STANDING: Final = (
    f"SELECT uid, id, head, {', '.join(_FIELDS)} FROM entry WHERE uid IN (SELECT value FROM json_each(?))"
)
_TIED: Final = """
    SELECT entry_id, term_id FROM entry_term WHERE entry_id IN (SELECT value FROM json_each(?)) ORDER BY position"""


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


class Prepared(NamedTuple):
    """A record as its rows will hold it, as far as that is known without the database."""

    uid: str
    columns: list[object]
    snapshot: bytes
    terms: list[int]
    words: index.Analysed


class Preparation:
    """Makes rows of records."""

    def __init__(self, terms: index.Terms, words: Words) -> None:
        self._terms = terms
        self._words = words

    def __call__(self, records: Sequence[EntryRecord]) -> list[Prepared]:
        """Raises `InputError` for a code that no vocabulary has."""
        self._terms.meet(records)
        return [
            Prepared(
                record.uid,
                _columns(record),
                msgspec.json.encode(record),
                self._term_ids(record),
                index.analysed(record, self._terms.of(record)),
            )
            for record in records
        ]

    def _term_ids(self, record: EntryRecord) -> list[int]:
        try:
            return self._terms.ids(record)
        except KeyError as error:
            _ = self._words.gettext
            raise InputError(
                _("La fiche «{name}» porte le mot inconnu «{code}». Rien n’a été enregistré.").format(
                    name=record.name, code=error.args[0][1]
                )
            ) from error


def write(
    connection: Connection, prepared: Sequence[Prepared], act: Act, beside: index.Beside | None = None
) -> list[int]:
    """Write present, revisions and index of a chunk, no entry twice in it; returns the row ids.

    Its words are put into the index `beside` what is done next.
    """
    if beside is not None:
        beside.wait()
    listed = msgspec.json.encode([each.uid for each in prepared]).decode()
    known = {row[0]: tuple(row[1:]) for row in connection.exec_driver_sql(_STANDING, (listed,))}
    next_id = 0
    if len(known) < len(prepared):
        next_id = connection.exec_driver_sql("SELECT coalesce(max(id), 0) + 1 FROM entry").scalar_one()
    ids: list[int] = []
    added: list[tuple[object, ...]] = []
    changed: dict[tuple[str, ...], list[tuple[object, ...]]] = {}
    revisions: list[tuple[object, ...]] = []
    for each in prepared:
        entry_id, parent, *before = known.get(each.uid, (0, ""))
        revision = str(uuid4())
        if entry_id:
            # What stays as it is isn't written: setting a column rewrites every index that has it.
            places = [place for place, old in enumerate(before) if old != each.columns[place]]
            values = (*(each.columns[place] for place in places), revision, entry_id)
            changed.setdefault(tuple(_FIELDS[place] for place in places), []).append(values)
        else:
            entry_id, next_id = next_id, next_id + 1
            added.append((*each.columns, revision, entry_id))
        ids.append(entry_id)
        parents = (*((parent,) if parent else ()), *act.also.get(each.uid, ()))
        revisions.append(revision_row(revision, each.uid, each.snapshot, parents, act))
    for names, rows in changed.items():
        sets = ", ".join(f"{name} = ?" for name in (*names, "head"))
        connection.exec_driver_sql(f"UPDATE entry SET {sets} WHERE id = ?", rows)
    _insert(connection, "entry", (*_FIELDS, "head", "id"), added)
    stale = [(row[-1],) for rows in changed.values() for row in rows]
    if stale:  # one by one: the statement is read once and kept
        connection.exec_driver_sql("DELETE FROM entry_link WHERE entry_id = ?", stale)
    _tie(connection, [(entry_id, each.terms) for entry_id, each in zip(ids, prepared, strict=True)], new=not stale)
    insert_revisions(connection, revisions)
    found = [(entry_id, each.words) for entry_id, each in zip(ids, prepared, strict=True)]
    renewed = index.renewed(connection, found, beside.spelled if beside is not None else set(), new=not stale)
    if beside is None:
        connection.exec_driver_sql("DELETE FROM entry_dirty WHERE id = ?", [(entry_id,) for entry_id in ids])
        if renewed:
            index.put(connection, renewed)
    elif renewed:
        beside.put(renewed)
    return ids


def _tie(connection: Connection, terms: Sequence[tuple[int, Sequence[int]]], *, new: bool) -> None:
    """Give entries (row id, ids of terms) their terms; those that have them already are left alone."""
    tied: dict[int, list[int]] = {}
    if not new:
        listed = msgspec.json.encode([entry_id for entry_id, _terms in terms]).decode()
        for entry_id, term in connection.exec_driver_sql(_TIED, (listed,)):
            tied.setdefault(entry_id, []).append(term)
    other = [(entry_id, wanted) for entry_id, wanted in terms if tied.get(entry_id, []) != list(wanted)]
    stale = [(entry_id,) for entry_id, _terms in other if entry_id in tied]
    if stale:
        connection.exec_driver_sql("DELETE FROM entry_term WHERE entry_id = ?", stale)
    rows = [(entry_id, term, place) for entry_id, wanted in other for place, term in enumerate(wanted)]
    _insert(connection, "entry_term", ("entry_id", "term_id", "position"), rows)


def insert_revisions(connection: Connection, rows: Sequence[tuple[object, ...]]) -> None:
    """Put rows of `revision_row` at the end of the log."""
    names = ("id", "entry_uid", "parents", "action", "author", "counter", "at", "snapshot", "comment")
    _insert(connection, "revision", names, rows)


def revision_row(revision: str, uid: str, snapshot: bytes, parents: tuple[str, ...], act: Act) -> tuple[object, ...]:
    """One change of one entry, as the log holds it."""
    action = act.action if parents or act.action != "edit" else "create"
    listed = msgspec.json.encode(parents).decode()
    return (revision, uid, listed, action, act.author, act.counter, act.at, snapshot, act.comment)


def chunks(records: Iterator[EntryRecord], sizes: Iterator[int]) -> Iterator[list[EntryRecord]]:
    """At most as many records each as `sizes` says next, no entry twice in one."""
    while chunk := list(islice(records, next(sizes))):
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


@contextmanager
def without_collection() -> Iterator[None]:
    """Python looks for no cycles meanwhile: records have none, and looking takes a fifth of the time of an import."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


Linked = tuple[int, str, tuple[Link, ...]]
"""An entry that leads to others: its row id, its name, its links."""


def linked(ids: Sequence[int], records: Sequence[EntryRecord]) -> list[Linked]:
    """Those of the records just written that lead to others."""
    return [
        (entry_id, record.name, record.links) for entry_id, record in zip(ids, records, strict=True) if record.links
    ]


def _insert(connection: Connection, table: str, names: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        places = ", ".join("?" for _name in names)
        connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", rows)


def _columns(record: EntryRecord) -> list[object]:
    """The values of `_FIELDS`, as the columns hold them."""
    columns: list[object] = list(_field_values(msgspec.structs.astuple(record)))
    for place, empty in _JSON:
        columns[place] = msgspec.json.encode(columns[place]).decode() if columns[place] else empty
    columns[_VERIFIED_ON] = date.fromisoformat(record.verified_on).isoformat() if record.verified_on else None
    due = freshness.due_on(record)
    columns[_NEXT_CHECK] = due.isoformat() if due else None
    return columns
