"""Opening hours: what the counter reads aloud is true on every kind of day, and unknown is never closed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pointinfo.directory.hours import (
    Calendar,
    Season,
    Slot,
    State,
    check,
    in_sentence,
    in_words,
    is_open,
    notes,
    season_words,
    seasons,
    short_words,
    state,
)
from pointinfo.directory.hours.fortnight import fortnight
from pointinfo.errors import InputError
from pointinfo.i18n import words

GENEVA = ZoneInfo("Europe/Zurich")
FRENCH = words("fr")
AUTUMN_BREAK = Calendar(school_holidays=((date(2026, 10, 19), date(2026, 10, 23)),))

REAL = (
    "24/7",
    "Mo 09:00-12:00",
    "Mo-Fr 09:00-17:00",
    'Tu 08:30-12:00 "sur rendez-vous"; Th 13:00-17:00 "sur rendez-vous"',
    "May,Sep Mo-Th 16:00-18:00; Jul-Aug Mo-Th 15:30-19:00",
    "Mo-Th 08:00-12:30,13:30-17:30; Fr 08:00-12:30,13:30-17:00",
    "Mo-Th 08:15-12:15,13:30-16:30; Fr 08:15-12:15,13:30-16:00",
    "Mo-Fr 08:00-12:00,13:30-17:00",
    "Tu 09:00-11:30",
    "Mo-Fr 08:30-11:45,13:00-16:00",
    "Mo-Fr 10:30-12:30,13:30-14:30",
    'Mo-Fr 09:00-11:30,13:30-16:00 "téléphone"',
    "Mo-Fr 08:30-12:30",
    "Mo-Fr 07:30-17:00",
    'Mo,Tu,Th,Fr 13:30-17:00; We 10:00-13:00,14:00-18:00 "enfants"',
    "Mo-Fr 09:00-11:30,13:30-17:00",
    "Mo,We 15:00-17:30",
    "Mo-Th 10:30-12:30",
    "Tu 16:00-19:00; We 15:00-18:00; Fr 09:00-12:00; Sa 09:00-12:00; SH off",
    "Mo-Su 08:30-17:00",
    "Mo 07:00-20:00; Tu 12:00-22:00; We 07:00-22:00; Th,Fr 07:00-20:00; Sa 07:00-19:00; Su 09:00-19:00",
    "Mo-Fr 08:30-18:00; Sa,Su,PH 09:00-17:00",
)
"""Every distinct string of the sample directory."""

OFFICE = "Mo-Fr 08:30-12:00,13:30-17:00"


def at(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=GENEVA)


def said(expression: str, now: datetime, calendar: Calendar = Calendar()) -> str:  # noqa: B008
    return in_words(state(expression, now, calendar), now, FRENCH)


def said_short(expression: str, now: datetime) -> str:
    return short_words(state(expression, now), now, FRENCH)


MONDAY, SUNDAY = "2026-11-23", "2026-11-22"


@pytest.mark.parametrize(
    ("expression", "now", "long", "short"),
    [
        (OFFICE, at(MONDAY, "14:00"), "ouvert jusqu’à 17:00", "ouvert jusqu’à 17:00"),
        (OFFICE, at(MONDAY, "12:00"), "ouvre à 13:30", "ouvre à 13:30"),
        (OFFICE, at(MONDAY, "17:00"), "ouvre demain 8:30", "ouvre demain 8:30"),
        ("Th 14:00-18:00", at(MONDAY, "10:00"), "ouvre jeudi 14:00", "ouvre jeu. 14:00"),
        ("May 4 08:00-12:00", at("2026-03-01", "10:00"), "ouvre le 4 mai 8:00", "ouvre le 4 mai"),
        ("May 1 08:00-12:00", at("2026-03-02", "10:00"), "ouvre le 1er mai 8:00", "ouvre le 1er mai"),
        ("24/7", at(MONDAY, "3:00".zfill(5)), "ouvert 24 h/24", "24 h/24"),
        ("", at(MONDAY, "10:00"), "horaire inconnu", "horaire inconnu"),
        ("lundi matin", at(MONDAY, "10:00"), "horaire inconnu", "horaire inconnu"),
        ("2020 Mo-Fr 08:00-12:00", at(MONDAY, "10:00"), "horaire inconnu", "horaire inconnu"),
        ("Mo-Fr 00:00-24:00", at("2026-11-25", "10:00"),
         "ouvert jusqu’à vendredi 24:00", "ouvert jusqu’à ven. 24:00"),
        ("Mo 08:00-12:00 \"sur rendez-vous\"", at(MONDAY, "9:00".zfill(5)),
         "sur rendez-vous jusqu’à 12:00", "sur rendez-vous"),
        ("Tu 08:00-12:00 \"sur rendez-vous\"", at(SUNDAY, "09:00"),
         "sur rendez-vous mardi 8:00", "sur rendez-vous"),
        ("Mo 08:00-16:00 \"téléphone\"", at(MONDAY, "09:00"),
         "au téléphone jusqu’à 16:00", "téléphone jusqu’à 16:00"),
        ("Mo 08:00-18:00 \"enfants\"", at(MONDAY, "09:00"),
         "ouvert jusqu’à 18:00 (enfants)", "ouvert jusqu’à 18:00"),
        ("Mo 08:00-24:00", at(MONDAY, "09:00"), "ouvert jusqu’à 24:00", "ouvert jusqu’à 24:00"),
        ("We 22:00-02:00", at("2026-11-26", "01:00"), "ouvert jusqu’à 2:00", "ouvert jusqu’à 2:00"),
        ("We 22:00-02:00", at("2026-11-25", "23:00"), "ouvert jusqu’à 2:00", "ouvert jusqu’à 2:00"),
        ("We 22:00-02:00", at("2026-11-26", "02:00"), "ouvre mercredi 22:00", "ouvre mer. 22:00"),
        ("Mo-Fr 09:00+", at(MONDAY, "20:00"), "ouvert", "ouvert"),
        ('"sur rendez-vous"', at(MONDAY, "20:00"), "sur rendez-vous", "sur rendez-vous"),
        ('Mo-Fr 08:00-12:00 || "répondeur"', at(MONDAY, "20:00"),
         "horaire inconnu (répondeur)", "horaire inconnu"),
        ('Mo-Fr 08:00-12:00 || "sur rendez-vous"', at(MONDAY, "20:00"),
         "sur rendez-vous jusqu’à 8:00", "sur rendez-vous"),
    ],
)  # fmt: skip
def test_hours_are_said_as_at_the_counter(expression: str, now: datetime, long: str, short: str) -> None:
    assert said(expression, now) == long
    assert said_short(expression, now) == short


@pytest.mark.parametrize("expression", REAL)
def test_every_real_string_is_read_at_every_hour_of_a_week(expression: str) -> None:
    check(expression)
    assert in_sentence(expression, FRENCH)
    assert seasons(expression)
    for hour in range(7 * 24):
        now = at(MONDAY, "00:00") + timedelta(hours=hour)
        found = state(expression, now)
        assert found.kind != "unknown"
        assert found.until is None or found.until > now
        assert in_words(found, now, FRENCH)


@pytest.mark.parametrize(
    ("holiday", "day"),
    [
        ("1er janvier", "2027-01-01"),
        ("lundi de Pâques", "2026-04-06"),
        ("Ascension", "2026-05-14"),
        ("1er août", "2025-08-01"),
        ("Jeûne genevois", "2026-09-10"),
        ("Noël", "2026-12-25"),
        ("Restauration de la République", "2026-12-31"),
    ],
)
def test_a_geneva_holiday_is_closed_when_the_hours_say_so_and_in_doubt_when_they_dont(holiday: str, day: str) -> None:
    now = at(day, "10:00")
    assert not is_open(f"{OFFICE}; PH off", now), holiday
    assert is_open(OFFICE, now)
    assert state(OFFICE, now).remark == "jour férié : à vérifier"
    assert said(OFFICE, now) == "ouvert jusqu’à 12:00 (jour férié : à vérifier)"
    assert said_short(OFFICE, now) == "ouvert jusqu’à 12:00 (férié ?)"
    assert state("24/7", now) == State("open", None, "", always=True)


def test_a_holiday_of_other_cantons_is_an_ordinary_day_in_geneva() -> None:
    assert said(f"{OFFICE}; PH off", at("2026-12-08", "10:00")) == "ouvert jusqu’à 12:00"
    assert said(OFFICE, at("2026-12-08", "10:00")) == "ouvert jusqu’à 12:00"


def test_on_the_eve_of_a_holiday_the_doubt_is_about_tomorrow() -> None:
    assert said(OFFICE, at("2026-12-24", "18:00")) == "ouvre demain 8:30 (jour férié : à vérifier)"
    assert said(OFFICE, at("2026-12-24", "16:00")) == "ouvert jusqu’à 17:00"
    assert said(f"{OFFICE}; PH off", at("2026-12-24", "18:00")) == "ouvre lundi 8:30"


def test_a_remark_is_kept_beside_the_doubt() -> None:
    christmas = at("2026-12-25", "10:00")
    assert said('Fr 09:00-12:00 "enfants"', christmas) == ("ouvert jusqu’à 12:00 (enfants, jour férié : à vérifier)")
    assert said('Fr 09:00-12:00 "téléphone"', christmas) == ("au téléphone jusqu’à 12:00 (jour férié : à vérifier)")
    assert said('Fr 09:00-12:00 "sur rendez-vous"', christmas) == (
        "sur rendez-vous jusqu’à 12:00 (jour férié : à vérifier)"
    )


def test_the_towns_own_closed_day_counts_as_a_holiday() -> None:
    labour_day = at("2026-05-01", "10:00")
    town = Calendar(extra_closed=(date(2026, 5, 1),))
    assert is_open(f"{OFFICE}; PH off", labour_day)
    assert not is_open(f"{OFFICE}; PH off", labour_day, town)
    assert said(OFFICE, labour_day, town) == "ouvert jusqu’à 12:00 (jour férié : à vérifier)"


def test_hours_for_holidays_hold_on_holidays() -> None:
    swimming_pool = "Mo-Fr 08:30-18:00; Sa,Su,PH 09:00-17:00"
    assert said(swimming_pool, at("2026-12-25", "08:45")) == "ouvre à 9:00"
    assert said(swimming_pool, at("2026-12-25", "10:00")) == "ouvert jusqu’à 17:00"
    assert said("Mo-Fr 09:00-17:00; Jul-Aug PH 10:00-11:00", at("2025-08-01", "10:30")) == "ouvert jusqu’à 11:00"
    assert said("Mo-Fr 09:00-17:00; PH -1 day 09:00-12:00", at("2026-12-24", "10:00")) == "ouvert jusqu’à 12:00"


def test_a_day_list_with_a_holiday_in_it_is_understood() -> None:
    assert not is_open("Mo-Sa 09:00-12:00; Su,PH off", at("2026-12-25", "10:00"))
    assert is_open("Mo-Sa 09:00-12:00; Su, PH off", at("2026-12-26", "10:00"))
    assert is_open("Mo,PH,We 09:00-12:00", at("2026-12-25", "10:00"))


def test_school_holidays_follow_the_towns_table() -> None:
    toys = "Tu 16:00-19:00; SH off"
    assert not is_open(toys, at("2026-10-20", "17:00"), AUTUMN_BREAK)
    assert is_open(toys, at("2026-10-27", "17:00"), AUTUMN_BREAK)
    assert is_open("SH Mo-Fr 09:00-11:00", at("2026-10-20", "10:00"), AUTUMN_BREAK)
    assert not is_open("SH Mo-We 09:00-11:00", at("2026-10-22", "10:00"), AUTUMN_BREAK)


def test_without_a_table_of_school_holidays_nothing_is_claimed() -> None:
    assert is_open("Tu 16:00-19:00; SH off", at("2026-10-20", "17:00"))
    assert said("SH Mo-Fr 09:00-11:00", at("2026-10-20", "10:00")) == "horaire inconnu"
    assert in_sentence("Tu 16:00-19:00; SH off", FRENCH) == (
        "ma 16:00–19:00",
        "sauf vacances scolaires (dates à vérifier)",
    )
    assert in_sentence("Tu 16:00-19:00; SH off", FRENCH, AUTUMN_BREAK)[-1] == "sauf vacances scolaires"


@pytest.mark.parametrize(
    "closures", ["PH off", "Su,PH off", "SH off", "Dec 24 off", "2026 Dec 24-26 off", "easter off"]
)
def test_closures_alone_say_nothing_of_ordinary_days(closures: str) -> None:
    assert state(closures, at(MONDAY, "10:00"), AUTUMN_BREAK).kind == "unknown"


def test_by_appointment_next_is_not_open_now() -> None:
    tuesday = 'Tu 08:30-12:00 "sur rendez-vous"'
    assert state(tuesday, at(MONDAY, "10:00")).kind == "appointment"
    assert not is_open(tuesday, at(MONDAY, "10:00"))
    assert is_open(tuesday, at("2026-11-24", "10:00"))


def test_without_an_appointment_means_open() -> None:
    assert said('Mo 08:00-12:00 "sans rendez-vous"', at(MONDAY, "10:00")) == ("ouvert jusqu’à 12:00 (sans rendez-vous)")


def test_summer_and_winter_time_are_counted() -> None:
    night = "Sa 22:00-06:00"
    for day in ("2026-03-28", "2026-10-24"):
        found = state(night, at(day, "23:00"))
        assert found.until == at((date.fromisoformat(day) + timedelta(days=1)).isoformat(), "06:00")
    spring, autumn = (state(night, at(day, "23:00")).until for day in ("2026-03-28", "2026-10-24"))
    assert spring is not None
    assert autumn is not None
    assert spring.astimezone(UTC).hour == 4
    assert autumn.astimezone(UTC).hour == 5


def test_now_may_come_in_any_zone() -> None:
    assert said(OFFICE, datetime(2026, 11, 23, 13, 0, tzinfo=UTC)) == "ouvert jusqu’à 17:00"
    assert state(OFFICE, datetime(2026, 11, 23, 13, 0, tzinfo=UTC)).until == at(MONDAY, "17:00")


def test_seasons_nth_weekdays_and_odd_weeks_are_computed() -> None:
    pool = "May,Sep Mo-Th 16:00-18:00; Jul-Aug Mo-Th 15:30-19:00"
    assert is_open(pool, at("2026-07-06", "18:30"))
    assert not is_open(pool, at("2026-06-08", "17:00"))
    assert is_open("Sa[1] 09:00-12:00", at("2026-12-05", "10:00"))
    assert not is_open("Sa[1] 09:00-12:00", at("2026-12-12", "10:00"))
    assert is_open("week 01-53/2 We 14:00-17:00", at("2026-12-02", "15:00"))
    assert not is_open("week 01-53/2 We 14:00-17:00", at("2026-11-25", "15:00"))


@pytest.mark.parametrize("garbage", ["lundi-vendredi 8h-12h", "Mo-Fr 9-12", ";;", "é", '"', "PH[", "99:99", "\0"])
def test_what_cant_be_read_is_refused_with_a_sentence_and_shown_as_unknown(garbage: str) -> None:
    with pytest.raises(InputError, match="ne sont pas lisibles"):
        check(garbage)
    assert state(garbage, at(MONDAY, "10:00")).kind == "unknown"
    assert in_sentence(garbage, FRENCH) == ()


def test_the_refusal_points_at_the_place() -> None:
    with pytest.raises(InputError, match="à partir de «9-12»"):
        check("Mo-Fr 9-12")
    check("")


@pytest.mark.parametrize(
    ("expression", "lines"),
    [
        (REAL[5], ("lu–je 8:00–12:30, 13:30–17:30", "ve 8:00–12:30, 13:30–17:00")),
        (REAL[4], ("mai, septembre : lu–je 16:00–18:00", "juillet–août : lu–je 15:30–19:00")),
        (REAL[14], ("lu–ma, je–ve 13:30–17:00", "me 10:00–13:00, 14:00–18:00 (enfants)")),
        ("24/7", ("24 h/24, 7 j/7",)),
        ("Mo-Su 08:30-24:00", ("tous les jours 8:30–24:00",)),
        (f"{OFFICE}; PH off", ("lu–ve 8:30–12:00, 13:30–17:00", "sauf jours fériés")),
        (REAL[21], ("lu–ve 8:30–18:00", "sa–di 9:00–17:00", "jours fériés : 9:00–17:00")),
        ("Sa[1] 09:00-12:00", ("1er samedi du mois 9:00–12:00",)),
        ("week 02-52/2 We 14:00-17:00", ("semaines paires : me 14:00–17:00",)),
        ('"sur rendez-vous"', ("sur rendez-vous",)),
        (
            "Sa[1] 09:00-12:00; Jul-Aug 08:00-12:00",
            ("1er samedi du mois 9:00–12:00", "juillet–août : tous les jours 8:00–12:00"),
        ),
        ("", ()),
    ],
)
def test_regular_hours_are_short_lines(expression: str, lines: tuple[str, ...]) -> None:
    assert in_sentence(expression, FRENCH) == lines


@pytest.mark.parametrize(
    ("exception", "line"),
    [
        ('2026 Dec 24-2027 Jan 2 off "vacances"', "fermé du 24 décembre 2026 au 2 janvier 2027 (vacances)"),
        ("2026 Dec 24-Jan 2 off", "fermé du 24 décembre 2026 au 2 janvier 2027"),
        ("2026 Dec 24-31 off", "fermé du 24 décembre au 31 décembre 2026"),
        ("2027 Jul 1-2027 Aug 31 off", "fermé du 1er juillet au 31 août 2027"),
        ("2027 Feb off", "fermé du 1er février au 28 février 2027"),
        ("2026 Dec 24 off", "fermé le 24 décembre 2026"),
        ("2026 Dec 24 09:00-11:00", "24 décembre 2026 : 9:00–11:00"),
        ('2026 Dec 24-26 09:00-11:00 "enfants"', "du 24 décembre au 26 décembre 2026 : 9:00–11:00 (enfants)"),
        ("Dec 24-Jan 02 off", "fermé chaque année du 24 décembre au 2 janvier"),
        ("Dec 24 off", "fermé chaque année le 24 décembre"),
        ("Dec 24 09:00-11:00", "chaque année le 24 décembre : 9:00–11:00"),
        ("Mar 15-Oct 31 Sa 09:00-11:00", "du 15 mars au 31 octobre : sa 9:00–11:00"),
        ("2027 Jul 1-31 Mo,Tu off", "du 1er juillet au 31 juillet 2027 : lu–ma fermé"),
    ],
)
def test_a_dated_rule_is_said_in_words_beside_the_week(exception: str, line: str) -> None:
    assert in_sentence(f"Mo-Fr 09:00-12:00; {exception}", FRENCH) == ("lu–ve 9:00–12:00", line)


def test_each_date_of_a_list_has_its_line() -> None:
    assert in_sentence("Dec 25, Dec 31 off", FRENCH) == (
        "fermé chaque année le 25 décembre",
        "fermé chaque année le 31 décembre",
    )


def test_an_exception_is_told_until_it_is_over() -> None:
    dated = "Mo-Fr 09:00-12:00; 2026 Dec 24-2027 Jan 2 off; Aug 1 off"
    week, closure, yearly = in_sentence(dated, FRENCH, today=date(2027, 1, 2))
    assert closure == "fermé du 24 décembre 2026 au 2 janvier 2027"
    assert in_sentence(dated, FRENCH, today=date(2027, 1, 3)) == (week, yearly)


def test_months_without_hours_and_holidays_of_a_season_say_when() -> None:
    assert in_sentence("Sa[1] 10:00-12:00; Jul-Aug off", FRENCH)[1] == "juillet–août : lu–di fermé"
    assert in_sentence("Jul-Aug PH off; 2026 Jul 1-Aug 9 SH 09:00-10:00", FRENCH, AUTUMN_BREAK) == (
        "juillet–août, sauf jours fériés",
        "du 1er juillet au 9 août 2026, vacances scolaires : 9:00–10:00",
    )


def test_notes_hold_what_the_grid_leaves_out() -> None:
    assert notes(f"{OFFICE}; PH,SH off", FRENCH, AUTUMN_BREAK) == (
        "sauf jours fériés",
        "sauf vacances scolaires",
    )


def test_a_grid_has_seven_days_a_season() -> None:
    may, summer = seasons(REAL[4])
    assert [season_words(season, FRENCH) for season in (may, summer)] == ["mai, septembre", "juillet–août"]
    assert [day.weekday for day in may.days] == [0, 1, 2, 3, 4, 5, 6]
    assert may.days[0].slots == (Slot(time(16), time(18), ""),)
    assert may.days[6].slots == ()
    assert [season.months for season in seasons("Nov-Feb Mo 10:00-12:00; Mar Tu 10:00-12:00")] == [
        "Nov-Feb",
        "Mar",
    ]
    assert season_words(Season("", ()), FRENCH) == ""


@pytest.mark.parametrize(
    "special", ["Sa[1] 09:00-12:00", "week 01-53/2 We 14:00-17:00", "Jul 01-Aug 31 Mo 09:00-13:00"]
)
def test_hours_that_are_no_plain_week_have_no_grid(special: str) -> None:
    assert seasons(special) == ()
    assert in_sentence(special, FRENCH)


def test_hours_that_are_never_sure_are_answered_without_searching_forever() -> None:
    assert state("22:00-26:00 unknown || Su", at(MONDAY, "10:00")).until is not None
    assert said("Mo-Fr off", at(MONDAY, "10:00")) == "fermé"


moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(GENEVA))  # noqa: DTZ001
clocks = st.times().map(lambda moment: moment.strftime("%H:%M"))
weekdays = st.lists(st.sampled_from(["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]), min_size=1, max_size=3, unique=True)
selectors = st.sampled_from(["", "Jul-Aug ", "Nov-Feb ", "May,Sep "])
remarks = st.sampled_from(["", "", ' "sur rendez-vous"', ' "téléphone"', ' "a, b; c || d"'])


@st.composite
def weekly_rules(draw: st.DrawFn) -> str:
    spans = sorted(draw(st.lists(clocks, min_size=2, max_size=4, unique=True)))
    times = ",".join(f"{a}-{b}" for a, b in zip(spans[::2], spans[1::2], strict=False))
    ends = draw(st.sampled_from([times, times, times, "22:00-02:00", "18:00-24:00", "off"]))
    remark = draw(remarks) if ends != "off" else ""
    return f"{draw(selectors)}{','.join(draw(weekdays))} {ends}{remark}"


weekly = st.builds(
    lambda rules, joint: joint.join(rules),
    st.lists(weekly_rules(), min_size=1, max_size=3),
    st.sampled_from(["; ", ", "]),
)
PIECES = """Mo-Fr PH SH Su -1_day [2] Jul-Aug week_1-53/2 08:00-12:00 22:00-26:00 off ; , || "sur_rendez-vous"
" 24/7 unknown easter sunrise-sunset 2026 + é""".replace("\n", " ")
pieces = [piece.replace("_", " ") for piece in PIECES.split(" ")]
jumbles = st.lists(st.sampled_from(pieces), max_size=8).map(" ".join)


