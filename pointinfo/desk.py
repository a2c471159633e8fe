"""The desk: everything an open counter offers, put together in one place and handed down."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from pointinfo import config, i18n
from pointinfo.clock import Clock, now
from pointinfo.config import Settings
from pointinfo.database import Database
from pointinfo.database.schema import Meta
from pointinfo.directory import (
    Attachments,
    Bulk,
    Calendar,
    CheckSheets,
    Contradictions,
    Directory,
    Drafts,
    Duplicates,
    Exchange,
    FrontPage,
    Point,
    Quality,
    Revisions,
    Spot,
    UnansweredSearches,
    Verification,
    Vocabularies,
    WebLinks,
    sample,
)
from pointinfo.i18n import Words
from pointinfo.inquiries import DayLogs, DaySheets, InquiryLog, MissingOffers, Statistics
from pointinfo.leaflets import Leaflets

if TYPE_CHECKING:
    from pointinfo.inquiries.figures import Figures
    from pointinfo.inquiries.portrait import Portraits
    from pointinfo.inquiries.releases import Releases
    from pointinfo.inquiries.report_tables import Reporting
    from pointinfo.reports import Reports

DATABASE = "pointinfo.sqlite"


@dataclass
class Desk:
    """One open counter. `words` speak the clerk's language."""

    home: Path
    clock: Clock
    settings: Settings
    words: Words
    database: Database
    directory: Directory
    front_page: FrontPage
    unanswered: UnansweredSearches
    revisions: Revisions
    drafts: Drafts
    duplicates: Duplicates
    exchange: Exchange
    verification: Verification
    quality: Quality
    contradictions: Contradictions
    web_links: WebLinks
    check_sheets: CheckSheets
    inquiries: InquiryLog
    day_logs: DayLogs
    day_sheets: DaySheets
    missing_offers: MissingOffers
    statistics: Statistics
    leaflets: Leaflets
    attachments: Attachments
    vocabularies: Vocabularies
    bulk: Bulk

    # NumPy and the solver take a tenth of a second to load: a window that shows no figures does without.

    @cached_property
    def figures(self) -> "Figures":
        """The inquiries ready to be counted, uncovered."""
        from pointinfo.inquiries.figures import Figures  # noqa: PLC0415

        return Figures(self.database)

    @cached_property
    def reporting(self) -> "Reporting":
        """Protected tables in words."""
        from pointinfo.inquiries.report_tables import Reporting  # noqa: PLC0415

        return Reporting(self.database, self.figures, self.words)

    @cached_property
    def releases(self) -> "Releases":
        """What was published."""
        from pointinfo.inquiries.releases import Releases  # noqa: PLC0415

        return Releases(self.database, self.figures, self.clock, self.words)

    @cached_property
    def portraits(self) -> "Portraits":
        """What is known of the neighbourhoods beside their inquiries."""
        from pointinfo.inquiries.portrait import Portraits  # noqa: PLC0415

        return Portraits(self.database, self.clock, self.words)

    @property
    def reports(self) -> "Reports":
        """The reports as they are written."""
        from pointinfo.inquiries.handed_out import HandedOut  # noqa: PLC0415
        from pointinfo.reports import Reports  # noqa: PLC0415

        return Reports(
            self.words,
            self.settings.counter_name or self.words.gettext("Point info"),
            self.reporting,
            self.releases,
            HandedOut(self.database, self.words),
            self.portraits,
            self.day_logs,
            self.missing_offers,
            self.unanswered,
            self.verification,
            self.directory,
        )

    def here(self) -> Spot | None:
        """Where this counter is, as far as its settings say: the place itself, else the middle of its quartier."""
        if self.settings.coordinates is not None:
            return Spot(Point(*self.settings.coordinates))
        known = self.directory.spots().get(self.settings.quartier) if self.settings.quartier else None
        return known[1] if known else None

    def keep_settings(self, settings: Settings) -> None:
        """Save changed settings; sheets use them at once, the window's language from the next start."""
        config.save(self.home, settings)
        self.settings = settings
        self.leaflets.settings = settings
        self.directory.calendar = self.exchange.calendar = self.day_logs.calendar = calendar(settings)
        self.day_logs.opening = settings.opening
        self.inquiries.back_dating = self.day_logs.back_dating = settings.back_dating

    def back_up(self) -> Path | None:
        """Today's verified copy of the data, made once a day; None when it could not be made.

        Then leaflets that were attached and never saved are dropped.
        """
        made = self.database.back_up(self.inquiries.today())
        self.attachments.sweep()
        return made

    def close(self) -> None:
        """Give the files back."""
        self.database.close()


def open_desk(
    home: Path, clock: Clock = now, words: Words | None = None, speaker: Callable[[str], Words] = i18n.words
) -> Desk:
    """Open the counter whose data lies in `home`; a new one starts with the demonstration directory.

    It speaks `words`, else the language of its settings in the words of `speaker`.
    Raises `PointInfoError` with one sentence; nothing in `home` is touched then.
    """
    settings = config.load(home, words or speaker(i18n.system_language()))
    words = words or speaker(settings.language)
    database = Database(home / DATABASE, words)
    try:
        counter = _counter(database)
        directory = Directory(database, clock, counter, words, calendar(settings))
        if directory.is_new():
            directory.load_file(sample.demonstration_file(), demonstration=True)
    except BaseException:
        database.close()
        raise
    attachments = Attachments(database, words)
    revisions = Revisions(database, clock, counter, words)
    exchange = Exchange(database, clock, counter, words)
    exchange.calendar = directory.calendar
    inquiries = InquiryLog(database, clock, counter, words)
    day_logs = DayLogs(database, clock, counter, words)
    day_logs.calendar, day_logs.opening = directory.calendar, settings.opening
    inquiries.back_dating = day_logs.back_dating = settings.back_dating
    return Desk(
        home,
        clock,
        settings,
        words,
        database,
        directory,
        FrontPage(database, clock, words),
        UnansweredSearches(database, clock),
        revisions,
        Drafts(database, clock, counter),
        Duplicates(database, clock, words),
        exchange,
        Verification(database, clock, counter, words),
        Quality(database, clock, words),
        Contradictions(database, clock, words),
        WebLinks(database, clock, words),
        CheckSheets(database, revisions, clock, words),
        inquiries,
        day_logs,
        DaySheets(database, directory, inquiries, counter, words),
        MissingOffers(database, clock, words),
        Statistics(database, counter, words),
        Leaflets(directory, clock, settings, attachments, words),
        attachments,
        Vocabularies(database, words),
        Bulk(database, clock, counter, words),
    )


def calendar(settings: Settings) -> Calendar:
    """The days on which the town's counters are closed, and the school holidays."""
    return Calendar(settings.closed_days, settings.school_holidays)


def _counter(database: Database) -> str:
    """The id of this counter, made on first start."""
    with database.write() as session:
        known = session.get(Meta, "counter")
        if known is None:
            known = Meta(key="counter", value=str(uuid4()))
            session.add(known)
        return known.value
