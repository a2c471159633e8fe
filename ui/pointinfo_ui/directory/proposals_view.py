"""What waits for an editor: each proposal against the entry as it stands, taken whole, in part, or refused."""

from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from pointinfo.desk import Desk
from pointinfo.directory import Change, Wish, fields
from pointinfo.errors import PointInfoError
from pointinfo.i18n import typeset
from pointinfo_ui.background import Background
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.comparison import Comparison
from pointinfo_ui.directory.history_view import listed, moment
from pointinfo_ui.directory.list_pane import ListPane
from pointinfo_ui.directory.view import View
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, label, panel, say
from pointinfo_ui.messages import announce
from pointinfo_ui.rows import ROW_ROLE, RowText
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


class ProposalsModel(QAbstractListModel):
    """The proposals that wait, oldest first."""

    def __init__(self, desk: Desk, author: Author) -> None:
        super().__init__()
        self._desk = desk
        self._author = author
        self._waiting: list[Change] = []
        self._rows: dict[str, RowText] = {}

    def refresh(self) -> None:
        """Read anew what waits."""
        self.beginResetModel()
        self._waiting = self._desk.revisions.proposals()
        self._rows = {}
        self.endResetModel()

    def proposal(self, row: int) -> Change | None:
        """The proposal in a row."""
        return self._waiting[row] if 0 <= row < len(self._waiting) else None

    def row_of(self, proposal: str) -> int:
        """Where a proposal stands, 0 when it waits no more."""
        return next((place for place, each in enumerate(self._waiting) if each.id == proposal), 0)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One a proposal."""
        return 0 if parent.isValid() else len(self._waiting)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The proposal as a row and as a sentence."""
        waiting = self.proposal(index.row()) if index.isValid() else None
        if waiting is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return waiting.record.name
        if role in (ROW_ROLE, Qt.ItemDataRole.AccessibleTextRole):
            shown = self._rows.get(waiting.id) or self._rows.setdefault(waiting.id, self._shown(waiting))
            return shown if role == ROW_ROLE else shown.sentence()
        return None

    def _shown(self, waiting: Change) -> RowText:
        words = self._desk.words
        _ = words.gettext
        wish = self._desk.revisions.wish(waiting.id)
        changed = self._desk.revisions.proposed(waiting.id)
        details = [waiting.author or _("sans nom"), moment(waiting.at, words), waiting.comment]
        mine = waiting.author and waiting.author == self._author.name
        return RowText(
            wish.present.record.name if wish.present else waiting.record.name,
            state=_("la vôtre") if mine else "",
            body=_("nouvelle fiche") if wish.present is None else listed(changed, words),
            meta=" · ".join(filter(None, details)),
        )