@settings(deadline=None)  # the first call loads the holidays
@given(st.one_of(weekly, jumbles, st.text(max_size=30)), moments, st.sampled_from([Calendar(), AUTUMN_BREAK]))
@example("Su 02:15-02:45", datetime(2026, 10, 25, 2, 30, tzinfo=GENEVA), Calendar())
@example("Su 02:15-02:45", datetime(2026, 3, 29, 1, 30, tzinfo=GENEVA), Calendar())
def test_no_string_ever_breaks_the_counter(expression: str, now: datetime, calendar: Calendar) -> None:
    found = state(expression, now, calendar)
    assert found.until is None or found.until.timestamp() > now.timestamp()
    assert in_words(found, now, FRENCH)
    assert short_words(found, now, FRENCH)
    in_sentence(expression, FRENCH, calendar)
    try:
        check(expression)
    except InputError:
        assert found.kind == "unknown"


@settings(deadline=None)
@given(weekly, st.integers(0, 11), st.integers(0, 7 * 24 * 12 - 1))
@example("Mo-Fr 18:00-24:00, We off", 0, (2 * 24 + 19) * 12)
def test_the_printed_grid_agrees_with_the_state_on_the_screen(expression: str, month: int, step: int) -> None:
    grids = seasons(expression)
    # A week without a public holiday in each month of 2026, and none on the Sunday before it.
    monday = [12, 9, 9, 20, 18, 15, 6, 10, 14, 5, 9, 7][month]
    now = datetime(2026, month + 1, monday, tzinfo=GENEVA) + timedelta(minutes=5 * step)
    if not grids:
        return
    weeks = [season for season in grids if not season.months or month in months_of(season.months)]
    assert len(weeks) <= 1
    assert bool(weeks and covering(weeks[0], now)) == is_open(expression, now)


