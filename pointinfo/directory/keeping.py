"""The one way an entry is written: the present, its revision and its search index, in the caller's transaction."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from itertools import chain, repeat
from typing import Final
from uuid import uuid4

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from pointinfo.database.schema import Entry, EntryLink
from pointinfo.directory import index
from pointinfo.directory.chunks import (
    Act,
    Linked,
    Preparation,
    chunks,
    insert_revisions,
    linked,
    revision_row,
    without_collection,
    write,
)
from pointinfo.directory.record import EntryRecord
from pointinfo.errors import InputError
from pointinfo.i18n import Words

__all__ = ["CHUNK", "Act", "keep", "propose"]

CHUNK: Final = 500
"""Records written at once: what a directory of any size takes of the memory."""

BULK: Final = 2_000
"""From so many records on they are written in bulk (`index.in_bulk`)."""

BULK_CHUNK: Final = 2_000
"""Records written at once in bulk: FTS5 ends a segment of the index with each portion, and merging many is dear."""


def keep(session: Session, records: Iterable[EntryRecord], act: Act, words: Words) -> int:
    """Write every record; returns how many. Raises `InputError` for an unknown code or a link to nothing."""
    index.drain(session)  # also flushes: what follows writes past the session
    connection = session.connection()
    terms = index.Terms(connection)
    prepare = Preparation(terms, words)
    leading: list[Linked] = []
    count = 0
    parts = chunks(iter(records), chain(repeat(CHUNK, BULK // CHUNK), repeat(BULK_CHUNK)))
    beside: index.Beside | None = None
    with ExitStack() as bulk:
        for part in parts:
            if count < BULK <= count + len(part):
                terms.meet_all()
                beside = bulk.enter_context(index.in_bulk(connection))
                bulk.enter_context(without_collection())
            leading += linked(write(connection, prepare(part), act, beside), part)
            count += len(part)
    for start in range(0, len(leading), CHUNK):
        _link(session, leading[start : start + CHUNK], words)
    return count


def propose(session: Session, record: EntryRecord, base: str, act: Act, revision: str = "") -> str:
    """Put a revision beside the entry's present one, for an editor to accept; returns its id."""
    revision = revision or str(uuid4())
    session.flush()
    row = revision_row(revision, record.uid, msgspec.json.encode(record), (base,) if base else (), act)
    insert_revisions(session.connection(), [row])
    return revision


def _link(session: Session, leading: Sequence[Linked], words: Words) -> None:
    wanted = {link.uid for _entry_id, _name, links in leading for link in links}
    ids = {row[0]: row[1] for row in session.execute(select(Entry.uid, Entry.id).where(Entry.uid.in_(wanted)))}
    ties = []
    for entry_id, name, links in leading:
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
