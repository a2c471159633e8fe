"""The note that writes itself from what happened during a visit."""

from datetime import datetime, timedelta

import msgspec
import pytest

from pointinfo.clock import ZONE
from pointinfo.database.schema import Entry, Term
from pointinfo.desk import Desk
from pointinfo.inquiries import Note, Referral, Visit

BEGAN = datetime(2026, 11, 23, 10, 12, tzinfo=ZONE)
LATER = BEGAN + timedelta(minutes=1)


def entry(uid: str, themes: tuple[str, ...] = (), audiences: tuple[str, ...] = ()) -> Entry:
    terms = [Term(list="theme", code=code) for code in themes] + [
        Term(list="audience", code=code) for code in audiences
    ]
    return Entry(uid=uid, name=uid.title(), head=f"revision of {uid}", terms=terms)


def test_before_anything_happened_there_is_nothing_to_say() -> None:
    visit = Visit()
    assert visit.is_empty
    assert visit.elapsed(LATER) == timedelta()
    assert visit.note(LATER) == Note(channel="counter")


def test_a_card_that_was_read_answered_the_question() -> None:
    visit = Visit()
    visit.begin(BEGAN)
    visit.show(entry("bipe", ("petite-enfance", "famille"), ("enfance",)))
    assert visit.note(LATER) == Note(
        channel="counter",
        audiences=("enfance",),
        themes=("petite-enfance",),
        effort="under-2",
        outcome="answered",
    )


def test_kept_cards_speak_for_the_visit_and_are_the_referrals() -> None:
    visit = Visit()
    assert visit.keep(entry("bipe", ("petite-enfance",)), BEGAN)
    assert visit.keep(entry("ims", ("sante",)), LATER)
    visit.show(entry("bus", ("mobilite",)))
    visit.printed({"bipe": "revision of bipe", "ims": "revision of ims"})
    visit.printed({"ims": "newer revision of ims"})
    note = visit.note(LATER, channel="phone")
    assert note.channel == "phone"
    assert note.outcome == "referred"
    assert note.themes == ("petite-enfance", "sante")
    assert note.referrals == (
        Referral("bipe", "revision of bipe", "fr", 1),
        Referral("ims", "newer revision of ims", "fr", 2),
    )


def test_a_copy_that_the_printer_did_not_take_is_not_counted() -> None:
    visit = Visit()
    visit.keep(entry("bipe"), BEGAN)
    visit.printed({"bipe": "revision of bipe"})
    assert visit.unprinted(["bipe"])
    assert visit.note(LATER).referrals == (Referral("bipe", "revision of bipe", "fr", 0),)
    assert not visit.unprinted(["bipe"])


def test_a_card_is_kept_once_and_can_be_dropped() -> None:
    visit = Visit()
    assert visit.keep(entry("bipe"), BEGAN)
    assert not visit.keep(entry("bipe"), LATER)
    assert visit.started == BEGAN
    visit.drop("bipe")
    visit.drop("never there")
    assert visit.kept == []
    assert visit.note(LATER).referrals == ()


def test_at_most_three_themes_each_card_giving_its_first() -> None:
    visit = Visit()
    for number in range(5):
        visit.keep(entry(f"e{number}", (f"first{number}", "second")), BEGAN)
    assert visit.note(LATER).themes == ("first0", "first1", "first2")


def test_the_theme_of_the_note_is_the_first_of_the_entry_not_of_the_list(desk: Desk) -> None:
    for uid, theme in (("vestiaire-social", "aide-materielle"), ("colis-du-cur", "aide-materielle")):
        visit = Visit()
        visit.keep(desk.directory.entry(uid), BEGAN)
        assert visit.note(LATER).themes == (theme,)
        assert desk.revisions.present(uid).record.terms["theme"][0] == theme


def test_an_entry_keeps_the_order_in_which_its_words_were_chosen(desk: Desk) -> None:
    present = desk.revisions.present("vestiaire-social")
    other = present.record.terms | {"theme": ("sante", "aide-materielle")}
    desk.revisions.save(msgspec.structs.replace(present.record, terms=other), "Nadia", base=present.id)
    assert [term.code for term in desk.directory.entry("vestiaire-social").of("theme")] == ["sante", "aide-materielle"]


def test_cards_of_one_theme_add_their_second() -> None:
    visit = Visit()
    visit.keep(entry("a", ("logement", "argent")), BEGAN)
    visit.keep(entry("b", ("logement",)), BEGAN)
    assert visit.note(LATER).themes == ("logement", "argent")


@pytest.mark.parametrize(
    ("cards", "shared"),
    [
        ([("enfance",), ("enfance",)], ("enfance",)),
        ([("enfance", "jeunesse"), ("enfance",)], ("enfance",)),
        ([("enfance",), ("aines",)], ()),
        ([("enfance", "jeunesse"), ("enfance", "jeunesse")], ()),
        ([()], ()),
    ],
)
def test_the_audience_is_the_one_that_all_cards_share(cards: list[tuple[str, ...]], shared: tuple[str, ...]) -> None:
    visit = Visit()
    for number, audiences in enumerate(cards):
        visit.keep(entry(f"e{number}", audiences=audiences), BEGAN)
    assert visit.note(LATER).audiences == shared


def test_the_audience_in_use_comes_before_that_of_the_cards() -> None:
    visit = Visit(audience="aines")
    visit.keep(entry("bipe", audiences=("enfance",)), BEGAN)
    assert visit.note(LATER).audiences == ("aines",)


@pytest.mark.parametrize(
    ("minutes", "effort"),
    [(0, "under-2"), (1.99, "under-2"), (2, "2-5"), (5, "5-15"), (14.9, "5-15"), (15, "over-15"), (90, "over-15")],
)
def test_effort_is_the_band_of_the_time_since_the_first_key(minutes: float, effort: str) -> None:
    visit = Visit()
    visit.begin(BEGAN)
    visit.begin(BEGAN + timedelta(minutes=1))
    assert visit.note(BEGAN + timedelta(minutes=minutes)).effort == effort
