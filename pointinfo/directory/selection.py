"""Which entries a leaflet, a programme or a booklet holds: a rule, not a list, so that it is never out of date."""

from datetime import date
from typing import Final, NamedTuple

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from pointinfo.database.schema import Entry, Term, entry_term
from pointinfo.directory.hours.calendar import Calendar
from pointinfo.directory.sessions import Meeting, meetings
from pointinfo.directory.text import fold

LISTS: Final = ("audience", "theme", "topic", "sector", "neighbourhood")


class Selection(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rule: entries that have one of the codes of each list named here, and are of one of the `kind`s.

    A list that names no code asks for nothing. What serves toute la population serves each audience, and is among
    them with `everyone`. Closed entries and those nobody is to be sent to are never part of it.
    """

    audience: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    neighbourhood: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    everyone: bool = False


class Programmed(NamedTuple):
    """A meeting of an activity, and whose it is."""

    meeting: Meeting
    uid: str


def selected(session: Session, rule: Selection) -> list[str]:
    """The ids of the entries a rule chooses, in the order of their names."""
    statement = select(Entry.uid, Entry.name).where(Entry.status == "active")
    if rule.kind:
        statement = statement.where(Entry.kind.in_(rule.kind))
    for name in LISTS:
        codes = getattr(rule, name)
        if codes:
            wanted = (*codes, "population") if name == "audience" and rule.everyone else codes
            having = (
                select(entry_term.c.entry_id)
                .join(Term, Term.id == entry_term.c.term_id)
                .where(Term.list == name, Term.code.in_(wanted))
            )
            statement = statement.where(Entry.id.in_(having))
    found = session.execute(statement).all()
    return [uid for uid, _name in sorted(found, key=lambda row: (fold(row.name), row.uid))]


def programme(session: Session, rule: Selection, first: date, last: date, calendar: Calendar) -> list[Programmed]:
    """What meets from `first` to `last` among the entries a rule chooses, in the order of time; the cancelled, too."""
    chosen = set(selected(session, rule))
    found = session.execute(select(Entry.uid, Entry.schedules).where(Entry.schedules != (), Entry.status == "active"))
    listed = [
        Programmed(meeting, uid)
        for uid, schedules in found
        if uid in chosen
        for meeting in meetings(schedules, first, last, calendar, cancelled=True)
    ]
    return sorted(listed, key=lambda each: (each.meeting.begins, each.uid))
