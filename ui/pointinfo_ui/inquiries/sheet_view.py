"""Batch entry: a day's inquiries typed in one after the other, or from the paper sheet, and noted in one gesture."""

from datetime import timedelta
from pathlib import Path

from babel.dates import format_date
from PySide6.QtCore import QDate, QSignalBlocker, QStandardPaths, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QFileDialog,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
)

from pointinfo import files, reasons
from pointinfo.desk import Desk
from pointinfo.errors import PointInfoError
from pointinfo_ui.commands import key_words
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, label, panel
from pointinfo_ui.inquiries.part import Part
from pointinfo_ui.inquiries.sheet_model import SheetModel
from pointinfo_ui.inquiries.sheet_table import SheetTable
from pointinfo_ui.messages import announce
from pointinfo_ui.theme import Theme

LEGEND = 76
"""Four lines of keys; more of them scroll."""
LOW = 480


class SheetView(Part):
    """The sheet of a day with its legend; what it can't read is said beside."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk, self._theme = desk, theme
        self._noted: list[str] = []
        _ = desk.words.gettext
        outer = column(self, margins=0, spacing=10)
        head = QHBoxLayout()
        head.setSpacing(14)
        self._state = label("", "lead")
        head.addWidget(self._state, 1)
        self.day_field = QDateEdit()
        self.day_field.setCalendarPopup(True)
        self.day_field.setDisplayFormat("dd.MM.yyyy")
        self.day_field.dateChanged.connect(lambda _day: self._turn())
        name = label(_("Jour"), "label", wrap=False)
        name.setBuddy(self.day_field)
        self.day_field.setAccessibleName(_("Jour"))
        head.addWidget(name)
        head.addWidget(self.day_field)
        outer.addLayout(head)
        self.model = SheetModel(desk, theme)
        sheet = panel()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(2, 2, 2, 2)
        self.table = SheetTable(self.model, theme)
        self.table.setAccessibleName(_("Feuille du jour"))
        self.table.moved.connect(self._show_legend)
        self.table.failed.connect(self.said)
        inside.addWidget(self.table)
        outer.addWidget(sheet, 1)
        self._problem = label("", "error")
        outer.addWidget(self._problem)
        self.legend = label("", "meta")
        around = QScrollArea()
        around.setWidgetResizable(True)
        around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.legend.setAlignment(Qt.AlignmentFlag.AlignTop)
        around.setWidget(self.legend)
        around.setFixedHeight(theme.size(LEGEND))
        outer.addWidget(around)
        self._help = label(
            _("Une touche par case · + ajoute à la case d’avant · Entrée ligne suivante · Ctrl+V colle"), "meta"
        )
        outer.addWidget(self._help)
        self.save_button = button(_("Noter la feuille"), "primary", key_words("Ctrl+S", desk.words))
        self.save_button.clicked.connect(self.save)
        paper = button(_("Feuille de pointage en PDF"), "plain", key_words("Ctrl+P", desk.words))
        paper.clicked.connect(self.print_paper)
        outer.addWidget(flowing(self.save_button, paper))
        self.model.dataChanged.connect(lambda *_: self._show_state())
        self.model.modelReset.connect(self._show_state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the rows have the room, not the advice."""
        super().resizeEvent(event)
        self._help.setVisible(self.height() > self._theme.size(LOW))

    def enter(self) -> None:
        """Show the day, the focus on its first empty row."""
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Take today for the latest day that can be typed in."""
        today = self._desk.inquiries.today()
        first = today - timedelta(days=self._desk.inquiries.back_dating)
        with QSignalBlocker(self.day_field):
            self.day_field.setMinimumDate(QDate(first.year, first.month, first.day))
            self.day_field.setMaximumDate(QDate(today.year, today.month, today.day))
            day = self.model.day
            self.day_field.setDate(QDate(day.year, day.month, day.day))
        if not self.table.currentIndex().isValid():
            self.table.begin_row(self.model.rowCount() - 1)
        self._show_state()
        self._show_legend()

    def save(self) -> None:
        """Note all rows together; what can't be read is shown, and nothing is noted then."""
        words = self._desk.words
        wrong = self.model.first_problem()
        if wrong is not None:
            self.table.go_to(*wrong)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        try:
            noted = self._desk.day_sheets.note(self.model.day, self.model.rows)
        except PointInfoError as error:
            self.said.emit(str(error))
            return
        self._noted = noted
        self.model.show_day(self.model.day)
        self.table.begin_row(0)
        said = words.ngettext("{count} demande notée.", "{count} demandes notées.", len(noted)).format(count=len(noted))
        announce(self, said)
        self.said.emit(said)
        self.changed.emit()

    def undo(self) -> bool:
        """Take back the last change of the sheet, else the whole sheet that was noted last."""
        _ = self._desk.words.gettext
        if self.model.undo():
            self.table.begin_row(self.model.rowCount() - 1)
            return True
        if not self._noted:
            return False
        try:
            self._desk.inquiries.void_all(self._noted)
        except PointInfoError as error:
            self.said.emit(str(error))
            return True
        self._noted = []
        self.said.emit(_("La feuille est annulée ; ses demandes restent dans le journal, retirées des chiffres."))
        self.changed.emit()
        return True

    @property
    def undoes_first(self) -> bool:
        """In the table nothing else undoes."""
        return True

    def print_paper(self) -> None:
        """Ask where to save the paper sheet for outreach work."""
        _ = self._desk.words.gettext
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, _("Enregistrer la feuille de pointage"), folder, "PDF (*.pdf)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile("pointage.pdf")
        dialog.fileSelected.connect(self.write_paper)
        dialog.open()

    def write_paper(self, file: str) -> None:
        """Write the paper sheet, whole or not at all."""
        _ = self._desk.words.gettext
        target = Path(file)
        try:
            pdf = self._desk.leaflets.tally_sheet(
                [(each.title, [(key.key, key.label) for key in each.keys]) for each in self.model.columns]
            )
            files.write_whole(files.target(target, self._desk.home, self._desk.words), pdf)
        except PointInfoError as error:
            self.said.emit(str(error))
        except OSError as error:
            failed = _("{file} n’a pas pu être enregistré ({reason}). Choisissez un autre dossier.")
            self.said.emit(failed.format(file=target.name, reason=reasons.of_system(error, self._desk.words)))
        else:
            self.said.emit(_("Feuille enregistrée : {file}.").format(file=target.name))

    def _turn(self) -> None:
        shown = self.day_field.date()
        self.model.show_day(shown.toPython())  # type: ignore[arg-type]
        self.table.begin_row(self.model.rowCount() - 1)
        self._show_state()

    def _show_state(self) -> None:
        words = self._desk.words
        _ = words.gettext
        told = self.model.told
        rows = words.ngettext("{count} demande à noter", "{count} demandes à noter", told).format(count=told)
        others = [day for day in self._desk.day_sheets.drafts() if day != self.model.day]
        waiting = (
            _("commencée aussi : {days}").format(
                days=", ".join(format_date(day, "d MMM", locale=words.language) for day in others)
            )
            if others
            else ""
        )
        later = _("notée après coup") if self.model.day < self._desk.inquiries.today() else ""
        self._state.setText(" · ".join(part for part in (rows, later, waiting) if part))
        wrong = self.model.first_problem()
        problem = self.model.problem(*wrong) if wrong else ""
        self._problem.setText(
            _("Ligne {number} : {problem}").format(number=wrong[0] + 1, problem=problem) if wrong else ""
        )
        self._problem.setVisible(wrong is not None)

    def _show_legend(self) -> None:
        """The keys of the column one is in."""
        _ = self._desk.words.gettext
        place = self.table.currentIndex().column()
        if place < 0:
            return
        each = self.model.columns[place]
        said = " · ".join(f"{key.key.upper()} {key.label}" for key in each.keys) or _("un nombre")
        self.legend.setText(f"{each.title} : {said}")
