"""data·inclusion v1: structures and the services they offer, as JSON or as the template's workbook.

Schema: https://github.com/gip-inclusion/data-inclusion-schema (Licence Ouverte 2.0).
"""

import re
import warnings
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from pointinfo.database.schema import Origin
from pointinfo.directory.exchange import cleaning
from pointinfo.directory.exchange.data_inclusion_writing import NAMED, STAND_IN, STRUCTURES, UNDATED, element
from pointinfo.directory.exchange.draft import Draft
from pointinfo.directory.exchange.foreign import Cells, Tally
from pointinfo.directory.exchange.incoming import Incoming, Reader, uid_of
from pointinfo.directory.exchange.jsonfile import Place, elements, first_keys
from pointinfo.directory.exchange.outgoing import Outgoing
from pointinfo.directory.exchange.package import opened_zip
from pointinfo.directory.exchange.reading import COVERED, Crosswalk, FileReader, finished, unreadable, words_of
from pointinfo.directory.exchange.tables import ROWS, Tick, silent
from pointinfo.directory.record import EntryRecord, Link
from pointinfo.directory.vocabulary import Resolver
from pointinfo.errors import InputError
from pointinfo.i18n import Words

FORMAT: Final = "data-inclusion"
LISTS: Final = ("structures", "services", "items", "results", "data")
REGION: Final = "FR"
CUT: Final = r"\s*[,;\n]\s*"
ABROAD: Final = re.compile(r"CH-(\d{4})")
"""A Swiss postcode in `complement_adresse`: the schema's own field holds five digits only."""


OWN: Final = re.compile(r"pointinfo--(.+)")
"""An id that we gave out; what follows is our uid."""
LACKING: Final = frozenset({"stop", "status_reason", "terms/accessibility", "wordings/fr/directions"})
"""What other standards have a place for and this one has none."""


def looks_like(path: Path) -> bool:
    """Whether a file is data·inclusion's: a service or structure by its fields, or the template's sheets."""
    if path.suffix.lower() == ".json":
        names = first_keys(path)[1]
        return "date_maj" in names and "nom" in names and ("structure_id" in names or "source" in names)
    return path.suffix.lower() == ".xlsx" and bool(_sheets(path))


def open_data_inclusion(path: Path, resolver: Resolver, words: Words, source: str = "", tick: Tick = silent) -> Reader:
    """The structures (associations) and services of a JSON file or workbook. Raises `InputError`."""
    is_workbook = path.suffix.lower() == ".xlsx"
    making = _Making(Crosswalk("data_inclusion", resolver), resolver, source, path.stem, words)

    def records(tally: Tally) -> Iterator[Incoming]:
        for kind, row, values in (_sheet_rows if is_workbook else _json_rows)(path, words, tick):
            if isinstance(values, Place):
                yield unreadable(source or FORMAT, row, values, words)
                continue
            is_service = kind == "services" or (kind != "structures" and "structure_id" in values)
            prefix = ("services." if is_service else "structures.") if kind or is_workbook else ""
            if values.get("id") == STAND_IN or str(values.get("id")).startswith(NAMED):
                continue
            cells = tally.cells(row, values, prefix)
            yield making.service(cells) if is_service else making.structure(cells)

    return FileReader(source or FORMAT, words, records, tick)


