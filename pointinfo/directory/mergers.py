"""Two entries that became one: what leads to them, and everything it takes to have both again."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from pointinfo.database.schema import Entry, EntryLink, Revision
from pointinfo.directory import history
from pointinfo.directory.history import Change
from pointinfo.directory.record import EntryRecord, Link, flat, merge, whole
from pointinfo.i18n import Words


def linking(session: Session, uid: str) -> Sequence[EntryRecord]:
    """The entries with a link to this one."""
    heads = select(Entry.head).where(
        Entry.id.in_(select(EntryLink.entry_id).join(Entry, Entry.id == EntryLink.target_id).where(Entry.uid == uid))
    )
    return [
        history.decoder.decode(snapshot)
        for snapshot in session.scalars(select(Revision.snapshot).where(Revision.id.in_(heads)))
    ]


def led(record: EntryRecord, merged: str, kept: str) -> EntryRecord:
    """The record with its links to `merged` leading to `kept`, each once."""
    links = tuple(Link(link.kind, kept if link.uid == merged else link.uid) for link in record.links)
    return msgspec.structs.replace(record, links=tuple(dict.fromkeys(links)))


def stands(session: Session, merged: Change, words: Words) -> bool:
    """Whether the entry that was merged still leads to the kept one."""
    gone = history.revision(session, merged.parents[1], words).record
    return history.present(session, gone.uid, words).record.replaced_by == merged.record.uid


def since(session: Session, past: Change, words: Words) -> list[Change]:
    """The merges into an entry since one of its changes that still stand, latest first."""
    found = session.execute(
        history.rows()
        .where(
            select(history.WRITTEN).where(Revision.id == past.id).scalar_subquery() < history.WRITTEN,
            Revision.entry_uid == past.record.uid,
            Revision.action == "merge",
        )
        .order_by(history.WRITTEN.desc())
    )
    return [each for each in map(history.change, found) if len(each.parents) == 2 and stands(session, each, words)]


def parted(session: Session, merged: Change, words: Words) -> list[EntryRecord]:
    """What a merge did to others than the kept entry, taken back: the one that was closed, the links to it."""
    gone = history.revision(session, merged.parents[1], words).record
    others = session.execute(
        history.rows().where(
            select(history.WRITTEN).where(Revision.id == merged.id).scalar_subquery() < history.WRITTEN,
            Revision.action == "merge",
            Revision.at == merged.at.isoformat(),
            Revision.entry_uid.not_in((merged.record.uid, gone.uid)),
        )
    )
    back = [gone]
    for after in map(history.change, others):
        earlier = history.revision(session, after.parents[0], words).record
        if gone.uid in {link.uid for link in earlier.links}:
            back.append(without(session, after.record, earlier, words))
    return back


def without(session: Session, after: EntryRecord, before: EntryRecord, words: Words) -> EntryRecord:
    """The entry as it stands but for one change of it; a field that was changed since stays as it is."""
    found = merge(after, history.present(session, after.uid, words).record, before)
    fields = flat(found.record) | {each.field: each.before for each in found.conflicts}
    return whole({key: value for key, value in fields.items() if value is not None})
