"""What in a few free words may say who somebody is: it is refused where it is typed, and never reaches the disk."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Final

from babel.dates import get_month_names

from pointinfo.errors import InputError
from pointinfo.i18n import Words

_E_MAIL: Final = re.compile(r"[^\s@]@[^\s@]+|\S\s*[(\[](?:at|arobase)[)\]]\s*\S", re.IGNORECASE)
_GAP: Final = r"[ .\-/’']{0,2}"
_AVS: Final = re.compile(rf"(?<!\d)7{_GAP}5{_GAP}6(?:{_GAP}\d){{10}}(?!\d)")
_IBAN: Final = re.compile(r"(?<![^\W_])[A-Z]{2}[ .-]?\d[ .-]?\d(?:[ .-]?[A-Z0-9]){11,30}", re.IGNORECASE)
_PHONE: Final = re.compile(
    rf"(?<!\d)(?:(?:\+|00){_GAP}[1-9](?:{_GAP}[()]?\d[()]?){{7,14}}"  # E.164
    rf"|\(?0{_GAP}[1-9]{_GAP}\d\)?(?:{_GAP}\d){{7}}"  # 022 300 12 34
    r"|\d{7,}"  # written together: a local number, or the number of a file
    r"|\d{3} \d{2} \d{2})(?!\d)"
)
_NUMBER_DATE: Final = re.compile(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])\s?[./\-]\s?(?:0?[1-9]|1[0-2])\s?[./\-]\s?(?:\d{4}|\d{2})"
    r"|(?:1[89]|20)\d\d[./\-](?:0?[1-9]|1[0-2])[./\-](?:0?[1-9]|[12]\d|3[01]))(?!\d)"
)
_BORN: Final = re.compile(r"\b(?:née?|né-e|né\(e\)|né·e|naissance|born|geboren|nat[oa])\b\D{0,12}\d", re.IGNORECASE)
_IBAN_LENGTHS: Final = {
    "CH": 21,
    "LI": 21,
    "FR": 27,
    "DE": 22,
    "IT": 27,
    "AT": 20,
    "PT": 25,
    "ES": 24,
    "BE": 16,
    "GB": 22,
}
"""Of the IBANs met here (SWIFT IBAN registry); for others every length is tried."""


def refuse(text: str, words: Words) -> None:
    """Raise `InputError` that says what in `text` is personal and why it can't be kept."""
    _ = words.gettext
    plain = unicodedata.normalize("NFKC", text)
    sentences: tuple[tuple[Callable[[str], bool], str], ...] = (
        (_has_e_mail, _("une adresse électronique")),
        (_has_avs, _("un numéro AVS")),
        (_has_iban, _("un numéro de compte (IBAN)")),
        (_has_birthday, _("une date de naissance, ou une date qui peut l’être")),
        (_has_phone, _("un numéro de téléphone, ou un numéro qui y ressemble")),
    )
    for is_in, what in sentences:
        if is_in(plain):
            raise InputError(
                _(
                    "Il y a ici {what} : ces mots sont lus par d’autres et ne doivent mener à personne. "
                    "Rien n’a été enregistré ; enlevez-le et dites seulement ce qui manque."
                ).format(what=what)
            )


def _has_e_mail(text: str) -> bool:
    return _E_MAIL.search(text) is not None


def _has_avs(text: str) -> bool:
    """13 digits from 756, the last of them the EAN-13 check digit (NAVS13)."""
    return any(_is_ean(re.sub(r"\D", "", found.group())) for found in _AVS.finditer(text))


def _is_ean(digits: str) -> bool:
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits[:12]))
    return (10 - weighed % 10) % 10 == int(digits[12])


def _has_iban(text: str) -> bool:
    """A country, two check digits and an account that leave 1 when divided by 97 (ISO 13616)."""
    for found in _IBAN.finditer(text):
        said = re.sub(r"[ .-]", "", found.group()).upper()
        length = _IBAN_LENGTHS.get(said[:2])
        lengths = [length] if length else range(15, 35)
        if any(len(said) >= each and _is_mod_97(said[:each]) for each in lengths):
            return True
    return False


def _is_mod_97(iban: str) -> bool:
    return int("".join(str(int(letter, 36)) for letter in iban[4:] + iban[:4])) % 97 == 1


def _has_birthday(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_NUMBER_DATE, _BORN, _word_date()))


def _has_phone(text: str) -> bool:
    return _PHONE.search(text) is not None


@cache
def _word_date() -> re.Pattern[str]:
    """«12 mars 1987», «12. März 87», «March 12, 1987», in the languages of the country and English."""
    names = {
        name
        for language in ("fr", "de", "it", "en", "es", "pt")
        for width in ("wide", "abbreviated")
        for name in get_month_names(width, locale=language).values()
    }
    months = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    day, year = r"(?:[12]\d|3[01]|0?[1-9])", r"(?:\d{4}|\d{2})"
    return re.compile(
        rf"(?<!\d)(?:{day}(?:er|\.|st|nd|rd|th)?\s*(?:de\s+)?(?:{months})\.?,?\s*(?:de\s+)?{year}"
        rf"|(?:{months})\.?\s+{day},?\s+\d{{4}})(?!\d)",
        re.IGNORECASE,
    )
