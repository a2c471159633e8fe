"""What a programme says: the meetings of activities from one day to another, day by day, in one language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from pointinfo.clock import local_day
from pointinfo.database.schema import Entry, Schedule
from pointinfo.directory import sessions_words
from pointinfo.directory.hours.days import clock_words, day_words
from pointinfo.directory.selection import Programmed
from pointinfo.directory.sessions import Meeting
from pointinfo.i18n import Words, typeset
from pointinfo.leaflets.facts import Facts, Text
from pointinfo.leaflets.languages import isolated, sheet_words, tag
from pointinfo.leaflets.publications import Edition, Said, Whose, day_title, said, whose


class Item(NamedTuple):
    """One meeting: when, what, and a line each for where, for whom, what it costs. `cancelled` says that it is."""

    time: str
    name: Said
    lines: tuple[Said, ...]
    phones: tuple[Said, ...]
    cancelled: tuple[Said, ...] = ()


class ProgrammeDay(NamedTuple):
    """A day on which something meets; its title in each language that is spoken."""

    title: tuple[Said, ...]
    items: tuple[Item, ...]


class Programme(NamedTuple):
    """A programme in one language (BCP 47 `lang`); `nothing` says that no day has anything."""

    lang: str
    title: str
    period: tuple[Said, ...]
    intro: tuple[str, ...]
    whose: Whose
    days: tuple[ProgrammeDay, ...]
    nothing: tuple[Said, ...] = ()
    untranslated: str = ""


def compose(
    meetings: Sequence[Programmed],
    entries: Mapping[str, Entry],
    period: tuple[date, date],
    edition: Edition,
    *,
    title: str = "",
    intro: str = "",
) -> Programme:
    """The meetings in words, in their order; `entries` by uid. Days without any are left out."""
    language = edition.language
    _ = sheet_words(language).gettext
    composer = _Items(entries, edition)
    days = [
        ProgrammeDay(_day(day, language), tuple(composer.item(each) for each in group))
        for day, group in groupby(meetings, key=lambda each: each.meeting.day)
    ]
    french = _("Certains textes sont en français : ils ne sont pas encore traduits.")
    shown = [entries[each.uid] for each in meetings]
    return Programme(
        lang=tag(language),
        title=title.strip() or _("Programme des activités"),
        period=_in_each(language, lambda words: _period(*period, words)),
        intro=tuple(line for line in map(str.strip, intro.splitlines()) if line),
        whose=whose(edition, demonstration=any(entry.demonstration for entry in shown)),
        days=tuple(days),
        nothing=() if days else said(language, _nothing),
        untranslated=french if composer.is_untranslated and language != "fr" else "",
    )


class _Items:
    """Puts meetings in words; what they have in common is said once for all."""

    def __init__(self, entries: Mapping[str, Entry], edition: Edition) -> None:
        self._entries = entries
        self._edition = edition
        self._language = edition.language
        self._told: dict[tuple[str, int], tuple[Said, tuple[Said, ...], tuple[Said, ...]]] = {}
        self.is_untranslated = False

    def item(self, programmed: Programmed) -> Item:
        meeting = programmed.meeting
        key = programmed.uid, meeting.number
        if key not in self._told:
            self._told[key] = self._telling(self._entries[programmed.uid], meeting.number)
        name, lines, phones = self._told[key]
        gone = said(self._language, _cancelled) if meeting.cancelled else ()
        return Item(_time(meeting, self._language), name, lines, phones, gone)

    def _telling(self, entry: Entry, number: int) -> tuple[Said, tuple[Said, ...], tuple[Said, ...]]:
        language = self._language
        facts = Facts(entry, language, self._edition.calendar, self._edition.now)
        schedule = entry.schedules[number]
        name, label = self._said(facts.name()), schedule.label.strip()
        lines = [Said(typeset(label), "" if language == "fr" else "fr")] if label and label != entry.name else []
        lines += map(self._said, facts.where() or facts.linked("takes_place_at"))
        details = [*self._whom(schedule, facts), *self._price(schedule, facts), *self._places(schedule)]
        lines += [
            Said(" · ".join(each.text for each in details if each.lang == lang), lang)
            for lang in dict.fromkeys(("", *(each.lang for each in details)))
        ]
        own_words = bool(label or schedule.price) and language != "fr"
        self.is_untranslated = self.is_untranslated or own_words or facts.is_untranslated
        phones = tuple(map(self._said, facts.phones()[:1]))
        return name, tuple(line for line in lines if line.text), phones

    def _whom(self, schedule: Schedule, facts: Facts) -> list[Said]:
        """The ages of these meetings where they have their own, else for whom the activity is."""
        if schedule.age_from is None and schedule.age_to is None:
            whom, _area = facts.whom()
            return list(map(self._said, whom))
        return list(
            _in_each(self._language, lambda words: sessions_words.ages(schedule.age_from, schedule.age_to, words))
        )

    def _price(self, schedule: Schedule, facts: Facts) -> list[Said]:
        if schedule.price:
            return [Said(typeset(schedule.price), "" if self._language == "fr" else "fr")]
        return list(map(self._said, facts.terms_first("fee", "fee")))

    def _places(self, schedule: Schedule) -> list[Said]:
        """Until when to register, and how many places there are."""
        bare = Schedule(schedule.starts, register_by=schedule.register_by, places_left=schedule.places_left)
        today = local_day(self._edition.now)
        return list(_in_each(self._language, lambda words: " · ".join(sessions_words.details(bare, words, today))))

    def _said(self, text: Text) -> Said:
        line = typeset(text.line) if text.lang == "fr" else text.line
        return Said(line, "" if text.lang == self._language else text.lang)


def _in_each(language: str, message: Callable[[Words], str]) -> tuple[Said, ...]:
    return tuple(each for each in said(language, message) if each.text)


def _day(day: date, language: str) -> tuple[Said, ...]:
    return _in_each(language, lambda words: day_title(day, words.language))


def _time(meeting: Meeting, language: str) -> str:
    starts = clock_words(meeting.starts)
    return isolated(f"{starts}–{clock_words(meeting.ends)}" if meeting.ends else starts, language)


def _period(first: date, last: date, words: Words) -> str:
    _ = words.gettext
    if first == last:
        return day_title(first, words.language)
    told = _("du {first} au {last}").format(first=day_words(first, words), last=day_words(last, words))
    return told[:1].upper() + told[1:]


def _cancelled(words: Words) -> str:
    _ = words.gettext
    return _("Annulé")


def _nothing(words: Words) -> str:
    _ = words.gettext
    return _("Rien n’est prévu à ces dates.")
