"""Which entry answers for one that is closed: the one it was merged into or replaced by, and that one's own successor.

Sheets, links and figures that know an entry's old id follow it here; its history keeps the old id.
"""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.attributes import set_committed_value

from pointinfo.database.schema import Entry, EntryLink


def standing(session: Session, uids: Iterable[str]) -> dict[str, str]:
    """Each uid with that of the entry that stands for it now: itself, unless it is closed and leads on.

    A chain is followed to its end; where it leads back to where it came from, it ends there.
    """
    answers = {uid: uid for uid in uids}
    passed = {uid: {uid} for uid in answers}
    asked = set(answers)
    successor = aliased(Entry)
    while asked:
        leads = select(Entry.uid, successor.uid).join(successor, successor.uid == Entry.replaced_by)
        known = {row[0]: row[1] for row in session.execute(leads.where(Entry.uid.in_(asked), Entry.status == "closed"))}
        asked = set()
        for uid, here in answers.items():
            there = known.get(here)
            if there is not None and there not in passed[uid]:
                passed[uid].add(there)
                answers[uid] = there
                asked.add(there)
    return answers


def lead_on(session: Session, entries: Iterable[Entry]) -> None:
    """Let `entries` (with their links) know their successors, and their links lead to those of their targets.

    A link that would lead to the entry itself or twice to the same is left out. Nothing is written.
    """
    read = list(entries)
    closed = {entry.uid for entry in read if entry.replaced_by}
    closed |= {link.target.uid for entry in read for link in entry.links if link.target.replaced_by}
    answers = {uid: there for uid, there in standing(session, closed).items() if there != uid} if closed else {}
    found = session.scalars(select(Entry).where(Entry.uid.in_(answers.values()))) if answers else ()
    successors = {entry.uid: entry for entry in found}
    for entry in read:
        set_committed_value(entry, "successor", successors.get(answers.get(entry.uid, "")))
        links: dict[tuple[str, str], EntryLink] = {}
        for link in entry.links:
            target = successors.get(answers.get(link.target.uid, ""), link.target)
            set_committed_value(link, "target", target)
            if target.uid != entry.uid:
                links.setdefault((link.kind, target.uid), link)
        set_committed_value(entry, "links", list(links.values()))
