"""What HSDS has no column for, carried in its attributes: our codes, and fields exactly as they are here.

HSDS lets any record name terms of any taxonomy, with a value. Ours are called «pointinfo:audience», «pointinfo:field»…
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

from pointinfo.directory.exchange import cleaning
from pointinfo.directory.exchange.told_hours import is_readable
from pointinfo.directory.fields import INTERNAL, choices
from pointinfo.directory.record import EntryRecord, flat, whole
from pointinfo.i18n import FrenchWords

OWN: Final = "pointinfo:"
"""Begins the names of taxonomies that are our own lists."""
FIELD: Final = f"{OWN}field"
"""The taxonomy of what HSDS has no column for: the term's code is a field of ours, the value its JSON."""


class Attribute(NamedTuple):
    """A term an object has: our code or field in our own taxonomies, else the term's name."""

    taxonomy: str
    term: str
    value: str


def is_uuid(identifier: str) -> bool:
    """Whether an id is a UUID, and so the same everywhere."""
    try:
        return str(UUID(identifier)) == identifier.lower()
    except ValueError:
        return False


def hsds_id(name: str) -> str:
    """The UUID that HSDS wants for something of ours that has another name."""
    return name.lower() if is_uuid(name) else str(uuid5(NAMESPACE_URL, f"pointinfo/{name}"))


_NAMED: Final = "706f696e-7469-4"
"""Begins the ids of what stands in a file only because HSDS wants something to be named there; see `named_id`."""


def named_id(name: str) -> str:
    """The UUID of an organization or place that others name, but that is no entry, or an entry of another table.

    An id of its own: the file may hold the entry itself too, as a service say.
    """
    return _NAMED + str(uuid5(NAMESPACE_URL, f"pointinfo/named/{name}"))[len(_NAMED) :]


def is_named_id(identifier: str) -> bool:
    """Whether an id is one of `named_id`: the object is none of our entries."""
    return identifier.lower().startswith(_NAMED)


def attributes(nested: Mapping[str, Any]) -> Iterator[Attribute]:
    """The terms of an object."""
    for each in objects(nested.get("attributes")):
        term = each.get("taxonomy_term")
        if isinstance(term, dict):
            taxonomy = taxonomy_of(each)
            is_own = taxonomy.startswith(OWN)
            name = cleaning.line(term.get("code") if is_own else term.get("name"))
            value = each.get("value")
            said = value if isinstance(value, str) else ""
            yield Attribute(taxonomy, name.partition(":")[2] if is_own else name, said)


def own_fields(nested: Mapping[str, Any]) -> dict[str, str]:
    """The fields an object carries exactly, as JSON."""
    return {each.term: each.value for each in attributes(nested) if each.taxonomy == FIELD}


def attribute(holder: str, taxonomy: str, code: str, label: str, value: str = "") -> dict[str, Any]:
    """The attribute that says a code of one of our lists, or a field with its value, of the object `holder`."""
    name = f"{taxonomy.removeprefix(OWN)}:{code}"
    return {
        "id": hsds_id(f"{holder}/{name}"),
        "link_type": "taxonomy_term",
        **({"value": value} if value else {}),
        "taxonomy_term": {
            "id": hsds_id(name),
            "code": name,
            "name": label,
            "description": label,
            "taxonomy": taxonomy,
            "language": "fr",
            "taxonomy_detail": {"id": hsds_id(taxonomy), "name": taxonomy, "description": "PointInfo"},
        },
    }


def differing(record: EntryRecord, back: EntryRecord) -> dict[str, str]:
    """The fields in which an entry isn't what it comes back as from its columns alone, as JSON; null for none."""
    wanted, found = flat(record), flat(back)
    keys = [key for key in (*wanted, *found) if wanted.get(key) != found.get(key)]
    return {key: msgspec.json.encode(wanted.get(key)).decode() for key in dict.fromkeys(keys)}


def with_own(record: EntryRecord, own: Mapping[str, str]) -> EntryRecord:
    """The record with the fields that the object carries exactly as we wrote them."""
    fields = flat(record)
    for key, value in own.items():
        try:
            fields[key] = _typed(key, msgspec.json.decode(value))
        except (ValueError, TypeError, RecursionError):
            continue
    try:
        return whole({key: value for key, value in fields.items() if value is not None})
    except (ValueError, TypeError):
        return record


_TYPES: Final = {field.name: field.type for field in msgspec.structs.fields(EntryRecord)}


def _typed(key: str, value: Any) -> Any:
    """A value of JSON as the field's own type. Raises ValueError for a key that isn't one of ours, or is internal."""
    first, *rest = key.split("/")
    if first in INTERNAL or first not in _TYPES or (first in {"wordings", "terms"}) != bool(rest):
        raise ValueError(key)
    allowed = choices(key, FrenchWords()) if key in {"kind", "status", "confidence", "verified_how"} else None
    if allowed is not None and value not in allowed:
        raise ValueError(key)
    if first == "hours" and value and not (isinstance(value, str) and is_readable(value)):
        raise ValueError(key)
    if value is None and first not in {"uid", "kind", "name"}:
        return None
    if first == "wordings":
        if len(rest) != 2 or rest[1] not in _PARTS:
            raise ValueError(key)
        return msgspec.convert(value, str)
    return msgspec.convert(value, tuple[str, ...] if first == "terms" else _TYPES[first])


_PARTS: Final = frozenset(
    ("summary", "description", "eligibility", "how_to_apply", "documents", "fee", "directions", "alert")
)


def taxonomy_of(attribute: Mapping[str, Any]) -> str:
    """The name of the taxonomy of an attribute."""
    term = attribute.get("taxonomy_term")
    return cleaning.line(term.get("taxonomy")) if isinstance(term, dict) else ""


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; [] when it is none."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
