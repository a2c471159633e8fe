"""What the fields of five French producers of digital mediation places mean, a function each."""

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from pointinfo.database.schema import Contact
from pointinfo.directory.exchange import cleaning, told_hours
from pointinfo.directory.exchange.draft import Draft
from pointinfo.directory.exchange.foreign import Cells
from pointinfo.directory.exchange.reading import Crosswalk, words_of
from pointinfo.directory.text import fold

DAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
TERMS: Final = ("topic", "audience", "accessibility", "fee")


class Producer(NamedTuple):
    """A producer: the name of its source, the country of its telephones, fields nobody else has, and its reading."""

    source: str
    region: str
    marks: frozenset[str]
    read: Callable[[Cells, Crosswalk, str], Draft]


def _new_caledonia(cells: Cells, words: Crosswalk, region: str) -> Draft:
    draft = Draft(f"{cells.line('nom')}|{cells.line('adresse')}", cells.line("nom"))
    draft.kind = "association" if cells.raw("typologie") == "Association" else "service"
    draft.fields |= {
        "street": ", ".join(filter(None, (cells.line("adresse"), cells.line("complement_adresse")))),
        "postcode": cells.line("code_postal"),
        "city": cells.line("commune"),
        "stop": cells.line("transport_en_commun"),
        "as_of": cells.day("date_soumission"),
        "hours": _week(cells, {day: f"horaires_{name}" for day, name in enumerate(DAYS)}),
    }
    point = cells.raw("geolocalisation")
    draft.put(
        cleaning.place(point.get("lon"), point.get("lat")) if isinstance(point, dict) else None,
        cells,
        "geolocalisation",
    )
    draft.contacts += cells.phones("telephone", region) + cells.emails("courriel") + cells.webs("site_web")
    draft.contacts += (_social(contact) for contact in cells.webs("reseaux_sociaux"))
    draft.say("", cells.text("presentation_resume"))
    draft.say("Porté par", cells.line("structure_parente"))
    for name, label in (("equipements", "Équipements"), ("labels_autres", "Labels")):
        draft.say(label, ", ".join(words_of(cells.raw(name), r"[,\n]")))
        cells.take(name)
    for name, label in (
        ("nbre_postes_fixes", "Postes fixes"),
        ("nbre_postes_portables", "Ordinateurs portables"),
        ("nbre_postes_tablettes", "Tablettes"),
        ("capacite_ateliers_collectifs", "Places en atelier"),
    ):
        draft.say(label, cells.line(name))
    draft.note("directions", cells.text("accessibilite"))
    draft.note("directions", cells.line("adresse_postale") and f"Adresse postale : {cells.line('adresse_postale')}")
    draft.note("fee", cells.line("conditions_acces_detail"))
    draft.terms.setdefault("accessibility", []).extend(_accessibility(str(cells.raw("accessibilite") or "")))
    for name in ("services", "thematiques_proposees", "publics_accueillis", "modalites_accompagnement0"):
        words.read(cells, name, draft.terms, TERMS, r"\s*[,;\n]\s*")
    words.read(cells, "conditions_acces", draft.terms, TERMS)
    words.hear(cells.line("typologie"), draft.terms, r"\n")
    draft.say("Genre de lieu", cells.line("typologie"))
    return draft


def _gironde(cells: Cells, words: Crosswalk, region: str) -> Draft:
    draft = Draft(f"{cells.line('Lieu')}|{cells.line('Commune')}", cells.line("Lieu"))
    draft.kind = "association" if cells.raw("Type Structure") == "Association" else "service"
    found = cleaning.address(cells.line("Adresse postale"))
    draft.fields |= {
        "street": found.street,
        "postcode": found.postcode,
        "city": cells.line("Commune"),
        "as_of": cells.day("Dernière MAJ"),
    }
    # The fields are named the wrong way round: «Coord. X» holds the latitude.
    draft.put(cleaning.place(cells.raw("Coord. Y"), cells.raw("Coord. X")), cells, "Coord. X", "Coord. Y")
    draft.contacts += cells.phones("Téléphone", region) + cells.emails("Email") + cells.webs("Site internet")
    draft.say("", cells.text("Description"))
    for title in map(cells.line, ("Libellé 1", "Libellé 2")):
        if fold(title) != fold(draft.name):
            draft.say("", title)
    draft.say("Équipements", ", ".join(words_of(cells.raw("equipements"), "/")))
    draft.say("Intercommunalité", cells.line("Intercommunalité"))
    cells.take("equipements", "Type Structure")
    if cells.raw("Présence d'un médiateur") == "Oui":
        draft.say("", "Un médiateur ou une médiatrice numérique est présent-e.")
    if cells.raw("Proposition de permanence") == "Oui":
        draft.say("", "Propose des permanences.")
    cells.take("Présence d'un médiateur", "Proposition de permanence")
    words.read(cells, "services", draft.terms, TERMS, r"\s/\s")
    return draft


