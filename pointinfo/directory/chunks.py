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
_CHANGE: Final = f"UPDATE entry SET {', '.join(f'{name} = ?' for name in _FIELDS)}, head = ? WHERE id = ?"
_STANDING: Final = "SELECT uid, id, head FROM entry WHERE uid IN (SELECT value FROM json_each(?))"


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
    """Makes rows of records. `term_ids` and `term_words` are those of the database."""

    def __init__(self, term_ids: dict[tuple[str, str], int], term_words: index.Terms, words: Words) -> None:
        self._term_ids = term_ids
        self._term_words = term_words
        self._words = words

    def __call__(self, records: Sequence[EntryRecord]) -> list[Prepared]:
        """Raises `InputError` for a code that no vocabulary has."""
        return [
            Prepared(
                record.uid,
                _columns(record),
                msgspec.json.encode(record),
                self._terms(record),
                index.analysed(record, *self._term_words.of(record)),
            )
            for record in records
        ]

    def _terms(self, record: EntryRecord) -> list[int]:
        term_ids = self._term_ids
        try:
            return [term_ids[name, code] for name, codes in record.terms.items() for code in codes]
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
    known = {row[0]: (row[1], row[2]) for row in connection.exec_driver_sql(_STANDING, (listed,))}
    next_id = connection.exec_driver_sql("SELECT coalesce(max(id), 0) + 1 FROM entry").scalar_one()
    ids: list[int] = []
    added: list[tuple[object, ...]] = []
    changed: list[tuple[object, ...]] = []
    revisions: list[tuple[object, ...]] = []
    for each in prepared:
        entry_id, parent = known.get(each.uid, (0, ""))
        revision = str(uuid4())
        columns = changed
        if not entry_id:
            entry_id, next_id, columns = next_id, next_id + 1, added
        ids.append(entry_id)
        columns.append((*each.columns, revision, entry_id))
        parents = (*((parent,) if parent else ()), *act.also.get(each.uid, ()))
        revisions.append(revision_row(revision, each.uid, each.snapshot, parents, act))
    if changed:
        stale = ",".join(str(row[-1]) for row in changed)
        connection.exec_driver_sql(f"DELETE FROM entry_term WHERE entry_id IN ({stale})")
        connection.exec_driver_sql(f"DELETE FROM entry_link WHERE entry_id IN ({stale})")
        connection.exec_driver_sql(f"DELETE FROM entry_words WHERE rowid IN ({stale})")
        connection.exec_driver_sql(_CHANGE, changed)
    _insert(connection, "entry", (*_FIELDS, "head", "id"), added)
    tied = [(entry_id, term) for entry_id, each in zip(ids, prepared, strict=True) for term in each.terms]
    _insert(connection, "entry_term", ("entry_id", "term_id"), tied)
    insert_revisions(connection, revisions)
    indexed = [(entry_id, *each.words) for entry_id, each in zip(ids, prepared, strict=True)]
    if beside is None:
        _insert(connection, "entry_words", index.COLUMNS, indexed)
    index.spell(connection, [each.words for each in prepared])
    connection.exec_driver_sql(f"DELETE FROM entry_dirty WHERE id IN ({','.join(map(str, ids))})")
    if beside is not None:
        beside.put(indexed)
    return ids


def insert_revisions(connection: Connection, rows: Sequence[tuple[object, ...]]) -> None:
    """Put rows of `revision_row` at the end of the log."""
    names = ("id", "entry_uid", "parents", "action", "author", "counter", "at", "snapshot", "comment")
    _insert(connection, "revision", names, rows)


def revision_row(revision: str, uid: str, snapshot: bytes, parents: tuple[str, ...], act: Act) -> tuple[object, ...]:
    """One change of one entry, as the log holds it."""
    action = act.action if parents or act.action != "edit" else "create"
    listed = msgspec.json.encode(parents).decode()
    return (revision, uid, listed, action, act.author, act.counter, act.at, snapshot, act.comment)


def chunks(records: Iterator[EntryRecord], size: int) -> Iterator[list[EntryRecord]]:
    """At most `size` records each, no entry twice in one."""
    while chunk := list(islice(records, size)):
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
