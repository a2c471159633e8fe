"""Judged queries, and how the search answers them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from pointinfo.desk import Desk
from pointinfo.directory import Query

FOLDER: Final = Path(__file__).parent


class Judged(msgspec.Struct, frozen=True):
    """A query and the names of the entries that answer it; none: the directory has no answer."""

    query: str
    lang: str
    kind: str
    relevant: tuple[str, ...] = ()


class Answered(NamedTuple):
    """Where the first right entry stood (1 for the first, 0 for none), and what came instead."""

    judged: Judged
    rank: int
    confident: bool
    first: tuple[str, ...]


def queries(*files: str) -> list[Judged]:
    """The queries of these files of this folder, all when none is named."""
    chosen = [FOLDER / file for file in files] or sorted(FOLDER.glob("*.jsonl"))
    return [
        msgspec.json.decode(line, type=Judged) for file in chosen for line in file.read_bytes().splitlines() if line
    ]


def answered(desk: Desk, judged: Judged, shown: int = 10, *, by_meaning: bool = False) -> Answered:
    """What the clerk sees of a query. A guess counts where it stands: it is shown under its own heading."""
    query = Query(judged.query)
    results = desk.directory.search(query)
    if by_meaning:
        results = desk.directory.deepened(query, results)
    hits = results.hits[:shown]
    names = [row.name for row in desk.directory.rows([hit.id for hit in hits])]
    rank = next((place for place, name in enumerate(names, 1) if name in judged.relevant), 0)
    return Answered(judged, rank, bool(hits) and not hits[0].weak, tuple(names[:3]))


class Share(NamedTuple):
    """What came out for one kind of query."""

    kind: str
    asked: int
    first: float
    third: float
    reciprocal: float


def shares(answers: Sequence[Answered]) -> list[Share]:
    """All, by kind, foreign queries by language too."""
    groups: dict[str, list[Answered]] = {}
    for one in answers:
        if one.judged.relevant:
            groups.setdefault("all", []).append(one)
            groups.setdefault(one.judged.kind, []).append(one)
            if one.judged.lang != "fr":
                groups.setdefault(f"  {one.judged.lang}", []).append(one)
    return [
        Share(
            kind,
            len(found),
            _mean(one.rank == 1 for one in found),
            _mean(0 < one.rank <= 3 for one in found),
            _mean(1 / one.rank if one.rank else 0 for one in found),
        )
        for kind, found in sorted(groups.items(), key=lambda each: (each[0] != "all", each[0].startswith(" "), each[0]))
    ]


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)
