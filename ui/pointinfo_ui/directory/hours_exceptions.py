"""The exceptions to a week of opening hours: which days, what holds then, and why."""

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from pointinfo.directory.hours.timetable import ExceptionDay, exception_name
from pointinfo.directory.hours.typed import Days, days_of_text
from pointinfo.i18n import Words
from pointinfo_ui.directory.typed_line import TypedLine
from pointinfo_ui.directory.week_field import SpansLine
from pointinfo_ui.forms import button, label
from pointinfo_ui.theme import Theme


class ExceptionRow(QWidget):
    """One exception. `gone` asks to be taken out."""

    edited = Signal()
    gone = Signal()

    def __init__(self, words: Words, theme: Theme, exception: ExceptionDay | None) -> None:
        super().__init__()
        self._words = words
        _ = words.gettext
        self.days = TypedLine(_("Jours de l’exception"), self._read, self._shown, None)
        self.days.setPlaceholderText(_("24.12.2026, ou 24 décembre-2 janvier"))
        self.spans = SpansLine(_("Heures de l’exception"), words)
        self.spans.setPlaceholderText(_("fermé"))
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("Raison de l’exception"))
        self.reason.setPlaceholderText(_("raison"))
        self.remove = button("", "quiet")
        self.remove.setIcon(theme.icon("remove", theme.soft, 18))
        self.remove.setIconSize(QSize(theme.size(18), theme.size(18)))
        self.remove.setAccessibleName(_("Retirer cette exception"))
        self.remove.setToolTip(_("Retirer cette exception"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.size(8))
        grid.setVerticalSpacing(theme.size(3))
        for column, (widget, stretch) in enumerate(
            ((self.days, 8), (self.spans, 4), (self.reason, 4), (self.remove, 0))
        ):
            grid.addWidget(widget, 0, column)
            grid.setColumnStretch(column, stretch)
        grid.addWidget(self.days.line, 1, 0, 1, 4)
        grid.addWidget(self.spans.line, 2, 0, 1, 4)
        self.days.edited.connect(self.edited)
        self.spans.edited.connect(self.edited)
        self.reason.textEdited.connect(self.edited)
        self.remove.clicked.connect(self.gone)
        if exception is not None:
            self.days.fill(Days(exception.first, exception.last, exception.every_year))
            self.spans.fill(exception.spans)
            with QSignalBlocker(self.reason):
                self.reason.setText(exception.remark)

    @property
    def value(self) -> ExceptionDay | None:
        """The exception, None while its days aren't known."""
        if self.days.value is None:
            return None
        first, last, every_year = self.days.value
        remark = " ".join(self.reason.text().split())
        return ExceptionDay(first, last, self.spans.spans, remark, every_year)

    @property
    def unreadable(self) -> tuple[str, ...]:
        """A sentence for each part that can't be read."""
        _ = self._words.gettext
        missing = "" if self.days.value or self.days.problem else _("Il manque les jours d’une exception.")
        return tuple(sentence for sentence in (self.days.problem, self.spans.problem, missing) if sentence)

    def say(self, sentence: str) -> None:
        """Tell below what is odd."""
        if not self.spans.problem:
            self.spans.say(sentence, wrong=False)

    def _read(self, text: str) -> Days | None:
        return days_of_text(text, self._words) if text.strip() else None

    def _shown(self, days: Days | None) -> str:
        if days is None:
            return ""
        return exception_name(ExceptionDay(days.first, days.last, every_year=days.every_year), self._words)


class ExceptionsField(QWidget):
    """A list of exceptions with a button for one more."""

    edited = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._words, self._theme = words, theme
        _ = words.gettext
        self.rows: list[ExceptionRow] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.size(6))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.size(6))
        layout.addLayout(self._list)
        self._help = label(_("Sans année, l’exception revient chaque année."), "meta")
        layout.addWidget(self._help)
        self.add = button(_("Ajouter une exception"), "quiet")
        self.add.clicked.connect(self.add_row)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def fill(self, exceptions: Iterable[ExceptionDay]) -> None:
        """Show these exceptions."""
        for row in self.rows:
            self._bury(row)
        self.rows = []
        for exception in exceptions:
            self._append(exception)
        self._show()

    @property
    def value(self) -> tuple[ExceptionDay, ...]:
        """The exceptions as far as they can be read."""
        return tuple(row.value for row in self.rows if row.value is not None)

    def add_row(self) -> None:
        """One more, to be typed."""
        self._append(None)
        self._show()
        self.rows[-1].days.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _append(self, exception: ExceptionDay | None) -> None:
        row = ExceptionRow(self._words, self._theme, exception)
        row.edited.connect(self.edited)
        row.gone.connect(lambda: self._remove(row))
        self._list.addWidget(row)
        self.rows.append(row)

    def _remove(self, row: ExceptionRow) -> None:
        place = self.rows.index(row)
        self.rows.remove(row)
        self._bury(row)
        self._show()
        following = self.rows[min(place, len(self.rows) - 1)].days if self.rows else self.add
        following.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _bury(self, row: ExceptionRow) -> None:
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _show(self) -> None:
        self._help.setVisible(bool(self.rows))
