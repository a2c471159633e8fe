"""From entries to the words of a sheet. Takes public entries only: internal fields raise when touched."""

import re
from datetime import datetime, time

import segno.helpers
from babel.dates import format_date, get_day_names

from pointinfo.clock import local_day
from pointinfo.config import Settings
from pointinfo.database.schema import Entry
from pointinfo.directory import card, hours
from pointinfo.directory.card import Fact
from pointinfo.directory.hours import Calendar
from pointinfo.i18n import Words
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
    round_the_clock = hours.state(entry.hours, now, calendar).always
    grids = () if round_the_clock else tuple(_grid(season, words) for season in hours.seasons(entry.hours))
    notes = hours.notes(entry.hours, words, calendar) if grids else hours.in_sentence(entry.hours, words, calendar)
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
        *(fact for fact in card.facts(entry, words, calendar) if fact.label not in (_("Quand"), _("Aussi appelé"))),
        Fact(_("Séances"), meets),
    ]
    return SheetEntry(
        uid=entry.uid,
        name=entry.name,
        kind=card.kind_words(entry.kind, words),
        summary=entry.wording(words.language).summary,
        facts=tuple(fact for fact in listed if any(fact.lines)),
        hours=grids,
        hours_note=" · ".join(notes),
        checked=card.age(entry, local_day(now), words).words,
        source=_("Source : {site}").format(site=source) if source else "",
        qr_payload=payload,
        qr_caption=caption,
    )


def _grid(season: hours.Season, words: Words) -> WeekGrid:
    names = get_day_names("wide", locale=words.language)
    return WeekGrid(
        hours.season_words(season, words),
        tuple(
            Day(
                names[day.weekday],
                tuple(Slot(_clock(slot.opens), _clock(slot.closes, end=True), slot.remark) for slot in day.slots),
            )
            for day in season.days
        ),
    )


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
