"""Hours as an editor types them, in a hurry; and what is shown in the field reads back as it was."""

import contextlib
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointinfo.directory.hours.grid import Span
from pointinfo.directory.hours.timetable import ExceptionDay, exception_name, season_name
from pointinfo.directory.hours.typed import date_of, dates_of, days_of_text, season_of, spans_of, spans_text, times_of
from pointinfo.errors import InputError
from pointinfo.i18n import words

FRENCH = words("fr")
ENGLISH = words("en")
MORNING = Span(time(8, 30), time(12))
AFTERNOON = Span(time(13, 30), time(17))


@pytest.mark.parametrize(
    "text",
    [
        "8:30-12, 13:30-17",
        "830-12 1330-17",
        "8h30 - 12h et 13h30 à 17h",
        "8.30–12.00/13.30–17.00",
        "0830-1200;1330-1700",
        "830 12 1330 17",
        "8 h 30–12 h, 13 h 30–17 h",
        "08:30-12:00,13:30-17:00",
    ],
)
def test_a_day_is_typed_as_the_hand_wants(text: str) -> None:
    assert spans_of(text, FRENCH) == (MORNING, AFTERNOON)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", ()),
        ("  fermé ", ()),
        ("8-12", (Span(time(8), time(12)),)),
        ("8-24", (Span(time(8), time(0)),)),
        ("22-2", (Span(time(22), time(2)),)),
        ("0-24", (Span(time(0), time(0)),)),
        ("24 h/24", (Span(time(0), time(0)),)),
        ("24/24", (Span(time(0), time(0)),)),
        ("8-12 rdv", (Span(time(8), time(12), True),)),
        ("8-12 sur rendez-vous 14-16", (Span(time(8), time(12), True), Span(time(14), time(16)))),
        ("8-12 (enfants), 14-16 rdv (bébés)",
         (Span(time(8), time(12), False, "enfants"), Span(time(14), time(16), True, "bébés"))),
        ("8-12 (sur rendez-vous, enfants)", (Span(time(8), time(12), True, "enfants"),)),
        ("8-12 (rdv au 022 000 00 00)", (Span(time(8), time(12), True, "rdv au 022 000 00 00"),)),
        ('8-12 "caisse (sauf lundi)"', (Span(time(8), time(12), False, "caisse (sauf lundi)"),)),
        ("8-12 by appointment", (Span(time(8), time(12), True),)),
    ],
)  # fmt: skip
def test_nights_appointments_and_remarks_are_typed_too(text: str, spans: tuple[Span, ...]) -> None:
    assert spans_of(text, FRENCH) == spans


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("8", "Il manque l’heure de fin"),
        ("8-", "Il manque l’heure de fin"),
        ("8-12, 14", "Il manque l’heure de fin"),
        ("8-25", "« 25 »"),
        ("8:70-9", "« 8:70 »"),
        ("8, 12", "« , 12 »"),
        ("lundi matin", "« lundi matin »"),
        ("8-12 enfants", "« enfants »"),
        ("(enfants)", "« (enfants) »"),
        ("24-8", "« 24 »"),
        ("-12", "« -12 »"),
        ("8-12345", "« 12345 »"),
    ],
)
def test_what_cannot_be_read_is_shown(text: str, said: str) -> None:
    with pytest.raises(InputError, match="Exemple") as caught:
        spans_of(text, FRENCH)
    assert said in str(caught.value)


times = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))
remarks = st.sampled_from(("", "enfants", "caisse (sauf lundi)", "uniquement sur rdv", "a, b; 8-12", "téléphone"))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    remark = draw(remarks)
    return Span(draw(times), draw(times), draw(st.booleans()) or "rdv" in remark, remark)


@given(st.lists(spans(), max_size=4).map(tuple), st.sampled_from((FRENCH, ENGLISH)))
def test_what_a_day_shows_reads_back(day: tuple[Span, ...], language: object) -> None:
    speaks = FRENCH if language is FRENCH else ENGLISH
    assert spans_of(spans_text(day, speaks), speaks) == day


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    for read in (spans_of, season_of, days_of_text):
        with contextlib.suppress(InputError):
            read(text, FRENCH)


@pytest.mark.parametrize(
    ("text", "season"),
    [
        ("juillet-août", "Jul-Aug"),
        ("Juillet – Aout", "Jul-Aug"),
        ("juil. à août", "Jul-Aug"),
        ("mai, septembre", "May,Sep"),
        ("mai et sept.", "May,Sep"),
        ("15 mars - 31 octobre", "Mar 15-Oct 31"),
        ("du 15 mars au 31 octobre", "Mar 15-Oct 31"),
        ("15.3.-31.10.", "Mar 15-Oct 31"),
        ("1er novembre-14 mars", "Nov 1-Mar 14"),
        ("5-20 juillet", "Jul 5-Jul 20"),
        ("décembre", "Dec"),
        ("Jul-Aug", "Jul-Aug"),
        ("", ""),
    ],
)
def test_a_season_is_typed_in_words(text: str, season: str) -> None:
    assert season_of(text, FRENCH) == season


