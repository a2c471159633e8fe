"""What leaflets, programmes, booklets and posters say: many entries in few words each, chosen by a rule.

Every text is ready to print and stands with its language. In a language that no speaker has reviewed yet, whatever the
catalogue says is said in French as well, so that nobody has to rely on it alone.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Final, Literal, NamedTuple

from babel.dates import format_date

from pointinfo.clock import local_day
from pointinfo.config import Settings
from pointinfo.database.schema import Entry, Term
from pointinfo.directory.hours import Calendar
from pointinfo.directory.selection import LISTS, Selection
from pointinfo.directory.sessions_words import recurrence
from pointinfo.i18n import N_, Words, region, typeset
from pointinfo.leaflets import composition
from pointinfo.leaflets.content import WeekGrid
from pointinfo.leaflets.facts import Facts, Text
from pointinfo.leaflets.languages import is_reviewed, isolated, sheet_words, tag, term_label

Grouping = Literal["theme", "topic", "quartier", "name"]

_LISTS_OF: Final[dict[Grouping, tuple[str, ...]]] = {
    "theme": ("theme",),
    "topic": ("topic",),
    "quartier": ("neighbourhood", "sector", "commune"),
    "name": (),
}
_BETWEEN: Final = " · "


class Edition(NamedTuple):
    """For which counter, of which moment (its local time) and in which of `LANGUAGES` something is published."""

    settings: Settings
    now: datetime
    calendar: Calendar
    language: str


class Said(NamedTuple):
    """A text and its language (BCP 47), "" for that of the publication."""

    text: str
    lang: str = ""


class Listed(NamedTuple):
    """An entry of a list. `proper` is the name on its door where `name` is a translation; lines in their order.

    `unknown` says that nobody knows when it is open, where there are no `hours`. `subjects` are what an index of
    subjects leads to it by.
    """

    uid: str
    name: Said
    proper: str
    summary: tuple[Said, ...]
    phones: tuple[Said, ...]
    where: tuple[Said, ...]
    hours: tuple[Said, ...]
    unknown: tuple[Said, ...]
    web: tuple[str, ...]
    subjects: tuple[Said, ...] = ()


class Group(NamedTuple):
    """Entries under a title, which has a line for each language that it is said in; none where all are one group."""

    title: tuple[Said, ...]
    entries: tuple[Listed, ...]


class Whose(NamedTuple):
    """The counter that publishes, and of which day; nothing of it depends on what is published."""

    counter_name: str
    header_lines: tuple[str, ...]
    footer_lines: tuple[str, ...]
    printed_on: tuple[Said, ...]
    demonstration: tuple[Said, ...] = ()


class Publication(NamedTuple):
    """A leaflet or a directory in one language; `lang` is its BCP 47 tag, `untranslated` says that texts are French."""

    lang: str
    title: str
    intro: tuple[str, ...]
    whose: Whose
    groups: tuple[Group, ...]
    contents_title: tuple[Said, ...]
    names_title: tuple[Said, ...]
    subjects_title: tuple[Said, ...]
    untranslated: str = ""

    @property
    def size(self) -> int:
        """How many entries it lists."""
        return sum(len(group.entries) for group in self.groups)


def spoken(language: str) -> tuple[str, ...]:
    """The languages in which a publication says what is ours to say: its own, and French where nobody reviewed it."""
    return (language,) if is_reviewed(language) else (language, "fr")


def said(language: str, message: Callable[[Words], str]) -> tuple[Said, ...]:
    """A message in each language that is spoken, once where they are alike."""
    told: dict[str, Said] = {}
    for each in spoken(language):
        text = message(sheet_words(each))
        told.setdefault(text, Said(text, "" if each == language else each))
    return tuple(told.values())


def whose(edition: Edition, *, demonstration: bool) -> Whose:
    """The counter's own words at head and foot."""
    settings, now, _calendar, language = edition
    place = _BETWEEN.join(filter(None, (settings.counter_address, isolated(settings.counter_phone, language))))

    def printed(words: Words) -> str:
        _ = words.gettext
        return _("Imprimé le {date}").format(date=format_date(local_day(now), "long", locale=region(words.language)))

    def trial(words: Words) -> str:
        _ = words.gettext
        return _("Données de démonstration : à vérifier avant usage")

    _ = sheet_words(language).gettext
    return Whose(
        counter_name=settings.counter_name or _("Point info"),
        header_lines=tuple(filter(None, (place, *settings.sheet_header.splitlines()))),
        footer_lines=tuple(filter(None, settings.sheet_footer.splitlines())),
        printed_on=said(language, printed),
        demonstration=said(language, trial) if demonstration else (),
    )


