"""What is due to be checked, in which order, and what the history says of each check."""

from datetime import date, timedelta

import msgspec
import pytest
from sqlalchemy import text

from pointinfo.database.schema import Contact
from pointinfo.desk import Desk, open_desk
from pointinfo.directory import EntryRecord, Query, card, freshness
from pointinfo.errors import InputError
from pointinfo.inquiries import Note
from pointinfo.inquiries.note import Referral
from tests.conftest import Clock

TODAY = date(2026, 11, 23)


def record(uid: str, **more: object) -> EntryRecord:
    known = EntryRecord(uid=uid, kind="service", name=f"Accueil {uid}", verified_on="2026-11-01")
    return msgspec.structs.replace(known, **more)


def due(desk: Desk) -> list[str]:
    return [row.uid for row in desk.verification.due()]


@pytest.mark.parametrize(
    ("facts", "when"),
    [
        ({"kind": "activity", "verified_on": "2026-08-24"}, date(2026, 11, 23)),
        ({"kind": "activity", "verified_on": "2026-08-24", "important": True}, date(2026, 10, 8)),
        ({"kind": "association", "verified_on": "2025-11-23"}, date(2026, 11, 23)),
        ({"kind": "place", "important": True, "verified_on": "2026-05-25"}, date(2026, 11, 23)),
        ({"verified_on": None, "as_of": "2026-09-18"}, date(2027, 9, 18)),
        ({"verified_on": None, "as_of": "2025"}, date(2026, 12, 31)),
        ({"verified_on": None}, freshness.AT_ONCE),
        ({"verified_on": None, "as_of": "l’an passé"}, freshness.AT_ONCE),
        ({"verified_on": None, "as_of": "2026-13"}, freshness.AT_ONCE),
        ({"verified_on": None, "as_of": "2026", "confidence": "memory"}, freshness.AT_ONCE),
        ({"next_check": "2028-01-01"}, date(2028, 1, 1)),
        ({"next_check": "2026-10-01"}, date(2027, 11, 1)),  # checked after that day
        ({"status": "closed"}, None),
        ({"status": "do_not_refer"}, date(2027, 11, 1)),
    ],
)
def test_an_entry_is_due_by_its_kind_its_importance_and_the_age_of_its_facts(
    facts: dict[str, object], when: date | None
) -> None:
    assert freshness.due_on(record("un", **facts)) == when


