"""The search index, in step with the data: SQL triggers queue changed entries, `drain` analyses them before commit."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from pointinfo.database.schema import Contact, Name, Wording
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.text import each_word, other_stems, phone_digits, words

_CHUNK = 500
_ENTRIES = """
    SELECT id, status, name, names, wordings, street, postcode, city, stop, contacts FROM entry WHERE id IN ({ids})"""
_TERMS = """
    SELECT et.entry_id, t.list, t.labels, t.synonyms FROM entry_term et JOIN term t ON t.id = et.term_id
    WHERE et.entry_id IN ({ids})"""
_MET = """
    SELECT t.id, t.list, t.code, t.labels, t.synonyms FROM json_each(?) AS met
    JOIN term t ON t.list = json_extract(met.value, '$[0]') AND t.code = json_extract(met.value, '$[1]')"""
_ALL = "SELECT id, list, code, labels, synonyms FROM term"
COLUMNS = ("rowid", "name", "syn", "place", "body", "sname", "ssyn", "sbody", "gone")
_INSERT = f"INSERT INTO entry_words ({', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_NAMES = "INSERT INTO entry_words_names (rowid, name, sname) VALUES (?, ?, ?)"
_HAD = f"SELECT {', '.join(COLUMNS)} FROM entry_words WHERE rowid IN (SELECT value FROM json_each(?))"
_GATHER = f"INSERT INTO gathered_words VALUES ({', '.join('?' * len(COLUMNS))})"
_MOVE_NAMES = "INSERT INTO entry_words_names (rowid, name, sname) SELECT rowid, name, sname FROM gathered_words"
_SPELL = "INSERT OR IGNORE INTO search_word (word) VALUES (?)"
Analysed = tuple[str, str, str, str, str, str, str, str]
"""The words of one entry, one text a column, after the row id."""

_TRIGGERS = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('entry', 'entry_term')"
_TABLES = ("entry_words_names", "entry_words")
"""The words of names alone, and all words. The first reads in the second what it takes out: it comes first then."""
_GATHERING = {"hashsize": 32 << 20, "automerge": 8}
_USUAL = {"hashsize": 1 << 20, "automerge": 4}
"""Bytes of words that FTS5 holds, and segments it merges at once: in bulk, and of its own (sqlite.org/fts5.html)."""
_PLACE_LISTS = {"sector", "neighbourhood", "commune", "area"}

_names = msgspec.json.Decoder(tuple[Name, ...])
_wordings = msgspec.json.Decoder(dict[str, Wording])
_contacts = msgspec.json.Decoder(tuple[Contact, ...])
_labels = msgspec.json.Decoder(dict[str, str])
_synonyms = msgspec.json.Decoder(tuple[str, ...])


def drain(session: Session) -> int:
    """Bring the index in step with every entry changed since the last call; returns how many there were."""
    session.flush()
    connection = session.connection()
    dirty = [row[0] for row in connection.exec_driver_sql("SELECT id FROM entry_dirty")]
    known = TermWords()
    for start in range(0, len(dirty), _CHUNK):
        _index(connection, dirty[start : start + _CHUNK], known)
    if dirty:
        connection.exec_driver_sql("DELETE FROM entry_dirty")
    return len(dirty)


def bring_up_to_date(session: Session) -> None:
    """What a foreign writer left behind: queued changes, or an index that lacks entries."""
    drain(session)
    connection = session.connection()
    # The tables FTS5 keeps the rows in: counting through the virtual table would read all of it.
    entries, indexed = (
        connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
        for table in ("entry", "entry_words_docsize")
    )
    if entries != indexed:
        rebuild(session)


def words_since(session: Session, last: int) -> tuple[int, list[str]]:
    """The words of names, keywords and places that came in after number `last`; with them the newest number."""
    found = session.connection().exec_driver_sql("SELECT id, word FROM search_word WHERE id > ? ORDER BY id", (last,))
    rows = found.all()
    return (rows[-1][0] if rows else last), [row[1] for row in rows]


def rebuild(session: Session) -> int:
    """Analyse every entry anew."""
    connection = session.connection()
    connection.exec_driver_sql("INSERT INTO entry_words_names (entry_words_names) VALUES ('delete-all')")
    connection.exec_driver_sql("DELETE FROM entry_words")
    connection.exec_driver_sql("DELETE FROM search_word")
    connection.exec_driver_sql("INSERT OR IGNORE INTO entry_dirty SELECT id FROM entry")
    return drain(session)


class Added(NamedTuple):
    """What terms add to the words of an entry: to its synonyms, to their stems, to its place. Sets that keep order."""

    syn: dict[str, None]
    stems: dict[str, None]
    place: dict[str, None]

    def add(self, other: "Added") -> None:
        """What another term adds, after what is there."""
        self.syn.update(other.syn)
        self.stems.update(other.stems)
        self.place.update(other.place)


class TermWords:
    """The words by which each term is found, analysed once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str], Added] = {}

    def of(self, vocabulary: str, labels: str, synonyms: str) -> Added:
        """What a term (its labels and synonyms as JSON) adds to an entry."""
        found = self._known.get((vocabulary, labels, synonyms))
        if found is None:
            called = [word for label in _labels.decode(labels).values() for word in words(label)]
            if vocabulary == "topic":
                called += [word for synonym in _synonyms.decode(synonyms) for word in words(synonym)]
            if (
                vocabulary in _PLACE_LISTS
            ):  # with a sector's sub-sectors half the town were on every search for a street
                found = Added({}, {}, dict.fromkeys(called))
            elif vocabulary == "theme":
                found = Added({}, {}, {})
            else:
                found = Added(dict.fromkeys(called), dict.fromkeys(other_stems(called)), {})
            self._known[vocabulary, labels, synonyms] = found
        return found


