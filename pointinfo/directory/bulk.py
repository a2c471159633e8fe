"""One change of many entries: which ones, what changes in each, all or nothing, taken back as one."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC
from typing import NamedTuple

import msgspec
from sqlalchemy.orm import Session

from pointinfo.clock import Clock
from pointinfo.database import Database
from pointinfo.directory import search
from pointinfo.directory.bulk_edits import Edit, Replace, Retag, SetStatus, action, edited
from pointinfo.directory.keeping import CHUNK, Act, keep, propose
from pointinfo.directory.record import EntryRecord, FieldChange, changes, merge
from pointinfo.errors import InputError
from pointinfo.i18n import Words

Progress = Callable[[int, int], bool]
"""Told how many of how many entries are done; answers whether to go on."""

_decoder = msgspec.json.Decoder(EntryRecord)


class Selection(NamedTuple):
    """Which entries: those that pass everything that is said. `uids` name them one by one.

    `terms` are (vocabulary, code), all of them carried. Closed entries are only among them where `closed`.
    """

    text: str = ""
    kind: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    uids: tuple[str, ...] = ()
    closed: bool = False


class Line(NamedTuple):
    """What would change in one entry; `changes` as in `record.changes`."""

    id: int
    uid: str
    name: str
    changes: tuple[FieldChange, ...]


class Preview(NamedTuple):
    """The row ids of the entries that would change, by name; `looked_at` of how many; `seen` the last revision then."""

    ids: tuple[int, ...]
    looked_at: int
    seen: int


class Done(NamedTuple):
    """One act: its revisions by place in the log, both ends included. `entries` 0: nothing had to change."""

    first: int
    last: int
    entries: int


class StoppedError(InputError):
    """Somebody stopped it; nothing was written."""


class Bulk:
    """Changes of many entries at this counter. A directory of any size takes one chunk of the memory."""

    def __init__(self, database: Database, clock: Clock, counter: str, words: Words) -> None:
        self._database = database
        self._clock = clock
        self._counter = counter
        self._words = words

    def select(self, selection: Selection) -> list[int]:
        """The row ids of the entries, by name. Raises `InputError` where nothing is said: all is never meant."""
        if not (selection.text.strip() or selection.kind or selection.terms or selection.uids):
            _ = self._words.gettext
            raise InputError(_("Choisissez d’abord des fiches : un mot, un type, un public, un sujet ou un quartier."))
        with self._database.read() as session:
            return _selected(session, selection)

    def preview(self, ids: Sequence[int], edit: Edit, progress: Progress | None = None) -> Preview:
        """Which of these entries would change. Raises `InputError` where one would lose its name, or for no change."""
        edit = self._checked(edit)
        with self._database.read() as session:
            seen = session.connection().exec_driver_sql("SELECT coalesce(max(rowid), 0) FROM revision").scalar_one()
            found = tuple(each.row for each in self._changed(session, ids, edit, progress))
        return Preview(found, len(ids), seen)

    def lines(self, ids: Sequence[int], edit: Edit) -> list[Line]:
        """What would change in these entries, in this order; for the rows that are looked at."""
        edit = self._checked(edit)
        with self._database.read() as session:
            found = {
                each.row: Line(each.row, each.before.uid, each.before.name, tuple(changes(each.before, each.after)))
                for each in self._changed(session, ids, edit, None)
            }
        return [found[row] for row in ids if row in found]

    def apply(
        self,
        ids: Sequence[int],
        edit: Edit,
        author: str,
        *,
        seen: int | None = None,
        comment: str = "",
        progress: Progress | None = None,
    ) -> Done:
        """Change these entries, all or nothing, a revision each.

        `seen` is the preview's: raises `InputError` where somebody changed one of them since. Raises `StoppedError`
        when `progress` says so. Nothing is written then.
        """
        edit = self._checked(edit)
        with self._database.write() as session:
            if seen is not None:
                self._refuse_stale(session, ids, seen)
            before = _last_revision(session)
            changed = self._changed(session, ids, edit, progress)
            count = keep(
                session, (each.after for each in changed), self._act(action(edit), author, comment), self._words
            )
            return Done(before + 1, _last_revision(session), count)

    def propose(
        self, ids: Sequence[int], edit: Edit, author: str, *, comment: str = "", progress: Progress | None = None
    ) -> int:
        """Put the changes before the editors, one proposal an entry; returns how many."""
        edit = self._checked(edit)
        act = self._act("propose", author, comment)
        with self._database.write() as session:
            return sum(
                bool(propose(session, each.after, each.head, act))
                for each in self._changed(session, ids, edit, progress)
            )

    def undo(self, done: Done, author: str, progress: Progress | None = None) -> Done:
        """Take back an act as one. What was changed since in other fields stays.

        Raises `InputError` where the same field was changed since; nothing is taken back then.
        """
        with self._database.write() as session:
            before = _last_revision(session)
            back = self._taken_back(session, done, progress)
            count = keep(session, back, self._act("restore", author), self._words)
            return Done(before + 1, _last_revision(session), count)

    # How it is done

    def _changed(
        self, session: Session, ids: Sequence[int], edit: Edit, progress: Progress | None
    ) -> Iterator["_Changed"]:
        """The entries that would not stay as they are, read chunk by chunk."""
        _ = self._words.gettext
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            for row, (head, before) in _heads(session, chunk).items():
                after = edited(before, edit)
                if after == before:
                    continue
                if not after.name:
                    raise InputError(
                        _("La fiche «{name}» n’aurait plus de nom. Rien n’a été modifié.").format(name=before.name)
                    )
                yield _Changed(row, head, before, after)
            self._tell(progress, min(start + CHUNK, len(ids)), len(ids))

    def _taken_back(self, session: Session, done: Done, progress: Progress | None) -> Iterator[EntryRecord]:
        _ = self._words.gettext
        total = done.last - done.first + 1
        for start in range(done.first, done.last + 1, CHUNK):
            last = min(start + CHUNK - 1, done.last)
            for before, after, present in _acts(session, start, last):
                merged = merge(after, present, before)
                if merged.conflicts:
                    raise InputError(
                        _(
                            "La fiche «{name}» a été modifiée depuis. Rien n’a été annulé ; "
                            "corrigez les fiches une à une, ou par un nouveau changement en lot."
                        ).format(name=present.name)
                    )
                yield merged.record
            self._tell(progress, last - done.first + 1, total)

    def _tell(self, progress: Progress | None, done: int, total: int) -> None:
        if progress is not None and not progress(done, total):
            _ = self._words.gettext
            raise StoppedError(_("Arrêté : rien n’a été modifié."))

    def _refuse_stale(self, session: Session, ids: Sequence[int], seen: int) -> None:
        for start in range(0, len(ids), CHUNK):
            listed = ",".join(map(str, ids[start : start + CHUNK]))
            newer = (
                "SELECT e.name FROM entry e JOIN revision r ON r.id = e.head "
                f"WHERE e.id IN ({listed}) AND r.rowid > ? LIMIT 1"
            )
            name = session.connection().exec_driver_sql(newer, (seen,)).scalar()
            if name is not None:
                _ = self._words.gettext
                raise InputError(
                    _(
                        "La fiche «{name}» a été modifiée depuis l’aperçu. Rien n’a été modifié ; "
                        "regardez l’aperçu à nouveau."
                    ).format(name=name)
                )

    def _checked(self, edit: Edit) -> Edit:
        _ = self._words.gettext
        match edit:
            case Replace(fields, find):
                if not find:
                    raise InputError(_("Écrivez ce qui est à remplacer."))
                if not fields:
                    raise InputError(_("Choisissez au moins un champ où chercher."))
                return edit._replace(find=unicodedata.normalize("NFC", find))
            case Retag(_vocabulary, old, new) if old == new:
                raise InputError(_("Choisissez le mot à ajouter, à enlever, ou les deux pour remplacer."))
            case SetStatus(status, reason) if status != "active" and not reason.strip():
                raise InputError(_("Donnez la raison : elle sera lue au guichet."))
        return edit

    def _act(self, action: str, author: str, comment: str = "") -> Act:
        return Act(action, author, self._counter, self._clock().astimezone(UTC).isoformat(timespec="seconds"), comment)


class _Changed(NamedTuple):
    """An entry as it stands, with its head, and as it would be."""

    row: int
    head: str
    before: EntryRecord
    after: EntryRecord


def _selected(session: Session, selection: Selection) -> list[int]:
    clauses = [] if selection.closed else ["e.status <> 'closed'"]
    values: list[object] = []
    if selection.kind:
        clauses.append("e.kind = ?")
        values.append(selection.kind)
    for name, code in selection.terms:
        clauses.append(
            "e.id IN (SELECT et.entry_id FROM entry_term et JOIN term t ON t.id = et.term_id "
            "WHERE t.list = ? AND t.code = ?)"
        )
        values += [name, code]
    if selection.uids:
        clauses.append("e.uid IN (SELECT value FROM json_each(?))")
        values.append(msgspec.json.encode(selection.uids).decode())
    if selection.text.strip():
        expression = search.expression(selection.text, closed=selection.closed)
        clauses.append("e.id IN (SELECT rowid FROM entry_words WHERE entry_words MATCH ?)" if expression else "0")
        values += [expression] if expression else []
    rows = session.connection().exec_driver_sql(
        f"SELECT e.id FROM entry e WHERE {' AND '.join(clauses) or '1'} ORDER BY e.name COLLATE NOCASE, e.id",
        tuple(values),
    )
    return [row[0] for row in rows]


def _heads(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, EntryRecord]]:
    """Each entry's present revision and record, in the order of `ids`."""
    listed = ",".join(map(str, ids))
    rows = session.connection().exec_driver_sql(
        f"SELECT e.id, e.head, r.snapshot FROM entry e JOIN revision r ON r.id = e.head WHERE e.id IN ({listed})"
    )
    found = {row: (head, _decoder.decode(snapshot)) for row, head, snapshot in (tuple(each) for each in rows)}
    return {row: found[row] for row in ids if row in found}


def _acts(session: Session, first: int, last: int) -> list[tuple[EntryRecord, EntryRecord, EntryRecord]]:
    """Of each revision in this stretch of the log: the entry before it, after it, and as it stands now."""
    rows = session.connection().exec_driver_sql(
        "SELECT was.snapshot, r.snapshot, now.snapshot FROM revision r "
        "JOIN revision was ON was.id = json_extract(r.parents, '$[0]') "
        "JOIN entry e ON e.uid = r.entry_uid JOIN revision now ON now.id = e.head "
        "WHERE r.rowid BETWEEN ? AND ? ORDER BY r.rowid",
        (first, last),
    )
    return [tuple(_decoder.decode(snapshot) for snapshot in row) for row in rows]  # type: ignore[misc]


def _last_revision(session: Session) -> int:
    return int(session.connection().exec_driver_sql("SELECT coalesce(max(rowid), 0) FROM revision").scalar_one())
