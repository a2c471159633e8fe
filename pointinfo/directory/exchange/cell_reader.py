"""What people write in the cells of one column, as values: codes by their words, dates, hours, numbers, addresses."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

import msgspec

from pointinfo import i18n
from pointinfo.database.schema import Attached, Contact, Name, Schedule
from pointinfo.directory import hours
from pointinfo.directory.exchange.cells import SEPARATOR, item, parts, plain
from pointinfo.directory.exchange.columns import shape
from pointinfo.directory.exchange.spoken_hours import as_osm
from pointinfo.directory.fields import choices
from pointinfo.directory.record import Link
from pointinfo.directory.vocabulary import Resolver
from pointinfo.errors import InputError
from pointinfo.i18n import Words

_EMAIL: Final = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>().]{2,}")
_WEB: Final = re.compile(
    r"(?:https?://)?(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE
)
_DAY: Final = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_NUMBER: Final = re.compile(r"(-?\d{1,9}(?:[.,]\d{1,20})?(?:e-\d{1,2})?)\s*(?:ans?|years?|°)?", re.IGNORECASE)
_YES: Final = {"oui": True, "yes": True, "o": True, "y": True, "x": True, "1": True, "vrai": True, "true": True}
_NO: Final = {"non": False, "no": False, "n": False, "0": False, "faux": False, "false": False, "-": False}

_schedules = msgspec.json.Decoder(tuple[Schedule, ...])
_attachments = msgspec.json.Decoder(tuple[Attached, ...])


class Understood(NamedTuple):
    """What a cell said: the value of its column (None: nothing), and what of it was not understood.

    `unknown` are words whose meaning `Column.codes` could say.
    """

    value: Any
    problems: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class CellReader:
    """Reads the cells of one column. `codes` says what single words mean; `separator` is "" for one value a cell."""

    def __init__(
        self, key: str, resolver: Resolver, words: Words, *, separator: str = SEPARATOR, codes: Mapping[str, str]
    ) -> None:
        self._key = key
        self._field, _slash, self._kind = key.partition("/")
        self._resolver = resolver
        self._words = words
        self._separator = separator
        self._codes = codes
        self._read: Callable[[str], Understood] = getattr(self, f"_{shape(key)}")
        self.known: dict[str, Understood] = {}
        """Cells that were read before, where they come back again and again."""
        self._repeats = shape(key) in _REPEATED

    def __call__(self, text: str) -> Understood:
        """What the cell says; `text` is not empty."""
        found = self.known.get(text)
        if found is None:
            found = self._read(text)
            if self._repeats:
                if len(self.known) > 20_000:
                    self.known.clear()
                self.known[text] = found
        return found

    def _line(self, text: str) -> Understood:
        if self._key == "as_of":
            return self._as_of(text)
        if self._key == "postcode":
            return Understood(re.sub(r"^(?:CH|F)[-\s]+(?=\d)", "", text))
        return Understood(" ".join(text.split()) if "\n" in text else text)

    def _text(self, text: str) -> Understood:
        return Understood(text)

    def _choice(self, text: str) -> Understood:
        wanted = self._codes.get(text, text).casefold()
        if not wanted:
            return Understood(None)
        for words in (self._words, i18n.words("fr"), i18n.words("en")):
            for code, said in choices(self._key, words).items():
                if wanted in (code.casefold(), said.casefold()):
                    return Understood(code or None)
        return Understood(None, (self._unknown(text),), (text,))

    def _terms(self, text: str) -> Understood:
        codes, unknown = [], []
        for part in parts(text, self._separator):
            word = plain(part)
            if word in self._codes:
                code = self._codes[word] or None
            else:
                code = self._resolver.code(self._kind, word)
                if code is None:
                    unknown.append(word)
            if code is not None:
                codes.append(code)
        return Understood(tuple(dict.fromkeys(codes)) or None, tuple(map(self._unknown, unknown)), tuple(unknown))

    def _number(self, text: str) -> Understood:
        _ = self._words.gettext
        found = re.fullmatch(
            r"(-?\d{1,9}(?:[.,]\d{1,20})?(?:e-\d{1,2})?)\s*(?:ans?|years?|°)?", text.strip(), re.IGNORECASE
        )
        if not found:
            return Understood(None, (_("«{value}» n’est pas un nombre.").format(value=text[:60]),))
        return Understood(float(found[1].replace(",", ".")))

    def _date(self, text: str) -> Understood:
        day = as_date(text)
        if day is None:
            _ = self._words.gettext
            return Understood(None, (_("«{value}» n’est pas une date.").format(value=text[:60]),))
        return Understood(day)

    def _as_of(self, text: str) -> Understood:
        if re.fullmatch(r"\d{4}", text) and text > "1000":
            return Understood(text)
        if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
            return Understood(text)
        return self._date(text)

    def _yes(self, text: str) -> Understood:
        word = self._codes.get(text, text).strip().casefold()
        if not word or word in _YES or word in _NO:
            return Understood(_YES.get(word, False) or None)
        return Understood(None, (self._unknown(text),), (text,))

    def _hours(self, text: str) -> Understood:
        _ = self._words.gettext
        for said in (text, as_osm(text)):
            if said is not None:
                try:
                    hours.check(said, self._words)
                except InputError:
                    continue
                return Understood(said)
        return Understood(None, (_("Cet horaire ne se lit pas : «{value}».").format(value=text[:120]),))

    def _contacts(self, text: str) -> Understood:
        found, problems = [], []
        for part in parts(text, self._separator):
            said = item(part)
            kind = self._kind if self._kind != "any" else contact_kind(said.text)
            value = contact_value(kind, said.text)
            if value is None:
                problems.append(self._unusable(kind, part))
            else:
                found.append(Contact(kind, value, said.label, said.more))
        return Understood(tuple(dict.fromkeys(found)) or None, tuple(problems))

    def _names(self, text: str) -> Understood:
        found = []
        for part in parts(text, self._separator):
            said = item(part)
            found.append(Name(f"{said.text} ({said.label})" if said.label else said.text, self._kind, said.more))
        return Understood(tuple(dict.fromkeys(found)) or None)

    def _links(self, text: str) -> Understood:
        """The entries as they are named; whoever knows the directory finds out which they are."""
        said = [item(part) for part in parts(text, self._separator)]
        return Understood(tuple(dict.fromkeys(Link(self._kind, name.more or f"?{name.text}") for name in said)) or None)

    def _schedules(self, text: str) -> Understood:
        return self._json(_schedules, text)

    def _attachments(self, text: str) -> Understood:
        return self._json(_attachments, text)

    def _json(self, decoder: Any, text: str) -> Understood:
        _ = self._words.gettext
        try:
            return Understood(decoder.decode(text) or None)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return Understood(None, (_("«{value}» n’est pas de la forme attendue.").format(value=text[:60]),))

    def _unknown(self, word: str) -> str:
        _ = self._words.gettext
        return _("«{value}» n’est pas dans la liste.").format(value=word[:60])

    def _unusable(self, kind: str, part: str) -> str:
        _ = self._words.gettext
        said = {
            "phone": _("«{value}» n’est pas un numéro de téléphone."),
            "email": _("«{value}» n’est pas une adresse de courriel."),
            "web": _("«{value}» n’est pas une adresse internet."),
        }
        return said[kind].format(value=part[:60])


_REPEATED: Final = {"line", "choice", "terms", "number", "date", "yes", "hours"}
"""Shapes whose cells come back again and again."""


def as_date(text: str) -> str | None:
    """The day as ISO 8601; written the Swiss way or ISO's, with or without a time."""
    text = text.strip()
    found = _DAY.fullmatch(text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?", text):
            return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        pass
    return None


def contact_kind(text: str) -> str:
    """What a way to reach somebody is, by how it looks."""
    if "@" in text and "/" not in text.partition("@")[0]:
        return "email"
    return "web" if _WEB.fullmatch(text) else "phone"


def contact_value(kind: str, text: str) -> str | None:
    """The value as it is kept; None when it is none of this kind."""
    if kind == "phone":
        digits = sum(map(str.isdigit, text))
        return text if digits >= 3 and digits * 2 >= len(text.replace(" ", "")) and len(text) <= 60 else None
    if kind == "email":
        address = text.removeprefix("mailto:")
        return address if _EMAIL.fullmatch(address) else None
    if not _WEB.fullmatch(text):
        return None
    return text if "://" in text[:9] else f"https://{text}"
