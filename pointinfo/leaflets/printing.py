"""Handing a PDF to the printing system where there is `lp` (CUPS): vectors stay vectors."""

import shutil
import subprocess
from typing import Final, NamedTuple

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


class Job(NamedTuple):
    """How a sheet shall be printed: `printer` "" is the system's default one, `paper` a name of PWG 5101.1 ("A4")."""

    printer: str = ""
    copies: int = 1
    two_sided: bool = False
    paper: str = "A4"


def send(pdf: bytes, title: str, job: Job, words: Words) -> None:
    """Queue `pdf`. Raises `PrintingError` when the system won't take it."""
    printer = ["-d", job.printer] if job.printer else []
    sides = "two-sided-long-edge" if job.two_sided else "one-sided"
    options = ["-n", str(job.copies), "-o", f"sides={sides}", "-o", f"media={job.paper}"]
    command = ["lp", "-t", title, *printer, *options, "-"]
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
