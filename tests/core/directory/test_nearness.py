"""Nearness: the nearest first, what is measured by a quartier says so, and nobody's place is guessed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pointinfo import i18n
from pointinfo.desk import Desk, open_desk
from pointinfo.directory import EntryRecord, Point, Query, Spot, nearness
from pointinfo.errors import InputError

WORDS = i18n.words("fr")
CORNAVIN = Point(6.1426, 46.2102)
RIVE = Point(6.1539, 46.2012)


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The demonstration directory, and three offers that have coordinates."""
    desk = open_desk(tmp_path_factory.mktemp("near"))
    desk.directory.load(
        [
            offer("gare", "Repas de la gare", CORNAVIN),
            offer("rive", "Repas de Rive", RIVE),
            offer("nulle-part", "Repas sans adresse"),
            msgspec.structs.replace(offer("grottes", "Repas des Grottes"), terms={"neighbourhood": ("grottes",)}),
            msgspec.structs.replace(offer("delices", "Repas des Délices"), terms={"neighbourhood": ("delices",)}),
        ]
    )
    yield desk
    desk.close()


def offer(uid: str, name: str, point: Point | None = None) -> EntryRecord:
    record = EntryRecord(uid=uid, kind="service", name=name)
    return msgspec.structs.replace(record, longitude=point.longitude, latitude=point.latitude) if point else record


def spot(counter: Desk, code: str) -> Spot:
    return counter.directory.spots()[code][1]


def named(counter: Desk, query: Query) -> list[str]:
    return [row.uid for row in counter.directory.rows([hit.id for hit in counter.directory.search(query).hits])]


def said(counter: Desk, uid: str, near: Spot) -> str:
    known = nearness.of_entry(near, counter.directory.entry(uid))
    return nearness.distance_words(known, WORDS) if known else ""


def test_a_distance_is_what_a_map_measures() -> None:
    # On the ellipsoid of WGS 84 a degree is 111.1 km northwards, and 77.5 km eastwards at 46° north.
    assert nearness.metres_between(Point(6, 46), Point(6, 47)) == pytest.approx(111_150, rel=0.005)
    assert nearness.metres_between(Point(6, 46), Point(7, 46)) == pytest.approx(77_465, rel=0.005)
    assert nearness.metres_between(CORNAVIN, CORNAVIN) == 0


def test_the_nearest_comes_first_and_what_has_no_place_last(counter: Desk) -> None:
    results = counter.directory.search(Query("repas", near=Spot(CORNAVIN)))
    uids = named(counter, Query("repas", near=Spot(CORNAVIN)))
    assert uids[0] == "gare"
    assert uids.index("grottes") < uids.index("rive")
    assert "nulle-part" in uids[results.sure - results.unplaced : results.sure]
    distances = counter.directory.distances(Spot(CORNAVIN))
    placed = [distances[hit.id].metres for hit in results.hits[: results.sure - results.unplaced]]
    assert placed == sorted(placed)


def test_where_only_the_quartier_is_known_the_distance_says_so(counter: Desk) -> None:
    assert said(counter, "rive", Spot(CORNAVIN)) == "à 1,3 km"
    assert said(counter, "gare", Spot(CORNAVIN)) == "à 10 m"
    assert said(counter, "grottes", Spot(CORNAVIN)) == "env. 300 m (quartier)"
    assert said(counter, "grottes", spot(counter, "grottes")) == "dans le quartier"
    assert said(counter, "delices", spot(counter, "grottes")) == "dans le même secteur"
    assert said(counter, "rive", spot(counter, "grottes")).startswith("env. ")
    assert said(counter, "nulle-part", spot(counter, "grottes")) == ""


def test_one_entry_is_as_far_as_the_list_says(counter: Desk) -> None:
    rows = counter.directory.rows(range(1, 300))
    entries = counter.directory.entries([row.uid for row in rows])
    assert len(entries) > 190
    for near in (Spot(CORNAVIN), spot(counter, "servette"), spot(counter, "s21")):
        distances = counter.directory.distances(near)
        assert {entry.id: nearness.of_entry(near, entry) for entry in entries} == {
            entry.id: distances.get(entry.id) for entry in entries
        }


