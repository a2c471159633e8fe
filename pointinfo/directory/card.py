"""What a card says of an entry, in the order it is read aloud: the same facts on the screen and on the sheet."""

import re
from datetime import date, datetime
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from babel.dates import format_date, format_skeleton

from pointinfo.clock import local_day
from pointinfo.database.schema import Contact, Entry
from pointinfo.directory import freshness, hours, opening, sessions_words
from pointinfo.directory.entries import Row
from pointinfo.directory.freshness import Dated, Trust
from pointinfo.directory.hours import Calendar
from pointinfo.directory.text import fold
from pointinfo.i18n import Words, region

FactStyle = Literal["text", "phone", "checklist", "link", "warning"]


class Fact(NamedTuple):
    """One labelled line of a card: «Pour qui», «À apporter»…; each of `lines` stands on its own line."""

    label: str
    lines: tuple[str, ...]
    style: FactStyle = "text"


class Age(NamedTuple):
    """How far the facts can be trusted: `trust` for a light, `words` for the reader."""

    trust: Trust
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
        reason = "" if entry.status_reason == "merged" else entry.status_reason or ""
        told = [_("Cette offre n’existe plus."), reason[:1].upper() + reason[1:]]
        if entry.successor is not None:
            told.append(_("À la place : {name}").format(name=entry.successor.name))
        return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in told if part)
    return entry.wording(words.language).alert


def phones(entry: Entry) -> tuple[Contact, ...]:
    """The public phone lines."""
    return tuple(contact for contact in entry.contacts if contact.kind == "phone")