@dataclass
class _Making:
    """What entries are made with. `source` is what the person calls it, `stem` stands for one without any name."""

    walk: Crosswalk
    resolver: Resolver
    source: str
    stem: str
    words: Words

    @cached_property
    def outgoing(self) -> Outgoing:
        """What our own files are written with, but for the names of others."""
        return Outgoing(self.words, date.min, self.resolver.labels(self.words.language))

    def structure(self, cells: Cells) -> Incoming:
        """A structure as an association."""
        draft = _begun(cells, "association")
        draft.say("Réseaux", ", ".join(word.replace("-", " ") for word in words_of(cells.raw("reseaux_porteurs"), CUT)))
        cells.take("reseaux_porteurs")
        draft.contacts += cells.webs("accessibilite_lieu", "Accessibilité")
        return self._finished(cells, draft)

    def service(self, cells: Cells) -> Incoming:
        """A service or, for a workshop or training, an activity."""
        _ = cells.gettext
        kind = "activity" if cells.line("type") in {"atelier", "formation"} else "service"
        draft = _begun(cells, kind, cells.line("contact_nom_prenom"))
        for name in ("thematiques", "publics", "frais", "modes_accueil", "type"):
            self.walk.read(cells, name, draft.terms, (), CUT)
        draft.say("Durée", _duration(cells))
        draft.note("fee", cells.text("frais_precisions"))
        draft.note("eligibility", cells.text("publics_precisions"))
        draft.note("eligibility", cells.text("conditions_acces"))
        draft.note("how_to_apply", " ".join(_WAYS[way] for way in _known(cells, "modes_mobilisation", _WAYS)))
        draft.note("how_to_apply", cells.text("mobilisation_precisions"))
        if _known(cells, "mobilisable_par", _WHO) == ["professionnels"]:
            draft.terms.setdefault("eligibility", []).append("sur-orientation")
        draft.contacts += cells.webs("lien_mobilisation", "Inscription")
        offered = cells.line("structure_id")
        if offered == STAND_IN:
            pass  # ours, of services that nobody is known to offer
        elif offered:
            draft.links.append(Link("offered_by", self._uid(cells, offered)))
        else:
            cells.refuse("structure_id", _("Ce service ne dit pas qui le propose."))
        return self._finished(cells, draft)

    def _source(self, cells: Cells) -> str:
        named = cells.line("source")
        if not named:
            return self.source or f"{FORMAT}:{self.stem}"
        return f"{self.source or FORMAT}:{named}"

    def _uid(self, cells: Cells, identifier: str) -> str:
        if identifier.startswith(NAMED):
            return identifier.removeprefix(NAMED)
        own = OWN.fullmatch(identifier)
        return own[1] if own else uid_of(self._source(cells), identifier)

    def _finished(self, cells: Cells, draft: Draft) -> Incoming:
        _ = cells.gettext
        if not draft.identifier:
            cells.refuse("id", _("Ce champ doit être rempli."), fatal=True)
        draft.check_name(cells, "nom")
        uid = self._uid(cells, draft.identifier or f"#{cells.row}")
        is_own = OWN.fullmatch(draft.identifier)
        origins = () if is_own else (Origin(self._source(cells), draft.identifier, cells.rest()),)
        if is_own and draft.fields["as_of"] == UNDATED:
            draft.fields["as_of"] = ""
        covers = COVERED - LACKING | {"links/offered_by", "source"}
        incoming = finished(draft.record(uid, origins, self.resolver), cells, covers=covers)
        return incoming._replace(echo=self.again) if is_own else incoming

    def again(self, record: EntryRecord) -> Incoming:
        """What a file of ours says of an entry."""
        cells = Tally(self.words).cells(0, element(record, self.outgoing))
        return (self.structure if record.kind in STRUCTURES else self.service)(cells)


def _begun(cells: Cells, kind: str, person: str = "") -> Draft:
    """What structures and services say alike."""
    name = cells.line("nom")
    draft = Draft(cells.line("id"), name if name.endswith("etc.") else name.rstrip(". "), kind)
    postcode, street = _street(cells)
    page = cells.webs("lien_source")
    draft.fields |= {
        "street": street,
        "postcode": postcode,
        "city": cells.line("commune"),
        "hours": cells.opening_hours("horaires_accueil"),
        "source": page[0].value if page else "",
        "as_of": cells.day("date_maj"),
    }
    draft.put(cleaning.place(cells.raw("longitude"), cells.raw("latitude")), cells, "longitude", "latitude")
    draft.say("", cells.text("description"))
    draft.contacts += (*cells.phones("telephone", REGION, person), *cells.emails("courriel", person))
    draft.contacts += cells.webs("site_web")
    return draft


_WHO: Final = frozenset({"usagers", "professionnels"})
_WAYS: Final = {
    "se-presenter": "Se présenter sur place.",
    "telephoner": "Téléphoner.",
    "envoyer-un-courriel": "Envoyer un courriel.",
    "utiliser-lien-mobilisation": "S’inscrire en ligne.",
}


def _known(cells: Cells, name: str, codes: Collection[str]) -> list[str]:
    """The words of a cell that are in the schema's list; the others are remarked."""
    _ = cells.gettext
    written = cells.raw(name)
    parts = written if isinstance(written, list) else re.split(CUT, cells.line(name))
    found = [word for word in map(cleaning.line, parts) if word]
    cells.take(name)
    for word in found:
        if word not in codes:
            cells.refuse(name, _("Cette valeur n’est pas dans la liste du schéma."), word)
    return [word for word in found if word in codes]


