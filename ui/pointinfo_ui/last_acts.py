"""What can be taken back in a window: its last note, a visit cleared without one."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit, QWidget

from pointinfo.desk import Desk
from pointinfo.errors import PointInfoError
from pointinfo_ui.messages import Toast

UNDO_FOR = timedelta(minutes=10)
"""How long one key takes the last note back; later the journal does, where one sees what one takes."""


class LastActs:
    """The last note of this window, the last visit that was cleared, the last check; says what it does in the toast."""

    def __init__(self, desk: Desk, toast: Toast, changed: Callable[[], None]) -> None:
        self._desk = desk
        self._toast = toast
        self._changed = changed
        self._note: tuple[str, datetime] | None = None
        self._done: tuple[Callable[[], str], datetime] | None = None
        self._left: Callable[[], None] | None = None

    @property
    def is_offered(self) -> bool:
        """Whether the window offers right now to take the last note back."""
        return self._toast.offers(self.undo_note)

    def take_over(self, before: "LastActs") -> None:
        """Know what the window of another look knew."""
        self._note, self._left = before._note, before._left

    def did(self, sentence: str, take_back: Callable[[], str], key: str) -> None:
        """Something else than a note was done: say so; `take_back` undoes it and returns a sentence."""
        _ = self._desk.words.gettext
        self._done = (take_back, self._desk.clock())
        self._toast.say(sentence, _("Annuler") + f"   {key}", self.undo_note)

    def noted(self, inquiry: str, sentence: str, key: str) -> None:
        """An inquiry was noted: say so, and offer to take it back."""
        _ = self._desk.words.gettext
        self._note, self._left, self._done = (inquiry, self._desk.clock()), None, None
        self._toast.say(sentence, _("Annuler") + f"   {key}", self.undo_note)

    def left(self, take_up: Callable[[], None], key: str) -> None:
        """A visit was cleared without a note: offer to take it up."""
        _ = self._desk.words.gettext
        self._left = take_up
        self._toast.say(_("Visite effacée sans note."), _("Reprendre") + f"   {key}", self.take_up)

    def take_up(self) -> None:
        """Take the cleared visit up again."""
        take_up, self._left = self._left, None
        if take_up is None:
            _ = self._desk.words.gettext
            self._toast.say(_("Aucune visite à reprendre."))
        else:
            take_up()

    def undo_note(self) -> None:
        """Take the last note out of the counts, or back what was done since."""
        _ = self._desk.words.gettext
        if self._done is not None and self._desk.clock() - self._done[1] <= UNDO_FOR:
            take_back, self._done = self._done[0], None
            try:
                self._toast.say(take_back())
            except PointInfoError as error:
                self._toast.say(str(error))
            return
        if self._note is None or self._desk.clock() - self._note[1] > UNDO_FOR:
            self._toast.say(_("Rien à annuler. Le journal montre toutes les demandes du jour (Ctrl+2)."))
            return
        try:
            self._desk.inquiries.void(self._note[0])
        except PointInfoError as error:
            self._toast.say(str(error))
            return
        self._note = None
        self._changed()
        self._toast.say(_("Note annulée ; elle reste dans le journal, retirée des chiffres."))


class UndoKey(QObject):
    """In the fields of a window: the key that undoes is the window's where an act comes before what is typed."""

    def __init__(self, window: QWidget, acts_first: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window = window
        self._acts_first = acts_first

    def watch(self, _left: QWidget | None, reached: QWidget | None) -> None:
        """Look at the keys of a field of the window that has the focus now."""
        if isinstance(reached, QLineEdit | QPlainTextEdit | QAbstractSpinBox) and self._window.isAncestorOf(reached):
            reached.installEventFilter(self)  # installed twice, it is there once

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the key to the window's own command."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and self._acts_first()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
