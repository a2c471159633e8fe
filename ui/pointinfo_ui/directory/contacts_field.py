"""Phones, e-mails and web addresses: one row each, the number written as it is read aloud."""

from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from pointinfo.desk import Desk
from pointinfo.directory import Contact, validation
from pointinfo_ui.directory.entry_field import first_stop
from pointinfo_ui.directory.hours_field import HoursField
from pointinfo_ui.directory.plain_fields import LONGEST
from pointinfo_ui.directory.rows_field import PartRow, RowsField
from pointinfo_ui.forms import Choice, button, label
from pointinfo_ui.theme import Theme

BESIDE_FROM = 520
"""Pixels at normal text size from which a contact has room on one line."""


class ContactRow(PartRow):
    """Kind, number or address, label, and the line's own hours where it has some."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        _ = desk.words.gettext
        self._filled: Contact | None = None
        self._typed_from = ""
        self.kind = Choice([("phone", _("Téléphone")), ("email", _("Courriel")), ("web", _("Site"))])
        self.kind.setAccessibleName(_("Genre de contact"))
        self.line = QLineEdit()
        self.line.setMaxLength(LONGEST)
        self.line.setAccessibleName(_("Numéro ou adresse"))
        self.line.setPlaceholderText(_("Numéro ou adresse"))
        self.label = QLineEdit()
        self.label.setAccessibleName(_("Précision"))
        self.label.setPlaceholderText(_("Précision"))
        self.label.setToolTip(_("Par exemple : secrétariat, urgences"))
        self.open_hours = button(_("Horaire"), "chip")
        self.open_hours.setCheckable(True)
        self.open_hours.setAccessibleName(_("Horaire propre à ce contact"))
        self.open_hours.setToolTip(_("Horaire propre à ce contact"))
        self._hours: HoursField | None = None
        self._hours_said = ""
        self.first = self.line
        self._remove = self.remover(desk.words, theme)
        self._odd = label("", "remark")
        self._odd.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._beside: bool | None = None
        self._lay_out(beside=True)
        self.kind.chosen.connect(self._edited)
        self.line.textChanged.connect(self._edited)
        self.label.textChanged.connect(self._edited)
        self.line.editingFinished.connect(self._write_out)
        self.open_hours.toggled.connect(self._show_hours)

    def fill(self, part: Contact) -> None:
        """Show a contact without saying that anyone typed it."""
        with QSignalBlocker(self):
            self._filled = part
            self.kind.fill(part.kind)
            self.line.setText(part.value)
            self.line.setCursorPosition(0)
            self.label.setText(part.label)
            self.label.setCursorPosition(0)
            self._typed_from = self.line.text()
            self._hours_said = part.hours
            if self._hours is not None and self._hours.value != part.hours:
                self._hours.fill(part.hours)
            self.open_hours.setChecked(bool(part.hours))
            self._odd.hide()

    @property
    def part(self) -> Contact | None:
        """The contact; None while neither number nor label is typed."""
        value = self.line.text()
        if value != self._typed_from:
            value = validation.contact_written(self.kind.code, value)
        elif self._filled is not None:
            value = self._filled.value
        hours = self._hours.value if self._hours is not None and self.open_hours.isChecked() else self._hours_said
        contact = Contact(self.kind.code, value, self.label.text().strip(), hours)
        if self._filled is not None and contact.label == self._filled.label.strip():
            contact = Contact(contact.kind, contact.value, self._filled.label, contact.hours)
        return contact if contact.value or contact.label or contact.hours else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On two lines where one has no room."""
        super().resizeEvent(event)
        self._lay_out(beside=self.width() * 100 / self._theme.percent >= BESIDE_FROM)

    def _edited(self, *_now: Any) -> None:
        self._odd.hide()
        self.edited.emit()

    def _write_out(self) -> None:
        """The number as it is read aloud, once the line is left; what is odd is said here."""
        if self.line.text() == self._typed_from:
            return
        written = validation.contact_written(self.kind.code, self.line.text())
        if written != self.line.text():
            self.line.setText(written)
        odd = tuple(validation.contact_problems(Contact(self.kind.code, written), self._desk.words)) if written else ()
        self._odd.setText("\n".join(odd))
        self._odd.setVisible(bool(odd))

    def _show_hours(self, on: bool) -> None:
        if on and self._hours is None:
            _ = self._desk.words.gettext
            self._hours = HoursField(self._desk, self._theme)
            self._hours.setAccessibleName(_("Horaire propre à ce contact"))
            self._hours.fill(self._hours_said)
            self._hours.edited.connect(self._edited)
            self._grid.addWidget(self._hours, 2, 1, 1, 4)
        if self._hours is not None:
            self._hours.setVisible(on)
            if not on and self._hours.value:
                self._hours.fill("")
                self._edited()
            stop = first_stop(self._hours)
            if on and stop is not None and not self.signalsBlocked():
                stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, *, beside: bool) -> None:
        if beside == self._beside:
            return
        self._beside = beside
        second = (0, 2) if beside else (1, 1)
        places: tuple[tuple[QWidget, int, int, int], ...] = (
            (self.kind, 0, 0, 1),
            (self.line, 0, 1, 1 if beside else 3),
            (self.label, *second, 1),
            (self.open_hours, second[0], second[1] + 1, 1),
            (self._remove, second[0], second[1] + 2, 1),
        )
        for widget, row, column, span in places:
            self._grid.addWidget(widget, row, column, 1, span)
        self._grid.addWidget(self._odd, 3, 1, 1, 4)
        self.kind.setFixedWidth(self._theme.size(124))
        for column in range(5):
            self._grid.setColumnStretch(column, {1: 7, 2: 4 if beside else 0}.get(column, 0))


class ContactsField(RowsField):
    """Edits a tuple of contacts."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        _ = desk.words.gettext
        adders = [
            (_("Téléphone"), Contact("phone", "")),
            (_("Courriel"), Contact("email", "")),
            (_("Site"), Contact("web", "")),
        ]
        super().__init__(lambda: ContactRow(desk, theme), adders)