def _street(cells: Cells) -> tuple[str, str]:
    """Postcode and street. The postcode is remarked when it isn't five digits."""
    _ = cells.gettext
    written = re.sub(r"\.0$", "", cells.line("code_postal"))
    if written and not re.fullmatch(r"\d{5}", written):
        cells.refuse("code_postal", _("Ce n’est pas un code postal."))
        written = ""
    more = cells.line("complement_adresse")
    abroad = ABROAD.search(more)
    if abroad:
        written, more = abroad[1], ABROAD.sub("", more).strip(" ,")
    return written, ", ".join(filter(None, (cells.line("adresse"), more)))


def _duration(cells: Cells) -> str:
    weeks, hours = cells.number("nombre_semaines"), cells.number("volume_horaire_hebdomadaire")
    parts = [f"{weeks:g} semaines" if weeks else "", f"{hours:g} h par semaine".replace(".", ",") if hours else ""]
    return ", ".join(filter(None, parts))


def _json_rows(path: Path, words: Words, tick: Tick) -> Iterator[tuple[str, int, dict[str, Any] | Place]]:
    return ((element.key, element.number, element.value) for element in elements(path, LISTS, words, tick))


def _sheets(path: Path) -> dict[str, str]:
    """The template's sheets by «structures» and «services»; {} when it is another workbook."""
    from openpyxl import load_workbook  # noqa: PLC0415 -- 0.3 s

    try:  # the stream is ours: of a broken workbook the library would leave the file open
        with warnings.catch_warnings(action="ignore"), path.open("rb") as stream:
            book = load_workbook(stream, read_only=True)
            names = {name.strip().lower(): name for name in book.sheetnames}
    except Exception:  # whatever a broken workbook makes the library raise: it isn't ours to read
        return {}
    return {name: names[name] for name in ("structures", "services") if name in names}


def _sheet_rows(path: Path, words: Words, tick: Tick) -> Iterator[tuple[str, int, dict[str, Any] | Place]]:
    """The filled lines of both sheets. Lines marked `__ignore__` are the template's own explanations."""
    for count, (done, kind, row, values) in enumerate(_sheet_lines(path, words), 1):
        if count % 500 == 0:
            tick(done)  # out here: what it raises is not the workbook's fault
        yield kind, row, values


def _sheet_lines(path: Path, words: Words) -> Iterator[tuple[float, str, int, dict[str, Any]]]:
    """The same, each with how much is done by it."""
    from openpyxl import load_workbook  # noqa: PLC0415 -- 0.3 s

    _ = words.gettext
    opened_zip(path, words, MAX_WORKBOOK).close()
    sheets = _sheets(path)
    if not sheets:
        raise InputError(
            _("Le classeur {file} n’a ni feuille «Structures» ni feuille «Services». Rien n’a été importé.").format(
                file=path.name
            )
        )
    try:
        with path.open("rb") as stream:
            with warnings.catch_warnings(action="ignore"):
                book = load_workbook(stream, read_only=True, data_only=True)
            for place, (kind, name) in enumerate(sheets.items()):
                most = book[name].max_row or ROWS
                for row, values in _lines(book[name].iter_rows(values_only=True)):
                    yield (place + min(1.0, row / most)) / len(sheets), kind, row, values
    except InputError:
        raise
    except Exception as error:  # the library raises whatever its XML and zip layers do
        raise InputError(
            _("Le classeur {file} est abîmé. Rien n’a été importé ; demandez-le à nouveau.").format(file=path.name)
        ) from error


MAX_WORKBOOK: Final = 300 << 20
"""Bytes of an unpacked workbook: the library holds all its texts at once."""
MAX_BLANK: Final = 1000
"""Empty lines after which a sheet has ended: a template may be formatted down to its last line."""


def _lines(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[int, dict[str, Any]]]:
    header = [_column(cell) for cell in next(rows, ())]
    blank = 0
    for number, row in enumerate(rows, 2):
        blank = 0 if any(cell is not None for cell in row) else blank + 1
        if blank > MAX_BLANK:
            return
        values: dict[str, Any] = {}
        for name, cell in zip(header, row, strict=False):
            if name and values.get(name) is None:  # the same column twice: the one that says something
                values[name] = cell
        if not blank and str(values.pop("__ignore__", "")).lower() != "true" and any(values.values()):
            yield number, values


def _column(cell: Any) -> str:
    """A column's name; the template shows today's date above `date_maj`."""
    return "date_maj" if isinstance(cell, date | datetime) else cleaning.line(cell)
