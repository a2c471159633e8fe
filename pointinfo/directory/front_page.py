"""What the counter shows before anything is typed: this week, what is often given, what is new, what the season asks.

Few entries, each under the first heading that fits it, and each says why it is there.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal, NamedTuple

import msgspec
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from pointinfo import paths
from pointinfo.clock import Clock, local_day
from pointinfo.database import Database
from pointinfo.database.schema import Entry, Term, entry_term
from pointinfo.directory.given import given
from pointinfo.directory.hours import Calendar
from pointinfo.directory.hours.days import day_words
from pointinfo.directory.hours.state_words import when_words
from pointinfo.directory.sessions import meetings
from pointinfo.i18n import Words

MOST: Final = 4
"""Entries under one heading: all are read at a glance, and the search line is quicker than a long list."""
OF_A_TOPIC: Final = 2
"""Entries of one topic of the season, so that several topics have room."""
OFTEN: Final = 2
"""What was given once says nothing of what is asked often."""
WEEK: Final = timedelta(days=7)
LATELY: Final = timedelta(days=30)
LOOKED_AT: Final = 300
"""The last changes of the directory that are looked at: more are a bulk change, and no news."""

MEETING: Final = 2_000
"""Activities whose meetings are looked at."""

_CHANGED: Final = text(
    """SELECT entry_uid, action, at FROM revision WHERE rowid > (SELECT max(rowid) FROM revision) - :most
    AND action IN ('create', 'edit', 'accept') ORDER BY rowid DESC"""
)
_LAST_CHANGE: Final = text("SELECT max(rowid) FROM revision")

Group = Literal["week", "given", "new", "season"]


class Shown(NamedTuple):
    """An entry of the front page: its row id, under which heading it stands, and why in words."""

    id: int
    group: Group
    why: str


class Season(NamedTuple):
    """A topic that is asked about from one day of the year to another, as «MM-DD»; it may go over New Year."""

    topic: str
    first: str
    last: str

    def holds(self, day: date) -> bool:
        """Whether a day is one of it."""
        said = f"{day:%m-%d}"
        if self.first <= self.last:
            return self.first <= said <= self.last
        return said >= self.first or said <= self.last


class FrontPage:
    """The few entries that one counter shows today."""

    def __init__(self, database: Database, clock: Clock, words: Words) -> None:
        self._database = database
        self._clock = clock
        self._words = words
        self._known: tuple[object, dict[str, int], list[tuple[int, datetime]]] | None = None
        """Of what hour and state, what was given, what meets."""

    def shown(self, calendar: Calendar) -> tuple[Shown, ...]:
        """Heading by heading, none twice. What was given is read once an hour."""
        found: dict[int, Shown] = {}
        with self._database.read() as session:
            often, meeting = self._counted(session, calendar)
            parts: tuple[Iterator[Shown], ...] = (
                self._week(meeting),
                self._given(session, often),
                self._new(session),
                self._season(session, often),
            )
            for part in parts:
                room = len(found) + MOST
                for each in part:
                    found.setdefault(each.id, each)
                    if len(found) == room:
                        break
        return tuple(found.values())

    def _week(self, meeting: Iterable[tuple[int, datetime]]) -> Iterator[Shown]:
        now = self._clock()
        for entry_id, begins in meeting:
            if begins >= now:
                yield Shown(entry_id, "week", when_words(begins, now, self._words))

    def _given(self, session: Session, often: dict[str, int]) -> Iterator[Shown]:
        most = sorted((uid for uid in often if often[uid] >= OFTEN), key=lambda uid: -often[uid])[: 3 * MOST]
        ids = _active(session, most)
        for uid in most:
            if uid in ids:
                count = often[uid]
                said = self._words.ngettext("donnée {count} fois ce mois", "donnée {count} fois ce mois", count)
                yield Shown(ids[uid], "given", said.format(count=count))

    def _new(self, session: Session) -> Iterator[Shown]:
        """Entries that somebody wrote or changed; what a file brought or a call confirmed is no news.

        What is put right in the week after an entry was written makes it no less new.
        """
        _ = self._words.gettext
        since = self._clock() - LATELY
        seen = set[str]()
        written = session.execute(_CHANGED, {"most": LOOKED_AT}).all()
        ids = _active(session, [row.entry_uid for row in written])
        made = {row.entry_uid: datetime.fromisoformat(row.at) for row in written if row.action == "create"}
        for uid, _action, said in written:
            at = datetime.fromisoformat(said)
            if uid in seen or uid not in ids or at < since:
                continue
            seen.add(uid)
            is_new = uid in made and at - made[uid] <= WEEK
            day = day_words(local_day(made[uid] if is_new else at), self._words)
            message = _("nouvelle, du {day}") if is_new else _("modifiée le {day}")
            yield Shown(ids[uid], "new", message.format(day=day))

    def _season(self, session: Session, often: dict[str, int]) -> Iterator[Shown]:
        today = local_day(self._clock())
        topics = [season.topic for season in seasons() if season.holds(today)]
        language = self._words.language
        for topic in topics:
            found = session.execute(
                select(Entry.id, Entry.uid, Term.labels)
                .join(entry_term, entry_term.c.entry_id == Entry.id)
                .join(Term, Term.id == entry_term.c.term_id)
                .where(Term.list == "topic", Term.code == topic, Entry.status == "active")
                .order_by(Entry.name)
                .limit(LOOKED_AT)
            ).all()
            for entry_id, _uid, labels in sorted(found, key=lambda row: -often.get(row.uid, 0))[:OF_A_TOPIC]:
                yield Shown(entry_id, "season", labels.get(language) or labels["fr"])

    def _counted(self, session: Session, calendar: Calendar) -> tuple[dict[str, int], list[tuple[int, datetime]]]:
        """What takes long: read anew every hour, and when the school holidays or an entry have changed."""
        now = self._clock()
        today = local_day(now)
        state = (today, now.hour, calendar, session.scalar(_LAST_CHANGE))
        if self._known is None or self._known[0] != state:
            self._known = (state, given(session, today), _meeting(session, today, calendar))
        return self._known[1:]


@lru_cache
def seasons() -> tuple[Season, ...]:
    """The seasons of the year, in the order in which they are shown."""
    data = (paths.resources() / "calendar" / "seasons.json").read_bytes()
    return tuple(Season(*each) for each in msgspec.json.decode(data, type=list[tuple[str, str, str]]))


def _active(session: Session, uids: Sequence[str]) -> dict[str, int]:
    found = session.execute(select(Entry.uid, Entry.id, Entry.status).where(Entry.uid.in_(uids)))
    return {row.uid: row.id for row in found if row.status == "active"}  # SQLite would read all that are active


def _meeting(session: Session, today: date, calendar: Calendar) -> list[tuple[int, datetime]]:
    """The next days' meetings that somebody put in, by when they begin; the first of each entry and day."""
    found = session.execute(
        select(Entry.id, Entry.schedules).where(Entry.schedules != (), Entry.status == "active").limit(MEETING)
    )
    return sorted(
        (
            (entry_id, meeting.begins)
            for entry_id, schedules in found
            for meeting in meetings(schedules, today, today + WEEK, calendar)
        ),
        key=lambda pair: pair[1],
    )
