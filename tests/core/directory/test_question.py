"""What a typed text asks: the words that count, the language, quotes and what is not wanted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointinfo.directory.endings import filed
from pointinfo.directory.question import LIGHT, understand
from pointinfo.directory.text import fold


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("je cherche une place en crèche", ("place", "creche")),
        ("où puis-je trouver un vestiaire ?", ("vestiaire",)),
        ("comment faire pour m’inscrire au chômage", ("inscrire", "chomage")),
        ("un logement pour ma mère de 85 ans", ("logement", "mere")),
        ("where can I get free clothes", ("free", "clothes")),
        ("busco clases de francés", ("clases", "frances")),
        ("où", ("ou",)),
        ("", ()),
    ],
)
def test_frames_stop_words_and_ages_say_nothing_of_what_is_asked(typed: str, words: tuple[str, ...]) -> None:
    assert understand(typed).words == words


def test_a_word_that_alone_says_little_counts_little_beside_another() -> None:
    asked = understand("garder mon enfant demain")
    weights = dict(zip(asked.words, asked.weights, strict=True))
    assert weights["enfant"] == weights["demain"] == LIGHT < weights["garder"] <= 1.0
    assert understand("enfant").weights == (1.0,)


def test_quotes_hold_words_together_and_a_minus_takes_one_away() -> None:
    asked = understand("«maison de quartier» -Jonction piscine")
    assert asked.quoted == (("maison", "de", "quartier"),)
    assert asked.unwanted == ("jonction",)
    assert asked.words == ("piscine",)


@pytest.mark.parametrize("typed", ["Petit-Saconnex", "aîné-e-s", "-", "- crèche", "-crèche", "022 418 -81"])
def test_a_hyphen_within_a_word_and_a_lone_minus_take_nothing_away(typed: str) -> None:
    assert understand(typed).unwanted == ()


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("domestic violence helpline", "en"),
        ("Kinderkrippe für mein Baby", "de"),
        ("ropa gratis para mi hijo", "es"),
        ("ajuda para preencher os impostos", "pt"),
        ("assistenza a domicilio per anziani", "it"),
        ("ndihmë për tatimet", "sq"),
        ("oturma izni", "tr"),
        ("عنف منزلي", "ar"),
        ("پرستار بچه", "fa"),
        ("дитячий садок", "uk"),
        ("детский сад", "ru"),
        ("መውዕሎ ህጻናት", "ti"),
        ("குழந்தை காப்பகம்", "ta"),
        ("托儿所", "zh"),
        ("place en crèche", ""),
        ("aide pour payer le loyer", ""),
        ("OCPM", ""),
    ],
)
def test_the_language_of_a_query_is_recognised(typed: str, language: str) -> None:
    assert understand(typed).language == language


@given(st.text(max_size=60))
def test_any_text_is_a_question(typed: str) -> None:
    asked = understand(typed)
    assert len(asked.words) == len(asked.weights) <= 16
    assert "fr" in asked.languages


def test_months_say_nothing_of_the_need_and_of_nobody_s_age() -> None:
    assert understand("crèche 18 mois").words == ("creche",)
    assert understand("loyer pas payé depuis 6 mois").audiences == frozenset()
    assert "jasli" not in understand("bebi ima 8 mjeseci").words
    assert understand("kızım 7 yaşında").audiences == {"enfance"}


@pytest.mark.parametrize(
    ("said", "filed_with"), [("travaillons", "travailler"), ("mangeons", "manger"), ("francs", "franc")]
)
def test_forms_that_the_stemmer_leaves_whole_are_filed_with_their_verb(said: str, filed_with: str) -> None:
    assert filed(said, "fr") == filed(filed_with, "fr")


@pytest.mark.parametrize(
    ("one", "other"), [("pays", "payer"), ("francs", "français"), ("papiers", "papi"), ("maisons", "mais")]
)
def test_words_that_only_share_a_stem_are_filed_apart(one: str, other: str) -> None:
    assert filed(fold(one), "fr") != filed(fold(other), "fr")
