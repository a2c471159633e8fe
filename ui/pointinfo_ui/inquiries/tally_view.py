"""Tally: one key a question, each stroke a note; what the day has counted so far stands beside each key."""

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.errors import PointInfoError
from pointinfo.inquiries import Note, codes
from pointinfo.inquiries.day_sheet import KEYS
from pointinfo_ui.commands import key_words
from pointinfo_ui.forms import button, column, label
from pointinfo_ui.inquiries.part import Part
from pointinfo_ui.messages import announce
from pointinfo_ui.theme import Theme

WIDEST = 400
"""Room for a key and the longest theme."""


class TallyView(Part):
    """A tile for each theme under its key. `channel` is what is pinned at the counter, or how people come there."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk, self._theme = desk, theme
        self.channel: Callable[[], str] = lambda: "counter"
        self._strokes: list[tuple[str, str]] = []
        self._codes: dict[str, str] = {}
        self.tiles: dict[str, QPushButton] = {}
        _ = desk.words.gettext
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Pointage"))
        outer = column(self, margins=0, spacing=14)
        self._lead = label("", "lead")
        outer.addWidget(self._lead)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, 8, 0)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        around.addLayout(self._grid)
        around.addStretch(1)
        scroll.setWidget(inside)
        outer.addWidget(scroll, 1)

    def enter(self) -> None:
        """Show what is counted; the next key counts."""
        self.refresh()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the themes and the day anew."""
        _ = self._desk.words.gettext
        counted = Counter(
            row.note.themes[0] if row.note.themes else ""
            for row in self._desk.inquiries.journal()
            if row.note.mode == "tally" and not row.voided
        )
        terms = [(term.code, term.label) for term in self._desk.directory.terms("theme")]
        listed = [("0", "", _("Question simple, sans thème"))]
        listed += [(key, code, text) for key, (code, text) in zip(KEYS, terms, strict=False)]
        codes_now = {key: code for key, code, _text in listed}
        if codes_now != self._codes:
            self._codes = codes_now
            self._make_tiles([key for key, _code, _text in listed])
        for key, code, text in listed:
            count = counted[code]
            self.tiles[key].setText(f"{key.upper()}   {text}" + (f"   · {count}" if count else ""))
            self.tiles[key].setAccessibleName(text)
            self.tiles[key].setAccessibleDescription(
                _("touche {key}, {count} aujourd’hui").format(key=key.upper(), count=count)
            )
        channel = codes.label("channel", self.channel(), self._desk.words.language)
        self._lead.setText(
            _("Une touche compte une question ({channel}). {key} annule la dernière.").format(
                channel=channel, key=key_words("Ctrl+Z", self._desk.words)
            )
        )

    def count(self, key: str) -> None:
        """Note a question of the theme under this key."""
        _ = self._desk.words.gettext
        code = self._codes[key]
        note = Note(mode="tally", channel=self.channel(), themes=(code,) if code else ())
        try:
            inquiry = self._desk.inquiries.add(note)
        except PointInfoError as error:
            self.said.emit(str(error))
            return
        text = self.tiles[key].accessibleName()
        self._strokes.append((inquiry, text))
        self.refresh()
        announce(self, text)
        self.said.emit(_("Compté : {theme}.").format(theme=text))
        self.changed.emit()

    def undo(self) -> bool:
        """Take the last stroke out of the counts, then the one before."""
        _ = self._desk.words.gettext
        if not self._strokes:
            return False
        inquiry, text = self._strokes[-1]
        try:
            self._desk.inquiries.void(inquiry)
        except PointInfoError as error:
            self.said.emit(str(error))
            return True
        self._strokes.pop()
        self.refresh()
        self.said.emit(_("Annulé : {theme}.").format(theme=text))
        self.changed.emit()
        return True

    @property
    def undoes_first(self) -> bool:
        """Strokes are what there is to take back here."""
        return bool(self._strokes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tiles stand beside each other where there is room."""
        super().resizeEvent(event)
        self._lay_tiles()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key held down is one stroke."""
        key = event.text().lower()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if plain and key in self._codes:
            if not event.isAutoRepeat():
                self.count(key)
            return
        super().keyPressEvent(event)

    def _make_tiles(self, keys: list[str]) -> None:
        for tile in self.tiles.values():
            tile.hide()
            tile.deleteLater()
        self.tiles = {}
        for key in keys:
            tile = button("", "side")
            tile.setMinimumHeight(self._theme.size(44))
            tile.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            tile.clicked.connect(self._counter(key))
            self.tiles[key] = tile
        self._lay_tiles()

    def _lay_tiles(self) -> None:
        """As many beside each other as have room for the longest theme."""
        across = min(3, max(1, self.width() // self._theme.size(WIDEST)))
        for place, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, place // across, place % across)
        for number in range(3):
            self._grid.setColumnStretch(number, 1 if number < across else 0)

    def _counter(self, key: str) -> Callable[[], None]:
        return lambda: self.count(key)
