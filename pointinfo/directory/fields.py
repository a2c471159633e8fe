"""Every field of an entry, declared once: its label, its help, its section, how it is edited and who may read it.

The editor, the history, the comparison of two entries and the mapping of imports are made from these lines.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final, Literal, NamedTuple

import msgspec
from babel import Locale
from babel.dates import format_skeleton

from pointinfo.database.schema import Contact, Name, Origin, Schedule
from pointinfo.directory import hours
from pointinfo.directory.hours.days import day_words
from pointinfo.directory.record import EntryRecord, FieldChange, Link
from pointinfo.directory.sessions_words import age_words
from pointinfo.i18n import Words, region

Section = Literal["what", "for_whom", "how", "when", "where", "reach", "links", "trust", "internal"]
Shape = Literal[
    "line",
    "text",
    "choice",
    "terms",
    "number",
    "date",
    "yes",
    "hours",
    "schedules",
    "contacts",
    "names",
    "links",
    "attachments",
    "origins",
]
INTERNAL: Final = frozenset({"internal_street", "internal_contacts", "internal_note"})
"""What only the staff may read."""
_CONTACTS: Final = frozenset({"contacts", "internal_contacts"})
_NOTHING: Final = {field.name: field.default for field in msgspec.structs.fields(EntryRecord) if field.name in INTERNAL}


class Field(NamedTuple):
    """One field. `key` is that of `record.flat`, a text in several languages without its language: «wordings/summary».

    `terms` fields hold codes of the vocabulary in their key.
    """

    key: str
    section: Section
    shape: Shape
    label: str
    help: str = ""

    @property
    def internal(self) -> bool:
        """Whether only the staff may read it."""
        return self.key in INTERNAL


def section_words(section: Section, words: Words) -> str:
    """The heading of a section."""
    _ = words.gettext
    return {
        "what": _("En bref"),
        "for_whom": _("Pour qui"),
        "how": _("Comment faire"),
        "when": _("Quand"),
        "where": _("Où"),
        "reach": _("Contacts"),
        "links": _("Liens avec d’autres fiches"),
        "trust": _("Source et vérification"),
        "internal": _("Réservé au personnel"),
    }[section]


def fields(words: Words) -> tuple[Field, ...]:
    """All fields in the order of the editor."""
    _ = words.gettext
    return (
        Field("kind", "what", "choice", _("Type")),
        Field("name", "what", "line", _("Nom"), _("Tel que le public le connaît.")),
        Field("names", "what", "names", _("Autres noms"), _("Anciens noms, sigles, noms dans d’autres langues.")),
        Field("wordings/summary", "what", "text", _("Résumé"), _("Une ou deux phrases, à lire à haute voix.")),
        Field("wordings/description", "what", "text", _("Description"), _("Ce qu’il faut savoir de plus.")),
        Field("wordings/alert", "what", "text", _("Avertissement"), _("Liste d’attente, fermeture prochaine…")),
        Field("terms/topic", "what", "terms", _("Sujets")),
        Field("terms/theme", "what", "terms", _("Thèmes")),
        Field("status", "what", "choice", _("État")),
        Field("status_reason", "what", "line", _("Raison de l’état")),
        Field("replaced_by", "what", "line", _("Remplacée par")),
        Field("terms/audience", "for_whom", "terms", _("Publics")),
        Field("age_from", "for_whom", "number", _("Âge minimum"), _("En années ; 0,5 pour six mois.")),
        Field("age_to", "for_whom", "number", _("Âge maximum"), _("En années.")),
        Field("terms/eligibility", "for_whom", "terms", _("Conditions"), _("Domicile, revenu, permis de séjour…")),
        Field("wordings/eligibility", "for_whom", "text", _("Conditions en mots")),
        Field("terms/language", "for_whom", "terms", _("Langues parlées")),
        Field("terms/accessibility", "for_whom", "terms", _("Accessibilité")),
        Field(
            "wordings/how_to_apply", "how", "text", _("Marche à suivre"), _("Ce que la personne fait, dans l’ordre.")
        ),
        Field("terms/document", "how", "terms", _("À apporter")),
        Field("wordings/documents", "how", "text", _("À apporter, en mots")),
        Field("terms/fee", "how", "terms", _("Prix")),
        Field("wordings/fee", "how", "text", _("Prix en mots")),
        Field("terms/attendance", "how", "terms", _("Accueil"), _("Sur place, par téléphone, à domicile…")),
        Field("hours", "when", "hours", _("Horaire")),
        Field("schedules", "when", "schedules", _("Séances"), _("Pour les activités : jours, heures, dates.")),
        Field("street", "where", "line", _("Rue et numéro")),
        Field("postcode", "where", "line", _("NPA")),
        Field("city", "where", "line", _("Localité")),
        Field("stop", "where", "line", _("Arrêt"), _("Arrêt de tram ou de bus, lignes.")),
        Field("wordings/directions", "where", "text", _("Pour s’y rendre")),
        Field("terms/neighbourhood", "where", "terms", _("Quartier")),
        Field("terms/sector", "where", "terms", _("Secteur statistique")),
        Field("terms/commune", "where", "terms", _("Commune")),
        Field("terms/area", "where", "terms", _("Territoire desservi")),
        Field("longitude", "where", "number", _("Longitude"), _("WGS 84, en degrés.")),
        Field("latitude", "where", "number", _("Latitude"), _("WGS 84, en degrés.")),
        Field("contacts", "reach", "contacts", _("Téléphone, courriel, site")),
        Field("attachments", "reach", "attachments", _("Dépliants joints"), _("PDF ou image, imprimés avec la fiche.")),
        Field("links", "links", "links", _("Liens")),
        Field("source", "trust", "line", _("Source"), _("Adresse de la page d’où viennent les faits.")),
        Field("as_of", "trust", "line", _("Date de la source"), _("2026, 2026-09 ou 2026-09-14.")),
        Field("confidence", "trust", "choice", _("Genre de source")),
        Field("verified_on", "trust", "date", _("Vérifiée le")),
        Field("verified_by", "trust", "line", _("Vérifiée par")),
        Field("verified_how", "trust", "choice", _("Vérifiée comment")),
        Field("next_check", "trust", "date", _("À revérifier le")),
        Field("important", "trust", "yes", _("Fiche importante"), _("Revérifiée deux fois plus souvent.")),
        Field("demonstration", "trust", "yes", _("Donnée de démonstration")),
        Field("origins", "trust", "origins", _("Importée de")),
        Field("internal_street", "internal", "line", _("Adresse confidentielle")),
        Field("internal_contacts", "internal", "contacts", _("Lignes directes")),
        Field("internal_note", "internal", "text", _("Note interne")),
    )


def public(record: EntryRecord) -> EntryRecord:
    """The record without what only the staff may read: what leaves the counter begins here.

    What a source says beside our fields may be anything, so it stays inside, too.
    """
    origins = tuple(Origin(origin.source, origin.id) for origin in record.origins)
    return msgspec.structs.replace(record, **_NOTHING, origins=origins)


def general(key: str) -> str:
    """The key of `fields` for one of `record.flat`: «wordings/fr/summary» is a «wordings/summary»."""
    parts = key.split("/")
    return f"{parts[0]}/{parts[2]}" if len(parts) == 3 else key


def label(key: str, words: Words) -> str:
    """What a field of `record.flat` is called: «Résumé (anglais)»."""
    known = {field.key: field.label for field in fields(words)}
    name = known.get(general(key), key)
    parts = key.split("/")
    if len(parts) != 3 or parts[1] == words.language:
        return name
    return f"{name} ({language_name(parts[1], words)})"


def narrowed(change: FieldChange) -> FieldChange:
    """A change of the contacts without the kinds that stay as they are; any other change as it is."""
    before, after = (tuple(value or ()) if change.field in _CONTACTS else () for value in (change.before, change.after))
    differing = {
        kind
        for kind in {contact.kind for contact in (*before, *after)}
        if _of_kind(before, {kind}) != _of_kind(after, {kind})
    }
    if not differing:
        return change
    return change._replace(before=_of_kind(before, differing) or None, after=_of_kind(after, differing) or None)


def changed(change: FieldChange, words: Words) -> list[str]:
    """What a change is a change of: the field, of the contacts each kind that differs: «Téléphone»."""
    _ = words.gettext
    name = label(change.field, words)
    if change.field != "contacts":
        return [name]
    kinds = {"phone": _("Téléphone"), "email": _("Courriel"), "web": _("Site")}
    near = narrowed(change)
    there = {contact.kind for contact in (*(near.before or ()), *(near.after or ()))}
    return [said for kind, said in kinds.items() if kind in there] if there <= kinds.keys() else [name]


def _of_kind(contacts: tuple[Contact, ...], kinds: Collection[str]) -> tuple[Contact, ...]:
    return tuple(contact for contact in contacts if contact.kind in kinds)


def language_name(code: str, words: Words) -> str:
    """«anglais», from CLDR; the code itself when there is none."""
    return str(Locale(words.language).languages.get(code, code))


def choices(key: str, words: Words) -> dict[str, str]:
    """The codes of a «choice» field with their words, in order."""
    _ = words.gettext
    return {
        "kind": {
            "service": _("Service"),
            "association": _("Association"),
            "activity": _("Activité"),
            "place": _("Lieu"),
        },
        "status": {"active": _("Active"), "do_not_refer": _("Ne pas orienter"), "closed": _("Fermée")},
        "confidence": {"": _("non précisé"), "page": _("page officielle"), "memory": _("de mémoire")},
        "verified_how": {
            "": _("non précisé"),
            "phone": _("par téléphone"),
            "email": _("par courriel"),
            "sheet": _("par feuille de contrôle"),
            "visit": _("sur place"),
            "website": _("sur le site internet"),
        },
    }[key]


def link_words(kind: str, words: Words) -> str:
    """What a tie to another entry means, read from this entry."""
    _ = words.gettext
    return {
        "offered_by": _("Proposé par"),
        "takes_place_at": _("A lieu à"),
        "part_of": _("Fait partie de"),
        "see_first": _("Voir d’abord"),
        "former_name_of": _("Ancien nom de"),
    }[kind]


def said(key: str, value: Any, words: Words, terms: Mapping[tuple[str, str], str], names: Mapping[str, str]) -> str:
    """A value as a person reads it, "" for none. `terms`: label by (vocabulary, code); `names`: entry name by uid."""
    _ = words.gettext
    if value is None or value in ("", ()):
        return ""
    if key.startswith("terms/"):
        vocabulary = key.removeprefix("terms/")
        return ", ".join(terms.get((vocabulary, code), code) for code in value)
    if key in ("kind", "status", "confidence", "verified_how"):
        return choices(key, words).get(value, str(value))
    if key in ("verified_on", "next_check", "as_of"):
        return _day(value, words)
    if key == "hours":
        return "; ".join(hours.in_sentence(value, words)) or str(value)
    if key in ("age_from", "age_to"):
        return age_words(value, words)
    if key == "status_reason" and value == "merged":
        return _("réunie avec une autre fiche")
    if key == "replaced_by":
        return names.get(value, str(value))
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, float | int):
        return f"{value:g}".replace(".", "," if words.language == "fr" else ".")
    if isinstance(value, tuple):
        return " · ".join(_part(part, words, names) for part in value)
    return str(value)


def _day(value: str, words: Words) -> str:
    """«30 mars 2024», «mars 2024» of «2024-03»; anything else as it is written."""
    try:
        if re.fullmatch(r"\d{4}-\d\d", value):
            return format_skeleton("yMMMM", date.fromisoformat(f"{value}-01"), locale=region(words.language))
        return day_words(date.fromisoformat(value), words)
    except ValueError:
        return value


def _part(part: Any, words: Words, names: Mapping[str, str]) -> str:
    if isinstance(part, Contact):
        return f"{part.value} ({part.label})" if part.label else part.value
    if isinstance(part, Name):
        return part.text
    if isinstance(part, Link):
        return f"{link_words(part.kind, words)} {names.get(part.uid, part.uid)}"
    if isinstance(part, Schedule):
        return part.label or f"{part.starts}–{part.ends}"
    return str(getattr(part, "title", "") or getattr(part, "source", ""))
