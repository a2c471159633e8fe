"""A year at a counter, through the calls the window makes; then its whole file: no minute, no clerk, no link."""

import random
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta

import msgspec
import pytest

from pointinfo.clock import ZONE
from pointinfo.desk import DATABASE, Desk
from pointinfo.inquiries import Note, OfDay, Referral
from tests.conftest import Clock

CLERK = "Zélie Quartenoud"
MINUTE, SECOND, MICROSECOND = 47, 53, 987_654
OFFERS_A_WEEK = 4
NOTED = {"inquiry", "inquiry_event", "sheet_draft", "day_log", "day_traffic", "missing_offer", "unanswered_search"}
MARKED = {"inquiry_chunk_dirty"}
"""Which months are to be counted anew: a counter and a month."""
WORDS = ("couture", "patinoire", "vestiaire", "ludothèque", "chorale", "jardin", "vélo", "échecs")


def tables(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Every table of the file with all its rows, in the order in which they lie."""
    with closing(sqlite3.connect(desk.home / DATABASE)) as file:
        names = [row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: file.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}


def live_a_year(desk: Desk, clock: Clock) -> dict[date, list[str]]:
    """Every working day of a year; returns what was said to be missing, by week, in the order in which it was said."""
    dice = random.Random(6)
    themes = [term.code for term in desk.directory.terms("theme")]
    missing: dict[date, list[str]] = {}
    first = datetime(2026, 1, 5, 8, MINUTE, SECOND, MICROSECOND, tzinfo=ZONE)
    for number in range(364):
        day = first + timedelta(days=number)
        if day.weekday() > 4:
            continue
        clock.now = day.replace(hour=dice.randint(8, 11))
        noted = desk.inquiries.add(Note(channel="counter", themes=(dice.choice(themes),), outcome="not-met"))
        desk.inquiries.add(Note(mode="tally", outcome="answered", referrals=(Referral("bipe", "r", "fr", 1),)))
        if day.weekday() < OFFERS_A_WEEK:
            words = f"{dice.choice(WORDS)} {number:03}"
            desk.missing_offers.add(words, dice.choice(themes))
            missing.setdefault(day.date() - timedelta(days=day.weekday()), []).append(words)
        clock.now = day.replace(hour=dice.randint(13, 17))
        if day.weekday() == 1:
            desk.inquiries.amend(noted, Note(channel="phone", people=2))
        if day.weekday() == 2:
            desk.inquiries.void(noted)
            desk.day_sheets.keep_draft(day.date() - timedelta(days=1), [("9", "1", "2")])
            desk.inquiries.add_all([OfDay(Note(mode="batch"), 9)], day.date() - timedelta(days=1))
        if day.weekday() == 3:
            desk.day_logs.keep(day.date(), 9 * "c" + "oxx" + 12 * "c")
        desk.day_logs.count_sheets(1)
        desk.day_logs.count_unnoted(1)
        desk.unanswered.add("tricot")
    return missing


def test_a_year_of_notes_tells_no_minute_no_clerk_and_links_no_missing_offer(desk: Desk, clock: Clock) -> None:
    desk.verification.still_correct(next(iter(desk.directory.entries(["hospice-general"]))).uid, CLERK)
    before = tables(desk)
    missing = live_a_year(desk, clock)
    after = tables(desk)

    assert {name for name in after if after[name] != before[name]} == NOTED | MARKED
    assert len(after["inquiry"]) > 500
    assert len(after["missing_offer"]) == sum(map(len, missing.values())) == 52 * OFFERS_A_WEEK

    marks = (f":{MINUTE}", f"h{MINUTE}", f"{MINUTE}:{SECOND}", str(MICROSECOND), "Zélie", "Quartenoud")
    for name in NOTED | MARKED:
        for row in after[name]:
            for value in row:
                told = value.decode() if isinstance(value, bytes) else str(value)
                assert not any(mark in told for mark in marks), (name, told)
                assert not (told.isdigit() and int(told) > 10_000_000), "a stamp of seconds or more"

    with closing(sqlite3.connect(desk.home / DATABASE)) as file:
        columns = {name: [row[1] for row in file.execute(f'PRAGMA table_info("{name}")')] for name in NOTED}
        kept = file.execute("SELECT id, week, theme, words FROM missing_offer").fetchall()
        with pytest.raises(sqlite3.OperationalError, match="rowid"):  # it would tell the order of saying
            file.execute("SELECT rowid FROM missing_offer")
    assert columns["missing_offer"] == ["id", "week", "theme", "words"]
    assert all(date.fromisoformat(week).weekday() == 0 for _id, week, _theme, _words in kept)
    elsewhere = {str(value) for name in after if name != "missing_offer" for row in after[name] for value in row}
    assert elsewhere.isdisjoint({row[0] for row in kept} | {row[3] for row in kept})
    contents = b"".join(row[5] for row in after["inquiry_event"] if isinstance(row[5], bytes))
    assert not any(row[0].encode() in contents or row[3].encode() in contents for row in kept)

    assert in_the_order_said(missing, [row[3] for row in kept]) < 15, "of 52 weeks, two are in order by chance"
    desk.close()
    raw = (desk.home / DATABASE).read_bytes()
    said = [words for week in missing.values() for words in week]
    lying = sorted(said, key=lambda words: raw.index(words.encode()))
    assert in_the_order_said(missing, lying) < 15
    assert in_the_order_said(missing, lying[::-1]) < 15


def in_the_order_said(missing: dict[date, list[str]], lying: list[str]) -> int:
    """In how many weeks the rows lie in the order in which they were said; by chance in one of 24."""
    return sum([words for words in lying if words in said] == said for said in missing.values())


def test_the_record_has_no_field_for_free_text() -> None:
    """Every field of a note is a number, a code of a list, or names an entry of the directory."""
    kinds = {field.name: field.type for field in msgspec.structs.fields(Note)}
    assert [name for name, kind in kinds.items() if kind is int] == ["people"]
    assert set(kinds) == {
        "mode", "channel", "people", "audiences", "themes", "effort", "outcome", "reason", "referrals", "language",
        "origin", "first_contact",
    }  # fmt: skip
