"""The search line: gets every typed letter, moves through the results without leaving the words."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

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
        self.setPlaceholderText(_("Chercher : crèche, impôts, OCPM, une rue, un numéro…"))
        self.setAccessibleName(_("Recherche dans l’annuaire"))
        self.setAccessibleDescription(_("Les réponses s’affichent pendant que vous écrivez ; flèches pour choisir."))
        self.setClearButtonEnabled(True)
        self.setMaxLength(500)
        self.addAction(theme.icon("search", theme.accent), QLineEdit.ActionPosition.LeadingPosition)

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
        """With nothing to undo here, Ctrl+Z is the window's: it takes the last note back."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Z
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
            and not self.isUndoAvailable()
        ):
            event.ignore()
            return False
        return super().event(event)


class TypedLetters(QObject):
    """Sends letters typed anywhere on a page to its search line, unless a field is being written in."""

    def __init__(self, page: QWidget, line: SearchLine) -> None:
        super().__init__(page)
        self._page = page
        self._line = line
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only key presses that print something, on this page, outside fields."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or not self._page.isVisible() or watched is self._line:
            return False
        if watched is not QApplication.focusWidget() or watched.window() is not self._page.window():
            return False
        if isinstance(watched, QLineEdit | QPlainTextEdit | QAbstractSpinBox | QComboBox):
            return False
        text = event.text()
        command = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier)
        if not text or not text.isprintable() or text == " " or command:
            return False
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._line.end(False)
        self._line.insert(text)
        return True
