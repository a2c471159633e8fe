"""Which of the attached leaflets follow the sheet when it is printed: all of them, unless one is unticked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from pointinfo.i18n import Words
from pointinfo.leaflets import Leaflet
from pointinfo_ui.forms import clear, label


class Enclosed(QWidget):
    """One box a leaflet; not there where nothing is attached."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._leaflet: Leaflet | None = None
        self._boxes: list[QCheckBox] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self.hide()

    def show_leaflet(self, leaflet: Leaflet | None) -> None:
        """Offer what is attached to the entries of a sheet, all ticked."""
        words = self._words
        _ = words.gettext
        clear(self._layout)
        self._leaflet, self._boxes = leaflet, []
        self.setVisible(leaflet is not None and bool(leaflet.enclosed or leaflet.missing))
        if leaflet is None:
            return
        if leaflet.enclosed:
            count = len(leaflet.enclosed)
            said = words.ngettext(
                "Un dépliant suit à l’impression (Ctrl+J pour choisir) :",
                "{count} dépliants suivent à l’impression (Ctrl+J pour choisir) :",
                count,
            )
            self._add(label(said.format(count=count), "label"))
        for each in leaflet.enclosed:
            pages = words.ngettext("{count} page", "{count} pages", each.pages).format(count=each.pages)
            box = QCheckBox(f"{each.title} ({pages})".replace("&", "&&"))
            box.setAccessibleName(_("Imprimer aussi {title}, {pages}").format(title=each.title, pages=pages))
            box.setChecked(True)
            self._boxes.append(box)
            self._add(box)
        for title in leaflet.missing:
            self._add(
                label(_("«{title}» ne peut pas être imprimé : son fichier manque ici.").format(title=title), "meta")
            )

    def take_focus(self) -> bool:
        """Put the focus on the first box; False where there is none."""
        if not self._boxes:
            return False
        self._boxes[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def chosen(self) -> Leaflet | None:
        """The sheet with the leaflets that are ticked."""
        if self._leaflet is None:
            return None
        boxes = zip(self._leaflet.enclosed, self._boxes, strict=True)
        return self._leaflet._replace(enclosed=tuple(each for each, box in boxes if box.isChecked()))

    def _add(self, widget: QWidget) -> None:
        self._layout.addWidget(widget)
        widget.show()  # now, not with the next round of events: what is hidden takes no focus
