"""What a sheet says, before anyone decides how it looks: words in order, nothing to compute any more."""

from typing import NamedTuple

from pointinfo.directory.card import Fact, FactStyle

__all__ = ["Day", "Fact", "FactStyle", "Sheet", "SheetEntry", "Slot", "WeekGrid"]


class Slot(NamedTuple):
    """One opening of a day: wall-clock times as printed ("8:30", "12:00") and a remark ("sur rendez-vous")."""

    opens: str
    closes: str
    remark: str = ""


class Day(NamedTuple):
    """A weekday by name, or several that are alike, with the slots in order; no slot means closed."""

    name: str
    slots: tuple[Slot, ...]


class WeekGrid(NamedTuple):
    """A week, a row for days that are alike; `season` is "" for the whole year, else words ("juillet–août")."""

    season: str
    days: tuple[Day, ...]


class SheetEntry(NamedTuple):
    """One card of the sheet. Built from public fields only."""

    uid: str
    name: str
    kind: str
    summary: str
    facts: tuple[Fact, ...]
    hours: tuple[WeekGrid, ...]
    hours_note: str
    checked: str
    source: str
    qr_payload: str
    qr_caption: str


class Sheet(NamedTuple):
    """A whole visit sheet in one language (BCP 47 `lang`); every string is ready to print."""

    lang: str
    title: str
    printed_on: str
    counter_name: str
    header_lines: tuple[str, ...]
    footer_lines: tuple[str, ...]
    demonstration: str
    hours_label: str
    closed_word: str
    notes_label: str
    page_words: str
    entries: tuple[SheetEntry, ...]
