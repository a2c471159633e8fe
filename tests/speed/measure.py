"""Times of the same work, taken in turns so that a machine that slows down slows product and floor alike."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import perf_counter, perf_counter_ns
from typing import Any, Final, NamedTuple

FOLDER: Final = Path(__file__).parent.parent.parent / "build" / "speed"
COMPILED: Final = FOLDER / "compiled"
"""Where the fresh processes keep compiled modules: the checkout stays as it is, whatever the environment says."""


class Row(NamedTuple):
    """One line of the table, in milliseconds. `floor` names the row of the same part that it is compared with."""

    part: str
    name: str
    p50: float
    p95: float
    times: int
    floor: str = ""
    remark: str = ""


def row(part: str, name: str, times: Sequence[float], floor: str = "", remark: str = "") -> Row:
    """A line from times in seconds."""
    ordered = sorted(times)
    last = len(ordered) - 1
    p50, p95 = (ordered[round(last * share)] * 1000 for share in (0.5, 0.95))
    return Row(part, name, p50, p95, len(ordered), floor, remark)


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    started = perf_counter()
    work()
    return perf_counter() - started


def in_turns(works: Sequence[Callable[[], object]], rounds: int, warm_up: int = 1) -> list[list[float]]:
    """Seconds of every call of each work, taken one after the other, round after round."""
    for work in works:
        for _round in range(warm_up):
            work()
    times: list[list[float]] = [[] for _work in works]
    for _round in range(rounds):
        for work, kept in zip(works, times, strict=True):
            kept.append(timed(work))
    return times


class appended:  # noqa: N801 -- read as a function: «with appended(file) as append»
    """A file beside `file` that grows by 500 bytes on disk at every call."""

    def __init__(self, file: Path) -> None:
        self._file = file.with_suffix(".append")

    def __enter__(self) -> Callable[[], None]:
        self._descriptor = os.open(self._file, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        sync = getattr(os, "fdatasync", os.fsync)

        def append() -> None:
            os.write(self._descriptor, b"x" * 500)
            sync(self._descriptor)

        return append

    def __exit__(self, *_error: object) -> None:
        os.close(self._descriptor)
        self._file.unlink()


def child(what: object, *arguments: object) -> str:
    """What `tests.speed.child` says of one first time in a fresh process, its modules compiled as after an install."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(COMPILED)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = str(perf_counter_ns())
    command = [sys.executable, "-m", "tests.speed.child", started, str(what), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return done.stdout.strip()


def table(rows: Iterable[Row]) -> str:
    """The rows under each other, every part with its ratios to the floor."""
    listed = list(rows)
    known = {(each.part, each.name): each for each in listed}
    lines = []
    part = ""
    for each in listed:
        if each.part != part:
            part = each.part
            lines += ["", f"{part:<58}{'p50 ms':>10}{'p95 ms':>10}{'× p50':>8}{'× p95':>8}{'n':>7}"]
        floor = known.get((each.part, each.floor))
        ratios = f"{each.p50 / floor.p50:>8.1f}{each.p95 / floor.p95:>8.1f}" if floor else " " * 16
        remark = f"  {each.remark}" if each.remark else ""
        lines.append(f"  {each.name:<56}{each.p50:>10.2f}{each.p95:>10.2f}{ratios}{each.times:>7}{remark}")
    return "\n".join(lines)


def as_data(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The rows for a file."""
    return [each._asdict() for each in rows]
