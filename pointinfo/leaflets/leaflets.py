"""Paper: the sheets a counter hands out."""

from collections.abc import Sequence
from typing import NamedTuple

from pointinfo import i18n
from pointinfo.clock import ZONE, Clock
from pointinfo.config import Settings
from pointinfo.directory import Attachments, CheckSheet, Directory, Entry


class Enclosure(NamedTuple):
    """An attached leaflet ready to be printed: its pages on A4."""

    sha256: str
    title: str
    pages: int
    pdf: bytes


class Leaflet(NamedTuple):
    """A finished sheet: the PDF and the revisions of the entries on it, by uid.

    `enclosed` are the leaflets attached to these entries, to be printed after it; `missing` the titles of those whose
    file is not on this computer or can't be put on paper.
    """

    pdf: bytes
    revisions: dict[str, str]
    enclosed: tuple[Enclosure, ...] = ()
    missing: tuple[str, ...] = ()

    def printed(self) -> bytes:
        """What goes to the printer: the sheet, and the pages of what is enclosed."""
        if not self.enclosed:
            return self.pdf
        from pointinfo.leaflets import enclosures  # noqa: PLC0415 -- pikepdf only when something is enclosed

        return enclosures.joined([self.pdf, *(each.pdf for each in self.enclosed)])


class Leaflets:
    """Typesets sheets from the directory, in the visitor's language."""

    def __init__(self, directory: Directory, clock: Clock, settings: Settings, attachments: Attachments) -> None:
        self._directory = directory
        self._attachments = attachments
        self._clock = clock
        self.settings = settings

    def visit_sheet(self, uids: Sequence[str], language: str = "fr") -> Leaflet:
        """The cards of one visit as an A4 PDF (PDF/UA-1, PDF/A-2a); successors stand for closed ones."""
        from pointinfo.leaflets import composition, visit_sheet  # noqa: PLC0415 -- ReportLab only when one prints

        entries = self._directory.entries(self._directory.standing(uids))
        now = self._clock().astimezone(ZONE)
        sheet = composition.visit_sheet(
            entries, self.settings, now, i18n.typeset_words(language), self._directory.calendar
        )
        enclosed, missing = self._enclosed(entries)
        return Leaflet(visit_sheet.typeset(sheet), {entry.uid: entry.head for entry in entries}, enclosed, missing)

    def check_sheets(self, sheets: Sequence[CheckSheet]) -> Leaflet:
        """What the counter reads of some entries, with room to correct it, as an A4 PDF to be sent by post."""
        from pointinfo.leaflets import check_sheet  # noqa: PLC0415 -- ReportLab only when one prints

        pdf = check_sheet.typeset(sheets, self.settings)
        return Leaflet(pdf, {sheet.uid: sheet.revision for sheet in sheets})

    def tally_sheet(self, columns: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> bytes:
        """A paper to note inquiries on away from the counter, with the keys of each column, as an A4 PDF."""
        from pointinfo.leaflets import tally_sheet  # noqa: PLC0415 -- ReportLab only when one prints

        return tally_sheet.typeset(columns, self.settings, i18n.typeset_words(self.settings.language))

    def _enclosed(self, entries: Sequence[Entry]) -> tuple[tuple[Enclosure, ...], tuple[str, ...]]:
        """The leaflets attached to these entries, each once, and the titles of those that can't be had."""
        wanted = {attached.sha256: attached for entry in entries for attached in entry.attachments}
        if not wanted:
            return (), ()
        from pointinfo.leaflets import enclosures  # noqa: PLC0415 -- as above

        contents = self._attachments.contents(wanted)
        enclosed, missing = [], []
        for name, attached in wanted.items():
            made = enclosures.enclosure(attached, contents[name]) if name in contents else None
            if made is None:
                missing.append(attached.title)
            else:
                enclosed.append(made)
        return tuple(enclosed), tuple(missing)
