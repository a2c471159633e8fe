"""The editable lists (audiences, themes, topics, sectors…): read from `resources/vocabulary`, kept in the database."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from pointinfo import paths
from pointinfo.database.schema import Meta, Term
from pointinfo.directory.text import fold

FILES: Final = (
    "audiences",
    "themes",
    "topics",
    "sectors",
    "neighbourhoods",
    "communes",
    "languages",
    "accessibility",
    "documents",
    "eligibility",
    "fees",
    "attendance",
    "areas",
)


PARENTS: Final = {"topic": "theme", "neighbourhood": "sector"}
"""The list whose codes the `parent` of a list's terms names."""

EVERYONE: Final = "population"
"""The audience «toute la population», which excludes every other."""


class TermFile(msgspec.Struct):
    """One term as it lies in a resource file. `sector` and `parent` name a code of another list."""

    code: str
    labels: dict[str, str]
    synonyms: tuple[str, ...] = ()
    parent: str = ""
    sector: str | None = None


class ListFile(msgspec.Struct):
    """One resource file: a list with its version, its terms in display order."""

    list: str
    version: int
    terms: tuple[TermFile, ...]


class TermRow(NamedTuple):
    """A term for a chip, a menu or a label."""

    code: str
    label: str
    parent: str
    synonyms: tuple[str, ...] = ()


def bring_up_to_date(session: Session) -> None:
    """Put the shipped lists into the database where they are newer; codes are kept, never renumbered or removed.

    A term that was edited here stays as it is, and so does the order of a list that was put in another.
    """
    known = {row.key: row.value for row in session.scalars(select(Meta))}
    for name in FILES:
        data = (paths.resources() / "vocabulary" / f"{name}.json").read_bytes()
        shipped = msgspec.json.decode(data, type=ListFile)
        key = f"vocabulary:{shipped.list}"
        if int(known.get(key, "0")) >= shipped.version:
            continue
        present = {term.code: term for term in session.scalars(select(Term).where(Term.list == shipped.list))}
        reordered = order_key(shipped.list) in known
        for position, term in enumerate(shipped.terms):
            row = present.get(term.code) or Term(list=shipped.list, code=term.code, position=len(present) + position)
            if not reordered:
                row.position = position
            row.version = shipped.version
            if not row.edited:
                row.labels, row.synonyms, row.parent = term.labels, term.synonyms, term.parent or term.sector or ""
            session.add(row)
        session.merge(Meta(key=key, value=str(shipped.version)))
    session.flush()


def order_key(vocabulary: str) -> str:
    """Under which key of `Meta` it is kept that a list was put in another order here."""
    return f"vocabulary-order:{vocabulary}"


def rows(session: Session, vocabulary: str, language: str, *, retired: bool = False) -> tuple[TermRow, ...]:
    """The terms of one list in display order, labelled in `language`; those offered no more only if asked for."""
    wanted = select(Term).where(Term.list == vocabulary).order_by(Term.position, Term.id)
    if not retired:
        wanted = wanted.where(~Term.retired)
    terms = session.scalars(wanted)
    return tuple(TermRow(term.code, term.label(language), term.parent, term.synonyms) for term in terms)


def successors(session: Session, vocabulary: str) -> dict[str, str]:
    """Each retired code that another one counts for, with the last of its chain."""
    retired = select(Term.code, Term.replaced_by).where(Term.list == vocabulary, Term.retired, Term.replaced_by != "")
    replaced: dict[str, str] = {row[0]: row[1] for row in session.execute(retired)}
    return {code: last(code, replaced) for code in replaced}


def last(code: str, replaced: Mapping[str, str]) -> str:
    """Where the chain of replacements from `code` ends. Raises `ValueError` when it comes back to where it was."""
    passed = {code}
    while code in replaced:
        code = replaced[code]
        if code in passed:
            raise ValueError(code)
        passed.add(code)
    return code


def phrases(session: Session, vocabulary: str) -> list[tuple[str, str, str]]:
    """What a list's terms are called: code, language («» for a synonym), label or synonym."""
    return [
        (term.code, language, text)
        for term in session.scalars(select(Term).where(Term.list == vocabulary).order_by(Term.position))
        for language, text in (*term.labels.items(), *(("", synonym) for synonym in term.synonyms))
    ]


def ids(session: Session) -> dict[tuple[str, str], int]:
    """(list, code) to row id, for all lists."""
    rows = session.connection().exec_driver_sql("SELECT list, code, id FROM term")
    return {(name, code): term_id for name, code, term_id in rows}


class Resolver:
    """Finds the code of a word people write («crèche», «Jonction-Plainpalais») by label or synonym.

    A retired term leads to the one that replaces it; where two have the same word, the one still offered is meant.
    """

    def __init__(self, session: Session) -> None:
        self._codes: dict[tuple[str, str], str] = {}
        self._parents: dict[tuple[str, str], str] = {}
        self._labels: dict[tuple[str, str], dict[str, str]] = {}
        self._successors = {
            (name, code): successor
            for name in session.scalars(select(Term.list).distinct()).all()
            for code, successor in successors(session, name).items()
        }
        for term in session.scalars(select(Term).order_by(Term.retired.desc(), Term.position.desc())):
            self._parents[term.list, term.code] = term.parent
            self._labels[term.list, term.code] = term.labels
            for word in (*term.synonyms, *term.labels.values(), term.code):
                self._codes[term.list, _key(word)] = self._successors.get((term.list, term.code), term.code)

    def code(self, vocabulary: str, word: str) -> str | None:
        """The code, or None when the list doesn't know the word."""
        return self._codes.get((vocabulary, _key(word)))

    def labels(self, language: str) -> dict[tuple[str, str], str]:
        """What each (list, code) is called where the name leads back to it."""
        named = {key: labels.get(language) or labels["fr"] for key, labels in self._labels.items()}
        return {(name, code): label for (name, code), label in named.items() if self.code(name, label) == code}

    def parent(self, vocabulary: str, code: str) -> str:
        """The term above, "" at the top."""
        above = self._parents.get((vocabulary, code), "")
        return self._successors.get((PARENTS.get(vocabulary, ""), above), above)


@lru_cache(16_384)
def _key(word: str) -> str:
    return " ".join(fold(word).replace("–", " ").replace("-", " ").split())
