"""Second step of an import: which column is which field, and what the words of its lists mean."""

from typing import Any, Final

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pointinfo.desk import Desk
from pointinfo.directory import fields
from pointinfo.directory.exchange import columns as known
from pointinfo.directory.exchange.guessing import Sample, separator, unknown_words
from pointinfo.directory.exchange.mapping import EXTRA, IGNORED, Column, Mapping
from pointinfo_ui.forms import Choice, clear, field, label, panel
from pointinfo_ui.rows import ROW_ROLE, RowDelegate, RowText
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_WORDS: Final = 40
"""Words of a list that are shown to be given a meaning; the rest is kept beside the entries."""


class ColumnsModel(QAbstractListModel):
    """The columns of the file, each with its field and a few of its values."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.columns: list[Column] = []
        self.samples: list[Sample] = []

    def show(self, columns: list[Column], samples: list[Sample]) -> None:
        """Show these columns."""
        self.beginResetModel()
        self.columns, self.samples = columns, samples
        self.endResetModel()

    def put(self, row: int, changed: Column) -> None:
        """Give a column another meaning."""
        self.columns[row] = changed
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The column as a row of text."""
        if not index.isValid():
            return None
        shown = self._shown(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.heading
        if role == ROW_ROLE:
            return shown
        return shown.sentence() if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _shown(self, row: int) -> RowText:
        words = self._desk.words
        _ = words.gettext
        chosen, sample = self.columns[row], self.samples[row]
        if chosen.target == EXTRA:
            state, tone = _("gardée à côté"), "unknown"
        elif chosen.target == IGNORED:
            state, tone = _("laissée de côté"), "unknown"
        else:
            state, tone = known.label(chosen.target, words), "open"
        examples = list(dict.fromkeys(" ".join(value.split())[:60] for value in sample.values))[:4]
        return RowText(chosen.name, state=state, tone=tone, meta=" · ".join(examples) or _("aucune valeur au début"))


class ColumnsPane(QWidget):
    """The columns in a list, the chosen one's meaning beside."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        _ = desk.words.gettext
        self._mapping = Mapping(source="", columns=())
        around = QHBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(16)
        listed = panel()
        inside = QVBoxLayout(listed)
        inside.setContentsMargins(2, 2, 2, 2)
        self.model = ColumnsModel(desk)
        self.list = QListView()
        self.list.setAccessibleName(_("Colonnes du fichier"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowDelegate(theme, self.list))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._show_chosen())
        inside.addWidget(self.list)
        listed.setMinimumWidth(theme.size(220))
        around.addWidget(listed, 5)
        around.addWidget(self._editor(), 4)

    @property
    def mapping(self) -> Mapping:
        """The columns as they are meant now."""
        return msgspec.structs.replace(
            self._mapping,
            columns=tuple(self.model.columns),
            kind=self.kind.code,
            complete=self.complete.isChecked(),
        )

    def show_mapping(self, mapping: Mapping, samples: list[Sample]) -> None:
        """Show how the columns are meant; `samples` are those of the file, in its order."""
        self._mapping = mapping
        self._resolver = self._desk.exchange.resolver()
        self.target.clear()
        for key, text in self._targets(mapping):
            self.target.addItem(text, key)
        self.model.show(mapping.of([sample.name for sample in samples]), samples)
        self.kind.fill(mapping.kind)
        self.complete.setChecked(mapping.complete)
        self.list.setCurrentIndex(self.model.index(0, 0))
        self._show_chosen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Row heights follow the width."""
        super().resizeEvent(event)
        self.list.scheduleDelayedItemsLayout()

    def _targets(self, mapping: Mapping) -> list[tuple[str, str]]:
        words = self._desk.words
        _ = words.gettext
        languages = dict.fromkeys(("fr", "en", "de", "it", "es", "pt"))
        found = [(EXTRA, _("Garder à côté de la fiche")), (IGNORED, _("Laisser de côté"))]
        keys = ["id", *known.keys(languages, internal=True), "address", "contacts/any"]
        keys += [f"hours/{day}" for day in known.DAYS]
        keys += [each.target for each in mapping.columns]
        found += [(key, known.label(key, words)) for key in dict.fromkeys(keys) if key not in (EXTRA, IGNORED)]
        return found

    def _editor(self) -> QFrame:
        words = self._desk.words
        _ = words.gettext
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(12)
        self.heading = label("", "heading")
        layout.addWidget(self.heading)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        layout.addLayout(grid)
        self.target = Choice([])
        self.target.setMaxVisibleItems(18)
        self.target.chosen.connect(self._choose_target)
        self.separator = Choice(
            [
                ("", _("une seule valeur par cellule")),
                ("|", _("barre |")),
                (";", _("point-virgule ;")),
                (",", _("virgule ,")),
                ("/", _("barre oblique /")),
                ("\n", _("à la ligne")),
            ]
        )
        self.separator.chosen.connect(self._choose_separator)
        field(grid, 0, _("Champ"), self.target)
        field(grid, 1, _("Plusieurs valeurs"), self.separator)
        name = grid.itemAtPosition(2, 0)
        self._separator_name = name.widget() if name is not None else None
        self._codes = QVBoxLayout()
        self._codes.setSpacing(8)
        layout.addLayout(self._codes)
        layout.addStretch(1)
        whole = QGridLayout()
        whole.setHorizontalSpacing(14)
        whole.setColumnStretch(1, 1)
        layout.addLayout(whole)
        self.kind = Choice(fields.choices("kind", words).items())
        field(whole, 0, _("Genre des fiches"), self.kind, _("Quand aucune colonne ne le dit."))
        self.complete = QCheckBox(_("Fichier complet"))
        self.complete.setAccessibleName(self.complete.text())
        closes = _("Ce que la source n’a plus se ferme ; son passé reste.")
        self.complete.setAccessibleDescription(closes)
        layout.addWidget(self.complete)
        layout.addWidget(label(closes, "meta"))
        scroll.setWidget(inside)
        sheet = panel()
        around = QVBoxLayout(sheet)
        around.setContentsMargins(22, 20, 8, 18)
        around.addWidget(scroll)
        return sheet

    def _chosen(self) -> int:
        return self.list.currentIndex().row()

    def _show_chosen(self) -> None:
        row = self._chosen()
        if not 0 <= row < len(self.model.columns):
            return
        chosen = self.model.columns[row]
        self.heading.setText(chosen.name)
        self.target.fill(chosen.target)
        several = known.shape(chosen.target) in ("terms", "contacts", "names", "links")
        self.separator.setVisible(several)
        if self._separator_name is not None:
            self._separator_name.setVisible(several)
        self.separator.fill(chosen.separator)
        self._show_words(row)

    def _show_words(self, row: int) -> None:
        """The words that no list knows, each with what it may mean."""
        words = self._desk.words
        _ = words.gettext
        clear(self._codes)
        chosen, sample = self.model.columns[row], self.model.samples[row]
        unknown = unknown_words(chosen, sample.values, self._resolver)
        if known.shape(chosen.target) == "terms" and not unknown:
            self._codes.addWidget(label(_("Tous les mots des premières lignes sont connus."), "meta"))
        if unknown:
            self._codes.addWidget(label(_("Mots inconnus : que veulent-ils dire ?"), "label"))
            terms = self._desk.directory.terms(chosen.target.removeprefix("terms/"))
            options = [("", _("garder à côté")), *((term.code, term.label) for term in terms)]
            for word in unknown[:_WORDS]:
                self._codes.addWidget(self._word(row, word, options))
        if len(unknown) > _WORDS:
            rest = len(unknown) - _WORDS
            more = words.ngettext("… et {count} autre mot", "… et {count} autres mots", rest)
            self._codes.addWidget(label(more.format(count=rest), "meta"))

    def _word(self, row: int, word: str, options: list[tuple[str, str]]) -> QWidget:
        line = QWidget()
        around = QVBoxLayout(line)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(2)
        name = label(word, "body")
        choice = Choice(options)
        choice.setAccessibleName(word)
        choice.fill(self.model.columns[row].codes.get(word, ""))
        name.setBuddy(choice)

        def keep() -> None:
            chosen = self.model.columns[row]
            codes = {known_word: code for known_word, code in chosen.codes.items() if known_word != word}
            if choice.code:
                codes[word] = choice.code
            self.model.put(row, msgspec.structs.replace(chosen, codes=codes))

        choice.chosen.connect(keep)
        around.addWidget(name)
        around.addWidget(choice)
        return line

    def _choose_target(self) -> None:
        row = self._chosen()
        chosen, sample = self.model.columns[row], self.model.samples[row]
        target = self.target.code
        self.model.put(row, Column(chosen.name, target, separator(target, sample.values)))
        self._show_chosen()

    def _choose_separator(self) -> None:
        row = self._chosen()
        self.model.put(row, msgspec.structs.replace(self.model.columns[row], separator=self.separator.code))
        self._show_chosen()
