"""Which of the attached leaflets follow the sheet when it is printed: all of them, unless one is unticked."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from pointinfo.i18n import Words
from pointinfo.leaflets import Enclosure, Leaflet
from pointinfo_ui.forms import label


class Enclosed(QWidget):
    """One box a leaflet, and a line for each whose file is not here."""

    def __init__(self, leaflet: Leaflet, words: Words) -> None:
        super().__init__()
        _ = words.gettext
        self._enclosed = leaflet.enclosed
        self._boxes: list[QCheckBox] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        count = len(leaflet.enclosed)
        if count:
            said = words.ngettext(
                "{count} dépliant suit à l’impression (Ctrl+J) :",
                "{count} dépliants suivent à l’impression (Ctrl+J) :",
                count,
            )
            layout.addWidget(label(said.format(count=count), "label"))
        for each in leaflet.enclosed:
            pages = words.ngettext("{count} page", "{count} pages", each.pages).format(count=each.pages)
            box = _Box(f"{each.title} ({pages})")
            box.setAccessibleName(_("Imprimer aussi {title}, {pages}").format(title=each.title, pages=pages))
            box.setChecked(True)
            self._boxes.append(box)
            layout.addWidget(box)
        absent = _("«{title}» ne peut pas être imprimé : son fichier manque ici.")
        for title in leaflet.missing:
            layout.addWidget(label(absent.format(title=title), "meta"))

    @property
    def chosen(self) -> tuple[Enclosure, ...]:
        """The leaflets that are ticked."""
        boxes = zip(self._enclosed, self._boxes, strict=True)
        return tuple(each for each, box in boxes if box.isChecked())

    def take_focus(self) -> bool:
        """Put the focus on the first box; False where there is none."""
        if not self._boxes:
            return False
        self._boxes[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True


class _Box(QCheckBox):
    """What does not fit ends in an ellipsis; the tip says it whole."""

    def __init__(self, whole: str) -> None:
        super().__init__()
        self._whole = whole
        self.setToolTip(whole)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        room = self.width() - 2 * metrics.height()
        self.setText(metrics.elidedText(self._whole, Qt.TextElideMode.ElideMiddle, room).replace("&", "&&"))
