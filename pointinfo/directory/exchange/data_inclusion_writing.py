"""Entries as data·inclusion v1 JSON: associations and places as structures, services and activities as services.

The schema has no status, so only active entries are written. What else it has no place for stays behind: other names,
sessions, languages spoken, accessibility in words, the stop, ages, documents to bring as codes, who verified it, links
but «offered by», texts in other languages, and topics and audiences that data·inclusion's lists don't know.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, BinaryIO, Final

import msgspec

from pointinfo.database.schema import Wording
from pointinfo.directory import hours
from pointinfo.directory.exchange import cleaning
from pointinfo.directory.exchange.outgoing import Outgoing, dialled
from pointinfo.directory.exchange.reading import back
from pointinfo.directory.fields import public
from pointinfo.directory.record import EntryRecord
from pointinfo.errors import InputError

SOURCE: Final = "pointinfo"
STAND_IN: Final = f"{SOURCE}--"
"""The structure of services that nobody is known to offer: every service must name one."""
NAMED: Final = f"{SOURCE}-named--"
"""Begins the id of a structure that is there only because services name it; what follows is the uid they mean."""
STRUCTURES: Final = frozenset({"association", "place"})
LONGEST_URL: Final = 2083
UNDATED: Final = "1970-01-01"
"""The day that the schema wants of an entry nobody has dated: old, so that nobody takes it for fresh."""


def write_data_inclusion(stream: BinaryIO, records: Iterable[EntryRecord], outgoing: Outgoing) -> int:
    """One object with the lists `structures` and `services`; returns how many elements."""
    count = 0
    written: set[str] = set()
    for name, opening in (("structures", b'{"structures": ['), ("services", b'],\n"services": [')):
        stream.write(opening)
        for number, element in enumerate(_elements(records, name == "structures", outgoing, written)):
            stream.write((b",\n" if number else b"\n") + msgspec.json.encode(element))
            count += 1
    stream.write(b"]}\n")
    return count


def _elements(
    records: Iterable[EntryRecord], structures: bool, outgoing: Outgoing, written: set[str]
) -> Iterator[dict[str, Any]]:
    """The structures, whose uids are added to `written`, or after them the services."""
    named: dict[str, None] = {}
    for record in map(public, records):
        if record.status != "active":
            continue
        if (record.kind in STRUCTURES) == structures:
            if structures:
                written.add(record.uid)
            yield _structure(record, outgoing) if structures else _service(record, outgoing, written)
        elif structures:
            named[_offered_by(record)] = None
    _ = outgoing.words.gettext
    for uid in named:
        if uid not in written:
            identifier = _reference(uid, written)
            name = outgoing.names.get(uid) or _("Organisme non précisé")
            yield {"source": SOURCE, "id": identifier, "nom": _name(name), "date_maj": outgoing.today.isoformat()}


def element(record: EntryRecord, outgoing: Outgoing) -> dict[str, Any]:
    """What the format says of one entry, whoever offers it taken as one that is in no file."""
    record = public(record)
    return _structure(record, outgoing) if record.kind in STRUCTURES else _service(record, outgoing, ())


def _structure(record: EntryRecord, outgoing: Outgoing) -> dict[str, Any]:
    text = _description(record)
    described = text[:10_000] if len(text) >= 5 else None
    return _common(record, outgoing) | {"description": described, "site_web": _web(record)}


def _service(record: EntryRecord, outgoing: Outgoing, written: Collection[str]) -> dict[str, Any]:
    wording = _wording(record)
    publics = [*_back(record, "audience"), *_back(record, "eligibility")]
    fees = _back(record, "fee")
    labels = [outgoing.label("fee", code) for code in record.terms.get("fee", ()) if code not in {"gratuit", "payant"}]
    conditions = [wording.eligibility, wording.documents]
    return _common(record, outgoing) | {
        "structure_id": _reference(_offered_by(record), written),
        "description": _long_enough(_description(record) or record.name),
        "type": "atelier" if record.kind == "activity" else None,
        "thematiques": _back(record, "topic") or None,
        "publics": (["tous-publics"] if "tous-publics" in publics else list(dict.fromkeys(publics))) or None,
        "frais": fees[0] if len(fees) == 1 else None,
        "frais_precisions": wording.fee or ", ".join(labels) or None,
        "conditions_acces": "\n".join(filter(None, conditions)) or None,
        "modes_accueil": _back(record, "attendance") or None,
        "mobilisation_precisions": wording.how_to_apply or None,
        "lien_mobilisation": _web(record),
    }


def _common(record: EntryRecord, outgoing: Outgoing) -> dict[str, Any]:
    is_french = len(record.postcode) == 5 and record.postcode.isdigit()
    abroad = f"CH-{record.postcode}" if len(record.postcode) == 4 and record.postcode.isdigit() else None
    phone = next((each.value for each in record.contacts if each.kind == "phone"), "")
    mails = (cleaning.email(each.value) for each in record.contacts if each.kind == "email")
    source = cleaning.web(record.source)
    return {
        "source": SOURCE,
        "id": _id(record.uid),
        "nom": _name(record.name),
        "date_maj": _day(record),
        "adresse": record.street or None,
        "complement_adresse": abroad,
        "code_postal": record.postcode if is_french else None,
        "commune": record.city or None,
        "longitude": record.longitude,
        "latitude": record.latitude,
        "telephone": dialled(phone) or phone or None,
        "courriel": next(filter(None, mails), None),
        "horaires_accueil": _hours(record.hours),
        "lien_source": source if 0 < len(source) <= LONGEST_URL else None,
    }


def _id(uid: str) -> str:
    return f"{STAND_IN}{uid}"


def _reference(uid: str, written: Collection[str]) -> str:
    """The id of the structure that offers a service."""
    return _id(uid) if uid in written or not uid else f"{NAMED}{uid}"


def _offered_by(record: EntryRecord) -> str:
    return next((link.uid for link in record.links if link.kind == "offered_by"), "")


def _name(name: str) -> str:
    """3 to 150 characters that don't end in a point."""
    short = name[:150].rstrip(". ") if not name.endswith("etc.") else name[:150]
    return short if len(short) >= 3 else f"{short} –"[:3].ljust(3, "–")


def _description(record: EntryRecord) -> str:
    wording = _wording(record)
    if wording.description.startswith(wording.summary.rstrip("… ")):
        return wording.description or wording.summary
    return "\n\n".join(filter(None, (wording.summary, wording.description)))


def _long_enough(text: str) -> str:
    """5 to 10,000 characters."""
    return text[:10_000].ljust(5, "…")


def _wording(record: EntryRecord) -> Wording:
    return record.wordings.get("fr") or next(iter(record.wordings.values()), Wording())


def _back(record: EntryRecord, vocabulary: str) -> list[str]:
    return back("data_inclusion", record.terms, vocabulary)


def _web(record: EntryRecord) -> str | None:
    pages = (cleaning.web(each.value) for each in record.contacts if each.kind == "web")
    return next((page for page in pages if 0 < len(page) <= LONGEST_URL), None)


def _day(record: EntryRecord) -> str:
    """When somebody last knew: verified, else the source's date as its first day, else `UNDATED`."""
    known = record.verified_on or (f"{record.as_of}-01-01"[:10] if len(record.as_of) in {4, 7, 10} else "")
    return cleaning.day(known) or UNDATED


def _hours(expression: str) -> str | None:
    try:
        hours.check(expression)
    except InputError:
        return None
    return expression or None
