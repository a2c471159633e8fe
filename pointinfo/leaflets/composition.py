"""From entries to the words of a sheet, in any of its languages. Public entries only: internal fields raise."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import groupby

import segno.helpers
from babel.dates import format_date, get_day_names

from pointinfo.clock import local_day
from pointinfo.config import Settings
from pointinfo.database.schema import Entry
from pointinfo.directory import card, hours
from pointinfo.directory.hours import Calendar
from pointinfo.directory.hours.days import clock_words, day_words
from pointinfo.i18n import Words, region, typeset
from pointinfo.leaflets.content import Code, Day, Sheet, SheetEntry, Slot, WeekGrid
from pointinfo.leaflets.facts import Facts
from pointinfo.leaflets.languages import RIGHT_TO_LEFT, is_reviewed, isolated, sheet_words, tag


def compose(
    entries: Sequence[Entry],
    settings: Settings,
    now: datetime,
    calendar: Calendar,
    language: str = "fr",
    *,
    beside: bool = False,
    note: str = "",
) -> Sheet:
    """The cards of one visit as one sheet in one of `languages.LANGUAGES`. `now` is the counter's local time.

    With French `beside`, or in a language that no speaker has reviewed, the French sheet goes with it. Entries that
    nobody is to be sent to are left out. `note` is printed and kept nowhere.
    """
    words = sheet_words(language)
    _ = words.gettext
    shown = [entry for entry in entries if entry.status != "do_not_refer"]
    place = " · ".join(filter(None, (settings.counter_address, isolated(settings.counter_phone, language))))
    demonstration = any(entry.demonstration for entry in shown)
    doubled = language != "fr" and (beside or not is_reviewed(language))
    today = format_date(local_day(now), "full", locale=region(language))
    return Sheet(
        lang=tag(language),
        title=_("Vos informations"),
        printed_on=_("Imprimé le {date}").format(date=today),
        counter_name=settings.counter_name or _("Point info"),
        header_lines=tuple(filter(None, (place, *settings.sheet_header.splitlines()))),
        footer_lines=tuple(filter(None, settings.sheet_footer.splitlines())),
        demonstration=_("Données de démonstration : à vérifier avant usage") if demonstration else "",
        hours_label=_("Horaire"),
        closed_word=_("fermé"),
        notes_label=_("Notes"),
        page_words=_("Page {page} sur {pages}"),
        entries=tuple(_entry(entry, now, language, calendar) for entry in shown),
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
        note=tuple(line for line in map(str.strip, note.splitlines()) if line),
        beside=compose(entries, settings, now, calendar) if doubled else None,
    )


def _entry(entry: Entry, now: datetime, language: str, calendar: Calendar) -> SheetEntry:
    words = sheet_words(language)
    _ = words.gettext
    today = local_day(now)
    facts = Facts(entry, language, calendar, now)
    before, after = facts.before_hours(), facts.after_hours()
    name, summary = facts.name(), facts.written("summary")
    grids, notes = opening(entry, now, language, calendar)
    if not entry.hours and not any(fact.key == "sessions" for fact in before):
        unknown = _("inconnu : renseignez-vous avant de vous déplacer")
        notes = [_("inconnu : téléphonez avant de vous déplacer") if card.phones(entry) else unknown]
    closure = hours.next_closure(entry.hours, today, calendar) if entry.hours else None
    source = card.source_words(entry)
    codes = qr_codes(entry, words)
    remarks = (
        remark for remark in re.findall(r'"([^"]+)"', entry.hours) if hours.remark_words(remark, words) == remark
    )
    untranslated = facts.is_untranslated or (language != "fr" and any(remarks))
    return SheetEntry(
        uid=entry.uid,
        name=name.line,
        kind=card.kind_words(entry.kind, words),
        summary="\n".join(typeset(text.line) if text.lang == "fr" else text.line for text in summary),
        facts=before,
        hours=grids,
        hours_note=" · ".join(notes),
        checked=card.age(entry, today, words).words,
        source=_("Source : {site}").format(site=isolated(source, language)) if source else "",
        qr_payload=codes[0].payload if codes else "",
        qr_caption=codes[0].caption if codes else "",
        contact=after,
        closure=_closure(*closure, words) if closure else "",
        name_lang="" if name.lang == language else name.lang,
        summary_lang="" if not summary or summary[0].lang == language else summary[0].lang,
        untranslated=_("Certains textes sont en français : ils ne sont pas encore traduits.") if untranslated else "",
        codes=codes,
    )


def opening(entry: Entry, now: datetime, language: str, calendar: Calendar) -> tuple[tuple[WeekGrid, ...], list[str]]:
    """The weeks as grids, and what no grid can say; all of it in words where there is no grid."""
    words = sheet_words(language)
    today = local_day(now)
    state = hours.state(entry.hours, now, calendar)
    regular, dated = hours.parted(entry.hours, words, today)
    weeks = hours.seasons(regular)
    grids = () if state.always else tuple(_grid(season, language) for season in weeks)
    told = (
        (*dated, *hours.notes(entry.hours, words, calendar))
        if grids
        else hours.in_sentence(entry.hours, words, calendar, today)
    )
    readable = (_readable(line, words) for line in told)
    lines = dict.fromkeys((*_off_season(weeks, state, now, words), *readable))
    return grids, [typeset(line) if language == "fr" else line for line in lines]


def _readable(line: str, words: Words) -> str:
    """A rule that we have no words for is written in the code of `opening_hours`, which is none for a visitor."""
    _ = words.gettext
    beginning = _("horaire particulier : {rule}").partition("{rule}")[0]
    return _("horaire particulier : renseignez-vous") if beginning in line else line


def _closure(first: date, last: date, words: Words) -> str:
    _ = words.gettext
    if first == last:
        return _("Prochaine fermeture : {date}").format(date=day_words(first, words))
    return _("Prochaine fermeture : du {first} au {last}").format(
        first=day_words(first, words), last=day_words(last, words)
    )


def _grid(season: hours.Season, language: str) -> WeekGrid:
    """Days in a row that are alike share a row; closed days come last, in one."""
    words = sheet_words(language)
    _ = words.gettext
    runs = [(slots, [day.weekday for day in days]) for slots, days in groupby(season.days, lambda day: day.slots)]
    closed = [weekdays for slots, weekdays in runs if not slots]
    rows = [
        Day(_days(weekdays, words), tuple(_slot(slot, words) for slot in slots)) for slots, weekdays in runs if slots
    ]
    if closed:
        rows.append(Day(_days(closed[0], words) if len(closed) == 1 else _("autres jours"), ()))
    return WeekGrid(hours.season_words(season, words), tuple(rows))


def _days(weekdays: list[int], words: Words) -> str:
    """«lundi – vendredi», «samedi, dimanche», «tous les jours»."""
    _ = words.gettext
    if len(weekdays) == 7:
        return _("tous les jours")
    names = [get_day_names("wide", locale=region(words.language))[weekday] for weekday in weekdays]
    return _(", ").join(names) if len(names) < 3 else f"{names[0]} – {names[-1]}"


def _slot(slot: hours.Slot, words: Words) -> Slot:
    remark = hours.remark_words(slot.remark, words)
    lang = "fr" if words.language != "fr" and remark and remark == slot.remark else ""
    closes = "24:00" if slot.closes == time(0) else clock_words(slot.closes)
    return Slot(clock_words(slot.opens), closes, typeset(remark) if lang or words.language == "fr" else remark, lang)


def _off_season(weeks: Sequence[hours.Season], state: hours.State, now: datetime, words: Words) -> tuple[str, ...]:
    """«hors saison, ouvre le 3 mai 2027 16:00» when no season of the year holds `now`; else nothing."""
    _ = words.gettext
    if not weeks or any(season.holds(now.month) for season in weeks) or not state.ahead or not state.until:
        return ()
    opens = day_words(state.until.date(), words)
    return (_("hors saison, ouvre le {date} {time}").format(date=opens, time=clock_words(state.until.time())),)


def qr_codes(entry: Entry, words: Words) -> tuple[Code, ...]:
    """The website, the contact card, the first telephone and the place on a map: what there is of them."""
    _ = words.gettext
    of_kind = {contact.kind: contact.value for contact in reversed(entry.contacts)}
    found = []
    if "web" in of_kind:
        found.append(Code("web", of_kind["web"], _("site internet")))
    if of_kind or entry.street:
        found.append(Code("vcard", _contact_card(entry, of_kind), _("à enregistrer dans le téléphone")))
    number = re.sub(r"[^\d+*#]", "", of_kind.get("phone", ""))
    if number:
        found.append(Code("tel", f"tel:{number}", _("pour téléphoner")))
    if entry.latitude is not None and entry.longitude is not None:
        found.append(Code("geo", f"geo:{entry.latitude:.5f},{entry.longitude:.5f}", _("lieu sur une carte")))
    return tuple(found)


def _contact_card(entry: Entry, of_kind: dict[str, str]) -> str:
    return segno.helpers.make_vcard_data(
        name=";" + re.sub(r"([\\;,])", r"\\\1", entry.name),  # segno takes «;» here as what parts the names
        displayname=entry.name,
        phone=of_kind.get("phone"),
        email=of_kind.get("email"),
        street=entry.street or None,
        zipcode=entry.postcode or None,
        city=entry.city or None,
    )
