"""A day's journal: what was noted, to amend or take back; what was done to each; when the counter was open."""

from collections.abc import Callable
from datetime import date, timedelta

from babel.dates import format_date
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
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
from pointinfo.errors import PointInfoError
from pointinfo.inquiries import JournalRow
from pointinfo_ui.commands import key_words
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, label, panel
from pointinfo_ui.inquiries.hours_strip import HoursStrip
from pointinfo_ui.inquiries.journal_model import JournalModel
from pointinfo_ui.inquiries.part import Part
from pointinfo_ui.messages import announce
from pointinfo_ui.note_form import NoteForm
from pointinfo_ui.rows import list_rows
from pointinfo_ui.theme import Theme

LOW = 520
"""Below this height list and fields make room for the hours that are being changed."""


class DayView(Part):
    """A day's inquiries, and the chosen one's fields beside."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        _ = desk.words.gettext
        self._other: date | None = None
        outer = column(self, margins=0, spacing=14)
        head = QHBoxLayout()
        head.setSpacing(10)
        self._earlier = self._stepper("‹", _("Jour précédent"), -1, "Alt+Left")
        self._later = self._stepper("›", _("Jour suivant"), 1, "Alt+Right")
        self._title = label("", "title", wrap=False)
        head.addWidget(self._earlier)
        head.addWidget(self._later)
        head.addWidget(self._title, 1)
        outer.addLayout(head)
        self.day = label("", "lead")
        outer.addWidget(self.day)
        self.hours = HoursStrip(desk, theme)
        self.hours.said.connect(self.said)
        self.hours.changed.connect(self.changed)
        outer.addWidget(self.hours)
        self._columns = QWidget()
        columns = QHBoxLayout(self._columns)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        outer.addWidget(self._columns, 1)
        outer.addStretch(0)
        self.hours.editing.connect(self._give_room)
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
        self._stack.addWidget(self._empty())
        inside.addWidget(self._stack)
        columns.addWidget(listed, 5)
        columns.addWidget(self._editor(), 4)
        self.refresh()

    def step(self, days: int) -> None:
        """Turn to the day before or after; not past today unless something is noted there."""
        today = self._desk.inquiries.today()
        day = self.shown_day + timedelta(days=days)
        if self.form.is_edited:
            _ = self._desk.words.gettext
            self.said.emit(_("Une correction est commencée : enregistrez-la (Ctrl+S) ou quittez-la (Échap) d’abord."))
            return
        if day > today and not self._desk.inquiries.journal(day):
            return
        self._other = None if day == today else day
        self._undo = None
        self.refresh()
        announce(self, self._title.text())

    @property
    def shown_day(self) -> date:
        """The day that is shown: today, unless another one was turned to."""
        return self._other or self._desk.inquiries.today()

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

    def save(self) -> None:
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
    def is_edited(self) -> bool:
        """Whether a correction is begun and not saved."""
        return self.form.is_edited

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
        shown = self.shown_day
        self.model.refresh(shown)
        words = self._desk.words
        _ = words.gettext
        today = self._desk.inquiries.today()
        self._title.setText(
            _("Journal du jour")
            if shown == today
            else _("Journal du {day}").format(day=format_date(shown, "EEEE d MMMM y", locale=words.language))
        )
        self._later.setEnabled(shown < today)
        self.hours.show_day(shown)
        day = self._desk.inquiries.count(shown)
        inquiries = words.ngettext("{count} demande", "{count} demandes", day.inquiries).format(count=day.inquiries)
        people = words.ngettext("{count} personne", "{count} personnes", day.people).format(count=day.people)
        self.day.setText(" · ".join((inquiries, people, *self._gauge(shown))))
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        row = self.model.row_of(chosen.id) if chosen else 0
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(max(row, 0), 0))
        self._show_chosen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Row heights follow the width."""
        super().resizeEvent(event)
        self.list.scheduleDelayedItemsLayout()

    def _empty(self) -> QWidget:
        """What stands there on a day without inquiries."""
        _ = self._desk.words.gettext
        empty = QWidget()
        words = column(empty, margins=28)
        words.addStretch(1)
        for text, role in (
            (_("Aucune demande notée ce jour."), "heading"),
            (_("Au guichet, Ctrl+Entrée note la visite et F9 compte une question simple."), "lead"),
        ):
            line = label(text, role)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            words.addWidget(line)
        words.addStretch(2)
        return empty

    def _give_room(self, editing: bool) -> None:
        """In a low window the hours that are being changed have it to themselves."""
        self._columns.setVisible(not editing or self.height() > self._theme.size(LOW))

    def _gauge(self, day: date) -> tuple[str, ...]:
        """What of the day is not in a note: visits cleared without one, printed sheets that none tells of."""
        words = self._desk.words
        whole = self._desk.day_logs.completeness(day)
        told = []
        if whole.unnoted:
            told.append(
                words.ngettext("{count} visite sans note", "{count} visites sans note", whole.unnoted).format(
                    count=whole.unnoted
                )
            )
        if whole.sheets:
            sheets = words.ngettext("{count} feuille imprimée", "{count} feuilles imprimées", whole.sheets)
            told.append(sheets.format(count=whole.sheets))
        untold = whole.sheets - whole.sheets_noted
        if whole.sheets and untold > 0:
            rest = words.ngettext("{count} hors de toute note", "{count} hors de toute note", untold)
            told.append(rest.format(count=untold))
        return tuple(told)

    def _stepper(self, sign: str, text: str, days: int, keys: str) -> QPushButton:
        made = button(sign, "plain")
        made.setAccessibleName(text)
        made.setToolTip(f"{text}   {key_words(keys, self._desk.words)}")
        made.setFixedWidth(self._theme.size(44))
        made.clicked.connect(lambda: self.step(days))
        return made

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
        self.history = label("", "meta")
        around.addSpacing(8)
        around.addWidget(self.history)
        around.addStretch(1)
        scroll.setWidget(inside)
        layout.addWidget(scroll, 1)
        self.save_button = button(_("Enregistrer la correction"), "primary", "Ctrl+S")
        self.save_button.clicked.connect(self.save)
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
        self.history.setText(self._history_of(row.id))
        self.form.setEnabled(not row.voided)
        self.save_button.setEnabled(not row.voided)
        act = _("Rétablir") if row.voided else _("Retirer")
        self.void_button.setText(act + "   " + _("Suppr"))

    def _history_of(self, inquiry_id: str) -> str:
        """Everything that was done to an inquiry, a line each; "" where it stands as it was first noted."""
        _ = self._desk.words.gettext
        steps = self._desk.inquiries.history(inquiry_id)
        if len(steps) < 2:
            return ""
        done = {"add": _("Notée"), "amend": _("Corrigée"), "void": _("Retirée"), "restore": _("Rétablie")}
        lines = [_("Historique")]
        for step in steps:
            said = self.model.said(step.note)
            told = " · ".join(part for part in (said.heading, said.body, said.meta) if part)
            lines.append(done[step.action] if step.action == "void" else f"{done[step.action]} : {told}")
        return "\n".join(lines)

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
