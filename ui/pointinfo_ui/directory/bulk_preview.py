"""What a change of many entries would do, before it is done: each entry with its change; space leaves it out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pointinfo.desk import Desk
from pointinfo.directory.bulk import Preview
from pointinfo.directory.bulk_edits import Edit
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.bulk_model import BulkModel
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, clear, column, label, say
from pointinfo_ui.messages import announce
from pointinfo_ui.rows import list_rows
from pointinfo_ui.theme import Theme


class BulkPreview(QFrame):
    """A sentence, or the changes; how far the work is. Says `asked_for` with the uid of an entry to be opened."""

    asked_for = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, author: Author) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self._author = author
        self._looked_at: int | None = None
        self.setProperty("panel", True)
        self._lay_out()
        self.model.ticked.connect(self._show_acts)
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._show_line())
        self.model.modelReset.connect(self._show_line)
        self.list.activated.connect(lambda index: self._ask_for(index.row()))
        author.changed.connect(self._show_acts)
        leave_out = QAction(self.list)
        leave_out.setShortcut(QKeySequence("Space"))
        leave_out.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        leave_out.triggered.connect(lambda: self.model.toggle(self.list.currentIndex().row()))
        self.list.addAction(leave_out)

    def say(self, sentence: str) -> None:
        """Show a sentence and no changes."""
        self._looked_at = None
        self.model.show(None, None)
        self.sentence.setText(sentence)
        self._pages.setCurrentIndex(0)
        self._show_acts()

    def show_changes(self, preview: Preview, edit: Edit) -> None:
        """Show what would change, the focus on the first entry."""
        self._looked_at = preview.looked_at
        self.model.show(preview, edit)
        self._pages.setCurrentIndex(1)
        self._show_acts()
        self.take_focus()

    def take_focus(self) -> None:
        """To the first entry, said aloud with how many there are."""
        self.list.setCurrentIndex(self.model.index(0, 0))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.heading.text())

    def set_busy(self, *, busy: bool) -> None:
        """Show or hide how far the work is, the focus on stopping it."""
        self.progress.setRange(0, 0)
        self._working.setVisible(busy)
        self.apply_button.setEnabled(not busy)
        if busy:
            self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the work is."""
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(done)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Row heights follow the width."""
        super().resizeEvent(event)
        self.list.scheduleDelayedItemsLayout()

    def _show_acts(self) -> None:
        words = self._desk.words
        _ = words.gettext
        count = len(self.model.ids)
        shown = self._looked_at is not None
        if shown:
            said = words.ngettext("{count} fiche changerait", "{count} fiches changeraient", count)
            said = said.format(count=count)
            self.heading.setText(_("{changed}, sur {looked} choisies").format(changed=said, looked=self._looked_at))
        else:
            self.heading.setText(_("3  Regarder et appliquer"))
        editor = self._author.is_editor
        act = (
            words.ngettext("Appliquer à {count} fiche", "Appliquer à {count} fiches", count)
            if editor
            else words.ngettext("Proposer pour {count} fiche", "Proposer pour {count} fiches", count)
        ).format(count=count)
        say(self.apply_button, act, "Ctrl+S")
        self.apply_button.setVisible(shown)
        self._hint.setVisible(shown)
        self._proposing.setVisible(not editor)

    def _show_line(self) -> None:
        """Every change of the chosen entry, whole."""
        _ = self._desk.words.gettext
        clear(self._detail)
        line = self.model.line(self.list.currentIndex().row())
        for said in self.model.said(line) if line else []:
            for text, role in (
                (said.label, "label"),
                (_("Avant : {text}").format(text=said.before or _("rien")), "meta"),
                (_("Après : {text}").format(text=said.after or _("rien")), "body"),
            ):
                self._detail.addWidget(label(text, role))
        self._detail.addStretch(1)

    def _ask_for(self, row: int) -> None:
        line = self.model.line(row)
        if line is not None:
            self.asked_for.emit(line.uid)

    def _lay_out(self) -> None:
        _ = self._desk.words.gettext
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 18, 2, 16)
        layout.setSpacing(12)
        self.heading = label("", "heading")
        layout.addWidget(_indented(self.heading))
        self._working = QWidget()
        working = QVBoxLayout(self._working)
        working.setContentsMargins(20, 0, 20, 0)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("Avancement"))
        self.stop_button = button(_("Arrêter"), "plain", _("Échap"))
        working.addWidget(self.progress)
        working.addWidget(flowing(self.stop_button))
        layout.addWidget(self._working)
        self._pages = QStackedWidget()
        self.sentence = label("", "lead")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._pages.addWidget(_indented(self.sentence))
        self._pages.addWidget(self._changes())
        layout.addWidget(self._pages, 1)
        self._hint = label(_("Espace laisse une fiche comme elle est, ou la reprend."), "meta")
        layout.addWidget(_indented(self._hint))
        self._proposing = label(
            _("Vos changements attendront comme propositions : les personnes qui tiennent l’annuaire décident."), "meta"
        )
        layout.addWidget(_indented(self._proposing))
        self.apply_button = button("", "primary")
        layout.addWidget(flowing(self.apply_button, margins=(20, 0, 20, 0)))
        self._working.hide()

    def _changes(self) -> QWidget:
        _ = self._desk.words.gettext
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        self.model = BulkModel(self._desk)
        self.list = QListView()
        list_rows(self.list, self.model, self._theme, _("Fiches qui changeraient"))
        layout.addWidget(self.list, 3)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(_("La fiche avant et après"))
        scroll.setMaximumHeight(self._theme.size(200))
        inside = QWidget()
        self._detail = column(inside, margins=20, spacing=4)
        scroll.setWidget(inside)
        layout.addWidget(scroll, 2)
        return made


def _indented(widget: QWidget) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(20, 0, 20, 0)
    layout.addWidget(widget)
    return made
