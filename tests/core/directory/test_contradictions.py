"""What cannot all be true is found, and said with what to do."""

import pytest
from sqlalchemy import text

from pointinfo.database.schema import Contact, Schedule
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord, contradictions
from pointinfo.directory.hours import clashes
from pointinfo.directory.record import Link

PHONE = (Contact("phone", "022 418 00 00"),)


def record(uid: str, **more: object) -> EntryRecord:
    known: dict[str, object] = {"uid": uid, "kind": "service", "name": f"Accueil {uid}"}
    return EntryRecord(**(known | more))  # type: ignore[arg-type]


def found(desk: Desk, *records: EntryRecord) -> list[tuple[str, tuple[str, ...]]]:
    """Code and entries of what contradicts itself once these are in."""
    desk.directory.load(records)
    return [(each.code, tuple(party.uid for party in each.entries)) for each in desk.contradictions.find()]


def test_entries_that_agree_contradict_nothing(own: Desk) -> None:
    assert (
        found(
            own,
            record(
                "un", street="Rue Dancet 22", postcode="1205", city="Genève", contacts=PHONE, hours="Mo 08:00-12:00"
            ),
            record(
                "deux", street="Rue Dancet 22", postcode="1205", city="Genève", contacts=PHONE, age_from=4, age_to=12
            ),
        )
        == []
    )


def test_a_number_of_two_houses_without_a_link_is_told_with_the_entries(own: Desk) -> None:
    one = record("un", contacts=PHONE, street="Rue Dancet 22")
    other = record("deux", contacts=(Contact("phone", "+41 22 418 00 00"),), street="Rue Hoffmann 8")
    assert found(own, one, other) == [("phone", ("un", "deux"))]
    [contradiction] = own.contradictions.find()
    assert contradiction.sentence == (
        "Le numéro 022 418 00 00 est celui de «Accueil un» et «Accueil deux», sans lien entre ces fiches."
    )
    assert "reliez les fiches" in contradiction.remedy


@pytest.mark.parametrize(
    "other",
    [
        {"links": (Link("part_of", "un"),)},
        {"links": (Link("offered_by", "trois"),)},
        {"street": "Rue Dancet 22"},
        {"name": "Accueil un"},
    ],
)
def test_a_number_may_be_shared_within_a_house(own: Desk, other: dict[str, object]) -> None:
    house = record("trois")
    one = record("un", contacts=PHONE, street="Rue Dancet 22", links=(Link("offered_by", "trois"),))
    assert found(own, house, one, record("deux", contacts=PHONE, **other)) == []


def test_a_number_on_two_entries_that_were_found_to_be_two_is_no_news(own: Desk) -> None:
    with own.database.write() as session:
        session.execute(text("INSERT INTO distinct_pair VALUES ('deux', 'un', '', '')"))
    assert found(own, record("un", contacts=PHONE), record("deux", contacts=PHONE)) == []


def test_one_address_has_one_postcode(own: Desk) -> None:
    one = record("un", street="Rue Dancet 22", postcode="1205", city="Genève")
    other = record("deux", street="rue dancet, 22", postcode="1206", city="Genève")
    assert found(own, one, other) == [("postcode", ("un", "deux"))]


@pytest.mark.parametrize(
    ("postcode", "city", "codes"),
    [
        ("1227", "Carouge", []),
        ("1227", "Carouge GE", []),
        ("1227", "Les Acacias", []),
        ("1227", "Onex", ["city"]),
        ("1205", "Lausanne", ["city"]),
        ("8000", "Zürich", []),  # elsewhere: not known here
        ("1205", "", []),
    ],
)
def test_a_city_has_to_be_one_of_its_postcode(own: Desk, postcode: str, city: str, codes: list[str]) -> None:
    assert [code for code, _uids in found(own, record("un", postcode=postcode, city=city))] == codes


def test_openings_of_one_day_overlap(own: Desk) -> None:
    twice = record("un", hours="Mo 08:00-12:00, Mo 11:00-14:00")
    assert found(own, twice, record("deux", hours="Mo 08:00-12:00; Mo 11:00-14:00")) == [("overlap", ("un",))]


