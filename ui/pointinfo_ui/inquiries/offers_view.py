"""What people looked for and nobody offers: a few words, kept apart from the inquiries and linked to none."""

from typing import Any, Final

from babel.dates import format_date
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QStackedWidget, QVBoxLayout

from pointinfo.desk import Desk
from pointinfo.errors import PointInfoError
from pointinfo.inquiries import Missing
from pointinfo.inquiries.missing_offers import LONGEST
from pointinfo_ui.commands import key_words
from pointinfo_ui.forms import Choice, above, button, column, label, panel
from pointinfo_ui.inquiries.part import Part
from pointinfo_ui.rows import ROW_ROLE, RowText, list_rows
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


class OffersModel(QAbstractListModel):
    """What is missing, the latest week first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: list[Missing] = []
        self._themes: dict[str, str] = {}

    def refresh(self) -> None:
        """Read the list anew."""
        self.beginResetModel()
        self._rows = self._desk.missing_offers.listed()
        self._themes = {term.code: term.label for term in self._desk.directory.terms("theme", retired=True)}
        self.endResetModel()

    def missing(self, row: int) -> Missing | None:
        """What stands in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        missing = self.missing(index.row()) if index.isValid() else None
        if missing is None:
            return None
        _ = self._desk.words.gettext
        week = _("semaine du {day}").format(day=format_date(missing.week, "d MMMM y", locale=self._desk.words.language))
        theme = self._themes.get(missing.theme, missing.theme)
        shown = RowText(missing.words, meta=" · ".join(part for part in (theme, week) if part))
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.heading
        if role == ROW_ROLE:
            return shown
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return shown.sentence()
        return None


class OffersView(Part):
    """A line to say what is missing, and the list of what was said."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._removed: Missing | None = None
        _ = desk.words.gettext
        outer = column(self, margins=0, spacing=14)
        outer.addWidget(
            label(
                _(
                    "Ce que des gens ont cherché et que personne n’offre. Aucun nom, aucun numéro : seule la semaine "
                    "est gardée, sans lien avec les demandes."
                ),
                "lead",
            )
        )
        line = QHBoxLayout()
        line.setSpacing(12)
        self.words = QLineEdit()
        self.words.setMaxLength(LONGEST)
        self.words.returnPressed.connect(self.save)
        self.theme = Choice([("", _("non précisé"))])
        self.theme.setMaximumWidth(theme.size(280))
        self._add = button(_("Ajouter"), "primary", key_words("Ctrl+S", desk.words))
        self._add.clicked.connect(self.save)
        line.addWidget(above(_("Ce qui manque, en quelques mots"), self.words), 3)
        line.addWidget(above(_("Thème"), self.theme), 2)
        line.addWidget(self._add, 0, Qt.AlignmentFlag.AlignBottom)
        outer.addLayout(line)
        self._problem = label("", "error")
        self._problem.hide()
        outer.addWidget(self._problem)
        listed = panel()
        inside = QVBoxLayout(listed)
        inside.setContentsMargins(2, 2, 2, 2)
        self.model = OffersModel(desk)
        self.list = QListView()
        list_rows(self.list, self.model, theme, _("Offres manquantes"))
        empty = label(_("Rien n’est signalé pour le moment."), "heading")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(empty)
        inside.addWidget(self._stack)
        outer.addWidget(listed, 1)
        outer.addWidget(label(_("Suppr enlève de la liste ce qui est choisi ; Ctrl+Z le remet."), "meta"))

    def enter(self) -> None:
        """Show the list, the focus on the line to write on."""
        self.refresh()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read themes and list anew."""
        _ = self._desk.words.gettext
        terms = [(term.code, term.label) for term in self._desk.directory.terms("theme")]
        self.theme.offer([("", _("non précisé")), *terms])
        self.model.refresh()
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)

    def save(self) -> None:
        """Keep what the line says."""
        _ = self._desk.words.gettext
        try:
            self._desk.missing_offers.add(self.words.text(), self.theme.code)
        except PointInfoError as error:
            self._problem.setText(str(error))
            self._problem.show()
            self.said.emit(str(error))
            return
        self._problem.hide()
        self.words.clear()
        self.theme.fill("")
        self.refresh()
        self.said.emit(_("Ajouté aux offres manquantes."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the chosen one off the list."""
        missing = self.model.missing(self.list.currentIndex().row()) if self.list.hasFocus() else None
        if event.key() == Qt.Key.Key_Delete and missing is not None:
            self._desk.missing_offers.remove(missing.id)
            self._removed = missing
            self.refresh()
            _ = self._desk.words.gettext
            self.said.emit(_("Enlevé de la liste."))
            return
        super().keyPressEvent(event)

    def undo(self) -> bool:
        """Put what was removed last on the list again."""
        if self._removed is None:
            return False
        self._desk.missing_offers.put_back(self._removed)
        self._removed = None
        self.refresh()
        _ = self._desk.words.gettext
        self.said.emit(_("Remis sur la liste."))
        return True

    @property
    def undoes_first(self) -> bool:
        """Once something was removed, that is what is taken back."""
        return self._removed is not None

    @property
    def is_edited(self) -> bool:
        """Whether words are typed and not kept."""
        return bool(self.words.text().strip())
