"""HSDS schedules, which are iCalendar's repeat rules in columns, as opening hours and sessions, and back."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from pointinfo.database.schema import Schedule
from pointinfo.directory import hours
from pointinfo.directory.exchange import told_hours
from pointinfo.directory.exchange.foreign import Cells
from pointinfo.directory.exchange.told_hours import Span
from pointinfo.directory.hours.rules import WEEKDAYS
from pointinfo.i18n import Words

BYDAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
RARE: Final = ("byweekno", "bymonthday", "byyearday", "count")


class Times(NamedTuple):
    """Opening hours as OSM, and what meets on chosen dates only."""

    hours: str
    schedules: tuple[Schedule, ...]


class _When(NamedTuple):
    """What one row says: days with their place in the month (0 for every), and from when to when."""

    days: tuple[tuple[int, int], ...]
    span: Span
    every: int
    first: str
    last: str


def read(rows: Iterable[Cells]) -> Times:
    """The hours and sessions of rows. What can't be read is remarked, and its words kept as a remark of the hours."""
    spans: list[tuple[str, Span]] = []
    sessions: list[Schedule] = []
    told: list[str] = []
    for cells in rows:
        found = _when(cells)
        if found is None:
            told.append(cells.line("description") or cells.line("notes"))
        elif found.days and found.every == 1 and not (found.first or found.last):
            for day, nth in found.days:
                spans.append((WEEKDAYS[day] + (f"[{nth}]" if nth else ""), found.span))
        else:
            sessions.append(_session(found))
    written = told_hours.osm_of(spans) if spans else ""
    if spans and not written:
        told.append("; ".join(f"{day} {told_hours.times(span)}" for day, span in spans))
    return Times(written or told_hours.as_remark("\n".join(filter(None, told))), tuple(sessions))


def _when(cells: Cells) -> _When | None:
    _ = cells.gettext
    rare = [name for name in RARE if cells.raw(name) is not None]
    for name in rare:
        cells.refuse(name, _("Cette répétition est plus compliquée que ce qu’une fiche peut dire."))
    opens = told_hours.minutes(cells.line("opens_at"))
    closes = told_hours.minutes(cells.line("closes_at"))
    if rare or opens is None or closes is None:
        return None
    byday = [part.strip() for part in cells.line("byday").upper().split(",") if part.strip()]
    days = [BYDAY.fullmatch(part) for part in byday]
    every = cells.number("interval") or 1
    first = cells.day("dtstart") or cells.day("valid_from")
    last = cells.day("until") or cells.day("valid_to")
    monthly = cells.line("freq").upper() == "MONTHLY"
    chosen = tuple((WEEKDAYS.index(day[2].capitalize()), int(day[1] or 0)) for day in days if day)
    sensible = len(chosen) == len(byday) and every == int(every) and 1 <= every <= 52
    in_month = all(nth in {-1, 1, 2, 3, 4} for _day, nth in chosen) and every == 1 and bool(chosen)
    if not sensible or (in_month if not monthly else not in_month) or (not chosen and not first):
        cells.refuse("byday", _("Cette répétition est plus compliquée que ce qu’une fiche peut dire."))
        return None
    return _When(chosen, Span(opens, closes, cells.line("notes")), int(every), first, last)


def _session(found: _When) -> Schedule:
    starts, ends = told_hours.clock(found.span.opens), told_hours.clock(found.span.closes % (24 * 60))
    if not found.days:
        return Schedule(starts, ends, label=found.span.remark, dates=(found.first,))
    return Schedule(
        starts,
        ends,
        label=found.span.remark,
        weekdays=tuple(sorted({day for day, _nth in found.days})),
        every=found.every,
        nth=found.days[0][1],
        first=found.first,
        last=found.last,
    )


def rows_of_hours(expression: str, words: Words) -> Iterator[dict[str, Any]]:
    """The rows of an OSM string: a regular week by its days, anything else in words."""
    if not expression:
        return
    said = "\n".join(hours.in_sentence(expression, words))
    weeks = hours.seasons(expression)
    regular = len(weeks) == 1 and not weeks[0].months and not hours.notes(expression, words)
    if not regular:
        yield {"description": said or expression.strip('"')}
        return
    alike: dict[tuple[str, str, str], list[str]] = {}
    for day in weeks[0].days:
        for slot in day.slots:
            key = (f"{slot.opens:%H:%M}", f"{slot.closes:%H:%M}", slot.remark)
            alike.setdefault(key, []).append(WEEKDAYS[day.weekday].upper())
    for (opens, closes, remark), days in alike.items():
        yield {
            "freq": "WEEKLY",
            "byday": ",".join(days),
            "opens_at": opens,
            "closes_at": "24:00" if closes == "00:00" else closes,
            **({"notes": remark} if remark else {}),
        }


def rows_of_sessions(schedules: Iterable[Schedule]) -> Iterator[dict[str, Any]]:
    """The rows of an activity's sessions; single dates one by one."""
    for each in schedules:
        times = {"opens_at": each.starts, "closes_at": each.ends or each.starts, "notes": each.label}
        said = {name: value for name, value in times.items() if value}
        for day in each.dates:
            yield {"dtstart": day, **said}
        if each.weekdays:
            names = [WEEKDAYS[day].upper() for day in each.weekdays]
            yield {
                "freq": "MONTHLY" if each.nth else "WEEKLY",
                "interval": each.every,
                "byday": ",".join(f"{each.nth}{name}" if each.nth else name for name in names),
                **({"dtstart": each.first} if each.first else {}),
                **({"until": each.last} if each.last else {}),
                **said,
            }
