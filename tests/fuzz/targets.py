"""What is fuzzed: each target puts bytes in a file and has the product look through it, as an import does."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Final, NamedTuple

from pointinfo import i18n
from pointinfo.database import Database
from pointinfo.directory import Calendar, Directory, Exchange
from pointinfo.errors import InputError
from tests.fuzz import seeds
from tests.speed.town import clock

SLOWEST: Final = 10.0
"""Seconds after which a small file counts as a hang."""

WORDS: Final = i18n.words("fr")


class Target(NamedTuple):
    """One kind of file: its ending, and sound examples that are mutated."""

    name: str
    suffix: str
    seeds: Callable[[], list[bytes]]


TARGETS: Final = (
    Target("csv", ".csv", seeds.csv),
    Target("xlsx", ".xlsx", seeds.xlsx),
    Target("jsonl", ".jsonl", seeds.jsonl),
    Target("vcard", ".vcf", seeds.vcard),
)
"""Another reader is fuzzed with one more line here and its examples in `seeds`."""


class Bench:
    """An empty counter that files are looked through on. A context: its folder goes with it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        self._database = Database(folder / "pointinfo.sqlite", WORDS)
        Directory(self._database, clock, "fuzz", WORDS, Calendar())
        self._exchange = Exchange(self._database, clock, "fuzz", WORDS)
        self._files = folder

    def __enter__(self) -> "Bench":
        return self

    def __exit__(self, *_error: object) -> None:
        self._database.close()
        self._folder.cleanup()

    def try_bytes(self, target: Target, data: bytes, *, bring_in: bool = False) -> str:
        """«report» or «sentence»: how the file ended. Anything else is raised: a bug."""
        file = self._files / f"fuzz{target.suffix}"
        file.write_bytes(data)
        started = perf_counter()
        try:
            preview = self._exchange.preview(file, source="fuzz")
        except InputError as error:
            ended = "sentence" if str(error) else "silence"
        else:
            ended = "report"
            for row in preview.rows():
                assert row.remarks or row.state != "refused"
                row.changes  # noqa: B018 -- they are made when asked for
            if bring_in:
                self._exchange.bring_in(preview, "fuzz", confirmed=True)
            preview.close()
        assert ended != "silence"
        assert perf_counter() - started < SLOWEST, "this file takes too long"
        return ended
