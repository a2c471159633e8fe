"""The searches that find nothing, counted by week: what the directory lacks, or calls by another word.

Kept apart from the inquiries and without anything that leads to a person: folded words, a week and a count; no visitor,
no minute, no clerk, no counter. Words with a digit, an address or a name in them are not kept at all, and what was not
searched three times is never shown.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from pointinfo import paths
from pointinfo.clock import Clock, local_day
from pointinfo.database import Database
from pointinfo.database.schema import UnansweredSearch
from pointinfo.directory.text import query_words

LEAST: Final = 3
"""Searches from which on words are shown: what one visitor said is nobody's business."""
WEEKS: Final = 53
"""How long a week is kept: a year shows the seasons."""
LONGEST: Final = 60
"""Characters; a longer text tells a story."""
MOST_WORDS: Final = 6


class Gap(NamedTuple):
    """Words that found nothing, how often, and the Monday of the week in which they were last searched."""

    words: str
    times: int
    last: date


class UnansweredSearches:
    """What one counter searched in vain."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, typed: str) -> bool:
        """Count a search that found nothing; False where its words are not to be kept."""
        words = kept_words(typed)
        if not words:
            return False
        week = _week(local_day(self._clock()))
        row = insert(UnansweredSearch).values(week=week, words=words, count=1)
        again = row.on_conflict_do_update(index_elements=["week", "words"], set_={"count": UnansweredSearch.count + 1})
        with self._database.write() as session:
            session.execute(again)
            session.execute(delete(UnansweredSearch).where(UnansweredSearch.week < week - timedelta(weeks=WEEKS)))
        return True

    def gaps(self) -> tuple[Gap, ...]:
        """What was searched in vain at least `LEAST` times in a year, most often first."""
        total = func.sum(UnansweredSearch.count)
        statement = (
            select(UnansweredSearch.words, total, func.max(UnansweredSearch.week))
            .group_by(UnansweredSearch.words)
            .having(total >= LEAST)
            .order_by(total.desc(), UnansweredSearch.words)
        )
        with self._database.read() as session:
            return tuple(Gap(*row) for row in session.execute(statement))

    def settle(self, words: str) -> tuple[tuple[date, int], ...]:
        """Take words off the list, because they are known now or are no gap; returns what `recall` needs."""
        with self._database.write() as session:
            rows = _rows(session, words)
            session.execute(delete(UnansweredSearch).where(UnansweredSearch.words == words))
        return rows

    def recall(self, words: str, rows: tuple[tuple[date, int], ...]) -> None:
        """Put words that were settled on the list again."""
        with self._database.write() as session:
            for week, count in rows:
                row = insert(UnansweredSearch).values(week=week, words=words, count=count)
                session.execute(
                    row.on_conflict_do_update(
                        index_elements=["week", "words"], set_={"count": UnansweredSearch.count + count}
                    )
                )


def kept_words(typed: str) -> str:
    """The folded words of a search that may be counted, "" where they may say who asked.

    A digit is part of a number, an address or a birthday; a capital after the first letter of all, or a first name
    that people here have, is part of a name. Both are guesses on the safe side: a gap that is missed shows again.
    """
    text = " ".join(typed.split())
    if (
        len(text) > LONGEST
        or "@" in text
        or any(word[:1].isupper() and not word.isupper() for word in text.split()[1:])
    ):
        return ""
    words = query_words(text)
    number = any(letter.isnumeric() for letter in f"{text}{words}")
    return "" if number or len(words) > MOST_WORDS or not first_names().isdisjoint(words) else " ".join(words)


@lru_cache
def first_names() -> frozenset[str]:
    """Common first names of Switzerland's people, folded; those that are everyday words or acronyms left out."""
    return frozenset((paths.resources() / "names" / "first_names.txt").read_text(encoding="utf-8").split())


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _rows(session: Session, words: str) -> tuple[tuple[date, int], ...]:
    found = session.execute(
        select(UnansweredSearch.week, UnansweredSearch.count).where(UnansweredSearch.words == words)
    )
    return tuple((week, count) for week, count in found)
