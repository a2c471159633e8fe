"""Qt's application, or a calm sentence where there is no screen to open a window on."""

import os
import re
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from pointinfo.i18n import Words


def open_application(words: Words) -> QApplication:
    """The application. Without a screen Qt aborts the process; here it ends with a sentence and exit code 1."""
    told: list[str] = []

    def listen(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        told.append(message)
        if kind == QtMsgType.QtFatalMsg:
            print(_why("\n".join(told), words), file=sys.stderr, flush=True)  # noqa: T201
            os._exit(1)

    qInstallMessageHandler(listen)
    try:
        app = QApplication(sys.argv[:1])
    finally:
        qInstallMessageHandler(None)
    for message in told:
        print(message, file=sys.stderr)  # noqa: T201 -- as Qt would have
    return app


def _why(told: str, words: Words) -> str:
    _ = words.gettext
    if missing := re.search(r"(lib[\w.-]+) is needed", told):
        said = _("La fenêtre ne peut pas s’ouvrir : une bibliothèque du système manque ({reason}).")
        return said.format(reason=missing[1])
    return _("La fenêtre ne peut pas s’ouvrir : cette session n’a pas d’écran. «pointinfo search» cherche sans elle.")
