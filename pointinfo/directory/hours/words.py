"""Opening hours in a person's words: on a result row, on the card, on paper."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, get_day_names, get_month_names

from pointinfo.clock import ZONE, local_day
from pointinfo.directory.hours.calendar import NO_CALENDAR, Calendar
from pointinfo.directory.hours.rules import MONTHS, WEEKDAYS, Rule, mentions, rules
from pointinfo.directory.hours.state import HOLIDAY_DOUBT, State, check
from pointinfo.directory.hours.week import (
    MIDNIGHT,
    Day,
    NotWeeklyError,
    Season,
    Slot,
    month_selector,
    pattern,
    seasons,
)
from pointinfo.errors import InputError
from pointinfo.i18n import Words, region


def in_words(state: State, now: datetime, words: Words) -> str:
    """«ouvert jusqu’à 16:00», «ouvre jeudi 14:00», «ouvert jusqu’à 12:00 (jour férié : à vérifier)»."""
    _ = words.gettext
    said = _said(state, now, words, _LONG, "wide")
    remark = _remark(state, words)
    return _("{state} ({remark})").format(state=said, remark=remark) if remark else said


def short_words(state: State, now: datetime, words: Words) -> str:
    """The same for a narrow row: «ouvert → 16:00», «ouvre jeu. 14:00», «sur rendez-vous»."""
    _ = words.gettext
    said = _said(state, now, words, _SHORT, "abbreviated")
    return _("{state} (férié ?)").format(state=said) if state.remark.endswith(HOLIDAY_DOUBT) else said


def season_words(season: Season, words: Words) -> str:
    """«mai, septembre», «juillet–août»; "" for the whole year."""
    return months_words(season.months, words)


def months_words(months: str, words: Words) -> str:
    """The same of a selector as `grid.tidy_season` leaves it: «15 mars–31 octobre» of «Mar 15-Oct 31»."""
    return ", ".join(_ends_words(item, words) for item in months.split(",") if item)


def _ends_words(item: str, words: Words) -> str:
    told, month = [], ""
    for end in item.split("-"):
        name, _space, day = end.rpartition(" ") if end[-1].isdigit() else (end, "", "")
        month = name or month  # «Jul 5-20»
        number = MONTHS.index(month) + 1
        told.append(_date(words.language, date(2000, number, int(day)), far=False) if day else _month(number, words))
    return "–".join(told)


def _month(number: int, words: Words) -> str:
    return month_names(words.language)[number - 1]


def day_words(day: date, words: Words, every_year: bool = False) -> str:
    """«24 décembre 2026», «1er janvier» when it comes every year."""
    if every_year:
        return _date(words.language, day, far=False)
    text = str(format_date(day, "long", locale=_locale(words.language)))
    return f"1er{text[1:]}" if words.language == "fr" and day.day == 1 else text


def weekday_names(words: Words, *, short: bool = False) -> tuple[str, ...]:
    """«lundi» to «dimanche», `short` «lun.» to «dim.»."""
    return _day_names(words.language, "abbreviated" if short else "wide")


def when_words(moment: datetime, now: datetime, words: Words, *, short: bool = False) -> str:
    """«aujourd’hui 14:00», «demain 14:00», «mercredi 14:00» (`short`: «mer. 14:00»), «le 3 décembre 14:00»."""
    _ = words.gettext
    found = _moment(moment.astimezone(ZONE), now.astimezone(ZONE), opens=True)
    message = {
        "today": _("aujourd’hui {time}"),
        "tomorrow": _("demain {time}"),
        "weekday": _("{day} {time}"),
        "date": _("le {date} {time}"),
    }[found.nearness]
    return message.format(
        time=found.time,
        day=weekday_names(words, short=short)[found.date.weekday()],
        date=_date(words.language, found.date, far=(found.date - local_day(now)).days > 300),
    )


def clock_words(moment: time) -> str:
    """«8:05»."""
    return _clock(moment)


def span_words(opens: time, closes: time, words: Words) -> str:
    """«8:00–12:30», «24 h/24»."""
    return _span(Slot(opens, closes, ""), words)


def in_sentence(expression: str, words: Words, calendar: Calendar = NO_CALENDAR) -> tuple[str, ...]:
    """The regular hours and their exceptions as short lines, for a card; () when unknown or unreadable."""
    try:
        check(expression)
    except InputError:
        return ()
    weeks = seasons(expression)
    lines = [line for season in weeks for line in _season_lines(season, words)]
    if not weeks:
        lines = [line for rule in rules(expression) if rule.plain for line in _rule_lines(rule, words)]
    return (*lines, *notes(expression, words, calendar))


def notes(expression: str, words: Words, calendar: Calendar = NO_CALENDAR) -> tuple[str, ...]:
    """What a weekly grid can't show: «sauf jours fériés», «vacances scolaires : à vérifier»."""
    _ = words.gettext
    lines = [line for rule in rules(expression) for line in _holiday_lines(rule, words)]
    if mentions(expression, "SH") and not calendar.school_holidays:
        lines.append(_("vacances scolaires : à vérifier"))
    return tuple(dict.fromkeys(lines))


