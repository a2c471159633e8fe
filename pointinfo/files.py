"""Files written whole or not at all, and never in the place of something that is none of ours."""

import os
from contextlib import suppress
from pathlib import Path

from pointinfo.errors import InputError
from pointinfo.i18n import Words


def target(wanted: Path, home: Path, words: Words) -> Path:
    """The file that a person named to be written, links followed.

    Raises `InputError` for a file among the counter's own data in `home`, and for what is no file: a folder, a device.
    """
    _ = words.gettext
    found = wanted.resolve()
    if found.is_relative_to(home.resolve()):
        raise InputError(
            _(
                "Le fichier {file} est parmi les données de PointInfo. Rien n’a été écrit. Choisissez un autre dossier."
            ).format(file=wanted)
        )
    if found.exists() and not found.is_file():
        raise InputError(
            _("Le chemin {file} ne mène pas à un fichier. Rien n’a été écrit. Choisissez un autre nom.").format(
                file=wanted
            )
        )
    return found


def write_whole(target: Path, content: bytes) -> None:
    """Write beside `target`, then in its place: a power cut leaves the old file or the new one.

    Raises OSError; `target` is as it was then, and nothing is left beside it.
    """
    fresh = target.with_name(f".{target.name}.part")
    try:
        with fresh.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(target)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        raise
