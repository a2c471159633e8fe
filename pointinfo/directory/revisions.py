"""The revision log: every change of an entry, kept for good. History, undo, proposals and merging read and write it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Integer, literal_column, select, text
from sqlalchemy.orm import Session

from pointinfo.clock import Clock
from pointinfo.database import Database
from pointinfo.database.schema import Draft, Entry, EntryLink, Revision
from pointinfo.directory.keeping import Act, keep, propose
from pointinfo.directory.record import EntryRecord, FieldChange, Link, changes, flat, merge, whole
from pointinfo.directory.successors import standing
from pointinfo.errors import InputError
from pointinfo.i18n import Words

_decoder = msgspec.json.Decoder(EntryRecord)

OPEN_PROPOSALS = text(
    """revision.action = 'propose' AND NOT EXISTS (
        SELECT 1 FROM revision AS later, json_each(later.parents) AS parent
        WHERE later.entry_uid = revision.entry_uid AND parent.value = revision.id)"""
)


class Change(NamedTuple):
    """One line of an entry's history. `at` is UTC; `counter` the id of the counter where it was made."""

    id: str
    action: str
    author: str
    counter: str
    at: datetime
    comment: str
    parents: tuple[str, ...]
    record: EntryRecord


class Step(NamedTuple):
    """A `Change` whose record is read when it is asked for: a thousand of them are listed, a dozen looked at."""

    id: str
    action: str
    author: str
    counter: str
    at: datetime
    comment: str
    parents: tuple[str, ...]
    snapshot: bytes

    @property
    def record(self) -> EntryRecord:
        """The entry after this change."""
        return _decoder.decode(self.snapshot)


class Wish(NamedTuple):
    """What a proposal makes of an entry. `present` is None where there is none yet.

    `record` has what others changed since, `moved` says whether they did; in `conflicts` they changed the same fields:
    `before` is what stands, `after` what is proposed.
    """

    present: Change | None
    record: EntryRecord
    conflicts: tuple[FieldChange, ...]
    moved: bool

    @property
    def blank(self) -> EntryRecord:
        """What a new entry is compared with."""
        return EntryRecord(uid=self.record.uid, kind=self.record.kind, name="")


class ConflictError(InputError):
    """Somebody else changed the same fields meanwhile. `merged` has everything else; nothing was saved."""

    def __init__(self, sentence: str, head: str, merged: EntryRecord, fields: tuple[FieldChange, ...]) -> None:
        super().__init__(sentence)
        self.head = head
        self.merged = merged
        self.fields = fields


