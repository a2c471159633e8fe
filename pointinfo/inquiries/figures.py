"""The inquiries ready to be counted: chunks brought up to date, and in memory once read."""

from collections.abc import Sequence
from threading import Lock
from typing import Final

from sqlalchemy import and_, or_, select

from pointinfo.database import Database
from pointinfo.database.schema import InquiryChunk
from pointinfo.directory import vocabulary
from pointinfo.inquiries import chunks
from pointinfo.inquiries.chunks import Chunk
from pointinfo.inquiries.columns import Axis, Charts, Columns, Selection, all_charts
from pointinfo.inquiries.period import Period

LISTED: Final[Sequence[Axis]] = ("theme", "audience", "language")
"""Axes whose codes are of a list that is edited: a retired code counts under the one that replaces it."""


class Figures:
    """What all inquiries of this file add up to, those of other counters included. Uncovered: see `tables`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._chunks: dict[tuple[str, str], tuple[int, Chunk]] = {}
        self._successors: dict[Axis, dict[str, str]] = {}
        self._columns = Columns({}, {})

    def columns(self) -> Columns:
        """All inquiries as they stand; only months that changed are read again."""
        with self._lock:
            chunks.bring_up_to_date(self._database)
            with self._database.read() as session:
                kept = session.execute(select(InquiryChunk.counter, InquiryChunk.month, InquiryChunk.version))
                versions = {(counter, month): version for counter, month, version in kept}
                successors = {axis: vocabulary.successors(session, axis) for axis in LISTED}
                changed = [each for each in versions if versions[each] != self._chunks.get(each, (0,))[0]]
                if not changed and successors == self._successors and versions.keys() == self._chunks.keys():
                    return self._columns
                kept_chunks = {each: self._chunks[each] for each in versions if each not in changed}
                wanted = or_(False, *(and_(InquiryChunk.counter == c, InquiryChunk.month == m) for c, m in changed))
                for chunk in session.scalars(select(InquiryChunk).where(wanted)):
                    kept_chunks[chunk.counter, chunk.month] = (chunk.version, chunks.unpacked(chunk.data))
            self._chunks, self._successors = kept_chunks, successors
            self._columns = Columns({each: chunk for each, (_version, chunk) in kept_chunks.items()}, successors)
            return self._columns

    def charts(self, selection: Selection) -> Charts:
        """Every chart of a selection: beside the same period of last year, and the 13 months up to its end."""
        last = selection.period.last
        end = Period.month(last.year, last.month)
        return all_charts(
            self.columns(), selection, Period(end.step(-12).first, end.last), a_year_before(selection.period)
        )


def a_year_before(period: Period) -> Period:
    """The same days of the year before; 29 February becomes the 28th, the end of a month its end."""
    first, last = (
        day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day) for day in period
    )
    if period.last == Period.month(period.last.year, period.last.month).last:
        last = Period.month(last.year, last.month).last
    return Period(first, last)
