"""Printing a finished sheet: through `lp` where there is one, else page pictures through Qt."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from pointinfo.desk import Desk
from pointinfo.errors import PrintingError
from pointinfo.leaflets import Leaflet, printing
from pointinfo.leaflets.pages import pictures

DOTS_PER_INCH = 300


def print_sheet(desk: Desk, leaflet: Leaflet) -> None:
    """Send `leaflet` and what is enclosed with it to the counter's printer.

    Raises `PrintingError` with a sentence; the sheet stays ready.
    """
    _ = desk.words.gettext
    if printing.has_lp():
        printing.send(leaflet.printed(), _("Fiche PointInfo"), desk.settings.printer, desk.words)
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
    if desk.settings.printer in known:
        printer.setPrinterName(desk.settings.printer)
    paint(desk, leaflet, printer)


def paint(desk: Desk, leaflet: Leaflet, printer: QPrinter) -> None:
    """Draw the pages of `leaflet` on A4 with Qt, as pictures: works with any printer that Qt knows."""
    _ = desk.words.gettext
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
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
