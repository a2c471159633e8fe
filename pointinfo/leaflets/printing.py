"""Handing a PDF to the printing system where there is `lp` (CUPS): vectors stay vectors."""

import shutil
import subprocess

from pointinfo.errors import PrintingError
from pointinfo.i18n import Words


def has_lp() -> bool:
    """Whether this machine prints through `lp`."""
    return shutil.which("lp") is not None


def send(pdf: bytes, title: str, printer: str, words: Words) -> None:
    """Queue `pdf` on `printer` ("" for the default one). Raises `PrintingError` when the system won't take it."""
    command = ["lp", "-t", title, *(["-d", printer] if printer else []), "-"]
    _ = words.gettext
    try:
        done = subprocess.run(command, input=pdf, capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PrintingError(_not_taken(str(error), words)) from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().removeprefix("lp: ").removeprefix("Error - ")
        raise PrintingError(_not_taken(reason, words))


def _not_taken(reason: str, words: Words) -> str:
    _ = words.gettext
    return _(
        "L’imprimante n’a pas pris la fiche ({reason}). Tant que la visite est à l’écran, elle reste prête : "
        "vérifiez l’imprimante, ou enregistrez le PDF avec Ctrl+S."
    ).format(reason=reason)
