"""What an import would do, row by row, before anything is written; kept beside the memory, in a file of its own."""

import tempfile
import weakref
from array import array
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

import msgspec

from pointinfo.directory.duplicates import Candidate
from pointinfo.directory.exchange.incoming import Remark, Understood, UnknownWord
from pointinfo.directory.exchange.mapping import Mapping
from pointinfo.directory.record import EntryRecord, FieldChange, changes

State = Literal["new", "changed", "unchanged", "refused", "closing"]
STATES: Final[tuple[State, ...]] = ("new", "changed", "unchanged", "refused", "closing")

_BUFFER: Final = 1 << 16
"""Bytes read and written at once: some dozen rows."""


class PreviewRow(msgspec.Struct, frozen=True, array_like=True):
    """One row. `record` is the entry as it shall be, `before` as it is, `said` what the source says where an editor
    says otherwise in the fields `kept`. `twin` is an entry that is likely the same; `other` the row as it would be
    were it decided the other way.
    """

    state: State
    row: int
    uid: str
    name: str
    remarks: tuple[Remark, ...] = ()
    record: EntryRecord | None = None
    before: EntryRecord | None = None
    said: EntryRecord | None = None
    kept: tuple[str, ...] = ()
    twin: Candidate | None = None
    other: "PreviewRow | None" = None

    @property
    def changes(self) -> list[FieldChange]:
        """Field by field; everything for a new entry."""
        if self.record is None:
            return []
        before = self.before or EntryRecord(uid=self.record.uid, kind=self.record.kind, name="", status="")
        return [change for change in changes(before, self.record) if change.field not in ("uid", "origins")]


class Counts(NamedTuple):
    """Rows by what becomes of them; `twins` are those that are likely here already, however it was decided."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    closing: int = 0
    remarked: int = 0
    twins: int = 0
    lost: int = 0


class Preview:
    """All rows of one import. Give it back with `close`, or let it go: its file has no name and goes with it."""

    def __init__(self, source: str, mapping: Mapping | None) -> None:
        self.source = source
        self.mapping = mapping
        self.understood: tuple[Understood, ...] = ()
        self.unknown: tuple[UnknownWord, ...] = ()
        self.standing = 0
        """How many open entries of this source there are, or of this file if it has several."""
        self.written = 0
        """The last change of the directory that this was made from."""
        self._file = tempfile.TemporaryFile(buffering=_BUFFER, prefix="pointinfo-")  # noqa: SIM115
        self._forget = weakref.finalize(self, self._file.close)
        self._places = array("Q")
        self._sizes = array("L")
        self._states = bytearray()
        self._marked = bytearray()
        self._end = 0
        self._writing = True
        self._lost = 0
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(PreviewRow).decode

    def close(self) -> None:
        """Forget everything."""
        self._forget()

    def __len__(self) -> int:
        return len(self._places)

    def add(self, row: PreviewRow) -> int:
        """Put a row at the end; returns its number."""
        self._places.append(0)
        self._sizes.append(0)
        self._states.append(0)
        self._marked.append(0)
        self.put(len(self._places) - 1, row)
        return len(self._places) - 1

    def put(self, number: int, row: PreviewRow) -> None:
        """Put a row in the place of another."""
        data = self._encode(row)
        if not self._writing:  # each seek would empty the buffer
            self._file.seek(self._end)
            self._writing = True
        self._file.write(data)
        self._places[number] = self._end
        self._sizes[number] = len(data)
        self._end += len(data)
        self._states[number] = STATES.index(row.state)
        self._marked[number] = (1 if row.remarks else 0) + (2 if row.twin else 0)

    def decide(self, number: int, *, update: bool) -> None:
        """Let a row that is likely here already update that entry, or be a new one."""
        row = self.row(number)
        if row.other is not None and update != (row.state == "changed"):
            self.put(number, msgspec.structs.replace(row.other, other=msgspec.structs.replace(row, other=None)))

    def adopted(self) -> dict[str, str]:
        """By the uid that a row would have as a new entry: the entry that it updates instead."""
        rows = (self.row(number) for number in self.twins())
        return {row.other.uid: row.uid for row in rows if row.state == "changed" and row.other is not None}

    def row(self, number: int) -> PreviewRow:
        """One row."""
        self._writing = False
        self._file.seek(self._places[number])
        return self._decode(self._file.read(self._sizes[number]))

    def rows(self, *states: State) -> Iterator[PreviewRow]:
        """The rows in these states, all where none is named, in the order of the file."""
        for number in self.numbers(*states):
            yield self.row(number)

    def numbers(self, *states: State) -> "array[int]":
        """The numbers of the rows in these states."""
        wanted = {STATES.index(state) for state in states or STATES}
        return array("L", (number for number, state in enumerate(self._states) if state in wanted))

    def remarked(self) -> "array[int]":
        """The numbers of the rows of which something is said, or that are likely here already."""
        return array("L", (number for number, marks in enumerate(self._marked) if marks))

    def twins(self) -> "array[int]":
        """The numbers of the rows that are likely here already."""
        return array("L", (number for number, marks in enumerate(self._marked) if marks & 2))

    def lose(self) -> None:
        """Count an entry that would lose half of what it says, or be closed by its own row."""
        self._lost += 1

    @property
    def counts(self) -> Counts:
        """How many rows there are of each."""
        found = {state: self._states.count(place) for place, state in enumerate(STATES)}
        remarked = sum(1 for marks in self._marked if marks & 1)
        twins = sum(1 for marks in self._marked if marks & 2)
        return Counts(**found, remarked=remarked, twins=twins, lost=self._lost)
