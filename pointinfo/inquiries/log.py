"""The log of inquiries: append-only events, hash-chained, one *demande* a row; on disk before a call returns.

Nothing here can hold who asked, who noted it or at which minute: the hour slot is all the time that is kept.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import uuid4

import msgspec
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from pointinfo.clock import ZONE, Clock, local_day
from pointinfo.database import Database
from pointinfo.database.schema import Inquiry, InquiryEvent, Term
from pointinfo.errors import InputError
from pointinfo.i18n import Words
from pointinfo.inquiries import codes, proof, refusals
from pointinfo.inquiries.note import (
    Event,
    Note,
    chain_hash,
    codes_said,
    columns,
    of_row,
    with_present_codes,
    without_doubles,
)


class JournalRow(NamedTuple):
    """One inquiry of the journal. `number` counts the day's inquiries from 1, voided ones included.

    What was done last to it: `voided`, `restored` (given back after it was voided), `amended`.
    """

    id: str
    number: int
    hour: int | None
    voided: bool
    amended: bool
    restored: bool
    note: Note
    back_dated: bool = False


class Step(NamedTuple):
    """One thing that was done to an inquiry: what, and what the inquiry says since. When and by whom is not kept."""

    action: str
    """add, amend, void, or restore: given back after it was voided."""
    note: Note


class OfDay(NamedTuple):
    """A note to be kept for a day, with the hour it counts for; None: not said."""

    note: Note
    hour: int | None = None


class DayCount(NamedTuple):
    """How busy a day has been."""

    inquiries: int
    people: int


class InquiryLog:
    """The inquiries of one counter."""

    def __init__(self, database: Database, clock: Clock, counter: str, words: Words) -> None:
        self._database = database
        self._clock = clock
        self._counter = counter
        self._words = words
        self._known: set[tuple[str, str]] = set()
        self.back_dating = 60
        """How many days back a note may be typed in or corrected."""

    @property
    def counter(self) -> str:
        """The number of this counter."""
        return self._counter

    def today(self) -> date:
        """The counter's local day."""
        return local_day(self._clock())

    def add(self, note: Note) -> str:
        """Keep one inquiry; returns its id. Raises `InputError` when the note contradicts itself."""
        note = without_doubles(note)
        self._check(note, Note())
        now = self._clock().astimezone(ZONE)
        event = Event(day=now.date(), hour=now.hour, codes=codes.version(), note=note)
        with self._database.write() as session:
            self._refuse_wrong_clock(session, now.date())
            return self._add(session, event)

    def add_all(self, told: Sequence[OfDay], day: date, version: int | None = None) -> list[str]:
        """Keep the inquiries of a day all together or not at all; returns their ids. See `append_all`."""
        with self._database.write() as session:
            return self.append_all(session, told, day, version)

    def append_all(self, session: Session, told: Sequence[OfDay], day: date, version: int | None = None) -> list[str]:
        """Keep the inquiries of a day inside the caller's transaction; a past day marks them as noted later.

        `version` is that of the code lists they were said with, ours when None. Of another version, a code that was
        replaced is kept as its successor, and one that no list here has is kept as it is. Raises `InputError` for a
        day that is to come or too long ago, and with the number of the first note that can't be kept.
        """
        today = self.today()
        self._refuse_wrong_clock(session, today)
        refusals.refuse_day(day, today, self.back_dating, self._words)
        lists = version or codes.version()
        kept = []
        for number, (said, hour) in enumerate(told, 1):
            note = without_doubles(said if lists == codes.version() else with_present_codes(said))
            foreign = lists != codes.version() and all(codes.is_a_code(code) for _list, code in codes_said(note))
            try:
                self._check(note, note if foreign else Note())
            except InputError as error:
                _ = self._words.gettext
                raise InputError(_("Ligne {number} : {problem}").format(number=number, problem=error)) from error
            kept.append(self._add(session, Event(day=day, hour=hour, codes=lists, note=note, back_dated=day < today)))
        return kept

    def amend(self, inquiry_id: str, note: Note) -> None:
        """Replace what an inquiry says; the day and hour stay, and so does what it said before, in the events."""
        note = without_doubles(note)
        self._check(note, self.note(inquiry_id))
        self._change([inquiry_id], "amend", note)

    def void(self, inquiry_id: str) -> None:
        """Take an inquiry out of the counts. It can be given back by amending it; voiding it again does nothing."""
        self._change([inquiry_id], "void", None)

    def void_all(self, inquiry_ids: Iterable[str]) -> None:
        """Take several inquiries out of the counts, all together or none."""
        self._change(inquiry_ids, "void", None)

    def history(self, inquiry_id: str) -> list[Step]:
        """Everything that was done to an inquiry, the first note first."""
        with self._database.read() as session:
            self._found(session, inquiry_id)
            events = session.execute(
                select(InquiryEvent.action, InquiryEvent.content)
                .where(InquiryEvent.inquiry_id == inquiry_id)
                .order_by(InquiryEvent.counter, InquiryEvent.seq)
            ).all()
        steps: list[Step] = []
        for action, content in events:
            back = action == "amend" and steps[-1].action == "void"
            note = msgspec.json.decode(content, type=Event).note
            steps.append(Step("restore" if back else action, note))
        return steps

    def note(self, inquiry_id: str) -> Note:
        """An inquiry as it stands."""
        with self._database.read() as session:
            return of_row(self._found(session, inquiry_id))

    def journal(self, day: date | None = None) -> list[JournalRow]:
        """The inquiries of a day in the order they were noted, voided ones included."""
        of_the_day = (Inquiry.day == (day or self.today()), Inquiry.counter == self._counter)
        with self._database.read() as session:
            inquiries = {inquiry.id: inquiry for inquiry in session.scalars(select(Inquiry).where(*of_the_day))}
            events = session.execute(
                select(InquiryEvent.inquiry_id, InquiryEvent.action)
                .join(Inquiry, InquiryEvent.inquiry_id == Inquiry.id)
                .where(*of_the_day)
                .order_by(InquiryEvent.seq)
            )
            done: dict[str, list[str]] = {}
            for inquiry_id, action in events:
                done.setdefault(inquiry_id, []).append(action)
            return [_row(inquiries[each], number, actions) for number, (each, actions) in enumerate(done.items(), 1)]

    def count(self, day: date | None = None) -> DayCount:
        """Inquiries and people of a day."""
        with self._database.read() as session:
            inquiries, people = session.execute(
                select(func.count(), func.coalesce(func.sum(Inquiry.people), 0)).where(
                    Inquiry.day == (day or self.today()), ~Inquiry.voided, Inquiry.counter == self._counter
                )
            ).one()
        return DayCount(inquiries, people)

    def broken_links(self) -> list[int]:
        """Sequence numbers where the hash chain or the numbering is broken; empty when every event is as written."""
        with self._database.read() as session:
            return proof.broken_links(session, self._counter)

    def altered(self) -> list[str]:
        """Ids of the inquiries that don't say what their events say; empty when the log adds up to the present."""
        with self._database.read() as session:
            return proof.altered(session)

    def _add(self, session: Session, event: Event) -> str:
        inquiry_id = str(uuid4())
        self._append(session, inquiry_id, "add", event)
        session.execute(insert(Inquiry), columns(inquiry_id, self._counter, event))
        return inquiry_id

    def _change(self, inquiry_ids: Iterable[str], action: str, note: Note | None) -> None:
        with self._database.write() as session:
            for inquiry_id in inquiry_ids:
                present = self._found(session, inquiry_id)
                if action == "void" and present.voided:
                    continue
                refusals.refuse_old(present.day, self.today(), self.back_dating, self._words)
                event = Event(
                    day=present.day,
                    hour=present.hour,
                    codes=codes.version() if note else present.codes,
                    note=note or of_row(present),
                    back_dated=present.back_dated,
                )
                self._append(session, inquiry_id, action, event)
                present_columns = columns(inquiry_id, present.counter, event, voided=action == "void")
                session.execute(update(Inquiry).where(Inquiry.id == inquiry_id).values(**present_columns))

    def _refuse_wrong_clock(self, session: Session, today: date) -> None:
        """An inquiry of a later day than today, still counted, says that the clock is wrong, or was."""
        latest = session.scalar(
            select(Inquiry.day)
            .where(Inquiry.day > today, Inquiry.counter == self._counter, ~Inquiry.voided)
            .order_by(Inquiry.day.desc())
            .limit(1)
        )
        if latest is not None:
            raise InputError(refusals.wrong_clock(today, latest, self._words))

    def _unlisted(self, said: set[tuple[str, str]]) -> set[tuple[str, str]]:
        """What no list has. The lists are read again before a code is refused: they may have grown."""
        if not said <= self._known:
            self._known = self._known_codes()
        return said - self._known

    def _known_codes(self) -> set[tuple[str, str]]:
        """The (list, code) pairs a new note may say: the code lists, and the vocabularies of the directory."""
        lists: tuple[codes.CodeList, ...] = ("mode", "channel", "effort", "outcome", "reason", "first_contact")
        known: set[tuple[str, str]] = {(name, row.code) for name in lists for row in codes.codes(name, "fr")}
        vocabularies = ("audience", "theme", "language", "sector", "commune")
        with self._database.read() as session:
            terms = session.execute(select(Term.list, Term.code).where(Term.list.in_(vocabularies)))
            for name, code in terms:
                known.add(("origin" if name in ("sector", "commune") else name, code))
        return known

    def _append(self, session: Session, inquiry_id: str, action: str, event: Event) -> None:
        last = session.execute(
            select(InquiryEvent.seq, InquiryEvent.hash)
            .where(InquiryEvent.counter == self._counter)
            .order_by(InquiryEvent.seq.desc())
            .limit(1)
        ).one_or_none()
        seq, previous = (last[0] + 1, last[1]) if last else (1, "")
        content = msgspec.json.encode(event)
        event_id = str(uuid4())
        session.execute(
            insert(InquiryEvent),
            {
                "counter": self._counter,
                "seq": seq,
                "id": event_id,
                "inquiry_id": inquiry_id,
                "action": action,
                "content": content,
                "previous": previous,
                "hash": chain_hash(content, previous, f"{seq}", event_id, inquiry_id, action),
            },
        )

    def _found(self, session: Session, inquiry_id: str) -> Inquiry:
        found = session.get(Inquiry, inquiry_id)
        if found is None:
            _ = self._words.gettext
            raise InputError(_("Cette demande n’est pas dans le journal. Rien n’a été modifié."))
        return found

    def _check(self, note: Note, before: Note) -> None:
        """Raise `InputError` where a note contradicts itself, or says what no list has and `before` did not say."""
        refusals.refuse_contradictions(note, self._words)
        unknown = self._unlisted(codes_said(note) - codes_said(before))
        if unknown:
            _ = self._words.gettext
            raise InputError(
                _(
                    "«{code}» n’est dans aucune liste : une demande ne contient pas de texte libre. Rien n’a été noté."
                ).format(code=sorted(unknown)[0][1])
            )


def _row(inquiry: Inquiry, number: int, actions: list[str]) -> JournalRow:
    restored = actions[-2:] == ["void", "amend"]
    amended = actions[-1] == "amend" and not restored
    return JournalRow(
        inquiry.id, number, inquiry.hour, inquiry.voided, amended, restored, of_row(inquiry), inquiry.back_dated
    )
