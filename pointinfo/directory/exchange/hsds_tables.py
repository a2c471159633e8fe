"""The tables of HSDS 3.0 (Open Referral), and how their rows nest into each other in its JSON.

https://docs.openreferral.org/en/3.0/hsds/schema_reference.html (CC BY-SA 4.0)
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from pointinfo.directory.exchange.package import Package, Shelf


class Table(NamedTuple):
    """A table: the name of its file without «.csv», its columns, and which of them are no text."""

    file: str
    columns: tuple[str, ...]
    numbers: frozenset[str] = frozenset()


def _table(file: str, columns: str, numbers: str = "") -> Table:
    return Table(file, ("id", *columns.split()), frozenset(numbers.split()))


TABLES: Final = {
    "organization": _table(
        "organizations",
        "name alternate_name description email website tax_status tax_id year_incorporated legal_status logo uri "
        "parent_organization_id",
        "year_incorporated",
    ),
    "program": _table("programs", "organization_id name alternate_name description"),
    "service": _table(
        "services",
        "organization_id program_id name alternate_name description url email status interpretation_services "
        "application_process fees_description wait_time fees accreditations eligibility_description minimum_age "
        "maximum_age assured_date assurer_email licenses alert last_modified",
        "minimum_age maximum_age",
    ),
    "location": _table(
        "locations",
        "location_type url organization_id name alternate_name description transportation latitude longitude "
        "external_identifier external_identifier_type",
        "latitude longitude",
    ),
    "service_at_location": _table("service_at_location", "service_id location_id description"),
    "contact": _table(
        "contacts", "organization_id service_id service_at_location_id location_id name title department email"
    ),
    "phone": _table(
        "phones",
        "location_id service_id organization_id contact_id service_at_location_id number extension type description",
        "extension",
    ),
    "address": _table(
        "addresses",
        "location_id attention address_1 address_2 city region state_province postal_code country address_type",
    ),
    "schedule": _table(
        "schedules",
        "service_id location_id service_at_location_id valid_from valid_to dtstart timezone until count wkst freq "
        "interval byday byweekno bymonthday byyearday description opens_at closes_at schedule_link "
        "attending_type notes",
        "timezone count interval",
    ),
    "funding": _table("funding", "organization_id service_id source"),
    "service_area": _table("service_areas", "service_id name description extent extent_type uri"),
    "required_document": _table("required_documents", "service_id document uri"),
    "language": _table("languages", "service_id location_id phone_id name code note"),
    "accessibility": _table("accessibility", "location_id description details url"),
    "attribute": _table("attributes", "link_id taxonomy_term_id link_type link_entity value"),
    "taxonomy_term": _table("taxonomy_terms", "code name description parent_id taxonomy language taxonomy_id term_uri"),
    "taxonomy": _table("taxonomies", "name description uri version"),
    "cost_option": _table(
        "cost_options", "service_id valid_from valid_to option currency amount amount_description", "amount"
    ),
    "organization_identifier": _table(
        "organization_identifiers", "organization_id identifier_scheme identifier_type identifier"
    ),
    "metadata": _table(
        "metadata",
        "resource_id resource_type last_action_date last_action_type field_name previous_value replacement_value "
        "updated_by",
    ),
}

MANY: Final[dict[str, dict[str, str]]] = {
    "organization": {
        "funding": "funding",
        "contacts": "contact",
        "phones": "phone",
        "locations": "location",
        "programs": "program",
        "organization_identifiers": "organization_identifier",
    },
    "service": {
        "phones": "phone",
        "schedules": "schedule",
        "service_areas": "service_area",
        "service_at_locations": "service_at_location",
        "languages": "language",
        "funding": "funding",
        "cost_options": "cost_option",
        "required_documents": "required_document",
        "contacts": "contact",
    },
    "location": {
        "languages": "language",
        "addresses": "address",
        "contacts": "contact",
        "accessibility": "accessibility",
        "phones": "phone",
        "schedules": "schedule",
    },
    "service_at_location": {"contacts": "contact", "phones": "phone", "schedules": "schedule"},
    "contact": {"phones": "phone"},
    "phone": {"languages": "language"},
}
"""By table: the properties that are lists, and the table of their rows. Attributes and metadata come with all."""
ONE: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "service": {"organization": ("organization", "organization_id"), "program": ("program", "program_id")},
    "service_at_location": {"location": ("location", "location_id")},
    "attribute": {"taxonomy_term": ("taxonomy_term", "taxonomy_term_id")},
    "taxonomy_term": {"taxonomy_detail": ("taxonomy", "taxonomy_id")},
}
"""By table: the properties that are one object, its table, and the column that holds its id."""
ATTRIBUTED: Final = ("organization", "service", "location")


def lists_of(table: str) -> dict[str, str]:
    """The list properties of a table with attributes and metadata."""
    more = {"attributes": "attribute", "metadata": "metadata"} if table in ATTRIBUTED else {}
    return MANY.get(table, {}) | more


def parent_column(parent: str, child: str) -> str:
    """The column of a child's row that holds its parent's id."""
    return {"attribute": "link_id", "metadata": "resource_id"}.get(child, f"{parent}_id")


class Nest:
    """The rows of a tabular package, each with its children inside it, as the JSON has them."""

    def __init__(self, package: Package, shelf: Shelf) -> None:
        self._package = package
        self._shelf = shelf
        for table, shape in TABLES.items():
            keys = [column for column in shape.columns if column.endswith("_id")]
            for row in package.rows(shape.file):
                for column in ("id", *keys):
                    if row.cells.get(column):
                        self._shelf.put(f"{table}/{column}/{row.cells[column]}", row.cells)

    def rows(self, table: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """All rows of a table, nested, with their numbers in its file."""
        for row in self._package.rows(TABLES[table].file):
            yield row.number, self._nested(table, row.cells, 0)

    def _nested(self, table: str, row: Mapping[str, str], depth: int) -> dict[str, Any]:
        nested: dict[str, Any] = dict(row)
        identifier = row.get("id", "")
        if depth > 4 or not identifier:
            return nested
        for name, child in lists_of(table).items():
            found = self._shelf.of(f"{child}/{parent_column(table, child)}/{identifier}")
            if found:
                nested[name] = [self._nested(child, each, depth + 1) for each in found]
        for name, (other, column) in ONE.get(table, {}).items():
            found = self._shelf.of(f"{other}/id/{row.get(column, '')}")
            if found:
                nested[name] = found[0] if other == "organization" else self._nested(other, found[0], depth + 1)
        return nested


def flat_rows(table: str, nested: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows that an object and all it holds make in the tables, parents first where they have to be."""
    row = {column: nested[column] for column in TABLES[table].columns if nested.get(column) not in (None, "")}
    for name, (other, column) in ONE.get(table, {}).items():
        if isinstance(nested.get(name), dict):
            row.setdefault(column, nested[name]["id"])
            yield from flat_rows(other, nested[name])
    yield table, row
    for name, child in lists_of(table).items():
        for each in nested.get(name, ()):
            own = {parent_column(table, child): nested["id"]}
            if child == "attribute":
                own["link_entity"] = table
            yield from flat_rows(child, own | each)
