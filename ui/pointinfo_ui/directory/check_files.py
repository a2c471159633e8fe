"""The files of a check: the mail or the sheet that asks an association, and the reply that comes back."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from pointinfo import files, reasons
from pointinfo.desk import Desk
from pointinfo.errors import InputError, PointInfoError

LARGEST_REPLY: Final = 20_000_000
"""Bytes; a mail with a few pictures. What is larger is no reply."""


class CheckFiles(QObject):
    """Asks for a file over a `parent` and writes or reads it. Says `said` how it went, `read` after a reply."""

    said = Signal(str)
    read = Signal()

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._parent = parent
        self._desk = desk

    def ask_mail(self, uid: str) -> None:
        """Ask where to save the mail that asks the association of an entry."""
        _ = self._desk.words.gettext
        kinds = _("Courriel (*.eml)")
        self._ask(_("Enregistrer le courriel"), f"{uid}.eml", kinds, lambda file: self.write_mail(uid, file))

    def ask_sheet(self, uid: str) -> None:
        """Ask where to save the sheet that asks the association of an entry."""
        _ = self._desk.words.gettext
        title = _("Enregistrer la feuille de contrôle")
        self._ask(title, f"{uid}.pdf", "PDF (*.pdf)", lambda file: self.write_sheet(uid, file))

    def ask_reply(self) -> None:
        """Ask for the file of a reply."""
        _ = self._desk.words.gettext
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        dialog = QFileDialog(self._parent, _("Lire une réponse"), folder, _("Réponse (*.eml *.txt)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.read_reply)
        dialog.open()

    def write_mail(self, uid: str, file: str) -> None:
        """Write the mail to a file, whole or not at all."""
        _ = self._desk.words.gettext
        said = _("Courriel enregistré : ouvrez {file} avec votre programme de courrier et envoyez-le.")
        self._write(file, lambda: self._desk.check_sheets.e_mail(uid, self._desk.settings), said)

    def write_sheet(self, uid: str, file: str) -> None:
        """Write the printable sheet to a file, whole or not at all."""
        _ = self._desk.words.gettext
        sheets, leaflets = self._desk.check_sheets, self._desk.leaflets
        said = _("Feuille enregistrée : {file}.")
        self._write(file, lambda: leaflets.check_sheets([sheets.sheet(uid)]).pdf, said)

    def read_reply(self, file: str) -> None:
        """Read a reply; what it changes waits among the proposals."""
        words = self._desk.words
        _ = words.gettext
        path = Path(file)
        try:
            if path.stat().st_size > LARGEST_REPLY:
                raise InputError(_("{file} est trop grand pour une réponse. Rien n’a été lu.").format(file=path.name))
            taken = self._desk.check_sheets.take(path.read_bytes(), self._desk.settings)
        except PointInfoError as error:
            self.said.emit(str(error))
            return
        except OSError as error:
            self.said.emit(
                _("{file} n’a pas pu être lu ({reason}).").format(
                    file=path.name, reason=reasons.of_system(error, self._desk.words)
                )
            )
            return
        said = words.ngettext(
            "Réponse pour «{name}» : {count} changement proposé.",
            "Réponse pour «{name}» : {count} changements proposés.",
            taken.changed,
        ).format(name=taken.name, count=taken.changed)
        if taken.unread:
            rest = words.ngettext("{count} ligne à lire.", "{count} lignes à lire.", len(taken.unread))
            said += " " + rest.format(count=len(taken.unread))
        self.said.emit(said)
        self.read.emit()

    def _write(self, file: str, made: Callable[[], bytes], said: str) -> None:
        _ = self._desk.words.gettext
        target = Path(file)
        try:
            files.write_whole(files.target(target, self._desk.home, self._desk.words), made())
        except PointInfoError as error:
            self.said.emit(str(error))
        except OSError as error:
            failed = _("{file} n’a pas pu être enregistré ({reason}). Choisissez un autre dossier.")
            self.said.emit(failed.format(file=target.name, reason=reasons.of_system(error, self._desk.words)))
        else:
            self.said.emit(said.format(file=target.name))

    def _ask(self, title: str, name: str, kinds: str, write: Callable[[str], None]) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._parent, title, folder, kinds)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        dialog.fileSelected.connect(write)
        dialog.open()
