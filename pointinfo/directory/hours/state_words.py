"""Open or closed, until when and when again, in words: on a result row and on the card."""

import re
from datetime import date, datetime, timedelta
from typing import Final, Literal, NamedTuple

from pointinfo.clock import ZONE, local_day
from pointinfo.directory.hours.days import clock_words, short_date, weekday_names
from pointinfo.directory.hours.state import HOLIDAY_DOUBT, State
from pointinfo.directory.hours.week import MIDNIGHT
from pointinfo.i18n import N_, Words


def in_words(state: State, now: datetime, words: Words) -> str:
    """«ouvert jusqu’à 16:00», «ouvre jeudi 14:00», «ouvert jusqu’à 12:00 (jour férié : à vérifier)»."""
    _ = words.gettext
    said = _said(state, now, words, _LONG, short=False)
    remark = _remark(state, words)
    return _("{state} ({remark})").format(state=said, remark=remark) if remark else said


def short_words(state: State, now: datetime, words: Words) -> str:
    """The same for a narrow row: «ouvert jusqu’à 16:00», «ouvre jeu. 14:00», «sur rendez-vous»."""
    _ = words.gettext
    said = _said(state, now, words, _SHORT, short=True)
    return _("{state} (férié ?)").format(state=said) if state.remark.endswith(HOLIDAY_DOUBT) else said


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
        date=short_date(words.language, found.date, far=(found.date - local_day(now)).days > 300),
    )


_Manner = Literal["open", "phone", "appointment"]

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
    ("open", "until today"): N_("ouvert jusqu’à {time}"),
    ("open", "until tomorrow"): N_("ouvert jusqu’à demain {time}"),
    ("open", "until weekday"): N_("ouvert jusqu’à {day} {time}"),
    ("open", "until date"): N_("ouvert jusqu’à {date}"),
    ("open", "from"): N_("fermé"),
    ("open", "from today"): N_("ouvre à {time}"),
    ("open", "from tomorrow"): N_("ouvre demain {time}"),
    ("open", "from weekday"): N_("ouvre {day} {time}"),
    ("open", "from date"): N_("ouvre le {date}"),
    ("phone", "always"): N_("téléphone 24 h/24"),
    ("phone", "until"): N_("au téléphone"),
    ("phone", "until today"): N_("téléphone jusqu’à {time}"),
    ("phone", "until tomorrow"): N_("téléphone jusqu’à demain {time}"),
    ("phone", "until weekday"): N_("téléphone jusqu’à {day} {time}"),
    ("phone", "until date"): N_("téléphone jusqu’à {date}"),
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
    *,
    short: bool,
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
        day=weekday_names(words, short=short)[moment.date.weekday()],
        date=short_date(words.language, moment.date, far=(moment.date - local_day(now)).days > 300),
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
    day, clock = moment.date(), clock_words(moment.time())
    if not opens and moment.time() == MIDNIGHT:
        day, clock = day - timedelta(days=1), "24:00"
    days = (day - here.date()).days
    if days <= 0 or (not opens and moment.timestamp() - here.timestamp() <= 24 * 3600):
        return _Moment("today", day, clock)
    if days == 1:
        return _Moment("tomorrow", day, clock)
    return _Moment("weekday" if days <= 6 else "date", day, clock)
