"""Ways to reach entries as vCard 4.0 (RFC 6350), for an address book or a telephone."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from pointinfo.database.schema import Wording
from pointinfo.directory.exchange.outgoing import Outgoing, dialled
from pointinfo.directory.fields import public
from pointinfo.directory.record import EntryRecord

LINE: Final = 75
"""Octets of a line without its end, RFC 6350 section 3.2."""


def write_vcard(stream: BinaryIO, records: Iterable[EntryRecord], outgoing: Outgoing) -> int:
    """A card for each entry to which one may refer and that can be reached or visited; returns how many."""
    count = 0
    for record in map(public, records):
        if record.status != "active" or not (record.contacts or record.street):
            continue
        for line in card_lines(record, outgoing):
            stream.write(folded(line))
        count += 1
    return count


def card_lines(record: EntryRecord, outgoing: Outgoing) -> Iterator[str]:
    """The lines of an entry's card, not folded yet."""
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield "PRODID:-//PointInfo//FR"
    yield f"UID:{escaped(record.uid)}"
    yield "KIND:org"
    yield f"FN:{escaped(record.name or record.uid)}"
    yield f"ORG:{escaped(record.name)}"
    others = [name.text for name in record.names]
    if others:
        yield f"NICKNAME:{','.join(map(escaped, others))}"
    yield from _reach(record)
    if record.street or record.postcode or record.city:
        parts = ("", "", record.street, record.city, "", record.postcode, "")
        yield f"ADR;TYPE=work:{';'.join(map(escaped, parts))}"
    if record.latitude is not None and record.longitude is not None:
        yield f"GEO:geo:{record.latitude:.6f},{record.longitude:.6f}"
    for position, code in enumerate(record.terms.get("language", ()), 1):
        if re.fullmatch(r"[a-z]{2,3}", code):
            yield f"LANG;PREF={min(position, 100)}:{code}"
    topics = [outgoing.label("topic", code) for code in record.terms.get("topic", ())]
    if topics:
        yield f"CATEGORIES:{','.join(map(escaped, topics))}"
    wording = record.wordings.get("fr") or next(iter(record.wordings.values()), Wording())
    if wording.summary:
        yield f"NOTE:{escaped(wording.summary)}"
    if record.source.startswith(("http://", "https://")):
        yield f"SOURCE:{_uri(record.source)}"
    yield "END:VCARD"


def _reach(record: EntryRecord) -> Iterator[str]:
    """Contacts; one with a label is a group of its own, as address books show labels."""
    for number, contact in enumerate(record.contacts, 1):
        group = f"item{number}." if contact.label else ""
        if contact.kind == "phone":
            uri = dialled(contact.value)
            value = f";VALUE=uri:tel:{uri}" if uri else f":{escaped(contact.value)}"
            yield f"{group}TEL;TYPE=voice{value}"
        elif contact.kind == "email":
            yield f"{group}EMAIL:{escaped(contact.value)}"
        else:
            yield f"{group}URL:{_uri(contact.value)}"
        if contact.label:
            yield f"{group}X-ABLABEL:{escaped(contact.label)}"


def escaped(text: str) -> str:
    """A text value: no control characters, and what has a meaning of its own escaped (section 3.4)."""
    plain = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    return plain.replace("\\", "\\\\").replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")


def _uri(address: str) -> str:
    """An address without anything that would end its line."""
    return re.sub(r"[\x00-\x20\x7f\ud800-\udfff]", "", address)


def folded(line: str) -> bytes:
    """The line cut into pieces of at most 75 octets, never within a letter."""
    pieces, room = [bytearray()], LINE
    for letter in line:
        octets = letter.encode()
        if len(pieces[-1]) + len(octets) > room:
            pieces.append(bytearray())
            room = LINE - 1  # the space that begins it counts
        pieces[-1] += octets
    return b"\r\n ".join(pieces) + b"\r\n"
