"""XLSX workbooks as rows of text: looked through before anything is unpacked, then read row by row."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple
from warnings import filterwarnings

import openpyxl
from openpyxl.utils import range_boundaries

from pointinfo.directory.exchange.tables import COLUMNS, ROWS, Line, Table, Tick, bounded
from pointinfo.errors import InputError
from pointinfo.i18n import Words

filterwarnings("ignore", module="openpyxl")  # it warns of styles and dates that nobody reads here

UNPACKED: Final = 1_500_000_000
SHARED: Final = 200_000_000
"""Bytes that a workbook may take unpacked, and its table of texts, which is held in memory."""

RATIO: Final = 300
"""How many times its size a part may unpack to; sheets of a hundred thousand equal rows reach about 100."""

_SMALL: Final = 10_000_000
_PARTS: Final = 10_000
_CHUNK: Final = 1 << 20
_OVERLAP: Final = 4_096
_ENTITIES: Final = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_UNCOMPUTED: Final = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>\s*|<(?:\w+:)?v>\s*</(?:\w+:)?v>\s*)?</(?:\w+:)?c>"
)
_MOST_MARKS: Final = 20_000


class _Marks(NamedTuple):
    """What openpyxl's reading does not tell of a sheet: cells of merged ranges, formulas nobody computed."""

    merged: dict[tuple[int, int], tuple[int, int]]
    uncomputed: set[tuple[int, int]]


def examine(file: Path, words: Words, sheet: str = "") -> Table:
    """The workbook and the sheet that will be read: `sheet`, else the first that is shown. Raises `InputError`."""
    _ = words.gettext
    with _opened(file, words) as book:
        shown = tuple(each.title for each in book.worksheets if each.sheet_state == "visible")
        hidden = tuple(each.title for each in book.worksheets if each.sheet_state != "visible")
    every = (*shown, *hidden)
    if not every:
        raise InputError(_("Le classeur {file} n’a aucune feuille.").format(file=file.name))
    if sheet and sheet not in every:
        raise InputError(
            _("Le classeur n’a pas de feuille «{sheet}». Il a : {all}.").format(sheet=sheet, all=", ".join(every))
        )
    return Table(file, "xlsx", sheet=sheet or every[0], sheets=every, hidden=hidden)


def lines(table: Table, words: Words, tick: Tick) -> Iterator[Line]:
    """The rows of the table's sheet that say something. A merged range says the same in each of its cells."""
    for done, line in _read(table, words):
        if line is None:
            tick(done)  # out here: what it raises is not the workbook's fault
        else:
            yield line
    tick(1.0)


def _read(table: Table, words: Words) -> Iterator[tuple[float, Line | None]]:
    """The rows; now and then, instead of one, how much is done."""
    _ = words.gettext
    with _opened(table.file, words) as book:
        sheet = book[table.sheet]
        with zipfile.ZipFile(table.file) as archive:
            marks = _marks(archive, sheet._worksheet_path)  # openpyxl tells it nowhere else
        most = max(1, sheet.max_row or ROWS)
        sheet.reset_dimensions()  # what a sheet says of its own size is often wrong
        spread: dict[tuple[int, int], str] = {}
        for row, values in enumerate(sheet.iter_rows(values_only=True), 1):
            if row > ROWS:
                raise InputError(_("Plus de {limit} lignes : partagez ce fichier.").format(limit=ROWS))
            if row % 500 == 0:
                yield min(0.99, row / most), None
            flaws: list[tuple[int, str]] = []
            cells = [_text(value, column, flaws, words) for column, value in enumerate(values[: COLUMNS + 1])]
            if marks.merged or marks.uncomputed:
                said = _("Une formule sans résultat : ouvrez et enregistrez le classeur dans un tableur.")
                flaws += [(column, said) for column in _apply(marks, row, cells, spread)]
            if any(cells) or flaws:
                yield 0.0, bounded(row, cells, flaws, words)


