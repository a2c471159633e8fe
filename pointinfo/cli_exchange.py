"""The commands `import` and `export`: files in and out of the directory, without a window."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from pointinfo import files, reasons
from pointinfo.errors import InputError
from pointinfo.i18n import Words

if TYPE_CHECKING:
    from pointinfo.desk import Desk
    from pointinfo.directory.exchange.mapping import Mapping
    from pointinfo.directory.exchange.preview import Counts, Preview

SHOWN: Final = 20
"""Remarks that a person is shown; a program gets up to a thousand."""

REFUSED: Final = 2
"""The exit code where lines were refused and nothing was brought in."""

PIECE: Final = 500
"""Entries of a search that are looked up at once."""

Command = Callable[[str, Any, str], argparse.ArgumentParser]


def add(command: Command, words: Words) -> None:
    """Make both commands known to the parser."""
    _ = words.gettext
    brought = command("import", _import, _("importe des fiches d’un tableau ou d’un autre fichier ; tout ou rien"))
    brought.add_argument("file", metavar=_("FICHIER"), type=Path, help=_("CSV, XLSX, JSON Lines ou un autre format"))
    brought.add_argument("--source", default="", metavar=_("NOM"), help=_("d’où vient le fichier (son nom)"))
    brought.add_argument("--format", default="", metavar=_("FORMAT"), help=_("le format, s’il n’est pas reconnu"))
    brought.add_argument(
        "--mapping", type=Path, metavar=_("FICHIER"), help=_("quelle colonne est quel champ (fichier JSON)")
    )
    brought.add_argument(
        "--twins",
        choices=("new", "update"),
        default="new",
        help=_("une fiche sûrement déjà là sous un autre identifiant : nouvelle fiche, ou mise à jour de celle-là"),
    )
    brought.add_argument("--dry-run", action="store_true", help=_("montre ce qui changerait, sans rien importer"))
    brought.add_argument("--yes", action="store_true", help=_("importe sans poser de question"))
    brought.add_argument(
        "--confirmed", action="store_true", help=_("même si de nombreuses fiches de la source se ferment")
    )
    brought.add_argument(
        "--skip-refused", action="store_true", help=_("importe le reste quand des lignes sont refusées")
    )
    written = command("export", _export, _("écrit l’annuaire, ou ce qu’une recherche trouve, dans un fichier"))
    written.add_argument("file", metavar=_("FICHIER"), type=Path, help=_("le fichier ; sa fin dit le format"))
    written.add_argument("--format", default="", metavar=_("FORMAT"), help=_("le format, si la fin ne le dit pas"))
    written.add_argument(
        "--search", default="", metavar=_("MOTS"), help=_("seulement les fiches qui contiennent tous ces mots")
    )
    written.add_argument("--closed", action="store_true", help=_("les fiches fermées aussi"))
    written.add_argument(
        "--internal",
        action="store_true",
        help=_("les champs réservés au personnel et les colonnes gardées à côté aussi"),
    )


def _import(options: argparse.Namespace, words: Words) -> int:
    from pointinfo.desk import open_desk  # noqa: PLC0415 -- SQLAlchemy costs 200 ms

    _ = words.gettext
    desk = open_desk(options.home, words=words)
    try:
        mapping = _mapping(options.mapping, words) if options.mapping else None
        with progress(options, _("Lecture")) as tick:
            preview = desk.exchange.preview(
                options.file, mapping, source=options.source, format_name=options.format, tick=tick
            )
        if options.twins == "new":
            for number in preview.twins():
                preview.decide(number, update=False)
        if not options.json:
            _show(preview, words)
        imported = not options.dry_run and _bring_in(desk, preview, options, words)
        if options.json:
            print(json.dumps(_as_data(preview, imported=imported), ensure_ascii=False))
        stopped = preview.counts.refused and not (imported or options.dry_run or options.skip_refused)
        preview.close()
        return REFUSED if stopped else 0
    finally:
        desk.close()


def _bring_in(desk: "Desk", preview: "Preview", options: argparse.Namespace, words: Words) -> bool:
    """Whether it was brought in: the person may say no."""
    from pointinfo.directory.exchange.importing import UnconfirmedError  # noqa: PLC0415

    _ = words.gettext
    counts = preview.counts
    if not (counts.new or counts.changed or counts.closing):
        if not options.json and (options.skip_refused or not counts.refused):
            print(_("Rien n’a changé depuis le dernier import : il n’y a rien à importer."))
        return False
    if counts.refused and options.yes and not options.skip_refused:
        raise InputError(
            words.ngettext(
                "{count} ligne est refusée. Rien n’a été importé. Corrigez le fichier, ou ajoutez --skip-refused "
                "pour importer le reste.",
                "{count} lignes sont refusées. Rien n’a été importé. Corrigez le fichier, ou ajoutez --skip-refused "
                "pour importer le reste.",
                counts.refused,
            ).format(count=counts.refused)
        )
    if not options.yes:
        if options.json or not sys.stdin.isatty():
            raise InputError(_("Rien n’a été importé. Ajoutez --yes pour importer sans question, ou --dry-run."))
        rest = _("Importer le reste maintenant ? (o/n) ")
        if not _agreed(rest if counts.refused else _("Importer maintenant ? (o/n) "), words):
            return False
    try:
        with progress(options, _("Import")) as tick:
            desk.exchange.bring_in(preview, "", confirmed=options.confirmed, tick=tick)
    except UnconfirmedError as error:
        if options.yes:
            raise
        print(error)
        if not _agreed(_("Importer quand même ? (o/n) "), words):
            return False
        with progress(options, _("Import")) as tick:
            desk.exchange.bring_in(preview, "", confirmed=True, tick=tick)
    if not options.json:
        print(_("Import terminé."))
    return True


def _agreed(question: str, words: Words) -> bool:
    """Whether the person at the terminal says yes; if not, that nothing was done."""
    print(question, end="", flush=True)
    if sys.stdin.readline().strip().casefold() in ("o", "oui", "y", "yes"):
        return True
    _ = words.gettext
    print(_("Rien n’a été importé."))
    return False


def _export(options: argparse.Namespace, words: Words) -> int:
    from pointinfo.desk import open_desk  # noqa: PLC0415
    from pointinfo.directory.bulk import Selection  # noqa: PLC0415

    _ = words.gettext
    target = files.target(options.file, options.home, words)
    desk = open_desk(options.home, words=words)
    try:
        uids = None
        if options.search:
            found = desk.bulk.select(Selection(text=options.search, closed=options.closed))
            pieces = (found[start : start + PIECE] for start in range(0, len(found), PIECE))
            uids = [row.uid for piece in pieces for row in desk.directory.rows(piece)]
            if not uids:
                print(_("Aucune fiche pour «{query}».").format(query=options.search), file=sys.stderr)
                return 1
        remarks: list[str] = []
        with progress(options, _("Export")) as tick:
            count = desk.exchange.write(
                target,
                options.format,
                uids=uids,
                internal=options.internal,
                closed=options.closed,
                tick=tick,
                tell=remarks.append,
            )
    finally:
        desk.close()
    if options.json:
        print(json.dumps({"file": str(options.file), "entries": count, "remarks": remarks}, ensure_ascii=False))
    else:
        said = words.ngettext("{count} fiche écrite : {file}", "{count} fiches écrites : {file}", count)
        print(said.format(count=count, file=options.file))
        for remark in remarks:
            print(remark, file=sys.stderr)
    return 0


def _mapping(file: Path, words: Words) -> "Mapping":
    from pointinfo.directory.exchange.mapping import Mapping  # noqa: PLC0415

    _ = words.gettext
    try:
        return msgspec.json.decode(file.read_bytes(), type=Mapping)
    except OSError as error:
        raise InputError(
            _("Le fichier {file} ne peut pas être lu ({reason}). Vérifiez son nom et ses droits.").format(
                file=file, reason=reasons.of_system(error, words)
            )
        ) from error
    except ValueError as error:  # msgspec's errors are ValueErrors
        raise InputError(
            _("Le fichier {file} ne dit pas quelle colonne est quel champ ({reason}).").format(file=file, reason=error)
        ) from error


@contextmanager
def progress(options: argparse.Namespace, title: str) -> Iterator[Callable[[float], None]]:
    """A bar for whoever waits at a terminal."""
    if options.json or not sys.stderr.isatty():
        yield lambda _done: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=1.0)
        yield lambda done: bar.update(task, completed=done)


def _show(preview: "Preview", words: Words) -> None:
    _ = words.gettext
    for line in count_words(preview.counts, words):
        print(line)
    for row in islice(map(preview.row, preview.twins()), SHOWN):
        if row.twin is not None:
            said = (
                _("Ligne {row}, «{name}» : met à jour «{twin}» ({reasons})")
                if row.state == "changed"
                else _("Ligne {row}, «{name}» : nouvelle fiche, sans doute la même que «{twin}» ({reasons})")
            )
            why = ", ".join(row.twin.reasons)
            print(f"  {said.format(row=row.row, name=row.name, twin=row.twin.name, reasons=why)}")
    remarks = [remark for number in preview.remarked() for remark in preview.row(number).remarks]
    for remark in remarks[:SHOWN]:
        place = _("Ligne {row}, {column}").format(row=remark.row, column=remark.column or "—")
        print(f"  {place} : {remark.sentence}")
    rest = len(remarks) - SHOWN
    if rest > 0:
        said = words.ngettext("  … et {count} autre remarque", "  … et {count} autres remarques", rest)
        print(said.format(count=rest))


def count_words(counts: "Counts", words: Words) -> list[str]:
    """What an import would do, a line each kind of row that there is."""
    each = (
        (counts.new, words.ngettext("{count} nouvelle fiche", "{count} nouvelles fiches", counts.new)),
        (counts.changed, words.ngettext("{count} fiche change", "{count} fiches changent", counts.changed)),
        (counts.unchanged, words.ngettext("{count} fiche inchangée", "{count} fiches inchangées", counts.unchanged)),
        (counts.closing, words.ngettext("{count} fiche se ferme", "{count} fiches se ferment", counts.closing)),
        (counts.refused, words.ngettext("{count} ligne refusée", "{count} lignes refusées", counts.refused)),
        (
            counts.twins,
            words.ngettext("{count} fiche sans doute déjà là", "{count} fiches sans doute déjà là", counts.twins),
        ),
    )
    return [said.format(count=count) for count, said in each if count]


def _as_data(preview: "Preview", *, imported: bool) -> dict[str, Any]:
    remarks = (remark for number in preview.remarked() for remark in preview.row(number).remarks)
    return {
        "source": preview.source,
        "imported": imported,
        "counts": preview.counts._asdict(),
        "understood": [each._asdict() for each in preview.understood],
        "twins": [
            {"row": row.row, "name": row.name, "updates": row.state == "changed", **row.twin._asdict()}
            for row in islice(map(preview.row, preview.twins()), 1_000)
            if row.twin is not None
        ],
        "unknown": [word._asdict() for word in preview.unknown[:1_000]],
        "remarks": [remark._asdict() for remark in islice(remarks, 1_000)],
    }