def _maine_et_loire(cells: Cells, words: Crosswalk, region: str) -> Draft:
    draft = Draft(cells.line("ID_LieuMed"), cells.line("NOM_STRUCTURE"))
    draft.kind = "association" if cells.raw("SS_CAT") == "Association" else "service"
    number = re.sub(r"\.0$", "", cells.line("N°"))
    draft.fields |= {
        "street": ", ".join(filter(None, (f"{number} {cells.line('ADRESSE')}".strip(), cells.line("COMP_ADRESSE")))),
        "postcode": cells.line("CP"),
        "city": cells.line("COMMUNE"),
        "as_of": cells.as_of("DAT_MaJ"),
    }
    draft.put(cleaning.from_lambert93(cells.raw("x"), cells.raw("y")), cells, "x", "y")
    draft.contacts += cells.phones("NUM_TEL", region)
    is_page = str(cells.raw("MAIL_STRUC") or "").startswith("http")
    draft.contacts += cells.webs("MAIL_STRUC", "Contact") if is_page else cells.emails("MAIL_STRUC")
    draft.contacts += cells.webs("SITE_WEB")
    if cells.raw("AFFICHAGE") == "INACTIF":
        draft.fields |= {"status": "do_not_refer", "status_reason": "Inactif selon la source."}
    cells.take("AFFICHAGE")
    if fold(str(cells.raw("Accueil") or "")) == "oui":
        draft.terms["attendance"] = ["sur-place"]
        cells.take("Accueil")
    for name, said, word in (
        ("INTERNET", "Accès à internet.", "accès à internet en autonomie"),
        ("DEM_Gen", "Aide aux démarches en ligne.", "démarches générales"),
        ("DEM_Spe", "Aide aux démarches en ligne de la structure.", "démarches spécifiques"),
        ("INITIATION", "Initiation au numérique.", "initiation"),
    ):
        if cells.raw(name) == "Oui":
            draft.say("", said)
            for vocabulary, codes in (words.codes(word) or {}).items():
                draft.terms.setdefault(vocabulary, []).extend(codes)
            cells.take(name)
    draft.note("directions", cells.line("BP") and f"Adresse postale : {cells.line('BP')}")
    draft.say("Intercommunalité", cells.line("EPCI"))
    for name in ("PBC_Tout", "PBC_Jeunes", "PBC_Adult", "PBC_Senior", "PBC_Insert", "PBC_Adh"):
        words.read(cells, name, draft.terms, TERMS)
    words.hear(cells.line("SS_CAT"), draft.terms, r"\s/\s")
    draft.say("Genre de lieu", cells.line("SS_CAT"))
    cells.take("ID_COURT")  # the end of the other
    return draft


