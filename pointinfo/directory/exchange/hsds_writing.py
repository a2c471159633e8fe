"""Entries as HSDS 3.0: one JSON file, or a tabular data package of CSV tables in a zip.

What HSDS can say stands in its own columns, in words or codes anyone can use. What it can't (our lists, exact hours,
sessions, further languages) stands in attributes: each entry is read back at once, and the fields in which it came
back otherwise are the ones that are written so.
"""

import csv
import json
import shutil
import tempfile
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec

from pointinfo.database.schema import Wording
from pointinfo.directory.exchange import cleaning
from pointinfo.directory.exchange.foreign import Tally
from pointinfo.directory.exchange.hsds_own import FIELD, OWN, attribute, differing, hsds_id, named_id
from pointinfo.directory.exchange.hsds_reading import FORMAT, LOST, NOTHING, STAND_IN, HsdsReading
from pointinfo.directory.exchange.hsds_tables import TABLES, flat_rows, parent_column
from pointinfo.directory.exchange.hsds_times import rows_of_hours, rows_of_sessions
from pointinfo.directory.exchange.outgoing import Outgoing
from pointinfo.directory.fields import public
from pointinfo.directory.record import EntryRecord

KINDS: Final = {"association": "organization", "place": "location"}
STATUSES: Final = {"active": "active", "do_not_refer": "inactive", "closed": "defunct"}


def write_hsds_json(stream: BinaryIO, records: Iterable[EntryRecord], outgoing: Outgoing) -> int:
    """One object with the lists `organizations`, `locations` and `services`, each element whole as the API gives it.

    Returns how many elements.
    """
    count = 0
    written: dict[str, set[str]] = {}
    stream.write(b'{"version": "3.0"')
    for name, table in (("organizations", "organization"), ("locations", "location"), ("services", "service")):
        stream.write(f',\n"{name}": ['.encode())
        for number, nested in enumerate(_objects(records, table, outgoing, written)):
            stream.write((b",\n" if number else b"\n") + msgspec.json.encode(nested))
            count += 1
        stream.write(b"]")
    stream.write(b"}\n")
    return count


def write_hsds_package(stream: BinaryIO, records: Iterable[EntryRecord], outgoing: Outgoing) -> int:
    """A zip of the filled tables and their `datapackage.json`; returns how many services, organizations and places."""
    with tempfile.TemporaryDirectory() as folder:
        count, written = _write_tables(records, Path(folder), outgoing)
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("datapackage.json", json.dumps(_description(written), ensure_ascii=False, indent=1))
            for table in written:
                name = f"{TABLES[table].file}.csv"
                with archive.open(name, "w") as member, (Path(folder) / name).open("rb") as source:
                    shutil.copyfileobj(source, member)
    return count


def _write_tables(records: Iterable[EntryRecord], folder: Path, outgoing: Outgoing) -> tuple[int, list[str]]:
    """How many objects, and the tables that have rows. What several share (a term, a place) is written once."""
    seen: set[str] = set()
    writers: dict[str, Any] = {}
    count = 0
    objects: dict[str, set[str]] = {}
    with ExitStack() as files:
        for table in ("organization", "location", "service"):
            for nested in _objects(records, table, outgoing, objects):
                count += 1
                for name, row in flat_rows(table, nested):
                    if (key := f"{name}/{row['id']}") in seen:
                        continue
                    seen.add(key)
                    if name not in writers:
                        file = (folder / f"{TABLES[name].file}.csv").open("w", encoding="utf-8", newline="")
                        writers[name] = csv.DictWriter(files.enter_context(file), TABLES[name].columns)
                        writers[name].writeheader()
                    writers[name].writerow(row)
    return count, [name for name in TABLES if name in writers]


