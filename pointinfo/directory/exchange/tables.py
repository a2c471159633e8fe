"""Tables as rows of text, CSV and XLSX alike: streamed, whatever their encoding, with what is wrong said per cell."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from io import StringIO, TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from pointinfo import reasons
from pointinfo.errors import InputError
from pointinfo.i18n import Words

COLUMNS: Final = 500
CELL: Final = 32_767
"""Columns of a row, characters of a cell (Excel's own limit); what lies beyond is left out and said."""

ROWS: Final = 1_048_576
"""Rows of one table, Excel's own limit: a workbook may claim any number."""

DELIMITERS: Final = (";", ",", "\t", "|")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LINE: Final = 4_000_000
_SAMPLE: Final = 262_144
_LOOKED_AT: Final = 12
_TITLES: Final = 5
"""Rows by which the heading is found, and rows that may stand above it."""
_NAMES: Final = frozenset({"nom", "name", "id", "titre", "association", "organisation", "service", "structure"})

Tick = Callable[[float], None]
"""Told how much is done, 0 to 1, now and then; stops the work by raising."""


class Line(NamedTuple):
    """One row. `row` as a spreadsheet counts it, from 1; `flaws` say what is wrong in which cell (-1: the row)."""

    row: int
    cells: list[str]
    flaws: tuple[tuple[int, str], ...] = ()


class Table(NamedTuple):
    """What a file is, found from its beginning. `sheets` names those of a workbook; `delimiter` parts the cells of CSV.

    `encoding` is Python's name; `hidden` are the sheets that are not shown.
    """

    file: Path
    format: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


def silent(_done: float) -> None:
    """Nobody looks on."""


def examine(file: Path, words: Words, *, encoding: str = "", delimiter: str = "", sheet: str = "") -> Table:
    """What kind of table `file` is; what is given is not guessed. Raises `InputError` when it is none."""
    _ = words.gettext
    head = beginning(file, words)
    if head[:4] == b"PK\x03\x04":
        from pointinfo.directory.exchange import workbook  # noqa: PLC0415 -- openpyxl costs 100 ms

        return workbook.examine(file, words, sheet)
    if head[:4] == b"\xd0\xcf\x11\xe0":
        raise InputError(
            _(
                "{file} est un ancien classeur Excel (.xls) ou un classeur protégé. Enregistrez-le comme .xlsx ou "
                "comme CSV, puis recommencez."
            ).format(file=file.name)
        )
    encoding = encoding or _encoding(head)
    text = _decoded(head, encoding)
    if len(_CONTROL.findall(text)) > max(20, len(text) // 20):
        raise InputError(
            _("{file} n’est pas un tableau : ce n’est ni du CSV ni un classeur .xlsx.").format(file=file.name)
        )
    return Table(file, "csv", encoding, delimiter or _delimiter(text))


def beginning(file: Path, words: Words) -> bytes:
    """The first bytes of a file. Raises `InputError` when it is empty, a folder or can't be opened."""
    _ = words.gettext
    if file.is_dir():
        raise InputError(_("{file} est un dossier. Choisissez un fichier.").format(file=file))
    try:
        with file.open("rb") as stream:
            head = stream.read(_SAMPLE)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputError(
            _("Le fichier {file} ne peut pas être lu ({reason}). Vérifiez son nom et ses droits.").format(
                file=file, reason=reasons.of_system(error, words) if isinstance(error, OSError) else error
            )
        ) from error
    if not head.strip():
        raise InputError(_("Le fichier {file} est vide.").format(file=file.name))
    return head


def lines(table: Table, words: Words, tick: Tick = silent) -> Iterator[Line]:
    """The rows that say something, in order, the heading first. Raises `InputError` where nothing more can be read."""
    if table.format == "xlsx":
        from pointinfo.directory.exchange import workbook  # noqa: PLC0415

        rows = workbook.lines(table, words, tick)
    else:
        rows = _csv_lines(table, words, tick)
    yield from _from_heading(rows, words)


def _from_heading(rows: Iterator[Line], words: Words) -> Iterator[Line]:
    """Without a title above the heading: rows of one cell where the others say far more, merged cells being one."""
    first = list(islice(rows, _LOOKED_AT))
    filled = [len({cell.strip() for cell in line.cells} - {""}) for line in first]
    most = max(filled, default=0)
    title = 0
    while title < min(_TITLES, len(first) - 1) and filled[title] <= max(1, most // 4) < most:
        title += 1
    if 0 < title <= _TITLES and filled[title] > max(1, most // 4) and not _is_heading(first[0]):
        _ = words.gettext
        said = " ".join(cell for line in first[:title] for cell in dict.fromkeys(map(str.strip, line.cells)) if cell)
        sentence = _("Au-dessus de l’en-tête, pas lu : «{title}».").format(title=said[:120])
        heading = first[title]
        first[: title + 1] = [heading._replace(flaws=((-1, sentence), *heading.flaws))]
    yield from first
    yield from rows


def _is_heading(line: Line) -> bool:
    """A table may name only its first column."""
    return any(cell.strip().casefold() in _NAMES for cell in line.cells)


def bounded(row: int, cells: list[str], flaws: list[tuple[int, str]], words: Words) -> Line:
    """A row within the limits, what was cut being said."""
    if len(cells) > COLUMNS:
        _ = words.gettext
        sentence = _("Plus de {limit} colonnes : les suivantes ne sont pas lues.")
        if any(cells[COLUMNS:]):
            flaws.append((COLUMNS, sentence.format(limit=COLUMNS)))
        cells = cells[:COLUMNS]
    for column, cell in enumerate(cells):
        if len(cell) > CELL:
            _ = words.gettext
            cells[column] = cell[:CELL]
            flaws.append((column, _("Plus de {limit} caractères : la fin n’est pas lue.").format(limit=CELL)))
    return Line(row, cells, tuple(flaws))


# CSV


class _Source:
    """The physical lines of a CSV file as text; remembers which were not in the encoding of the others."""

    def __init__(self, stream: BinaryIO, encoding: str, words: Words) -> None:
        self._stream = stream
        self._encoding = encoding
        self._words = words
        self.odd = False
        self.nul = False
        self.is_at_end = False
        self.taken: list[str] = []
        """The lines handed out since whoever reads the rows emptied this."""

    def __iter__(self) -> Iterator[str]:
        for line in self._clean():
            self.taken.append(line)
            yield line
        self.is_at_end = True

    def _clean(self) -> Iterator[str]:
        first = True
        for line in self._wide() if self._encoding.startswith("utf-16") else self._narrow():
            text = line
            if first:
                first = False
                text = text.removeprefix("\ufeff")
                if re.fullmatch(r"sep=.\s*", text, re.IGNORECASE):  # Excel's own way to tell the delimiter
                    continue
            if "\0" in text:
                self.nul = True
                text = text.replace("\0", "")
            if "\r" in text:  # an old Mac's, or a stray one
                yield from text.replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True)
            else:
                yield text

    def _narrow(self) -> Iterator[str]:
        stream, encoding = self._stream, self._encoding or "utf-8"
        while raw := stream.readline(_LINE):
            self._refuse_endless(len(raw))
            try:
                yield raw.decode(encoding)
            except UnicodeDecodeError:
                self.odd = True
                yield raw.decode("cp1252" if encoding == "utf-8" else encoding, errors="replace")

    def _wide(self) -> Iterator[str]:
        text = TextIOWrapper(self._stream, self._encoding, errors="replace", newline="")
        try:
            while line := text.readline(_LINE):
                self._refuse_endless(len(line))
                self.odd = self.odd or "\ufffd" in line
                yield line
        finally:
            if not self._stream.closed:  # whoever stopped reading has closed it
                text.detach()

    def _refuse_endless(self, length: int) -> None:
        if length >= _LINE:
            _ = self._words.gettext
            raise InputError(_("Ce fichier n’est pas un tableau : une de ses lignes n’a pas de fin."))


def _csv_lines(table: Table, words: Words, tick: Tick) -> Iterator[Line]:
    _ = words.gettext
    size = max(1, table.file.stat().st_size)
    row = 0
    try:
        with table.file.open("rb") as stream:
            source = _Source(stream, table.encoding, words)
            delimiter, width = table.delimiter or ",", 0
            for cells in csv.reader(source, delimiter=delimiter):
                if row < _LOOKED_AT:
                    width = max(width, len(cells))
                if source.is_at_end or (len(source.taken) > 1 and _swallows(source.taken, delimiter, width)):
                    raise csv.Error
                source.taken.clear()
                row += 1
                if row % 500 == 0:
                    tick(min(1.0, stream.tell() / size))
                flaws: list[tuple[int, str]] = []
                if source.odd or source.nul:
                    flaws = _odd_flaws(source, table.encoding, words)
                if row > ROWS:
                    raise InputError(_("Plus de {limit} lignes : partagez ce fichier.").format(limit=ROWS))
                if any(cells):
                    yield bounded(row, cells, flaws, words)
    except csv.Error as error:
        raise InputError(
            _(
                "La ligne {row} ne se lit pas : un guillemet y est sans doute ouvert et jamais refermé. "
                "Corrigez-la, puis recommencez."
            ).format(row=row + 1)
        ) from error
    except OSError as error:
        raise InputError(
            _("Le fichier {file} ne peut plus être lu ({reason}).").format(
                file=table.file.name, reason=reasons.of_system(error, words)
            )
        ) from error
    tick(1.0)


def _swallows(written: list[str], delimiter: str, width: int) -> bool:
    """Whether a row of several lines is several rows that a quote nobody closed has made one.

    Its cell then ends where another begins to be quoted, with text behind; or each line has the cells of a row, and
    what parts them stands as between cells, not as in a sentence («Lancy; Vernier», «1,5 km»).
    """
    try:
        list(csv.reader(written, delimiter=delimiter, strict=True))
    except csv.Error:
        return True
    if width < 2 or any(line.count(delimiter) != width - 1 for line in written):
        return False
    text = "".join(written)
    marks: dict[bool, list[bool]] = {False: [], True: []}
    quoted = False
    for place, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif letter == delimiter:
            around = text[place - 1 : place] + text[place + 1 : place + 2]
            marks[quoted].append(around[1:].isspace() or (delimiter == "," and len(around) == 2 and around.isdigit()))
    as_in_a_sentence = all(marks[True]) and not all(marks[False])
    return not as_in_a_sentence


def _odd_flaws(source: _Source, encoding: str, words: Words) -> list[tuple[int, str]]:
    _ = words.gettext
    flaws = []
    if source.odd and encoding in ("", "utf-8"):
        flaws.append((-1, _("Cette ligne n’est pas en UTF-8 comme les autres : lue comme Windows-1252.")))
    elif source.odd:
        flaws.append((-1, _("Des lettres de cette ligne ne se lisent pas.")))
    if source.nul:
        flaws.append((-1, _("Cette ligne contenait des caractères nuls, laissés de côté.")))
    source.odd = source.nul = False
    return flaws


def _encoding(head: bytes) -> str:
    """By its mark, else by how it looks: «utf-8» where that reads, else cp1252."""
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 5 and not even:
        return "utf-16-le"
    if even > len(head) // 5 and not odd:
        return "utf-16-be"
    found = [_is_utf8(line) for line in head.splitlines()[:-1] or [head] if not line.isascii()]
    return "cp1252" if found and not any(found) else "utf-8"


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(head: bytes, encoding: str) -> str:
    return head.decode(encoding, errors="replace").removeprefix("\ufeff")


def _delimiter(text: str) -> str:
    """What parts the cells: the mark that gives most rows the same number of cells, and more than one."""
    marked = re.match(r"sep=(.)\s*[\r\n]", text, re.IGNORECASE)
    if marked and marked[1] in DELIMITERS:
        return marked[1]
    sample = "\n".join(text.splitlines()[:60])
    best, chosen = (0.0, 0), ","
    for mark in DELIMITERS:
        try:
            rows = [row for row in csv.reader(StringIO(sample), delimiter=mark) if any(row)][:40]
        except csv.Error:
            continue
        counts = Counter(map(len, rows))
        cells, often = counts.most_common(1)[0] if counts else (1, 0)
        if cells > 1 and (often / len(rows), cells) > best:
            best, chosen = (often / len(rows), cells), mark
    return chosen
