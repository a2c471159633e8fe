"""A folder or zip of Ohana API's CSV tables (Code for America), the older relative of HSDS.

https://github.com/codeforamerica/ohana-api/wiki/Populating-the-Postgres-database-from-OpenReferral-compliant-CSV-files
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from pointinfo.database.schema import Contact, Name, Origin
from pointinfo.directory.exchange import cleaning, told_hours
from pointinfo.directory.exchange.draft import Draft
from pointinfo.directory.exchange.foreign import Cells, Tally
from pointinfo.directory.exchange.incoming import Incoming, Reader, uid_of
from pointinfo.directory.exchange.package import Package, Shelf
from pointinfo.directory.exchange.reading import COVERED, Crosswalk, FileReader, finished, words_of
from pointinfo.directory.exchange.tables import Tick, silent
from pointinfo.directory.exchange.told_hours import Span
from pointinfo.directory.hours.rules import MONTHS, WEEKDAYS
from pointinfo.directory.record import Link
from pointinfo.directory.text import fold
from pointinfo.directory.vocabulary import Resolver
from pointinfo.errors import InputError
from pointinfo.i18n import FrenchWords, Words

MORE: Final = frozenset(
    ("names/alias", "age_from", "terms/language", "wordings/fr/documents", "links/offered_by", "links/takes_place_at")
)
"""What the tables have a place for beyond what all standards have."""
CHILDREN: Final = {
    "addresses": ("location_id",),
    "mail_addresses": ("location_id",),
    "contacts": ("location_id", "organization_id", "service_id"),
    "phones": ("contact_id", "location_id", "organization_id", "service_id"),
    "regular_schedules": ("location_id", "service_id"),
    "holiday_schedules": ("location_id", "service_id"),
}
"""Tables whose rows belong to a row of another, and the columns that say to which."""
STATUSES: Final = {"active": "active", "inactive": "do_not_refer", "defunct": "closed"}
EVERY_YEAR: Final = 1
"""A holiday in the year 1 is one of every year."""
CUT: Final = r"\s*,\s*(?![^()]*\))"


def looks_like(path: Path) -> bool:
    """Whether a folder or zip holds Ohana's tables: services that name their location."""
    if not path.is_dir() and path.suffix.lower() != ".zip":
        return False
    try:
        with Package(path, FrenchWords()) as package:
            columns = package.columns("services") if "services" in package.tables else ()
    except InputError:
        return False
    return {"location_id", "taxonomy_ids"} <= set(columns)


def open_ohana(path: Path, resolver: Resolver, words: Words, source: str = "", tick: Tick = silent) -> Reader:
    """The organizations, locations and services of the tables. Raises `InputError` when there are none.

    A location with one service of its own name is that service; any other location is a place of its own.
    """
    _ = words.gettext
    with Package(path, words) as package:
        tables = package.tables
    if "services" not in tables:
        raise InputError(
            _("{file} ne contient pas la table services.csv. Rien n’a été importé.").format(file=path.name)
        )
    source = source or f"ohana:{path.stem}"

    def records(tally: Tally) -> Iterator[Incoming]:
        with Package(path, words, tick, ("services", "locations")) as package, Shelf() as shelf:
            yield from _Reading(package, shelf, tally, resolver, source).incoming()

    return FileReader(source, words, records, tick)


