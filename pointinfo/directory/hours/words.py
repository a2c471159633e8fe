"""Regular opening hours and their exceptions as lines of words: on the card, in a preview, on paper."""

import re
from datetime import date
from typing import Final, NamedTuple

from pointinfo.directory.hours.calendar import NO_CALENDAR, Calendar
from pointinfo.directory.hours.dates import Item, NotAGridError, item_of, tidy_season
from pointinfo.directory.hours.days import day_words, months_words, span_words, weekday_names, weekdays_words
from pointinfo.directory.hours.grid import CLOSED, DATED_RULE
from pointinfo.directory.hours.rare import Rare, beside_holidays, rare
from pointinfo.directory.hours.rules import WEEKDAYS, Rule, mentions, rules
from pointinfo.directory.hours.state import check
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
from pointinfo.i18n import N_, Words


def in_sentence(
    expression: str, words: Words, calendar: Calendar = NO_CALENDAR, today: date | None = None
) -> tuple[str, ...]:
    """The regular hours and their exceptions as short lines, for a card; () when unknown or unreadable.

    With `today`, exceptions that are over are left out, and where nothing else is said, that is.
    """
    try:
        check(expression)
    except InputError:
        return ()
    regular, dated = parted(expression, words, today)
    weeks = seasons(regular)
    lines = [line for season in weeks for line in _season_lines(season, words)]
    if not weeks:
        lines = [line for rule in rules(regular) for line in _rule_lines(rule, words)]
    found = (*lines, *dated, *notes(expression, words, calendar))
    if found or today is None or not expression.strip():
        return found
    _ = words.gettext
    return (_("horaire à confirmer : le dernier connu est passé"),)


def parted(expression: str, words: Words, today: date | None = None) -> tuple[str, tuple[str, ...]]:
    """The rules of ordinary weeks as an expression of their own; the others, about dates, a line of words for each.

    With `today`, exceptions that are over are left out.
    """
    ordinary: list[Rule] = []
    dated: list[str] = []
    for rule in filter(lambda rule: rule.plain, rules(expression)):
        try:
            dated += _dated_lines(rule, words, today)
        except (NotAGridError, NotWeeklyError):
            ordinary.append(rule)
    return "".join(f"{rule.joint or '; '}{rule.plain}" for rule in ordinary).lstrip("|;, "), tuple(dated)


def notes(expression: str, words: Words, calendar: Calendar = NO_CALENDAR) -> tuple[str, ...]:
    """What a weekly grid can't show: «sauf jours fériés», «vacances scolaires : à vérifier»."""
    _ = words.gettext
    lines = [line for rule in rules(expression) for line in _holiday_lines(rule, words)]
    if mentions(expression, "SH") and not calendar.school_holidays:
        off = _("sauf vacances scolaires")
        if off in lines:
            lines[lines.index(off)] = _("sauf vacances scolaires (dates à vérifier)")
        else:
            lines.append(_("vacances scolaires : à vérifier"))
    return tuple(dict.fromkeys(lines))


def season_words(season: Season, words: Words) -> str:
    """«mai, septembre», «juillet–août»; "" for the whole year."""
    return months_words(season.months, words)


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

NTH: Final = {
    1: N_("1er {day} du mois {hours}"),
    2: N_("2e {day} du mois {hours}"),
    3: N_("3e {day} du mois {hours}"),
    4: N_("4e {day} du mois {hours}"),
    -1: N_("dernier {day} du mois {hours}"),
}


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
        return _("{days} {hours}").format(days=weekdays_words(weekdays, words), hours=hours)
    if slots == (Slot(MIDNIGHT, MIDNIGHT, ""),):
        return _("24 h/24, 7 j/7")
    return _("tous les jours {hours}").format(hours=hours)


def _slots_words(slots: tuple[Slot, ...], words: Words) -> str:
    """«8:00–12:30, 13:30–17:30 (sur rendez-vous)»; a remark that all slots share is said once."""
    _ = words.gettext
    remarks = [remark_words(slot.remark, words) for slot in slots]
    shared = len(set(remarks)) == 1
    spans = [
        span_words(slot.opens, slot.closes, words)
        if shared or not remark
        else _("{state} ({remark})").format(state=span_words(slot.opens, slot.closes, words), remark=remark)
        for slot, remark in zip(slots, remarks, strict=True)
    ]
    text = ", ".join(spans)
    remark = remarks[0] if shared else ""
    return _("{state} ({remark})").format(state=text, remark=remark) if remark else text


