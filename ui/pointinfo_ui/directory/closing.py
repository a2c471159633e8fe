"""Closing an entry: why, and where its readers are led instead. A panel in the page, not a box in its way.

How to use it: `show_entry(uid)` fills it and takes the focus; it says `done` (a sentence) after the entry was closed on
disk or, by somebody who is no editor, proposed to be; `cancelled` when the person leaves it; `undo()` takes it back.
"""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.directory import Query, Row
from pointinfo.errors import PointInfoError
from pointinfo_ui.directory.author import Author
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import Choice, button, clear, column, field, label
from pointinfo_ui.messages import announce
from pointinfo_ui.theme import Theme

FOUND = 6
"""Entries offered as a successor for what is typed."""


class ClosingPanel(QWidget):
    """A reason, a line to say more, a successor if there is one."""

    done = Signal(str)
    cancelled = Signal()

    def __init__(self, desk: Desk, theme: Theme, author: Author) -> None:
        super().__init__()
        self._desk, self._theme, self._author = desk, theme, author
        self._uid = ""
        self._undo: Callable[[], object] | None = None
        self.successor = ""
        _ = desk.words.gettext
        inside = column(self, margins=0, spacing=10)
        self._heading = label("", "heading")
        self._linked = label("", "meta")
        inside.addWidget(self._heading)
        inside.addWidget(self._linked)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(14)
        self.reason = Choice((text, text) for text in self._reasons())
        self.more = QLineEdit()
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Quelques lettres de son nom"))
        field(grid, 0, _("Raison"), self.reason)
        field(grid, 1, _("Précision"), self.more, _("Depuis quand, qui l’a dit."))
        field(grid, 2, _("Remplacée par"), self.search, _("La fiche où mènent désormais les liens et les feuilles."))
        inside.addLayout(grid)
        self._found: list[QPushButton] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        inside.addLayout(self._rows)
        self._error = label("", "error")
        self._error.hide()
        inside.addWidget(self._error)
        self.close_button = button(_("Fermer la fiche"), "primary", _("Ctrl+Entrée"))
        self.close_button.clicked.connect(self.close_entry)
        leave = button(_("Renoncer"), "plain", _("Échap"))
        leave.clicked.connect(self.cancelled)
        inside.addWidget(flowing(self.close_button, leave))
        self.search.textEdited.connect(self._find)

    def show_entry(self, uid: str) -> None:
        """Ask about this entry."""
        words = self._desk.words
        _ = words.gettext
        self._uid, self.successor = uid, ""
        name = self._desk.directory.names([uid]).get(uid, "")
        self._heading.setText(_("Fermer «{name}»").format(name=name))
        count = len(self._desk.directory.linking(uid))
        said = words.ngettext("{count} fiche y renvoie.", "{count} fiches y renvoient.", count)
        self._linked.setText(said.format(count=count))
        self._linked.setVisible(count > 0)
        self.reason.setCurrentIndex(0)
        self.more.clear()
        self.search.clear()
        self._clear()
        self._error.hide()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_entry(self) -> None:
        """Close the entry as told here."""
        _ = self._desk.words.gettext
        if self.search.text().strip() and not self.successor:
            self._say_wrong(_("Choisissez dans la liste la fiche qui la remplace, ou videz cette ligne."))
            return
        reason = " – ".join(filter(None, (self.reason.code, self.more.text().strip())))
        revisions, author = self._desk.revisions, self._author
        before = revisions.present(self._uid)
        try:
            if author.is_editor:
                revisions.close(self._uid, reason, author.name, self.successor)
                self._undo = lambda: revisions.restore(before.id, author.name)
                said = _("Fiche fermée : {reason}. Ctrl+Z la rouvre.").format(reason=reason)
            else:
                closed = msgspec.structs.replace(
                    before.record, status="closed", status_reason=reason, replaced_by=self.successor
                )
                revisions.propose(closed, author.name, base=before.id, comment=reason)
                self._undo = None
                said = _("Fermeture proposée : une personne qui décide de l’annuaire la verra.")
        except PointInfoError as error:
            self._say_wrong(str(error))
            return
        announce(self, said)
        self.done.emit(said)

    def undo(self) -> bool:
        """Take the last closing made here back; whether there was one."""
        if self._undo is None:
            return False
        undo, self._undo = self._undo, None
        undo()
        return True

    def choose(self, uid: str) -> None:
        """Let this entry be the successor; "" for none."""
        self.successor = uid
        self.search.setText(self._desk.directory.names([uid]).get(uid, ""))
        self._clear()
        self._error.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter closes the entry, Escape leaves, Down goes to what was found, Enter takes the first of it."""
        found = self._found
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.close_entry()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif found and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            here = _place(found, self.focusWidget()) + (1 if event.key() == Qt.Key.Key_Down else -1)
            goal = self.search if here < 0 else found[min(here, len(found) - 1)]
            goal.setFocus(Qt.FocusReason.OtherFocusReason)
        elif found and enter:
            found[max(0, _place(found, self.focusWidget()))].click()
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _reasons(self) -> tuple[str, ...]:
        _ = self._desk.words.gettext
        return (
            _("N’existe plus"),
            _("A déménagé hors du canton"),
            _("Reprise par une autre organisation"),
            _("Saison ou projet terminé"),
            _("Ne reçoit plus le public"),
            _("Autre raison"),
        )

    def _find(self, text: str) -> None:
        """Offer entries for what is typed."""
        self.successor = ""
        self._clear()
        if not text.strip():
            return
        hits = self._desk.directory.search(Query(text)).hits[: FOUND + 1]
        rows = [row for row in self._desk.directory.rows([hit.id for hit in hits]) if row.uid != self._uid]
        self._found = [self._offer(row) for row in rows[:FOUND]]
        for offer in self._found:
            self._rows.addWidget(offer)
        if not rows:
            _ = self._desk.words.gettext
            self._rows.addWidget(label(_("Aucune fiche ne porte ces lettres."), "meta"))

    def _clear(self) -> None:
        clear(self._rows)
        self._found = []

    def _offer(self, row: Row) -> QPushButton:
        made = _Offer(" · ".join(filter(None, (row.name, row.quartier))))
        made.clicked.connect(lambda: self.choose(row.uid))
        return made

    def _say_wrong(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.show()
        announce(self, sentence)


class _Offer(QPushButton):
    """One entry that was found; the arrows are the panel's."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("kind", "quiet")
        self.setProperty("listed", True)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave arrows and Enter to the panel."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()


def _place(found: list[QPushButton], focus: QObject | None) -> int:
    """Which of what was found has the focus, -1 for none."""
    return next((place for place, each in enumerate(found) if each is focus), -1)
