"""What a card says of an entry, in the order it is read aloud: the same facts on the screen and on the sheet."""

import re
from datetime import date, datetime
from typing import Final, Literal, NamedTuple
from urllib.parse import urlsplit

from babel.dates import format_date

from pointinfo.database.schema import Contact, Entry
from pointinfo.directory import hours
from pointinfo.directory.hours import Calendar
from pointinfo.i18n import Words, region

FactStyle = Literal["text", "phone", "checklist", "link", "warning"]

STALE_AFTER_DAYS: Final = 365
"""A fact older than this is to be checked again."""


class Fact(NamedTuple):
    """One labelled line of a card: «Pour qui», «À apporter»…; each of `lines` stands on its own line."""

    label: str
    lines: tuple[str, ...]
    style: FactStyle = "text"


class Age(NamedTuple):
    """How far the facts can be trusted: `trust` for a light, `words` for the reader."""

    trust: Literal["checked", "stale", "unknown"]
    words: str


def kind_words(kind: str, words: Words) -> str:
    """«Service», «Association», «Activité», «Lieu»."""
    _ = words.gettext
    return {
        "service": _("Service"),
        "association": _("Association"),
        "activity": _("Activité"),
        "place": _("Lieu"),
    }[kind]


def warning(entry: Entry, words: Words) -> str:
    """The sentence that must be seen before anything else, "" when there is none."""
    _ = words.gettext
    if entry.status == "do_not_refer":
        return _("Ne pas orienter vers cette adresse pour le moment.")
    if entry.status == "closed":
        if entry.successor is not None:
            return _("Cette offre n’existe plus. Voir à la place : {name}.").format(name=entry.successor.name)
        return _("Cette offre n’existe plus.")
    return entry.wording(words.language).alert


def phones(entry: Entry) -> tuple[Contact, ...]:
    """The public phone lines."""
    return tuple(contact for contact in entry.contacts if contact.kind == "phone")


def facts(entry: Entry, words: Words, calendar: Calendar) -> tuple[Fact, ...]:
    """Everything public but name, summary, phone and opening state, unknown facts left out."""
    _ = words.gettext
    wording = entry.wording(words.language)
    web = tuple(contact.value for contact in entry.contacts if contact.kind == "web")
    mail = tuple(contact.value for contact in entry.contacts if contact.kind == "email")
    listed = (
        Fact(_("Pour qui"), _for_whom(entry, words)),
        Fact(_("Territoire"), _joined(_labels(entry, "area", words))),
        Fact(_("Comment faire"), _lines(wording.how_to_apply)),
        Fact(_("À apporter"), _labels(entry, "document", words), "checklist"),
        Fact(_("Prix"), _lines(wording.fee)),
        Fact(_("Où"), _where(entry)),
        Fact(_("Accès"), (*_lines(entry.stop), *_lines(wording.directions))),
        Fact(_("Quand"), hours.in_sentence(entry.hours, words, calendar)),
        Fact(_("Voir d’abord"), _linked(entry, "see_first", words)),
        Fact(_("Proposé par"), _linked(entry, "offered_by", words)),
        Fact(_("Lieu"), _linked(entry, "takes_place_at", words)),
        Fact(_("Langues"), _joined(_labels(entry, "language", words))),
        Fact(_("Accessibilité"), _joined(_labels(entry, "accessibility", words))),
        Fact(_("Site internet"), web, "link"),
        Fact(_("Courriel"), mail, "link"),
        Fact(_("Aussi appelé"), _joined(tuple(name.text for name in entry.names))),
    )
    return tuple(fact for fact in listed if fact.lines)


def internal_facts(entry: Entry, words: Words) -> tuple[Fact, ...]:
    """What only the staff may read. The entry must have been asked for with its internal fields."""
    _ = words.gettext
    listed = (
        Fact(_("Adresse confidentielle"), _lines(entry.internal_street)),
        Fact(_("Ligne directe"), tuple(contact.value for contact in entry.internal_contacts)),
        Fact(_("Note interne"), _lines(entry.internal_note)),
    )
    return tuple(fact for fact in listed if fact.lines)


