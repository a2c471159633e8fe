"""The directory as a table: one field a column, each heading with the key by which it is read again."""

import csv
from collections.abc import Iterator
from io import TextIOWrapper
from typing import TYPE_CHECKING, BinaryIO, Final

from pointinfo.directory.exchange.cells import neutral, written
from pointinfo.directory.exchange.columns import extra_key, keys, label, spread
from pointinfo.directory.record import EntryRecord
from pointinfo.i18n import Words

if TYPE_CHECKING:
    from pointinfo.directory.exchange.formats import Writing

DELIMITER: Final = ";"
"""What Excel takes as a column in French and Swiss settings."""


def write_csv(stream: BinaryIO, writing: "Writing") -> int:
    """UTF-8 with the mark by which Excel knows it; returns how many entries."""
    text = TextIOWrapper(stream, "utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=DELIMITER, lineterminator="\r\n")
    count = -1
    for row in rows(writing):
        writer.writerow(row)
        count += 1
    text.flush()
    text.detach()
    return count


def heading(key: str, words: Words) -> str:
    """A readable title with the key of its column: «Résumé [wordings/fr/summary]»."""
    return f"{label(key, words)} [{key}]"


def rows(writing: "Writing") -> Iterator[list[str]]:
    """The heading, then the row of each entry."""
    columns = _columns(writing)
    words, labels, names = writing.words, writing.labels, writing.names
    yield [neutral(heading(key, words)) for key in columns]
    for record in writing.entries:
        found = _said(record)
        yield [neutral(written(key, found.get(key), words, labels, names)) for key in columns]


def _said(record: EntryRecord) -> dict[str, object]:
    """The columns of a record, an origin as the id there."""
    return {key: value.id if key.startswith("origins/") else value for key, value in spread(record).items()}


def _columns(writing: "Writing") -> list[str]:
    """All columns that any entry needs; the plain ones always, in one order."""
    seen: dict[str, None] = {}
    for record in writing.entries:
        for language in record.wordings:
            seen[f"wordings/{language}"] = None
        for origin in record.origins:
            seen[f"origins/{origin.source}"] = None
            for name in origin.extra:
                seen[extra_key(origin.source, name)] = None
    others = sorted(key.removeprefix("wordings/") for key in seen if key.startswith("wordings/"))
    languages = dict.fromkeys(("fr", *others))
    return keys(languages, internal=writing.internal) + sorted(key for key in seen if not key.startswith("wordings/"))
