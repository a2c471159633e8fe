"""Mistyped words: the nearest known one, openly, and never for what is known."""

import msgspec
import pytest

from pointinfo.desk import Desk
from pointinfo.directory import Query
from pointinfo.directory.spelling import Spelling

KNOWN = ("desendettement", "creche", "inscription", "hospice", "servette", "1203")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("desendetement", "desendettement"),
        ("desandettemant", "desendettement"),
        ("crehce", "creche"),
        ("incription", "inscription"),
        ("hospise", "hospice"),
    ],
)
def test_letters_changed_missing_added_or_swapped_are_forgiven(typed: str, meant: str) -> None:
    assert Spelling(KNOWN).near(typed, unfinished=False)[0] == meant


def test_an_unfinished_word_is_near_the_beginning_of_a_known_one() -> None:
    assert "inscript" in Spelling(KNOWN).near("inscirpt", unfinished=True)
    assert Spelling(KNOWN).knows("inscr", unfinished=True)
    assert not Spelling(KNOWN).knows("inscr", unfinished=False)


@pytest.mark.parametrize("typed", ["abc", "1204", "xylophone"])
def test_short_words_numbers_and_far_ones_are_left_alone(typed: str) -> None:
    assert Spelling(KNOWN).near(typed, unfinished=False) == []


def test_what_is_learnt_later_is_known() -> None:
    spelling = Spelling(KNOWN)
    spelling.near("vestiare", unfinished=True)
    spelling.learn(["vestiaire"])
    assert spelling.near("vestiare", unfinished=True)[0] == "vestiaire"


def test_a_correction_is_said(desk: Desk) -> None:
    results = desk.directory.search(Query("fondation de dezandettement"))
    assert results.corrected == (("dezandettement", "desendettement"),)
    assert not results.hits[0].weak
    assert desk.directory.search(Query("désendettement")).corrected == ()


def test_a_word_of_an_entry_kept_a_moment_ago_corrects_at_once(desk: Desk) -> None:
    record = desk.revisions.present("ludobus").record
    desk.directory.search(Query("ludobus"))
    desk.revisions.save(msgspec.structs.replace(record, name="Zanzibarologie"), "Anne")
    results = desk.directory.search(Query("Zanzibarolgie"))
    assert results.corrected == (("zanzibarolgie", "zanzibarologie"),)
