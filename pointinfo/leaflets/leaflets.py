"""Paper: the sheets a counter hands out."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from pointinfo import i18n
from pointinfo.clock import ZONE, Clock
from pointinfo.config import Settings
from pointinfo.directory import Attachments, CheckSheet, Directory, Entry, Query
from pointinfo.directory.selection import Selection
from pointinfo.errors import InputError
from pointinfo.i18n import Words
from pointinfo.leaflets import guard
from pointinfo.leaflets.guard import Caution

if TYPE_CHECKING:
    from pointinfo.leaflets.publications import Composer, Edition, Grouping
    from pointinfo.leaflets.visit_sheet import Typeset

Tick = Callable[[float], None]
"""Told how much of some work is done, 0 to 1."""

PIECE: Final = 250
"""Entries that are held at once while thousands are put in words."""


class Enclosure(NamedTuple):
    """An attached leaflet ready to be printed: its pages on A4."""

    sha256: str
    title: str
    pages: int
    pdf: bytes


class Leaflet(NamedTuple):
    """A finished sheet: the PDF, the revisions of the entries on it by uid, and the language it speaks first.

    `enclosed` are the leaflets attached to these entries, to be printed after it; `missing` the titles of those whose
    file is not on this computer or can't be put on paper. `undrawn` are the characters that no face holds and that
    print as a square, each with its text.
    """

    pdf: bytes
    revisions: dict[str, str]
    enclosed: tuple[Enclosure, ...] = ()
    missing: tuple[str, ...] = ()
    language: str = "fr"
    undrawn: tuple[tuple[str, str], ...] = ()

    def folded(self) -> bytes:
        """The pages of a booklet two by two on sheets of paper twice as large, to be folded and stapled.

        In a language that is written from right to left it is bound at the right. It has no tags: `pdf` is for reading.
        """
        from pointinfo.leaflets import impose  # noqa: PLC0415 -- pikepdf only when something is imposed
        from pointinfo.leaflets.languages import RIGHT_TO_LEFT  # noqa: PLC0415

        return impose.imposed(self.pdf, right_bound=self.language in RIGHT_TO_LEFT)

    def printed(self) -> bytes:
        """What goes to the printer: the sheet, and the pages of what is enclosed."""
        if not self.enclosed:
            return self.pdf
        from pointinfo.leaflets import enclosures  # noqa: PLC0415 -- pikepdf only when something is enclosed

        return enclosures.joined([self.pdf, *(each.pdf for each in self.enclosed)])


class Leaflets:
    """Typesets sheets from the directory, in the visitor's language."""

    def __init__(
        self, directory: Directory, clock: Clock, settings: Settings, attachments: Attachments, words: Words
    ) -> None:
        self._directory = directory
        self._words = words
        self._attachments = attachments
        self._clock = clock
        self.settings = settings

    def visit_sheet(
        self, uids: Sequence[str], language: str = "fr", *, beside: bool = False, note: str = "", design: str = "visit"
    ) -> Leaflet:
        """The cards of one visit as a PDF (PDF/UA-1, PDF/A-2a) in a design; successors stand for closed ones.

        In one of `LANGUAGES`, with French `beside` where wished or where no speaker has reviewed the language yet.
        `note` is printed and kept nowhere. Entries that nobody is to be sent to are left out; raises `InputError` when
        there are no others.
        """
        from pointinfo.leaflets import composition, designs, visit_sheet  # noqa: PLC0415 -- ReportLab only when one prints

        found = self._directory.entries(self._directory.standing(uids))
        entries = [entry for entry in found if entry.status != "do_not_refer"]
        if found and not entries:
            _ = self._words.gettext
            raise InputError(_("Cette fiche porte «ne pas orienter» : elle ne s’imprime pas. Choisissez-en une autre."))
        now = self._clock().astimezone(ZONE)
        calendar = self._directory.calendar
        sheet = composition.compose(entries, self.settings, now, calendar, language, beside=beside, note=note)
        enclosed, missing = self._enclosed(entries)
        revisions = {entry.uid: entry.head for entry in entries}
        made = visit_sheet.reported(sheet, designs.design(design))
        return Leaflet(made.pdf, revisions, enclosed, missing, language, _undrawn(made))

    def leaflet(
        self,
        rule: Selection,
        title: str = "",
        intro: str = "",
        language: str = "fr",
        *,
        group: "Grouping" = "theme",
        tick: Tick | None = None,
    ) -> Leaflet:
        """What a rule chooses as an A4 leaflet in one of `LANGUAGES`, under a title for each theme, topic or quartier.

        Without a title it bears the names of what the rule asks for. Title and intro are printed as they are, in
        `language`. Raises `InputError` when the rule chooses nothing.
        """
        from pointinfo.leaflets import topic_leaflet  # noqa: PLC0415 -- ReportLab only when one prints

        composer = self._composed(rule, language, group, tick)
        made = topic_leaflet.typeset(composer.publication(title, intro))
        return Leaflet(made.pdf, composer.revisions, language=language, undrawn=_undrawn(made))

    def booklet(
        self, rule: Selection, title: str = "", intro: str = "", language: str = "fr", *, tick: Tick | None = None
    ) -> Leaflet:
        """What a rule chooses as an A5 booklet by themes, with contents and indexes, as it is read.

        `Leaflet.folded` makes it ready for the printer. Raises `InputError` when the rule chooses nothing.
        """
        from pointinfo.leaflets import directory_booklet  # noqa: PLC0415 -- as above

        composer = self._composed(rule, language, "theme", tick)
        made = directory_booklet.typeset(composer.publication(title, intro))
        return Leaflet(made.pdf, composer.revisions, language=language, undrawn=_undrawn(made))

    def programme(
        self, rule: Selection, first: date, last: date, language: str = "fr", *, title: str = "", intro: str = ""
    ) -> Leaflet:
        """What meets from `first` to `last` among what a rule chooses, day by day on A4; the cancelled is said to be.

        Days with nothing are left out; where none has anything, a sentence says so.
        """
        from pointinfo.leaflets import programme_pages, programmes  # noqa: PLC0415 -- as above

        meetings = self._directory.programme(rule, first, last)
        uids = list(dict.fromkeys(each.uid for each in meetings))
        pieces = (self._directory.entries(uids[start : start + PIECE]) for start in range(0, len(uids), PIECE))
        entries = {entry.uid: entry for piece in pieces for entry in piece}
        edition = self._edition(language)
        told = programmes.compose(meetings, entries, (first, last), edition, title=title, intro=intro)
        made = programme_pages.typeset(told)
        revisions = {uid: entry.head for uid, entry in entries.items()}
        return Leaflet(made.pdf, revisions, language=language, undrawn=_undrawn(made))

    def poster(self, uid: str = "", language: str = "fr", *, design: str = "poster") -> Leaflet:
        """One entry, or without a `uid` the counter itself, in large type with a QR code, on one page.

        `design` is "poster" (A3), "poster-a4" or "counter-card" (A5). The counter's hours are those of the entry that
        bears its name, if there is one. Raises `InputError` for an entry that is closed or not to be referred to.
        """
        from pointinfo.leaflets import designs, posters  # noqa: PLC0415 -- as above
        from pointinfo.leaflets.publications import Composer  # noqa: PLC0415

        edition = self._edition(language)
        composer = Composer(Selection(), edition, "name")
        chosen = designs.publication_design(design)
        if not uid:
            named = [entry for entry in self._named(self.settings.counter_name) if entry.hours]
            hours = composer.listed(named[0]).hours if len(named) == 1 else ()
            made = posters.typeset(posters.of_counter(self.settings, edition, hours), chosen)
            return Leaflet(made.pdf, {}, language=language, undrawn=_undrawn(made))
        entry = self._directory.entry(uid)
        if entry.status != "active":
            _ = self._words.gettext
            raise InputError(_("Cette fiche est fermée ou porte «ne pas orienter» : elle ne s’affiche pas."))
        made = posters.typeset(posters.of_entry(entry, edition, composer), chosen)
        return Leaflet(made.pdf, {uid: entry.head}, language=language, undrawn=_undrawn(made))

    def _named(self, name: str) -> list[Entry]:
        """The entries in use that bear exactly this name."""
        if not name:
            return []
        hits = self._directory.search(Query(name)).hits[:20]
        rows = self._directory.rows([hit.id for hit in hits])
        same = [row.uid for row in rows if row.name.casefold() == name.casefold() and row.status == "active"]
        return self._directory.entries(same)

    def _composed(self, rule: Selection, language: str, group: "Grouping", tick: Tick | None) -> "Composer":
        """The entries that a rule chooses, in words, a few at a time."""
        from pointinfo.leaflets.publications import Composer  # noqa: PLC0415 -- as above

        uids = self._directory.selected(rule)
        if not uids:
            _ = self._words.gettext
            raise InputError(_("Aucune fiche ne répond à ce choix. Rien n’a été écrit. Élargissez le choix."))
        composer = Composer(rule, self._edition(language), group)
        for start in range(0, len(uids), PIECE):
            composer.take(self._directory.entries(uids[start : start + PIECE]))
            if tick is not None:
                tick(0.6 * min(1, (start + PIECE) / len(uids)))  # the rest is setting them
        return composer

    def _edition(self, language: str) -> "Edition":
        from pointinfo.leaflets.publications import Edition  # noqa: PLC0415 -- as above

        return Edition(self.settings, self._clock().astimezone(ZONE), self._directory.calendar, language)

    def cautions(self, uids: Sequence[str]) -> tuple[Caution, ...]:
        """What to know before these entries are printed, with where else to send somebody; public data only."""
        now = self._clock().astimezone(ZONE)
        told = guard.cautions(self._directory.entries(uids), now, self._words, self._directory.calendar)
        elsewhere = {caution.uid: self._directory.alternatives(caution.uid) for caution in told}
        return tuple(caution._replace(alternatives=elsewhere[caution.uid]) for caution in told)

    def check_sheets(self, sheets: Sequence[CheckSheet]) -> Leaflet:
        """What the counter reads of some entries, with room to correct it, as an A4 PDF to be sent by post."""
        from pointinfo.leaflets import check_sheet  # noqa: PLC0415 -- ReportLab only when one prints

        pdf = check_sheet.typeset(sheets, self.settings)
        return Leaflet(pdf, {sheet.uid: sheet.revision for sheet in sheets})

    def tally_sheet(self, columns: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> bytes:
        """A paper to note inquiries on away from the counter, with the keys of each column, as an A4 PDF."""
        from pointinfo.leaflets import tally_sheet  # noqa: PLC0415 -- ReportLab only when one prints

        return tally_sheet.typeset(columns, self.settings, i18n.typeset_words(self.settings.language))

    def _enclosed(self, entries: Sequence[Entry]) -> tuple[tuple[Enclosure, ...], tuple[str, ...]]:
        """The leaflets attached to these entries, each once, and the titles of those that can't be had."""
        wanted = {attached.sha256: attached for entry in entries for attached in entry.attachments}
        if not wanted:
            return (), ()
        from pointinfo.leaflets import enclosures  # noqa: PLC0415 -- as above

        contents = self._attachments.contents(wanted)
        enclosed, missing = [], []
        for name, attached in wanted.items():
            made = enclosures.enclosure(attached, contents[name]) if name in contents else None
            if made is None:
                missing.append(attached.title)
            else:
                enclosed.append(made)
        return tuple(enclosed), tuple(missing)


def _undrawn(made: "Typeset") -> tuple[tuple[str, str], ...]:
    return tuple((each.character, each.text) for each in made.missing)
