"""Which column of a source is which field, and what its words mean: decided once, remembered per source."""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy.orm import Session

from pointinfo.database.schema import ImportMapping
from pointinfo.directory.exchange.cells import restored

EXTRA: Final = "extra"
"""Kept beside the entry under the source's own name of the column, and exported again."""

IGNORED: Final = "ignored"


class Column(msgspec.Struct, frozen=True, omit_defaults=True):
    """One column. `target` is a key of `columns.spread`, or «uid» (an id of ours), «id» (the source's own), «address»
    (street, postcode and town in one), «contacts/any», `EXTRA` or `IGNORED`.

    `separator` parts several values in a cell ("": one). `codes`: a word to its code, "" to leave it aside.
    """

    name: str
    target: str
    separator: str = ""
    codes: dict[str, str] = msgspec.field(default_factory=dict)


class Mapping(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How one source is read. `kind` is that of rows which don't say one; `complete`: what it lacks no longer exists.

    `encoding`, `delimiter` and `sheet` where a person chose them.
    """

    source: str
    columns: tuple[Column, ...]
    kind: str = "service"
    complete: bool = True
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""

    def of(self, names: list[str]) -> "list[Column]":
        """The columns of a file with these headings; what the mapping does not know is extra."""
        known = {column.name: column for column in self.columns}
        return [known.get(name) or Column(name, EXTRA) for name in names]


def remembered(session: Session, source: str) -> Mapping | None:
    """How `source` was read last; None when it never was, or in a way this version doesn't know."""
    row = session.get(ImportMapping, source)
    if row is None:
        return None
    try:
        return msgspec.json.decode(row.mapping, type=Mapping)
    except msgspec.DecodeError:
        return None


def remember(session: Session, mapping: Mapping, at: datetime) -> None:
    """Read the source the same way next time."""
    text = msgspec.json.encode(mapping).decode()
    session.merge(ImportMapping(source=mapping.source, mapping=text, at=at.isoformat(timespec="seconds")))


def headings(cells: list[str]) -> list[str]:
    """The names of the columns: each one once, «colonne 3» for one that has none."""
    found: list[str] = []
    seen: dict[str, int] = {}
    for number, cell in enumerate(cells, 1):
        name = " ".join(restored(cell).split()) or f"colonne {number}"
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found
