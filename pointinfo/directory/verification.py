"""Which entries are due to be checked today, the most urgent first, and what came of asking."""

from datetime import UTC, date, timedelta
from typing import Any, Final, NamedTuple

import msgspec
from babel.dates import format_date
from sqlalchemy import ColumnElement, Select, String, Table, bindparam, func, literal_column, select, true, update
from sqlalchemy.orm import Session

from pointinfo.clock import Clock, local_day
from pointinfo.database import Database
from pointinfo.database.schema import Entry, Revision
from pointinfo.directory import card, freshness, history, index
from pointinfo.directory.card import Age
from pointinfo.directory.freshness import INTERVALS, Dated
from pointinfo.directory.given import given
from pointinfo.directory.keeping import Act, keep, propose
from pointinfo.directory.record import EntryRecord
from pointinfo.errors import InputError
from pointinfo.i18n import Words

POSTPONED_DAYS: Final = 7
"""When to call again where nobody answered."""

_DATED: Final = tuple(getattr(Entry, name) for name in Dated._fields)
_HAS_PHONE: Final = literal_column("entry.contacts || entry.internal_contacts", String).contains('"kind":"phone"')
_entry: Final[Table] = Entry.__table__  # type: ignore[assignment]


class Due(NamedTuple):
    """An entry to be checked. `since` is `freshness.AT_ONCE` for what never was; `asked` how often it was given out."""

    uid: str
    kind: str
    name: str
    important: bool
    since: date
    asked: int
    age: Age