def test_every_quartier_of_the_lists_can_be_chosen(counter: Desk) -> None:
    codes = {term.code for name in ("sector", "neighbourhood") for term in counter.directory.terms(name)}
    assert set(counter.directory.spots()) == codes
    for _label, near in counter.directory.spots().values():
        assert 6.1 < near.point.longitude < 6.2
        assert 46.18 < near.point.latitude < 46.24


def test_a_quartier_of_several_sectors_lies_between_them(counter: Desk) -> None:
    between, one, other = (spot(counter, code).point for code in ("champel-la-cluse", "s11", "s12"))
    assert one.latitude < between.latitude < other.latitude
    assert between.longitude == pytest.approx((one.longitude + other.longitude) / 2)


CODES = st.sampled_from(["grottes", "servette", "paquis", "s11", "eaux-vives", "s36"])
ASKED = st.sampled_from(["", "repas", "crèche", "cours de français", "aide", "seniors", "logement urgent", "zzyzx"])
FILTERS = st.fixed_dictionaries(
    {}, optional={"audience": st.sampled_from(["enfance", "aines"]), "kind": st.sampled_from(["service", "place"])}
)


@given(ASKED, CODES, FILTERS)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nearness_adds_nothing_takes_nothing_and_orders_all(
    counter: Desk, typed: str, code: str, filters: dict[str, str]
) -> None:
    plain = Query(typed, **filters)  # type: ignore[arg-type]
    near = replace(plain, near=spot(counter, code))
    before, after = counter.directory.search(plain), counter.directory.search(near)
    assert {(hit.id, hit.weak) for hit in after.hits} == {(hit.id, hit.weak) for hit in before.hits}
    assert len(after.hits) == len(before.hits)
    assert [hit for hit in after.hits if hit.weak] == [hit for hit in before.hits if hit.weak]
    assert near.near is not None
    distances = counter.directory.distances(near.near)
    answers = after.hits[: after.sure]
    placed = [distances[hit.id] for hit in answers if hit.id in distances]
    assert [hit.id in distances for hit in answers] == [True] * len(placed) + [False] * after.unplaced
    assert placed == sorted(placed)


def test_of_more_than_a_tier_may_bring_the_nearest_are_brought(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    far = [offer(f"loin-{number}", f"Atelier {number}", Point(6.3 + number / 10_000, 46.2)) for number in range(150)]
    desk.directory.load([*far, offer("ici", "Atelier d’ici", CORNAVIN)])
    results = desk.directory.search(Query("atelier", near=Spot(CORNAVIN)))
    assert results.more
    assert desk.directory.rows([results.hits[0].id])[0].uid == "ici"
    desk.close()


def test_an_entry_that_moved_is_measured_anew(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    desk.directory.load([offer("bus", "Bus de jeux", CORNAVIN)])
    [hit] = desk.directory.search(Query("bus de jeux")).hits[:1]
    assert desk.directory.distances(Spot(CORNAVIN))[hit.id].metres == 0
    desk.directory.load([offer("bus", "Bus de jeux", RIVE)])
    assert desk.directory.distances(Spot(CORNAVIN))[hit.id].metres > 1_000
    desk.close()


def test_the_counter_is_where_its_settings_say(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    assert desk.here() is None
    desk.keep_settings(msgspec.structs.replace(desk.settings, quartier="servette"))
    assert desk.here() == spot(desk, "servette")
    desk.keep_settings(msgspec.structs.replace(desk.settings, coordinates=tuple(CORNAVIN)))
    assert desk.here() == Spot(CORNAVIN)
    desk.keep_settings(msgspec.structs.replace(desk.settings, quartier="nulle-part", coordinates=None))
    assert desk.here() is None
    desk.close()


def test_coordinates_are_read_as_a_map_shows_them() -> None:
    assert nearness.point_of("46.2022, 6.1457", WORDS) == Point(6.1457, 46.2022)
    assert nearness.point_of(" 6.1457 46.2022", WORDS) == Point(6.1457, 46.2022)
    assert nearness.point_of("  ", WORDS) is None
    for slip in ("Servette", "46.2", "2500000, 1118000", "46.2, 6.1, 5", "0, 0"):
        with pytest.raises(InputError, match="latitude"):
            nearness.point_of(slip, WORDS)
    assert nearness.point_of(nearness.point_text(RIVE), WORDS) == RIVE
    assert nearness.point_text(None) == ""
