"""One file, two ways in, all or nothing; what the world does to it is said calmly."""

import errno
import os
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from pointinfo import i18n
from pointinfo.database import Database, backup, engine
from pointinfo.database.migrations import MIGRATIONS, Migration
from pointinfo.database.schema import Meta
from pointinfo.errors import StorageDamagedError, StorageError, StorageFullError, StorageNewerError

WORDS = i18n.words("fr")
NEWEST = MIGRATIONS[-1].number
NEXT = Migration(NEWEST + 1, "a table more", ("CREATE TABLE more (id INTEGER PRIMARY KEY)",))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database will lie."""
    return tmp_path / "pointinfo.sqlite"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    """An open, empty database."""
    opened = Database(path, WORDS)
    yield opened
    opened.close()


def keep(database: Database, key: str, value: str = "") -> None:
    with database.write() as session:
        session.add(Meta(key=key, value=value))


def keys(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Meta.key).order_by(Meta.key)))


def pragma(database: Database, name: str) -> object:
    with database.read() as session:
        return session.scalar(text(f"PRAGMA {name}"))


def test_what_is_committed_survives_a_power_cut_and_keys_are_enforced(database: Database) -> None:
    assert pragma(database, "journal_mode") == "wal"
    assert pragma(database, "synchronous") == 2  # FULL
    assert pragma(database, "foreign_keys") == 1
    assert pragma(database, "user_version") == MIGRATIONS[-1].number


def test_a_link_to_nothing_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(text("INSERT INTO entry_term (entry_id, term_id) VALUES (1, 1)"))


def test_a_reader_sees_one_moment_while_others_write(database: Database) -> None:
    with database.read() as session:
        assert session.scalars(select(Meta.key)).all() == []
        keep(database, "written meanwhile")
        assert session.scalars(select(Meta.key)).all() == []
    assert keys(database) == ["written meanwhile"]


def test_a_write_that_fails_half_way_leaves_nothing(database: Database) -> None:
    def half() -> None:
        with database.write() as session:
            session.add(Meta(key="first half", value=""))
            session.flush()
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        half()
    assert keys(database) == []


def test_two_writers_wait_for_each_other(database: Database) -> None:
    def often(name: str) -> None:
        for number in range(20):
            keep(database, f"{name} {number}")

    writers = [threading.Thread(target=often, args=(name,)) for name in ("left", "right")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(keys(database)) == 40


def test_a_bug_of_ours_is_not_blamed_on_the_disk(database: Database) -> None:
    keep(database, "once")
    with pytest.raises(IntegrityError):
        keep(database, "once")


def test_an_error_never_repeats_what_a_visitor_said(database: Database) -> None:
    with pytest.raises(OperationalError) as raised, database.read() as session:
        session.connection().exec_driver_sql("SELECT 1 FROM entry_words WHERE entry_words MATCH ?", ('"zanzibar',))
    assert "zanzibar" not in str(raised.value)


@pytest.mark.parametrize("table", ["revision", "inquiry_event"])
@pytest.mark.parametrize("change", ["UPDATE {table} SET id = 'other'", "DELETE FROM {table}"])
def test_history_can_be_added_to_but_not_rewritten(table: str, change: str, database: Database, path: Path) -> None:
    with closing(sqlite3.connect(path)) as stranger:
        columns = [row[1] for row in stranger.execute(f"PRAGMA table_info({table})")]
        values = ",".join({"seq": "1", "action": "'add'"}.get(column, "'x'") for column in columns)
        stranger.execute(f"INSERT INTO {table} VALUES ({values})")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            stranger.execute(change.format(table=table))


def test_the_folder_may_bear_any_name(tmp_path: Path) -> None:
    path = tmp_path / "C’est où ? 100 %#é; mode=ro" / "pointinfo.sqlite"
    database = Database(path, WORDS)
    keep(database, "here")
    database.close()
    assert path.is_file()
    assert [found.name for found in tmp_path.iterdir()] == [path.parent.name]


def test_closing_leaves_one_file(path: Path) -> None:
    Database(path, WORDS).close()
    assert [found.name for found in path.parent.iterdir()] == ["pointinfo.sqlite"]


def test_a_file_that_another_program_makes_at_the_same_moment_is_made_once(path: Path) -> None:
    class Slow(Database):
        """Asks for the version; before it goes on, another program is done."""

        def _own_version(self) -> int:
            version = super()._own_version()
            other = Database(self.path, WORDS)
            keep(other, "of the other")
            other.close()
            return version

    slow = Slow(path, WORDS)
    assert keys(slow) == ["of the other"]
    slow.close()


def test_a_migration_makes_a_sound_backup_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Database(path, WORDS)
    keep(before, "before")
    before.close()
    monkeypatch.setattr(engine, "MIGRATIONS", (*MIGRATIONS, NEXT))
    after = Database(path, WORDS)
    assert pragma(after, "user_version") == NEWEST + 1
    assert keys(after) == ["before"]
    after.close()
    [copy] = (path.parent / "backups").iterdir()
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert kept.execute("PRAGMA user_version").fetchone() == (NEWEST,)
        assert kept.execute("SELECT key FROM meta").fetchall() == [("before",)]


def test_a_new_file_needs_no_backup(path: Path) -> None:
    Database(path, WORDS).close()
    assert not (path.parent / "backups").exists()


def test_a_migration_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Database(path, WORDS).close()
    wrong = Migration(NEWEST + 1, "wrong", ("CREATE TABLE more (id INTEGER)", "CREATE TABLE meta (id INTEGER)"))
    monkeypatch.setattr(engine, "MIGRATIONS", (*MIGRATIONS, wrong))
    with pytest.raises(StorageDamagedError, match="endommagée") as caught:
        Database(path, WORDS)
    assert "already exists" in str(caught.value.__cause__)
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA user_version").fetchone() == (NEWEST,)
        assert file.execute("SELECT count(*) FROM sqlite_master WHERE name = 'more'").fetchone() == (0,)


@pytest.mark.parametrize("lost", [Path.unlink, lambda path: path.write_bytes(b"")], ids=["missing", "empty"])
def test_a_database_that_got_lost_is_not_begun_anew_beside_its_copies(
    path: Path, lost: Callable[[Path], object]
) -> None:
    Database(path, WORDS).close()
    copy = backup.copy(path, "2026-11-23")
    lost(path)
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(StorageDamagedError, match=re.escape(str(copy))):
        Database(path, WORDS)
    assert (path.read_bytes() if path.exists() else None) == before


def test_a_first_start_that_was_cut_off_begins_anew(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    database = Database(path, WORDS)
    assert pragma(database, "user_version") == NEWEST
    database.close()


def test_a_table_that_is_gone_is_a_problem(database: Database) -> None:
    with database.write() as session:
        session.connection().exec_driver_sql("DROP TABLE draft")
    assert database.problems() == ["no table draft"]


def test_without_a_backup_there_is_no_migration(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Database(path, WORDS).close()
    (path.parent / "backups").write_text("a file where the folder should be")
    monkeypatch.setattr(engine, "MIGRATIONS", (*MIGRATIONS, NEXT))
    before = path.read_bytes()
    with pytest.raises(StorageError, match="sauvegarde n’a pas pu être faite"):
        Database(path, WORDS)
    assert path.read_bytes() == before


def test_a_backup_holds_what_is_still_in_the_wal(database: Database, path: Path) -> None:
    keep(database, "only in the wal yet")
    copy = backup.copy(path, "essai")
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT key FROM meta").fetchall() == [("only in the wal yet",)]


def of_another_program(path: Path, version: int = 0) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE moz_places (url TEXT)")
        other.execute(f"PRAGMA user_version = {version}")
        other.commit()


def damaged(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        Database(path, WORDS).close()
        path.write_bytes(change(path.read_bytes()))

    return damage


def newer(path: Path) -> None:
    Database(path, WORDS).close()
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("spoil", "error", "sentence"),
    [
        pytest.param(damaged(lambda sound: os.urandom(len(sound))), StorageDamagedError, "endommagée", id="noise"),
        pytest.param(damaged(lambda sound: bytes(len(sound))), StorageDamagedError, "endommagée", id="zeros"),
        pytest.param(damaged(lambda sound: sound[: len(sound) // 2]), StorageDamagedError, "endommagée", id="half"),
        pytest.param(damaged(lambda sound: sound[:50]), StorageDamagedError, "endommagée", id="50 bytes"),
        pytest.param(of_another_program, StorageDamagedError, "n’est pas une base de données de PointInfo", id="other"),
        pytest.param(
            lambda path: of_another_program(path, 1), StorageDamagedError, "n’est pas une base", id="other, version 1"
        ),
        pytest.param(
            lambda path: of_another_program(path, 75), StorageDamagedError, "n’est pas une base", id="other, version 75"
        ),
        pytest.param(newer, StorageNewerError, "plus récente", id="newer"),
    ],
)
def test_a_file_that_cannot_be_used_is_left_byte_for_byte_as_it_is(
    spoil: Callable[[Path], None], error: type[StorageError], sentence: str, path: Path
) -> None:
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(error, match=sentence) as raised:
        Database(path, WORDS)
    assert str(path) in str(raised.value)
    assert path.read_bytes() == before
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_a_newer_file_copied_while_it_was_open_keeps_its_wal(path: Path) -> None:
    """What the newer program wrote last, its version included, may stand in the WAL only."""
    source = path.with_name("source.sqlite")
    Database(source, WORDS).close()
    with closing(sqlite3.connect(source)) as open_elsewhere:
        open_elsewhere.execute("PRAGMA user_version = 99")
        open_elsewhere.execute("INSERT INTO meta VALUES ('written by the newer one', '')")
        open_elsewhere.commit()
        for end in ("", "-wal"):
            path.with_name(path.name + end).write_bytes(source.with_name(source.name + end).read_bytes())
    before = {end: path.with_name(path.name + end).read_bytes() for end in ("", "-wal")}
    with pytest.raises(StorageNewerError, match="plus récente"):
        Database(path, WORDS)
    assert {end: path.with_name(path.name + end).read_bytes() for end in ("", "-wal")} == before
    with closing(sqlite3.connect(path)) as newer_program:
        assert newer_program.execute("SELECT key FROM meta").fetchall() == [("written by the newer one",)]


def test_a_first_write_that_a_power_cut_stopped_is_taken_back(path: Path) -> None:
    script = f"""
