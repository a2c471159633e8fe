"""A folder or a zip of CSV tables that belong together, read without trusting it."""

import codecs
import csv
import io
import tempfile
import zipfile
import zlib
from array import array
from collections.abc import Collection, Iterator
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final, NamedTuple, Self, cast

import msgspec

from pointinfo.directory.exchange.tables import Tick, silent
from pointinfo.errors import InputError
from pointinfo.i18n import Words

MAX_MEMBERS: Final = 500
MAX_UNPACKED: Final = 2 << 30
"""Bytes of all tables of a zip together, once unpacked."""
MAX_RATIO: Final = 200
"""A zip that unpacks to more than this many times its size is a bomb; tables of text reach 20."""
MAX_LINE: Final = 4 << 20
"""Characters of one line of a table."""
MAX_COLUMNS: Final = 500
"""Columns of a table; the widest of the standards has 30."""
_TOLD: Final = 500
"""Lines of a table after which whoever waits is told how far it is."""


class Row(NamedTuple):
    """One line of a table. `number` counts records, the header being 1."""

    number: int
    cells: dict[str, str]


class Package:
    """The tables of a folder or zip, by their file names without «.csv», in lower case. To be used in a `with`.

    `tick` is told how much of all tables was read, those of `twice` being read two times.
    """

    def __init__(self, path: Path, words: Words, tick: Tick = silent, twice: Collection[str] = ()) -> None:
        self.path = path
        self._words = words
        self._tick = tick
        self._done = 0
        self._zip: zipfile.ZipFile | None = None
        try:
            if path.is_dir():
                self._places = {each.stem.lower(): each.name for each in sorted(path.iterdir()) if _is_table(each.name)}
            else:
                self._zip = opened_zip(path, words)
                names = [name for name in self._zip.namelist() if _is_table(name)]
                self._places = {PurePosixPath(name).stem.lower(): name for name in names}
            self._sizes = {table: self._size(place) for table, place in self._places.items()}
        except OSError as error:
            raise self._unreadable() from error
        self._whole = max(1, sum(size * (2 if table in twice else 1) for table, size in self._sizes.items()))

    @property
    def tables(self) -> frozenset[str]:
        """The names of the tables there are."""
        return frozenset(self._places)

    def columns(self, table: str) -> tuple[str, ...]:
        """The header of a table, () when there is none."""
        with self._text(table) as text:
            return tuple(next(self._records(text), ()))

    def rows(self, table: str) -> Iterator[Row]:
        """The lines of a table as cells by column, empty lines left out; nothing for a table that isn't there.

        Raises `InputError` when it is no CSV file. Cells beyond the header are dropped, missing ones are empty.
        """
        if table not in self._places:
            return
        with self._text(table) as text:
            records = self._records(text)
            header = next(records, [])
            for number, record in enumerate(records, 2):
                if number % _TOLD == 0:
                    self._tick(min(1.0, (self._done + _place(text)) / self._whole))
                if any(cell.strip() for cell in record):
                    yield Row(number, dict(zip(header, record, strict=False)))
        self._done += self._sizes[table]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._zip:
            self._zip.close()

    def _records(self, text: IO[str]) -> Iterator[list[str]]:
        try:
            yield from _reader(text)
        except _BROKEN as error:
            raise self._unreadable() from error

    def _text(self, table: str) -> io.TextIOWrapper:
        try:
            raw: IO[bytes]
            raw = self._zip.open(self._places[table]) if self._zip else (self.path / self._places[table]).open("rb")
            return io.TextIOWrapper(raw, encoding=_encoding(self._start(table)), errors="replace", newline="")
        except (*_BROKEN, KeyError) as error:
            raise self._unreadable() from error

    def _size(self, place: str) -> int:
        return self._zip.getinfo(place).file_size if self._zip else (self.path / place).stat().st_size

    def _start(self, table: str) -> bytes:
        with self._zip.open(self._places[table]) if self._zip else (self.path / self._places[table]).open("rb") as raw:
            return raw.read(1 << 18)

    def _unreadable(self) -> InputError:
        _ = self._words.gettext
        return InputError(
            _("Les tables de {file} ne peuvent pas être lues. Rien n’a été importé ; demandez-les à nouveau.").format(
                file=self.path.name
            )
        )


