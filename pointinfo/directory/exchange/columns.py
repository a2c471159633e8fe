"""What one column of a table can hold: the fields of `record.flat`, those with several kinds of value one a kind.

A phone number, an e-mail address and a web address are one field of an entry and three columns of a table: a source
that knows phone numbers only must not take the web address that an editor added.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, Final

from babel import Locale

from pointinfo import i18n
from pointinfo.database.schema import Origin, Wording
from pointinfo.directory.fields import INTERNAL, general, link_words
from pointinfo.directory.fields import fields as all_fields
from pointinfo.directory.fields import label as field_label
from pointinfo.directory.record import EntryRecord, flat
from pointinfo.i18n import Words

KINDS: Final = {
    "names": ("alias", "acronym", "former"),
    "contacts": ("phone", "email", "web"),
    "internal_contacts": ("phone", "email", "web"),
    "links": ("offered_by", "takes_place_at", "part_of", "see_first", "former_name_of"),
}
"""Fields whose values have a kind: «contacts/phone»."""

DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
"""The hours of each weekday in a column of its own: «hours/Mo»."""


def spread(record: EntryRecord) -> dict[str, Any]:
    """The fields of a record as columns hold them, one value a key.

    An origin is «origins/SOURCE», each thing that the source says beside our fields an `extra_key`.
    """
    found = flat(record)
    for field in KINDS:
        values = found.pop(field, None)
        if values:
            for value in values:
                key = f"{field}/{value.kind}"
                found[key] = (*found.get(key, ()), value)
    for origin in found.pop("origins", ()):
        found[f"origins/{origin.source}"] = Origin(origin.source, origin.id)
        for name, text in origin.extra.items():
            found[extra_key(origin.source, name)] = text
    return found


def gathered(columns: dict[str, Any], like: EntryRecord | None = None) -> EntryRecord:
    """The record that `spread` was made from. Values of several kinds stand in the order they have in `like`."""
    plain: dict[str, Any] = {}
    terms: dict[str, tuple[str, ...]] = {}
    texts: dict[str, dict[str, str]] = {}
    several: dict[str, list[tuple[str, Any]]] = {}
    beside: dict[str, dict[str, str]] = {}
    for key, value in columns.items():
        first, rest, part = _taken_apart(key)
        if not rest:
            plain[key] = value
        elif first == "terms":
            terms[rest] = value
        elif first == "wordings":
            texts.setdefault(rest, {})[part] = value
        elif first == "extra":
            source, name = extra_of(key)
            beside.setdefault(source, {})[name] = value
        else:
            several.setdefault(first, []).append((rest, value))
    if beside:
        several["origins"] = [
            (source, Origin(source, origin.id, beside.get(source, {}))) for source, origin in several.get("origins", ())
        ]
    for field, found in several.items():
        plain[field] = _joined(field, found, getattr(like, field) if like else ())
    if texts:
        plain["wordings"] = {language: Wording(**parts) for language, parts in texts.items()}
    return EntryRecord(**plain, terms=terms)


@lru_cache(4_096)
def _taken_apart(key: str) -> tuple[str, str, str]:
    """A key's field, what follows it and, of a text, its part after its language."""
    first, _slash, rest = key.partition("/")
    if first != "wordings":
        return first, rest, ""
    language, _slash, part = rest.partition("/")
    return first, language, part


def _joined(field: str, found: list[tuple[str, Any]], known: tuple[Any, ...]) -> tuple[Any, ...]:
    """The values of all kinds, in the order of `known`; new ones at the end, kind after kind."""
    if len(found) == 1 and not known:
        return (found[0][1],) if field == "origins" else tuple(found[0][1])
    if field == "origins":
        sources = [origin.source for origin in known]
        found.sort(key=lambda pair: sources.index(pair[0]) if pair[0] in sources else len(sources))
        return tuple(origin for _source, origin in found)
    if len(found) > 1:
        kinds = KINDS[field]
        found.sort(key=lambda pair: kinds.index(pair[0]))
    values = [value for _kind, some in found for value in some]
    if known:
        order = {value: place for place, value in enumerate(known)}
        values.sort(key=lambda value: order.get(value, len(order)))
    return tuple(values)


def is_internal(key: str) -> bool:
    """Whether a column holds what only the staff may read: see `fields.public`."""
    first = key.split("/", 1)[0]
    return first in INTERNAL or first == "extra"


def keys(languages: Iterable[str], *, internal: bool) -> list[str]:
    """All columns of an export in the order of the editor, texts in each of the languages; origins apart."""
    found = ["uid"]
    for field in all_fields(i18n.words("fr")):
        if field.internal and not internal:
            continue
        if field.key in KINDS:
            found += [f"{field.key}/{kind}" for kind in KINDS[field.key]]
        elif field.key.startswith("wordings/"):
            part = field.key.removeprefix("wordings/")
            found += [f"wordings/{language}/{part}" for language in languages]
        elif field.key != "origins":
            found.append(field.key)
    return found


def is_target(key: str) -> bool:
    """Whether a column of a table can be this."""
    first, _slash, rest = key.partition("/")
    if first == "wordings":
        language, _slash, part = rest.partition("/")
        return bool(re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z]{2,8})?", language)) and part in Wording.__struct_fields__
    if first in KINDS:
        return rest in KINDS[first] or key == "contacts/any"
    if first == "hours" and rest:
        return rest in DAYS
    if first == "extra":
        return rest.count("/") > 0
    if first == "origins":
        return bool(rest)
    return key in ("uid", "id", "address") or key in _shapes()


def extra_key(source: str, name: str) -> str:
    """The column of what a source says and we have no field for; with the name "*" that of all it may say."""
    return f"extra/{source.replace('%', '%25').replace('/', '%2F')}/{name}"


def extra_of(key: str) -> tuple[str, str]:
    """The source and the name in an `extra_key`."""
    _extra, source, name = key.split("/", 2)
    return source.replace("%2F", "/").replace("%25", "%"), name


def label(key: str, words: Words) -> str:
    """What a column is called."""
    _ = words.gettext
    named = {
        "uid": _("Identifiant"),
        "id": _("Identifiant dans la source"),
        "address": _("Adresse complète"),
        "contacts/any": _("Téléphone, courriel ou site"),
        "names/alias": _("Autres noms"),
        "names/acronym": _("Sigles"),
        "names/former": _("Anciens noms"),
        "contacts/phone": _("Téléphone"),
        "contacts/email": _("Courriel"),
        "contacts/web": _("Site internet"),
        "internal_contacts/phone": _("Téléphone direct"),
        "internal_contacts/email": _("Courriel direct"),
        "internal_contacts/web": _("Adresse internet interne"),
    }
    if key in named:
        return named[key]
    first, _slash, rest = key.partition("/")
    if first == "links":
        return link_words(rest, words)
    if first == "hours" and rest:
        day = Locale(words.language).days["format"]["wide"][DAYS.index(rest)]
        return _("Horaire du jour : {day}").format(day=day)
    if first == "origins":
        return _("Importée de {source}").format(source=rest)
    if first == "extra":
        return extra_of(key)[1]
    return field_label(key, words)


def shape(key: str) -> str:
    """How the values of a column look: `fields.Shape`."""
    first = key.split("/", 1)[0]
    if first in KINDS:
        return first.removeprefix("internal_")
    return _shapes().get(general(key), "line")


@cache
def _shapes() -> dict[str, str]:
    return {field.key: field.shape for field in all_fields(i18n.words("fr"))}
