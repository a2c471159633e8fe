"""The log of inquiries: nothing lost, nothing rewritten, nothing personal."""

import os
import select
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest

from pointinfo import i18n
from pointinfo.clock import ZONE
from pointinfo.clock import now as real_time
from pointinfo.database import Database
from pointinfo.directory import vocabulary
from pointinfo.errors import InputError
from pointinfo.inquiries import InquiryLog, Note, Referral
from tests.conftest import Clock

WORDS = i18n.words("fr")
FULL = Note(
    channel="phone",
    people=3,
    audiences=("aines", "proches-aidants"),
    themes=("logement", "sante", "handicap"),
    effort="5-15",
    outcome="partly",
    reason="full",
    referrals=(Referral("bipe", "revision-1", "fr", 2), Referral("ims")),
    language="sq",
    origin="s04",
    first_contact="yes",
)


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


def events(path: Path) -> list[tuple[int, str, str]]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute("SELECT seq, action, inquiry_id FROM inquiry_event ORDER BY seq").fetchall()


def test_a_note_comes_back_as_it_was_given(log: InquiryLog) -> None:
    noted = log.add(FULL)
    assert log.note(noted) == FULL
    [row] = log.journal()
    assert row == (noted, 1, 10, False, False, False, FULL, False)


def test_what_is_said_twice_is_kept_once(log: InquiryLog) -> None:
    noted = log.add(Note(audiences=("aines", "aines", "jeunesse"), themes=("logement",) * 4))
    assert log.note(noted) == Note(audiences=("aines", "jeunesse"), themes=("logement",))
    log.amend(noted, Note(audiences=("jeunesse", "jeunesse")))
    assert log.note(noted) == Note(audiences=("jeunesse",))


def test_what_is_not_said_stays_not_said(log: InquiryLog) -> None:
    assert log.note(log.add(Note())) == Note()


def test_noting_amending_voiding_and_giving_back_are_all_kept(log: InquiryLog, path: Path) -> None:
    noted = log.add(Note(people=1))
    other = log.add(Note(people=2))
    log.amend(noted, Note(people=4, outcome="answered"))
    assert log.note(noted).people == 4
    log.void(noted)
    assert log.count() == (1, 2)
    assert [row.voided for row in log.journal()] == [True, False]
    assert log.note(noted).people == 4
    log.amend(noted, Note(people=5))
    assert log.count() == (2, 7)
    assert [(row.number, row.id, row.voided, row.restored) for row in log.journal()] == [
        (1, noted, False, True),
        (2, other, False, False),
    ]
    assert events(path) == [
        (1, "add", noted),
        (2, "add", other),
        (3, "amend", noted),
        (4, "void", noted),
        (5, "amend", noted),
    ]
    with closing(sqlite3.connect(path)) as file:
        contents = [row[0] for row in file.execute("SELECT content FROM inquiry_event WHERE inquiry_id = ?", (noted,))]
    assert sorted(msgspec.json.decode(content)["note"].get("people", 1) for content in contents) == [1, 4, 4, 5]
    assert log.broken_links() == []


def test_the_journal_knows_what_was_done_last(log: InquiryLog) -> None:
    noted = log.add(Note(people=2))

    def done() -> tuple[bool, bool, bool]:
        [row] = log.journal()
        return row.voided, row.restored, row.amended

    assert done() == (False, False, False)
    log.void(noted)
    assert done() == (True, False, False)
    log.amend(noted, log.note(noted))
    assert done() == (False, True, False)
    log.amend(noted, Note(people=3))
    assert done() == (False, False, True)


def test_what_is_voided_already_is_voided_once(log: InquiryLog, path: Path) -> None:
    noted = log.add(Note())
    log.void(noted)
    log.void(noted)
    assert [action for _seq, action, _id in events(path)] == ["add", "void"]


def test_an_amended_note_keeps_its_day_and_hour(log: InquiryLog, clock: Clock) -> None:
    noted = log.add(Note())
    clock.now = datetime(2026, 11, 24, 16, 40, tzinfo=ZONE)
    log.amend(noted, Note(people=2))
    assert log.journal() == []
    assert [(row.id, row.hour) for row in log.journal(date(2026, 11, 23))] == [(noted, 10)]


def test_a_day_is_the_counters_own_day(log: InquiryLog, clock: Clock) -> None:
    clock.now = datetime.fromisoformat("2026-11-23T23:30:00+00:00")  # 00:30 in Geneva
    log.add(Note())
    assert log.today() == date(2026, 11, 24)
    assert [row.hour for row in log.journal(date(2026, 11, 24))] == [0]
    assert log.count(date(2026, 11, 23)) == (0, 0)


def test_two_counters_in_one_file_count_apart(path: Path, clock: Clock, log: InquiryLog) -> None:
    database = Database(path, WORDS)
    other = InquiryLog(database, clock, "there", WORDS)
    log.add(Note())
    other.add(Note(people=2))
    other.add(Note())
    assert (log.count(), other.count()) == ((1, 1), (2, 3))
    assert log.broken_links() == other.broken_links() == []
    with closing(sqlite3.connect(path)) as file:
        rows = file.execute("SELECT counter, seq FROM inquiry_event ORDER BY counter, seq").fetchall()
    assert rows == [("here", 1), ("there", 1), ("there", 2)]
    database.close()


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        (Note(people=0), "de 1 à 99"),
        (Note(people=100), "de 1 à 99"),
        (Note(audiences=("enfance", "jeunesse", "aines")), "deux publics au plus"),
        (Note(audiences=("population", "aines")), "«Toute la population» va sans autre public"),
        (Note(themes=("a", "b", "c", "d")), "trois thèmes au plus"),
        (Note(reason="full"), "Une raison ne va qu’avec"),
        (Note(outcome="answered", reason="full"), "Une raison ne va qu’avec"),
    ],
)
def test_a_note_that_contradicts_itself_is_refused(note: Note, sentence: str, log: InquiryLog, path: Path) -> None:
    noted = log.add(Note())
    for attempt in (lambda: log.add(note), lambda: log.amend(noted, note)):
        with pytest.raises(InputError, match=sentence) as raised:
            attempt()
        assert "Rien n’a été noté" in str(raised.value)
    assert events(path) == [(1, "add", noted)]


