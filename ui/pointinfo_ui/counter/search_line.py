"""The search line: gets every typed letter, moves through the results without leaving the words."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from pointinfo.i18n import Words
from pointinfo_ui.theme import Theme

MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 5,
    Qt.Key.Key_PageUp: -5,
}


class SearchLine(QLineEdit):
    """Says `moved` (by so many rows) when an arrow is meant for the list below."""

    moved = Signal(int)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        _ = words.gettext
        self.setObjectName("search")
        self.yields_undo: Callable[[], bool] = lambda: False
        self.setPlaceholderText(_("Chercher : crèche, impôts, OCPM, une rue, un numéro…"))
        self.setAccessibleName(_("Recherche dans l’annuaire"))
        self.setAccessibleDescription(_("Les réponses s’affichent pendant que vous écrivez ; flèches pour choisir."))
        self.setClearButtonEnabled(True)
        self.setMaxLength(500)
        self.addAction(theme.icon("search", theme.accent), QLineEdit.ActionPosition.LeadingPosition)

    def take_letter(self, event: QKeyEvent) -> None:
        """A letter typed elsewhere on the page belongs here, after the words that are there."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.end(False)
        self.insert(event.text())

    def start_afresh(self) -> None:
        """Empty the line and its undo history: nothing of the last visit comes back."""
        self.setText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move through the results; everything else edits the words."""
        step = MOVES.get(Qt.Key(event.key()))
        if step and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.moved.emit(step)
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """With nothing to undo here, or while the window offers to take a note back, Ctrl+Z is the window's."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Z
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
            and (self.yields_undo() or not self.isUndoAvailable())
        ):
            event.ignore()
            return False
        return super().event(event)


def types_a_letter(event: QKeyEvent) -> bool:
    """Whether a key press prints something: a letter, not a command and not the space that presses a button."""
    text = event.text()
    command = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier)
    return bool(text) and text.isprintable() and text != " " and not command