def _description(tables: Collection[str]) -> dict[str, Any]:
    """The `datapackage.json` of these tables: their columns, and which of them name rows of others."""
    references = {"taxonomy_term_id": "taxonomy_term", "taxonomy_id": "taxonomy"}
    resources = []
    for name in tables:
        shape = TABLES[name]
        named = {column: references.get(column, column.removesuffix("_id")) for column in shape.columns[1:]}
        keys = [
            {"fields": column, "reference": {"resource": other, "fields": "id"}}
            for column, other in named.items()
            if column.endswith("_id") and other in tables and (other in references.values() or other in TABLES)
        ]
        resources.append(
            {
                "name": name,
                "path": f"{shape.file}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "primaryKey": "id",
                    "fields": [
                        {"name": column, "type": "number" if column in shape.numbers else "string"}
                        for column in shape.columns
                    ],
                    **({"foreignKeys": keys} if keys else {}),
                },
            }
        )
    return {
        "name": "human_services_data",
        "title": "Human Services Data Specification",
        "profile": "tabular-data-package",
        "version": "3.0.0",
        "homepage": "http://docs.openreferral.org",
        "resources": resources,
    }


def _objects(
    records: Iterable[EntryRecord], table: str, outgoing: Outgoing, written: dict[str, set[str]]
) -> Iterator[dict[str, Any]]:
    """The objects of one table; the uids of its entries are added to `written`, services come last.

    What others only name comes too, with an id that is no entry's: it may be in another table, or in none.
    """
    here = written.setdefault(table, set())
    named: dict[str, None] = {}
    for full in records:
        record = msgspec.structs.replace(public(full), origins=full.origins)
        if KINDS.get(record.kind, "service") == table:
            here.add(record.uid)
            yield _whole_object(record, table, outgoing, written)
        elif table == "organization" and record.kind not in KINDS:
            named[_target(record, "offered_by")] = None
        if table == "location":
            named |= dict.fromkeys(_targets(record, "takes_place_at"))
    for uid in named:
        if uid not in here:
            name = _named(uid, table, outgoing)
            minimal = {"id": _reference(uid, here), "name": name}
            yield minimal | ({"location_type": "physical"} if table == "location" else {"description": name})


def _reference(uid: str, written: Collection[str]) -> str:
    """The id by which an object names an organization or place: the entry's where the file has it, else another."""
    return hsds_id(uid) if uid in written else named_id(uid) if uid else STAND_IN


def _named(uid: str, table: str, outgoing: Outgoing) -> str:
    _ = outgoing.words.gettext
    unknown = _("Lieu non précisé") if table == "location" and uid else _("Organisme non précisé")
    return outgoing.names.get(uid) or unknown


def _whole_object(
    record: EntryRecord, table: str, outgoing: Outgoing, written: Mapping[str, Collection[str]]
) -> dict[str, Any]:
    nested = _plain(record, table, outgoing, written)
    nested["attributes"] = [
        attribute(nested["id"], f"{OWN}{vocabulary}", code, outgoing.label(vocabulary, code))
        for vocabulary, codes in record.terms.items()
        for code in codes
        if vocabulary != "language"
    ]
    nested["attributes"].append(attribute(nested["id"], FIELD, "uid", "uid", json.dumps(record.uid)))
    for origin in record.origins:
        if origin.source.startswith(FORMAT) or origin.id.lower() == record.uid:  # whatever the person called it
            _restore(nested, table, origin.extra)
    for key, value in differing(record, _read_back(nested, table, outgoing)).items():
        if key != "uid":
            nested["attributes"].append(attribute(nested["id"], FIELD, key, key, value))
    return nested


def _read_back(nested: Mapping[str, Any], table: str, outgoing: Outgoing) -> EntryRecord:
    """What a reader will make of an object, as far as it is now."""
    reading = HsdsReading(Tally(outgoing.words), None, "")
    return [incoming.record for incoming in reading.incoming(table, 1, nested)][-1]


