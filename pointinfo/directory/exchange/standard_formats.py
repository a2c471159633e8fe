"""The standards of the field in the list of formats: HSDS, data·inclusion, mednum, Ohana, vCard; iCalendar out."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from pointinfo.directory.exchange import (
    calendars,
    data_inclusion,
    data_inclusion_writing,
    hsds,
    hsds_writing,
    mednum,
    ohana,
    vcards,
    vcards_reading,
)
from pointinfo.directory.exchange.formats import Format, Reading, Writing
from pointinfo.directory.exchange.incoming import Reader
from pointinfo.directory.exchange.outgoing import Outgoing
from pointinfo.directory.exchange.tables import Tick
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.vocabulary import Resolver
from pointinfo.i18n import Words

Opens = Callable[[Path, Resolver, Words, str, Tick], Reader]
Writes = Callable[[BinaryIO, Iterable[EntryRecord], Outgoing], int]


def standard_formats(words: Words) -> tuple[Format, ...]:
    """Those that are told by what is in the file or folder, the most particular first."""
    _ = words.gettext
    return (
        Format(
            "hsds",
            ".zip",
            _("HSDS 3.0, tableaux (dossier ou zip)"),
            looks_like=hsds.looks_like_package,
            reads=_reader(hsds.open_hsds_package),
            writes=_writer(hsds_writing.write_hsds_package),
        ),
        Format("ohana", "", _("Ohana (dossier de CSV)"), looks_like=ohana.looks_like, reads=_reader(ohana.open_ohana)),
        Format(
            "data-inclusion",
            ".json",
            _("data·inclusion v1"),
            looks_like=data_inclusion.looks_like,
            reads=_reader(data_inclusion.open_data_inclusion),
            writes=_writer(data_inclusion_writing.write_data_inclusion),
            closed=False,
        ),
        Format(
            "hsds-json",
            ".json",
            _("HSDS 3.0, JSON"),
            looks_like=hsds.looks_like_json,
            reads=_reader(hsds.open_hsds_json),
            writes=_writer(hsds_writing.write_hsds_json),
        ),
        Format(
            "mednum",
            "",
            _("Lieux de médiation numérique (mednum)"),
            looks_like=mednum.looks_like,
            reads=_reader(mednum.open_mednum),
        ),
        Format(
            "vcard",
            ".vcf",
            _("Cartes de visite (vCard)"),
            looks_like=vcards_reading.looks_like,
            reads=_reader(vcards_reading.open_vcards),
            writes=_writer(vcards.write_vcard),
            closed=False,
        ),
        Format(
            "icalendar",
            ".ics",
            _("Calendrier des activités (iCalendar)"),
            writes=_writer(calendars.write_icalendar),
            closed=False,
        ),
    )


def _reader(opens: Opens) -> Callable[[Path, Reading], Reader]:
    return lambda file, reading: opens(file, reading.resolver, reading.words, reading.source, reading.tick)


def _writer(writes: Writes) -> Callable[[BinaryIO, Writing], int]:
    def write(stream: BinaryIO, writing: Writing) -> int:
        outgoing = Outgoing(writing.words, writing.today, writing.labels, writing.names, writing.calendar, writing.tell)
        return writes(stream, writing.entries, outgoing)

    return write
