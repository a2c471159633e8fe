"""The revision log as it is read: the changes of an entry in the order they were written, one of them, the present."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Integer, literal_column, select, text
from sqlalchemy.orm import Session

from pointinfo.database.schema import Revision
from pointinfo.directory.record import EntryRecord
from pointinfo.errors import InputError
from pointinfo.i18n import Words

WRITTEN: Final[ColumnElement[int]] = literal_column("revision.rowid", Integer)
"""The order of writing; the clock of a counter may be wrong."""
WAITING: Final = text(
    """revision.action = 'propose' AND NOT EXISTS (
        SELECT 1 FROM revision AS later, json_each(later.parents) AS parent
        WHERE later.entry_uid = revision.entry_uid AND parent.value = revision.id)"""
)
"""Holds for a proposal that nobody has accepted or refused."""
decoder: Final = msgspec.json.Decoder(EntryRecord)


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
        return decoder.decode(self.snapshot)


def rows() -> Any:
    """Selects revisions, for `step` and `change`; in what order and which ones is the caller's."""
    columns = (Revision.id, Revision.action, Revision.author, Revision.counter, Revision.at, Revision.comment)
    return select(*columns, Revision.parents, Revision.snapshot)


def step(row: Any) -> Step:
    """A row of `rows`."""
    revision, action, author, counter, at, comment, parents, snapshot = row
    return Step(revision, action, author, counter, datetime.fromisoformat(at), comment, tuple(parents), snapshot)


def change(row: Any) -> Change:
    """A row of `rows`, its record read."""
    found = step(row)
    return Change(*found[:-1], record=found.record)


def of_entry(session: Session, uid: str) -> Sequence[Change]:
    """Every change of an entry, proposals too, oldest first."""
    return [change(row) for row in session.execute(rows().where(Revision.entry_uid == uid).order_by(WRITTEN))]


def head(session: Session, uid: str) -> str:
    """The revision in which an entry stands, "" for an entry that isn't there."""
    found = session.connection().exec_driver_sql("SELECT head FROM entry WHERE uid = ?", (uid,))
    return found.scalar() or ""  # asked three times a save: a tenth of what the statement takes to build


def present(session: Session, uid: str, words: Words) -> Change:
    """The entry as it stands. Raises `InputError` when nothing has this id."""
    found = head(session, uid)
    if not found:
        _ = words.gettext
        raise InputError(_("Aucune fiche ne porte l’identifiant «{id}». Cherchez-la par son nom.").format(id=uid))
    return revision(session, found, words)


def revision(session: Session, wanted: str, words: Words) -> Change:
    """One change. Raises `InputError` when there is none."""
    row = session.execute(rows().where(Revision.id == wanted)).first()
    if row is None:
        _ = words.gettext
        raise InputError(_("Cet état de la fiche n’est pas dans l’historique de ce poste."))
    return change(row)
