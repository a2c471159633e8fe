"""How the window speaks up: a line that comes and goes, a page for what the world did, a notice for our own bugs."""

import platform
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import Qt, QTimer, qVersion
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication, QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from pointinfo import __version__
from pointinfo.i18n import Words
from pointinfo_ui.forms import button, column, label, panel

AIR = 1
"""Pixels between it and the edge of the window."""
STAYS_MS = 8_000
"""How long a line stays: long enough to read it and reach its button."""


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say `text`."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class Toast(QFrame):
    """One line over the `foot`, a widget beside it, with at most one thing to do about it."""

    def __init__(self, parent: QWidget, foot: QWidget) -> None:
        super().__init__(parent)
        self._foot = foot
        self.setProperty("tile", "toast")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 3, 6, 3)
        layout.setSpacing(14)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._button = QPushButton()
        self._act: Callable[[], None] | None = None
        self._button.clicked.connect(self._do)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def offers(self, act: Callable[[], None]) -> bool:
        """Whether it is there and offers to do `act`."""
        return self.isVisible() and self._act == act

    def say(self, text: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        """Show `text`; with an action, a button that does it."""
        self._text.setText(text)
        self._act = act
        self._button.setText(action)
        self._button.setVisible(act is not None)
        self.place()
        self.show()
        self.raise_()
        self._timer.start(STAYS_MS)
        announce(self, f"{text} {' '.join(action.split())}".strip())

    def place(self) -> None:
        """Stand on the middle of the foot, where no button is covered."""
        foot = self._foot.geometry()
        metrics = self._text.fontMetrics()
        wanted = metrics.horizontalAdvance(self._text.text()) + 60
        if self._act is not None:
            wanted += self._button.sizeHint().width()
        width = min(wanted, foot.width() - 40)
        self.setFixedWidth(width)
        self._text.setMinimumHeight(0)
        height = max(self.heightForWidth(width), self.sizeHint().height())
        self.setFixedHeight(height)
        self.move(foot.center().x() - width // 2, foot.bottom() - height - AIR)

    def hideEvent(self, event: QHideEvent) -> None:
        """What it offered is forgotten with it."""
        super().hideEvent(event)
        self._act = None

    def _do(self) -> None:
        act = self._act
        self.hide()
        if act is not None:
            act()


class Notice(QWidget):
    """A whole page in a few sentences: what happened, what is safe, what to do."""

    def __init__(self, title: str, text: str, actions: list[tuple[str, Callable[[], None]]], detail: str = "") -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(title)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        sheet = panel()
        sheet.setMaximumWidth(640)
        inside = column(sheet, margins=28)
        inside.addWidget(label(title, "title"))
        said = label(text)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside.addWidget(said)
        if detail:
            shown = QPlainTextEdit(detail)
            shown.setReadOnly(True)
            shown.setAccessibleName(title)
            shown.setMinimumHeight(160)
            inside.addWidget(shown)
        row = QHBoxLayout()
        row.setSpacing(12)
        for number, (name, act) in enumerate(actions):
            made = button(name, "primary" if number == 0 else "plain")
            made.clicked.connect(act)
            row.addWidget(made)
        row.addStretch(1)
        inside.addLayout(row)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(sheet, 8)
        line.addStretch(1)
        outer.addLayout(line)
        outer.addStretch(2)
        self.resize(760, 420)


def crash_notice(words: Words, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> Notice:
    """The page for a bug of ours, with a text to copy. Nothing is sent anywhere."""
    _ = words.gettext
    told = "".join(traceback.format_exception(kind, error, trace))
    versions = f"PointInfo {__version__} · Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}"
    detail = f"{versions}\n{told}"
    notice = Notice(
        _("PointInfo a rencontré un défaut"),
        _(
            "Ce que vous avez noté est enregistré. Vous pouvez continuer ; si cela se répète, fermez et rouvrez "
            "PointInfo. Copiez ce texte pour votre service informatique : rien n’est envoyé."
        ),
        [(_("Continuer"), lambda: notice.setVisible(False)), (_("Copier le texte"), lambda: _copy(detail))],
        detail,
    )
    return notice


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
