"""What searches have read of the index, at hand for the next key: of one key and the next most answers are the same."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

import msgspec
from sqlalchemy import Connection

from pointinfo.database import plain_rows
from pointinfo.directory.text import long_stems, stems, words

FACES: Final = 20_000
"""Entries of which the words are kept: some 20 MB."""
LOOKS: Final = 2_000
"""Answers of the index that are kept, each of at most a hundred row ids."""

# c0 … c5 are the columns of entry_words where FTS5 keeps them (sqlite.org/fts5.html#the_content_table): asked for row
# by row through the virtual table they take twice as long.
_FACES: Final = (
    "SELECT id, ' ' || c0 || ' ', ' ' || c1 || ' ', ' ' || c2 || ' ', ' ' || c4 || ' ', ' ' || c5 || ' ' "
    "FROM entry_words_content WHERE id IN (SELECT value FROM json_each(?))"
)
# Revisions are only added to, one for each change of an entry. The index's record of its segments (fts5_index.c,
# FTS5_STRUCTURE_ROWID) is another after it has been rebuilt.
_STATE: Final = "SELECT (SELECT max(rowid) FROM revision), (SELECT block FROM entry_words_data WHERE id = 10)"
_TOPICS: Final = "SELECT id, labels FROM term WHERE list = 'topic'"
# "+": from the entries to their terms, not through the whole list (as in entries._PLACES).
_TERMS: Final = """
    SELECT et.entry_id, t.list, t.id, t.code FROM entry_term et JOIN term t ON t.id = et.term_id
    WHERE et.entry_id IN (SELECT value FROM json_each(?)) AND +t.list IN ('topic', 'audience')"""

_labels: Final = msgspec.json.Decoder(dict[str, str])


Why = Literal["", "name", "keyword", "place", "text", "synonym", "meaning"]
"""The field that holds the words; "synonym": the thesaurus has them for a topic of the entry."""


class Hit(NamedTuple):
    """One result: the entry's row id, and why it is there: the field that holds the words, or what comes near them.

    `by`: the code of the topic that the words mean, where that led here. `weak`: a guess, not an answer.
    """

    id: int
    why: Why = ""
    by: str = ""
    weak: bool = False


class Face(NamedTuple):
    """The words of an entry but those of its text, a space around each: of its name, keywords, place; then stems."""

    id: int
    name: str
    syn: str
    place: str
    name_stems: str
    syn_stems: str


class Terms(NamedTuple):
    """What an entry is about, as row ids of topics, and for whom, as codes of audiences."""

    topics: frozenset[int]
    audiences: frozenset[str]


class AtHand:
    """Kept as long as nothing is written: `state` says of which moment it is."""

    def __init__(self, state: object = None) -> None:
        self.state = state
        self.looks: dict[str, list[int]] = {}
        """The row ids that an FTS5 expression brings from the whole directory."""
        self.topics: dict[str, list[tuple[int, int]]] = {}
        """By its code the entries of a topic, with how many other topics each has."""
        self.everything: tuple[Hit, ...] | None = None
        """All entries by name."""
        self.audiences: dict[str, int] | None = None
        """How many entries each audience has, by code."""
        self._faces: dict[int, Face] = {}
        self._terms: dict[int, Terms] = {}
        self._labels: _Labels | None = None

    def faces(self, connection: Connection, ids: Sequence[int]) -> Mapping[int, Face]:
        """The faces of these entries, and perhaps of others, by row id."""
        known = self._faces
        missing = [entry_id for entry_id in ids if entry_id not in known]
        if missing:
            if len(known) > FACES:
                known = self._faces = {}
                missing = list(ids)
            listed = msgspec.json.encode(missing).decode()
            known.update((row[0], Face._make(row)) for row in plain_rows(connection, _FACES, (listed,)))
        return known

    def terms(self, connection: Connection, ids: Sequence[int]) -> Mapping[int, Terms]:
        """The topics and audiences of these entries, and perhaps of others, by row id."""
        known = self._terms
        missing = [entry_id for entry_id in ids if entry_id not in known]
        if missing:
            if len(known) > FACES:
                known = self._terms = {}
                missing = list(ids)
            topics: dict[int, list[int]] = {entry_id: [] for entry_id in missing}
            audiences: dict[int, list[str]] = {}
            listed = msgspec.json.encode(missing).decode()
            for entry_id, vocabulary, term_id, code in plain_rows(connection, _TERMS, (listed,)):
                if vocabulary == "topic":
                    topics[entry_id].append(term_id)
                else:
                    audiences.setdefault(entry_id, []).append(code)
            for entry_id, found in topics.items():
                known[entry_id] = Terms(frozenset(found), frozenset(audiences.get(entry_id, ())))
        return known

    def topics_called(self, connection: Connection, wanted: Sequence[str]) -> frozenset[int]:
        """The row ids of the topics whose own label has every wanted word, or one that begins like it."""
        if self._labels is None:
            self._labels = _Labels(plain_rows(connection, _TOPICS))
        return self._labels.having(wanted)

    def keep_look(self, expression: str, found: list[int]) -> None:
        """Remember what was found."""
        if len(self.looks) > LOOKS:
            self.looks.clear()
        self.looks[expression] = found


class _Labels:
    """The words of labels in all their languages, in order, and their stems."""

    def __init__(self, rows: Sequence[tuple[int, str]]) -> None:
        self._roots: dict[str, set[int]] = {}
        by_word: dict[str, set[int]] = {}
        for term_id, labels in rows:
            written = [word for label in _labels.decode(labels).values() for word in words(label)]
            for word in written:
                by_word.setdefault(word, set()).add(term_id)
            for stem in long_stems(written):
                self._roots.setdefault(stem, set()).add(term_id)
        self._sorted = sorted(by_word.items())
        self._words = [word for word, _ids in self._sorted]

    def having(self, wanted: Sequence[str]) -> frozenset[int]:
        every: set[int] | None = None
        for want in wanted:
            found = set[int]()
            place = bisect_left(self._words, want)
            while place < len(self._words) and self._words[place].startswith(want):
                found |= self._sorted[place][1]
                place += 1
            for stem in stems(want) if len(want) > 2 else ():
                found |= self._roots.get(stem, set())
            every = found if every is None else every & found
            if not every:
                return frozenset()
        return frozenset(every or ())


def current(connection: Connection, kept: AtHand, vocabulary: object) -> AtHand:
    """What was `kept`, if no entry has been written since, here or by another program, and the vocabulary is equal."""
    state = (*plain_rows(connection, _STATE)[0], vocabulary)
    return kept if kept.state == state else AtHand(state)
