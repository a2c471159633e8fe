"""Directory files of one JSON object a line, as first collected for Geneva; the demonstration directory is one."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from pointinfo import paths, reasons
from pointinfo.database.schema import Contact, Name, Wording
from pointinfo.directory import hours
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.vocabulary import Resolver
from pointinfo.errors import InputError
from pointinfo.i18n import Words

KINDS = {"service": "service", "association": "association", "activity": "activity", "venue": "place"}
_EXPORTED = re.compile(rb'\s*\{\s*"uid"')
"""How a line of our own JSON Lines begins, which keeps far more than one of these."""
AREAS = {"ville": "ville", "canton": "canton", "Suisse": "suisse"}


class Line(msgspec.Struct, forbid_unknown_fields=True):
    """One line as it was collected. `as_of` is the date of the source page, as precise as the page gave it."""

    id: Annotated[str, msgspec.Meta(min_length=1)]
    name: Annotated[str, msgspec.Meta(min_length=1)]
    kind: Literal["service", "association", "activity", "venue"]
    description_fr: str
    audiences: tuple[str, ...]
    topics: tuple[str, ...]
    address: str = ""
    postcode: str = ""
    city: str = ""
    quartier: str = ""
    phone: str = ""
    email: str = ""
    url: str = ""
    hours: str = ""
    languages: tuple[str, ...] = ()
    source_url: str = ""
    confidence: Literal["page", "memory"] = "page"
    as_of: str = ""
    scope: Literal["ville", "canton", "Suisse"] = "ville"
    aka: tuple[str, ...] = ()
    note: str = ""


def demonstration_file() -> Path:
    """The directory that a new counter starts with."""
    return paths.resources() / "sample" / "directory_geneve.jsonl"


def read(file: Path, resolver: Resolver, words: Words, *, demonstration: bool) -> Iterator[EntryRecord]:
    """The records of `file`, in its order. Raises `InputError` naming line and field at the first wrong one."""
    _ = words.gettext
    decoder = msgspec.json.Decoder(Line)
    seen: dict[str, int] = {}
    try:
        lines = file.read_bytes().splitlines()
    except OSError as error:
        raise InputError(_("Le fichier {file} ne peut pas être lu. Rien n’a été importé.").format(file=file)) from error
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            line = decoder.decode(raw)
            hours.check(line.hours, words)
            _check_date(line.as_of, words)
            record = _record(line, resolver, words, demonstration=demonstration)
            if line.id in seen:
                raise ValueError(_("identifiant {id} déjà vu à la ligne {line}").format(id=line.id, line=seen[line.id]))
        except (ValueError, InputError) as error:  # msgspec's errors are ValueErrors
            raise InputError(
                _(
                    "Ligne {number} de {file} : {reason}. Rien n’a été importé ; corrigez la ligne, puis recommencez."
                ).format(number=number, file=file.name, reason=_reason(error, raw, words).rstrip("."))
            ) from error
        seen[line.id] = number
        yield record


def _check_date(as_of: str, words: Words) -> None:
    """Nothing when the date is empty, or a day, month or year that exists: «2013-09-14», «2013-09», «2013»."""
    try:
        if as_of and re.fullmatch(r"\d{4}(-\d{2}){0,2}", as_of, re.ASCII):
            date.fromisoformat(f"{as_of}-01-01"[:10])
        elif as_of:
            raise ValueError(as_of)
    except ValueError as error:
        _ = words.gettext
        raise ValueError(_("champ «{field}», date inconnue «{word}»").format(field="as_of", word=as_of)) from error


def _reason(error: ValueError | InputError, raw: bytes, words: Words) -> str:
    """What is wrong with a line."""
    if _EXPORTED.match(raw):
        return words.gettext(
            "cette fiche vient d’un export de PointInfo ; «pointinfo import» le lit, «Échanges» (Alt+6) aussi"
        )
    is_about_json = isinstance(error, msgspec.DecodeError | UnicodeDecodeError)  # msgspec's own, never ours
    return reasons.of_content(error, words, words.gettext("ce n’est pas une fiche")) if is_about_json else str(error)


def _record(line: Line, resolver: Resolver, words: Words, *, demonstration: bool) -> EntryRecord:
    return EntryRecord(
        uid=line.id,
        kind=KINDS[line.kind],
        name=line.name,
        names=tuple(Name(text, "acronym" if text.isupper() else "alias") for text in line.aka),
        wordings={"fr": Wording(summary=line.description_fr)},
        street=line.address,
        postcode=line.postcode,
        city=line.city,
        contacts=tuple(
            Contact(kind, value)
            for kind, value in (("phone", line.phone), ("email", line.email), ("web", line.url))
            if value
        ),
        hours=line.hours,
        source=line.source_url,
        confidence=line.confidence,
        as_of=line.as_of,
        demonstration=demonstration,
        terms=_terms(line, resolver, words),
        internal_note=line.note,
    )


def _terms(line: Line, resolver: Resolver, words: Words) -> dict[str, tuple[str, ...]]:
    _ = words.gettext

    def codes(vocabulary: str, written: tuple[str, ...], field: str) -> tuple[str, ...]:
        found = []
        for word in written:
            code = resolver.code(vocabulary, word)
            if code is None:
                raise ValueError(_("champ «{field}», valeur inconnue «{word}»").format(field=field, word=word))
            found.append(code)
        return tuple(dict.fromkeys(found))

    topics = codes("topic", line.topics, "topics")
    terms = {
        "audience": codes("audience", line.audiences, "audiences"),
        "topic": topics,
        "theme": tuple(dict.fromkeys(filter(None, (resolver.parent("topic", code) for code in topics)))),
        "language": codes("language", line.languages, "languages"),
        "area": (AREAS[line.scope],),
    }
    if line.quartier:
        neighbourhood = resolver.code("neighbourhood", line.quartier)
        sector = resolver.code("sector", line.quartier)
        if neighbourhood is None and sector is None:
            raise ValueError(
                _("champ «{field}», valeur inconnue «{word}»").format(field="quartier", word=line.quartier)
            )
        if neighbourhood is not None:
            terms["neighbourhood"] = (neighbourhood,)
            sector = sector or resolver.parent("neighbourhood", neighbourhood)
        if sector:
            terms["sector"] = (sector,)
    commune = resolver.code("commune", line.city)
    if commune is not None:
        terms["commune"] = (commune,)
    return {vocabulary: found for vocabulary, found in terms.items() if found}
