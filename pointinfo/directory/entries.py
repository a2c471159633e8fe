"""The directory of one counter: reading, finding and keeping entries, each change with its revision and its index."""

import gc
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload, undefer

from pointinfo.clock import Clock, local_day
from pointinfo.database import Database, plain_rows
from pointinfo.database.schema import Entry, EntryLink, Revision, Schedule, Term, Wording, chosen_wording, entry_term
from pointinfo.directory import (
    alternatives,
    at_hand,
    freshness,
    index,
    meaning,
    nearness,
    sample,
    selection,
    validation,
    vocabulary,
)
from pointinfo.directory import search as finding
from pointinfo.directory.alternatives import Alternative
from pointinfo.directory.at_hand import AtHand
from pointinfo.directory.fields import INTERNAL
from pointinfo.directory.freshness import Dated, Trust
from pointinfo.directory.hours import Calendar
from pointinfo.directory.keeping import Act, keep
from pointinfo.directory.nearness import Distances, Spot
from pointinfo.directory.query import Query, audience_counts
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.search import Hint, Results
from pointinfo.directory.selection import Programmed, Selection
from pointinfo.directory.spelling import Spelling
from pointinfo.directory.successors import lead_on, standing
from pointinfo.directory.thesaurus import Thesaurus, shipped
from pointinfo.directory.validation import Problem, Towns
from pointinfo.directory.vocabulary import TermRow
from pointinfo.errors import InputError
from pointinfo.i18n import Words

_QUARTIER: Final = ("neighbourhood", "sector", "commune")
_SHOWN: Final = """
    SELECT id, uid, name, wordings, hours, schedules,
        kind, status, important, confidence, as_of, verified_on, next_check
    FROM entry WHERE id IN (SELECT value FROM json_each(?))"""
# "+" keeps SQLite from looking for the list in an index, which takes ten times as long (sqlite.org/optoverview.html).
_PLACES: Final = """
    SELECT et.entry_id, t.list, t.labels FROM entry_term et JOIN term t ON t.id = et.term_id
    WHERE et.entry_id IN (SELECT value FROM json_each(?))
        AND +t.list IN ('neighbourhood', 'sector', 'commune', 'area') ORDER BY t.position"""
_AMONG: Final = """
    SELECT t.code, count(*) FROM json_each(?) AS found JOIN entry_term et ON et.entry_id = found.value
    JOIN term t ON t.id = et.term_id WHERE +t.list = ? GROUP BY t.code"""
_KINDS_AMONG: Final = "SELECT kind, count(*) FROM entry WHERE id IN (SELECT value FROM json_each(?)) GROUP BY kind"
_AGES_AMONG: Final = """
    SELECT coalesce(age_from, 0), coalesce(age_to, 200), count(*) FROM entry
    WHERE id IN (SELECT value FROM json_each(?)) GROUP BY 1, 2"""
# What an entry says too little of to answer with: nobody to call, no time to come, no word on what it is or for whom.
_INCOMPLETE: Final = """
    SELECT e.id FROM entry e WHERE e.status <> 'closed'
    AND EXISTS (SELECT 1 FROM revision r WHERE r.entry_uid = e.uid AND r.author = ? AND r.action <> 'propose')
    AND (e.contacts = '[]' OR (e.hours = '' AND e.schedules = '[]') OR e.wordings NOT LIKE '%"summary"%'
        OR NOT EXISTS (SELECT 1 FROM entry_term et JOIN term t ON t.id = et.term_id
            WHERE et.entry_id = e.id AND +t.list = 'audience'))
    ORDER BY e.name COLLATE NOCASE"""
_TERMS: Final = "SELECT id, list, code, labels FROM term"
_schedules: Final = msgspec.json.Decoder(tuple[Schedule, ...])
_TAUGHT_BY: Final = 4_000
"""Entries, the latest, that teach which town a postcode is: more would take longer than a person waits."""
_wordings: Final = msgspec.json.Decoder(dict[str, Wording])

_NO_WORDS: Final = Thesaurus(()), Spelling()


class Row(NamedTuple):
    """What a result list shows of an entry.

    `quartier` is a label, "" where unknown; `hours` an OSM string; `trust` how far its facts are to be trusted today.
    """

    id: int
    uid: str
    kind: str
    status: str
    name: str
    summary: str
    quartier: str
    area: str
    hours: str
    schedules: tuple[Schedule, ...] = ()
    trust: Trust = "unknown"


