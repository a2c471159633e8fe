"""The day log: open, closed, not to be noted; and how much of a day is noted."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import msgspec
import pytest

from pointinfo.config import Settings
from pointinfo.desk import DATABASE, Desk
from pointinfo.errors import InputError
from pointinfo.inquiries import Note, Referral
from tests.conftest import Clock

TODAY = date(2026, 11, 23)
HOURS = "Mo-Fr 09:00-12:00,13:30-17:00"


def with_hours(desk: Desk, **more: object) -> None:
    desk.keep_settings(msgspec.structs.replace(Settings(opening=HOURS), **more))


def test_the_counters_own_hours_are_expected(desk: Desk) -> None:
    with_hours(desk)
    assert desk.day_logs.day(TODAY) == ("ccccccccc" + "ooo" + "c" + "oooo" + "ccccccc", False)
    assert desk.day_logs.day(TODAY - timedelta(days=1)).hours == 24 * "c", "a Sunday"


def test_hours_that_nobody_has_set_are_not_said_rather_than_closed(desk: Desk) -> None:
    assert desk.day_logs.day(TODAY) == (24 * "?", False)


def test_public_holidays_and_the_towns_closed_days_are_closed(desk: Desk) -> None:
    with_hours(desk, closed_days=(TODAY,))
    assert desk.day_logs.day(date(2026, 12, 25)).hours == 24 * "c"
    assert desk.day_logs.day(TODAY).hours == 24 * "c"


def test_what_was_said_stands_and_what_was_said_before_stays_on_file(desk: Desk) -> None:
    without_noting = 9 * "c" + "oxx" + 12 * "c"
    closed = 24 * "c"
    desk.day_logs.keep(TODAY, without_noting)
    assert desk.day_logs.day(TODAY) == (without_noting, True)
    desk.day_logs.keep(TODAY, closed)
    assert desk.day_logs.day(TODAY) == (closed, True)
    with closing(sqlite3.connect(desk.home / DATABASE)) as file:
        assert file.execute("SELECT hours FROM day_log ORDER BY number").fetchall() == [(without_noting,), (closed,)]
        with pytest.raises(sqlite3.DatabaseError, match="append-only"):
            file.execute("DELETE FROM day_log")


def test_a_day_out_of_reach_is_refused(desk: Desk) -> None:
    with pytest.raises(InputError, match="à venir"):
        desk.day_logs.keep(TODAY + timedelta(days=1), 24 * "o")
    with pytest.raises(InputError, match="60 jours"):
        desk.day_logs.keep(TODAY - timedelta(days=61), 24 * "o")
    desk.keep_settings(Settings(back_dating=90))
    desk.day_logs.keep(TODAY - timedelta(days=61), 24 * "o")


def test_sheets_and_visits_without_a_note_are_counted_by_day(desk: Desk, clock: Clock) -> None:
    desk.inquiries.add(Note(referrals=(Referral("bipe", "r", "fr", 1),)))
    desk.inquiries.add(Note(referrals=(Referral("bipe", "r", "fr", 0),)))
    desk.day_logs.count_sheets(1)
    desk.day_logs.count_sheets(1)
    desk.day_logs.count_unnoted(1)
    assert desk.day_logs.completeness(TODAY) == (2, 1, 2, 1)
    desk.day_logs.count_sheets(-1)
    desk.day_logs.count_unnoted(-1)
    desk.day_logs.count_unnoted(-1)
    assert desk.day_logs.completeness(TODAY) == (2, 0, 1, 1)
    clock.now += timedelta(days=1)
    assert desk.day_logs.completeness(desk.inquiries.today()) == (0, 0, 0, 0)
