"""`pointinfo check`: is the program whole, are the data sound?

Reads everything and changes nothing, but for what every start does: a database of an older version is brought up to
date first, after a verified copy.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from pointinfo import i18n, paths, reasons
from pointinfo.desk import DATABASE, Desk, open_desk
from pointinfo.errors import PointInfoError
from pointinfo.i18n import Words

RESOURCES: Final = (
    "fonts/NotoSans-Regular.ttf",
    "fonts/NotoSans-SemiBold.ttf",
    "fonts/NotoSans-Bold.ttf",
    "fonts/sheets/Vazirmatn-Regular.ttf",
    "fonts/sheets/NotoSansSC-Regular.ttf",
    "icons/pointinfo.svg",
    "sample/directory_geneve.jsonl",
    "vocabulary/topics.json",
    "vocabulary/inquiry.json",
    "colour/sRGB.icc",
    *(f"translations/{language}/LC_MESSAGES/pointinfo.mo" for language in i18n.LANGUAGES if language != "fr"),
)
"""What can be missed in a checkout; a built program lists every file that belongs to it in `MANIFEST`."""
MANIFEST: Final = "manifest.json"
NAMED: Final = 5
"""Missing files that are named: more say no more."""
ROOM: Final = 200_000_000
"""Bytes that should be free on the disk: a backup of a year's data and some days of work."""


class Finding(NamedTuple):
    """One thing looked at: `part` for programs, `words` for people."""

    part: str
    sound: bool
    words: str


def examine(home: Path, words: Words, *, progress: bool = False) -> Iterator[Finding]:
    """Look at every part in turn, with a progress bar on standard error where asked."""
    _ = words.gettext
    missing = _missing()
    yield Finding(
        "program",
        not missing,
        _("Il manque au programme : {files}. Réinstallez PointInfo ; les données sont sauves.").format(
            files=", ".join(missing[:NAMED]) + ("…" if len(missing) > NAMED else "")
        )
        if missing
        else _("Le programme est complet."),
    )
    if missing:
        return  # the data are not opened with half a program
    try:
        is_there = (home / DATABASE).is_file() or any(home.glob("backups/*.sqlite"))
    except OSError as error:
        reason = reasons.of_system(error, words)
        said = _("Le dossier {folder} ne peut pas être lu ({reason}).").format(folder=home, reason=reason)
        yield Finding("data", False, said)
        return
    if not is_there:
        yield Finding(
            "data", False, _("Le dossier {folder} ne contient pas de données de PointInfo.").format(folder=home)
        )
        return
    try:
        desk = open_desk(home, words=words)
    except PointInfoError as error:
        yield Finding("data", False, str(error))
        return
    try:
        parts = (_database, _index, _chain, _sheet, _room)
        for finding in _shown(parts, desk) if progress else (part(desk) for part in parts):
            yield finding
            if finding.part == "database" and not finding.sound:
                return  # the rest would stumble over the same defects
    except PointInfoError as error:
        yield Finding("data", False, str(error))
    finally:
        desk.close()


def _missing() -> list[str]:
    """The resources that are not there, or are not of the size they were built with."""
    folder = paths.resources()
    if (folder / MANIFEST).is_file():
        built = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=dict[str, int])
        return [name for name, size in built.items() if not _is_whole(folder / name, size)]
    return [name for name in RESOURCES if not (folder / name).is_file()]


def _is_whole(file: Path, size: int) -> bool:
    return file.is_file() and file.stat().st_size == size


def _shown(parts: tuple[Callable[[Desk], Finding], ...], desk: Desk) -> Iterator[Finding]:
    from rich.console import Console  # noqa: PLC0415 -- only where a person is watching
    from rich.progress import track  # noqa: PLC0415

    _ = desk.words.gettext
    for part in track(parts, description=_("Examen"), console=Console(stderr=True), transient=True):
        yield part(desk)


def _database(desk: Desk) -> Finding:
    problems = desk.database.problems()
    if problems:
        return Finding(
            "database",
            False,
            desk.words.ngettext(
                "La base de données a {count} défaut ({first}). Rétablissez la dernière sauvegarde.",
                "La base de données a {count} défauts ({first}…). Rétablissez la dernière sauvegarde.",
                len(problems),
            ).format(count=len(problems), first=problems[0]),
        )
    count = desk.directory.count()
    return Finding(
        "database",
        True,
        desk.words.ngettext(
            "La base de données est saine : {count} fiche.", "La base de données est saine : {count} fiches.", count
        ).format(count=count),
    )


def _index(desk: Desk) -> Finding:
    _ = desk.words.gettext
    behind = desk.directory.unindexed()
    return Finding(
        "index",
        not behind,
        _("L’index de recherche est à jour.")
        if not behind
        else desk.words.ngettext(
            "{count} fiche manque à l’index de recherche ; redémarrez PointInfo.",
            "{count} fiches manquent à l’index de recherche ; redémarrez PointInfo.",
            behind,
        ).format(count=behind),
    )


def _chain(desk: Desk) -> Finding:
    _ = desk.words.gettext
    if broken := desk.inquiries.broken_links():
        said = _("Le journal des demandes a été modifié hors de PointInfo (événement {seq}).").format(seq=broken[0])
    elif altered := desk.inquiries.altered():
        said = desk.words.ngettext(
            "{count} demande a été modifiée hors de PointInfo. Ce qui en a été noté est sauf dans le journal ; "
            "prévenez votre service informatique.",
            "{count} demandes ont été modifiées hors de PointInfo. Ce qui en a été noté est sauf dans le journal ; "
            "prévenez votre service informatique.",
            len(altered),
        ).format(count=len(altered))
    else:
        return Finding("inquiries", True, _("Le journal des demandes est intact."))
    return Finding("inquiries", False, said)


def _sheet(desk: Desk) -> Finding:
    _ = desk.words.gettext
    rows = desk.directory.rows([1])
    pdf = desk.leaflets.visit_sheet([row.uid for row in rows]).pdf
    return Finding("sheet", pdf.startswith(b"%PDF"), _("Une fiche peut être composée."))


def _room(desk: Desk) -> Finding:
    _ = desk.words.gettext
    free = shutil.disk_usage(desk.home).free
    return Finding(
        "disk",
        free >= ROOM,
        _("Le disque a {room} Mo libres.").format(room=free // 1_000_000)
        if free >= ROOM
        else _("Le disque n’a plus que {room} Mo libres : libérez de la place.").format(room=free // 1_000_000),
    )