def _plain(
    record: EntryRecord, table: str, outgoing: Outgoing, written: Mapping[str, Collection[str]]
) -> dict[str, Any]:
    """An entry in HSDS's own words."""
    identifier = hsds_id(record.uid)
    wording = record.wordings.get("fr") or next(iter(record.wordings.values()), Wording())
    nested: dict[str, Any] = {"id": identifier, "name": record.name or record.uid}
    if record.names:
        nested["alternate_name"] = record.names[0].text
    text = "\n\n".join(filter(None, (wording.summary, wording.description)))
    if wording.description.startswith(wording.summary.rstrip("… ")):
        text = wording.description or wording.summary
    nested["description"] = text or (record.name if table == "organization" else "")
    nested["phones"] = [
        {"id": _child(identifier, "phone", n), "number": each.value, "type": "voice", "description": each.label}
        for n, each in enumerate(record.contacts)
        if each.kind == "phone"
    ]
    mails = [each for each in record.contacts if each.kind == "email" and cleaning.email(each.value)]
    nested["contacts"] = [
        {"id": _child(identifier, "contact", n), "name": each.label, "email": each.value}
        for n, each in enumerate(mails[1:] if table != "location" else mails)
    ]
    page = next((each.value for each in record.contacts if each.kind == "web"), "")
    nested["website" if table == "organization" else "url"] = page
    if table != "location" and mails:
        nested["email"] = mails[0].value
    if table == "service":
        return _filled(nested | _service(record, wording, outgoing, written))
    more = {"location": _location, "organization": _organization}[table]
    return _filled(nested | more(record, wording, outgoing))


def _organization(record: EntryRecord, wording: Wording, outgoing: Outgoing) -> dict[str, Any]:
    """Only its own address: a place of HSDS can belong to one organization, ours may house many."""
    here = _here(record, wording, outgoing)
    return {"locations": [here] if here else []}


def _location(record: EntryRecord, wording: Wording, outgoing: Outgoing) -> dict[str, Any]:
    identifier = hsds_id(record.uid)
    times = (*rows_of_hours(record.hours, outgoing.words), *rows_of_sessions(record.schedules))
    return {
        "location_type": "physical",
        **_position(record, wording, outgoing, identifier),
        "schedules": [{"id": _child(identifier, "schedule", n), **row} for n, row in enumerate(times)],
        "languages": _languages(record, outgoing),
    }


def _service(
    record: EntryRecord, wording: Wording, outgoing: Outgoing, written: Mapping[str, Collection[str]]
) -> dict[str, Any]:
    identifier = hsds_id(record.uid)
    offered = _target(record, "offered_by")
    organization = _reference(offered, written.get("organization", ()))
    here = _here(record, wording, outgoing)
    located = written.get("location", ())
    places = [
        {"id": _reference(uid, located), "location_type": "physical", "name": _named(uid, "location", outgoing)}
        for uid in _targets(record, "takes_place_at")
    ]
    times = (*rows_of_hours(record.hours, outgoing.words), *rows_of_sessions(record.schedules))
    listed = [outgoing.label("document", code) for code in record.terms.get("document", ())]
    documents = wording.documents.splitlines() or listed
    fees = wording.fee or ", ".join(outgoing.label("fee", code) for code in record.terms.get("fee", ()))
    areas = [outgoing.label("area", code) for code in record.terms.get("area", ())]
    name = _named(offered, "organization", outgoing)
    return {
        "organization_id": organization,
        "organization": {"id": organization, "name": name, "description": name},
        "status": STATUSES.get(record.status, "active"),
        "application_process": wording.how_to_apply,
        "fees_description": fees,
        "eligibility_description": wording.eligibility,
        "alert": wording.alert,
        "minimum_age": record.age_from,
        "maximum_age": record.age_to,
        "assured_date": record.verified_on,
        "assurer_email": cleaning.email(record.verified_by),
        "languages": _languages(record, outgoing),
        "schedules": [{"id": _child(identifier, "schedule", n), **row} for n, row in enumerate(times)],
        "required_documents": [
            {"id": _child(identifier, "document", n), "document": line} for n, line in enumerate(documents) if line
        ],
        "service_areas": [{"id": _child(identifier, "area", n), "name": area} for n, area in enumerate(areas)],
        "service_at_locations": [
            {"id": _child(identifier, "at", n), "service_id": identifier, "location_id": place["id"], "location": place}
            for n, place in enumerate([*([here] if here else []), *places])
        ],
    }