def N_(message: str) -> str:
    """Mark a message for translation where it stands, to be looked up later."""
    return message


_Manner = Literal["open", "phone", "appointment"]
_Length = Literal["wide", "abbreviated", "short"]

_LONG: Final = {
    ("open", "always"): N_("ouvert 24 h/24"),
    ("open", "until"): N_("ouvert"),
    ("open", "until today"): N_("ouvert jusqu’à {time}"),
    ("open", "until tomorrow"): N_("ouvert jusqu’à demain {time}"),
    ("open", "until weekday"): N_("ouvert jusqu’à {day} {time}"),
    ("open", "until date"): N_("ouvert jusqu’au {date} {time}"),
    ("open", "from"): N_("fermé"),
    ("open", "from today"): N_("ouvre à {time}"),
    ("open", "from tomorrow"): N_("ouvre demain {time}"),
    ("open", "from weekday"): N_("ouvre {day} {time}"),
    ("open", "from date"): N_("ouvre le {date} {time}"),
    ("phone", "always"): N_("au téléphone 24 h/24"),
    ("phone", "until"): N_("au téléphone"),
    ("phone", "until today"): N_("au téléphone jusqu’à {time}"),
    ("phone", "until tomorrow"): N_("au téléphone jusqu’à demain {time}"),
    ("phone", "until weekday"): N_("au téléphone jusqu’à {day} {time}"),
    ("phone", "until date"): N_("au téléphone jusqu’au {date} {time}"),
    ("phone", "from today"): N_("au téléphone à {time}"),
    ("phone", "from tomorrow"): N_("au téléphone demain {time}"),
    ("phone", "from weekday"): N_("au téléphone {day} {time}"),
    ("phone", "from date"): N_("au téléphone le {date} {time}"),
    ("appointment", "always"): N_("sur rendez-vous"),
    ("appointment", "until"): N_("sur rendez-vous"),
    ("appointment", "until today"): N_("sur rendez-vous jusqu’à {time}"),
    ("appointment", "until tomorrow"): N_("sur rendez-vous jusqu’à demain {time}"),
    ("appointment", "until weekday"): N_("sur rendez-vous jusqu’à {day} {time}"),
    ("appointment", "until date"): N_("sur rendez-vous jusqu’au {date} {time}"),
    ("appointment", "from today"): N_("sur rendez-vous à {time}"),
    ("appointment", "from tomorrow"): N_("sur rendez-vous demain {time}"),
    ("appointment", "from weekday"): N_("sur rendez-vous {day} {time}"),
    ("appointment", "from date"): N_("sur rendez-vous le {date} {time}"),
}
_SHORT: Final = {
    ("open", "always"): N_("24 h/24"),
    ("open", "until"): N_("ouvert"),
    ("open", "until today"): N_("ouvert → {time}"),
    ("open", "until tomorrow"): N_("ouvert → demain {time}"),
    ("open", "until weekday"): N_("ouvert → {day} {time}"),
    ("open", "until date"): N_("ouvert → {date}"),
    ("open", "from"): N_("fermé"),
    ("open", "from today"): N_("ouvre à {time}"),
    ("open", "from tomorrow"): N_("ouvre demain {time}"),
    ("open", "from weekday"): N_("ouvre {day} {time}"),
    ("open", "from date"): N_("ouvre le {date}"),
    ("phone", "always"): N_("téléphone 24 h/24"),
    ("phone", "until"): N_("au téléphone"),
    ("phone", "until today"): N_("téléphone → {time}"),
    ("phone", "until tomorrow"): N_("téléphone → demain {time}"),
    ("phone", "until weekday"): N_("téléphone → {day} {time}"),
    ("phone", "until date"): N_("téléphone → {date}"),
    ("phone", "from today"): N_("téléphone à {time}"),
    ("phone", "from tomorrow"): N_("téléphone demain {time}"),
    ("phone", "from weekday"): N_("téléphone {day} {time}"),
    ("phone", "from date"): N_("téléphone le {date}"),
}


