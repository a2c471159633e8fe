"""Opening the file, the pragmas, and the two ways in: `read()` and `write()`, one transaction each."""

import errno
import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from pointinfo.database import backup
from pointinfo.database.migrations import MIGRATIONS
from pointinfo.database.schema import Base
from pointinfo.errors import StorageDamagedError, StorageError, StorageFullError, StorageNewerError
from pointinfo.i18n import Words

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA cache_size = -32000",
)
NETWORK_FILESYSTEMS = {
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "davfs"),
    *("fuse.sshfs", "fuse.gvfsd-fuse", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone"),
}


class Database:
    """One counter's database file, open. Every use is one transaction that this class opens and closes."""

    def __init__(self, path: Path, words: Words) -> None:
        """Open `path`, creating or migrating it. Raises `StorageError` with a sentence, nothing touched."""
        self.path = path
        self._words = words
        self.writes = 0
        """Transactions committed here: whoever keeps something read compares it."""
        _refuse_network_share(path, words)
        _refuse_unwritable(path, words)
        self._engine = _engine(path)
        try:
            self._migrate()
        except (DatabaseError, sqlite3.DatabaseError) as error:
            self._engine.dispose()
            raise (self._said(error) or self._damaged()) from error  # a file that is not what its version says
        except StorageError:
            self._engine.dispose()
            raise

    def close(self) -> None:
        """Give the file back; the last connection folds the WAL into it."""
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the database and writes nothing."""
        with self._said_calmly(), Session(self._engine) as session:
            yield session
            session.rollback()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits as a whole at the end, or not at all. On disk when this returns."""
        engine = self._engine.execution_options(begin="BEGIN IMMEDIATE")
        with self._said_calmly(), Session(engine, expire_on_commit=False) as session, session.begin():
            yield session
        self.writes += 1

    def back_up(self, day: date) -> Path | None:
        """A verified copy of today in `backups/`, the newest seven days kept; None when it could not be made."""
        try:
            made = backup.copy(self.path, day.isoformat())
            backup.keep_newest(self.path, 7)
        except (OSError, sqlite3.DatabaseError):
            return None
        return made

    def problems(self) -> list[str]:
        """SQLite's own findings over the whole file, foreign keys included; empty when sound. Reads every page."""
        with self.read() as session:
            connection = session.connection()
            found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            there = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master")}
        missing = sorted(set(Base.metadata.tables) - there)
        return [
            *(line for line in found if line != "ok"),
            *(f"foreign key: {tuple(row)}" for row in orphans),
            *(f"no table {name}" for name in missing),
        ]

    def _migrate(self) -> None:
        version, newest = self._own_version(), MIGRATIONS[-1].number
        if 0 < version < newest:
            self._back_up(version)
        engine = self._engine.execution_options(begin="BEGIN IMMEDIATE")
        for migration in MIGRATIONS[version:]:
            with engine.begin() as connection:
                if int(connection.exec_driver_sql("PRAGMA user_version").scalar_one()) >= migration.number:
                    continue  # another program that opened the file at the same moment was first
                for statement in migration.statements:
                    connection.exec_driver_sql(statement)
                connection.exec_driver_sql(f"PRAGMA user_version = {migration.number}")

    def _own_version(self) -> int:
        """The `user_version` of a file that is ours, 0 when it is new. Raises `StorageError` for any other file."""
        if not self.path.exists() or not (
            self.path.stat().st_size or self.path.with_name(f"{self.path.name}-wal").exists()
        ):
            self._refuse_lost()
            return 0
        with closing(sqlite3.connect(_without_a_trace(self.path), uri=True)) as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        _ = self._words.gettext
        if tables and (version == 0 or "meta" not in tables):
            raise StorageDamagedError(
                _(
                    "Le fichier {file} n’est pas une base de données de PointInfo. Il n’a pas été touché. "
                    "Choisissez un autre dossier ou rétablissez une sauvegarde."
                ).format(file=self.path)
            )
        if version > MIGRATIONS[-1].number:
            raise StorageNewerError(
                _(
                    "La base de données {file} a été écrite par une version plus récente de PointInfo. "
                    "Elle n’a pas été touchée. Installez la nouvelle version sur ce poste."
                ).format(file=self.path)
            )
        return version

    def _refuse_lost(self) -> None:
        """A counter that has copies had data: what is missing now is not begun anew as if there had been none."""
        copies = sorted(
            self.path.parent.glob(f"backups/{self.path.stem}-*.sqlite"), key=lambda copy: copy.stat().st_mtime
        )
        if copies:
            _ = self._words.gettext
            raise StorageDamagedError(
                _(
                    "La base de données {file} manque ou est vide. Rien n’a été touché. Copiez à sa place la dernière "
                    "sauvegarde, {copy}, ou videz aussi le dossier des sauvegardes pour commencer un nouvel annuaire."
                ).format(file=self.path, copy=copies[-1])
            )

    def _back_up(self, version: int) -> None:
        """A copy of the file as this version wrote it; one of an earlier try is kept beside it."""
        tried = len(list(self.path.parent.glob(f"backups/{self.path.stem}-version-{version}-*.sqlite")))
        try:
            backup.copy(self.path, f"version-{version}-{tried + 1}")
        except (OSError, sqlite3.DatabaseError) as error:
            _ = self._words.gettext
            raise StorageError(
                _(
                    "La base de données {file} doit être mise à jour, mais sa sauvegarde n’a pas pu être faite. Elle "
                    "n’a pas été touchée. Vérifiez l’espace libre et les droits du dossier, puis recommencez."
                ).format(file=self.path)
            ) from error

    @contextmanager
    def _said_calmly(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            said = self._said(error)
            if said is None:
                raise
            raise said from error

    def _said(self, error: Exception) -> StorageError | None:
        """The sentence for what SQLite met in the world; None when it is a bug of ours."""
        original = getattr(error, "orig", error)
        code = getattr(original, "sqlite_errorcode", 0) & 0xFF
        _ = self._words.gettext
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            return self._damaged()
        if code == sqlite3.SQLITE_FULL:
            return StorageFullError(
                _(
                    "Le disque est plein : la dernière saisie n’a pas pu être enregistrée, tout ce qui précède "
                    "est sauf. Libérez de la place, puis recommencez."
                )
            )
        if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            return StorageError(
                _(
                    "Le dossier {folder} n’accepte pas d’écriture en ce moment. Ce qui était enregistré est sauf. "
                    "Vérifiez l’espace libre et les droits du dossier."
                ).format(folder=self.path.parent)
            )
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return StorageError(
                _("Un autre programme occupe la base de données. Rien n’est perdu : recommencez dans un instant.")
            )
        return None

    def _damaged(self) -> StorageDamagedError:
        _ = self._words.gettext
        return StorageDamagedError(
            _(
                "La base de données {file} est endommagée et ne peut pas être lue. Le fichier n’a pas été "
                "modifié. Rétablissez la dernière sauvegarde ou prévenez votre service informatique."
            ).format(file=self.path)
        )


def plain_rows(connection: Connection, statement: str, values: Sequence[object] = ()) -> list[Any]:
    """All rows as tuples, within the connection's transaction, past what SQLAlchemy does for each statement.

    For a key press, which takes a dozen of them.
    """
    plain = connection.connection.driver_connection
    assert isinstance(plain, sqlite3.Connection)  # noqa: S101 -- what `_engine` makes
    try:
        return plain.execute(statement, values).fetchall()
    except sqlite3.Error as error:
        raise DatabaseError(statement, None, error) from error


def _engine(path: Path) -> Engine:
    url = URL.create("sqlite", database=str(path))  # a folder's name may hold «?» or «%»
    # An error names the statement, never its parameters: they are what visitors said.
    engine = create_engine(url, hide_parameters=True, connect_args={"check_same_thread": False, "timeout": 5})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # pysqlite's own BEGIN comes too late for BEGIN IMMEDIATE
        for pragma in PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine


def _without_a_trace(path: Path) -> str:
    """The URI that looks into a file which may not be ours, and leaves it and its WAL as they are.

    An ordinary connection would fold the WAL into the file when it closes.
    """
    beside = {end: path.with_name(path.name + end).exists() for end in ("-journal", "-wal")}
    if beside["-journal"]:  # a write was cut off: nothing can be read before it is taken back
        return path.absolute().as_uri()
    # Read-only, SQLite would leave an empty WAL beside a file that has none.
    return path.absolute().as_uri() + ("?mode=ro" if beside["-wal"] else "?immutable=1")


def _refuse_unwritable(path: Path, words: Words) -> None:
    _ = words.gettext
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        probe = path.parent / f".écriture-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, "read-only file")
    except OSError as error:
        raise StorageError(
            _(
                "PointInfo ne peut pas écrire dans le dossier {folder}. Rien n’a été modifié. "
                "Demandez les droits d’écriture ou choisissez un autre dossier (--home)."
            ).format(folder=path.parent)
        ) from error


def _refuse_network_share(path: Path, words: Words) -> None:
    """SQLite's locks and WAL are not safe over a network file system (sqlite.org/wal.html, sqlite.org/faq.html#q5)."""
    if _filesystem(path) in NETWORK_FILESYSTEMS or str(path).startswith(("//", "\\\\")):
        _ = words.gettext
        raise StorageError(
            _(
                "Le dossier {folder} se trouve sur un partage réseau, où une base de données n’est pas en sécurité. "
                "Rien n’a été créé. Choisissez un dossier sur le disque de ce poste (--home)."
            ).format(folder=path.parent)
        )


def _filesystem(path: Path) -> str:
    """The file system type that holds `path` on Linux, "" elsewhere."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return ""
    target = str(path.resolve())
    best, kind = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _device, escaped, found, *_rest = line.split(" ")
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), escaped)  # getmntent(3)
        if (target + "/").startswith(point.rstrip("/") + "/") and len(point) >= len(best):
            best, kind = point, found
    return kind
