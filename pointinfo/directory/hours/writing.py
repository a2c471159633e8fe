"""An hours grid written as OpenStreetMap would: seasons after the whole year, then public holidays, then exceptions."""

from collections.abc import Iterable
from datetime import date, time
from itertools import groupby, pairwise

from pointinfo.directory.hours.dates import NotAGridError, days_of
from pointinfo.directory.hours.grid import (
    BY_APPOINTMENT,
    CLOSED_WEEK,
    ExceptionDay,
    SeasonWeek,
    Span,
    Timetable,
    Week,
)
from pointinfo.directory.hours.rules import MONTHS, WEEKDAYS
from pointinfo.directory.hours.week import MIDNIGHT


def write(grid: Timetable) -> str:
    """The string that says what the grid shows, "" when it shows nothing."""
    rules = [f'"{BY_APPOINTMENT}"'] if grid.by_appointment_only else []
    usual = grid.public_holidays == "usual"
    seasons = () if grid.by_appointment_only else sorted(grid.seasons, key=lambda season: bool(season.months))
    under: list[SeasonWeek] = []
    for season in seasons:
        rules += _week(season, under)
        if usual and any(season.days):
            rules += _groups(f"{season.months} PH".strip(), season.days)
            usual = False
        if season.school is not None:
            rules += _school(season, season.school)
        under.append(season)
    if grid.public_holidays in {"closed", "own"}:
        spans = grid.holiday_spans if grid.public_holidays == "own" else ()
        rules += _timed("PH", spans) if spans else ["PH off"]
    for exception in grid.exceptions:
        rules += _exception(exception)
    joined = ""
    for rule in rules:
        joined += rule if rule.startswith(", ") else f"; {rule}"
    return joined.removeprefix("; ")


def _week(season: SeasonWeek, under: list[SeasonWeek]) -> list[str]:
    """The rules of a season: its open days, and its closed ones where they would be open without it."""
    first = season.days[0]
    if not season.months and set(season.days) == {first} and len(first) == 1 and first[0].lasts_all_day:
        return [f"24/7{_quoted(first[0].comment)}"]
    if not any(season.days):
        return [_off(season)]
    if any(span.passes_midnight for spans in season.days for span in spans):
        # The rules of nights add to each other: one that replaced would cut the night before at midnight.
        groups = _groups(season.months, season.days, add=True)
        return [_off(season), f", {groups[0]}", *groups[1:]] if under else groups
    beneath = [week for other in under if _meet(season, other) for week in (other.days, other.school or CLOSED_WEEK)]
    closed = [day for day in range(7) if not season.days[day] and any(week[day] for week in beneath)]
    off = [f"{season.months} {_weekdays(closed)} off"] if closed else []
    return [*_groups(season.months, season.days), *off]


def _off(season: SeasonWeek) -> str:
    """The rule that closes a whole season; without its weekdays one of days would be an exception."""
    return f"{season.months} {'Mo-Su ' if any(map(str.isdigit, season.months)) else ''}off".strip()


def _school(season: SeasonWeek, week: Week) -> list[str]:
    holidays = f"{season.months} SH".strip()
    if not any(week):
        return [f"{holidays} off"]
    closed = [day for day in range(7) if not week[day] and season.days[day]]
    return [*_groups(holidays, week), *([f"{holidays} {_weekdays(closed)} off"] if closed else [])]


def _meet(season: SeasonWeek, other: SeasonWeek) -> bool:
    try:
        return bool(days_of(season.months) & days_of(other.months))
    except NotAGridError:
        return True


def _groups(before: str, week: Week, add: bool = False) -> list[str]:
    """Rules for the open days, those alike in one."""
    alike: dict[tuple[Span, ...], list[int]] = {}
    for day, spans in enumerate(week):
        if spans:
            alike.setdefault(spans, []).append(day)
    rules: list[str] = []
    for spans, days in alike.items():
        timed = _timed(f"{before} {_weekdays(days)}".strip(), spans)
        rules += [f", {timed[0]}", *timed[1:]] if add and rules else timed
    return rules


def _timed(when: str, spans: tuple[Span, ...]) -> list[str]:
    """One rule for the spans with the same comment, further ones added to it."""
    rules: list[str] = []
    for comment, alike in groupby(spans, _comment):
        times = ",".join(f"{span.opens:%H:%M}-{_closes(span.closes)}" for span in alike)
        rules.append(f"{', ' if rules else ''}{when} {times}{comment}")
    return rules


def _closes(closes: time) -> str:
    return "24:00" if closes == MIDNIGHT else f"{closes:%H:%M}"


def _comment(span: Span) -> str:
    return _quoted(span.comment)


def _quoted(remark: str) -> str:
    """« "enfants"», with a quote of its own as another sign: the string knows no escape."""
    text = " ".join(remark.replace('"', "”").split())
    return f' "{text}"' if text else ""


def _weekdays(days: Iterable[int]) -> str:
    """«Mo-Fr», «Mo,Tu», «We-Fr,Su»."""
    days = list(days)
    breaks = [n for n, (day, following) in enumerate(pairwise(days), 1) if following - day != 1]
    runs = [days[start:end] for start, end in pairwise([0, *breaks, len(days)])]
    return ",".join(
        f"{WEEKDAYS[run[0]]}-{WEEKDAYS[run[-1]]}" if len(run) > 2 else ",".join(WEEKDAYS[day] for day in run)
        for run in runs
    )


def _exception(exception: ExceptionDay) -> list[str]:
    first, last = (_date(day, exception.every_year) for day in (exception.first, exception.last))
    when = first if exception.first == exception.last else f"{first}-{last}"
    if not exception.spans:
        return [f"{when} off{_quoted(exception.remark)}"]
    return _timed(
        when, tuple(span if span.remark else span._replace(remark=exception.remark) for span in exception.spans)
    )


def _date(day: date, every_year: bool) -> str:
    text = f"{MONTHS[day.month - 1]} {day.day}"
    return text if every_year else f"{day.year} {text}"
