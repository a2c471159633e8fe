"""Ties to other entries: what the tie means, and the entry found by its name."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout

from pointinfo.desk import Desk
from pointinfo.directory import Link, Query, card
from pointinfo.directory.fields import link_words
from pointinfo_ui.directory.rows_field import PartRow, RowsField
from pointinfo_ui.directory.suggest_line import Suggestion, SuggestLine
from pointinfo_ui.forms import Choice
from pointinfo_ui.rows import RowText
from pointinfo_ui.theme import Theme

KINDS = ("offered_by", "takes_place_at", "part_of", "see_first", "former_name_of")
MOST = 20
"""Entries offered at once: who needs more types a word more."""


class EntryLine(SuggestLine):
    """One entry, found by its name; the value is its uid, "" for none. Words that lead nowhere are forgotten."""

    edited = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(theme, self._fitting)
        self._desk = desk
        _ = desk.words.gettext
        self._uid = ""
        self._name = ""
        self.setPlaceholderText(_("Chercher une fiche par son nom…"))
        self.taken.connect(self._choose)

    def fill(self, value: str, name: str | None = None) -> None:
        """Show the entry `value`, whose name is looked up unless it is known, without saying that anyone chose it."""
        if name is None:
            name = self._desk.directory.names([value]).get(value, value) if value else ""
        self._uid, self._name = value, name
        with QSignalBlocker(self):
            self.setText(name)
            self.setCursorPosition(0)

    @property
    def value(self) -> str:
        """The uid of the entry."""
        return self._uid if self.text().strip() else ""

    @property
    def problems(self) -> tuple[str, ...]:
        """What is typed is forgotten when the line is left, so it is never wrong."""
        return ()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """An empty line is no entry; words that were not taken give way to the name."""
        super().focusOutEvent(event)
        if not self.text().strip() and self._uid:
            self._uid, self._name = "", ""
            self.edited.emit()
        elif self.text() != self._name:
            self.fill(self._uid, self._name)

    def _choose(self, uid: str) -> None:
        self.fill(uid)
        self.edited.emit()

    def _fitting(self, typed: str) -> Sequence[Suggestion]:
        if not typed.strip() or typed == self._name:
            return ()
        hits = self._desk.directory.search(Query(typed)).hits[:MOST]
        words = self._desk.words
        return [
            Suggestion(
                row.uid,
                RowText(
                    row.name,
                    meta=" · ".join(filter(None, (card.kind_words(row.kind, words), row.quartier or row.area))),
                ),
            )
            for row in self._desk.directory.rows([hit.id for hit in hits])
        ]


class LinkRow(PartRow):
    """What the tie means, and to which entry."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        _ = desk.words.gettext
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.kind = Choice([(kind, link_words(kind, desk.words)) for kind in KINDS])
        self.kind.setAccessibleName(_("Genre de lien"))
        self.entry = EntryLine(desk, theme)
        self.entry.setAccessibleName(_("Fiche liée"))
        self.first = self.entry
        line.addWidget(self.kind, 3)
        line.addWidget(self.entry, 7)
        line.addWidget(self.remover(desk.words, theme))
        self.kind.chosen.connect(self.edited)
        self.entry.edited.connect(self.edited)

    def fill(self, part: Link) -> None:
        """Show a tie without saying that anyone chose it."""
        with QSignalBlocker(self):
            self.kind.fill(part.kind)
            self.entry.fill(part.uid)

    @property
    def part(self) -> Link | None:
        """The tie; None while it leads nowhere."""
        return Link(self.kind.code, self.entry.value) if self.entry.value else None


class LinksField(RowsField):
    """Edits a tuple of ties."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        _ = desk.words.gettext
        super().__init__(lambda: LinkRow(desk, theme), [(_("Lien"), Link("see_first", ""))])
