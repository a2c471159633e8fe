"""Activities as iCalendar (RFC 5545): each set of sessions an event that repeats by rule, or on listed days."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, BinaryIO, Final
from uuid import NAMESPACE_URL, uuid5

from pointinfo.clock import ZONE
from pointinfo.database.schema import Schedule, Wording
from pointinfo.directory.exchange.outgoing import Outgoing
from pointinfo.directory.fields import public
from pointinfo.directory.hours import Calendar
from pointinfo.directory.hours.rules import WEEKDAYS
from pointinfo.directory.record import EntryRecord

if TYPE_CHECKING:
    from icalendar import Event

HORIZON: Final = timedelta(days=366)
"""How far ahead the first session of a rule is looked for."""


def write_icalendar(stream: BinaryIO, records: Iterable[EntryRecord], outgoing: Outgoing) -> int:
    """One calendar with the sessions of all entries to which one may refer; returns how many events.

    Sessions limited to school terms or holidays are left out where no school holidays are known: a wrong day is
    worse than none.
    """
    from icalendar import Calendar as Diary  # noqa: PLC0415 -- 0.2 s

    diary = Diary()
    diary.add("prodid", "-//PointInfo//FR")
    diary.add("version", "2.0")
    diary.add("calscale", "GREGORIAN")
    count = 0
    for record in map(public, records):
        if record.status != "active":
            continue
        for event in _events(record, outgoing):
            diary.add_component(event)
            count += 1
    diary.add_missing_timezones()
    stream.write(diary.to_ical())
    return count


def _events(record: EntryRecord, outgoing: Outgoing) -> Iterator["Event"]:
    from icalendar import Event, vRecur  # noqa: PLC0415

    alike: Counter[str] = Counter()
    for schedule in filter(_is_readable, record.schedules):
        days = listed_days(schedule, outgoing.today, outgoing.calendar)
        rule = repeat_rule(schedule)
        start = days[0] if days else first_day(schedule, outgoing.today) if rule else None
        if start is None:
            continue
        event = Event()
        identity = _identity(schedule)
        alike[identity] += 1
        event.add("uid", f"{uuid5(NAMESPACE_URL, f'pointinfo/{record.uid}/{identity}/{alike[identity]}')}@pointinfo")
        event.add("dtstamp", datetime.combine(outgoing.today, time(0), ZONE))
        event.add("dtstart", _moment(start, schedule.starts))
        if schedule.ends:
            over = timedelta(days=schedule.ends <= schedule.starts)
            event.add("dtend", _moment(start + over, schedule.ends))
        if days:
            for day in days[1:]:
                event.add("rdate", _moment(day, schedule.starts))
        elif rule:
            event.add("rrule", vRecur.from_ical(rule))
            for day in _cancelled(schedule):
                event.add("exdate", _moment(day, schedule.starts))
        _describe(event, record, schedule, outgoing)
        yield event


def _describe(event: "Event", record: EntryRecord, schedule: Schedule, outgoing: Outgoing) -> None:
    name = f"{record.name} – {schedule.label}" if schedule.label else record.name
    event.add("summary", name)
    wording = record.wordings.get("fr") or next(iter(record.wordings.values()), Wording())
    lines = (wording.summary, schedule.price or wording.fee, wording.how_to_apply)
    text = "\n".join(filter(None, lines))
    if text:
        event.add("description", text)
    place = ", ".join(filter(None, (record.street, f"{record.postcode} {record.city}".strip())))
    if place:
        event.add("location", place)
    if record.latitude is not None and record.longitude is not None:
        event.add("geo", (record.latitude, record.longitude))
    page = next((each.value for each in record.contacts if each.kind == "web"), "")
    if page.startswith(("http://", "https://")):
        event.add("url", page)
    phone = next((each.value for each in record.contacts if each.kind == "phone"), "")
    if phone:
        event.add("contact", phone)
    topics = [outgoing.label("topic", code) for code in record.terms.get("topic", ())]
    if topics:
        event.add("categories", topics)


def _is_readable(schedule: Schedule) -> bool:
    """Whether every day and time of it is one, and its weeks can be counted."""
    try:
        time.fromisoformat(schedule.starts)
        time.fromisoformat(schedule.ends or "00:00")
        for day in filter(None, (schedule.first, schedule.last, *schedule.dates, *schedule.cancelled)):
            date.fromisoformat(day)
    except ValueError:
        return False
    counted = schedule.every == 1 or bool(schedule.first or schedule.nth or schedule.dates)
    return counted and set(schedule.weekdays) <= set(range(7)) and schedule.nth in {-1, 0, 1, 2, 3, 4}


def repeat_rule(schedule: Schedule) -> str:
    """«FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=MO;UNTIL=…»; "" when the sessions follow no rule that iCalendar has."""
    if not schedule.weekdays or schedule.school or schedule.dates:
        return ""
    names = [WEEKDAYS[day].upper() for day in schedule.weekdays]
    until = ""
    if schedule.last:
        end = datetime.combine(date.fromisoformat(schedule.last), time(23, 59, 59), ZONE)
        until = f";UNTIL={(end - (end.utcoffset() or timedelta())).strftime('%Y%m%dT%H%M%SZ')}"
    if schedule.nth:
        return f"FREQ=MONTHLY;BYDAY={','.join(f'{schedule.nth}{name}' for name in names)}{until}"
    every = f";INTERVAL={schedule.every}" if schedule.every > 1 else ""
    return f"FREQ=WEEKLY{every};BYDAY={','.join(names)};WKST=MO{until}"


def first_day(schedule: Schedule, today: date) -> date | None:
    """The first session: from `first`, else from the beginning of this year; None when there is none."""
    begins = date.fromisoformat(schedule.first) if schedule.first else date(today.year, 1, 1)
    ends = date.fromisoformat(schedule.last) if schedule.last else begins + HORIZON
    return next(_regular_days(schedule, begins, ends), None)


def listed_days(schedule: Schedule, today: date, calendar: Calendar) -> list[date]:
    """The sessions one by one, where they follow no rule: on chosen dates, or limited to school terms or holidays."""
    if schedule.dates:
        return sorted({date.fromisoformat(day) for day in schedule.dates} - set(_cancelled(schedule)))
    known = calendar.school_holidays
    if not (schedule.weekdays and schedule.school and known):
        return []
    begins = date.fromisoformat(schedule.first) if schedule.first else today
    end = max(last for _first, last in known)
    if schedule.last:
        end = min(end, date.fromisoformat(schedule.last))
    days = [
        day
        for day in _regular_days(schedule, begins, end)
        if any(first <= day <= last for first, last in known) == (schedule.school == "holidays")
    ]
    return [day for day in days if day not in _cancelled(schedule)]


def _regular_days(schedule: Schedule, begins: date, end: date) -> Iterator[date]:
    """The days of the rule from `begins` to `end`; weeks are counted from that of `begins`."""
    monday = begins - timedelta(days=begins.weekday())
    day = begins
    while day <= end:
        in_week = (day - monday).days // 7 % max(1, schedule.every) == 0
        if day.weekday() in schedule.weekdays and (in_month(day, schedule.nth) if schedule.nth else in_week):
            yield day
        day += timedelta(days=1)


def in_month(day: date, nth: int) -> bool:
    """Whether it is the nth such weekday of its month, -1 for the last."""
    if nth == -1:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == nth


def _cancelled(schedule: Schedule) -> list[date]:
    return [date.fromisoformat(day) for day in schedule.cancelled]


def _identity(schedule: Schedule) -> str:
    """What stays when hours, dates or prices of the same sessions are changed."""
    return f"{schedule.label}/{','.join(map(str, schedule.weekdays))}/{schedule.nth}/{schedule.school}"


def _moment(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZONE)
