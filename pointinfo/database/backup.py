"""Verified copies of a live database. Never a file copy: a WAL database copied as a file can miss what is committed."""

import sqlite3
from contextlib import closing
from pathlib import Path


def copy(path: Path, label: str) -> Path:
    """Copy the database at `path` into `backups/` beside it and check the copy. Returns the copy's path.

    Raises `sqlite3.DatabaseError` when the source can't be read or the copy isn't sound.
    """
    target = path.parent / "backups" / f"{path.stem}-{label}.sqlite"
    target.parent.mkdir(exist_ok=True)
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source:
        source.execute("VACUUM INTO ?", (str(target),))
    with closing(sqlite3.connect(target)) as made:
        verdict = made.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        raise sqlite3.DatabaseError(f"backup {target}: {verdict}")
    return target
