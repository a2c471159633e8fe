"""Entries that many incoming records are likely to be already, found in one pass over the directory.

`Duplicates.for_record` asks the search index, about 12 ms a record; for thousands of records it is faster to go
through all entries once and keep what each can be found by, in 8 bytes a sign.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

import msgspec
from sqlalchemy.orm import Session

from pointinfo.directory import likeness
from pointinfo.directory.duplicates import ALL, BLOCK, OFFERED_FROM, THESE, Candidate, candidates, compared
from pointinfo.directory.likeness import Signs
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.written_names import LIGHT
from pointinfo.i18n import Words

CERTAIN: Final = 0.98
"""From here on two entries are surely one: the name and a telephone or page that nobody else has."""

_ASKED: Final = 200
"""So many entries are gone through in the time of one `for_record`."""
_BITS: Final = 24
_PLACE: Final = (1 << _BITS) - 1
_HASH: Final = (1 << (64 - _BITS)) - 1


class Twins:
    """Looks for the twins of records, a portion at a time; from the time on when it pays, by an index of its own."""

    def __init__(self, session: Session, words: Words) -> None:
        self._session = session
        self._connection = session.connection()
        self._words = words
        [self._standing] = self._connection.exec_driver_sql("SELECT count(*) FROM entry").one()
        self._asked = 0
        self._index: array[int] | None = None

    def of(self, records: Sequence[EntryRecord]) -> list[list[Candidate]]:
        """The likeliest entries for each of the records, the surest first; mostly none."""
        self._asked += len(records)
        if self._index is None:
            if self._asked * _ASKED < self._standing:
                return [candidates(self._session, record, self._words) for record in records]
            self._index = _index(self._rows())
        signs = [likeness.signs(record) for record in records]
        brought = [self._brought(each) for each in signs]
        wanted = msgspec.json.encode(sorted({place for some in brought for place in some})).decode()
        known = {row[0]: compared(*row[1:]) for row in self._connection.exec_driver_sql(THESE, (wanted,))}
        found = []
        for record, mine, places in zip(records, signs, brought, strict=True):
            having = {key: self._having(key) + 1 for key in mine.keys} if places else {}
            tied = {record.uid, *(link.uid for link in record.links)}
            likely = []
            for place in places:
                other = known.get(place)
                if other is not None and other.uid not in tied:
                    evidence = likeness.weigh(mine, other.signs, having, OFFERED_FROM)
                    if evidence:
                        reasons = likeness.in_words(evidence, self._words)
                        likely.append(Candidate(other.uid, other.name, likeness.score(evidence), reasons))
            found.append(sorted(likely, key=lambda each: (-each.score, each.uid)))
        return found

    def _rows(self) -> Iterator[tuple[int, Signs]]:
        for row in self._connection.exec_driver_sql(ALL):
            yield row[0], compared.__wrapped__(*row[1:]).signs  # each once: remembering them would only cost

    def _brought(self, signs: Signs) -> set[int]:
        """The row ids of the entries that share something rare with these."""
        found: set[int] = set()
        for key in _keys(signs):
            places = self._places(key)
            if len(places) <= BLOCK:
                found.update(places)
        return found

    def _having(self, key: str) -> int:
        return len(self._places(key))

    def _places(self, key: str) -> list[int]:
        """The row ids under a key, one more than `BLOCK` at most."""
        assert self._index is not None  # noqa: S101 -- `of` asks first
        index, hashed = self._index, hash(key) & _HASH
        at = bisect_left(index, hashed << _BITS)
        found: list[int] = []
        while at < len(index) and index[at] >> _BITS == hashed and len(found) <= BLOCK:
            found.append(index[at] & _PLACE)
            at += 1
        return found


def _index(rows: Iterator[tuple[int, Signs]]) -> "array[int]":
    """Every key of every entry: its hash with the row id behind it, in order."""
    made = array("Q")
    for place, signs in rows:
        made.extend({(hash(key) & _HASH) << _BITS | place for key in _keys(signs)})
    return array("Q", sorted(made))


def _keys(signs: Signs) -> Iterator[str]:
    """What twins have in common, one thing at least: a way to reach them, a door, a name or two words of it."""
    yield from signs.keys
    yield from (f"short {acronym}" for acronym in signs.acronyms)
    for name in signs.spellings:
        yield f"name {' '.join(sorted(name))}"
        telling = sorted({word for word in name if word not in LIGHT}, key=lambda word: (-len(word), word))[:3]
        yield from (f"both {' '.join(sorted(pair))}" for pair in combinations(telling, 2))
        if len(telling) == 1:
            yield f"short {telling[0]}"
