"""What is missing: a few words that lead to nobody, apart from the inquiries."""

from datetime import date, timedelta

import pytest

from pointinfo.desk import Desk
from pointinfo.errors import InputError
from tests.conftest import Clock


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("écrire à marie.dupont@bluewin.ch", "adresse électronique"),
        ("marie (at) bluewin.ch", "adresse électronique"),
        ("marie@bluewin.ch", "adresse électronique"),
        ("rappeler au 022 300 12 34", "téléphone"),
        ("rappeler au 0223001234", "téléphone"),
        ("+41 79 123 45 67 svp", "téléphone"),
        ("0041791234567", "téléphone"),
        ("(022) 300.12.34", "téléphone"),
        ("022/300 12 34", "téléphone"),
        ("+33 4 50 12 34 56", "téléphone"),
        ("300 12 34", "téléphone"),
        ("AVS 756.9217.0769.85", "numéro AVS"),
        ("7569217076985", "numéro AVS"),
        ("756 9217 0769 85", "numéro AVS"),
        ("CH93 0076 2011 6238 5295 7 pour le versement", "IBAN"),
        ("ch9300762011623852957", "IBAN"),
        ("FR14 2004 1010 0505 0001 3M02 606", "IBAN"),
        ("NO9386011117947", "IBAN"),
        ("fils né le 4 mai", "naissance"),
        ("née en 1987", "naissance"),
        ("12.03.1987", "naissance"),
        ("12/3/87", "naissance"),
        ("1987-03-12", "naissance"),
        ("12 mars 1987", "naissance"),
        ("1er août 2001", "naissance"),
        ("12. März 1987", "naissance"),
        ("March 12, 1987", "naissance"),
    ],
)
def test_what_may_lead_to_a_person_is_refused_with_a_plain_word_about_why(desk: Desk, text: str, what: str) -> None:
    with pytest.raises(InputError, match=what) as raised:
        desk.missing_offers.add(f"Cours de couture, {text}")
    assert "ne doivent mener à personne" in str(raised.value)
    assert desk.missing_offers.listed() == []


@pytest.mark.parametrize(
    "text",
    [
        "Cours de couture le soir",
        "Crèche ouverte dès 6 h 30",
        "Atelier de 14:00 à 16:30 pour les 6–12 ans",
        "Repas à moins de 10 francs",
        "Vestiaire pour plus de 65 ans",
        "Patinoire de quartier en 2027",
        "Bus 11 et 14 jusqu’à minuit",
        "Accueil dans le 1205",
        "Permanence 2 x par mois, mars à juin",
    ],
)
def test_what_says_only_what_is_missing_is_kept(desk: Desk, text: str) -> None:
    desk.missing_offers.add(text)
    assert [each.words for each in desk.missing_offers.listed()] == [text]


def test_only_the_week_and_a_theme_are_kept_beside_the_words(desk: Desk) -> None:
    kept = desk.missing_offers.add("  Cours de  couture ", "loisirs")
    assert desk.missing_offers.listed() == [(kept, date(2026, 11, 23), "loisirs", "Cours de couture")]


def test_the_latest_week_comes_first_and_within_it_the_alphabet(desk: Desk, clock: Clock) -> None:
    desk.missing_offers.add("Zumba")
    desk.missing_offers.add("Atelier vélo")
    clock.now += timedelta(days=9)
    desk.missing_offers.add("Ludothèque")
    assert [each.words for each in desk.missing_offers.listed()] == ["Ludothèque", "Atelier vélo", "Zumba"]


def test_one_is_removed_and_put_back(desk: Desk) -> None:
    desk.missing_offers.add("Zumba")
    [missing] = desk.missing_offers.listed()
    desk.missing_offers.remove(missing.id)
    assert desk.missing_offers.listed() == []
    desk.missing_offers.put_back(missing)
    assert desk.missing_offers.listed() == [missing]


@pytest.mark.parametrize(
    ("text", "theme", "sentence"),
    [(" ", "", "en quelques mots"), ("x" * 141, "", "trop long"), ("Zumba", "nix", "aucune liste")],
)
def test_what_is_empty_too_long_or_of_no_list_is_refused(desk: Desk, text: str, theme: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        desk.missing_offers.add(text, theme)
    assert desk.missing_offers.listed() == []
