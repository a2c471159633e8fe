"""The editable lists (audiences, themes, topics, sectors…): read from `resources/vocabulary`, kept in the database."""

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
    """Put the shipped lists into the database where they are newer; codes are kept, never renumbered or removed."""
    known = {row.key: row.value for row in session.scalars(select(Meta))}
    for name in FILES:
        data = (paths.resources() / "vocabulary" / f"{name}.json").read_bytes()
        shipped = msgspec.json.decode(data, type=ListFile)
        key = f"vocabulary:{shipped.list}"
        if int(known.get(key, "0")) >= shipped.version:
            continue
        present = {term.code: term for term in session.scalars(select(Term).where(Term.list == shipped.list))}
        for position, term in enumerate(shipped.terms):
            row = present.get(term.code) or Term(list=shipped.list, code=term.code)
            row.position, row.labels, row.version = position, term.labels, shipped.version
            row.synonyms, row.parent = term.synonyms, term.parent or term.sector or ""
            session.add(row)
        session.merge(Meta(key=key, value=str(shipped.version)))
    session.flush()


def rows(session: Session, vocabulary: str, language: str) -> tuple[TermRow, ...]:
    """The terms of one list in display order, labelled in `language`."""
    terms = session.scalars(select(Term).where(Term.list == vocabulary).order_by(Term.position))
    return tuple(TermRow(term.code, term.label(language), term.parent, term.synonyms) for term in terms)


def ids(session: Session) -> dict[tuple[str, str], int]:
    """(list, code) to row id, for all lists."""
    rows = session.connection().exec_driver_sql("SELECT list, code, id FROM term")
    return {(name, code): term_id for name, code, term_id in rows}


class Resolver:
    """Finds the code of a word people write («crèche», «Jonction-Plainpalais») by label or synonym."""

    def __init__(self, session: Session) -> None:
        self._codes: dict[tuple[str, str], str] = {}
        self._parents: dict[tuple[str, str], str] = {}
        for term in session.scalars(select(Term).order_by(Term.position.desc())):
            self._parents[term.list, term.code] = term.parent
            for word in (*term.synonyms, *term.labels.values(), term.code):
                self._codes[term.list, _key(word)] = term.code

    def code(self, vocabulary: str, word: str) -> str | None:
        """The code, or None when the list doesn't know the word."""
        return self._codes.get((vocabulary, _key(word)))

    def parent(self, vocabulary: str, code: str) -> str:
        """The term above, "" at the top."""
        return self._parents.get((vocabulary, code), "")


def _key(word: str) -> str:
    return " ".join(fold(word).replace("–", " ").replace("-", " ").split())
