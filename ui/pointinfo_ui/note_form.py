"""The fields of an inquiry: at the counter prefilled from the visit, in the journal to amend one."""

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.inquiries import Note, codes
from pointinfo.inquiries.codes import CodeList
from pointinfo_ui.forms import Choice, Choices, Number, field, label


class NoteForm(QWidget):
    """Edits a `Note`. What a person has chosen here is never overwritten by a later prefilling."""

    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._base = Note()
        self._touched: set[str] = set()
        _ = desk.words.gettext
        unsaid = _("non précisé")

        def listed(name: CodeList) -> list[tuple[str, str]]:
            return [("", unsaid), *((row.code, row.label) for row in codes.codes(name, desk.words.language))]

        self._fields: dict[str, Choices | Choice | Number] = {
            "audiences": Choices([], 2, unsaid, alone=codes.EVERYONE),
            "themes": Choices([], 3, unsaid),
            "people": Number(1, 99),
            "channel": Choice(listed("channel")),
            "effort": Choice(listed("effort")),
            "outcome": Choice(listed("outcome")),
            "reason": Choice(listed("reason")),
            "language": Choice([]),
            "origin": Choice([]),
            "first_contact": Choice(listed("first_contact")),
        }
        self.read_lists()
        titles = {
            "audiences": _("Public"),
            "themes": _("Thème"),
            "people": _("Personnes"),
            "channel": _("Canal"),
            "effort": _("Effort"),
            "outcome": _("Issue"),
            "reason": _("Raison"),
            "language": _("Langue"),
            "origin": _("Vient de"),
            "first_contact": _("Venue"),
        }
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        self._error = label("", "error")
        self._error.hide()
        outer.addWidget(self._error)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        outer.addLayout(grid)
        self._grid = grid
        for row, (name, widget) in enumerate(self._fields.items()):
            field(grid, row, titles[name], widget)
            signal = widget.valueChanged if isinstance(widget, Number) else widget.chosen
            signal.connect(self._toucher(name))
        self._show_reason()

    def read_lists(self) -> None:
        """Offer what the lists have now; what is chosen stays, even where it is offered no more."""
        unsaid = self._desk.words.gettext("non précisé")
        terms = self._desk.directory.terms

        def termed(name: str, *, retired: bool = False) -> list[tuple[str, str]]:
            return [(term.code, term.label) for term in terms(name, retired=retired)]

        places = [term for term in termed("commune") if term[1] != "Genève"]
        offered: dict[str, tuple[list[tuple[str, str]], tuple[str, ...]]] = {
            "audiences": (termed("audience"), ("audience",)),
            "themes": (termed("theme"), ("theme",)),
            "language": ([("", unsaid), *termed("language")], ("language",)),
            "origin": ([("", unsaid), *termed("sector"), *places], ("sector", "commune")),
        }
        for name, (options, lists) in offered.items():
            past = {code: text for each in lists for code, text in termed(each, retired=True)}
            widget = self._fields[name]
            if isinstance(widget, Choices | Choice):
                widget.offer(options, past)

    @property
    def first_field(self) -> QWidget:
        """Where «Corriger» puts the focus."""
        return self._fields["audiences"]

    def open_channel(self) -> None:
        """Put the focus on the channel, its list open."""
        channel = self._fields["channel"]
        channel.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(channel, Choice):
            channel.showPopup()

    def prefill(self, note: Note) -> None:
        """Show `note`, except in the fields a person has chosen."""
        self._base = note
        for name, widget in self._fields.items():
            if name not in self._touched:
                widget.fill(getattr(note, name))
        self._show_reason()

    def start_afresh(self, note: Note) -> None:
        """Forget what was chosen and show `note`."""
        self._touched.clear()
        self.show_error("")
        self.prefill(note)

    def forget(self, *names: str) -> None:
        """Let these fields be prefilled again."""
        self._touched -= set(names)

    def edits(self) -> dict[str, object]:
        """What a person has chosen here, by field."""
        note = self.note()
        return {name: getattr(note, name) for name in self._touched}

    @property
    def is_edited(self) -> bool:
        """Whether a person has chosen anything here."""
        return bool(self._touched)

    def choose(self, name: str, value: object) -> None:
        """Set a field as if a person had chosen it."""
        self._fields[name].fill(value)  # type: ignore[arg-type]
        self._touched.add(name)
        self._show_reason()

    def note(self) -> Note:
        """The note as the fields stand."""
        values: dict[str, object] = {}
        for name, widget in self._fields.items():
            values[name] = (
                widget.value()
                if isinstance(widget, Number)
                else widget.codes
                if isinstance(widget, Choices)
                else widget.code
            )
        if values["outcome"] not in codes.UNMET:
            values["reason"] = ""
        return msgspec.structs.replace(self._base, **values)

    def show_error(self, sentence: str) -> None:
        """Say above the fields what contradicts itself; "" takes it back."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def _toucher(self, name: str) -> object:
        def touch(*_value: object) -> None:
            self._touched.add(name)
            self._show_reason()
            self.edited.emit()

        return touch

    def _show_reason(self) -> None:
        """A reason is only asked for when something was not met."""
        outcome = self._fields["outcome"]
        wanted = isinstance(outcome, Choice) and outcome.code in codes.UNMET
        row = list(self._fields).index("reason")
        for column_number in (0, 1):
            item = self._grid.itemAtPosition(row * 2, column_number)
            shown = item.widget() if item is not None else None
            if shown is not None:
                shown.setVisible(wanted)
