"""The commands that write PDF files: sheets, leaflets, programmes, booklets, posters."""

import argparse
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pointinfo import files, i18n, reasons
from pointinfo.cli_exchange import Command, progress
from pointinfo.errors import InputError
from pointinfo.i18n import Words
from pointinfo.leaflets.designs import designs

if TYPE_CHECKING:
    from pointinfo.desk import Desk
    from pointinfo.directory.selection import Selection
    from pointinfo.leaflets import Leaflet

CHOICES: Final = ("audience", "theme", "topic", "quartier")
GROUPS: Final = ("theme", "topic", "quartier", "name")
FORMATS: Final = {"a3": "poster", "a4": "poster-a4", "a5": "counter-card"}
WEEK: Final = timedelta(days=6)


def add(command: Command, words: Words) -> None:
    """Make the commands known to the parser."""
    _ = words.gettext
    sheet = command("sheet", _sheet, _("écrit la fiche d’une ou de plusieurs entrées en PDF"))
    sheet.add_argument("entries", metavar=_("FICHE"), nargs="+", help=_("identifiant ou nom exact"))
    _add_common(sheet, words)
    sheet.add_argument("--beside", action="store_true", help=_("imprime le français avec l’autre langue"))
    sheet.add_argument(
        "--note", default="", metavar=_("TEXTE"), help=_("un mot à imprimer sur la fiche, enregistré nulle part")
    )

    sheet.add_argument(
        "--design",
        default=designs()[0].name,
        choices=[each.name for each in designs()],
        metavar=_("PRÉSENTATION"),
        help=_("visit, large (grands caractères), easy (facile à lire) ou card (A5)"),
    )

    leaflet = command("leaflet", _leaflet, _("écrit un dépliant en PDF : ce qui répond à un choix, groupé"))
    _add_common(leaflet, words)
    _add_choice(leaflet, words)
    leaflet.add_argument(
        "--group",
        default="theme",
        choices=GROUPS,
        metavar=_("ORDRE"),
        help=_("groupé par theme, topic ou quartier, ou par name"),
    )

    programme = command("programme", _programme, _("écrit le programme des activités en PDF, jour par jour"))
    _add_common(programme, words)
    _add_choice(programme, words)
    for name, place, said in (
        ("--from", "first", _("premier jour (aujourd’hui)")),
        ("--to", "last", _("dernier jour (six jours plus tard)")),
    ):
        programme.add_argument(name, dest=place, type=date.fromisoformat, metavar=_("AAAA-MM-JJ"), help=said)

    booklet = command("booklet", _booklet, _("écrit l’annuaire en brochure A5 : sommaire, thèmes, deux index"))
    _add_common(booklet, words)
    _add_choice(booklet, words)
    booklet.add_argument(
        "--imposed", type=Path, metavar=_("FICHIER"), help=_("la même, deux pages par feuille A4, à plier et agrafer")
    )

    poster = command("poster", _poster, _("écrit l’affiche d’une fiche, ou du guichet lui-même, en PDF"))
    poster.add_argument("entry", metavar=_("FICHE"), nargs="?", default="", help=_("identifiant ou nom exact"))
    _add_common(poster, words)
    poster.add_argument(
        "--paper", default="a3", choices=tuple(FORMATS), metavar=_("PAPIER"), help=_("a3, a4, ou a5 pour un chevalet")
    )


def _add_common(parser: argparse.ArgumentParser, words: Words) -> None:
    _ = words.gettext
    parser.add_argument(
        "-o", "--output", metavar=_("FICHIER"), type=Path, required=True, help=_("le fichier PDF à écrire")
    )
    parser.add_argument(
        "--language",
        default="fr",
        choices=i18n.SHEET_LANGUAGES,
        metavar=_("LANGUE"),
        help=_("la langue de la fiche : {all}").format(all=", ".join(i18n.SHEET_LANGUAGES)),
    )


def _add_choice(parser: argparse.ArgumentParser, words: Words) -> None:
    """Which entries, and what stands above them."""
    _ = words.gettext
    listed = _("codes séparés par des virgules")
    for name, metavar in zip(CHOICES, (_("PUBLIC"), _("THÈME"), _("SUJET"), _("QUARTIER")), strict=True):
        parser.add_argument(f"--{name}", default="", metavar=metavar, help=listed)
    parser.add_argument("--title", default="", metavar=_("TEXTE"), help=_("le titre"))
    parser.add_argument("--intro", default="", metavar=_("TEXTE"), help=_("quelques mots sous le titre"))


def _sheet(options: argparse.Namespace, words: Words) -> int:
    def made(desk: "Desk", _tick: Callable[[float], None]) -> "Leaflet":
        uids = list(dict.fromkeys(_uid(desk, wanted) for wanted in options.entries))
        return desk.leaflets.visit_sheet(
            uids, options.language, beside=options.beside, note=options.note, design=options.design
        )

    return _written(options, words, made)


