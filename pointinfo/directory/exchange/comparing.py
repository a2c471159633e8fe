"""Holds what a source says against the directory: what is new, what the source changed, what an editor knows better."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy.orm import Session

from pointinfo.directory.duplicates import Candidate
from pointinfo.directory.exchange.adopting import altered, elsewhere, in_place, joined
from pointinfo.directory.exchange.checking import Check
from pointinfo.directory.exchange.columns import extra_key, extra_of, gathered, is_internal, spread
from pointinfo.directory.exchange.incoming import Incoming, Remark, uid_of
from pointinfo.directory.exchange.preview import Preview, PreviewRow
from pointinfo.directory.record import EntryRecord, Link, merge_fields
from pointinfo.directory.text import fold
from pointinfo.directory.twins import CERTAIN, Twins
from pointinfo.i18n import Words

_CHUNK: Final = 500
_PRESENT: Final = """
    SELECT e.uid, r.snapshot, r.action, r.comment FROM entry e JOIN revision r ON r.id = e.head
    WHERE e.uid IN (SELECT value FROM json_each(?))"""
# The last thing that happened to an entry by this source: what it said (see `importing`), or that it was taken back.
_SAID: Final = """
    SELECT entry_uid, snapshot FROM revision WHERE rowid IN (
        SELECT max(rowid) FROM revision WHERE entry_uid IN (SELECT value FROM json_each(?))
        AND action IN ('import', 'propose', 'restore') AND comment = ? GROUP BY entry_uid)"""
_NAMED: Final = "SELECT name, uid FROM entry WHERE status <> 'closed'"
_OF_SOURCE: Final = """
    SELECT uid FROM entry WHERE origins <> '[]' AND status <> 'closed' AND EXISTS (
        SELECT 1 FROM json_each(entry.origins) WHERE json_extract(value, '$.source') = ?)"""

_IDENTITY: Final = frozenset({"uid", "kind", "status", "name"})

_NOBODY: Final = EntryRecord(uid="", kind="service", name="")
"""Stands for the record of a row that waits: the preview keeps it."""

_snapshot = msgspec.json.Decoder(EntryRecord)


def source_mark(source: str) -> str:
    """The comment by which the revisions of an import are known."""
    return f"import:{source}"


class Standing(NamedTuple):
    """An entry as it stands. `closed_by_source`: it was closed because the source lacked it."""

    record: EntryRecord
    closed_by_source: bool


class Comparison:
    """Fills a preview, a chunk of rows at a time, within one read of the directory."""

    def __init__(self, session: Session, preview: Preview, check: Check, words: Words) -> None:
        self._connection = session.connection()
        self._preview = preview
        self._check = check
        self._words = words
        self._seen: dict[str, int] = {}
        self._linked: list[tuple[int, Incoming]] = []
        self._empty = self._connection.exec_driver_sql("SELECT 1 FROM entry LIMIT 1").first() is None
        self._twins = Twins(session, words)
        self._proposed: dict[str, int] = {}
        self._elsewhere = {} if self._empty else elsewhere(self._connection, preview.source)
        self._moved = {uid_of(*key): uid for key, uid in self._elsewhere.items()}
        self._of_source = {row[0] for row in self._connection.exec_driver_sql(_OF_SOURCE, (preview.source,))}

    def take(self, incoming: Iterable[Incoming]) -> None:
        """Every row of a source; those with links wait until all are known."""
        rows = iter(incoming)
        while chunk := list(islice(rows, _CHUNK)):
            checked = [self._once(self._as_here(self._check(each))) for each in chunk]
            standing, said = self._known([each.record.uid for each in checked if not _refused(each)])
            ready = [each for each in checked if not each.record.links or _refused(each)]
            twins = self._likely([each for each in ready if not _refused(each)], standing)
            for each in checked:
                record = each.record
                if record.links and not _refused(each):
                    waits = PreviewRow("new", each.row, record.uid, record.name, each.remarks, record)
                    self._linked.append((self._preview.add(waits), each._replace(record=_NOBODY, remarks=())))
                else:
                    row = self._compared(each, standing.get(record.uid), said.get(record.uid))
                    self._propose(self._preview.add(row), each, twins.get(record.uid, ()))
        self._link()
        self._withdraw()

    def close_missing(self, reason: str, *, only_count: bool) -> None:
        """Count the entries of this source; close those that it has no more, unless `only_count`."""
        counts = self._preview.counts
        self._preview.standing = max(len(self._of_source), counts.changed + counts.unchanged)
        gone = [] if only_count else [uid for uid in self._of_source if uid not in self._seen]
        for start in range(0, len(gone), _CHUNK):
            standing, _said = self._known(gone[start : start + _CHUNK])
            for uid, (present, _closed) in standing.items():
                closed = msgspec.structs.replace(present, status="closed", status_reason=reason)
                self._preview.add(PreviewRow("closing", 0, uid, present.name, record=closed, before=present))

    def _once(self, incoming: Incoming) -> Incoming:
        uid = incoming.record.uid
        if _refused(incoming):
            if uid:  # the source still has it, however badly it says so
                self._seen.setdefault(uid, incoming.row)
            return incoming
        before = self._seen.get(uid)
        if before is None:
            self._seen[uid] = incoming.row
            return incoming
        _ = self._words.gettext
        sentence = _("Cet identifiant est déjà celui de la ligne {row}.").format(row=before)
        named = next((origin.id for origin in incoming.record.origins), uid)
        return incoming._replace(
            remarks=(*incoming.remarks, Remark(incoming.row, "", named[:200], sentence, fatal=True))
        )

    def _compared(self, incoming: Incoming, present: Standing | None, last: EntryRecord | None) -> PreviewRow:
        record, row, remarks = incoming.record, incoming.row, incoming.remarks
        if _refused(incoming):
            return PreviewRow("refused", row, record.uid, record.name, remarks)
        if present is None:
            return PreviewRow("new", row, record.uid, record.name, remarks, record)
        theirs = spread(present.record)
        ours = spread(record)
        base = theirs if last is None else spread(last)
        said = _stated(ours, base, incoming)
        if incoming.echo is not None and said != base:
            echo = self._check(incoming.echo(present.record if last is None else last)).record
            said = altered(base, spread(echo), ours, incoming.unread) | {"uid": record.uid}
        if present.closed_by_source:  # it has it again
            base |= {key: theirs[key] for key in ("status", "status_reason") if key in theirs}
            said["status"] = record.status
        if said == base:
            return PreviewRow("unchanged", row, record.uid, record.name, remarks)
        merged, conflicts = merge_fields(base, theirs, said)
        for conflict in conflicts:  # the editor's word stays; what the source says is in the history
            merged.pop(conflict.field, None)
            if conflict.before is not None:
                merged[conflict.field] = conflict.before
        like = present.record if incoming.echo is None else in_place(present.record, said)
        whole, statement = gathered(merged, like), gathered(said, like)
        facts = {key for key in theirs if key not in _IDENTITY and not key.startswith(("origins/", "extra/"))}
        if whole.status == "closed" != present.record.status or len(facts - merged.keys()) * 2 > len(facts):
            self._preview.lose()
        return PreviewRow(
            "unchanged" if merged == theirs else "changed",  # an editor was first: only the source's word is new
            row,
            record.uid,
            record.name,
            remarks,
            whole,
            present.record,
            None if said == merged else statement,
            tuple(conflict.field for conflict in conflicts),
        )

    def _known(self, uids: Sequence[str]) -> tuple[dict[str, Standing], dict[str, EntryRecord]]:
        """The entries as they stand, and what the source said of each last."""
        if self._empty or not uids:
            return {}, {}
        listed = msgspec.json.encode(uids).decode()
        mark = source_mark(self._preview.source)
        standing = {
            uid: Standing(_snapshot.decode(snapshot), action == "close" and comment == mark)
            for uid, snapshot, action, comment in self._connection.exec_driver_sql(_PRESENT, (listed,))
        }
        if not standing:
            return standing, {}
        said = self._connection.exec_driver_sql(_SAID, (msgspec.json.encode(list(standing)).decode(), mark))
        return standing, {uid: _snapshot.decode(snapshot) for uid, snapshot in said}

    # Entries that are likely the same

    def _as_here(self, incoming: Incoming) -> Incoming:
        """With the uid that what the source means has here."""
        if not self._elsewhere:
            return incoming
        record = incoming.record
        known = (self._elsewhere.get((origin.source, origin.id)) for origin in record.origins)
        uid = next(filter(None, known), record.uid)
        return incoming if uid == record.uid else incoming._replace(record=msgspec.structs.replace(record, uid=uid))

    def _likely(self, rows: Sequence[Incoming], standing: dict[str, Standing]) -> dict[str, list[Candidate]]:
        """What each of the rows that are new here may be already."""
        fresh = [] if self._empty else [_told(each) for each in rows if each.record.uid not in standing]
        return dict(zip((record.uid for record in fresh), self._twins.of(fresh), strict=True)) if fresh else {}

    def _propose(self, number: int, incoming: Incoming, likely: Sequence[Candidate]) -> None:
        """Offer to update the likeliest entry that no other row means; where it is certain, that is the proposal.

        An entry of the same source is another: the source itself tells them apart.
        """
        free = (each for each in likely if not any(each.uid in known for known in (self._proposed, self._of_source)))
        twin = next(free, None)
        present = self._known([twin.uid])[0].get(twin.uid) if twin is not None else None
        if twin is None or present is None:
            return
        self._proposed[twin.uid] = number
        theirs = spread(present.record)
        said = _stated(spread(incoming.record), theirs, incoming) | {"uid": twin.uid}
        whole = gathered(joined(theirs, said), present.record)
        statement = gathered(said, present.record)
        new = msgspec.structs.replace(self._preview.row(number), twin=twin)
        update = PreviewRow(
            "changed",
            incoming.row,
            twin.uid,
            incoming.record.name,
            incoming.remarks,
            whole,
            present.record,
            None if statement == whole else statement,
            twin=twin,
            other=new,
        )
        new = msgspec.structs.replace(new, other=msgspec.structs.replace(update, other=None))
        self._preview.put(number, update if twin.score >= CERTAIN else new)

    def _withdraw(self) -> None:
        """Offer no entry that has a row of its own."""
        for uid, number in self._proposed.items():
            if uid in self._seen:
                self._preview.decide(number, update=False)
                self._preview.put(number, msgspec.structs.replace(self._preview.row(number), twin=None, other=None))

    # Links

    def _link(self) -> None:
        """Rows that lead to others, now that all are known: by uid, by the source's id, by the only name."""
        linked, self._linked = self._linked, []
        named: dict[str, str] | None = None
        for start in range(0, len(linked), _CHUNK):
            chunk = [(number, self._waiting(number, each)) for number, each in linked[start : start + _CHUNK]]
            links = [link for _number, each in chunk for link in each.record.links]
            if named is None and any(link.uid[:1] == "?" for link in links):
                named = self._names()
            wanted = {uid for link in links for uid in self._candidates(link)}
            here = self._here([uid for uid in wanted if uid not in self._seen])
            standing, said = self._known([each.record.uid for _number, each in chunk])
            resolved = [(number, self._resolved(each, named or {}, here)) for number, each in chunk]
            twins = self._likely([each for _number, each in resolved], standing)
            for number, each in resolved:
                uid = each.record.uid
                self._preview.put(number, self._compared(each, standing.get(uid), said.get(uid)))
                self._propose(number, each, twins.get(uid, ()))

    def _waiting(self, number: int, rest: Incoming) -> Incoming:
        row = self._preview.row(number)
        assert row.record is not None  # noqa: S101 -- `take` put it there
        return rest._replace(record=row.record, remarks=row.remarks)

    def _resolved(self, incoming: Incoming, named: dict[str, str], here: set[str]) -> Incoming:
        links, remarks = [], list(incoming.remarks)
        for link in incoming.record.links:
            found = next((uid for uid in self._candidates(link) if uid in self._seen or uid in here), "")
            found = found or named.get(fold(link.uid[1:]), "")
            if found:
                links.append(Link(link.kind, found))
            else:
                _ = self._words.gettext
                said = _("«{value}» n’est ni dans ce fichier ni dans l’annuaire : le lien n’est pas repris.")
                target = link.uid.removeprefix("?")[:200]
                remarks.append(Remark(incoming.row, link.kind, target, said.format(value=target)))
        record = msgspec.structs.replace(incoming.record, links=tuple(dict.fromkeys(links)))
        return incoming._replace(record=record, remarks=tuple(remarks))

    def _candidates(self, link: Link) -> tuple[str, ...]:
        source, ident = self._preview.source, link.uid[1:]
        if link.uid[:1] != "?":
            return (self._moved.get(link.uid, link.uid),)
        return (self._elsewhere.get((source, ident)) or uid_of(source, ident), ident)

    def _here(self, uids: Sequence[str]) -> set[str]:
        listed = msgspec.json.encode(uids).decode()
        asked = "SELECT uid FROM entry WHERE uid IN (SELECT value FROM json_each(?))"
        return {row[0] for row in self._connection.exec_driver_sql(asked, (listed,))}

    def _names(self) -> dict[str, str]:
        """The uid of each name that one entry alone bears, in the file and the directory."""
        found: dict[str, str] = {}
        pairs = [(row.name, row.uid) for row in self._preview.rows("new", "changed", "unchanged")]
        pairs += [(name, uid) for name, uid in self._connection.exec_driver_sql(_NAMED)]
        for name, uid in pairs:
            folded = fold(name)
            found[folded] = uid if found.get(folded, uid) == uid else ""
        return found


def _refused(incoming: Incoming) -> bool:
    return bool(incoming.remarks) and any(remark.fatal for remark in incoming.remarks)


def _told(incoming: Incoming) -> EntryRecord:
    """The record without a kind that the source doesn't say."""
    says = incoming.covers is None or "kind" in incoming.covers
    return incoming.record if says else msgspec.structs.replace(incoming.record, kind="")


def _stated(ours: dict[str, Any], base: dict[str, Any], incoming: Incoming) -> dict[str, Any]:
    """All that the source says by now: where it has no place for a field, or was not understood, as before.

    What only the staff may read is in few files: one that lacks it says nothing of it.
    """
    covers, unread = incoming.covers, incoming.unread
    said = {key: value for key, value in ours.items() if covers is None or key in covers or key.startswith("extra/")}
    for key, value in base.items():
        if covers is None:
            stays = is_internal(key) and key not in ours
        else:
            stays = key not in covers and (key[:6] != "extra/" or extra_key(extra_of(key)[0], "*") not in covers)
        if key in unread or (stays and key not in said):
            said[key] = value
    said["uid"] = incoming.record.uid
    return said
