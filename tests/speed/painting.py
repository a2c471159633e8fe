"""Keystroke to painted list, in the real window: the words go into the search line, the list paints, the event ends."""

import os
from functools import partial
from typing import Any, Final

from pointinfo.desk import Desk
from tests.speed.measure import Row, row, timed
from tests.speed.search import answered, keystrokes

PART: Final = "keystroke → painted list, every keystroke"
PATIENCE: Final = 100
"""Turns of the event loop after which a list that has not painted counts as one that never will."""


def measure(desk: Desk, queries: list[str]) -> list[Row]:
    """The window against the search it contains."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication

    from pointinfo_ui import theme as look
    from pointinfo_ui.background import Background
    from pointinfo_ui.window import Window

    class Painted(QObject):
        """Whether the list, or the page that stands for an empty one, has painted."""

        seen = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.seen = self.seen or event.type() == QEvent.Type.Paint
            return False

    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["pointinfo"])
    theme = look.make("light", 100)
    look.dress(app, theme)
    background = Background()
    window = Window(desk, theme, background, lambda: None)
    window.resize(1440, 900)
    window.show()
    page = window.counter
    painted = Painted()
    for widget in (page.results.viewport(), page.no_result):
        widget.installEventFilter(painted)
    _settle(app)

    def shown(text: str) -> None:
        painted.seen = False
        page.search.setText(text)
        for _turn in range(PATIENCE):
            app.processEvents()
            if painted.seen:
                return
        raise RuntimeError(f"nothing painted for «{text}»")

    whole: list[float] = []
    search: list[float] = []
    slow: list[tuple[float, str]] = []
    for query in queries:
        for text in keystrokes(query):
            took = timed(partial(shown, text))
            whole.append(took)
            search.append(timed(partial(answered, desk, text)))
            slow.append((took, text))
        shown("")
    window.close()
    window.deleteLater()
    _settle(app)
    background.close()
    floor = "floor: the search and 30 rows alone"
    worst = ", ".join(f"«{text}» {1000 * took:.1f}" for took, text in sorted(slow, reverse=True)[:3])
    return [row(PART, floor, search), row(PART, "PointInfo: window at 1440 × 900", whole, floor, f"worst: {worst}")]


def _settle(app: Any) -> None:
    for _turn in range(5):
        app.processEvents()
