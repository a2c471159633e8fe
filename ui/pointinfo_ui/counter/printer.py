"""Sheets on their way to the printer, and the last of them should the paper not have come out."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from pointinfo.desk import Desk
from pointinfo.errors import PointInfoError
from pointinfo.leaflets import Leaflet
from pointinfo.leaflets.printing import Job
from pointinfo_ui.background import Background
from pointinfo_ui.counter.printing import print_sheet

KEPT_FOR = timedelta(minutes=10)
"""How long the last sheet can be printed again: as long as its visitor may still be at the counter."""


class Printer(QObject):
    """Says `sent` when a sheet leaves in so many copies, `refused` when the printer did not take them, `failed` and
    `said` with a sentence. Nothing of a sheet is shown; it is held in memory only."""

    sent = Signal(object, int)
    refused = Signal(object, int)
    failed = Signal(str)
    said = Signal(str)

    def __init__(self, desk: Desk, background: Background) -> None:
        super().__init__()
        self._desk = desk
        self._background = background
        self._last: tuple[Leaflet, Job, datetime] | None = None

    def send(self, leaflet: Leaflet, job: Job) -> None:
        """Print a sheet of the visit on the screen."""
        self.sent.emit(leaflet, job.copies)
        self._hand_over(leaflet, job, lambda: self.refused.emit(leaflet, job.copies))

    def send_again(self) -> bool:
        """Print the last sheet again, whoever is at the counter now; False when there is none any more."""
        if self._last is None or self._desk.clock() - self._last[2] > KEPT_FOR:
            self.forget()
            return False
        leaflet, job, _when = self._last
        self._hand_over(leaflet, job, lambda: None)
        return True

    def forget(self) -> None:
        """Another visit has begun in earnest: its paper must not be the last visitor's."""
        self._last = None

    def _hand_over(self, leaflet: Leaflet, job: Job, refused: Callable[[], None]) -> None:
        _ = self._desk.words.gettext
        self._last = leaflet, job, self._desk.clock()

        def fail(error: Exception) -> None:
            refused()
            if not isinstance(error, PointInfoError):
                raise error
            self.failed.emit(str(error))

        self.said.emit(_("La fiche part à l’impression…"))
        self._background.run(
            self,
            lambda: print_sheet(self._desk, leaflet, job),
            lambda _done: self.said.emit(_("Fiche envoyée à l’imprimante.")),
            fail,
        )