def _said(
    state: State,
    now: datetime,
    words: Words,
    phrases: dict[tuple[str, str], str],
    length: _Length,
) -> str:
    _ = words.gettext
    if state.kind == "unknown":
        return _("horaire inconnu")
    manner = _manner(state)
    if (manner, "until") not in phrases:
        return _("sur rendez-vous")
    if state.always:
        return _(phrases[manner, "always"])
    ahead = state.ahead or state.kind == "closed"
    if state.until is None:
        return _(phrases[("open", "from") if ahead else (manner, "until")])
    moment = _moment(state.until, now.astimezone(ZONE), ahead)
    return _(phrases[manner, f"{'from' if ahead else 'until'} {moment.nearness}"]).format(
        time=moment.time,
        day=_day_names(words.language, length)[moment.date.weekday()],
        date=_date(words.language, moment.date, far=(moment.date - local_day(now)).days > 300),
    )


def _manner(state: State) -> _Manner:
    if state.kind == "appointment":
        return "appointment"
    return "phone" if _PHONE.match(state.remark) else "open"


_PHONE = re.compile(r"(?:(?:uniquement |seulement )?(?:par |au )?téléphone)(?:\s*,\s*|$)", re.IGNORECASE)
_APPOINTMENT = re.compile(r"(?:(?:uniquement |seulement )?sur )?rendez-vous(?:\s*,\s*|$)", re.IGNORECASE)


def _remark(state: State, words: Words) -> str:
    """What the phrase itself hasn't said yet."""
    _ = words.gettext
    remark = state.remark
    spoken = {"open": None, "phone": _PHONE, "appointment": _APPOINTMENT}[_manner(state)]
    if spoken:
        remark = spoken.sub("", remark, count=1)
    if remark == HOLIDAY_DOUBT:
        return _("jour férié : à vérifier")
    if remark.endswith(HOLIDAY_DOUBT):
        own = remark.removesuffix(HOLIDAY_DOUBT).rstrip(", ")
        return _("{remark}, jour férié : à vérifier").format(remark=own)
    return remark


class _Moment(NamedTuple):
    nearness: Literal["today", "tomorrow", "weekday", "date"]
    date: date
    time: str


def _moment(moment: datetime, here: datetime, opens: bool) -> _Moment:
    """How one says when: an end at midnight is 24:00 of the day before, an end within 24 h needs no day."""
    day, clock = moment.date(), _clock(moment.time())
    if not opens and moment.time() == MIDNIGHT:
        day, clock = day - timedelta(days=1), "24:00"
    days = (day - here.date()).days
    if days <= 0 or (not opens and moment.timestamp() - here.timestamp() <= 24 * 3600):
        return _Moment("today", day, clock)
    if days == 1:
        return _Moment("tomorrow", day, clock)
    return _Moment("weekday" if days <= 6 else "date", day, clock)


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02}"


