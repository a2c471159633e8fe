"""Builds the counters that are measured, once: `python -m tests.speed.build FOLDER ENTRIES INQUIRIES`.

Entries go in through the product's own `Directory.load`, in one transaction. Inquiries take a bulk path, because a
durable commit each would take minutes: the same events, numbered and hash-chained, and the same present rows as
`InquiryLog.add` writes, in one transaction with a large page cache. `InquiryLog.broken_links` vouches for the chain.
"""

import json
import shutil
import sys
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import insert

from pointinfo import i18n
from pointinfo.database import Database
from pointinfo.database.schema import Inquiry, InquiryEvent, Meta
from pointinfo.desk import DATABASE, open_desk
from pointinfo.directory import Calendar, Directory
from pointinfo.inquiries import Note
from tests.speed.town import Town, clock

COUNTER: Final = str(UUID(int=0x5EED, version=4))
PLAIN: Final = "plain.sqlite"
"""A copy of the large file, for what plain sqlite3 does with one of its size."""

_CHUNK: Final = 10_000


def build(folder: Path, entries: int, inquiries: int) -> dict[str, float]:
    """Fill `folder`: `large/` and `sample/` are homes, `PLAIN` a copy. Returns what it took."""
    shutil.rmtree(folder, ignore_errors=True)
    home = folder / "large"
    home.mkdir(parents=True)
    file = home / DATABASE
    took: dict[str, float] = {"entries": entries, "inquiries": inquiries}
    words = i18n.words("fr")
    database = Database(file, words)
    with database.write() as session:
        session.add(Meta(key="counter", value=COUNTER))
    directory = Directory(database, clock, COUNTER, words, Calendar())
    took["generate_s"] = _timed(lambda: sum(1 for _ in Town().entries(entries)))
    took["before_load_mb"] = peak_mb()
    started = perf_counter()
    directory.load(Town().entries(entries))
    took["load_s"] = perf_counter() - started - took["generate_s"]
    took["load_peak_mb"] = peak_mb()
    database.close()
    took["entries_mb"] = file.stat().st_size / 1e6
    database = Database(file, words)
    took["inquiries_s"] = _timed(lambda: _note_all(database, inquiries, entries))
    database.close()
    took["file_mb"] = file.stat().st_size / 1e6
    shutil.copyfile(file, folder / PLAIN)
    open_desk(folder / "sample", clock).close()
    return took


def _note_all(database: Database, count: int, entries: int) -> None:
    with database.write() as session:
        session.connection().exec_driver_sql("PRAGMA cache_size = -600000")
        rows = _rows(count, entries)
        while chunk := list(islice(rows, _CHUNK)):
            session.execute(insert(InquiryEvent), [event for event, _ in chunk])
            session.execute(insert(Inquiry), [present for _, present in chunk])


def _rows(count: int, entries: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The event and the present row of each inquiry; the chain as `InquiryLog` writes it."""
    previous = ""
    for seq, (event_id, inquiry_id, event) in enumerate(Town().inquiries(count, entries), 1):
        content = msgspec.json.encode(event)
        head = "\n".join((previous, str(seq), event_id, inquiry_id, "add", ""))
        link = sha256(head.encode() + content).hexdigest()
        noted = {
            "counter": COUNTER, "seq": seq, "id": event_id, "inquiry_id": inquiry_id, "action": "add",
            "content": content, "previous": previous, "hash": link,
        }  # fmt: skip
        present = {name: getattr(event.note, name) for name in Note.__struct_fields__} | {
            "id": inquiry_id, "counter": COUNTER, "day": event.day, "hour": event.hour, "codes": event.codes,
            "referrals": msgspec.to_builtins(event.note.referrals), "voided": False,
        }  # fmt: skip
        yield noted, present
        previous = link


def _timed(work: Any) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def peak_mb() -> float:
    """The most memory this process has held; 0 where the system doesn't say."""
    try:
        import resource
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    figures = build(target, int(sys.argv[2]), int(sys.argv[3]))
    (target / "built.json").write_text(json.dumps(figures))
