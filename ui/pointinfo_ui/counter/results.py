"""The list of results: ids first, rows fetched as they come into view."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from pointinfo.desk import Desk
from pointinfo.directory import Distances, Hit, Query, Results, Row, Shown, card, nearness, text
from pointinfo_ui.counter.search_line import types_a_letter
from pointinfo_ui.rows import ROW_ROLE, RowDelegate, RowText
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()

PORTION: Final = 12
"""Rows fetched at a time: a screenful."""

UID_ROLE: Final = Qt.ItemDataRole.UserRole


class ResultsModel(QAbstractListModel):
    """The entries that answer a query, best first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._hits = Results(())
        self._rows: list[Row] = []
        self._shown: list[RowText] = []
        self._wanted: list[str] = []
        self._topics: dict[str, str] = {}
        self._front: dict[int, Shown] = {}
        self._over: dict[int, str] = {}
        self._distances: Distances = {}
        self._now: datetime = desk.clock()

    def show(self, query: Query, results: Results, front: Sequence[Shown] = ()) -> None:
        """Show another query's results; before all of them the `front`, under its headings."""
        self.beginResetModel()
        self._front = {each.id: each for each in front}
        rest = tuple(hit for hit in results.hits if hit.id not in self._front) if front else results.hits
        self._hits = results._replace(hits=(*(Hit(each.id) for each in front), *rest))
        self._distances = self._desk.directory.distances(query.near) if query.near is not None else {}
        self._over = self._headings(front, rest) if front else self._far_headings(results)
        mended = dict(results.corrected)
        self._wanted = [mended.get(word, word) for word in query.words]
        self._now = self._desk.clock()
        self._rows, self._shown = [], []
        self._take(self._portion())
        self.endResetModel()

    def show_more(self, results: Results) -> None:
        """The same results with others below them: nothing that is shown moves."""
        shown_whole = len(self._rows) == len(self._hits.hits)
        self._hits = results
        if shown_whole:
            self.fetchMore(_ROOT)

    def let_time_pass(self) -> None:
        """Say anew what is open, where that has changed."""
        self._now = self._desk.clock()
        fresh = [self._text(row, hit) for row, hit in zip(self._rows, self._hits.hits, strict=False)]
        if fresh != self._shown:
            self._shown = fresh
            self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, 0))

    def let_facts_change(self) -> None:
        """Read the fetched rows anew, in their places."""
        self._rows = self._desk.directory.rows([row.id for row in self._rows])
        self.let_time_pass()

    @property
    def has_front(self) -> bool:
        """Whether the results stand under headings of their own."""
        return bool(self._front)

    @property
    def total(self) -> int:
        """How many results there are, fetched or not."""
        return len(self._hits.hits)

    def row_of(self, uid: str) -> int:
        """Where the entry stands among the fetched rows, -1 when it doesn't."""
        return next((number for number, row in enumerate(self._rows) if row.uid == uid), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and len(self._rows) < len(self._hits.hits)

    def fetchMore(self, parent: Index) -> None:
        fresh = self._portion()
        if not fresh:
            return
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(fresh) - 1)
        self._take(fresh)
        self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == UID_ROLE:
            return row.uid
        if role == ROW_ROLE:
            return self._shown[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._shown[index.row()].sentence()
        return None

    def forget(self) -> None:
        """What topics are called may have changed."""
        self._topics = {}

    def _headings(self, front: Sequence[Shown], rest: Sequence[Hit]) -> dict[int, str]:
        """The heading over the first entry of each group, and over the whole directory after them, by row id."""
        if not front:
            return {}
        words = self._desk.words
        _ = words.gettext
        said = {
            "week": _("Cette semaine"),
            "given": _("Souvent données ce mois"),
            "new": _("Nouvelles et modifiées"),
            "season": _("De saison"),
        }
        first = {each.group: each.id for each in reversed(front)}
        over = {entry_id: said[group] for group, entry_id in first.items()}
        if rest:
            count = len(front) + len(rest)
            whole = words.ngettext("Tout l’annuaire : {count} fiche", "Tout l’annuaire : {count} fiches", count)
            over[rest[0].id] = whole.format(count=count)
        return over

    def _far_headings(self, results: Results) -> dict[int, str]:
        """Where nearness was asked for, what stands over the answers whose place isn't known, and over the guesses."""
        if not results.unplaced:
            return {}
        words = self._desk.words
        said = words.ngettext(
            "{count} fiche sans distance connue", "{count} fiches sans distance connue", results.unplaced
        )
        over = {results.hits[results.sure - results.unplaced].id: said.format(count=results.unplaced)}
        if len(results.hits) > results.sure:
            over[results.hits[results.sure].id] = words.gettext("Peut-être")
        return over

    def _topic(self, code: str) -> str:
        if not self._topics:
            self._topics = {term.code: term.label for term in self._desk.directory.terms("topic")}
        return self._topics.get(code, code)

    def _portion(self) -> list[Row]:
        start = len(self._rows)
        return self._desk.directory.rows([hit.id for hit in self._hits.hits[start : start + PORTION]])

    def _take(self, rows: list[Row]) -> None:
        start = len(self._rows)
        self._rows += rows
        self._shown += [self._text(row, self._hits.hits[start + number]) for number, row in enumerate(rows)]

    def _text(self, row: Row, hit: Hit) -> RowText:
        words = self._desk.words
        _ = words.gettext
        if row.status == "do_not_refer":
            state, tone = _("ne pas orienter"), "stop"
        else:
            found, state = card.short_opening(row, self._now, words, self._desk.directory.calendar)
            tone = card.tone(found)
        meta = [card.kind_words(row.kind, words)]
        if row.id in self._distances:
            meta.insert(0, nearness.distance_words(self._distances[row.id], words))  # asked for: never cut
        heading_spans = tuple(text.found_spans(row.name, self._wanted))
        body_spans = tuple(text.found_spans(row.summary, self._wanted))
        if hit.weak and not self._hits.partly:
            meta.append(_("peut-être"))
        if hit.why == "meaning":
            meta.insert(0, _("Par le sens"))
        elif hit.by and not heading_spans:
            meta.append(_("sujet : {name}").format(name=self._topic(hit.by)))
        elif self._wanted and not heading_spans and not body_spans:
            meta.append(_("trouvé par le lieu") if hit.why == "place" else _("trouvé par mot-clé"))
        shown = self._front.get(row.id)
        if shown is not None:
            meta.append(shown.why)
        meta.append(row.quartier or row.area)  # last: it is what a narrow list cuts
        return RowText(
            row.name,
            heading_spans,
            state,
            tone,
            row.summary,
            body_spans,
            " · ".join(part for part in meta if part),
            trust=row.trust,
            light=card.trust_words(row.trust, words),
            over=self._over.get(row.id, ""),
        )


class ResultsView(QListView):
    """Shows the results; says `entry_shown` (uid) when another one is chosen, `entry_taken` on double click."""

    entry_shown = Signal(str)
    entry_taken = Signal(str)

    def __init__(self, model: ResultsModel, theme: Theme) -> None:
        super().__init__()
        self.setModel(model)
        self._model = model
        self.setItemDelegate(RowDelegate(theme, self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(lambda index: self.entry_taken.emit(index.data(UID_ROLE)))

    @property
    def uid(self) -> str:
        """The chosen entry, "" when there is none."""
        return str(self.currentIndex().data(UID_ROLE) or "")

    def choose(self, row: int) -> None:
        """Make a row the chosen one; beyond the ends, the end."""
        last = self._model.rowCount() - 1
        if last < 0:
            self._tell(QModelIndex())
            return
        if row > last and self._model.canFetchMore(QModelIndex()):
            self._model.fetchMore(QModelIndex())
            last = self._model.rowCount() - 1
        index = self._model.index(min(max(row, 0), last), 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def step(self, step: int) -> None:
        """Choose the row so many further."""
        self.choose(self.currentIndex().row() + step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are for the search line, not for Qt's own search in a list."""
        if types_a_letter(event):
            event.ignore()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Row heights follow the width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    def sizeHint(self) -> QSize:
        return QSize(380, 500)

    def _tell(self, index: Index, _before: Index = _ROOT) -> None:
        self.entry_shown.emit(str(index.data(UID_ROLE) or ""))