class Revisions:
    """The entries' past, and every way to change their present."""

    def __init__(self, database: Database, clock: Clock, counter: str, words: Words) -> None:
        self._database = database
        self._clock = clock
        self._counter = counter
        self._words = words

    def present(self, uid: str) -> Change:
        """The entry as it stands, internal fields included. Raises `InputError` when nothing has this id."""
        with self._database.read() as session:
            return self._present(session, uid)

    def save(self, record: EntryRecord, author: str, *, base: str | None = None, comment: str = "") -> str:
        """Keep an edited entry; returns the id of its revision.

        `base` is the revision the editing began from ("": a new entry; None: whatever stands). What somebody else
        changed since is merged by field; raises `ConflictError` where both changed the same field. A draft that says
        just this goes; one that says something else is somebody's, and stays.
        """
        with self._database.write() as session:
            return self._save(session, record, self._act("edit", author, comment), base)

    def history(self, uid: str) -> list[Change]:
        """Every change of an entry, proposals apart, oldest first."""
        with self._database.read() as session:
            found = session.execute(
                _changes().where(Revision.entry_uid == uid, Revision.action != "propose").order_by(_written())
            )
            return [_change(row) for row in found]

    def steps(self, uid: str) -> list[Step]:
        """Every change of an entry, proposals apart, newest first."""
        with self._database.read() as session:
            found = session.execute(
                _changes().where(Revision.entry_uid == uid, Revision.action != "propose").order_by(_written().desc())
            )
            return [_step(row) for row in found]

    def revision(self, revision: str) -> Change:
        """One change. Raises `InputError` when there is none."""
        with self._database.read() as session:
            return self._revision(session, revision)

    def restore(self, revision: str, author: str) -> str:
        """Make an entry what it was after this change; returns the id of the new revision.

        Entries that were merged into it since, and lead to it still, are separate again: their facts would be lost.
        """
        with self._database.write() as session:
            past, act = self._revision(session, revision), self._act("restore", author)
            for merged in self._merged_since(session, past):
                keep(session, self._parted(session, merged), act, self._words)
            keep(session, [past.record], act, self._words)
            return self._head(session, past.record.uid)

    def merged_since(self, revision: str) -> list[EntryRecord]:
        """The entries, as they were, that going back to this state makes separate again, the latest merged first."""
        with self._database.read() as session:
            merges = self._merged_since(session, self._revision(session, revision))
            return [self._revision(session, merged.parents[1]).record for merged in merges]

    def undo(self, uid: str, author: str) -> str:
        """Take back the last change of an entry. Raises `InputError` when it was its first."""
        with self._database.write() as session:
            last = self._present(session, uid)
            if not last.parents:
                _ = self._words.gettext
                raise InputError(_("Cette fiche n’a pas d’état antérieur : fermez-la si elle est de trop."))
            before = self._revision(session, last.parents[0]).record
            keep(session, [before], self._act("restore", author), self._words)
            return self._head(session, uid)

    def close(self, uid: str, reason: str, author: str, successor: str = "") -> str:
        """Take an entry out of the answers; its past stays, and `successor` (a uid) is where its readers are led."""
        with self._database.write() as session:
            present = self._present(session, uid).record
            if successor:
                self._present(session, successor)
                if standing(session, [successor])[successor] == uid or successor == uid:
                    _ = self._words.gettext
                    raise InputError(_("Une fiche ne peut pas être remplacée par elle-même. Choisissez-en une autre."))
            closed = msgspec.structs.replace(present, status="closed", status_reason=reason, replaced_by=successor)
            keep(session, [closed], self._act("close", author, reason), self._words)
            return self._head(session, uid)

    def reopen(self, uid: str, author: str) -> str:
        """Put a closed entry back among the answers."""
        with self._database.write() as session:
            present = self._present(session, uid).record
            active = msgspec.structs.replace(present, status="active", status_reason="", replaced_by="")
            keep(session, [active], self._act("reopen", author), self._words)
            return self._head(session, uid)

    def merge(self, kept: EntryRecord, merged: str, author: str, *, bases: tuple[str, str] | None = None) -> str:
        """Make one entry of two: `kept` as it shall be; `merged` (a uid) is closed and leads to it.

        Both histories stay, the new revision has both as parents; every link to the merged entry leads to the kept one.
        `bases` are the revisions of both that the person saw. Raises `InputError` when one was changed since.
        """
        _ = self._words.gettext
        if kept.uid == merged:
            raise InputError(_("Une fiche ne peut pas être réunie avec elle-même."))
        with self._database.write() as session:
            present = self._present(session, kept.uid)
            gone = self._present(session, merged)
            if bases is not None and bases != (present.id, gone.id):
                raise InputError(_("Une des deux fiches vient de changer. Rien n’est réuni : regardez-les encore."))
            links = tuple(link for link in kept.links if link.uid != merged)
            act = self._act("merge", author)._replace(also={kept.uid: (gone.id,)})
            closed = msgspec.structs.replace(
                gone.record, status="closed", status_reason="merged", replaced_by=kept.uid, links=()
            )
            led = [
                _led(record, merged, kept.uid) for record in self._linking(session, merged) if record.uid != kept.uid
            ]
            keep(session, [msgspec.structs.replace(kept, links=links), closed, *led], act, self._words)
            return self._head(session, kept.uid)

    def separate(self, revision: str, author: str) -> None:
        """Take a merge back: both entries and the links to them as before; what was changed since stays.

        Raises `InputError` when `revision` (of the kept entry) is no merge, or one that was taken back already.
        """
        _ = self._words.gettext
        with self._database.write() as session:
            merged = self._revision(session, revision)
            if merged.action != "merge" or len(merged.parents) != 2:
                raise InputError(_("Cette modification ne réunit pas deux fiches : il n’y a rien à séparer."))
            if not self._stands(session, merged):
                raise InputError(_("Ces deux fiches sont déjà séparées."))
            before = self._without(session, merged.record, self._revision(session, merged.parents[0]).record)
            keep(session, [*self._parted(session, merged), before], self._act("restore", author), self._words)

    def propose(self, record: EntryRecord, author: str, *, base: str, comment: str = "") -> str:
        """Put a change before the editors; the entry stays as it is. Returns the id of the proposal."""
        with self._database.write() as session:
            return propose(session, record, base, self._act("propose", author, comment))

    def proposals(self) -> list[Change]:
        """What waits for an editor, oldest first."""
        with self._database.read() as session:
            found = session.execute(_changes().where(OPEN_PROPOSALS).order_by(Revision.at, _written()))
            return [_change(row) for row in found]

    def accept(self, proposal: str, record: EntryRecord, author: str, *, base: str | None = None) -> str:
        """Keep `record`, what an editor made of a proposal, whole or in part; returns the id of the revision.

        `base` is the revision the editor saw the proposal against; what changed since is merged as in `save`.
        """
        with self._database.write() as session:
            self._waiting(session, proposal)
            head = self._head(session, record.uid)
            if base is not None and base != head:
                record = self._merged(session, record, base, head)
            act = self._act("accept", author)._replace(also={record.uid: (proposal,)})
            keep(session, [record], act, self._words)
            return self._head(session, record.uid)

    def refuse(self, proposal: str, author: str, comment: str = "") -> None:
        """Leave the entry as it is; the proposal and the reason stay in the log."""
        with self._database.write() as session:
            proposed = self._waiting(session, proposal)
            act = self._act("refuse", author, comment)
            head = self._head(session, proposed.record.uid)
            if head:
                present = self._revision(session, head).record
                keep(session, [present], act._replace(also={present.uid: (proposal,)}), self._words)
            else:  # an entry that never was
                propose(session, proposed.record, proposal, act)

    def reconsider(self, proposal: str, author: str) -> str:
        """Take back what was decided on a proposal: it waits again, under the id that is returned.

        What was accepted is taken out of the entry, later changes stay; an entry that was new is closed. Raises
        `InputError` when nothing was decided.
        """
        _ = self._words.gettext
        with self._database.write() as session:
            wanted = self._revision(session, proposal)
            uid = wanted.record.uid
            found = session.execute(_changes().where(Revision.entry_uid == uid).order_by(_written()))
            of_entry = [_change(row) for row in found]
            decided = next((each for each in of_entry if proposal in each.parents), None)
            if decided is None:
                raise InputError(_("Cette proposition attend encore une décision."))
            since = of_entry[of_entry.index(decided) + 1 :]
            if any((each.action, each.at, each.record) == ("propose", wanted.at, wanted.record) for each in since):
                raise InputError(_("Cette décision a déjà été reprise : la proposition attend de nouveau."))
            if decided.action == "accept":
                earlier = [parent for parent in decided.parents if parent != proposal]
                if earlier:
                    back = self._without(session, decided.record, self._revision(session, earlier[0]).record)
                    keep(session, [back], self._act("restore", author), self._words)
                else:
                    present = self._present(session, uid).record
                    closed = msgspec.structs.replace(present, status="closed", status_reason=_("Acceptation annulée"))
                    keep(session, [closed], self._act("close", author), self._words)
            at = wanted.at.isoformat(timespec="seconds")
            again = Act("propose", wanted.author, wanted.counter, at, wanted.comment)
            return propose(session, wanted.record, wanted.parents[0] if wanted.parents else "", again)

    def proposed(self, proposal: str) -> list[FieldChange]:
        """What a proposal would change of the entry as it stands; everything for a new entry."""
        wish = self.wish(proposal)
        return changes(wish.present.record if wish.present else wish.blank, wish.record)

    def wish(self, proposal: str) -> Wish:
        """A proposal against the entry as it stands."""
        with self._database.read() as session:
            wanted = self._revision(session, proposal)
            head = self._head(session, wanted.record.uid)
            if not head:
                return Wish(None, wanted.record, (), False)
            present = self._revision(session, head)
            base = self._revision(session, wanted.parents[0]) if wanted.parents else present
            found = merge(base.record, present.record, wanted.record)
            return Wish(present, found.record, found.conflicts, base.record != present.record)

    # Drafts

    def keep_draft(self, record: EntryRecord, base: str, author: str) -> None:
        """Put what is being typed on disk, beside the entry: a power cut takes nothing."""
        with self._database.write() as session:
            session.merge(
                Draft(
                    entry_uid=record.uid, base=base, author=author, at=self._now(), snapshot=msgspec.json.encode(record)
                )
            )

    def draft(self, uid: str) -> Change | None:
        """What was typed of an entry and not saved."""
        return next((draft for draft in self.drafts() if draft.record.uid == uid), None)

    def drafts(self) -> list[Change]:
        """Everything typed and not saved, oldest first."""
        with self._database.read() as session:
            return [
                Change(
                    "",
                    "draft",
                    draft.author,
                    self._counter,
                    datetime.fromisoformat(draft.at),
                    "",
                    (draft.base,) if draft.base else (),
                    _decoder.decode(draft.snapshot),
                )
                for draft in session.scalars(select(Draft).order_by(Draft.at))
            ]

    def drop_draft(self, uid: str) -> None:
        """Forget what was typed of an entry."""
        with self._database.write() as session:
            draft = session.get(Draft, uid)
            if draft is not None:
                session.delete(draft)

    # How it is done

    def _save(self, session: Session, record: EntryRecord, act: Act, base: str | None) -> str:
        head = self._head(session, record.uid)
        connection = session.connection()
        draft = connection.exec_driver_sql("SELECT snapshot FROM draft WHERE entry_uid = ?", (record.uid,)).scalar()
        if draft is not None and _decoder.decode(draft) == record:
            connection.exec_driver_sql("DELETE FROM draft WHERE entry_uid = ?", (record.uid,))
        if base is not None and base != head:
            record = self._merged(session, record, base, head)
        keep(session, [record], act, self._words)
        return self._head(session, record.uid)

    def _merged(self, session: Session, ours: EntryRecord, base: str, head: str) -> EntryRecord:
        _ = self._words.gettext
        theirs = self._revision(session, head).record if head else ours
        blank = EntryRecord(uid=ours.uid, kind=ours.kind, name="")
        found = merge(self._revision(session, base).record if base else blank, theirs, ours)
        if found.conflicts:
            raise ConflictError(
                _(
                    "La fiche «{name}» a été modifiée entre-temps. Rien n’a été enregistré et votre saisie est gardée. "
                    "Choisissez pour chaque champ ce qui vaut."
                ).format(name=theirs.name),
                head,
                found.record,
                found.conflicts,
            )
        return found.record

    def _stands(self, session: Session, merged: Change) -> bool:
        """Whether the entry that was merged still leads to the kept one."""
        gone = self._revision(session, merged.parents[1]).record
        return self._present(session, gone.uid).record.replaced_by == merged.record.uid

    def _merged_since(self, session: Session, past: Change) -> list[Change]:
        """The merges into an entry since one of its changes that still stand, latest first."""
        found = session.execute(
            _changes()
            .where(
                _written() > select(_written()).where(Revision.id == past.id).scalar_subquery(),
                Revision.entry_uid == past.record.uid,
                Revision.action == "merge",
            )
            .order_by(_written().desc())
        )
        return [each for each in map(_change, found) if len(each.parents) == 2 and self._stands(session, each)]

    def _parted(self, session: Session, merged: Change) -> list[EntryRecord]:
        """What a merge did to others than the kept entry, taken back: the one that was closed, the links to it."""
        gone = self._revision(session, merged.parents[1]).record
        led = session.execute(
            _changes().where(
                _written() > select(_written()).where(Revision.id == merged.id).scalar_subquery(),
                Revision.action == "merge",
                Revision.at == merged.at.isoformat(),
                Revision.entry_uid.not_in((merged.record.uid, gone.uid)),
            )
        )
        back = [gone]
        for after in map(_change, led):
            earlier = self._revision(session, after.parents[0]).record
            if gone.uid in {link.uid for link in earlier.links}:
                back.append(self._without(session, after.record, earlier))
        return back

    def _without(self, session: Session, after: EntryRecord, before: EntryRecord) -> EntryRecord:
        """The entry as it stands but for one change of it; a field that was changed since stays as it is."""
        found = merge(after, self._present(session, after.uid).record, before)
        fields = flat(found.record) | {each.field: each.before for each in found.conflicts}
        return whole({key: value for key, value in fields.items() if value is not None})

    def _present(self, session: Session, uid: str) -> Change:
        head = self._head(session, uid)
        if not head:
            _ = self._words.gettext
            raise InputError(_("Aucune fiche ne porte l’identifiant «{id}». Cherchez-la par son nom.").format(id=uid))
        return self._revision(session, head)

    def _revision(self, session: Session, revision: str) -> Change:
        row = session.execute(_changes().where(Revision.id == revision)).first()
        if row is None:
            _ = self._words.gettext
            raise InputError(_("Cet état de la fiche n’est pas dans l’historique de ce poste."))
        return _change(row)

    def _waiting(self, session: Session, proposal: str) -> Change:
        row = session.execute(_changes().where(Revision.id == proposal, OPEN_PROPOSALS)).first()
        if row is None:
            _ = self._words.gettext
            raise InputError(_("Cette proposition a déjà été traitée."))
        return _change(row)

    def _head(self, session: Session, uid: str) -> str:
        found = session.connection().exec_driver_sql("SELECT head FROM entry WHERE uid = ?", (uid,))
        return found.scalar() or ""  # asked three times a save: a tenth of what the statement takes to build

    def _linking(self, session: Session, uid: str) -> Sequence[EntryRecord]:
        heads = select(Entry.head).where(
            Entry.id.in_(
                select(EntryLink.entry_id).join(Entry, Entry.id == EntryLink.target_id).where(Entry.uid == uid)
            )
        )
        return [
            _decoder.decode(snapshot)
            for snapshot in session.scalars(select(Revision.snapshot).where(Revision.id.in_(heads)))
        ]

    def _act(self, action: str, author: str, comment: str = "") -> Act:
        return Act(action, author, self._counter, self._now(), comment)

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="seconds")


def _led(record: EntryRecord, merged: str, kept: str) -> EntryRecord:
    links = tuple(Link(link.kind, kept if link.uid == merged else link.uid) for link in record.links)
    return msgspec.structs.replace(record, links=tuple(dict.fromkeys(links)))


def _written() -> ColumnElement[int]:
    return literal_column("revision.rowid", Integer)  # the order of writing; the clock of a counter may be wrong


def _changes() -> Any:
    columns = (Revision.id, Revision.action, Revision.author, Revision.counter, Revision.at, Revision.comment)
    return select(*columns, Revision.parents, Revision.snapshot)


def _step(row: Any) -> Step:
    revision, action, author, counter, at, comment, parents, snapshot = row
    return Step(revision, action, author, counter, datetime.fromisoformat(at), comment, tuple(parents), snapshot)


def _change(row: Any) -> Change:
    step = _step(row)
    return Change(*step[:-1], record=step.record)
