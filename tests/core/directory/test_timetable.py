"""The hours grid: what a clerk sees in it is what its string says, and nothing of a string is lost."""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pointinfo import paths
from pointinfo.clock import ZONE
from pointinfo.directory.hours import Calendar, check, state
from pointinfo.directory.hours.calendar import public_holidays
from pointinfo.directory.hours.grid import asks_appointment
from pointinfo.directory.hours.timetable import (
    CLOSED_WEEK,
    ExceptionDay,
    PublicHolidays,
    SeasonWeek,
    Span,
    Timetable,
    Week,
    fortnight,
    holiday_name,
    problems,
    read,
    season_name,
    write,
)
from pointinfo.i18n import words

FRENCH = words("fr")
ENGLISH = words("en")
SCHOOL = Calendar(
    extra_closed=(date(2027, 5, 1),),
    school_holidays=(
        (date(2026, 10, 19), date(2026, 10, 23)),
        (date(2026, 12, 24), date(2027, 1, 8)),
        (date(2027, 6, 28), date(2027, 8, 20)),
    ),
)
TRICKY: Final = (
    "Fr 22:00-02:00, Sa 10:00-12:00",
    "Mo-Fr 08:30-12:00; PH off; SH off",
    "Mo-Fr 08:00-12:00; PH,SH off",
    "24/7; SH off",
    "24/7; PH off",
    '24/7 "sur rendez-vous"',
    '"sur rendez-vous"',
    '"sur rendez-vous"; PH off',
    "PH off",
    "off",
    'Mo-Fr 08:00-17:00; Jul-Aug Mo-Fr 09:00-12:00; Dec 24-Jan 2 off "fermeture annuelle"',
    "Mo-Fr 08:00-17:00; 2026 Dec 24 08:00-12:00; PH off",
    'Mo-Fr 08:00-17:00; 2026 Dec 24-2027 Jan 3 off; 2027 Jan 4 10:00-12:00 "reprise"',
    "Mo-Fr 08:00-17:00; SH Mo-Fr 09:00-12:00",
    "Mo-Fr 08:00-17:00; Jul-Aug SH Mo-Fr 09:00-12:00; Jul-Aug Mo-Fr 10:00-12:00",
    "Mo-Sa 08:00-17:00; SH Mo-Fr 09:00-12:00; Jul-Aug Mo-Fr 10:00-12:00",
    "Mar 15-Oct 31 Mo-Fr 08:00-19:00; Nov 1-Mar 14 Mo-Fr 08:00-17:00",
    "Mo-Fr 08:00-12:00; PH Mo-Fr 08:00-12:00",
    'We 10:00-13:00 "enfants", We 14:00-18:00 "uniquement sur rdv"',
    'Mo-Fr 08:00-12:00 "sur rendez-vous, enfants"',
    "Mo, We 10:00-12:00",
    "Mo-Fr 08:00-12:00; Dec 25, Dec 26 off",
    "Mo-Fr 08:00-12:00; Dec 24-26 off",
    "Mo-Su 08:00-08:00",
    "Mo-Fr 08:00-12:00; We off",
    "Mo-Fr 08:00-12:00, We 14:00-16:00",
    "mo-fr 8:00-12:00",
    "09:00-17:00",
    "Jul-Aug 09:00-17:00",
    "Nov-Feb Sa 10:00-16:00; Nov-Feb PH off",
    "Mo-Su 22:00-26:00",
    "Mo-Fr 00:00-24:00",
)
"""Strings a grid can show; those of the sample directory come with them."""

NOT_A_GRID: Final = (
    "lundi matin",
    "Mo-Fr 09:00+",
    "Mo[1] 10:00-12:00",
    "Mo-Fr sunrise-sunset",
    "week 1-53/2 Mo 10:00-12:00",
    'Mo-Fr 08:00-12:00 || "répondeur"',
    '"uniquement sur rendez-vous, le soir"',
    "2026 Mo-Fr 08:00-12:00",
    "2026 Jul 13-2026 Aug 21 Mo-Fr 08:00-12:00",
    "easter off",
    "Mo-Fr 08:00-12:00; PH +1 day off",
    "Mo-Fr 08:00-12:00 unknown",
    "Mo-Fr 08:00-12:00; Mo 09:00-10:00 off",
    "Fr 22:00-02:00; Sa 10:00-12:00",  # by the grammar the second rule cuts the night at midnight
    "Mo-Fr 08:00-12:00; Dec 25 10:00-12:00; PH off",  # Christmas: closed after all
    "Dec 9 off; Mo-Su 08:00-12:00",  # the later rule wins: never closed
    "Mo-Fr 08:00-12:00; PH off; SH Mo-Fr 09:00-10:00",  # open on a holiday within the school's
    "Mo-Fr 08:00-12:00; PH Mo 10:00-12:00",
    "Mo-Fr 08:00-12:00; 2026 Feb 30 off",
    "; ".join(["Mo-Fr 08:00-12:00"] * 300),
)


