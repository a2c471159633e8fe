"""Where people were sent and in which languages sheets were printed: counts of notes, small ones left out.

An inquiry may name several entries, and how many none is told nowhere: nothing that is shown adds up with what is left
out, so that leaving out whatever fewer than k inquiries name hides it.
"""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from pointinfo.database import Database
from pointinfo.database.schema import Entry, Inquiry
from pointinfo.directory import vocabulary
from pointinfo.directory.successors import standing
from pointinfo.i18n import Words
from pointinfo.inquiries.period import Period


class Handed(NamedTuple):
    """By name, the most often first: inquiries that were sent to an entry, and sheets printed in a language."""

    entries: tuple[tuple[str, int], ...]
    sheets: tuple[tuple[str, int], ...]


class HandedOut:
    """What this file's inquiries were given."""

    def __init__(self, database: Database, words: Words) -> None:
        self._database = database
        self._words = words

    def during(self, period: Period, k: int) -> Handed:
        """What at least `k` inquiries of a period name; a merged entry counts for the one that is kept."""
        entries, printing, sheets = Counter[str](), Counter[str](), Counter[str]()
        with self._database.read() as session:
            noted = select(Inquiry.referrals).where(
                Inquiry.day.between(*period), ~Inquiry.voided, Inquiry.referrals != ()
            )
            named: Counter[frozenset[str]] = Counter()
            for referrals in session.scalars(noted):
                named[frozenset(each["entry"] for each in referrals)] += 1
                printed = [each for each in referrals if each.get("copies")]
                printing.update({each.get("language", "fr") for each in printed})
                for each in printed:
                    sheets[each.get("language", "fr")] += each["copies"]
            answers = standing(session, set().union(*named))
            for uids, count in named.items():
                for uid in {answers[each] for each in uids}:
                    entries[uid] += count
            often = {uid: count for uid, count in entries.items() if count >= k}
            rows = session.execute(select(Entry.uid, Entry.name).where(Entry.uid.in_(often)))
            names = {row.uid: row.name for row in rows}
            languages = self._languages(session)
        by_language = {code: sheets[code] for code, inquiries in printing.items() if inquiries >= k}
        return Handed(_ranked(often, names), _ranked(by_language, languages))

    def _languages(self, session: Session) -> dict[str, str]:
        listed = vocabulary.rows(session, "language", self._words.language, retired=True)
        return {row.code: row.label for row in listed}


def _ranked(counts: Mapping[str, int], names: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    """Names with their counts; what has no name here is shown by its code."""
    found = [(names.get(code, code), count) for code, count in counts.items()]
    return tuple(sorted(found, key=lambda each: (-each[1], each[0].casefold())))
