"""What a cell says of ways to reach somebody: their kind, several in one cell, numbers a spreadsheet has cut."""

import re
from typing import Final

_EMAIL: Final = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>().]{2,}")
_WEB: Final = re.compile(
    r"(?:https?://)?(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE
)
_WHOLE: Final = 9
"""Digits of a whole number; what has fewer behind a «/» is the end of the one before («022 418 00 00 / 01»)."""
_AMONG: Final = re.compile(r"\s*(?:[;,|/\n]|\s(?:et|ou|and|or)\s)\s*")
_BETWEEN: Final = re.compile(r"\s*[;,|\n]\s*|\s+(?:/|et|ou|and|or)\s+|\s+(?=https?://|www\.)|(?<=@)\s+", re.IGNORECASE)
_MAILS: Final = re.compile(r"[\s;,|/]+(?:(?:et|ou|and|or)\s+)?")
_MARKS: Final = re.compile(r"[;,/|\n]|\s(?:et|ou|and|or)\s")
_HOME: Final = (41, 33)
"""Country codes that a number may have lost its «+» before: Switzerland's and France's."""


def contact_kind(text: str) -> str:
    """What a way to reach somebody is, by how it looks."""
    if "@" in text and "/" not in text.partition("@")[0]:
        return "email"
    return "web" if _WEB.fullmatch(text) else "phone"


def contact_value(kind: str, text: str) -> str | None:
    """The value as it is kept; None when it is none of this kind."""
    if kind == "phone":
        digits = sum(letter.isdigit() for letter in text)
        return text if digits >= 3 and digits * 2 >= len(text.replace(" ", "")) and len(text) <= 60 else None
    if kind == "email":
        address = text.removeprefix("mailto:")
        return address if _EMAIL.fullmatch(address) else None
    if not _WEB.fullmatch(text):
        return None
    return text if "://" in text[:9] else f"https://{text}"


def one_by_one(kind: str, text: str) -> list[str]:
    """The contacts of a text that holds several whole ones («022 418 00 00 / 079 123 45 67»), else the text alone.

    `kind` "any": each may be of another kind.
    """
    if "@" in text and text.count("@") > 1:
        found = _MAILS.split(text)
    elif kind == "phone":
        if len(text) <= 2 * _WHOLE or not _MARKS.search(text):
            return [text]
        found = _AMONG.split(text)
    elif kind != "email" and (" " in text or "\n" in text):
        found = _BETWEEN.split(text)
    else:
        return [text]
    found = [each.strip() for each in found if each.strip()]
    return found if len(found) > 1 and all(_is_whole(kind, each) for each in found) else [text]


def _is_whole(kind: str, text: str) -> bool:
    kind = contact_kind(text) if kind == "any" else kind
    if kind == "phone":
        bare = text.partition("(")[0] or text
        return _WHOLE <= sum(letter.isdigit() for letter in bare) <= 15 and text.count("(") == text.count(")")
    return contact_value(kind, text) is not None


def is_cut(text: str) -> bool:
    """Whether a number is what a spreadsheet leaves of one it took for a quantity: digits alone, the 0 or + gone."""
    return text.isdecimal() and 7 <= len(text) <= 15 and text[0] != "0"


def mended(text: str, region: str) -> str | None:
    """A number that `is_cut` as people write it where it belongs (`region`: ISO 3166); None when it isn't valid so."""
    import phonenumbers  # noqa: PLC0415 -- 25 ms

    for written, home in ((text, region), (f"+{text}", None)):
        if home is not None and len(text) > _WHOLE:
            continue
        try:
            number = phonenumbers.parse(written, home)
        except phonenumbers.NumberParseException:
            continue
        if number.country_code in _HOME and phonenumbers.is_valid_number(number):
            form = phonenumbers.PhoneNumberFormat
            national = number.country_code == _HOME[0]
            return phonenumbers.format_number(number, form.NATIONAL if national else form.INTERNATIONAL)
    return None
