"""Whether somebody is there: opening hours and sessions together, as a clerk would say it on the telephone."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointinfo import i18n
from pointinfo.clock import ZONE
from pointinfo.database.schema import Entry, Schedule
from pointinfo.desk import Desk
from pointinfo.directory import Calendar, EntryRecord, card, opening
from pointinfo.directory.sessions import next_meetings

WORDS = i18n.words("fr")
MORNINGS = "Mo-Fr 08:00-12:00"
CHOIR = Schedule("14:00", "16:00", weekdays=(2,), cancelled=("2026-12-02",))
EARLY = Schedule("10:00", "13:30", weekdays=(2,))
NIGHT = Schedule("22:00", "02:00", weekdays=(4,))


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def said(hours: str, schedules: tuple[Schedule, ...], now: datetime) -> str:
    entry = Entry(hours=hours, schedules=schedules)
    return card.opening_words(entry, now, WORDS, Calendar())[1]


@pytest.mark.parametrize(
    ("hours", "schedules", "now", "words"),
    [
        ("", (CHOIR,), at(25, 15), "Séance en cours jusqu’à 16:00"),
        (MORNINGS, (CHOIR,), at(25, 15), "Séance en cours jusqu’à 16:00"),
        (MORNINGS, (EARLY,), at(25, 11), "Séance en cours jusqu’à 13:30"),
        ("Mo-Fr 08:00-18:00", (CHOIR,), at(25, 15), "Ouvert jusqu’à 18:00"),
        (MORNINGS, (CHOIR,), at(25, 9), "Ouvert jusqu’à 12:00"),
        (MORNINGS, (CHOIR,), at(25, 13), "Prochaine séance aujourd’hui 14:00"),
        (MORNINGS, (CHOIR,), at(25, 16), "Ouvre demain 8:00"),
        ('We 13:00-17:00 "sur rendez-vous"', (CHOIR,), at(25, 15), "Séance en cours jusqu’à 16:00"),
        ("off", (CHOIR,), at(25, 16), "Prochaine séance le 9 décembre 14:00"),
        (MORNINGS, (NIGHT,), at(28, 1), "Séance en cours jusqu’à 2:00"),
        (MORNINGS, (Schedule("14:00", dates=("2026-01-05",)),), at(25, 15), "Ouvre demain 8:00"),
        ("", (), at(25, 15), "Horaire inconnu"),
    ],
)
def test_a_session_that_is_on_or_comes_first_is_said(
    hours: str, schedules: tuple[Schedule, ...], now: datetime, words: str
) -> None:
    assert said(hours, schedules, now) == words


@pytest.mark.parametrize(
    ("schedule", "now", "is_on"),
    [
        (CHOIR, at(25, 14), True),
        (CHOIR, at(25, 16), False),
        (CHOIR, at(26, 15), False),
        (CHOIR, at(2, 15, month=12), False),  # cancelled
        (NIGHT, at(28, 1), True),
        (NIGHT, at(28, 2), False),
        (Schedule("14:00", weekdays=(2,)), at(25, 14, 59), True),
        (Schedule("14:00", weekdays=(2,)), at(25, 15), False),
        (Schedule("14:00", "16:00", weekdays=(4,)), at(25, 15, month=12), False),  # Christmas
        (Schedule("14:00", "16:00", dates=("2026-12-25",)), at(25, 15, month=12), True),
        (Schedule("bientôt", weekdays=(2,)), at(25, 15), False),
    ],
)
def test_what_meets_now_is_on_unless_a_holiday_makes_that_a_guess(
    schedule: Schedule, now: datetime, is_on: bool
) -> None:
    assert opening.meets((schedule,), now, Calendar()) is is_on


@given(minutes=st.integers(0, 2 * 365 * 24 * 60))
def test_what_is_on_is_what_comes_first_among_the_next_meetings(minutes: int) -> None:
    now = at(1, 0, month=1) + timedelta(minutes=minutes)
    every = (CHOIR, EARLY, NIGHT, Schedule("18:00", "19:30", weekdays=(0, 3), every=2, first="2026-09-07"))
    coming = next_meetings(every, now, Calendar(), len(every))
    assert opening.meets(every, now, Calendar()) == any(each.begins <= now and not each.doubtful for each in coming)


def test_the_entries_that_have_a_session_now_are_told_whatever_their_hours(desk: Desk) -> None:
    choir = EntryRecord(uid="choeur", kind="activity", name="Chœur", hours=MORNINGS, schedules=(CHOIR,))
    desk.directory.load([choir, EntryRecord(uid="bal", kind="activity", name="Bal", schedules=(NIGHT,))])
    with desk.database.read() as session:
        connection = session.connection()
        now = opening.in_session(connection, at(25, 15), Calendar())
        later = opening.in_session(connection, at(25, 17), Calendar())
    assert [row.uid for row in desk.directory.rows(sorted(now))] == ["choeur"]
    assert not later


def test_hours_that_are_sure_come_before_a_session_that_is_a_guess() -> None:
    christmas = at(25, 15, month=12)
    assert christmas.date() == date(2026, 12, 25)
    fridays = Schedule("14:00", "18:00", weekdays=(4,))
    assert said("Mo-Fr,PH 08:00-17:00", (fridays,), christmas) == "Ouvert jusqu’à 17:00"
