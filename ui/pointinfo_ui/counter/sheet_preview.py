"""The sheet of this visit as it will be printed, in place of the card."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.leaflets import Leaflet
from pointinfo.leaflets.pages import Picture
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, label
from pointinfo_ui.theme import Theme

DOTS_PER_INCH = 110


class SheetPreview(QFrame):
    """Composing, ready or failed. Says what a person asks for; the page does it."""

    print_asked = Signal()
    save_asked = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._words = desk.words
        self._theme = theme
        self.leaflet: Leaflet | None = None
        _ = desk.words.gettext
        self.setProperty("panel", True)
        self.setAccessibleName(_("Aperçu de la fiche"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(18, 14, 18, 14)
        outer.setSpacing(12)
        self._print = button(_("Imprimer"), "primary", "Ctrl+P")
        self._print.clicked.connect(self.print_asked)
        self._save = button(_("Enregistrer en PDF"), "plain", "Ctrl+S")
        self._save.clicked.connect(self.save_asked)
        close = button(_("Fermer"), "plain", _("Échap"))
        close.clicked.connect(self.closed)
        outer.addWidget(flowing(self._print, self._save, close))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        outer.addWidget(self._scroll, 1)
        self.show_composing()

    @property
    def is_ready(self) -> bool:
        """Whether there is a sheet to print."""
        return self.leaflet is not None

    def show_composing(self) -> None:
        """The sheet is being made."""
        _ = self._words.gettext
        self.leaflet = None
        self._show_sentence(_("Composition de la fiche…"))

    def show_failed(self, sentence: str) -> None:
        """The sheet could not be made."""
        self.leaflet = None
        self._show_sentence(sentence)

    def show_sheet(self, leaflet: Leaflet, pictures: list[Picture]) -> None:
        """The sheet, page by page."""
        _ = self._words.gettext
        self.leaflet = leaflet
        pages = QWidget()
        column = QVBoxLayout(pages)
        column.setSpacing(16)
        for number, picture in enumerate(pictures, 1):
            page = _Page(picture)
            page.setAccessibleName(_("Page {number} sur {count}").format(number=number, count=len(pictures)))
            page.setAccessibleDescription(picture.text)
            column.addWidget(page)
        column.addStretch(1)
        self._scroll.setWidget(pages)
        self._enable(ready=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the card."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _show_sentence(self, sentence: str) -> None:
        shown = label(sentence, "lead")
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll.setWidget(shown)
        self._enable(ready=False)

    def _enable(self, *, ready: bool) -> None:
        self._print.setEnabled(ready)
        self._save.setEnabled(ready)


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