class Directory:
    """Entries and vocabularies of one counter."""

    def __init__(self, database: Database, clock: Clock, counter: str, words: Words, calendar: Calendar) -> None:
        self._database = database
        self._clock = clock
        self._counter = counter
        self._words = words
        self.calendar = calendar
        self.sense = meaning.Sense(database) if meaning.is_installed() else None
        self._read_at = -1
        self._topics: list[tuple[str, str, str]] = []
        self._own = Thesaurus(())
        self._spelling: Spelling | None = None
        self._last_word = 0
        self._at_hand = AtHand()
        self._labelled_at = -1
        self._labels: list[object] = []
        self._towns: Towns | None = None
        self._measured_from: tuple[Spot, int] | None = None
        self._distances: Distances = {}
        with database.write() as session:
            vocabulary.bring_up_to_date(session)
            index.bring_up_to_date(session)

    def count(self) -> int:
        """How many entries there are, closed ones apart."""
        with self._database.read() as session:
            return session.scalar(select(func.count()).where(Entry.status != "closed")) or 0

    def is_new(self) -> bool:
        """Whether no entry has ever been kept here, not even one that is closed by now."""
        with self._database.read() as session:
            return session.scalar(select(Entry.id).limit(1)) is None

    def is_demonstration(self) -> bool:
        """Whether the entries are the ones shipped for trying out, not a counter's own."""
        with self._database.read() as session:
            shipped = select(Entry.id).where(Entry.demonstration, Entry.status != "closed").limit(1)
            return session.scalar(shipped) is not None

    def load_file(self, file: Path, *, demonstration: bool = False) -> int:
        """Put every entry of a directory file in, all or nothing; returns how many. Entries of one id are replaced.

        A counter's own directory closes the demonstration entries that it does not replace. Raises `InputError` for a
        file with a wrong line or without any entry.
        """
        with self._database.write() as session:
            resolver = vocabulary.Resolver(session)
            records = sample.read(file, resolver, self._words, demonstration=demonstration)
            count = keep(session, records, self._act("import"), self._words)
            if not count:
                _ = self._words.gettext
                raise InputError(
                    _("Le fichier {file} ne contient aucune fiche. Rien n’a été importé.").format(file=file)
                )
            if not demonstration:
                self._close_demonstration(session)
            return count

    def load(self, records: Iterable[EntryRecord], author: str = "") -> int:
        """Put records in as one change, all or nothing; returns how many."""
        with self._database.write() as session:
            return keep(session, records, self._act("import", author), self._words)

    def entry(self, uid: str, *, internal: bool = False) -> Entry:
        """One entry, detached, with its terms and links. Raises `InputError` when nothing has this id.

        Internal fields raise when touched unless `internal` asks for them.
        """
        found = self.entries([uid], internal=internal)
        if not found:
            _ = self._words.gettext
            raise InputError(_("Aucune fiche ne porte l’identifiant «{id}». Cherchez-la par son nom.").format(id=uid))
        return found[0]

    def entries(self, uids: Sequence[str], *, internal: bool = False) -> list[Entry]:
        """The entries with these ids, in this order; unknown ids are left out. Links to closed ones lead on."""
        with self._database.read() as session:
            found = {entry.uid: entry for entry in session.scalars(_whole(Entry.uid.in_(uids), internal=internal))}
            lead_on(session, found.values())
            session.expunge_all()
        return [found[uid] for uid in uids if uid in found]

    def standing(self, uids: Sequence[str]) -> list[str]:
        """The ids that answer for these now, each once: closed entries lead to what replaced them."""
        with self._database.read() as session:
            answers = standing(session, uids)
        return list(dict.fromkeys(answers[uid] for uid in uids))

    def selected(self, rule: Selection) -> list[str]:
        """The ids of the entries that a rule chooses, in the order of their names."""
        with self._database.read() as session:
            return selection.selected(session, rule)

    def programme(self, rule: Selection, first: date, last: date) -> list[Programmed]:
        """What meets from `first` to `last` among the entries that a rule chooses, in the order of time."""
        with self._database.read() as session:
            return selection.programme(session, rule, first, last, self.calendar)

    def alternatives(self, uid: str) -> tuple[Alternative, ...]:
        """A few entries that answer like this one and that can be relied on today, nearest first."""
        with self._database.read() as session:
            return alternatives.alternatives(session.connection(), uid, local_day(self._clock()))

    def search(self, query: Query) -> Results:
        """Row ids of the entries that answer `query`, best first."""
        with self._database.read() as session:
            known = self._known(session) if query.words else self._nothing_known(session)
            return finding.search(session.connection(), query, self.calendar, known, self._measured(session, query))

    def spots(self) -> dict[str, tuple[str, Spot]]:
        """The quartiers that distances can be measured from, by code, each with its label."""
        return nearness.spots(self.terms("sector"), self.terms("neighbourhood"))

    def distances(self, spot: Spot) -> Distances:
        """How far every entry is from there whose place is known, by row id."""
        with self._database.read() as session:
            return self._measured(session, Query(near=spot)) or {}

    def deepened(self, query: Query, results: Results) -> Results:
        """The results of a search by words, and what is near in meaning among the guesses where answers are few."""
        return (
            meaning.merged(results, self.near_in_meaning(query)) if self.calls_for_meaning(query, results) else results
        )

    def calls_for_meaning(self, query: Query, results: Results) -> bool:
        """Whether the `results` by words leave something to look for, and there is a way to.

        Filters only take away: where they do, the whole directory decides.
        """
        if self.sense is None:
            return False
        if query.is_filtered:
            query = Query(query.text, status=query.status, as_typed=query.as_typed)
            results = self.search(query)
        return meaning.is_called_for(query, results)

    def near_in_meaning(self, query: Query) -> tuple[int, ...]:
        """Row ids of entries that may be meant, nearest first, of those that pass the filters. In any one thread."""
        near = self.sense.near(query.text) if self.sense else []
        if not near:
            return ()
        allowed = {hit.id for hit in self.search(replace(query, text="", near=None)).hits}
        return tuple(entry_id for entry_id in near if entry_id in allowed)

    def warm(self) -> None:
        """Have the thesaurus at hand before the first word is typed: it takes half a second to put together."""
        shipped()
        gc.freeze()  # it stays for good: to look for garbage in it took a quarter of a second in the middle of a word

    def hints(self, query: Query) -> tuple[Hint, ...]:
        """Ways out of an empty result."""
        with self._database.read() as session:
            return finding.hints(session.connection(), query, self.calendar, self._known(session))

    def audience_counts(self, query: Query) -> dict[str, int]:
        """Entries per audience code within the query's other filters."""
        with self._database.read() as session:
            if replace(query, text="", audience="", as_typed=False, near=None) != Query():
                return audience_counts(session.connection(), query, self.calendar)
            kept = self._current(session)
            if kept.audiences is None:
                kept.audiences = audience_counts(session.connection(), query, self.calendar)
            return kept.audiences

    def audiences_among(self, ids: Sequence[int]) -> dict[str, int]:
        """How many of the entries with these row ids each audience has, by code; none where it has none."""
        with self._database.read() as session:
            terms = self._current(session).terms(session.connection(), ids)
        return dict(Counter(code for entry_id in ids for code in terms[entry_id].audiences))

    def among(self, ids: Sequence[int], facet: str) -> dict[str, int]:
        """How many of the entries with these row ids each code of a list has, or of «kind»; none where it has none."""
        listed = msgspec.json.encode(list(ids)).decode()
        statement, values = (_KINDS_AMONG, (listed,)) if facet == "kind" else (_AMONG, (listed, facet))
        with self._database.read() as session:
            return {row[0]: row[1] for row in session.connection().exec_driver_sql(statement, values)}

    def taking(self, ids: Sequence[int], ages: Iterable[int]) -> dict[int, int]:
        """How many of the entries with these row ids take people of each of these ages, or say nothing of ages."""
        listed = msgspec.json.encode(list(ids)).decode()
        with self._database.read() as session:
            spans = session.connection().exec_driver_sql(_AGES_AMONG, (listed,)).all()
        return {age: sum(count for first, last, count in spans if first <= age <= last) for age in ages}

    def rows(self, ids: Sequence[int]) -> list[Row]:
        """What the list shows of the entries with these row ids, in this order."""
        listed = msgspec.json.encode(list(ids)).decode()
        with self._database.read() as session:
            connection = session.connection()
            shown = plain_rows(connection, _SHOWN, (listed,))
            places = plain_rows(connection, _PLACES, (listed,))
        found = _rows(shown, places, self._words, local_day(self._clock()))
        return [found[entry_id] for entry_id in ids if entry_id in found]

    def names(self, uids: Iterable[str]) -> dict[str, str]:
        """The names of those of these entries that exist, closed ones too, by uid."""
        with self._database.read() as session:
            return _names(session, uids)

    def incomplete(self, author: str) -> list[int]:
        """Row ids, by name, of the entries this author has written that lack contact, hours, summary or audience."""
        with self._database.read() as session:
            return list(session.connection().exec_driver_sql(_INCOMPLETE, (author,)).scalars())

    def problems(self, record: EntryRecord) -> list[Problem]:
        """What is wrong or odd in a record, before it is kept; the towns are those of when this was first asked."""
        with self._database.read() as session:
            if self._towns is None:
                self._towns = _known_towns(session)
            known = _names(session, (*(link.uid for link in record.links), record.replaced_by))
        return validation.problems(record, self._words, self._towns, known, local_day(self._clock()))

    def usual_town(self, postcode: str) -> str:
        """The town a postcode usually is, "" where the entries don't say."""
        with self._database.read() as session:
            if self._towns is None:
                self._towns = _known_towns(session)
        return self._towns.usual(postcode)

    def terms(self, name: str, *, retired: bool = False) -> tuple[TermRow, ...]:
        """One vocabulary in display order, labelled in the counter's language.

        Terms that are offered no more come only if asked for: whoever reads what was written before wants them.
        """
        with self._database.read() as session:
            return vocabulary.rows(session, name, self._words.language, retired=retired)

    def term_labels(self) -> dict[tuple[str, str], str]:
        """The label of every term of every vocabulary, by (vocabulary, code)."""
        with self._database.read() as session:
            terms = session.execute(select(Term.list, Term.code, Term.labels))
            return {(row[0], row[1]): row[2].get(self._words.language) or row[2]["fr"] for row in terms}

    def used_terms(self, name: str) -> tuple[TermRow, ...]:
        """The terms of a vocabulary that are offered and that at least one entry has."""
        with self._database.read() as session:
            used = set(
                session.scalars(
                    select(Term.code)
                    .join(entry_term, entry_term.c.term_id == Term.id)
                    .where(Term.list == name)
                    .distinct()
                )
            )
            rows = vocabulary.rows(session, name, self._words.language)
        return tuple(row for row in rows if row.code in used)

    def unindexed(self) -> int:
        """How many entries the search index has missed; 0 unless something wrote past this program."""
        with self._database.read() as session:
            entries, indexed = (
                session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
                for table in ("entry", "entry_words")
            )
            waiting = session.connection().exec_driver_sql("SELECT count(*) FROM entry_dirty").scalar_one()
        return abs(int(entries) - int(indexed)) + int(waiting)

    def reindex(self) -> int:
        """Rebuild the search index; returns how many entries it holds."""
        with self._database.write() as session:
            return index.rebuild(session)

    def _nothing_known(self, session: Session) -> finding.Words:
        """Enough to list entries: spellings are read when the first word is typed."""
        return finding.Words(*_NO_WORDS, self._current(session))

    def _current(self, session: Session) -> AtHand:
        """What earlier searches have read, as far as it still holds."""
        if self._labelled_at != self._database.writes:
            self._labelled_at = self._database.writes
            labels = plain_rows(session.connection(), _TERMS)
            if labels != self._labels:
                self._labels = labels
        self._at_hand = at_hand.current(session.connection(), self._at_hand, self._labels)
        return self._at_hand

    def _known(self, session: Session) -> finding.Words:
        """The directory's own topic words and spellings; after a write, what is new of them."""
        if self._spelling is None:
            self._spelling = Spelling(shipped().words)
        if self._read_at != self._database.writes:
            self._read_at = self._database.writes
            topics = vocabulary.phrases(session, "topic")
            if topics != self._topics:
                self._topics = topics
                self._own = Thesaurus(topics)
                self._spelling.learn(self._own.words)
            self._last_word, fresh = index.words_since(session, self._last_word)
            if fresh:
                self._spelling.learn(fresh)
        return finding.Words(self._own, self._spelling, self._current(session))

    def _measured(self, session: Session, query: Query) -> Distances | None:
        """From where the query wants its answers near; measured anew after a write, or from elsewhere."""
        if query.near is None:
            return None
        if self._measured_from != (query.near, self._database.writes):
            self._measured_from = (query.near, self._database.writes)
            self._distances = nearness.measured(session.connection(), query.near)
        return self._distances

    def _close_demonstration(self, session: Session) -> None:
        """Closed, not deleted: their history stays."""
        heads = select(Entry.head).where(Entry.demonstration, Entry.status != "closed")
        snapshots = session.scalars(select(Revision.snapshot).where(Revision.id.in_(heads)))
        known = [msgspec.json.decode(snapshot, type=EntryRecord) for snapshot in snapshots]
        closed = [msgspec.structs.replace(record, status="closed") for record in known]
        keep(session, closed, self._act("close"), self._words)

    def _act(self, action: str, author: str = "") -> Act:
        return Act(action, author, self._counter, self._clock().astimezone(UTC).isoformat(timespec="seconds"))


