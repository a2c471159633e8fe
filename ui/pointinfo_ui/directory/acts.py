"""What can be done with an entry on disk: saved by who may decide, proposed by anyone else; and each act taken back."""

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.opened import Opened


class Done(NamedTuple):
    """What was done: the entry it was done to, in a sentence, and how it is taken back (which says a sentence too)."""

    uid: str
    sentence: str
    undo: Callable[[], str]


class Acts:
    """Every method writes, and raises `PointInfoError` (`ConflictError` from `keep`) when nothing was written."""

    def __init__(self, desk: Desk, author: Author) -> None:
        self._desk = desk
        self._author = author

    def keep(self, record: EntryRecord, base: str) -> Done:
        """Keep an entry as it was edited from `base`, or put the change before the editors."""
        _ = self._desk.words.gettext
        revisions, name = self._desk.revisions, self._author.name
        if self._author.is_editor:
            revision = revisions.save(record, name, base=base)
            return Done(record.uid, _("Enregistré."), self._back_from(record.uid, revision))
        proposal = revisions.propose(record, name, base=base)
        self._desk.drafts.drop(record.uid)

        def withdraw() -> str:
            revisions.refuse(proposal, name, _("retirée par son auteur-e"))
            return _("La proposition est retirée.")

        sentence = _("Proposé : une personne qui édite décidera. D’ici là, la fiche reste comme avant.")
        return Done(record.uid, sentence, withdraw)

    def close(self, entry: Opened, reason: str, successor: str) -> Done:
        """Take an entry out of the answers."""
        _ = self._desk.words.gettext
        if not self._author.is_editor:
            closed = {"status": "closed", "status_reason": reason, "replaced_by": successor}
            return self.keep(msgspec.structs.replace(entry.stored, **closed), entry.base)
        revision = self._desk.revisions.close(entry.uid, reason, self._author.name, successor)
        return Done(entry.uid, _("La fiche est fermée. Ctrl+Z la rouvre."), self._back_from(entry.uid, revision))

    def reopen(self, entry: Opened) -> Done:
        """Put a closed entry back among the answers."""
        _ = self._desk.words.gettext
        if not self._author.is_editor:
            active = {"status": "active", "status_reason": "", "replaced_by": ""}
            return self.keep(msgspec.structs.replace(entry.stored, **active), entry.base)
        revision = self._desk.revisions.reopen(entry.uid, self._author.name)
        return Done(entry.uid, _("La fiche est rouverte."), self._back_from(entry.uid, revision))

    def drop_draft(self, typed: EntryRecord, entry: Opened) -> Done:
        """Forget what was typed of an entry."""
        _ = self._desk.words.gettext
        drafts = self._desk.drafts
        author = self._author.name or (entry.draft.author if entry.draft else "")
        drafts.drop(entry.uid)

        def bring_back() -> str:
            drafts.keep(typed, entry.base, author)
            return _("Le brouillon est repris.")

        return Done(entry.uid, _("Brouillon abandonné. Ctrl+Z le reprend."), bring_back)

    def _back_from(self, uid: str, revision: str) -> Callable[[], str]:
        """Takes a revision back, unless somebody changed the entry since."""
        _ = self._desk.words.gettext
        revisions, name = self._desk.revisions, self._author.name

        def take_back() -> str:
            if revisions.present(uid).id != revision:
                return _("La fiche a été modifiée depuis : rien n’a été annulé.")
            revisions.undo(uid, name)
            return _("C’est annulé : la fiche est comme avant.")

        return take_back
