"""What a file is, and for a table which of its columns is which field: guessed, then said by the person."""

from pathlib import Path
from typing import NamedTuple

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLineEdit, QScrollArea, QWidget

from pointinfo.desk import Desk
from pointinfo.directory import fields
from pointinfo.directory.exchange import columns
from pointinfo.directory.exchange.formats import Format
from pointinfo.directory.exchange.guessing import Sample, separator
from pointinfo.directory.exchange.mapping import EXTRA, IGNORED, Column, Mapping
from pointinfo.directory.exchange.table_reader import first_lines, samples
from pointinfo.directory.exchange.tables import Table, Tick, lines
from pointinfo.errors import PointInfoError
from pointinfo_ui.commands import key_words
from pointinfo_ui.directory.reading_line import ReadingLine
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import Choice, above, button, clear, column, label
from pointinfo_ui.theme import Theme

EXAMPLES = 3
"""Values of a column that are shown."""
_ASIDE = ("uid", "id", "address", "contacts/any")


class Opened(NamedTuple):
    """A file as it was found: what is not a table has neither columns nor rows."""

    file: Path
    format: Format
    source: str
    table: Table | None = None
    mapping: Mapping | None = None
    samples: tuple[Sample, ...] = ()
    rows: int | None = 0


def opened(desk: Desk, file: Path, source: str, tick: Tick, how: Mapping | None = None) -> Opened:
    """Look at a file; `source` is what the person calls it, if anything. Raises `InputError` where it can't be read.

    The table is read with the encoding, delimiter and sheet of `how`, else as it was the last time.
    """
    found = desk.exchange.format_of(file)
    source = source or desk.exchange.source_of(file, found.name)
    if not found.is_table:
        return Opened(file, found, source)
    table, mapping = desk.exchange.read_as(file, source, how)
    rows = sum(1 for _line in lines(table, desk.words, tick)) - 1
    return Opened(file, found, source, table, mapping, tuple(samples(first_lines(table, desk.words))), max(0, rows))


