"""French as it is typed and written: what counts as the same word, and where it stands in the text."""

import string
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pointinfo.directory.text import (
    _ELISION,
    _INCLUSIVE,
    _opened,
    _split,
    fold,
    found_spans,
    matches,
    query_words,
    words,
)
from tests.relevance import french_pairs


def test_french_words_match_as_well_as_was_measured() -> None:
    measured = french_pairs.figures()
    assert (measured.same, measured.apart) == (178, 47)
    assert len(measured.missed) <= 4, measured.missed


def test_words_that_only_look_alike_stay_apart() -> None:
    assert len(french_pairs.figures().mistaken) <= 5, french_pairs.figures().mistaken


def test_comparing_stems_finds_more_than_comparing_spellings() -> None:
    assert len(french_pairs.figures().missed) < len(french_pairs.figures(french_pairs.as_spelled).missed) / 5


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("habitant-e-s", ["habitant", "habitantes"]),
        ("habitant·es", ["habitant", "habitantes"]),
        ("habitant(e)s", ["habitant", "habitante"]),
        ("aîné.e.s", ["aine", "ainees"]),
        ("AÎNÉ·E·S", ["aine", "ainees"]),
        ("chômeur-euse-s", ["chomeur", "chomeuse"]),
        ("directeur·rice", ["directeur", "directrice"]),
        ("tous·tes", ["tous", "toutes"]),
        ("usager/ère", ["usager", "usagere"]),
        ("Eaux-Vives", ["eaux", "vives"]),
        ("Plan-les-Ouates", ["plan", "les", "ouates"]),
        ("www.geneve.ch", ["www", "geneve", "ch"]),
        ("l’École, d'été", ["ecole", "ete"]),
        ("Œuvre", ["oeuvre"]),
    ],
)
def test_a_spelling_opens_to_the_words_it_stands_for(written: str, read: list[str]) -> None:
    heard = words(written)
    assert heard[0] == read[0]
    assert all(any(matches(one, form, prefix=False) for one in heard) for form in read), heard
    assert len(heard) == len(read)


@pytest.mark.parametrize("apart", ["habitant·e·s", "aîné-e-s", "crèche", "Œuvre d’été"])
def test_an_accent_typed_apart_from_its_letter_is_the_same_accent(apart: str) -> None:
    """As macOS writes file names and some keyboards type."""
    assert words(unicodedata.normalize("NFD", apart)) == words(apart)
    assert query_words(unicodedata.normalize("NFD", apart)) == query_words(apart)


@settings(deadline=None)
@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(st.text())
def test_words_never_hold_what_the_index_could_take_for_syntax(text: str) -> None:
    syntax = set(string.punctuation + string.whitespace) | {"\x00"}
    assert not any(syntax & set(word) for word in (*words(text), *query_words(text)))
    assert all(words(text)) or not words(text)


@settings(deadline=None)
@given(st.text(), st.lists(st.text(min_size=1).map(fold).filter(bool), max_size=3))
def test_marked_places_lie_in_the_text_in_order_and_apart(text: str, wanted: list[str]) -> None:
    spans = found_spans(text, wanted)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in spans)


def marked(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in found_spans(text, query_words(query))]


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Inscription en crèche, liste des Crèches", "creche", ["crèche", "Crèches"]),
        ("Accueil des habitant·e·s du quartier", "habitante", ["habitant·e·s"]),
        ("Club des aîné-e-s", "AINES", ["aîné-e-s"]),
        ("Pour étudiant(e)s et étudiants", "étudiante", ["étudiant(e)s", "étudiants"]),
        ("L’École primaire", "l'ecole", ["École"]),
        ("Bibliothèque de la Cité", "biblio", ["Bibliothèque"]),
        ("Repas à domicile", "repas dom", ["Repas", "domicile"]),
        ("Repas à domicile", "dom repas", ["Repas"]),  # only the last word may be unfinished
        ("Œuvre de la maternelle", "oeuvre", ["Œuvre"]),
        ("Rien de tel", "piscine", []),
        ("Rien de tel", "", []),
    ],
)
def test_the_found_words_are_marked_as_they_are_printed(text: str, query: str, found: list[str]) -> None:
    assert marked(text, query) == found


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("022 418 81 81", ["0224188181"]),
        ("0224188181", ["0224188181"]),
        ("+41 22 418 81 81", ["0224188181"]),
        ("0041 (0)22/418.81.81", ["0224188181"]),
        ("0800 44 77 00", ["0800447700"]),
        ("022 418", ["022418"]),
        ("1204", ["1204"]),
        ("418 81 81", ["418", "81", "81"]),
        ("0-4 ans", ["0", "4", "ans"]),
    ],
)
def test_a_phone_number_is_one_word_however_it_is_spaced(typed: str, digits: list[str]) -> None:
    assert query_words(typed) == digits


@given(st.text())
def test_words_looked_at_one_by_one_are_those_of_the_whole_text(text: str) -> None:
    whole = fold(_ELISION.sub(" ", _INCLUSIVE.sub(_opened, unicodedata.normalize("NFC", text))))
    assert words(text) == _split(whole)
