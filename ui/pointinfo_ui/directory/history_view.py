"""The history of one entry: who changed what when, any two states beside each other, any state to go back to."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from babel.dates import format_date
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pointinfo.clock import ZONE
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord, Step, fields
from pointinfo.directory.record import FieldChange, changes
from pointinfo.errors import InputError, PointInfoError
from pointinfo.i18n import Words, region, typeset
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.comparison import Comparison
from pointinfo_ui.directory.list_pane import ListPane
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, label, panel
from pointinfo_ui.messages import announce
from pointinfo_ui.rows import ROW_ROLE, RowText
from pointinfo_ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


def moment(at: datetime, words: Words) -> str:
    """«24 novembre 2026, 10:12», as the clock of the counter showed it."""
    here = at.astimezone(ZONE)
    return f"{format_date(here, 'long', locale=region(words.language))}, {here:%H:%M}"


def action_words(action: str, words: Words) -> str:
    """What was done to the entry."""
    _ = words.gettext
    known = {
        "create": _("créée"),
        "edit": _("modifiée"),
        "import": _("importée"),
        "verify": _("vérifiée"),
        "postpone": _("à rappeler"),
        "close": _("fermée"),
        "reopen": _("rouverte"),
        "merge": _("réunie"),
        "restore": _("rétablie"),
        "accept": _("proposition acceptée"),
        "refuse": _("proposition refusée"),
    }
    return known.get(action, _("modifiée"))


def listed(changed: list[FieldChange], words: Words) -> str:
    """The names of the fields that changed: «téléphone, horaire»."""
    _ = words.gettext
    names = [name for change in changed for name in fields.changed(change, words)]
    lowered = (name if name[1:2].isupper() else name[:1].lower() + name[1:] for name in dict.fromkeys(names))
    return ", ".join(lowered) or _("aucun champ")


class HistoryModel(QAbstractListModel):
    """The changes of one entry, newest first. What a change did is found out when its row is looked at."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._steps: list[Step] = []
        self._places: dict[str, int] = {}
        self.marked: list[str] = []
        self._row = lru_cache(4_096)(self._shown)

    def show_steps(self, steps: list[Step]) -> None:
        """List these changes."""
        self.beginResetModel()
        self._steps = steps
        self._places = {step.id: place for place, step in enumerate(steps)}
        self.marked = [each for each in self.marked if each in self._places]
        self._row.cache_clear()
        self.endResetModel()

    def step(self, row: int) -> Step | None:
        """The change in a row."""
        return self._steps[row] if 0 <= row < len(self._steps) else None

    def row_of(self, revision: str) -> int:
        """Where a change stands, -1 where it isn't of this entry."""
        return self._places.get(revision, -1)

    def before(self, row: int) -> EntryRecord | None:
        """The entry before the change in a row; None where it was its first."""
        step = self.step(row)
        known = [self._places[parent] for parent in step.parents if parent in self._places] if step else []
        return self._steps[known[0]].record if known else None

    def changed(self, row: int) -> list[FieldChange]:
        """What the change in a row did; nothing for the first state of an entry."""
        step, before = self.step(row), self.before(row)
        return changes(before, step.record) if step and before else []

    def mark(self, row: int) -> None:
        """Mark a row for comparing, or take its mark away; of more than two the latest two stay."""
        step = self.step(row)
        if step is None:
            return
        was = list(self.marked)
        self.marked = [each for each in was if each != step.id]
        if step.id not in was:
            self.marked = [*self.marked, step.id][-2:]
        for each in {step.id, *was}:
            place = self.index(self._places[each], 0)
            self.dataChanged.emit(place, place)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One a change."""
        return 0 if parent.isValid() else len(self._steps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The change as a row and as a sentence."""
        step = self.step(index.row()) if index.isValid() else None
        if step is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, ROW_ROLE):
            return None
        shown: RowText = self._row(index.row())
        if step.id in self.marked:
            _ = self._words.gettext
            shown = shown._replace(state=_("✓ à comparer"))
        if role == ROW_ROLE:
            return shown
        return shown.sentence() if role == Qt.ItemDataRole.AccessibleTextRole else shown.heading

    def sentence(self, row: int) -> str:
        """«24 novembre 2026, 10:12 · Anne · téléphone, horaire»."""
        shown: RowText = self._row(row)
        return f"{shown.heading} · {shown.body}"

    def _shown(self, row: int) -> RowText:
        step = self._steps[row]
        _ = self._words.gettext
        before = self.before(row)
        did = listed(self.changed(row), self._words) if before is not None else _("première version")
        if step.action == "refuse":
            did = _("rien n’a changé")
        who = step.author or _("sans nom")
        return RowText(
            f"{moment(step.at, self._words)} · {who}",
            state=action_words(step.action, self._words),
            body=did,
            meta=_("Motif : {reason}").format(reason=step.comment) if step.comment else "",
        )


