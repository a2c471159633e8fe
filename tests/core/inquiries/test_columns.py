"""Chunks and what is counted from them: as a plain count over the inquiries would, whatever was done to the log."""

import sqlite3
from collections import Counter as Bag
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from pointinfo import i18n
from pointinfo.clock import ZONE
from pointinfo.database import Database
from pointinfo.database.schema import Inquiry, InquiryChunk, InquiryChunkDirty
from pointinfo.directory import vocabulary
from pointinfo.inquiries import InquiryLog, Note, chunks
from pointinfo.inquiries.columns import AXES, Axis, Columns, Selection
from pointinfo.inquiries.figures import Figures, a_year_before
from pointinfo.inquiries.log import OfDay
from pointinfo.inquiries.period import Period

WORDS = i18n.words("fr")
OCTOBER = Period.month(2026, 10)
AUTUMN = Period(date(2026, 9, 1), date(2026, 11, 30))

NOTES = st.builds(
    Note,
    channel=st.sampled_from(["", "counter", "phone"]),
    people=st.integers(1, 3),
    audiences=st.sampled_from([(), ("population",), ("aines",), ("aines", "proches-aidants")]),
    themes=st.sampled_from([(), ("logement",), ("logement", "sante"), ("sante",)]),
    effort=st.sampled_from(["", "2-5"]),
    outcome=st.sampled_from(["", "answered", "not-met"]),
    language=st.sampled_from(["", "fr", "pt"]),
)
DAYS = st.dates(date(2026, 9, 28), date(2026, 11, 3))


