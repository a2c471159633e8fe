"""The card: one entry, made to be read aloud. State and phone first, then the facts in the order of a question."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pointinfo.clock import local_day
from pointinfo.desk import Desk
from pointinfo.directory import Entry, Spot, card, hours, nearness
from pointinfo.directory.card import Fact
from pointinfo.i18n import typeset
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, label, rule, say
from pointinfo_ui.theme import Theme
from pointinfo_ui.trust_light import TrustLight

SHORT = 560
"""Pixels at normal text size under which the opening state and the phone come before the summary."""

SIDE, NARROW_SIDE = 26, 14
"""Pixels of air around the card, and around a short one."""
GAP = 10
"""Pixels between its buttons."""


class CardView(QFrame):
    """Shows one entry, or how to get one.

    Says `taken` when it goes into the visit, `previewed` for its sheet, `confirmed` when somebody found it correct.
    """

    taken = Signal()
    previewed = Signal()
    confirmed = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self.entry: Entry | None = None
        self._spoken = self._spoken_name = ""
        self._from: Spot | None = None
        self._is_kept = False
        self._said: tuple[hours.State, str] | None = None
        _ = desk.words.gettext
        self.setProperty("panel", True)
        self.setAccessibleName(_("Fiche"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2, 2, 2, 2)
        outer.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(self._scroll, 1)
        take = self._take = button(_("Ajouter à la visite"), "primary", _("Entrée"))
        take.clicked.connect(self.taken)
        preview = self._preview = button(_("Aperçu"), "plain", "Ctrl+P")
        preview.clicked.connect(self.previewed)
        confirm = self._confirm = button(_("Toujours exact"), "plain", "F8")
        confirm.setToolTip(_("Les faits viennent d’être confirmés au téléphone."))
        confirm.clicked.connect(self.confirmed)
        self._foot = flowing(take, preview, confirm, gap=GAP)
        outer.addWidget(self._foot)
        self.show_entry(None)

    def show_entry(self, entry: Entry | None) -> None:
        """Show `entry`, which was asked for with its internal fields; None for the empty state."""
        self.entry = entry
        inside = QWidget()
        body = column(inside, margins=NARROW_SIDE if self._is_short() else SIDE, spacing=14)
        self._foot.setVisible(entry is not None)
        if entry is None:
            self._welcome(body)
        else:
            self._fill(body, entry)
        body.addStretch(1)
        self._scroll.setWidget(inside)
        self._scroll.setAccessibleName(entry.name if entry else self.accessibleName())

    def speak(self, language: str, name: str) -> None:
        """The language of the question, "" for French: what an editor wrote in it stands below the French."""
        if language != self._spoken:
            self._spoken, self._spoken_name = language, name
            if self.entry is not None:
                self.show_entry(self.entry)

    def measure(self, spot: Spot | None) -> None:
        """Say how far an entry is from there; None to say nothing of it."""
        if spot != self._from:
            self._from = spot
            if self.entry is not None:
                self.show_entry(self.entry)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low card keeps its room for the facts: what is confirmed has its key too."""
        super().resizeEvent(event)
        self._fit_foot()

    def _fit_foot(self) -> None:
        short = self._is_short()
        side = NARROW_SIDE if short else SIDE
        self._foot.setContentsMargins(side, 10, side, 10 if short else 18)
        self._say_taken(short=False)
        room = self.width() - 2 * side - 4
        self._confirm.setVisible(not short or _length(self._take, self._preview, self._confirm) <= room)
        if short and _length(self._take, self._preview) > room:
            self._say_taken(short=True)

    def mark_kept(self, *, kept: bool) -> None:
        """Whether the shown entry is in the visit already."""
        self._is_kept = kept
        self._take.setEnabled(not kept)
        self._fit_foot()

    def _say_taken(self, *, short: bool) -> None:
        _ = self._desk.words.gettext
        if self._is_kept:
            say(self._take, _("Ajoutée") if short else _("Dans la visite"))
        else:
            say(self._take, _("Ajouter") if short else _("Ajouter à la visite"), _("Entrée"))

    def read_on(self, pages: float) -> None:
        """Move what is shown by so many of its heights."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + round(pages * self._scroll.viewport().height()))

    def let_time_pass(self) -> None:
        """Say anew whether it is open, where that has changed."""
        if self.entry is not None and self._opening(self.entry) != self._said:
            self.show_entry(self.entry)

    def sentence(self) -> str:
        """The card read aloud, for screen readers and tests."""
        return "\n".join(found.text() for found in self._scroll.findChildren(QLabel) if found.text())

    def _is_short(self) -> bool:
        return self.height() < self._theme.size(SHORT)

    def _welcome(self, body: QVBoxLayout) -> None:
        _ = self._desk.words.gettext
        body.addStretch(1)
        lines = [
            (_("La fiche s’affiche ici, prête à lire."), "heading"),
            (_("Écrivez quelques lettres, choisissez avec les flèches, ajoutez à la visite avec Entrée."), "lead"),
        ]
        if not self._desk.settings.counter_name:
            lines.append((_("Premier usage ? Donnez un nom à ce guichet dans les Réglages (Ctrl+5)."), "meta"))
        for text, role in lines:
            line = label(text, role)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            body.addWidget(line)

    def _fill(self, body: QVBoxLayout, entry: Entry) -> None:
        words = self._desk.words
        _ = words.gettext
        head = QVBoxLayout()
        head.setSpacing(6)
        head.addWidget(_selectable(label(typeset(entry.name), "title")))
        far = nearness.of_entry(self._from, entry) if self._from is not None else None
        beside = [card.kind_words(entry.kind, words)] + ([nearness.distance_words(far, words)] if far else [])
        head.addWidget(label(" · ".join(beside), "meta"))
        summary = entry.wording(words.language).summary
        lead = _selectable(label(typeset(summary), "lead"))
        short = self._is_short()
        if summary and not short:
            head.addWidget(lead)
        body.addLayout(head)
        caution = card.warning(entry, words)
        if caution:
            body.addWidget(_tile("warning", "", typeset(caution), "warning"))
        body.addLayout(self._tiles(entry, short=short))
        if summary and short:
            body.addWidget(lead)
        spoken = entry.wordings.get(self._spoken)
        if spoken is not None and spoken.summary and self._spoken != words.language:
            body.addWidget(_tile("plain", self._spoken_name, spoken.summary, "lead"))
        body.addLayout(_grid(card.facts(entry, words, self._desk.directory.calendar, self._desk.clock())))
        internal = card.internal_facts(entry, words)
        if internal:
            body.addWidget(self._internal(internal))
        body.addWidget(rule())
        body.addLayout(self._trust(entry))

    def _tiles(self, entry: Entry, *, short: bool) -> QBoxLayout:
        words = self._desk.words
        _ = words.gettext
        tiles = QVBoxLayout() if short else QHBoxLayout()
        tiles.setSpacing(6 if short else 12)
        state, said = self._said = self._opening(entry)
        tiles.addWidget(_tile(card.tone(state), _("Maintenant"), said, "big", flat=short), 1)
        phones = card.phones(entry)
        said = "\n".join(f"{c.value} ({c.label})" if c.label else c.value for c in phones)
        role = "big" if phones else "lead"
        tiles.addWidget(_tile("plain", _("Téléphone"), said or _("numéro inconnu"), role, flat=short), 1)
        return tiles

    def _opening(self, entry: Entry) -> tuple[hours.State, str]:
        return card.opening_words(entry, self._desk.clock(), self._desk.words, self._desk.directory.calendar)

    def _internal(self, facts: tuple[Fact, ...]) -> QFrame:
        _ = self._desk.words.gettext
        tile = QFrame()
        tile.setProperty("tile", "plain")
        inside = column(tile, margins=14, spacing=8)
        inside.addWidget(label(_("Pour le personnel uniquement, jamais imprimé"), "meta"))
        inside.addLayout(_grid(facts))
        return tile

    def _trust(self, entry: Entry) -> QHBoxLayout:
        words = self._desk.words
        _ = words.gettext
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(TrustLight(card.age(entry, local_day(self._desk.clock()), words), self._theme), 1)
        source = card.source_words(entry)
        if source:
            shown = label("", "meta")
            shown.setTextFormat(Qt.TextFormat.RichText)
            shown.setText(
                _link(_target(entry.source), _("Source : {site}").format(site=source), self._theme.soft.name())
            )
            shown.setOpenExternalLinks(True)
            shown.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.addWidget(shown, 1)
        return line


def _length(*buttons: QPushButton) -> int:
    """Pixels of buttons side by side."""
    return sum(each.sizeHint().width() for each in buttons) + GAP * (len(buttons) - 1)


def _grid(facts: tuple[Fact, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(10)
    grid.setColumnStretch(1, 1)
    for row, fact in enumerate(facts):
        grid.addWidget(label(fact.label, "label", wrap=False), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_value(fact), row, 1)
    return grid


def _value(fact: Fact) -> QLabel:
    if fact.style == "link":
        shown = label("")
        shown.setTextFormat(Qt.TextFormat.RichText)
        shown.setText("<br>".join(_link(_target(line), line) for line in fact.lines))
        shown.setOpenExternalLinks(True)
        return shown
    lines = [f"☐ {line}" for line in fact.lines] if fact.style == "checklist" else list(fact.lines)
    return _selectable(label(typeset("\n".join(lines))))


def _target(line: str) -> str:
    """Where a shown address leads: to the web or to a mail program, never to a file or a share."""
    if line.startswith(("https://", "http://")):
        return line
    return f"mailto:{line}" if "@" in line and "://" not in line else ""


def _link(target: str, text: str, colour: str = "") -> str:
    style = f' style="color: {colour}"' if colour else ""
    broken = escape(text).replace("/", "/\u200b")
    if not target:
        return broken
    return f'<a href="{escape(target)}"{style}>{broken}</a>'


def _tile(kind: str, caption: str, text: str, role: str, *, flat: bool = False) -> QFrame:
    """A fact that is read first, under its caption; beside it where the tile has to be flat."""
    tile = QFrame()
    tile.setProperty("tile", kind)
    inside: QBoxLayout = QHBoxLayout(tile) if flat else QVBoxLayout(tile)
    inside.setContentsMargins(14, 8 if flat else 14, 14, 8 if flat else 14)
    inside.setSpacing(14 if flat else 2)
    if caption:
        inside.addWidget(label(caption, "meta", wrap=not flat))
    said = _selectable(label(text, role))
    said.setProperty("state", kind)
    inside.addWidget(said, int(flat))
    inside.addStretch(int(not flat))
    return tile


def _selectable(shown: QLabel) -> QLabel:
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return shown