def age(entry: Entry, today: date, words: Words) -> Age:
    """When the facts were last known to be true: verified by someone, else the date of the source page."""
    _ = words.gettext
    if entry.verified_on:
        known = _day(entry.verified_on, words)
        if (today - entry.verified_on).days <= STALE_AFTER_DAYS:
            return Age("checked", _("Vérifié le {date}").format(date=known))
        return Age("stale", _("Vérifié le {date} – à revérifier").format(date=known))
    if entry.confidence == "memory":
        return Age("unknown", _("Noté de mémoire, sans source – à vérifier avant usage"))
    if not entry.as_of:
        return Age("unknown", _("Source sans date – à vérifier"))
    known = _partial_date(entry.as_of, words)
    if (today - _latest_day(entry.as_of)).days <= STALE_AFTER_DAYS:
        return Age("checked", _("Informations : {date}").format(date=known))
    return Age("stale", _("Informations : {date} – à revérifier").format(date=known))


def source_words(entry: Entry) -> str:
    """The site the facts come from («geneve.ch»), "" when there is none."""
    return urlsplit(entry.source).netloc.removeprefix("www.")


def opening_words(entry: Entry, now: datetime, words: Words, calendar: Calendar) -> tuple[hours.State, str]:
    """The opening state at `now`, and in words with a capital letter: «Ouvert jusqu’à 12:00»."""
    state = hours.state(entry.hours, now, calendar)
    said = hours.in_words(state, now, words)
    return state, said[:1].upper() + said[1:]


def tone(state: hours.State) -> str:
    """The colour a state is shown in: «open» only when it is sure, not on a holiday the hours are silent about."""
    return "closed" if state.ahead or state.remark.endswith(hours.HOLIDAY_DOUBT) else state.kind


def _for_whom(entry: Entry, words: Words) -> tuple[str, ...]:
    _ = words.gettext
    wording = entry.wording(words.language)
    lines = [", ".join(_labels(entry, "audience", words))]
    if entry.age_from is not None or entry.age_to is not None:
        lines.append(_ages(entry.age_from, entry.age_to, words))
    lines += _lines(wording.eligibility)
    return tuple(line for line in lines if line)


def _ages(age_from: float | None, age_to: float | None, words: Words) -> str:
    _ = words.gettext
    if age_from is not None and age_to is not None:
        return _("de {from_age:g} à {to_age:g} ans").format(from_age=age_from, to_age=age_to)
    if age_from is not None:
        return _("dès {from_age:g} ans").format(from_age=age_from)
    return _("jusqu’à {to_age:g} ans").format(to_age=age_to)


def _linked(entry: Entry, kind: str, words: Words) -> tuple[str, ...]:
    """The names of the entries this one is tied to; one that is closed without a successor says so."""
    _ = words.gettext
    return tuple(
        _("{name} (n’existe plus)").format(name=link.target.name)
        if link.target.status == "closed"
        else link.target.name
        for link in entry.links
        if link.kind == kind
    )


def _where(entry: Entry) -> tuple[str, ...]:
    town = f"{entry.postcode} {entry.city}".strip()
    return (", ".join(filter(None, (entry.street, town))),) if entry.street else ()


def _labels(entry: Entry, vocabulary: str, words: Words) -> tuple[str, ...]:
    return tuple(term.label(words.language) for term in entry.of(vocabulary))


def _joined(labels: tuple[str, ...]) -> tuple[str, ...]:
    return (", ".join(labels),) if labels else ()


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _day(day: date, words: Words) -> str:
    return format_date(day, "dd.MM.yyyy" if words.language == "fr" else "d MMM yyyy", locale=region(words.language))


def _partial_date(known: str, words: Words) -> str:
    """«18.09.2023», «septembre 2013», «2012»: no more precise than the source."""
    parts = [int(part) for part in re.findall(r"\d+", known)]
    if len(parts) >= 3:
        return _day(date(parts[0], parts[1], parts[2]), words)
    if len(parts) == 2:
        return format_date(date(parts[0], parts[1], 1), "LLLL yyyy", locale=words.language)
    return known


def _latest_day(known: str) -> date:
    """The last day a partial date can mean: a source of «2025» may be of its December."""
    parts = [int(part) for part in re.findall(r"\d+", known)]
    if len(parts) >= 3:
        return date(parts[0], parts[1], parts[2])
    if len(parts) == 2:
        return date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
    return date(parts[0], 12, 31)
