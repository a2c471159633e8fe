"""An activity's schedules in a person's words, and what is odd in them in sentences."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from babel.dates import format_skeleton
from babel.numbers import format_decimal

from pointinfo.database.schema import Schedule
from pointinfo.directory.hours.calendar import Calendar
from pointinfo.directory.hours.days import clock_words, day_words, span_words, weekday_names
from pointinfo.directory.hours.state_words import when_words
from pointinfo.directory.hours.words import NTH
from pointinfo.directory.sessions import AHEAD, Meeting, clock_of, day_of, days, goes_beyond, meetings, next_meetings
from pointinfo.i18n import Words, region


def recurrence(schedule: Schedule, words: Words, today: date | None = None) -> str:
    """«chaque mercredi 14:00–16:00, en période scolaire», «1er mardi du mois 9:00», «10 dates du … au …».

    With `today`, a beginning that lies behind is not told.
    """
    _ = words.gettext
    told = [_dated(schedule, words) if schedule.dates else _weekly(schedule, words)]
    if schedule.school and not schedule.dates:
        terms = schedule.school == "terms"
        told.append(_("en période scolaire") if terms else _("pendant les vacances scolaires"))
    if not schedule.dates:
        told.append(_range(schedule, words, today))
    return ", ".join(part for part in told if part)


def details(schedule: Schedule, words: Words, today: date | None = None) -> tuple[str, ...]:
    """For whom, the price, until when to register, how many places: «de 6 à 10 ans», «complet»."""
    _ = words.gettext
    told = []
    if schedule.age_from is not None or schedule.age_to is not None:
        told.append(ages(schedule.age_from, schedule.age_to, words))
    if schedule.price:
        told.append(schedule.price)
    deadline = day_of(schedule.register_by)
    if deadline:
        past = today is not None and deadline < today
        message = _("inscriptions closes depuis le {date}") if past else _("inscription jusqu’au {date}")
        told.append(message.format(date=day_words(deadline, words)))
    if schedule.places_left is not None:
        left = schedule.places_left
        count = words.ngettext("{count} place libre", "{count} places libres", left).format(count=left)
        told.append(count if left > 0 else _("complet"))
    return tuple(told)


def lines(schedules: Sequence[Schedule], words: Words, calendar: Calendar, now: datetime | None) -> tuple[str, ...]:
    """Everything a card says of the schedules: each with its details, then the next three dates."""
    _ = words.gettext
    today = now.date() if now else None
    told = []
    for schedule in schedules:
        recurs = recurrence(schedule, words, today)
        told.append(
            _("{label} : {recurrence}").format(label=schedule.label, recurrence=recurs)
            if schedule.label and recurs
            else schedule.label or recurs
        )
        more = " · ".join(details(schedule, words, today))
        told += [more] if more else []
    if now is not None:
        told += _next_lines(schedules, words, calendar, now)
    if any(_is_unsure(schedule, calendar, now) for schedule in schedules):
        told.append(_("vacances scolaires : à vérifier"))
    return tuple(line for line in told if line)


def _is_unsure(schedule: Schedule, calendar: Calendar, now: datetime | None) -> bool:
    """Whether there may be dates among the next three that nobody knows: the school holidays aren't known so far."""
    last = day_of(schedule.last)
    if not goes_beyond(schedule, calendar) or (now and last and last < now.date()):
        return False
    return not calendar.school_holidays or (now is not None and len(next_meetings([schedule], now, calendar)) < 3)


def next_words(meeting: Meeting, now: datetime, words: Words) -> str:
    """«prochaine séance mercredi 14:00», «séance en cours jusqu’à 16:00»."""
    _ = words.gettext
    if meeting.begins <= now:
        if meeting.ends is None:
            return _("séance en cours")
        return _("séance en cours jusqu’à {time}").format(time=clock_words(meeting.ends))
    said = _("prochaine séance {when}").format(when=when_words(meeting.begins, now, words))
    return _("{state} ({remark})").format(state=said, remark=_("jour férié : à vérifier")) if meeting.doubtful else said


def short_next_words(meeting: Meeting, now: datetime, words: Words) -> str:
    """The same for a narrow row: «séance mer. 14:00», «séance jusqu’à 16:00», «séance ven. 10:00 (férié ?)»."""
    _ = words.gettext
    if meeting.begins <= now:
        return _("séance jusqu’à {time}").format(time=clock_words(meeting.finishes.time()))
    said = _("séance {when}").format(when=when_words(meeting.begins, now, words, short=True))
    return _("{state} (férié ?)").format(state=said) if meeting.doubtful else said