class Log:
    """A log whose clock stands where a test puts it."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(folder / "pointinfo.sqlite", WORDS)
        with self.database.write() as session:
            vocabulary.bring_up_to_date(session)
        self.now = datetime(2026, 11, 30, 9, tzinfo=ZONE)
        self.log = InquiryLog(self.database, lambda: self.now.astimezone(UTC), "here", WORDS)
        self.log.back_dating = 800
        self.figures = Figures(self.database)

    def add(self, note: Note, day: date = date(2026, 10, 5), hour: int = 9) -> str:
        return self.log.add_all([OfDay(note, hour)], day)[0]

    def execute(self, statement: str) -> None:
        """As an older or newer program may have written."""
        with self.database.write() as session:
            session.connection().exec_driver_sql(statement)

    def present(self) -> list[Inquiry]:
        with self.database.read() as session:
            found = list(session.scalars(select(Inquiry).where(~Inquiry.voided)))
            session.expunge_all()
            return found


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    made = Log(tmp_path)
    yield made
    made.database.close()


def codes_of(inquiry: Inquiry, axis: Axis) -> set[str]:
    """What an inquiry says on an axis, read the plain way."""
    match axis:
        case "theme" | "audience":
            return set(inquiry.themes if axis == "theme" else inquiry.audiences) or {""}
        case "month" | "day":
            return {inquiry.day.isoformat()[: 7 if axis == "month" else 10]}
        case "weekday":
            return {str(inquiry.day.isoweekday())}
        case "hour":
            return {"" if inquiry.hour is None else str(inquiry.hour)}
        case _:
            return {str(getattr(inquiry, axis))}


def by_hand(inquiries: list[Inquiry], axis: Axis) -> tuple[dict[str, int], dict[str, int]]:
    inquiries_by, people_by = Bag[str](), Bag[str]()
    for inquiry in inquiries:
        for code in codes_of(inquiry, axis):
            inquiries_by[code] += 1
            people_by[code] += inquiry.people
    return dict(inquiries_by), dict(people_by)


@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_chunks_stay_equal_to_the_log_whatever_is_done_to_it(data: Any) -> None:
    with TemporaryDirectory() as folder:
        log = Log(Path(folder))
        ids = [log.add(data.draw(NOTES), data.draw(DAYS), data.draw(st.integers(8, 11))) for _ in range(8)]
        for _step in range(data.draw(st.integers(0, 4))):
            which = data.draw(st.sampled_from(ids))
            if data.draw(st.booleans()):
                log.log.void(which)
            else:
                log.log.amend(which, data.draw(NOTES))
            if data.draw(st.booleans()):
                log.figures.columns()
        columns = log.figures.columns()
        with log.database.read() as session:
            assert not session.scalars(select(InquiryChunkDirty.month)).all()
            for chunk in session.scalars(select(InquiryChunk)):
                assert chunk.data == chunks.packed(chunks.counted(session, chunk.counter, chunk.month))
        inquiries = log.present()
        for axis in AXES:
            assert tuple(columns.chosen(Selection(AUTUMN)).sums(axis)) == by_hand(inquiries, axis)
        log.database.close()


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_selection_counts_as_a_plain_count_does(data: Any) -> None:
    notes = data.draw(st.lists(st.tuples(NOTES, DAYS, st.none() | st.integers(8, 10)), max_size=25))
    inquiries = [
        Inquiry(counter=data.draw(st.sampled_from(["here", "there"])), day=day, hour=hour, people=note.people,
                channel=note.channel, effort=note.effort, outcome=note.outcome, reason=note.reason,
                first_contact=note.first_contact, mode=note.mode, themes=note.themes, audiences=note.audiences,
                language=note.language, origin=note.origin)
        for note, day, hour in notes
    ]  # fmt: skip
    rows: dict[tuple[str, str], list[list[Any]]] = {}
    for inquiry in inquiries:
        row = [getattr(inquiry, name) for name in chunks.COLUMNS]
        row = [value.isoformat() if isinstance(value, date) else value for value in row]
        rows.setdefault((inquiry.counter, f"{inquiry.day:%Y-%m}"), []).append(row)
    columns = Columns({each: chunks.unpacked(chunks.packed(chunks.made(listed))) for each, listed in rows.items()}, {})
    first, last = sorted((data.draw(DAYS), data.draw(DAYS)))
    only: dict[Axis, frozenset[str]] = {}
    for axis in data.draw(st.sets(st.sampled_from(AXES), max_size=3)):
        said = sorted({code for inquiry in inquiries for code in codes_of(inquiry, axis)} | {"no such code"})
        only[axis] = frozenset(data.draw(st.sets(st.sampled_from(said), min_size=1)))
    chosen = columns.chosen(Selection(Period(first, last), only))
    kept = [
        each
        for each in inquiries
        if first <= each.day <= last and all(codes_of(each, axis) & wanted for axis, wanted in only.items())
    ]
    assert (chosen.inquiries, chosen.people) == (len(kept), sum(each.people for each in kept))
    one, other = data.draw(st.sampled_from(AXES)), data.draw(st.sampled_from(AXES))
    assert tuple(chosen.sums(one)) == by_hand(kept, one)
    pairs = Bag((a, b) for each in kept for a in codes_of(each, one) for b in codes_of(each, other))
    assert chosen.crossed(one, other) == dict(pairs)
    unmet = chosen.only("outcome", frozenset({"not-met"}))
    assert tuple(unmet.sums(one)) == by_hand([each for each in kept if each.outcome == "not-met"], one)


def test_a_code_of_another_list_is_counted_under_itself(log: Log) -> None:
    log.add(Note(themes=("logement",)))
    log.execute("UPDATE inquiry SET themes = '[\"lune\"]', channel = 'pigeon', language = 'tlh'")
    chosen = log.figures.columns().chosen(Selection(OCTOBER))
    assert [chosen.sums(axis).inquiries for axis in ("theme", "channel", "language")] == [
        {"lune": 1}, {"pigeon": 1}, {"tlh": 1},
    ]  # fmt: skip


def test_a_retired_theme_counts_under_the_one_that_replaces_it_and_once(log: Log) -> None:
    log.add(Note(themes=("logement", "sante")))
    assert log.figures.columns().chosen(Selection(OCTOBER)).sums("theme").inquiries == {"logement": 1, "sante": 1}
    log.execute("UPDATE term SET retired = 1, replaced_by = 'logement' WHERE list = 'theme' AND code = 'sante'")
    assert log.figures.columns().chosen(Selection(OCTOBER)).sums("theme").inquiries == {"logement": 1}


def test_only_a_month_that_changed_is_made_anew(log: Log) -> None:
    log.add(Note(), date(2026, 9, 30))
    log.add(Note(), date(2026, 10, 5))
    log.figures.columns()
    log.add(Note(), date(2026, 10, 6))
    log.figures.columns()
    with log.database.read() as session:
        versions = {chunk.month: chunk.version for chunk in session.scalars(select(InquiryChunk))}
    assert versions == {"2026-09": 1, "2026-10": 2}
    assert log.figures.columns() is log.figures.columns()


def test_what_another_program_noted_is_counted(log: Log) -> None:
    log.add(Note())
    log.figures.columns()
    other = Figures(log.database)
    log.add(Note())
    assert other.columns().chosen(Selection(OCTOBER)).inquiries == 2
    assert log.figures.columns().chosen(Selection(OCTOBER)).inquiries == 2


def test_charts_stand_beside_last_year_and_the_thirteen_months(log: Log) -> None:
    for day in (date(2025, 9, 30), date(2025, 10, 1), date(2026, 9, 9), date(2026, 10, 1), date(2026, 10, 2)):
        log.add(Note(people=2, outcome="not-met", themes=("logement",)), day)
    charts = log.figures.charts(Selection(OCTOBER))
    assert (charts.inquiries, charts.people) == ((2, 1), (4, 2))
    assert charts.months.inquiries == {"2025-10": 1, "2026-09": 1, "2026-10": 2}
    assert charts.unmet.inquiries == {"logement": 2}
    assert charts.week == {("4", "9"): 1, ("5", "9"): 1}


def test_the_year_before_ends_where_its_month_ends() -> None:
    assert a_year_before(Period.month(2025, 2)) == Period.month(2024, 2)
    assert a_year_before(Period.month(2024, 2)) == Period.month(2023, 2)
    assert a_year_before(Period.year(2026)) == Period.year(2025)
    fifth = date(2026, 10, 5)
    assert a_year_before(Period(fifth, fifth)) == Period(fifth - timedelta(days=365), fifth - timedelta(days=365))


def test_inquiries_noted_before_there_were_chunks_are_counted(tmp_path: Path) -> None:
    log = Log(tmp_path)
    log.add(Note())
    log.database.close()
    with closing(sqlite3.connect(tmp_path / "pointinfo.sqlite")) as older:
        for kind, name in older.execute(
            "SELECT type, name FROM sqlite_master WHERE (type = 'trigger' AND tbl_name IN ('inquiry', 'release')) OR "
            "(type = 'table' AND name IN ('inquiry_chunk', 'inquiry_chunk_dirty', 'release', 'indicator', "
            "'forum_action')) ORDER BY type DESC"
        ).fetchall():
            older.execute(f"DROP {kind} {name}")
        older.execute("DROP TABLE entry_words_names")
        older.execute("DROP VIEW entry_words_said")
        older.execute("PRAGMA user_version = 6")
    database = Database(tmp_path / "pointinfo.sqlite", WORDS)
    assert Figures(database).columns().chosen(Selection(OCTOBER)).inquiries == 1
    database.close()
