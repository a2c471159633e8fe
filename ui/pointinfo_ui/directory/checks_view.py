"""What is to be checked: five entries to call today, then all the rest; one key for each outcome of a call."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QListView,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pointinfo.desk import Desk
from pointinfo.directory import card, freshness
from pointinfo.errors import PointInfoError
from pointinfo_ui.background import Background
from pointinfo_ui.commands import key_words
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.call_panel import CallPanel
from pointinfo_ui.directory.check_files import CheckFiles
from pointinfo_ui.directory.due_model import DueModel
from pointinfo_ui.directory.name_line import NameLine
from pointinfo_ui.directory.sheet_form import SheetForm
from pointinfo_ui.directory.view import View
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, label, panel
from pointinfo_ui.messages import announce
from pointinfo_ui.rows import list_rows
from pointinfo_ui.theme import Theme

A_DAY: Final = 5
"""Calls that a counter can make beside its visitors: five a day are a thousand entries a year."""
BESIDE_FROM: Final = 700
"""Pixels at normal text size from which list and call stand beside each other."""
ABOVE: Final = 88
"""Pixels at normal text size that the list takes above the call: an entry, and that there are more."""
LISTED: Final = 200
"""The rest is listed as far as anyone would go in a day."""


class ChecksView(View):
    """The list of what is due and the call about the chosen entry."""

    def __init__(self, desk: Desk, theme: Theme, background: Background, author: Author) -> None:
        super().__init__(desk, theme, background, author)
        self._kind = ""
        self._chips: dict[str, QPushButton] = {}
        self._undo: Callable[[], None] | None = None
        self._refreshing = False
        self.files = CheckFiles(self, desk)
        self.model = DueModel(desk)
        self.list = QListView()
        self.call = CallPanel(desk, theme, author)
        self.form = SheetForm(desk, theme, author)
        self._lay_out()
        self.call.confirmed.connect(self.still_correct)
        self.call.corrected.connect(self.correct)
        self.call.unanswered.connect(self.no_answer)
        self.call.closed.connect(self.close_entry)
        self.call.mailed.connect(lambda: self.files.ask_mail(self._chosen))
        self.call.printed.connect(lambda: self.files.ask_sheet(self._chosen))
        self.form.kept.connect(self.keep_sheet)
        self.form.left.connect(self._leave_sheet)
        self.files.said.connect(self._say)
        self.files.read.connect(self.changed)

    # What the keys and buttons do

    def still_correct(self) -> None:
        """Every fact was confirmed: on disk, and the next entry comes up. With a sheet open: what is typed in it."""
        if not self.form.isHidden():
            self.keep_sheet()
            return
        _ = self._desk.words.gettext
        entry = self.call.entry
        if entry is None:
            return
        until = freshness.interval(entry.kind, important=entry.important)
        months = round(until.days / 30)
        words = self._desk.words
        said = words.ngettext(
            "«{name}» est vérifiée, à revoir dans {count} mois.",
            "«{name}» est vérifiée, à revoir dans {count} mois.",
            months,
        )
        self._do(
            lambda: self._desk.verification.still_correct(entry.uid, self._author.name, self.call.how),
            said.format(name=entry.name, count=months),
        )

    def no_answer(self) -> None:
        """Nobody answered: the entry comes back in some days."""
        _ = self._desk.words.gettext
        entry = self.call.entry
        if entry is not None and self.form.isHidden():
            self._do(
                lambda: self._desk.verification.no_answer(entry.uid, self._author.name),
                _("«{name}» reviendra dans une semaine.").format(name=entry.name),
            )

    def correct(self) -> None:
        """Open the entry in the editor."""
        if self.call.entry is not None:
            self.asked_for.emit(self.call.entry.uid)

    def type_sheet(self) -> None:
        """Open the sheet of the chosen entry, to type in what came back on paper."""
        if self.form.isHidden():
            self.form.open(self._chosen)
            self._arrange()

    def keep_sheet(self) -> None:
        """Keep what was typed in the sheet, every other fact as confirmed; who is no editor proposes it."""
        outcome = self.form.outcome()
        if outcome is not None and self._do(*outcome):
            self._leave_sheet()

    def close_entry(self, reason: str, successor: str) -> None:
        """The offer exists no more; whoever is no editor proposes so."""
        _ = self._desk.words.gettext
        entry = self.call.entry
        if entry is None:
            return
        author, revisions, verification = self._author.name, self._desk.revisions, self._desk.verification
        if self._author.is_editor:
            said = _("«{name}» est fermée.").format(name=entry.name)
            self._do(lambda: revisions.close(entry.uid, reason, author, successor), said)
            return
        said = _("La fermeture de «{name}» est proposée aux éditeur-rice-s.").format(name=entry.name)
        withdrawn = _("retirée par son auteur-e")
        self._do(
            lambda: verification.propose_closing(entry.uid, reason, author, successor),
            said,
            lambda proposal: revisions.refuse(proposal, author, withdrawn),
        )

    # What the page asks

    @property
    def is_edited(self) -> bool:
        """Whether a sheet is typed and not kept."""
        return not self.form.isHidden() and self.form.is_edited

    def enter(self) -> None:
        """Show the present, the focus on the list."""
        self.refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def undo(self) -> bool:
        """Take back the last outcome."""
        undo, self._undo = self._undo, None
        if undo is None:
            return False
        _ = self._desk.words.gettext
        try:
            undo()
        except PointInfoError as error:
            self._say(str(error))
            return True
        self.refresh()
        self._say(_("C’est annulé : la fiche est comme avant."))
        self.changed.emit()
        return True

    def refresh(self, row: int = 0) -> None:
        """Read anew what is due, keeping the chosen entry where it still is, else choosing the one in `row`."""
        self._refreshing = True
        words = self._desk.words
        _ = words.gettext
        verification = self._desk.verification
        chosen = self._chosen
        self.model.show(verification.due(LISTED, self._kind) if self._kind else verification.to_call(A_DAY))
        total, done = verification.count_due(), verification.done_today()
        self._count.setText(
            words.ngettext("{count} fiche à vérifier", "{count} fiches à vérifier", total).format(count=total)
        )
        if done >= A_DAY:
            said = words.ngettext(
                "{count} vérifiée aujourd’hui : les appels du jour sont faits.",
                "{count} vérifiées aujourd’hui : les appels du jour sont faits.",
                done,
            ).format(count=done)
        else:
            said = _("{count} sur {goal} aujourd’hui").format(count=done, goal=A_DAY)
        self._progress_words.setText(said)
        self._progress.setValue(min(done, A_DAY))
        self._progress.setAccessibleDescription(said)
        last = self.model.rowCount() - 1
        place = self.model.row_of(chosen)
        row = place if place >= 0 else min(max(row, 0), last)
        filled = last >= 0
        self._stack.setCurrentIndex(0 if filled else 1)
        self._arrange()
        if filled:
            self.list.setCurrentIndex(self.model.index(row, 0))
        self._refreshing = False
        self._show_chosen()

    def choose_kind(self, kind: str) -> None:
        """List what is due of one kind, "" for today's calls."""
        self._kind = kind
        self._chips[kind].setChecked(True)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Row heights follow the width; without room beside each other, the list stands above the call."""
        super().resizeEvent(event)
        self._arrange()
        self.list.scheduleDelayedItemsLayout()

    # How it is done

    def _arrange(self) -> None:
        """The list and the call, or the sheet that is typed; where there is no room for both, the sheet alone."""
        types = not self.form.isHidden()
        narrow = self.width() * 100 / self._theme.percent < BESIDE_FROM
        self.call.setVisible(not types and self.model.rowCount() > 0)
        self._listed.setVisible(not (types and narrow))
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._listed.setMaximumHeight(self._theme.size(ABOVE) if narrow else 16_777_215)
        for part in (self._kinds, self._progress, self._progress_words):
            part.setVisible(not narrow)

    def _do(self, act: Callable[[], str], sentence: str, take_back: Callable[[str], None] | None = None) -> bool:
        """Do `act`, which returns the revision it made; the next entry takes the place of this one. Whether it went.

        `take_back` undoes that revision; without, the entry becomes what it was before.
        """
        row = self.list.currentIndex().row()
        try:
            revision = act()
        except PointInfoError as error:
            self._say(str(error))
            return False
        author, verification = self._author.name, self._desk.verification
        undo = take_back or (lambda made: verification.take_back(made, author))
        self._undo = lambda: undo(revision)
        self.refresh(row)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        _ = self._desk.words.gettext
        back = _("{key} l’annule.").format(key=key_words("Ctrl+Z", self._desk.words))
        self._say(f"{sentence} {back}")
        self.changed.emit()
        return True

    def _leave_sheet(self) -> None:
        self.form.hide()
        self._arrange()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _chosen(self) -> str:
        return self.model.uid(self.list.currentIndex().row())

    def _show_chosen(self) -> None:
        if self._refreshing:
            return
        uid = self._chosen
        if not uid:
            self.call.entry = None
            return
        entry = self._desk.directory.entry(uid, internal=True)
        self.call.show_entry(entry)

    def _say(self, sentence: str) -> None:
        announce(self, sentence)
        self.said.emit(sentence)

    def _lay_out(self) -> None:
        _ = self._desk.words.gettext
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(14)
        outer.addWidget(self._head())
        self._columns = QHBoxLayout()
        self._columns.setSpacing(16)
        outer.addLayout(self._columns, 1)
        self._listed = self._list_panel()
        self._columns.addWidget(self._listed, 5)
        self._columns.addWidget(self.call, 6)
        self._columns.addWidget(self.form, 6)

    def _head(self) -> QWidget:
        _ = self._desk.words.gettext
        self._count = label("", "heading", wrap=False)
        self._progress = QProgressBar()
        self._progress.setRange(0, A_DAY)
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(self._theme.size(120))
        self._progress.setAccessibleName(_("Appels du jour"))
        self._progress_words = label("", "meta", wrap=False)
        reply = button(_("Lire une réponse…"), "plain")
        reply.clicked.connect(self.files.ask_reply)
        paper = button(_("Saisir une feuille"), "plain", key_words("Ctrl+T", self._desk.words))
        paper.clicked.connect(self.type_sheet)
        self.name_line = NameLine(self._author, self._desk.words, self._theme)
        name = label(_("Votre nom"), "label", wrap=False)
        name.setBuddy(self.name_line)
        named = QWidget()
        line = QHBoxLayout(named)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(name)
        line.addWidget(self.name_line)
        return flowing(self._count, self._progress, self._progress_words, reply, paper, named, gap=14)

    def _list_panel(self) -> QFrame:
        words = self._desk.words
        _ = words.gettext
        listed = panel()
        inside = QVBoxLayout(listed)
        inside.setContentsMargins(2, 2, 2, 2)
        inside.setSpacing(0)
        group = QButtonGroup(self)
        titles = {"": _("À appeler aujourd’hui")} | {
            kind: card.kind_words(kind, words) for kind in ("service", "association", "activity", "place")
        }
        for kind, title in titles.items():
            chip = button(title, "chip")
            chip.setCheckable(True)
            chip.clicked.connect(self._kind_chooser(kind))
            group.addButton(chip)
            self._chips[kind] = chip
        self._chips[""].setChecked(True)
        self._kinds = flowing(*self._chips.values(), gap=6, margins=(14, 14, 14, 10))
        inside.addWidget(self._kinds)
        list_rows(self.list, self.model, self._theme, _("Fiches à vérifier"))
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._show_chosen())
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing_due())
        inside.addWidget(self._stack, 1)
        return listed

    def _nothing_due(self) -> QWidget:
        _ = self._desk.words.gettext
        empty = QWidget()
        lines = column(empty, margins=28)
        lines.addStretch(1)
        for text, role in (
            (_("Rien à vérifier ici."), "heading"),
            (_("Chaque fiche revient d’elle-même quand ses faits ont vieilli."), "lead"),
        ):
            line = label(text, role)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            lines.addWidget(line)
        lines.addStretch(2)
        return empty

    def _kind_chooser(self, kind: str) -> Callable[[bool], None]:
        return lambda _on: self.choose_kind(kind)
