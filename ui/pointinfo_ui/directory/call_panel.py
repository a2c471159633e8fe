"""The call that checks an entry: the number large, what to say, and what may come of it, each with its key."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from pointinfo.clock import local_day
from pointinfo.desk import Desk
from pointinfo.directory import Entry, card, fields, phone_script
from pointinfo_ui.commands import key_words
from pointinfo_ui.directory.author import Author
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import Choice, button, column, label, rule
from pointinfo_ui.theme import Theme
from pointinfo_ui.trust_light import TrustLight


class CallPanel(QFrame):
    """Shows one entry as it is checked by phone.

    Says `confirmed` (with how), `corrected`, `unanswered`, `closed` (with a reason), `mailed` and `printed`.
    """

    confirmed = Signal()
    corrected = Signal()
    unanswered = Signal()
    closed = Signal(str)
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
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2, 2, 2, 2)
        outer.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(self._scroll, 1)
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
        self._how.fill("phone" if card.phones(entry) or not _mail(entry) else "email")
        self.refresh()

    def refresh(self) -> None:
        """Say it anew: another person may have sat down."""
        if self.entry is None:
            return
        inside = QWidget()
        body = column(inside, margins=26, spacing=14)
        self._fill(body, self.entry)
        body.addStretch(1)
        self._scroll.setWidget(inside)
        self._scroll.setAccessibleName(self.entry.name)

    def begin_closing(self) -> None:
        """Ask why the entry is to be closed."""
        self._closing.show()
        self._outcomes.hide()
        self.reason.clear()
        self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape in the reason's field leaves the entry as it is."""
        if (
            watched is self.reason
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self._stop_closing()
            self._close.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _fill(self, body: QVBoxLayout, entry: Entry) -> None:
        words, calendar = self._desk.words, self._desk.directory.calendar
        _ = words.gettext
        head = QVBoxLayout()
        head.setSpacing(6)
        head.addWidget(label(entry.name, "title"))
        head.addWidget(TrustLight(card.age(entry, local_day(self._desk.clock()), words), self._theme))
        body.addLayout(head)
        body.addLayout(self._numbers(entry))
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
        lines.addWidget(flowing(confirm, self._how))
        lines.addWidget(flowing(correct, unanswered, self._close))
        lines.addWidget(flowing(mail, sheet))
        foot = QWidget()
        both = QVBoxLayout(foot)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(rule())
        both.addWidget(self._outcomes)
        both.addWidget(self._make_closing())
        return foot

    def _make_closing(self) -> QWidget:
        """Why it is closed: asked once, then done; it can be taken back."""
        _ = self._desk.words.gettext
        self._closing = QWidget()
        lines = column(self._closing, margins=16, spacing=8)
        lines.setContentsMargins(26, 12, 26, 16)
        name = label(_("Pourquoi l’offre n’existe plus"), "label")
        self.reason = QLineEdit()
        self.reason.setAccessibleName(name.text())
        self.reason.setPlaceholderText(_("déménagée, dissoute, réunie avec une autre…"))
        self.reason.installEventFilter(self)
        self.reason.returnPressed.connect(lambda: self.closed.emit(self.reason.text().strip()))
        name.setBuddy(self.reason)
        done = button(_("Fermer la fiche"), "primary", key_words("Return", self._desk.words))
        done.clicked.connect(lambda: self.closed.emit(self.reason.text().strip()))
        back = button(_("Laisser ouverte"), "plain", key_words("Esc", self._desk.words))
        back.clicked.connect(self._stop_closing)
        for widget in (name, self.reason, flowing(done, back)):
            lines.addWidget(widget)
        self._closing.hide()
        return self._closing

    def _stop_closing(self) -> None:
        self._closing.hide()
        self._outcomes.show()


def _mail(entry: Entry) -> str:
    return next((contact.value for contact in entry.contacts if contact.kind == "email"), "")


def _selectable(text: str, role: str = "body") -> QWidget:
    shown = label(text, role)
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return shown
