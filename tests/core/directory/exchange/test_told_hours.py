"""Opening hours as people write them: understood whole, or not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pointinfo.directory import hours
from pointinfo.directory.exchange.told_hours import Span, as_osm, as_remark, minutes, osm_of, week_as_osm


@pytest.mark.parametrize(
    ("said", "osm"),
    [
        ("du lundi au vendredi de 8h30 à 12h15 et de 13h45 à 17h", "Mo-Fr 08:30-12:15,13:45-17:00"),
        ("vendredi 14h00  / 18h00", "Fr 14:00-18:00"),
        ("lundi 7h-11h45/13h45-15h15\nmardi 7h-16h30", "Mo 07:00-11:45,13:45-15:15; Tu 07:00-16:30"),
        ("Lundi-Vendredi 08:30-12:30\nLundi-Vendredi 13:30-17:00", "Mo-Fr 08:30-12:30,13:30-17:00"),
        ("Du Lundi au Jeudi\n9 h 30 – 12 h / 15 h 30 – 18 h", "Mo-Th 09:30-12:00,15:30-18:00"),
        ("lundi, mardi, jeudi 09:00-12:00", "Mo,Tu,Th 09:00-12:00"),
        ("lundi- mardi -jeudi - vendredi 08:30-12:00", "Mo,Tu,Th,Fr 08:30-12:00"),
        ("Fermée lundi\nMardi 16h - 19h", "Tu 16:00-19:00"),
        ("jeudi\t09:00–12:00\nsamedi\tFermé\nlundi\t09:00–12:00", "Mo,Th 09:00-12:00"),
        ("Permanence le dernier samedi de chaque mois, de 9 heures à 12 h 30", "Sa[-1] 09:00-12:30"),
        ("sur RDV Lundi 13H30 - 17H", 'Mo 13:30-17:00 "sur rendez-vous"'),
        ("tous les jours 9h-12h", "Mo-Su 09:00-12:00"),
        ("Monday 9am to 3pm", "Mo 09:00-15:00"),
        ("vendredi 22h-2h", "Fr 22:00-02:00"),
    ],
)
def test_what_people_write_of_their_week_is_understood(said: str, osm: str) -> None:
    assert as_osm(said) == osm


@pytest.mark.parametrize(
    "said",
    [
        "9h-12h 14h-17h",  # on which days?
        "du lundi au vendredi de h30 à 12h30",
        "lundi 9h-12h, sur rendez-vous",  # for these hours, or for others?
        "lundi 9h-12h\nLa structure n'est plus ouverte aux publics",
        "Antenne d'Épernay du lundi au vendredi de 8h30 à 12h \nfermeture le mercredi après-midi",
        "Vendredi 21/04\n10:00 - 12:30",
        "lundi 9h-12h, 11h-14h",
        "lundi 17h-9h",
        "lundi 9h",
        "samedi",
        "lundi 25h-26h",
        "lundi " + "9h-12h, " * 500,
        "",
    ],
)
def test_hours_that_are_not_wholly_understood_say_nothing(said: str) -> None:
    assert as_osm(said) == ""


def test_a_week_of_cells_is_one_string_and_an_unread_day_makes_it_unsure() -> None:
    assert week_as_osm({0: "07:30-11:30, 12:15-16:00", 1: "07:30-11:30, 12:15-16:00", 5: "Fermé"}) == (
        "Mo,Tu 07:30-11:30,12:15-16:00",
        (),
    )
    assert week_as_osm({5: "08:00-11:30 (les premiers samedis de chaque mois)"}) == ("Sa[1] 08:00-11:30", ())
    assert week_as_osm({0: "9h12h", 3: "réservé aux scolaires"}) == (
        'Mo 09:00-12:00; Th unknown "réservé aux scolaires"',
        (3,),
    )
    assert week_as_osm({3: "réservé aux scolaires"}) == ("", (3,))
    assert week_as_osm({}) == ("", ())


@pytest.mark.parametrize(
    ("said", "minute"),
    [("8h30", 510), ("08:30:00", 510), ("9am", 540), ("4:00 PM", 960), ("12 am", 0), ("24:00", 1440), ("18:00Z", 1080)],
)
def test_a_time_of_day_is_read_as_it_is_written(said: str, minute: int) -> None:
    assert minutes(said) == minute


@pytest.mark.parametrize("said", ["", "25:00", "12:75", "13 pm", "midi", "13:16:59.999998.1"])
def test_what_is_no_time_of_day_is_none(said: str) -> None:
    assert minutes(said) is None


@settings(deadline=None)
@given(st.text(max_size=300))
def test_a_remark_keeps_any_text_readable_as_hours(said: str) -> None:
    hours.check(as_remark(said))


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["Mo", "Tu", "Sa[1]"]), st.integers(0, 1440), st.integers(0, 1440)), max_size=6)
)
def test_spans_become_hours_that_can_be_read_or_none(told: list[tuple[str, int, int]]) -> None:
    hours.check(osm_of((day, Span(opens, closes)) for day, opens, closes in told))


@settings(deadline=None)
@given(st.text(alphabet="lundimarevjscoù0123456789h:-–/,; \nàtsx()", max_size=80))
def test_no_text_breaks_the_reading_of_hours(said: str) -> None:
    hours.check(as_osm(said))
