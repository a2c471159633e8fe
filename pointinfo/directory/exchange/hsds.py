"""HSDS 3.0 (Open Referral): reading its tabular package, a folder or zip, and its JSON."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pointinfo.directory.exchange.foreign import Tally
from pointinfo.directory.exchange.hsds_reading import FORMAT, HsdsReading
from pointinfo.directory.exchange.hsds_tables import Nest
from pointinfo.directory.exchange.incoming import Incoming, Reader
from pointinfo.directory.exchange.jsonfile import Place, elements, first_keys
from pointinfo.directory.exchange.package import Package, Shelf
from pointinfo.directory.exchange.reading import FileReader, unreadable
from pointinfo.directory.exchange.tables import Tick, silent
from pointinfo.directory.vocabulary import Resolver
from pointinfo.errors import InputError
from pointinfo.i18n import FrenchWords, Words

LISTS: Final = {
    "organizations": "organization",
    "services": "service",
    "locations": "location",
    "contents": "",
    "data": "",
}
"""Where records stand in a JSON file, and what they are; "" for what only they tell themselves."""

TELLING: Final = frozenset(
    {"service_at_locations", "organization_id", "organization_identifiers", "year_incorporated", "taxonomy_term"}
)
"""Names that no other format has."""

_TWICE: Final = ("organizations", "locations", "services")
"""Tables that are put away first, then gone through."""


def looks_like_package(path: Path) -> bool:
    """Whether a folder or zip holds the tables of HSDS: services that name their organization."""
    if not path.is_dir() and path.suffix.lower() != ".zip":
        return False
    try:
        with Package(path, FrenchWords()) as package:
            columns = package.columns("services") if "services" in package.tables else ()
    except InputError:
        return False
    return "organization_id" in columns and "location_id" not in columns


def looks_like_json(path: Path) -> bool:
    """Whether a JSON file holds services or organizations of HSDS."""
    if path.suffix.lower() != ".json":
        return False
    names = first_keys(path)[1]
    return {"id", "name"} <= names and bool(names & TELLING)


def open_hsds_package(path: Path, resolver: Resolver, words: Words, source: str = "", tick: Tick = silent) -> Reader:
    """The organizations, named places and services of a tabular data package. Raises `InputError` for another."""
    _ = words.gettext
    with Package(path, words) as package:
        tables = package.tables
    if not tables & {"organizations", "services", "locations"}:
        raise InputError(
            _(
                "{file} ne contient aucune des tables attendues (organizations.csv, services.csv, locations.csv). "
                "Rien n’a été importé."
            ).format(file=path.name)
        )

    def records(tally: Tally) -> Iterator[Incoming]:
        reading = HsdsReading(tally, resolver, path.stem, source)
        with Package(path, words, tick, _TWICE) as package, Shelf() as shelf:
            nest = Nest(package, shelf)
            for table in ("organization", "location", "service"):
                for row, nested in nest.rows(table):
                    if table != "location" or nested.get("name"):
                        yield from reading.incoming(table, row, nested)

    return FileReader(source or FORMAT, words, records, tick)


def open_hsds_json(path: Path, resolver: Resolver, words: Words, source: str = "", tick: Tick = silent) -> Reader:
    """The entries of a JSON file: lists of services or organizations, a page of the API, or one of them alone."""

    def records(tally: Tally) -> Iterator[Incoming]:
        reading = HsdsReading(tally, resolver, path.stem, source)
        for element in elements(path, LISTS, words, tick):
            value = element.value
            if isinstance(value, Place):
                yield unreadable(source or FORMAT, element.number, value, words)
                continue
            is_service = "service_at_locations" in value or "organization" in value or "organization_id" in value
            is_place = "location_type" in value
            guessed = "location" if is_place else "service" if is_service or "status" in value else "organization"
            yield from reading.incoming(LISTS.get(element.key) or guessed, element.number, value)

    return FileReader(source or FORMAT, words, records, tick)
