"""What a card says, in the order it is read aloud, and how old the knowledge is."""

from datetime import date, datetime

import pytest

from pointinfo import i18n
from pointinfo.clock import ZONE
from pointinfo.database.schema import Contact, Entry, EntryLink, Name, Schedule, Term, Wording
from pointinfo.directory import Calendar, card

WORDS = i18n.words("fr")
TODAY = date(2026, 11, 23)
MONDAY = datetime(2026, 11, 23, 10, 12, tzinfo=ZONE)


def entry(**columns: object) -> Entry:
    """An entry as it comes from the directory."""
    given: dict[str, object] = {
        "uid": "bipe",
        "kind": "service",
        "status": "active",
        "name": "BIPE",
        "names": (),
        "wordings": {},
        "street": "",
        "postcode": "",
        "city": "",
        "stop": "",
        "contacts": (),
        "hours": "",
        "source": "",
        "confidence": "page",
        "as_of": "",
        "terms": [],
        "links": [],
    }
    return Entry(**(given | columns))


def term(vocabulary: str, label: str, position: int = 0) -> Term:
    return Term(list=vocabulary, code=label, position=position, labels={"fr": label}, synonyms=())


def said(shown: Entry) -> dict[str, tuple[str, ...]]:
    return {fact.label: fact.lines for fact in card.facts(shown, WORDS, Calendar())}


def test_the_facts_come_in_the_order_they_are_read_aloud() -> None:
    full = entry(
        names=(Name("Petite enfance"),),
        wordings={
            "fr": Wording(
                summary="Résumé",
                eligibility="parents de Genève",
                how_to_apply="en ligne\npuis au guichet",
                fee="gratuit",
                directions="2ᵉ étage, à gauche",
            )
        },
        street="Rue Hoffmann 8",
        postcode="1202",
        city="Genève",
        stop="Servette",
        contacts=(Contact("web", "https://geneve.ch"), Contact("email", "bipe@geneve.ch"), Contact("phone", "022")),
        hours="Mo 08:30-12:00",
        age_to=4,
        terms=[
            term("audience", "enfance"),
            term("area", "Ville de Genève"),
            term("document", "pièce d’identité"),
            term("document", "acte de naissance", 1),
            term("language", "français"),
            term("language", "anglais", 1),
            term("accessibility", "ascenseur"),
        ],
        links=[
            EntryLink(kind="see_first", target=entry(name="Point info")),
            EntryLink(kind="offered_by", target=entry(name="Ville de Genève")),
        ],
    )
    facts = said(full)
    assert list(facts) == [
        "Pour qui",
        "Territoire",
        "Comment faire",
        "À apporter",
        "Prix",
        "Où",
        "Arrêt",
        "Accès",
        "Quand",
        "Voir d’abord",
        "Proposé par",
        "Langues",
        "Accessibilité",
        "Site internet",
        "Courriel",
        "Aussi appelé",
    ]
    assert facts["Pour qui"] == ("enfance", "jusqu’à 4 ans", "parents de Genève")
    assert facts["Comment faire"] == ("en ligne", "puis au guichet")
    assert facts["À apporter"] == ("pièce d’identité", "acte de naissance")
    assert facts["Où"] == ("Rue Hoffmann 8, 1202 Genève",)
    assert facts["Arrêt"] == ("Servette",)
    assert facts["Accès"] == ("2ᵉ étage, à gauche",)
    assert facts["Langues"] == ("français, anglais",)


def test_what_is_not_known_is_not_said() -> None:
    facts = said(entry())
    assert set(facts) <= {"Quand"}
    assert said(entry(street="Rue Dancet 22"))["Où"] == ("Rue Dancet 22",)
    assert "Où" not in said(entry(city="Genève"))


@pytest.mark.parametrize(
    ("age_from", "age_to", "words"),
    [
        (6, 12, "de 6 à 12 ans"),
        (65, None, "dès 65 ans"),
        (None, 25, "jusqu’à 25 ans"),
        (0, 4, "de 0 à 4 ans"),
        (0.25, 12, "de 3 mois à 12 ans"),
        (0.33, 1, "de 4 mois à 1 an"),
        (1, 1.5, "de 1 an à 18 mois"),
        (1.5, None, "dès 18 mois"),
        (None, 0.08, "jusqu’à 1 mois"),
        (None, 1, "jusqu’à 1 an"),
        (2.5, 4, "de 30 mois à 4 ans"),
    ],
)
def test_ages_are_said_in_words(age_from: float | None, age_to: float | None, words: str) -> None:
    assert said(entry(age_from=age_from, age_to=age_to))["Pour qui"] == (words,)