import os, sqlite3
connection = sqlite3.connect({str(path)!r}, isolation_level=None)
connection.execute("CREATE TABLE meta (key, value)")
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN")
connection.execute("INSERT INTO meta SELECT value, zeroblob(9000) FROM json_each('[1,2,3,4,5,6,7,8]')")
connection.execute("DROP TABLE meta")
os._exit(1)
"""
    subprocess.run([sys.executable, "-c", script], check=False)
    assert path.with_name(path.name + "-journal").exists()
    with pytest.raises(StorageDamagedError, match="n’est pas une base"):
        Database(path, WORDS)
    assert not path.with_name(path.name + "-journal").exists()


def test_damage_in_the_middle_is_said_when_it_is_met(path: Path) -> None:
    first = Database(path, WORDS)
    for number in range(2000):
        with first.write() as session:
            session.add_all(Meta(key=f"{number}-{part}", value="x" * 100) for part in range(5))
        if number == 40:
            break
    first.close()
    sound = path.read_bytes()
    page = sound.index(b"20-2")
    start = page - page % 4096
    path.write_bytes(sound[:start] + b"\xff" * 4096 + sound[start + 4096 :])
    opened = Database(path, WORDS)
    try:
        with pytest.raises(StorageDamagedError, match="endommagée"):
            keys(opened)
    finally:
        opened.close()


def test_a_tie_that_leads_nowhere_is_a_problem_of_the_file(database: Database, path: Path) -> None:
    assert database.problems() == []
    with closing(sqlite3.connect(path)) as stranger:
        stranger.execute("INSERT INTO entry_link VALUES (77, 'see_first', 78, 0)")
        stranger.commit()
    assert any("entry_link" in problem for problem in database.problems())


def test_a_full_disk_keeps_what_was_there(database: Database) -> None:
    keep(database, "before")
    with database.write() as session:
        session.execute(text("PRAGMA max_page_count = 1"))  # SQLite takes the size it has
    with pytest.raises(StorageFullError, match=r"Le disque est plein.*tout ce qui précède est sauf"):
        keep(database, "too much", "x" * 1_000_000)
    assert keys(database) == ["before"]
    with database.write() as session:
        session.execute(text("PRAGMA max_page_count = 1000000"))
    keep(database, "with room again")
    assert keys(database) == ["before", "with room again"]


def test_a_file_that_may_not_grow_keeps_what_was_there(path: Path) -> None:
    """A quota, as the system itself enforces it."""
    script = f"""
