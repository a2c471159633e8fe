"""Opening hours as people write them in a cell, «lundi à vendredi 8h30-12h et 14h-17h30», as an OSM string."""

import re
from collections.abc import Sequence
from typing import Final

from pointinfo.directory.text import fold

DAYS: Final = {
    **dict.fromkeys(("lundi", "lundis", "lun", "lu", "monday", "mondays", "mon"), "Mo"),
    **dict.fromkeys(("mardi", "mardis", "mar", "ma", "tuesday", "tuesdays", "tue"), "Tu"),
    **dict.fromkeys(("mercredi", "mercredis", "mer", "me", "wednesday", "wednesdays", "wed"), "We"),
    **dict.fromkeys(("jeudi", "jeudis", "jeu", "je", "thursday", "thursdays", "thu"), "Th"),
    **dict.fromkeys(("vendredi", "vendredis", "ven", "ve", "friday", "fridays", "fri"), "Fr"),
    **dict.fromkeys(("samedi", "samedis", "sam", "sa", "saturday", "saturdays", "sat"), "Sa"),
    **dict.fromkeys(("dimanche", "dimanches", "dim", "di", "sunday", "sundays", "sun"), "Su"),
}
"""The words for each weekday, folded."""

_TOKEN: Final = re.compile(
    r"(?P<time>\d{1,2}\s?[h:]\s?\d{2}|\d{1,2}\s?h)|(?P<word>[a-z]+)|(?P<range>[-–—>])|(?P<next>[,/&+])|(?P<part>[;\n|.])"
    r"|(?P<space>[\s:]+)|(?P<other>.)"
)
_SILENT: Final = {"de", "du", "le", "les", "des", "from", "on", "ouvert", "ouverte", "open", "heures", "h"}
_RANGE: Final = {"a", "au", "to", "until", "jusqu"}
_NEXT: Final = {"et", "and", "puis"}


def as_osm(text: str) -> str | None:
    """The OSM string, None where anything in the text is not about weekdays and times."""
    rules: list[str] = []
    days, times, joint = "", "", ""
    for token in _TOKEN.finditer(fold(text)):
        kind, word = str(token.lastgroup), token[0]
        if kind == "space" or word in _SILENT:
            continue
        if kind == "time":
            hour, _h, minute = re.split(r"\s?([h:])\s?", word)
            said = f"{int(hour):02}:{minute or '00'}"
            if int(hour) > 24 or int(minute or 0) > 59 or not days:
                return None
            if not times:
                times = said
            elif joint == "-" and times.count("-") == times.count(","):
                times += f"-{said}"
            elif times.count("-") == times.count(",") + 1:
                times += f",{said}"
            else:
                return None
            joint = ""
        elif word in DAYS:
            if times:
                rules.append(f"{days} {times}")
                days, times, joint = "", "", ""
            days += (("-" if joint == "-" else ",") if days else "") + DAYS[word]
            joint = ""
        elif kind == "range" or word in _RANGE:
            joint = "-"
        elif kind in ("next", "part") or word in _NEXT:
            joint = ","
        else:
            return None
    if not times or not days or joint == "-":
        return None
    rules.append(f"{days} {times}")
    spans = [rule.partition(" ")[2] for rule in rules]
    return "; ".join(rules) if all(span.count("-") == span.count(",") + 1 for span in spans) else None


def week(told: Sequence[tuple[str, str]]) -> str | None:
    """The OSM string of times told day by day, («Mo», «9h-12h»); None where any of them is not understood."""
    rules: dict[str, list[str]] = {}
    for day in dict.fromkeys(day for day, _text in told):
        texts = [text for each, text in told if each == day and fold(text).strip() not in _CLOSED]
        if texts:
            found = as_osm(f"lundi {', '.join(texts)}")
            if found is None or ";" in found:
                return None
            rules.setdefault(found.removeprefix("Mo "), []).append(day)
    return "; ".join(f"{','.join(same)} {times}" for times, same in rules.items())


_CLOSED: Final = frozenset({"", "-", "ferme", "fermee", "closed", "x"})
