"""Who is keeping the directory at this counter now: a name for the history, and whether it may decide."""

from PySide6.QtCore import QObject, Signal

from pointinfo.desk import Desk


class Author(QObject):
    """The name typed once a session; says `changed` when another person sits down. Never a password: a shared desk."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._name = ""

    @property
    def name(self) -> str:
        """What the history will say, "" while nobody has said who they are."""
        return self._name

    @property
    def is_editor(self) -> bool:
        """Whether what this person changes counts at once; else it waits as a proposal."""
        editors = self._desk.settings.editors
        return not editors or self._name.casefold() in {name.casefold() for name in editors}

    def take(self, name: str) -> None:
        """Let `name` be who keeps the directory from now on."""
        name = " ".join(name.split())
        if name != self._name:
            self._name = name
            self.changed.emit()
