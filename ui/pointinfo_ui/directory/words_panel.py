"""What the words of a source mean that no list of ours has: a choice each, kept with the source."""

from typing import Final

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from pointinfo.desk import Desk
from pointinfo.directory import fields
from pointinfo.directory.exchange import columns
from pointinfo.directory.exchange.incoming import UnknownWord
from pointinfo.directory.exchange.mapping import Mapping
from pointinfo_ui.commands import key_words
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import Choice, button, clear, column, label
from pointinfo_ui.theme import Theme

SHOWN: Final = 40
"""Words that are offered at once: the most frequent."""
BESIDE: Final = "?"
"""Not said: what the cell says stays beside the entry."""


class WordsPanel(QFrame):
    """The words. Says `looked` and `left` for its buttons."""

    looked = Signal()
    left = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk, self._theme = desk, theme
        self._words: list[UnknownWord] = []
        self.choices: list[Choice] = []
        self.setProperty("panel", True)
        _ = desk.words.gettext
        outer = column(self, margins=22, spacing=12)
        outer.addWidget(label(_("Que veulent dire ces mots ?"), "heading"))
        self.lead = label("", "meta")
        outer.addWidget(self.lead)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        within = column(inside, margins=0)
        within.setContentsMargins(0, 0, 12, 0)
        table = QWidget()
        self._grid = QGridLayout(table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(10)
        for place, share in enumerate((4, 3, 4)):
            self._grid.setColumnStretch(place, share)
        within.addWidget(table)
        within.addStretch(1)
        scroll.setWidget(inside)
        outer.addWidget(scroll, 1)
        self.look_button = button(_("Aperçu"), "primary", key_words("Ctrl+Return", desk.words))
        self.back_button = button(_("Revenir"), "plain", key_words("Esc", desk.words))
        self.look_button.clicked.connect(lambda _on: self.looked.emit())
        self.back_button.clicked.connect(lambda _on: self.left.emit())
        outer.addWidget(flowing(self.look_button, self.back_button))

    def show_words(self, unknown: tuple[UnknownWord, ...], mapping: Mapping) -> None:
        """Offer the words that were not understood, then those to which a meaning was given before."""
        words = self._desk.words
        _ = words.gettext
        said = told(mapping)
        self._words = [*unknown[:SHOWN], *said]
        beyond = len(unknown) - SHOWN
        lead = _("PointInfo s’en souvient pour cette source. Ce qui n’est pas choisi reste à côté de la fiche.")
        if beyond > 0:
            more = words.ngettext(
                "Les plus fréquents d’abord ; {count} autre viendra ensuite.",
                "Les plus fréquents d’abord ; {count} autres viendront ensuite.",
                beyond,
            )
            lead = f"{lead} {more.format(count=beyond)}"
        self.lead.setText(lead)
        clear(self._grid)
        self.choices = []
        for place, text in enumerate((_("Mot"), _("Colonne"), _("Sens"))):
            self._grid.addWidget(label(text, "label", wrap=False), 0, place)
        codes = {column.name: column.codes for column in mapping.columns}
        offered = {target: self._offered(target) for target in {word.target for word in self._words}}
        for number, word in enumerate(self._words, 1):
            choice = Choice(())
            choice.setModel(offered[word.target])
            choice.setMinimumContentsLength(12)
            choice.fill(codes.get(word.column, {}).get(word.word, BESIDE))
            choice.setAccessibleName(_("Sens de «{word}»").format(word=word.word))
            choice.setAccessibleDescription(word.column)
            count = words.ngettext("{count} fois", "{count} fois", word.cells).format(count=word.cells)
            self._grid.addWidget(label(f"{word.word} · {count}" if word.cells else word.word), number, 0)
            self._grid.addWidget(label(word.column, "meta"), number, 1)
            self._grid.addWidget(choice, number, 2)
            self.choices.append(choice)

    def meaning(self, mapping: Mapping) -> Mapping:
        """The mapping with the words as they were chosen."""
        chosen: dict[str, dict[str, str]] = {column.name: dict(column.codes) for column in mapping.columns}
        for word, choice in zip(self._words, self.choices, strict=True):
            codes = chosen.get(word.column, {})
            codes.pop(word.word, None)
            if choice.code != BESIDE:
                codes[word.word] = choice.code
        return msgspec.structs.replace(
            mapping,
            columns=tuple(msgspec.structs.replace(column, codes=chosen[column.name]) for column in mapping.columns),
        )

    def take_focus(self) -> None:
        """To the first choice."""
        (self.choices[0] if self.choices else self.look_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _offered(self, target: str) -> QStandardItemModel:
        """What a word of a column may mean: a term of its list or, at the top, nothing that we know."""
        _ = self._desk.words.gettext
        made = QStandardItemModel(self)
        for code, text in [(BESIDE, _("Garder à côté")), ("", _("Ne rien dire")), *self._meanings(target)]:
            item = QStandardItem(text)
            item.setData(code, Qt.ItemDataRole.UserRole)
            made.appendRow(item)
        return made

    def _meanings(self, target: str) -> list[tuple[str, str]]:
        words = self._desk.words
        shape = columns.shape(target)
        if shape == "terms":
            return [(term.code, term.label) for term in self._desk.directory.terms(target.removeprefix("terms/"))]
        if shape == "yes":
            return [("oui", words.gettext("oui")), ("non", words.gettext("non"))]
        return [(code, text) for code, text in fields.choices(target, words).items() if code]


def told(mapping: Mapping) -> list[UnknownWord]:
    """The words to which the mapping gives a meaning; in how many cells they stand is not counted."""
    return [UnknownWord(column.name, column.target, word, 0) for column in mapping.columns for word in column.codes]
