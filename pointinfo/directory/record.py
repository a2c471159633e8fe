"""An entry as one self-contained record: the form of revisions, of exchange and of what an editor saves."""

import msgspec

from pointinfo.database.schema import Contact, Name, Wording


class Link(msgspec.Struct, frozen=True):
    """A tie to another entry by its uid. `kind`: offered_by, takes_place_at, part_of, see_first."""

    kind: str
    uid: str


class EntryRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything known of one entry. `terms` maps a vocabulary to codes, in order. Ages in decimal years.

    `as_of` is the date of the source, as precise as it is known: "2013", "2013-09" or "2013-09-14".
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
    age_from: float | None = None
    age_to: float | None = None
    source: str = ""
    confidence: str = ""
    as_of: str = ""
    verified_on: str | None = None
    verified_by: str = ""
    next_check: str | None = None
    demonstration: bool = False
    terms: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    links: tuple[Link, ...] = ()
    internal_street: str = ""
    internal_contacts: tuple[Contact, ...] = ()
    internal_note: str = ""