def _whole(condition: ColumnElement[bool], *, internal: bool) -> Select[Entry]:
    statement = (
        select(Entry)
        .where(condition)
        .options(selectinload(Entry.terms), selectinload(Entry.links).options(joinedload(EntryLink.target)))
        .options(joinedload(Entry.successor))
    )
    if internal:
        statement = statement.options(*(undefer(getattr(Entry, name)) for name in INTERNAL))
    return statement


def _names(session: Session, uids: Iterable[str]) -> dict[str, str]:
    found = session.execute(select(Entry.uid, Entry.name).where(Entry.uid.in_(set(uids) - {""})))
    return {row[0]: row[1] for row in found}


def _known_towns(session: Session) -> Towns:
    rows = session.connection().exec_driver_sql(
        "SELECT street, postcode, city FROM (SELECT street, postcode, city FROM entry ORDER BY id DESC LIMIT ?) "
        "WHERE postcode <> '' AND city <> ''",
        (_TAUGHT_BY,),
    )
    addresses = [(row[0], row[1], row[2]) for row in rows]
    counted = Counter((postcode, city) for _street, postcode, city in addresses)
    communes = session.execute(select(Term.code, Term.labels, Term.synonyms).where(Term.list == "commune"))
    names = {
        validation.town_key(name): code for code, labels, synonyms in communes for name in (*synonyms, *labels.values())
    }
    pairs = ((postcode, city, count) for (postcode, city), count in counted.items())
    return Towns(pairs, names, (each for each in addresses if each[0]))