class _Reading:
    """The tables being read: rows that belong to others are put away first."""

    def __init__(self, package: Package, shelf: Shelf, tally: Tally, resolver: Resolver, source: str) -> None:
        self._package, self._tally, self._resolver, self._source = package, tally, resolver, source
        self._shelf = shelf
        self._walk = Crosswalk("hsds", resolver)
        for table, columns in CHILDREN.items():
            for row in package.rows(table):
                for column in columns:
                    if row.cells.get(column):
                        self._shelf.put(f"{table}/{column}/{row.cells[column]}", [row.number, row.cells])
        for row in package.rows("locations"):
            self._shelf.put(f"locations/{row.cells.get('id', '')}", [row.number, row.cells])
        for row in package.rows("taxonomy"):
            self._shelf.put(f"taxonomy/{row.cells.get('taxonomy_id', '')}", row.cells.get("name", ""))
        self._services: Counter[str] = Counter()
        self._alike: set[str] = set()
        for row in package.rows("services"):
            location = row.cells.get("location_id", "")
            self._services[location] += 1
            for _number, cells in self._shelf.of(f"locations/{location}"):
                if fold(cells.get("name", "")) == fold(row.cells.get("name", "")):
                    self._alike.add(location)

    def incoming(self) -> Iterator[Incoming]:
        for row in self._package.rows("organizations"):
            yield self._organization(self._tally.cells(row.number, row.cells, "organizations."))
        for row in self._package.rows("locations"):
            if not self._is_its_service(row.cells.get("id", "")):
                yield self._location(self._tally.cells(row.number, row.cells, "locations."))
        for row in self._package.rows("services"):
            yield self._service(self._tally.cells(row.number, row.cells, "services.", {"fees"}))

    def _is_its_service(self, location: str) -> bool:
        return self._services[location] == 1 and location in self._alike

    def _organization(self, cells: Cells) -> Incoming:
        draft = self._begun(cells, "association")
        for label, name in (("Agréments", "accreditations"), ("Licences", "licenses"), ("Statut", "legal_status")):
            draft.say(label, cells.line(name))
        read = self._reach(draft, "organization_id", draft.identifier)
        return self._finished(draft, "organizations", cells, *read)

    def _location(self, cells: Cells) -> Incoming:
        draft = self._begun(cells, "place")
        read = [*self._at(draft, cells), *self._reach(draft, "location_id", draft.identifier)]
        draft.fields["hours"], times = self._hours("location_id", draft.identifier)
        if organization := cells.line("organization_id"):
            draft.links.append(Link("offered_by", self._uid("organizations", organization)))
        return self._finished(draft, "locations", cells, *read, *times)

    def _service(self, cells: Cells) -> Incoming:
        draft = self._begun(cells, "service")
        _ = cells.gettext
        status = cells.line("status").lower()
        draft.fields["status"] = STATUSES.get(status, "active")
        if status and status not in STATUSES:
            cells.refuse("status", _("Cette valeur n’est pas dans la liste du schéma."))
        for part, name in (
            ("how_to_apply", "application_process"),
            ("eligibility", "audience"),
            ("eligibility", "eligibility"),
            ("documents", "required_documents"),
            ("fee", "fees"),
            ("fee", "accepted_payments"),
        ):
            draft.note(part, cells.text(name))
        if re.match(r"(?:none|free)\b(?!.*\bexcept)", cells.line("fees"), re.IGNORECASE):
            draft.terms["fee"] = ["gratuit"]
        draft.fields |= _ages(cells.line("eligibility"))
        for label, name in (
            ("Attente", "wait_time"),
            ("Territoire", "service_areas"),
            ("Interprètes", "interpretation_services"),
        ):
            draft.say(label, cells.line(name))
        self._walk.read(cells, "keywords", draft.terms, ("topic",), CUT)
        self._walk.read(cells, "languages", draft.terms, ("language",), CUT)
        chosen = words_of(cells.raw("taxonomy_ids"), ",")
        names = [name for each in chosen for name in self._shelf.of(f"taxonomy/{each}")]
        self._walk.hear("\n".join(names), draft.terms, "\n")
        if names:
            cells.take("taxonomy_ids")
        read = self._reach(draft, "service_id", draft.identifier)
        draft.fields["hours"], times = self._hours("service_id", draft.identifier)
        location = cells.line("location_id")
        for number, values in self._shelf.of(f"locations/{location}")[:1]:
            is_own = self._is_its_service(location)
            place = self._tally.cells(number, values, "locations.") if is_own else self._uncounted(values)
            if not is_own:
                draft.links.append(Link("takes_place_at", self._uid("locations", location)))
            if organization := place.line("organization_id"):
                draft.links.append(Link("offered_by", self._uid("organizations", organization)))
            read += [place, *self._at(draft, place), *self._reach(draft, "location_id", location)]
            if is_own:
                draft.contacts += (*place.emails("email"), *place.webs("website"))
                draft.text.append(place.text("description"))
                place.take("id", "name", "short_desc")
            if not draft.fields["hours"]:
                draft.fields["hours"], others = self._hours("location_id", location)
                times += others
        return self._finished(draft, "services", cells, *read, *times)

    def _uncounted(self, values: dict[str, Any]) -> Cells:
        """A location that is an entry of its own and counted there."""
        return Tally(self._tally.words).cells(0, values, "locations.")

    def _begun(self, cells: Cells, kind: str) -> Draft:
        draft = Draft(cells.line("id"), cells.line("name"), kind)
        if other := cells.line("alternate_name"):
            draft.fields["names"] = (Name(other),)
        draft.say("", cells.text("short_desc"))
        draft.say("", cells.text("description"))
        draft.contacts += (*cells.emails("email"), *cells.webs("website"))
        return draft

    def _at(self, draft: Draft, cells: Cells) -> list[Cells]:
        """Where a location is, how one gets there and in."""
        draft.fields["stop"] = cells.line("transportation")
        draft.put(cleaning.place(cells.raw("longitude"), cells.raw("latitude")), cells, "longitude", "latitude")
        self._walk.read(cells, "accessibility", draft.terms, ("accessibility",), CUT)
        self._walk.read(cells, "languages", draft.terms, ("language",), CUT)
        if cells.line("virtual") == "true":
            draft.terms.setdefault("attendance", []).append("en-ligne")
        cells.take("virtual")
        read = []
        for address in self._children("addresses", "location_id", cells.line("id"))[:1]:
            lines = filter(None, (address.line("address_1").rstrip("."), address.line("address_2")))
            draft.fields |= {"street": ", ".join(lines), "postcode": address.line("postal_code")}
            state = address.line("state_province")
            draft.fields["city"] = ", ".join(filter(None, (address.line("city"), state)))
            address.take("id", "location_id", "country")
            read.append(address)
        for mail in self._children("mail_addresses", "location_id", cells.line("id"))[:1]:
            names = ("attention", "address_1", "address_2", "postal_code", "city", "state_province")
            draft.note("directions", f"Adresse postale : {', '.join(filter(None, map(mail.line, names)))}")
            mail.take("id", "location_id", "country")
            read.append(mail)
        return read

    def _reach(self, draft: Draft, column: str, identifier: str) -> list[Cells]:
        """Telephones, and the persons to ask for."""
        read = self._children("phones", column, identifier)
        for phone in read:
            draft.contacts += _phone(phone, "")
        for person in self._children("contacts", column, identifier):
            read.append(person)
            said = ", ".join(filter(None, map(person.line, ("name", "title", "department"))))
            mails = person.emails("email", said)
            lines = self._children("phones", "contact_id", person.line("id"))
            draft.contacts += mails
            for phone in lines:
                draft.contacts += _phone(phone, said)
            if said and not mails and not lines:
                draft.say("Contact", said)
            person.take("id", column)
            read += lines
        return read

    def _hours(self, column: str, identifier: str) -> tuple[str, list[Cells]]:
        """The week and its exceptions as OSM."""
        rows = self._children("regular_schedules", column, identifier)
        spans = [(day, span) for each in rows for day, span in _regular(each)]
        week = told_hours.osm_of(spans) if len(spans) == len(rows) else ""
        for each in rows:
            _ = each.gettext
            each.take("id", column, "weekday", "opens_at", "closes_at")
            if not week:
                each.refuse("opens_at", _("Cet horaire n’a pas pu être lu ; il est gardé comme remarque."))
        if rows and not week:
            said = "\n".join(
                f"{each.line('weekday')} {each.line('opens_at')}–{each.line('closes_at')}" for each in rows
            )
            return told_hours.as_remark(said), rows
        exceptions = self._children("holiday_schedules", column, identifier)
        rules = [rule for each in exceptions if (rule := _exception(each, column))]
        whole = "; ".join((week, *rules)) if week else ""
        return (whole if whole and told_hours.is_readable(whole) else week), [*rows, *exceptions]

    def _children(self, table: str, column: str, identifier: str) -> list[Cells]:
        found = self._shelf.of(f"{table}/{column}/{identifier}") if identifier else []
        return [self._tally.cells(number, values, f"{table}.") for number, values in found]

    def _uid(self, table: str, identifier: str) -> str:
        return uid_of(self._source, f"{table}/{identifier}")

    def _finished(self, draft: Draft, table: str, cells: Cells, *read: Cells) -> Incoming:
        draft.check_name(cells, "name")
        draft.text = [text for text in draft.text if text]
        cells.take("id", "location_id", "organization_id")
        identifier = f"{table}/{draft.identifier or f'#{cells.row}'}"
        extra = cells.rest()
        return finished(
            draft.record(uid_of(self._source, identifier), (Origin(self._source, identifier, extra),), self._resolver),
            cells,
            *read,
            covers=COVERED | MORE,
        )


