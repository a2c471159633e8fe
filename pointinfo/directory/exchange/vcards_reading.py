"""Cards of an address book (vCard 2.1 to 4.0) as entries: who it is, how to reach them, where, what they do."""

import quopri
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from pointinfo import reasons
from pointinfo.database.schema import Name, Origin
from pointinfo.directory.exchange import cleaning
from pointinfo.directory.exchange.draft import Draft
from pointinfo.directory.exchange.foreign import Cells, Tally
from pointinfo.directory.exchange.incoming import Incoming, Reader, uid_of
from pointinfo.directory.exchange.outgoing import Outgoing
from pointinfo.directory.exchange.reading import FileReader, finished
from pointinfo.directory.exchange.tables import Tick, silent
from pointinfo.directory.exchange.vcards import card_lines
from pointinfo.directory.fields import public
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.vocabulary import Resolver
from pointinfo.errors import InputError
from pointinfo.i18n import Words

REGION: Final = "CH"
_LINE: Final = 4 << 20
"""Bytes; a longer line is a picture that no card needs, or no card."""
_CARD: Final = 1_000
"""Properties."""
_SKIPPED: Final = frozenset(
    {"PHOTO", "LOGO", "SOUND", "KEY", "BDAY", "ANNIVERSARY", "GENDER", "N", "REV", "PRODID", "VERSION", "X-ABLABEL"}
)
"""What an entry has no place for or no business with: pictures, a person's birthday."""
_COVERED: Final = frozenset(
    {"name", "street", "postcode", "city", "contacts/phone", "contacts/email", "contacts/web", "terms/topic"}
    | {"terms/theme", "terms/commune", "wordings/fr/summary", "wordings/fr/description"}
)
_PROPERTY: Final = re.compile(r'(?:([\w-]+)\.)?([\w-]+)((?:;[^:;"]*(?:"[^"]*"[^:;"]*)*)*):(.*)', re.DOTALL | re.ASCII)


class Property(NamedTuple):
    """One line of a card, unfolded: `group` ties a label to what it labels."""

    group: str
    name: str
    parameters: str
    value: str


def looks_like(path: Path) -> bool:
    """Whether a file begins as a card does."""
    try:
        with path.open("rb") as stream:
            return stream.read(100).removeprefix(b"\xef\xbb\xbf").lstrip()[:11].upper() == b"BEGIN:VCARD"
    except OSError:
        return False


def open_vcards(path: Path, resolver: Resolver, words: Words, source: str = "", tick: Tick = silent) -> Reader:
    """The cards of a file. Raises `InputError` for one that can't be read or has a line without end."""
    making = _Making(resolver, source or f"vcard:{path.stem}", words)

    def records(tally: Tally) -> Iterator[Incoming]:
        seen: Counter[str] = Counter()
        for row, card in _cards(path, words, tick):
            yield making.entry(tally, row, card, seen)

    return FileReader(making.source, words, records, tick)


class _Making(msgspec.Struct, dict=True):
    """What entries are made with."""

    resolver: Resolver
    source: str
    words: Words

    @cached_property
    def outgoing(self) -> Outgoing:
        """What our own cards are written with."""
        return Outgoing(self.words, date.min, self.resolver.labels(self.words.language))

    def again(self, record: EntryRecord) -> Incoming:
        """What a card of ours says of an entry."""
        card = [found for line in card_lines(public(record), self.outgoing) if (found := _property(line))]
        return self.entry(Tally(self.words), 0, card, Counter())

    def entry(self, tally: Tally, row: int, card: list[Property], seen: Counter[str]) -> Incoming:
        """The entry of a card; `seen` counts identifiers, for cards that have none and name two alike."""
        labels = {each.group: _plain(each.value) for each in card if each.name == "X-ABLABEL" and each.group}
        is_own = any(each.name == "PRODID" and each.value.startswith("-//PointInfo//") for each in card)
        values: dict[str, str] = {}
        places: dict[str, Property] = {}
        for each in card:
            if each.name not in _SKIPPED:
                times = sum(known.split(" ")[0] == each.name for known in values)
                key = f"{each.name} {times + 1}" if times else each.name
                values[key], places[key] = _readable(each), each
        cells = tally.cells(row, values)
        draft = Draft(cells.line("UID"), cells.line("FN") or cells.line("ORG"), "association")
        if cells.line("KIND") == "location":
            draft.kind = "place"
        for key, each in places.items():
            _read(cells, key, each.name, labels.get(each.group, ""), draft)
        codes = {word: self.resolver.code("topic", word) for word in _list(places.get("CATEGORIES"))}
        draft.terms["topic"] = [code for code in codes.values() if code]
        if codes and all(codes.values()):
            cells.take("CATEGORIES")
        draft.check_name(cells, "FN")
        if is_own and draft.identifier:
            incoming = finished(draft.record(draft.identifier, (), self.resolver), cells, covers=_COVERED)
            return incoming._replace(echo=self.again)
        identifier = draft.identifier or f"{draft.name}|{draft.fields.get('street', '')}"
        seen[identifier] += 1
        if seen[identifier] > 1:
            identifier = f"{identifier}#{seen[identifier]}"
        origins = (Origin(self.source, identifier, cells.rest()),)
        record = draft.record(uid_of(self.source, identifier), origins, self.resolver)
        return finished(record, cells, covers=_COVERED)


