"""What is being typed and not yet saved: on disk beside the entries, so that a power cut takes nothing."""

from datetime import UTC, datetime

import msgspec
from sqlalchemy import select

from pointinfo.clock import Clock
from pointinfo.database import Database
from pointinfo.database.schema import Draft
from pointinfo.directory.history import Change, decoder
from pointinfo.directory.record import EntryRecord


class Drafts:
    """The drafts of one counter, at most one an entry. A draft goes when what it says is saved (`Revisions.save`)."""

    def __init__(self, database: Database, clock: Clock, counter: str) -> None:
        self._database = database
        self._clock = clock
        self._counter = counter

    def keep(self, record: EntryRecord, base: str, author: str) -> None:
        """Put on disk what is typed of an entry since the revision `base` ("": a new entry)."""
        at = self._clock().astimezone(UTC).isoformat(timespec="seconds")
        with self._database.write() as session:
            session.merge(
                Draft(entry_uid=record.uid, base=base, author=author, at=at, snapshot=msgspec.json.encode(record))
            )

    def of(self, uid: str) -> Change | None:
        """What was typed of an entry and not saved."""
        return next((draft for draft in self.all() if draft.record.uid == uid), None)

    def all(self) -> list[Change]:
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
                    decoder.decode(draft.snapshot),
                )
                for draft in session.scalars(select(Draft).order_by(Draft.at))
            ]

    def drop(self, uid: str) -> None:
        """Forget what was typed of an entry."""
        with self._database.write() as session:
            draft = session.get(Draft, uid)
            if draft is not None:
                session.delete(draft)