@pytest.mark.parametrize(
    ("facts", "trust", "words"),
    [
        ({"verified_on": date(2026, 10, 12)}, "checked", "Vérifié le 12.10.2026"),
        ({"verified_on": date(2025, 11, 23)}, "checked", "Vérifié le 23.11.2025"),
        ({"verified_on": date(2025, 11, 22)}, "stale", "Vérifié le 22.11.2025 – à revérifier"),
        ({"verified_on": date(2026, 10, 12), "confidence": "memory"}, "checked", "Vérifié le 12.10.2026"),
        ({"confidence": "memory", "as_of": "2026"}, "unknown", "Noté de mémoire, sans source – à vérifier avant usage"),
        ({}, "unknown", "Source sans date – à vérifier"),
        ({"as_of": "2026-09-18"}, "checked", "Informations : 18.09.2026"),
        ({"as_of": "2026-09"}, "checked", "Informations : septembre 2026"),
        ({"as_of": "2026"}, "checked", "Informations : 2026"),
        ({"as_of": "2025"}, "checked", "Informations : 2025"),  # may be of its December
        ({"as_of": "2025-12"}, "checked", "Informations : décembre 2025"),
        ({"as_of": "2013-09"}, "stale", "Informations : septembre 2013 – à revérifier"),
        ({"as_of": "2012"}, "stale", "Informations : 2012 – à revérifier"),
        ({"as_of": "2026-13"}, "unknown", "Source sans date – à vérifier"),
        ({"kind": "activity", "verified_on": date(2026, 8, 23)}, "stale", "Vérifié le 23.08.2026 – à revérifier"),
        ({"important": True, "verified_on": date(2026, 5, 1)}, "stale", "Vérifié le 01.05.2026 – à revérifier"),
        (
            {"verified_on": date(2026, 11, 1), "next_check": date(2026, 11, 22)},
            "stale",
            "Vérifié le 01.11.2026 – à revérifier",
        ),
        (
            {"verified_on": date(2025, 1, 1), "next_check": date(2026, 11, 30)},  # put off: no fact is truer for it
            "stale",
            "Vérifié le 01.01.2025 – à revérifier",
        ),
        (
            {"verified_on": date(2026, 11, 1), "status": "do_not_refer"},
            "stale",
            "Vérifié le 01.11.2026 – ne pas orienter",
        ),
        ({"as_of": "2026-09", "status": "do_not_refer"}, "stale", "Informations : septembre 2026 – ne pas orienter"),
        ({"verified_on": date(2026, 11, 1), "status": "closed"}, "unknown", "Fiche fermée, elle n’est plus vérifiée"),
    ],
)
def test_a_card_says_how_old_its_facts_are(facts: dict[str, object], trust: str, words: str) -> None:
    assert card.age(entry(**facts), TODAY, WORDS) == (trust, words)


def test_what_must_be_seen_first_is_a_warning() -> None:
    alert = {"fr": Wording(alert="Liste d’attente : six mois.")}
    assert card.warning(entry(wordings=alert), WORDS) == "Liste d’attente : six mois."
    assert card.warning(entry(wordings=alert, status="do_not_refer"), WORDS).startswith("Ne pas orienter")
    assert card.warning(entry(status="closed"), WORDS) == "Cette offre n’existe plus."
    assert card.warning(entry(), WORDS) == ""


def test_a_closed_entry_says_why_and_where_to_go_instead() -> None:
    closed = entry(status="closed", status_reason="Fusionné en 2025", replaced_by="new", successor=entry(name="Espace"))
    assert card.warning(closed, WORDS) == "Cette offre n’existe plus. Fusionné en 2025. À la place : Espace."


