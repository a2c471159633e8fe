"""What keeps a directory true, at full size: what is due, the quality of all entries, what contradicts itself."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

from pointinfo.desk import DATABASE, Desk
from tests.speed.measure import Row, in_turns, row

PART = "directory, what keeps it true"
FLOOR = "floor: sqlite3, one look at every entry"


def measure(desk: Desk, rounds: int) -> list[Row]:
    """Each in turn beside one plain scan of the table."""
    uid = desk.directory.rows([1])[0].uid
    with closing(sqlite3.connect(desk.home / DATABASE)) as plain:
        scan = "SELECT sum(length(wordings)) FROM entry WHERE status <> 'closed'"
        works: dict[str, Callable[[], object]] = {
            FLOOR: lambda: plain.execute(scan).fetchone(),
            "five entries to call today": lambda: desk.verification.to_call(5),
            "200 entries due of one kind": lambda: desk.verification.due(200, "service"),
            "how many are due, how many done today": lambda: (
                desk.verification.count_due(),
                desk.verification.done_today(),
            ),
            "the score of one entry, with its reasons": lambda: desk.quality.score(uid),
            "the quality of the whole directory": desk.quality.summary,
            "the entries behind a figure": lambda: desk.quality.lacking("hours"),
            "every contradiction": desk.contradictions.find,
        }
        times = in_turns(list(works.values()), rounds)
    return [row(PART, name, taken, "" if name == FLOOR else FLOOR) for name, taken in zip(works, times, strict=True)]
