"""An entry as it is opened for editing: what is kept, what was typed of it and not saved, and where that began."""

from typing import NamedTuple
from uuid import uuid4

import msgspec

from pointinfo.desk import Desk
from pointinfo.directory import Change, EntryRecord


class Opened(NamedTuple):
    """`typed` is what the form begins with; what differs from `stored` is unsaved. `base` is the revision that the
    editing began from, "" for a new entry; `head` the present one, None for a new entry."""

    typed: EntryRecord
    stored: EntryRecord
    base: str = ""
    head: Change | None = None
    draft: Change | None = None

    @property
    def uid(self) -> str:
        """The entry."""
        return self.stored.uid


def opened(desk: Desk, uid: str) -> Opened:
    """An entry with its draft, if it has one. Raises `InputError` when there is neither."""
    revisions = desk.revisions
    draft = desk.drafts.of(uid)
    if draft is None:
        head = revisions.present(uid)
        return Opened(head.record, head.record, head.id, head)
    if not desk.directory.names([uid]):
        return Opened(draft.record, blank(uid), draft=draft)
    head = revisions.present(uid)
    base = draft.parents[0] if draft.parents else head.id
    stored = head if base == head.id else revisions.revision(base)
    return Opened(draft.record, stored.record, base, head, draft)


def fresh(like: EntryRecord | None = None) -> Opened:
    """A new entry, blank or like another; what was checked of that one isn't checked of this one."""
    uid = str(uuid4())
    if like is None:
        return Opened(blank(uid), blank(uid))
    typed = msgspec.structs.replace(
        like,
        uid=uid,
        status="active",
        status_reason="",
        replaced_by="",
        demonstration=False,
        origins=(),
        verified_on=None,
        verified_by="",
        verified_how="",
        next_check=None,
    )
    return Opened(typed, blank(uid))


def blank(uid: str) -> EntryRecord:
    """An entry that says nothing."""
    return EntryRecord(uid=uid, kind="service", name="")
