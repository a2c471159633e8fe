"""A sheet laid over the window instead of a box in its way: takes the focus, keeps Tab inside, gives it back."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from pointinfo.i18n import Words
from pointinfo_ui.forms import button, column, label
from pointinfo_ui.theme import Theme


class Overlay(QFrame):
    """At most `width` by `height` pixels at normal text size, in the middle of `over`. Escape closes it.

    `stops` are the widgets Tab goes round; the first takes the focus.
    """

    def __init__(self, over: QWidget, name: str, theme: Theme, width: int, height: int) -> None:
        super().__init__(over)
        self._over = over
        self._theme = theme
        self._size = (width, height)
        self._before: QWidget | None = None
        self.stops: list[QWidget] = []
        self.setProperty("panel", True)
        self.setAccessibleName(name)
        self.body = column(self, margins=26, spacing=14)
        over.installEventFilter(self)
        self.hide()

    def add_head(self, title: str, words: Words) -> QPushButton:
        """A title with the button that closes; returns the button."""
        _ = words.gettext
        head = QHBoxLayout()
        head.addWidget(label(title, "title"), 1)
        made = button(_("Fermer"), "plain", _("Échap"))
        made.clicked.connect(self.shut)
        head.addWidget(made)
        self.body.addLayout(head)
        return made

    def open(self) -> None:
        """Show it and take the focus; asked for again, go away."""
        if self.isVisible():
            self.shut()
            return
        self._before = self.window().focusWidget()
        self._place()
        self.show()
        self.raise_()
        self.stops[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def shut(self) -> None:
        """Go away and give the focus back."""
        if not self.isVisible():
            return
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; no other key reaches the page below."""
        if event.key() == Qt.Key.Key_Escape:
            self.shut()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays here while this lies over the window."""
        here = next((place for place, stop in enumerate(self.stops) if stop.hasFocus()), -1)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        self.stops[(here + (1 if forward else -1)) % len(self.stops)].setFocus(reason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle when the window changes its size."""
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        area = self._over.rect()
        width = min(self._theme.size(self._size[0]), area.width() - 40)
        height = min(self._theme.size(self._size[1]), area.height() - 40)
        self.setGeometry((area.width() - width) // 2, (area.height() - height) // 2, width, height)
