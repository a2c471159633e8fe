"""What somebody should know before a sheet is printed: nobody is there, nobody has checked, nobody is to be sent."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final, Literal, NamedTuple

from pointinfo.clock import local_day
from pointinfo.database.schema import Entry
from pointinfo.directory import freshness, hours, opening
from pointinfo.directory.alternatives import Alternative
from pointinfo.directory.hours import Calendar
from pointinfo.directory.hours.days import day_words
from pointinfo.i18n import Words, typeset

CautionKind = Literal["refused", "closed", "closed_today", "closes_soon", "unverified"]

SOON: Final = 7
"""Days in which a closure may meet the visitor before the door."""

_YEAR: Final = timedelta(days=365)


class Caution(NamedTuple):
    """One reason to look again at an entry before it is printed. A `refused` entry is left out of the sheet."""

    uid: str
    name: str
    kind: CautionKind
    sentence: str
    alternatives: tuple[Alternative, ...] = ()


def cautions(entries: Sequence[Entry], now: datetime, words: Words, calendar: Calendar) -> list[Caution]:
    """The reasons, in the order of the entries, for a clerk; nothing internal is said. `now` is aware."""
    return [
        Caution(entry.uid, entry.name, kind, sentence)
        for entry in entries
        for kind, sentence in _reasons(entry, now, words, calendar)
    ]


def _reasons(entry: Entry, now: datetime, words: Words, calendar: Calendar) -> Iterator[tuple[CautionKind, str]]:
    _ = words.gettext
    name, today = typeset(entry.name), local_day(now)
    if entry.status == "do_not_refer":
        yield "refused", _("«{name}» porte «ne pas orienter» : cette fiche ne s’imprime pas.").format(name=name)
        return
    if entry.status == "closed":
        if entry.successor is not None:
            message = _("«{name}» n’existe plus : c’est «{other}» qui s’imprime.")
            yield "closed", message.format(name=name, other=typeset(entry.successor.name))
        else:
            yield "closed", _("«{name}» n’existe plus.").format(name=name)
        return
    closed = _closed_today(entry, now, words, calendar)
    if closed:
        yield "closed_today", closed
    closure = hours.next_closure(entry.hours, today, calendar, SOON) if entry.hours else None
    if closure and closure[0] > today:
        yield "closes_soon", _closes(name, *closure, words)
    known = freshness.known_on(entry.verified_on, entry.confidence, entry.as_of)
    if known is None:
        yield (
            "unverified",
            _("«{name}» n’a jamais été vérifié : téléphonez avant d’envoyer quelqu’un.").format(name=name),
        )
    elif today - known > _YEAR:
        message = _("«{name}» n’est plus vérifié depuis le {date}.")
        yield "unverified", message.format(name=name, date=day_words(known, words))


def _closed_today(entry: Entry, now: datetime, words: Words, calendar: Calendar) -> str:
    """The sentence when nobody will be there any more on the day of `now`, by hours or by a session."""
    _ = words.gettext
    state = opening.at(entry.hours, entry.schedules or (), now, calendar).state
    if state.always or state.kind == "unknown" or (state.kind != "closed" and not state.ahead):
        return ""
    if state.until is None:
        return _("«{name}» est fermé.").format(name=typeset(entry.name))
    if local_day(state.until) == local_day(now):
        return ""
    said = hours.in_words(state, now, words)
    return _("«{name}» n’est plus ouvert aujourd’hui : {state}.").format(name=typeset(entry.name), state=said)


def _closes(name: str, first: date, last: date, words: Words) -> str:
    _ = words.gettext
    if first == last:
        return _("«{name}» sera fermé le {date}.").format(name=name, date=day_words(first, words))
    return _("«{name}» sera fermé du {first} au {last}.").format(
        name=name, first=day_words(first, words), last=day_words(last, words)
    )
