"""What leaves in a standard is valid there, holds nothing internal, and comes back as the facts it can carry.

Back from data·inclusion come: name, street, postcode, city, coordinates, first telephone, mail and web address, hours,
source, the French texts (summary and description in one), audiences, topics, fee and attendance as far as its lists
know them, and who offers a service. Its docstring lists what it can't carry. HSDS carries everything public.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from pointinfo.clock import ZONE
from pointinfo.database.schema import Attached, Contact, Name, Origin, Schedule, Wording
from pointinfo.directory import sample, sessions
from pointinfo.directory.exchange import data_inclusion, hsds
from pointinfo.directory.exchange.calendars import write_icalendar
from pointinfo.directory.exchange.data_inclusion_writing import write_data_inclusion
from pointinfo.directory.exchange.hsds_writing import write_hsds_json, write_hsds_package
from pointinfo.directory.exchange.outgoing import Outgoing
from pointinfo.directory.exchange.vcards import escaped, folded, write_vcard
from pointinfo.directory.fields import INTERNAL
from pointinfo.directory.hours import Calendar
from pointinfo.directory.record import EntryRecord, Link, changes
from pointinfo.directory.text import phone_digits
from pointinfo.directory.vocabulary import Resolver
from pointinfo.i18n import words
from tests.measure_exchange import SHARED, needs_shared, shipped_resolver

FRENCH = words("fr")
TODAY = date(2026, 11, 24)
CALENDAR = Calendar(school_holidays=((date(2026, 12, 24), date(2027, 1, 8)), (date(2027, 6, 28), date(2027, 8, 20))))
STANDARDS = SHARED / "standards"

Writer = Callable[[BinaryIO, Any, Outgoing], int]
WRITERS: Final[dict[str, Writer]] = {
    "hsds json": write_hsds_json,
    "hsds package": write_hsds_package,
    "data·inclusion": write_data_inclusion,
    "vcard": write_vcard,
    "icalendar": write_icalendar,
}
FULL = EntryRecord(
    uid="cours-de-dessin",
    kind="activity",
    name="Cours de dessin, «au vert» ; entrée libre",
    status="active",
    names=(Name("Dessin"), Name("CDD", "acronym"), Name("Atelier", "former", "fr")),
    wordings={
        "fr": Wording(
            summary="Dessiner ensemble.",
            description="Tout le matériel est là.",
            eligibility="Habiter le quartier",
            how_to_apply="Téléphoner\nou passer",
            documents="Attestation",
            fee="10 francs",
            directions="Au fond de la cour",
            alert="Complet",
        ),
        "en": Wording(summary="Drawing together."),
    },
    street="Rue Hoffmann 8",
    postcode="1202",
    city="Genève",
    stop="Servette",
    longitude=6.13,
    latitude=46.21,
    contacts=(
        Contact("phone", "022 418 97 90", "secrétariat", "Mo 09:00-12:00"),
        Contact("phone", "117"),
        Contact("email", "a@ville-ge.ch"),
        Contact("email", "b@ville-ge.ch", "inscriptions"),
        Contact("web", "https://www.geneve.ch"),
        Contact("web", "https://example.org", "plan"),
    ),
    hours='Mo-Fr 08:30-12:00; We 14:00-18:00 "sur rendez-vous"; PH off',
    schedules=(
        Schedule("18:00", "20:00", "adultes", weekdays=(1, 3), first="2026-09-01", last="2027-06-24", price="10"),
        Schedule("14:00", "16:00", dates=("2026-12-05", "2027-01-16"), places_left=3, age_from=6.5),
    ),
    age_from=6.5,
    age_to=99.0,
    source="https://www.geneve.ch/dessin",
    confidence="page",
    as_of="2026-09",
    verified_on="2026-10-01",
    verified_by="Point info",
    verified_how="phone",
    next_check="2027-10-01",
    important=True,
    status_reason="essai",
    replaced_by="autre",
    attachments=(Attached("ab" * 32, "Dépliant", "application/pdf", 1234),),
    origins=(Origin("tableau", "7", {"remarque": "ancienne"}),),
    demonstration=True,
    terms={
        "audience": ("aines", "jeunesse"),
        "topic": ("cours", "loisirs"),
        "theme": ("loisirs",),
        "fee": ("payant",),
        "language": ("fr", "bcs"),
        "accessibility": ("ascenseur",),
        "attendance": ("sur-place",),
        "document": ("photo",),
        "eligibility": ("quartier",),
        "area": ("ville",),
        "commune": ("c6621",),
    },
    links=(
        Link("offered_by", "asso"),
        Link("offered_by", "autre-asso"),
        Link("takes_place_at", "maison"),
        Link("see_first", "guichet"),
    ),
    internal_street="SECRET rue cachée 1",
    internal_contacts=(Contact("phone", "079 000 00 00", "SECRET ligne"),),
    internal_note="SECRET note",
)
ASSOCIATION = EntryRecord(
    uid="asso",
    kind="association",
    name="Association",
    street="Rue 1",
    internal_street="SECRET 2",
    internal_note="SECRET",
)
PLACE = EntryRecord(
    uid="maison",
    kind="place",
    name="Maison",
    city="Genève",
    hours="Mo 08:00-24:00",
    longitude=6.1,
    latitude=46.2,
    contacts=(Contact("email", "m@ville-ge.ch"),),
    internal_street="SECRET 3",
)
FULL_SET = (FULL, ASSOCIATION, PLACE)


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return shipped_resolver()


@pytest.fixture(scope="module")
def directory(resolver: Resolver) -> list[EntryRecord]:
    """The demonstration directory."""
    return list(sample.read(sample.demonstration_file(), resolver, FRENCH, demonstration=True))


def outgoing(records: Any = (), calendar: Calendar = CALENDAR) -> Outgoing:
    names = {record.uid: record.name for record in records}
    labels = {("topic", "cours"): "Cours", ("fee", "payant"): "Payant", ("document", "photo"): "Photo d’identité"}
    return Outgoing(FRENCH, TODAY, labels, names, calendar)


def written(writer: Writer, records: Any, calendar: Calendar = CALENDAR) -> bytes:
    stream = io.BytesIO()
    writer(stream, records, outgoing(records, calendar))
    return stream.getvalue()


def public(record: EntryRecord) -> EntryRecord:
    return msgspec.structs.replace(record, internal_street="", internal_contacts=(), internal_note="")


def said(data: bytes) -> str:
    """All the text of an export, a zip's members unpacked, folded lines joined."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(archive.read(name).decode() for name in archive.namelist())
    return re.sub(r"\r\n[ \t]", "", data.decode())


