"""Places of digital mediation as their French producers keep them, before anyone made them follow the schema.

Five producers, each with fields of its own: New Caledonia, Gironde, Maine-et-Loire, Épernay and Bourgogne-Franche-
Comté. What they mean the same by ends as the same facts.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pointinfo.database.schema import Origin
from pointinfo.directory.exchange.foreign import Cells, Tally
from pointinfo.directory.exchange.incoming import Incoming, Reader, uid_of
from pointinfo.directory.exchange.jsonfile import Place, elements, first_keys
from pointinfo.directory.exchange.mednum_producers import PRODUCERS, Producer
from pointinfo.directory.exchange.package import csv_columns, csv_rows
from pointinfo.directory.exchange.reading import Crosswalk, FileReader, finished, unreadable
from pointinfo.directory.exchange.tables import Tick, silent
from pointinfo.directory.vocabulary import Resolver
from pointinfo.errors import InputError
from pointinfo.i18n import Words


def looks_like(path: Path) -> bool:
    """Whether a file is of one of the five producers."""
    return _producer(path) is not None


def open_mednum(path: Path, resolver: Resolver, words: Words, source: str = "", tick: Tick = silent) -> Reader:
    """The places of a JSON or CSV file of one of the five producers. Raises `InputError` for another file."""
    _ = words.gettext
    producer = _producer(path)
    if producer is None:
        raise InputError(
            _("Le fichier {file} n’a les champs d’aucun producteur connu. Rien n’a été importé.").format(file=path.name)
        )
    source = source or producer.source
    places = _Places(producer, source, Crosswalk("mednum", resolver), resolver)

    def records(tally: Tally) -> Iterator[Incoming]:
        seen: Counter[str] = Counter()
        for row, values in _rows(path, words, tick):
            if isinstance(values, Place):
                yield unreadable(source, row, values, words)
            else:
                yield places.incoming(tally.cells(row, values), seen)

    return FileReader(source, words, records, tick)


def _producer(path: Path) -> Producer | None:
    is_list, names = first_keys(path) if path.suffix.lower() == ".json" else (True, csv_columns(path))
    return next((each for each in PRODUCERS if is_list and each.marks <= names), None)


def _rows(path: Path, words: Words, tick: Tick) -> Iterator[tuple[int, dict[str, Any] | Place]]:
    if path.suffix.lower() == ".json":
        return ((element.number, element.value) for element in elements(path, (), words, tick))
    return ((row.number, dict(row.cells)) for row in csv_rows(path, words, tick))


class _Places(NamedTuple):
    """What is needed to make entries of a producer's records."""

    producer: Producer
    source: str
    walk: Crosswalk
    resolver: Resolver

    def incoming(self, cells: Cells, seen: Counter[str]) -> Incoming:
        """One place; `seen` counts identifiers, for sources that have none and name two places alike."""
        draft = self.producer.read(cells, self.walk, self.producer.region)
        identifier = draft.identifier.strip("|") or f"#{cells.row}"
        seen[identifier] += 1
        if seen[identifier] > 1:
            identifier = f"{identifier}#{seen[identifier]}"
        draft.check_name(cells, "")
        origins = (Origin(self.source, identifier, cells.rest()),)
        record = draft.record(uid_of(self.source, identifier), origins, self.resolver)
        return finished(record, cells)