class Terms:
    """The terms of entries that are at hand as records, read when they are first met: most saves know a dozen."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._words = TermWords()
        self._met: dict[tuple[str, str], tuple[int, Added]] = {}
        self._knows_all = False

    def meet(self, records: Iterable[EntryRecord]) -> None:
        """Read the terms of these records that none had before."""
        if self._knows_all:
            return
        codes = {(name, code) for record in records for name, codes in record.terms.items() for code in codes}
        new = codes.difference(self._met)
        if new:
            listed = msgspec.json.encode(list(new)).decode()
            self._take(self._connection.exec_driver_sql(_MET, (listed,)))

    def meet_all(self) -> None:
        """Read every term now: from then on the connection is somebody else's, too."""
        self._take(self._connection.exec_driver_sql(_ALL))
        self._knows_all = True

    def _take(self, rows: Iterable[Any]) -> None:
        for term_id, name, code, labels, synonyms in rows:
            self._met[name, code] = (term_id, self._words.of(name, labels, synonyms))

    def ids(self, record: EntryRecord) -> list[int]:
        """Their row ids. Raises `KeyError` with the list and the code for one that is none."""
        met = self._met
        return [met[name, code][0] for name, codes in record.terms.items() for code in codes]

    def of(self, record: EntryRecord) -> Added:
        """What all terms of an entry add, in their order."""
        syn: dict[str, None] = {}
        stems: dict[str, None] = {}
        place: dict[str, None] = {}
        for name, codes in record.terms.items():
            for code in codes:
                added = self._met[name, code][1]
                if added.place:
                    place.update(added.place)
                else:
                    syn.update(added.syn)
                    stems.update(added.stems)
        return Added(syn, stems, place)


class Beside:
    """Puts words into the index in a thread of its own: while SQLite works at one statement, Python need not wait.

    The connection is the caller's, and so is the transaction: `wait` before anything else is done with it.
    """

    def __init__(self, connection: Connection, thread: Executor) -> None:
        self._connection = connection
        self._thread = thread
        self._pending: Future[None] | None = None
        self.spelled: set[str] = set()
        """The words that `spell` has put."""

    def put(self, rows: Sequence[tuple[object, ...]]) -> None:
        """Begin to put these rows (as `COLUMNS`) into the index."""
        self.wait()
        self._connection.exec_driver_sql(_GATHER, list(rows))
        self._pending = self._thread.submit(self._move)

    def wait(self) -> None:
        """Until all rows are there. Raises what SQLite met."""
        pending, self._pending = self._pending, None
        if pending is not None:
            pending.result()

    def _move(self) -> None:
        self._connection.exec_driver_sql(f"INSERT INTO entry_words ({', '.join(COLUMNS)}) SELECT * FROM gathered_words")
        self._connection.exec_driver_sql(_MOVE_NAMES)
        self._connection.exec_driver_sql("DELETE FROM gathered_words")


@contextmanager
def in_bulk(connection: Connection) -> Iterator[Beside]:
    """While thousands of entries are written, each with its words: nothing is queued, and FTS5 gathers words.

    A row with triggers makes SQLite keep a statement journal (sqlite.org/tempfiles.html), several times the work of
    the row itself. The triggers go and come back within the caller's transaction.
    """
    triggers = connection.exec_driver_sql(_TRIGGERS).all()
    for name, _sql in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    _set(connection, _GATHERING)
    connection.exec_driver_sql(f"CREATE TEMP TABLE gathered_words ({', '.join(COLUMNS)})")
    with ThreadPoolExecutor(1, "index") as thread:
        beside = Beside(connection, thread)
        yield beside
        beside.wait()
    connection.exec_driver_sql("DROP TABLE temp.gathered_words")
    _set(connection, _USUAL)
    for _name, sql in triggers:
        connection.exec_driver_sql(sql)


def _set(connection: Connection, how: dict[str, int]) -> None:
    for table in _TABLES:
        connection.exec_driver_sql(f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)", list(how.items()))


