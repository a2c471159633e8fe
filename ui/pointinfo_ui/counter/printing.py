"""Printing a finished sheet: through `lp` where there is one, else page pictures through Qt."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from pointinfo.desk import Desk
from pointinfo.errors import PrintingError
from pointinfo.leaflets import Leaflet, printing
from pointinfo.leaflets.pages import pictures
from pointinfo.leaflets.printing import Job

DOTS_PER_INCH = 300
PAPERS: Final = {
    "A3": QPageSize.PageSizeId.A3,
    "A4": QPageSize.PageSizeId.A4,
    "A5": QPageSize.PageSizeId.A5,
}


def print_sheet(desk: Desk, leaflet: Leaflet, job: Job) -> None:
    """Send `leaflet` and what is enclosed with it to the printer of `job`, else the counter's.

    Raises `PrintingError` with a sentence; the sheet stays ready.
    """
    _ = desk.words.gettext
    if printing.has_lp():
        to = job._replace(printer=job.printer or desk.settings.printer)
        printing.send(leaflet.printed(), _("Fiche PointInfo"), to, desk.words)
        return
    known = QPrinterInfo.availablePrinterNames()
    if not known:
        raise PrintingError(
            _(
                "Aucune imprimante n’est installée sur ce poste. Tant que la visite est à l’écran, sa fiche reste "
                "prête : enregistrez-la en PDF avec Ctrl+S."
            )
        )
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    chosen = next((name for name in (job.printer, desk.settings.printer) if name in known), "")
    if chosen:
        printer.setPrinterName(chosen)
    paint(desk, leaflet, printer, job)


def paint(desk: Desk, leaflet: Leaflet, printer: QPrinter, job: Job) -> None:
    """Draw the pages of `leaflet` with Qt, as pictures: works with any printer that Qt knows."""
    _ = desk.words.gettext
    printer.setPageSize(QPageSize(PAPERS[job.paper]))
    printer.setFullPage(True)
    printer.setCopyCount(job.copies)
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide if job.two_sided else QPrinter.DuplexMode.DuplexNone)
    painter = QPainter()
    if not painter.begin(printer):
        raise PrintingError(
            _("L’imprimante ne répond pas. La fiche reste prête : vérifiez l’imprimante, puis réimprimez-la.")
        )
    try:
        for number, page in enumerate(pictures(leaflet.printed(), DOTS_PER_INCH)):
            if number:
                printer.newPage()
            image = QImage(page.pixels, page.width, page.height, page.width * 3, QImage.Format.Format_RGB888)
            painter.drawImage(QRectF(painter.viewport()), image)
    finally:
        painter.end()