def _here(record: EntryRecord, wording: Wording, outgoing: Outgoing) -> dict[str, Any]:
    """The entry's own address as a place without a name, {} when it has none."""
    identifier = _child(hsds_id(record.uid), "location", 0)
    position = _position(record, wording, outgoing, identifier)
    return {"id": identifier, "location_type": "physical", **position} if position else {}


def _position(record: EntryRecord, wording: Wording, outgoing: Outgoing, identifier: str) -> dict[str, Any]:
    access = [outgoing.label("accessibility", code) for code in record.terms.get("accessibility", ())]
    lines = [*access, *wording.directions.splitlines()]
    address = {
        "id": _child(identifier, "address", 0),
        "address_1": record.street or NOTHING,
        "city": record.city or NOTHING,
        "state_province": "GE" if record.postcode.startswith("12") or "commune" in record.terms else NOTHING,
        "postal_code": record.postcode or NOTHING,
        "country": "CH",
        "address_type": "physical",
    }
    position = {
        "transportation": record.stop,
        "longitude": record.longitude,
        "latitude": record.latitude,
        "addresses": [address] if record.street or record.postcode or record.city else [],
        "accessibility": [
            {"id": _child(identifier, "access", n), "description": line} for n, line in enumerate(lines) if line
        ],
    }
    return _filled(position)


def _languages(record: EntryRecord, outgoing: Outgoing) -> list[dict[str, Any]]:
    return [
        {"id": _child(hsds_id(record.uid), "language", n), "name": outgoing.label("language", code), "code": code}
        for n, code in enumerate(record.terms.get("language", ()))
    ]


def _restore(nested: dict[str, Any], table: str, extra: Mapping[str, str]) -> None:
    """Put back what the object said when it came, and we have no field for."""
    for name, value in extra.items():
        first, _slash, column = name.partition("/")
        if first == "address" and column:
            for address in _addresses(nested):
                address[column] = value
        elif name in LOST or name == "attributes":
            _restore_list(nested, table, name, value)
        elif name in TABLES[table].columns and name not in nested:
            found = cleaning.number(value) if name in TABLES[table].numbers else value
            if found is not None:
                nested[name] = int(found) if isinstance(found, float) and found == int(found) else found


def _restore_list(nested: dict[str, Any], table: str, name: str, value: str) -> None:
    try:
        found = msgspec.json.decode(value)
    except (ValueError, RecursionError):
        return
    own_column = parent_column(table, {"attributes": "attribute", "metadata": "metadata"}.get(name, ""))
    if isinstance(found, dict) and name == "program" and found.get("id"):
        nested[name] = found
    elif isinstance(found, list):
        whole = [each for each in found if isinstance(each, dict) and each.get("id")]
        nested[name] = [*nested.get(name, ()), *({k: v for k, v in each.items() if k != own_column} for each in whole)]


def _addresses(nested: Mapping[str, Any]) -> list[dict[str, Any]]:
    at = [each["location"] for each in nested.get("service_at_locations", ())]
    places = [*at, *nested.get("locations", ()), nested]
    return [address for place in places for address in place.get("addresses", ())][:1]


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what says nothing, down through the lists."""
    found = {}
    for name, value in values.items():
        kept = [_filled(each) for each in value if each] if isinstance(value, list) else value
        if kept not in (None, "", [], {}):
            found[name] = kept
    return found


def _target(record: EntryRecord, kind: str) -> str:
    return next(iter(_targets(record, kind)), "")


def _targets(record: EntryRecord, kind: str) -> list[str]:
    return [link.uid for link in record.links if link.kind == kind]


def _child(parent: str, kind: str, number: int) -> str:
    return hsds_id(f"{parent}/{kind}/{number}")
