"""A check sheet that came back on paper, typed in: its lines in the order of the paper, as the entry says them now."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pointinfo.desk import Desk
from pointinfo.directory import CheckSheet
from pointinfo.directory.check_sheet import LINE_BREAK, Line
from pointinfo_ui.commands import key_words
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.links_field import EntryLine
from pointinfo_ui.directory.plain_fields import LineField, TextField
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import above, button, clear, column, field, label, rule, say
from pointinfo_ui.theme import Theme


class Outcome(NamedTuple):
    """What keeping a sheet does: `act` returns the revision or proposal it made, `take_back` takes a proposal back."""

    act: Callable[[], str]
    sentence: str
    take_back: Callable[[str], None] | None


class SheetForm(QFrame):
    """Says `kept` when the sheet is typed, `left` when somebody gives it up."""

    kept = Signal()
    left = Signal()

    def __init__(self, desk: Desk, theme: Theme, author: Author) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self._author = author
        self.sheet: CheckSheet | None = None
        self.lines: dict[str, LineField | TextField] = {}
        self._errors: dict[str, QLabel] = {}
        self._sure = False
        _ = desk.words.gettext
        self.setProperty("panel", True)
        self.setAccessibleName(_("Feuille de contrôle revenue"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2, 2, 2, 2)
        outer.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        body = column(inside, spacing=8)
        body.setContentsMargins(26, 22, 26, 20)
        body.addWidget(label(_("Feuille de contrôle revenue"), "title"))
        body.addWidget(label(_("Ne tapez que ce qui est corrigé à la main. Le reste vaut comme confirmé."), "lead"))
        self.entry = EntryLine(desk, theme)
        self.entry.edited.connect(self._turn)
        body.addWidget(above(_("Fiche"), self.entry))
        body.addWidget(rule())
        self._typed = QVBoxLayout()
        body.addLayout(self._typed)
        body.addStretch(1)
        self._scroll.setWidget(inside)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(rule())
        outer.addWidget(self._make_foot())
        author.changed.connect(self._show_author)
        self._show_author()
        self.hide()

    @property
    def answers(self) -> dict[str, str]:
        """What each line says, by its key."""
        return {key: line.value for key, line in self.lines.items()}

    @property
    def is_edited(self) -> bool:
        """Whether a line says something else than the entry."""
        shown = {line.key: _spoken(line) for line in self.sheet.lines} if self.sheet else {}
        return any(shown[key] != said for key, said in self.answers.items())

    def open(self, uid: str) -> None:
        """Show the sheet of an entry as it stands, the focus on its first line; without an entry, ask for one."""
        self.sheet = self._desk.check_sheets.sheet(uid) if uid else None
        self.entry.fill(uid, self.sheet.name if self.sheet else "")
        self._sure = False
        self._fill()
        self.show()
        first = next(iter(self.lines.values()), self.entry)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.verticalScrollBar().setValue(0)

    def outcome(self) -> Outcome | None:
        """What is to be done with what is typed; None when there is nothing, or a line that nobody can read."""
        words = self._desk.words
        _ = words.gettext
        sheet, sheets, revisions = self.sheet, self._desk.check_sheets, self._desk.revisions
        if sheet is None:
            return None
        typed = sheets.typed(sheet, self.answers)
        self._say_unclear(typed.unclear)
        if typed.unclear:
            return None
        author = self._author.name
        if self._author.is_editor:
            said = words.ngettext(
                "«{name}» est vérifiée, {count} fait corrigé.",
                "«{name}» est vérifiée, {count} faits corrigés.",
                typed.changed,
            ).format(name=sheet.name, count=typed.changed)
            return Outcome(lambda: sheets.enter(sheet, typed, author, decides=True), said, None)
        said = _("Les corrections de «{name}» sont proposées aux éditeur-rice-s.").format(name=sheet.name)
        withdrawn = _("retirée par son auteur-e")
        return Outcome(
            lambda: sheets.enter(sheet, typed, author, decides=False),
            said,
            lambda proposal: revisions.refuse(proposal, author, withdrawn),
        )

    def _say_unclear(self, keys: Collection[str]) -> None:
        """Show which lines nobody can read, the focus on the first."""
        for key, error in self._errors.items():
            error.setVisible(key in keys)
        first = next((self.lines[key] for key in self.lines if key in keys), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(first, 0, self._theme.size(90))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives the sheet up; what is typed only the second time."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        if self.is_edited and not self._sure:
            self._sure = True
            _ = self._desk.words.gettext
            self._remark.setText(_("Rien n’est encore enregistré. Échap encore une fois abandonne la saisie."))
            self._remark.show()
            return
        self.left.emit()

    def _turn(self) -> None:
        """To the sheet of another entry, unless something is typed in this one."""
        if self.is_edited and self.sheet is not None:
            _ = self._desk.words.gettext
            self.entry.fill(self.sheet.uid, self.sheet.name)
            self._remark.setText(_("Enregistrez d’abord cette feuille, ou abandonnez-la."))
            self._remark.show()
            return
        self.open(self.entry.value)

    def _fill(self) -> None:
        clear(self._typed)
        self.lines, self._errors = {}, {}
        self._remark.hide()
        if self.sheet is None:
            return
        _ = self._desk.words.gettext
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        unclear = _("Cette ligne n’est pas comprise : écrivez-la autrement, ou corrigez la fiche elle-même.")
        for row, line in enumerate(each for each in self.sheet.lines if each.key != "all_true"):
            made = self._line(line)
            error = field(grid, row, line.label, made)
            error.setProperty("role", "error")
            error.setText(unclear)
            self.lines[line.key], self._errors[line.key] = made, error
        self._typed.addWidget(body)

    def _line(self, line: Line) -> LineField | TextField:
        made = TextField() if line.key.startswith("wordings/") else LineField()
        made.fill(_spoken(line))
        made.edited.connect(self._go_on)
        if isinstance(made, LineField):
            made.returnPressed.connect(self.focusNextChild)
        return made

    def _go_on(self) -> None:
        self._sure = False
        self._remark.hide()

    def _make_foot(self) -> QWidget:
        words = self._desk.words
        _ = words.gettext
        foot = QWidget()
        lines = column(foot, spacing=8)
        lines.setContentsMargins(26, 12, 26, 16)
        self._remark = label("", "error")
        lines.addWidget(self._remark)
        self._remark.hide()
        self._keep = button("", "primary")
        self._keep.clicked.connect(self.kept)
        leave = button(_("Abandonner"), "plain", key_words("Esc", words))
        leave.clicked.connect(self.left)
        lines.addWidget(flowing(self._keep, leave))
        return foot

    def _show_author(self) -> None:
        words = self._desk.words
        _ = words.gettext
        text = _("Enregistrer, vérifiée") if self._author.is_editor else _("Proposer")
        say(self._keep, text, key_words("Ctrl+Return", words))


def _spoken(line: Line) -> str:
    """A line as it is typed: a text of several lines has them."""
    return line.text.replace(LINE_BREAK, "\n") if line.key.startswith("wordings/") else line.text