def facts(entry: Entry, words: Words, calendar: Calendar, now: datetime | None = None) -> tuple[Fact, ...]:
    """Everything public but name, summary, phone and opening state, unknown facts left out.

    With `now`, an activity's next three dates are among them, and closures that are over aren't.
    """
    _ = words.gettext
    today = local_day(now) if now else None
    regular = hours.in_sentence(entry.hours, words, calendar, today)
    wording = entry.wording(words.language)
    web = tuple(contact.value for contact in entry.contacts if contact.kind == "web")
    mail = tuple(contact.value for contact in entry.contacts if contact.kind == "email")
    listed = (
        Fact(_("Pour qui"), _for_whom(entry, words)),
        Fact(_("Territoire"), _joined(_labels(entry, "area", words))),
        Fact(_("Comment faire"), _lines(wording.how_to_apply)),
        Fact(_("Accueil"), _joined(_labels(entry, "attendance", words))),
        Fact(_("À apporter"), _beside(entry, "document", wording.documents, words), "checklist"),
        Fact(_("Prix"), _terms_first(entry, "fee", wording.fee, words)),
        Fact(_("Où"), _where(entry)),
        Fact(_("Arrêt"), _lines(entry.stop)),
        Fact(_("Accès"), _lines(wording.directions)),
        Fact(_("Quand"), (*regular, *sessions(entry, words, calendar, now))),
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


def sessions(entry: Entry, words: Words, calendar: Calendar, now: datetime | None) -> tuple[str, ...]:
    """When an activity meets, as lines; () for what has no schedule."""
    return sessions_words.lines(entry.schedules or (), words, calendar, now)


def internal_facts(entry: Entry, words: Words) -> tuple[Fact, ...]:
    """What only the staff may read. The entry must have been asked for with its internal fields."""
    _ = words.gettext
    listed = (
        Fact(_("Adresse confidentielle"), _lines(entry.internal_street)),
        Fact(_("Ligne directe"), tuple(contact.value for contact in entry.internal_contacts)),
        Fact(_("Raison"), _lines(entry.status_reason or "") if entry.status == "do_not_refer" else ()),
        Fact(_("Note interne"), _lines(entry.internal_note)),
    )
    return tuple(fact for fact in listed if fact.lines)


def age(entry: Entry | Dated, today: date, words: Words) -> Age:
    """When the facts were last known to be true: verified by someone, else the date of the source page.

    They are «checked» until the entry is due again. Putting the check off makes no fact truer.
    """
    _ = words.gettext
    if entry.status == "closed":
        return Age("unknown", _("Fiche fermée, elle n’est plus vérifiée"))
    known_on = freshness.known_on(entry.verified_on, entry.confidence, entry.as_of)
    if known_on is None:
        if entry.confidence == "memory":
            return Age("unknown", _("Noté de mémoire, sans source – à vérifier avant usage"))
        return Age("unknown", _("Source sans date – à vérifier"))
    light = freshness.trust(entry, today)
    refused = freshness.is_held(entry, today)
    if entry.verified_on:
        known = _day(entry.verified_on, words)
        if light == "checked":
            return Age(light, _("Vérifié le {date}").format(date=known))
        said = _("Vérifié le {date} – ne pas orienter") if refused else _("Vérifié le {date} – à revérifier")
        return Age(light, said.format(date=known))
    known = _partial_date(entry.as_of, words)
    if light == "checked":
        return Age(light, _("Informations : {date}").format(date=known))
    said = _("Informations : {date} – ne pas orienter") if refused else _("Informations : {date} – à revérifier")
    return Age(light, said.format(date=known))


def trust_words(trust: Trust, words: Words) -> str:
    """The word beside the light, where there is no room for the date."""
    _ = words.gettext
    return {"checked": _("vérifié"), "stale": _("à revérifier"), "unknown": _("non vérifié")}[trust]


def source_words(entry: Entry) -> str:
    """The site the facts come from («geneve.ch»), "" when there is none."""
    return urlsplit(entry.source).netloc.removeprefix("www.")


def opening_words(entry: Entry, now: datetime, words: Words, calendar: Calendar) -> tuple[hours.State, str]:
    """The opening state at `now`, and in words with a capital letter: «Ouvert jusqu’à 12:00».

    Where a session is on, or comes first, it says so: «Prochaine séance mercredi 14:00».
    """
    state, meeting = opening.at(entry.hours, entry.schedules or (), now, calendar)
    said = sessions_words.next_words(meeting, now, words) if meeting else hours.in_words(state, now, words)
    return state, said[:1].upper() + said[1:]


def short_opening(row: Row, now: datetime, words: Words, calendar: Calendar) -> tuple[hours.State, str]:
    """The same for a narrow row: «ouvert jusqu’à 12:00», «séance mer. 14:00»."""
    state, meeting = opening.at(row.hours, row.schedules, now, calendar)
    said = sessions_words.short_next_words(meeting, now, words) if meeting else hours.short_words(state, now, words)
    return state, said


def tone(state: hours.State) -> str:
    """The colour a state is shown in: «open» only when it is sure, not on a holiday the hours are silent about."""
    return "closed" if state.ahead or state.remark.endswith(hours.HOLIDAY_DOUBT) else state.kind


def _for_whom(entry: Entry, words: Words) -> tuple[str, ...]:
    wording = entry.wording(words.language)
    lines = [", ".join(_labels(entry, "audience", words)), sessions_words.ages(entry.age_from, entry.age_to, words)]
    return tuple(line for line in (*lines, *_terms_first(entry, "eligibility", wording.eligibility, words)) if line)


def _terms_first(entry: Entry, vocabulary: str, text: str, words: Words) -> tuple[str, ...]:
    """The terms in one line, then what is written beside them; a term that the text says too isn't said twice."""
    said = f" {fold(text)} "
    return (
        *_joined(tuple(label for label in _labels(entry, vocabulary, words) if fold(label) not in said)),
        *_lines(text),
    )


def _beside(entry: Entry, vocabulary: str, text: str, words: Words) -> tuple[str, ...]:
    """Each term on a line of its own, then what is written and isn't among them."""
    labels = _labels(entry, vocabulary, words)
    known = {fold(label) for label in labels}
    return (*labels, *(line for line in _lines(text) if fold(line) not in known))


def _linked(entry: Entry, kind: str, words: Words) -> tuple[str, ...]:
    """The entries this one is tied to, with a telephone; one that is closed without a successor says so."""
    _ = words.gettext
    return tuple(
        _("{name} (n’existe plus)").format(name=link.target.name)
        if link.target.status == "closed"
        else ", ".join((link.target.name, *(phone.value for phone in phones(link.target)[:1])))
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
    pattern = {"fr": "dd.MM.yyyy", "en": "d MMM yyyy"}.get(words.language, "long")
    return format_date(day, pattern, locale=region(words.language))


def _partial_date(known: str, words: Words) -> str:
    """«18.09.2023», «septembre 2013», «2012»: no more precise than the source."""
    parts = [int(part) for part in re.findall(r"\d+", known)]
    if len(parts) >= 3:
        return _day(date(parts[0], parts[1], parts[2]), words)
    if len(parts) == 2:
        return format_skeleton("yMMMM", date(parts[0], parts[1], 1), locale=region(words.language))
    return known
