"""Activities as iCalendar (RFC 5545): each set of sessions an event that repeats by rule, or on listed days."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, BinaryIO
from uuid import NAMESPACE_URL, uuid5

from pointinfo.clock import ZONE
from pointinfo.database.schema import Schedule, Wording
from pointinfo.directory.exchange.outgoing import Outgoing
from pointinfo.directory.fields import public
from pointinfo.directory.hours import Calendar
from pointinfo.directory.hours.rules import WEEKDAYS
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.sessions import AHEAD, clock_of, day_of, days, goes_beyond

if TYPE_CHECKING:
    from icalendar import Event


def write_icalendar(stream: BinaryIO, records: Iterable[EntryRecord], outgoing: Outgoing) -> int:
    """One calendar with the sessions of all entries to which one may refer; returns how many events.

    When they are is what `sessions` says, as on a card: none beyond the school holidays that are known.
    """
    from icalendar import Calendar as Diary  # noqa: PLC0415 -- 0.2 s

    diary = Diary()
    diary.add("prodid", "-//PointInfo//FR")
    diary.add("version", "2.0")
    diary.add("calscale", "GREGORIAN")
    count = without = 0
    for record in map(public, records):
        if record.status != "active":
            continue
        for event in _events(record, outgoing):
            diary.add_component(event)
            count += 1
        without += any(_waits_for_school(each, outgoing) for each in record.schedules)
    if without:
        said = outgoing.words.ngettext(
            "{count} activité manque au calendrier : elle suit les vacances scolaires, dont les dates ne sont pas dans "
            "les réglages. Ajoutez-les, puis exportez à nouveau.",
            "{count} activités manquent au calendrier : elles suivent les vacances scolaires, dont les dates ne sont "
            "pas dans les réglages. Ajoutez-les, puis exportez à nouveau.",
            without,
        )
        outgoing.tell(said.format(count=without))
    diary.add_missing_timezones()
    stream.write(diary.to_ical())
    return count


def _events(record: EntryRecord, outgoing: Outgoing) -> Iterator["Event"]:
    from icalendar import Event, vRecur  # noqa: PLC0415

    alike: Counter[str] = Counter()
    for schedule in filter(_is_readable, record.schedules):
        rule = repeat_rule(schedule)
        gone = {day for day in map(day_of, schedule.cancelled) if day}
        known = _days(schedule, outgoing.today, outgoing.calendar)
        held = known if rule else [day for day in known if day not in gone]
        if not held:
            continue
        event = Event()
        identity = _identity(schedule)
        alike[identity] += 1
        event.add("uid", f"{uuid5(NAMESPACE_URL, f'pointinfo/{record.uid}/{identity}/{alike[identity]}')}@pointinfo")
        event.add("dtstamp", datetime.combine(outgoing.today, time(0), ZONE))
        event.add("dtstart", _moment(held[0], schedule.starts))
        if schedule.ends:
            over = timedelta(days=schedule.ends <= schedule.starts)
            event.add("dtend", _moment(held[0] + over, schedule.ends))
        for day in held[1:]:
            event.add("rdate", _moment(day, schedule.starts))
        if rule:
            event.add("rrule", vRecur.from_ical(rule))
            for day in sorted(gone):
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


def _waits_for_school(schedule: Schedule, outgoing: Outgoing) -> bool:
    """Whether it has sessions to come that nobody can date: no school holidays are known for them."""
    last = day_of(schedule.last)
    if not _is_readable(schedule) or (last and last < outgoing.today):
        return False
    return goes_beyond(schedule, outgoing.calendar) and not _days(schedule, outgoing.today, outgoing.calendar)


def _is_readable(schedule: Schedule) -> bool:
    """Whether its times are some; of its days, only those that are one count."""
    return clock_of(schedule.starts) is not None and (not schedule.ends or clock_of(schedule.ends) is not None)


def repeat_rule(schedule: Schedule) -> str:
    """«FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=MO;UNTIL=…»; "" when the sessions follow no rule that iCalendar has."""
    if schedule.school or schedule.dates:
        return ""
    names = [WEEKDAYS[day].upper() for day in sorted(set(schedule.weekdays)) if 0 <= day <= 6]
    until, last = "", day_of(schedule.last)
    if last:
        end = datetime.combine(last, time(23, 59, 59), ZONE)
        until = f";UNTIL={(end - (end.utcoffset() or timedelta())).strftime('%Y%m%dT%H%M%SZ')}"
    if schedule.nth:
        return f"FREQ=MONTHLY;BYDAY={','.join(f'{schedule.nth}{name}' for name in names)}{until}"
    every = f";INTERVAL={schedule.every}" if schedule.every > 1 else ""
    return f"FREQ=WEEKLY{every};BYDAY={','.join(names)};WKST=MO{until}"


def _days(schedule: Schedule, today: date, calendar: Calendar) -> list[date]:
    """The sessions that are known, cancelled ones too: all where they follow no rule of iCalendar, else the first.

    What has no beginning is told from the first of this year, of school terms and holidays from today.
    """
    if schedule.dates:
        return days(schedule, date.min, date.max, calendar)
    begins = day_of(schedule.first)
    if schedule.school:
        return days(schedule, begins or today, date.max, calendar)
    begins = begins or date(today.year, 1, 1)
    return days(schedule, begins, begins + timedelta(days=AHEAD), calendar)[:1]


def _identity(schedule: Schedule) -> str:
    """What stays when hours, dates or prices of the same sessions are changed."""
    return f"{schedule.label}/{','.join(map(str, schedule.weekdays))}/{schedule.nth}/{schedule.school}"


def _moment(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZONE)