# Nothing internal


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("field", sorted(INTERNAL))
def test_no_internal_field_gets_out_in_any_standard(name: str, field: str) -> None:
    values: dict[str, Any] = {
        "internal_street": "CANARI-rue",
        "internal_note": "CANARI-note",
        "internal_contacts": tuple(Contact(kind, f"CANARI-{kind}", "CANARI") for kind in ("phone", "email", "web")),
    }
    for record in FULL_SET:
        hurt = msgspec.structs.replace(record, **{field: values[field]})
        text = said(written(WRITERS[name], [hurt]))
        assert "CANARI" not in text
        assert "SECRET" not in text
        assert field not in text
        assert text == said(written(WRITERS[name], [public(record)]))


def test_the_canaries_would_be_seen_if_they_were_public() -> None:
    public_canary = msgspec.structs.replace(FULL, street="CANARI")
    for name, writer in WRITERS.items():
        assert "CANARI" in said(written(writer, [public_canary])), name


# There and back


@pytest.mark.parametrize("suffix", ["json", "zip"])
def test_hsds_brings_every_public_fact_of_the_directory_back(
    suffix: str, directory: list[EntryRecord], resolver: Resolver, tmp_path: Path
) -> None:
    records = [*directory, *FULL_SET]
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(written(write_hsds_json if suffix == "json" else write_hsds_package, records))
    assert (hsds.looks_like_json if suffix == "json" else hsds.looks_like_package)(path)
    reader = (hsds.open_hsds_json if suffix == "json" else hsds.open_hsds_package)(path, resolver, FRENCH)
    found = {incoming.record.uid: incoming for incoming in reader}
    assert len(directory) == 191
    for record in records:
        assert changes(public(record), found[record.uid].record) == []
        assert found[record.uid].covers is None
    strangers = [incoming.record.name for uid, incoming in found.items() if uid not in {r.uid for r in records}]
    assert strangers == []


