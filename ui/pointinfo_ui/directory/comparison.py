"""Two records of one entry (or of two that are one) side by side, field by field in words; with a choice per field.

How to use it:

    view = Comparison(desk, theme, choosing=True)
    view.compare(theirs, ours, ("Enregistré", "Votre saisie"))    # what differs; or only=("stop", …) of these fields
    …                                                             # the person chooses; `chosen` says so each time
    record = view.result(base)                                    # `base` with the chosen values of the fields shown

Keys: ↑ ↓ go from field to field, ← → choose a side, + takes both lists, Enter writes another text.
"""

from collections.abc import Collection, Mapping
from html import escape
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord, comparing, fields
from pointinfo.directory.comparing import Piece, Reader, Side
from pointinfo.directory.record import FieldChange, changes, flat, whole
from pointinfo.i18n import Words
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, clear, column, label
from pointinfo_ui.messages import announce
from pointinfo_ui.theme import Theme

BESIDE = 560
"""Pixels at normal text size from which both sides have room beside each other."""
NEVER = frozenset({"uid", "demonstration"})
"""Fields that nobody chooses."""


class Comparison(QScrollArea):
    """What differs between two records. Says `chosen` after each choice of the person."""

    chosen = Signal()

    def __init__(self, desk: Desk, theme: Theme, *, choosing: bool = False) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self.choosing = choosing
        self.rows: list[FieldRow] = []
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._body = column(inside, margins=0, spacing=8)
        self._body.setContentsMargins(0, 0, 8, 0)
        self.setWidget(inside)

    def compare(
        self,
        left: EntryRecord,
        right: EntryRecord,
        titles: tuple[str, str],
        *,
        only: Collection[str] | None = None,
        preset: Mapping[str, Side] | None = None,
    ) -> None:
        """Show what differs (of the fields `only`, where given). A field is preset to the left side where not told."""
        words = self._desk.words
        _ = words.gettext
        directory = self._desk.directory
        names = directory.names(comparing.mentioned(left, right))
        reader = Reader(words, directory.calendar, directory.term_labels(), names)
        shown = [
            change
            for change in changes(left, right)
            if change.field not in NEVER and (only is None or change.field in only)
        ]
        clear(self._body)
        self.rows = []
        for change in shown:
            row = FieldRow(change, titles, reader, self._theme, choosing=self.choosing)
            row.choose((preset or {}).get(change.field, "left"))
            row.chosen.connect(self._say_chosen)
            row.went.connect(self._go)
            self.rows.append(row)
            self._body.addWidget(row)
        same = len((flat(left).keys() & flat(right).keys()) - NEVER - {change.field for change in changes(left, right)})
        if not shown:
            self._body.addWidget(label(_("Rien ne les distingue."), "lead"))
        elif same and only is None and self.choosing:
            said = words.ngettext(
                "{count} champ identique n’est pas montré.", "{count} champs identiques ne sont pas montrés.", same
            )
            self._body.addWidget(label(said.format(count=same), "meta"))
        self._body.addStretch(1)
        self._fold()
        self.verticalScrollBar().setValue(0)

    def clear(self) -> None:
        """Show nothing."""
        clear(self._body)
        self.rows = []

    @property
    def choices(self) -> dict[str, Side]:
        """The side chosen for each field."""
        return {row.field: row.side for row in self.rows}

    def choose_all(self, side: Side) -> None:
        """Choose one side for every field that has it."""
        for row in self.rows:
            row.choose(side)

    def result(self, base: EntryRecord) -> EntryRecord:
        """`base` with the chosen value of every field shown."""
        values = flat(base)
        for row in self.rows:
            values.pop(row.field, None)
            if row.value not in (None, "", ()):
                values[row.field] = row.value
        return msgspec.structs.replace(whole(values), uid=base.uid)

    def take_focus(self) -> None:
        """Put the focus on the first field."""
        if self.rows:
            self.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sides stand under each other where there is no room beside."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        beside = self.viewport().width() * 100 / self._theme.percent >= BESIDE
        for row in self.rows:
            row.fold(beside=beside)

    def _go(self, step: int) -> None:
        here = next((place for place, row in enumerate(self.rows) if row.isAncestorOf(self.focusWidget())), None)
        here = next((place for place, row in enumerate(self.rows) if row.hasFocus()), here)
        if here is not None and 0 <= here + step < len(self.rows):
            there = self.rows[here + step]
            there.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(there, 0, 12)

    def _say_chosen(self) -> None:
        self.chosen.emit()


