"""The command line: the same desk without a window."""

import argparse
import gc
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NoReturn

from pointinfo import __version__, cli_exchange, cli_figures, cli_paper, cli_reports, i18n, paths
from pointinfo.errors import InputError, PointInfoError
from pointinfo.i18n import Words

Answer = dict[str, Any]

HERE: Final = "ici"
"""What stands for this counter's own place among the codes of quartiers."""

SCREENS: Final = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""What tells Qt on Linux where to open a window; without any of them it ends the process."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 nothing found, 2 and above `PointInfoError.exit_code`."""
    words = i18n.words(i18n.system_language())
    options = _parser(words).parse_args(arguments)
    _speak_plainly(utf8=options.json)
    try:
        return int(options.run(options, words))
    except PointInfoError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:  # the reader of a pipe went away, as with «| head»
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains when it flushes
        return 0
    except KeyboardInterrupt:
        return 130


def gui(arguments: Sequence[str] | None = None) -> int:
    """Open the window: the entry point of desktop icons."""
    return main(["gui", *(sys.argv[1:] if arguments is None else arguments)])


def _speak_plainly(*, utf8: bool) -> None:
    """Letters that a terminal hasn't, or bytes that are no text, become «?» rather than a crash; JSON is UTF-8."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if utf8 else None, errors="replace")


def _gui(options: argparse.Namespace, words: Words) -> int:
    _ = words.gettext
    if sys.platform == "linux" and not any(os.environ.get(name) for name in SCREENS):
        raise PointInfoError(
            _("La fenêtre ne peut pas s’ouvrir : cette session n’a pas d’écran. «pointinfo search» cherche sans elle.")
        )
    gc.disable()  # what a start imports and makes stays for good; looking for rubbish in it takes a tenth of the time
    try:
        import PySide6.QtWidgets  # noqa: F401, PLC0415 -- the command line must start without Qt
    except ImportError as error:
        said = _("La fenêtre ne peut pas s’ouvrir : une bibliothèque du système manque ({reason}).")
        raise PointInfoError(said.format(reason=str(error).partition(":")[0])) from error  # «libGL.so.1: cannot open…»
    from pointinfo_ui import app  # noqa: PLC0415

    return app.run(options.home)


def _search(options: argparse.Namespace, words: Words) -> int:
    from pointinfo.desk import open_desk  # noqa: PLC0415 -- SQLAlchemy costs 200 ms

    desk = open_desk(options.home, words=words)
    try:
        for name in ("audience", "sector", "language"):
            _refuse_unknown(desk, name, getattr(options, name), words)
        near = _spot(desk, options.near, words)
        texts: Iterable[str] = [" ".join(options.words)]
        if options.words == ["-"]:
            texts = (line.rstrip("\r\n") for line in sys.stdin)
        found = 0
        for text in texts:
            answer = _answer(desk, text, options, near)
            found += len(answer["results"])
            if options.json:
                print(json.dumps(answer, ensure_ascii=False), flush=True)
            else:
                _print_answer(answer, words)
        return 0 if found or options.words == ["-"] else 1
    finally:
        desk.close()


def _refuse_unknown(desk: Any, vocabulary: str, code: str, words: Words) -> None:
    """A code that no list has finds nothing; that is a slip of the keys, not an answer."""
    known = [term.code for term in desk.directory.terms(vocabulary)]
    if code and code not in known:
        _ = words.gettext
        raise InputError(
            _("«{code}» n’est pas connu de --{option}. Choisissez parmi : {all}.").format(
                code=code, option=vocabulary, all=", ".join(known)
            )
        )


def _spot(desk: Any, code: str, words: Words) -> Any:
    """Where distances are measured from: this counter, or a quartier by its code; None where nothing was asked."""
    _ = words.gettext
    if code == HERE:
        here = desk.here()
        if here is None:
            raise InputError(_("Ce guichet ne sait pas où il est. Choisissez son quartier dans les Réglages (Ctrl+5)."))
        return here
    spots = desk.directory.spots()
    if code and code not in spots:
        raise InputError(
            _("«{code}» n’est pas connu de --{option}. Choisissez parmi : {all}.").format(
                code=code, option="near", all=", ".join((HERE, *spots))
            )
        )
    return spots[code][1] if code else None


def _answer(desk: Any, text: str, options: argparse.Namespace, near: Any) -> Answer:
    from pointinfo.directory import Query  # noqa: PLC0415

    query = Query(
        text,
        audience=options.audience,
        kind=options.kind,
        sector=options.sector,
        language=options.language,
        open_at=desk.clock() if options.open else None,
        age=options.age,
        near=near,
    )
    if not (query.words if options.words == ["-"] else query.asks):
        return {"query": text, "results": []}
    results = desk.directory.deepened(query, desk.directory.search(query))
    hits = results.hits[: options.limit]
    rows = desk.directory.rows([hit.id for hit in hits])
    distances = desk.directory.distances(near) if near else {}
    listed = [
        {
            "id": row.uid,
            "name": row.name,
            "kind": row.kind,
            "why": hit.why,
            **({"by": hit.by} if hit.by else {}),
            **({"weak": True} if hit.weak else {}),
            **_far(distances.get(row.id), desk.words),
        }
        for hit, row in zip(hits, rows, strict=True)
    ]
    answer: Answer = {"query": text, "results": listed}
    if results.left_out:
        answer["left_out"] = list(results.left_out)
    if results.corrected:
        answer["corrected"] = dict(results.corrected)
    if results.language:
        answer["language"] = results.language
    return answer


def _far(distance: Any, words: Words) -> Answer:
    """How far an entry is; nothing where its place isn't known, or nobody asked."""
    from pointinfo.directory import nearness  # noqa: PLC0415

    if distance is None:
        return {}
    return {
        "metres": round(distance.metres),
        "approximate": distance.approximate,
        "distance": nearness.distance_words(distance, words),
    }


