"""The real window, offscreen, and the moment at which a part of it has painted."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from pointinfo.desk import Desk
from pointinfo_ui import theme as look
from pointinfo_ui.background import Background
from pointinfo_ui.window import Window

PATIENCE: Final = 100
"""Turns of the event loop after which what has not painted counts as something that never will."""


@contextmanager
def opened(desk: Desk) -> Iterator[Window]:
    """The window at 1440 × 900."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["pointinfo"])
    theme = look.make("light", 100)
    look.dress(app, theme)
    background = Background()
    window = Window(desk, theme, background, lambda: None)
    window.resize(1440, 900)
    window.show()
    settle()
    yield window
    window.close()
    window.deleteLater()
    settle()
    background.close()


def settle() -> None:
    """Let the window do what it has put off."""
    for _turn in range(5):
        QApplication.processEvents()


class Painted(QObject):
    """Whether one of these widgets has painted since it was last asked to."""

    def __init__(self, *watched: QWidget) -> None:
        super().__init__()
        self._seen = False
        for widget in watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only looks."""
        self._seen = self._seen or event.type() == QEvent.Type.Paint
        return False

    def after(self, work: Callable[[], object]) -> None:
        """Do `work` and wait until one of them has painted."""
        self._seen = False
        work()
        for _turn in range(PATIENCE):
            QApplication.processEvents()
            if self._seen:
                return
        raise RuntimeError("nothing painted")
