"""The languages a sheet speaks: a catalogue each in `resources/leaflets/languages`, and CLDR for dates and names.

French is the source and stands in the code. A catalogue is JSON, not gettext: who reviews one reads and edits a single
plain file, its plural forms carry CLDR's own names, and it says who has reviewed it and when. The words of the editable
lists that a sheet prints are in the same file, for the same reviewer; labels an editor has written come before them.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Final

import msgspec
from babel import Locale

from pointinfo import i18n, paths
from pointinfo.database.schema import Term
from pointinfo.i18n import FrenchWords, Words

LANGUAGES: Final = i18n.SHEET_LANGUAGES

RIGHT_TO_LEFT: Final = frozenset({"ar", "fa"})

_REGIONS: Final = {"fr": "fr-CH", "de": "de-CH", "it": "it-CH"}
_JOINED: Final = {"bcs": ("bs", "hr", "sr")}
"""Codes of our own list of languages that stand for several of CLDR's."""

_LEFT_TO_RIGHT: Final = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+|\+?\d[\d \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]{5,}\d"
)


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language's file. `messages` and `plurals` by French message, `plurals` then by CLDR category.

    `terms` are labels by list and code. No speaker has reviewed it while `reviewed_by` is None.
    """

    language: str
    reviewed_by: str | None
    reviewed_on: date | None
    messages: dict[str, str]
    plurals: dict[str, dict[str, str]]
    terms: dict[str, dict[str, str]]


@lru_cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language other than French."""
    file = paths.resources() / "leaflets" / "languages" / f"{language}.json"
    return msgspec.json.decode(file.read_bytes(), type=Catalogue)


class SheetWords(FrenchWords):
    """A catalogue that speaks; what it lacks, it says in French."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self._catalogue = catalogue(language)
        self._plural = Locale.parse(language).plural_form

    def gettext(self, message: str) -> str:
        return self._catalogue.messages.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        forms = self._catalogue.plurals.get(msgid1)
        if forms is None:
            return super().ngettext(msgid1, msgid2, n)
        return forms.get(self._plural(n), forms["other"])


@lru_cache
def sheet_words(language: str) -> Words:
    """What speaks on a sheet in one of `LANGUAGES`."""
    return i18n.typeset_words("fr") if language == "fr" else SheetWords(language)


def is_reviewed(language: str) -> bool:
    """Whether a sheet may be printed in this language alone: French, and what a speaker has reviewed."""
    return language == "fr" or catalogue(language).reviewed_by is not None


def tag(language: str) -> str:
    """The BCP 47 tag of a sheet: where a language has a Swiss form, it is that one."""
    return _REGIONS.get(language, language)


def endonym(language: str) -> str:
    """The language named in itself: «Deutsch», «العربية»."""
    return str(Locale.parse(language).languages[language]).capitalize()


def term_label(term: Term, language: str) -> tuple[str, str]:
    """A term of an editable list in `language`, else in French, and the language it came in."""
    own = term.labels.get(language)
    if own:
        return own, language
    if term.list == "language":
        known = Locale.parse(language).languages
        names = [known.get(code) for code in _JOINED.get(term.code, (term.code,))]
        if all(names):
            comma = sheet_words(language).gettext(", ")
            return comma.join(str(name) for name in names), language
    # An editor who renamed a term may mean something else by it: then no label of ours is right any more.
    shipped = "" if term.edited or language == "fr" else catalogue(language).terms.get(term.list, {}).get(term.code, "")
    return (shipped, language) if shipped else (term.labels["fr"], "fr")


def isolated(text: str, language: str) -> str:
    """What always runs from left to right (a name, a phone number, an address) between isolates in such a language."""
    if not text or language not in RIGHT_TO_LEFT:
        return text
    return f"\N{LEFT-TO-RIGHT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def isolated_within(text: str, language: str) -> str:
    """A text of a right-to-left language with its phone numbers and addresses between isolates."""
    if language not in RIGHT_TO_LEFT:
        return text
    return _LEFT_TO_RIGHT.sub(lambda found: isolated(found[0], language), text)
