"""JSON files of many records, read one record at a time, whatever may be wrong with them."""

import json
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

import msgspec

from pointinfo.directory.exchange.tables import Tick, silent
from pointinfo.errors import InputError
from pointinfo.i18n import Words

CHUNK: Final = 1 << 16
MAX_RECORD: Final = 8 << 20
"""Bytes of one record; no directory has a longer one."""
MAX_DEPTH: Final = 60
"""Objects and lists inside each other."""


class Place(NamedTuple):
    """A place in a file as an editor of text counts: lines and signs from 1."""

    line: int
    column: int

    def behind(self, text: bytes) -> "Place":
        """The place at the end of a text that begins here."""
        lines = text.count(b"\n")
        signs = len(text.rpartition(b"\n")[2].decode("utf-8", "replace"))
        return Place(self.line + lines, (1 if lines else self.column) + signs)


class Element(NamedTuple):
    """One record. `key`: the list it stands in, "" for the outermost; `value` a place: there it can't be read."""

    key: str
    number: int
    value: dict[str, Any] | Place


def fault(text: bytes, begins: Place = Place(1, 1)) -> Place:  # noqa: B008 -- a tuple never changes
    """Where a text that begins at a place is no JSON; its beginning where no single sign is to blame."""
    try:
        json.loads(text.decode())
    except json.JSONDecodeError as error:
        return begins.behind(error.doc[: error.pos].encode())
    except UnicodeDecodeError as error:
        return begins.behind(text[: error.start])
    except (ValueError, RecursionError):
        pass
    return begins


def elements(path: Path, keys: Collection[str], words: Words, tick: Tick = silent) -> Iterator[Element]:
    """The objects of the outermost list, of the lists under `keys` of an outermost object, or that object itself.

    Memory holds one record. Raises `InputError` for a file that is cut off, no JSON or no UTF-8.
    """
    _ = words.gettext
    try:
        with path.open("rb") as stream:
            yield from _Scan(stream, path.name, frozenset(keys), words, tick).elements()
    except OSError as error:
        raise InputError(
            _("Le fichier {file} ne peut pas être lu. Rien n’a été importé.").format(file=path.name)
        ) from error


def first_keys(path: Path) -> tuple[bool, frozenset[str]]:
    """Whether the outermost thing is a list, and the names within the first 64 KiB; for telling formats apart."""
    try:
        with path.open("rb") as stream:
            start = stream.read(CHUNK).removeprefix(b"\xef\xbb\xbf").lstrip()
    except OSError:
        return False, frozenset()
    names = re.findall(rb'"((?:[^"\\]|\\.){1,200})"\s*:', start)
    return start[:1] == b"[", frozenset(_name(name) for name in names) if start[:1] in b"[{" else frozenset()


def _name(raw: bytes) -> str:
    try:
        return msgspec.json.decode(b'"' + raw + b'"', type=str)
    except ValueError:
        return ""


_OUTSIDE: Final = re.compile(rb'["{}\[\]]')
_INSIDE: Final = re.compile(rb'["\\]')


