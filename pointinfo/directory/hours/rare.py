"""Rules about years, weeks of the year, Easter and days beside holidays, in words."""

import re
from datetime import date, timedelta
from typing import Final, NamedTuple

from dateutil.easter import easter

from pointinfo.directory.hours.rules import MONTHS
from pointinfo.i18n import N_, Words

_YEARS: Final = r"(?P<first_year>[12]\d{3})(?:\s*-\s*(?P<last_year>[12]\d{3})|(?P<onwards>\+))?"
_SHIFT: Final = r"(?:\s*(?P<{name}>[+-]\s*\d{{1,3}})\s*days?)?"
_EASTER: Final = (
    rf"(?:(?P<easter_year>[12]\d{{3}})\s+)?easter{_SHIFT.format(name='shift')}"
    rf"(?P<until>\s*-\s*(?:(?P=easter_year)\s+)?easter{_SHIFT.format(name='until_shift')})?"
)
_WEEKS: Final = r"week\s*(?P<first>\d\d?)(?:\s*-\s*(?P<last>\d\d?)(?:\s*/\s*(?P<every>\d\d?))?)?"
_SELECTOR: Final = re.compile(
    rf"(?:{_EASTER}|{_WEEKS}|{_YEARS}(?!\s*(?:{'|'.join(MONTHS)}|easter|week)))\s*:?\s*"
    r"(?P<rest>(?:24/7|\d\d?:\d|off\b|closed\b|$).*)",
    re.IGNORECASE | re.DOTALL,
)
_FEASTS: Final = {
    -2: N_("le Vendredi saint"),
    0: N_("à Pâques"),
    1: N_("le lundi de Pâques"),
    39: N_("à l’Ascension"),
    49: N_("à la Pentecôte"),
    50: N_("le lundi de Pentecôte"),
}
_FROM: Final = {
    -2: N_("du Vendredi saint"),
    0: N_("de Pâques"),
    1: N_("du lundi de Pâques"),
    39: N_("de l’Ascension"),
    49: N_("de la Pentecôte"),
    50: N_("du lundi de Pentecôte"),
}
_UNTIL: Final = {
    -2: N_("au Vendredi saint"),
    0: N_("jusqu’à Pâques"),
    1: N_("au lundi de Pâques"),
    39: N_("jusqu’à l’Ascension"),
    49: N_("jusqu’à la Pentecôte"),
    50: N_("au lundi de Pentecôte"),
}
_LAST_WEEK: Final = 52


class Rare(NamedTuple):
    """Days that are told by a year, weeks or Easter, in words; `rest` are the times where no weekday stands between.

    `is_feast`: the words say when («le lundi de Pâques»), else a period («2026»). `last`: None where it comes back.
    """

    words: str
    rest: str
    is_feast: bool
    last: date | None

    def is_over(self, today: date | None) -> bool:
        """Whether none of the days is still to come."""
        return today is not None and self.last is not None and self.last < today


def rare(before: str, words: Words) -> Rare | None:
    """The days that stand before a rule's weekdays; None where they are of no such kind."""
    found = _SELECTOR.fullmatch(before.strip()) if before else None
    if found is None:
        return None
    if found["first"]:
        said = _weeks(int(found["first"]), int(found["last"] or found["first"]), int(found["every"] or 1), words)
        return Rare(said, found["rest"], False, None) if said else None
    if found["first_year"]:
        first, last = found["first_year"], found["last_year"]
        return Rare(
            _years(first, last, bool(found["onwards"]), words),
            found["rest"],
            False,
            None if found["onwards"] else date(int(last or first), 12, 31),
        )
    _ = words.gettext
    first, last = (int(re.sub(r"\s", "", found[name] or "0")) for name in ("shift", "until_shift"))
    said, year = _feast(first, words), found["easter_year"]
    if found["until"]:
        said = _("{first} {last}").format(first=_from_feast(first, words), last=_until_feast(last, words))
    if not year:
        return Rare(said, found["rest"], True, None)
    return Rare(
        _("{day} {year}").format(day=said, year=year),
        found["rest"],
        True,
        easter(int(year)) + timedelta(days=last if found["until"] else first),
    )


def beside_holidays(holiday: str, words: Words) -> str:
    """«le lendemain des jours fériés» of «PH +1 day»."""
    _ = words.gettext
    shift = re.search(r"([+-])\s*(\d+)", holiday)
    days = int(shift[1] + shift[2]) if shift else 0
    if holiday.startswith("PH") and days in (1, -1):
        return _("le lendemain des jours fériés") if days == 1 else _("la veille des jours fériés")
    name = _("jours fériés") if holiday.startswith("PH") else _("vacances scolaires")
    after = words.ngettext("{count} jour après les {days}", "{count} jours après les {days}", days)
    before = words.ngettext("{count} jour avant les {days}", "{count} jours avant les {days}", -days)
    return (after if days > 0 else before).format(count=abs(days), days=name)


def _years(first: str, last: str | None, onwards: bool, words: Words) -> str:
    _ = words.gettext
    if onwards:
        return _("dès {year}").format(year=first)
    return _("de {first} à {last}").format(first=first, last=last) if last else first


def _weeks(first: int, last: int, every: int, words: Words) -> str:
    """ "" for every other week of the whole year, which is told as odd and even weeks."""
    _ = words.gettext
    if every == 2 and first <= 2 and last >= _LAST_WEEK:
        return ""
    if first == last:
        return _("semaine {week} de l’année").format(week=first)
    if every == 1:
        return _("semaines {first} à {last} de l’année").format(first=first, last=last)
    message = _("une semaine sur {count}, de la semaine {first} à la semaine {last}")
    if every == 2:
        message = _("une semaine sur deux, de la semaine {first} à la semaine {last}")
    return message.format(count=every, first=first, last=last)


def _feast(days: int, words: Words) -> str:
    if days in _FEASTS:
        return words.gettext(_FEASTS[days])
    after = words.ngettext("{count} jour après Pâques", "{count} jours après Pâques", days)
    before = words.ngettext("{count} jour avant Pâques", "{count} jours avant Pâques", -days)
    return (after if days > 0 else before).format(count=abs(days))


def _from_feast(days: int, words: Words) -> str:
    _ = words.gettext
    return _(_FROM[days]) if days in _FROM else _("de {day}").format(day=_feast(days, words))


def _until_feast(days: int, words: Words) -> str:
    _ = words.gettext
    return _(_UNTIL[days]) if days in _UNTIL else _("jusqu’à {day}").format(day=_feast(days, words))
