"""Third step of an import: what would change, row by row, before anything does."""

from array import array
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pointinfo.desk import Desk
from pointinfo.directory import fields, hours
from pointinfo.directory.exchange.importing import ASKS_FROM
from pointinfo.directory.exchange.preview import Preview, PreviewRow, State
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, clear, column, label, panel
from pointinfo_ui.rows import ROW_ROLE, RowDelegate, RowText
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_BATCH: Final = 200


class PreviewModel(QAbstractListModel):
    """The rows of one kind, read from the preview as they come into sight."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._preview: Preview | None = None
        self._numbers: array[int] = array("L")
        self._fetched = 0
        self._known: dict[int, PreviewRow] = {}

    def show(self, preview: Preview | None, numbers: "array[int]") -> None:
        """Show these rows of a preview."""
        self.beginResetModel()
        self._preview, self._numbers = preview, numbers
        self._fetched = min(_BATCH, len(numbers))
        self._known.clear()
        self.endResetModel()

    def row(self, place: int) -> PreviewRow | None:
        """The row that stands at a place of the list."""
        if self._preview is None or not 0 <= place < self._fetched:
            return None
        number = self._numbers[place]
        if number not in self._known:
            if len(self._known) > 1_000:
                self._known.clear()
            self._known[number] = self._preview.row(number)
        return self._known[number]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._fetched

    def canFetchMore(self, parent: Index) -> bool:
        """While rows are left: the list asks as it is scrolled."""
        return not parent.isValid() and self._fetched < len(self._numbers)

    def fetchMore(self, parent: Index) -> None:
        """A screenful or two."""
        more = min(_BATCH, len(self._numbers) - self._fetched)
        self.beginInsertRows(_ROOT, self._fetched, self._fetched + more - 1)
        self._fetched += more
        self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row as text."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        shown = self._shown(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.heading
        if role == ROW_ROLE:
            return shown
        return shown.sentence() if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _shown(self, row: PreviewRow) -> RowText:
        words = self._desk.words
        _ = words.gettext
        state, tone = {
            "new": (_("nouvelle"), "open"),
            "changed": (_("change"), "appointment"),
            "unchanged": (_("inchangée"), "unknown"),
            "refused": (_("refusée"), "closed"),
            "closing": (_("se ferme"), "closed"),
        }[row.state]
        about = [_("ligne {row}").format(row=row.row)] if row.row else []
        if row.state == "changed":
            about += [fields.label(change.field, words) for change in row.changes[:6]]
        if row.twin:
            about.append(_("sans doute déjà là"))
        sentences = " ".join(remark.sentence for remark in row.remarks[:2])
        return RowText(row.name or _("sans nom"), state=state, tone=tone, body=sentences, meta=" · ".join(about))


class PreviewPane(QWidget):
    """Counts that filter, the rows, and the chosen one's changes beside."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self.preview: Preview | None = None
        self._terms: dict[tuple[str, str], str] = {}
        outer = column(self, margins=0, spacing=12)
        self._chips_place = QVBoxLayout()
        outer.addLayout(self._chips_place)
        self._chips: dict[str, QPushButton] = {}
        outer.addWidget(self._guard())
        columns = QHBoxLayout()
        columns.setSpacing(16)
        outer.addLayout(columns, 1)
        columns.addWidget(self._list(), 5)
        columns.addWidget(self._details(), 4)

    @property
    def asks(self) -> bool:
        """Whether so much would go that the person must say yes to it."""
        if self.preview is None:
            return False
        counts = self.preview.counts
        return counts.closing + counts.lost > ASKS_FROM * self.preview.standing

    @property
    def confirmed(self) -> bool:
        """Whether that was said."""
        return self.sure.isChecked()

    def show_preview(self, preview: Preview) -> None:
        """Show what would change."""
        words = self._desk.words
        self.preview = preview
        self._terms = {
            (name, term.code): term.label
            for name in (key.removeprefix("terms/") for key in _vocabularies(self._desk))
            for term in self._desk.directory.terms(name)
        }
        counts = preview.counts
        gone = counts.closing + counts.lost
        self.warning.setVisible(self.asks)
        self.sure.setChecked(False)
        said = words.ngettext(
            "{count} fiche sur {all} de la source «{source}» serait fermée ou vidée. Le fichier est-il complet ?",
            "{count} fiches sur {all} de la source «{source}» seraient fermées ou vidées. Le fichier est-il complet ?",
            gone,
        )
        self.figures.setText(said.format(count=gone, all=preview.standing, source=preview.source))
        self._offer(preview)

    def filter(self, name: str) -> None:
        """Show the rows of one kind: a state, «remarks», or «» for all."""
        if self.preview is None:
            return
        state: tuple[State, ...] = (name,) if name not in ("", "remarks") else ()  # type: ignore[assignment]
        numbers = self.preview.remarked() if name == "remarks" else self.preview.numbers(*state)
        self._chips[name].setChecked(True)
        self.model.show(self.preview, numbers)
        self._pages.setCurrentIndex(0 if len(numbers) else 1)
        self.list.setCurrentIndex(self.model.index(0, 0))
        self._show_chosen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Row heights follow the width."""
        super().resizeEvent(event)
        self.list.scheduleDelayedItemsLayout()

    def _offer(self, preview: Preview) -> None:
        words = self._desk.words
        _ = words.gettext
        counts = preview.counts
        clear(self._chips_place)
        self._chips = {}
        group = QButtonGroup(self)
        for name, text, count in (
            ("new", _("Nouvelles"), counts.new),
            ("changed", _("Changent"), counts.changed),
            ("closing", _("Se ferment"), counts.closing),
            ("refused", _("Refusées"), counts.refused),
            ("unchanged", _("Inchangées"), counts.unchanged),
            ("remarks", _("Avec remarque"), len(preview.remarked())),
            ("", _("Toutes"), len(preview)),
        ):
            if not count and name:
                continue
            chip = button(f"{text}  {count}", "chip")
            chip.setCheckable(True)
            chip.clicked.connect(lambda _on, name=name: self.filter(name))
            group.addButton(chip)
            self._chips[name] = chip
        self._chips_place.addWidget(flowing(*self._chips.values(), gap=6))
        self.filter(next(iter(self._chips)))

    def _guard(self) -> QFrame:
        _ = self._desk.words.gettext
        self.warning = QFrame()
        self.warning.setProperty("tile", "warning")
        block = column(self.warning, margins=14, spacing=8)
        self.figures = label("", "warning")
        self.sure = QCheckBox(_("Oui, importer quand même"))
        self.sure.setAccessibleName(self.sure.text())
        block.addWidget(self.figures)
        block.addWidget(self.sure)
        self.warning.hide()
        return self.warning

    def _list(self) -> QFrame:
        _ = self._desk.words.gettext
        listed = panel()
        inside = QVBoxLayout(listed)
        inside.setContentsMargins(2, 2, 2, 2)
        self.model = PreviewModel(self._desk)
        self.list = QListView()
        self.list.setAccessibleName(_("Lignes du fichier"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowDelegate(self._theme, self.list))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._show_chosen())
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        empty = QWidget()
        column(empty, margins=24).addWidget(label(_("Aucune ligne."), "lead"))
        self._pages.addWidget(empty)
        inside.addWidget(self._pages)
        return listed

    def _details(self) -> QFrame:
        _ = self._desk.words.gettext
        sheet = panel()
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(22, 20, 8, 18)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(_("Ce qui change dans cette fiche"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._detail = QVBoxLayout(inside)
        self._detail.setContentsMargins(0, 0, 12, 0)
        self._detail.setSpacing(6)
        scroll.setWidget(inside)
        layout.addWidget(scroll)
        return sheet

    def _show_chosen(self) -> None:
        """The chosen row whole: what is said of it, then every change."""
        words = self._desk.words
        _ = words.gettext
        clear(self._detail)
        row = self.model.row(self.list.currentIndex().row())
        if row is None:
            return
        self._detail.addWidget(label(row.name or _("sans nom"), "heading"))
        if row.twin:
            self._detail.addWidget(
                label(
                    _("Une fiche de même nom et de même téléphone existe déjà : ce sera sans doute un doublon."), "body"
                )
            )
        for remark in row.remarks:
            place = f"{remark.column} : " if remark.column else ""
            self._detail.addWidget(label(f"{place}{remark.sentence}", "error" if remark.fatal else "body"))
        links = [link.uid for each in (row.record, row.before) if each is not None for link in each.links]
        names = {entry.uid: entry.name for entry in self._desk.directory.entries(links)} if links else {}
        for change in row.changes:
            if row.before is None and change.field == "status" and change.after == "active":
                continue  # every new entry is
            before, after = (
                self._said(change.field, change.before, names),
                self._said(change.field, change.after, names),
            )
            self._detail.addSpacing(6)
            self._detail.addWidget(label(fields.label(change.field, words), "label"))
            if row.before is not None and before:
                self._detail.addWidget(label(_("Avant : {text}").format(text=before), "meta"))
            self._detail.addWidget(label(after or _("rien"), "body"))
        for key in row.kept:
            self._detail.addSpacing(6)
            self._detail.addWidget(
                label(_("Votre correction reste : {field}").format(field=fields.label(key, words)), "body")
            )
        self._detail.addStretch(1)

    def _said(self, field: str, value: Any, names: dict[str, str]) -> str:
        """A value in words, opening hours too."""
        words = self._desk.words
        if field == "hours" and value:
            return "\n".join(hours.in_sentence(value, words, self._desk.directory.calendar))
        return fields.said(field, value, words, self._terms, names)


def _vocabularies(desk: Desk) -> list[str]:
    return [each.key for each in fields.fields(desk.words) if each.shape == "terms"]
