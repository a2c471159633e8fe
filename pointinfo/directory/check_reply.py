"""What an association sends back on its check sheet, read whatever its mail program made of the lines."""

import email.policy
import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from typing import Any, Final, NamedTuple

import msgspec

from pointinfo.database.schema import Contact, Wording
from pointinfo.directory import check_sheet, hours
from pointinfo.directory.check_sheet import LINE_BREAK, CheckSheet
from pointinfo.directory.exchange.spoken_hours import day_as_osm, lenient
from pointinfo.directory.hours.rules import WEEKDAYS, Rule, rules
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.text import fold
from pointinfo.directory.validation import contact_written
from pointinfo.errors import InputError
from pointinfo.i18n import Words

NOTHING: Final = frozenset({"rien", "neant", "aucun", "aucune", "-", "–", "—"})
"""What people write on a line to have it empty."""

_REFERENCE: Final = re.compile(r"\[\s*PointInfo\s+(?P<uid>\S+)\s+(?P<revision>[0-9a-f-]{36})\s*\]", re.IGNORECASE)
_QUOTE: Final = re.compile(r"^[ \t]*(?:[>|][ \t]?)+")
_BULLET: Final = re.compile(r"^[\s*•·]+")
_SPACES: Final = re.compile(r"[\s\u00a0\u202f\u2007\ufeff]+")

Codes = Callable[[str, str], str | None]
"""The code of a term, by list and by a word for it."""


class Letter(NamedTuple):
    """A reply before anyone knows which entry it is about. `sender` is a name or an address, "" where none is given."""

    sender: str
    text: str
    uid: str
    revision: str


class Asked(NamedTuple):
    """What was asked: the entry as it stood, its sheet, the whole text of our letter."""

    record: EntryRecord
    sheet: CheckSheet
    text: str


class Reply(NamedTuple):
    """What a reply asks for: `record` is the entry as it would be; `unread` what a person has to look at, in words."""

    sender: str
    revision: str
    record: EntryRecord
    unread: tuple[str, ...]


def opened(data: bytes, words: Words) -> Letter:
    """A mail file or a text file. Raises `InputError` when it bears no reference of ours."""
    sender, text = _mail(data) or ("", _decoded(data, ""))
    flowing = " ".join(_QUOTE.sub("", line).strip() for line in text.splitlines())
    found = _REFERENCE.search(flowing)
    if found is None:
        _ = words.gettext
        raise InputError(
            _(
                "Ce fichier ne porte pas la référence d’une feuille de contrôle ([PointInfo …]). Rien n’a été changé. "
                "Ouvrez la fiche et corrigez-la à la main."
            )
        )
    return Letter(sender, text, found["uid"], found["revision"].lower())


def read(letter: Letter, asked: Asked, codes: Codes, today: date, words: Words) -> Reply:
    """What a reply changes in the entry as it stood when it was asked; what came back as sent changes nothing."""
    _ = words.gettext
    answers, besides = _answers(letter.text)
    ours = _levelled(asked.text)
    unread = [f"{below} : «{line}»".removeprefix(" : ") for below, line in besides if _levelled(line) not in ours]
    shown = {line.key: line for line in asked.sheet.lines}
    changed: dict[str, str] = {}
    for key, said in answers.items():
        line = shown.get(key)
        if line is None or _levelled(said) == _levelled(line.text):
            continue
        if said:
            changed[key] = "" if fold(said) in NOTHING else said
        else:
            unread.append(_("{label} : ligne vide, effacée ou oubliée ?").format(label=line.label))
    record = asked.record
    confirmed = fold(changed.pop("all_true", "")).split()[:1] == ["oui"]
    if confirmed:
        record = msgspec.structs.replace(
            record, verified_on=today.isoformat(), verified_by="", verified_how="email", next_check=None
        )
    record, unclear = corrected(record, asked.sheet, changed, codes)
    unread += [f"{shown[key].label} : «{changed[key]}»" for key in unclear]
    return Reply(letter.sender, letter.revision, record, tuple(unread))


