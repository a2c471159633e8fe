"""Check sheets out to the associations, their replies in as proposals for an editor."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from pointinfo.clock import Clock, local_day
from pointinfo.config import Settings
from pointinfo.database import Database
from pointinfo.database.schema import Term
from pointinfo.directory import check_reply, check_sheet
from pointinfo.directory.check_reply import Asked, Reply
from pointinfo.directory.check_sheet import FRENCH, CheckSheet
from pointinfo.directory.record import changes
from pointinfo.directory.revisions import Change, Revisions
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

    def _sheet(self, change: Change) -> CheckSheet:
        with self._database.read() as session:
            known = _labels(session)
        return check_sheet.sheet(change.record, change.id, lambda name, code: known.get((name, code), code))


def _labels(session: Session) -> dict[tuple[str, str], str]:
    terms = session.scalars(select(Term).where(Term.list.in_(("audience", "language"))))
    return {(term.list, term.code): term.label(FRENCH.language) for term in terms}
