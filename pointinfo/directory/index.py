"""The search index, in step with the data: SQL triggers queue changed entries, `drain` analyses them before commit."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from pointinfo.database.schema import Contact, Name, Wording
from pointinfo.directory.text import phone_digits, stem_text, words

_CHUNK = 500
_ENTRIES = """
    SELECT id, status, name, names, wordings, street, postcode, city, stop, contacts FROM entry WHERE id IN ({ids})"""
_TERMS = """
    SELECT et.entry_id, t.list, t.labels, t.synonyms FROM entry_term et JOIN term t ON t.id = et.term_id
    WHERE et.entry_id IN ({ids})"""
_INSERT = """
    INSERT INTO entry_words (rowid, name, syn, place, body, sname, ssyn, sbody, gone)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_SPELL = "INSERT OR IGNORE INTO search_word (word) VALUES (?)"
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
    term_words: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    spelled: set[str] = set()
    for start in range(0, len(dirty), _CHUNK):
        _index(connection, dirty[start : start + _CHUNK], term_words, spelled)
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
    connection.exec_driver_sql("DELETE FROM entry_words")
    connection.exec_driver_sql("DELETE FROM search_word")
    connection.exec_driver_sql("INSERT OR IGNORE INTO entry_dirty SELECT id FROM entry")
    return drain(session)


def _index(
    connection: Connection,
    ids: Sequence[int],
    term_words: dict[tuple[str, str], tuple[list[str], list[str]]],
    spelled: set[str],
) -> None:
    """Analyse some entries. `spelled`: the words known to be in `search_word`."""
    listed = ",".join(map(str, ids))
    connection.exec_driver_sql(f"DELETE FROM entry_words WHERE rowid IN ({listed})")
    terms: dict[int, list[str]] = {}
    places: dict[int, list[str]] = {}
    for entry_id, vocabulary, labels, synonyms in connection.exec_driver_sql(_TERMS.format(ids=listed)):
        found = term_words.get((labels, synonyms))
        if found is None:
            label_words = [word for label in _labels.decode(labels).values() for word in words(label)]
            synonym_words = [word for synonym in _synonyms.decode(synonyms) for word in words(synonym)]
            found = term_words[labels, synonyms] = (label_words, synonym_words)
        if vocabulary in _PLACE_LISTS:  # a sector's sub-sectors would put half the town on every search for a street
            places.setdefault(entry_id, []).extend(found[0])
        elif vocabulary == "topic":
            terms.setdefault(entry_id, []).extend(found[0] + found[1])
        elif vocabulary != "theme":
            terms.setdefault(entry_id, []).extend(found[0])
    rows = []
    for row in connection.exec_driver_sql(_ENTRIES.format(ids=listed)):
        entry_id, status, name, names, wordings, street, postcode, city, stop, contacts = row
        fields = (
            words(name),
            words(" ".join(other.text for other in _names.decode(names))) + terms.get(entry_id, []),
            words(f"{street} {postcode} {city} {stop}") + places.get(entry_id, []),
            words(" ".join(_free_text(_wordings.decode(wordings))))
            + [word for contact in _contacts.decode(contacts) for word in _contact_words(contact)],
        )
        rows.append(_analysed_closed(entry_id, *fields) if status == "closed" else _analysed(entry_id, *fields))
    if rows:
        connection.exec_driver_sql(_INSERT, rows)
        fresh = {word for row in rows for text in row[1:4] for word in text.split(" ")} - spelled - {""}
        if fresh:
            connection.exec_driver_sql(_SPELL, [(word,) for word in fresh])
            spelled |= fresh


Analysed = tuple[int, str, str, str, str, str, str, str, str]


def _analysed(entry_id: int, name: list[str], syn: list[str], place: list[str], body: list[str]) -> Analysed:
    syn = list(dict.fromkeys(syn))
    return (
        entry_id,
        " ".join(name),
        " ".join(syn),
        " ".join(dict.fromkeys(place)),
        " ".join(body),
        stem_text(name),
        stem_text(syn),
        stem_text(body),
        "",
    )


def _analysed_closed(entry_id: int, *fields: list[str]) -> Analysed:
    """All words in the one column that only a search for closed entries looks at."""
    said = dict.fromkeys(word for field in fields for word in field)
    return (entry_id, "", "", "", "", "", "", "", " ".join(said))


def _free_text(wordings: dict[str, Wording]) -> list[str]:
    return [text for wording in wordings.values() for text in msgspec.structs.astuple(wording) if text]


def _contact_words(contact: Contact) -> list[str]:
    """A phone number is found however it is spaced: its groups, and all its digits together."""
    found = words(f"{contact.label} {contact.value}")
    if contact.kind != "phone":
        return found
    return [*found, phone_digits(contact.value) or "".join(words(contact.value))]
