"""Days of the log: typed in later and marked so, refused when to come or too long ago, corrected with their history."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from pointinfo import i18n, paths
from pointinfo.clock import ZONE
from pointinfo.database import Database
from pointinfo.directory import vocabulary
from pointinfo.errors import InputError
from pointinfo.inquiries import InquiryLog, Note, codes
from pointinfo.inquiries.log import OfDay
from tests.conftest import Clock

WORDS = i18n.words("fr")
TODAY = date(2026, 11, 23)
CHANNEL: codes.CodeList = "channel"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the log lies."""
    return tmp_path / "pointinfo.sqlite"


@pytest.fixture
def log(path: Path, clock: Clock) -> Iterator[InquiryLog]:
    """The log of one counter, empty yet."""
    database = Database(path, WORDS)
    with database.write() as session:
        vocabulary.bring_up_to_date(session)
    yield InquiryLog(database, clock, "here", WORDS)
    database.close()


def test_a_past_day_is_noted_with_its_hours_and_marked_as_noted_later(log: InquiryLog) -> None:
    day = TODAY - timedelta(days=3)
    told = [OfDay(Note(mode="batch", people=2), 9), OfDay(Note(mode="batch"))]
    kept = log.add_all(told, day)
    rows = log.journal(day)
    assert [row.id for row in rows] == kept
    assert [row.hour for row in rows] == [9, None]
    assert all(row.back_dated for row in rows)
    log.amend(kept[0], Note(people=3))
    assert log.journal(day)[0].back_dated, "a correction leaves the mark"
    [same_day] = log.add_all([OfDay(Note(mode="batch"), 10)], TODAY)
    assert [(row.id, row.back_dated) for row in log.journal()] == [(same_day, False)]
    assert [row.back_dated for row in log.journal()] == [False]
    assert log.journal()[0].id == same_day


def test_a_day_is_kept_whole_or_not_at_all(log: InquiryLog, path: Path) -> None:
    told = [OfDay(Note(mode="batch")), OfDay(Note(mode="batch", people=0))]
    with pytest.raises(InputError, match="Ligne 2 : Le nombre de personnes"):
        log.add_all(told, TODAY)
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT count(*) FROM inquiry_event").fetchone() == (0,)


@pytest.mark.parametrize(("days", "sentence"), [(1, "est à venir"), (-61, "plus de 60 jours")])
def test_a_day_to_come_or_too_long_ago_is_refused(log: InquiryLog, days: int, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        log.add_all([OfDay(Note(mode="batch"))], TODAY + timedelta(days=days))
    assert log.add_all([OfDay(Note(mode="batch"))], TODAY - timedelta(days=60))


def test_a_clock_set_back_is_refused_until_it_is_right_again(log: InquiryLog, clock: Clock) -> None:
    right = clock.now
    log.add(Note())
    clock.now = datetime(2025, 1, 1, 10, tzinfo=ZONE)
    with pytest.raises(InputError, match=r"se croit le 1 janvier 2025.*notée le 23 novembre 2026"):
        log.add(Note())
    with pytest.raises(InputError, match="Vérifiez l’horloge"):
        log.add_all([OfDay(Note())], date(2024, 12, 31))
    clock.now = right
    log.add(Note())
    assert log.count().inquiries == 2


def test_notes_of_a_clock_set_forward_are_voided_and_noting_goes_on(log: InquiryLog, clock: Clock) -> None:
    right = clock.now
    clock.now = datetime(2031, 1, 1, 10, tzinfo=ZONE)
    wrong = log.add(Note())
    clock.now = right
    with pytest.raises(InputError, match="retirez ses demandes dans le journal"):
        log.add(Note())
    log.void(wrong)
    log.add(Note())
    assert log.count().inquiries == 1


def test_an_old_inquiry_is_neither_corrected_nor_voided(log: InquiryLog, clock: Clock) -> None:
    noted = log.add(Note())
    clock.now += timedelta(days=61)
    with pytest.raises(InputError, match="ne se corrige plus"):
        log.amend(noted, Note(people=2))
    with pytest.raises(InputError, match="ne se corrige plus"):
        log.void(noted)
    log.back_dating = 90
    log.amend(noted, Note(people=2))
    assert log.note(noted).people == 2


def test_the_history_of_an_inquiry_tells_everything_that_was_done(log: InquiryLog) -> None:
    noted = log.add(Note(people=1))
    log.add(Note(people=9))
    log.amend(noted, Note(people=4))
    log.void(noted)
    log.amend(noted, Note(people=4))
    assert [(step.action, step.note.people) for step in log.history(noted)] == [
        ("add", 1),
        ("amend", 4),
        ("void", 4),
        ("restore", 4),
    ]


def test_a_days_notes_are_voided_together(log: InquiryLog) -> None:
    kept = log.add_all([OfDay(Note(mode="batch"))] * 3, TODAY)
    with pytest.raises(InputError):
        log.void_all([*kept, "nix"])
    assert log.count().inquiries == 3
    log.void_all(kept)
    assert log.count().inquiries == 0


def test_an_unknown_code_of_another_list_is_kept_and_shown_as_it_is(log: InquiryLog) -> None:
    newer = codes.version() + 1
    said = Note(mode="import", channel="video-call", outcome="answered")
    [kept] = log.add_all([OfDay(said)], TODAY, newer)
    assert log.note(kept) == said
    assert codes.label("channel", "video-call", "fr") == "video-call"
    with pytest.raises(InputError, match="pas de texte libre"):
        log.add_all([OfDay(said)], TODAY)
    for text in ("Mme Dupont", "022 300 12 34", "0791234567", "mme@dupont.ch", "x" * 32):
        with pytest.raises(InputError, match="pas de texte libre"):
            log.add_all([OfDay(Note(channel=text))], TODAY, newer)
    log.amend(kept, msgspec.structs.replace(said, people=2))
    assert log.note(kept).channel == "video-call"


def test_a_retired_code_keeps_its_words_and_counts_as_its_successor() -> None:
    shipped = msgspec.json.decode((paths.resources() / "vocabulary" / "inquiry.json").read_bytes())
    shipped["version"] += 1
    shipped["retired"] = {
        "channel": [
            {"code": "fax", "labels": {"fr": "Par fax", "en": "By fax"}, "replaced_by": "letter"},
            {"code": "letter", "labels": {"fr": "Par lettre"}, "replaced_by": "post"},
            {"code": "round", "labels": {"fr": "En rond"}, "replaced_by": "round"},
        ]
    }
    lists = codes.read(msgspec.json.encode(shipped))
    assert lists.label("channel", "fax", "en") == "By fax"
    assert lists.label("channel", "letter", "en") == "Par lettre"
    said = ("fax", "letter", "post", "radio", "round")
    assert [lists.present(CHANNEL, code) for code in said] == ["post", "post", "post", "radio", "round"]
