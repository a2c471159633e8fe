"""What people looked for and nobody offers, in a few words: kept apart from the inquiries, and linked to nothing.

A theme, a few words and the Monday of the week: no counter, no clerk, no day, no inquiry. Each has a random id, which
is also its place on disk, so that not even the order tells when in the week it was said.
"""

from datetime import date, timedelta
from typing import Final, NamedTuple
from uuid import uuid4

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from pointinfo.clock import Clock, local_day
from pointinfo.database import Database
from pointinfo.database.schema import MissingOffer, Term
from pointinfo.errors import InputError
from pointinfo.i18n import Words
from pointinfo.inquiries import personal

LONGEST: Final = 140
"""Characters; a longer text tells a story, and a story is somebody's."""


class Missing(NamedTuple):
    """One offer that is missing, and the Monday of the week in which somebody said so."""

    id: str
    week: date
    theme: str
    words: str


class MissingOffers:
    """What this directory's neighbourhoods lack."""

    def __init__(self, database: Database, clock: Clock, words: Words) -> None:
        self._database = database
        self._clock = clock
        self._words = words

    def add(self, text: str, theme: str = "") -> str:
        """Keep what is missing; returns its id. Raises `InputError` where the words may lead to a person."""
        _ = self._words.gettext
        words = " ".join(text.split())
        if not words:
            raise InputError(_("Écrivez en quelques mots ce qui manque. Rien n’a été enregistré."))
        if len(words) > LONGEST:
            raise InputError(
                self._words.ngettext(
                    "C’est trop long : {count} caractère au plus. Rien n’a été enregistré ; dites-le en peu de mots.",
                    "C’est trop long : {count} caractères au plus. Rien n’a été enregistré ; dites-le en peu de mots.",
                    LONGEST,
                ).format(count=LONGEST)
            )
        personal.refuse(words, self._words)
        today = local_day(self._clock())
        kept = Missing(str(uuid4()), today - timedelta(days=today.weekday()), theme, words)
        with self._database.write() as session:
            if theme and session.scalar(select(Term.id).where(Term.list == "theme", Term.code == theme)) is None:
                raise InputError(_("Ce thème n’est dans aucune liste. Rien n’a été enregistré."))
            _lay_down(session, [*_found(session), kept])
        return kept.id

    def listed(self) -> list[Missing]:
        """Everything that is missing, the latest week first, in alphabetical order within a week."""
        with self._database.read() as session:
            found = _found(session)
        return sorted(found, key=lambda each: (-each.week.toordinal(), each.words.casefold(), each.id))

    def remove(self, missing_id: str) -> None:
        """Take one off the list for good: it exists now, or it was no offer."""
        with self._database.write() as session:
            session.execute(delete(MissingOffer).where(MissingOffer.id == missing_id))

    def put_back(self, missing: Missing) -> None:
        """Put one that was removed on the list again, as it was."""
        with self._database.write() as session:
            _lay_down(session, [*_found(session), missing])


def _found(session: Session) -> list[Missing]:
    columns = (MissingOffer.id, MissingOffer.week, MissingOffer.theme, MissingOffer.words)
    return [Missing(*row) for row in session.execute(select(*columns))]


def _lay_down(session: Session, offers: list[Missing]) -> None:
    """Write all of them anew in the order of their random ids: a page of the file keeps what came later before it."""
    session.execute(delete(MissingOffer))
    session.execute(insert(MissingOffer), [each._asdict() for each in sorted(offers)])
