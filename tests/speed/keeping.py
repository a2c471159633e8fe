"""An entry kept up to date, at full size: saving it, opening its editor, its history, whether it is here already."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import Final
from uuid import uuid4

import msgspec

from pointinfo.database.engine import PRAGMAS
from pointinfo.database.schema import Wording
from pointinfo.desk import DATABASE, Desk
from pointinfo.directory.record import EntryRecord
from tests.speed.measure import Row, appended, in_turns, row

SAVING: Final = "an edited entry saved → on disk, with revision and index"
KEEPING: Final = "directory, an entry opened and compared"
CHANGED_OFTEN: Final = 2
"""The row of the entry with a long past."""
REVISIONS: Final = 1_000

_BARE: Final = "UPDATE entry SET contacts = ?, wordings = ?, head = ? WHERE uid = ?"
_LOGGED: Final = "INSERT INTO revision VALUES (?, ?, '[]', 'edit', 'Nadia', '', '2026-11-23T09:00:00+00:00', ?, '')"


def measure_saving(desk: Desk, plain_file: Path, rounds: int) -> list[Row]:
    """`Revisions.save` beside what plain sqlite3 takes for the row and its revision, in a copy of the same file."""
    edited = list(_edited(desk, rounds + 5))
    busy: list[float] = []

    def save(record: EntryRecord, base: str) -> None:
        started = process_time()
        desk.revisions.save(record, "Nadia", base=base)
        busy.append(process_time() - started)

    with closing(sqlite3.connect(plain_file, isolation_level=None)) as plain, appended(plain_file) as append:
        for pragma in PRAGMAS:
            plain.execute(pragma)
        bare, ours = iter(edited), iter(edited)
        works = (append, lambda: _put(plain, *next(bare)), lambda: save(*next(ours)))
        times = in_turns(works, rounds, warm_up=5)
    floor = "floor: sqlite3, update and insert, same file size"
    return [
        row(SAVING, "disk: append 500 bytes, fdatasync", times[0]),
        row(SAVING, floor, times[1]),
        row(SAVING, "PointInfo: Revisions.save", times[2], floor, f"processor p50 {1000 * median(busy):.2f} ms"),
    ]


def measure_looking(desk: Desk, rounds: int) -> list[Row]:
    """What an editor waits for: the form, the history, the entries that the typed one may be already."""
    from tests.speed.screen import Painted, opened

    long = desk.directory.rows([CHANGED_OFTEN])[0].uid
    _give_a_past(desk, long)
    uids = [each.uid for each in desk.directory.rows(range(3, 3 + 2 * (rounds + 2)))]
    records = [desk.revisions.present(uid).record for uid in uids]
    snapshots = "SELECT snapshot FROM revision WHERE entry_uid = ? ORDER BY rowid DESC"
    with closing(sqlite3.connect(desk.home / DATABASE)) as plain, opened(desk) as window:
        window.edit_entry(uids[0])
        view = window.directory.view("entries")
        editor, history = Painted(view.editor), Painted(view.history)  # type: ignore[attr-defined]
        to_open, to_compare, to_read = iter(uids[1:]), iter(records), iter(uids)

        def show_history() -> None:
            history.after(window.directory.show_history)

        def open_long() -> None:
            editor.after(partial(window.directory.open_entry, long))

        pairs: list[tuple[str, Callable[[], object], str, Callable[[], object]]] = [
            ("floor: the entry read", lambda: desk.revisions.present(next(to_read)),
             "PointInfo: its editor, filled and painted",
             lambda: editor.after(partial(window.directory.open_entry, next(to_open)))),
            ("floor: sqlite3, every name", lambda: plain.execute("SELECT count(name || city) FROM entry").fetchone(),
             "PointInfo: one entry against all, for duplicates",
             lambda: desk.duplicates.for_record(next(to_compare))),
            ("floor: sqlite3, the snapshots", lambda: plain.execute(snapshots, (long,)).fetchall(),
             f"PointInfo: {len(desk.revisions.steps(long)):,} revisions, listed", lambda: desk.revisions.steps(long)),
        ]  # fmt: skip
        rows = []
        for floor, bare, name, ours in pairs:
            times = in_turns((bare, ours), rounds)
            rows += [row(KEEPING, floor, times[0]), row(KEEPING, name, times[1], floor)]
        open_long()
        _opened, shown = in_turns((open_long, show_history), rounds)
        floor = pairs[-1][0]
        rows.append(row(KEEPING, "PointInfo: the same, as a page, painted", shown, floor))
    return rows


def _edited(desk: Desk, count: int) -> Iterator[tuple[EntryRecord, str]]:
    """Entries, each once, with a sentence more and another number; and the revision they were read at."""
    size = desk.directory.count()
    draw = Random()
    for uid in [each.uid for each in desk.directory.rows(draw.sample(range(3, size), count))]:
        present = desk.revisions.present(uid)
        record = present.record
        said = record.wordings.get("fr", Wording())
        said = msgspec.structs.replace(said, summary=f"{said.summary} Sur rendez-vous le mardi.")
        number = f"022 {draw.randint(300, 799)} {draw.randint(10, 99)} {draw.randint(10, 99)}"
        first = msgspec.structs.replace(record.contacts[0], value=number)
        contacts = (first, *record.contacts[1:])
        yield (
            msgspec.structs.replace(record, contacts=contacts, wordings=record.wordings | {"fr": said}),
            present.id,
        )


def _put(plain: sqlite3.Connection, record: EntryRecord, _base: str) -> None:
    revision = str(uuid4())
    contacts, wordings = (msgspec.json.encode(value).decode() for value in (record.contacts, record.wordings))
    plain.execute("BEGIN IMMEDIATE")
    plain.execute(_BARE, (contacts, wordings, revision, record.uid))
    plain.execute(_LOGGED, (revision, record.uid, msgspec.json.encode(record)))
    plain.execute("COMMIT")


def _give_a_past(desk: Desk, uid: str) -> None:
    present = desk.revisions.present(uid).record
    for number in range(len(desk.revisions.steps(uid)), REVISIONS):
        desk.revisions.save(msgspec.structs.replace(present, stop=f"Arrêt {number}"), "Nadia")
