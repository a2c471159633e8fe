"""`python -m tests.speed`: the reference counter measured beside its floors, in one run."""

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pointinfo import __version__
from pointinfo.desk import open_desk
from tests.speed.build import PLAIN
from tests.speed.measure import FOLDER, Row, as_data, table
from tests.speed.town import Town, clock

PARTS: Final = (
    *("search", "painting", "start", "sheet", "paper", "noting", "keeping", "upkeep", "importing", "charts"),
    "reports",
)
QUERIES: Final = 200
PAINTED_EVERY: Final = 4
"""Of the queries, every fourth is typed into the window: painting takes longer than finding."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Build once, measure, print; 0 always: what the numbers are worth is for the reader to judge."""
    options = _options(arguments)
    print(_header(), flush=True)
    folder = options.data / f"{options.entries}-{options.inquiries}"
    built = _built(folder, options.entries, options.inquiries)
    print(_said(built), flush=True)
    rows: list[Row] = []
    for part in options.parts.split(","):
        fresh = _measured(part, folder, options)
        rows += fresh
        print(table(fresh), flush=True)
    if options.json:
        data = {"machine": _machine(), "built": built, "rows": as_data(rows)}
        options.json.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.speed", description=__doc__)
    parser.add_argument("--data", type=Path, default=FOLDER, metavar="DIR", help="where the built counters are kept")
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--inquiries", type=int, default=1_000_000)
    parser.add_argument("--quick", action="store_true", help="2,000 entries, 20,000 inquiries, fewer rounds")
    parser.add_argument("--parts", default=",".join(PARTS), help=f"some of {', '.join(PARTS)}, with commas")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers to a file, too")
    options = parser.parse_args(arguments)
    if options.quick:
        options.entries, options.inquiries = min(options.entries, 2_000), min(options.inquiries, 20_000)
    if unknown := set(options.parts.split(",")) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return options


def _built(folder: Path, entries: int, inquiries: int) -> dict[str, float]:
    """What building took, now or then."""
    told = folder / "built.json"
    if not told.exists():
        print(f"Building {entries:,} entries and {inquiries:,} inquiries in {folder} …", flush=True)
        command = [sys.executable, "-m", "tests.speed.build", str(folder), str(entries), str(inquiries)]
        subprocess.run(command, check=True)
    figures: dict[str, float] = json.loads(told.read_text(encoding="utf-8"))
    return figures


def _measured(part: str, folder: Path, options: argparse.Namespace) -> list[Row]:
    """One part; each is imported when it is measured, and has a desk of its own."""
    from tests.speed import charts, importing, keeping, noting, painting, paper, reporting, search, sheet, start, upkeep

    if part == "start":
        name = f"{options.entries:,} entries, {options.inquiries:,} inquiries"
        return start.measure(folder / "large", folder / "sample", name, 3 if options.quick else 5)
    if part == "importing":
        return importing.rows(folder, options.entries)
    if part == "charts":
        return charts.measure((4_800,) if options.quick else (1_000_000, 5_000_000), 3 if options.quick else 9)
    if part == "search" and not (folder / "peers" / "built.json").exists():
        print("Building the peers …", flush=True)
        subprocess.run([sys.executable, "-m", "tests.speed.peers", str(folder)], check=True)
    desk = open_desk(folder / "large", clock)
    try:
        if part == "sheet":
            return sheet.measure(desk, 3 if options.quick else 15)
        if part == "paper":
            return paper.measure(desk, 2 if options.quick else 5)
        if part == "reports":
            return reporting.measure(desk, folder / PLAIN, 3 if options.quick else 9)
        if part == "upkeep":
            return upkeep.measure(desk, 1 if options.quick else 5)
        if part == "keeping":
            rounds, looks = (30, 5) if options.quick else (300, 40)
            return keeping.measure_saving(desk, folder / PLAIN, rounds) + keeping.measure_looking(desk, looks)
        if part == "noting":
            rounds = 50 if options.quick else 300
            return noting.measure_noting(desk, folder / PLAIN, rounds) + noting.measure_figures(desk)
        queries = Town().queries(list(Town().entries(min(options.entries, 20_000))), 20 if options.quick else QUERIES)
        if part == "painting":
            return painting.measure(desk, queries[::PAINTED_EVERY])
        return search.measure(desk, folder, queries) + search.measure_rest(desk)
    finally:
        desk.close()


def _machine() -> dict[str, Any]:
    from PySide6.QtCore import qVersion

    return {
        "pointinfo": __version__,
        "python": platform.python_version(),
        "qt": qVersion(),
        "sqlite": sqlite3.sqlite_version,
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
    }


def _header() -> str:
    return " · ".join(f"{name} {value}" for name, value in _machine().items())


def _said(built: dict[str, float]) -> str:
    return (
        f"Directory.load, one transaction: {built['entries']:,} entries in {built['load_s']:.1f} s "
        f"({built['entries'] / built['load_s']:,.0f}/s), file {built['entries_mb']:.0f} MB, peak memory "
        f"{built['load_peak_mb']:.0f} MB ({built['before_load_mb']:.0f} before)\n"
        f"Inquiries, events chained and present rows in bulk: {built['inquiries']:,} in {built['inquiries_s']:.1f} s, "
        f"file {built['file_mb']:.0f} MB"
    )


if __name__ == "__main__":
    sys.exit(main())