def _sample() -> set[str]:
    """Every hours string of the sample directory."""

    def strings(value: object) -> set[str]:
        if isinstance(value, dict):
            own = {value["hours"]} if isinstance(value.get("hours"), str) and value["hours"] else set()
            return own.union(*map(strings, value.values()))
        return set[str]().union(*map(strings, value)) if isinstance(value, list) else set()

    file: Path = paths.resources() / "sample" / "directory_geneve.jsonl"
    return set[str]().union(*(strings(json.loads(line)) for line in file.read_text("utf-8").splitlines()))


SAMPLE: Final = tuple(sorted(_sample()))


# Both ways


@pytest.mark.parametrize("expression", [*SAMPLE, *TRICKY])
def test_a_string_says_the_same_after_it_went_through_the_grid(expression: str) -> None:
    grid = read(expression)
    assert grid is not None
    written = write(grid)
    check(written)
    assert read(written) == grid
    assert write(grid) == written
    moment = datetime(2026, 9, 1, 0, 1, tzinfo=ZONE)
    while moment < datetime(2027, 9, 5, tzinfo=ZONE):
        for calendar in (SCHOOL, Calendar()):
            assert state(written, moment, calendar) == state(expression, moment, calendar), moment
        moment += timedelta(hours=3, minutes=50)


def test_the_sample_is_not_empty() -> None:
    assert len(SAMPLE) >= 20


@pytest.mark.parametrize("expression", NOT_A_GRID)
def test_what_a_grid_cannot_show_without_loss_stays_text(expression: str) -> None:
    assert read(expression) is None


def test_nothing_said_is_an_empty_grid() -> None:
    assert read("") == read("  ") == Timetable()
    assert write(Timetable()) == ""


@pytest.mark.parametrize(
    ("grid", "expression"),
    [
        (Timetable((SeasonWeek("", ((Span(time(0), time(0)),),) * 7),)), "24/7"),
        (Timetable(by_appointment_only=True), '"sur rendez-vous"'),
        (
            Timetable(
                (
                    SeasonWeek("Jul-Aug", (*[(Span(time(9), time(12)),)] * 5, (), ()), CLOSED_WEEK),
                    SeasonWeek("", (*[(Span(time(8), time(12)), Span(time(14), time(18)))] * 6, ())),
                ),
                "closed",
                exceptions=(ExceptionDay(date(2026, 12, 24), date(2026, 12, 24), (), "inventaire"),),
            ),
            (
                "Mo-Sa 08:00-12:00,14:00-18:00; Jul-Aug Mo-Fr 09:00-12:00; Jul-Aug Sa off; Jul-Aug SH off; PH off; "
                '2026 Dec 24 off "inventaire"'
            ),
        ),
        (
            Timetable((SeasonWeek("", (*[(Span(time(8), time(12), True),)] * 2, *[()] * 5)),), "usual"),
            'Mo,Tu 08:00-12:00 "sur rendez-vous"; PH Mo,Tu 08:00-12:00 "sur rendez-vous"',
        ),
        (
            Timetable(
                (
                    SeasonWeek(
                        "", ((), (), (Span(time(8), time(9)), Span(time(10), time(11), True, "bébés")), *[()] * 4)
                    ),
                )
            ),
            'We 08:00-09:00, We 10:00-11:00 "sur rendez-vous, bébés"',
        ),
        (
            Timetable((SeasonWeek("", (*[()] * 4, (Span(time(22), time(2)),), (Span(time(20), time(3)),), ())),)),
            "Fr 22:00-02:00, Sa 20:00-03:00",
        ),
    ],
)  # fmt: skip
def test_a_grid_is_written_as_openstreetmap_would(grid: Timetable, expression: str) -> None:
    assert write(grid) == expression