@pytest.mark.parametrize(
    "text", ["été", "jui", "15 mars-octobre", "31 février", "juillet 2026", "8-12", "mars-avril-mai"]
)
def test_what_is_no_season_is_said(text: str) -> None:
    with pytest.raises(InputError, match="n’est pas une saison"):
        season_of(text, FRENCH)


@pytest.mark.parametrize("season", ["Jul-Aug", "May,Sep", "Mar 15-Oct 31", "Nov-Feb", "Dec 24-Dec 31", "Jan 1-Mar 1"])
@pytest.mark.parametrize("speaks", [FRENCH, ENGLISH])
def test_the_name_of_a_season_reads_back(season: str, speaks: object) -> None:
    language = FRENCH if speaks is FRENCH else ENGLISH
    assert season_of(season_name(season, language), language) == season


@pytest.mark.parametrize(
    ("text", "first", "last", "every_year"),
    [
        ("24.12.2026", date(2026, 12, 24), date(2026, 12, 24), False),
        ("24/12/26", date(2026, 12, 24), date(2026, 12, 24), False),
        ("2026-12-24", date(2026, 12, 24), date(2026, 12, 24), False),
        ("24 déc. 2026", date(2026, 12, 24), date(2026, 12, 24), False),
        ("1er janvier 2027", date(2027, 1, 1), date(2027, 1, 1), False),
        ("24.12.2026-3.1.2027", date(2026, 12, 24), date(2027, 1, 3), False),
        ("du 24 décembre au 3 janvier 2027", date(2026, 12, 24), date(2027, 1, 3), False),
        ("24 décembre 2026 - 3 janvier", date(2026, 12, 24), date(2027, 1, 3), False),
        ("24-26 décembre 2026", date(2026, 12, 24), date(2026, 12, 26), False),
        ("24 au 26.12.2026", date(2026, 12, 24), date(2026, 12, 26), False),
        ("24.12", date(2000, 12, 24), date(2000, 12, 24), True),
        ("24 décembre-2 janvier", date(2000, 12, 24), date(2001, 1, 2), True),
        ("December 24, 2026", date(2026, 12, 24), date(2026, 12, 24), False),
    ],
)
def test_a_date_is_typed_as_it_comes(text: str, first: date, last: date, every_year: bool) -> None:
    assert days_of_text(text, FRENCH) == (first, last, every_year)


@pytest.mark.parametrize("text", ["", "Noël", "31.2.2026", "24", "24.12.2026 8-12", "1.1. 2.2. 3.3.", "24 foo"])
def test_what_is_no_date_is_said(text: str) -> None:
    with pytest.raises(InputError, match="n’est pas une date"):
        days_of_text(text, FRENCH)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 200), st.booleans())
def test_the_name_of_an_exception_reads_back(first: date, days: int, every_year: bool) -> None:
    start = first.replace(year=2000) if every_year else first
    exception = ExceptionDay(start, start + timedelta(days), every_year=every_year)
    for speaks in (FRENCH, ENGLISH):
        told = exception_name(exception, speaks)
        read = days_of_text(told, speaks)
        assert (read.first, read.last, read.every_year) == (exception.first, exception.last, every_year)


TODAY = date(2026, 11, 23)


def test_the_times_of_a_meeting_may_lack_an_end() -> None:
    assert times_of("14-16h30", FRENCH) == (time(14), time(16, 30))
    assert times_of("14h30", FRENCH) == (time(14, 30), None)
    assert times_of(" ", FRENCH) is None
    for text in ("14-16 18-20", "14-16 rdv", "soir"):
        with pytest.raises(InputError, match="lisible"):
            times_of(text, FRENCH)


def test_dates_without_a_year_are_the_next_ones() -> None:
    assert dates_of("5 décembre, 3.10; 1.2.2027", FRENCH, TODAY) == (
        date(2026, 12, 5),
        date(2027, 2, 1),
        date(2027, 10, 3),
    )
    assert dates_of("29 février", FRENCH, TODAY) == (date(2028, 2, 29),)
    assert date_of("", FRENCH, TODAY) is None
    assert date_of("23.11", FRENCH, TODAY) == TODAY
    for text in ("3.10-5.10", "Noël"):
        with pytest.raises(InputError):
            dates_of(text, FRENCH, TODAY)
    with pytest.raises(InputError, match="Une seule date"):
        date_of("3.10, 5.10", FRENCH, TODAY)
