"""A week of opening hours: one line a day, typed fast, copied from day to day, with what is said of a span below it."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from pointinfo.directory.hours.days import span_words, weekday_names
from pointinfo.directory.hours.timetable import CLOSED_WEEK, Span, Week
from pointinfo.directory.hours.typed import spans_of, spans_text
from pointinfo.i18n import Words
from pointinfo_ui.directory.typed_line import TypedLine
from pointinfo_ui.forms import button, clear, label
from pointinfo_ui.theme import Theme

FRIDAY: Final = 4


class SpansLine(TypedLine):
    """The spans of one day, or of the public holidays."""

    def __init__(self, name: str, words: Words) -> None:
        super().__init__(
            name,
            lambda text: spans_of(text, words),
            lambda spans: spans_text(spans, words) if spans else "",
            (),
        )

    @property
    def spans(self) -> tuple[Span, ...]:
        """What was read last."""
        return tuple(self.value)

    def take(self, spans: tuple[Span, ...]) -> None:
        """Show other spans because somebody asked for them."""
        self.fill(spans)
        self.edited.emit()


class SpanDetails(QWidget):
    """A tick and a remark for each span of a line."""

    def __init__(self, line: SpansLine, words: Words, theme: Theme) -> None:
        super().__init__()
        self._line, self._words, self._theme = line, words, theme
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(theme.size(4), 0, 0, theme.size(4))
        self._rows.setSpacing(theme.size(4))
        self._times: list[str] | None = None
        self._ticks: list[QCheckBox] = []
        self._remarks: list[QLineEdit] = []

    def refresh(self) -> None:
        """Follow the line; a remark that is being typed keeps its place."""
        times = [span_words(span.opens, span.closes, self._words) for span in self._line.spans]
        if times != self._times:
            self._make(times)
        for span, tick, remark in zip(self._line.spans, self._ticks, self._remarks, strict=True):
            with QSignalBlocker(tick), QSignalBlocker(remark):
                tick.setChecked(span.by_appointment)
                if " ".join(remark.text().split()) != span.remark:
                    remark.setText(span.remark)

    def _make(self, times: list[str]) -> None:
        _ = self._words.gettext
        clear(self._rows)
        self._times, self._ticks, self._remarks = times, [], []
        if not times:
            self._rows.addWidget(label(_("Tapez d’abord les heures de ce jour."), "meta"))
        for number, said in enumerate(times):
            row = QWidget()
            layout = QHBoxLayout(row)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(self._theme.size(12))
            time = label(said, "meta", wrap=False)
            time.setMinimumWidth(self._theme.size(92))
            tick = QCheckBox(_("sur rendez-vous"))
            tick.setAccessibleName(_("{span} sur rendez-vous").format(span=said))
            tick.clicked.connect(self._writer(number))
            remark = QLineEdit()
            remark.setPlaceholderText(_("remarque"))
            remark.setAccessibleName(_("Remarque pour {span}").format(span=said))
            remark.textEdited.connect(self._writer(number))
            for widget, stretch in ((time, 0), (tick, 0), (remark, 1)):
                layout.addWidget(widget, stretch)
            self._rows.addWidget(row)
            self._ticks.append(tick)
            self._remarks.append(remark)

    def _writer(self, number: int) -> Callable[[object], None]:
        def write(_changed: object) -> None:
            remark = " ".join(self._remarks[number].text().replace('"', "”").split())
            spans = list(self._line.spans)
            spans[number] = spans[number]._replace(by_appointment=self._ticks[number].isChecked(), remark=remark)
            self._line.take(tuple(spans))

        return write


class WeekField(QWidget):
    """Seven lines from Monday. Down and Enter go to the next day, Ctrl+Down copies the day there."""

    edited = Signal()

    def __init__(self, words: Words, theme: Theme, name: str) -> None:
        super().__init__()
        self._words = words
        _ = words.gettext
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.size(10))
        grid.setVerticalSpacing(theme.size(4))
        grid.setColumnMinimumWidth(0, theme.size(84))
        grid.setColumnStretch(1, 1)
        self.days: list[SpansLine] = []
        self._details: list[SpanDetails] = []
        self._openers: list[QPushButton] = []
        self._copies: list[QPushButton] = []
        for weekday, day in enumerate(weekday_names(words)):
            shown = day[:1].upper() + day[1:]
            line = SpansLine(_("{day}, {week}").format(day=shown, week=name) if name else shown, words)
            line.installEventFilter(self)
            line.edited.connect(self._follow)
            details = SpanDetails(line, words, theme)
            opener = button(_("Détails"), "quiet")
            opener.setAccessibleName(_("Rendez-vous et remarques : {day}").format(day=day))
            opener.setCheckable(True)
            opener.toggled.connect(details.setVisible)
            copy = button(_("Recopier"), "quiet")
            copy.setToolTip(_("Recopier au jour suivant (Ctrl+↓)"))
            copy.setAccessibleName(_("Recopier {day} au jour suivant").format(day=day))
            copy.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            copy.clicked.connect(self._copier(weekday))
            row = weekday * 3
            grid.addWidget(label(shown, "label", wrap=False), row, 0)
            grid.addWidget(line, row, 1)
            grid.addWidget(opener, row, 2)
            grid.addWidget(copy, row, 3)
            grid.addWidget(line.line, row + 1, 1, 1, 3)
            grid.addWidget(details, row + 2, 1, 1, 3)
            details.hide()
            self.days.append(line)
            self._details.append(details)
            self._openers.append(opener)
            self._copies.append(copy)
            for offered in (opener, copy):
                policy = offered.sizePolicy()
                policy.setRetainSizeWhenHidden(True)
                offered.setSizePolicy(policy)
        self._offer(0)
        self.fill(CLOSED_WEEK)

    def fill(self, week: Week) -> None:
        """Show a week; the details of days with a remark are open."""
        for line, opener, spans in zip(self.days, self._openers, week, strict=True):
            line.fill(spans)
            opener.setChecked(any(span.comment for span in spans))
            opener.setVisible(opener.isVisibleTo(self) or opener.isChecked())
        self._show()

    @property
    def value(self) -> Week:
        """The week as far as it can be read."""
        return tuple(line.spans for line in self.days)

    @property
    def unreadable(self) -> tuple[str, ...]:
        """A sentence for each day that can't be read."""
        _ = self._words.gettext
        names = weekday_names(self._words)
        return tuple(
            _("{day} : {problem}").format(day=names[weekday].capitalize(), problem=line.problem)
            for weekday, line in enumerate(self.days)
            if line.problem
        )

    def say(self, notes: Mapping[int, str]) -> None:
        """Tell below a day what is odd in it."""
        for weekday, line in enumerate(self.days):
            if not line.problem:
                line.say(notes.get(weekday, ""), wrong=False)

    def copy(self, weekday: int, last: int) -> None:
        """Give a day's spans to the following days up to `last`, and go there."""
        source = self.days[weekday]
        source.tidy()
        if source.problem:
            return
        for line in self.days[weekday + 1 : last + 1]:
            line.fill(source.spans)
        self.days[last].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of a day's line; its buttons are there while it is turned to."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.Enter) and watched in self.days:
            self._offer(self.days.index(watched))
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched in self.days:
            return self._key(self.days.index(watched), event)
        return super().eventFilter(watched, event)

    def _key(self, weekday: int, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers()
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        held &= ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Down and held & control and weekday < 6:
            self.copy(weekday, max(FRIDAY, weekday + 1) if held & shift else weekday + 1)
        elif held:
            return False
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.days[weekday].tidy()
            if weekday == 6:
                self.focusNextChild()
            else:
                self._go(weekday + 1)
        elif key == Qt.Key.Key_Up and weekday > 0:
            self._go(weekday - 1)
        else:
            return False
        return True

    def _offer(self, weekday: int) -> None:
        for row, (opener, copy) in enumerate(zip(self._openers, self._copies, strict=True)):
            opener.setVisible(row == weekday or opener.isChecked())
            copy.setVisible(row == weekday < 6)

    def _go(self, weekday: int) -> None:
        self.days[weekday].setFocus(Qt.FocusReason.TabFocusReason)
        self.days[weekday].selectAll()

    def _copier(self, weekday: int) -> Callable[[], None]:
        return lambda: self.copy(weekday, weekday + 1)

    def _follow(self) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        _ = self._words.gettext
        empty = not any(line.text() for line in self.days)
        for weekday, (line, details) in enumerate(zip(self.days, self._details, strict=True)):
            example = "8:30-12, 13:30-17" if weekday == 0 else ""
            line.setPlaceholderText(example if empty else _("fermé"))
            details.refresh()
