"""Writing what the figures page shows to a CSV or XLSX file."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from pointinfo import files
from pointinfo.desk import Desk
from pointinfo.errors import InputError
from pointinfo.i18n import Words
from pointinfo.inquiries import Period
from pointinfo.inquiries.export import file_name
from pointinfo.inquiries.report_files import csv_bytes, xlsx_bytes
from pointinfo.inquiries.report_tables import Sheet

WRITERS: Final = {".csv": csv_bytes, ".xlsx": xlsx_bytes}


def ask(parent: QWidget, period: Period, words: Words, chosen: Callable[[str], None]) -> None:
    """Ask where the file goes; `chosen` is called with its name."""
    _ = words.gettext
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    endings = {"csv": _("Tableau CSV (*.csv)"), "xlsx": _("Classeur Excel (*.xlsx)")}
    dialog = QFileDialog(parent, _("Exporter les chiffres"), folder, ";;".join(endings.values()))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("csv")
    dialog.selectFile(file_name(period, "csv"))

    def turn(kind: str) -> None:
        ending = next(ending for ending, said in endings.items() if said == kind)
        dialog.setDefaultSuffix(ending)
        dialog.selectFile(file_name(period, ending))

    dialog.filterSelected.connect(turn)
    dialog.fileSelected.connect(chosen)
    dialog.open()


def write(file: Path, sheet: Sheet, desk: Desk) -> None:
    """Write a sheet in the format of the file's ending. Raises `InputError` when it can't be written."""
    _ = desk.words.gettext
    writer = WRITERS.get(file.suffix.lower())
    if writer is None:
        raise InputError(_("Donnez au fichier un nom en .csv ou en .xlsx. Rien n’a été écrit."))
    path = files.target(file, desk.home, desk.words)
    try:
        files.write_whole(path, writer(sheet, desk.words))
    except OSError as error:
        raise InputError(
            _("Le fichier {file} n’a pas pu être écrit. Vos chiffres sont saufs : choisissez un autre dossier.").format(
                file=path
            )
        ) from error
