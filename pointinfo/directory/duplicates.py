"""Entries that are probably one: found without comparing each with each, offered to an editor, who decides.

Pairs that somebody has found to be two are kept and offered no more, nor are entries that a link ties together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from functools import lru_cache
from heapq import nlargest
from itertools import combinations
from typing import Final, NamedTuple

import msgspec
from rapidfuzz import fuzz
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from pointinfo.clock import Clock
from pointinfo.database import Database
from pointinfo.database.schema import Contact, DistinctPair, Name
from pointinfo.directory import likeness
from pointinfo.directory.likeness import Evidence, Signs
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.text import stems, words
from pointinfo.directory.written_names import LIGHT
from pointinfo.i18n import Words

OFFERED_FROM: Final = 0.6
"""Pairs less sure than this are not worth a person's time."""

BLOCK: Final = 16
"""What more entries share than this brings them together no more: other signs have to."""
_BROUGHT: Final = 40
"""Entries looked at for one thing that the index finds."""
_NEIGHBOURS: Final = 3
_SPELLED_ALIKE: Final = 80.0
"""Neighbours by name are compared when so many of 100 letters agree: they are there for slips of the finger."""

ALL: Final = (
    "SELECT id, uid, kind, name, names, street, postcode, contacts FROM entry WHERE status <> 'closed' ORDER BY id"
)
THESE: Final = """
    SELECT id, uid, kind, name, names, street, postcode, contacts FROM entry
    WHERE status <> 'closed' AND id IN (SELECT value FROM json_each(?))"""
_BEFORE: Final = "SELECT id FROM entry WHERE name <= ? COLLATE NOCASE ORDER BY name COLLATE NOCASE DESC LIMIT ?"
_AFTER: Final = "SELECT id FROM entry WHERE name > ? COLLATE NOCASE ORDER BY name COLLATE NOCASE LIMIT ?"
_SETTLED: Final = """
    SELECT one_uid, other_uid FROM distinct_pair
    UNION SELECT e.uid, t.uid FROM entry_link l JOIN entry e ON e.id = l.entry_id JOIN entry t ON t.id = l.target_id"""
_SETTLED_OF: Final = """
    SELECT iif(one_uid = :uid, other_uid, one_uid) FROM distinct_pair WHERE :uid IN (one_uid, other_uid)
    UNION SELECT t.uid FROM entry e JOIN entry_link l ON l.entry_id = e.id JOIN entry t ON t.id = l.target_id
    WHERE e.uid = :uid
    UNION SELECT e.uid FROM entry t JOIN entry_link l ON l.target_id = t.id JOIN entry e ON e.id = l.entry_id
    WHERE t.uid = :uid"""
_names = msgspec.json.Decoder(tuple[Name, ...])
_contacts = msgspec.json.Decoder(tuple[Contact, ...])


class Candidate(NamedTuple):
    """An entry that may be the one in hand. `score` in [0, 1]; `reasons` in words, those against it last."""

    uid: str
    name: str
    score: float
    reasons: tuple[str, ...]


class Pair(NamedTuple):
    """Two entries that may be one, the one that was here first first."""

    one: str
    other: str
    one_name: str
    other_name: str
    score: float
    reasons: tuple[str, ...]


class Compared(NamedTuple):
    """An entry with what it is compared by."""

    uid: str
    name: str
    signs: Signs


class Duplicates:
    """The pairs of a directory that look alike, and what was decided about them."""

    def __init__(self, database: Database, clock: Clock, words: Words) -> None:
        self._database = database
        self._clock = clock
        self._words = words

    def pairs(self, limit: int = 200) -> list[Pair]:
        """The likeliest pairs of the whole directory, the surest first. Takes seconds where there are 100,000."""
        with self._database.read() as session:
            entries = [compared(*row[1:]) for row in session.connection().exec_driver_sql(ALL)]
            settled = _settled(session)
        having = Counter(key for entry in entries for key in entry.signs.keys)
        found: list[tuple[float, int, int, list[Evidence]]] = []
        for here, there in _brought_together([entry.signs for entry in entries], having):
            one, other = entries[here], entries[there]
            if frozenset((one.uid, other.uid)) in settled:
                continue
            evidence = likeness.weigh(one.signs, other.signs, having, OFFERED_FROM)
            if evidence:
                found.append((likeness.score(evidence), here, there, evidence))
        best = nlargest(limit, found, key=lambda each: (each[0], -each[1], -each[2]))
        return [
            self._pair(entries[min(here, there)], entries[max(here, there)], score, known)
            for score, here, there, known in best
        ]

    def state(self) -> tuple[int, int]:
        """What is another whenever the pairs may be others: so many changes, so many decisions."""
        with self._database.read() as session:
            connection = session.connection()
            revisions = connection.exec_driver_sql("SELECT coalesce(max(rowid), 0) FROM revision").scalar_one()
            return int(revisions), int(connection.exec_driver_sql("SELECT count(*) FROM distinct_pair").scalar_one())

    def for_record(self, record: EntryRecord, limit: int = 5) -> list[Candidate]:
        """The entries that `record`, which is being typed or imported, may be already; the likeliest first."""
        with self._database.read() as session:
            return candidates(session, record, self._words, limit)

    def declare_distinct(self, one: str, other: str, author: str) -> None:
        """These are two entries: never offer the pair again."""
        first, second = sorted((one, other))
        at = self._clock().astimezone(UTC).isoformat(timespec="seconds")
        with self._database.write() as session:
            session.merge(DistinctPair(one_uid=first, other_uid=second, author=author, at=at))

    def forget_distinct(self, one: str, other: str) -> None:
        """Take that back."""
        first, second = sorted((one, other))
        with self._database.write() as session:
            known = session.get(DistinctPair, (first, second))
            if known is not None:
                session.delete(known)

    def _pair(self, here: Compared, there: Compared, score: float, evidence: Iterable[Evidence]) -> Pair:
        reasons = likeness.in_words(evidence, self._words)
        return Pair(here.uid, there.uid, here.name, there.name, score, reasons)