class Verification:
    """The checks of one counter's directory: what is due, what was found."""

    def __init__(self, database: Database, clock: Clock, counter: str, words: Words) -> None:
        self._database = database
        self._clock = clock
        self._counter = counter
        self._words = words
        self._bring_up_to_date()

    def today(self) -> date:
        """The counter's local day."""
        return local_day(self._clock())

    def due(self, limit: int = 100, kind: str = "") -> list[Due]:
        """What is to be checked today: important entries, then those lately asked for, then the longest overdue.

        `kind` limits it to the entries of one kind.
        """
        return self._most_urgent(limit, Entry.kind == kind if kind else true())

    def to_call(self, limit: int) -> list[Due]:
        """The same of what has a telephone, internal ones included; where that is too little, the rest after it."""
        callable_first = self._most_urgent(limit, _HAS_PHONE)
        rest = limit - len(callable_first)
        return callable_first + (self._most_urgent(rest, ~_HAS_PHONE) if rest else [])

    def count_due(self) -> int:
        """How many entries are to be checked today."""
        with self._database.read() as session:
            return session.scalar(select(func.count()).select_from(Entry).where(*_is_due(self.today()))) or 0

    def done_today(self) -> int:
        """How many entries were found correct today and still stand so."""
        today = self.today()
        again = {today + freshness.interval(kind, important=each) for kind in INTERVALS for each in (False, True)}
        found = select(func.count()).select_from(Entry).where(Entry.next_check.in_(again), Entry.verified_on == today)
        with self._database.read() as session:
            return session.scalar(found) or 0

    def still_correct(self, uid: str, author: str, how: str = "phone") -> str:
        """Somebody has confirmed every fact today; returns the id of the revision that says so.

        `how` is a code of `fields.choices("verified_how")`. Raises `InputError` for an entry that is closed.
        """
        today = self.today()
        _ = self._words.gettext
        with self._database.write() as session:
            record = self._present(session, uid)
            if record.status == "closed":
                raise InputError(
                    _("La fiche «{name}» est fermée. Rouvrez-la avant de la vérifier.").format(name=record.name)
                )
            until = today + freshness.interval(record.kind, important=record.important)
            checked = msgspec.structs.replace(
                record,
                verified_on=today.isoformat(),
                verified_by=author,
                verified_how=how,
                next_check=until.isoformat(),
            )
            return self._keep(session, checked, "verify", author)

    def no_answer(self, uid: str, author: str, days: int = POSTPONED_DAYS) -> str:
        """Nobody could be reached: the entry comes back in some days, its facts as old as before."""
        again = self.today() + timedelta(days=days)
        _ = self._words.gettext
        said = format_date(again, "long", locale=self._words.language)
        with self._database.write() as session:
            record = msgspec.structs.replace(self._present(session, uid), next_check=again.isoformat())
            return self._keep(
                session, record, "postpone", author, _("Pas de réponse, à rappeler le {date}").format(date=said)
            )

    def propose_closing(self, uid: str, reason: str, author: str, successor: str = "") -> str:
        """Put before the editors that an offer exists no more; returns the id of the proposal."""
        with self._database.write() as session:
            present = history.present(session, uid, self._words)
            record = msgspec.structs.replace(
                present.record, status="closed", status_reason=reason, replaced_by=successor
            )
            return propose(session, record, present.id, self._act("propose", author, reason))

    def take_back(self, revision: str, author: str) -> None:
        """Make the entry what it was before this change. Raises `InputError` when it has been changed since."""
        _ = self._words.gettext
        with self._database.write() as session:
            row = session.execute(
                select(Revision.parents).join(Entry, Entry.head == Revision.id).where(Revision.id == revision)
            ).first()
            if row is None or not row.parents:
                raise InputError(_("La fiche a été modifiée depuis : son historique permet d’y revenir."))
            before = session.scalars(select(Revision.snapshot).where(Revision.id == row.parents[0])).one()
            self._keep(session, history.decoder.decode(before), "restore", author)

    # How it is done

    def _most_urgent(self, limit: int, among: ColumnElement[bool]) -> list[Due]:
        today = self.today()
        with self._database.read() as session:
            asked = given(session, today)
            found = {
                row.uid: row
                for condition in (Entry.important == true(), Entry.uid.in_(asked), Entry.uid != "")
                for row in session.execute(_due(today, condition & among, limit))
            }
        rows = []
        for row in found.values():
            uid, name, *facts = row
            dated = Dated(*facts)
            since = dated.next_check or freshness.AT_ONCE
            age = card.age(dated, today, self._words)
            rows.append(Due(uid, dated.kind, name, dated.important, since, asked.get(uid, 0), age))
        return sorted(rows, key=lambda row: (not row.important, -row.asked, row.since))[:limit]

    def _present(self, session: Session, uid: str) -> EntryRecord:
        return history.present(session, uid, self._words).record

    def _keep(self, session: Session, record: EntryRecord, action: str, author: str, comment: str = "") -> str:
        keep(session, [record], self._act(action, author, comment), self._words)
        return history.head(session, record.uid)

    def _act(self, action: str, author: str, comment: str) -> Act:
        return Act(action, author, self._counter, self._clock().astimezone(UTC).isoformat(timespec="seconds"), comment)

    def _bring_up_to_date(self) -> None:
        """Entries written before there was a day of their next check get theirs; the search is not touched by it."""
        waiting = (Entry.next_check.is_(None), Entry.status != "closed")
        with self._database.read() as session:
            if session.execute(select(Entry.id).where(*waiting).limit(1)).first() is None:
                return
        with self._database.write() as session:
            index.drain(session)
            rows = session.execute(select(Entry.id, *_DATED).where(*waiting)).all()
            checks = []
            for entry_id, *facts in rows:
                dated = Dated(*facts)
                known = freshness.known_on(dated.verified_on, dated.confidence, dated.as_of)
                check = freshness.held_until(dated.kind, dated.important, known)
                checks.append({"row": entry_id, "check": check})
            session.connection().execute(
                update(_entry).where(_entry.c.id == bindparam("row")).values(next_check=bindparam("check")), checks
            )
            session.connection().exec_driver_sql("DELETE FROM entry_dirty")


def _is_due(today: date) -> tuple[ColumnElement[bool], ...]:
    return (Entry.next_check <= today, Entry.status != "closed")


def _due(today: date, condition: ColumnElement[bool], limit: int) -> Select[Any]:
    columns = select(Entry.uid, Entry.name, *_DATED)
    return columns.where(*_is_due(today), condition).order_by(Entry.next_check).limit(limit)
