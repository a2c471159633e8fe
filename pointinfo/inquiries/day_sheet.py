"""The day sheet: a day's inquiries as a grid, one letter or digit a cell; the same keys stand on the paper one.

What is half typed lies in a draft on disk, cell by cell, until the day is noted as a whole; then the draft is gone,
in the same transaction.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pointinfo.database import Database
from pointinfo.database.schema import SheetDraft
from pointinfo.directory import Directory
from pointinfo.errors import InputError
from pointinfo.i18n import Words
from pointinfo.inquiries import codes, refusals
from pointinfo.inquiries.log import InquiryLog, OfDay
from pointinfo.inquiries.note import Note

KEYS: Final = "123456789abcdefghijklmnopqrstuvwxyz"
"""The keys of a list's codes, in its order."""
FIELDS: Final = (
    "hour", "channel", "themes", "audiences", "people", "outcome", "reason", "effort", "language", "origin",
    "first_contact",
)  # fmt: skip
"""The columns, in the order in which they are typed."""
REPEATED: Final = frozenset({"hour", "channel"})
"""What a new row takes over from the one above: it changes seldom."""
_MOST: Final = {"themes": refusals.MOST_THEMES, "audiences": refusals.MOST_AUDIENCES}

Cells = tuple[str, ...]


class Key(NamedTuple):
    """What is typed, the code it stands for, and its words."""

    key: str
    code: str
    label: str


class Column(NamedTuple):
    """A column: its field of the note, its title, its keys (none: a number), how many keys a cell takes."""

    name: str
    title: str
    keys: tuple[Key, ...]
    most: int


class Row(NamedTuple):
    """A row as it is understood; `problems` says by column what can't be read. An empty row has no `told`."""

    told: OfDay | None
    problems: dict[str, str]