class _Scan:
    """Finds where records begin and end by brackets and quotes alone; what lies between is for the decoder."""

    def __init__(self, stream: BinaryIO, name: str, keys: frozenset[str], words: Words, tick: Tick) -> None:
        self._stream, self._name, self._keys, self._words, self._tick = stream, name, keys, words, tick
        self._size = max(1, os.fstat(stream.fileno()).st_size)
        self._buffer, self._at, self._number = b"", 0, 0
        self._begins = Place(1, 1)
        """Of the buffer."""

    def elements(self) -> Iterator[Element]:
        opening = self._next()
        if opening == b"\xef" and self._buffer.startswith(b"\xef\xbb\xbf"):
            self._buffer = self._buffer[3:]
            opening = self._next()
        if opening == b"[":
            self._at += 1
            yield from self._list("")
        elif opening == b"{":
            yield from self._object()
        else:
            raise self._broken()
        if self._next():
            raise self._broken()

    def _list(self, key: str) -> Iterator[Element]:
        number = 0
        while (sign := self._next()) != b"]":
            if number and sign == b",":
                self._at += 1
                sign = self._next()
            elif number:
                raise self._broken()
            number += 1
            self._number = number
            begins = self._here()
            raw = self._value(sign)
            value = self._decoded(raw)
            yield Element(key, number, value if isinstance(value, dict) else fault(raw, begins))
        self._at += 1

    def _object(self) -> Iterator[Element]:
        """A bundle of lists, or one record alone: then its own lists are not records but parts of it."""
        self._at += 1
        alone: dict[str, Any] = {}
        size, bundled, first = 0, False, True
        while (sign := self._next()) != b"}":
            if not first:
                if sign != b",":
                    raise self._broken()
                self._at += 1
                sign = self._next()
            first = False
            name = self._decoded(self._value(sign)) if sign == b'"' else None
            if not isinstance(name, str) or self._next() != b":":
                raise self._broken()
            self._at += 1
            sign = self._next()
            if sign == b"[" and name in self._keys and "id" not in alone:
                self._at += 1
                bundled = True
                yield from self._list(name)
                continue
            raw = self._value(sign)
            size += len(raw)
            if size > MAX_RECORD:
                raise self._broken()
            alone[name] = self._decoded(raw)
        self._at += 1
        if not bundled:
            yield Element("", 1, alone)

    def _value(self, sign: bytes) -> bytes:
        """The bytes of the value that begins here."""
        if sign in b"[{":
            return self._cut(self._closing())
        if sign == b'"':
            return self._cut(self._string_end(self._at + 1))
        end = self._at
        while True:
            found = re.compile(rb"[\s,:\]}\[{\"]").search(self._buffer, end)
            if found:
                if found.start() == self._at:
                    raise self._broken()
                return self._cut(found.start())
            end = len(self._buffer)
            if not self._more():
                raise self._broken()

    def _closing(self) -> int:
        """Where the list or object that begins here ends."""
        depth, at = 0, self._at
        while True:
            found = _OUTSIDE.search(self._buffer, at)
            if found is None:
                at = len(self._buffer)
                if not self._more():
                    raise self._broken()
                continue
            at = found.end()
            if found[0] == b'"':
                at = self._string_end(at)
                continue
            depth += 1 if found[0] in b"[{" else -1
            if depth > MAX_DEPTH:
                raise self._broken()
            if depth == 0:
                return at

    def _string_end(self, at: int) -> int:
        while True:
            found = _INSIDE.search(self._buffer, at)
            if found and found[0] == b'"':
                return found.end()
            if found and found.end() < len(self._buffer):
                at = found.end() + 1
                continue
            at = found.start() if found else len(self._buffer)
            if not self._more():
                raise self._broken()

    def _cut(self, end: int) -> bytes:
        value = self._buffer[self._at : end]
        self._begins = self._begins.behind(self._buffer[:end])
        self._buffer, self._at = self._buffer[end:], 0
        return value

    def _next(self) -> bytes:
        """The next sign that is not white space, b"" at the end of the file."""
        while True:
            found = re.compile(rb"[^\s]").search(self._buffer, self._at)
            if found:
                self._at = found.start()
                return found[0]
            self._begins = self._begins.behind(self._buffer)
            self._buffer, self._at = b"", 0
            if not self._more():
                return b""

    def _here(self) -> Place:
        return self._begins.behind(self._buffer[: self._at])

    def _more(self) -> bool:
        """Read on, and double the step as a record grows, so that a long one costs no more than it is long."""
        if len(self._buffer) - self._at > MAX_RECORD:
            raise self._broken()
        piece = self._stream.read(max(CHUNK, len(self._buffer)))
        self._buffer += piece
        self._tick(min(1.0, self._stream.tell() / self._size))
        return bool(piece)

    def _decoded(self, raw: bytes) -> Any:
        """The value, None when the decoder finds something wrong with it."""
        try:
            return msgspec.json.decode(raw)
        except (ValueError, RecursionError):
            return None

    def _broken(self) -> InputError:
        _ = self._words.gettext
        if self._number:
            message = _(
                "Le fichier {file} est coupé ou abîmé à partir de la ligne {line}, colonne {column} (fiche {number}). "
                "Rien n’a été importé ; demandez-le à nouveau à qui l’a fait."
            )
        else:
            message = _("Le fichier {file} n’est pas un fichier JSON de fiches. Rien n’a été importé.")
        line, column = self._here()
        return InputError(message.format(file=self._name, number=self._number, line=line, column=column))
