"""Counts the searches that find nothing: the words that stand a while without an answer, once a visit."""

from contextlib import suppress

from PySide6.QtCore import QObject, QTimer

from pointinfo.desk import Desk
from pointinfo.errors import PointInfoError

STANDS_MS = 2_000
"""Words that stand so long without an answer are a question; what is written over before was on its way to one."""


class InVain(QTimer):
    """Knows the words of this visit until it ends; what it keeps of them is the count alone."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._typed = ""
        self._counted = set[str]()
        self.setSingleShot(True)
        self.setInterval(STANDS_MS)
        self.timeout.connect(self.count)

    def watch(self, typed: str) -> None:
        """These words have no sure answer now; "" when there is one, or nothing is asked."""
        self._typed = typed
        if typed:
            self.start()
        else:
            self.stop()

    def count(self) -> None:
        """They have been looked for in vain: at once when somebody says so."""
        self.stop()
        if self._typed and self._typed not in self._counted:
            self._counted.add(self._typed)
            with suppress(PointInfoError):  # a count that is lost harms nobody; a sentence about it would disturb
                self._desk.unanswered.add(self._typed)

    def forget(self) -> None:
        """Another visitor."""
        self.watch("")
        self._counted.clear()