def _leaflet(options: argparse.Namespace, words: Words) -> int:
    def made(desk: "Desk", tick: Callable[[float], None]) -> "Leaflet":
        rule = _rule(desk, options, words)
        return desk.leaflets.leaflet(
            rule, options.title, options.intro, options.language, group=options.group, tick=tick
        )

    return _written(options, words, made)


def _programme(options: argparse.Namespace, words: Words) -> int:
    def made(desk: "Desk", _tick: Callable[[float], None]) -> "Leaflet":
        first = options.first or desk.inquiries.today()
        last = options.last or first + WEEK
        if first > last:
            _ = words.gettext
            raise InputError(_("Le début de la période vient après sa fin. Échangez les deux dates."))
        rule = _rule(desk, options, words)
        return desk.leaflets.programme(rule, first, last, options.language, title=options.title, intro=options.intro)

    return _written(options, words, made)


def _booklet(options: argparse.Namespace, words: Words) -> int:
    def made(desk: "Desk", tick: Callable[[float], None]) -> "Leaflet":
        rule = _rule(desk, options, words)
        return desk.leaflets.booklet(rule, options.title, options.intro, options.language, tick=tick)

    return _written(options, words, made)


def _poster(options: argparse.Namespace, words: Words) -> int:
    def made(desk: "Desk", _tick: Callable[[float], None]) -> "Leaflet":
        uid = _uid(desk, options.entry) if options.entry else ""
        return desk.leaflets.poster(uid, options.language, design=FORMATS[options.paper])

    return _written(options, words, made)


def _written(
    options: argparse.Namespace, words: Words, made: Callable[["Desk", Callable[[float], None]], "Leaflet"]
) -> int:
    """Make what was asked for and write it; nothing is written when it can't be made."""
    from pointinfo.desk import open_desk  # noqa: PLC0415 -- SQLAlchemy costs 200 ms

    _ = words.gettext
    imposed = getattr(options, "imposed", None)
    targets = [(file, files.target(file, options.home, words)) for file in (options.output, imposed) if file]
    if imposed and targets[0][1] == targets[1][1]:
        raise InputError(_("Les deux fichiers portent le même nom. Rien n’a été écrit. Choisissez un autre nom."))
    desk = open_desk(options.home, words=words)
    try:
        with progress(options, _("Mise en page")) as tick:
            leaflet = made(desk, tick)
            contents = [leaflet.pdf, *([leaflet.folded()] if imposed else [])]
    finally:
        desk.close()
    for (asked, target), content in zip(targets, contents, strict=True):
        try:
            files.write_whole(target, content)
        except OSError as error:
            raise InputError(
                _("La fiche n’a pas pu être écrite dans {file} ({reason}). Choisissez un autre dossier.").format(
                    file=asked, reason=reasons.of_system(error, words)
                )
            ) from error
    if options.json:
        answer = {"file": str(options.output), "entries": list(leaflet.revisions)}
        print(json.dumps(answer | ({"imposed": str(imposed)} if imposed else {}), ensure_ascii=False))
    else:
        for asked, _target in targets:
            print(_("Fiche écrite : {file}").format(file=asked))
    return 0


def _rule(desk: "Desk", options: argparse.Namespace, words: Words) -> "Selection":
    """The entries that were asked for; a quartier is one by any of its lists. Raises `InputError` for unknown codes."""
    from pointinfo.directory.selection import Selection  # noqa: PLC0415

    asked = {name: tuple(filter(None, getattr(options, name).split(","))) for name in CHOICES}
    places = asked.pop("quartier")
    known = {name: [term.code for term in desk.directory.terms(name)] for name in (*asked, "neighbourhood", "sector")}
    for name, codes in asked.items():
        _refuse_unknown(codes, name, known[name], words)
    _refuse_unknown(places, "quartier", [*known["neighbourhood"], *known["sector"]], words)
    quartiers = tuple(code for code in places if code in known["neighbourhood"])
    sectors = tuple(code for code in places if code not in known["neighbourhood"])
    audience, theme, topic = asked.values()
    return Selection(audience=audience, theme=theme, topic=topic, neighbourhood=quartiers, sector=sectors)


def _refuse_unknown(codes: tuple[str, ...], option: str, known: list[str], words: Words) -> None:
    """A code that no list has chooses nothing; that is a slip of the keys."""
    for code in codes:
        if code not in known:
            _ = words.gettext
            raise InputError(
                _("«{code}» n’est pas connu de --{option}. Choisissez parmi : {all}.").format(
                    code=code, option=option, all=", ".join(known)
                )
            )


def _uid(desk: Any, wanted: str) -> str:
    """`wanted` itself when it is an id, else the id of the only entry that bears this name."""
    from pointinfo.directory import Query  # noqa: PLC0415

    if desk.directory.entries([wanted]):
        return wanted
    rows = desk.directory.rows([hit.id for hit in desk.directory.search(Query(wanted)).hits[:20]])
    named = [row.uid for row in rows if row.name.casefold() == wanted.casefold()]
    return named[0] if len(named) == 1 else str(desk.directory.entry(wanted).uid)