class FieldRow(QFrame):
    """One field: its name and both values. Says `chosen` after a choice, `went` (-1 or 1) when an arrow leaves it."""

    chosen = Signal()
    went = Signal(int)

    def __init__(
        self, change: FieldChange, titles: tuple[str, str], reader: Reader, theme: Theme, *, choosing: bool
    ) -> None:
        super().__init__()
        self.field = change.field
        self.side: Side = "left"
        self._values: dict[Side, Any] = {"left": change.before, "right": change.after}
        self._words = reader.words
        self._choosing = choosing
        self._before_other: Side = "left"
        self._shape = comparing.shape(change.field, reader.words)
        _ = reader.words.gettext
        shown, names = change, [fields.label(change.field, reader.words)]
        if not choosing:  # what is chosen is chosen as a whole
            shown, names = fields.narrowed(change), fields.changed(change, reader.words)
        self.name = ", ".join(names)
        self.setProperty("field", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inside = column(self, margins=5, spacing=6)
        inside.addWidget(label(self.name, "label"))
        lines = (reader.lines(change.field, shown.before), reader.lines(change.field, shown.after))
        pieces = comparing.marked(*lines, listed=self._is_listed)
        self._tiles: dict[Side, _Tile] = {}
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(10)
        for side, title, marked in zip(("left", "right"), titles, pieces, strict=True):
            tile = _Tile(title, _html(marked, theme, reader.words), choosing=choosing)
            tile.clicked.connect(lambda side=side: self._take(side))
            self._tiles[side] = tile  # type: ignore[index]
            self._sides.addWidget(tile, 1)
        inside.addLayout(self._sides)
        self._said = [
            _("{side} : {value}").format(side=title, value=self._spoken(said))
            for title, said in zip(titles, lines, strict=True)
        ]
        if choosing:
            self._add_ways(inside)
        self._show()

    @property
    def value(self) -> Any:
        """What is chosen, as in `record.flat`; None for nothing."""
        if self.side == "both":
            return comparing.united(self.field, self._values["left"] or (), self._values["right"] or ())
        if self.side == "other":
            return (
                self.typed.toPlainText().strip()
                if isinstance(self.typed, QPlainTextEdit)
                else self.typed.text().strip()
            )
        return self._values[self.side]

    @property
    def sides(self) -> tuple[Side, ...]:
        """What can be chosen here."""
        more: tuple[Side, ...] = ("both",) if self._is_listed else ("other",) if self._is_plain else ()
        return ("left", "right", *more)

    def choose(self, side: Side) -> None:
        """Take one of the sides, without saying that a person did; one it hasn't got is left alone."""
        if side in self.sides:
            self.side = side
            self._show()

    def fold(self, *, beside: bool) -> None:
        """Put the sides beside or under each other."""
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(way)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go and choose; + takes both; Enter writes another text, and Escape in it gives that up."""
        key = event.key()
        typing = self._choosing and self._is_plain and self.typed.hasFocus()
        if typing and key == Qt.Key.Key_Escape:
            self._take(self._before_other)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif typing and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not typing and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.went.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif self._choosing and not typing and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._take(
                "left"
                if (key == Qt.Key.Key_Left) == (self.layoutDirection() == Qt.LayoutDirection.LeftToRight)
                else "right"
            )
        elif self._choosing and not typing and key == Qt.Key.Key_Plus and self._is_listed:
            self._take("both")
        elif (
            self._choosing
            and not typing
            and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and self._is_plain
            and not event.modifiers()
        ):
            self._write()
        else:
            super().keyPressEvent(event)

    @property
    def _is_listed(self) -> bool:
        return any(isinstance(value, tuple) for value in self._values.values())

    @property
    def _is_plain(self) -> bool:
        return self._shape in comparing.PLAIN

    def _add_ways(self, inside: QVBoxLayout) -> None:
        """Beside the two sides: both lists, or a text of one's own."""
        _ = self._words.gettext
        if self._is_listed:
            self._more = button(_("Réunir les deux listes"), "quiet", "+")
            self._more.clicked.connect(lambda: self._take("both"))
        elif self._is_plain:
            self._more = button(_("Écrire autre chose"), "quiet", _("Entrée"))
            self._more.clicked.connect(self._write)
        else:
            return
        self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside.addWidget(flowing(self._more))
        if self._is_plain:
            self.typed: QLineEdit | QPlainTextEdit = QPlainTextEdit() if self._shape == "text" else QLineEdit()
            self.typed.setAccessibleName(_("{field}, autre valeur").format(field=self.name))
            if isinstance(self.typed, QPlainTextEdit):
                self.typed.setTabChangesFocus(True)
                self.typed.setFixedHeight(self.fontMetrics().lineSpacing() * 5)
            self.typed.textChanged.connect(self.chosen)
            inside.addWidget(self.typed)

    def _write(self) -> None:
        if self.side != "other":
            self._before_other = self.side
            text = str(self._values[self.side] or "")
            blocked = self.typed.blockSignals(True)
            if isinstance(self.typed, QPlainTextEdit):
                self.typed.setPlainText(text)
            else:
                self.typed.setText(text)
            self.typed.blockSignals(blocked)
            self._take("other")
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, side: Side) -> None:
        """The person chose."""
        if not self._choosing:
            return
        self.choose(side)
        announce(self, self.accessibleDescription())
        self.chosen.emit()

    def _show(self) -> None:
        _ = self._words.gettext
        self.setAccessibleName(". ".join((self.name, *self._said)))
        if not self._choosing:
            return
        for side, tile in self._tiles.items():
            tile.set_chosen(chosen=self.side in (side, "both"))
        if self._is_plain:
            self.typed.setVisible(self.side == "other")
        chosen = {
            "left": self._said[0],
            "right": self._said[1],
            "both": _("les deux listes réunies"),
            "other": _("une autre valeur"),
        }
        self.setAccessibleDescription(_("Retenu : {value}").format(value=chosen[self.side]))

    def _spoken(self, lines: tuple[str, ...]) -> str:
        _ = self._words.gettext
        return ", ".join(lines) if lines else _("rien")


