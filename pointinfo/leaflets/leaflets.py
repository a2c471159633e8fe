"""Paper: the sheets a counter hands out."""

from collections.abc import Sequence
from typing import NamedTuple

from pointinfo import i18n
from pointinfo.clock import ZONE, Clock
from pointinfo.config import Settings
from pointinfo.directory import Directory


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
        """The cards of one visit as an A4 PDF (PDF/UA-1, PDF/A-2a); successors stand for closed ones."""
        from pointinfo.leaflets import composition, visit_sheet  # noqa: PLC0415 -- ReportLab only when one prints

        entries = self._directory.entries(self._directory.standing(uids))
        now = self._clock().astimezone(ZONE)
        sheet = composition.visit_sheet(entries, self.settings, now, i18n.words(language), self._directory.calendar)
        return Leaflet(visit_sheet.typeset(sheet), {entry.uid: entry.head for entry in entries})
