"""Exchange: bringing entries in, step by step, and writing them out."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TypeVar

import msgspec
from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QPushButton, QStackedWidget, QWidget

from pointinfo.desk import Desk
from pointinfo.directory import Query
from pointinfo.directory.exchange.formats import Format
from pointinfo.directory.exchange.mapping import Mapping
from pointinfo.directory.exchange.preview import Preview
from pointinfo.directory.exchange.report import Report
from pointinfo.directory.exchange.table_reader import samples
from pointinfo.directory.exchange.tables import Line, Table
from pointinfo.errors import PointInfoError
from pointinfo_ui.background import Background
from pointinfo_ui.commands import key_words
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.exchange_columns import ColumnsPane
from pointinfo_ui.directory.exchange_file import FilePane
from pointinfo_ui.directory.exchange_preview import PreviewPane
from pointinfo_ui.directory.exchange_report import ReportPane
from pointinfo_ui.directory.exchange_start import StartPane
from pointinfo_ui.directory.exchange_working import WorkingPane
from pointinfo_ui.directory.name_line import NameLine, name_row
from pointinfo_ui.directory.view import View
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, label
from pointinfo_ui.messages import announce
from pointinfo_ui.theme import Theme

T = TypeVar("T")


class StoppedError(Exception):
    """The person has stopped what was under way."""


class ExchangeView(View):
    """One step at a time; what is under way can be stopped, what was brought in be taken back."""

    told = Signal(float)

    def __init__(self, desk: Desk, theme: Theme, background: Background, author: Author) -> None:
        super().__init__(desk, theme, background, author)
        _ = desk.words.gettext
        self._file = Path()
        self._format: Format | None = None
        self._table: Table | None = None
        self._lines: list[Line] = []
        self._preview: Preview | None = None
        self._undo: Preview | None = None
        self._stop = Event()
        self._busy = False
        outer = column(self, margins=0, spacing=12)
        self.who = NameLine(author, desk.words, theme)
        outer.addWidget(name_row(self.who, desk.words))
        steps_words = (_("1  Fichier"), _("2  Colonnes"), _("3  Aperçu"), _("4  Import"))
        self._steps = [label(step, "label", wrap=False) for step in steps_words]
        self.stage = flowing(*self._steps, gap=22)
        outer.addWidget(self.stage)
        self._stack = QStackedWidget()
        self.start = StartPane(desk, theme)
        self.file_pane = FilePane(desk, theme)
        self.columns_pane = ColumnsPane(desk, theme)
        self.preview_pane = PreviewPane(desk, theme)
        self.report_pane = ReportPane(desk, theme)
        self.working = WorkingPane(desk.words, theme)
        steps = (self.file_pane, self.columns_pane, self.preview_pane, self.report_pane)
        for pane in (self.start, *steps, self.working):
            self._stack.addWidget(pane)
        outer.addWidget(self._stack, 1)
        outer.addWidget(self._foot())
        self._wire()
        self._show(self.start)

    @property
    def is_edited(self) -> bool:
        """Whether an import is under way or not yet brought in."""
        return self._busy or self._stack.currentWidget() in (self.columns_pane, self.preview_pane)

    @property
    def undoes_first(self) -> bool:
        """Right after an import Ctrl+Z takes it back."""
        return self._undo is not None and self._stack.currentWidget() is self.report_pane

    def enter(self) -> None:
        """The focus on what comes next."""
        self._focus()

    # Bringing in

    def take(self, file: str) -> None:
        """Begin with this file: find out what it is."""
        self._file = Path(file)
        self.start.refused.hide()
        exchange = self._desk.exchange

        def work() -> tuple[Format, Table | None, list[Line]]:
            found = exchange.format_of(self._file)
            if not found.is_table:
                return found, None, []
            table = exchange.table(self._file)
            return found, table, exchange.first_lines(table)

        def done(known: tuple[Format, Table | None, list[Line]]) -> None:
            self._format, self._table, self._lines = known
            self.file_pane.show_file(known[0], self._file.name, self._file.stem)
            if known[1] is not None:
                self.file_pane.show_table(known[1], known[2])
            self._show(self.file_pane)

        _ = self._desk.words.gettext
        self._start(_("Le fichier est examiné"), work, done, self.start)

    def read_again(self) -> None:
        """Read the beginning anew, with the encoding, delimiter and sheet that were chosen."""
        mapping, exchange = self._chosen(), self._desk.exchange

        def work() -> tuple[Table, list[Line]]:
            table = exchange.table(self._file, mapping)
            return table, exchange.first_lines(table)

        def done(known: tuple[Table, list[Line]]) -> None:
            self._table, self._lines = known
            self.file_pane.show_table(*known)
            self._show(self.file_pane)

        _ = self._desk.words.gettext
        self._start(_("Le fichier est relu"), work, done, self.file_pane)

    def go_on(self) -> None:
        """The next step."""
        if self._busy:
            return
        shown = self._stack.currentWidget()
        if shown is self.start:
            self.start.choose()
        elif shown is self.file_pane and self._table is not None:
            self._map()
        elif shown is self.file_pane:
            self._look(None)
        elif shown is self.columns_pane:
            self._look(self.columns_pane.mapping)
        elif shown is self.preview_pane:
            self._bring_in()
        else:
            self._show(self.start)

    def go_back(self) -> None:
        """The step before; stop what is under way."""
        if self._busy:
            self._stop.set()
            return
        shown = self._stack.currentWidget()
        if shown is self.preview_pane and self._table is not None:
            self._show(self.columns_pane)
        elif shown in (self.preview_pane, self.columns_pane):
            self._show(self.file_pane)
        elif shown is not self.start:
            self._show(self.start)

    def undo(self) -> bool:
        """Take the last import back, all its entries at once."""
        preview, author, exchange = self._undo, self._author.name, self._desk.exchange
        if preview is None or self._busy:
            return False
        words = self._desk.words

        def done(count: int) -> None:
            self._undo = None
            said = words.ngettext(
                "L’import est annulé : {count} fiche est comme avant.",
                "L’import est annulé : {count} fiches sont comme avant.",
                count,
            )
            self._show(self.start)
            self._say(said.format(count=count))
            self.changed.emit()

        _ = words.gettext
        self._start(_("L’import est annulé"), lambda: exchange.take_back(preview, author), done, self.report_pane)
        return True

    def _chosen(self) -> Mapping:
        pane = self.file_pane
        is_csv = self._table is not None and self._table.format == "csv"
        return Mapping(
            source=pane.source.text().strip() or self._file.stem,
            columns=(),
            encoding=pane.encoding.code if is_csv else "",
            delimiter=pane.delimiter.code if is_csv else "",
            sheet="" if is_csv else pane.sheet.code,
        )

    def _map(self) -> None:
        table, lines, chosen, exchange = self._table, self._lines, self._chosen(), self._desk.exchange
        if table is None:
            return

        def done(mapping: Mapping) -> None:
            kept = msgspec.structs.replace(
                mapping, encoding=chosen.encoding, delimiter=chosen.delimiter, sheet=chosen.sheet
            )
            self.columns_pane.show_mapping(kept, samples(lines))
            self._show(self.columns_pane)

        _ = self._desk.words.gettext
        self._start(
            _("Les colonnes sont comparées aux champs"),
            lambda: exchange.mapping(table, chosen.source),
            done,
            self.file_pane,
        )

    def _look(self, mapping: Mapping | None) -> None:
        file, exchange = self._file, self._desk.exchange
        source = self._chosen().source
        name = self._format.name if self._format else ""
        before = self._stack.currentWidget()

        def done(preview: Preview) -> None:
            if self._preview is not None and self._preview is not self._undo:
                self._preview.close()
            self._preview = preview
            self.preview_pane.show_preview(preview)
            self._show(self.preview_pane)

        _ = self._desk.words.gettext
        self._start(
            _("Le fichier est comparé à l’annuaire ; rien n’est encore modifié"),
            lambda: exchange.preview(file, mapping, source=source, format_name=name, tick=self._tick),
            done,
            before or self.start,
        )

    def _bring_in(self) -> None:
        _ = self._desk.words.gettext
        preview, author, exchange = self._preview, self._author.name, self._desk.exchange
        if preview is None:
            return
        if not self._author.is_editor:
            self._say(_("Seules les personnes qui tiennent l’annuaire importent. Rien n’a été modifié."))
            return
        if not author:
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)
            self._say(_("Écrivez d’abord votre nom : il figure dans l’historique de chaque fiche."))
            return
        confirmed = self.preview_pane.confirmed
        if self.preview_pane.asks and not confirmed:
            self.preview_pane.sure.setFocus(Qt.FocusReason.OtherFocusReason)
            self._say(self.preview_pane.figures.text())
            return

        def done(report: Report) -> None:
            self._undo = preview
            self.report_pane.show_report(report)
            self._show(self.report_pane)
            self._say(_("Import terminé. Ctrl+Z l’annule en entier."))
            self.changed.emit()

        self._start(
            _("L’import est en cours"),
            lambda: exchange.bring_in(preview, author, confirmed=confirmed, tick=self._tick),
            done,
            self.preview_pane,
        )

    # Writing out

    def write(self, file: str) -> None:
        """Write what the export asks for to this file."""
        words, start, desk = self._desk.words, self.start, self._desk
        name, text = start.format.name, start.search.text().strip()
        closed, internal = start.closed.isChecked(), start.internal.isChecked()

        def work() -> int:
            uids = None
            if text:
                hits = desk.directory.search(Query(text)).hits
                uids = [row.uid for row in desk.directory.rows([hit.id for hit in hits])]
            return desk.exchange.write(Path(file), name, uids=uids, internal=internal, closed=closed, tick=self._tick)

        def done(count: int) -> None:
            self._show(self.start)
            said = words.ngettext("{count} fiche écrite : {file}", "{count} fiches écrites : {file}", count)
            self._say(said.format(count=count, file=Path(file).name))

        _ = words.gettext
        self._start(_("L’annuaire est écrit"), work, done, self.start)

    def save_report(self) -> None:
        """Ask where the report shall go."""
        _ = self._desk.words.gettext
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, _("Enregistrer le compte rendu"), folder, "CSV (*.csv)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(_("compte-rendu.csv"))
        dialog.fileSelected.connect(self.write_report)
        dialog.open()

    def write_report(self, file: str) -> None:
        """Write the report to this file."""
        _ = self._desk.words.gettext
        try:
            Path(file).write_bytes(self.report_pane.csv_bytes())
        except OSError as error:
            failed = _("{file} n’a pas pu être enregistré ({reason}). Choisissez un autre dossier.")
            self._say(failed.format(file=Path(file).name, reason=error.strerror))
        else:
            self._say(_("Compte rendu enregistré : {file}").format(file=Path(file).name))

    def copy_report(self) -> None:
        """Put the report on the clipboard."""
        _ = self._desk.words.gettext
        self.report_pane.copy()
        self._say(_("Compte rendu copié : collez-le dans un tableur ou un courriel."))

    # How it is done

    def _choose(self) -> None:
        if not self._busy:
            self._show(self.start)
            self.start.choose()

    def _ask_where(self) -> None:
        if self._stack.currentWidget() is self.start:
            self.start.ask()

    def _start(self, title: str, work: Callable[[], T], done: Callable[[T], None], back: QWidget) -> None:
        """Do `work` beside the window; what goes wrong is said on the pane that was there before."""
        _ = self._desk.words.gettext
        self._stop.clear()
        self._busy = True
        self.working.begin(title)
        self._show(self.working)

        def succeeded(result: T) -> None:
            self._busy = False
            done(result)

        def failed(error: Exception) -> None:
            self._busy = False
            self._show(back)
            if isinstance(error, StoppedError):
                self._say(_("Arrêté. Rien n’a été modifié."))
            elif isinstance(error, PointInfoError):
                self._say(str(error))
                self.start.refused.setText(str(error))
                self.start.refused.setVisible(back is self.start)
            else:
                raise error

        self._background.run(self, work, succeeded, failed)

    def _tick(self, done: float) -> None:
        """Told by the work, in its own thread."""
        if self._stop.is_set():
            raise StoppedError
        self.told.emit(done)

    def _say(self, sentence: str) -> None:
        announce(self, sentence)
        self.said.emit(sentence)

    def _show(self, pane: QWidget) -> None:
        self._stack.setCurrentWidget(pane)
        steps = (self.file_pane, self.columns_pane, self.preview_pane, self.report_pane)
        for step, shown in zip(steps, self._steps, strict=True):
            shown.setProperty("role", "label" if step is not pane else "heading")
            shown.style().polish(shown)
        self.stage.setVisible(pane in steps)
        for owner, buttons in self._buttons.items():
            for each in buttons:
                each.setVisible(owner is pane)
        self._foot_line.setVisible(pane in self._buttons)
        self._focus()

    def _focus(self) -> None:
        first: dict[QWidget, QWidget] = {
            self.start: self.start.choose_button,
            self.file_pane: self.file_pane.source,
            self.columns_pane: self.columns_pane.list,
            self.preview_pane: self.preview_pane.list,
            self.report_pane: self.report_pane.table,
            self.working: self.working.stop_button,
        }
        shown = self._stack.currentWidget()
        if shown in first and self.isVisible():
            first[shown].setFocus(Qt.FocusReason.OtherFocusReason)

    def _foot(self) -> QWidget:
        words = self._desk.words
        _ = words.gettext
        on, back = key_words("Ctrl+Return", words), _("Échap")

        def made(text: str, act: Callable[[], object], kind: str = "plain", keys: str = "") -> QPushButton:
            shown = button(text, kind, keys)
            shown.clicked.connect(lambda _on: act())
            return shown

        self._buttons: dict[QWidget, list[QPushButton]] = {
            self.file_pane: [
                made(_("Continuer"), self.go_on, "primary", on),
                made(_("Un autre fichier"), self.go_back, "plain", back),
            ],
            self.columns_pane: [
                made(_("Regarder ce qui changerait"), self.go_on, "primary", on),
                made(_("Retour"), self.go_back, "plain", back),
            ],
            self.preview_pane: [
                made(_("Importer"), self.go_on, "primary", on),
                made(_("Retour"), self.go_back, "plain", back),
            ],
            self.report_pane: [
                made(_("Terminer"), self.go_on, "primary", on),
                made(_("Copier le compte rendu"), self.copy_report),
                made(_("Enregistrer en CSV"), self.save_report),
                made(_("Annuler cet import"), self.undo, "plain", "Ctrl+Z"),
            ],
        }
        self._foot_line = flowing(*(each for buttons in self._buttons.values() for each in buttons))
        return self._foot_line

    def _wire(self) -> None:
        self.told.connect(self.working.show_progress)
        self.working.stop_button.clicked.connect(self.go_back)
        self.start.chosen.connect(self.take)
        self.start.asked.connect(self.write)
        self.file_pane.read_again.connect(self.read_again)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (
            ("Ctrl+Return", self.go_on),
            ("Esc", self.go_back),
            ("Ctrl+O", self._choose),
            ("Ctrl+Shift+S", self._ask_where),
        ):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(inside)
            action.triggered.connect(act)
            self.addAction(action)