def test_writing_hsds_twice_gives_the_same_file(directory: list[EntryRecord]) -> None:
    assert written(write_hsds_json, directory) == written(write_hsds_json, directory)


@needs_shared
@pytest.mark.parametrize("source", ["", "Ville"])
@pytest.mark.parametrize("suffix", ["json", "zip"])
def test_what_hsds_says_and_we_have_no_field_for_is_written_back(
    suffix: str, source: str, resolver: Resolver, tmp_path: Path
) -> None:
    example = STANDARDS / "hsds_3.0_service_full.json"
    records = [incoming.record for incoming in hsds.open_hsds_json(example, resolver, FRENCH, source)]
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(written(write_hsds_json if suffix == "json" else write_hsds_package, records))
    opens = hsds.open_hsds_json if suffix == "json" else hsds.open_hsds_package
    again = [incoming.record for incoming in opens(path, resolver, FRENCH)]
    before, after = ({record.uid: record for record in some} for some in (records, again))
    for uid, record in before.items():
        kept = {name: value for name, value in record.origins[0].extra.items() if not value.startswith(("[", "{"))}
        assert kept.items() <= after[uid].origins[0].extra.items()
        assert [change.field for change in changes(record, after[uid]) if change.field != "origins"] == []
    original = json.loads(example.read_text("utf-8"))
    text = said(path.read_bytes())
    for wanted in ("accreditations", "licenses", "wait_time"):
        assert original[wanted] in text
    for wanted in (original["funding"][0]["source"], original["program"]["description"][:60], "GB-COH", "MyState"):
        assert wanted in text
    assert original["attributes"][0]["taxonomy_term"]["id"] in text


def test_data_inclusion_brings_back_the_facts_it_can_carry(
    directory: list[EntryRecord], resolver: Resolver, tmp_path: Path
) -> None:
    path = tmp_path / "di.json"
    path.write_bytes(written(write_data_inclusion, directory))
    assert data_inclusion.looks_like(path)
    found = {each.record.uid: each.record for each in data_inclusion.open_data_inclusion(path, resolver, FRENCH)}
    assert found.keys() == {record.uid for record in directory}
    for record in directory:
        back = found[record.uid]
        for field in ("street", "postcode", "city", "hours", "longitude", "latitude", "source", "links"):
            assert getattr(back, field) == getattr(record, field), (record.uid, field)
        assert back.name == record.name.rstrip(". ")
        assert back.wordings["fr"].summary.startswith(record.wordings["fr"].summary[:200])
        phones = [phone_digits(contact.value) for contact in record.contacts if contact.kind == "phone"]
        assert [phone_digits(contact.value) for contact in back.contacts if contact.kind == "phone"] == phones[:1]
        if record.kind in {"service", "activity"}:
            assert set(back.terms.get("audience", ())) <= set(record.terms.get("audience", ()))


# Valid


