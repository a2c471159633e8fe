"""The entries that are to be checked, as rows."""

from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from pointinfo.desk import Desk
from pointinfo.directory import Due, card
from pointinfo_ui.rows import ROW_ROLE, RowText

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


class DueModel(QAbstractListModel):
    """What is due, the most urgent first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: list[Due] = []

    def show(self, rows: list[Due]) -> None:
        """Show these entries."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def uid(self, row: int) -> str:
        """The entry in a row, "" where there is none."""
        return self._rows[row].uid if 0 <= row < len(self._rows) else ""

    def row_of(self, uid: str) -> int:
        """Where an entry stands, -1 when it doesn't."""
        return next((number for number, row in enumerate(self._rows) if row.uid == uid), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == ROW_ROLE:
            return self._shown(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._shown(row).sentence()
        return None

    def _shown(self, row: Due) -> RowText:
        words = self._desk.words
        _ = words.gettext
        meta = [card.kind_words(row.kind, words)]
        if row.asked:
            asked = words.ngettext("donnée {count} fois ce mois", "donnée {count} fois ce mois", row.asked)
            meta.append(asked.format(count=row.asked))
        state = _("importante") if row.important else ""
        return RowText(
            row.name, state=state, tone="closed", meta=" · ".join(meta), trust=row.age.trust, light=row.age.words
        )