class HistoryView(QWidget):
    """The changes at the left, what the chosen one did at the right.

    Says `back` to leave, `said` for the line at the foot, `changed` after the entry was changed on disk.
    """

    back = Signal()
    said = Signal(str)
    changed = Signal()

    def __init__(self, desk: Desk, theme: Theme, author: Author) -> None:
        super().__init__()
        self._desk, self._theme, self._author = desk, theme, author
        self._uid = ""
        self._undo: Callable[[], object] | None = None
        _ = desk.words.gettext
        self.setObjectName("page")
        outer = column(self, margins=0, spacing=12)
        self._title = label("", "heading")
        back = button(_("Revenir à la fiche"), "plain", _("Échap"))
        back.clicked.connect(self.back)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(head)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        outer.addLayout(columns, 1)
        columns.addWidget(self._list(), 4)
        columns.addWidget(self._detail(), 5)

    def show_entry(self, uid: str) -> None:
        """Show the history of an entry, its latest change chosen."""
        self._uid, self._undo = uid, None
        self.model.marked = []
        self._refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def mark(self) -> None:
        """Mark the chosen change for comparing; two marked ones stand beside each other."""
        self.model.mark(self.list.currentIndex().row())
        self._show_chosen()

    def restore(self) -> None:
        """Make the entry what it was after the chosen change; who is no editor proposes it."""
        step = self._chosen()
        _ = self._desk.words.gettext
        if step is None or not self._restores(step):
            self.said.emit(_("La fiche est déjà dans cet état."))
            return
        present = self.model.step(0)
        when = moment(step.at, self._desk.words)
        revisions, name = self._desk.revisions, self._author.name
        try:
            if self._author.is_editor:
                parted = revisions.merged_since(step.id)
                revisions.restore(step.id, name)
                self._undo = self._back_to(present, parted) if present else None
                said = _("Fiche rétablie comme au {when}. Ctrl+Z la remet comme avant.").format(when=when)
                if parted:
                    names = ", ".join(each.name for each in parted)
                    said = _("Fiche rétablie comme au {when}, et séparée de {names}. Ctrl+Z la remet comme avant.")
                    said = said.format(when=when, names=names)
            else:
                base = present.id if present else ""
                revisions.propose(step.record, name, base=base, comment="")
                said = _("Proposition envoyée : la fiche comme au {when}.").format(when=when)
        except PointInfoError as error:
            self.said.emit(str(error))
            return
        self._tell(said)

    def undo(self) -> bool:
        """Take the last restoring made here back; whether there was one."""
        if self._undo is None:
            return False
        _ = self._desk.words.gettext
        take_back, self._undo = self._undo, None
        try:
            take_back()
        except PointInfoError as error:
            self.said.emit(str(error))
            return True
        self._tell(_("C’est annulé : la fiche est comme avant."))
        return True

    def _back_to(self, before: Step, parted: Sequence[EntryRecord]) -> Callable[[], object]:
        """Makes the entry what it was before it was restored, merged with what was separated from it."""
        revisions, name = self._desk.revisions, self._author.name
        restored = revisions.present(self._uid).id

        def take_back() -> None:
            if revisions.present(self._uid).id != restored:
                _ = self._desk.words.gettext
                raise InputError(_("La fiche a été modifiée depuis : rien n’a été annulé."))
            if not parted:
                revisions.restore(before.id, name)
            for each in reversed(parted):
                revisions.merge(before.record, each.uid, name)

        return take_back

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves, Space marks, Ctrl+R restores."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        elif event.key() == Qt.Key.Key_R and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.restore()
        else:
            super().keyPressEvent(event)

    def _list(self) -> QWidget:
        _ = self._desk.words.gettext
        self.model = HistoryModel(self._desk.words)
        name = _("Modifications de la fiche, la dernière d’abord")
        self._pane = ListPane(self.model, self._theme, name, (Qt.Key.Key_Space,))
        self._pane.say_instead(_("Cette fiche n’a pas encore d’historique."))
        self._pane.moved.connect(self._show_chosen)
        self._pane.pressed.connect(lambda _key: self.mark())
        self.list = self._pane.list
        return self._pane

    def _detail(self) -> QWidget:
        _ = self._desk.words.gettext
        sheet = panel()
        inside = column(sheet, margins=20, spacing=10)
        self._what = label("", "heading")
        inside.addWidget(self._what)
        self._effect = label("", "meta")
        inside.addWidget(self._effect)
        self.comparison = Comparison(self._desk, self._theme)
        inside.addWidget(self.comparison, 1)
        self._mark_button = button(_("Marquer pour comparer"), "plain", _("Espace"))
        self._mark_button.clicked.connect(self.mark)
        self.restore_button = button(_("Rétablir cet état"), "plain", "Ctrl+R")
        self.restore_button.clicked.connect(self.restore)
        inside.addWidget(flowing(self._mark_button, self.restore_button))
        return sheet

    def _refresh(self) -> None:
        steps = self._desk.revisions.steps(self._uid)
        _ = self._desk.words.gettext
        self.model.show_steps(steps)
        self._pane.refresh()
        if steps:
            self._title.setText(_("Historique de «{name}»").format(name=typeset(steps[0].record.name)))
        else:
            self._title.setText("")
            self.comparison.clear()

    def _chosen(self) -> Step | None:
        return self.model.step(self.list.currentIndex().row())

    def _restores(self, step: Step) -> list[FieldChange]:
        """What going back to a state would change of the entry as it stands."""
        present = self.model.step(0)
        return changes(present.record, step.record) if present else []

    def _show_chosen(self) -> None:
        step = self._chosen()
        if step is None:
            return
        words = self._desk.words
        _ = words.gettext
        effect = self._restores(step)
        self.restore_button.setEnabled(bool(effect))
        restoring = _("Rétablir cet état changerait : {fields}.").format(fields=listed(effect, words)) if effect else ""
        marked = sorted(self.model.marked, key=self.model.row_of, reverse=True)
        if len(marked) == 2:
            older, newer = (self.model.step(self.model.row_of(each)) for each in marked)
            if older and newer:
                self._what.setText(_("Deux états de la fiche"))
                self._effect.setText(_("Espace retire une marque."))
                self.comparison.compare(older.record, newer.record, (moment(older.at, words), moment(newer.at, words)))
            return
        row = self.list.currentIndex().row()
        before = self.model.before(row)
        self._what.setText(self.model.sentence(row))
        self._effect.setText(restoring or _("C’est l’état actuel de la fiche."))
        blank = EntryRecord(uid=step.record.uid, kind="", name="")
        self.comparison.compare(before or blank, step.record, (_("Avant"), _("Après")))

    def _tell(self, sentence: str) -> None:
        self._refresh()
        announce(self, sentence)
        self.said.emit(sentence)
        self.changed.emit()
