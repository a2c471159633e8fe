"""`pointinfo report`: a report of the counter as PDF, XLSX or CSV, by the ending of the file's name."""

import argparse
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from pointinfo import files, reasons
from pointinfo.errors import InputError
from pointinfo.i18n import Words

ENDINGS: Final = (".pdf", ".xlsx", ".csv")


def add(command: Callable[..., argparse.ArgumentParser], words: Words) -> None:
    """The command and what it takes."""
    _ = words.gettext
    made = command("report", _report, _("écrit un rapport en PDF, XLSX ou CSV"))
    kinds = made.add_subparsers(title=_("rapports"), metavar=_("RAPPORT"), required=True, dest="kind")
    spans = {
        "monthly": (_("AAAA-MM"), _("un mois, en deux pages")),
        "quarterly": (_("AAAA-Q1"), _("les besoins sans réponse d’un trimestre")),
        "annual": (_("AAAA"), _("une année")),
        "portrait": (_("AAAA"), _("le portrait d’un quartier, par son nom ou son code")),
    }
    for name, (span, description) in spans.items():
        kind = kinds.add_parser(name, help=description, description=description)
        if name == "portrait":
            kind.add_argument("area", metavar=_("QUARTIER"), help=_("le nom ou le code d’un quartier ou d’une commune"))
        else:
            kind.add_argument(
                "--publish", action="store_true", help=_("fige les chiffres de la période et écrit cette publication")
            )
            kind.add_argument("--published", action="store_true", help=_("écrit la dernière publication de la période"))
        kind.add_argument("span", metavar=span, help=_("la période"))
        kind.add_argument(
            "-o", "--output", metavar=_("FICHIER"), type=Path, required=True, help=_("le fichier à écrire")
        )
        for flag, more in (("--home", {"metavar": _("DOSSIER"), "type": Path}), ("--json", {"action": "store_true"})):
            kind.add_argument(flag, default=argparse.SUPPRESS, help=argparse.SUPPRESS, **more)


def _report(options: argparse.Namespace, words: Words) -> int:
    from pointinfo.desk import open_desk  # noqa: PLC0415 -- SQLAlchemy costs 200 ms

    _ = words.gettext
    ending = options.output.suffix.lower()
    if ending not in ENDINGS:
        raise InputError(_("Donnez au fichier un nom en .pdf, .xlsx ou .csv. Rien n’a été écrit."))
    year, part = _span(options.kind, options.span, words)
    target = files.target(options.output, options.home, words)
    desk = open_desk(options.home, words=words)
    try:
        report = _made(desk, options, year, part)
    finally:
        desk.close()
    try:
        files.write_whole(target, _written(report, ending, words))
    except OSError as error:
        raise InputError(
            _("Le rapport n’a pas pu être écrit dans {file} ({reason}). Choisissez un autre dossier.").format(
                file=options.output, reason=reasons.of_system(error, words)
            )
        ) from error
    if options.json:
        print(json.dumps({"file": str(options.output), "title": report.title}, ensure_ascii=False))
    else:
        print(_("Rapport écrit : {file}").format(file=options.output))
    return 0


def _made(desk: Any, options: argparse.Namespace, year: int, part: int) -> Any:
    from pointinfo.inquiries import Period  # noqa: PLC0415
    from pointinfo.reports import reports  # noqa: PLC0415

    made = desk.reports
    if options.kind == "portrait":
        return made.portrait(options.area, year)
    if options.publish:
        if options.kind == "monthly":
            made.publish(Period.month(year, part), reports.ACTIVITY)
        elif options.kind == "quarterly":
            made.publish(reports.quarter_of(year, part), reports.UNMET)
        else:
            made.publish(Period.year(year), reports.YEARLY)
    published = options.publish or options.published
    if options.kind == "annual":
        return made.annual(year, published=published)
    return getattr(made, options.kind)(year, part, published=published)


def _written(report: Any, ending: str, words: Words) -> bytes:
    from pointinfo import reports  # noqa: PLC0415

    writers = {".pdf": reports.typeset, ".xlsx": reports.xlsx_bytes, ".csv": reports.csv_bytes}
    return writers[ending](report, words)


def _span(kind: str, text: str, words: Words) -> tuple[int, int]:
    """The year of a span, and its month or quarter; 0 for a whole year."""
    _ = words.gettext
    pattern, example = {
        "monthly": (r"(\d{4})-(0[1-9]|1[0-2])", "2026-10"),
        "quarterly": (r"(\d{4})-[QT]([1-4])", "2026-Q3"),
    }.get(kind, (r"(\d{4})()", "2026"))
    found = re.fullmatch(pattern, text, re.IGNORECASE)
    if not found or not 1900 < int(found[1]) < 9000:
        raise InputError(
            _("«{text}» n’est pas une période de ce rapport. Écrivez-la ainsi : {example}.").format(
                text=text, example=example
            )
        )
    return int(found[1]), int(found[2] or 0)
