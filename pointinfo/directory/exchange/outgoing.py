"""What every writer of a standard is given beside the entries: words, labels, names, the calendar."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from pointinfo.directory.hours import Calendar
from pointinfo.directory.hours.calendar import NO_CALENDAR
from pointinfo.i18n import Words

Tell = Callable[[str], None]
"""Is given a sentence on what could not go out, once for a file."""


def nobody(_sentence: str) -> None:
    """Nobody listens."""


class Outgoing(NamedTuple):
    """What goes with the entries. `labels` by (list, code), `names` of entries by uid, `today` at the counter.

    `tell` is for what could not go out.
    """

    words: Words
    today: date
    labels: Mapping[tuple[str, str], str]
    names: Mapping[str, str] = {}
    calendar: Calendar = NO_CALENDAR
    tell: Tell = nobody

    def label(self, vocabulary: str, code: str) -> str:
        """What a code is called; the code itself when the list has lost it."""
        return self.labels.get((vocabulary, code), code)


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