def _index(connection: Connection, ids: Sequence[int], known: TermWords) -> None:
    listed = ",".join(map(str, ids))
    for table in _TABLES:
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE rowid IN ({listed})")
    terms = {entry_id: Added({}, {}, {}) for entry_id in ids}
    for entry_id, vocabulary, labels, synonyms in connection.exec_driver_sql(_TERMS.format(ids=listed)):
        terms[entry_id].add(known.of(vocabulary, labels, synonyms))
    rows = []
    for row in connection.exec_driver_sql(_ENTRIES.format(ids=listed)):
        entry_id, status, name, names, wordings, street, postcode, city, stop, contacts = row
        record = EntryRecord(
            uid="",
            kind="",
            name=name,
            status=status,
            names=_names.decode(names),
            wordings=_wordings.decode(wordings),
            street=street,
            postcode=postcode,
            city=city,
            stop=stop,
            contacts=_contacts.decode(contacts),
        )
        rows.append((entry_id, *analysed(record, terms[entry_id])))
    if rows:
        put(connection, rows)
        spell(connection, [row[1:] for row in rows], set())


def renewed(
    connection: Connection, entries: Sequence[tuple[int, Analysed]], spelled: set[str], *, new: bool
) -> list[tuple[int, *Analysed]]:
    """Take the words out that entries (row id, words) had and have no more; returns the rows to be put in.

    Words that stay, as in a check, are left alone. `spelled` are the words that `spell` has put already.
    """
    had: dict[int, Analysed] = {}
    if not new:
        listed = msgspec.json.encode([entry_id for entry_id, _words in entries]).decode()
        had = {row[0]: tuple(row[1:]) for row in connection.exec_driver_sql(_HAD, (listed,))}
    fresh = [(entry_id, found) for entry_id, found in entries if had.get(entry_id) != found]
    stale = [(entry_id,) for entry_id, _words in fresh if entry_id in had]
    if stale:
        for table in _TABLES:
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE rowid = ?", stale)
    if fresh:
        spell(connection, [found for _entry_id, found in fresh], spelled)
    return [(entry_id, *found) for entry_id, found in fresh]


def put(connection: Connection, rows: Sequence[tuple[object, ...]]) -> None:
    """Put rows (as `COLUMNS`) into the index."""
    connection.exec_driver_sql(_INSERT, list(rows))
    names, stems = COLUMNS.index("name"), COLUMNS.index("sname")
    connection.exec_driver_sql(_INSERT_NAMES, [(row[0], row[names], row[stems]) for row in rows])


def spell(connection: Connection, rows: Iterable[Analysed], spelled: set[str]) -> None:
    """Put the words of names, keywords and places among those that a slip may be meant for, but for those `spelled`."""
    said = {word for row in rows for text in row[:3] for word in text.split(" ")} - {""} - spelled
    if said:
        connection.exec_driver_sql(_SPELL, [(word,) for word in sorted(said)])
        spelled |= said


def analysed(record: EntryRecord, terms: Added) -> Analysed:
    """The words of an entry and of its terms, by column.

    Who looks into a column looks into those before it, too (`search`): a word is put once. A closed entry has all its
    words in the one column that only a search for closed entries looks at.
    """
    name = words(record.name)
    syn = dict.fromkeys(each_word(" ".join([other.text for other in record.names])))
    place = dict.fromkeys(each_word(f"{record.street} {record.postcode} {record.city} {record.stop}"))
    body = dict.fromkeys(chain(each_word(" ".join(_free_text(record))), _digits(record)))
    if record.status == "closed":
        every = chain(name, syn, terms.syn, place, terms.place, body)
        return ("", "", "", "", "", "", "", " ".join(dict.fromkeys(every)))
    name_stems, syn_stems, body_stems = (dict.fromkeys(other_stems(found)) for found in (name, syn, body))
    syn |= terms.syn
    syn_stems |= terms.stems
    place |= terms.place
    put = syn.keys() | name
    row = (
        " ".join(name),
        " ".join(syn),
        " ".join([word for word in place if word not in put]),
        " ".join([word for word in body if word not in put and word not in place]),
        " ".join([stem for stem in name_stems if stem not in name]),
        " ".join([stem for stem in syn_stems if stem not in put and stem not in name_stems]),
    )
    put.update(place, name_stems, syn_stems)
    return (*row, " ".join([stem for stem in body_stems if stem not in body and stem not in put]), "")


def _free_text(record: EntryRecord) -> Iterator[str]:
    for wording in record.wordings.values():
        yield from filter(None, msgspec.structs.astuple(wording))
    for contact in record.contacts:
        yield contact.value
        if contact.label:
            yield contact.label


def _digits(record: EntryRecord) -> list[str]:
    """A phone number is found however it is spaced: its groups, and all its digits together."""
    return [
        phone_digits(contact.value) or "".join(words(contact.value))
        for contact in record.contacts
        if contact.kind == "phone"
    ]