@pytest.mark.parametrize(
    ("hours", "overlaps"),
    [
        ("Mo-Fr 08:00-12:00,13:00-17:00", False),
        ("Mo 08:00-12:00,12:00-14:00", False),
        ("Mo 08:00-12:00,11:30-14:00", True),
        ("Jul-Aug Mo 08:00-12:00, Mo 10:00-11:00", True),
        ("Mo 22:00-02:00", False),
        ("24/7", False),
        ("PH off", False),
        ("Mo[1] 08:00-12:00", False),  # no plain week: not judged
        ("n’importe quoi", False),
    ],
)
def test_only_openings_that_share_a_minute_overlap(hours: str, overlaps: bool) -> None:
    assert clashes.overlaps(hours) is overlaps


@pytest.mark.parametrize(
    ("hours", "place", "fits"),
    [
        ("We 14:00-16:00", "Mo-Fr 08:00-18:00", True),
        ("We 14:00-19:00", "Mo-Fr 08:00-18:00", False),
        ("Sa 14:00-16:00", "Mo-Fr 08:00-18:00", False),
        ("We 14:00-16:00", "Sep-Jun Mo-Fr 08:00-18:00", False),
        ("Sep-Jun We 14:00-16:00", "Sep-Jun Mo-Fr 08:00-18:00", True),
        ("We[1] 14:00-16:00", "Mo 08:00-18:00", True),  # no plain week: not judged
    ],
)
def test_an_offer_is_open_while_its_place_is(own: Desk, hours: str, place: str, fits: bool) -> None:
    offer = record("cours", kind="activity", hours=hours, links=(Link("takes_place_at", "salle"),))
    codes = found(own, record("salle", kind="place", hours=place), offer)
    assert codes == ([] if fits else [("place_hours", ("cours", "salle"))])


@pytest.mark.parametrize(
    ("schedules", "over"),
    [
        ((Schedule("14:00", last="2026-06-30", weekdays=(2,)),), True),
        ((Schedule("14:00", dates=("2026-05-01", "2026-06-01")),), True),
        ((Schedule("14:00", dates=("2026-05-01", "2026-12-01")),), False),
        ((Schedule("14:00", last="2026-06-30"), Schedule("14:00", weekdays=(3,))), False),
        ((), False),
    ],
)
def test_an_activity_whose_sessions_are_all_over_is_not_active(
    own: Desk, schedules: tuple[Schedule, ...], over: bool
) -> None:
    codes = found(own, record("cours", kind="activity", schedules=schedules))
    assert codes == ([("sessions_over", ("cours",))] if over else [])


def test_nothing_leads_to_what_is_closed(own: Desk) -> None:
    records = (
        record("bon", status="closed", replaced_by="carte"),
        record("carte", status="closed"),
        record("colis", links=(Link("see_first", "bon"),)),
        record("perdue", status="closed", replaced_by="ailleurs"),
    )
    assert sorted(found(own, *records)) == [
        ("closed_link", ("colis", "bon")),
        ("successor", ("bon", "carte")),
        ("successor", ("perdue",)),
    ]


def test_ages_and_dates_that_cannot_be(own: Desk) -> None:
    turned = record("un", age_from=12, age_to=6)
    ahead = record("deux", verified_on="2027-01-01")
    assert found(own, turned, ahead, record("trois", age_from=6, age_to=6, verified_on="2026-11-23")) == [
        ("ages", ("un",)),
        ("future", ("deux",)),
    ]


def test_the_ages_of_small_children_are_told_in_months(own: Desk) -> None:
    own.directory.load([record("un", age_from=2.5, age_to=0.5)])
    [told] = own.contradictions.find()
    assert "l’âge minimum (30 mois) dépasse l’âge maximum (6 mois)" in told.sentence


def test_a_closed_entry_is_not_looked_at(own: Desk) -> None:
    assert found(own, record("un", age_from=12, age_to=6, status="closed")) == []


def test_each_sort_has_a_title_and_they_are_told_in_that_order(desk: Desk) -> None:
    titles = list(contradictions.titles(desk.words))
    told = [titles.index(each.code) for each in desk.contradictions.find()]
    assert told
    assert told == sorted(told)