def months_of(selector: str) -> set[int]:
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    chosen = set()
    for item in selector.split(","):
        first, last = names.index(item[:3]), names.index(item[-3:])
        chosen |= {(first + n) % 12 for n in range((last - first) % 12 + 1)}
    return chosen


def covering(season: Season, now: datetime) -> bool:
    clock = now.time()
    today, yesterday = season.days[now.weekday()], season.days[now.weekday() - 1]
    return any(
        slot.opens <= clock and (clock < slot.closes or slot.closes <= slot.opens) for slot in today.slots
    ) or any(slot.closes <= slot.opens and clock < slot.closes for slot in yesterday.slots)


def test_a_night_that_a_later_rule_cuts_has_no_plain_grid() -> None:
    assert seasons("Mo,Su 22:00-02:00; We,Su 00:00-00:01") == ()
    assert len(seasons("We 22:00-02:00")) == 1


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("2026 Mo-Fr 08:00-12:00", ("2026 : lu–ve 8:00–12:00",)),
        ("2026-2027 Sa 09:00-12:00", ("de 2026 à 2027 : sa 9:00–12:00",)),
        ("2026+ Mo off", ("dès 2026 : lu fermé",)),
        ("Mo-Fr 08:00-12:00; easter +1 day off", ("lu–ve 8:00–12:00", "fermé le lundi de Pâques")),
        ("easter -2 days 09:00-11:00", ("le Vendredi saint : 9:00–11:00",)),
        ("2027 easter +39 days off", ("fermé à l’Ascension 2027",)),
        ("easter -2 days-easter +1 day off", ("fermé du Vendredi saint au lundi de Pâques",)),
        ("easter - easter +49 days 09:00-12:00", ("de Pâques jusqu’à la Pentecôte : 9:00–12:00",)),
        (
            "2027 easter -2 days-2027 easter +3 days Mo 09:00-12:00",
            ("du Vendredi saint jusqu’à 3 jours après Pâques 2027 : lu 9:00–12:00",),
        ),
        ("easter +3 days off", ("fermé 3 jours après Pâques",)),
        ("Mo-Fr 08:00-12:00; PH +1 day off", ("lu–ve 8:00–12:00", "fermé le lendemain des jours fériés")),
        ("Mo 08:00-12:00; PH -1 day 08:00-10:00", ("lu 8:00–12:00", "la veille des jours fériés : 8:00–10:00")),
        (
            "week 1-26/2 Mo 09:00-12:00",
            ("une semaine sur deux, de la semaine 1 à la semaine 26 : lu 9:00–12:00",),
        ),
        ("week 10-20 Mo-Fr 09:00-12:00", ("semaines 10 à 20 de l’année : lu–ve 9:00–12:00",)),
        ("week 1-53/2 Mo 09:00-12:00", ("semaines impaires : lu 9:00–12:00",)),
        ('Mo 09:00-12:00; We unknown "selon saison"', ("lu 9:00–12:00", "me : selon saison")),
        ("Mo 09:00-12:00; We unknown", ("lu 9:00–12:00", "me : horaire à confirmer")),
    ],
)
def test_what_few_sources_write_is_said_in_words_too(expression: str, said: tuple[str, ...]) -> None:
    check(expression)
    assert in_sentence(expression, FRENCH, today=date(2026, 11, 25)) == said


