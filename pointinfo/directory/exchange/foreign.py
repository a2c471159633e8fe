"""One record of a foreign file as it is being read: its cells, and what was understood of each."""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from pointinfo.database.schema import Contact
from pointinfo.directory import hours
from pointinfo.directory.exchange import cleaning
from pointinfo.directory.exchange.incoming import Remark, Understood
from pointinfo.directory.text import fold
from pointinfo.errors import InputError
from pointinfo.i18n import Words

SILENT: Final = frozenset(
    {"", "-", "–", "--", "?", "x", "@", "nr", "n/a", "na", "none", "null", "neant", "aucun", "aucune", "non", "nan"}
    | {"non renseigne", "non concerne", "je ne sais pas", "not available", "unknown"}
)
"""Cells that say nothing, folded: they count neither as filled nor as missed."""


def is_silent(value: Any) -> bool:
    """Whether a cell says nothing."""
    if value is None or value is False:
        return True
    if isinstance(value, str):
        return len(value) < 40 and fold(value).strip(" .").replace("_", " ").strip() in SILENT
    return isinstance(value, list | tuple | dict) and not any(not is_silent(each) for each in _parts(value))


def _parts(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


class Tally:
    """How often each field of a file said something, and how often that became a fact."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._filled: dict[str, int] = {}
        self._taken: dict[str, int] = {}
        self._kept: dict[str, int] = {}

    def cells(self, row: int, values: Mapping[str, Any], prefix: str = "", meant: Collection[str] = ()) -> "Cells":
        """A record to be read; its fields are counted under `prefix`. In those `meant`, «none» says something."""
        return Cells(self, row, values, prefix, meant)

    def fill(self, field: str, says: bool) -> None:
        """Count a cell; a field that is always silent is known all the same."""
        self._filled[field] = self._filled.get(field, 0) + says

    def take(self, field: str) -> None:
        """Count a cell that became a fact."""
        self._taken[field] = self._taken.get(field, 0) + 1

    def keep(self, field: str) -> None:
        """Count a cell that stays beside the entry as it is."""
        self._kept[field] = self._kept.get(field, 0) + 1

    def understood(self) -> tuple[Understood, ...]:
        """All fields, in the order they were met."""
        return tuple(
            Understood(field, filled, self._taken.get(field, 0), self._kept.get(field, 0))
            for field, filled in self._filled.items()
        )


class Cells:
    """The cells of one record. What is read counts as taken, unless it is refused; the rest can be kept as it is."""

    def __init__(self, tally: Tally, row: int, values: Mapping[str, Any], prefix: str, meant: Collection[str]) -> None:
        self._tally = tally
        self._taken: set[str] = set()
        self._kept: set[str] = set()
        self._refused: set[str] = set()
        self._values = {
            str(name): value
            for name, value in values.items()
            if not is_silent(value) or (name in meant and value not in (None, ""))
        }
        self.row = row
        self.prefix = prefix
        self.remarks: list[Remark] = []
        self.unread: list[str] = []
        """Keys of the fields that a cell says something of that was not understood; see `Incoming.unread`."""
        for name in values:
            tally.fill(f"{prefix}{name}", str(name) in self._values)

    def gettext(self, message: str) -> str:
        """A sentence in the reader's language."""
        return self._tally.words.gettext(message)

    def raw(self, name: str) -> Any:
        """The cell as it lies in the file; None when it says nothing. Doesn't count it as taken."""
        return self._values.get(name)

    def text(self, name: str) -> str:
        """The cell as plain text; "" when it says nothing."""
        return self._read(name, cleaning.plain(self.raw(name)))

    def line(self, name: str) -> str:
        """The cell as plain text on one line."""
        return self._read(name, cleaning.line(self.raw(name)))

    def phones(self, name: str, region: str, label: str = "") -> tuple[Contact, ...]:
        """The telephone numbers of the cell as contacts."""
        found = cleaning.phones(self.raw(name), region) if name in self._values else ()
        _ = self.gettext
        self._judge(name, bool(found), _("Ce n’est pas un numéro de téléphone."), "contacts/phone")
        return tuple(Contact("phone", each.number, with_extension(label, each, self._tally.words)) for each in found)

    def emails(self, name: str, label: str = "") -> tuple[Contact, ...]:
        """The mail addresses of the cell as contacts."""
        found = cleaning.emails(self.raw(name)) if name in self._values else ()
        _ = self.gettext
        self._judge(name, bool(found), _("Ce n’est pas une adresse de courriel."), "contacts/email")
        return tuple(Contact("email", each, label) for each in found)

    def webs(self, name: str, label: str = "") -> tuple[Contact, ...]:
        """The web addresses of the cell as contacts."""
        found = cleaning.webs(self.raw(name)) if name in self._values else ()
        mails = cleaning.emails(self.raw(name)) if name in self._values and not found else ()
        if mails:  # in the wrong column
            self.take(name)
            return tuple(Contact("email", each, label) for each in mails)
        _ = self.gettext
        self._judge(name, bool(found), _("Ce n’est pas une adresse internet."), "contacts/web")
        return tuple(Contact("web", each, label) for each in found)

    def day(self, name: str) -> str:
        """The cell as an ISO day."""
        found = cleaning.day(self.raw(name))
        _ = self.gettext
        self._judge(name, bool(found), _("Cette date n’existe pas ou n’est pas lisible."))
        return found

    def as_of(self, name: str) -> str:
        """The cell as an ISO day, or as a year where only that can be read."""
        found = cleaning.day(self.raw(name)) or cleaning.year(self.raw(name))
        _ = self.gettext
        self._judge(name, bool(found), _("Cette date n’existe pas ou n’est pas lisible."))
        return found

    def number(self, name: str) -> float | None:
        """The cell as a number."""
        found = cleaning.number(self.raw(name))
        _ = self.gettext
        self._judge(name, found is not None, _("Ce n’est pas un nombre."))
        return found

    def opening_hours(self, name: str) -> str:
        """The cell as an OSM `opening_hours` string; "" when it can't be read."""
        found = cleaning.line(self.raw(name))
        try:
            hours.check(found, self._tally.words)
        except InputError as error:
            self.refuse(name, str(error))
            self.unread.append("hours")
            return ""
        return self._read(name, found)

    def take(self, *names: str) -> None:
        """Say that these cells became facts."""
        self._taken.update(name for name in names if name in self._values)

    def refuse(self, name: str, sentence: str, value: Any = None, fatal: bool = False) -> None:
        """Say that a cell, or the part `value` of it, was not understood."""
        written = self._values.get(name, "") if value is None else value
        self._taken.discard(name)
        self._refused.add(name)
        self.remarks.append(Remark(self.row, f"{self.prefix}{name}", cleaning.line(written)[:200], sentence, fatal))

    def rest(self, keep: Iterable[str] | None = None) -> dict[str, str]:
        """What nobody took, as it is kept beside an entry: texts as they are, lists and numbers as JSON."""
        wanted = self._values if keep is None else [name for name in keep if name in self._values]
        found = {name: kept(self._values[name]) for name in wanted if keep is not None or name not in self._taken}
        self._kept.update(found)
        return found

    def count(self) -> None:
        """Add what was taken and what was kept to the tally, once, when the record has been read."""
        for name in self._taken:
            self._tally.take(f"{self.prefix}{name}")
        for name in self._kept - self._taken - self._refused:
            self._tally.keep(f"{self.prefix}{name}")

    def _read(self, name: str, found: str) -> str:
        if found:
            self._taken.add(name)
        return found

    def _judge(self, name: str, understood: bool, sentence: str, field: str = "") -> None:
        if understood:
            self._taken.add(name)
        elif name in self._values:
            self.refuse(name, sentence)
            self.unread += [field] if field else []


def kept(value: Any) -> str:
    """A foreign value as a text that can be written back: `json.loads` gives lists and objects again."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def with_extension(label: str, found: cleaning.Phone, words: Words) -> str:
    """What a number is for, with its extension."""
    if not found.extension:
        return label
    said = words.gettext("interne {extension}").format(extension=found.extension)
    return f"{label}, {said}" if label else said
