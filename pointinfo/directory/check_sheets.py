"""Check sheets out to the associations; their replies in: letters as proposals, paper as somebody types it."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from pointinfo.clock import Clock, local_day
from pointinfo.config import Settings
from pointinfo.database import Database
from pointinfo.database.schema import Term
from pointinfo.directory import check_reply, check_sheet, freshness
from pointinfo.directory.check_reply import NOTHING, Asked, Reply
from pointinfo.directory.check_sheet import FRENCH, CheckSheet
from pointinfo.directory.history import Change
from pointinfo.directory.record import EntryRecord, changes
from pointinfo.directory.revisions import Revisions
from pointinfo.directory.text import fold
from pointinfo.directory.vocabulary import Resolver
from pointinfo.i18n import Words


class Taken(NamedTuple):
    """A reply that waits among the proposals: how many facts it changes, what nobody could read."""

    proposal: str
    uid: str
    name: str
    sender: str
    changed: int
    unread: tuple[str, ...]


class Typed(NamedTuple):
    """A sheet as it was typed: the entry it makes, how many facts it changes, the keys of lines nobody can read."""

    record: EntryRecord
    changed: int
    unclear: tuple[str, ...]


class CheckSheets:
    """The check sheets of one counter."""

    def __init__(self, database: Database, revisions: Revisions, clock: Clock, words: Words) -> None:
        self._database = database
        self._revisions = revisions
        self._clock = clock
        self._words = words

    def sheet(self, uid: str) -> CheckSheet:
        """What to ask about an entry as it stands, its internal fields apart."""
        return self._sheet(self._revisions.present(uid))

    def e_mail(self, uid: str, settings: Settings) -> bytes:
        """The sheet as a mail file (.eml) to be sent with whatever mail program there is."""
        return check_sheet.e_mail(self.sheet(uid), settings)

    def read(self, data: bytes, settings: Settings) -> Reply:
        """What a reply (.eml or .txt) asks for; nothing is kept yet. Raises `InputError` for any other file."""
        letter = check_reply.opened(data, self._words)
        then = self._revisions.revision(letter.revision)
        sheet = self._sheet(then)
        with self._database.read() as session:
            resolver = Resolver(session)
        asked = Asked(then.record, sheet, check_sheet.text(sheet, settings))
        return check_reply.read(letter, asked, resolver.code, local_day(self._clock()), self._words)

    def take(self, data: bytes, settings: Settings) -> Taken:
        """Put a reply before the editors, its sender as the author, what could not be read in the comment."""
        _ = self._words.gettext
        reply = self.read(data, settings)
        comment = _("Réponse à la feuille de contrôle.")
        if reply.unread:
            comment += " " + _("À lire : {lines}").format(lines=" · ".join(reply.unread))
        proposal = self._revisions.propose(reply.record, reply.sender, base=reply.revision, comment=comment)
        then = self._revisions.revision(reply.revision).record
        count = len(changes(then, reply.record))
        return Taken(proposal, then.uid, then.name, reply.sender, count, reply.unread)

    def typed(self, sheet: CheckSheet, lines: Mapping[str, str]) -> Typed:
        """What a sheet that came back on paper makes of the entry, its lines typed by their keys; nothing is kept."""
        present = self._revisions.revision(sheet.revision).record
        changed = {
            line.key: "" if fold(said) in NOTHING else said
            for line in sheet.lines
            if (said := check_sheet.one_line(lines.get(line.key, line.text))) != line.text
        }
        with self._database.read() as session:
            resolver = Resolver(session)
        record, unclear = check_reply.corrected(present, sheet, changed, resolver.code)
        today = local_day(self._clock())
        until = today + freshness.interval(record.kind, important=record.important)
        checked = msgspec.structs.replace(
            record, verified_on=today.isoformat(), verified_by="", verified_how="sheet", next_check=until.isoformat()
        )
        return Typed(checked, len(changes(present, record)), tuple(unclear))

    def enter(self, sheet: CheckSheet, typed: Typed, author: str, *, decides: bool) -> str:
        """Keep what was typed, every other fact as confirmed; before the editors when `author` is none.

        Returns the revision, or the proposal. Raises `ConflictError` when somebody changed the same fields since.
        """
        _ = self._words.gettext
        record = msgspec.structs.replace(typed.record, verified_by=author)
        comment = _("Feuille de contrôle revenue.")
        if decides:
            return self._revisions.save(record, author, base=sheet.revision, comment=comment)
        return self._revisions.propose(record, author, base=sheet.revision, comment=comment)

    def _sheet(self, change: Change) -> CheckSheet:
        with self._database.read() as session:
            known = _labels(session)
        return check_sheet.sheet(change.record, change.id, lambda name, code: known.get((name, code), code))


def _labels(session: Session) -> dict[tuple[str, str], str]:
    terms = session.scalars(select(Term).where(Term.list.in_(("audience", "language"))))
    return {(term.list, term.code): term.label(FRENCH.language) for term in terms}
