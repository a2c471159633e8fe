"""All fields of an entry on one page, section by section: made once from their table, filled for each entry."""

from collections.abc import Callable, Iterable
from typing import Any, Final, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord, Problem, record
from pointinfo.directory.fields import Field, Section, fields, general, section_words
from pointinfo_ui.background import Background
from pointinfo_ui.directory.entry_field import EntryField, FieldFrame, stops
from pointinfo_ui.directory.field_widgets import COSTLY, SHORT, field_widget
from pointinfo_ui.directory.hours_field import HoursField
from pointinfo_ui.directory.plain_fields import LineField
from pointinfo_ui.directory.schedules_field import SchedulesField
from pointinfo_ui.directory.suggest_line import SuggestLine
from pointinfo_ui.directory.terms_field import TermsField
from pointinfo_ui.directory.texts_field import TextsField
from pointinfo_ui.forms import column, label, panel
from pointinfo_ui.theme import Theme

PAIRS_FROM: Final = 500
"""Pixels at normal text size from which two short fields stand beside each other."""
SETTLES: Final = 400
"""Milliseconds within which the fields have found their height; then the page is the person's to scroll."""
SOON: Final = 40
"""Milliseconds until then: the rest is on the screen."""
LEADS_TO: Final = {"terms/topic": "terms/theme", "terms/neighbourhood": "terms/sector"}
"""A word chosen here brings the word above it there."""