def compiled(table: str, depth: int = 0) -> dict[str, Any]:
    """The JSON Schema of an HSDS object, put together from the official schema.csv."""
    types = {"string": "string", "number": "number", "array": "array"}
    properties: dict[str, Any] = {}
    required = []
    with (STANDARDS / "hsds_3.0_schema.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["table_name"] != table:
                continue
            name, other = row["name"], (row["one_to_many"] or row["one_to_one"]).removesuffix(".json")
            if row["constraints_required"] == "true":
                required.append(name)
            if other and depth < 4:
                inside = compiled(other, depth + 1)
                properties[name] = {"type": "array", "items": inside} if row["one_to_many"] else inside
            elif row["type"] in types and not other:
                properties[name] = {"type": types[row["type"]]}
                if row["format"] in {"email", "uri"}:
                    properties[name]["format"] = row["format"]
                if row["enum"] and name != "wkst":
                    properties[name]["enum"] = row["enum"].split(",")
    if (
        table == "taxonomy_term" and "taxonomy" in properties
    ):  # as the datapackage and the examples have it; this line of the schema.csv is older
        properties |= {"taxonomy": {"type": "string"}, "taxonomy_detail": properties["taxonomy"]}
    return {"type": "object", "properties": properties, "required": required}


@needs_shared
def test_every_hsds_object_is_valid_by_the_official_schema(directory: list[EntryRecord]) -> None:
    data = json.loads(written(write_hsds_json, [*directory, *FULL_SET]))
    for name, table in (("organizations", "organization"), ("services", "service"), ("locations", "location")):
        validator = Draft202012Validator(compiled(table), format_checker=FormatChecker())
        assert data[name]
        for element in data[name]:
            errors = [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(element)]
            assert errors == []


@needs_shared
def test_the_schema_finds_what_is_wrong_with_an_object() -> None:
    validator = Draft202012Validator(compiled("service"), format_checker=FormatChecker())
    wrong = {"id": "1", "name": 3, "status": "sleeping", "phones": [{"id": "p"}]}
    assert len(list(validator.iter_errors(wrong))) == 3


@needs_shared
def test_the_hsds_tables_are_valid_by_the_official_data_package(directory: list[EntryRecord]) -> None:
    """Columns, required and unique cells, types, formats, lists and references of every table."""
    data = written(write_hsds_package, [*directory, *FULL_SET])
    package = json.loads((STANDARDS / "hsds_3.0_datapackage.json").read_text("utf-8"))
    resources = {resource["path"]: resource for resource in package["resources"]}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".csv")]
        own = json.loads(archive.read("datapackage.json"))
        tables = {name: list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline=""))) for name in names}
    assert [resource["path"] for resource in own["resources"]] == names
    ids = {resources[name]["name"]: {row["id"] for row in rows} for name, rows in tables.items()}
    for name, rows in tables.items():
        assert rows
        schema = resources[name]["schema"]
        assert list(rows[0]) == [field["name"] for field in schema["fields"]]
        for field in schema["fields"]:
            cells = [row[field["name"]] for row in rows]
            assert list(wrong_cells(field, cells)) == [], (name, field["name"])
        for key in schema.get("foreignKeys", ()):
            wanted = {row[key["fields"]] for row in rows} - {""}
            assert wanted <= ids.get(key["reference"]["resource"], set()), (name, key)


def wrong_cells(field: dict[str, Any], cells: list[str]) -> Iterator[str]:
    """Cells that a field of a Table Schema forbids."""
    constraints, filled = field["constraints"], [cell for cell in cells if cell]
    if constraints["required"] and len(filled) != len(cells):
        yield "required"
    if constraints["unique"] and len(set(filled)) != len(filled):
        yield "unique"
    patterns = {
        "number": r"-?\d+(\.\d+)?",
        "date": r"\d{4}-\d\d-\d\d",
        "time": r"\d\d:\d\d(:\d\d)?",
        "uuid": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        "uri": r"https?://\S+",
        "email": r"[^@\s]+@[^@\s]+",
    }
    for pattern in (patterns.get(field["type"]), patterns.get(field.get("format") or "")):
        yield from (cell for cell in filled if pattern and not re.fullmatch(pattern, cell))
    yield from (cell for cell in filled if "enum" in constraints and cell not in constraints["enum"])


@needs_shared
def test_every_structure_and_service_is_valid_by_data_inclusions_schema(directory: list[EntryRecord]) -> None:
    records = [*directory, *FULL_SET, msgspec.structs.replace(FULL, uid="x", name="A.", wordings={}, links=())]
    data = json.loads(written(write_data_inclusion, records))
    for name, kind in (("structures", "structure"), ("services", "service")):
        schema = json.loads((STANDARDS / f"data-inclusion_v1_{kind}.json").read_text("utf-8"))
        validator = Draft202012Validator(schema, format_checker=FormatChecker())
        assert data[name]
        for element in data[name]:
            assert [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(element)] == []
    structures = {element["id"] for element in data["structures"]}
    assert {element["structure_id"] for element in data["services"]} <= structures
    full = next(element for element in data["services"] if element["id"] == "pointinfo--cours-de-dessin")
    assert full["telephone"] == "+41224189790"
    assert full["publics"] == ["seniors", "jeunes"]
    assert full["complement_adresse"] == "CH-1202"
    assert full["date_maj"] == "2026-10-01"