def _read(cells: Cells, key: str, name: str, label: str, draft: Draft) -> None:
    """What one property says, put into the draft."""
    if name == "TEL":
        draft.contacts += cells.phones(key, REGION, label)
    elif name == "EMAIL":
        draft.contacts += cells.emails(key, label)
    elif name == "URL":
        draft.contacts += cells.webs(key, label)
    elif name == "ADR" and "street" not in draft.fields:
        street, city, postcode = (*cells.text(key).split("\n"), "", "")[:3]
        draft.fields |= {"street": street, "city": city, "postcode": postcode}
    elif name == "GEO":
        found = re.findall(r"-?\d+(?:\.\d+)?", str(cells.raw(key)))
        draft.put(cleaning.place(found[1], found[0]) if len(found) > 1 else None, cells, key)
    elif name == "NICKNAME":
        names = [word for word in cells.text(key).split("\n") if word]
        draft.fields["names"] = tuple(Name(word, "alias") for word in names)
    elif name == "NOTE":
        draft.say("", cells.text(key))
    elif name == "SOURCE":
        draft.fields["source"] = cells.line(key)
    elif name == "ORG" and cells.line(key) != draft.name:
        draft.fields.setdefault("names", (Name(cells.line(key), "alias"),))


def _readable(each: Property) -> str:
    """A value as a person reads it; the parts of an address that we have a field for, and of a list, on lines."""
    if each.name == "ADR":
        parts = [*(_plain(part) for part in _split(each.value, ";")), *[""] * 7]
        street = ", ".join(" ".join(part.split()) for part in (parts[2], parts[1], parts[0]) if part.strip())
        return "\n".join((street, *(" ".join(part.split()) for part in (parts[3], parts[5]))))
    if each.name in ("NICKNAME", "CATEGORIES"):
        return "\n".join(_list(each))
    if each.name == "ORG":
        return " – ".join(filter(None, (_plain(part).strip() for part in _split(each.value, ";"))))
    if each.name == "TEL":
        return re.sub(r"^tel:|;.*$", "", _plain(each.value), flags=re.IGNORECASE)
    return _plain(each.value)


def _list(each: Property | None) -> list[str]:
    return [word for part in _split(each.value, ",") if (word := _plain(part).strip())] if each else []


def _split(value: str, sign: str) -> list[str]:
    """The parts between signs that are not escaped."""
    return [
        part[:-1] if part.endswith(sign) else part
        for part in re.findall(rf"(?:\\.|[^\\{sign}])*{sign}|(?:\\.|.)+$", value, re.DOTALL)
    ]


def _plain(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value, flags=re.DOTALL)


def _property(line: str) -> Property | None:
    found = _PROPERTY.fullmatch(line)
    if found is None:
        return None
    value = found[4]
    if "QUOTED-PRINTABLE" in found[3].upper():
        value = _text(quopri.decodestring(value.encode())).replace("\r\n", "\n")
    return Property((found[1] or "").lower(), found[2].upper(), found[3], value)


def _cards(path: Path, words: Words, tick: Tick) -> Iterator[tuple[int, list[Property]]]:
    """The properties of each card with the line that it begins on; nothing of what stands outside of cards."""
    card: list[Property] = []
    begins = 0
    for row, line in _unfolded(path, words, tick):
        found = _property(line)
        if found is None:
            continue
        mark = f"{found.name}:{found.value.strip().upper()}"
        if mark == "BEGIN:VCARD":
            card, begins = [], row
        elif mark == "END:VCARD" and begins:
            yield begins, card
            begins = 0
        elif begins and len(card) < _CARD:
            card.append(found)


def _unfolded(path: Path, words: Words, tick: Tick) -> Iterator[tuple[int, str]]:
    """The lines with those that continue them, and where each begins."""
    begun, first = "", 1
    for row, line in enumerate(_lines(path, words, tick), 1):
        soft = begun.endswith("=") and "QUOTED-PRINTABLE" in begun[:200].upper()
        if len(begun) + len(line) <= _LINE and (soft or (begun and line[:1] in (" ", "\t"))):
            begun = begun[:-1] + line if soft else begun + line[1:]
            continue
        if begun:
            yield first, begun
        begun, first = line, row
    if begun:
        yield first, begun


def _lines(path: Path, words: Words, tick: Tick) -> Iterable[str]:
    _ = words.gettext
    try:
        size = max(1, path.stat().st_size)
        with path.open("rb") as stream:
            for row, raw in enumerate(iter(lambda: stream.readline(_LINE), b""), 1):
                if len(raw) == _LINE:
                    raise InputError(
                        _("La ligne {row} n’a pas de fin : ce n’est pas un fichier de cartes de visite.").format(
                            row=row
                        )
                    )
                if row % 2_000 == 0:
                    tick(min(1.0, stream.tell() / size))
                yield _text(raw.removeprefix(b"\xef\xbb\xbf") if row == 1 else raw).rstrip("\r\n")
    except OSError as error:
        raise InputError(
            _("Le fichier {file} ne peut pas être lu ({reason}). Vérifiez son nom et ses droits.").format(
                file=path, reason=reasons.of_system(error, words)
            )
        ) from error


def _text(raw: bytes) -> str:
    """UTF-8, else what an old address book writes."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
