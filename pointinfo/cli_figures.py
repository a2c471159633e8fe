"""`pointinfo statistics` with crossed tables, filters and files: what the protected report says, without a window."""

import argparse
import json
from pathlib import Path
from typing import Any

from pointinfo import files, reasons
from pointinfo.errors import InputError
from pointinfo.i18n import Words

ALIASES = {"topic": "theme"}
"""Other names that an axis may be asked for by."""


def add_options(parser: argparse.ArgumentParser, words: Words) -> None:
    """What `statistics` takes beside its period and its breakdowns."""
    _ = words.gettext
    parser.add_argument(
        "--cross", action="append", default=[], metavar=_("A,B"), help=_("un tableau croisé : theme,audience…")
    )
    parser.add_argument("--only", default="", metavar=_("AXE=CODE"), help=_("ces demandes seulement : channel=phone…"))
    parser.add_argument("--public", action="store_true", help=_("le seuil de ce qui est publié"))
    parser.add_argument("-o", "--output", metavar=_("FICHIER"), type=Path, help=_("le fichier .csv ou .xlsx à écrire"))


def named(by: str) -> list[str]:
    """The axes of a list with commas, under the names they have here."""
    return [ALIASES.get(name, name) for name in by.split(",") if name]


def wants_tables(options: argparse.Namespace, known: tuple[str, ...]) -> bool:
    """Whether the simple report, which knows some breakdowns only, can't give what is asked for."""
    from pointinfo.inquiries.columns import AXES  # noqa: PLC0415

    others = set(AXES) - set(known)
    return bool(
        options.cross or options.only or options.output or options.public or others.intersection(named(options.by))
    )


def answer(desk: Any, period: Any, options: argparse.Namespace, words: Words) -> str:
    """What is printed: the report as CSV or JSON, or the name of the file that it was written to."""
    from pointinfo.inquiries import report_files  # noqa: PLC0415
    from pointinfo.inquiries.tables import HOUSE, PUBLIC  # noqa: PLC0415

    _ = words.gettext
    asked = [(name,) for name in named(options.by)] + [tuple(named(pair)) for pair in options.cross]
    only = None
    if options.only:
        axis, found, code = options.only.partition("=")
        if not found:
            raise InputError(_("Un filtre s’écrit AXE=CODE, par exemple channel=phone."))
        only = (ALIASES.get(axis, axis), code)
    asked = asked or [("outcome",), ("theme",), ("audience",), ("channel",)]
    sheet = desk.reporting.report(period, asked, PUBLIC if options.public else HOUSE, only)
    if options.output is None:
        return _as_json(sheet) if options.json else report_files.csv_text(sheet, words)
    writers = {".csv": report_files.csv_bytes, ".xlsx": report_files.xlsx_bytes}
    if options.output.suffix.lower() not in writers:
        raise InputError(_("Donnez au fichier un nom en .csv ou en .xlsx. Rien n’a été écrit."))
    target = files.target(options.output, options.home, words)
    try:
        files.write_whole(target, writers[options.output.suffix.lower()](sheet, words))
    except OSError as error:
        raise InputError(
            _("Les chiffres n’ont pas pu être écrits dans {file} ({reason}). Choisissez un autre dossier.").format(
                file=options.output, reason=reasons.of_system(error, words)
            )
        ) from error
    if options.json:
        return json.dumps({"file": str(options.output)}, ensure_ascii=False) + "\n"
    return _("Chiffres écrits : {file}").format(file=options.output) + "\n"


def _as_json(sheet: Any) -> str:
    tables = [
        {
            "axes": list(table.asked),
            "withheld": table.withheld,
            "note": table.note,
            "base": table.base,
            "columns": [column._asdict() for column in table.columns],
            "lines": [line._asdict() for line in table.lines],
        }
        for table in sheet.tables
    ]
    head = {
        "first": sheet.period.first.isoformat(),
        "last": sheet.period.last.isoformat(),
        "k": sheet.k,
        "inquiries": sheet.inquiries,
        "people": sheet.people,
    }
    return json.dumps({**head, "tables": tables}, ensure_ascii=False) + "\n"