# vCard


def test_a_card_can_be_dialled_found_and_read() -> None:
    text = said(written(write_vcard, [FULL]))
    lines = text.split("\r\n")
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:4.0"]
    assert "FN:Cours de dessin\\, «au vert» \\; entrée libre" in lines
    assert "item1.TEL;TYPE=voice;VALUE=uri:tel:+41224189790" in lines
    assert "item1.X-ABLABEL:secrétariat" in lines
    assert "TEL;TYPE=voice:117" in lines
    assert "ADR;TYPE=work:;;Rue Hoffmann 8;Genève;;1202;" in lines
    assert "GEO:geo:46.210000,6.130000" in lines
    assert "CATEGORIES:Cours,loisirs" in lines
    assert "URL:https://www.geneve.ch" in lines
    assert lines[-2:] == ["END:VCARD", ""]


@pytest.mark.parametrize("status", ["closed", "do_not_refer"])
@pytest.mark.parametrize("name", ["data·inclusion", "vcard", "icalendar"])
def test_a_standard_without_a_status_has_only_what_one_may_refer_to(name: str, status: str) -> None:
    assert FULL.name[:5] not in said(written(WRITERS[name], [msgspec.structs.replace(FULL, status=status)]))
    assert FULL.name[:5] in said(written(WRITERS[name], [FULL]))


def test_an_entry_nobody_can_reach_or_that_is_closed_has_no_card() -> None:
    closed = msgspec.structs.replace(FULL, status="closed")
    assert written(write_vcard, [closed, EntryRecord(uid="a", kind="service", name="A")]) == b""


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_survives_escaping_and_folding(text: str) -> None:
    line = f"NOTE:{escaped(text)}"
    pieces = folded(line)
    assert pieces.endswith(b"\r\n")
    for piece in pieces.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(piece) <= 75
        piece.decode()
    joined = pieces.decode().removesuffix("\r\n").replace("\r\n ", "")
    assert joined == line
    undone = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], joined.removeprefix("NOTE:"))
    kept = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    assert undone == kept


# iCalendar


