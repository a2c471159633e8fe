"""What stands over the form: the entry's name and past; and, scrolling with it, who edits and in which language."""

from babel.dates import format_datetime
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pointinfo.clock import ZONE
from pointinfo.desk import Desk
from pointinfo.directory.fields import choices, language_name
from pointinfo.i18n import Words, typeset
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.opened import Opened
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import Choice, button, label
from pointinfo_ui.theme import Theme


class EditorHead(QWidget):
    """Which entry is open, and whether something of it is unsaved."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        _ = words.gettext
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._title = label("", "title")
        self._past = label("", "meta", wrap=False)
        self._state = label("• " + _("Modifié, pas encore enregistré"), "mark", wrap=False)
        self.back = button(_("Liste des fiches"), "quiet", _("Échap"))
        column.addWidget(self._title)
        column.addWidget(flowing(self.back, self._past, self._state))
        self.back.hide()

    def show_entry(self, opened: Opened, name: str, *, edited: bool) -> None:
        """Say which entry is open, what was last done to it, and whether something of it is unsaved."""
        _ = self._words.gettext
        self._state.setVisible(edited)
        self._title.setText(typeset(name) or (_("Fiche sans nom") if opened.head else _("Nouvelle fiche")))
        if opened.head is None:
            self._past.setText(_("Jamais enregistrée"))
            return
        day = format_datetime(opened.head.at.astimezone(ZONE), "d MMMM y, HH:mm", locale=self._words.language)
        by = _("modifiée le {day} par {name}") if opened.head.author else _("enregistrée le {day}")
        state = choices("status", self._words).get(opened.head.record.status, "")
        self._past.setText(f"{state} · {by.format(day=day, name=opened.head.author)}")


class WhoLine(QWidget):
    """Who is editing, asked once; and the language beside the French: says `language_chosen`, "" for none."""

    language_chosen = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, author: Author) -> None:
        super().__init__()
        self._words = desk.words
        self._author = author
        _ = desk.words.gettext
        self._spoken = [term.code for term in desk.directory.terms("language") if term.code != "fr"]
        self._offered: tuple[str, ...] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.who = QLineEdit()
        self.who.setMaxLength(80)
        self.who.setFixedWidth(theme.size(180))
        self.language = Choice([])
        self.language.setFixedWidth(theme.size(200))
        self._role = label(_("Vos changements seront proposés : une personne qui édite l’annuaire décidera."), "meta")
        self._unnamed = label(_("Dites d’abord qui modifie : l’historique garde ce nom."), "error")
        asked = (_named(_("Qui modifie ?"), self.who), _named(_("À côté du français"), self.language))
        column.addWidget(flowing(*asked, gap=20))
        column.addWidget(self._unnamed)
        column.addWidget(self._role)
        self._unnamed.hide()
        self.who.textEdited.connect(author.take)
        author.changed.connect(self.show_author)
        self.language.chosen.connect(lambda: self.language_chosen.emit(self.language.code))
        self.show_author()

    def take_name(self) -> str:
        """Who is editing; without a name the line takes the focus and says why."""
        self._author.take(self.who.text())
        self._unnamed.setVisible(not self._author.name)
        if not self._author.name:
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)
        return self._author.name

    def show_author(self) -> None:
        """Show who is editing, and whether it counts at once."""
        if not self.who.hasFocus():
            self.who.setText(self._author.name)
        if self._author.name:
            self._unnamed.hide()
        self._role.setVisible(not self._author.is_editor)

    def offer_languages(self, used: tuple[str, ...]) -> None:
        """The languages some text is written in first, marked; then the others."""
        if used == self._offered:
            return
        _ = self._words.gettext
        self._offered = used
        chosen = self.language.code
        with QSignalBlocker(self.language):
            self.language.clear()
            self.language.addItem(_("aucune autre langue"), "")
            for code in dict.fromkeys((*used, *self._spoken)):
                self.language.addItem(language_name(code, self._words) + ("  •" if code in used else ""), code)
        self.language.fill(chosen)


def _named(text: str, widget: QWidget) -> QWidget:
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(10)
    name = label(text, "label", wrap=False)
    name.setBuddy(widget)
    widget.setAccessibleName(text)
    line.addWidget(name)
    line.addWidget(widget)
    return made
