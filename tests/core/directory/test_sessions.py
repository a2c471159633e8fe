"""An activity's meetings: expanded as a calendar would, told as a person would, and what is odd in them."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pointinfo.clock import ZONE
from pointinfo.database.schema import Schedule
from pointinfo.directory.hours import Calendar
from pointinfo.directory.sessions import Meeting, days, meetings, next_meetings
from pointinfo.directory.sessions_words import details, lines, next_words, problems, recurrence
from pointinfo.i18n import words

FRENCH = words("fr")
ENGLISH = words("en")
TODAY = date(2026, 11, 23)
MONDAY = datetime(2026, 11, 23, 10, 12, tzinfo=ZONE)
SCHOOL = Calendar(
    school_holidays=((date(2026, 10, 19), date(2026, 10, 23)), (date(2026, 12, 24), date(2027, 1, 8))),
)


def on(schedule: Schedule, first: date, last: date, calendar: Calendar = SCHOOL) -> list[date]:
    return [meeting.day for meeting in meetings([schedule], first, last, calendar)]


def naive(schedule: Schedule, day: date, calendar: Calendar) -> bool:
    """Whether a schedule meets on a day, as one would find it with a finger on a wall calendar."""
    if schedule.dates:
        return day.isoformat() in schedule.dates
    if day.weekday() not in schedule.weekdays:
        return False
    if (schedule.first and day < date.fromisoformat(schedule.first)) or (
        schedule.last and day > date.fromisoformat(schedule.last)
    ):
        return False
    if schedule.school:
        if not any(day <= last for _first, last in calendar.school_holidays):
            return False  # nobody knows yet
        off = any(first <= day <= last for first, last in calendar.school_holidays)
        if off != (schedule.school == "holidays"):
            return False
    if schedule.nth == -1:
        return (day + timedelta(days=7)).month != day.month
    if schedule.nth:
        return (day.day - 1) // 7 + 1 == schedule.nth
    if schedule.every > 1:
        if not schedule.first:
            return False
        first = date.fromisoformat(schedule.first)
        monday, own = first - timedelta(days=first.weekday()), day - timedelta(days=day.weekday())
        return (own - monday).days // 7 % schedule.every == 0
    return True


dates = st.dates(date(2025, 1, 1), date(2028, 12, 31))
iso = dates.map(date.isoformat)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    return Schedule(
        starts=draw(st.sampled_from(("09:00", "14:30"))),
        weekdays=tuple(draw(st.lists(st.integers(0, 6), max_size=3, unique=True))),
        every=draw(st.sampled_from((1, 1, 2, 3, 5))),
        nth=draw(st.sampled_from((0, 0, 1, 2, 4, -1))),
        school=draw(st.sampled_from(("", "", "terms", "holidays"))),
        first=draw(st.just("") | iso),
        last=draw(st.just("") | iso),
        dates=tuple(draw(st.just([]) | st.lists(iso, max_size=4))),
        cancelled=tuple(draw(st.lists(iso, max_size=3))),
    )


@settings(max_examples=400, deadline=None)
@given(schedules(), dates, st.integers(0, 150), st.lists(st.tuples(dates, st.integers(0, 60)), max_size=3))
def test_the_meetings_are_those_a_finger_finds_day_by_day(
    schedule: Schedule, first: date, length: int, holidays: list[tuple[date, int]]
) -> None:
    calendar = Calendar(school_holidays=tuple((day, day + timedelta(days=more)) for day, more in holidays))
    window = [first + timedelta(days=n) for n in range(length + 1)]
    expected = [day for day in window if naive(schedule, day, calendar)]
    assert days(schedule, window[0], window[-1], calendar) == expected
    held = [day for day in expected if day.isoformat() not in schedule.cancelled]
    assert on(schedule, window[0], window[-1], calendar) == held
    everything = meetings([schedule], window[0], window[-1], calendar, cancelled=True)
    assert [meeting.day for meeting in everything] == expected
    assert [meeting.day for meeting in everything if not meeting.cancelled] == held


@settings(max_examples=200, deadline=None)
@given(st.lists(schedules(), max_size=3), dates, st.integers(0, 23))
def test_the_next_meetings_are_the_first_that_are_not_over(several: list[Schedule], day: date, hour: int) -> None:
    now = datetime(day.year, day.month, day.day, hour, 15, tzinfo=ZONE)
    coming = next_meetings(several, now, SCHOOL)
    everything = meetings(several, day - timedelta(days=1), day + timedelta(days=400), SCHOOL)
    assert coming == [meeting for meeting in everything if meeting.finishes > now][:3]


@settings(max_examples=200, deadline=None)
@given(
    st.builds(
        Schedule,
        st.text(max_size=6),
        st.text(max_size=6),
        first=st.text(max_size=11),
        last=st.text(max_size=11),
        weekdays=st.lists(st.integers(-2, 9), max_size=3).map(tuple),
        every=st.integers(-1, 4),
        nth=st.integers(-3, 7),
        dates=st.lists(st.text(max_size=11), max_size=2).map(tuple),
        register_by=st.text(max_size=10),
        school=st.sampled_from(("", "terms", "holidays", "x")),
    )
)
def test_nonsense_from_an_import_is_no_meeting_and_no_crash(schedule: Schedule) -> None:
    for speaks in (FRENCH, ENGLISH):
        problems([schedule], speaks, SCHOOL, TODAY)
        lines([schedule], speaks, SCHOOL, MONDAY)
    meetings([schedule], date(2026, 1, 1), date(2027, 1, 1), SCHOOL)


WEDNESDAYS = Schedule("14:00", "16:00", weekdays=(2,))


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        (WEDNESDAYS, "chaque mercredi 14:00–16:00"),
        (Schedule("14:00", "16:00", weekdays=(2,), school="terms"), "chaque mercredi 14:00–16:00, en période scolaire"),
        (Schedule("09:00", weekdays=(0, 3)), "chaque lundi et jeudi 9:00"),
        (Schedule("09:00", weekdays=(0, 2, 4)), "chaque lundi, mercredi et vendredi 9:00"),
        (Schedule("09:00", "12:00", weekdays=(0, 1, 2, 3, 4), school="holidays"),
         "du lundi au vendredi 9:00–12:00, pendant les vacances scolaires"),
        (Schedule("20:00", "01:00", weekdays=(4,), every=2, first="2026-09-04"),
         "chaque vendredi 20:00–1:00, toutes les 2 semaines"),
        (Schedule("10:00", "12:00", weekdays=(1,), nth=1), "1er mardi du mois 10:00–12:00"),
        (Schedule("10:00", weekdays=(5,), nth=-1), "dernier samedi du mois 10:00"),
        (Schedule("10:00", weekdays=(5,), first="2027-01-09", last="2027-06-26"),
         "chaque samedi 10:00, du 9 janvier 2027 au 26 juin 2027"),
        (Schedule("10:00", weekdays=(5,), first="2027-01-09"), "chaque samedi 10:00, dès le 9 janvier 2027"),
        (Schedule("10:00", weekdays=(5,), first="2026-01-09"), "chaque samedi 10:00"),
        (Schedule("10:00", weekdays=(5,), first="2026-01-09", last="2026-12-19"),
         "chaque samedi 10:00, jusqu’au 19 décembre 2026"),
        (Schedule("14:00", "16:00", dates=("2026-12-05", "2026-10-03", "2026-11-07")),
         "3 dates du 3 octobre 2026 au 5 décembre 2026, 14:00–16:00"),
        (Schedule("14:00", dates=("2027-05-01",)), "le 1er mai 2027, 14:00"),
        (Schedule("14:00", weekdays=tuple(range(7))), "tous les jours 14:00"),
    ],
)  # fmt: skip
def test_a_schedule_is_told_as_a_person_would(schedule: Schedule, said: str) -> None:
    assert recurrence(schedule, FRENCH, TODAY) == said
    assert recurrence(schedule, ENGLISH, TODAY)


def test_the_card_tells_details_next_dates_and_what_is_cancelled() -> None:
    course = Schedule(
        "14:00",
        "16:00",
        label="Atelier",
        weekdays=(2,),
        cancelled=("2026-12-02",),
        age_from=6,
        age_to=10.5,
        price="CHF 5.–",
        register_by="2026-11-30",
        places_left=3,
    )
    assert lines([course], FRENCH, SCHOOL, MONDAY) == (
        "Atelier : chaque mercredi 14:00–16:00",
        "de 6 à 10,5 ans · CHF 5.– · inscription jusqu’au 30 novembre 2026 · 3 places libres",
        "Prochaines dates : mer. 25 nov. 14:00, mer. 9 déc. 14:00, mer. 16 déc. 14:00",
        "Annulé : mer. 2 déc. 14:00",
    )
    assert details(Schedule("9:00", register_by="2026-11-01", places_left=0), FRENCH, TODAY) == (
        "inscriptions closes depuis le 1er novembre 2026",
        "complet",
    )
    assert lines([course], FRENCH, SCHOOL, None) == lines([course], FRENCH, SCHOOL, MONDAY)[:2]


def test_school_terms_without_known_holidays_are_a_doubt() -> None:
    terms = Schedule("14:00", weekdays=(2,), school="terms")
    assert lines([terms], FRENCH, Calendar(), MONDAY)[-1] == "vacances scolaires : à vérifier"
    assert "vacances scolaires : à vérifier" not in lines([terms], FRENCH, SCHOOL, MONDAY)


def test_beyond_the_school_holidays_that_are_known_no_date_is_told_but_a_doubt() -> None:
    known = Calendar(school_holidays=((date(2026, 12, 24), date(2027, 1, 8)), (date(2027, 2, 15), date(2027, 2, 19))))
    course = Schedule("14:00", weekdays=(2,), school="terms", first="2026-11-18", last="2027-06-30")
    assert on(course, date(2026, 1, 1), date(2027, 12, 31), known)[-1] == date(2027, 2, 10)
    doubt = "vacances scolaires : à vérifier"
    assert doubt not in lines([course], FRENCH, known, MONDAY)
    late = lines([course], FRENCH, known, datetime(2027, 2, 1, 9, tzinfo=ZONE))
    assert late[-2:] == ("Prochaines dates : mer. 3 févr. 14:00, mer. 10 févr. 14:00", doubt)
    assert lines([course], FRENCH, known, datetime(2027, 3, 1, 9, tzinfo=ZONE))[-1] == doubt
    assert doubt not in lines([course], FRENCH, known, datetime(2027, 7, 1, 9, tzinfo=ZONE))
    unnoted = (0, "Les vacances scolaires ne sont pas encore notées dans les réglages.")
    assert problems([course], FRENCH, known, TODAY) == []
    assert problems([course], FRENCH, known, date(2027, 3, 1)) == [unnoted]
    assert problems([course], FRENCH, known, date(2027, 7, 1)) == [(0, "Toutes les séances sont passées.")]
    spring = Schedule("14:00", weekdays=(2,), school="terms", first="2027-03-01", last="2027-06-30")
    assert problems([spring], FRENCH, known, TODAY) == [unnoted]
    assert problems([spring], FRENCH, Calendar(), TODAY) == [unnoted]


def test_the_next_meeting_in_words() -> None:
    [first, *_later] = next_meetings([WEDNESDAYS], MONDAY, SCHOOL)
    assert first == Meeting(date(2026, 11, 25), time(14), time(16), 0)
    assert next_words(first, MONDAY, FRENCH) == "prochaine séance mercredi 14:00"
    assert next_words(first, MONDAY + timedelta(days=1), FRENCH) == "prochaine séance demain 14:00"
    assert next_words(first, MONDAY + timedelta(days=2), FRENCH) == "prochaine séance aujourd’hui 14:00"
    assert next_words(first, datetime(2026, 11, 25, 15, tzinfo=ZONE), FRENCH) == "séance en cours jusqu’à 16:00"


def test_a_meeting_on_a_public_holiday_is_a_doubt_unless_somebody_chose_the_date() -> None:
    fridays = Schedule("10:00", weekdays=(4,))
    chosen = Schedule("10:00", dates=("2026-12-25",))
    christmas = date(2026, 12, 25)
    assert [meeting.doubtful for meeting in meetings([fridays], christmas, christmas, SCHOOL)] == [True]
    assert [meeting.doubtful for meeting in meetings([chosen], christmas, christmas, SCHOOL)] == [False]
    [meeting, *_later] = next_meetings([fridays], datetime(2026, 12, 24, 9, tzinfo=ZONE), SCHOOL)
    assert next_words(meeting, datetime(2026, 12, 24, 9, tzinfo=ZONE), FRENCH) == (
        "prochaine séance demain 10:00 (jour férié : à vérifier)"
    )


def test_a_night_goes_on_after_midnight() -> None:
    party = Schedule("20:00", "01:00", weekdays=(6,))
    [meeting, *_later] = next_meetings([party], datetime(2026, 11, 23, 0, 30, tzinfo=ZONE), SCHOOL)
    assert meeting.day == date(2026, 11, 22)
    assert next_words(meeting, datetime(2026, 11, 23, 0, 30, tzinfo=ZONE), FRENCH) == "séance en cours jusqu’à 1:00"


@pytest.mark.parametrize(
    ("schedule", "sentence"),
    [
        (Schedule("", weekdays=(2,)), "Il manque l’heure de début."),
        (Schedule("9:00", weekdays=(2,)), "Il manque l’heure de début."),
        (Schedule("14:00", "13:00", weekdays=(2,)), "La séance de 14:00–13:00 finit après minuit, le lendemain."),
        (Schedule("14:00", "14:00", weekdays=(2,)), "La séance finit à l’heure où elle commence."),
        (Schedule("14:00"), "Il manque le jour de la semaine, ou des dates."),
        (Schedule("14:00", weekdays=(2,), first="2026-13-01"), "« 2026-13-01 » n’est pas une date."),
        (Schedule("14:00", weekdays=(2,), first="2027-01-01", last="2026-01-01"),
         "La dernière date vient avant la première."),
        (Schedule("14:00", weekdays=(2,), every=2),
         "Il manque la première date : on ne sait pas dans quelles semaines ont lieu les séances."),
        (Schedule("14:00", weekdays=(2,), first="2027-01-06", register_by="2027-01-10"),
         "Le délai d’inscription vient après la première séance, le 6 janvier 2027."),
        (Schedule("14:00", weekdays=(2,), first="2026-12-25", last="2027-01-08", school="terms"),
         "Aucune séance n’a lieu."),
        (Schedule("14:00", dates=("2026-12-05",), cancelled=("2026-12-05",)), "Toutes les séances sont annulées."),
        (Schedule("14:00", dates=("2026-10-05",)), "Toutes les séances sont passées."),
        (Schedule("14:00", weekdays=(2,), cancelled=("2026-12-03",)),
         "Le 3 décembre 2026 est annulé, mais il n’y a pas de séance ce jour-là."),
        (Schedule("14:00", weekdays=(2,), age_from=10, age_to=6),
         "L’âge maximum est plus petit que l’âge minimum."),
    ],
)  # fmt: skip
def test_what_is_odd_is_said_in_a_sentence(schedule: Schedule, sentence: str) -> None:
    assert (1, sentence) in problems([WEDNESDAYS, schedule], FRENCH, SCHOOL, TODAY)


def test_a_sound_schedule_has_no_problem() -> None:
    assert problems([WEDNESDAYS, Schedule("20:00", "00:00", weekdays=(4,))], FRENCH, SCHOOL, TODAY) == []
    assert problems([Schedule("14:00", weekdays=(2,), school="terms")], FRENCH, Calendar(), TODAY) != []