def _phone(cells: Cells, person: str) -> tuple[Contact, ...]:
    kind = cells.line("number_type").lower()
    extension = cells.line("extension")
    parts = (
        kind.upper() if kind in {"tty", "sms"} else kind.capitalize() if kind not in {"", "voice"} else "",
        person or cells.line("department"),
        f"interne {extension}" if extension else "",
        cells.line("vanity_number"),
    )
    cells.take("id", "department", "country_prefix", "contact_id", "location_id", "organization_id", "service_id")
    return cells.phones("number", "US", ", ".join(filter(None, parts)))


def _regular(cells: Cells) -> list[tuple[str, Span]]:
    day = told_hours.weekday(cells.line("weekday"))
    opens, closes = told_hours.minutes(cells.line("opens_at")), told_hours.minutes(cells.line("closes_at"))
    if day is None or opens is None or closes is None:
        return []
    return [(WEEKDAYS[day], Span(opens, closes))]


def _exception(cells: Cells, column: str) -> str:
    """«Jan 01 off», «Jun 01-Sep 01 off» each year, «2015 Dec 24 10:00-16:00» once; "" when it can't be read."""
    _ = cells.gettext
    first, last = _american(cells.line("start_date")), _american(cells.line("end_date"))
    opens, closes = told_hours.minutes(cells.line("opens_at")), told_hours.minutes(cells.line("closes_at"))
    is_closed = cells.line("closed").lower() == "true"
    if first is None or last is None or (not is_closed and (opens is None or closes is None)):
        cells.refuse("start_date", _("Cette exception d’horaire n’a pas pu être lue."))
        return ""
    cells.take("id", column, "closed")
    yearly = first.year == EVERY_YEAR
    days = [f"{'' if yearly else f'{day.year} '}{MONTHS[day.month - 1]} {day.day:02}" for day in (first, last)]
    times = "off" if opens is None or closes is None else f"{told_hours.clock(opens)}-{told_hours.clock(closes)}"
    return f"{days[0] if first == last else '-'.join(days)} {'off' if is_closed else times}"


def _american(text: str) -> date | None:
    """«January 01, 0001», «12/24/2015», «12/24/15», «2015-12-24»."""
    if iso := cleaning.day(text) if "/" not in text else "":
        return date.fromisoformat(iso)
    for pattern in ("%m/%d/%Y", "%m/%d/%y"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    return None


def _ages(text: str) -> dict[str, Any]:
    """«Age 55 or over», «Age 18 and over», where nothing else is said of ages."""
    found = re.findall(r"\bage[sd]? (\d{1,3})(?: or| and)? (?:over|older|up)", text, re.IGNORECASE)
    return {"age_from": float(found[0])} if len(set(found)) == 1 else {}