def _rows(
    shown: Sequence[tuple[Any, ...]], places: Sequence[tuple[Any, ...]], words: Words, today: date
) -> dict[int, Row]:
    """The rows by id. A quartier is a neighbourhood, else a sector, else a commune other than the city."""
    labels: dict[tuple[int, str], str] = {}
    language = words.language
    for entry_id, name, text in places:
        known = _labels(text)
        if name != "commune" or known["fr"] != "Genève":
            labels.setdefault((entry_id, name), known.get(language) or known["fr"])
    found = {}
    for entry_id, uid, name, wordings, hours, schedules, *facts, verified_on, next_check in shown:
        quartier = next(filter(None, (labels.get((entry_id, each)) for each in _QUARTIER)), "")
        summary = chosen_wording(_wordings.decode(wordings), language).summary
        area = labels.get((entry_id, "area"), "")
        dated = Dated(*facts, *(date.fromisoformat(day) if day else None for day in (verified_on, next_check)))
        found[entry_id] = Row(
            entry_id,
            uid,
            dated.kind,
            dated.status,
            name,
            summary,
            quartier,
            area,
            hours,
            _schedules.decode(schedules),
            freshness.trust(dated, today),
        )
    return found


@lru_cache(4_096)
def _labels(text: str) -> dict[str, str]:
    """A term's labels; the same few hundred texts come back with every list."""
    return msgspec.json.decode(text, type=dict[str, str])