def _season_lines(season: Season, words: Words) -> list[str]:
    _ = words.gettext
    name = season_words(season, words)
    alike: dict[tuple[Slot, ...], list[int]] = {}
    for day in season.days:
        if day.slots:
            alike.setdefault(day.slots, []).append(day.weekday)
    lines = [_day_line(weekdays, slots, words) for slots, weekdays in alike.items()]
    return [_("{season} : {hours}").format(season=name, hours=line) if name else line for line in lines]


def _day_line(weekdays: list[int], slots: tuple[Slot, ...], words: Words) -> str:
    _ = words.gettext
    hours = _slots_words(slots, words)
    if len(weekdays) < 7:
        return _("{days} {hours}").format(days=_days_words(weekdays, words), hours=hours)
    if slots == (Slot(MIDNIGHT, MIDNIGHT, ""),):
        return _("24 h/24, 7 j/7")
    return _("tous les jours {hours}").format(hours=hours)


def _slots_words(slots: tuple[Slot, ...], words: Words) -> str:
    """«8:00–12:30, 13:30–17:30 (sur rendez-vous)»; a remark that all slots share is said once."""
    _ = words.gettext
    remarks = [remark_words(slot.remark, words) for slot in slots]
    shared = len(set(remarks)) == 1
    spans = [
        _span(slot, words)
        if shared or not remark
        else _("{state} ({remark})").format(state=_span(slot, words), remark=remark)
        for slot, remark in zip(slots, remarks, strict=True)
    ]
    text = ", ".join(spans)
    remark = remarks[0] if shared else ""
    return _("{state} ({remark})").format(state=text, remark=remark) if remark else text


def remark_words(remark: str, words: Words) -> str:
    """A slot's remark, in the reader's language if it is one of those we know."""
    return words.gettext(remark) if remark in _REMARKS else remark


_REMARKS: Final = (
    N_("sur rendez-vous"),
    N_("uniquement sur rendez-vous"),
    N_("téléphone"),
    N_("par téléphone"),
    N_("au téléphone"),
)
"""Remarks on a slot that are told in the reader's language; any other is as somebody wrote it."""


def _span(slot: Slot, words: Words) -> str:
    if slot.opens == slot.closes == MIDNIGHT:
        return words.gettext("24 h/24")
    return f"{_clock(slot.opens)}–{'24:00' if slot.closes == MIDNIGHT else _clock(slot.closes)}"


def _days_words(weekdays: list[int], words: Words) -> str:
    names = _day_names(words.language, "abbreviated" if words.language == "en" else "short")  # Mon, not Mo
    breaks = [n for n, (day, following) in enumerate(pairwise(weekdays), 1) if following - day != 1]
    runs = [weekdays[start:end] for start, end in pairwise([0, *breaks, len(weekdays)])]
    return ", ".join(names[run[0]] if len(run) == 1 else f"{names[run[0]]}–{names[run[-1]]}" for run in runs)


def _rule_lines(rule: Rule, words: Words) -> list[str]:
    """A rule of which no weekly grid can be made, in words where we have them, else as it is written."""
    _ = words.gettext
    try:
        weekly = pattern(rule.plain)
    except NotWeeklyError:
        return [_special(rule, words)]
    if not weekly.slots:
        return [_("{days} fermé").format(days=_days_words(sorted(weekly.weekdays), words))]
    week = tuple(Day(day, weekly.slots if day in weekly.weekdays else ()) for day in range(7))
    return _season_lines(Season(month_selector(sorted(weekly.months)), week), words)