def corrected(
    record: EntryRecord, asked: CheckSheet, changed: Mapping[str, str], codes: Codes
) -> tuple[EntryRecord, list[str]]:
    """The record with these lines of its sheet as they are said; and the keys of those that make no sense."""
    unclear = []
    days = {key: said for key, said in changed.items() if key.startswith("hours/")}
    for key, said in changed.items():
        if key in days:
            continue
        try:
            record = _with(record, key, said, codes)
        except ValueError:
            unclear.append(key)
    missed = [key for key, said in days.items() if day_as_osm(said) is None]
    read = {key: said for key, said in days.items() if key not in missed}
    try:
        if read:
            record = msgspec.structs.replace(record, hours=_hours(record.hours, asked, read))
    except (ValueError, InputError):
        missed = [*days]
    return record, [*unclear, *missed]


# The letter


def _mail(data: bytes) -> tuple[str, str] | None:
    """Sender and text of a mail file; None for anything else."""
    message = BytesParser(EmailMessage, policy=email.policy.default).parsebytes(data)
    try:
        sender, subject = str(message["From"] or ""), str(message["Subject"] or "")
    except (IndexError, AttributeError, ValueError):  # «From: <@»: the parser of the standard library gives up
        return None
    if not (sender or subject):
        return None
    name, address = parseaddr(sender)
    part = message.get_body(("plain", "html"))
    if part is None:
        return name or address, ""
    payload = part.get_payload(decode=True)
    text = _decoded(payload if isinstance(payload, bytes) else b"", str(part.get_content_charset() or ""))
    return name or address, _plain(text) if part.get_content_subtype() == "html" else text


def _decoded(data: bytes, charset: str) -> str:
    """UTF-8 where it is that, else what the letter says it is, else what Windows writes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for name in filter(None, ("utf-8-sig", charset)):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")


def _plain(markup: str) -> str:
    """The text of an HTML letter, line by line."""
    bare = re.sub(r"(?is)<(style|script|head)\b.*?</\1>", "", markup)
    bare = re.sub(r"\s+", " ", bare)
    bare = re.sub(r"(?i)<br\s*/?>|</(p|div|li|tr|h\d|blockquote)>", "\n", bare)
    return html.unescape(re.sub(r"<[^>]+>", "", bare))


def _answers(text: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """What each line says, by its key, and what stands besides, with the label of the line above.

    An answer typed anew comes before a quoted one.
    """
    keys = {fold(label): key for key, label in check_sheet.labels().items()}
    fresh: dict[str, str] = {}
    quoted: dict[str, str] = {}
    besides: list[tuple[str, str]] = []
    current: tuple[str, bool] | None = None
    inside = False
    for raw in text.splitlines():
        bare = _QUOTE.sub("", raw)
        is_quoted = bare != raw
        line = _SPACES.sub(" ", _BULLET.sub("", unicodedata.normalize("NFC", bare))).strip()
        if not line or line.startswith("---"):
            inside = (inside or line.startswith("---")) and "fin de la fiche" not in line.casefold()
            current = None
            continue
        label, colon, said = line.partition(":")
        key = keys.get(fold(label).strip()) if colon else None
        if key is not None:
            (quoted if is_quoted else fresh)[key] = said.strip()
            current = (key, is_quoted)
            inside = True
        elif current is not None and current[1] == is_quoted:
            where = quoted if is_quoted else fresh
            where[current[0]] = f"{where[current[0]]} {line}".strip()
        elif inside and not is_quoted and current is not None:
            besides.append((check_sheet.labels()[current[0]], line))
        elif not is_quoted and not _is_ours(line):
            besides.append(("", line))
    return {**quoted, **fresh}, besides


def _is_ours(line: str) -> bool:
    """Whether a line is only what we wrote, or what a mail program writes above what it quotes."""
    return bool(_REFERENCE.search(line)) or line.endswith((" a écrit :", " wrote:", " schrieb:"))


def _levelled(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(str.maketrans("’‘–—«»“”", '\'\'--""""'))
    return "".join(_SPACES.sub("", plain).split())


# The facts


