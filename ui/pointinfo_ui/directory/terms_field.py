"""Words of one of the directory's lists, as chips: type a few letters, Enter adds, Backspace takes the last away."""

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.directory import TermRow, text
from pointinfo_ui.directory.suggest_line import Suggestion, SuggestLine
from pointinfo_ui.flow import Flow
from pointinfo_ui.forms import button
from pointinfo_ui.rows import RowText
from pointinfo_ui.theme import Theme


class _TermLine(SuggestLine):
    """Backspace in the empty line asks to take the last chip away."""

    emptied = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
            return
        super().keyPressEvent(event)


class TermsField(QWidget):
    """Edits a tuple of codes, in order. `alone` is a code that goes with no other. Says `added` with a new code."""

    edited = Signal()
    added = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, vocabulary: str, title: str, alone: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self._alone = alone
        _ = desk.words.gettext
        self.terms: dict[str, TermRow] = {term.code: term for term in desk.directory.terms(vocabulary)}
        self._codes: list[str] = []
        self._filled: tuple[str, ...] = ()
        self._chips: list[QPushButton] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        body = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        body.setSizePolicy(policy)
        self._flow = Flow(body, 6)
        self._body = body
        outer.addWidget(body)
        self.line = _TermLine(theme, self._find)
        self.line.setAccessibleName(title)
        self.line.setPlaceholderText(_("Ajouter…"))
        self.line.setFixedWidth(theme.size(220))
        self.line.taken.connect(self.add)
        self.line.emptied.connect(lambda: self._drop(len(self._codes) - 1))
        self.setFocusProxy(self.line)
        self._flow.addWidget(self.line)

    def fill(self, value: Sequence[str]) -> None:
        """Show `value` without saying that anyone chose it."""
        self._filled = tuple(value)
        self._codes = list(value)
        self.line.clear()
        self._show()

    @property
    def value(self) -> tuple[str, ...]:
        """The codes in the order they were chosen."""
        return tuple(self._codes)

    @property
    def problems(self) -> tuple[str, ...]:
        """Letters that were typed and lead to no word of the list; nothing while words are offered for them."""
        typed = self.line.text().strip()
        if not typed or self.line.is_offering:
            return ()
        _ = self._desk.words.gettext
        return (_("«{text}» n’est pas encore choisi : prenez un mot de la liste, ou effacez.").format(text=typed),)

    def add(self, code: str) -> None:
        """Add a word of the list."""
        self.line.clear()
        if code in self._codes or code not in self.terms:
            return
        if self._alone in (code, *self._codes):
            self._codes = []
        self._codes.append(code)
        self._show()
        self.added.emit(code)
        self.edited.emit()

    @cached_property
    def _keys(self) -> dict[str, list[list[str]]]:
        """The words of each term's name, then of its synonyms."""
        return {code: [text.words(said) for said in (term.label, *term.synonyms)] for code, term in self.terms.items()}

    def _drop(self, place: int) -> None:
        if not 0 <= place < len(self._codes):
            return
        del self._codes[place]
        self._show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _show(self) -> None:
        _ = self._desk.words.gettext
        while len(self._chips) < len(self._codes):
            self._add_chip()
        for number, chip in enumerate(self._chips):
            code = self._codes[number] if number < len(self._codes) else ""
            said = self.terms[code].label if code in self.terms else code
            if code and chip.text() != said:
                chip.setText(said)
                chip.setAccessibleName(_("Retirer {name}").format(name=said))
            chip.setVisible(bool(code))
        self._flow.invalidate()
        self._body.updateGeometry()

    def _add_chip(self) -> None:
        number = len(self._chips)
        chip = button("", "chip")
        chip.setIcon(self._theme.icon("remove", self._theme.soft, 14))
        chip.setIconSize(QSize(self._theme.size(14), self._theme.size(14)))
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the mark behind the word
        chip.clicked.connect(lambda: self._drop(number))
        self._chips.append(chip)
        self._flow.removeWidget(self.line)  # the line stays the last
        self._flow.addWidget(chip)
        self._flow.addWidget(self.line)

    def _find(self, typed: str) -> list[Suggestion]:
        """The words of the list not chosen yet that have every typed word, by their name or else a synonym."""
        wanted = text.query_words(typed)
        by_name, by_synonym = [], []
        for code, term in self.terms.items():
            if code in self._codes:
                continue
            fits = [_has(way, wanted) for way in self._keys[code]]
            if fits[0]:
                by_name.append(Suggestion(code, RowText(term.label)))
            elif any(fits):
                synonym = term.synonyms[fits.index(True) - 1]
                by_synonym.append(Suggestion(code, RowText(term.label, meta=synonym)))
        return by_name + by_synonym


def _has(way: list[str], wanted: list[str]) -> bool:
    return all(any(word.startswith(want) for word in way) for want in wanted)