@pytest.mark.parametrize(
    "expression",
    [
        "2025 Mo-Fr 08:00-12:00",
        "2026 Jul-Aug Mo-Fr 09:00-11:00",
        "2020 Mar 1-2020 Mar 5 09:00-12:00",
        "2026 easter off",
    ],
)
def test_hours_that_are_all_past_are_to_be_confirmed(expression: str) -> None:
    assert in_sentence(expression, FRENCH, today=date(2026, 11, 25)) == (
        "horaire à confirmer : le dernier connu est passé",
    )
    assert in_sentence(expression, FRENCH) != in_sentence(expression, FRENCH, today=date(2026, 11, 25))
    assert in_sentence("", FRENCH, today=date(2026, 11, 25)) == ()


@pytest.mark.parametrize("expression", ["2025 Mo-Fr 08:00-12:00", "2026 Nov 20 09:00-11:00", "2025 Mo; PH off"])
def test_hours_that_are_all_past_are_unknown_never_closed(expression: str) -> None:
    now = at("2026-11-25", "10:00")
    assert said(expression, at("2025-01-06", "10:00")) != "horaire inconnu"
    assert said(expression, now) == "horaire inconnu"
    assert {words for _day, words in fortnight(expression, now.date(), Calendar(), FRENCH)} == {"horaire inconnu"}


@pytest.mark.parametrize("expression", ["off", "Mo-Su off", "2030 Mo 08:00-10:00", "Mo-Fr 08:00-12:00; 2026 off"])
def test_what_is_closed_for_long_is_closed(expression: str) -> None:
    assert state(expression, at("2026-11-25", "10:00")).kind == "closed"