class DaySheets:
    """The day sheets of one counter."""

    def __init__(self, database: Database, directory: Directory, log: InquiryLog, counter: str, words: Words) -> None:
        self._database = database
        self._directory = directory
        self._log = log
        self._counter = counter
        self._words = words

    def columns(self) -> tuple[Column, ...]:
        """The columns with their keys, in the clerk's language, as the lists stand now."""
        _ = self._words.gettext
        titles = {
            "hour": _("Heure"),
            "channel": _("Canal"),
            "themes": _("Thème"),
            "audiences": _("Public"),
            "people": _("Personnes"),
            "outcome": _("Issue"),
            "reason": _("Raison"),
            "effort": _("Effort"),
            "language": _("Langue"),
            "origin": _("Vient de"),
            "first_contact": _("Venue"),
        }
        return tuple(
            Column(name, titles[name], self._keys(name), _MOST.get(name, 2 if self._takes_two(name) else 1))
            for name in FIELDS
        )

    def read(self, cells: Sequence[str], columns: Sequence[Column]) -> Row:
        """What one row of cells says; a row that says nothing beside what is repeated is empty."""
        typed = {column.name: cell.strip().lower() for column, cell in zip(columns, cells, strict=False)}
        if not any(cell for name, cell in typed.items() if name not in REPEATED):
            return Row(None, {})
        said: dict[str, object] = {"mode": "batch"}
        problems: dict[str, str] = {}
        for column in columns:
            cell = typed.get(column.name, "")
            if cell:
                try:
                    said[column.name] = self._value(column, cell)
                except InputError as error:
                    problems[column.name] = str(error)
        hour = said.pop("hour", None)
        note = Note(**said)  # type: ignore[arg-type]  # each column gives its field's own kind
        if not problems:
            self._contradictions(note, problems)
        return Row(OfDay(note, hour if isinstance(hour, int) else None), problems)

    def note(self, day: date, rows: Sequence[Cells]) -> list[str]:
        """Note a day's rows all together and drop its draft; returns the ids. Raises `InputError`, nothing noted."""
        _ = self._words.gettext
        columns = self.columns()
        read = [self.read(cells, columns) for cells in rows]
        for number, row in enumerate(read, 1):
            for problem in row.problems.values():
                raise InputError(_("Ligne {number} : {problem}").format(number=number, problem=problem))
        told = [row.told for row in read if row.told is not None]
        if not told:
            raise InputError(_("La feuille est vide : rien n’a été noté."))
        with self._database.write() as session:
            kept = self._log.append_all(session, told, day)
            session.execute(delete(SheetDraft).where(*self._of(day)))
        return kept

    def draft(self, day: date) -> tuple[Cells, ...]:
        """What is typed of a day and not noted."""
        with self._database.read() as session:
            return session.scalar(select(SheetDraft.cells).where(*self._of(day))) or ()

    def keep_draft(self, day: date, rows: Sequence[Cells]) -> None:
        """Keep what is typed so far; no rows: drop the draft."""
        with self._database.write() as session:
            if rows:
                row = upsert(SheetDraft).values(counter=self._counter, day=day, cells=tuple(rows))
                written = row.on_conflict_do_update(
                    index_elements=["counter", "day"], set_={"cells": row.excluded.cells}
                )
                session.execute(written)
            else:
                session.execute(delete(SheetDraft).where(*self._of(day)))

    def drafts(self) -> list[date]:
        """The days that are half typed, the oldest first."""
        with self._database.read() as session:
            statement = select(SheetDraft.day).where(SheetDraft.counter == self._counter).order_by(SheetDraft.day)
            return list(session.scalars(statement))

    def _of(self, day: date) -> tuple[ColumnElement[bool], ...]:
        return SheetDraft.counter == self._counter, SheetDraft.day == day

    def _takes_two(self, name: str) -> bool:
        return name in ("hour", "people", "origin")

    def _keys(self, name: str) -> tuple[Key, ...]:
        """The keys of a column; places are numbered, they are more than there are keys."""
        if name in ("hour", "people"):
            return ()
        terms = self._directory.terms
        if name == "origin":
            listed = [*terms("sector"), *(term for term in terms("commune") if term.label != "Genève")]
            return tuple(Key(f"{number}", term.code, term.label) for number, term in enumerate(listed, 1))
        vocabulary = {"themes": "theme", "audiences": "audience", "language": "language"}.get(name)
        rows = (
            [(term.code, term.label) for term in terms(vocabulary)]
            if vocabulary
            else [(row.code, row.label) for row in codes.codes(name, self._words.language)]  # type: ignore[arg-type]
        )
        return tuple(Key(key, code, label) for key, (code, label) in zip(KEYS, rows, strict=False))

    def _value(self, column: Column, cell: str) -> object:
        """What a cell says. Raises `InputError` with what can be typed there."""
        _ = self._words.gettext
        if not column.keys:
            least, most = (0, 23) if column.name == "hour" else (1, refusals.MOST_PEOPLE)
            if not (cell.isascii() and cell.isdigit() and least <= int(cell) <= most):
                raise InputError(
                    _("{column} : un nombre de {least} à {most}.").format(column=column.title, least=least, most=most)
                )
            return int(cell)
        by_key = {key.key: key.code for key in column.keys}
        typed = [cell] if column.name == "origin" else list(dict.fromkeys(cell))
        unknown = [key for key in typed if key not in by_key]
        if unknown:
            raise InputError(
                _("{column} : «{key}» n’est pas dans la liste.").format(column=column.title, key=unknown[0])
            )
        if len(typed) > column.most:
            count = column.most
            raise InputError(
                self._words.ngettext(
                    "{column} : {count} touche au plus.", "{column} : {count} touches au plus.", count
                ).format(column=column.title, count=count)
            )
        found = tuple(by_key[key] for key in typed)
        return found if column.name in _MOST else found[0]

    def _contradictions(self, note: Note, problems: dict[str, str]) -> None:
        _ = self._words.gettext
        if codes.EVERYONE in note.audiences and len(note.audiences) > 1:
            problems["audiences"] = _("«Toute la population» va sans autre public.")
        if note.reason and note.outcome not in codes.UNMET:
            problems["reason"] = _("Une raison ne va qu’avec «Sans réponse» ou «Répondu en partie».")
