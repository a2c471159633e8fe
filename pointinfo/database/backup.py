"""Verified copies of a live database. Never a file copy: a WAL database copied as a file can miss what is committed."""

import sqlite3
from contextlib import closing
from pathlib import Path


def copy(path: Path, label: str) -> Path:
    """Copy the database at `path` into `backups/` beside it and check the copy. Returns the copy's path.

    Raises `sqlite3.DatabaseError` when the source can't be read or the copy isn't sound.
    """
    target = path.parent / "backups" / f"{path.stem}-{label}.sqlite"
    if target.exists():
        return target  # a copy of this day or version that is sound already is not risked for another
    target.parent.mkdir(exist_ok=True)
    fresh = target.with_suffix(".part")
    fresh.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source:
        source.execute("VACUUM INTO ?", (str(fresh),))
    with closing(sqlite3.connect(fresh)) as made:
        verdict = made.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        raise sqlite3.DatabaseError(f"backup {target}: {verdict}")
    fresh.replace(target)
    return target


def keep_newest(path: Path, count: int) -> None:
    """Remove the oldest daily copies of the database at `path` beyond `count`."""
    daily = sorted(path.parent.glob(f"backups/{path.stem}-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].sqlite"))
    for old in daily[:-count]:
        old.unlink()