def test_by_appointment_is_per_slot_and_understood_by_the_rest_of_the_program() -> None:
    grid = read('Mo 08:00-10:00, Mo 14:00-16:00 "sur rendez-vous, enfants"')
    assert grid is not None
    assert grid.seasons[0].days[0] == (Span(time(8), time(10)), Span(time(14), time(16), True, "enfants"))
    monday = datetime(2026, 11, 23, 9, tzinfo=ZONE)
    assert state(write(grid), monday).kind == "open"
    assert state(write(grid), monday.replace(hour=15)).kind == "appointment"


def test_a_quote_in_a_remark_does_not_break_the_string() -> None:
    week = ((Span(time(8), time(9), False, 'dit "le chat"\nnoir'),), *[()] * 6)
    expression = write(Timetable((SeasonWeek("", week),)))
    check(expression)
    assert expression == 'Mo 08:00-09:00 "dit ”le chat” noir"'


def test_what_is_said_of_an_exception_goes_to_its_hours() -> None:
    day = date(2026, 12, 24)
    spans = (Span(time(8), time(9)), Span(time(10), time(11), remark="caisse"))
    expression = write(Timetable(exceptions=(ExceptionDay(day, day, spans, "veille de fête"),)))
    assert expression == '2026 Dec 24 08:00-09:00 "veille de fête", 2026 Dec 24 10:00-11:00 "caisse"'


# Any grid

REMARKS = st.sampled_from(("", "", "", "enfants", "au téléphone", "a; b || c, Mo 08:00", "PH off")) | st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters='"'), max_size=12
)


@st.composite
def slots(draw: st.DrawFn, nights: bool) -> tuple[Span, ...]:
    """The spans of a day, none before 6:00; a night ends before 5:00."""
    quarters = sorted(draw(st.lists(st.integers(24, 96), min_size=2, max_size=4, unique=True)))
    ends = list(zip(quarters[::2], quarters[1::2], strict=False))
    if nights and draw(st.booleans()):
        ends[-1] = (ends[-1][0], draw(st.integers(1, 20)))
    spans = []
    for opens, closes in ends:
        appointment, remark = draw(st.booleans()), draw(REMARKS)
        span = Span(_clock(opens), _clock(closes), appointment, remark)
        assume(" ".join(remark.split()) == remark and asks_appointment(span.comment) == appointment)
        assume(not asks_appointment(remark))
        spans.append(span)
    return tuple(spans)


