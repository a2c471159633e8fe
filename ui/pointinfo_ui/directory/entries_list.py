"""The entries to edit: a search line, what is left to do, and the list below."""

from collections.abc import Callable
from typing import Final, Literal

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLineEdit,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pointinfo.desk import Desk
from pointinfo.directory import Query
from pointinfo_ui.background import Background
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.draft_banner import Unfinished
from pointinfo_ui.directory.entries_model import UID_ROLE, EntriesModel, has_words
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, label
from pointinfo_ui.rows import list_rows
from pointinfo_ui.theme import Theme

Which = Literal["all", "drafts", "incomplete", "closed", "do_not_refer"]
STATUS: Final[dict[str, str]] = {"closed": "closed", "do_not_refer": "do_not_refer"}


class EntriesList(QFrame):
    """Says `chosen` with the uid of the entry to open."""

    chosen = Signal(str)
    asked_for_new = Signal()

    def __init__(self, desk: Desk, theme: Theme, background: Background, author: Author) -> None:
        super().__init__()
        self._desk = desk
        self._background = background
        self._author = author
        self._which: Which = "all"
        _ = desk.words.gettext
        self.setProperty("panel", True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2, 2, 2, 2)
        outer.setSpacing(0)
        top = QWidget()
        head = column(top, margins=14, spacing=8)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Chercher une fiche à modifier…"))
        self.search.setAccessibleName(_("Fiche à modifier"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaxLength(500)
        head.addWidget(self.search)
        self.unfinished = Unfinished(desk)
        head.addWidget(self.unfinished)
        self.chips = self._make_chips()
        head.addWidget(flowing(*self.chips.values(), gap=6))
        fresh = button(_("Nouvelle fiche"), "plain", "Ctrl+N")
        fresh.clicked.connect(self.asked_for_new)
        self._count = label("", "meta")
        head.addWidget(flowing(fresh, self._count))
        outer.addWidget(top)
        self.model = EntriesModel(desk)
        self.list = QListView()
        list_rows(self.list, self.model, theme, _("Fiches"))
        self.list.clicked.connect(lambda index: self.chosen.emit(index.data(UID_ROLE)))
        self.list.activated.connect(lambda index: self.chosen.emit(index.data(UID_ROLE)))
        self._empty = label("", "lead")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(20, 20, 20, 20)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        outer.addWidget(self._stack, 1)
        self.search.textChanged.connect(lambda _text: self.refresh())
        self.search.returnPressed.connect(self._take)

    def refresh(self, marked: str | None = None) -> None:
        """Find again; the entry `marked` stays the chosen one."""
        marked = marked if marked is not None else self._uid()
        wanted = Query(self.search.text()).words if self.search.text().strip() else []
        if self._which == "drafts":
            self.model.show_drafts(wanted)
        elif self._which == "incomplete":
            self._find_incomplete(wanted, marked)
            return
        else:
            found = self._desk.directory.search(Query(self.search.text(), status=STATUS.get(self._which, "")))
            self.model.show_ids([hit.id for hit in found.hits], wanted)
        self._found(marked)

    def narrow(self, which: Which) -> None:
        """Show all, or only what is left to do."""
        self._which = which
        self.chips[which].setChecked(True)
        self.refresh()

    def mark(self, uid: str) -> None:
        """Show which entry is open."""
        row = self.model.row_of(uid)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row, 0))
        else:
            self.list.clearSelection()
            self.list.setCurrentIndex(QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """In the search line arrows choose in the list."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}.get(
            Qt.Key(event.key())
        )
        if step and self.search.hasFocus():
            last = self.model.rowCount() - 1
            row = min(max(self.list.currentIndex().row() + step, 0), last)
            if row == last and self.model.canFetchMore(QModelIndex()):
                self.model.fetchMore(QModelIndex())
            self.list.setCurrentIndex(self.model.index(row, 0))
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Row heights follow the width."""
        super().resizeEvent(event)
        self.list.scheduleDelayedItemsLayout()

    def _make_chips(self) -> dict[Which, QPushButton]:
        _ = self._desk.words.gettext
        chips: dict[Which, QPushButton] = {}
        group = QButtonGroup(self)
        titles: dict[Which, str] = {
            "all": _("Toutes"),
            "drafts": _("Brouillons"),
            "incomplete": _("Les miennes à compléter"),
            "do_not_refer": _("Ne pas orienter"),
            "closed": _("Fermées"),
        }
        for which, title in titles.items():
            chip = button(title, "chip")
            chip.setCheckable(True)
            chip.setChecked(which == "all")
            chip.clicked.connect(self._narrower(which))
            group.addButton(chip)
            chips[which] = chip
        return chips

    def _uid(self) -> str:
        return str(self.list.currentIndex().data(UID_ROLE) or "")

    def _take(self) -> None:
        if not self._uid() and self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0, 0))
        if self._uid():
            self.chosen.emit(self._uid())

    def _find_incomplete(self, wanted: list[str], marked: str) -> None:
        """Every entry is looked at, so this is done beside the window."""
        directory, name = self._desk.directory, self._author.name

        def find() -> list[int]:
            ids = directory.incomplete(name) if name else []
            if not wanted:
                return ids
            return [
                row.id for row in directory.rows(ids) if has_words(f"{row.name} {row.summary} {row.quartier}", wanted)
            ]

        def show(ids: list[int]) -> None:
            if self._which == "incomplete":
                self.model.show_ids(ids, wanted)
                self._found(marked)

        def fail(error: Exception) -> None:
            raise error

        self._background.run(self, find, show, fail)

    def _found(self, marked: str) -> None:
        words = self._desk.words
        _ = words.gettext
        total = self.model.total
        self._count.setText(words.ngettext("{count} fiche", "{count} fiches", total).format(count=total))
        self._count.setVisible(bool(total))
        if not total:
            self._empty.setText(self._why_empty())
        self._stack.setCurrentIndex(0 if total else 1)
        self.mark(marked)

    def _why_empty(self) -> str:
        _ = self._desk.words.gettext
        if self.search.text().strip():
            return _("Aucune fiche avec ces mots. Un mot de moins, ou Ctrl+N pour une nouvelle fiche.")
        if self._which == "incomplete" and not self._author.name:
            return _("Ouvrez une fiche et dites qui modifie : vos fiches à compléter s’affichent ici.")
        return {
            "all": _("L’annuaire est vide. Ctrl+N commence une première fiche."),
            "drafts": _("Aucun brouillon : tout ce qui a été écrit est enregistré."),
            "incomplete": _("Rien à compléter : vos fiches ont contact, horaire, résumé et public."),
            "do_not_refer": _("Aucune fiche n’est marquée «ne pas orienter»."),
            "closed": _("Aucune fiche n’est fermée."),
        }[self._which]

    def _narrower(self, which: Which) -> Callable[[bool], None]:
        return lambda _on: self.narrow(which)