def csv_rows(path: Path, words: Words, tick: Tick = silent) -> Iterator[Row]:
    """The lines of one CSV file on its own, as those of a package."""
    _ = words.gettext
    try:
        with path.open("rb") as raw:
            encoding = _encoding(raw.read(1 << 18))
        size = max(1, path.stat().st_size)
        with path.open(encoding=encoding, errors="replace", newline="") as text:
            records = _reader(text)
            header = next(records, [])
            for number, record in enumerate(records, 2):
                if number % _TOLD == 0:
                    tick(min(1.0, _place(text) / size))
                if any(cell.strip() for cell in record):
                    yield Row(number, dict(zip(header, record, strict=False)))
    except _BROKEN as error:
        raise InputError(
            _("Le fichier {file} ne peut pas être lu. Rien n’a été importé.").format(file=path.name)
        ) from error


def csv_columns(path: Path) -> frozenset[str]:
    """The header of a CSV file on its own; nothing when it can't be read. For telling formats apart."""
    try:
        with path.open("rb") as raw:
            encoding = _encoding(raw.read(1 << 18))
        with path.open(encoding=encoding, errors="replace", newline="") as text:
            return frozenset(next(_reader(text), ()))
    except _BROKEN:
        return frozenset()


_BROKEN: Final = (csv.Error, ValueError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError)


def _reader(text: IO[str]) -> Iterator[list[str]]:
    """The header of a table and its records: commas, or semicolons where the header has more of them.

    Raises ValueError for a header of more than `MAX_COLUMNS`.
    """
    lines = _bounded(text)
    first = next(lines, "")
    sign = max(",;\t", key=first.count) if first else ","
    records = csv.reader(chain([first], lines), delimiter=sign)
    header = next(records, [])
    if len(header) > MAX_COLUMNS:
        raise ValueError("too many columns")
    yield [name.strip() for name in header]
    yield from records


class Shelf:
    """Rows put away on disk under the id they belong to; memory holds only where they lie. To be used in a `with`."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed on leaving
        self._places: dict[str, array[int]] = {}

    def put(self, key: str, value: Any) -> None:
        """Put one row away."""
        packed = msgspec.msgpack.encode(value)
        self._places.setdefault(key, array("Q")).append(self._file.tell())
        self._file.write(len(packed).to_bytes(4, "big") + packed)

    def of(self, key: str) -> list[Any]:
        """The rows under an id, in the order they were put away; [] for none."""
        found = []
        for position in self._places.get(key, ()):
            self._file.seek(position)
            found.append(msgspec.msgpack.decode(self._file.read(int.from_bytes(self._file.read(4), "big"))))
        self._file.seek(0, io.SEEK_END)
        return found

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()


def opened_zip(path: Path, words: Words, most: int = MAX_UNPACKED) -> zipfile.ZipFile:
    """A zip whose names and sizes (`most` bytes, unpacked) are an honest file's. Raises `InputError` for another."""
    _ = words.gettext
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
        raise InputError(
            _("Le fichier {file} n’est pas une archive zip lisible. Rien n’a été importé.").format(file=path.name)
        ) from error
    members = archive.infolist()
    size = sum(each.file_size for each in members)
    packed = sum(each.compress_size for each in members)
    tricky = any(
        each.filename.startswith(("/", "\\")) or ".." in PurePosixPath(each.filename).parts or ":" in each.filename
        for each in members
    )
    if tricky or len(members) > MAX_MEMBERS or size > most or (size > 1 << 20 and size > packed * MAX_RATIO):
        archive.close()
        raise InputError(
            _(
                "L’archive {file} n’est pas sûre (chemins ou tailles inhabituels). Elle n’a pas été ouverte ; "
                "demandez les fichiers à nouveau à qui l’a faite."
            ).format(file=path.name)
        )
    return archive


def _place(text: io.TextIOWrapper) -> int:
    """How many bytes of a table have been read."""
    return cast("IO[bytes]", text.buffer).tell()


def _is_table(name: str) -> bool:
    return name.lower().endswith(".csv") and not PurePosixPath(name).name.startswith(".") and "__MACOSX" not in name


def _encoding(start: bytes) -> str:
    """UTF-8 or UTF-16 by mark, UTF-8 where it decodes, else the Windows code page of Western Europe."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _bounded(text: IO[str]) -> Iterator[str]:
    """Lines of a length that fits into memory."""
    while line := text.readline(MAX_LINE):
        if len(line) >= MAX_LINE:
            raise ValueError("line too long")
        yield line.replace("\0", "")