def _rule_lines(rule: Rule, words: Words) -> list[str]:
    """A rule of which no weekly grid can be made, in words where we have them, else as it is written."""
    _ = words.gettext
    try:
        weekly = pattern(rule.plain)
    except NotWeeklyError:
        return [_special(rule, words)]
    if not weekly.slots:
        closed = _("{days} fermé").format(days=weekdays_words(sorted(weekly.weekdays), words))
        months = months_words(month_selector(sorted(weekly.months)), words)
        return [_("{season} : {hours}").format(season=months, hours=closed) if months else closed]
    week = tuple(Day(day, weekly.slots if day in weekly.weekdays else ()) for day in range(7))
    return _season_lines(Season(month_selector(sorted(weekly.months)), week), words)


def _dated_lines(rule: Rule, words: Words, today: date | None) -> list[str]:
    """A rule about dates, one line for each. Raises NotAGridError, NotWeeklyError where there are no words for it."""
    special = rare(rule.before, words)
    if special is not None:
        return [] if special.is_over(today) else [_rare_line(special, rule, words)]
    found = DATED_RULE.fullmatch(rule.before)
    if found is None or not re.search(r"\d", found["when"] or ""):
        raise NotAGridError(rule.before)
    rest = found["rest"] or rule.after
    closed = CLOSED.fullmatch(rest)
    remark = remark_words((closed and closed["remark"]) or "", words)
    days = pattern(",".join(rule.days)).weekdays if rule.days else frozenset(range(7))
    weekdays = weekdays_words(sorted(days), words) if len(days) < 7 else ""
    hours = "" if closed else _slots_words(pattern(rest or "24/7").slots, words)
    dates = [_Dates.of(item_of(item)) for item in found["when"].split(",")]
    return [_dated_line(each, weekdays, hours, remark, words) for each in dates if not each.are_over(today)]


def _rare_line(special: Rare, rule: Rule, words: Words) -> str:
    """«2026 : lu–ve 8:00–12:00», «fermé le lundi de Pâques». Raises NotWeeklyError."""
    _ = words.gettext
    rest = special.rest or rule.after
    closed = CLOSED.fullmatch(rest)
    remark = remark_words((closed and closed["remark"]) or "", words)
    days = pattern(",".join(rule.days)).weekdays if rule.days else frozenset(range(7))
    weekdays = weekdays_words(sorted(days), words) if len(days) < 7 else ""
    if closed and special.is_feast and not weekdays:
        said = _("fermé {day}").format(day=special.words)
    else:
        hours = "" if closed else _slots_words(pattern(rest or "24/7").slots, words)
        timed = _("{days} {hours}").format(days=weekdays, hours=hours) if weekdays and hours else hours
        shut = _("{days} fermé").format(days=weekdays) if weekdays else _("fermé")
        said = _("{season} : {hours}").format(season=special.words, hours=timed or shut)
    return _("{state} ({remark})").format(state=said, remark=remark) if remark else said


class _Dates(NamedTuple):
    """First and last day of an exception; what comes every year is told of a leap year."""

    first: date
    last: date
    every_year: bool

    @classmethod
    def of(cls, item: Item) -> "_Dates":
        return cls(*item.bounds(), item.year is None)

    def are_over(self, today: date | None) -> bool:
        return today is not None and not self.every_year and self.last < today


def _dated_line(dates: _Dates, weekdays: str, hours: str, remark: str, words: Words) -> str:
    """«fermé du 24 décembre 2026 au 2 janvier 2027 (vacances)», «24 décembre 2026 : 9:00–11:00»."""
    _ = words.gettext
    first, last = _ends(dates, words)
    several, yearly = dates.first != dates.last, dates.every_year
    if weekdays:
        told = _("{days} {hours}").format(days=weekdays, hours=hours) if hours else ""
        told = told or _("{days} fermé").format(days=weekdays)
        said = _("{season} : {hours}").format(season=_period(dates, words), hours=told)
    elif hours:
        message = _("chaque année du {first} au {last}") if several else _("chaque année le {first}")
        when = message.format(first=first, last=last) if yearly else _period(dates, words)
        said = _("{season} : {hours}").format(season=when, hours=hours)
    elif yearly:
        message = _("fermé chaque année du {first} au {last}") if several else _("fermé chaque année le {first}")
        said = message.format(first=first, last=last)
    else:
        said = (_("fermé du {first} au {last}") if several else _("fermé le {first}")).format(first=first, last=last)
    return _("{state} ({remark})").format(state=said, remark=remark) if remark else said


