"""What every writer of a standard is given, and what none can get: the public side of entries, words, the calendar."""

import os
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from pointinfo.directory.hours import Calendar
from pointinfo.directory.hours.calendar import NO_CALENDAR
from pointinfo.directory.record import EntryRecord
from pointinfo.errors import PointInfoError
from pointinfo.i18n import Words


class Outgoing(NamedTuple):
    """What goes with the entries. `labels` by (list, code), `names` of entries by uid, `today` at the counter."""

    words: Words
    today: date
    labels: Mapping[tuple[str, str], str]
    names: Mapping[str, str] = {}
    calendar: Calendar = NO_CALENDAR

    def label(self, vocabulary: str, code: str) -> str:
        """What a code is called; the code itself when the list has lost it."""
        return self.labels.get((vocabulary, code), code)


def public(records: Collection[EntryRecord]) -> Iterator[EntryRecord]:
    """The entries without anything that only the staff may know. Every writer begins here."""
    for record in records:
        yield msgspec.structs.replace(record, internal_street="", internal_contacts=(), internal_note="")


@contextmanager
def whole_file(target: Path, words: Words) -> Iterator[Path]:
    """A place to write to that becomes `target` when all has gone well; else nothing is left and `target` untouched.

    Raises `PointInfoError` with a sentence where the disk refuses.
    """
    _ = words.gettext
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
        os.close(handle)
        place = Path(name)
        try:
            yield place
            place.replace(target)
        finally:
            place.unlink(missing_ok=True)
    except OSError as error:
        raise PointInfoError(
            _("Le fichier {file} n’a pas pu être écrit ({reason}). Choisissez un autre dossier.").format(
                file=target.name, reason=error.strerror or type(error).__name__
            )
        ) from error