def _special(rule: Rule, words: Words) -> str:
    _ = words.gettext
    remark = re.fullmatch(r'"([^"]*)"', rule.plain)
    if remark:
        return remark[1]
    try:
        hours = _hours_of(rule, words)
    except NotWeeklyError:
        return _("horaire particulier : {rule}").format(rule=rule.plain)
    nth = re.fullmatch(rf"({'|'.join(WEEKDAYS)})\[(-?\d)\]", ",".join(rule.days))
    weeks = re.fullmatch(r"week\s*(0?[12])-5[23]/2", rule.before)
    if nth and not rule.before and int(nth[2]) in NTH and hours:
        day = _day_names(words.language, "wide")[WEEKDAYS.index(nth[1])]
        return _(NTH[int(nth[2])]).format(day=day, hours=hours)
    if weeks and hours and not any("[" in day for day in rule.days):
        days = sorted(pattern(",".join(rule.days)).weekdays) if rule.days else list(range(7))
        odd = weeks[1].endswith("1")
        message = _("semaines impaires : {days} {hours}") if odd else _("semaines paires : {days} {hours}")
        return message.format(days=_days_words(days, words), hours=hours)
    return _("horaire particulier : {rule}").format(rule=rule.plain)


NTH: Final = {
    1: N_("1er {day} du mois {hours}"),
    2: N_("2e {day} du mois {hours}"),
    3: N_("3e {day} du mois {hours}"),
    4: N_("4e {day} du mois {hours}"),
    -1: N_("dernier {day} du mois {hours}"),
}


def _hours_of(rule: Rule, words: Words) -> str:
    """The times behind the days of a rule, "" when it closes. Raises NotWeeklyError."""
    slots = pattern(rule.after).slots if rule.after else (Slot(MIDNIGHT, MIDNIGHT, ""),)
    return _slots_words(slots, words) if slots else ""


def _holiday_lines(rule: Rule, words: Words) -> list[str]:
    _ = words.gettext
    try:
        hours = _hours_of(rule, words) if rule.holidays else ""
        days = _days_words(sorted(pattern(rule.limit).weekdays), words) if rule.limit else ""
        if rule.before:
            raise NotWeeklyError(rule.before)
    except NotWeeklyError:
        written = " ".join((rule.before, ",".join(rule.holidays), rule.limit, rule.after)).strip()
        return [_("horaire particulier : {rule}").format(rule=written)] if rule.holidays else []
    lines = []
    for holiday in rule.holidays:
        if len(holiday) > 2:  # shifted by days
            message = _("horaire particulier : {rule}").format(rule=f"{holiday} {rule.after}")
        elif not hours:
            message = _("sauf jours fériés") if holiday == "PH" else _("sauf vacances scolaires")
        else:
            message = _("jours fériés : {hours}") if holiday == "PH" else _("vacances scolaires : {hours}")
        timed = _("{days} {hours}").format(days=days, hours=hours) if days else hours
        lines.append(message.format(hours=timed))
    return lines


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    """CLDR's names for a language, French where it has none."""
    try:
        return Locale.parse(region(language))
    except (UnknownLocaleError, ValueError):
        return Locale("fr")


@lru_cache(maxsize=64)
def _day_names(language: str, length: _Length) -> tuple[str, ...]:
    names = get_day_names(length, locale=_locale(language))
    return tuple(names[weekday] for weekday in range(7))


@lru_cache(maxsize=64)
def month_names(language: str) -> tuple[str, ...]:
    """«janvier» to «décembre»."""
    names = get_month_names("wide", context="stand-alone", locale=_locale(language))
    return tuple(names[month] for month in range(1, 13))


@lru_cache(maxsize=1024)
def _date(language: str, day: date, far: bool) -> str:
    """«4 mai», with the year when it is far off."""
    locale = _locale(language)
    text = format_skeleton("yMMMMd" if far else "MMMMd", day, locale=locale)
    return f"1er{text[1:]}" if locale.language == "fr" and day.day == 1 else text