def candidates(session: Session, record: EntryRecord, language: Words, limit: int = 5) -> list[Candidate]:
    """See `Duplicates.for_record`."""
    signs = likeness.signs(record)
    connection = session.connection()
    ids = msgspec.json.encode(sorted(_found(connection, record, signs))).decode()
    others = [compared(*row[1:]) for row in connection.exec_driver_sql(THESE, (ids,)) if row[1] != record.uid]
    settled = _settled(session, record.uid)
    tied = {link.uid for link in record.links}
    having = Counter(key for known in (signs, *(other.signs for other in others)) for key in known.keys)
    found = []
    for other in others:
        if other.uid in tied or frozenset((record.uid, other.uid)) in settled:
            continue
        evidence = likeness.weigh(signs, other.signs, having, OFFERED_FROM)
        if evidence:
            found.append((likeness.score(evidence), other, evidence))
    best = nlargest(limit, found, key=lambda each: (each[0], each[1].name))
    return [
        Candidate(other.uid, other.name, score, likeness.in_words(evidence, language))
        for score, other, evidence in best
    ]


@lru_cache(4_096)
def compared(  # noqa: PLR0917 -- a row of the table; what is typed brings the same few hundred again and again
    uid: str, kind: str, name: str, names: str, street: str, postcode: str, contacts: str
) -> Compared:
    record = EntryRecord(
        uid=uid,
        kind=kind,
        name=name,
        names=_names.decode(names),
        street=street,
        postcode=postcode,
        contacts=_contacts.decode(contacts),
    )
    return Compared(uid, name, likeness.signs(record))


def _settled(session: Session, uid: str = "") -> set[frozenset[str]]:
    """The pairs not to offer, of one entry or of all: found to be two, or tied by a link."""
    connection = session.connection()
    if not uid:
        return {frozenset(row) for row in connection.exec_driver_sql(_SETTLED)}
    return {frozenset((uid, row[0])) for row in connection.exec_driver_sql(_SETTLED_OF, {"uid": uid})}


def _brought_together(entries: Sequence[Signs], having: Counter[str]) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing: with a rare sign or rare words in common, or neighbours when sorted by name."""
    known = Counter(word for signs in entries for name in signs.names for word in set(name))
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for number, signs in enumerate(entries):
        for key in set(_block_keys(signs, having, known)):
            blocks[key].append(number)
    met: set[tuple[int, int]] = set()
    for block in blocks.values():
        if len(block) <= BLOCK:
            met.update(combinations(block, 2))
    spelled = [("".join(name), number) for number, signs in enumerate(entries) for name in signs.spellings]
    for ordered in (sorted(spelled), sorted((name[::-1], number) for name, number in spelled)):
        for place, (name, here) in enumerate(ordered):
            for near, there in ordered[place + 1 : place + 1 + _NEIGHBOURS]:
                if here != there and fuzz.ratio(name, near, score_cutoff=_SPELLED_ALIKE):
                    met.add((min(here, there), max(here, there)))
    return iter(met)


def _block_keys(signs: Signs, having: Counter[str], known: Counter[str]) -> Iterator[str]:
    yield from (key for key in signs.keys if having[key] <= BLOCK)
    for acronym in signs.acronyms:
        yield f"short {acronym}"
    for name in signs.spellings:
        yield f"short {''.join(word[0] for word in name)}"
        yield from (f"short {word}" for word in name if known[word] <= BLOCK)
        telling = sorted(set(name), key=lambda word: (known[word], word))[:5]
        yield from (f"both {one} {other}" for one, other in combinations(telling, 2))


def _expressions(signs: Signs) -> Iterator[str]:
    """What to ask the search index for, each in its own right: a phone, an address, two words of a name, one of them.

    No beginnings of words: at 100,000 entries the index takes 10 ms for one, the entries in order of name none.
    """
    for reached in filter(None, map(words, (*signs.phones, *signs.mails, *signs.pages))):
        yield "body : (" + " AND ".join(f'"{word}"' for word in reached) + ")"
    for acronym in signs.acronyms:
        yield f'{{name syn}} : "{acronym}"'
    for name in signs.names[:3]:
        telling = sorted({word for word in name if word not in LIGHT} or name, key=len, reverse=True)[:4]
        yield from (f"{_either(one)} AND {_either(other)}" for one, other in combinations(telling[:3], 2))
        yield from (_either(word) for word in telling)


def _either(word: str) -> str:
    stemmed = " OR ".join(f'"{stem}"' for stem in stems(word)) if len(word) > 2 else ""
    plain = f'{{name syn}} : "{word}"'
    return f"({plain} OR {{sname ssyn}} : ({stemmed}))" if stemmed else plain


def _found(connection: Connection, record: EntryRecord, signs: Signs) -> set[int]:
    """Row ids of the entries that may be this one: what the index finds, and the neighbours by name."""
    found = {
        row[0]
        for expression in _expressions(signs)
        for row in connection.exec_driver_sql(
            "SELECT rowid FROM entry_words WHERE entry_words MATCH ? LIMIT ?", (expression, _BROUGHT)
        )
    }
    for beside in (_BEFORE, _AFTER):
        found.update(row[0] for row in connection.exec_driver_sql(beside, (record.name, _BROUGHT // 2)))
    return found
