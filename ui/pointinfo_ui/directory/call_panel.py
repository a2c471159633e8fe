"""The call that checks an entry: the number large, what to say, and what may come of it, each with its key."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from pointinfo.clock import local_day
from pointinfo.desk import Desk
from pointinfo.directory import Entry, card, fields, phone_script
from pointinfo.i18n import typeset
from pointinfo_ui.commands import key_words
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.closing_panel import ClosingPanel
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import Choice, button, clear, column, label, rule
from pointinfo_ui.theme import Theme
from pointinfo_ui.trust_light import TrustLight

LOW: Final = 400
"""Pixels at normal text size under which the panel has no foot of its own."""


class CallPanel(QFrame):
    """Shows one entry as it is checked by phone.

    Says `confirmed` (with how), `corrected`, `unanswered`, `closed` (with a reason and a successor), `mailed` and
    `printed`.
    """

    confirmed = Signal()
    corrected = Signal()
    unanswered = Signal()
    closed = Signal(str, str)
    mailed = Signal()
    printed = Signal()

    def __init__(self, desk: Desk, theme: Theme, author: Author) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self._author = author
        self.entry: Entry | None = None
        _ = desk.words.gettext
        self.setProperty("panel", True)
        self.setAccessibleName(_("L’appel"))
        self._outer = outer = QVBoxLayout(self)
        outer.setContentsMargins(2, 2, 2, 2)
        outer.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(self._scroll, 1)
        inside = QWidget()
        self._inside = QVBoxLayout(inside)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(0)
        self._scroll.setWidget(inside)
        self._low = False
        self.closing = ClosingPanel(desk, theme, framed=False)
        self.closing.confirmed.connect(self.closed)
        self.closing.left.connect(self._stop_closing)
        self._foot = self._make_foot()
        outer.addWidget(self._foot)
        author.changed.connect(self.refresh)

    @property
    def how(self) -> str:
        """By what the facts were confirmed."""
        return self._how.code

    def show_entry(self, entry: Entry) -> None:
        """Show the call about an entry, asked for with its internal fields."""
        self.entry = entry
        self._stop_closing()
        ways = {contact.kind for contact in (*entry.contacts, *entry.internal_contacts)}
        known = (how for kind, how in (("phone", "phone"), ("email", "email"), ("web", "website")) if kind in ways)
        self._how.fill(next(known, "visit"))
        self.refresh()

    def refresh(self) -> None:
        """Say it anew: another person may have sat down."""
        if self.entry is None:
            return
        self._stand(self._outer)
        clear(self._inside)
        head, script = QWidget(), QWidget()
        above, below = column(head, spacing=14), column(script, spacing=14)
        above.setContentsMargins(26, 24, 26, 10)
        below.setContentsMargins(26, 4, 26, 24)
        self._fill_head(above, self.entry)
        self._fill_script(below, self.entry)
        self._inside.addWidget(head)
        self._inside.addWidget(script)
        self._inside.addStretch(1)
        self._arrange()
        self._scroll.verticalScrollBar().setValue(0)
        self._scroll.setAccessibleName(self.entry.name)

    def begin_closing(self) -> None:
        """Ask why the entry is to be closed."""
        self._outcomes.hide()
        self.closing.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for a foot, what may come of the call scrolls with the rest, below the number."""
        super().resizeEvent(event)
        low = self.height() < self._theme.size(LOW)
        if low != self._low:
            self._low = low
            self._arrange()

    def _arrange(self) -> None:
        """The foot in its place."""
        self._stand(self._inside if self._low else self._outer)

    def _stand(self, where: QVBoxLayout) -> None:
        if where.indexOf(self._foot) < 0:
            where.insertWidget(min(1, where.count()), self._foot)  # takes it from where it was

    def _fill_head(self, body: QVBoxLayout, entry: Entry) -> None:
        head = QVBoxLayout()
        head.setSpacing(6)
        head.addWidget(label(typeset(entry.name), "title"))
        age = card.age(entry, local_day(self._desk.clock()), self._desk.words)
        head.addWidget(TrustLight(age, self._theme))
        body.addLayout(head)
        body.addLayout(self._numbers(entry))

    def _fill_script(self, body: QVBoxLayout, entry: Entry) -> None:
        words, calendar = self._desk.words, self._desk.directory.calendar
        call = phone_script.script(entry, self._author.name, self._desk.settings, words, calendar)
        body.addWidget(label(call.opening, "lead"))
        body.addWidget(rule())
        for question in call.questions:
            block = QVBoxLayout()
            block.setSpacing(2)
            block.addWidget(label(question.text, "label"))
            for fact in question.facts:
                block.addWidget(_selectable(fact))
            body.addLayout(block)
        body.addWidget(label(call.closing, "lead"))

    def _numbers(self, entry: Entry) -> QVBoxLayout:
        """Every number as large as there is, the internal ones too: this is read by the staff alone."""
        words = self._desk.words
        _ = words.gettext
        block = QVBoxLayout()
        block.setSpacing(4)
        direct = [(contact, _("ligne directe, à ne pas donner")) for contact in entry.internal_contacts]
        numbers = [(contact, contact.label) for contact in card.phones(entry)]
        numbers += [(contact, said) for contact, said in direct if contact.kind == "phone"]
        for contact, said in numbers:
            block.addWidget(_selectable(contact.value, "figure"))
            if said:
                block.addWidget(label(said, "meta"))
        if not numbers:
            block.addWidget(label(_("Aucun numéro"), "figure"))
            mail = _mail(entry)
            way = _("Préparez un courriel pour {address}.").format(address=mail) if mail else ""
            block.addWidget(label(way or _("Imprimez la feuille de contrôle, ou cherchez le numéro."), "lead"))
        else:
            _state, opening = card.opening_words(entry, self._desk.clock(), words, self._desk.directory.calendar)
            block.addWidget(label(opening, "meta"))
        return block

    def _make_foot(self) -> QWidget:
        words = self._desk.words
        _ = words.gettext
        options = [(code, said) for code, said in fields.choices("verified_how", words).items() if code]
        self._how = Choice(options)
        self._how.setAccessibleName(_("Vérifiée comment"))
        self._how.setFixedWidth(self._theme.size(190))
        confirm = button(_("Toujours exact"), "primary", key_words("Ctrl+Return", words))
        confirm.clicked.connect(self.confirmed)
        correct = button(_("Corriger"), "plain", key_words("Ctrl+E", words))
        correct.clicked.connect(self.corrected)
        unanswered = button(_("Pas de réponse"), "plain", key_words("Ctrl+R", words))
        unanswered.clicked.connect(self.unanswered)
        self._close = button(_("Fermée"))
        self._close.setToolTip(_("Cette offre n’existe plus."))
        self._close.clicked.connect(self.begin_closing)
        mail = button(_("Courriel à envoyer…"), "quiet")
        mail.clicked.connect(self.mailed)
        sheet = button(_("Feuille à imprimer…"), "quiet")
        sheet.clicked.connect(self.printed)
        self._outcomes = QWidget()
        lines = QVBoxLayout(self._outcomes)
        lines.setContentsMargins(26, 12, 26, 16)
        lines.setSpacing(8)
        lines.addWidget(flowing(confirm, correct, unanswered, self._close))
        lines.addWidget(flowing(self._how, mail, sheet))
        foot = QWidget()
        both = QVBoxLayout(foot)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(rule())
        both.addWidget(self._outcomes)
        both.addWidget(self.closing)
        return foot

    def _stop_closing(self) -> None:
        left = self.closing.isAncestorOf(QApplication.focusWidget() or self)
        self.closing.hide()
        self._outcomes.show()
        if left:
            self._close.setFocus(Qt.FocusReason.OtherFocusReason)


def _mail(entry: Entry) -> str:
    return next((contact.value for contact in entry.contacts if contact.kind == "email"), "")


def _selectable(text: str, role: str = "body") -> QWidget:
    shown = label(text, role)
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return shown
