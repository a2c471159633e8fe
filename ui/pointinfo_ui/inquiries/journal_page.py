"""Today's journal: what was noted, to amend or take back."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pointinfo.desk import Desk
from pointinfo.errors import PointInfoError
from pointinfo.inquiries import JournalRow, codes
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, label, panel
from pointinfo_ui.messages import announce
from pointinfo_ui.note_form import NoteForm
from pointinfo_ui.rows import ROW_ROLE, RowText, list_rows
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


class JournalModel(QAbstractListModel):
    """The day's inquiries, the latest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: list[JournalRow] = []
        self._labels: dict[str, str] = {}

    def refresh(self) -> None:
        """Read the day anew."""
        self.beginResetModel()
        self._rows = self._desk.inquiries.journal()[::-1]
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

    def _shown(self, row: JournalRow) -> RowText:
        words = self._desk.words
        _, language, note = words.gettext, words.language, row.note
        themes = ", ".join(self._labels.get(f"theme:{code}", code) for code in note.themes)
        audiences = ", ".join(self._labels.get(f"audience:{code}", code) for code in note.audiences)
        tally = note.mode == "tally"
        if row.voided:
            state = _("retirée")
        elif row.restored:
            state = _("rétablie")
        elif row.amended:
            state = _("corrigée")
        else:
            state = ""
        count = words.ngettext("{count} personne", "{count} personnes", note.people).format(count=note.people)
        hour = "" if row.hour is None else _("{hour} h").format(hour=row.hour)
        details = [
            hour,
            count,
            audiences,
            codes.label("channel", note.channel, language) if note.channel else "",
            codes.label("reason", note.reason, language) if note.reason else "",
        ]
        sheets = sum(1 for referral in note.referrals if referral.copies)
        if sheets:
            details.append(
                words.ngettext("{count} fiche imprimée", "{count} fiches imprimées", sheets).format(count=sheets)
            )
        heading = themes or (_("Question simple") if tally else _("Thème non précisé"))
        outcome = codes.label("outcome", note.outcome, language) if note.outcome else ""
        return RowText(
            f"{row.number}. {heading}",
            state=state,
            body=outcome,
            meta=" · ".join(part for part in details if part),
            struck=row.voided,
        )


