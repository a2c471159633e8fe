"""What foreign cells hold, made ours: plain text, telephone numbers, web and mail addresses, days, places on earth."""

import html
import math
import re
import unicodedata
from datetime import date, datetime
from typing import Any, Final, NamedTuple

MAX_TEXT: Final = 20_000
"""Characters kept of one text."""
SUMMARY: Final = 280
"""Characters of a summary: what can be read aloud in one breath or two."""


def plain(value: object) -> str:
    """A cell as text without HTML, Markdown, control characters or runs of spaces; lines stay lines. "" for nothing."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:.15g}" if math.isfinite(value) else ""
    text = str(value)[: MAX_TEXT * 4]
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub(" ", _BREAK.sub("\n", _HIDDEN.sub(" ", text))))
    if "**" in text or "](" in text or "#" in text:
        text = _HEADING.sub("", _LINK.sub(r"\1 (\2)", text)).replace("**", "")
    text = unicodedata.normalize("NFC", text)
    lines = (" ".join(_CONTROL.sub(" ", line).split()) for line in text.splitlines())
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()[:MAX_TEXT]


_HIDDEN: Final = re.compile(r"<(script|style)\b[^>]{0,1000}>.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_BREAK: Final = re.compile(r"<\s*(?:br|/p|/div|/li|/h\d|/tr)\b[^<>]{0,200}>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-zA-Z!][^<>]{0,2000}>")
_HEADING: Final = re.compile(r"^ {0,3}#{1,6}\s+", re.MULTILINE)
_LINK: Final = re.compile(r"\[([^\[\]\n]{1,300})\]\((https?://[^\s()]{1,1000})\)")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_BLANK_LINES: Final = re.compile(r"\n{3,}")


def line(value: object) -> str:
    """A cell as text on one line."""
    return " ".join(plain(value).split())


def shortened(text: str) -> str:
    """The first sentences of a text that make a summary; "" for none."""
    text = " ".join(text.split())
    if len(text) <= SUMMARY:
        return text
    ends = [found.end() for found in re.finditer(r"[.!?…](?=\s)", text[:SUMMARY])]
    if ends:
        return text[: ends[-1]]
    return text[: text.rfind(" ", 0, SUMMARY)].rstrip(" ,;:–-") + " …" if " " in text[:SUMMARY] else text[:SUMMARY]


class Phone(NamedTuple):
    """A number as it is dialled from here, and its extension, "" for none."""

    number: str
    extension: str = ""


def phone(value: object, region: str) -> Phone | None:
    """The number as people write it where it belongs (`region`: ISO 3166); None when it can't be one.

    Numbers of our own country stay national («022 418 47 00»), others get their country's prefix; numbers of three
    to six digits («3949») are a country's own services and stay as they are.
    """
    import phonenumbers  # noqa: PLC0415 -- 25 ms

    text = line(value).strip("\"' ")
    digits = re.sub(r"\D", "", text)
    if 3 <= len(digits) <= 6 and re.fullmatch(r"[\d\s.]+", text):
        if region == "NC" and len(digits) == 6:  # the whole territory dials six digits
            return Phone(f"+687 {digits[:2]}.{digits[2:4]}.{digits[4:]}")
        return Phone(text)
    try:
        parsed = phonenumbers.parse(text[:60], region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    national = parsed.country_code == 41
    form = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    extension, parsed.extension = parsed.extension or "", None
    return Phone(phonenumbers.format_number(parsed, form), extension)


def phones(value: object, region: str) -> tuple[Phone, ...]:
    """The numbers of a cell that may hold several («05 57 12 34 56 / 06 12 34 56 78»); () when one can't be read."""
    whole = phone(value, region)
    if whole:
        return (whole,)
    parts = [part for part in re.split(r"(?i)\s*(?:/|;|,|\||\bou\b|\bet\b|\n)\s*", plain(value)) if part.strip()]
    found = [phone(part, region) for part in parts]
    return tuple(each for each in found if each) if len(parts) > 1 and all(found) else ()


def email(value: object) -> str:
    """A mail address, "" when it can't be one."""
    text = line(value).replace("%A0", "").replace("%20", "").strip("<>.,;").removeprefix("mailto:")
    return text if len(text) <= 254 and _MAIL.fullmatch(text) else ""


def emails(value: object) -> tuple[str, ...]:
    """The mail addresses of a cell that may hold several."""
    found = (email(part) for part in re.split(r"[\s,;/|]+", plain(value)))
    return tuple(dict.fromkeys(each for each in found if each))


_LABEL: Final = r"[\w](?:[\w-]{0,62}[\w])?"
_MAIL: Final = re.compile(rf"[\w.+'’-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+")
_SCHEME: Final = re.compile(r"\bhtt?pp?(s?)\s*:\s*//\s*", re.IGNORECASE)
"""«https ://», «htpps://»: as it was meant."""
_WEB: Final = re.compile(rf"(https?://)?({_LABEL}(?:\.{_LABEL})+\.?)(:\d{{1,5}})?([/?#]\S*)?", re.IGNORECASE)


