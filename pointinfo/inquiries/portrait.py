"""What a neighbourhood's portrait says beside its inquiries: indicators of its population, actions of its forum.

Indicators come as a CSV file from the institution, with the columns of `COLUMNS` in any order, separated by semicolons
or commas. A file with one wrong cell is not read at all: every wrong cell is said with its line.
"""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from io import StringIO
from typing import Final, Literal, NamedTuple, get_args
from uuid import uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pointinfo.clock import Clock, local_day
from pointinfo.database import Database
from pointinfo.database.schema import ForumAction, Indicator
from pointinfo.directory import vocabulary
from pointinfo.directory.text import fold
from pointinfo.errors import InputError
from pointinfo.i18n import Words

COLUMNS: Final = ("quartier", "indicateur", "valeur", "année", "source")
"""The head of the file, folded when compared."""

RESIDENTS: Final = "habitants"
"""The indicator that inquiries are compared with, as its name folds."""

AREAS: Final = ("sector", "commune")
"""The lists a quartier may be of: the same as the origin of an inquiry."""

State = Literal["agreed", "under-way", "done", "dropped"]


class Wrong(NamedTuple):
    """One cell of a file that can't be read: its line, counted from 1 with the head, its column, and why."""

    line: int
    column: str
    why: str


class Given(NamedTuple):
    """One indicator of a neighbourhood."""

    area: str
    name: str
    year: int
    value: float
    source: str


class Read(NamedTuple):
    """What a file holds: its indicators, or what is wrong with it."""

    indicators: tuple[Given, ...]
    wrong: tuple[Wrong, ...]


class Agreed(NamedTuple):
    """An action a forum agreed on, and how far it is."""

    id: str
    area: str
    agreed_on: date
    text: str
    owner: str
    state: State
    state_on: date


