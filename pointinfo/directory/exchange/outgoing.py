"""What every writer of a standard is given, and what none can get: the public side of entries, words, the calendar."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

import msgspec

from pointinfo.directory.fields import INTERNAL
from pointinfo.directory.hours import Calendar
from pointinfo.directory.hours.calendar import NO_CALENDAR
from pointinfo.directory.record import EntryRecord
from pointinfo.i18n import Words

_blank: Final = EntryRecord(uid="", kind="service", name="")
_NOTHING: Final = {name: getattr(_blank, name) for name in INTERNAL}


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


def public(records: Iterable[EntryRecord]) -> Iterator[EntryRecord]:
    """The entries without anything that only the staff may know. Every writer begins here, as often as it needs."""
    for record in records:
        yield msgspec.structs.replace(record, **_NOTHING)


def dialled(number: str) -> str:
    """A number as any telephone dials it, «+41224184700»; "" for short numbers and what is none."""
    import phonenumbers  # noqa: PLC0415 -- 25 ms

    try:
        parsed = phonenumbers.parse(number[:60], "CH")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
