"""What an import would do, before anything is written: counts, rows by kind, the chosen row field by field."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QScrollArea, QWidget

from pointinfo.desk import Desk
from pointinfo.directory.duplicates import Candidate
from pointinfo.directory.exchange import columns
from pointinfo.directory.exchange.preview import Preview, PreviewRow
from pointinfo_ui.commands import key_words
from pointinfo_ui.directory.exchange_models import PreviewModel, remark_words
from pointinfo_ui.directory.exchange_words import kinds
from pointinfo_ui.directory.list_pane import ListPane
from pointinfo_ui.directory.words_panel import told
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, clear, column, label, panel, say
from pointinfo_ui.theme import Theme


class PreviewPanel(QWidget):
    """The preview. Says `confirmed` when the person imports all the same, `opened` with the uid of a row.

    Says `words_wanted` when the person would say what words mean.
    """

    imported = Signal()
    confirmed = Signal()
    left = Signal()
    opened = Signal(str)
    words_wanted = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk, self._theme = desk, theme
        self._preview: Preview | None = None
        self._kind = ""
        self._may_import = self._has_rows = True
        self.twin_chips: list[QPushButton] = []
        _ = desk.words.gettext
        outer = column(self, margins=0, spacing=10)
        self.heading = label("", "heading")
        self.sentence = label("", "meta")
        outer.addWidget(self.heading)
        outer.addWidget(self.sentence)
        self._refused = label("", "error")
        outer.addWidget(self._refused)
        self._unknown = label("", "remark", wrap=False)
        self.words_button = button(_("Choisir leur sens…"), "quiet")
        self.words_button.clicked.connect(lambda _on: self.words_wanted.emit())
        self._words_line = flowing(self._unknown, self.words_button)
        outer.addWidget(self._words_line)
        outer.addWidget(self._asking())
        self._chips = QWidget()
        self._chip_lines = column(self._chips, margins=0, spacing=0)
        self.chips: dict[str, QPushButton] = {}
        outer.addWidget(self._chips)
        self.model = PreviewModel(desk)
        self.pane = ListPane(self.model, theme, _("Fiches de l’import"))
        self.pane.moved.connect(self._show_row)
        self.pane.list.activated.connect(lambda index: self._open(index.row()))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.pane, 5)
        row.addWidget(self._sheet(), 6)
        outer.addLayout(row, 1)
        self.import_button = button(_("Importer"), "primary", "Ctrl+S")
        self.back_button = button(_("Revenir"), "plain", key_words("Esc", desk.words))
        self.import_button.clicked.connect(lambda _on: self.imported.emit())
        self.back_button.clicked.connect(lambda _on: self.left.emit())
        outer.addWidget(flowing(self.import_button, self.back_button))

    def show_preview(self, preview: Preview) -> None:
        """Show another preview, all its rows."""
        self._preview = preview
        self._kind = ""
        self.ask("")
        self._show_counts(preview)
        self._show_words(preview)
        self.turn("")

    def _show_counts(self, preview: Preview) -> None:
        """How many rows there are of each kind, with a chip each; the chosen chip stays chosen."""
        words = self._desk.words
        _ = words.gettext
        found = kinds(preview.counts, words)
        self.heading.setText(", ".join(kind.said for kind in found) + ".")
        clear(self._chip_lines)
        self.chips = {}
        group = QButtonGroup(self._chips)
        for name, text in (("", _("Toutes")), *((kind.name, kind.title) for kind in found)):
            chip = button(text, "chip")
            chip.setCheckable(True)
            chip.clicked.connect(self._turner(name))
            group.addButton(chip)
            self.chips[name] = chip
        self._chip_lines.addWidget(flowing(*self.chips.values(), gap=6))
        self.chips.get(self._kind, self.chips[""]).setChecked(True)
        self._show_refused(preview)

    def _show_refused(self, preview: Preview) -> None:
        """How many rows can't come in, and on the button how many do."""
        words, counts = self._desk.words, preview.counts
        _ = words.gettext
        others = counts.new + counts.changed + counts.unchanged
        said = words.ngettext(
            "{count} ligne ne peut pas être importée ; «Refusées» dit pourquoi.",
            "{count} lignes ne peuvent pas être importées ; «Refusées» dit pourquoi.",
            counts.refused,
        )
        self._refused.setText(said.format(count=counts.refused))
        self._refused.setVisible(counts.refused > 0)
        text = _("Importer")
        if counts.refused and others:
            text = words.ngettext("Importer la seule autre", "Importer les {count} autres", others)
        say(self.import_button, text.format(count=others), "Ctrl+S")
        self._has_rows = others + counts.closing > 0
        self.import_button.setEnabled(self._may_import and self._has_rows)

    def _show_words(self, preview: Preview) -> None:
        """How many words no list has, or had none until somebody said what they mean."""
        words = self._desk.words
        count = len(preview.unknown)
        text = words.ngettext("{count} mot n’est dans aucune liste.", "{count} mots ne sont dans aucune liste.", count)
        if count == 0 and preview.mapping is not None:
            count = len(told(preview.mapping))
            text = words.ngettext(
                "{count} mot a le sens que vous lui avez donné.",
                "{count} mots ont le sens que vous leur avez donné.",
                count,
            )
        self._unknown.setText(text.format(count=count))
        self._words_line.setVisible(count > 0)

    def turn(self, kind: str) -> None:
        """List the rows of one kind, "" for all."""
        self._kind = kind
        if self._preview is not None:
            self.model.show(self._preview, _numbers(self._preview, kind))
            self.pane.refresh()
            self._show_row()

    def forget(self) -> None:
        """Let the preview go."""
        self._preview = None
        self.model.show(None)

    def say_who(self, *, may_import: bool) -> None:
        """Whether the person may import, in a sentence."""
        _ = self._desk.words.gettext
        self.sentence.setText(
            _("Rien n’est encore écrit.")
            if may_import
            else _("Rien n’est écrit. Seules les personnes inscrites dans les Réglages peuvent importer.")
        )
        self._may_import = may_import
        self.import_button.setEnabled(may_import and self._has_rows)

    def ask(self, sentence: str, *, confirm: bool = False) -> None:
        """Say what stands against importing; with `confirm`, whether to import all the same."""
        self._question.setText(sentence)
        self._asked.setVisible(bool(sentence))
        self.confirm_button.setVisible(confirm)
        if confirm:
            self.confirm_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        """Put the focus on the list."""
        self.pane.take_focus()

    def _asking(self) -> QFrame:
        _ = self._desk.words.gettext
        self._asked = QFrame()
        self._asked.setProperty("tile", "warning")
        lines = column(self._asked, margins=14, spacing=10)
        self._question = label("")
        self.confirm_button = button(_("Importer quand même"))
        self.confirm_button.clicked.connect(lambda _on: self.confirmed.emit())
        lines.addWidget(self._question)
        lines.addWidget(flowing(self.confirm_button))
        self._asked.hide()
        return self._asked

    def _sheet(self) -> QFrame:
        _ = self._desk.words.gettext
        sheet = panel()
        around = column(sheet, margins=2)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName(_("La fiche choisie, champ par champ"))
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self.detail = column(inside, margins=20, spacing=4)
        self._scroll.setWidget(inside)
        around.addWidget(self._scroll)
        return sheet

    def _show_row(self) -> None:
        words = self._desk.words
        _ = words.gettext
        clear(self.detail)
        row = self.model.row(self.pane.row)
        if row is None:
            return
        add = self.detail.addWidget
        add(label(row.name or _("Ligne {row}").format(row=row.row), "heading"))
        if row.twin is not None:
            add(self._twin(row, row.twin))
        if row.kept:
            kept = ", ".join(dict.fromkeys(columns.label(field, words) for field in row.kept))
            add(label(_("Corrigé ici depuis, donc gardé : {fields}.").format(fields=kept), "remark"))
        for remark in row.remarks:
            add(label(remark_words(remark, words), "error" if remark.fatal else "remark"))
        said = self.model.said(row)
        for change in said:
            self.detail.addSpacing(6)
            add(label(change.label, "label"))
            if row.before is None:
                add(label(change.after))
                continue
            add(label(_("Avant : {text}").format(text=change.before or _("rien")), "meta"))
            add(label(_("Après : {text}").format(text=change.after or _("rien"))))
        if row.state in ("unchanged", "changed") and not said:
            add(label(_("La fiche reste comme elle est."), "meta"))
        self.detail.addStretch(1)

    def _twin(self, row: PreviewRow, twin: Candidate) -> QFrame:
        """The entry that a row is likely to be, and what shall become of the two."""
        _ = self._desk.words.gettext
        tile = QFrame()
        tile.setProperty("tile", "note")
        lines = column(tile, margins=14, spacing=10)
        said = _("Sans doute déjà dans l’annuaire : «{name}» ({reasons}).")
        lines.addWidget(label(said.format(name=twin.name, reasons=", ".join(twin.reasons))))
        group = QButtonGroup(tile)
        for update, text in ((True, _("Mettre cette fiche à jour")), (False, _("Nouvelle fiche"))):
            chip = button(text, "chip")
            chip.setCheckable(True)
            chip.setChecked(update == (row.state == "changed"))
            chip.clicked.connect(self._decider(update=update))
            group.addButton(chip)
        self.twin_chips = [chip for chip in group.buttons() if isinstance(chip, QPushButton)]
        lines.addWidget(flowing(*self.twin_chips, gap=6))
        return tile

    def _decider(self, *, update: bool) -> Callable[[bool], None]:
        def decide(_on: bool) -> None:
            if self._preview is None:
                return
            self.model.decide(self.pane.row, update=update)
            self._show_counts(self._preview)
            self._show_row()
            self.twin_chips[0 if update else 1].setFocus(Qt.FocusReason.OtherFocusReason)

        return decide

    def _open(self, place: int) -> None:
        row = self.model.row(place)
        if row is not None and row.before is not None:
            self.opened.emit(row.uid)

    def _turner(self, kind: str) -> Callable[[bool], None]:
        return lambda _on: self.turn(kind)


def _numbers(preview: Preview, kind: str) -> Sequence[int]:
    if kind == "twins":
        return preview.twins()
    if kind == "remarked":
        return preview.remarked()
    return next(
        (preview.numbers(state) for state in ("new", "changed", "unchanged", "refused", "closing") if state == kind),
        preview.numbers(),
    )