class Composer:
    """Takes entries in, a few at a time, and makes one publication of them; once in words, none is held any more."""

    def __init__(self, rule: Selection, edition: Edition, group: Grouping) -> None:
        self._rule = rule
        self._edition = edition
        self._language = edition.language
        self._group = group
        self._groups: dict[tuple[int, int, str], tuple[tuple[Said, ...], list[Listed]]] = {}
        self._labels: dict[tuple[str, str], str] = {}
        self._untranslated = False
        self._demonstration = False
        self.revisions: dict[str, str] = {}

    def take(self, entries: Iterable[Entry]) -> None:
        """Put entries in words, in the order in which they stand below their titles."""
        for entry in entries:
            self.revisions[entry.uid] = entry.head
            self._demonstration = self._demonstration or entry.demonstration
            for term in entry.terms:
                if term.list in LISTS and term.code in getattr(self._rule, term.list):
                    self._labels[term.list, term.code] = term_label(term, self._language)[0]
            place, title = self._placed(entry)
            self._groups.setdefault(place, (title, []))[1].append(self.listed(entry))

    def publication(self, title: str = "", intro: str = "") -> Publication:
        """All that was taken in; without a title, it is what the rule asks for."""
        language = self._language
        _ = sheet_words(language).gettext
        groups = tuple(Group(name, tuple(listed)) for _place, (name, listed) in sorted(self._groups.items()))
        french = _("Certains textes sont en français : ils ne sont pas encore traduits.")
        return Publication(
            lang=tag(language),
            title=title.strip() or self._own_title(),
            intro=tuple(line for line in map(str.strip, intro.splitlines()) if line),
            whose=whose(self._edition, demonstration=self._demonstration),
            groups=groups,
            contents_title=said(language, _contents_title),
            names_title=said(language, _names_title),
            subjects_title=said(language, _subjects_title),
            untranslated=french if self._untranslated and language != "fr" else "",
        )

    def listed(self, entry: Entry) -> Listed:
        """One entry in few words."""
        language = self._language
        facts = Facts(entry, language, self._edition.calendar, self._edition.now)
        name = facts.name()
        own, hours = typeset(entry.name), self._hours(entry)
        listed = Listed(
            uid=entry.uid,
            name=self._said(name),
            proper="" if name.line == own else own,
            summary=tuple(map(self._said, facts.written("summary"))),
            phones=tuple(map(self._said, facts.phones())),
            where=tuple(map(self._said, facts.where())),
            hours=hours,
            unknown=() if hours else said(language, _unknown_hours),
            web=tuple(contact.value for contact in entry.contacts if contact.kind == "web")[:1],
            subjects=tuple(self._term(term) for term in entry.of("topic")),
        )
        self._untranslated = self._untranslated or facts.is_untranslated
        return listed

    def _hours(self, entry: Entry) -> tuple[Said, ...]:
        told: dict[str, Said] = {}
        for language in spoken(self._language):
            for line in hours_lines(entry, self._edition._replace(language=language)):
                told.setdefault(line, Said(line, "" if language == self._language else language))
        return tuple(told.values())

    def _placed(self, entry: Entry) -> tuple[tuple[int, int, str], tuple[Said, ...]]:
        """Where an entry's group stands among the others, and its title. What the rule asks for goes first."""
        for rank, name in enumerate(_LISTS_OF[self._group]):
            wanted = getattr(self._rule, name, ())
            terms = entry.of(name)
            if terms:
                term = next((each for each in terms if each.code in wanted), terms[0])
                return (rank, term.position, term.code), self._titled(term)
        last = len(_LISTS_OF[self._group])
        return (last, 0, ""), said(self._language, _others) if last else ()

    def _titled(self, term: Term) -> tuple[Said, ...]:
        own, french = self._term(term), typeset(term.labels["fr"])
        if len(spoken(self._language)) == 1 or own.text == french:
            return (own,)
        return own, Said(french, "fr")

    def _term(self, term: Term) -> Said:
        label, lang = term_label(term, self._language)
        if lang != self._language:
            return Said(typeset(label) if lang == "fr" else label, lang)
        return Said(label)

    def _said(self, text: Text) -> Said:
        line = typeset(text.line) if text.lang == "fr" else text.line
        return Said(line, "" if text.lang == self._language else text.lang)

    def _own_title(self) -> str:
        labels = [label for name in LISTS for (kind, _code), label in self._labels.items() if kind == name]
        return _BETWEEN.join(dict.fromkeys(labels)) or sheet_words(self._language).gettext(_DIRECTORY)


def hours_lines(entry: Entry, edition: Edition) -> tuple[str, ...]:
    """When it is open, or when it meets, a line for the days that are alike; () where nobody knows."""
    _settings, now, calendar, language = edition
    words = sheet_words(language)
    if entry.hours:
        grids, notes = composition.opening(entry, now, language, calendar)
        return tuple(filter(None, (*(line for grid in grids for line in _week(grid, words)), *notes)))
    meets = (recurrence(schedule, words, local_day(now)) for schedule in entry.schedules or ())
    return tuple(dict.fromkeys(filter(None, meets)))


def _week(grid: WeekGrid, words: Words) -> list[str]:
    """«lundi – vendredi 8:30–12:00, 13:30–17:00», a season in one line; days without a word are closed."""
    _ = words.gettext
    days = []
    for day in grid.days:
        slots = [
            isolated(f"{slot.opens}–{slot.closes}", words.language) + (f" ({slot.remark})" if slot.remark else "")
            for slot in day.slots
        ]
        if slots:
            days.append(_("{days} {hours}").format(days=day.name, hours=_(", ").join(slots)))
    if not grid.season:
        return days or [_("fermé")]
    return [_("{season} : {hours}").format(season=grid.season, hours=_BETWEEN.join(days) or _("fermé"))]


def day_title(day: date, language: str) -> str:
    """«mercredi 25 novembre 2026», as a heading begins."""
    told = format_date(day, "full", locale=region(language))
    return told[:1].upper() + told[1:]


_DIRECTORY: Final = N_("Annuaire")


def _contents_title(words: Words) -> str:
    _ = words.gettext
    return _("Sommaire")


def _names_title(words: Words) -> str:
    _ = words.gettext
    return _("Index des noms")


def _subjects_title(words: Words) -> str:
    _ = words.gettext
    return _("Index des sujets")


def _unknown_hours(words: Words) -> str:
    _ = words.gettext
    return _("Horaire inconnu")


def _others(words: Words) -> str:
    _ = words.gettext
    return _("Autres adresses")


def joined(texts: Sequence[Said]) -> str:
    """A title's lines as one, for running heads and the outline."""
    return _BETWEEN.join(each.text for each in texts)
