"""The plain weekly grid behind an `opening_hours` string: read from it, written as it, looked at for what is odd."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from pointinfo.directory.hours.dates import NotAGridError, days_of, tidy_season
from pointinfo.directory.hours.days import day_words, months_words, span_words, weekday_names
from pointinfo.directory.hours.fortnight import fortnight, holiday_name
from pointinfo.directory.hours.grid import (
    CLOSED_WEEK,
    ONLY_APPOINTMENT,
    ExceptionDay,
    PublicHolidays,
    SeasonWeek,
    Sort,
    Span,
    Step,
    Timetable,
    Week,
    asks_appointment,
    cells,
    comes_too_late,
    parts,
    spans_on,
)
from pointinfo.directory.hours.rules import mentions, split_fallback
from pointinfo.directory.hours.state import check
from pointinfo.directory.hours.week import MIDNIGHT
from pointinfo.directory.hours.writing import write
from pointinfo.errors import InputError
from pointinfo.i18n import Words

__all__ = [
    "CLOSED_WEEK",
    "ExceptionDay",
    "Problem",
    "PublicHolidays",
    "SeasonWeek",
    "Span",
    "Timetable",
    "Week",
    "exception_name",
    "fortnight",
    "holiday_name",
    "problems",
    "read",
    "season_name",
    "write",
]

LONGEST: Final = 4000
"""A string of more characters stays text."""


def read(expression: str) -> Timetable | None:
    """The grid that says what the string says, None when no grid does; empty for an empty string."""
    if not expression.strip():
        return Timetable()
    if len(expression) > LONGEST or split_fallback(expression)[0] != expression:
        return None
    try:
        check(expression)
        found = parts(expression)
        grid = _grid(found)
        return grid if grid and _says_the_same(grid, expression, found) else None
    except (InputError, NotAGridError):
        return None


def _grid(found: tuple[Step | ExceptionDay, ...]) -> Timetable | None:
    steps = [part for part in found if isinstance(part, Step)]
    exceptions = tuple(part for part in found if isinstance(part, ExceptionDay))
    for position, part in enumerate(found):
        if isinstance(part, ExceptionDay):
            later = [each for each in found[position:] if isinstance(each, Step)]
            if comes_too_late(part, later):
                return None
    only = bool(steps) and steps[0].spans == ONLY_APPOINTMENT
    names = dict.fromkeys(step.season for step in steps[only:] if step.days or step.school)
    seasons = tuple(_season(name, steps) for name in sorted(names, key=bool))
    if only and seasons:
        return None
    holidays = _public_holidays(steps)
    return holidays and Timetable(seasons, *holidays, exceptions, only)


def _season(name: str, steps: list[Step]) -> SeasonWeek:
    layers = frozenset(("", name))
    days = tuple(spans_on(steps, Sort(layers, weekday)) or () for weekday in range(7))
    school = tuple(spans_on(steps, Sort(layers, weekday, school=True)) or () for weekday in range(7))
    own = any(step.school and step.season == name for step in steps)
    return SeasonWeek(name, days, school if own or school != days else None)


def _public_holidays(steps: list[Step]) -> tuple[PublicHolidays, tuple[Span, ...]] | None:
    """How the steps treat public holidays, None when that can't be said in one word."""
    if not any(step.public for step in steps):
        return "unsaid", ()
    seasons = {frozenset(("", step.season)) for step in steps}
    sorts = [Sort(kind, weekday, True, school) for kind in seasons for weekday in range(7) for school in (False, True)]
    on = [spans_on(steps, sort) for sort in sorts]
    off = [spans_on(steps, sort._replace(public=False)) for sort in sorts]
    if not any(on):
        return "closed", ()
    if on == off:
        return "usual", ()
    alike = set(on)
    return ("own", alike.pop() or ()) if len(alike) == 1 else None


def _says_the_same(grid: Timetable, expression: str, found: tuple[Step | ExceptionDay, ...]) -> bool:
    written = write(grid)
    again = parts(written)
    if any(span.passes_midnight for part in found for span in part.spans):
        return again == found  # what a later rule leaves of a night is more than the sorts of days can tell
    steps = [part for part in found if isinstance(part, Step)]
    steps_again = [part for part in again if isinstance(part, Step)]
    seasons = {step.season for step in (*steps, *steps_again)}
    return (
        tuple(part for part in again if isinstance(part, ExceptionDay)) == grid.exceptions
        and _is_sure(expression, steps) == _is_sure(written, steps_again)
        and cells(expression, steps, seasons) == cells(written, steps_again, seasons)
    )


def _is_sure(expression: str, steps: list[Step]) -> tuple[bool, bool]:
    """Whether public and school holidays are spoken of; «24/7» counts as speaking of the former."""
    return (
        mentions(expression, "PH") or expression.startswith("24/7"),
        mentions(expression, "SH"),
    )