def _clock(quarters: int) -> time:
    return time(quarters // 4 % 24, quarters % 4 * 15)


def weeks(nights: bool) -> st.SearchStrategy[Week]:
    return st.lists(st.just(()) | slots(nights), min_size=7, max_size=7).map(tuple)


@st.composite
def timetables(draw: st.DrawFn, nights: bool = False) -> Timetable:
    """Grids without a problem, but for the nights."""
    named = draw(
        st.sampled_from(((), (), ("Jul-Aug",), ("May,Sep", "Jul-Aug"), ("Mar 15-Oct 31", "Nov 1-Mar 14"), ("Nov-Feb",)))
    )
    months = draw(st.sampled_from(([""], []))) + list(named)
    school = st.none() | st.just(CLOSED_WEEK) | weeks(nights)
    seasons = tuple(SeasonWeek(each, draw(weeks(nights)), draw(school)) for each in months)
    filled = any(any(season.days) for season in seasons)
    treated: tuple[PublicHolidays, ...] = ("unsaid", "closed", "own", "usual")
    holidays = draw(st.sampled_from(treated if filled else treated[:3]))
    own = draw(slots(nights)) if holidays == "own" else ()
    assume(not own or any(day != own for season in seasons for day in season.days) or not seasons)
    exceptions = []
    for first in draw(st.lists(st.dates(date(2026, 1, 1), date(2028, 12, 31)), max_size=3)):
        yearly = draw(st.booleans())
        start = first.replace(year=2000, day=min(first.day, 28)) if yearly else first
        spans = draw(st.just(()) | slots(nights))
        remark = "" if spans else draw(REMARKS.filter(lambda text: " ".join(text.split()) == text))
        length = draw(st.sampled_from((0, 0, 3, 20)))
        exceptions.append(ExceptionDay(start, start + timedelta(length), spans, remark, yearly))
    only = not seasons and draw(st.booleans())
    return Timetable(seasons, holidays, own, tuple(exceptions), only)


@settings(max_examples=150, deadline=None)
@given(timetables() | timetables(nights=True))
def test_every_grid_comes_back_from_its_string(grid: Timetable) -> None:
    expression = write(grid)
    check(expression)
    assume(len(expression) <= 4000)
    assert read(expression) == grid


@settings(max_examples=60, deadline=None)
@given(timetables(), st.lists(st.datetimes(datetime(2026, 9, 1), datetime(2028, 8, 1)), min_size=1, max_size=25))  # noqa: DTZ001
def test_the_program_says_of_a_grid_what_a_person_sees_in_it(grid: Timetable, moments: list[datetime]) -> None:
    expression = write(grid)
    said = [(season.months, [*season.days, *(season.school or ())]) for season in grid.seasons]
    assume(any(not months or any(days) for months, days in said))  # else nothing is said of ordinary days
    for moment in [*moments, *_around(grid, moments)]:
        here = state(expression, moment.replace(tzinfo=ZONE), SCHOOL)
        span = next((span for span in _seen(grid, moment.date()) if _holds(span, moment.time())), None)
        kind = here.kind if not here.ahead else "closed"
        assert kind == ("closed" if span is None else "appointment" if span.by_appointment else "open"), moment


def _around(grid: Timetable, moments: list[datetime]) -> list[datetime]:
    """The same days at noon, and the special days."""
    special = [day.first for day in grid.exceptions if not day.every_year]
    special += [date(2026, 12, 25), date(2027, 8, 1), date(2026, 10, 20), date(2027, 7, 14)]
    return [datetime.combine(day, time(12)) for day in [*special, *(moment.date() for moment in moments)]]


def _seen(grid: Timetable, day: date) -> tuple[Span, ...]:
    """A day's spans as a person reads them off the grid."""
    for exception in reversed(grid.exceptions):
        years = range(day.year - 2, day.year + 1) if exception.every_year else [exception.first.year]
        for year in years:
            first = exception.first.replace(year=year)
            if first <= day <= first + (exception.last - exception.first):
                return exception.spans
    if day in public_holidays(2026, 2028, SCHOOL) and grid.public_holidays in {"closed", "own"}:
        return grid.holiday_spans
    season = next((each for each in grid.seasons if each.months and _in_season(each.months, day)), None)
    season = season or next((each for each in grid.seasons if not each.months), None)
    if season is None:
        return ()
    school = any(first <= day <= last for first, last in SCHOOL.school_holidays)
    week = season.school if school and season.school is not None else season.days
    return week[day.weekday()]


def _in_season(months: str, day: date) -> bool:
    named = {
        "Jul-Aug": {7, 8},
        "May,Sep": {5, 9},
        "Nov-Feb": {11, 12, 1, 2},
    }
    if months in named:
        return day.month in named[months]
    summer = (3, 15) <= (day.month, day.day) <= (10, 31)
    return summer == (months == "Mar 15-Oct 31")


def _holds(span: Span, clock: time) -> bool:
    return span.opens <= clock and (clock < span.closes or span.closes == time(0))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            (
                *("Mo", "Tu-Fr", "Sa,Su", "PH", "SH", "off", ";", ";", ",", "||", "08:00-12:00", "14:00-02:00", "24/7"),
                *("Jul-Aug", "Mar", "1-Apr", "2", "2026", "Dec", "24", "-26", "+", '"x"', '"sur', 'rendez-vous"'),
                *("week", "3", "[1]", "unknown", "sunrise"),
            )
        ),
        max_size=9,
    ).map(" ".join)
    | st.text(max_size=40)
)
def test_any_text_is_a_grid_without_loss_or_none(expression: str) -> None:
    grid = read(expression)
    if grid is not None:
        assert read(write(grid)) == grid
        for hour in range(0, 24 * 30, 5):
            moment = datetime(2026, 12, 20, tzinfo=ZONE) + timedelta(hours=hour)
            assert state(write(grid), moment, SCHOOL)[:3] == state(expression, moment, SCHOOL)[:3]


# What is odd


def _week(*days: tuple[Span, ...]) -> Week:
    return (*days, *[()] * (7 - len(days)))


MORNING = Span(time(8), time(12))


