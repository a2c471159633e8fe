"""A part of the journal page: what every one of them answers."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Part(QWidget):
    """Says `changed` after each change on disk, and `said` with a line for the foot."""

    changed = Signal()
    said = Signal(str)

    def enter(self) -> None:
        """Show the present, the focus where one begins."""

    def refresh(self) -> None:
        """Show the present, the focus where it is."""

    def save(self) -> None:
        """Keep what was typed."""

    def undo(self) -> bool:
        """Take back what was done last here; False when there is nothing."""
        return False

    @property
    def undoes_first(self) -> bool:
        """Whether what was done last here comes before what a field could undo."""
        return False

    @property
    def is_edited(self) -> bool:
        """Whether something is typed that closing the window would lose."""
        return False
