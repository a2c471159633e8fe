"""The editable lists in an editor's hands: words, order, new terms, and terms that are offered no more.

A code is made once, from the French label, and never given again: what entries and inquiries carry reads well for good.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pointinfo.database import Database
from pointinfo.database.schema import Meta, Term, entry_term
from pointinfo.directory import index, vocabulary
from pointinfo.directory.text import fold
from pointinfo.directory.vocabulary import EVERYONE, PARENTS
from pointinfo.errors import InputError
from pointinfo.i18n import Words

LISTS: Final = (
    "audience",
    "theme",
    "topic",
    "sector",
    "neighbourhood",
    "commune",
    "language",
    "accessibility",
    "document",
    "eligibility",
    "fee",
    "attendance",
    "area",
)
_LONGEST_CODE: Final = 48


class TermDetail(msgspec.Struct, frozen=True, kw_only=True):
    """One term as it is edited; `code` is "" for a new one. `entries`: how many carry it, closed ones included."""

    code: str = ""
    labels: dict[str, str] = msgspec.field(default_factory=dict)
    synonyms: tuple[str, ...] = ()
    parent: str = ""
    retired: bool = False
    replaced_by: str = ""
    edited: bool = False
    entries: int = 0

    @property
    def label(self) -> str:
        """The French label; "" while there is none."""
        return self.labels.get("fr", "")


def list_words(name: str, words: Words) -> str:
    """What a list is called."""
    _ = words.gettext
    return {
        "audience": _("Publics"),
        "theme": _("Thèmes"),
        "topic": _("Sujets"),
        "sector": _("Secteurs statistiques"),
        "neighbourhood": _("Quartiers"),
        "commune": _("Communes"),
        "language": _("Langues parlées"),
        "accessibility": _("Accessibilité"),
        "document": _("Papiers à apporter"),
        "eligibility": _("Conditions"),
        "fee": _("Prix"),
        "attendance": _("Accueil"),
        "area": _("Territoires desservis"),
    }[name]


def shared_words(terms: Sequence[TermDetail]) -> dict[int, tuple[tuple[str, str], ...]]:
    """The words of a term that another one still offered has too, by place in `terms`: (word, label of the other)."""
    owners: dict[str, list[int]] = {}
    for place, term in enumerate(terms):
        if not term.retired:
            for key in {fold(word) for word in (*term.labels.values(), *term.synonyms) if word}:
                owners.setdefault(key, []).append(place)
    found: dict[int, tuple[tuple[str, str], ...]] = {}
    for place, term in enumerate(terms):
        if term.retired:
            continue
        own = dict.fromkeys(word for word in (*term.labels.values(), *term.synonyms) if word)
        clashes = [(word, terms[other].label) for word in own for other in owners[fold(word)] if other != place]
        if clashes:
            found[place] = tuple(clashes)
    return found


class Vocabularies:
    """The lists of one counter, to be edited."""

    def __init__(self, database: Database, words: Words) -> None:
        self._database = database
        self._words = words

    def terms(self, name: str) -> tuple[TermDetail, ...]:
        """Every term of a list in display order, those offered no more included."""
        with self._database.read() as session:
            return _details(session, name)

    def save(self, name: str, terms: Sequence[TermDetail]) -> tuple[TermDetail, ...]:
        """Keep a list as edited, whole, in this order; returns it with the codes of the new terms.

        No term may be left out: what is wanted no more is retired. Raises `InputError` with a sentence, nothing saved.
        """
        with self._database.write() as session:
            return self._save(session, name, terms)

    def add_synonym(self, name: str, code: str, word: str) -> bool:
        """Let a word mean a term; False where it does already."""
        with self._database.write() as session:
            terms = _details(session, name)
            if any(term.code == code and word in term.synonyms for term in terms):
                return False
            self._save(session, name, [_synonyms(term, add=word) if term.code == code else term for term in terms])
            return True

    def drop_synonym(self, name: str, code: str, word: str) -> None:
        """Let a word mean a term no more."""
        with self._database.write() as session:
            terms = _details(session, name)
            self._save(session, name, [_synonyms(term, drop=word) if term.code == code else term for term in terms])

    def _save(self, session: Session, name: str, terms: Sequence[TermDetail]) -> tuple[TermDetail, ...]:
        present = {term.code: term for term in session.scalars(select(Term).where(Term.list == name))}
        self._check(session, name, terms, present)
        index.drain(session)
        before = [code for code, _term in sorted(present.items(), key=lambda item: (item[1].position, item[1].id))]
        coded = _with_codes(terms, present)
        known = [term.code for term in coded if term.code in present]
        if known != before:
            session.merge(Meta(key=vocabulary.order_key(name), value="1"))
        for position, term in enumerate(coded):
            row = present.get(term.code)
            if row is not None:
                row.position = position
        session.flush()
        session.connection().exec_driver_sql("DELETE FROM entry_dirty")  # no entry reads otherwise for its order
        for position, term in enumerate(coded):
            _write(session, name, term, position, present.get(term.code))
        index.drain(session)
        return _details(session, name)

    def _check(self, session: Session, name: str, terms: Sequence[TermDetail], present: Mapping[str, Term]) -> None:
        _ = self._words.gettext
        codes = [term.code for term in terms if term.code]
        if set(codes) != present.keys() or len(codes) != len(set(codes)):
            raise InputError(
                _("Cette liste a changé entre-temps. Rien n’a été enregistré ; rouvrez-la et recommencez.")
            )
        for number, term in enumerate(terms, 1):
            if not term.label.strip():
                raise InputError(
                    _("Le mot n° {number} n’a pas de nom français. Rien n’a été enregistré.").format(number=number)
                )
            if term.retired and name == "audience" and term.code == EVERYONE:
                raise InputError(
                    _("«{name}» exclut les autres publics : ce mot ne peut pas être retiré.").format(name=term.label)
                )
        known = {fold(term.label): term.label for term in terms if term.code and not term.retired}
        for term in terms:
            twin = "" if term.code else known.get(fold(term.label), "")
            if twin:
                said = _("«{name}» est déjà dans la liste. Rien n’a été enregistré ; complétez plutôt ses synonymes.")
                raise InputError(said.format(name=twin))
        self._check_replacements(terms)
        self._check_parents(session, name, terms, present)

    def _check_replacements(self, terms: Sequence[TermDetail]) -> None:
        _ = self._words.gettext
        known = {term.code for term in terms if term.code}
        replaced = {term.code: term.replaced_by for term in terms if term.retired and term.replaced_by}
        for term in terms:
            if term.replaced_by and (not term.retired or term.replaced_by not in known):
                raise InputError(
                    _("«{name}» : choisissez un remplaçant de la même liste, ou aucun.").format(name=term.label)
                )
            try:
                vocabulary.last(term.code, replaced)
            except ValueError as error:
                raise InputError(
                    _("«{name}» se remplacerait lui-même. Rien n’a été enregistré ; choisissez un autre mot.").format(
                        name=term.label
                    )
                ) from error

    def _check_parents(
        self, session: Session, name: str, terms: Sequence[TermDetail], present: Mapping[str, Term]
    ) -> None:
        _ = self._words.gettext
        above = set(session.scalars(select(Term.code).where(Term.list == PARENTS.get(name, ""))))
        for term in terms:
            stands = present[term.code].parent if term.code else ""
            if term.parent not in {"", stands} and term.parent not in above:
                raise InputError(
                    _("«{name}» est rangé sous un mot qui n’existe pas. Rien n’a été enregistré.").format(
                        name=term.label
                    )
                )


def _synonyms(term: TermDetail, *, add: str = "", drop: str = "") -> TermDetail:
    kept = tuple(word for word in term.synonyms if word != drop)
    return msgspec.structs.replace(term, synonyms=(*kept, add) if add else kept)


def _details(session: Session, name: str) -> tuple[TermDetail, ...]:
    counted = select(entry_term.c.term_id, func.count()).join(Term, Term.id == entry_term.c.term_id)
    rows = session.execute(counted.where(Term.list == name).group_by(entry_term.c.term_id))
    counts: dict[int, int] = {row[0]: row[1] for row in rows}
    terms = session.scalars(select(Term).where(Term.list == name).order_by(Term.position, Term.id))
    return tuple(
        TermDetail(
            code=term.code,
            labels=term.labels,
            synonyms=term.synonyms,
            parent=term.parent,
            retired=term.retired,
            replaced_by=term.replaced_by,
            edited=term.edited,
            entries=counts.get(term.id, 0),
        )
        for term in terms
    )


def _write(session: Session, name: str, term: TermDetail, position: int, row: Term | None) -> None:
    """Only what differs: whatever is written here makes the entries that carry the term be read anew."""
    labels = {language: label.strip() for language, label in term.labels.items() if label.strip()}
    synonyms = tuple(dict.fromkeys(word.strip() for word in term.synonyms if word.strip()))
    if row is None:
        row = Term(list=name, code=term.code, position=position, labels=labels, synonyms=synonyms, version=0)
        row.parent, row.retired, row.replaced_by, row.edited = term.parent, term.retired, term.replaced_by, True
        session.add(row)
        return
    wanted = {
        "labels": labels,
        "synonyms": synonyms,
        "parent": term.parent,
        "retired": term.retired,
        "replaced_by": term.replaced_by,
    }
    changed = {column: value for column, value in wanted.items() if getattr(row, column) != value}
    for column, value in changed.items():
        setattr(row, column, value)
    if changed:
        row.edited = True


def _with_codes(terms: Sequence[TermDetail], present: Mapping[str, Term]) -> list[TermDetail]:
    taken = set(present)
    coded = []
    for term in terms:
        code = term.code or _new_code(term.label, taken)
        taken.add(code)
        coded.append(msgspec.structs.replace(term, code=code))
    return coded


def _new_code(label: str, taken: set[str]) -> str:
    """«Garde d’urgence» is garde-d-urgence; garde-d-urgence-2 where that is taken."""
    stem = re.sub(r"[^a-z0-9]+", "-", fold(label))[:_LONGEST_CODE].strip("-") or "mot"
    number, code = 1, stem
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code
