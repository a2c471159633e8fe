"""HSDS objects (organization, service, location), nested as in its JSON, made entries."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pointinfo.database.schema import Name, Origin
from pointinfo.directory.exchange import cleaning, hsds_times
from pointinfo.directory.exchange.draft import Draft
from pointinfo.directory.exchange.foreign import Cells, Tally, kept
from pointinfo.directory.exchange.hsds_own import (
    FIELD,
    OWN,
    attributes,
    is_named_id,
    is_uuid,
    objects,
    own_fields,
    taxonomy_of,
    with_own,
)
from pointinfo.directory.exchange.hsds_tables import TABLES
from pointinfo.directory.exchange.incoming import Incoming, uid_of
from pointinfo.directory.exchange.reading import COVERED, Crosswalk, finished
from pointinfo.directory.record import Link
from pointinfo.directory.vocabulary import Resolver

FORMAT: Final = "hsds"
STAND_IN: Final = "00000000-0000-4000-8000-706f696e7469"
"""The organization of services that nobody is known to offer: every HSDS service must name one."""
NOTHING: Final = "–"
"""Stands where HSDS requires a part of an address that isn't known."""
STATUSES: Final = {
    "active": "active",
    "inactive": "do_not_refer",
    "temporarily closed": "do_not_refer",
    "defunct": "closed",
}


class HsdsReading:
    """Makes entries of objects; `seen` keeps an organization or place that many services name from coming twice.

    `source` is what the person calls the source; without a name, ids that are not UUIDs are those of the file `stem`.
    """

    def __init__(self, tally: Tally, resolver: Resolver | None, stem: str, source: str = "") -> None:
        self._tally = tally
        self._resolver = resolver
        self._walk = Crosswalk("hsds", resolver) if resolver else None
        self._own = source or f"{FORMAT}:{stem}"
        self._shared = source or FORMAT
        self._seen: set[str] = set()

    def uid(self, identifier: str) -> str:
        """A UUID is everybody's; any other id is that of this file."""
        return identifier.lower() if is_uuid(identifier) else uid_of(self._own, identifier)

    def source(self, identifier: str) -> str:
        """What gave a record this id."""
        return self._shared if is_uuid(identifier) else self._own

    def incoming(self, table: str, row: int, nested: Mapping[str, Any]) -> Iterator[Incoming]:
        """The entries of one object: the organization and named places it brings with it first."""
        identifier = cleaning.line(nested.get("id"))
        if table != "service" and (identifier in self._seen or identifier == STAND_IN or is_named_id(identifier)):
            return
        self._seen.add(identifier)
        if isinstance(nested.get("organization"), dict):
            yield from self.incoming("organization", row, nested["organization"])
        for place in _locations(nested):
            if table != "location" and cleaning.line(place.get("name")):
                yield from self.incoming("location", row, place)
        yield _Object(self, self._tally, table, row, nested).incoming(self._resolver, self._walk)
        for service in objects(nested.get("services")):
            yield from self.incoming("service", row, {"organization_id": identifier, **service})