def test_why_not_to_refer_is_for_the_staff_only() -> None:
    doubtful = entry(status="do_not_refer", status_reason="plaintes", internal_street="", internal_contacts=())
    doubtful.internal_note = ""
    assert "plaintes" not in card.warning(doubtful, WORDS)
    assert card.Fact("Raison", ("plaintes",)) in card.internal_facts(doubtful, WORDS)


def test_terms_stand_beside_what_is_written_and_nothing_is_said_twice() -> None:
    facts = said(
        entry(
            wordings={
                "fr": Wording(eligibility="Dès 18 ans", fee="Gratuit pour les enfants", documents="Photo\npasse")
            },
            terms=[
                term("eligibility", "Habiter le quartier"),
                term("eligibility", "Revenu modeste", 1),
                term("fee", "Gratuit"),
                term("fee", "Cotisation", 1),
                term("attendance", "Sur place"),
                term("attendance", "En ligne", 1),
                term("document", "photo"),
            ],
        )
    )
    assert facts["Pour qui"] == ("Habiter le quartier, Revenu modeste", "Dès 18 ans")
    assert facts["Prix"] == ("Cotisation", "Gratuit pour les enfants")
    assert facts["Accueil"] == ("Sur place, En ligne",)
    assert facts["À apporter"] == ("photo", "passe")


def test_an_activity_says_when_it_meets_and_the_next_dates() -> None:
    course = entry(schedules=(Schedule("14:00", "16:00", label="Chant", weekdays=(2,)),))
    facts = {fact.label: fact.lines for fact in card.facts(course, WORDS, Calendar(), MONDAY)}
    assert facts["Quand"] == (
        "Chant : chaque mercredi 14:00–16:00",
        "Prochaines dates : mer. 25 nov. 14:00, mer. 2 déc. 14:00, mer. 9 déc. 14:00",
    )
    state, words = card.opening_words(course, MONDAY, WORDS, Calendar())
    assert words == "Prochaine séance mercredi 14:00"
    assert card.tone(state) == "closed"
    during, words = card.opening_words(course, MONDAY.replace(day=25, hour=15), WORDS, Calendar())
    assert words == "Séance en cours jusqu’à 16:00"
    assert card.tone(during) == "open"
    known = entry(hours="Mo 08:00-12:00", schedules=course.schedules)
    assert card.opening_words(known, MONDAY, WORDS, Calendar())[1] == "Ouvert jusqu’à 12:00"
    over = entry(schedules=(Schedule("14:00", dates=("2026-01-05",)),))
    assert card.opening_words(over, MONDAY, WORDS, Calendar())[1] == "Horaire inconnu"


def test_the_opening_state_is_said_with_a_capital_letter() -> None:
    state, words = card.opening_words(entry(hours="Mo 08:00-12:00"), MONDAY, WORDS, Calendar())
    assert state.kind == "open"
    assert words == "Ouvert jusqu’à 12:00"
    _, unknown = card.opening_words(entry(), MONDAY, WORDS, Calendar())
    assert unknown == "Horaire inconnu"


def test_a_wording_falls_back_to_french_then_to_any() -> None:
    both = entry(wordings={"fr": Wording(summary="français"), "en": Wording(summary="English")})
    assert both.wording("en").summary == "English"
    assert both.wording("de").summary == "français"
    assert entry(wordings={"sq": Wording(summary="shqip")}).wording("fr").summary == "shqip"


def test_the_source_is_named_by_its_site() -> None:
    assert card.source_words(entry(source="https://www.geneve.ch/fr/themes")) == "geneve.ch"
    assert card.source_words(entry()) == ""


def test_each_kind_has_its_word() -> None:
    kinds = [card.kind_words(kind, WORDS) for kind in ("service", "association", "activity", "place")]
    assert kinds == ["Service", "Association", "Activité", "Lieu"]


def test_a_closure_is_told_in_words_until_it_is_over() -> None:
    office = entry(hours='Mo-Fr 09:00-12:00; 2026 Nov 2-6 off; 2026 Dec 24-2027 Jan 2 off "vacances"')
    facts = {fact.label: fact.lines for fact in card.facts(office, WORDS, Calendar(), MONDAY)}
    assert facts["Quand"] == ("lu–ve 9:00–12:00", "fermé du 24 décembre 2026 au 2 janvier 2027 (vacances)")
