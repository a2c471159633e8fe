"""The directory of one counter: reading, finding and keeping entries, each change with its revision and its index."""

from collections.abc import Iterable, Sequence
from datetime import UTC
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload, undefer

from pointinfo.clock import Clock
from pointinfo.database import Database
from pointinfo.database.schema import Entry, EntryLink, Revision, Term, Wording, chosen_wording, entry_term
from pointinfo.directory import index, sample, vocabulary
from pointinfo.directory import search as finding
from pointinfo.directory.hours import Calendar
from pointinfo.directory.keeping import Act, keep
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.search import Hint, Query, Results
from pointinfo.directory.vocabulary import TermRow
from pointinfo.errors import InputError
from pointinfo.i18n import Words

_QUARTIER: Final = ("neighbourhood", "sector", "commune")
_SHOWN: Final = "SELECT id, uid, kind, status, name, wordings, hours FROM entry WHERE id IN ({ids})"
# "+" keeps SQLite from looking for the list in an index, which takes ten times as long (sqlite.org/optoverview.html).
_PLACES: Final = """
    SELECT et.entry_id, t.list, t.labels FROM entry_term et JOIN term t ON t.id = et.term_id
    WHERE et.entry_id IN ({ids}) AND +t.list IN ('neighbourhood', 'sector', 'commune', 'area') ORDER BY t.position"""
_wordings: Final = msgspec.json.Decoder(dict[str, Wording])

INTERNAL = ("internal_street", "internal_contacts", "internal_note")


class Row(NamedTuple):
    """What a result list shows of an entry. `quartier` is a label, "" where unknown; `hours` an OSM string."""

    id: int
    uid: str
    kind: str
    status: str
    name: str
    summary: str
    quartier: str
    area: str
    hours: str


class Directory:
    """Entries and vocabularies of one counter."""

    def __init__(self, database: Database, clock: Clock, counter: str, words: Words, calendar: Calendar) -> None:
        self._database = database
        self._clock = clock
        self._counter = counter
        self._words = words
        self.calendar = calendar
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
        """The entries with these ids, in this order; unknown ids are left out."""
        with self._database.read() as session:
            found = {entry.uid: entry for entry in session.scalars(_whole(Entry.uid.in_(uids), internal=internal))}
            session.expunge_all()
        return [found[uid] for uid in uids if uid in found]

    def search(self, query: Query) -> Results:
        """Row ids of the entries that answer `query`, best first."""
        with self._database.read() as session:
            return finding.search(session.connection(), query, self.calendar)

    def hints(self, query: Query) -> tuple[Hint, ...]:
        """Ways out of an empty result."""
        with self._database.read() as session:
            return finding.hints(session.connection(), query, self.calendar)

    def audience_counts(self, query: Query) -> dict[str, int]:
        """Entries per audience code within the query's other filters."""
        with self._database.read() as session:
            return finding.audience_counts(session.connection(), query, self.calendar)

    def rows(self, ids: Sequence[int]) -> list[Row]:
        """What the list shows of the entries with these row ids, in this order."""
        listed = ",".join(map(str, ids))
        with self._database.read() as session:
            connection = session.connection()
            shown = connection.exec_driver_sql(_SHOWN.format(ids=listed)).all()
            places = connection.exec_driver_sql(_PLACES.format(ids=listed)).all()
        found = _rows(shown, places, self._words.language)
        return [found[entry_id] for entry_id in ids if entry_id in found]

    def terms(self, name: str) -> tuple[TermRow, ...]:
        """One vocabulary in display order, labelled in the counter's language."""
        with self._database.read() as session:
            return vocabulary.rows(session, name, self._words.language)

    def used_terms(self, name: str) -> tuple[TermRow, ...]:
        """The terms of a vocabulary that at least one entry has."""
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
    )
    if internal:
        statement = statement.options(*(undefer(getattr(Entry, name)) for name in INTERNAL))
    return statement


def _rows(shown: Sequence[tuple[Any, ...]], places: Sequence[tuple[Any, ...]], language: str) -> dict[int, Row]:
    """The rows by id. A quartier is a neighbourhood, else a sector, else a commune other than the city."""
    labels: dict[tuple[int, str], str] = {}
    for entry_id, name, text in places:
        known = _labels(text)
        if name != "commune" or known["fr"] != "Genève":
            labels.setdefault((entry_id, name), known.get(language) or known["fr"])
    found = {}
    for entry_id, uid, kind, status, name, wordings, hours in shown:
        quartier = next(filter(None, (labels.get((entry_id, each)) for each in _QUARTIER)), "")
        summary = chosen_wording(_wordings.decode(wordings), language).summary
        area = labels.get((entry_id, "area"), "")
        found[entry_id] = Row(entry_id, uid, kind, status, name, summary, quartier, area, hours)
    return found


@lru_cache(4_096)
def _labels(text: str) -> dict[str, str]:
    """A term's labels; the same few hundred texts come back with every list."""
    return msgspec.json.decode(text, type=dict[str, str])