def _epernay(cells: Cells, words: Crosswalk, region: str) -> Draft:
    draft = Draft(cells.line("GlobalID"), cells.line("Nom de votre structure"))
    draft.kind = "association" if cells.raw("Typologie de la structure") == "Associations" else "service"
    found = cleaning.address(cells.line("Adresse de la structure"))
    hours = cells.text("Horaires d'ouverture__1")
    read = told_hours.as_osm(hours)
    if hours and not read:
        _ = cells.gettext
        cells.unread.append("hours")
        cells.refuse("Horaires d'ouverture__1", _("Cet horaire n’a pas pu être lu ; il est gardé comme remarque."))
    draft.fields |= {
        "street": found.street,
        "postcode": found.postcode,
        "city": found.city,
        "as_of": cells.day("EditDate"),
        "hours": read or told_hours.as_remark(hours),
    }
    draft.put(cleaning.place(cells.raw("x"), cells.raw("y")), cells, "x", "y")
    draft.contacts += cells.phones("Numéro de téléphone de la structure", region)
    draft.contacts += cells.emails("Adresse mail de la structure") + cells.webs("Site Web de la structure")
    draft.note("how_to_apply", _appointment(cells))
    other = "Autre - Doit-on prendre rendez-vous pour accéder à vos services ? Et si oui, comment ?"
    draft.note("how_to_apply", cells.text(other))
    draft.note("eligibility", cells.text("Autre - Quel(s) type(s) de public accompagnez-vous  ?"))
    draft.note("fee", cells.text("Autre - Quelles sont vos conditions d'accès ?"))
    draft.say("", cells.text("Autre - Quel(s) type(s) d'acteur êtes-vous ?"))
    genre = words_of(cells.line("Typologie de la structure"), ",")
    draft.say("Genre de lieu", ", ".join((*genre, *filter(None, [cells.line("Autre - Typologie de la structure")]))))
    words.hear(", ".join(genre), draft.terms, ",")
    draft.say("Équipements", cells.text("Quels sont vos équipements numériques ?"))
    draft.say("Qui accompagne", ", ".join(words_of(cells.raw(_WHO), ",")))
    draft.say("", cells.text(f"Autre - {_WHO}"))
    for mark in ("'hors les murs'", "‘hors les murs’"):
        asked = f"Organisez-vous des actions itinérantes ou {mark} en dehors de votre structure ?"
        draft.say("Hors les murs", cells.text(asked))
    cells.take(_WHO)
    for name in (
        "Quel(s) type(s) d'acteur êtes-vous ?",
        "Quel(s) type(s) de public accompagnez-vous  ?",
        "Quelles sont vos conditions d'accès ?",
        "Qu'apportez vous aux usagers qui viennent à votre rencontre ?",
        "Quelles sont vos modalités d'accompagnement ?",
        "Possédez-vous des labels nationaux ou régionaux ?",
    ):
        words.read(cells, name, draft.terms, TERMS, r",(?!vent|prêt)")
    return draft


_WHO: Final = "Qui sont les personnes qui accompagnent les usagers ?"


def _appointment(cells: Cells) -> str:
    name = "Doit-on prendre rendez-vous pour accéder à vos services ? Et si oui, comment ?__1"
    ways = {
        "Téléphone": "par téléphone",
        "Mail": "par courriel",
        "Guichet_d'accueil": "au guichet",
        "Site_en_ligne": "en ligne",
    }
    said = [ways[word] for word in str(cells.raw(name) or "").split(",") if word in ways]
    cells.take(name)
    return f"Rendez-vous {', '.join(said)}." if said else ""


def _bfc(cells: Cells, words: Crosswalk, region: str) -> Draft:
    draft = Draft(cells.line("bfc_id"), cells.line("nom_structure"))
    halves = {day: (f"{name} matin", f"{name} après-midi") for day, name in enumerate(DAYS)}
    draft.fields |= {
        "street": cells.line("adresse"),
        "postcode": cells.line("code_postal"),
        "city": cells.line("ville"),
        "as_of": cells.day("mise_a_jour"),
        "hours": _halves(cells, halves),
    }
    draft.put(cleaning.place(cells.raw("lon"), cells.raw("lat")), cells, "lon", "lat")
    draft.contacts += cells.phones("contact_tel", region) + cells.emails("contact_email") + cells.webs("url_lieu")
    for name, own in _BFC_CODES.items():
        written = [code for code in re.split(r"[\s-]+", str(cells.raw(name) or "")) if code]
        codes = own if name == "code_accomp" else {**_BFC_CODES["code_label"], "TL": "Tiers-lieux", **own}
        known = [codes[code.upper()] for code in written if code.upper() in codes]
        draft.say({"code_typo": "Genre de lieu", "code_label": "Labels", "code_accomp": ""}[name], ", ".join(known))
        for word in known:
            for vocabulary, found in (words.codes(word) or {}).items():
                draft.terms.setdefault(vocabulary, []).extend(found)
        _ = cells.gettext
        cells.take(name)
        for code in written:
            if code.upper() not in codes:
                cells.refuse(name, _("Ce code n’est pas dans la liste de la source."), code)
    cells.take("departement")  # the beginning of the postcode
    return draft


