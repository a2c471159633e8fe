"""What every reader of a foreign file yields: one record after the other, each with what was not understood."""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple, Protocol
from uuid import UUID, uuid5

from pointinfo.directory.record import EntryRecord

_SPACE: Final = UUID("6a1c2b0e-6f0e-4c59-9d0a-2f3f6b1d7c55")


def uid_of(source: str, name: str) -> str:
    """The uid of what a source calls `name`: always the same."""
    return str(uuid5(_SPACE, f"{source}\n{name}"))


class Remark(NamedTuple):
    """One thing about one cell. `row` counts from 1 as the person sees it in the file (a header is row 1), 0 for none;
    `column` is the file's own name of it; `value` what stands there, at most 200 characters. `fatal`: the row can't
    come in.
    """

    row: int
    column: str
    value: str
    sentence: str
    fatal: bool = False


class Incoming(NamedTuple):
    """One record as it was read. Its uid is made from the source and the id there, so reading again gives the same.

    `covers` are the keys of `columns.spread` that the source has a place for, so that an empty one says something
    («extra/SOURCE/*»: whatever it says beside our fields); None: all that it can say is in the record. `unread` are
    those where it says something that was not understood: what stands there stays.

    `echo` is there where the file was written by us in a format that can't hold all of an entry: what such a file says
    of an entry as it is. Only what the record says otherwise is a change.
    """

    record: EntryRecord
    row: int
    remarks: tuple[Remark, ...] = ()
    covers: frozenset[str] | None = None
    unread: tuple[str, ...] = ()
    echo: "Callable[[EntryRecord], Incoming] | None" = None


class Understood(NamedTuple):
    """How much of one of the source's fields came in: `filled` cells said something, `taken` of them became facts.

    `kept` are those that nobody tried to understand: they stay beside the entry as they are.
    """

    field: str
    filled: int
    taken: int
    kept: int = 0


class UnknownWord(NamedTuple):
    """A word in a column of lists that no list has, and in how many cells it stands."""

    column: str
    target: str
    word: str
    cells: int


class Reader(Protocol):
    """A file being read. Iterating is lazy and memory bounded; `understood` is complete once it has ended.

    Raises `InputError` with a sentence for a file that is not of its kind or is broken beyond a row.
    """

    source: str

    def __iter__(self) -> Iterator[Incoming]: ...

    def understood(self) -> tuple[Understood, ...]:
        """Per field of the source, in the file's order."""
        ...
