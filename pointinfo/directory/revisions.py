"""Every way to change an entry, and the way back: saving, undoing, closing, merging, proposing. All of it is logged."""

from datetime import UTC
from typing import NamedTuple

import msgspec
from sqlalchemy.orm import Session

from pointinfo.clock import Clock
from pointinfo.database import Database
from pointinfo.database.schema import Revision
from pointinfo.directory import history, mergers
from pointinfo.directory.history import Change, Step
from pointinfo.directory.keeping import Act, keep, propose
from pointinfo.directory.record import EntryRecord, FieldChange, changes, merge
from pointinfo.directory.successors import standing
from pointinfo.errors import InputError
from pointinfo.i18n import Words


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
                history.rows().where(Revision.entry_uid == uid, Revision.action != "propose").order_by(history.WRITTEN)
            )
            return [history.change(row) for row in found]

    def steps(self, uid: str) -> list[Step]:
        """Every change of an entry, proposals apart, newest first."""
        with self._database.read() as session:
            found = session.execute(
                history.rows()
                .where(Revision.entry_uid == uid, Revision.action != "propose")
                .order_by(history.WRITTEN.desc())
            )
            return [history.step(row) for row in found]

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
            for merged in mergers.since(session, past, self._words):
                keep(session, mergers.parted(session, merged, self._words), act, self._words)
            keep(session, [past.record], act, self._words)
            return history.head(session, past.record.uid)

    def merged_since(self, revision: str) -> list[EntryRecord]:
        """The entries, as they were, that going back to this state makes separate again, the latest merged first."""
        with self._database.read() as session:
            merges = mergers.since(session, self._revision(session, revision), self._words)
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
            return history.head(session, uid)

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
            return history.head(session, uid)

    def reopen(self, uid: str, author: str) -> str:
        """Put a closed entry back among the answers."""
        with self._database.write() as session:
            present = self._present(session, uid).record
            active = msgspec.structs.replace(present, status="active", status_reason="", replaced_by="")
            keep(session, [active], self._act("reopen", author), self._words)
            return history.head(session, uid)

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
                mergers.led(record, merged, kept.uid)
                for record in mergers.linking(session, merged)
                if record.uid != kept.uid
            ]
            keep(session, [msgspec.structs.replace(kept, links=links), closed, *led], act, self._words)
            return history.head(session, kept.uid)

    def separate(self, revision: str, author: str) -> None:
        """Take a merge back: both entries and the links to them as before; what was changed since stays.

        Raises `InputError` when `revision` (of the kept entry) is no merge, or one that was taken back already.
        """
        _ = self._words.gettext
        with self._database.write() as session:
            merged = self._revision(session, revision)
            if merged.action != "merge" or len(merged.parents) != 2:
                raise InputError(_("Cette modification ne réunit pas deux fiches : il n’y a rien à séparer."))
            if not mergers.stands(session, merged, self._words):
                raise InputError(_("Ces deux fiches sont déjà séparées."))
            before = mergers.without(
                session, merged.record, self._revision(session, merged.parents[0]).record, self._words
            )
            keep(
                session,
                [*mergers.parted(session, merged, self._words), before],
                self._act("restore", author),
                self._words,
            )

    def propose(self, record: EntryRecord, author: str, *, base: str, comment: str = "") -> str:
        """Put a change before the editors; the entry stays as it is. Returns the id of the proposal."""
        with self._database.write() as session:
            return propose(session, record, base, self._act("propose", author, comment))

    def proposals(self) -> list[Change]:
        """What waits for an editor, oldest first."""
        with self._database.read() as session:
            found = session.execute(history.rows().where(history.WAITING).order_by(Revision.at, history.WRITTEN))
            return [history.change(row) for row in found]

    def accept(self, proposal: str, record: EntryRecord, author: str, *, base: str | None = None) -> str:
        """Keep `record`, what an editor made of a proposal, whole or in part; returns the id of the revision.

        `base` is the revision the editor saw the proposal against; what changed since is merged as in `save`.
        """
        with self._database.write() as session:
            wish = self._waiting(session, proposal)
            _ = self._words.gettext
            by = _("proposée par {name}").format(name=wish.author) if wish.author else ""
            head = history.head(session, record.uid)
            if base is not None and base != head:
                record = self._merged(session, record, base, head)
            act = self._act("accept", author, by)._replace(also={record.uid: (proposal,)})
            keep(session, [record], act, self._words)
            return history.head(session, record.uid)

    def refuse(self, proposal: str, author: str, comment: str = "") -> None:
        """Leave the entry as it is; the proposal and the reason stay in the log."""
        with self._database.write() as session:
            proposed = self._waiting(session, proposal)
            act = self._act("refuse", author, comment)
            head = history.head(session, proposed.record.uid)
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
            of_entry = history.of_entry(session, uid)
            decided = next((each for each in of_entry if proposal in each.parents), None)
            if decided is None:
                raise InputError(_("Cette proposition attend encore une décision."))
            since = of_entry[of_entry.index(decided) + 1 :]
            if any((each.action, each.at, each.record) == ("propose", wanted.at, wanted.record) for each in since):
                raise InputError(_("Cette décision a déjà été reprise : la proposition attend de nouveau."))
            if decided.action == "accept":
                earlier = [parent for parent in decided.parents if parent != proposal]
                if earlier:
                    back = mergers.without(
                        session, decided.record, self._revision(session, earlier[0]).record, self._words
                    )
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
            head = history.head(session, wanted.record.uid)
            if not head:
                return Wish(None, wanted.record, (), False)
            present = self._revision(session, head)
            base = self._revision(session, wanted.parents[0]) if wanted.parents else present
            found = merge(base.record, present.record, wanted.record)
            return Wish(present, found.record, found.conflicts, base.record != present.record)

    # How it is done

    def _save(self, session: Session, record: EntryRecord, act: Act, base: str | None) -> str:
        head = history.head(session, record.uid)
        connection = session.connection()
        draft = connection.exec_driver_sql("SELECT snapshot FROM draft WHERE entry_uid = ?", (record.uid,)).scalar()
        if draft is not None and history.decoder.decode(draft) == record:
            connection.exec_driver_sql("DELETE FROM draft WHERE entry_uid = ?", (record.uid,))
        if base is not None and base != head:
            record = self._merged(session, record, base, head)
        keep(session, [record], act, self._words)
        return history.head(session, record.uid)

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

    def _present(self, session: Session, uid: str) -> Change:
        return history.present(session, uid, self._words)

    def _revision(self, session: Session, revision: str) -> Change:
        return history.revision(session, revision, self._words)

    def _waiting(self, session: Session, proposal: str) -> Change:
        row = session.execute(history.rows().where(Revision.id == proposal, history.WAITING)).first()
        if row is None:
            _ = self._words.gettext
            raise InputError(_("Cette proposition a déjà été traitée."))
        return history.change(row)

    def _act(self, action: str, author: str, comment: str = "") -> Act:
        return Act(action, author, self._counter, self._now(), comment)

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="seconds")
