"""Handing a PDF to the printing system where there is `lp` (CUPS): vectors stay vectors."""

import shutil
import subprocess
from typing import Final

from pointinfo import reasons
from pointinfo.errors import PrintingError
from pointinfo.i18n import N_, Words

_REASONS: Final = {
    "does not exist": N_("cette imprimante n’existe pas"),
    "default destination": N_("aucune imprimante n’est choisie"),
    "connect": N_("le service d’impression ne répond pas"),
    "scheduler": N_("le service d’impression ne répond pas"),
    "not accepting": N_("l’imprimante est arrêtée"),
}
"""What `lp` says where the system speaks English, by a part of it. A French system has its own words."""


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
        raise PrintingError(_not_taken(reasons.of_system(error, words), words)) from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().removeprefix("lp: ").removeprefix("Error - ")
        ours = next((_(said) for part, said in _REASONS.items() if part in reason.casefold()), reason)
        raise PrintingError(_not_taken(ours, words))


def _not_taken(reason: str, words: Words) -> str:
    _ = words.gettext
    return _(
        "L’imprimante n’a pas pris la fiche ({reason}). Elle reste prête : vérifiez l’imprimante, puis réimprimez-la."
    ).format(reason=reason)