def _print_answer(answer: Answer, words: Words) -> None:
    _ = words.gettext
    if not answer["results"]:
        print(_("Aucune fiche pour «{query}».").format(query=answer["query"]))
    elif "corrected" in answer:
        print(_("Cherché : {words}").format(words=" ".join(answer["corrected"].values())))
    if answer["results"] and answer["results"][0].get("weak"):
        left_out = " ".join(answer.get("left_out", ()))
        said = _("Aucune réponse avec «{words}». Peut-être :") if left_out else _("Aucune réponse sûre. Peut-être :")
        print(said.format(words=left_out))
    elif answer["results"] and "left_out" in answer:
        print(_("Aucune fiche avec tous les mots. Sans «{words}» :").format(words=" ".join(answer["left_out"])))
    mark = _("par le sens")
    for result in answer["results"]:
        beside = [mark] if result["why"] == "meaning" else []
        beside += [result["distance"]] if "distance" in result else []
        print("  ".join((result["name"], f"[{result['id']}]", *(f"({each})" for each in beside))))


def _statistics(options: argparse.Namespace, words: Words) -> int:
    from pointinfo.desk import open_desk  # noqa: PLC0415
    from pointinfo.inquiries import Period, export  # noqa: PLC0415
    from pointinfo.inquiries.statistics import ALL, KNOWN  # noqa: PLC0415

    desk = open_desk(options.home, words=words)
    _ = words.gettext
    try:
        last = options.last or desk.inquiries.today()
        first = options.first or last.replace(day=1)
        if first > last:
            raise InputError(_("Le début de la période vient après sa fin. Échangez les deux dates."))
        if cli_figures.wants_tables(options, KNOWN):
            print(cli_figures.answer(desk, Period(first, last), options, words), end="")
            return 0
        asked: list[Any] = cli_figures.named(options.by) or list(ALL)
        unknown = [name for name in asked if name not in KNOWN]
        if unknown:
            raise InputError(
                _("Répartition inconnue : {name}. Choisissez parmi {all}.").format(
                    name=unknown[0], all=", ".join(KNOWN)
                )
            )
        report = desk.statistics.report(Period(first, last), asked)
    finally:
        desk.close()
    if options.json:
        print(json.dumps(export.as_json(report), ensure_ascii=False))
    else:
        print(export.csv_text(report, words), end="")
    return 0


def _load(options: argparse.Namespace, words: Words) -> int:
    from pointinfo.desk import open_desk  # noqa: PLC0415

    desk = open_desk(options.home, words=words)
    try:
        count = desk.directory.load_file(options.file)
    finally:
        desk.close()
    if options.json:
        print(json.dumps({"loaded": count}))
    else:
        print(words.ngettext("{count} fiche chargée.", "{count} fiches chargées.", count).format(count=count))
    return 0


