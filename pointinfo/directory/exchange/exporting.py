"""Writes entries to a file: beside the old one first, then in its place; internal fields never without being asked."""

import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy.orm import Session

from pointinfo import reasons
from pointinfo.directory.exchange.cells import labels
from pointinfo.directory.exchange.formats import Format, Writing
from pointinfo.directory.exchange.outgoing import Tell
from pointinfo.directory.exchange.tables import Tick
from pointinfo.directory.fields import public
from pointinfo.directory.hours import Calendar
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.vocabulary import Resolver
from pointinfo.errors import InputError
from pointinfo.i18n import Words

_ALL: Final = "SELECT r.snapshot FROM entry e JOIN revision r ON r.id = e.head {which} ORDER BY e.id"
_SOME: Final = """
    SELECT e.uid, r.snapshot FROM entry e JOIN revision r ON r.id = e.head
    WHERE e.uid IN (SELECT value FROM json_each(?))"""
_NAMES: Final = "SELECT uid, name FROM entry WHERE id IN (SELECT target_id FROM entry_link)"
_CHUNK: Final = 500


class Entries:
    """The entries to be written; each pass reads them anew, so that only one is held."""

    def __init__(
        self, session: Session, uids: Sequence[str] | None, *, internal: bool, closed: bool, tick: Tick
    ) -> None:
        self._connection = session.connection()
        self._uids = uids
        self._internal = internal
        self._closed = closed
        self._tick = tick
        self._decoder = msgspec.json.Decoder(EntryRecord)
        self._count = len(uids) if uids is not None else self._counted()

    def __iter__(self) -> Iterator[EntryRecord]:
        for number, snapshot in enumerate(self._snapshots()):
            if number % _CHUNK == 0:
                self._tick(min(1.0, number / max(1, self._count)))
            record = self._decoder.decode(snapshot)
            if self._closed or record.status != "closed":
                yield record if self._internal else public(record)

    def _snapshots(self) -> Iterator[bytes]:
        if self._uids is None:
            which = "" if self._closed else "WHERE e.status <> 'closed'"
            for row in self._connection.exec_driver_sql(_ALL.format(which=which)):
                yield row[0]
            return
        for start in range(0, len(self._uids), _CHUNK):
            wanted = self._uids[start : start + _CHUNK]
            listed = msgspec.json.encode(wanted).decode()
            found = {row[0]: row[1] for row in self._connection.exec_driver_sql(_SOME, (listed,))}
            yield from (found[uid] for uid in wanted if uid in found)

    def _counted(self) -> int:
        return int(self._connection.exec_driver_sql("SELECT count(*) FROM entry").scalar_one())


def export(
    session: Session,
    file: Path,
    chosen: Format,
    day: tuple[date, Calendar],
    words: Words,
    *,
    uids: Sequence[str] | None,
    internal: bool,
    closed: bool,
    tick: Tick,
    tell: Tell,
) -> int:
    """See `Exchange.write`. `day`: today at the counter, and the days unlike others."""
    assert chosen.writes is not None  # noqa: S101 -- the caller chose one that writes
    _ = words.gettext
    entries = Entries(session, uids, internal=internal, closed=closed, tick=tick)
    writing = Writing(entries, _labels(session, words), _names(session), internal, words, tick, *day, tell)
    if internal and not chosen.internal:
        tell(_("Ce format n’a pas de place pour les champs réservés au personnel : ils ne sont pas dans le fichier."))
    if closed and not chosen.closed:
        tell(_("Ce format ne peut pas dire qu’une fiche est fermée : les fiches fermées ne sont pas dans le fichier."))
    fresh = file.with_name(f".{file.name}.part")
    try:
        with fresh.open("wb") as stream:
            count = chosen.writes(stream, writing)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(file)
    except OSError as error:
        raise InputError(
            _("Le fichier {file} n’a pas pu être écrit ({reason}). Choisissez un autre dossier.").format(
                file=file, reason=reasons.of_system(error, words)
            )
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
    tick(1.0)
    return count


def _labels(session: Session, words: Words) -> dict[tuple[str, str], str]:
    decode = msgspec.json.Decoder(dict[str, str]).decode
    terms = []
    for name, code, text in session.connection().exec_driver_sql("SELECT list, code, labels FROM term"):
        said = decode(text)
        terms.append((name, code, said.get(words.language) or said["fr"]))
    return labels(Resolver(session), terms)


def _names(session: Session) -> dict[str, str]:
    return {row[0]: row[1] for row in session.connection().exec_driver_sql(_NAMES)}