class ProposalsView(View):
    """The proposals at the left; the chosen one field by field, and what to do with it, at the right."""

    def __init__(self, desk: Desk, theme: Theme, background: Background, author: Author) -> None:
        super().__init__(desk, theme, background, author)
        _ = desk.words.gettext
        self._undo = ""
        self._wish: Wish | None = None
        self.model = ProposalsModel(desk, author)
        self._pane = ListPane(self.model, theme, _("Propositions en attente"), (Qt.Key.Key_Delete, Qt.Key.Key_Return))
        self._pane.say_instead(
            _("Aucune proposition n’attend."),
            _("Ce que proposent les personnes qui ne décident pas de l’annuaire arrive ici, la plus ancienne d’abord."),
        )
        self._pane.moved.connect(self._show_chosen)
        self._pane.pressed.connect(self._list_key)
        self.list = self._pane.list
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(self._pane, 4)
        columns.addWidget(self._detail(), 6)
        author.changed.connect(self._show_chosen)

    def enter(self) -> None:
        """Show what waits now."""
        self._refresh()
        self._pane.take_focus()

    def accept(self) -> None:
        """Keep the fields whose proposed side is chosen."""
        waiting, wish = self.model.proposal(self._pane.row), self._wish
        if waiting is None or wish is None or not self._may_decide():
            return
        _ = self._desk.words.gettext
        record = self.comparison.result(wish.present.record if wish.present else wish.blank)
        if not record.name.strip():
            self.said.emit(_("Une fiche a besoin d’un nom : prenez celui qui est proposé, ou écrivez-en un."))
            return
        if wish.present is not None and record == wish.present.record:
            self.said.emit(_("Rien n’est retenu de cette proposition : refusez-la plutôt, en disant pourquoi."))
            return
        base = wish.present.id if wish.present else ""
        try:
            self._desk.revisions.accept(waiting.id, record, self._author.name, base=base)
        except PointInfoError as error:
            self._tell(str(error))
            return
        whole = record == wish.record
        said = _("Proposition acceptée.") if whole else _("Proposition acceptée en partie.")
        self._decided(waiting.id, said)

    def ask_refusal(self) -> None:
        """Open the line for the reason."""
        if self.model.proposal(self._pane.row) is not None and self._may_decide():
            self._ask(asking=True)
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self) -> None:
        """Leave the entry as it is, with the reason that is written."""
        waiting = self.model.proposal(self._pane.row)
        _ = self._desk.words.gettext
        if waiting is None or not self._may_decide():
            return
        if not self.reason.text().strip():
            self.said.emit(_("Écrivez en quelques mots pourquoi : la personne qui a proposé le lira."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            self._desk.revisions.refuse(waiting.id, self._author.name, self.reason.text().strip())
        except PointInfoError as error:
            self._tell(str(error))
            return
        self._decided(waiting.id, _("Proposition refusée ; la fiche reste comme elle est."))

    def undo(self) -> bool:
        """Let what was decided last wait again."""
        if not self._undo:
            return False
        _ = self._desk.words.gettext
        proposal, self._undo = self._undo, ""
        try:
            again = self._desk.revisions.reconsider(proposal, self._author.name)
        except PointInfoError as error:
            self._tell(str(error))
            return True
        self._tell(_("C’est annulé : la proposition attend de nouveau."))
        self._pane.refresh(self.model.row_of(again))
        self.changed.emit()
        return True

    @property
    def is_edited(self) -> bool:
        """Whether a reason is being written."""
        return self._reason_line.isVisible() and bool(self.reason.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter accepts, Delete refuses; Escape leaves the reason or the fields."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
                self.accept()
            elif self.reason.hasFocus():
                self.refuse()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.ask_refusal()
        elif event.key() == Qt.Key.Key_Escape:
            self._ask(asking=False)
            self._pane.take_focus()
        else:
            super().keyPressEvent(event)

    def _detail(self) -> QWidget:
        _ = self._desk.words.gettext
        self._sheet = panel()
        inside = column(self._sheet, margins=20, spacing=10)
        self._heading = label("", "heading")
        self._meta = label("", "meta")
        self._caution = label("", "warning")
        for text in (self._heading, self._meta, self._caution):
            inside.addWidget(text)
        self.comparison = Comparison(self._desk, self._theme, choosing=True)
        self.comparison.chosen.connect(self._name_act)
        inside.addWidget(self.comparison, 1)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Pourquoi ? La personne qui a proposé le lira."))
        self.reason.setAccessibleName(_("Raison du refus"))
        self._refuse_now = button(_("Refuser"), "plain", _("Entrée"))
        self._refuse_now.clicked.connect(self.refuse)
        self._reason_line = QWidget()
        line = QHBoxLayout(self._reason_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.reason, 1)
        line.addWidget(self._refuse_now)
        inside.addWidget(self._reason_line)
        self.accept_button = button(_("Accepter"), "primary", _("Ctrl+Entrée"))
        self.accept_button.clicked.connect(self.accept)
        self.refuse_button = button(_("Refuser…"), "plain", _("Suppr"))
        self.refuse_button.clicked.connect(self.ask_refusal)
        self._open_button = button(_("Ouvrir la fiche"))
        self._open_button.clicked.connect(self._open)
        self._acts = flowing(self.accept_button, self.refuse_button, self._open_button)
        inside.addWidget(self._acts)
        return self._sheet

    def _refresh(self) -> None:
        row = self._pane.row
        self.model.refresh()
        self._pane.refresh(row)
        self._show_chosen()

    def _show_chosen(self) -> None:
        waiting = self.model.proposal(self._pane.row)
        self._sheet.setVisible(waiting is not None)
        self._ask(asking=False)
        self.reason.clear()
        if waiting is None:
            self._wish = None
            return
        words = self._desk.words
        _ = words.gettext
        try:
            wish = self._wish = self._desk.revisions.wish(waiting.id)
        except PointInfoError as error:
            self.said.emit(str(error))
            return
        name = typeset((wish.present or waiting).record.name)
        self._heading.setText(name if wish.present else _("Nouvelle fiche : {name}").format(name=name))
        who = _("Proposé par {author}, {when}.").format(
            author=waiting.author or _("une personne sans nom"), when=moment(waiting.at, words)
        )
        comment = _("«{comment}»").format(comment=waiting.comment) if waiting.comment else ""
        self._meta.setText(" ".join(filter(None, (who, comment, self._who_decides()))))
        self._caution.setText(self._moved(wish))
        self._caution.setVisible(wish.moved)
        self._show_acts(wish)
        self.comparison.choosing = self._author.is_editor
        present = wish.present.record if wish.present else wish.blank
        self.comparison.compare(present, wish.record, (_("Aujourd’hui"), _("Proposé")))
        self.comparison.choose_all("right")
        self._name_act()

    def _ask(self, *, asking: bool) -> None:
        """The line for the reason, or the buttons in its place."""
        self._reason_line.setVisible(asking)
        self._acts.setVisible(not asking)

    def _moved(self, wish: Wish) -> str:
        """What to know where the entry was changed after the proposal was made."""
        _ = self._desk.words.gettext
        if wish.conflicts:
            both = ", ".join(fields.label(each.field, self._desk.words) for each in wish.conflicts)
            return _("La fiche a changé depuis, aussi là où la proposition dit autre chose : {fields}.").format(
                fields=both
            )
        return _("La fiche a changé depuis : la proposition est comparée à ce qu’elle est aujourd’hui.")

    def _who_decides(self) -> str:
        _ = self._desk.words.gettext
        return "" if self._author.is_editor else _("Elle attend une personne qui décide de l’annuaire.")

    def _show_acts(self, wish: Wish) -> None:
        self.accept_button.setVisible(self._author.is_editor)
        self.refuse_button.setVisible(self._author.is_editor)
        self._open_button.setVisible(wish.present is not None)

    def _name_act(self) -> None:
        _ = self._desk.words.gettext
        partly = any(side != "right" for side in self.comparison.choices.values())
        text = _("Accepter ce qui est retenu") if partly else _("Accepter")
        say(self.accept_button, text, _("Ctrl+Entrée"))

    def _may_decide(self) -> bool:
        if self._author.is_editor:
            return True
        _ = self._desk.words.gettext
        self.said.emit(_("Seules les personnes inscrites dans les Réglages décident des propositions."))
        return False

    def _list_key(self, key: int) -> None:
        if key == Qt.Key.Key_Delete:
            self.ask_refusal()
        else:
            self.comparison.take_focus()

    def _open(self) -> None:
        waiting = self.model.proposal(self._pane.row)
        if waiting is not None and self._wish is not None and self._wish.present is not None:
            self.asked_for.emit(waiting.record.uid)

    def _decided(self, proposal: str, sentence: str) -> None:
        _ = self._desk.words.gettext
        self._undo = proposal
        self._tell(sentence + " " + _("Ctrl+Z l’annule."))
        self._pane.take_focus()
        self.changed.emit()

    def _tell(self, sentence: str) -> None:
        self._refresh()
        announce(self, sentence)
        self.said.emit(sentence)