import resource, signal, sys
from pathlib import Path
from pointinfo import i18n
from pointinfo.database import Database
from pointinfo.database.schema import Meta
from pointinfo.errors import StorageError
database = Database(Path({str(path)!r}), i18n.words("fr"))
with database.write() as session:
    session.add(Meta(key="before", value=""))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
try:
    with database.write() as session:
        session.add(Meta(key="too much", value="x" * 3_000_000))
except StorageError as error:
    print(error)
    sys.exit(error.exit_code)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (4, "")
    assert "est sauf" in done.stdout
    opened = Database(path, WORDS)
    assert keys(opened) == ["before"]
    opened.close()


def test_a_folder_that_takes_no_file_is_said_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StorageError, match=r"ne peut pas écrire dans le dossier .*file/sub"):
        Database(tmp_path / "file" / "sub" / "pointinfo.sqlite", WORDS)
    assert [found.name for found in tmp_path.iterdir()] == ["file"]


def test_a_write_protected_folder_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a disk mounted read-only answers; root may write anywhere else."""

    def refused(*_: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "write_bytes", refused)
    with pytest.raises(StorageError, match="Rien n’a été modifié"):
        Database(path, WORDS)


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "fuse.gvfsd-fuse", "davfs", "ceph"])
def test_a_network_share_is_refused(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share = tmp_path / "partage du service"
    share.mkdir()
    mounted(monkeypatch, f"server:/x {str(share).replace(' ', chr(92) + '040')} {kind} rw 0 0")
    with pytest.raises(StorageError, match=r"partage réseau.*Rien n’a été créé"):
        Database(share / "pointinfo" / "pointinfo.sqlite", WORDS)
    assert list(share.iterdir()) == []


def test_a_link_to_a_network_share_is_refused_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (tmp_path / "mine").symlink_to(share)
    mounted(monkeypatch, f"server:/x {share} nfs rw 0 0")
    with pytest.raises(StorageError, match="partage réseau"):
        Database(tmp_path / "mine" / "pointinfo.sqlite", WORDS)


def test_a_local_disk_inside_a_network_share_is_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted(monkeypatch, f"server:/x {tmp_path} nfs rw 0 0", f"/dev/sdb1 {disk} ext4 rw 0 0")
    Database(disk / "pointinfo.sqlite", WORDS).close()


def mounted(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Make the system's list of mounts read like this."""
    read = Path.read_text

    def listed(file: Path, *arguments: str, **named: str) -> str:
        if file == Path("/proc/self/mounts"):
            return "\n".join(("/dev/sda1 / ext4 rw 0 0", *lines)) + "\n"
        return read(file, *arguments, **named)

    monkeypatch.setattr(Path, "read_text", listed)


def test_each_day_has_one_verified_copy_and_seven_are_kept(database: Database) -> None:
    made = None
    for day in range(1, 10):
        keep(database, f"day {day}")
        made = database.back_up(date(2026, 11, day))
        assert made is not None
        assert made.name.endswith(f"2026-11-0{day}.sqlite")
    keep(database, "later the same day")
    assert database.back_up(date(2026, 11, 9)) == made
    copies = sorted(file.name[-15:-7] for file in (database.path.parent / "backups").iterdir())
    assert copies == [f"26-11-0{day}" for day in range(3, 10)]
    assert made is not None
    copy = Database(made, i18n.words("fr"))
    try:
        assert "day 9" in keys(copy)
    finally:
        copy.close()
