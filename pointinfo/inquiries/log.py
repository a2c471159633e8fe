"""The log of inquiries: append-only events, hash-chained, one *demande* a row; on disk before a call returns.

Nothing here can hold who asked, who noted it or at which minute: the hour slot is all the time that is kept.
"""

from datetime import date
from hashlib import sha256
from typing import NamedTuple
from uuid import uuid4

import msgspec
from sqlalchemy import LargeBinary, cast, func, insert, select, update
from sqlalchemy.orm import Session

from pointinfo.clock import ZONE, Clock, local_day
from pointinfo.database import Database
from pointinfo.database.schema import Inquiry, InquiryEvent, Term
from pointinfo.errors import InputError
from pointinfo.i18n import Words
from pointinfo.inquiries import codes


class Referral(msgspec.Struct, frozen=True, omit_defaults=True):
    """An entry the visitor was sent to: the revision that was read, and the copies printed (0: told, not printed)."""

    entry: str
    revision: str = ""
    language: str = "fr"
    copies: int = 0


class Note(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a clerk notes of one *demande*. Everything is optional: "" and () mean *not said*."""

    mode: str = "live"
    channel: str = ""
    people: int = 1
    audiences: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    effort: str = ""
    outcome: str = ""
    reason: str = ""
    referrals: tuple[Referral, ...] = ()
    language: str = ""
    origin: str = ""
    first_contact: str = ""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What the hash chain runs over: a note as it stood, with the service day and hour it counts for."""

    day: date
    hour: int | None
    codes: int
    note: Note


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

    def today(self) -> date:
        """The counter's local day."""
        return local_day(self._clock())

    def add(self, note: Note) -> str:
        """Keep one inquiry; returns its id. Raises `InputError` when the note contradicts itself."""
        self._check(note, Note())
        now = self._clock().astimezone(ZONE)
        inquiry_id = str(uuid4())
        event = Event(day=now.date(), hour=now.hour, codes=codes.version(), note=note)
        with self._database.write() as session:
            self._append(session, inquiry_id, "add", event)
            session.execute(insert(Inquiry), _present(inquiry_id, self._counter, event))
        return inquiry_id

    def amend(self, inquiry_id: str, note: Note) -> None:
        """Replace what an inquiry says; the day and hour stay, and so does what it said before, in the events."""
        self._check(note, self.note(inquiry_id))
        self._change(inquiry_id, "amend", note)

    def void(self, inquiry_id: str) -> None:
        """Take an inquiry out of the counts. It can be given back by amending it; voiding it again does nothing."""
        self._change(inquiry_id, "void", None)

    def note(self, inquiry_id: str) -> Note:
        """An inquiry as it stands."""
        with self._database.read() as session:
            return _note(self._found(session, inquiry_id))

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
        broken = []
        with self._database.read() as session:
            previous, expected = "", 1
            written = cast(InquiryEvent.content, LargeBinary).label("written")  # a stranger may have left text there
            events = (
                select(InquiryEvent, written).where(InquiryEvent.counter == self._counter).order_by(InquiryEvent.seq)
            )
            for event, content in session.execute(events.execution_options(yield_per=1000)):
                identified = (f"{event.seq}", event.id, event.inquiry_id, event.action)
                if (
                    event.seq != expected
                    or event.previous != previous
                    or event.hash != _hash(content, previous, *identified)
                ):
                    broken.append(event.seq)
                previous, expected = event.hash, event.seq + 1
        return broken

    def _change(self, inquiry_id: str, action: str, note: Note | None) -> None:
        with self._database.write() as session:
            present = self._found(session, inquiry_id)
            if action == "void" and present.voided:
                return
            event = Event(day=present.day, hour=present.hour, codes=codes.version(), note=note or _note(present))
            self._append(session, inquiry_id, action, event)
            columns = _present(inquiry_id, present.counter, event, voided=action == "void")
            session.execute(update(Inquiry).where(Inquiry.id == inquiry_id).values(**columns))

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
                "hash": _hash(content, previous, f"{seq}", event_id, inquiry_id, action),
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
        _ = self._words.gettext
        if not 1 <= note.people <= 99:
            raise InputError(_("Le nombre de personnes va de 1 à 99. Rien n’a été noté ; corrigez-le."))
        if len(note.audiences) > 2 or (codes.EVERYONE in note.audiences and len(note.audiences) > 1):
            raise InputError(
                _("Choisissez deux publics au plus ; «Toute la population» va sans autre public. Rien n’a été noté.")
            )
        if len(note.themes) > 3:
            raise InputError(_("Choisissez trois thèmes au plus. Rien n’a été noté."))
        if note.reason and note.outcome not in codes.UNMET:
            raise InputError(_("Une raison ne va qu’avec «Sans réponse» ou «Répondu en partie». Rien n’a été noté."))
        unknown = self._unlisted(_said(note) - _said(before))
        if unknown:
            raise InputError(
                _(
                    "«{code}» n’est dans aucune liste : une demande ne contient pas de texte libre. Rien n’a été noté."
                ).format(code=sorted(unknown)[0][1])
            )


def _said(note: Note) -> set[tuple[str, str]]:
    """Every (list, code) of a note; empty ones say nothing."""
    single = ("mode", "channel", "effort", "outcome", "reason", "first_contact", "language", "origin")
    said = {(name, str(getattr(note, name))) for name in single if getattr(note, name)}
    said |= {("audience", code) for code in note.audiences} | {("theme", code) for code in note.themes}
    return said


def _present(inquiry_id: str, counter: str, event: Event, *, voided: bool = False) -> dict[str, object]:
    """The columns of an inquiry as it stands after `event`."""
    fields: dict[str, object] = {name: getattr(event.note, name) for name in Note.__struct_fields__}
    fields["referrals"] = msgspec.to_builtins(event.note.referrals)
    return {
        **fields,
        "id": inquiry_id,
        "counter": counter,
        "day": event.day,
        "hour": event.hour,
        "codes": event.codes,
        "voided": voided,
    }


def _note(inquiry: Inquiry) -> Note:
    fields = {name: getattr(inquiry, name) for name in Note.__struct_fields__}
    fields["referrals"] = msgspec.convert(inquiry.referrals, tuple[Referral, ...])
    return Note(**fields)


def _row(inquiry: Inquiry, number: int, actions: list[str]) -> JournalRow:
    restored = actions[-2:] == ["void", "amend"]
    amended = actions[-1] == "amend" and not restored
    return JournalRow(inquiry.id, number, inquiry.hour, inquiry.voided, amended, restored, _note(inquiry))


def _hash(content: bytes, *head: str) -> str:
    """Chains an event to the one before: `head` is the previous hash, then what identifies this event."""
    return sha256("\n".join((*head, "")).encode() + content).hexdigest()