class _Object:
    """One object being read."""

    def __init__(self, reading: HsdsReading, tally: Tally, table: str, row: int, nested: Mapping[str, Any]) -> None:
        self._reading, self._tally, self._table, self._row, self._nested = reading, tally, table, row, nested
        scalars = {name: value for name, value in nested.items() if not isinstance(value, dict | list)}
        self._cells = tally.cells(row, scalars, f"{TABLES[table].file}.", {"fees", "fees_description"})
        self._read = [self._cells]
        self._own = own_fields(nested)
        self._address: dict[str, str] = {}
        self._draft = Draft(self._cells.line("id"), self._cells.line("name"))

    def incoming(self, resolver: Resolver | None, walk: Crosswalk | None) -> Incoming:
        """The entry, with the exact values of our own fields where the object carries them."""
        draft, cells = self._draft, self._cells
        {"organization": self._organization, "service": self._service, "location": self._location}[self._table]()
        self._common(resolver, walk)
        draft.check_name(cells, "name")
        source = self._reading.source(draft.identifier)
        extra = cells.rest() | self._leftover()
        cells.take("interpretation_services", "wait_time")  # said in the description, and kept for writing back
        origins = (Origin(source, draft.identifier, extra),) if extra or not self._own else ()
        uid = self._reading.uid(draft.identifier or f"#{self._row}")
        record = draft.record(uid, origins, None if self._own else resolver)
        covers = None if self._own else COVERED | MORE
        return finished(with_own(record, self._own), *self._read, covers=covers)

    def _organization(self) -> None:
        self._draft.kind = "association"
        self._draft.contacts += self._cells.webs("website")
        self._where(objects(self._nested.get("locations")))

    def _service(self) -> None:
        draft, cells = self._draft, self._cells
        status = cells.line("status").lower()
        _ = cells.gettext
        if status and status not in STATUSES:
            cells.refuse("status", _("Cette valeur n’est pas dans la liste du schéma."))
        draft.fields["status"] = STATUSES.get(status, "active")
        if status == "temporarily closed":
            draft.fields["status_reason"] = "Fermé temporairement selon la source."
        draft.fields |= {"age_from": cells.number("minimum_age"), "age_to": cells.number("maximum_age")}
        draft.fields["verified_on"] = cells.day("assured_date") or None
        draft.fields["verified_by"] = cells.line("assurer_email")
        draft.contacts += cells.webs("url")
        for part, name in (
            ("how_to_apply", "application_process"),
            ("fee", "fees_description"),
            ("eligibility", "eligibility_description"),
            ("alert", "alert"),
        ):
            draft.note(part, cells.text(name))
        for label, name in (("Interprètes", "interpretation_services"), ("Attente", "wait_time")):
            draft.say(label, cleaning.line(cells.raw(name)))
        for cost in self._children("cost_options", self._nested):
            draft.note("fee", _price(cost))
        for document in self._children("required_documents", self._nested):
            draft.note("documents", document.text("document"))
        for area in self._children("service_areas", self._nested):
            draft.say("Territoire", area.line("name"))
        offered = cells.line("organization_id") or _id(self._nested.get("organization"))
        if offered and offered != STAND_IN and not is_named_id(offered):
            draft.links.append(Link("offered_by", self._reading.uid(offered)))
        program = self._nested.get("program")
        if isinstance(program, dict):
            draft.say("Programme", cleaning.line(program.get("name")))
        at = objects(self._nested.get("service_at_locations"))
        for each in at:
            scalars = {name: value for name, value in each.items() if not isinstance(value, dict | list)}
            at_place = self._tally.cells(self._row, scalars, "service_at_location.")
            draft.note("directions", at_place.text("description"))
            at_place.take(*(name for name in scalars if name.endswith("id")))
            self._read.append(at_place)
            self._reach(each)
        self._where([each["location"] for each in at if isinstance(each.get("location"), dict)])
        own = objects(self._nested.get("schedules"))
        self._times(own or [row for each in at for row in objects(each.get("schedules"))] or self._place_times(at))

    def _location(self) -> None:
        self._draft.kind = "place"
        self._draft.contacts += self._cells.webs("url")
        self._place(self._nested, self._cells)
        self._times(objects(self._nested.get("schedules")))

    def _common(self, resolver: Resolver | None, walk: Crosswalk | None) -> None:
        """What all three say alike: names, description, ways to reach, languages, terms."""
        draft, cells = self._draft, self._cells
        cells.take("id")
        if other := cells.line("alternate_name"):
            draft.fields["names"] = (Name(other, "acronym" if other.isupper() else "alias"),)
        if self._table != "location":
            draft.text.insert(0, cells.text("description"))
            draft.text = [text for text in draft.text if text]
        draft.contacts += cells.emails("email")
        self._reach(self._nested)
        for language in self._children("languages", self._nested):
            self._language(language, resolver)
        for taxonomy, name, _value in attributes(self._nested):
            if taxonomy == FIELD:
                continue
            if taxonomy.startswith(OWN):
                draft.terms.setdefault(taxonomy.removeprefix(OWN), []).append(name)
            elif walk:
                for vocabulary, codes in (walk.codes(name, ("topic", "audience")) or {}).items():
                    draft.terms.setdefault(vocabulary, []).extend(codes)

    def _reach(self, holder: Mapping[str, Any]) -> None:
        """Telephones and persons of an object, or of the place where it is offered."""
        for phone in self._children("phones", holder):
            self._phone(phone, "")
        for number, person in enumerate(self._children("contacts", holder)):
            said = ", ".join(filter(None, (person.line("name"), person.line("title"), person.line("department"))))
            mails = person.emails("email", said)
            self._draft.contacts += mails
            phones = list(self._children("phones", objects(holder.get("contacts"))[number]))
            for phone in phones:
                self._phone(phone, said)
            if said and not mails and not phones:
                self._draft.say("Contact", said)

    def _phone(self, cells: Cells, person: str) -> None:
        label = person or cleaning.shortened(cells.line("description"))
        kind = cells.line("type").lower()
        if kind in {"fax", "tty", "text", "textphone", "hotline"}:
            label = ", ".join(filter(None, (kind.capitalize() if kind == "fax" else kind.upper(), label)))
        extension = cells.line("extension")
        if extension:
            label = ", ".join(filter(None, (label, f"interne {extension}")))
        self._draft.contacts += cells.phones("number", self._region(), label)

    def _region(self) -> str:
        for place in (*_locations(self._nested), self._nested):
            for address in objects(place.get("addresses")):
                country = cleaning.line(address.get("country")).upper()
                if len(country) == 2 and country.isalpha():
                    return country
        return "CH"

    def _language(self, cells: Cells, resolver: Resolver | None) -> None:
        written = [cells.line("code"), cells.line("name")]
        codes = [resolver.code("language", _two_letters(word)) for word in written if word] if resolver else written[:1]
        found = next(filter(None, codes), None)
        _ = cells.gettext
        if found:
            self._draft.terms.setdefault("language", []).append(found)
        else:
            cells.refuse("name", _("Ce mot n’est dans aucune de nos listes."))
            self._draft.say("Langues", cells.line("name"))

    def _where(self, locations: list[dict[str, Any]]) -> None:
        """A place without a name is the entry's own address; one with a name is a place of its own."""
        named = [each for each in locations if cleaning.line(each.get("name"))]
        for each in named:
            if is_named_id(_id(each)):
                continue
            self._draft.links.append(Link("takes_place_at", self._reading.uid(_id(each))))
        unnamed = [each for each in locations if each not in named]
        here = unnamed or (named if len(named) == 1 and not self._own else [])
        if here:
            scalars = {name: value for name, value in here[0].items() if not isinstance(value, dict | list)}
            # A named place is counted where it becomes an entry.
            cells = (self._tally if unnamed else Tally(self._tally.words)).cells(self._row, scalars, "locations.")
            self._place(here[0], cells)
            if unnamed:
                cells.take("id", "location_type")
                self._read.append(cells)
            self._reach(here[0])

    def _place(self, location: Mapping[str, Any], cells: Cells) -> None:
        draft = self._draft
        draft.fields["stop"] = cells.line("transportation")
        draft.put(cleaning.place(cells.raw("longitude"), cells.raw("latitude")), cells, "longitude", "latitude")
        if self._table == "location":
            draft.say("", cells.text("description"))
            cells.take("location_type")
        addresses = list(self._children("addresses", location))
        for address in sorted(addresses, key=lambda each: each.raw("address_type") != "physical")[:1]:
            lines = (address.line("address_1"), address.line("address_2"))
            draft.fields["street"] = ", ".join(line for line in lines if line and line != NOTHING)
            for field, name in (("postcode", "postal_code"), ("city", "city")):
                draft.fields[field] = address.line(name).replace(NOTHING, "")
            address.take("country", "address_type", "state_province")
            kept_back = {name: address.line(name) for name in ("attention", "region", "state_province", "country")}
            usual = {"", NOTHING} | ({"GE", "CH"} if kept_back["country"] == "CH" else set())
            self._address = {f"address/{name}": said for name, said in kept_back.items() if said not in usual}
        for access in self._children("accessibility", location):
            draft.note("directions", access.text("description"))
            draft.note("directions", access.text("details"))
            draft.terms.setdefault("accessibility", []).extend(self._access(access.line("description")))

    def _access(self, text: str) -> list[str]:
        """What a text on access says in plain words; ours say it in codes."""
        if self._own:
            return []
        return [code for code, said in _ACCESS.items() if any(word in text.lower() for word in said)]

    def _place_times(self, at: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The hours of the place hold for what is offered there, if there is but one and nothing else is said."""
        places = [each["location"] for each in at if isinstance(each.get("location"), dict)]
        return objects(places[0].get("schedules")) if len(places) == 1 and not self._own else []

    def _times(self, rows: list[dict[str, Any]]) -> None:
        cells = [self._tally.cells(self._row, each, "schedules.") for each in rows]
        found = hsds_times.read(cells)
        for each in cells:
            each.take("id")
        self._read += cells
        self._draft.fields |= {"hours": found.hours, "schedules": found.schedules}

    def _children(self, name: str, holder: Mapping[str, Any]) -> Iterator[Cells]:
        tables = {"cost_options": "cost_option", "phones": "phone", "contacts": "contact", "languages": "language"}
        tables |= {"addresses": "address", "accessibility": "accessibility", "service_areas": "service_area"}
        table = tables.get(name, "required_document")
        for each in objects(holder.get(name)):
            scalars = {key: value for key, value in each.items() if not isinstance(value, dict | list)}
            cells = self._tally.cells(self._row, scalars, f"{TABLES[table].file}.")
            cells.take("id", *(column for column in scalars if column.endswith("_id")))
            self._read.append(cells)
            yield cells

    def _leftover(self) -> dict[str, str]:
        """Lists and objects that nothing of the entry was made from, for writing them back."""
        extra = {name: kept(self._nested[name]) for name in LOST if self._nested.get(name)} | self._address
        foreign = [each for each in objects(self._nested.get("attributes")) if not taxonomy_of(each).startswith(OWN)]
        if foreign:
            extra["attributes"] = kept(foreign)
        return extra


MORE: Final = frozenset(
    [
        "names/alias",
        "names/acronym",
        "schedules",
        "age_from",
        "age_to",
        "verified_on",
        "verified_by",
        "terms/language",
        "wordings/fr/documents",
        "wordings/fr/alert",
        "links/offered_by",
        "links/takes_place_at",
    ]
)
"""What HSDS has a place for beyond what all standards have."""
LOST: Final = ("funding", "programs", "program", "organization_identifiers", "metadata")
_ACCESS: Final = {
    "fauteuil-roulant": ("wheelchair", "fauteuil", "mobilité réduite", "step-free", "ramp"),
    "ascenseur": ("elevator", "lift", "ascenseur"),
    "toilettes-adaptees": ("accessible toilet", "toilettes"),
    "boucle-auditive": ("induction loop", "hearing loop", "boucle"),
}


def _price(cost: Cells) -> str:
    amount, currency = cost.number("amount"), cost.line("currency").upper()
    price = f"{amount:g} {currency}".strip() if amount is not None else ""
    option = cost.line("option")
    said = " ".join(filter(None, (price, cost.line("amount_description"))))
    until = cost.day("valid_to")
    limits = f"jusqu’au {until}" if until else ""
    cost.take("valid_from")
    return ", ".join(filter(None, (f"{option} : {said}" if option and said else option or said, limits)))


def _locations(nested: Mapping[str, Any]) -> list[dict[str, Any]]:
    at = [each.get("location") for each in objects(nested.get("service_at_locations"))]
    return [each for each in at if isinstance(each, dict)] + objects(nested.get("locations"))


def _id(value: Any) -> str:
    return cleaning.line(value.get("id")) if isinstance(value, dict) else ""


def _two_letters(code: str) -> str:
    """«spa» as «es»; anything else as it is."""
    from babel.core import get_global  # noqa: PLC0415 -- only three-letter codes need it

    return str(get_global("language_aliases").get(code.lower(), code)) if len(code) == 3 else code
