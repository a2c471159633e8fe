"""Which entries a leaflet, a programme or a booklet holds."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointinfo.database.schema import Schedule
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord, Selection

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)


@pytest.fixture
def house(own: Desk) -> Desk:
    """A small directory: two audiences, two quartiers, one that is closed and one nobody is sent to."""
    jonction, paquis = ("jonction",), ("paquis",)
    own.directory.load(
        [
            EntryRecord(
                uid="thé", kind="activity", name="Thé dansant",
                terms={"audience": ("aines",), "neighbourhood": jonction},
                schedules=(Schedule("14:00", "16:00", weekdays=(2,), cancelled=("2026-11-25",)),),
            ),
            EntryRecord(
                uid="école", kind="activity", name="École de cirque",
                terms={"audience": ("enfance",), "neighbourhood": paquis},
                schedules=(Schedule("09:00", "10:00", weekdays=(2, 5)),),
            ),
            EntryRecord(
                uid="bal", kind="activity", name="Bal de tous",
                terms={"audience": ("population",), "neighbourhood": jonction},
                schedules=(Schedule("20:00", weekdays=(4,)),),
            ),
            EntryRecord(
                uid="fermé", kind="service", name="Ancien club", status="closed",
                terms={"audience": ("aines",), "neighbourhood": jonction},
            ),
            EntryRecord(
                uid="douteux", kind="service", name="Club douteux", status="do_not_refer",
                terms={"audience": ("aines",), "neighbourhood": jonction},
            ),
        ]
    )  # fmt: skip
    return own


def test_everything_for_seniors_of_one_quartier(house: Desk) -> None:
    rule = Selection(audience=("aines",), neighbourhood=("jonction",))
    assert house.directory.selected(rule) == ["thé"], "neither what is closed nor what nobody is sent to"


def test_what_serves_everyone_serves_them_too_where_that_is_wanted(house: Desk) -> None:
    rule = Selection(audience=("aines",), everyone=True)
    assert house.directory.selected(rule) == ["bal", "thé"]


def test_names_come_in_the_order_of_a_french_list(house: Desk) -> None:
    assert house.directory.selected(Selection()) == ["bal", "école", "thé"]


def test_a_programme_has_its_meetings_in_the_order_of_time_the_cancelled_too(house: Desk) -> None:
    listed = house.directory.programme(Selection(kind=("activity",)), MONDAY, SUNDAY)
    assert [
        (each.uid, each.meeting.day.isoweekday(), each.meeting.starts, each.meeting.cancelled) for each in listed
    ] == [
        ("école", 3, time(9), False),
        ("thé", 3, time(14), True),
        ("bal", 5, time(20), False),
        ("école", 6, time(9), False),
    ]


_CODES = st.lists(st.sampled_from(["aines", "enfance", "population"]), max_size=3).map(tuple)
_PLACES = st.lists(st.sampled_from(["jonction", "paquis"]), max_size=2).map(tuple)


def test_asking_for_one_more_thing_never_adds_an_entry(house: Desk) -> None:
    @given(_CODES, _PLACES, st.booleans())
    def holds(audience: tuple[str, ...], place: tuple[str, ...], everyone: bool) -> None:
        among = house.directory.selected(Selection(audience=audience, everyone=everyone))
        both = house.directory.selected(Selection(audience=audience, neighbourhood=place, everyone=everyone))
        assert set(both) <= set(among)

    holds()
