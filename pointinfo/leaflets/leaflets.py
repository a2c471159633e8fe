"""Paper: the sheets a counter hands out."""

from collections.abc import Sequence
from typing import NamedTuple

from pointinfo import i18n
from pointinfo.clock import ZONE, Clock
from pointinfo.config import Settings
from pointinfo.directory import CheckSheet, Directory


class Leaflet(NamedTuple):
    """A finished sheet: the PDF and the revisions of the entries on it, by uid."""

    pdf: bytes
    revisions: dict[str, str]


class Leaflets:
    """Typesets sheets from the directory, in the visitor's language."""

    def __init__(self, directory: Directory, clock: Clock, settings: Settings) -> None:
        self._directory = directory
        self._clock = clock
        self.settings = settings

    def visit_sheet(self, uids: Sequence[str], language: str = "fr") -> Leaflet:
        """The cards of one visit as an A4 PDF (PDF/UA-1, PDF/A-2a)."""
        from pointinfo.leaflets import composition, visit_sheet  # noqa: PLC0415 -- ReportLab only when one prints

        entries = self._directory.entries(uids)
        now = self._clock().astimezone(ZONE)
        sheet = composition.visit_sheet(entries, self.settings, now, i18n.words(language), self._directory.calendar)
        return Leaflet(visit_sheet.typeset(sheet), {entry.uid: entry.head for entry in entries})

    def check_sheets(self, sheets: Sequence[CheckSheet]) -> Leaflet:
        """What the counter reads of some entries, with room to correct it, as an A4 PDF to be sent by post."""
        from pointinfo.leaflets import check_sheet  # noqa: PLC0415 -- ReportLab only when one prints

        pdf = check_sheet.typeset(sheets, self.settings)
        return Leaflet(pdf, {sheet.uid: sheet.revision for sheet in sheets})