def _period(dates: _Dates, words: Words) -> str:
    """«24 décembre 2026», «du 15 mars au 31 octobre»."""
    first, last = _ends(dates, words)
    return first if dates.first == dates.last else words.gettext("du {first} au {last}").format(first=first, last=last)


def _ends(dates: _Dates, words: Words) -> tuple[str, str]:
    """The first and the last day, the year said once where it is the same: «24 décembre», «31 décembre 2026»."""
    same_year = dates.first != dates.last and dates.first.year == dates.last.year
    first = day_words(dates.first, words, every_year=dates.every_year or same_year)
    return first, day_words(dates.last, words, every_year=dates.every_year)


def _special(rule: Rule, words: Words) -> str:
    _ = words.gettext
    remark = re.fullmatch(r'"([^"]*)"', rule.plain)
    if remark:
        return remark_words(remark[1], words)
    unknown = re.fullmatch(r'unknown\s*(?:"([^"]*)")?', rule.after, re.IGNORECASE)
    try:
        if unknown and not rule.before:
            said = weekdays_words(sorted(pattern(",".join(rule.days)).weekdays), words)
            why = remark_words(unknown[1], words) if unknown[1] else _("horaire à confirmer")
            return _("{days} : {remark}").format(days=said, remark=why)
        hours = _hours_of(rule, words)
    except NotWeeklyError:
        return _("horaire particulier : {rule}").format(rule=rule.plain)
    nth = re.fullmatch(rf"({'|'.join(WEEKDAYS)})\[(-?\d)\]", ",".join(rule.days))
    weeks = re.fullmatch(r"week\s*(0?[12])-5[23]/2", rule.before)
    if nth and not rule.before and int(nth[2]) in NTH and hours:
        day = weekday_names(words)[WEEKDAYS.index(nth[1])]
        return _(NTH[int(nth[2])]).format(day=day, hours=hours)
    if weeks and hours and not any("[" in day for day in rule.days):
        days = sorted(pattern(",".join(rule.days)).weekdays) if rule.days else list(range(7))
        odd = weeks[1].endswith("1")
        message = _("semaines impaires : {days} {hours}") if odd else _("semaines paires : {days} {hours}")
        return message.format(days=weekdays_words(days, words), hours=hours)
    return _("horaire particulier : {rule}").format(rule=rule.plain)


def _hours_of(rule: Rule, words: Words) -> str:
    """The times behind the days of a rule, "" when it closes. Raises NotWeeklyError."""
    slots = pattern(rule.after).slots if rule.after else (Slot(MIDNIGHT, MIDNIGHT, ""),)
    return _slots_words(slots, words) if slots else ""


def _holiday_lines(rule: Rule, words: Words) -> list[str]:
    _ = words.gettext
    try:
        hours = _hours_of(rule, words) if rule.holidays else ""
        days = weekdays_words(sorted(pattern(rule.limit).weekdays), words) if rule.limit else ""
        season = _season_of(rule.before, words) if rule.holidays and rule.before else ""
    except (NotAGridError, NotWeeklyError):
        written = " ".join((rule.before, ",".join(rule.holidays), rule.limit, rule.after)).strip()
        return [_("horaire particulier : {rule}").format(rule=written)] if rule.holidays else []
    lines = []
    for holiday in rule.holidays:
        if len(holiday) > 2:  # shifted by days
            when = beside_holidays(holiday, words)
            message = _("{season} : {hours}") if hours else _("fermé {day}")
            message = message.replace("{season}", when).replace("{day}", when)
        elif not hours:
            message = _("sauf jours fériés") if holiday == "PH" else _("sauf vacances scolaires")
        else:
            message = _("jours fériés : {hours}") if holiday == "PH" else _("vacances scolaires : {hours}")
        timed = _("{days} {hours}").format(days=days, hours=hours) if days else hours
        line = message.format(hours=timed)
        lines.append(_("{season}, {hours}").format(season=season, hours=line) if season else line)
    return lines


def _season_of(before: str, words: Words) -> str:
    """«juillet–août» of the «Jul-Aug» before holidays. Raises NotAGridError."""
    if not re.search(r"\d{4}", before):
        return months_words(tidy_season(before), words)
    return ", ".join(_period(_Dates.of(item_of(item)), words) for item in before.split(","))
