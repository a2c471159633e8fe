"""Words in the reader's language, for the core as for the window.

The source language of every message is French, so French needs no catalogue and can't be missing. Functions
that speak take a `Words` and call it `_` locally: a sheet speaks the visitor's language while the window speaks
the clerk's, in one process.
"""

import gettext
import locale
import os
import re
from functools import lru_cache
from typing import Final, Protocol

from pointinfo import paths

LANGUAGES: Final = {"fr": "Français", "en": "English"}
"""Complete interface languages, by code, each named in itself."""


SHEET_LANGUAGES: Final = (
    "fr",
    "en",
    "de",
    "it",
    "es",
    "pt",
    "sq",
    "ar",
    "uk",
    "ru",
    "tr",
    "fa",
    "ti",
    "so",
    "ta",
    "zh",
)
"""What a visitor's sheet can be printed in, by ISO 639-1 code, in the order they are offered."""


class Words(Protocol):
    """What speaks: gettext's two calls, and the ISO 639-1 code of the language spoken."""

    language: str

    def gettext(self, message: str) -> str: ...

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str: ...


class FrenchWords(gettext.NullTranslations):
    """French as written in the code."""

    language = "fr"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """French counts 0 as singular («0 demande»)."""
        return msgid1 if abs(n) < 2 else msgid2


_BEFORE_COLON: Final = re.compile(r" (?=[:»])|(?<=«) |(?<=[\d}]) (?=%)")
_BEFORE_HIGH_SIGN: Final = re.compile(r" (?=[;?!])")


def held_together(text: str) -> str:
    """French text whose signs never begin a line: a no-break space before «:» and «»», a narrow one before «;?!».

    Character for character, so that places in the text stay what they are.
    """
    return _BEFORE_COLON.sub("\N{NO-BREAK SPACE}", _BEFORE_HIGH_SIGN.sub("\N{NARROW NO-BREAK SPACE}", text))


_APOSTROPHE: Final = re.compile(r"(?<=\w)'(?=\w)")
_DASH: Final = re.compile(r"(?<= )-(?= )")


def typeset(text: str) -> str:
    """Text as people type it, as printers set it: «l'enfant - 3 ans ;» with its apostrophe, dash and spaces.

    For what is shown or printed, never for what is stored or searched. Character for character, too.
    """
    return held_together(_DASH.sub("\N{EN DASH}", _APOSTROPHE.sub("\N{RIGHT SINGLE QUOTATION MARK}", text)))


class TypesetFrenchWords(FrenchWords):
    """The same as printers set them; for screen and paper, where lines break, not for terminals and files."""

    def gettext(self, message: str) -> str:
        return held_together(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return held_together(super().ngettext(msgid1, msgid2, n))


class CatalogueWords(gettext.GNUTranslations):
    """Words of a compiled catalogue, falling back to French where it is silent."""

    language = ""


def N_(message: str) -> str:
    """Mark a message for translation where it stands, to be looked up later."""
    return message


def system_language() -> str:
    """The language of the person at the machine where we speak it, else French."""
    asked = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    code = (asked or locale.getlocale()[0] or "")[:2].lower()
    return code if code in LANGUAGES else "fr"


def region(language: str) -> str:
    """The CLDR locale whose dates go with the words of a language: our English is British."""
    return {"en": "en_GB"}.get(language, language)


@lru_cache
def words(language: str) -> Words:
    """The words of `language`; French where no catalogue is shipped."""
    file = paths.resources() / "translations" / language / "LC_MESSAGES" / "pointinfo.mo"
    if language == "fr" or not file.is_file():
        return FrenchWords()
    with file.open("rb") as stream:
        catalogue = CatalogueWords(stream)
    catalogue.language = language
    catalogue.add_fallback(FrenchWords())
    return catalogue


def typeset_words(language: str) -> Words:
    """The words of `language` for screen and paper."""
    plain = words(language)
    return TypesetFrenchWords() if plain.language == "fr" else plain