class JournalPage(QWidget):
    """The day's inquiries, and the chosen one's fields beside. Says `changed` after each change on disk."""

    changed = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        _ = desk.words.gettext
        self.setObjectName("page")
        outer = column(self, margins=24, spacing=14)
        outer.addWidget(label(_("Journal du jour"), "title"))
        self.day = label("", "lead")
        outer.addWidget(self.day)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        outer.addLayout(columns, 1)
        listed = panel()
        inside = QVBoxLayout(listed)
        inside.setContentsMargins(2, 2, 2, 2)
        self._shown = ""
        self._undo: Callable[[], None] | None = None
        self.model = JournalModel(desk)
        self.list = QListView()
        list_rows(self.list, self.model, theme, _("Demandes du jour"))
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._show_chosen())
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        empty = QWidget()
        words = column(empty, margins=28)
        words.addStretch(1)
        for text, role in (
            (_("Aucune demande notée aujourd’hui."), "heading"),
            (_("Au guichet, Ctrl+Entrée note la visite et F9 compte une question simple."), "lead"),
        ):
            line = label(text, role)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            words.addWidget(line)
        words.addStretch(2)
        self._stack.addWidget(empty)
        inside.addWidget(self._stack)
        columns.addWidget(listed, 5)
        columns.addWidget(self._editor(), 4)
        self.refresh()

    def amend_inquiry(self) -> None:
        """Put the focus on the chosen inquiry's first field."""
        if self._chosen() is not None:
            self.form.first_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def void_inquiry(self) -> None:
        """Take the chosen inquiry out of the counts, or give it back."""
        row = self._chosen()
        if row is None:
            return
        _ = self._desk.words.gettext
        inquiries = self._desk.inquiries

        def give_back() -> None:
            inquiries.amend(row.id, row.note)

        def void() -> None:
            inquiries.void(row.id)

        if row.voided:
            self._keep(give_back, _("Demande rétablie."), void)
        else:
            self._keep(void, _("Demande retirée des chiffres."), give_back)

    def save_amendment(self) -> None:
        """Keep what the fields say now."""
        row = self._chosen()
        if row is None or row.voided:
            return
        _ = self._desk.words.gettext
        note = self.form.note()
        if note == row.note:
            self.leave_form()
            self.said.emit(_("Rien n’a changé : il n’y a rien à enregistrer."))
            return
        amend = self._desk.inquiries.amend
        self._keep(lambda: amend(row.id, note), _("Demande corrigée."), lambda: amend(row.id, row.note))

    def leave_form(self) -> None:
        """Back to the list; a correction that is not saved is forgotten."""
        self._shown = ""
        self._show_chosen()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def undoes_first(self) -> bool:
        """Whether the last act here comes before what a field could undo: nothing has been changed since."""
        return self._undo is not None and not self.form.is_edited

    def undo(self) -> bool:
        """Drop the correction being written, else take back the last act on this page; False when there is none."""
        _ = self._desk.words.gettext
        if self.form.is_edited:
            self._shown = ""
            self._show_chosen()
            self.said.emit(_("La correction commencée est abandonnée."))
            return True
        if self._undo is None:
            return False
        self._keep(self._undo, _("C’est annulé : la demande est comme avant."), None)
        return True

    def enter(self) -> None:
        """Show the present, the focus on the list."""
        self.refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the day anew, keeping the chosen inquiry."""
        chosen = self._chosen()
        self.form.read_lists()
        self.model.refresh()
        words = self._desk.words
        day = self._desk.inquiries.count()
        inquiries = words.ngettext("{count} demande", "{count} demandes", day.inquiries).format(count=day.inquiries)
        people = words.ngettext("{count} personne", "{count} personnes", day.people).format(count=day.people)
        self.day.setText(f"{inquiries} · {people}")
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        row = self.model.row_of(chosen.id) if chosen else 0
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(max(row, 0), 0))
        self._show_chosen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Row heights follow the width."""
        super().resizeEvent(event)
        self.list.scheduleDelayedItemsLayout()

    def _editor(self) -> QFrame:
        _ = self._desk.words.gettext
        sheet = panel()
        sheet.setMaximumWidth(self._theme.size(460))
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(22, 20, 22, 18)
        layout.setSpacing(12)
        self._heading = label("", "heading")
        layout.addWidget(self._heading)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, 6, 0)
        self.form = NoteForm(self._desk)
        around.addWidget(self.form)
        around.addStretch(1)
        scroll.setWidget(inside)
        layout.addWidget(scroll, 1)
        self.save_button = button(_("Enregistrer la correction"), "primary", "Ctrl+S")
        self.save_button.clicked.connect(self.save_amendment)
        self.void_button = button(_("Retirer"), "plain", _("Suppr"))
        self.void_button.clicked.connect(self.void_inquiry)
        layout.addWidget(flowing(self.save_button, self.void_button))
        self._sheet = sheet
        return sheet

    def _chosen(self) -> JournalRow | None:
        return self.model.inquiry(self.list.currentIndex().row())

    def _show_chosen(self) -> None:
        row = self._chosen()
        self._sheet.setVisible(row is not None)
        if row is None or (row.id == self._shown and self.form.is_edited):
            return  # a correction that is being written stays
        self._shown = row.id
        _ = self._desk.words.gettext
        self._heading.setText(_("Demande n° {number}").format(number=row.number))
        self.form.start_afresh(row.note)
        self.form.setEnabled(not row.voided)
        self.save_button.setEnabled(not row.voided)
        act = _("Rétablir") if row.voided else _("Retirer")
        self.void_button.setText(act + "   " + _("Suppr"))

    def _keep(self, change: Callable[[], None], sentence: str, back: Callable[[], None] | None) -> None:
        """Do `change` and say `sentence`; `back` undoes it. What could not be done leaves what can be undone."""
        try:
            change()
        except PointInfoError as error:
            self.form.show_error(str(error))
            self.said.emit(str(error))
            return
        self._undo = back
        self._shown = ""
        self.refresh()
        announce(self, sentence)
        self.said.emit(sentence)
        self.changed.emit()