def _check(options: argparse.Namespace, words: Words) -> int:
    from pointinfo import soundness  # noqa: PLC0415

    findings = []
    for finding in soundness.examine(options.home, words, progress=not options.json and sys.stderr.isatty()):
        findings.append(finding)
        if not options.json:
            print(("✓ " if finding.sound else "✗ ") + finding.words, flush=True)
    sound = all(finding.sound for finding in findings)
    if options.json:
        listed = [{"part": f.part, "sound": f.sound, "words": f.words} for f in findings]
        print(json.dumps({"sound": sound, "findings": listed}, ensure_ascii=False))
    return 0 if sound else 4


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _parser(words: Words) -> argparse.ArgumentParser:
    _ = words.gettext

    class Formatter(argparse.RawDescriptionHelpFormatter):
        """argparse's own words in the reader's language."""

        def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
            super().add_usage(usage, actions, groups, _("utilisation : ") if prefix is None else prefix)

    class Parser(argparse.ArgumentParser):
        def __init__(self, **options: Any) -> None:
            super().__init__(**options, formatter_class=Formatter, add_help=False, allow_abbrev=False)
            self._optionals.title = _("options")
            self._positionals.title = _("à donner")
            self.add_argument("-h", "--help", action="help", help=_("montre cette aide"))

        def error(self, message: str) -> NoReturn:
            # argparse speaks English only; what it is about stands behind «argument» or at the end.
            places = (r"^argument (-[^:]+):", r": '(.*?)'", r": (.*)$")
            found = (re.search(place, message) for place in places)
            option, value, rest = (each[1] if each else "" for each in found)
            reason = f"{option} {value}".strip() or rest or message
            said = _("Cette commande n’est pas complète ou pas connue ({reason}).").format(reason=reason)
            self.exit(2, f"{said}\n{self.format_usage()}")

    def common(parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--home",
            metavar=_("DOSSIER"),
            type=Path,
            default=argparse.SUPPRESS,
            help=_("où se trouvent les données"),
        )
        parser.add_argument(
            "--json",
            action="store_true",
            default=argparse.SUPPRESS,
            help=_("réponse lisible par un programme"),
        )

    parser = Parser(prog="pointinfo", description=_("Trouver, imprimer et noter au guichet d’information."))
    parser.set_defaults(home=paths.default_home(), json=False, run=_gui)
    parser.add_argument("--version", action="version", version=f"PointInfo {__version__}", help=_("montre la version"))
    common(parser)
    commands = parser.add_subparsers(title=_("commandes"), metavar=_("COMMANDE"), parser_class=Parser)

    def command(name: str, run: Any, description: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=description, description=description)
        made.set_defaults(run=run)
        common(made)
        return made

    command("gui", _gui, _("ouvre la fenêtre du guichet"))

    found = command(
        "search", _search, _("cherche dans l’annuaire ; «-» lit une question par ligne de l’entrée standard")
    )
    found.add_argument("words", metavar=_("MOTS"), nargs="+", help=_("les mots à chercher"))
    found.add_argument("--audience", default="", metavar=_("PUBLIC"), help=_("un public : enfance, jeunesse, aines…"))
    found.add_argument(
        "--kind",
        default="",
        choices=("service", "association", "activity", "place"),
        metavar=_("SORTE"),
        help=_("service, association, activity ou place"),
    )
    found.add_argument(
        "--language", default="", metavar=_("LANGUE"), help=_("une langue parlée sur place : en, es, ar…")
    )
    found.add_argument(
        "--sector", default="", metavar=_("SECTEUR"), help=_("un secteur de la ville : code de la liste")
    )
    found.add_argument(
        "--near",
        default="",
        metavar=_("QUARTIER"),
        help=_("les plus proches d’abord : «ici» pour ce guichet, ou le code d’un quartier"),
    )
    found.add_argument("--open", action="store_true", help=_("seulement ce qui est ouvert maintenant"))
    found.add_argument("--age", type=_positive, metavar=_("ANS"), help=_("seulement ce qui convient à cet âge"))
    found.add_argument("--limit", type=_positive, default=20, metavar="N", help=_("au plus N réponses (20)"))

    cli_paper.add(command, words)

    figures = command("statistics", _statistics, _("donne les chiffres protégés d’une période, en CSV"))
    figures.add_argument(
        "--from",
        dest="first",
        type=date.fromisoformat,
        metavar=_("AAAA-MM-JJ"),
        help=_("premier jour (début du mois)"),
    )
    figures.add_argument(
        "--to",
        dest="last",
        type=date.fromisoformat,
        metavar=_("AAAA-MM-JJ"),
        help=_("dernier jour (aujourd’hui)"),
    )
    figures.add_argument(
        "--by", default="", metavar=_("LISTE"), help=_("répartitions, séparées par des virgules : day,hour,theme…")
    )
    cli_figures.add_options(figures, words)

    cli_reports.add(command, words)

    load = command("load", _load, _("charge un annuaire (une fiche JSON par ligne) ; tout ou rien"))
    load.add_argument("file", metavar=_("FICHIER"), type=Path, help=_("le fichier .jsonl"))

    cli_exchange.add(command, words)

    command("check", _check, _("examine le programme et les données"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