class EntryForm(QScrollArea):
    """Edits one record. Says `edited` when a person changed something, `section_shown` when another one is on top."""

    edited = Signal()
    section_shown = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, background: Background) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self._background = background
        self._filled = EntryRecord(uid="", kind="service", name="")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.frames: dict[str, FieldFrame] = {}
        self._late: dict[str, Any] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.fill_late)
        self._aim: QWidget | None = None
        self._above: QWidget | None = None
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._scroll_to_aim)
        self._there = QTimer(self)
        self._there.setSingleShot(True)
        self._there.timeout.connect(self._forget_aim)
        self.sections: dict[Section, QFrame] = {}
        self._grids: dict[Section, QGridLayout] = {}
        self._wide: bool | None = None
        inside = QWidget()
        self._sheets = QVBoxLayout(inside)
        self._sheets.setContentsMargins(0, 0, 8, 0)
        self._sheets.setSpacing(14)
        for field in fields(desk.words):
            self._add(field)
        self._sheets.addStretch(1)
        self.setWidget(inside)
        self._tie()
        self._arrange(wide=True)
        self.fill(self._filled)
        self.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._follow_aim())
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.section_shown.emit(self.section))

    # The record

    def fill(self, shown: EntryRecord) -> None:
        """Show a record without saying that anyone typed it."""
        self._filled = shown
        for key, frame in self.frames.items():
            self._late.pop(key, None)
            if frame.field.shape not in COSTLY:
                self.field(key).fill(_value(shown, key))
            elif self.field(key).problems or self.field(key).value != _value(shown, key):
                self._late[key] = _value(shown, key)
            frame.say((), blocking=False)
        if self._late:
            self._soon.start(SOON)
        self._show_what_applies()

    def fill_late(self) -> None:
        """Fill what was left for later."""
        for key in list(self._late):
            self.field(key)

    def record(self) -> EntryRecord:
        """The record as the fields stand; the very one that was filled in while nothing says otherwise."""
        found = {key: value for key, value in record.flat(self._filled).items() if general(key) not in self.frames}
        found |= {"uid": self._filled.uid, "name": "", "kind": ""}
        for key in self.frames:
            value = self._late[key] if key in self._late else self.field(key).value
            if key.startswith("wordings/"):
                part = key.removeprefix("wordings/")
                found |= {f"wordings/{language}/{part}": text for language, text in value.items()}
            elif value or not key.startswith("terms/"):
                found[key] = value
        made = record.whole(found)
        return made if record.changes(self._filled, made) else self._filled

    def set_value(self, key: str, value: Any) -> None:
        """Put one value of `record.flat` into its field, as if a person had."""
        fields_now = record.flat(self.record())
        fields_now.setdefault("name", "")
        if value is None:
            fields_now.pop(key, None)
        else:
            fields_now[key] = value
        self.field(general(key)).fill(_value(record.whole(fields_now), general(key)))
        self._changed()

    def field(self, key: str) -> EntryField:
        """The field of a key of `fields`, filled."""
        found = cast("EntryField", self.frames[key].widget)
        if key in self._late:
            found.fill(self._late.pop(key))
        return found

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages some text is written in, French apart."""
        texts = (self.field(key).value for key in self.frames if key.startswith("wordings/"))
        return tuple(dict.fromkeys(language for text in texts for language in text if language != "fr"))

    def terms(self) -> dict[tuple[str, str], str]:
        """The label of every word that may be chosen, by vocabulary and code."""
        return {
            (key.removeprefix("terms/"), term.code): term.label
            for key, frame in self.frames.items()
            if isinstance(frame.widget, TermsField)
            for term in frame.widget.terms.values()
        }

    def show_language(self, language: str) -> None:
        """Put a language beside the French in every text, "" for none."""
        for frame in self.frames.values():
            if isinstance(frame.widget, TextsField):
                frame.widget.show_language(language)

    def put_above(self, *widgets: QWidget) -> None:
        """Let these stand over the first section and scroll with the form."""
        self._above = widgets[0]
        for place, widget in enumerate(widgets):
            self._sheets.insertWidget(place, widget)

    # What is said of it

    def mark(self, changed: Iterable[str]) -> None:
        """Mark the fields (keys of `record.flat`) that differ from what is kept."""
        keys = {general(key) for key in changed}
        for key, frame in self.frames.items():
            frame.mark(changed=key in keys)

    def say(self, problems: Iterable[Problem]) -> None:
        """Show each remark under its field."""
        found: dict[str, list[Problem]] = {}
        for problem in problems:
            found.setdefault(general(problem.field), []).append(problem)
        for key, frame in self.frames.items():
            said = found.get(key, [])
            frame.say([each.sentence for each in said], blocking=any(each.blocking for each in said))

    def close_offers(self) -> None:
        """Whoever saves has done choosing."""
        for line in self.findChildren(SuggestLine):
            line.close_offer()

    def problems(self) -> list[Problem]:
        """What was typed and can't be a value; of hours and sessions also what is probably not meant."""
        found = []
        for key in self.frames.keys() - self._late.keys():
            field = self.field(key)
            unreadable = field.unreadable if isinstance(field, HoursField | SchedulesField) else field.problems
            found += [Problem(key, said, blocking=said in unreadable) for said in field.problems]
        return found

    # Where one is in it

    @property
    def section(self) -> Section:
        """The section the focus is in, else the first one in view."""
        focused = QApplication.focusWidget()
        for name, sheet in self.sections.items():
            if focused is not None and sheet.isAncestorOf(focused):
                return name
        top = self.verticalScrollBar().value()
        below = [name for name, sheet in self.sections.items() if sheet.geometry().bottom() > top + 40]
        return below[0] if below else next(reversed(self.sections))

    def step_section(self, step: int) -> None:
        """To the first field of the section so many further."""
        names = list(self.sections)
        place = names.index(self.section)
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        self.show_section(names[min(max(place + (step if inside else 0), 0), len(names) - 1)])

    def show_section(self, name: Section) -> None:
        """Bring a section to the top, the focus into its first field."""
        first = next(frame for frame in self.frames.values() if frame.field.section == name and not frame.isHidden())
        if name != next(iter(self.sections)):
            self.fill_late()  # it may move what stands below
        first.take_focus()
        above = self._above if name == next(iter(self.sections)) else None  # belongs to the first
        self.bring_to_top(above or self.sections[name])
        self.section_shown.emit(name)

    def stops(self) -> list[QWidget]:
        """What Tab stops at, field after field."""
        return [stop for frame in self.frames.values() if not frame.isHidden() for stop in stops(frame)]

    def bring_to_top(self, widget: QWidget | None) -> None:
        """Scroll to a section, or to what stands above the sections."""
        self._aim = widget
        self._scroll_to_aim()
        self._settled.start(0)
        self._there.start(SETTLES)

    def _scroll_to_aim(self) -> None:
        self._sheets.activate()
        if self._aim is not None:
            self.verticalScrollBar().setValue(self._aim.y())

    def _forget_aim(self) -> None:
        self._aim = None

    def _follow_aim(self) -> None:
        """What was just filled or said takes its place little by little, and moves what stands below."""
        if self._aim is not None:
            self._settled.start(0)

    def show_field(self, key: str) -> None:
        """Bring one field (a key of `record.flat`) into view and the focus into it."""
        self.fill_late()
        frame = self.frames[general(key)]
        frame.take_focus()
        self._forget_aim()
        self._sheets.activate()
        self.ensureWidgetVisible(frame, 0, 40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Short fields beside each other while there is room."""
        super().resizeEvent(event)
        self._arrange(wide=(self.viewport().width() - 56) * 100 / self._theme.percent >= PAIRS_FROM)

    # How it is made

    def _add(self, field: Field) -> None:
        if field.section not in self.sections:
            self._add_section(field.section)
        widget = field_widget(field, self._desk, self._theme, self._background)
        if not widget.accessibleName():
            widget.setAccessibleName(field.label)
        short = field.key in SHORT
        if short and isinstance(widget, LineField) and not widget.placeholderText():
            widget.setPlaceholderText(field.help)
        frame = FieldFrame(field, widget, self._desk.words, helped=not short)
        self.frames[field.key] = frame
        self.field(field.key).edited.connect(self._changed)

    def _add_section(self, name: Section) -> None:
        _ = self._desk.words.gettext
        sheet = panel()
        sheet.setAccessibleName(section_words(name, self._desk.words))
        body = column(sheet, margins=22, spacing=12)
        body.addWidget(label(section_words(name, self._desk.words), "heading"))
        if name == "internal":
            sheet.setProperty("panel", "internal")
            body.addWidget(label(_("Interne : jamais imprimé, jamais exporté, jamais montré au public."), "meta"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(14)
        body.addLayout(grid)
        self._grids[name] = grid
        self.sections[name] = sheet
        self._sheets.addWidget(sheet)

    def _tie(self) -> None:
        """What one field brings into another."""
        for lower, upper in LEADS_TO.items():
            below, above = self.frames[lower].widget, self.frames[upper].widget
            if isinstance(below, TermsField) and isinstance(above, TermsField):
                below.added.connect(_bringer(below, above))
        postcode = self.frames["postcode"].widget
        if isinstance(postcode, LineField):
            postcode.editingFinished.connect(self._bring_town)

    def _bring_town(self) -> None:
        postcode, city = self.field("postcode").value, self.frames["city"].widget
        if isinstance(city, LineField) and not city.text() and postcode:
            usual = self._desk.directory.usual_town(postcode)
            if usual:
                city.setText(usual)

    def _changed(self) -> None:
        self._show_what_applies()
        self.edited.emit()

    def _show_what_applies(self) -> None:
        """Reason and successor belong to an entry that is not active; sessions to an activity."""
        active = self.field("status").value == "active"
        for key in ("status_reason", "replaced_by"):
            self.frames[key].setVisible(not active or bool(self.field(key).value))
        meets = self.field("kind").value == "activity" or bool(
            self._late.get("schedules") or self.field("schedules").value
        )
        self.frames["schedules"].setVisible(meets)

    def _arrange(self, *, wide: bool) -> None:
        if wide == self._wide:
            return
        self._wide = wide
        places = dict.fromkeys(self._grids, (0, 0))
        for key, frame in self.frames.items():
            grid = self._grids[frame.field.section]
            row, side = places[frame.field.section]
            short = wide and key in SHORT
            if side and not short:
                row, side = row + 1, 0
            grid.addWidget(frame, row, side, 1, 1 if short else 2, Qt.AlignmentFlag.AlignTop)
            places[frame.field.section] = (row, 1) if short and not side else (row + 1, 0)
        for grid in self._grids.values():
            grid.setColumnStretch(0, 1)
            grid.setColumnStretch(1, 1 if wide else 0)


def _value(shown: EntryRecord, key: str) -> Any:
    """The value of one field: a text by language, a vocabulary's codes, or the record's own."""
    first, _slash, rest = key.partition("/")
    if first == "wordings":
        texts = {language: getattr(wording, rest) for language, wording in shown.wordings.items()}
        return {language: text for language, text in texts.items() if text}
    return shown.terms.get(rest, ()) if first == "terms" else getattr(shown, key)


def _bringer(below: TermsField, above: TermsField) -> Callable[[str], None]:
    def bring(code: str) -> None:
        above.add(below.terms[code].parent)

    return bring