@pytest.mark.parametrize(
    ("grid", "place", "sentence"),
    [
        (
            Timetable((SeasonWeek("", _week((), (MORNING, Span(time(11, 30), time(14))))),)),
            "seasons/0/days/1",
            "Mardi : 8:00–12:00 et 11:30–14:00 se chevauchent.",
        ),
        (
            Timetable((SeasonWeek("", _week((MORNING,)), _week((MORNING, MORNING))),)),
            "seasons/0/school/0",
            "Lundi : 8:00–12:00 et 8:00–12:00 se chevauchent.",
        ),
        (
            Timetable((SeasonWeek("", _week((Span(time(12), time(8)),))),)),
            "seasons/0/days/0",
            "Lundi : 12:00–8:00 finit après minuit, le lendemain.",
        ),
        (
            Timetable((SeasonWeek("", _week((Span(time(22), time(9)),), (MORNING,))),)),
            "seasons/0/days/0",
            "Lundi : 22:00–9:00 empiète sur le lendemain, 8:00–12:00.",
        ),
        (
            Timetable((SeasonWeek("", _week((Span(time(8), time(8)),))),)),
            "seasons/0/days/0",
            "Lundi : 8:00–8:00 dure 24 heures.",
        ),
        (
            Timetable((SeasonWeek("", _week((Span(time(8), time(9), True, "sans attente"),))),)),
            "seasons/0/days/0",
            "Lundi : avec la remarque « sans attente », « sur rendez-vous » n’est plus compris.",
        ),
        (Timetable((SeasonWeek(),)), "seasons/0", "Aucune heure d’ouverture : toujours fermé."),
        (
            Timetable((SeasonWeek("", _week((MORNING,))), SeasonWeek("Jul-Aug"))),
            "seasons/1",
            "Saison « juillet–août » sans heures : tout est fermé.",
        ),
        (
            Timetable((SeasonWeek("juillet", _week((MORNING,))),)),
            "seasons/0",
            "La saison « juillet » n’est pas lisible. Exemples : Jul-Aug, Mar 15-Oct 31.",
        ),
        (
            Timetable((SeasonWeek("Jul-Aug", _week((MORNING,))), SeasonWeek("Aug 20-Sep 3", _week((MORNING,))))),
            "seasons/1",
            "Les saisons « juillet–août » et « 20 août–3 septembre » se chevauchent.",
        ),
        (
            Timetable((SeasonWeek("", _week((MORNING,))), SeasonWeek("Jan-Dec", _week((MORNING,))))),
            "seasons/0",
            "Les saisons « toute l’année » et « toute l’année » se chevauchent.",
        ),
        (
            Timetable(public_holidays="own", holiday_spans=(MORNING, Span(time(9), time(10)))),
            "holiday_spans",
            "Jours fériés : 8:00–12:00 et 9:00–10:00 se chevauchent.",
        ),
        (
            Timetable(exceptions=(ExceptionDay(date(2026, 12, 24), date(2026, 12, 23)),)),
            "exceptions/0",
            "L’exception finit avant de commencer.",
        ),
        (
            Timetable(exceptions=(ExceptionDay(date(2026, 12, 24), date(2026, 12, 24), (Span(time(22), time(1)),)),)),
            "exceptions/0",
            "24 décembre 2026 : 22:00–1:00 finit après minuit, le lendemain.",
        ),
        (
            Timetable((SeasonWeek("", _week((MORNING,))),), by_appointment_only=True),
            "",
            "Uniquement sur rendez-vous : les heures de la grille ne comptent pas.",
        ),
    ],
)
def test_what_is_odd_is_said_where_it_stands(grid: Timetable, place: str, sentence: str) -> None:
    assert (place, sentence) in problems(grid, FRENCH)
    assert problems(grid, ENGLISH)


@settings(max_examples=40, deadline=None)
@given(timetables())
def test_a_sound_grid_has_no_problem_but_empty_seasons(grid: Timetable) -> None:
    assert [found for found in problems(grid, FRENCH) if "fermé" not in found.sentence] == []


def test_the_whole_year_gives_way_to_a_season_without_a_problem() -> None:
    assert (
        problems(Timetable((SeasonWeek("", _week((MORNING,))), SeasonWeek("Jul-Aug", _week((MORNING,))))), FRENCH) == []
    )


@pytest.mark.parametrize(
    ("months", "name"),
    [
        ("", "toute l’année"),
        ("Jul-Aug", "juillet–août"),
        ("may, Sep", "mai, septembre"),
        ("Mar 15-Oct 31", "15 mars–31 octobre"),
        ("jul 5-20", "5 juillet–20 juillet"),
        ("Mo-Fr", "Mo-Fr"),
        ("été", "été"),
    ],
)
def test_seasons_have_names(months: str, name: str) -> None:
    assert season_name(months, FRENCH) == name


# The next fortnight


