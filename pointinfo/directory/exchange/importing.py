"""The import itself: looked at first, then brought in whole or not at all, and taken back if it was a mistake.

What a source says is kept as a revision of its own: the import's where the entry then says the same, else a proposal
that the import's revision accepts in part. So the next import knows what the source changed, and what an editor did.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC
from pathlib import Path
from typing import Final, NamedTuple
from uuid import uuid4

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from pointinfo.clock import Clock, local_day
from pointinfo.database import Database
from pointinfo.database.schema import Attachment
from pointinfo.directory import vocabulary
from pointinfo.directory.chunks import without_collection
from pointinfo.directory.exchange.checking import Check
from pointinfo.directory.exchange.comparing import Comparison, source_mark
from pointinfo.directory.exchange.exporting import export
from pointinfo.directory.exchange.formats import Format, Reading, formats
from pointinfo.directory.exchange.incoming import Reader, Understood
from pointinfo.directory.exchange.mapping import Mapping, remember, remembered
from pointinfo.directory.exchange.outgoing import Tell, nobody
from pointinfo.directory.exchange.preview import Counts, Preview, PreviewRow
from pointinfo.directory.exchange.table_reader import TableReader, guessed
from pointinfo.directory.exchange.tables import Table, Tick, beginning, examine, silent
from pointinfo.directory.hours.calendar import NO_CALENDAR
from pointinfo.directory.keeping import Act, keep, propose
from pointinfo.directory.record import EntryRecord, Link
from pointinfo.errors import InputError
from pointinfo.i18n import Words

ASKS_FROM: Final = 0.05
"""The share of a source's entries that an import may close or empty without being asked about."""


class UnconfirmedError(InputError):
    """The import would close or empty many entries, and nobody has confirmed that it shall."""


class Report(NamedTuple):
    """What an import did, and how much of each of the source's fields was understood."""

    source: str
    counts: Counts
    understood: tuple[Understood, ...]