class Portraits:
    """The indicators and agreed actions of all neighbourhoods."""

    def __init__(self, database: Database, clock: Clock, words: Words) -> None:
        self._database = database
        self._clock = clock
        self._words = words

    def read(self, content: bytes) -> Read:
        """Look through a file of indicators; nothing is stored."""
        text = _decoded(content)
        _ = self._words.gettext
        if text is None:
            return Read((), (Wrong(1, "", _("Le fichier n’est pas du texte en UTF-8 ou en Windows-1252.")),))
        if not text.strip():
            return Read((), (Wrong(1, "", _("Le fichier est vide.")),))
        head_line = text.lstrip("\ufeff").split("\n", 1)[0]
        lines = list(csv.reader(StringIO(text), delimiter=";" if ";" in head_line else ","))
        head = [fold(cell) for cell in lines[0]]
        at = {name: head.index(fold(name)) for name in COLUMNS if fold(name) in head}
        if missing := [name for name in COLUMNS if name not in at]:
            return Read((), tuple(Wrong(1, name, _("Cette colonne manque.")) for name in missing))
        areas = self._areas()
        found: dict[tuple[str, str, int], Given] = {}
        wrong: list[Wrong] = []
        for number, cells in enumerate(lines[1:], 2):
            if not any(cell.strip() for cell in cells):
                continue
            row = {name: cells[place].strip() if place < len(cells) else "" for name, place in at.items()}
            faults = self._faults(number, row, areas)
            if not faults:
                given = Given(
                    areas[fold(row["quartier"])], row["indicateur"], int(row["année"]), _number(row["valeur"]) or 0.0,
                    row["source"],
                )  # fmt: skip
                if (given.area, given.name, given.year) in found:
                    faults = [Wrong(number, "indicateur", _("Cet indicateur figure déjà plus haut pour cette année."))]
                found[given.area, given.name, given.year] = given
            wrong += faults
        return Read(() if wrong else tuple(found.values()), tuple(wrong))

    def bring_in(self, content: bytes) -> int:
        """Store the indicators of a file, replacing those of the same year; returns how many.

        Raises `InputError` naming the first wrong cell, nothing stored.
        """
        read = self.read(content)
        if read.wrong:
            _, ngettext = self._words.gettext, self._words.ngettext
            first = read.wrong[0]
            raise InputError(
                ngettext(
                    "{count} cellule ne peut pas être lue. Ligne {line}, {column} : {why} Rien n’a été importé.",
                    "{count} cellules ne peuvent pas être lues. La première, ligne {line}, {column} : {why} "
                    "Rien n’a été importé.",
                    len(read.wrong),
                ).format(count=len(read.wrong), line=first.line, column=first.column or _("fichier"), why=first.why)
            )
        with self._database.write() as session:
            for each in read.indicators:
                statement = upsert(Indicator).values(each._asdict())
                session.execute(statement.on_conflict_do_update(set_={"value": each.value, "source": each.source}))
        return len(read.indicators)

    def area(self, named: str) -> tuple[str, str]:
        """The code of a quartier or commune and its name, found by either. Raises `InputError` when there is none."""
        with self._database.read() as session:
            listed = [
                row for name in AREAS for row in vocabulary.rows(session, name, self._words.language, retired=True)
            ]
        for row in listed:
            if fold(named) in {fold(row.code), fold(row.label)}:
                return row.code, row.label
        _ = self._words.gettext
        raise InputError(_("«{text}» n’est pas un quartier connu.").format(text=named))

    def indicators(self, area: str) -> list[Given]:
        """Those of one neighbourhood, by name, the newest year first."""
        order = (Indicator.name, Indicator.year.desc())
        with self._database.read() as session:
            rows = session.scalars(select(Indicator).where(Indicator.area == area).order_by(*order))
            return [Given(each.area, each.name, each.year, each.value, each.source) for each in rows]

    def per_thousand(self, inquiries: Mapping[str, int | None], year: int) -> dict[str, float | None]:
        """Inquiries of each area per 1,000 residents, of the newest count up to `year`; None where either is unknown.

        `inquiries` are figures of a protected table by origin: what it hides stays hidden.
        """
        residents: dict[str, float] = {}
        with self._database.read() as session:
            for each in session.scalars(select(Indicator).where(Indicator.year <= year).order_by(Indicator.year)):
                if fold(each.name) == RESIDENTS and each.value > 0:
                    residents[each.area] = each.value
        return {
            area: None if count is None or area not in residents else 1000 * count / residents[area]
            for area, count in inquiries.items()
        }

    def agree(self, area: str, text: str, owner: str, agreed_on: date) -> str:
        """Keep an action that a forum agreed on; returns its id. Raises `InputError` where something is missing."""
        _ = self._words.gettext
        if area not in self._areas().values():
            raise InputError(_("Choisissez le quartier de cette action. Rien n’a été noté."))
        if not text.strip() or not owner.strip():
            raise InputError(_("Dites ce qui est convenu et qui s’en occupe. Rien n’a été noté."))
        if agreed_on > local_day(self._clock()):
            raise InputError(_("Le jour du forum est encore à venir. Corrigez-le. Rien n’a été noté."))
        action = {
            "id": str(uuid4()), "area": area, "agreed_on": agreed_on, "text": text.strip(), "owner": owner.strip(),
            "state": "agreed", "state_on": agreed_on,
        }  # fmt: skip
        with self._database.write() as session:
            session.execute(insert(ForumAction), action)
        return str(action["id"])

    def move(self, action_id: str, state: State) -> None:
        """Say how far an action is, from today on. Raises `InputError` when there is no such action."""
        _ = self._words.gettext
        if state not in get_args(State):
            raise ValueError(state)
        with self._database.write() as session:
            if session.get(ForumAction, action_id) is None:
                raise InputError(_("Cette action n’existe plus. Rien n’a été modifié."))
            values = {"state": state, "state_on": local_day(self._clock())}
            session.execute(update(ForumAction).where(ForumAction.id == action_id).values(values))

    def actions(self, area: str) -> list[Agreed]:
        """What a neighbourhood's forum agreed on, the latest first."""
        order = (ForumAction.agreed_on.desc(), ForumAction.text)
        with self._database.read() as session:
            rows = session.scalars(select(ForumAction).where(ForumAction.area == area).order_by(*order))
            return [
                Agreed(each.id, each.area, each.agreed_on, each.text, each.owner, _state(each.state), each.state_on)
                for each in rows
            ]

    def _areas(self) -> dict[str, str]:
        """Codes of quartiers and communes by their folded codes and names."""
        with self._database.read() as session:
            listed = [row for name in AREAS for row in vocabulary.rows(session, name, "fr")]
        return {fold(name): row.code for row in listed for name in (row.label, row.code)}

    def _faults(self, line: int, row: Mapping[str, str], areas: Mapping[str, str]) -> list[Wrong]:
        _ = self._words.gettext
        found = []
        if fold(row["quartier"]) not in areas:
            found.append(
                Wrong(line, "quartier", _("«{text}» n’est pas un quartier connu.").format(text=row["quartier"]))
            )
        if not row["indicateur"]:
            found.append(Wrong(line, "indicateur", _("Le nom de l’indicateur manque.")))
        if _number(row["valeur"]) is None:
            found.append(Wrong(line, "valeur", _("«{text}» n’est pas un nombre.").format(text=row["valeur"])))
        this_year = local_day(self._clock()).year
        if not (row["année"].isascii() and row["année"].isdigit() and 1900 <= int(row["année"]) <= this_year):
            found.append(Wrong(line, "année", _("«{text}» n’est pas une année passée.").format(text=row["année"])))
        if not row["source"]:
            found.append(Wrong(line, "source", _("La source manque.")))
        return found


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text.replace("\r\n", "\n").replace("\r", "\n")
    return None


def _number(text: str) -> float | None:
    """A number as it is written here: 12’345, 12 345, 12.5 or 12,5; None for anything else."""
    plain = text
    for apart in ("’", "'", " ", "\u00a0", "\u202f"):
        plain = plain.replace(apart, "")
    plain = plain.replace(",", ".")
    digits: Sequence[str] = plain.removeprefix("-").split(".")
    if len(digits) > 2 or not all(each.isascii() and each.isdigit() for each in digits):
        return None
    return float(plain)


def _state(text: str) -> State:
    return next(state for state in get_args(State) if state == text)
