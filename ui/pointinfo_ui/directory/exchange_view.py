"""Files in and out of the directory: read, looked at before anything counts, imported, taken back; written."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QProgressBar, QStackedWidget

from pointinfo import files
from pointinfo.desk import Desk
from pointinfo.directory.exchange.importing import Report, UnconfirmedError
from pointinfo.directory.exchange.preview import Preview
from pointinfo.errors import InputError, PointInfoError
from pointinfo_ui.background import Background
from pointinfo_ui.commands import key_words
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.columns_panel import ColumnsPanel, Opened, opened
from pointinfo_ui.directory.exchange_files import ask_file, ask_place
from pointinfo_ui.directory.exchange_start import StartPanel
from pointinfo_ui.directory.name_line import NameLine, name_row
from pointinfo_ui.directory.preview_panel import PreviewPanel
from pointinfo_ui.directory.report_panel import ReportPanel
from pointinfo_ui.directory.view import View
from pointinfo_ui.directory.words_panel import WordsPanel
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, label
from pointinfo_ui.messages import announce
from pointinfo_ui.theme import Theme

T = TypeVar("T")
Page = StartPanel | ColumnsPanel | PreviewPanel | WordsPanel | ReportPanel


class ExchangeView(View):
    """One step at a time: the choice, the columns, the preview and its words, the report."""

    told = Signal(float)

    def __init__(self, desk: Desk, theme: Theme, background: Background, author: Author) -> None:
        super().__init__(desk, theme, background, author)
        self._preview: Preview | None = None
        self._may_undo = False
        self._busy = False
        self._stop = Event()
        outer = column(self, margins=0, spacing=12)
        self.who = NameLine(author, desk.words, theme)
        outer.addWidget(name_row(self.who, desk.words))
        self.start = StartPanel(desk, theme)
        self.columns = ColumnsPanel(desk, theme)
        self.preview = PreviewPanel(desk, theme)
        self.words = WordsPanel(desk, theme)
        self.report = ReportPanel(desk, theme)
        self.working = self._working()
        self.pages = QStackedWidget()
        for page in (self.start, self.columns, self.preview, self.words, self.report, self.working):
            self.pages.addWidget(page)
        outer.addWidget(self.pages, 1)
        self.setAcceptDrops(True)
        self._wire()

    @property
    def is_edited(self) -> bool:
        """Whether something is being read or written right now."""
        return self._busy

    @property
    def undoes_first(self) -> bool:
        """Right after an import, Ctrl+Z takes the import back, wherever the focus is."""
        return self._may_undo and self.pages.currentWidget() is self.report

    def enter(self) -> None:
        """Show the step where the person was."""
        self._show_who()
        self._take_focus()

    # Reading

    def ask_file(self) -> None:
        """Ask for a file to read."""
        ask_file(self, self._desk.words.gettext("Lire un fichier"), self.read)

    def ask_folder(self) -> None:
        """Ask for a folder to read: some formats are several files."""
        ask_file(self, self._desk.words.gettext("Lire un dossier"), self.read, folder=True)

    def read(self, name: str, source: str = "") -> None:
        """Look what a file is, and of a table which column may be which field."""
        file = Path(name)

        def show(found: Opened) -> None:
            self.columns.show_file(found)
            self._turn(self.columns)

        if not self._busy:
            self._forget()
            told = self._desk.words.gettext("Lecture de {file}…").format(file=file.name)
            self._begin(told, lambda: opened(self._desk, file, source, self._tick), show, self._failed, self.start)

    def reread(self) -> None:
        """Read the table anew with the encoding, delimiter or sheet that was chosen."""
        found, how, source = self.columns.file, self.columns.how, self.columns.source_name
        if self._busy or found is None or how is None:
            return

        def show(again: Opened) -> None:
            self.columns.show_file(again)
            self.pages.setCurrentWidget(self.columns)
            self.columns.reading.reread_button.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, self.columns.reading.told.text())

        told = self._desk.words.gettext("Lecture de {file}…").format(file=found.file.name)
        self.columns.say("")
        self._begin(
            told,
            lambda: opened(self._desk, found.file, source, self._tick, how),
            show,
            lambda error: self.columns.say(str(error)),
            self.columns,
        )

    def look(self) -> None:
        """Find what importing the file as chosen would do; nothing is written."""
        found, page = self.columns.file, self.pages.currentWidget()
        if self._busy or found is None or page not in (self.columns, self.words):
            return
        if page is self.words:
            self._mean()
        self.columns.rename()
        mapping, source = self.columns.mapping, self.columns.source_name
        exchange, tick = self._desk.exchange, self._tick

        def work() -> Preview:
            return exchange.preview(found.file, mapping, source=source, format_name=found.format.name, tick=tick)

        def show(preview: Preview) -> None:
            self._preview = preview
            self.preview.show_preview(preview)
            self._show_who()
            self._turn(self.preview)
            announce(self, self.preview.heading.text())

        self.columns.say("")
        told = self._desk.words.gettext("Lecture de {file}…").format(file=found.file.name)
        self._begin(told, work, show, lambda error: self.columns.say(str(error)), self.columns)

    def show_words(self) -> None:
        """Ask what the words mean that no list has."""
        preview, mapping = self._preview, self.columns.mapping
        if preview is not None and mapping is not None:
            self.words.show_words(preview.unknown, mapping)
            self._turn(self.words)

    def _mean(self) -> None:
        mapping = self.columns.mapping
        if mapping is not None:
            self.columns.mean(self.words.meaning(mapping))
        self._forget()

    # Importing

    def save(self) -> None:
        """The next step: look at what was chosen, import what was looked at."""
        if self.pages.currentWidget() in (self.columns, self.words):
            self.look()
        elif self.pages.currentWidget() is self.preview:
            self.bring_in(confirmed=False)

    def bring_in(self, *, confirmed: bool) -> None:
        """Import the preview, whole or not at all."""
        _ = self._desk.words.gettext
        preview, author = self._preview, self._author.name
        if preview is None or self._busy or not self._may_import():
            return
        exchange, tick = self._desk.exchange, self._tick

        def done(report: Report) -> None:
            self._may_undo = True
            self.report.show_report(report)
            self._turn(self.report)
            self._tell(_("Import terminé. Ctrl+Z l’annule."))
            self.changed.emit()

        def failed(error: PointInfoError) -> None:
            self.preview.ask(str(error), confirm=isinstance(error, UnconfirmedError))

        self.preview.ask("")
        self._begin(
            _("Import de «{source}»…").format(source=preview.source),
            lambda: exchange.bring_in(preview, author, confirmed=confirmed, tick=tick),
            done,
            failed,
            self.preview,
        )

    def undo(self) -> bool:
        """Take the import back, all its entries at once."""
        preview, author, words = self._preview, self._author.name, self._desk.words
        if preview is None or not self._may_undo or self._busy:
            return False
        if not self._may_import():
            return True

        def done(count: int) -> None:
            self._may_undo = False
            said = words.ngettext(
                "L’import est annulé : {count} fiche remise en état ou fermée.",
                "L’import est annulé : {count} fiches remises en état ou fermées.",
                count,
            ).format(count=count)
            self._turn(self.report)
            self.report.say_undone(said)
            self._tell(said)
            self.changed.emit()

        def failed(error: PointInfoError) -> None:
            self.report.sentence.setText(str(error))

        told, exchange = words.gettext("Annulation de l’import…"), self._desk.exchange
        self._begin(told, lambda: exchange.take_back(preview, author), done, failed, self.report)
        return True

    # Writing

    def ask_place(self) -> None:
        """Ask where to write the directory in the chosen format."""
        _ = self._desk.words.gettext
        chosen = self._desk.exchange.format_of(Path(), self.start.formats.code)
        kinds = f"{chosen.title.split(' (')[0]} (*{chosen.suffix})"
        ask_place(self, _("Écrire l’annuaire"), _("annuaire") + chosen.suffix, kinds, self.write)

    def write(self, name: str) -> None:
        """Write the directory to a file, whole or not at all."""
        words = self._desk.words
        file, exchange = Path(name), self._desk.exchange
        chosen, internal, closed = (
            self.start.formats.code,
            self.start.internal.isChecked(),
            self.start.closed.isChecked(),
        )
        remarks: list[str] = []

        def work() -> int:
            target = files.target(file, self._desk.home, words)
            return exchange.write(
                target, chosen, internal=internal, closed=closed, tick=self._tick, tell=remarks.append
            )

        def done(count: int) -> None:
            self._turn(self.start)
            said = words.ngettext("{count} fiche écrite : {file}", "{count} fiches écrites : {file}", count)
            self.start.say(" ".join(remarks))
            self._tell(" ".join((said.format(count=count, file=file.name), *remarks)))

        if not self._busy:
            self.start.say("")
            told = words.gettext("Écriture de {file}…").format(file=file.name)
            self._begin(told, work, done, self._failed, self.start)

    # Beside the window

    def stop(self) -> None:
        """Let what is under way end with nothing written."""
        self._stop.set()

    def leave(self) -> None:
        """One step back."""
        if self.pages.currentWidget() is self.preview:
            self._forget()
            self._turn(self.columns)
        elif self.pages.currentWidget() is self.words:
            self._turn(self.preview)
        else:
            self._turn(self.start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops what is under way, else goes one step back."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._busy:
            self.stop()
        else:
            self.leave()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file or folder may be dropped."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile() and not self._busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        event.acceptProposedAction()
        self.read(event.mimeData().urls()[0].toLocalFile())

    def _tick(self, done: float) -> None:
        """Called from beside the window: the signal carries it here."""
        if self._stop.is_set():
            raise InputError(self._desk.words.gettext("Arrêté. Rien n’a été écrit."))
        self.told.emit(done)

    def _begin(
        self,
        told: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[PointInfoError], None],
        back: Page,
    ) -> None:
        """Do `work` beside the window's, with its progress; when it fails, go `back` and say why there."""

        def finished(result: T) -> None:
            self._set_busy(busy=False)
            done(result)

        def fail(error: Exception) -> None:
            self._set_busy(busy=False)
            self._turn(back)
            if not isinstance(error, PointInfoError):
                raise error
            failed(error)
            announce(self, str(error))

        self._stop.clear()
        self._set_busy(busy=True)
        self._told.setText(told)
        self.progress.setRange(0, 0)
        self.pages.setCurrentWidget(self.working)
        self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._background.run(self, work, finished, fail)

    def _failed(self, error: PointInfoError) -> None:
        self.start.say(str(error))

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = self.preview.model.is_held = busy

    def _show_progress(self, done: float) -> None:
        self.progress.setRange(0, 1000)
        self.progress.setValue(round(done * 1000))

    def _turn(self, page: Page) -> None:
        self.pages.setCurrentWidget(page)
        self._take_focus()

    def _take_focus(self) -> None:
        page = self.pages.currentWidget()
        if isinstance(page, ColumnsPanel | PreviewPanel | WordsPanel):
            page.take_focus()
        else:
            target = self.stop_button if self._busy else self.start.read_button
            target = self.report.next_button if page is self.report else target
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _may_import(self) -> bool:
        _ = self._desk.words.gettext
        if not self._author.is_editor:
            self.said.emit(_("Seules les personnes inscrites dans les Réglages peuvent importer."))
        elif not self._author.name:
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)
            self.said.emit(_("Écrivez d’abord votre nom : il figure dans l’historique de chaque fiche."))
        return self._author.is_editor and bool(self._author.name)

    def _forget(self) -> None:
        self.preview.forget()
        if self._preview is not None:
            self._preview.close()
        self._preview, self._may_undo = None, False
        self.start.say("")

    def _show_who(self) -> None:
        self.preview.say_who(may_import=self._author.is_editor)

    def _tell(self, sentence: str) -> None:
        announce(self, sentence)
        self.said.emit(sentence)

    def _working(self) -> QFrame:
        _ = self._desk.words.gettext
        sheet = QFrame()
        sheet.setProperty("panel", True)
        lines = column(sheet, margins=28)
        self._told = label("", "heading")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("Avancement"))
        self.stop_button = button(_("Arrêter"), "plain", key_words("Esc", self._desk.words))
        self.stop_button.clicked.connect(self.stop)
        for each in (self._told, self.progress, flowing(self.stop_button)):
            lines.addWidget(each)
        lines.addStretch(1)
        return sheet

    def _wire(self) -> None:
        self.told.connect(self._show_progress)
        self.start.file_wanted.connect(self.ask_file)
        self.start.folder_wanted.connect(self.ask_folder)
        self.start.writing.connect(self.ask_place)
        self.columns.looked.connect(self.look)
        self.columns.left.connect(self.leave)
        self.columns.reread.connect(self.reread)
        self.words.looked.connect(self.look)
        self.words.left.connect(self.leave)
        self.preview.words_wanted.connect(self.show_words)
        self.preview.imported.connect(self.save)
        self.preview.confirmed.connect(lambda: self.bring_in(confirmed=True))
        self.preview.left.connect(self.leave)
        self.preview.opened.connect(self.asked_for)
        self.report.said.connect(self._tell)
        self.report.undone.connect(self.undo)
        self.report.left.connect(self.leave)
        self._author.changed.connect(self._show_who)
        action = QAction(self)
        action.setShortcut(QKeySequence("Ctrl+Return"))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(self.look)
        self.addAction(action)
