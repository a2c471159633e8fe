"""Entries that take over what a source says of something else: they keep their uid and are known by the id there."""

from collections.abc import Collection
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from pointinfo.database.schema import Contact, Origin
from pointinfo.directory.exchange.columns import KINDS
from pointinfo.directory.exchange.incoming import uid_of
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.text import phone_digits

_ORIGINS: Final = "SELECT uid, origins FROM entry WHERE origins <> '[]'"
_HERE: Final = "SELECT uid FROM entry WHERE uid IN (SELECT value FROM json_each(?))"

_origins = msgspec.json.Decoder(tuple[Origin, ...])


def elsewhere(connection: Connection, source: str) -> dict[tuple[str, str], str]:
    """By source and id there: the entries that took a row of the source over, and so have another uid than its."""
    found: dict[tuple[str, str], str] = {}
    for uid, origins in connection.exec_driver_sql(_ORIGINS):
        for origin in _origins.decode(origins):
            if origin.source == source or origin.source.startswith(f"{source}:"):
                own = uid_of(origin.source, origin.id)
                if uid not in (own, origin.id):
                    found[origin.source, origin.id] = uid
    listed = msgspec.json.encode([uid_of(*key) for key in found]).decode()
    taken = {row[0] for row in connection.exec_driver_sql(_HERE, (listed,))}
    return {key: uid for key, uid in found.items() if uid_of(*key) not in taken}


def joined(theirs: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """An entry with what a source says of it for the first time: its lists grow, nothing is emptied."""
    found = theirs | said
    for key, value in said.items():
        known = theirs.get(key)
        if isinstance(known, tuple) and isinstance(value, tuple):
            marks = {_mark(each) for each in known}
            found[key] = (*known, *(each for each in value if _mark(each) not in marks))
    return found


def altered(
    base: dict[str, Any], echo: dict[str, Any], said: dict[str, Any], unread: Collection[str]
) -> dict[str, Any]:
    """What stood in `base` with what a file written by us says otherwise by now; `echo` is what it said of `base`.

    Where a format has room for the first of several values, or for some, only those are replaced; what it has no room
    for stays.
    """
    found = dict(base)
    for key in said.keys() | echo.keys() - set(unread):
        new, old, known = said.get(key), echo.get(key), base.get(key)
        if new in (old, known):
            continue
        if isinstance(known, tuple):
            gone = {_mark(each) for each in (*(old or ()), *(new or ()))}
            new = (*(new or ()), *(each for each in known if _mark(each) not in gone))
        if new in (None, ()):
            found.pop(key, None)
        else:
            found[key] = new
    return found


def in_place(record: EntryRecord, columns: dict[str, Any]) -> EntryRecord:
    """The record with the contacts of `columns`, each in the place of the one of its kind that it replaces."""
    waiting = {kind: list(columns.get(f"contacts/{kind}", ())) for kind in KINDS["contacts"]}
    contacts = [waiting[each.kind].pop(0) for each in record.contacts if waiting.get(each.kind)]
    return msgspec.structs.replace(record, contacts=(*contacts, *(each for some in waiting.values() for each in some)))


def _mark(value: Any) -> Any:
    """By what two values of a list are the same, however a number or an address is written."""
    if not isinstance(value, Contact):
        return value
    written = value.value.strip().casefold().rstrip("/")
    return value.kind, phone_digits(value.value) or written if value.kind == "phone" else written