def _apply(marks: _Marks, row: int, cells: list[str], spread: dict[tuple[int, int], str]) -> list[int]:
    """Give the cells of merged ranges what their first says; returns the columns of formulas without a result."""
    for column in range(len(cells)):
        first = marks.merged.get((row, column))
        if first == (row, column):
            spread[first] = cells[column]
        elif first is not None:
            cells[column] = cells[column] or spread.get(first, "")
    return [column for column in range(len(cells)) if (row, column) in marks.uncomputed]


def _text(value: Any, column: int, flaws: list[tuple[int, str]], words: Words) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        if value.startswith("#") and value in ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"):
            _ = words.gettext
            flaws.append((column, _("Une formule qui donne une erreur ({value}).").format(value=value)))
            return ""
        return value.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    if isinstance(value, bool):
        _ = words.gettext
        return _("oui") if value else _("non")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return str(value)


def _marks(archive: zipfile.ZipFile, part: str) -> _Marks:
    """One pass over the sheet's XML in pieces; a mark cut by the end of a piece is found in the next."""
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    uncomputed: set[tuple[int, int]] = set()
    before = b""
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            text = before + piece
            for found in _MERGED.finditer(text) if b"mergeCell" in text else ():
                left, top, right, bottom = (edge or 0 for edge in range_boundaries(found[1].decode()))
                cells = (right - left + 1) * (bottom - top + 1)
                if 0 < cells <= _MOST_MARKS and len(merged) < 10 * _MOST_MARKS:
                    for row in range(top, bottom + 1):
                        for column in range(left - 1, right):
                            merged[row, column] = (top, left - 1)
            for found in _UNCOMPUTED.finditer(text) if b"f>" in text or b"f/>" in text else ():
                if len(uncomputed) < 10 * _MOST_MARKS:
                    uncomputed.add((int(found[2]), _column(found[1])))
            before = text[-_OVERLAP:]
    return _Marks(merged, uncomputed)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _refuse_bombs(file: Path, words: Words) -> None:
    """By what the archive declares, then by its content: zipfile never unpacks more of a part than is declared."""
    _ = words.gettext
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        total = sum(part.file_size for part in parts)
        dense = any(part.file_size > _SMALL and part.file_size > RATIO * part.compress_size for part in parts)
        shared = max((part.file_size for part in parts if "sharedstrings" in part.filename.lower()), default=0)
        if len(parts) > _PARTS or total > UNPACKED or dense or shared > SHARED:
            raise InputError(
                _(
                    "Le classeur {file} se déplierait en {size} Mo : il n’a pas été ouvert. S’il est bien à vous, "
                    "enregistrez-le comme CSV."
                ).format(file=file.name, size=round(total / 1e6))
            )
        for part in parts:
            if part.flag_bits & 1:
                raise InputError(_("Le classeur {file} est protégé par un mot de passe.").format(file=file.name))
            if part.filename.lower().endswith((".xml", ".rels")) and _declares_entities(archive, part):
                raise InputError(
                    _("Le classeur {file} n’est pas d’un tableur (il déclare des entités XML).").format(file=file.name)
                )


def _declares_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    before = b""
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            text = before + piece
            if any(mark in text for mark in _ENTITIES):
                return True
            before = text[-32:]
    return False


@contextmanager
def _opened(file: Path, words: Words) -> Iterator[Any]:
    """The workbook. Whatever openpyxl meets in a damaged one (it may raise nearly anything) becomes one sentence."""
    try:
        _refuse_bombs(file, words)
        with file.open("rb") as stream:
            yield openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except (InputError, GeneratorExit, KeyboardInterrupt):
        raise
    except Exception as error:
        _ = words.gettext
        raise InputError(
            _("Le classeur {file} est endommagé ou d’une autre sorte ({reason}).").format(
                file=file.name, reason=str(error)[:120] or type(error).__name__
            )
        ) from error