def meetings(schedule: Schedule, until: date) -> list[datetime]:
    """When a schedule meets, day by day, by the words of `Schedule` alone."""
    first = date.fromisoformat(schedule.first) if schedule.first else date(TODAY.year, 1, 1)
    if schedule.school and not schedule.first:
        first = TODAY
    last = min(until, date.fromisoformat(schedule.last)) if schedule.last else until
    if schedule.school:
        last = min(last, CALENDAR.school_holidays[-1][1])
    days = {date.fromisoformat(day) for day in schedule.dates}
    week_one = first - timedelta(days=first.weekday())
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        month = (day.replace(day=1) + timedelta(days=n) for n in range(31))
        alike = [each for each in month if (each.month, each.weekday()) == (day.month, day.weekday())]
        nth = alike[schedule.nth - 1 if schedule.nth > 0 else schedule.nth] if abs(schedule.nth) <= len(alike) else None
        fits = nth == day if schedule.nth else ((day - week_one).days // 7) % schedule.every == 0
        off = any(begins <= day <= ends for begins, ends in CALENDAR.school_holidays)
        school = not schedule.school or off == (schedule.school == "holidays")
        if day.weekday() in schedule.weekdays and fits and school:
            days.add(day)
    days -= {date.fromisoformat(day) for day in schedule.cancelled}
    return [datetime.combine(day, time.fromisoformat(schedule.starts), ZONE) for day in sorted(days)]


def in_local_time(found: re.Match[str]) -> str:
    """UNTIL as dateutil wants it for a start without a zone."""
    moment = datetime.strptime(f"{found[1]}+0000", "%Y%m%dT%H%M%S%z").astimezone(ZONE)
    return f"UNTIL={moment:%Y%m%dT%H%M%S}"


def expanded(schedule: Schedule, until: date, calendar: Calendar = CALENDAR) -> list[datetime]:
    """When the exported event meets, by dateutil."""
    from icalendar import Calendar as Diary

    activity = msgspec.structs.replace(FULL, schedules=(schedule,))
    diary = Diary.from_ical(written(write_icalendar, [activity], calendar))
    found: list[datetime] = []
    events: list[Any] = diary.walk("VEVENT")
    for event in events:
        start = event["dtstart"].dt
        found.append(start)
        if "rrule" in event:
            rule = re.sub(r"UNTIL=(\w+)Z", in_local_time, event["rrule"].to_ical().decode())
            first, limit = start.replace(tzinfo=None), datetime.combine(until, time.max)
            days = rrulestr(rule, dtstart=first).between(first, limit, inc=True)
            found = [day.replace(tzinfo=ZONE) for day in days]
        for name, add in (("rdate", True), ("exdate", False)):
            entries = event.get(name, [])
            for dates in entries if isinstance(entries, list) else [entries]:
                for each in dates.dts:
                    found = [*found, each.dt] if add else [day for day in found if day != each.dt]
    return sorted(found)


SCHEDULES = (
    Schedule("18:00", "20:00", weekdays=(1, 3), first="2026-09-01", last="2027-06-24"),
    Schedule(
        "18:00", "20:00", weekdays=(4,), every=2, first="2026-09-02", last="2027-06-24", cancelled=("2026-12-04",)
    ),
    Schedule("22:00", "02:00", weekdays=(5,), nth=-1, first="2026-09-01"),
    Schedule("09:00", weekdays=(5, 6), nth=2, first="2026-09-01", cancelled=("2026-10-10",)),
    Schedule("14:00", "16:00", dates=("2027-01-16", "2026-12-05", "2026-12-19"), cancelled=("2026-12-19",)),
    Schedule("14:00", "16:00", weekdays=(2,), school="terms", first="2026-09-01", last="2027-02-28"),
    Schedule("14:00", "16:00", weekdays=(0, 1, 2, 3, 4), school="holidays", first="2026-09-01"),
    Schedule("10:00", "11:00", weekdays=(0,)),
)


@pytest.mark.parametrize("schedule", SCHEDULES, ids=str)
def test_an_exported_activity_meets_when_the_entry_says(schedule: Schedule) -> None:
    until = date(2027, 9, 30)
    assert meetings(schedule, until)
    assert expanded(schedule, until) == meetings(schedule, until)


UNHURRIED = settings(deadline=None, max_examples=60)
DAYS = st.dates(date(2026, 1, 1), date(2027, 6, 30)).map(date.isoformat)


REPEATING = st.builds(
    Schedule,
    starts=st.sampled_from(["08:30", "18:00", "23:00"]),
    ends=st.sampled_from(["", "09:30", "20:00", "01:00"]),
    weekdays=st.sets(st.integers(0, 6), min_size=1).map(sorted).map(tuple),
    every=st.integers(1, 4),
    nth=st.sampled_from([0, 0, 1, 2, 4, -1]),
    school=st.sampled_from(["", "", "terms", "holidays"]),
    first=DAYS,
    last=st.one_of(st.just(""), DAYS),
    cancelled=st.lists(DAYS, max_size=3).map(tuple),
)


@UNHURRIED
@given(REPEATING)
def test_any_repeating_activity_meets_when_the_entry_says(schedule: Schedule) -> None:
    until = date(2027, 12, 31)
    assert [day for day in expanded(schedule, until) if day.date() <= until] == meetings(schedule, until)


def test_a_course_in_school_terms_has_the_same_dates_on_its_card_and_in_the_calendar() -> None:
    known = Calendar(school_holidays=((date(2026, 12, 24), date(2027, 1, 8)), (date(2027, 2, 15), date(2027, 2, 19))))
    course = Schedule("14:00", "16:00", weekdays=(2,), school="terms", first="2026-11-11", last="2027-06-30")
    on_the_card = sessions.meetings([course], date(2026, 1, 1), date(2027, 12, 31), known)
    assert [each.begins for each in on_the_card] == expanded(course, date(2027, 12, 31), known)
    assert (len(on_the_card), on_the_card[-1].day) == (12, date(2027, 2, 10))


@UNHURRIED
@given(
    REPEATING,
    st.lists(st.tuples(st.dates(date(2026, 6, 1), date(2027, 8, 1)), st.integers(0, 60)), max_size=3),
    st.sampled_from([(), (-1,), (9,)]),
)
def test_the_calendar_and_the_card_never_disagree(
    schedule: Schedule, holidays: list[tuple[date, int]], more: tuple[int, ...]
) -> None:
    calendar = Calendar(school_holidays=tuple((day, day + timedelta(days=long)) for day, long in holidays))
    schedule = msgspec.structs.replace(schedule, weekdays=(*schedule.weekdays, *more))
    until = date(2027, 12, 31)
    on_the_card = sessions.meetings([schedule], date(2026, 1, 1), until, calendar)
    found = expanded(schedule, until, calendar)
    assert [day for day in found if day.date() <= until] == [each.begins for each in on_the_card]


def test_an_event_keeps_its_id_when_its_hours_and_price_change() -> None:
    changed = msgspec.structs.replace(FULL.schedules[0], starts="19:00", price="12", last="2027-05-01")
    later = msgspec.structs.replace(FULL, schedules=(changed, FULL.schedules[1]))
    uids = [re.findall(r"\r\nUID:(\S+)", said(written(write_icalendar, [each]))) for each in (FULL, later)]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == 2


def test_the_calendar_brings_its_time_zone_and_leaves_out_what_is_not_to_be_referred_to() -> None:
    resting = msgspec.structs.replace(FULL, uid="b", status="do_not_refer")
    text = said(written(write_icalendar, [FULL, resting]))
    assert "BEGIN:VTIMEZONE" in text
    assert "TZID:Europe/Zurich" in text
    assert "DTSTART;TZID=Europe/Zurich:20260901T180000" in text
    assert text.count("BEGIN:VEVENT") == 2


@pytest.mark.parametrize(
    "schedule",
    [
        Schedule("25:00", weekdays=(1,)),
        Schedule("14:00", "le soir", weekdays=(1,)),
        Schedule("14:00", weekdays=(1,), first="bientôt"),
        Schedule("14:00", weekdays=(9,)),
        Schedule("14:00", weekdays=(1,), nth=7),
        Schedule("14:00", weekdays=(1,), every=2),  # counted from which week?
        Schedule("14:00", weekdays=(1,), first="2027-01-01", last="2026-01-01"),
        Schedule("14:00"),
    ],
    ids=str,
)
def test_sessions_that_make_no_sense_are_left_out(schedule: Schedule) -> None:
    assert "VEVENT" not in said(written(write_icalendar, [msgspec.structs.replace(FULL, schedules=(schedule,))]))


def test_sessions_of_school_terms_nobody_knows_are_left_out() -> None:
    stream = io.BytesIO()
    entry = msgspec.structs.replace(FULL, schedules=(Schedule("14:00", weekdays=(2,), school="terms"),))
    assert write_icalendar(stream, [entry], Outgoing(FRENCH, TODAY, {})) == 0


def test_a_calendar_says_how_many_activities_wait_for_the_school_holidays() -> None:
    weekly = Schedule("14:00", weekdays=(2,))
    terms, over = (msgspec.structs.replace(weekly, school="terms", last=last) for last in ("", "2026-06-20"))
    kinds = {"a": (terms, terms), "b": (weekly, terms), "c": (weekly,), "d": (over,)}
    entries = [msgspec.structs.replace(FULL, uid=uid, schedules=schedules) for uid, schedules in kinds.items()]
    heard: list[str] = []
    write_icalendar(io.BytesIO(), entries, Outgoing(FRENCH, TODAY, {}, tell=heard.append))
    assert [sentence.split(" :")[0] for sentence in heard] == ["2 activités manquent au calendrier"]
    heard.clear()
    write_icalendar(io.BytesIO(), entries, Outgoing(FRENCH, TODAY, {}, {}, CALENDAR, heard.append))
    assert heard == []