class ColumnsPanel(QFrame):
    """The file's name and kind, its source's name, its columns. Says `looked` and `left` for its buttons.

    Says `reread` when the file shall be read as its first line says.
    """

    looked = Signal()
    left = Signal()
    reread = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk, self._theme = desk, theme
        self._opened: Opened | None = None
        self.choices: list[Choice] = []
        self.setProperty("panel", True)
        _ = desk.words.gettext
        outer = column(self, margins=22, spacing=12)
        self.heading = label("", "heading")
        self.reading = ReadingLine(desk.words, theme)
        self.reading.reread.connect(self.reread)
        self.sentence = label("", "warning")
        self.source = QLineEdit()
        self.source.setMaxLength(120)
        self.source.setMaximumWidth(theme.size(360))
        self.source.editingFinished.connect(self.rename)
        for each in (self.heading, self.sentence):
            outer.addWidget(each)
        help_line = label(_("Le même nom la prochaine fois : PointInfo reconnaît alors ce qui a changé."), "meta")
        self.complete = QCheckBox(_("Le fichier est complet : ce qui n’y est plus sera fermé"))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        within = column(inside, margins=0, spacing=12)
        within.setContentsMargins(0, 0, 12, 0)
        within.addWidget(self.reading)
        within.addWidget(above(_("Nom de la source"), self.source, help_line))
        within.addWidget(self.complete)
        self._table = QWidget()
        within.addWidget(self._table)
        within.addStretch(1)
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(10)
        for place, share in enumerate((3, 5, 4)):
            self._grid.setColumnStretch(place, share)
        self._scroll.setWidget(inside)
        outer.addWidget(self._scroll, 1)
        self.look_button = button(_("Aperçu"), "primary", key_words("Ctrl+Return", desk.words))
        self.back_button = button(_("Autre fichier"), "plain", key_words("Esc", desk.words))
        self.look_button.clicked.connect(lambda _on: self.looked.emit())
        self.back_button.clicked.connect(lambda _on: self.left.emit())
        outer.addWidget(flowing(self.look_button, self.back_button))

    def show_file(self, found: Opened) -> None:
        """Show another file, with what was guessed or remembered of it."""
        if self._opened is None or self._opened.file != found.file:
            self.reading.close_choices()
        self._opened = found
        self.sentence.hide()
        self.heading.setText(found.file.name)
        self._show_reading(found)
        self.source.setText(found.source)
        self.complete.setVisible(found.mapping is not None)
        self.complete.setChecked(found.mapping is None or found.mapping.complete)
        self._show_columns(found)

    def say(self, sentence: str) -> None:
        """What went wrong."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    @property
    def file(self) -> Opened | None:
        """The file that is shown."""
        return self._opened

    @property
    def source_name(self) -> str:
        """What the source is called."""
        return " ".join(self.source.text().split()) or (self._opened.source if self._opened else "")

    @property
    def mapping(self) -> Mapping | None:
        """How the table shall be read; None for what is no table."""
        found = self._opened
        if found is None or found.mapping is None:
            return None
        known = {sample.name: sample for sample in found.samples}
        chosen = tuple(
            each if each.target == choice.code else _turned(each, choice.code, known.get(each.name))
            for each, choice in zip(found.mapping.columns, self.choices, strict=True)
        )
        return msgspec.structs.replace(
            found.mapping, source=self.source_name, columns=chosen, complete=self.complete.isChecked()
        )

    @property
    def how(self) -> Mapping | None:
        """How the table shall be read anew: with the encoding, delimiter and sheet that were chosen."""
        mapping = self.mapping
        return msgspec.structs.replace(mapping, **self.reading.chosen(mapping)) if mapping is not None else None

    def mean(self, mapping: Mapping) -> None:
        """Take over what words mean."""
        if self._opened is not None:
            self._opened = self._opened._replace(mapping=mapping)

    def rename(self) -> None:
        """Read the columns as those of the source of this name were read last; what was chosen stays if never."""
        found, source = self._opened, self.source_name
        if found is None or source == found.source:
            return
        self._opened = found = found._replace(source=source)
        before = found.mapping
        if before is None:
            return
        try:
            table, mapping = self._desk.exchange.read_as(found.file, source)
            if _is_guessed(mapping) and not _is_guessed(before):
                table, mapping = self._desk.exchange.read_as(found.file, source, before)
            if table != found.table:
                fresh = tuple(samples(first_lines(table, self._desk.words)))
                self._opened = found = found._replace(table=table, samples=fresh, rows=None)
                self._show_reading(found)
        except PointInfoError as error:
            self.say(str(error))
            return
        if mapping != msgspec.structs.replace(before, source=source):
            was_on_a_column = any(choice.hasFocus() for choice in self.choices)
            self._opened = found._replace(mapping=mapping)
            self.complete.setChecked(mapping.complete)
            self._show_columns(self._opened)
            if was_on_a_column:
                self.take_focus()

    def take_focus(self) -> None:
        """To the first column, or the button where there is none."""
        (self.choices[0] if self.choices else self.look_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_reading(self, found: Opened) -> None:
        self.reading.show_table(found.format.title, found.table, found.rows if found.table is not None else None)

    def _show_columns(self, found: Opened) -> None:
        _ = self._desk.words.gettext
        clear(self._grid)
        self.choices = []
        self._table.setVisible(found.mapping is not None)
        if found.mapping is None:
            return
        for place, text in enumerate((_("Colonne"), _("Exemples"), _("Champ"))):
            self._grid.addWidget(label(text, "label", wrap=False), 0, place)
        shared = self._targets(found.mapping)
        values = {sample.name: sample.values for sample in found.samples}
        for number, each in enumerate(found.mapping.columns, 1):
            some = list(dict.fromkeys(values.get(each.name, ())))[:EXAMPLES]
            examples = " · ".join(value if len(value) <= 60 else value[:59] + "…" for value in some)
            choice = Choice(())
            choice.setModel(shared)
            choice.setMinimumContentsLength(12)
            choice.fill(each.target)
            choice.setAccessibleName(_("Champ de la colonne {name}").format(name=each.name))
            choice.setAccessibleDescription(examples)
            self._grid.addWidget(label(each.name), number, 0)
            self._grid.addWidget(label(examples or "–", "meta"), number, 1)
            self._grid.addWidget(choice, number, 2)
            self.choices.append(choice)

    def _targets(self, mapping: Mapping) -> QStandardItemModel:
        """All fields once for all the columns, those the mapping names included."""
        words = self._desk.words
        _ = words.gettext
        offered = [*_ASIDE, *(key for key in columns.keys(("fr",), internal=True) if key != "uid")]
        guessed = [each.target for each in mapping.columns]
        made = QStandardItemModel(self)
        listed = [(EXTRA, _("Garder à côté")), (IGNORED, _("Laisser"))]
        section = {field.key: field.label for field in fields.fields(words)}
        for key in dict.fromkeys([*offered, *guessed]):
            if key not in (EXTRA, IGNORED):
                listed.append((key, section.get(key) or columns.label(key, words)))
        for key, text in listed:
            item = QStandardItem(text)
            item.setData(key, Qt.ItemDataRole.UserRole)
            made.appendRow(item)
        return made


def _is_guessed(mapping: Mapping) -> bool:
    """Whether nobody said how the file is read."""
    return (mapping.encoding, mapping.delimiter, mapping.sheet) == ("", "", "")


def _turned(before: Column, target: str, sample: Sample | None) -> Column:
    """The column as another field: what parted or meant its values before means nothing there."""
    return Column(before.name, target, separator(target, sample.values) if sample else "")
