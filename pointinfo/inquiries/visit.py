"""One visitor at the counter: what was read, kept and printed, and the note that writes itself from it.

Lives in memory only, and is forgotten with the next visitor.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from pointinfo.database.schema import Entry
from pointinfo.inquiries.note import Note, Referral

EFFORT: Final = (
    (timedelta(minutes=2), "under-2"),
    (timedelta(minutes=5), "2-5"),
    (timedelta(minutes=15), "5-15"),
)


class Seen(NamedTuple):
    """An entry as it was when the clerk looked at it."""

    uid: str
    name: str
    revision: str
    audiences: tuple[str, ...]
    themes: tuple[str, ...]


@dataclass
class Visit:
    """What happened since the last visitor left.

    `audience` is the filter in use, `language` what the question was typed in where that is not French, "" for none;
    `revisions` are those of the printed cards, by uid.
    """

    started: datetime | None = None
    audience: str = ""
    language: str = ""
    shown: Seen | None = None
    kept: list[Seen] = field(default_factory=list)
    copies: dict[str, int] = field(default_factory=dict)
    revisions: dict[str, str] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has happened yet."""
        return self.started is None and not self.kept

    def begin(self, now: datetime) -> None:
        """The visitor is here: the first key press counts."""
        self.started = self.started or now

    def show(self, entry: Entry | None) -> None:
        """This card is before the clerk now."""
        self.shown = _seen(entry) if entry else None

    def keep(self, entry: Entry, now: datetime) -> bool:
        """Put a card into the visit; False when it is there already."""
        self.begin(now)
        if any(known.uid == entry.uid for known in self.kept):
            return False
        self.kept.append(_seen(entry))
        return True

    def drop(self, uid: str) -> None:
        """Take a card out again."""
        self.kept = [known for known in self.kept if known.uid != uid]

    def printed(self, revisions: dict[str, str], language: str = "fr", copies: int = 1) -> None:
        """These cards went to the printer in these revisions and in this language, so many copies of each."""
        self.revisions |= revisions
        for uid in revisions:
            self.languages[uid] = language
            self.copies[uid] = self.copies.get(uid, 0) + copies

    def unprinted(self, uids: list[str], copies: int = 1) -> bool:
        """The printer did not take them after all; False when they are not of this visit."""
        if not all(self.copies.get(uid, 0) >= copies for uid in uids):
            return False
        for uid in uids:
            self.copies[uid] -= copies
        return True

    def elapsed(self, now: datetime) -> timedelta:
        """Since the visit began; zero when it has not."""
        return now - self.started if self.started else timedelta()

    def note(self, now: datetime, channel: str = "counter") -> Note:
        """The note as far as the visit tells; what it can't tell stays *not said*.

        Kept cards speak for the visit, else the one before the clerk. The audience is the filter in use, else the
        one that all these cards share.
        """
        cards = self.kept or ([self.shown] if self.shown else [])
        themes = list(dict.fromkeys(theme for seen in cards for theme in seen.themes[:1]))
        themes += [theme for seen in cards for theme in seen.themes[1:] if theme not in themes]
        outcome = "referred" if self.kept else "answered" if self.shown else ""
        return Note(
            channel=channel,
            audiences=(self.audience,) if self.audience else _shared_audience(cards),
            themes=tuple(themes[: max(1, len(cards))][:3]),
            effort=self._effort(now),
            outcome=outcome,
            language=self.language,
            referrals=self._referrals(),
        )

    def _referrals(self) -> tuple[Referral, ...]:
        """Kept cards, and printed ones even if they were taken out again: the visitor has the paper."""
        read = {seen.uid: seen.revision for seen in self.kept}
        printed = {uid for uid, copies in self.copies.items() if copies}
        return tuple(
            Referral(uid, self.revisions.get(uid) or read[uid], self.languages.get(uid, "fr"), self.copies.get(uid, 0))
            for uid in dict.fromkeys([*read, *sorted(printed)])
        )

    def _effort(self, now: datetime) -> str:
        if self.started is None:
            return ""
        elapsed = self.elapsed(now)
        return next((code for most, code in EFFORT if elapsed < most), "over-15")


def _seen(entry: Entry) -> Seen:
    return Seen(
        entry.uid,
        entry.name,
        entry.head,
        tuple(term.code for term in entry.of("audience")),
        tuple(term.code for term in entry.of("theme")),
    )


def _shared_audience(cards: list[Seen]) -> tuple[str, ...]:
    if not cards:
        return ()
    shared = set(cards[0].audiences)
    for seen in cards[1:]:
        shared &= set(seen.audiences)
    return tuple(shared) if len(shared) == 1 else ()
