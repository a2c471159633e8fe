"""The one list of what can be read and written: each format once, for the window, the command line and the tests."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pointinfo.directory.exchange import json_lines, tables_out
from pointinfo.directory.exchange.incoming import Reader
from pointinfo.directory.exchange.outgoing import Tell
from pointinfo.directory.exchange.tables import Tick
from pointinfo.directory.hours import Calendar
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.vocabulary import Resolver
from pointinfo.i18n import Words


class Reading(NamedTuple):
    """What a reader may use. `source` is what the person calls where the file comes from; "": it names itself."""

    source: str
    resolver: Resolver
    words: Words
    tick: Tick


class Writing(NamedTuple):
    """What is written. `entries` can be gone through several times; they hold internal fields only if `internal`.

    `labels` are those of (vocabulary, code) that lead back to their code; `names` the entries' by uid, for links.
    """

    entries: Iterable[EntryRecord]
    labels: Mapping[tuple[str, str], str]
    names: Mapping[str, str]
    internal: bool
    words: Words
    tick: Tick
    today: date
    calendar: Calendar
    tell: Tell


class Format(NamedTuple):
    """One format. `looks_like` is asked first, of a file or a folder; `recognises` is given a name and first bytes.

    `reads` is None for tables, which need a mapping (`Exchange.preview`), and for what is only written. `internal`:
    it has a place for what only the staff may read; `closed`: it can say that an entry is closed.
    """

    name: str
    suffix: str
    title: str
    recognises: Callable[[str, bytes], bool] = lambda _name, _head: False
    looks_like: Callable[[Path], bool] | None = None
    reads: Callable[[Path, Reading], Reader] | None = None
    writes: Callable[[BinaryIO, Writing], int] | None = None
    is_table: bool = False
    internal: bool = False
    closed: bool = True


def formats(words: Words) -> tuple[Format, ...]:
    """All of them, the most particular first: the first that recognises a file reads it."""
    from pointinfo.directory.exchange.standard_formats import standard_formats  # noqa: PLC0415 -- made of this

    _ = words.gettext
    return (
        *standard_formats(words),
        Format(
            "jsonl",
            ".jsonl",
            _("PointInfo, une fiche par ligne (JSON Lines)"),
            json_lines.recognises,
            reads=json_lines.JsonLinesReader,
            writes=json_lines.write,
            internal=True,
        ),
        Format(
            "xlsx",
            ".xlsx",
            _("Classeur Excel"),
            lambda _name, head: head[:4] == b"PK\x03\x04",
            writes=_write_xlsx,
            is_table=True,
            internal=True,
        ),
        Format(
            "csv",
            ".csv",
            _("Tableau CSV"),
            lambda _name, _head: True,
            writes=tables_out.write_csv,
            is_table=True,
            internal=True,
        ),
    )


def _write_xlsx(stream: BinaryIO, writing: Writing) -> int:
    from pointinfo.directory.exchange import workbook_out  # noqa: PLC0415 -- openpyxl costs 100 ms

    return workbook_out.write_xlsx(stream, writing)
