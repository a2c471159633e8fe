"""An import of a large CSV file, measured: `python -m tests.speed.importing FOLDER [ENTRIES]`.

The file is what a town would send: one row an entry, 25 columns under French headings, guessed as for any new source.
Floor: the same rows read with `csv` and put into a plain FTS5 table of the same kind, nothing kept beside it.
"""

import csv
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from time import perf_counter, process_time
from typing import Final

from pointinfo.database.schema import Wording
from pointinfo.desk import open_desk
from pointinfo.directory.record import EntryRecord
from tests.speed.build import peak_mb
from tests.speed.measure import Row, row
from tests.speed.town import Town, clock

HEADINGS: Final = (
    *("id", "nom", "genre", "sigle", "autres noms", "résumé", "conditions", "inscription", "tarif", "rue", "npa"),
    *("localité", "arrêt", "téléphone", "courriel", "site internet", "horaire", "source", "mise à jour", "publics"),
    *("sujets", "langues parlées", "quartier", "territoire", "couleur"),
)
ENTRIES: Final = 100_000
GOAL_S: Final = 20.0
GOAL_MB: Final = 400.0
"""For so many entries, looked through, written and indexed."""

PART: Final = "exchange, a CSV file of {count:,} entries"


def rows(folder: Path, count: int) -> list[Row]:
    """The import in a process of its own, beside its floor and, at full size, the goal."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.speed.importing", "--json", str(folder), str(count)]
    took = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    part, floor = PART.format(count=count), "floor: csv and FTS5, every cell in one index"
    both, busy = took["preview_s"] + took["bring_in_s"], took["preview_cpu_s"] + took["bring_in_cpu_s"]
    goal = ""
    if count == ENTRIES:
        is_met = both <= GOAL_S and took["peak_mb"] <= GOAL_MB
        goal = f"goal {GOAL_S:.0f} s and {GOAL_MB:.0f} MB: {'met' if is_met else 'not met'}, "
    remark = f"{goal}processor {busy:.1f} s, peak {took['peak_mb']:.0f} MB"
    return [
        row(part, floor, [took["floor_s"]], remark=f"processor {took['floor_cpu_s']:.1f} s"),
        row(part, "PointInfo: looked through", [took["preview_s"]], floor),
        row(part, "PointInfo: brought in and indexed", [took["bring_in_s"]], floor),
        row(part, "PointInfo: both", [both], floor, remark),
    ]


def write(file: Path, count: int) -> None:
    """The file: always the same for the same number of entries."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(HEADINGS)
        writer.writerows(_row(record) for record in Town().entries(count))


def measure(folder: Path, count: int) -> dict[str, float]:
    """Look through the file and bring it in, in a new counter; what that took."""
    file = folder / f"town-{count}.csv"
    if not file.exists():
        subprocess.run([sys.executable, "-m", "tests.speed.importing", "--write", str(file), str(count)], check=True)
    home = folder / "importing"
    shutil.rmtree(home, ignore_errors=True)
    desk = open_desk(home, clock)
    took: dict[str, float] = {"before_mb": peak_mb()}
    wall, cpu = perf_counter(), process_time()
    preview = desk.exchange.preview(file, source="town")
    took["preview_s"], took["preview_cpu_s"] = perf_counter() - wall, process_time() - cpu
    wall, cpu = perf_counter(), process_time()
    desk.exchange.bring_in(preview, "speed")
    took["bring_in_s"], took["bring_in_cpu_s"] = perf_counter() - wall, process_time() - cpu
    took["peak_mb"] = peak_mb()
    took["new"] = preview.counts.new
    desk.close()
    took["floor_s"], took["floor_cpu_s"] = _floor(file, folder / "floor.sqlite")
    return took


def _floor(file: Path, database: Path) -> tuple[float, float]:
    """Seconds, and seconds of the processor."""
    database.unlink(missing_ok=True)
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(name, body, detail = column, prefix = '1 2 3 4 5')")
    started, cpu = perf_counter(), process_time()
    connection.execute("BEGIN")
    with file.open(encoding="utf-8", newline="") as stream:
        rows = ((row[1], " ".join(row[2:])) for row in csv.reader(stream, delimiter=";"))
        connection.executemany("INSERT INTO words VALUES (?, ?)", rows)
    connection.execute("COMMIT")
    took = perf_counter() - started, process_time() - cpu
    connection.close()
    return took


def _row(record: EntryRecord) -> list[str]:
    said = record.wordings.get("fr", Wording())
    terms = record.terms
    contacts = {contact.kind: contact.value for contact in record.contacts}
    names = {name.kind: name.text for name in record.names}
    return [
        *(record.uid, record.name, record.kind, names.get("acronym", ""), names.get("alias", "")),
        *(said.summary, said.eligibility, said.how_to_apply, said.fee),
        *(record.street, record.postcode, record.city, record.stop),
        *(contacts.get("phone", ""), contacts.get("email", ""), contacts.get("web", "")),
        *(record.hours, record.source, record.as_of),
        *(" | ".join(terms.get(name, ())) for name in ("audience", "topic", "language", "neighbourhood", "area")),
        "bleu",
    ]


if __name__ == "__main__":
    if sys.argv[1] == "--write":
        write(Path(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1] == "--json":
        print(json.dumps(measure(Path(sys.argv[2]), int(sys.argv[3]))))
    else:
        for name, value in measure(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ENTRIES).items():
            print(f"{name:>16} {value:10.1f}")
