"""Process start to a window on the screen: `pointinfo gui` against a bare PySide6 window, each in its own process."""

from pathlib import Path
from typing import Final

from tests.speed.measure import Row, child, row

PART: Final = "start → window on the screen"
FLOOR: Final = "floor: a bare PySide6 window"


def measure(large: Path, sample: Path, large_name: str, rounds: int) -> list[Row]:
    """The first round reads from a colder disk and is told apart; then `rounds` in turns."""
    starts: dict[str, tuple[object, ...]] = {
        FLOOR: ("bare",),
        "PointInfo: demonstration directory": ("window", sample),
        f"PointInfo: {large_name}": ("window", large),
    }
    first = {name: _seconds(arguments) for name, arguments in starts.items()}
    times: dict[str, list[float]] = {name: [] for name in starts}
    for _round in range(rounds):
        for name, arguments in starts.items():
            times[name].append(_seconds(arguments))
    return [
        row(PART, name, taken, "" if name == FLOOR else FLOOR, f"first {1000 * first[name]:.0f}")
        for name, taken in times.items()
    ]


def _seconds(arguments: tuple[object, ...]) -> float:
    return float(child(*arguments))
