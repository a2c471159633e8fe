"""An entry as one self-contained record: the form of revisions, of exchange and of what an editor saves."""

from typing import Any, Final, NamedTuple

import msgspec

from pointinfo.database.schema import Attached, Contact, Name, Origin, Schedule, Wording


class Link(msgspec.Struct, frozen=True, gc=False):
    """A tie to another entry by its uid. `kind`: offered_by, takes_place_at, part_of, see_first, former_name_of."""

    kind: str
    uid: str


class EntryRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Everything known of one entry. `terms` maps a vocabulary to codes, in order. Ages in decimal years.

    `as_of` is the date of the source, as precise as it is known: "2013", "2013-09" or "2013-09-14". `status_reason`
    says why it is closed or not to be referred to; `replaced_by` is the uid of the entry to go to instead. An
    `important` entry is checked twice as often.
    """

    uid: str
    kind: str
    name: str
    status: str = "active"
    names: tuple[Name, ...] = ()
    wordings: dict[str, Wording] = msgspec.field(default_factory=dict)
    street: str = ""
    postcode: str = ""
    city: str = ""
    stop: str = ""
    longitude: float | None = None
    latitude: float | None = None
    contacts: tuple[Contact, ...] = ()
    hours: str = ""
    schedules: tuple[Schedule, ...] = ()
    age_from: float | None = None
    age_to: float | None = None
    source: str = ""
    confidence: str = ""
    as_of: str = ""
    verified_on: str | None = None
    verified_by: str = ""
    verified_how: str = ""
    next_check: str | None = None
    important: bool = False
    status_reason: str = ""
    replaced_by: str = ""
    attachments: tuple[Attached, ...] = ()
    origins: tuple[Origin, ...] = ()
    demonstration: bool = False
    terms: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    links: tuple[Link, ...] = ()
    internal_street: str = ""
    internal_contacts: tuple[Contact, ...] = ()
    internal_note: str = ""


def flat(record: EntryRecord) -> dict[str, Any]:
    """The fields as they are compared, merged and mapped, one value a key; what says nothing is left out.

    A text is «wordings/fr/summary», a vocabulary «terms/audience»; everything else has its field's name.
    """
    found: dict[str, Any] = {}
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if name == "wordings":
            for language, wording in value.items():
                for part in wording.__struct_fields__:
                    found[f"wordings/{language}/{part}"] = getattr(wording, part)
        elif name == "terms":
            found |= {f"terms/{vocabulary}": codes for vocabulary, codes in value.items()}
        else:
            found[name] = value
    return {key: value for key, value in found.items() if value or (value == 0 and value is not False)}


def whole(fields: dict[str, Any]) -> EntryRecord:
    """The record that `flat` was made from."""
    plain: dict[str, Any] = {"wordings": {}, "terms": {}}
    texts: dict[str, dict[str, str]] = {}
    for key, value in fields.items():
        if key.startswith("wordings/"):
            _prefix, language, part = key.split("/")
            texts.setdefault(language, {})[part] = value
        elif key.startswith("terms/"):
            plain["terms"][key.removeprefix("terms/")] = value
        else:
            plain[key] = value
    plain["wordings"] = {language: Wording(**parts) for language, parts in texts.items()}
    return EntryRecord(**plain)


class FieldChange(NamedTuple):
    """One field that differs, by its key in `flat`; None: said nothing."""

    field: str
    before: Any
    after: Any


def changes(before: EntryRecord, after: EntryRecord) -> list[FieldChange]:
    """What differs, in the order of the fields."""
    old, new = flat(before), flat(after)
    return [
        FieldChange(key, old.get(key), new.get(key))
        for key in sorted(old.keys() | new.keys(), key=_position)
        if old.get(key) != new.get(key)
    ]


class Merged(NamedTuple):
    """Two changes of one entry as one record. In `conflicts` both changed a field: `record` has «ours» there."""

    record: EntryRecord
    conflicts: tuple[FieldChange, ...]
    """`before` is what theirs says, `after` what ours says."""


def merge(base: EntryRecord, theirs: EntryRecord, ours: EntryRecord) -> Merged:
    """Three-way merge by field: what only one side changed is taken; what both changed otherwise is a conflict.

    A number that one side changed and an address that the other did are two changes, though they stand in one field.
    """
    old, their, our = flat(base), flat(theirs), flat(ours)
    merged, conflicts = merge_fields(old, their, our)
    settled = {
        each.field: both
        for each in conflicts
        if each.field in ("contacts", "internal_contacts")
        and (both := _both_contacts(*(side.get(each.field) or () for side in (old, their, our)))) is not None
    }
    return Merged(whole(merged | settled), tuple(each for each in conflicts if each.field not in settled))


def merge_fields(
    base: dict[str, Any], theirs: dict[str, Any], ours: dict[str, Any]
) -> tuple[dict[str, Any], tuple[FieldChange, ...]]:
    """The same of records taken apart, however finely: the fields merged, and where both changed one otherwise."""
    merged: dict[str, Any] = {}
    conflicts = []
    for key in sorted(base.keys() | theirs.keys() | ours.keys(), key=_position):
        was, their, our = base.get(key), theirs.get(key), ours.get(key)
        if our != their and was not in (our, their):
            conflicts.append(FieldChange(key, their, our))
        value = their if our == was else our
        if value is not None:
            merged[key] = value
    return merged, tuple(conflicts)


def _both_contacts(
    base: tuple[Contact, ...], theirs: tuple[Contact, ...], ours: tuple[Contact, ...]
) -> tuple[Contact, ...] | None:
    """The contacts with what both sides did, kind by kind; None where both changed one kind."""
    found: list[Contact] = []
    for kind in dict.fromkeys(contact.kind for contact in (*ours, *theirs, *base)):
        was, their, our = ([each for each in side if each.kind == kind] for side in (base, theirs, ours))
        if our != their and was not in (our, their):
            return None
        found += their if our == was else our
    return tuple(found)


_order: Final = {name: position for position, name in enumerate(EntryRecord.__struct_fields__)}
_parts: Final = {name: position for position, name in enumerate(Wording.__struct_fields__)}


def _position(key: str) -> tuple[int, str, int, str]:
    first, *rest = key.split("/")
    if first == "wordings":
        return (_order[first], rest[0], _parts[rest[1]], "")
    # What is taken apart more finely may have keys that are no fields of a record: they come last.
    return (_order.get(first, len(_order)), "", 0, "/".join(rest))
