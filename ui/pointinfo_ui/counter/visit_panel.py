"""This visit: the cards kept for it, their sheet, the note that writes itself, and the key for the next visitor."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from pointinfo.clock import ZONE
from pointinfo.desk import Desk
from pointinfo.i18n import typeset
from pointinfo.inquiries import Pin, Visit, codes
from pointinfo_ui.commands import key_words
from pointinfo_ui.forms import button, clear, label, rule, say
from pointinfo_ui.note_form import NoteForm
from pointinfo_ui.theme import Theme


class VisitPanel(QFrame):
    """Says what a person asks for; the page does it."""

    sheet_asked = Signal()
    confirmed = Signal()
    tallied = Signal()
    pin_asked = Signal()
    dropped = Signal(str)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        _ = desk.words.gettext
        self.setProperty("panel", True)
        self.setAccessibleName(_("Cette visite"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(18, 18, 18, 14)
        outer.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(label(_("Cette visite"), "heading", wrap=False), 1)
        self._elapsed = label("", "meta", wrap=False)
        head.addWidget(self._elapsed)
        outer.addLayout(head)
        listed = QWidget()
        self._kept = QVBoxLayout(listed)
        self._kept.setContentsMargins(0, 0, 0, 0)
        self._kept.setSpacing(4)
        self._cards = _scrolling(listed)
        self._cards.setAccessibleName(_("Fiches de cette visite"))
        outer.addWidget(self._cards)
        self.sheet = button(_("Aperçu et impression"), "primary", "Ctrl+P")
        self.sheet.clicked.connect(self.sheet_asked)
        outer.addWidget(self.sheet)
        self._rule = rule()
        outer.addWidget(self._rule)
        self.form = NoteForm(desk)
        self.pinned = button("", "chip")
        self.pinned.setCheckable(True)
        self.pinned.clicked.connect(self.pin_asked)
        self.pinned.hide()
        outer.addWidget(self.pinned)
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, 6, 0)
        around.addWidget(self.form)
        around.addStretch(1)
        outer.addWidget(_scrolling(inside), 1)
        self.confirm = button(_("Noter, visite suivante"), "plain", key_words("Ctrl+Return", desk.words))
        self.confirm.clicked.connect(self.confirmed)
        outer.addWidget(self.confirm)
        self._tally = button(_("Compter une question simple"), "quiet", "F9")
        self._tally.clicked.connect(self.tallied)
        outer.addWidget(self._tally)
        self._today = label("", "meta")
        self._today.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        outer.addWidget(self._today)

    def set_narrow(self, *, narrow: bool) -> None:
        """In a narrow window it stands for itself when the note is corrected: the fields have all the room."""
        for part in (self._cards, self.sheet, self._rule, self._tally, self._today):
            part.setVisible(not narrow)

    def show_visit(self, visit: Visit) -> None:
        """Show what the visit holds now."""
        _ = self._desk.words.gettext
        clear(self._kept)
        if not visit.kept:
            self._kept.addWidget(label(_("Entrée ajoute la fiche affichée."), "meta"))
        for seen in visit.kept:
            row = self._row(seen.uid, seen.name, visit.copies.get(seen.uid, 0))
            self._kept.addWidget(row)
            row.show()  # now, not with the next round of events: what is hidden has no height yet
        self._give_room()
        self.show_elapsed(visit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names break otherwise in another width."""
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """The cards take what they need, up to a few lines; beyond, they scroll and the note keeps its room."""
        width = self.width() - 2 * 18
        needed = self._kept.heightForWidth(width) if self._kept.hasHeightForWidth() else self._kept.sizeHint().height()
        self._cards.setFixedHeight(
            min(needed, self._theme.size(148 if self.height() > self._theme.size(640) else 96)) + 2
        )

    def show_elapsed(self, visit: Visit) -> None:
        """How long the visitor has been here, in whole minutes; nothing before the first."""
        _ = self._desk.words.gettext
        minutes = int(visit.elapsed(self._desk.clock()).total_seconds() // 60)
        self._elapsed.setText(_("{minutes} min").format(minutes=minutes) if minutes else "")

    def show_pin(self, pin: Pin) -> None:
        """What is pinned, until when, and the key that frees it; nothing where nothing is."""
        _ = self._desk.words.gettext
        until = pin.until
        if until is not None:
            channel = codes.label("channel", pin.channel, self._desk.words.language)
            told = _("Épinglé : {channel}, jusqu’à {time}").format(
                channel=channel, time=f"{until.astimezone(ZONE):%H:%M}"
            )
            say(self.pinned, told, "F7")
        self.pinned.setChecked(until is not None)
        self.pinned.setVisible(until is not None)

    def show_day(self) -> None:
        """How busy today has been."""
        words = self._desk.words
        _ = words.gettext
        day = self._desk.inquiries.count()
        inquiries = words.ngettext("{count} demande", "{count} demandes", day.inquiries).format(count=day.inquiries)
        people = words.ngettext("{count} personne", "{count} personnes", day.people).format(count=day.people)
        self._today.setText(_("Aujourd’hui : {inquiries} · {people}").format(inquiries=inquiries, people=people))

    def _row(self, uid: str, name: str, copies: int) -> QWidget:
        _ = self._desk.words.gettext
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        shown = QLabel(typeset(name))
        shown.setWordWrap(True)
        shown.setTextFormat(Qt.TextFormat.PlainText)
        line.addWidget(shown, 1)
        if copies:
            line.addWidget(label(_("imprimée"), "meta", wrap=False))
        remove = button("", "quiet")
        remove.setIcon(self._theme.icon("remove", self._theme.soft, 16))
        remove.setAccessibleName(_("Retirer {name} de la visite").format(name=name))
        remove.setToolTip(_("Retirer de la visite"))
        remove.clicked.connect(self._dropper(uid))
        line.addWidget(remove)
        return row

    def _dropper(self, uid: str) -> Callable[[], None]:
        return lambda: self.dropped.emit(uid)


def _scrolling(inside: QWidget) -> QScrollArea:
    """As wide as there is room, scrolled up and down; the focus goes to what is inside."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inside)
    return scroll
