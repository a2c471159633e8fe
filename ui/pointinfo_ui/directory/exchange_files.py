"""Choosing files of an exchange: one or a folder to read, a place to write to. Nothing waits for the answer."""

from collections.abc import Callable

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_file(parent: QWidget, title: str, then: Callable[[str], None], *, folder: bool = False) -> None:
    """Ask for a file to read, or a folder."""
    dialog = _dialog(parent, title, QStandardPaths.StandardLocation.DownloadLocation, then)
    dialog.setFileMode(QFileDialog.FileMode.Directory if folder else QFileDialog.FileMode.ExistingFile)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, folder)
    dialog.open()


def ask_place(parent: QWidget, title: str, name: str, kinds: str, then: Callable[[str], None]) -> None:
    """Ask where to write a file of this name."""
    dialog = _dialog(parent, title, QStandardPaths.StandardLocation.DocumentsLocation, then)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kinds)
    dialog.selectFile(name)
    dialog.open()


def _dialog(
    parent: QWidget, title: str, place: QStandardPaths.StandardLocation, then: Callable[[str], None]
) -> QFileDialog:
    made = QFileDialog(parent, title, QStandardPaths.writableLocation(place))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.fileSelected.connect(then)
    return made