def web(value: object) -> str:
    """A web address with its scheme («epernay-agglo.fr» gets one), "" when it can't be one."""
    words = _SCHEME.sub(r"http\1://", plain(value)).split()
    found = _WEB.fullmatch(words[0].strip("<>,;")) if words else None
    if found is None or len(found[0]) > 2000:
        return ""
    host = found[2].lower().rstrip(".")
    is_number = bool(found[1]) and re.fullmatch(r"\d{1,3}(?:\.\d{1,3}){3}", host)
    if (host.startswith("www.") and host.count(".") == 1) or not (host.rpartition(".")[2].isalpha() or is_number):
        return ""
    return f"{(found[1] or 'https://').lower()}{found[2]}{found[3] or ''}{found[4] or ''}"


def webs(value: object) -> tuple[str, ...]:
    """The web addresses of a cell that may hold several, separated by spaces or commas."""
    text = _SCHEME.sub(r"http\1://", plain(value))
    found = (web(part) for part in re.split(r"[\s;]+|,(?=\s|$|https?:|www\.)", text) if "." in part)
    return tuple(dict.fromkeys(each for each in found if each))


def number(value: object) -> float | None:
    """A finite number, with a decimal point or comma; None when it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e15 else None
    text = line(value).replace("\u202f", "").replace(" ", "")
    if not re.fullmatch(r"[+-]?\d{1,15}(?:[.,]\d{1,20})?", text):
        return None
    return float(text.replace(",", "."))


def day(value: object) -> str:
    """An ISO day of «2023-11-05», «05/11/2023», «05/11/2023 17:51», «January 1, 1970» or a date; "" for none."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    text = line(value)
    if found := re.match(r"(\d{4})-(\d\d)-(\d\d)(?!\d)", text):
        return _day(*map(int, found.groups()))
    if found := re.match(r"(\d\d?)[/.](\d\d?)[/.](\d{4})(?!\d)", text):
        month_day, month, year = map(int, found.groups())
        return _day(year, month, month_day)
    if found := re.match(r"([A-Za-z]{3})[a-z]*\.? (\d\d?),? (\d{4})(?!\d)", text):
        months = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
        name = found[1].lower()
        return _day(int(found[3]), months.index(name) + 1, int(found[2])) if name in months else ""
    return ""


def year(value: object) -> str:
    """The year that a date ends with when its day or month can't be read («09/0102023»); "" for none."""
    found = re.fullmatch(r"\d\d?[/.]\d{1,3}[/.]?((?:19|20)\d\d)", line(value))
    return found[1] if found else ""


def _day(year: int, month: int, month_day: int) -> str:
    try:
        return date(year, month, month_day).isoformat()
    except ValueError:
        return ""


class Place(NamedTuple):
    """A point in WGS 84, in degrees, to about a decimetre."""

    longitude: float
    latitude: float


def place(longitude: Any, latitude: Any) -> Place | None:
    """A point of two cells in degrees; None when it is none, or is 0, 0 (nobody's address)."""
    east, north = number(longitude), number(latitude)
    if east is None or north is None or not (abs(east) <= 180 and abs(north) <= 90) or (east == 0 and north == 0):
        return None
    return Place(round(east, 6), round(north, 6))


def from_lambert93(x: Any, y: Any) -> Place | None:
    """A point of two cells in metres of the French Lambert-93 grid (EPSG:2154); None when it lies outside France.

    Formulas and constants: IGN, «Projection cartographique conique conforme de Lambert», NTG 71, algorithms 2 and 4.
    """
    east, north = number(x), number(y)
    if east is None or north is None or not (0 <= east <= 1_400_000 and 6_000_000 <= north <= 7_200_000):
        return None
    n, c, false_east, false_north, e = 0.7256077650, 11754255.426, 700000.0, 12655612.050, 0.08181919112
    radius = math.hypot(east - false_east, north - false_north)
    longitude = math.atan((east - false_east) / (false_north - north)) / n + math.radians(3)
    isometric = -math.log(radius / c) / n
    latitude = 2 * math.atan(math.exp(isometric)) - math.pi / 2
    for _round in range(6):  # converges to under a millimetre
        swing = ((1 + e * math.sin(latitude)) / (1 - e * math.sin(latitude))) ** (e / 2)
        latitude = 2 * math.atan(swing * math.exp(isometric)) - math.pi / 2
    return place(math.degrees(longitude), math.degrees(latitude))


class Street(NamedTuple):
    """A postal address taken apart; what it doesn't say is ""."""

    street: str
    postcode: str
    city: str


def address(value: object) -> Street:
    """The parts of an address in one cell: «8 rue de la Boétie - 33000 Bordeaux», «1 Rue X, 51200, Épernay, Marne»."""
    text = line(value)
    found = re.fullmatch(r"(.*?)[\s,;–-]*\b(\d{5}|\d{2} \d{3})\b[\s,;–-]*([^,]*)(?:,.*)?", text)
    if found is None:
        return Street(text, "", "")
    return Street(found[1].strip(" ,;-–"), found[2].replace(" ", ""), found[3].strip(" ,;-–"))