def ages(age_from: float | None, age_to: float | None, words: Words) -> str:
    """«de 6 à 10 ans», «de 3 mois à 12 ans», «dès 18 mois», «jusqu’à 18 ans»; "" when nothing is said."""
    _ = words.gettext
    least, most = ("" if age is None else age_words(age, words) for age in (age_from, age_to))
    if age_from is not None and age_to is not None:
        if _in_months(age_from) is None and _in_months(age_to) is None:
            first, last = (format_decimal(age, locale=region(words.language)) for age in (age_from, age_to))
            message = words.ngettext("de {from_age} à {to_age} an", "de {from_age} à {to_age} ans", int(age_to))
            return message.format(from_age=first, to_age=last)
        return _("de {from_age} à {to_age}").format(from_age=least, to_age=most)
    if least:
        return _("dès {from_age}").format(from_age=least)
    return _("jusqu’à {to_age}").format(to_age=most) if most else ""


def age_words(years: float, words: Words) -> str:
    """«6 ans», «1 an», under three years «30 mois» where it isn't whole."""
    months = _in_months(years)
    if months is not None:
        return words.ngettext("{count} mois", "{count} mois", months).format(count=months)
    said = format_decimal(years, locale=region(words.language))
    return words.ngettext("{age} an", "{age} ans", int(years)).format(age=said)


def _in_months(years: float) -> int | None:
    """An age in months where one says it so: under three years and not whole. 0.08 is one month, too."""
    return max(1, round(years * 12)) if 0 < years < 3 and years % 1 else None


class Problem(NamedTuple):
    """What is odd in the schedule with this number."""

    number: int
    sentence: str


def problems(schedules: Sequence[Schedule], words: Words, calendar: Calendar, today: date) -> list[Problem]:
    """Everything that is probably not meant. Nothing of it prevents saving."""
    return [
        Problem(number, sentence)
        for number, schedule in enumerate(schedules)
        for sentence in _odd(schedule, words, calendar, today)
    ]


def _odd(schedule: Schedule, words: Words, calendar: Calendar, today: date) -> Iterator[str]:
    _ = words.gettext
    starts, ends = clock_of(schedule.starts), clock_of(schedule.ends)
    if starts is None:
        yield _("Il manque l’heure de début.")
    elif ends is not None and ends <= starts:
        said = span_words(starts, ends, words)
        if ends == starts:
            yield _("La séance finit à l’heure où elle commence.")
        elif ends.hour or ends.minute:
            yield _("La séance de {span} finit après minuit, le lendemain.").format(span=said)
    texts = [schedule.first, schedule.last, schedule.register_by, *schedule.dates, *schedule.cancelled]
    for text in texts:
        if text and day_of(text) is None:
            yield _("« {text} » n’est pas une date.").format(text=text)
    if not schedule.dates and not schedule.weekdays:
        yield _("Il manque le jour de la semaine, ou des dates.")
        return
    if schedule.age_from is not None and schedule.age_to is not None and schedule.age_to < schedule.age_from:
        yield _("L’âge maximum est plus petit que l’âge minimum.")
    first, last = day_of(schedule.first), day_of(schedule.last)
    if first and last and last < first:
        yield _("La dernière date vient avant la première.")
        return
    if not schedule.dates and schedule.every > 1 and not schedule.nth and not first:
        yield _("Il manque la première date : on ne sait pas dans quelles semaines ont lieu les séances.")
        return
    known = _all_days(schedule, calendar, today)
    is_over = last is not None and last < today
    if goes_beyond(schedule, calendar) and (not known or (known[-1] < today and not is_over)):
        yield _("Les vacances scolaires ne sont pas encore notées dans les réglages.")
        return
    if starts is not None:
        yield from _odd_days(schedule, words, calendar, today)


def _odd_days(schedule: Schedule, words: Words, calendar: Calendar, today: date) -> Iterator[str]:
    _ = words.gettext
    known = _all_days(schedule, calendar, today)
    if not known:
        yield _("Aucune séance n’a lieu.")
        return
    gone = {day for day in map(day_of, schedule.cancelled) if day}
    ahead = [day for day in known if day not in gone]
    if not ahead:
        yield _("Toutes les séances sont annulées.")
    elif ahead[-1] < today and (schedule.dates or schedule.last):
        yield _("Toutes les séances sont passées.")
    for day in sorted(gone - set(known)):
        if known[0] <= day <= known[-1]:
            message = _("Le {date} est annulé, mais il n’y a pas de séance ce jour-là.")
            yield message.format(date=day_words(day, words))
    deadline = day_of(schedule.register_by)
    begins = (bool(schedule.first) or bool(schedule.dates)) and known[0]
    if deadline and begins and deadline > begins:
        yield _("Le délai d’inscription vient après la première séance, le {date}.").format(
            date=day_words(begins, words)
        )


