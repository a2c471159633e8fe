"""Whether somebody is there: opening hours and sessions together, as a clerk would say it on the telephone."""

from datetime import date, datetime

import pytest

from pointinfo import i18n
from pointinfo.clock import ZONE
from pointinfo.database.schema import Entry, Schedule
from pointinfo.directory import Calendar, card, opening

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
    ("hours", "schedules", "now", "is_open"),
    [
        (MORNINGS, (CHOIR,), at(25, 15), True),
        (MORNINGS, (CHOIR,), at(25, 16), False),
        (MORNINGS, (), at(25, 11), True),
        ("", (CHOIR,), at(2, 15, month=12), False),
        ("", (NIGHT,), at(28, 1), True),
        ("", (NIGHT,), at(28, 2), False),
        ("", (Schedule("14:00", "16:00", weekdays=(4,)),), at(25, 15, month=12), False),
        ("", (Schedule("14:00", "16:00", dates=("2026-12-25",)),), at(25, 15, month=12), True),
    ],
)
def test_what_meets_now_is_open_now_unless_a_holiday_makes_that_a_guess(
    hours: str, schedules: tuple[Schedule, ...], now: datetime, is_open: bool
) -> None:
    assert opening.is_surely_open(hours, schedules, now, Calendar()) is is_open


def test_hours_that_are_sure_come_before_a_session_that_is_a_guess() -> None:
    christmas = at(25, 15, month=12)
    assert christmas.date() == date(2026, 12, 25)
    fridays = Schedule("14:00", "18:00", weekdays=(4,))
    assert said("Mo-Fr,PH 08:00-17:00", (fridays,), christmas) == "Ouvert jusqu’à 17:00"