@pytest.mark.parametrize("name", ["channel", "effort", "outcome", "language", "origin", "first_contact", "mode"])
def test_free_text_has_no_way_into_the_log(name: str, log: InquiryLog, path: Path) -> None:
    with pytest.raises(InputError, match="pas de texte libre"):
        log.add(msgspec.structs.replace(Note(), **{name: "Mme Dupont, 022 300 12 34"}))
    with pytest.raises(InputError, match="pas de texte libre"):
        log.add(Note(themes=("Mme Dupont",)))
    with pytest.raises(InputError, match="pas à un texte"):
        log.add(Note(referrals=(Referral("chez Mme Dupont"),)))
    assert events(path) == []


def test_an_unknown_inquiry_is_said(log: InquiryLog) -> None:
    for attempt in (lambda: log.note("nix"), lambda: log.void("nix"), lambda: log.amend("nix", Note())):
        with pytest.raises(InputError, match="n’est pas dans le journal"):
            attempt()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE inquiry_event SET content = replace(content, '\"people\":2', '\"people\":9') WHERE seq = 3",
        "UPDATE inquiry_event SET content = CAST(replace(content, ':2', ':9') AS BLOB) WHERE seq = 3",
        "UPDATE inquiry_event SET inquiry_id = 'x' WHERE seq = 3",
        "UPDATE inquiry_event SET action = 'void' WHERE seq = 3",
        "UPDATE inquiry_event SET id = 'x' WHERE seq = 3",
        "UPDATE inquiry_event SET previous = 'x' WHERE seq = 3",
        "UPDATE inquiry_event SET hash = 'x' WHERE seq = 3",
        "UPDATE inquiry_event SET seq = 9 WHERE seq = 5",
        "DELETE FROM inquiry_event WHERE seq = 3",
        "DELETE FROM inquiry_event WHERE seq = 1",
    ],
)
def test_tampering_with_the_log_shows(tampering: str, log: InquiryLog, path: Path) -> None:
    for _ in range(5):
        log.add(Note(people=2))
    assert log.broken_links() == []
    with closing(sqlite3.connect(path)) as stranger:
        stranger.execute("DROP TRIGGER inquiry_event_stays")
        stranger.execute("DROP TRIGGER inquiry_event_is_kept")
        assert stranger.execute(tampering).rowcount == 1
        stranger.commit()
    assert log.broken_links()


def test_no_minute_is_stored_anywhere(log: InquiryLog, path: Path, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 23, 10, 47, 53, 987_654, tzinfo=ZONE)
    noted = log.add(FULL)
    log.amend(noted, Note(people=2))
    log.void(noted)
    stamp = int(clock.now.timestamp())
    for value in stored(path):
        told = value.decode("latin-1") if isinstance(value, bytes) else str(value)
        assert not any(part in told for part in ("10:47", "09:47", "10h47", "T10", "T09", str(stamp), "987654")), told
    with closing(sqlite3.connect(path)) as file:
        for event_id, inquiry_id in file.execute("SELECT id, inquiry_id FROM inquiry_event"):
            assert event_id[14] == inquiry_id[14] == "4", "a UUID of version 4 holds no time"


def stored(path: Path) -> Iterator[object]:
    """Every value of every table."""
    with closing(sqlite3.connect(path)) as file:
        tables = [row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in file.execute(f'SELECT * FROM "{table}"'):
                yield from row


NOTING = """
import sys
from pathlib import Path
from pointinfo import i18n
from pointinfo.clock import now
from pointinfo.database import Database
from pointinfo.inquiries import InquiryLog, Note
words = i18n.words("fr")
log = InquiryLog(Database(Path(sys.argv[1]), words), now, "here", words)
while True:
    print(log.add(Note(people=2)), flush=True)
"""


@pytest.mark.parametrize("acknowledged", [1, 40, 90])
def test_a_power_cut_loses_nothing_that_was_acknowledged(acknowledged: int, path: Path) -> None:
    """The program is killed while it notes as fast as it can."""
    with subprocess.Popen([sys.executable, "-c", NOTING, str(path)], stdout=subprocess.PIPE) as noting:
        assert noting.stdout is not None
        ready, _, _ = select.select([noting.stdout], [], [], 60)
        assert ready
        seen = [noting.stdout.readline() for _ in range(acknowledged)]
        os.kill(noting.pid, signal.SIGKILL)
        seen += [line for line in noting.stdout if line.endswith(b"\n")]
    ids = {line.decode().strip() for line in seen}
    database = Database(path, WORDS)
    log = InquiryLog(database, real_time, "here", WORDS)
    kept = {inquiry_id for _seq, _action, inquiry_id in events(path)}
    assert ids <= kept
    assert len(kept) - len(ids) <= 1, "at most the one that was on disk but not yet said"
    assert log.broken_links() == []
    assert database.problems() == []
    log.add(Note())
    assert log.broken_links() == []
    database.close()