def test_the_next_fortnight_is_told_with_its_holidays_and_exceptions() -> None:
    expression = (
        'Mo-Fr 08:30-12:00,13:30-17:00; SH Mo-Fr 08:30-12:00 "téléphone"; PH off; '
        '2026 Dec 23 off "inventaire"; 2026 Dec 22 09:00-10:00'
    )
    told = dict(fortnight(expression, date(2026, 12, 21), SCHOOL, FRENCH))
    assert list(told) == [date(2026, 12, 21) + timedelta(days=n) for n in range(14)]
    assert told[date(2026, 12, 21)] == "8:30–12:00, 13:30–17:00"
    assert told[date(2026, 12, 22)] == "9:00–10:00 · exception"
    assert told[date(2026, 12, 23)] == "fermé · inventaire"
    assert told[date(2026, 12, 24)] == "8:30–12:00 (téléphone) · vacances scolaires"
    assert told[date(2026, 12, 25)] == "fermé · Noël · vacances scolaires"
    assert told[date(2026, 12, 26)] == "fermé · vacances scolaires"
    assert told[date(2027, 1, 1)] == "fermé · Nouvel An · vacances scolaires"


def test_a_holiday_of_which_nothing_is_said_is_told_as_a_doubt() -> None:
    told = dict(fortnight("Mo-Fr 08:30-12:00", date(2026, 12, 21), Calendar(), FRENCH))
    assert told[date(2026, 12, 25)] == "8:30–12:00 · Noël · jour férié : à vérifier"


@pytest.mark.parametrize(
    ("expression", "friday", "saturday"),
    [
        ("Fr 22:00-02:00, Sa 10:00-24:00", "22:00–2:00", "10:00–24:00"),
        ("24/7", "24 h/24", "24 h/24"),
        ("Mo-Fr 00:00-24:00", "24 h/24", "fermé"),
        ('"sur rendez-vous"', "sur rendez-vous", "sur rendez-vous"),
        ("", "horaire inconnu", "horaire inconnu"),
        ("vendredi", "horaire inconnu", "horaire inconnu"),
        ('Fr 08:00-09:00, Fr 10:00-11:00 "sur rendez-vous, enfants"',
         "8:00–9:00, 10:00–11:00 (sur rendez-vous, enfants)", "fermé"),
        ("Mo-Fr 09:00-10:00; Nov-Feb off; Nov 20-Nov 20 11:00-12:00", "11:00–12:00 · exception", "fermé"),
    ],
)  # fmt: skip
def test_nights_whole_days_and_what_is_not_known(expression: str, friday: str, saturday: str) -> None:
    told = dict(fortnight(expression, date(2026, 11, 20), SCHOOL, FRENCH))
    assert told[date(2026, 11, 20)] == friday
    assert told[date(2026, 11, 21)] == saturday


def test_a_yearly_closure_is_named_over_the_new_year() -> None:
    expression = 'Mo-Fr 09:00-10:00; PH off; Dec 24-Jan 2 off "fermeture annuelle"'
    told = dict(fortnight(expression, date(2026, 12, 28), Calendar(), FRENCH))
    assert told[date(2026, 12, 28)] == told[date(2027, 1, 2)] == "fermé · fermeture annuelle"
    assert told[date(2027, 1, 1)] == "fermé · fermeture annuelle · Nouvel An"
    assert told[date(2027, 1, 4)] == "9:00–10:00"


@settings(max_examples=40, deadline=None)
@given(timetables(nights=True), st.sampled_from((date(2026, 10, 18), date(2027, 3, 20), date(2026, 12, 20))))
def test_a_fortnight_has_fourteen_days_also_when_the_clocks_change(grid: Timetable, first: date) -> None:
    told = fortnight(write(grid), first, SCHOOL, FRENCH)
    assert [day for day, _sentence in told] == [first + timedelta(days=n) for n in range(14)]
    assert all(sentence for _day, sentence in told)


def test_an_opening_in_the_hour_that_comes_twice_ends() -> None:
    assert fortnight("Mo-Su 02:00-02:30,02:45-03:00", date(2026, 10, 24), SCHOOL, FRENCH)[1][1]


@pytest.mark.parametrize("year", range(2020, 2036))
def test_every_public_holiday_of_geneva_has_its_name(year: int) -> None:
    days = public_holidays(year, year, Calendar())
    assert len({holiday_name(day, FRENCH) for day in days}) == len(days) == 9
    assert "jour férié" not in {holiday_name(day, FRENCH) for day in days}
    assert holiday_name(date(year, 5, 2), FRENCH) == "jour férié"
