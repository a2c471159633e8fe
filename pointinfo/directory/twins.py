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
from pointinfo.directory.duplicates import ALL, BLOCK, OFFERED_FROM, THESE, Candidate, Compared, candidates, compared
from pointinfo.directory.likeness import reached_at
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.text import words
from pointinfo.directory.written_names import LIGHT
from pointinfo.i18n import Words

CERTAIN: Final = 0.98
"""From here on two entries are surely one: the name and a telephone or page that nobody else has."""

_SIGNS: Final = {"phone": "phone", "email": "mail", "web": "page"}
_ASKED: Final = 200
"""So many entries are gone through in the time of one `for_record`."""
_BITS: Final = 24
_PLACE: Final = (1 << _BITS) - 1
_HASH: Final = (1 << (64 - _BITS)) - 1
_SIEVE: Final = (1 << 22) - 1
"""Bits of a hash by which most keys are known to be nobody's."""


class Twins:
    """Looks for the twins of records, a portion at a time; from the time on when it pays, by an index of its own."""

    def __init__(self, session: Session, words: Words) -> None:
        self._session = session
        self._connection = session.connection()
        self._words = words
        [self._standing] = self._connection.exec_driver_sql("SELECT count(*) FROM entry").one()
        self._asked = 0
        self._index: array[int] | None = None
        self._met = bytearray(_SIEVE + 1)
        self._in_names: set[str] = set()

    def of(self, records: Sequence[EntryRecord]) -> list[list[Candidate]]:
        """The likeliest entries for each of the records, the surest first; mostly none."""
        self._asked += len(records)
        if self._index is None:
            if self._asked * _ASKED < self._standing:
                return [candidates(self._session, record, self._words) for record in records]
            self._index = array("Q", sorted((hash(key) & _HASH) << _BITS | place for place, key in self._keys()))
            for packed in self._index:
                self._met[packed >> _BITS & _SIEVE] = 1
        brought = [self._brought(record) for record in records]
        wanted = msgspec.json.encode(sorted({place for some in brought for place in some})).decode()
        known = {row[0]: compared(*row[1:]) for row in self._connection.exec_driver_sql(THESE, (wanted,))}
        return [self._likely(record, places, known) for record, places in zip(records, brought, strict=True)]

    def _likely(self, record: EntryRecord, places: set[int], known: dict[int, Compared]) -> list[Candidate]:
        """Those of the entries under these row ids that are likely the record's twins."""
        if not places:
            return []
        mine = likeness.signs(record)
        having = {key: len(self._places(key)) + 1 for key in mine.keys}
        tied = {record.uid, *(link.uid for link in record.links)}
        likely = []
        for place in places:
            other = known.get(place)
            if other is not None and other.uid not in tied:
                evidence = likeness.weigh(mine, other.signs, having, OFFERED_FROM)
                if evidence:
                    reasons = likeness.in_words(evidence, self._words)
                    likely.append(Candidate(other.uid, other.name, likeness.score(evidence), reasons))
        return sorted(likely, key=lambda each: (-each.score, each.uid))

    def _keys(self) -> Iterator[tuple[int, str]]:
        """Every key of every open entry, after its row id: what it can be reached at, its door, words of its names."""
        for row in self._connection.exec_driver_sql(ALL):
            entry = compared.__wrapped__(*row[1:])  # each once: remembering them would only cost
            names = (entry.name, *(" ".join(name) for name in entry.signs.spellings), *entry.signs.acronyms)
            told = [words(name) for name in names]
            self._in_names.update(*told)
            for key in {*entry.signs.keys, *(key for found in told for key in _name_keys(found))}:
                yield row[0], key

    def _brought(self, record: EntryRecord) -> set[int]:
        """The row ids of the entries that share something rare with a record; hardly looked at, for most share none."""
        found: set[int] = set()
        met = self._met
        for key in self._asked_for(record):
            if met[hash(key) & _SIEVE]:
                places = self._places(key)
                if len(places) <= BLOCK:
                    found.update(places)
        return found

    def _asked_for(self, record: EntryRecord) -> Iterator[str]:
        """By what a record may be found: as `_keys` has them, as far as they cost little and can be there."""
        for contact in record.contacts:
            if contact.kind in _SIGNS:
                yield f"{_SIGNS[contact.kind]} {reached_at(contact)}"
        for name in (record.name, *(other.text for other in record.names)):
            found = words(name)
            if len(self._in_names.intersection(found)) >= min(2, len(found)):
                yield from _name_keys(found)

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


def _name_keys(found: list[str]) -> Iterator[str]:
    """A name by all its words in any order, and by any two of its three longest that tell something."""
    telling = sorted(
        {word for word in found if word not in LIGHT and len(word) > 2}, key=lambda word: (-len(word), word)
    )
    yield f"name {' '.join(sorted(found))}"
    if len(telling) == 1:
        yield f"name {telling[0]}"
    for one, other in combinations(sorted(telling[:3]), 2):
        yield f"both {one} {other}"