def _with(record: EntryRecord, key: str, said: str, codes: Codes) -> EntryRecord:
    """The record with one fact as it is said. Raises `ValueError` where that makes no sense."""
    replace = msgspec.structs.replace
    match key.split("/"):
        case ["name"] if said:
            return replace(record, name=said)
        case ["wordings", "fr", part]:
            wording = record.wordings.get("fr", Wording())
            text = "\n".join(said.split(LINE_BREAK))
            return replace(record, wordings=record.wordings | {"fr": replace(wording, **{part: text})})
        case ["terms", vocabulary]:
            return replace(record, terms=record.terms | {vocabulary: _terms(vocabulary, said, codes)})
        case ["age_from" | "age_to" as name]:
            return replace(record, **{name: _age(said)})
        case ["contacts", kind]:
            return replace(record, contacts=_contacts(record.contacts, kind, said))
        case ["postcode"] if said and not re.fullmatch(r"[A-Z]{0,2}-?\d{4,5}", said):
            raise ValueError(said)
        case ["street" | "postcode" | "city" | "stop" as name]:
            return replace(record, **{name: said})
        case ["hours"]:
            return replace(record, hours=_expression(said))
    raise ValueError(said)


def _terms(vocabulary: str, said: str, codes: Codes) -> tuple[str, ...]:
    found = [codes(vocabulary, word.strip()) for word in re.split(r"[,;/]", said) if word.strip()]
    if None in found:
        raise ValueError(said)
    return tuple(code for code in dict.fromkeys(found) if code)


def _age(said: str) -> float | None:
    if not said:
        return None
    found = re.fullmatch(r"(\d{1,3}(?:[.,]\d+)?)\s*(?:ans?)?", said.strip())
    if found is None or float(found[1].replace(",", ".")) > 130:
        raise ValueError(said)
    return float(found[1].replace(",", "."))


def _contacts(known: tuple[Contact, ...], kind: str, said: str) -> tuple[Contact, ...]:
    """The contacts of a kind as they are said, those of other kinds as they were; a known line keeps its own hours."""
    looks = {"phone": r".*\d.*\d.*\d.*", "email": r"\S+@\S+\.\S+", "web": r"\S+\.\S+"}[kind]
    own_hours = {contact.value: contact.hours for contact in known if contact.kind == kind}
    fresh = []
    for part in filter(None, (part.strip() for part in said.split(";"))):
        found = re.fullmatch(r"(?P<value>[^()]*?)\s*(?:\((?P<label>[^()]*)\))?", part)
        value = found["value"] if found else ""
        if found is None or not re.fullmatch(looks, value):
            raise ValueError(said)
        written = value if value in own_hours else contact_written(kind, value)
        fresh.append(Contact(kind, written, found["label"] or "", own_hours.get(written, "")))
    place = next((number for number, contact in enumerate(known) if contact.kind == kind), len(known))
    before = [contact for contact in known[:place] if contact.kind != kind]
    return (*before, *fresh, *(contact for contact in known[place:] if contact.kind != kind))


def _expression(said: str) -> str:
    """Hours on one line, as they are written one way or another; what isn't understood is for a person to read."""
    for each in (said, lenient(said)):
        try:
            hours.check(each)
        except InputError:
            continue
        if each or not said:
            return each
    raise ValueError(said)


def _hours(before: str, asked: CheckSheet, days: dict[str, str]) -> str:
    """The week with these days as they are said; rules for holidays stay."""
    said = {line.key: line.text for line in asked.lines if line.key.startswith("hours/")} | days
    week = [_spans(said[f"hours/{day}"]) for day in range(7)]
    runs: list[list[Any]] = []
    for day, spans in enumerate(week):
        if runs and runs[-1][2] == spans:
            runs[-1][1] = day
        else:
            runs.append([day, day, spans])
    parts = [f"{_days(first, last)} {spans}" for first, last, spans in runs if spans]
    holidays = [_holiday(rule) for rule in rules(before) if rule.holidays and not rule.days]
    found = "; ".join([*parts, *(holidays if parts else ())])
    hours.check(found)
    return found


def _spans(said: str) -> str:
    """«08:30-12:00,13:30-17:00» of «8h30 à 12h, 13.30-17 h»; "" for a day that is closed."""
    times = day_as_osm(said)
    if times is None:
        raise ValueError(said)
    return times


def _days(first: int, last: int) -> str:
    return WEEKDAYS[first] if first == last else f"{WEEKDAYS[first]}-{WEEKDAYS[last]}"


def _holiday(rule: Rule) -> str:
    parts: Iterable[str] = (rule.before, ",".join(rule.holidays), rule.limit, rule.after)
    return " ".join(filter(None, parts))