class _Tile(QFrame):
    """One side's value; a click chooses it."""

    clicked = Signal()

    def __init__(self, title: str, html: str, *, choosing: bool) -> None:
        super().__init__()
        self._title = title
        self.setProperty("tile", "plain")
        inside = column(self, margins=10, spacing=2)
        self._caption = label(title, "meta")
        inside.addWidget(self._caption)
        shown = QLabel(html)
        shown.setTextFormat(Qt.TextFormat.RichText)
        shown.setWordWrap(True)
        if not choosing:
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside.addWidget(shown)
        inside.addStretch(1)
        if choosing:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_chosen(self, *, chosen: bool) -> None:
        """Look like the side that counts, or the one that doesn't."""
        self.setProperty("tile", "chosen" if chosen else "plain")
        self._caption.setText(f"✓ {self._title}" if chosen else self._title)
        self.style().unpolish(self)
        self.style().polish(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose this side."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()


def _html(lines: list[list[Piece]], theme: Theme, words: Words) -> str:
    """The lines with what differs marked: a ground and a line under it, never colour alone."""
    _ = words.gettext
    if not any(piece.text.strip() for line in lines for piece in line):
        unknown = escape(_("non renseigné"))
        return f'<span style="color: {theme.soft.name()}">{unknown}</span>'
    mark = f"background: {theme.found.name()}; text-decoration: underline"
    return "<br>".join(
        "".join(
            f'<span style="{mark}">{escape(piece.text)}</span>'
            if piece.differs and piece.text.strip()
            else escape(piece.text)
            for piece in line
        )
        for line in lines
    )
