"""Reads the rows of a table as entries, by a mapping: what a cell says becomes a field, a remark or an extra."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final, NamedTuple

from pointinfo.database.schema import Origin
from pointinfo.directory.exchange.addresses import addresses, split_address
from pointinfo.directory.exchange.cell_reader import CellReader
from pointinfo.directory.exchange.cell_reader import Understood as CellUnderstood
from pointinfo.directory.exchange.cells import restored
from pointinfo.directory.exchange.columns import extra_key, extra_of, gathered, is_target
from pointinfo.directory.exchange.guessing import Sample, guess
from pointinfo.directory.exchange.incoming import Incoming, Remark, Understood, UnknownWord, uid_of
from pointinfo.directory.exchange.mapping import EXTRA, IGNORED, Column, Mapping, headings
from pointinfo.directory.exchange.spoken_hours import week
from pointinfo.directory.exchange.tables import Line, Table, Tick, lines, silent
from pointinfo.directory.exchange.whole_row import DIRECTIONS, Elsewhere, mend_phones, tell_elsewhere
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.text import fold
from pointinfo.directory.vocabulary import Resolver
from pointinfo.errors import InputError
from pointinfo.i18n import Words

_LOOKED_AT: Final = 200
"""Rows by which columns are guessed."""
_UNKNOWN: Final = 2_000
_WORD: Final = 80
"""How many unknown words are counted, and their letters at most: what is longer is no word of a list."""


class _Row(NamedTuple):
    """What a row says as it is read: by column, beside the columns, by other sources; what was not understood."""

    said: dict[str, Any]
    extra: dict[str, str]
    origins: dict[str, tuple[str, dict[str, str]]]
    remarks: list[Remark]
    unread: list[str]
    days: list[tuple[str, str, str]]
    elsewhere: list[Elsewhere]


class _Plan(NamedTuple):
    """What becomes of one column. `several`: its values join those of other columns of the same target.

    `known` are the cells that `read` has read before.
    """

    place: int
    column: Column
    target: str
    read: CellReader | None
    known: dict[str, CellUnderstood]
    several: bool


def first_lines(table: Table, words: Words, count: int = _LOOKED_AT) -> list[Line]:
    """The heading and the rows below it, for a person to look at."""
    return list(islice(lines(table, words), count + 1))


def samples(found: list[Line]) -> list[Sample]:
    """The columns as these lines show them."""
    if not found:
        return []
    return [
        Sample(name, tuple(line.cells[place].strip() for line in found[1:] if line.cells[place : place + 1] > [""]))
        for place, name in enumerate(headings(found[0].cells))
    ]


def guessed(table: Table, source: str, resolver: Resolver, words: Words) -> Mapping:
    """How a table of an unknown source is most likely to be read."""
    return Mapping(source=source, columns=guess(samples(first_lines(table, words)), resolver))


class TableReader:
    """A table being read. See `incoming.Reader`."""

    def __init__(
        self, table: Table, mapping: Mapping, resolver: Resolver, words: Words, *, tick: Tick = silent
    ) -> None:
        self.source = mapping.source
        self._table = table
        self._mapping = mapping
        self._resolver = resolver
        self._words = words
        self._tick = tick
        self._names: list[str] = []
        self._plans: list[_Plan] = []
        self._filled: list[int] = []
        self._lost: Counter[str] = Counter()
        self._taken: Counter[str] = Counter()
        self._kept: Counter[str] = Counter()
        self._by_name: set[str] = set()
        self._unknown: Counter[tuple[str, str, str]] = Counter()

    def __iter__(self) -> Iterator[Incoming]:
        """Raises `InputError` when no column holds the names of the entries."""
        rows = lines(self._table, self._words, self._tick)
        first = next(rows, None)
        if first is None:
            _ = self._words.gettext
            raise InputError(_("Le fichier {file} est vide.").format(file=self._table.file.name))
        self._prepare(first)
        waiting = self._flaws(first)
        for line in rows:
            incoming = self._row(line)
            if waiting:
                incoming = incoming._replace(remarks=(*waiting, *incoming.remarks))
                waiting = []
            yield incoming

    def understood(self) -> tuple[Understood, ...]:
        """Per column of the table."""
        read = {plan.column.name for plan in self._plans if plan.read is not None}
        return tuple(
            Understood(name, filled, filled - self._lost[name] if name in read else self._taken[name], self._kept[name])
            for name, filled in zip(self._names, self._filled, strict=True)
        )

    def unknown(self) -> tuple[UnknownWord, ...]:
        """The words that the mapping could give a meaning, the most frequent first."""
        return tuple(UnknownWord(*key, cells) for key, cells in self._unknown.most_common())

    def _prepare(self, first: Line) -> None:
        self._names = headings(first.cells)
        self._filled = [0] * len(self._names)
        columns = [
            column if column.target in (EXTRA, IGNORED) or is_target(column.target) else Column(column.name, EXTRA)
            for column in self._mapping.of(self._names)
        ]
        targets = {column.target for column in columns}
        if "name" not in targets:
            _ = self._words.gettext
            raise InputError(_("Aucune colonne ne donne le nom des fiches. Choisissez laquelle, puis recommencez."))
        for place, column in enumerate(columns):
            if column.target == IGNORED:
                continue
            read = None
            if not _is_aside(column.target):
                read = CellReader(
                    column.target, self._resolver, self._words, separator=column.separator, codes=column.codes
                )
            several = column.target.split("/", 1)[0] in ("terms", "contacts", "internal_contacts", "names", "links")
            known = read.known if read is not None else {}
            self._plans.append(_Plan(place, column, column.target, read, known, several))
        self._covers = frozenset(self._covered(targets))
        self._derives_theme = "terms/topic" in targets and "terms/theme" not in targets
        self._derives_sector = "terms/neighbourhood" in targets and "terms/sector" not in targets
        self._derives_commune = "terms/commune" not in targets and not {"city", "address"}.isdisjoint(targets)

    def _covered(self, targets: set[str]) -> Iterator[str]:
        yield from targets
        yield f"origins/{self.source}"
        yield from (extra_key(self.source, name) for name in self._names)
        if "address" in targets:
            yield from ("street", "postcode", "city")
        if "contacts/any" in targets:
            yield from ("contacts/phone", "contacts/email", "contacts/web")
        if "terms/topic" in targets:
            yield "terms/theme"
        if "terms/neighbourhood" in targets:
            yield "terms/sector"
        if not {"city", "address"}.isdisjoint(targets):
            yield "terms/commune"
        for target in targets:
            if target.startswith("hours/"):
                yield "hours"
            if target.startswith("extra/"):
                yield f"origins/{extra_of(target)[0]}"

    def _row(self, line: Line) -> Incoming:
        row = _Row({}, {}, {}, self._flaws(line), [], [], [])
        cells = list(map(str.strip, line.cells))
        count = len(cells)
        filled, said = self._filled, row.said
        for place, column, target, read, known, several in self._plans:
            if place >= count or not (text := cells[place]):
                continue
            if text[0] == "'":
                text = restored(text)
            filled[place] += 1
            if read is None:
                _put_aside(column, text, row)
                if target == EXTRA or target.startswith("extra/"):
                    self._kept[column.name] += 1
                elif not target.startswith("hours/"):
                    self._taken[column.name] += 1
                continue
            value, problems, unknown = known.get(text) or read(text)
            if value is None:
                self._lost[column.name] += 1
                if problems:
                    row.unread.append(target)
            elif several:
                _add(target, value, said)
            elif target not in said:
                said[target] = value
            if problems:
                row.extra[column.name] = text
                row.remarks.extend(Remark(line.row, column.name, text[:200], sentence) for sentence in problems)
                self._count(column, unknown)
        for place in range(len(self._names), count):
            if cells[place]:
                row.extra[f"colonne {place + 1}"] = cells[place]
        for number, sentence in mend_phones(said, self._words):
            row.remarks.append(Remark(line.row, self._column_with(number, line), number, sentence))
        if row.elsewhere:
            row.remarks.extend(tell_elsewhere(line.row, row.elsewhere, said, self._words))
        return self._incoming(line.row, row)

    def _column_with(self, text: str, line: Line) -> str:
        """The column of a row that says this."""
        return next((name for name, cell in zip(self._names, line.cells, strict=False) if text in cell), "")

    def _count(self, column: Column, unknown: tuple[str, ...]) -> None:
        for word in unknown:
            key = (column.name, column.target, word)
            if len(word) <= _WORD and (key in self._unknown or len(self._unknown) < _UNKNOWN):
                self._unknown[key] += 1

    def _incoming(self, number: int, row: "_Row") -> Incoming:
        _ = self._words.gettext
        said = row.said
        uid, ident = said.pop("?uid", ""), said.pop("?id", "")
        name = said.get("name", "")
        if not name:
            row.remarks.append(Remark(number, self._name_column(), "", _("Cette ligne n’a pas de nom."), fatal=True))
            uid = uid or (uid_of(self.source, ident) if ident else "")
            return Incoming(EntryRecord(uid=uid, kind="service", name=""), number, tuple(row.remarks))
        self._derive(said)
        if row.days and "hours" not in said:
            self._read_week(number, row)
        if not uid:
            ident = ident or self._own_id(name, said)
            uid = uid_of(self.source, ident)
        if ident or row.extra:
            said[f"origins/{self.source}"] = Origin(self.source, ident or uid, row.extra)
        for source, (known, more) in row.origins.items():
            own = said.get(f"origins/{source}")
            said[f"origins/{source}"] = Origin(source, known or uid, {**more, **(own.extra if own else {})})
        said.setdefault("kind", self._mapping.kind)
        said["uid"] = uid
        covers = self._covers | {DIRECTIONS} if row.elsewhere else self._covers
        return Incoming(gathered(said), number, tuple(row.remarks), covers, tuple(row.unread))

    def _derive(self, said: dict[str, Any]) -> None:
        """What follows from what is said: themes from topics, a neighbourhood's sector, a commune from its name."""
        if self._derives_theme and "terms/topic" in said:
            themes = self._above("topic", said["terms/topic"])
            if themes:
                said["terms/theme"] = themes
        if self._derives_sector and "terms/neighbourhood" in said:
            sectors = self._above("neighbourhood", said["terms/neighbourhood"])
            if sectors:
                said["terms/sector"] = sectors
        if self._derives_commune and "city" in said:
            commune = self._resolver.code("commune", said["city"])
            if commune:
                said["terms/commune"] = (commune,)

    def _above(self, vocabulary: str, codes: tuple[str, ...]) -> tuple[str, ...]:
        """The terms above these, each once."""
        parent = self._resolver.parent
        return tuple(dict.fromkeys(filter(None, [parent(vocabulary, code) for code in codes])))

    def _read_week(self, number: int, row: _Row) -> None:
        """Hours told in a column a day; a day that can't be understood is unknown, and kept as it was told."""
        told, missed = week([(day, text) for _name, day, text in row.days])
        if told:
            row.said["hours"] = told
        elif missed:
            row.unread.append("hours")
        _ = self._words.gettext
        sentence = _("Cet horaire ne se lit pas : «{value}».")
        for name, day, text in row.days:
            if day in missed:
                row.extra[name] = text
                row.remarks.append(Remark(number, name, text[:200], sentence.format(value=text[:120])))
            elif told:
                self._taken[name] += 1

    def _own_id(self, name: str, said: dict[str, Any]) -> str:
        """For a source without ids: the name, with the street where the name comes back."""
        found = fold(name)
        if found in self._by_name:
            found = f"{found} / {fold(said.get('street', ''))}"
        self._by_name.add(found)
        return found

    def _name_column(self) -> str:
        return next((plan.column.name for plan in self._plans if plan.column.target == "name"), "")

    def _flaws(self, line: Line) -> list[Remark]:
        found = []
        for place, sentence in line.flaws:
            name = self._names[place] if 0 <= place < len(self._names) else ""
            value = line.cells[place][:200] if 0 <= place < len(line.cells) else ""
            found.append(Remark(line.row, name, value, sentence))
        if self._table.format == "csv" and self._names and len(line.cells) != len(self._names):
            _ = self._words.gettext
            said = _("Cette ligne a {found} cellules, l’en-tête {expected}.")
            found.append(Remark(line.row, "", "", said.format(found=len(line.cells), expected=len(self._names))))
        return found


