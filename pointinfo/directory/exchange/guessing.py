"""Guesses which column is which field, by its heading in French or English and by how its values look."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from pointinfo.directory.exchange.addresses import split_address
from pointinfo.directory.exchange.cell_reader import as_date
from pointinfo.directory.exchange.columns import KINDS, is_target
from pointinfo.directory.exchange.mapping import EXTRA, IGNORED, Column
from pointinfo.directory.exchange.spoken_hours import DAYS, as_osm
from pointinfo.directory.text import fold
from pointinfo.directory.vocabulary import Resolver

VOCABULARIES: Final = (
    *("audience", "topic", "theme", "fee", "language", "accessibility", "eligibility", "document", "attendance"),
    *("neighbourhood", "sector", "commune", "area"),
)
_SAID: Final = frozenset({"wordings/fr/fee", "wordings/fr/eligibility"})
"""What some say in words and others with those of a list: the cells decide."""
_MOST: Final = 0.6
"""The share of a column's cells that must look like a field's to be taken for it."""

_KEY: Final = re.compile(r"\[((?:extra/[^/]+|origins)/.+|[a-z_]+(?:/[A-Za-z_-]+){0,2})\]$")
_PHONE: Final = re.compile(r"\+?[\d\s()./'’-]{7,24}")
_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.\w{2,}")
_WEB: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_POSTCODE: Final = re.compile(r"(?:CH[- ]?)?\d{4,5}")
_YEAR: Final = re.compile(r"(?:18|19|20)\d\d")
_ADDRESS: Final = re.compile(r"[^\n]{2,80}[\s,]\d{4,5}\s+[^\W\d_][^\d\n]{1,40}")
_OSM: Final = re.compile(r"(?:(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)\b.*\d\d:\d\d.*|24/7)")

_HEADINGS: Final = {
    "uid": "uid",
    "id": "id, identifiant, numéro, no, n°, référence, ref, clé, key, external id, id source, "
    "identifiant dans la source",
    "kind": "genre, sorte, type, kind, genre de fiche, type de structure",
    "name": "nom, name, titre, title, raison sociale, dénomination, intitulé, organisation, organization, association, "
    "service, structure, nom de la structure, nom de l'association, nom structure, organization name, service name",
    "names/acronym": "sigle, sigles, acronyme, acronym, abréviation",
    "names/alias": "autre nom, autres noms, alias, alternate name, alternate names, aussi appelé",
    "names/former": "ancien nom, anciens noms, former name, former names",
    "wordings/fr/summary": "résumé, summary, présentation, présentation résumé, en bref, short description",
    "wordings/fr/description": "description, détail, détails, mission, missions, activités, but, long description",
    "wordings/fr/eligibility": "conditions, conditions d'accès, critères, eligibility, pour qui, bénéficiaires, "
    "conditions en mots, admission",
    "wordings/fr/how_to_apply": "inscription, démarche, démarches, marche à suivre, comment faire, modalités, "
    "application process, how to apply",
    "wordings/fr/documents": "documents, pièces, justificatifs, pièces à fournir, required documents",
    "wordings/fr/fee": "prix, tarif, tarifs, coût, frais, fees, fee, price, cost, montant, prix en mots",
    "wordings/fr/directions": "itinéraire, directions, pour s'y rendre, plan d'accès, transportation",
    "wordings/fr/alert": "avertissement, alerte, alert",
    "terms/audience": "public, publics, audience, audiences, public cible, publics cibles, destinataires",
    "terms/topic": "sujet, sujets, topic, topics, mots-clés, keywords, tags, prestation, prestations",
    "terms/theme": "thème, thèmes, theme, themes, thématique, thématiques, domaine, domaines, catégorie, catégories, "
    "category, categories",
    "terms/fee": "gratuité, type de tarif, conditions tarifaires",
    "terms/language": "langue, langues, langues parlées, language, languages",
    "terms/accessibility": "accessibilité, accessibility, accès pmr, accès handicapé",
    "terms/document": "à apporter",
    "terms/eligibility": "conditions d'admission",
    "terms/neighbourhood": "quartier, quartiers, neighbourhood, neighborhood",
    "terms/sector": "secteur, secteur statistique, sector",
    "terms/commune": "commune, communes, municipality",
    "terms/area": "territoire, territoire desservi, zone, rayon, service area, périmètre",
    "terms/attendance": "accueil, mode d'accueil, modes d'accueil, attendance",
    "status": "état, status, statut",
    "age_from": "âge minimum, âge min, minimum age, dès l'âge de, âge de",
    "age_to": "âge maximum, âge max, maximum age, jusqu'à l'âge de",
    "hours": "horaire, horaires, heures d'ouverture, ouverture, hours, opening hours, opening times, permanence",
    "address": "adresse complète, full address, coordonnées postales",
    "street": "adresse, rue, rue et numéro, street, address, address 1, adresse 1, street address, voie",
    "postcode": "npa, code postal, cp, zip, postal code, postcode, zip code",
    "city": "localité, ville, city, town, lieu",
    "stop": "arrêt, arrêts, arrêt tpg, transports publics, tpg, public transport",
    "longitude": "longitude, lon, lng, long",
    "latitude": "latitude, lat",
    "contacts/phone": "tél, téléphone, téléphones, phone, phones, phone number, mobile, natel, contact tel, "
    "no de téléphone, numéro de téléphone, tél fixe, portable",
    "contacts/email": "courriel, courriels, e-mail, email, mail, adresse mail, adresse électronique, contact email",
    "contacts/web": "site, site web, site internet, web, website, url, lien, page internet, adresse internet",
    "contacts/any": "contact, contacts, coordonnées",
    "source": "source, provenance",
    "as_of": "mise à jour, date de mise à jour, maj, last updated, updated at, dernière mise à jour, modifié le, "
    "date de la source",
    "verified_on": "vérifié le, vérifiée le, date de vérification, last verified, verified on",
    "internal_note": "note interne, notes internes, commentaire interne, internal note",
}
_LISTED: Final = frozenset({"terms", *KINDS})
_SEVERAL: Final = _LISTED | {"hours"}


class Sample(NamedTuple):
    """A column as the beginning of a file shows it: its heading, and the cells that say something."""

    name: str
    values: tuple[str, ...]


def guess(samples: Sequence[Sample], resolver: Resolver) -> tuple[Column, ...]:
    """A column for each of the samples. A field that holds one value is given to one column: the surest has it."""
    wanted = []
    for number, sample in enumerate(samples):
        target, strength = _target(sample, resolver)
        wanted.append((strength, -number, target))
    taken: set[str] = set()
    found: dict[int, Column] = {}
    for _strength, place, likely in sorted(wanted, reverse=True):
        sample = samples[-place]
        several = "/" in likely and likely.split("/", 1)[0] in _SEVERAL
        target = EXTRA if likely in taken and not several else likely
        if target not in (EXTRA, IGNORED):
            taken.add(target)
        ours = _KEY.search(sample.name) is not None
        found[-place] = Column(sample.name, target, separator(target, () if ours else sample.values))
    return tuple(found[number] for number in range(len(samples)))


def separator(target: str, values: Sequence[str]) -> str:
    """What parts several values in the cells of a list: the mark that is in most of them; "" elsewhere."""
    if target.split("/", 1)[0] not in _LISTED:
        return ""
    marks = Counter(mark for value in values for mark in ("|", ";", "\n", ",", "/") if mark in value)
    if target.startswith("contacts/"):
        marks.pop(",", None)
        marks.pop("/", None)  # «022/418 00 00»; two whole numbers are told apart as they are read
    for mark in ("|", ";", "\n", ",", "/"):
        if marks[mark] and marks[mark] >= max(1, len(values) // 20):
            return mark
    return "|"


def _target(sample: Sample, resolver: Resolver) -> tuple[str, float]:
    """The field a column is taken for, and how surely."""
    marked = _KEY.search(sample.name)
    if marked and is_target(marked[1]):
        return marked[1], 9.0
    distinct = len(set(sample.values)) == len(sample.values)
    by_name, strength = _by_heading(sample.name, distinct=distinct)
    if not sample.values:
        return (by_name, strength) if by_name else (EXTRA, 0.0)
    looks = _looks(sample.values)
    if looks:
        by_name, strength = _reconciled(by_name, looks, strength)
    vocabulary = by_name.removeprefix("terms/") if by_name.startswith("terms/") else ""
    if vocabulary and _share_known(sample.values, vocabulary, resolver) >= 0.2:
        return by_name, strength
    if vocabulary or not by_name or by_name in _SAID:
        known = {name: _share_known(sample.values, name, resolver) for name in VOCABULARIES}
        best = max(known, key=lambda name: known[name])
        if known[best] >= _MOST:
            return f"terms/{best}", 0.7
    return (by_name, strength) if by_name else (EXTRA, 0.0)


def _reconciled(by_name: str, looks: str, strength: float) -> tuple[str, float]:
    """The heading's word weighs more than the look of the cells, unless these can't be what it says."""
    if not by_name:
        return looks, 0.6
    same = {
        "contacts/any": looks.startswith("contacts/"),
        "street": looks == "address",
        "source": looks == "contacts/web",
        "kind": False,
    }
    if same.get(by_name) and by_name != "source":
        return looks, strength
    if by_name.startswith("contacts/") and looks.startswith("contacts/"):
        return looks, strength
    if by_name in ("name", "street", "city") and looks in ("contacts/email", "contacts/web", "contacts/phone"):
        return looks, 0.6
    return by_name, strength


def _by_heading(name: str, *, distinct: bool) -> tuple[str, float]:
    heading = _plain(name)
    if not heading:
        return "", 0.0
    known = _headings()
    if heading in known:
        return known[heading], 2.0
    if heading.split()[-1] in ("id", "uuid", "guid"):
        return ("id", 0.9) if distinct else ("", 0.0)
    close = process.extractOne(heading, known.keys(), scorer=fuzz.ratio, score_cutoff=88)
    if close:
        return known[close[0]], 1.0 + close[1] / 200
    day = DAYS.get(heading.split()[0])
    if day:
        return f"hours/{day}", 1.5
    if re.search(r"\b(?:nom|name)\b", heading) and not re.search(r"\b(?:contact|user|file)\b|ancien|personne", heading):
        return "name", 0.9
    telling = [word for word in known if len(word) > 3 and re.search(rf"\b{re.escape(word)}\b", heading)]
    telling = [word for word in telling if known[word] not in ("name", "kind", "status", "source", "id", "uid")]
    if telling:
        return known[max(telling, key=len)], 0.8
    return "", 0.0


@cache
def _headings() -> dict[str, str]:
    return {_plain(word): key for key, words in _HEADINGS.items() for word in words.split(", ")}


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w°]+|_", " ", fold(text)).split())


def _looks(values: Sequence[str]) -> str:
    """What most cells look like, "" for nothing in particular."""
    counts = Counter(_look(value.strip()) for value in values)
    counts.pop("", None)
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] >= _MOST * len(values) else ""


def _look(value: str) -> str:
    if _EMAIL.fullmatch(value):
        return "contacts/email"
    if _WEB.fullmatch(value):
        return "contacts/web"
    if as_date(value):
        return "as_of"
    if _YEAR.fullmatch(value):
        return ""  # of a foundation, as likely as the postcode of Neuchâtel: the heading tells
    if _POSTCODE.fullmatch(value):
        return "postcode"
    if _PHONE.fullmatch(value) and 9 <= sum(letter.isdigit() for letter in value) <= 15:
        return "contacts/phone"
    if _OSM.fullmatch(value) or (len(value) < 300 and as_osm(value)):
        return "hours"
    return "address" if len(value) < 200 and _ADDRESS.fullmatch(value) and "postcode" in split_address(value) else ""


def _share_known(values: Sequence[str], vocabulary: str, resolver: Resolver) -> float:
    words = [word for value in values for word in re.split(r"[|;,/\n]", value) if word.strip()]
    known = sum(resolver.code(vocabulary, word.strip()) is not None for word in words)
    whole = sum(resolver.code(vocabulary, value.strip()) is not None for value in values)
    return max(known / max(1, len(words)), whole / max(1, len(values)))
