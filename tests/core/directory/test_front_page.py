"""What a counter shows before anything is typed."""

from datetime import date, timedelta

import msgspec
import pytest

from pointinfo.database.schema import Schedule
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord, front_page, sessions
from pointinfo.directory.front_page import MOST, Season
from pointinfo.inquiries import Note
from pointinfo.inquiries.note import Referral
from tests.conftest import Clock


def keep(desk: Desk, uid: str, **facts: object) -> None:
    """An entry that was there from the beginning."""
    known = EntryRecord(uid=uid, kind="service", name=f"Accueil {uid}")
    desk.directory.load([msgspec.structs.replace(known, **facts)])


def shown(desk: Desk) -> list[tuple[str, str, str]]:
    """(group, uid, why) in their order."""
    found = desk.front_page.shown(desk.directory.calendar)
    uids = {row.id: row.uid for row in desk.directory.rows([each.id for each in found])}
    return [(each.group, uids[each.id], each.why) for each in found]


def give(desk: Desk, uid: str, times: int) -> None:
    for _time in range(times):
        desk.inquiries.add(Note(outcome="referred", referrals=(Referral(uid),)))


def test_a_quiet_directory_has_no_front_page(own: Desk) -> None:
    keep(own, "un")
    assert shown(own) == []


def test_this_week_s_meetings_come_by_when_they_begin_each_activity_once(own: Desk) -> None:
    keep(own, "mercredi", kind="activity", schedules=(Schedule("14:00", "16:00", weekdays=(2,)),))
    keep(own, "tous", kind="activity", schedules=(Schedule("17:00", weekdays=(0, 1, 2, 3, 4)),))
    keep(own, "passee", kind="activity", schedules=(Schedule("09:00", "10:00", dates=("2026-11-23",)),))
    keep(own, "plus-tard", kind="activity", schedules=(Schedule("09:00", dates=("2026-12-24",)),))
    keep(
        own,
        "annulee",
        kind="activity",
        schedules=(Schedule("09:00", dates=("2026-11-24",), cancelled=("2026-11-24",)),),
    )
    keep(own, "fermee", kind="activity", status="closed", schedules=(Schedule("17:00", weekdays=(0,)),))
    assert shown(own) == [("week", "tous", "aujourd’hui 17:00"), ("week", "mercredi", "mercredi 14:00")]


def test_what_was_given_most_in_the_last_thirty_days_comes_first_what_was_given_once_not_at_all(
    own: Desk, clock: Clock
) -> None:
    for uid in ("un", "deux", "trois", "fermee"):
        keep(own, uid)
    today = clock.now
    clock.now = today - timedelta(days=40)
    give(own, "trois", 9)
    clock.now = today
    give(own, "un", 2)
    give(own, "deux", 3)
    give(own, "trois", 1)
    give(own, "fermee", 5)
    own.revisions.close("fermee", "terminé", "Nadia")
    assert shown(own) == [("given", "deux", "donnée 3 fois ce mois"), ("given", "un", "donnée 2 fois ce mois")]


def test_what_somebody_wrote_or_changed_is_news_for_a_month_an_import_or_a_call_is_none(
    own: Desk, clock: Clock
) -> None:
    for uid in ("importee", "changee", "verifiee", "rappelee"):
        keep(own, uid)
    own.revisions.save(EntryRecord(uid="neuve", kind="place", name="Neuve"), "Nadia", base="")
    clock.now += timedelta(days=1)
    for stop in ("Rive", "Cornavin"):
        present = own.revisions.present("changee")
        own.revisions.save(msgspec.structs.replace(present.record, stop=stop), "Nadia", base=present.id)
    own.verification.still_correct("verifiee", "Nadia")
    own.verification.no_answer("rappelee", "Nadia")
    assert shown(own) == [
        ("new", "changee", "modifiée le 24 novembre 2026"),
        ("new", "neuve", "nouvelle, du 23 novembre 2026"),
    ]
    clock.now += timedelta(days=31)
    assert shown(own) == []


def test_a_new_entry_that_is_put_right_in_its_week_is_still_new(own: Desk, clock: Clock) -> None:
    own.revisions.save(EntryRecord(uid="neuve", kind="place", name="Neuve"), "Nadia", base="")
    for days, said in ((3, "nouvelle, du 23 novembre 2026"), (9, "modifiée le 5 décembre 2026")):
        clock.now += timedelta(days=days)
        present = own.revisions.present("neuve")
        changed = msgspec.structs.replace(present.record, stop=f"Arrêt {days}")
        own.revisions.save(changed, "Nadia", base=present.id)
        assert shown(own) == [("new", "neuve", said)]


def test_the_topics_of_the_season_show_what_is_given_most(own: Desk) -> None:
    for uid in ("a", "b", "c"):
        keep(own, uid, terms={"topic": ("hebergement-urgence",)})
    give(own, "c", 1)
    assert shown(own) == [("season", "c", "Hébergement d’urgence"), ("season", "a", "Hébergement d’urgence")]


def test_an_entry_stands_under_one_heading_and_a_heading_has_few(own: Desk) -> None:
    for number in range(9):
        uid = f"numero-{number}"
        keep(own, uid, kind="activity", schedules=(Schedule("17:00", weekdays=(0, 1, 2, 3, 4)),))
        give(own, uid, 2)
    found = shown(own)
    assert [group for group, _uid, _why in found] == ["week"] * MOST + ["given"] * MOST
    assert len({uid for _group, uid, _why in found}) == len(found)


@pytest.mark.parametrize(
    ("season", "day", "holds"),
    [
        (Season("impots", "01-10", "04-15"), date(2027, 4, 15), True),
        (Season("impots", "01-10", "04-15"), date(2027, 4, 16), False),
        (Season("hebergement-urgence", "11-15", "03-31"), date(2026, 12, 31), True),
        (Season("hebergement-urgence", "11-15", "03-31"), date(2027, 1, 1), True),
        (Season("hebergement-urgence", "11-15", "03-31"), date(2027, 4, 1), False),
    ],
)
def test_a_season_may_go_over_new_year(season: Season, day: date, holds: bool) -> None:
    assert season.holds(day) == holds


def test_the_shipped_seasons_are_days_of_the_year_and_topics_of_the_list(own: Desk) -> None:
    topics = {term.code for term in own.directory.terms("topic")}
    for season in front_page.seasons():
        assert season.topic in topics
        assert sessions.day_of(f"2028-{season.first}")
        assert sessions.day_of(f"2028-{season.last}")
