"""The lists of the directory, edited: choose one, change its words, its order, what is offered; saved by a gesture."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QScrollArea, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.directory import TermDetail
from pointinfo.directory.bulk import Done, Selection
from pointinfo.directory.bulk_edits import Retag
from pointinfo.directory.vocabularies import LISTS, list_words, shared_words
from pointinfo.directory.vocabulary import EVERYONE, PARENTS
from pointinfo.errors import PointInfoError
from pointinfo_ui.background import Background
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.lists_model import TermsModel, taken_back
from pointinfo_ui.directory.name_line import NameLine, name_row
from pointinfo_ui.directory.term_form import TermForm
from pointinfo_ui.directory.view import View
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import Choice, button, column, label, panel
from pointinfo_ui.messages import announce
from pointinfo_ui.rows import list_rows
from pointinfo_ui.theme import Theme


class ListsView(View):
    """The terms of a list, and the chosen one's fields beside."""

    def __init__(self, desk: Desk, theme: Theme, background: Background, author: Author) -> None:
        super().__init__(desk, theme, background, author)
        _ = desk.words.gettext
        self._undo: Callable[[], None] | None = None
        self._busy = False
        outer = column(self, margins=0, spacing=12)
        self.who = NameLine(author, desk.words, theme)
        outer.addWidget(name_row(self.who, desk.words))
        self.notice = label(
            _("Vous pouvez lire les listes. Les changer revient aux personnes qui tiennent l’annuaire."),
            "warning",
        )
        outer.addWidget(self.notice)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        outer.addLayout(columns, 1)
        columns.addWidget(self._left(), 5)
        columns.addWidget(self._right(), 6)
        self._wire()
        self._show_author()

    @property
    def is_edited(self) -> bool:
        """Whether a list has changes that are not saved."""
        return bool(self.model.edited_lists)

    def enter(self) -> None:
        """Show the present, the focus on the terms."""
        self.show_list(self.choice.code or LISTS[0])
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_list(self, name: str) -> None:
        """Turn to a list; what was changed in another and not saved waits there."""
        chosen = self._chosen()
        same = name == self.model.name
        self.choice.fill(name)
        self.model.show(name)
        self._offer()
        code = chosen.code if chosen and same else ""
        self._choose(next((row for row, term in enumerate(self.model.terms) if code and term.code == code), 0))
        self._show_state()

    def add_term(self) -> None:
        """A new term below the chosen one, its name ready to be typed."""
        if not self._may_edit():
            return
        row = self.list.currentIndex().row() + 1
        self.model.add(row)
        self._choose(row)
        self.form.french.setFocus(Qt.FocusReason.OtherFocusReason)

    def move_term(self, by: int) -> None:
        """Put the chosen term one up or down."""
        row = self.list.currentIndex().row()
        if self._may_edit() and self.model.move(row, by):
            self._choose(row + by)
            _ = self._desk.words.gettext
            announce(self, _("Place {number} sur {count}").format(number=row + by + 1, count=len(self.model.terms)))

    def retire_term(self) -> None:
        """Offer the chosen term no more, or again; one that was never saved goes."""
        term, row = self._chosen(), self.list.currentIndex().row()
        if term is None or not self._may_edit():
            return
        _ = self._desk.words.gettext
        if not term.code:
            self.model.drop(row)
            self._choose(min(row, len(self.model.terms) - 1))
        elif self.model.name == "audience" and term.code == EVERYONE:
            self.said.emit(
                _("«{name}» exclut les autres publics : ce mot ne peut pas être retiré.").format(name=term.label)
            )
        else:
            self.model.change(row, msgspec.structs.replace(term, retired=not term.retired, replaced_by=""), "")
            self._show_chosen()

    def save(self) -> None:
        """Keep the shown list, on disk before anything says so."""
        _ = self._desk.words.gettext
        if not self._may_edit():
            return
        if not self.model.is_edited:
            self.said.emit(_("Rien n’a changé : il n’y a rien à enregistrer."))
            return
        wrong = next((row for row, term in enumerate(self.model.terms) if not term.label.strip()), -1)
        if wrong >= 0:
            self._choose(wrong)
            self.form.french.setFocus(Qt.FocusReason.OtherFocusReason)
            self.said.emit(_("Un mot n’a pas de nom français. Rien n’a été enregistré."))
            return
        name, terms = self.model.name, self.model.terms
        before = self._desk.vocabularies.terms(name)
        self._keep(name, terms, _("Liste enregistrée."), lambda: self._restore(name, before))

    def revert(self) -> None:
        """The list as it is kept; Ctrl+Z gives the changes back."""
        self.model.revert()
        self._choose(0)

    def move_entries(self) -> None:
        """Let the entries that carry the retired term carry its successor, each with its revision."""
        _ = self._desk.words.gettext
        term = self._chosen()
        if term is None or not self._may_edit():
            return
        if self.model.is_edited:
            self.said.emit(_("Enregistrez d’abord la liste avec Ctrl+S."))
            return
        if not self._author.name:
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)
            self.said.emit(_("Écrivez d’abord votre nom : il figure dans l’historique de chaque fiche."))
            return
        name, author, bulk = self.model.name, self._author.name, self._desk.bulk
        successor = next(each.label for each in self.model.terms if each.code == term.replaced_by)
        comment = _("«{old}» est devenu «{new}»").format(old=term.label, new=successor)

        def work() -> Done:
            ids = bulk.select(Selection(terms=((name, term.code),), closed=True))
            return bulk.apply(ids, Retag(name, term.code, term.replaced_by), author, comment=comment)

        def done(act: Done) -> None:
            words = self._desk.words
            said = words.ngettext("{count} fiche modifiée.", "{count} fiches modifiées.", act.entries)
            self._finish(said.format(count=act.entries), lambda: self._move_back(act))

        self._start(work, done)

    def undo(self) -> bool:
        """Take back the last change that is not saved, else the last save or move."""
        _ = self._desk.words.gettext
        row, chosen = self.list.currentIndex().row(), self._chosen()
        if self.model.undo():
            codes = [term.code for term in self.model.terms]
            known = chosen is not None and chosen.code in codes
            self._choose(codes.index(chosen.code) if chosen and known else min(row, len(codes) - 1))
            self.said.emit(_("C’est annulé."))
            return True
        if self._undo is None or self._busy:
            return False
        undo, self._undo = self._undo, None
        undo()
        return True

    @property
    def undoes_first(self) -> bool:
        """After a save, Ctrl+Z in a field takes back the save."""
        return self._undo is not None and not self.is_edited

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Row heights follow the width."""
        super().resizeEvent(event)
        self.list.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes from the fields back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        super().keyPressEvent(event)

    # How it is done

    def _keep(self, name: str, terms: tuple[TermDetail, ...], sentence: str, undo: Callable[[], None] | None) -> None:
        def done(kept: tuple[TermDetail, ...]) -> None:
            if self.model.name == name:
                row = self.list.currentIndex().row()
                self.model.fill(kept)
                self._choose(min(row, len(kept) - 1))
            self._finish(sentence, undo)

        self._start(lambda: self._desk.vocabularies.save(name, terms), done)

    def _restore(self, name: str, before: tuple[TermDetail, ...]) -> None:
        _ = self._desk.words.gettext
        if self.model.name != name:
            self.show_list(name)
        now = self._desk.vocabularies.terms(name)
        self._keep(name, taken_back(before, now), _("La liste est de nouveau comme avant."), None)

    def _move_back(self, act: Done) -> None:
        _ = self._desk.words.gettext
        author, bulk = self._author.name, self._desk.bulk
        said = _("Les fiches portent de nouveau l’ancien mot.")
        self._start(lambda: bulk.undo(act, author), lambda _done: self._finish(said, None))

    def _start(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        """Do `work` beside the window's; until it is done nothing here can be changed."""

        def finished(result: object) -> None:
            self._busy = False
            self._show_author()
            done(result)

        def fail(error: Exception) -> None:
            self._busy = False
            self._show_author()
            if not isinstance(error, PointInfoError):
                raise error
            self.said.emit(str(error))

        self._busy = True
        self._show_author()
        self._background.run(self, work, finished, fail)

    def _finish(self, sentence: str, undo: Callable[[], None] | None) -> None:
        self._undo = undo
        self.show_list(self.model.name)
        announce(self, sentence)
        self.said.emit(sentence)
        self.changed.emit()

    def _may_edit(self) -> bool:
        _ = self._desk.words.gettext
        if self._busy:
            self.said.emit(_("Enregistrement en cours : encore un instant."))
        elif not self._author.is_editor:
            self.said.emit(self.notice.text())
        return not self._busy and self._author.is_editor

    def _chosen(self) -> TermDetail | None:
        row = self.list.currentIndex().row()
        return self.model.terms[row] if 0 <= row < len(self.model.terms) else None

    def _choose(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row, 0))
        self._show_chosen()

    def _changed(self, term: TermDetail, what: str) -> None:
        row = self.list.currentIndex().row()
        if 0 <= row < len(self.model.terms):
            self.model.change(row, term, what)
            self._show_chosen()

    def _show_chosen(self) -> None:
        term, row = self._chosen(), self.list.currentIndex().row()
        self._sheet.setEnabled(term is not None)
        if term is None:
            return
        terms = self.model.terms
        labels = {each.code: each.label for each in terms}
        self.form.fill(term, labels, shared_words(terms).get(row, ()))

    def _offer(self) -> None:
        name = PARENTS.get(self.model.name, "")
        terms = self._desk.directory.terms
        offered = [(term.code, term.label) for term in terms(name)] if name else []
        past = {term.code: term.label for term in terms(name, retired=True)} if name else {}
        self.form.offer(self.model.terms, offered, past)

    def _show_state(self) -> None:
        _ = self._desk.words.gettext
        edited = self.model.edited_lists
        for each in (self._state, self.revert_button):
            each.setVisible(self.model.is_edited)
        with QSignalBlocker(self.choice):
            for place, name in enumerate(LISTS):
                title = list_words(name, self._desk.words)
                self.choice.setItemText(place, _("{name} (modifiée)").format(name=title) if name in edited else title)

    def _show_author(self) -> None:
        editable = self._author.is_editor and not self._busy
        self.notice.setVisible(not self._author.is_editor)
        self.form.set_editable(editable=editable)
        for each in (self.save_button, self.revert_button, *self._acts):
            each.setEnabled(editable)

    def _left(self) -> QFrame:
        _ = self._desk.words.gettext
        sheet = panel()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(2, 16, 2, 14)
        inside.setSpacing(10)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        self.choice = Choice([(name, list_words(name, self._desk.words)) for name in LISTS])
        self.choice.setAccessibleName(_("Liste"))
        name = label(_("Liste"), "label", wrap=False)
        name.setBuddy(self.choice)
        head.addWidget(name)
        head.addWidget(self.choice, 1)
        inside.addLayout(head)
        self.model = TermsModel(self._desk.vocabularies.terms, self._desk.words)
        self.list = QListView()
        list_rows(self.list, self.model, self._theme, _("Mots de la liste"))
        inside.addWidget(self.list, 1)
        add = button(_("Ajouter"), "plain", _("Inser"))
        add.clicked.connect(self.add_term)
        up = button(_("Monter"), "quiet", "Alt+↑")
        up.clicked.connect(lambda: self.move_term(-1))
        down = button(_("Descendre"), "quiet", "Alt+↓")
        down.clicked.connect(lambda: self.move_term(1))
        self._acts = (add, up, down)
        inside.addWidget(flowing(*self._acts, margins=(16, 0, 16, 0)))
        return sheet

    def _right(self) -> QFrame:
        _ = self._desk.words.gettext
        sheet = self._sheet = panel()
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(22, 20, 22, 16)
        layout.setSpacing(12)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, 6, 0)
        self.form = TermForm(self._desk, self._theme)
        around.addWidget(self.form)
        around.addStretch(1)
        scroll.setWidget(inside)
        layout.addWidget(scroll, 1)
        self.save_button = button(_("Enregistrer"), "primary", "Ctrl+S")
        self.save_button.clicked.connect(self.save)
        self.revert_button = button(_("Abandonner les changements"))
        self.revert_button.clicked.connect(self.revert)
        self._state = label(_("Modifiée, pas encore enregistrée"), "meta", wrap=False)
        layout.addWidget(flowing(self.save_button, self.revert_button, self._state))
        return sheet

    def _wire(self) -> None:
        self.choice.chosen.connect(lambda: self.show_list(self.choice.code))
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._show_chosen())
        self.list.activated.connect(lambda _index: self.form.french.setFocus())
        self.model.edited.connect(self._show_state)
        self.model.edited.connect(self._offer)
        self.form.edited.connect(self._changed)
        self.form.retired.connect(self.retire_term)
        self.form.move_asked.connect(self.move_entries)
        self._author.changed.connect(self._show_author)
        for keys, act in (
            ("Alt+Up", lambda: self.move_term(-1)),
            ("Alt+Down", lambda: self.move_term(1)),
            ("Ins", self.add_term),
            ("Del", self.retire_term),
            ("Return", lambda: self.form.french.setFocus(Qt.FocusReason.ShortcutFocusReason)),
        ):
            action = QAction(self.list)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(act)
            self.list.addAction(action)
