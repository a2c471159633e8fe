"""The next fourteen days of some opening hours, day by day in words: how an editor sees that they are right."""

from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Final

from dateutil.easter import easter
from opening_hours import State as Reading

from pointinfo.clock import ZONE
from pointinfo.directory.hours.calendar import Calendar, public_holidays, school_days_off
from pointinfo.directory.hours.dates import NotAGridError
from pointinfo.directory.hours.days import span_words
from pointinfo.directory.hours.grid import ExceptionDay, asks_appointment, parts
from pointinfo.directory.hours.rules import mentions, split_fallback
from pointinfo.directory.hours.state import by_the_wall_clock, is_doubtful, state
from pointinfo.directory.hours.words import remark_words
from pointinfo.i18n import Words

DAYS: Final = 14
_DAY: Final = timedelta(days=1)


def fortnight(expression: str, first: date, calendar: Calendar, words: Words) -> list[tuple[date, str]]:
    """Fourteen days from `first`, each in words: «8:30–12:00 · vacances scolaires», «fermé · Noël»."""
    days = [first + n * _DAY for n in range(DAYS)]
    main, fallback = split_fallback(expression)
    told = _told(main, first, calendar, words)
    instead = _told(fallback, first, calendar, words) if fallback else {}
    notes = _notes(expression, days, calendar, words)
    _ = words.gettext

    def silent(day: date) -> str:
        noon = datetime.combine(day, time(12), ZONE)
        return _("fermé") if state(expression, noon, calendar).kind != "unknown" else _("horaire inconnu")

    return [(day, " · ".join((told.get(day) or instead.get(day) or silent(day), *notes[day]))) for day in days]


def holiday_name(day: date, words: Words) -> str:
    """What Geneva calls a public holiday: «Jeûne genevois»; «jour férié» for the town's own days."""
    _ = words.gettext
    sunday = easter(day.year)
    first_of_september = date(day.year, 9, 1)
    fast = first_of_september + timedelta(days=6 - first_of_september.weekday() + 4)
    return {
        date(day.year, 1, 1): _("Nouvel An"),
        sunday - timedelta(days=2): _("Vendredi saint"),
        sunday + timedelta(days=1): _("Lundi de Pâques"),
        sunday + timedelta(days=39): _("Ascension"),
        sunday + timedelta(days=50): _("Lundi de Pentecôte"),
        date(day.year, 8, 1): _("Fête nationale"),
        fast: _("Jeûne genevois"),
        date(day.year, 12, 25): _("Noël"),
        date(day.year, 12, 31): _("Restauration de la République"),
    }.get(day, _("jour férié"))


def _told(expression: str, first: date, calendar: Calendar, words: Words) -> dict[date, str]:
    """What the hours say of the days on which they are not closed."""
    _ = words.gettext
    last = first + DAYS * _DAY
    hours = by_the_wall_clock(expression, calendar, first.year)
    if hours is None:
        return dict.fromkeys((first + n * _DAY for n in range(DAYS)), _("horaire inconnu"))
    spans: dict[date, list[tuple[str, str]]] = {}
    begin, end = datetime.combine(first - _DAY, time(0)), datetime.combine(last, time(0))
    for opens, known_end, reading, remark in takewhile(lambda found: found[0] < end, hours.intervals(begin)):
        if reading == Reading.CLOSED:
            continue
        closes: datetime | None = known_end  # None when nothing changes within two years; the library's stubs don't say
        for day, said in _by_day(opens, min(closes or end, end), words):
            if reading == Reading.OPEN:
                spans.setdefault(day, []).append((said, remark))
            elif asks_appointment(remark):
                spans.setdefault(day, []).append(("" if said == span_words(time(0), time(0), words) else said, remark))
            else:
                spans.setdefault(day, []).append((_("horaire inconnu"), remark))
    return {day: _joined(found, words) for day, found in spans.items()}


def _by_day(opens: datetime, closes: datetime, words: Words) -> list[tuple[date, str]]:
    """The spans of one opening, day by day; a night of less than a day belongs to the day it begins on."""
    if closes.date() - opens.date() == _DAY and closes - opens <= _DAY and closes.time() != time(0):
        return [(opens.date(), span_words(opens.time(), closes.time(), words))]
    found = []
    while opens < closes:
        midnight = datetime.combine(opens.date() + _DAY, time(0))
        found.append((opens.date(), span_words(opens.time(), min(closes, midnight).time(), words)))
        opens = midnight
    return found


def _joined(spans: list[tuple[str, str]], words: Words) -> str:
    _ = words.gettext
    told = []
    for said, remark in spans:
        reason = remark_words(remark, words)
        told.append(_("{state} ({remark})").format(state=said, remark=reason) if said and reason else said or reason)
    return ", ".join(told)


def _notes(expression: str, days: list[date], calendar: Calendar, words: Words) -> dict[date, list[str]]:
    """Why a day is as it is."""
    _ = words.gettext
    exceptions = _exceptions(expression)
    holidays = public_holidays(days[0].year, days[-1].year, calendar)
    off = school_days_off(days[0].year, days[-1].year, calendar) if mentions(expression, "SH") else frozenset()
    notes: dict[date, list[str]] = {day: [] for day in days}
    for day, said in notes.items():
        exception = next((each for each in reversed(exceptions) if each.holds(day)), None)
        if exception:
            said.append(exception.remark or _("exception"))
        if day in holidays:
            said.append(holiday_name(day, words))
        if day in off:
            said.append(_("vacances scolaires"))
        if not exception and is_doubtful(expression, day, calendar):
            said.append(_("jour férié : à vérifier"))
    return notes


def _exceptions(expression: str) -> list[ExceptionDay]:
    try:
        return [part for part in parts(expression) if isinstance(part, ExceptionDay)]
    except NotAGridError:
        return []
