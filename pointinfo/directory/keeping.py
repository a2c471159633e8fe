"""The one way an entry is written: the present, its revision and its search index, in the caller's transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Final, NamedTuple
from uuid import uuid4

import msgspec
from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from pointinfo.database.schema import Entry, EntryLink, Revision, entry_term
from pointinfo.directory import freshness, index, vocabulary
from pointinfo.directory.record import EntryRecord, Link
from pointinfo.errors import InputError
from pointinfo.i18n import Words

CHUNK: Final = 500
"""Records written at once: what a directory of any size takes of the memory."""

_entry: Final[Table] = Entry.__table__  # type: ignore[assignment]


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
    term_ids = vocabulary.ids(session)
    linked: list[tuple[int, str, tuple[Link, ...]]] = []
    count = 0
    for chunk in _chunks(records):
        linked += _keep_chunk(session, chunk, act, term_ids, words)
        count += len(chunk)
        index.drain(session)
    for start in range(0, len(linked), CHUNK):
        _link(session, linked[start : start + CHUNK], words)
    return count


def propose(session: Session, record: EntryRecord, base: str, act: Act, revision: str = "") -> str:
    """Put a revision beside the entry's present one, for an editor to accept; returns its id."""
    revision = revision or str(uuid4())
    session.execute(insert(Revision), [_revision(revision, record, (base,) if base else (), act)])
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


def _keep_chunk(
    session: Session,
    records: Sequence[EntryRecord],
    act: Act,
    term_ids: dict[tuple[str, str], int],
    words: Words,
) -> list[tuple[int, str, tuple[Link, ...]]]:
    """Everything of these records but their links, which may lead to entries that are still to come."""
    uids = [record.uid for record in records]
    standing = session.execute(select(Entry.uid, Entry.id, Entry.head).where(Entry.uid.in_(uids)))
    known = {row[0]: (row[1], row[2]) for row in standing}
    next_id = session.connection().exec_driver_sql("SELECT coalesce(max(id), 0) + 1 FROM entry").scalar_one()
    added: list[dict[str, object]] = []
    changed: list[dict[str, object]] = []
    revisions: list[dict[str, object]] = []
    tied: list[dict[str, int]] = []
    linked: list[tuple[int, str, tuple[Link, ...]]] = []
    for record in records:
        entry_id, parent = known.get(record.uid, (0, ""))
        revision = str(uuid4())
        columns = _columns(record, revision)
        if entry_id:
            changed.append({"row": entry_id, **columns})
        else:
            entry_id, next_id = next_id, next_id + 1
            added.append({"id": entry_id, **columns})
        parents = (*((parent,) if parent else ()), *act.also.get(record.uid, ()))
        revisions.append(_revision(revision, record, parents, act))
        tied += _ties(entry_id, record, term_ids, words)
        if record.links:
            linked.append((entry_id, record.name, record.links))
    if changed:
        rows = [line["row"] for line in changed]
        session.execute(entry_term.delete().where(entry_term.c.entry_id.in_(rows)))
        session.execute(delete(EntryLink).where(EntryLink.entry_id.in_(rows)))
        session.connection().execute(update(_entry).where(_entry.c.id == bindparam("row")), changed)
    if added:
        session.connection().execute(insert(_entry), added)
    if tied:
        session.connection().execute(entry_term.insert(), tied)
    if revisions:
        session.execute(insert(Revision), revisions)
    return linked


def _revision(revision: str, record: EntryRecord, parents: tuple[str, ...], act: Act) -> dict[str, object]:
    return {
        "id": revision,
        "entry_uid": record.uid,
        "parents": parents,
        "action": act.action if parents or act.action != "edit" else "create",
        "author": act.author,
        "counter": act.counter,
        "at": act.at,
        "snapshot": msgspec.json.encode(record),
        "comment": act.comment,
    }


def _columns(record: EntryRecord, revision: str) -> dict[str, object]:
    columns = {name: getattr(record, name) for name in record.__struct_fields__ if name not in ("terms", "links")}
    columns["verified_on"] = date.fromisoformat(record.verified_on) if record.verified_on else None
    columns["next_check"] = freshness.due_on(record)
    columns["head"] = revision
    return columns


def _ties(
    entry_id: int, record: EntryRecord, term_ids: dict[tuple[str, str], int], words: Words
) -> Iterator[dict[str, int]]:
    for name, codes in record.terms.items():
        for code in codes:
            term_id = term_ids.get((name, code))
            if term_id is None:
                _ = words.gettext
                raise InputError(
                    _("La fiche «{name}» porte le mot inconnu «{code}». Rien n’a été enregistré.").format(
                        name=record.name, code=code
                    )
                )
            yield {"entry_id": entry_id, "term_id": term_id}


def _link(session: Session, linked: Sequence[tuple[int, str, tuple[Link, ...]]], words: Words) -> None:
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