class Problem(NamedTuple):
    """What is odd in a grid. `place` is a path in it («seasons/0/days/1»), "" for the whole."""

    place: str
    sentence: str


def problems(grid: Timetable, words: Words) -> list[Problem]:
    """Everything that is probably not meant, in the order of the grid. Nothing of it prevents writing."""
    _ = words.gettext
    found = []
    if grid.by_appointment_only and grid.seasons:
        found.append(Problem("", _("Uniquement sur rendez-vous : les heures de la grille ne comptent pas.")))
    found += _season_problems(grid.seasons, words)
    found += _overlapping_seasons(grid.seasons, words)
    found += _span_problems("holiday_spans", _("Jours fériés"), grid.holiday_spans, (), words)
    for number, exception in enumerate(grid.exceptions):
        place = f"exceptions/{number}"
        if exception.last < exception.first:
            found.append(Problem(place, _("L’exception finit avant de commencer.")))
        found += _span_problems(place, exception_name(exception, words), exception.spans, (), words)
    return found


def season_name(months: str, words: Words) -> str:
    """«juillet–août», «15 mars–31 octobre», «toute l’année»; a season that can't be read as it is written."""
    try:
        days, tidy = days_of(months), tidy_season(months)
    except NotAGridError:
        return months
    return words.gettext("toute l’année") if len(days) == 366 else months_words(tidy, words)


def exception_name(exception: ExceptionDay, words: Words) -> str:
    """«24 décembre 2026», «24 décembre–2 janvier»."""
    first, last = (day_words(day, words, exception.every_year) for day in (exception.first, exception.last))
    return first if exception.first == exception.last else f"{first}–{last}"


def _season_problems(seasons: tuple[SeasonWeek, ...], words: Words) -> Iterator[Problem]:
    _ = words.gettext
    names = [name[:1].upper() + name[1:] for name in weekday_names(words)]
    for number, season in enumerate(seasons):
        place = f"seasons/{number}"
        try:
            days_of(season.months)
        except NotAGridError:
            message = _("La saison « {season} » n’est pas lisible. Exemples : Jul-Aug, Mar 15-Oct 31.")
            yield Problem(place, message.format(season=season.months))
        filled = any(season.days) or any(season.school or ())
        if not filled and season.months:
            message = _("Saison « {season} » sans heures : tout est fermé.")
            yield Problem(place, message.format(season=season_name(season.months, words)))
        elif not filled and len(seasons) == 1:
            yield Problem(place, _("Aucune heure d’ouverture : toujours fermé."))
        for name, week in (("days", season.days), ("school", season.school or ())):
            for weekday, (spans, following) in enumerate(pairwise([*week, *week[:1]])):
                yield from _span_problems(f"{place}/{name}/{weekday}", names[weekday], spans, following, words)


def _overlapping_seasons(seasons: tuple[SeasonWeek, ...], words: Words) -> Iterator[Problem]:
    """Two seasons for one day; the whole year gives way to any other season, but for one as long."""
    _ = words.gettext
    known = []
    for number, season in enumerate(seasons):
        try:
            known.append((number, season.months, days_of(season.months)))
        except NotAGridError:
            continue
    for (first, one, one_days), (second, other, other_days) in combinations(known, 2):
        gives_way = (not one or not other) and one_days != other_days
        if one_days & other_days and not gives_way:
            message = _("Les saisons « {season} » et « {other} » se chevauchent.")
            sentence = message.format(season=season_name(one, words), other=season_name(other, words))
            yield Problem(f"seasons/{first if one_days <= other_days else second}", sentence)


def _span_problems(
    place: str, day: str, spans: tuple[Span, ...], following: tuple[Span, ...], words: Words
) -> Iterator[Problem]:
    _ = words.gettext
    told = [span_words(span.opens, span.closes, words) for span in spans]
    for (one, said), (other, also_said) in pairwise(sorted(zip(spans, told, strict=True))):
        if other.opens < one.closes or one.closes <= one.opens:
            message = _("{day} : {span} et {other} se chevauchent.")
            yield Problem(place, message.format(day=day, span=said, other=also_said))
    for span, said in zip(spans, told, strict=True):
        if span.opens == span.closes != MIDNIGHT:
            yield Problem(place, _("{day} : {span} dure 24 heures.").format(day=day, span=said))
        elif span.passes_midnight:
            over = next((each for each in following if each.opens < span.closes), None)
            if over:
                message = _("{day} : {span} empiète sur le lendemain, {other}.")
                other_said = span_words(over.opens, over.closes, words)
                yield Problem(place, message.format(day=day, span=said, other=other_said))
            else:
                yield Problem(place, _("{day} : {span} finit après minuit, le lendemain.").format(day=day, span=said))
        if span.by_appointment and not asks_appointment(span.comment):
            message = _("{day} : avec la remarque « {remark} », « sur rendez-vous » n’est plus compris.")
            yield Problem(place, message.format(day=day, remark=span.remark))