def test_every_kind_has_its_interval_with_a_reason_and_an_important_entry_half_of_it() -> None:
    assert set(freshness.INTERVALS) == {"activity", "service", "place", "association"}
    for kind, interval in freshness.INTERVALS.items():
        assert interval.reason
        assert freshness.interval(kind, important=True) == timedelta(days=interval.days // 2)


def test_important_entries_come_first_then_those_asked_for_then_the_longest_overdue(own: Desk) -> None:
    own.directory.load(
        [
            record("a-jour"),
            record("en-retard", verified_on="2024-01-01"),
            record("jamais", verified_on=None),
            record("demandee", verified_on="2025-10-01"),
            record("importante", verified_on="2026-01-01", important=True),
            record("fermee", verified_on="2020-01-01", status="closed"),
        ]
    )
    own.inquiries.add(Note(outcome="referred", referrals=(Referral("demandee", copies=1),)))
    assert due(own) == ["importante", "demandee", "jamais", "en-retard"]
    assert [row.asked for row in own.verification.due()] == [0, 1, 0, 0]
    assert own.verification.count_due() == 4
    assert [row.uid for row in own.verification.due(2)] == ["importante", "demandee"]


def test_those_who_can_be_called_come_first_among_the_calls_of_a_day(own: Desk) -> None:
    line = (Contact("phone", "022 418 00 00"),)
    own.directory.load(
        [
            record("sans", verified_on="2020-01-01", contacts=(Contact("email", "a@b.ch"),), important=True),
            record("avec", verified_on="2024-01-01", contacts=line),
            record("interne", verified_on="2023-01-01", internal_contacts=line),
            record("aucun", verified_on="2021-01-01"),
        ]
    )
    assert [row.uid for row in own.verification.to_call(2)] == ["interne", "avec"]
    assert [row.uid for row in own.verification.to_call(3)] == ["interne", "avec", "sans"]
    assert [row.uid for row in own.verification.to_call(9)] == ["interne", "avec", "sans", "aucun"]
    assert due(own)[0] == "sans"


def test_what_was_asked_for_long_ago_or_noted_by_mistake_does_not_count(own: Desk, clock: Clock) -> None:
    own.directory.load([record("un", verified_on="2025-01-01"), record("deux", verified_on="2024-01-01")])
    inquiry = own.inquiries.add(Note(outcome="referred", referrals=(Referral("un"),)))
    own.inquiries.void(inquiry)
    assert [row.asked for row in own.verification.due()] == [0, 0]
    own.inquiries.add(Note(outcome="referred", referrals=(Referral("un"),)))
    clock.now += timedelta(days=40)
    assert due(own) == ["deux", "un"]


def test_an_entry_that_is_still_correct_is_due_again_after_its_interval_and_the_history_says_who_asked(
    own: Desk, clock: Clock
) -> None:
    own.directory.load([record("un", kind="activity", verified_on="2020-01-01")])
    own.verification.still_correct("un", "Odile", "email")
    assert due(own) == []
    present = own.revisions.present("un")
    assert (present.action, present.author) == ("verify", "Odile")
    now = present.record
    assert (now.verified_on, now.verified_by, now.verified_how) == ("2026-11-23", "Odile", "email")
    assert now.next_check == "2027-02-22"
    assert own.verification.done_today() == 1
    clock.now += timedelta(days=91)
    assert due(own) == ["un"]
    assert own.verification.done_today() == 0


def test_a_check_can_be_taken_back(own: Desk) -> None:
    own.directory.load([record("un", verified_on="2020-01-01")])
    before = own.revisions.present("un").record
    checked = own.verification.still_correct("un", "Odile")
    own.verification.take_back(checked, "Odile")
    assert own.revisions.present("un").record == before
    assert due(own) == ["un"]
    assert own.verification.done_today() == 0
    assert [change.action for change in own.revisions.history("un")] == ["import", "verify", "restore"]


def test_a_check_that_somebody_has_built_on_is_not_taken_back(own: Desk) -> None:
    own.directory.load([record("un", verified_on="2020-01-01")])
    checked = own.verification.still_correct("un", "Odile")
    changed = msgspec.structs.replace(own.revisions.present("un").record, name="Maison")
    own.revisions.save(changed, "Karim")
    with pytest.raises(InputError, match="modifiée depuis"):
        own.verification.take_back(checked, "Odile")
    assert own.revisions.present("un").record.name == "Maison"


def test_without_an_answer_the_entry_comes_back_in_some_days_and_its_light_stays_as_it_was(
    own: Desk, clock: Clock
) -> None:
    own.directory.load([record("un", verified_on="2025-01-01")])
    own.verification.no_answer("un", "Odile")
    assert due(own) == []
    present = own.revisions.present("un")
    assert present.comment == "Pas de réponse, à rappeler le 30 novembre 2026"
    assert present.record.verified_on == "2025-01-01"
    assert card.age(own.directory.entry("un"), TODAY, own.words).trust == "stale"
    [row] = own.directory.rows([hit.id for hit in own.directory.search(Query("Accueil un")).hits])
    assert row.trust == "stale"
    clock.now += timedelta(days=7)
    assert due(own) == ["un"]


def test_a_closed_or_unknown_entry_cannot_be_checked(own: Desk) -> None:
    own.directory.load([record("un", status="closed")])
    with pytest.raises(InputError, match="fermée"):
        own.verification.still_correct("un", "")
    with pytest.raises(InputError, match="identifiant"):
        own.verification.still_correct("deux", "")


def test_entries_of_an_older_version_get_the_day_of_their_next_check_at_the_start(desk: Desk, clock: Clock) -> None:
    expected = sorted((row.uid, row.since) for row in desk.verification.due(500))
    assert len(expected) > 100
    with desk.database.write() as session:
        session.execute(text("UPDATE entry SET next_check = NULL"))
    desk.close()
    again = open_desk(desk.home, clock)
    try:
        assert sorted((row.uid, row.since) for row in again.verification.due(500)) == expected
        assert again.directory.unindexed() == 0
    finally:
        again.close()
