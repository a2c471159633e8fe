"""The sheet of this visit as it will be printed, in place of the card."""

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from pointinfo import files, reasons
from pointinfo.desk import Desk
from pointinfo.errors import PointInfoError
from pointinfo.leaflets import Caution, Leaflet
from pointinfo.leaflets.designs import design
from pointinfo.leaflets.pages import Picture, pictures
from pointinfo_ui.background import Background
from pointinfo_ui.counter.cautions import Cautions
from pointinfo_ui.counter.enclosed import Enclosed
from pointinfo_ui.counter.print_choices import PrintChoices
from pointinfo_ui.counter.printer import Printer
from pointinfo_ui.counter.sheet_choices import SheetChoices
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, label
from pointinfo_ui.theme import Theme

DOTS_PER_INCH = 110
Made = tuple[Leaflet, list[Picture], tuple[Caution, ...]]


class SheetPreview(QFrame):
    """Composing, ready or failed."""

    said = Signal(str)
    closed = Signal()
    asked_for = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, background: Background, printer: Printer) -> None:
        super().__init__()
        self._desk = desk
        self._words = desk.words
        self._theme = theme
        self._background = background
        self._printer = printer
        self._files: QFileDialog | None = None
        self._uids: tuple[str, ...] = ()
        self._wanted: object = None
        self.leaflet: Leaflet | None = None
        self.enclosed: Enclosed | None = None
        _ = desk.words.gettext
        self.setProperty("panel", True)
        self.setAccessibleName(_("Aperçu de la fiche"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(18, 14, 18, 14)
        outer.setSpacing(12)
        self._print = button(_("Imprimer"), "primary", "Ctrl+P")
        self._print.clicked.connect(self.print_sheet)
        self._save = button("PDF", "plain", "Ctrl+S")
        self._save.setAccessibleName(_("Enregistrer en PDF"))
        self._save.setToolTip(_("Enregistrer en PDF"))
        self._save.clicked.connect(self.save)
        close = button(_("Fermer"), "plain", _("Échap"))
        close.clicked.connect(self.closed)
        outer.addWidget(flowing(self._print, self._save, close))
        self.sheet = SheetChoices(desk.words, theme)
        self.sheet.changed.connect(self._compose)
        self.choices = PrintChoices(desk, theme)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(_("Pages de la fiche"))
        inside = QWidget()
        self._inside = QVBoxLayout(inside)
        self._inside.setContentsMargins(0, 0, 8, 0)
        self._inside.setSpacing(10)
        self._inside.addWidget(self.sheet)
        self._inside.addWidget(self.choices)
        self._below: QWidget = label("", "lead")
        self._inside.addWidget(self._below, 1)
        self._scroll.setWidget(inside)
        outer.addWidget(self._scroll, 1)
        self.forget()

    @property
    def is_ready(self) -> bool:
        """Whether there is a sheet to print."""
        return self.leaflet is not None

    def forget(self) -> None:
        """No sheet any more; one that is still being made is thrown away when it comes."""
        self._wanted = None
        self._print_when_ready = False
        self.leaflet = None
        self.sheet.start_afresh("")
        self._show_sentence("")

    def compose(self, uids: Sequence[str], spoken: str = "") -> None:
        """Make the sheet of these entries for somebody who asked in the language `spoken`, "" where nobody knows."""
        self.sheet.start_afresh(spoken)
        self.choices.start_afresh()
        self._uids = tuple(uids)
        self._compose()

    def _compose(self) -> None:
        """Make the sheet beside the window's work; it is shown when it is ready and still wanted."""
        _ = self._words.gettext
        uids, sheet = self._uids, self.sheet
        language, beside, note = sheet.language.code, sheet.beside, sheet.note.text().strip()
        chosen = design(sheet.design.code)
        self.choices.show_design(chosen.name, chosen.paper)
        wanted = self._wanted = object()
        self._print_when_ready = False
        self.leaflet = None
        self._show_sentence(_("Composition de la fiche…"))

        def make() -> Made:
            leaflet = self._desk.leaflets.visit_sheet(uids, language, beside=beside, note=note, design=chosen.name)
            return leaflet, pictures(leaflet.pdf, DOTS_PER_INCH), self._desk.leaflets.cautions(uids)

        def show(made: Made) -> None:
            if self._wanted is wanted:
                self._show_sheet(*made)

        def fail(error: Exception) -> None:
            if self._wanted is wanted:
                self._show_sentence(str(error))
            if not isinstance(error, PointInfoError):
                raise error

        self._background.run(self, make, show, fail)

    def print_sheet(self) -> None:
        """Hand the shown sheet to the printer, or do so as soon as it is composed."""
        self.sheet.finish()
        leaflet = self.chosen()
        if leaflet is None:
            self._print_when_ready = self._wanted is not None
            return
        self._printer.send(leaflet, self.choices.job())

    def chosen(self) -> Leaflet | None:
        """The shown sheet with the attached leaflets that are to follow it."""
        if self.leaflet is None or self.enclosed is None:
            return self.leaflet
        return self.leaflet._replace(enclosed=self.enclosed.chosen)

    def read_on(self, pages: float) -> None:
        """Move what is shown by so many of its heights."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + round(pages * self._scroll.viewport().height()))

    def save(self) -> None:
        """Ask where to save the shown sheet."""
        self.sheet.finish()
        if self.leaflet is None:
            return
        _ = self._words.gettext
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._files = QFileDialog(self, _("Enregistrer la fiche"), str(Path(folder) / _("fiche.pdf")), "PDF (*.pdf)")
        self._files.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._files.setDefaultSuffix("pdf")
        self._files.fileSelected.connect(self.write)
        self._files.open()

    def write(self, file: str) -> None:
        """Save the shown sheet to `file`, whole or not at all."""
        if self.leaflet is None:
            return
        _ = self._words.gettext
        try:
            target = files.target(Path(file), self._desk.home, self._words)
            files.write_whole(target, self.leaflet.pdf)
        except PointInfoError as error:
            self.said.emit(str(error))
            return
        except OSError as error:
            said = _("La fiche n’a pas pu être enregistrée ({reason}). Choisissez un autre dossier.")
            self.said.emit(said.format(reason=reasons.of_system(error, self._words)))
            return
        self.said.emit(_("Fiche enregistrée : {file}").format(file=target.name))
        self._write_enclosed(target)

    def _write_enclosed(self, sheet: Path) -> None:
        """The ticked leaflets beside the sheet: its own file stays one that any reader can read aloud."""
        leaflet = self.chosen()
        if leaflet is None or not leaflet.enclosed:
            return
        _ = self._words.gettext
        try:
            for each in leaflet.enclosed:
                files.write_whole(_free(sheet, each.title), each.pdf)
        except OSError as error:
            said = _("La fiche est enregistrée, mais pas ses dépliants ({reason}). Choisissez un autre dossier.")
            self.said.emit(said.format(reason=reasons.of_system(error, self._words)))
            return
        count = len(leaflet.enclosed)
        said = self._words.ngettext(
            "Fiche enregistrée : {file}, avec {count} dépliant à côté.",
            "Fiche enregistrée : {file}, avec {count} dépliants à côté.",
            count,
        )
        self.said.emit(said.format(file=sheet.name, count=count))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the card."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _show_sheet(self, leaflet: Leaflet, made: list[Picture], cautions: tuple[Caution, ...]) -> None:
        _ = self._words.gettext
        self.leaflet = leaflet
        pages = QWidget()
        column = QVBoxLayout(pages)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(16)
        if cautions:
            told = Cautions(cautions, self._words)
            told.asked_for.connect(self.asked_for)
            column.addWidget(told)
        if leaflet.undrawn:
            said = _("Sans lettre dans nos polices, imprimés comme un carré : {characters}.")
            each = _("«{character}» ({text})")
            squares = [each.format(character=character, text=text) for character, text in leaflet.undrawn[:5]]
            column.addWidget(label(said.format(characters=", ".join(squares)), "remark"))
        if leaflet.enclosed or leaflet.missing:
            self.enclosed = Enclosed(leaflet, self._words)
            column.addWidget(self.enclosed)
        for number, picture in enumerate(made, 1):
            page = _Page(picture)
            page.setAccessibleName(_("Page {number} sur {count}").format(number=number, count=len(made)))
            page.setAccessibleDescription(picture.text)
            column.addWidget(page)
        column.addStretch(1)
        self._put(pages)
        self._enable(ready=True)
        if self._print_when_ready:
            self._print_when_ready = False
            self.print_sheet()

    def _show_sentence(self, sentence: str) -> None:
        self.enclosed = None
        shown = label(sentence, "lead")
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._put(shown)
        self._enable(ready=False)

    def _put(self, widget: QWidget) -> None:
        """Show this below the choices instead of what was there."""
        before, self._below = self._below, widget
        self._inside.replaceWidget(before, widget)
        before.hide()
        before.deleteLater()

    def _enable(self, *, ready: bool) -> None:
        self._print.setEnabled(ready)
        self._save.setEnabled(ready)


def _free(sheet: Path, title: str) -> Path:
    """A name beside the sheet that no file has yet: «fiche - Cours du soir.pdf»."""
    plain = " ".join(re.sub(r"[^\w. -]", " ", title).split())[:60].strip(" .") or "1"
    number, file = 1, sheet.with_name(f"{sheet.stem} - {plain}.pdf")
    while file.exists():
        number += 1
        file = sheet.with_name(f"{sheet.stem} - {plain} {number}.pdf")
    return file


class _Page(QLabel):
    """One page, as wide as there is room, never wider than it is sharp."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        image = QImage(picture.pixels, picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888)
        self._whole = QPixmap.fromImage(image.copy())
        self.setProperty("role", "page")
        self.setMinimumWidth(200)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(min(width - 2, self._whole.width()) * self._whole.height() / self._whole.width()) + 2

    def resizeEvent(self, event: object) -> None:
        """Fit the page into the width."""
        ratio = self.devicePixelRatioF()
        width = min(self.width() - 2, self._whole.width())
        fitted = self._whole.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
        fitted.setDevicePixelRatio(ratio)
        self.setPixmap(fitted)
        self.setFixedHeight(self.heightForWidth(self.width()))
