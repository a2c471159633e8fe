"""What a sheet says, before anyone decides how it looks: words in order, nothing to compute any more.

A language (BCP 47) stands beside every text that may be in another than its sheet's, so that each can be tagged, shaped
and set in its own direction. A bilingual sheet is two sheets of the same entries and facts in the same order.
"""

from typing import Literal, NamedTuple

from pointinfo.directory.card import FactStyle

__all__ = ["Code", "CodeKind", "Day", "Fact", "FactStyle", "Sheet", "SheetEntry", "Slot", "WeekGrid"]

CodeKind = Literal["web", "vcard", "tel", "geo"]


class Slot(NamedTuple):
    """One opening of a day: wall-clock times as printed ("8:30", "12:00") and a remark ("sur rendez-vous").

    `lang` is the remark's language, "" for the sheet's.
    """

    opens: str
    closes: str
    remark: str = ""
    lang: str = ""


class Day(NamedTuple):
    """A weekday by name, or several that are alike, with the slots in order; no slot means closed."""

    name: str
    slots: tuple[Slot, ...]


class WeekGrid(NamedTuple):
    """A week, a row for days that are alike; `season` is "" for the whole year, else words ("juillet–août")."""

    season: str
    days: tuple[Day, ...]


class Fact(NamedTuple):
    """One labelled fact; each of `lines` stands on its own line.

    `key` is the same in every language ("whom", "bring"…). `langs` has a language for each line, "" for the sheet's;
    it is () where all are the sheet's.
    """

    label: str
    lines: tuple[str, ...]
    style: FactStyle = "text"
    key: str = ""
    langs: tuple[str, ...] = ()


class Code(NamedTuple):
    """What a QR code holds, and what scanning it does."""

    kind: CodeKind
    payload: str
    caption: str


class SheetEntry(NamedTuple):
    """One card of the sheet. Built from public fields only.

    `facts` come before the hours, `contact` after them. `qr_payload` is the first of `codes`. `untranslated` is the
    sentence that says that some of the texts are in French, "" where all are in the sheet's language.
    """

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
    contact: tuple[Fact, ...] = ()
    closure: str = ""
    name_lang: str = ""
    summary_lang: str = ""
    untranslated: str = ""
    codes: tuple[Code, ...] = ()


class Sheet(NamedTuple):
    """A whole visit sheet in one language (BCP 47 `lang`); every string is ready to print.

    `page_words` takes {page} and {pages}. `note` are the lines of a note typed for this print, stored nowhere.
    `beside` is the same sheet in French, to be printed side by side or below.
    """

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
    direction: Literal["ltr", "rtl"] = "ltr"
    note: tuple[str, ...] = ()
    beside: "Sheet | None" = None
