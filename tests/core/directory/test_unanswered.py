"""Searches that found nothing: counted without anybody in them, shown to the editors from three on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointinfo.desk import Desk
from pointinfo.directory.unanswered import Gap, kept_words
from tests.conftest import Clock

MONDAY = date(2026, 11, 23)


def test_words_are_shown_from_the_third_search_on(own: Desk) -> None:
    for typed in ("atelier tricot", "Atelier  tricot"):
        assert own.unanswered.add(typed)
    assert own.unanswered.gaps() == ()
    own.unanswered.add("ATELIER TRICOT")
    assert own.unanswered.gaps() == (Gap("atelier tricot", 3, MONDAY),)


def test_weeks_are_added_up_and_forgotten_after_a_year(own: Desk, clock: Clock) -> None:
    own.unanswered.add("patinoire")
    clock.now += timedelta(weeks=2)
    for _time in range(2):
        own.unanswered.add("patinoire")
    assert own.unanswered.gaps() == (Gap("patinoire", 3, MONDAY + timedelta(weeks=2)),)
    clock.now += timedelta(weeks=52)
    own.unanswered.add("tricot")
    assert own.unanswered.gaps() == ()


def test_what_is_settled_leaves_the_list_and_can_be_recalled(own: Desk, clock: Clock) -> None:
    for _time in range(3):
        own.unanswered.add("patinoire")
    before = own.unanswered.gaps()
    rows = own.unanswered.settle("patinoire")
    assert own.unanswered.gaps() == ()
    own.unanswered.recall("patinoire", rows)
    assert own.unanswered.gaps() == before


@pytest.mark.parametrize(
    "typed",
    [
        "079 123 45 67",
        "rue de carouge 12",
        "née le 3.4.1956",
        "756.1234.5678.97",
        "marie.dupont@exemple.ch",
        "cherche Dupont",
        "Jean-Marc Dupont",
        "fatima hassan",
        "madame josette",
        "  ",
        "?!",
        "je ne sais plus comment faire parce que tout le monde me renvoie ailleurs",
    ],
)
def test_what_may_say_who_asked_is_not_kept(own: Desk, typed: str) -> None:
    assert not own.unanswered.add(typed)
    assert kept_words(typed) == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Patinoire", "patinoire"),
        ("AVS", "avs"),
        ("remplir l’AVS", "remplir avs"),
        ("désendettement", "desendettement"),
        ("habitant-e-s", "habitant"),
    ],
)
def test_words_of_a_need_are_kept_folded(typed: str, words: str) -> None:
    assert kept_words(typed) == words


@given(st.text(max_size=80))
def test_no_digit_and_no_address_is_ever_kept(typed: str) -> None:
    kept = kept_words(typed)
    assert not any(letter.isdigit() for letter in kept)
    assert "@" not in kept
