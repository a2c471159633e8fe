"""How the shown sheet is printed: how many copies, on both sides, on which printer. Sides and printer are remembered
per design when a sheet is printed; the copies are this visitor's."""

from contextlib import suppress

import msgspec
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from pointinfo.config import PrintOptions
from pointinfo.desk import Desk
from pointinfo.leaflets.printing import Job
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import Choice, Number, label
from pointinfo_ui.theme import Theme

MOST_COPIES = 20


class PrintChoices(QWidget):
    """One line below the buttons of the preview. `show_design` says what it is for."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        _ = desk.words.gettext
        self._desk = desk
        self._design = ""
        self._paper = "A4"
        self.copies = Number(1, MOST_COPIES)
        self.copies.setAccessibleName(_("Nombre d’exemplaires"))
        self.copies.setFixedWidth(theme.size(74))
        self.two_sided = QCheckBox(_("recto verso"))
        printers = QPrinterInfo.availablePrinterNames()
        usual = desk.settings.printer or QPrinterInfo.defaultPrinterName()
        others = [(name, name) for name in printers if name != usual]
        self.printer = Choice([("", usual or _("Imprimante par défaut du poste")), *others])
        self.printer.setAccessibleName(_("Imprimante"))
        self.printer.setFixedWidth(theme.size(190))
        self.printer.setVisible(bool(others))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        copies = label(_("Exemplaires"), "meta", wrap=False)
        copies.setBuddy(self.copies)
        layout.addWidget(flowing(copies, self.copies, self.two_sided, self.printer, gap=12))

    def start_afresh(self) -> None:
        """One copy; how a design is printed is read anew."""
        self.copies.fill(1)
        self._design = ""

    def show_design(self, design: str, paper: str) -> None:
        """How this design was printed last; nothing changes while the design stays."""
        if design == self._design:
            return
        known = self._desk.settings.printing.get(design, PrintOptions())
        self._design, self._paper = design, paper
        self.two_sided.setChecked(known.two_sided)
        self.printer.fill(known.printer if self.printer.findData(known.printer) >= 0 else "")

    def job(self) -> Job:
        """What is chosen, remembered from now on."""
        chosen = PrintOptions(printer=self.printer.code, two_sided=self.two_sided.isChecked())
        settings = self._desk.settings
        if settings.printing.get(self._design, PrintOptions()) != chosen:
            printing = {**settings.printing, self._design: chosen}
            with suppress(OSError):  # forgotten by the next sheet, which is printed all the same
                self._desk.keep_settings(msgspec.structs.replace(settings, printing=printing))
        return Job(chosen.printer, self.copies.value(), chosen.two_sided, self._paper)
