"""The tables as SQLAlchemy sees them. What creates them are the numbered migrations; a test holds both equal.

Columns marked `internal()` can hold something confidential (the address of a shelter, a direct line, a note for
the staff). They are deferred and raise when touched unless a query asks for them by name, so neither a sheet nor an
export can reach them by accident.
"""

from datetime import date
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Column, Dialect, ForeignKey, Integer, Table, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

T = TypeVar("T")


class Name(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Another name an entry is known by. `kind`: former, acronym, alias. `language`: ISO 639-1, "" for any."""

    text: str
    kind: str = "alias"
    language: str = ""


class Wording(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """An entry's free text in one language, in the order it is read aloud."""

    summary: str = ""
    description: str = ""
    eligibility: str = ""
    how_to_apply: str = ""
    documents: str = ""
    fee: str = ""
    directions: str = ""
    alert: str = ""


def chosen_wording(wordings: dict[str, Wording], language: str) -> Wording:
    """Each field in `language`, else in French, else in whatever language has it: half a translation hides nothing."""
    if len(wordings) == 1:
        return next(iter(wordings.values()))
    ways = [wordings[each] for each in dict.fromkeys((language, "fr", *wordings)) if each in wordings]
    return Wording(*(next(filter(None, said), "") for said in zip(*map(msgspec.structs.astuple, ways), strict=True)))


class Contact(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One way to reach an entry. `kind`: phone, email, web. `hours`: OSM opening hours of that line, if other."""

    kind: str
    value: str
    label: str = ""
    hours: str = ""


class Schedule(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """When an activity meets: on chosen `dates`, or again and again from `first` to `last`.

    Days are ISO dates, times «HH:MM» (`ends` before `starts`: after midnight). `weekdays` count from 0 for Monday;
    `every` n weeks, or `nth` of the month (1 to 4, -1 the last). `school`: "terms" or "holidays" limits the meetings
    to those, "" doesn't. Ages in decimal years. `places_left` is what was known when the entry was saved.
    """

    starts: str
    ends: str = ""
    label: str = ""
    weekdays: tuple[int, ...] = ()
    every: int = 1
    nth: int = 0
    school: str = ""
    first: str = ""
    last: str = ""
    dates: tuple[str, ...] = ()
    cancelled: tuple[str, ...] = ()
    age_from: float | None = None
    age_to: float | None = None
    price: str = ""
    register_by: str = ""
    places_left: int | None = None


class Attached(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A leaflet of the association's own; its bytes lie in `Attachment` under their SHA-256."""

    sha256: str
    title: str
    media_type: str
    size: int
    language: str = ""


class Origin(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Where an entry was imported from: its id there, and what that source said and we have no field for."""

    source: str
    id: str
    extra: dict[str, str] = msgspec.field(default_factory=dict)


class Stored(TypeDecorator[T]):
    """A column of JSON text that comes back as the msgspec type it was written from."""

    impl = Text
    cache_ok = True

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape

    @property
    def python_type(self) -> type[Any]:
        return object

    def process_bind_param(self, value: T | None, dialect: Dialect) -> str | None:
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> T | None:
        return None if value is None else msgspec.json.decode(value, type=self.shape)


class Base(DeclarativeBase):
    """Tables of one counter's database."""


def internal(**options: Any) -> Any:
    """A column for the staff's eyes only: raises unless a query undefers it."""
    return mapped_column(deferred=True, deferred_raiseload=True, info={"internal": True}, **options)


class Meta(Base):
    """Facts about this file itself: the counter's id, the versions of its vocabularies."""

    __tablename__ = "meta"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


entry_term = Table(
    "entry_term",
    Base.metadata,
    Column("entry_id", ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
    Column("term_id", ForeignKey("term.id"), primary_key=True),
    Column("position", Integer, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)


class Term(Base):
    """One word of an editable list (audience, theme, topic, sector, language…). Codes are never renumbered.

    A `retired` term is offered no more; `replaced_by` is the code that counts in its place, "" for none. What was
    `edited` here stays as it is when a newer list is shipped.
    """

    __tablename__ = "term"
    __table_args__ = (UniqueConstraint("list", "code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    list: Mapped[str]
    code: Mapped[str]
    position: Mapped[int]
    labels: Mapped[dict[str, str]] = mapped_column(Stored(dict[str, str]))
    synonyms: Mapped[tuple[str, ...]] = mapped_column(Stored(tuple[str, ...]))
    parent: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    retired: Mapped[bool] = mapped_column(default=False)
    replaced_by: Mapped[str] = mapped_column(default="")
    edited: Mapped[bool] = mapped_column(default=False)

    def label(self, language: str) -> str:
        """The term in `language`, else in French."""
        return self.labels.get(language) or self.labels["fr"]


class EntryLink(Base):
    """A tie between two entries. `kind`: offered_by, takes_place_at, part_of, see_first, former_name_of."""

    __tablename__ = "entry_link"
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    target: Mapped["Entry"] = relationship(foreign_keys=[target_id], lazy="raise")


class Entry(Base):
    """A service, association, activity or place, as it stands now; its past lies in `Revision`.

    `next_check` is when the entry is due again, asked for by a person or by its kind; NULL for a closed one.
    """

    __tablename__ = "entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    status: Mapped[str] = mapped_column(default="active")
    name: Mapped[str]
    names: Mapped[tuple[Name, ...]] = mapped_column(Stored(tuple[Name, ...]), default=())
    wordings: Mapped[dict[str, Wording]] = mapped_column(Stored(dict[str, Wording]), default=dict)
    street: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    stop: Mapped[str] = mapped_column(default="")
    longitude: Mapped[float | None]
    latitude: Mapped[float | None]
    contacts: Mapped[tuple[Contact, ...]] = mapped_column(Stored(tuple[Contact, ...]), default=())
    hours: Mapped[str] = mapped_column(default="")
    schedules: Mapped[tuple[Schedule, ...]] = mapped_column(Stored(tuple[Schedule, ...]), default=())
    age_from: Mapped[float | None]
    age_to: Mapped[float | None]
    source: Mapped[str] = mapped_column(default="")
    confidence: Mapped[str] = mapped_column(default="")
    as_of: Mapped[str] = mapped_column(default="")
    verified_on: Mapped[date | None]
    verified_by: Mapped[str] = mapped_column(default="")
    verified_how: Mapped[str] = mapped_column(default="")
    next_check: Mapped[date | None]
    important: Mapped[bool] = mapped_column(default=False)
    status_reason: Mapped[str] = mapped_column(default="")
    replaced_by: Mapped[str] = mapped_column(default="")
    attachments: Mapped[tuple[Attached, ...]] = mapped_column(Stored(tuple[Attached, ...]), default=())
    origins: Mapped[tuple[Origin, ...]] = mapped_column(Stored(tuple[Origin, ...]), default=())
    demonstration: Mapped[bool] = mapped_column(default=False)
    head: Mapped[str] = mapped_column(default="")

    internal_street: Mapped[str] = internal(default="")
    internal_contacts: Mapped[tuple[Contact, ...]] = internal(type_=Stored(tuple[Contact, ...]), default=())
    internal_note: Mapped[str] = internal(default="")

    terms: Mapped[list[Term]] = relationship(
        secondary=entry_term, lazy="raise", order_by=(Term.list, entry_term.c.position, Term.position)
    )
    links: Mapped[list[EntryLink]] = relationship(
        foreign_keys=[EntryLink.entry_id],
        lazy="raise",
        cascade="all, delete-orphan",
        order_by=(EntryLink.kind, EntryLink.position),
    )
    successor: Mapped["Entry | None"] = relationship(
        primaryjoin="foreign(Entry.replaced_by) == remote(Entry.uid)", viewonly=True, uselist=False, lazy="raise"
    )

    def of(self, vocabulary: str) -> list[Term]:
        """This entry's terms of one list, in the order the entry has them."""
        return [term for term in self.terms if term.list == vocabulary]

    def wording(self, language: str) -> Wording:
        """The free text as `chosen_wording` finds it."""
        return chosen_wording(self.wordings, language)


class Revision(Base):
    """One change of one entry, whole, append-only. `snapshot` is an `EntryRecord` as JSON.

    A proposal is a revision too (`action` propose) that no entry has as its head; whoever accepts or refuses it makes
    a revision that has it among its parents.
    """

    __tablename__ = "revision"
    id: Mapped[str] = mapped_column(primary_key=True)
    entry_uid: Mapped[str]
    parents: Mapped[tuple[str, ...]] = mapped_column(Stored(tuple[str, ...]))
    action: Mapped[str]
    author: Mapped[str]
    counter: Mapped[str]
    at: Mapped[str]
    snapshot: Mapped[bytes]
    comment: Mapped[str] = mapped_column(default="")


class Draft(Base):
    """What an editor has typed and not yet saved. `base` is the revision it was begun from, "" for a new entry."""

    __tablename__ = "draft"
    entry_uid: Mapped[str] = mapped_column(primary_key=True)
    base: Mapped[str]
    author: Mapped[str]
    at: Mapped[str]
    snapshot: Mapped[bytes]


class Attachment(Base):
    """The bytes of an attached leaflet, kept once however many entries have it."""

    __tablename__ = "attachment"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    content: Mapped[bytes]


class ImportMapping(Base):
    """How the columns of one source were last read in; `mapping` is the exchange's own JSON."""

    __tablename__ = "import_mapping"
    source: Mapped[str] = mapped_column(primary_key=True)
    mapping: Mapped[str] = mapped_column(Text)
    at: Mapped[str]


class DistinctPair(Base):
    """Two entries that look alike and that somebody has found to be two; the smaller uid comes first."""

    __tablename__ = "distinct_pair"
    one_uid: Mapped[str] = mapped_column(primary_key=True)
    other_uid: Mapped[str] = mapped_column(primary_key=True)
    author: Mapped[str]
    at: Mapped[str]


class LinkCheck(Base):
    """What a web address last answered: `status` is HTTP's, 0 where nothing answered; `said` the reason then."""

    __tablename__ = "link_check"
    url: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[str]
    status: Mapped[int]
    said: Mapped[str]


class UnansweredSearch(Base):
    """Folded words that found nothing, counted by week (its Monday). Nothing leads from here to an inquiry."""

    __tablename__ = "unanswered_search"
    week: Mapped[date] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class SearchWord(Base):
    """A word of a name, keyword or place, as the search compares it: what a mistyped one may be meant for."""

    __tablename__ = "search_word"
    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(unique=True)


class Inquiry(Base):
    """One *demande* as it stands now. Empty string, 0 or NULL: not said. Never who noted it, nor the minute."""

    __tablename__ = "inquiry"
    id: Mapped[str] = mapped_column(primary_key=True)
    counter: Mapped[str]
    day: Mapped[date]
    hour: Mapped[int | None]
    mode: Mapped[str]
    channel: Mapped[str] = mapped_column(default="")
    people: Mapped[int] = mapped_column(default=1)
    audiences: Mapped[tuple[str, ...]] = mapped_column(Stored(tuple[str, ...]), default=())
    themes: Mapped[tuple[str, ...]] = mapped_column(Stored(tuple[str, ...]), default=())
    effort: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    referrals: Mapped[tuple[Any, ...]] = mapped_column(Stored(tuple[Any, ...]), default=())
    language: Mapped[str] = mapped_column(default="")
    origin: Mapped[str] = mapped_column(default="")
    first_contact: Mapped[str] = mapped_column(default="")
    codes: Mapped[int] = mapped_column(default=1)
    voided: Mapped[bool] = mapped_column(default=False)
    back_dated: Mapped[bool] = mapped_column(default=False)


class SheetDraft(Base):
    """A day sheet that is being typed in and not noted yet: its cells as they were typed. Gone once it is noted."""

    __tablename__ = "sheet_draft"
    counter: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    cells: Mapped[tuple[tuple[str, ...], ...]] = mapped_column(Stored(tuple[tuple[str, ...], ...]))


class DayLog(Base):
    """When a counter was open on a day, and when it could not note, append-only: the highest `number` stands.

    `hours` has one letter an hour from midnight: o open, c closed, x open but nothing could be noted, ? not said.
    """

    __tablename__ = "day_log"
    counter: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    hours: Mapped[str]


class DayTraffic(Base):
    """What a day had beside its notes: sheets handed to the printer, visits that were cleared without a note."""

    __tablename__ = "day_traffic"
    counter: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    sheets: Mapped[int] = mapped_column(default=0)
    unnoted: Mapped[int] = mapped_column(default=0)


class MissingOffer(Base):
    """What somebody looked for and nobody offers, in a few words, and the Monday of its week.

    Nothing leads from here to an inquiry, a counter, a person or a moment: the random id is also the order on disk.
    """

    __tablename__ = "missing_offer"
    id: Mapped[str] = mapped_column(primary_key=True)
    week: Mapped[date]
    theme: Mapped[str]
    words: Mapped[str]


class InquiryEvent(Base):
    """Add, amend or void, append-only; `seq` has no gap per counter and `hash` chains over `previous`."""

    __tablename__ = "inquiry_event"
    counter: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    inquiry_id: Mapped[str]
    action: Mapped[str]
    content: Mapped[bytes]
    previous: Mapped[str]
    hash: Mapped[str]


class InquiryChunk(Base):
    """The inquiries of a month as columns of numbers: derived, `version` counts how often they were made anew."""

    __tablename__ = "inquiry_chunk"
    counter: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    data: Mapped[bytes]


class InquiryChunkDirty(Base):
    """A month whose inquiries changed since its chunk was made; written by triggers."""

    __tablename__ = "inquiry_chunk_dirty"
    counter: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)


class Release(Base):
    """Published tables of a period, append-only. `counted` are the figures behind them: never shown, never exported."""

    __tablename__ = "release"
    number: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[date]
    last: Mapped[date]
    k: Mapped[int]
    made_on: Mapped[date]
    restates: Mapped[int | None]
    content: Mapped[bytes]
    counted: Mapped[bytes] = internal()
    hash: Mapped[str]


class Indicator(Base):
    """What is known of a neighbourhood's population, as an institution handed it over."""

    __tablename__ = "indicator"
    area: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[float]
    source: Mapped[str]


class ForumAction(Base):
    """What a neighbourhood's forum agreed to do: who sees to it, and how far it is since which day."""

    __tablename__ = "forum_action"
    id: Mapped[str] = mapped_column(primary_key=True)
    area: Mapped[str]
    agreed_on: Mapped[date]
    text: Mapped[str]
    owner: Mapped[str]
    state: Mapped[str]
    state_on: Mapped[date]