# bfc_field_codes.json of the same source; «BFC-F» and «BFC-FO», «P», «C», «CO» stand in no list. Some places have a
# code of one list in the column of another.
_BFC_CODES: Final = {
    "code_typo": {
        "M": "Lieux de médiation publique",
        "I": "Lieux d’information et d’accès aux droits",
        "T": "Lieux de travail et de collaboration",
        "O": "Lieux de formation",
        "F": "Lieux de médiation et de fabrication",
        "TL": "Tiers-lieux",
    },
    "code_label": {
        "APTIC": "APTIC",
        "CTL": "Charte régionale des Tiers Lieux",
        "FTL": "France Tiers Lieu",
        "MSAP": "Maison de Services Au Public",
        "MFS": "Maison France Services",
        "NMM": "Nièvre médiation numérique",
        "DM": "Réseau Dijon métropole",
        "RIN": "Réseau inclusion numérique Chalon-Louhans",
    },
    "code_accomp": {
        "A": "En autonomie",
        "L": "Accès libre avec accompagnement",
        "RDV": "Accompagnement individuel sur rendez-vous",
        "G": "Accompagnement en groupe sur inscription",
        "R": "Atelier de réparation informatique",
    },
}


def _week(cells: Cells, fields: dict[int, str]) -> str:
    """Opening hours of seven cells; a day that can't be read is unknown, and kept as a remark."""
    return _told(
        cells, {day: cells.text(name) for day, name in fields.items()}, {day: (fields[day],) for day in fields}
    )


def _halves(cells: Cells, fields: dict[int, tuple[str, str]]) -> str:
    said = {day: ", ".join(filter(None, map(cells.line, names))) for day, names in fields.items()}
    return _told(cells, said, fields)


def _told(cells: Cells, said: dict[int, str], fields: Mapping[int, tuple[str, ...]]) -> str:
    _ = cells.gettext
    hours, missed = told_hours.week_as_osm(said)
    for name in (name for day in missed for name in fields[day] if cells.raw(name) is not None):
        cells.refuse(name, _("Cet horaire n’a pas pu être lu ; il est gardé comme remarque."))
    if hours or not missed:
        return hours
    cells.unread.append("hours")
    return told_hours.as_remark("\n".join(f"{DAYS[day]} {text}" for day, text in said.items() if text))


def _accessibility(text: str) -> list[str]:
    """What a free text on access says in plain words."""
    said = fold(text)
    found = {
        "fauteuil-roulant": r"\bpmr\b|fauteuil|mobilite reduite|\brampe|plain-pied|^oui$|rez de chaussee",
        "ascenseur": r"ascens?c?eur",
        "toilettes-adaptees": r"toilettes (?:a acces pmr|handicap|adapte)",
    }
    return [code for code, pattern in found.items() if re.search(pattern, said)]


def _social(contact: Contact) -> Contact:
    """A page on a network, named by it."""
    host = re.sub(r"^https?://(?:www\.|[a-z]{2}-[a-z]{2}\.)?", "", contact.value).split("/")[0].split(".")[0]
    return Contact("web", contact.value, host.capitalize())


PRODUCERS: Final = (
    Producer("mednum:nouvelle-caledonie", "NC", frozenset({"ridet", "geolocalisation", "nom"}), _new_caledonia),
    Producer("mednum:gironde", "FR", frozenset({"Lieu", "Coord. X", "Adresse postale"}), _gironde),
    Producer("mednum:maine-et-loire", "FR", frozenset({"ID_LieuMed", "NOM_STRUCTURE"}), _maine_et_loire),
    Producer("mednum:epernay", "FR", frozenset({"GlobalID", "Nom de votre structure"}), _epernay),
    Producer("mednum:bfc", "FR", frozenset({"bfc_id", "nom_structure"}), _bfc),
)