class Exchange:
    """Getting entries in from any file we know, and out again."""

    def __init__(self, database: Database, clock: Clock, counter: str, words: Words) -> None:
        self._database = database
        self._clock = clock
        self._counter = counter
        self._words = words
        self.formats = formats(words)
        self.calendar = NO_CALENDAR

    # What a file is

    def format_of(self, file: Path, name: str = "") -> Format:
        """The format called `name`, else the one that recognises the file. Raises `InputError` where there is none."""
        _ = self._words.gettext
        if name:
            found = next((each for each in self.formats if each.name == name), None)
            if found is None:
                known = ", ".join(each.name for each in self.formats)
                raise InputError(
                    _("Le format «{name}» n’est pas connu. Choisissez parmi : {all}.").format(name=name, all=known)
                )
            return found
        told = next((each for each in self.formats if each.looks_like is not None and each.looks_like(file)), None)
        if told is not None:
            return told
        head = beginning(file, self._words)
        if head.removeprefix(b"\xef\xbb\xbf").lstrip().upper().startswith(b"BEGIN:VCALENDAR"):
            raise InputError(
                _(
                    "{file} est un calendrier : PointInfo en écrit, mais n’en lit pas. Demandez les activités dans un "
                    "tableau (CSV ou XLSX)."
                ).format(file=file.name)
            )
        return next(each for each in self.formats if each.recognises(file.name, head))

    def table(self, file: Path, mapping: Mapping | None = None) -> Table:
        """What kind of table a file is, read as `mapping` says where it does."""
        if mapping is None:
            return examine(file, self._words)
        return examine(file, self._words, encoding=mapping.encoding, delimiter=mapping.delimiter, sheet=mapping.sheet)

    def mapping(self, table: Table, source: str) -> Mapping:
        """How the columns of this source were read last, with new columns guessed; all guessed the first time."""
        with self._database.read() as session:
            guess = guessed(table, source, vocabulary.Resolver(session), self._words)
            known = remembered(session, source)
        if known is None:
            return guess
        before = {column.name: column for column in known.columns}
        columns = tuple(before.get(column.name, column) for column in guess.columns)
        return msgspec.structs.replace(known, columns=columns)

    def read_as(self, file: Path, source: str, how: Mapping | None = None) -> tuple[Table, Mapping]:
        """A table and its columns as this source was read last, or with the encoding, delimiter and sheet of `how`.

        A remembered sheet that the workbook no longer has is let go.
        """
        with self._database.read() as session:
            known = how or remembered(session, source)
        table = self.table(file)
        if known is not None and known.sheet not in ("", *table.sheets):
            known = msgspec.structs.replace(known, sheet="")
        if known is None:
            return table, self.mapping(table, source)
        table = self.table(file, known)
        mapping = self.mapping(table, source)
        return table, msgspec.structs.replace(
            mapping, encoding=known.encoding, delimiter=known.delimiter, sheet=known.sheet
        )

    def source_of(self, file: Path, format_name: str = "") -> str:
        """What the source of a file is called if nobody says: its standard or producer, else the file's own name."""
        found = self.format_of(file, format_name)
        if found.reads is None:
            return file.stem
        return found.reads(file, Reading("", self.resolver(), self._words, silent)).source

    def resolver(self) -> vocabulary.Resolver:
        """Finds codes by the words people write."""
        with self._database.read() as session:
            return vocabulary.Resolver(session)

    # Looking before anything counts

    def preview(
        self,
        file: Path,
        mapping: Mapping | None = None,
        *,
        source: str = "",
        format_name: str = "",
        tick: Tick = silent,
    ) -> Preview:
        """What bringing in `file` would do; nothing is written. A table is read by `mapping`, else as guessed.

        `source` is what the person calls where the file comes from; as `source_of` says if not said. Raises
        `InputError` for a file that can't be read, or without any row.
        """
        found = self.format_of(file, format_name)
        if found.is_table:
            if mapping is None:
                table, mapping = self.read_as(file, source or file.stem)
            else:
                table = self.table(file, mapping)
            rows = TableReader(table, mapping, self.resolver(), self._words, tick=tick)
            preview = self.look_through(rows, mapping)
            preview.unknown = rows.unknown()
            return preview
        if found.reads is None:
            _ = self._words.gettext
            raise InputError(_("Ce format s’écrit, mais ne se lit pas."))
        return self.look_through(found.reads(file, Reading(source, self.resolver(), self._words, tick)))

    def look_through(self, reader: Reader, mapping: Mapping | None = None) -> Preview:
        """The same for any reader; without a mapping, what the source lacks stays."""
        _ = self._words.gettext
        preview = Preview(reader.source, mapping)
        try:
            with self._database.read() as session, without_collection():
                codes = frozenset(vocabulary.ids(session))
                leaflets = frozenset(session.scalars(select(Attachment.sha256)))
                preview.written = _last_written(session)
                check = Check(codes, leaflets, local_day(self._clock()), self._words)
                comparison = Comparison(session, preview, check, self._words)
                comparison.take(reader)
                if len(preview) == 0:
                    raise InputError(_("Ce fichier ne contient aucune fiche."))
                reason = _("N’est plus dans la source «{source}».").format(source=reader.source)
                comparison.close_missing(reason, only_count=mapping is None or not mapping.complete)
        except BaseException:
            preview.close()
            raise
        preview.understood = reader.understood()
        return preview

    # Bringing in

    def bring_in(self, preview: Preview, author: str, *, confirmed: bool = False, tick: Tick = silent) -> Report:
        """Write everything of a preview, all or nothing. What `tick` raises stops it, nothing written.

        Raises `InputError` when the directory has changed since, or `UnconfirmedError` with the figures when more than
        `ASKS_FROM` of the source's entries would be closed or emptied and that is not `confirmed`.
        """
        counts = preview.counts
        if not confirmed:
            self._ask(preview, counts)
        mark = source_mark(preview.source)
        with self._database.write() as session:
            if _last_written(session) != preview.written:
                _ = self._words.gettext
                raise InputError(
                    _("L’annuaire a changé depuis l’aperçu. Rien n’a été importé ; refaites l’aperçu, puis importez.")
                )
            statements: dict[str, tuple[str, ...]] = {}
            differing: list[int] = []
            for number in preview.numbers("changed", "unchanged"):
                row = preview.row(number)
                if row.said is not None:
                    statements[row.uid] = (str(uuid4()),)
                    differing.append(number)
            act = self._act("import", author, mark)._replace(also=statements)
            adopted = preview.adopted()
            keep(session, _records(preview, adopted, tick), act, self._words)
            for number in differing:
                row = preview.row(number)
                if row.said is not None:
                    [revision] = statements[row.uid]
                    said = _leading(row.said, adopted)
                    propose(session, said, "", act._replace(action="propose"), revision)
            closing = (row.record for row in preview.rows("closing") if row.record is not None)
            keep(session, closing, self._act("close", author, mark), self._words)
            if preview.mapping is not None:
                remember(session, preview.mapping, self._clock().astimezone(UTC))
            preview.written = _last_written(session)
        tick(1.0)
        return Report(preview.source, counts, preview.understood)

    def take_back(self, preview: Preview, author: str) -> int:
        """Undo what `bring_in` did, as one change; new entries are closed. Returns how many entries it was.

        Raises `InputError` when somebody has changed the directory since.
        """
        _ = self._words.gettext
        mark = source_mark(preview.source)
        with self._database.write() as session:
            if _last_written(session) != preview.written:
                raise InputError(
                    _("L’annuaire a changé depuis l’import : il ne peut plus être annulé en une fois. Rien n’a changé.")
                )
            before = (row.before for row in preview.rows("changed", "closing") if row.before is not None)
            restored = keep(session, before, self._act("restore", author, mark), self._words)
            reason = _("Import annulé.")
            added = (
                msgspec.structs.replace(row.record, status="closed", status_reason=reason)
                for row in preview.rows("new")
                if row.record is not None
            )
            return restored + keep(session, added, self._act("close", author, mark), self._words)

    # Getting out

    def write(
        self,
        file: Path,
        format_name: str = "",
        *,
        uids: Sequence[str] | None = None,
        internal: bool = False,
        closed: bool = False,
        tick: Tick = silent,
        tell: Tell = nobody,
    ) -> int:
        """Write the entries with these uids (None: all) to `file`, whole or not at all; returns how many.

        What only the staff may read goes along only if `internal`, closed entries only if `closed`. `tell` is given a
        sentence for each kind of thing that was asked for and that the format, or the settings, don't let out. Raises
        `InputError` for a format that is not written, or a place that can't be.
        """
        _ = self._words.gettext
        writing = [each for each in self.formats if each.writes is not None]
        found = next((each for each in writing if format_name == each.name), None)
        if not format_name:
            found = next((each for each in writing if file.name.lower().endswith(each.suffix)), None)
        if found is None:
            known = ", ".join(each.suffix for each in writing)
            raise InputError(_("Ce format ne s’écrit pas. Choisissez parmi : {all}.").format(all=known))
        with self._database.read() as session:
            day = local_day(self._clock()), self.calendar
            return export(
                session,
                file,
                found,
                day,
                self._words,
                uids=uids,
                internal=internal,
                closed=closed,
                tick=tick,
                tell=tell,
            )

    def _ask(self, preview: Preview, counts: Counts) -> None:
        gone = counts.closing + counts.lost
        if gone == 0 or gone <= ASKS_FROM * preview.standing:
            return
        words = self._words
        said = words.ngettext(
            "Cet import fermerait ou viderait {count} fiche sur {all} de la source «{source}». Rien n’a été importé. "
            "Vérifiez que le fichier est complet, puis confirmez.",
            "Cet import fermerait ou viderait {count} fiches sur {all} de la source «{source}». Rien n’a été importé. "
            "Vérifiez que le fichier est complet, puis confirmez.",
            gone,
        )
        raise UnconfirmedError(said.format(count=gone, all=preview.standing, source=preview.source))

    def _act(self, action: str, author: str, comment: str) -> Act:
        at = self._clock().astimezone(UTC).isoformat(timespec="seconds")
        return Act(action, author, self._counter, at, comment)


def _records(preview: Preview, adopted: dict[str, str], tick: Tick) -> Iterator[EntryRecord]:
    """What is to be written: entries that are new or changed, and those of which the source's word alone is new."""
    numbers = preview.numbers("new", "changed", "unchanged")
    for done, number in enumerate(numbers):
        if done % 500 == 0:
            tick(done / len(numbers))
        row: PreviewRow = preview.row(number)
        if row.record is not None:
            yield _leading(row.record, adopted)


def _leading(record: EntryRecord, adopted: dict[str, str]) -> EntryRecord:
    """The record with its links to what has become part of another entry leading to that one."""
    if not adopted or not record.links:
        return record
    links = tuple(Link(link.kind, adopted.get(link.uid, link.uid)) for link in record.links)
    return msgspec.structs.replace(record, links=links)


def _last_written(session: Session) -> int:
    return int(session.connection().exec_driver_sql("SELECT coalesce(max(rowid), 0) FROM revision").scalar_one())