def _all_days(schedule: Schedule, calendar: Calendar, today: date) -> list[date]:
    """The days of a schedule, of one without an end those of more than a year."""
    if schedule.dates:
        return days(schedule, date.min, date.max, calendar)
    first = day_of(schedule.first) or min(today, day_of(schedule.last) or today) - timedelta(days=AHEAD)
    last = day_of(schedule.last) or max(first, today) + timedelta(days=AHEAD)
    return days(schedule, first, last, calendar)


def _weekly(schedule: Schedule, words: Words) -> str:
    _ = words.gettext
    names = [weekday_names(words)[weekday] for weekday in sorted(set(schedule.weekdays)) if 0 <= weekday <= 6]
    if not names:
        return _time(schedule, words)
    if schedule.nth in NTH:
        listed = _listed(names, words)
        return _(NTH[schedule.nth]).format(day=listed, hours=_time(schedule, words)).strip()
    numbers = sorted(set(schedule.weekdays))
    if len(names) == 7:
        said = _("tous les jours")
    elif len(names) > 2 and all(following - number == 1 for number, following in pairwise(numbers)):
        said = _("du {first} au {last}").format(first=names[0], last=names[-1])
    else:
        said = _("chaque {days}").format(days=_listed(names, words))
    said = f"{said} {_time(schedule, words)}".strip()
    if schedule.every <= 1:
        return said
    message = words.ngettext("{state}, chaque semaine", "{state}, toutes les {count} semaines", schedule.every)
    return message.format(state=said, count=schedule.every)


def _dated(schedule: Schedule, words: Words) -> str:
    _ = words.gettext
    gone = set(schedule.cancelled)
    dates = sorted({day for text in schedule.dates if text not in gone and (day := day_of(text))})
    if not dates:
        return ""
    first, last = day_words(dates[0], words), day_words(dates[-1], words)
    if len(dates) == 1:
        said = _("le {date}").format(date=first)
    else:
        message = words.ngettext("{count} date du {first} au {last}", "{count} dates du {first} au {last}", len(dates))
        said = message.format(count=len(dates), first=first, last=last)
    hours = _time(schedule, words)
    return f"{said}, {hours}" if hours else said


def _range(schedule: Schedule, words: Words, today: date | None) -> str:
    _ = words.gettext
    first, last = day_of(schedule.first), day_of(schedule.last)
    if first and today and first <= today:
        first = None
    if first and last:
        return _("du {first} au {last}").format(first=day_words(first, words), last=day_words(last, words))
    if first:
        return _("dès le {date}").format(date=day_words(first, words))
    return _("jusqu’au {date}").format(date=day_words(last, words)) if last else ""


def _time(schedule: Schedule, words: Words) -> str:
    starts, ends = clock_of(schedule.starts), clock_of(schedule.ends)
    if starts is None:
        return ""
    return span_words(starts, ends, words) if ends else clock_words(starts)


def _listed(names: list[str], words: Words) -> str:
    """«lundi», «lundi et mardi», «lundi, mardi et jeudi»."""
    _ = words.gettext
    if len(names) == 1:
        return names[0]
    return _("{first} et {last}").format(first=", ".join(names[:-1]), last=names[-1])


def _next_lines(schedules: Sequence[Schedule], words: Words, calendar: Calendar, now: datetime) -> list[str]:
    _ = words.gettext
    coming = next_meetings(schedules, now, calendar)
    told = []
    if coming:
        dates = ", ".join(_meeting_words(meeting, words) for meeting in coming)
        told.append(_("Prochaines dates : {dates}").format(dates=dates))
        until = max(coming[-1].day, now.date() + timedelta(days=31))
        off = [each for each in meetings(schedules, now.date(), until, calendar, cancelled=True) if each.cancelled]
        if off:
            told.append(_("Annulé : {dates}").format(dates=", ".join(_meeting_words(each, words) for each in off)))
    return told


def _meeting_words(meeting: Meeting, words: Words) -> str:
    _ = words.gettext
    day = format_skeleton("MMMEd", meeting.day, locale=region(words.language))
    said = f"{day} {clock_words(meeting.starts)}"
    return _("{state} (férié ?)").format(state=said) if meeting.doubtful else said
