"""The inquiries of a month as columns of numbers, kept in the same file: what makes a million of them count at once.

Each inquiry is four numbers: when (counter, day, hour), how it went, what for and for whom, and who asked. Each number
stands for one combination of codes that occurs in the month, as the log has them: a code of an older or newer list is
one like the others. Triggers mark a month as dirty in the transaction that changes one of its inquiries; before
figures are read the dirty months are made anew, and the mark goes with them in one transaction. So a chunk is either
as its month or marked, whenever the power fails.
"""

import zlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from pointinfo.database import Database
from pointinfo.database.schema import Inquiry, InquiryChunk, InquiryChunkDirty
from pointinfo.inquiries.period import Period

Numbers = npt.NDArray[np.int32]
Key = tuple[Any, ...]

GROUPS: Final = {
    "when": ("counter", "day", "hour", "people"),
    "how": ("channel", "effort", "outcome", "reason", "first_contact", "mode", "people"),
    "what": ("themes", "audiences", "people"),
    "who": ("language", "origin", "people"),
}
"""The columns of an inquiry that one number stands for; `people` is in all, so that each can add them up."""

COLUMNS: Final = tuple(dict.fromkeys(name for columns in GROUPS.values() for name in columns))


class Chunk(NamedTuple):
    """One counter's month. By group: the combinations that occur, in order, and for each inquiry which one it is."""

    keys: dict[str, list[Key]]
    places: dict[str, Numbers]


class _Keys(msgspec.Struct):
    """The combinations of `GROUPS`, typed: they come back as they were."""

    when: list[tuple[str, str, int | None, int]]
    how: list[tuple[str, str, str, str, str, str, int]]
    what: list[tuple[tuple[str, ...], tuple[str, ...], int]]
    who: list[tuple[str, str, int]]


class _Kept(msgspec.Struct):
    """A chunk as it is stored; `places` are little-endian 32-bit numbers."""

    keys: _Keys
    places: dict[str, bytes]


def made(rows: Iterable[Sequence[Any]]) -> Chunk:
    """The chunk of rows that have `COLUMNS` in their order; the same whatever order the rows come in."""
    at = {name: place for place, name in enumerate(COLUMNS)}
    rows = list(rows)
    keys: dict[str, list[Key]] = {}
    places: dict[str, Numbers] = {}
    for group, columns in GROUPS.items():
        wanted = [at[name] for name in columns]
        said = [tuple(row[place] for place in wanted) for row in rows]
        keys[group] = sorted(set(said), key=_in_order)
        number = {key: place for place, key in enumerate(keys[group])}
        places[group] = np.fromiter((number[key] for key in said), np.int32, len(said))
    order = np.lexsort([places[group] for group in reversed(GROUPS)])
    return Chunk(keys, {group: numbers[order] for group, numbers in places.items()})


def packed(chunk: Chunk) -> bytes:
    """The chunk as it is stored."""
    places = {group: numbers.astype("<i4").tobytes() for group, numbers in chunk.places.items()}
    return zlib.compress(msgspec.msgpack.encode({"keys": chunk.keys, "places": places}), 1)


def unpacked(data: bytes) -> Chunk:
    """A stored chunk."""
    kept = msgspec.msgpack.decode(zlib.decompress(data), type=_Kept)
    keys: dict[str, list[Key]] = msgspec.structs.asdict(kept.keys)
    return Chunk(keys, {group: np.frombuffer(numbers, "<i4") for group, numbers in kept.places.items()})


def bring_up_to_date(database: Database) -> None:
    """Make the chunks of the dirty months anew; does nothing, and writes nothing, when there are none."""
    with database.read() as session:
        if session.scalars(select(InquiryChunkDirty.month).limit(1)).first() is None:
            return
    with database.write() as session:
        for counter, month in session.execute(select(InquiryChunkDirty.counter, InquiryChunkDirty.month)).all():
            _renew(session, counter, month)
        session.execute(delete(InquiryChunkDirty))


def counted(session: Session, counter: str, month: str) -> Chunk:
    """The chunk of a counter's month («2026-10») as the log stands; voided inquiries are not in it."""
    year, number = map(int, month.split("-"))
    columns = [getattr(Inquiry, name) for name in COLUMNS]
    in_month = (Inquiry.day.between(*Period.month(year, number)), Inquiry.counter == counter, ~Inquiry.voided)
    rows = session.execute(select(*columns).where(*in_month))
    return made([_plain(value) for value in row] for row in rows)


def _renew(session: Session, counter: str, month: str) -> None:
    chunk = counted(session, counter, month)
    version = session.scalar(select(InquiryChunk.version).where(*_is(counter, month))) or 0
    row = {"counter": counter, "month": month, "version": version + 1, "data": packed(chunk)}
    statement = insert(InquiryChunk).values(row)
    session.execute(statement.on_conflict_do_update(set_={name: row[name] for name in ("version", "data")}))


def _is(counter: str, month: str) -> tuple[Any, ...]:
    return (InquiryChunk.counter == counter, InquiryChunk.month == month)


def _plain(value: Any) -> Any:
    """Days as text; lists in order, each code once."""
    if isinstance(value, date):
        return value.isoformat()
    return tuple(sorted(set(value))) if isinstance(value, tuple) else value


def _in_order(key: Key) -> tuple[Any, ...]:
    """Sorts an hour that was not said before the others."""
    return tuple(-1 if value is None else value for value in key)
