"""From entries to the words of a sheet. Takes public entries only: internal fields raise when touched."""

import re
from collections.abc import Sequence
from datetime import datetime, time
from itertools import groupby

import segno.helpers
from babel.dates import format_date, get_day_names

from pointinfo.clock import local_day
from pointinfo.config import Settings
from pointinfo.database.schema import Entry
from pointinfo.directory import card, hours
from pointinfo.directory.card import Fact
from pointinfo.directory.hours import Calendar
from pointinfo.i18n import Words, typeset
from pointinfo.leaflets.content import Day, Sheet, SheetEntry, Slot, WeekGrid


def visit_sheet(entries: list[Entry], settings: Settings, now: datetime, words: Words, calendar: Calendar) -> Sheet:
    """The cards of one visit as one sheet. `now` is the counter's local time."""
    _ = words.gettext
    lines = [settings.counter_address, settings.counter_phone]
    demonstration = any(entry.demonstration for entry in entries)
    return Sheet(
        lang="fr-CH" if words.language == "fr" else words.language,
        title=_("Vos informations"),
        printed_on=_("Imprimé le {date}").format(date=format_date(now, "EEEE d MMMM y", locale=words.language)),
        counter_name=settings.counter_name or _("Point info"),
        header_lines=tuple(filter(None, (" · ".join(filter(None, lines)), *settings.sheet_header.splitlines()))),
        footer_lines=tuple(filter(None, settings.sheet_footer.splitlines())),
        demonstration=_("Données de démonstration : à vérifier avant usage") if demonstration else "",
        hours_label=_("Horaire"),
        closed_word=_("fermé"),
        notes_label=_("Notes"),
        page_words="{page} / {pages}",
        entries=tuple(_entry(entry, now, words, calendar) for entry in entries),
    )


def _entry(entry: Entry, now: datetime, words: Words, calendar: Calendar) -> SheetEntry:
    _ = words.gettext
    caution = card.warning(entry, words)
    state = hours.state(entry.hours, now, calendar)
    today = local_day(now)
    regular, dated = hours.parted(entry.hours, words, today)
    weeks = hours.seasons(regular)
    grids = () if state.always else tuple(_grid(season, words) for season in weeks)
    notes = (
        (*dated, *hours.notes(entry.hours, words, calendar))
        if grids
        else hours.in_sentence(entry.hours, words, calendar, today)
    )
    notes = (*_off_season(weeks, state, now, words), *notes)
    meets = card.sessions(entry, words, calendar, now)
    if not entry.hours and not meets:
        notes = (
            _("inconnu : téléphonez avant de vous déplacer")
            if card.phones(entry)
            else _("inconnu : renseignez-vous avant de vous déplacer"),
        )
    payload, caption = _qr(entry, words)
    source = card.source_words(entry)
    listed = [
        Fact(_("Attention"), (caution,), "warning"),
        Fact(
            _("Téléphone"),
            tuple(f"{c.value} ({c.label})" if c.label else c.value for c in card.phones(entry)),
            "phone",
        ),
        *_facts(entry, words, calendar),
        Fact(_("Séances"), meets),
    ]
    return SheetEntry(
        uid=entry.uid,
        name=typeset(entry.name),
        kind=card.kind_words(entry.kind, words),
        summary=typeset(entry.wording(words.language).summary),
        facts=tuple(_typeset(fact) for fact in listed if any(fact.lines)),
        hours=grids,
        hours_note=typeset(" · ".join(notes)),
        checked=card.age(entry, today, words).words,
        source=_("Source : {site}").format(site=source) if source else "",
        qr_payload=payload,
        qr_caption=caption,
    )


def _typeset(fact: Fact) -> Fact:
    return fact if fact.style == "link" else fact._replace(lines=tuple(map(typeset, fact.lines)))


def _facts(entry: Entry, words: Words, calendar: Calendar) -> list[Fact]:
    """The card's facts without what a sheet says elsewhere; whom it is for and of where, in one line."""
    _ = words.gettext
    told = {fact.label: fact for fact in card.facts(entry, words, calendar)}
    for label in (_("Quand"), _("Aussi appelé")):
        told.pop(label, None)
    whom = told.get(_("Pour qui"))
    if whom and (where := told.pop(_("Territoire"), None)):
        first, *others = whom.lines
        told[whom.label] = whom._replace(lines=(" · ".join((first, *where.lines)), *others))
    return list(told.values())


def _grid(season: hours.Season, words: Words) -> WeekGrid:
    """Days in a row that are alike share a row; closed days come last, in one."""
    _ = words.gettext
    runs = [(slots, [day.weekday for day in days]) for slots, days in groupby(season.days, lambda day: day.slots)]
    closed = [weekdays for slots, weekdays in runs if not slots]
    rows = [Day(_days(weekdays, words), tuple(_slot(slot) for slot in slots)) for slots, weekdays in runs if slots]
    if closed:
        rows.append(Day(_days(closed[0], words) if len(closed) == 1 else _("autres jours"), ()))
    return WeekGrid(hours.season_words(season, words), tuple(rows))


def _days(weekdays: list[int], words: Words) -> str:
    """«lundi – vendredi», «samedi, dimanche», «tous les jours»."""
    if len(weekdays) == 7:
        return words.gettext("tous les jours")
    names = [get_day_names("wide", locale=words.language)[weekday] for weekday in weekdays]
    return ", ".join(names) if len(names) < 3 else f"{names[0]} – {names[-1]}"


def _slot(slot: hours.Slot) -> Slot:
    return Slot(_clock(slot.opens), _clock(slot.closes, end=True), slot.remark)


def _off_season(weeks: Sequence[hours.Season], state: hours.State, now: datetime, words: Words) -> tuple[str, ...]:
    """«hors saison, ouvre le 3 mai 16:00» when no season of the year holds `now`; else nothing."""
    _ = words.gettext
    if not weeks or any(season.holds(now.month) for season in weeks) or not state.ahead:
        return ()
    return (_("hors saison, {state}").format(state=hours.in_words(state, now, words)),)


def _clock(moment: time, *, end: bool = False) -> str:
    return "24:00" if end and moment == time(0) else f"{moment.hour}:{moment.minute:02d}"


def _qr(entry: Entry, words: Words) -> tuple[str, str]:
    """The entry's website, else its contact card, and what scanning it does; "" when there is nothing to encode."""
    _ = words.gettext
    of_kind = {contact.kind: contact.value for contact in reversed(entry.contacts)}
    if "web" in of_kind:
        return of_kind["web"], _("site internet")
    if not of_kind and not entry.street:
        return "", ""
    contact = segno.helpers.make_vcard_data(
        name=";" + re.sub(r"([\\;,])", r"\\\1", entry.name),  # segno takes «;» here as what parts the names
        displayname=entry.name,
        phone=of_kind.get("phone"),
        email=of_kind.get("email"),
        street=entry.street or None,
        zipcode=entry.postcode or None,
        city=entry.city or None,
    )
    return contact, _("à enregistrer dans le téléphone")
