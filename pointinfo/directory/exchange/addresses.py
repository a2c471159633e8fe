"""Postal addresses in one cell, taken apart: street, postcode and town; several in one cell, one by one."""

import re
from typing import Final

_TOWN: Final = re.compile(r"(?:\b(?:CH|F)[- ])?\b(?P<postcode>\d{4,5})\s+(?P<city>[^\d,;]+)")
_LONGEST: Final = 400
_YEAR: Final = re.compile(r"(?:18|19|20)\d\d")
_FOUNDED: Final = re.compile(
    r"\b(?:(?:fond|cré|constitu|établi|ouvert|inaugur)\w*(?:\s+en)?|depuis|dès|en|année|founded|since|in)[\s:(]*$",
    re.IGNORECASE,
)
_PREPOSITION: Final = re.compile(r"(?:à|au|aux|en|dans|par|sur|sous|pour|avec|et|in|by|at)\b", re.IGNORECASE)
"""What stands before a year and what behind one: «fondée 1999», «1999 à Genève» are no postcodes."""
_MARKED: Final = re.compile(r"[;|\n/]|\s(?:et|ou|and|or)\s")
_BETWEEN: Final = re.compile(r"\s*[;|\n/]\s*|\s+(?:et|ou|and|or)\s+")


def split_address(text: str) -> dict[str, str]:
    """Street, postcode and town of an address in one cell; a street alone where there is no postcode."""
    said = " ".join(text.split()) if len(text) < _LONGEST else ""
    for found in _TOWN.finditer(said):
        if _YEAR.fullmatch(found["postcode"]) and (
            _FOUNDED.search(said[: found.start()]) or _PREPOSITION.match(found["city"])
        ):
            continue
        parts = {"street": said[: found.start()], **found.groupdict()}
        parts = {name: part.strip(" ,;–-") for name, part in parts.items()}
        return {name: part for name, part in parts.items() if part}
    return {"street": text}


def addresses(text: str) -> list[str]:
    """The addresses in a cell that holds several whole ones, each with its postcode; else the text alone."""
    if len(text) < _LONGEST and _MARKED.search(text):
        found = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
        if len(found) > 1 and all("postcode" in split_address(part) for part in found):
            return found
    return [text]