def _is_aside(target: str) -> bool:
    return target in ("uid", "id", "address", EXTRA) or target.startswith(("origins/", "extra/", "hours/"))


def _put_aside(column: Column, text: str, row: _Row) -> None:
    """A cell that is no plain field."""
    target = column.target
    if target == EXTRA:
        row.extra[column.name] = text
    elif target == "address":
        first, *others = addresses(text)
        for key, value in split_address(first).items():
            row.said.setdefault(key, value)
        if others:
            row.elsewhere.append(Elsewhere(column.name, text, others))
    elif target.startswith("origins/"):
        source = target.removeprefix("origins/")
        row.origins[source] = (text, row.origins.get(source, ("", {}))[1])
    elif target.startswith("hours/"):
        row.days.append((column.name, target.removeprefix("hours/"), text))
    elif target.startswith("extra/"):
        source, name = extra_of(target)
        row.origins.setdefault(source, ("", {}))[1][name] = text
    else:
        row.said[f"?{target}"] = text


def _add(target: str, value: tuple[Any, ...], said: dict[str, Any]) -> None:
    """The values of a list, beside those of other columns."""
    if target == "contacts/any":
        for contact in value:
            _add(f"contacts/{contact.kind}", (contact,), said)
    elif target in said:
        said[target] = tuple(dict.fromkeys((*said[target], *value)))
    else:
        said[target] = value
