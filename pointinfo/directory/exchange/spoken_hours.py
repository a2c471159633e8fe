"""Opening hours as people write them in a cell, «lundi à vendredi 8h30-12h et 14h-17h30», as an OSM string."""

import re
from collections.abc import Sequence
from typing import Final

from pointinfo.directory.exchange import told_hours
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


def lenient(text: str) -> str:
    """The OSM string of what is written one way or another, "" where anything in it is not understood."""
    return as_osm(text) or told_hours.as_osm(text)


def day_as_osm(text: str) -> str | None:
    """The times of one day, «09:00-12:00,14:00-17:00» of «9h-12h / 14h-17h»; "" when closed, None if unsure."""
    said = _BARE.sub(r"\g<0>h", fold(text).strip())
    if _CLOSED.fullmatch(said):
        return ""
    asked = _ASKED.search(said)
    found = lenient(f"lundi {said[: asked.start()] if asked else said}")
    times = found.removeprefix("Mo ")
    if times == found or ";" in times or _OTHER_DAY.search(times) or (asked and "," in times):
        return None  # of several times, nobody knows which are by appointment
    return f'{times} "{told_hours.APPOINTMENT}"' if asked else times


def week(told: Sequence[tuple[str, str]]) -> tuple[str, tuple[str, ...]]:
    """The OSM string of times told day by day, («Mo», «9h-12h»), and the days that were not understood.

    These are unknown in it; "" when no day is understood.
    """
    rules: dict[str, list[str]] = {}
    missed: dict[str, str] = {}
    for day in dict.fromkeys(day for day, _text in told):
        texts = [text for each, text in told if each == day and not _CLOSED.fullmatch(fold(text).strip())]
        times = day_as_osm(", ".join(texts)) if texts else ""
        if times is None:
            missed[day] = ", ".join(texts)
        elif times:
            rules.setdefault(times, []).append(day)
    found = "; ".join(f"{','.join(same)} {times}" for times, same in rules.items())
    return (told_hours.with_unknown(found, missed) if found and missed else found), tuple(missed)


_OTHER_DAY: Final = re.compile(r"\b(?:Mo|Tu|We|Th|Fr|Sa|Su)\b")
_CLOSED: Final = re.compile(r"(?:ferme(?:\(e\)|e)?s?|closed|rien|x|[-–—]+|)\.?")
_BARE: Final = re.compile(r"(?<![\dh:.])(\d{1,2})(?=\s+a\s+\d)|(?<=\ba )(\d{1,2})(?![\dh:.])")
"""The hours of «8 à 12» and «8h30 à 12», written without their «h»."""
_ASKED: Final = re.compile(r"[\s,(]+(?:uniquement |seulement )?sur (?:rdv|rendez-vous)[\s).]*$")
