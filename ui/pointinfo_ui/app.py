"""Starting the window: one per home, a calm page when the world stands in the way, a notice for our own bugs."""

import gc
import logging
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from pointinfo import config, i18n, log, paths
from pointinfo.desk import open_desk
from pointinfo.errors import AlreadyOpenError, PointInfoError, SettingsError
from pointinfo.i18n import Words
from pointinfo_ui import theme as look
from pointinfo_ui.background import Background
from pointinfo_ui.messages import Notice, crash_notice
from pointinfo_ui.screen import open_application
from pointinfo_ui.window import Window

ANSWER_MS = 500


def run(home: Path) -> int:
    """Open the counter of `home` and stay until the window closes; returns the exit code."""
    language = i18n.system_language()
    app = open_application(i18n.words(language))
    app.setApplicationName("PointInfo")
    app.setDesktopFileName("pointinfo")
    app.setWindowIcon(QIcon(str(paths.resources() / "icons" / "pointinfo.svg")))
    look.dress(app, look.make("auto", 100))
    session = Session(app, home, i18n.typeset_words(language))
    try:
        session.claim()
    except AlreadyOpenError as error:
        print(error, file=sys.stderr)  # noqa: T201 -- the other window has come to the front already
        return error.exit_code
    try:
        session.start()
    except Exception:  # a bug of ours, before there is a window: the notice stays until it is read
        session.crashed(*sys.exc_info())
    gc.freeze()  # and collecting never walks through it again
    gc.enable()
    code = app.exec()
    session.end()
    return session.exit_code or code


class Session(QObject):
    """One home, opened by one window."""

    def __init__(self, app: QApplication, home: Path, words: Words) -> None:
        super().__init__()
        self._app = app
        self._home = home
        self._words = words
        self._server = QLocalServer(self)
        self.window: Window | Notice | None = None
        self._notice: Notice | None = None
        self._close_desk: Callable[[], None] = lambda: None
        self._translator = QTranslator(self)
        self.exit_code = 0
        self._hook_before = sys.excepthook

    def claim(self) -> None:
        """Be the only window of this home. Raises `AlreadyOpenError` after bringing the other one to the front."""
        name = "pointinfo-" + sha256(str(self._home.resolve()).encode()).hexdigest()[:24]
        socket = QLocalSocket()
        socket.connectToServer(name)
        if socket.waitForConnected(ANSWER_MS):
            socket.disconnectFromServer()
            _ = self._words.gettext
            raise AlreadyOpenError(
                _("PointInfo est déjà ouvert pour ce dossier : sa fenêtre passe au premier plan. Rien n’a changé.")
            )
        QLocalServer.removeServer(name)  # left behind by a crash: nobody answered
        self._server.newConnection.connect(self._come_forward)
        self._server.listen(name)

    def start(self) -> None:
        """Open the desk and show its window, or the page that says why not."""
        self._hook_before = sys.excepthook
        sys.excepthook = self.crashed
        try:
            desk = open_desk(self._home, speaker=i18n.typeset_words)
        except PointInfoError as error:
            self._explain(error)
            return
        log.to_file(self._home)
        self._words = desk.words
        self._translate(desk.words.language)
        background = Background()

        def close() -> None:
            background.close()
            desk.close()

        self._close_desk = close

        def show() -> None:
            theme = look.make(desk.settings.theme, desk.settings.text_size)
            look.dress(self._app, theme)
            before = self.window
            window = Window(desk, theme, background, show)
            self.window = window
            if isinstance(before, Window):
                window.take_over(before)
            window.show()
            window.counter.by_meaning.learn()
            if before is not None:
                before.close()
                before.deleteLater()

        show()
        background.run(self, desk.directory.warm, lambda _done: None, lambda _error: None)
        background.run(self, desk.back_up, lambda _made: None, lambda _error: None)

    def end(self) -> None:
        """Give everything back."""
        sys.excepthook = self._hook_before
        self._server.close()
        self._close_desk()

    def _explain(self, error: PointInfoError) -> None:
        _ = self._words.gettext
        self.exit_code = error.exit_code
        print(error, file=sys.stderr)  # noqa: T201
        actions: list[tuple[str, Callable[[], None]]] = [(_("Fermer"), self._app.quit)]
        if isinstance(error, SettingsError):
            actions.insert(0, (_("Repartir des réglages d’origine"), self._forget_settings))
        self.window = Notice(_("PointInfo ne peut pas s’ouvrir"), str(error), actions)
        self.window.show()

    def _forget_settings(self) -> None:
        """Keep the unreadable file aside and start with the defaults."""
        config.set_aside(self._home)
        self.exit_code = 0
        if self.window is not None:
            self.window.hide()
            self.window = None
        self.start()

    def _come_forward(self) -> None:
        connection = self._server.nextPendingConnection()
        if connection is not None:
            connection.deleteLater()
        if self.window is not None:
            self.window.showNormal() if self.window.isMinimized() else self.window.show()
            self.window.raise_()
            self.window.activateWindow()

    def _translate(self, language: str) -> None:
        """Qt's own words (menus of text fields, file dialogs) in the clerk's language."""
        QLocale.setDefault(QLocale(language))
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{language}", folder):
            self._app.installTranslator(self._translator)

    def crashed(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Our own bug: log it and show a text to copy."""
        if kind is None or error is None:
            return
        if issubclass(kind, KeyboardInterrupt):
            self._app.quit()
            return
        if isinstance(error, PointInfoError) and isinstance(self.window, Window):
            self.window.toast.say(str(error))  # the world's fault, met where nobody expected it
            return
        logging.getLogger(__name__).critical("unexpected", exc_info=(kind, error, trace))
        if self._notice is None or not self._notice.isVisible():
            self._notice = crash_notice(self._words, kind, error, trace)
            self._notice.show()
