"""A note: what a clerk says of one *demande*, and the event and the row that keep it."""

from datetime import date
from hashlib import sha256

import msgspec

from pointinfo.database.schema import Inquiry
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
    """What the hash chain runs over: a note as it stood, with the service day and hour it counts for.

    `codes` is the version of the lists it was said with; `back_dated`: noted on a later day than it counts for.
    """

    day: date
    hour: int | None
    codes: int
    note: Note
    back_dated: bool = False


def without_doubles(note: Note) -> Note:
    """The note with each audience and theme once, where it was said first."""
    once = {name: tuple(dict.fromkeys(getattr(note, name))) for name in ("audiences", "themes")}
    return msgspec.structs.replace(note, **once)


def with_present_codes(note: Note) -> Note:
    """A note that was said with other lists: every code that was replaced since is its successor."""
    names: tuple[codes.CodeList, ...] = ("mode", "channel", "effort", "outcome", "reason", "first_contact")
    return msgspec.structs.replace(note, **{name: codes.present(name, getattr(note, name)) for name in names})


def codes_said(note: Note) -> set[tuple[str, str]]:
    """Every (list, code) of a note; empty ones say nothing."""
    single = ("mode", "channel", "effort", "outcome", "reason", "first_contact", "language", "origin")
    spoken = {(name, str(getattr(note, name))) for name in single if getattr(note, name)}
    spoken |= {("audience", code) for code in note.audiences} | {("theme", code) for code in note.themes}
    return spoken


def columns(inquiry_id: str, counter: str, event: Event, *, voided: bool = False) -> dict[str, object]:
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
        "back_dated": event.back_dated,
        "voided": voided,
    }


def of_row(inquiry: Inquiry) -> Note:
    """The note that a row of the present table holds."""
    fields = {name: getattr(inquiry, name) for name in Note.__struct_fields__}
    fields["referrals"] = msgspec.convert(inquiry.referrals, tuple[Referral, ...])
    return Note(**fields)


def chain_hash(content: bytes, *head: str) -> str:
    """Chains an event to the one before: `head` is the previous hash, then what identifies this event."""
    return sha256("\n".join((*head, "")).encode() + content).hexdigest()
