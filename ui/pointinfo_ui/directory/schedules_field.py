"""An activity's schedules: one calm block each, with the month of its meetings beside it."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pointinfo.clock import local_day
from pointinfo.desk import Desk
from pointinfo.directory import Schedule
from pointinfo.directory.sessions_words import problems, recurrence
from pointinfo_ui.directory.schedule_block import ScheduleBlock
from pointinfo_ui.forms import button, label
from pointinfo_ui.theme import Theme

BLANK: Final = Schedule("")


class SchedulesField(QWidget):
    """Edits the schedules of one entry. Says `edited` as somebody types."""

    edited = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk, self._theme = desk, theme
        _ = desk.words.gettext
        self.blocks: list[ScheduleBlock] = []
        self._filled: tuple[Schedule, ...] | None = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.size(18))
        self._none = label(_("Pas de séances : cette fiche n’a que son horaire."), "meta")
        layout.addWidget(self._none)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.size(28))
        layout.addLayout(self._list)
        self.add = button(_("Ajouter des séances"), "quiet")
        self.add.clicked.connect(self.add_block)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        self.setFocusProxy(self.add)
        self.fill(())

    def fill(self, schedules: tuple[Schedule, ...]) -> None:
        """Show these schedules without saying that anyone typed them."""
        for block in self.blocks:
            self._bury(block)
        self.blocks = []
        for schedule in schedules:
            self._append(schedule)
        self._filled = schedules
        self._show()

    @property
    def value(self) -> tuple[Schedule, ...]:
        """The schedules as they stand, as they were filled in when nobody has typed; a block left blank is none."""
        if self._filled is not None:
            return self._filled
        return tuple(each for each in self._typed if each != BLANK)

    @property
    def _typed(self) -> list[Schedule]:
        return [block.value for block in self.blocks]

    @property
    def unreadable(self) -> tuple[str, ...]:
        """What was typed and can't be read, in sentences: the value lacks it."""
        return tuple(sentence for block in self.blocks for sentence in block.unreadable)

    @property
    def problems(self) -> tuple[str, ...]:
        """What can't be read or is probably not meant, in sentences."""
        desk = self._desk
        odd = problems(self.value, desk.words, desk.directory.calendar, local_day(desk.clock()))
        return (*self.unreadable, *(problem.sentence for problem in odd))

    def add_block(self) -> None:
        """One more schedule, to be typed."""
        self._append(BLANK)
        self._follow()
        self.blocks[-1].label.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self, schedule: Schedule) -> None:
        block = ScheduleBlock(self._desk, self._theme, schedule)
        block.edited.connect(self._follow)
        block.gone.connect(lambda: self._remove(block))
        self._list.addWidget(block)
        self.blocks.append(block)

    def _remove(self, block: ScheduleBlock) -> None:
        self.blocks.remove(block)
        self._bury(block)
        self._follow()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bury(self, block: ScheduleBlock) -> None:
        self._list.removeWidget(block)
        block.hide()
        block.deleteLater()

    def _follow(self) -> None:
        self._filled = None
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        desk = self._desk
        today = local_day(desk.clock())
        self._none.setVisible(not self.blocks)
        for block, schedule in zip(self.blocks, self._typed, strict=True):
            complete = schedule.starts and (schedule.weekdays or schedule.dates)
            said = recurrence(schedule, desk.words, today) if complete else ""
            odd = problems([schedule], desk.words, desk.directory.calendar, today)
            block.say(said, [problem.sentence for problem in odd] if schedule != BLANK else [])
