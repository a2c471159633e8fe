"""Our own JSON Lines: one whole `EntryRecord` a line, links by uid, vocabularies by code, leaflets by their hash.

The schema is published in `resources/schemas/entry.schema.json`; `schema` makes it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from pointinfo import reasons
from pointinfo.directory.exchange.incoming import Incoming, Remark, Understood
from pointinfo.directory.exchange.jsonfile import fault
from pointinfo.directory.record import EntryRecord
from pointinfo.errors import InputError

if TYPE_CHECKING:
    from pointinfo.directory.exchange.formats import Reading, Writing

_LINE = 16_000_000


def recognises(name: str, head: bytes) -> bool:
    """Whether each line is an object, and the first one of ours."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:2_000]
    return first[:1] == b"{" and (b'"uid"' in first or name.lower().endswith((".jsonl", ".ndjson")))


def write(stream: BinaryIO, writing: "Writing") -> int:
    """Every entry on its line, in UTF-8; returns how many."""
    count = 0
    for record in writing.entries:
        stream.write(msgspec.json.encode(record) + b"\n")
        count += 1
    return count


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one line."""
    made: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(EntryRecord)))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "PointInfo entry",
        "description": "One line of PointInfo's JSON Lines: an entry with its links, codes and origins.",
        **made,
    }


class JsonLinesReader:
    """A file of ours being read. See `incoming.Reader`."""

    def __init__(self, file: Path, reading: "Reading") -> None:
        self.source = reading.source or file.stem
        self._file = file
        self._words = reading.words
        self._tick = reading.tick
        self._decoder = msgspec.json.Decoder(EntryRecord)
        self._filled: dict[str, int] = dict.fromkeys(EntryRecord.__struct_fields__, 0)

    def __iter__(self) -> Iterator[Incoming]:
        _ = self._words.gettext
        try:
            size = max(1, self._file.stat().st_size)
            with self._file.open("rb") as stream:
                number = 0
                while raw := stream.readline(_LINE):
                    number += 1
                    if len(raw) == _LINE:
                        raise InputError(
                            _("La ligne {row} n’a pas de fin : ce n’est pas un fichier JSON Lines.").format(row=number)
                        )
                    if number % 500 == 0:
                        self._tick(min(1.0, stream.tell() / size))
                    line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
                    if line.strip():
                        yield self._incoming(number, line)
        except OSError as error:
            raise InputError(
                _("Le fichier {file} ne peut pas être lu ({reason}). Vérifiez son nom et ses droits.").format(
                    file=self._file, reason=reasons.of_system(error, self._words)
                )
            ) from error
        self._tick(1.0)

    def understood(self) -> tuple[Understood, ...]:
        """Per field; all of a line is taken or nothing."""
        return tuple(Understood(field, count, count) for field, count in self._filled.items() if count)

    def _incoming(self, number: int, line: bytes) -> Incoming:
        try:
            record = self._decoder.decode(line)
        except (ValueError, RecursionError) as error:  # msgspec's errors and UnicodeDecodeError are ValueErrors
            shown = line[:200].decode("utf-8", "replace").strip()
            remark = Remark(number, _place(error), shown, self._reason(error, line), fatal=True)
            return Incoming(EntryRecord(uid="", kind="service", name=""), number, (remark,))
        for field in EntryRecord.__struct_fields__:
            if getattr(record, field):
                self._filled[field] += 1
        return Incoming(record, number)

    def _reason(self, error: Exception, line: bytes) -> str:
        _ = self._words.gettext
        said = str(error)
        if isinstance(error, msgspec.ValidationError):
            missing = re.search(r"missing required field `(.*?)`", said)
            if missing:
                return _("Le champ «{field}» manque.").format(field=missing[1])
            return _("La valeur est d’une autre sorte que prévu ({detail}).").format(detail=said[:120])
        return _("Ce n’est pas du JSON à partir de la colonne {column}.").format(column=fault(line.rstrip()).column)


def _place(error: Exception) -> str:
    found = re.search(r"at `\$\.?([^`]*)`", str(error))
    return found[1] if found else ""
