"""The rows of a day's journal, and the steps of one inquiry's history, in words."""

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from pointinfo.desk import Desk
from pointinfo.inquiries import JournalRow, Note, codes
from pointinfo_ui.rows import ROW_ROLE, RowText

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


class JournalModel(QAbstractListModel):
    """The day's inquiries, the latest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: list[JournalRow] = []
        self._labels: dict[str, str] = {}

    def refresh(self, day: date | None = None) -> None:
        """Read a day anew, today when None."""
        self.beginResetModel()
        self._rows = self._desk.inquiries.journal(day)[::-1]
        for name in ("audience", "theme"):
            terms = self._desk.directory.terms(name, retired=True)
            self._labels |= {f"{name}:{term.code}": term.label for term in terms}
        self.endResetModel()

    def inquiry(self, row: int) -> JournalRow | None:
        """The inquiry in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, inquiry_id: str) -> int:
        """Where an inquiry stands, -1 when it isn't of today."""
        return next((number for number, row in enumerate(self._rows) if row.id == inquiry_id), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.inquiry(index.row()) if index.isValid() else None
        if row is None:
            return None
        shown = self._shown(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.heading
        if role == ROW_ROLE:
            return shown
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return shown.sentence()
        return None

    def said(self, note: Note) -> RowText:
        """What a note says, without a number and a state."""
        words = self._desk.words
        _, language = words.gettext, words.language
        themes = ", ".join(self._labels.get(f"theme:{code}", code) for code in note.themes)
        audiences = ", ".join(self._labels.get(f"audience:{code}", code) for code in note.audiences)
        details = [
            words.ngettext("{count} personne", "{count} personnes", note.people).format(count=note.people),
            audiences,
            codes.label("channel", note.channel, language) if note.channel else "",
            codes.label("reason", note.reason, language) if note.reason else "",
        ]
        sheets = sum(1 for referral in note.referrals if referral.copies)
        if sheets:
            details.append(
                words.ngettext("{count} fiche imprimée", "{count} fiches imprimées", sheets).format(count=sheets)
            )
        heading = themes or (_("Question simple") if note.mode == "tally" else _("Thème non précisé"))
        outcome = codes.label("outcome", note.outcome, language) if note.outcome else ""
        return RowText(heading, body=outcome, meta=" · ".join(part for part in details if part))

    def _shown(self, row: JournalRow) -> RowText:
        _ = self._desk.words.gettext
        if row.voided:
            state = _("retirée")
        elif row.restored:
            state = _("rétablie")
        elif row.amended:
            state = _("corrigée")
        else:
            state = ""
        said = self.said(row.note)
        hour = "" if row.hour is None else _("{hour} h").format(hour=row.hour)
        later = _("saisie après coup") if row.back_dated else ""
        return said._replace(
            heading=f"{row.number}. {said.heading}",
            state=state,
            meta=" · ".join(part for part in (hour, said.meta, later) if part),
            struck=row.voided,
        )
