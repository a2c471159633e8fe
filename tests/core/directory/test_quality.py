"""What an entry is worth, what it lacks, and the same for the whole directory."""

from datetime import timedelta

import msgspec
import pytest

from pointinfo.database.schema import Contact, Schedule, Wording
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord, quality
from tests.conftest import Clock

WHOLE = EntryRecord(
    uid="entiere",
    kind="service",
    name="BIPE",
    wordings={
        "fr": Wording(summary="Renseigne les parents et inscrit en crèche.", eligibility="parents", fee="gratuit")
    },
    street="Rue du Cendrier 8",
    longitude=6.14,
    latitude=46.2,
    contacts=(Contact("phone", "022 418 81 81"),),
    hours="Mo-Fr 08:30-12:00",
    source="https://www.geneve.ch",
    verified_on="2026-11-01",
    terms={
        "audience": ("enfance",),
        "topic": ("creche",),
        "language": ("fr",),
        "area": ("ville",),
        "commune": ("c6621",),
    },
)


def lacks(desk: Desk, **changes: object) -> list[str]:
    """What the whole entry with these changes lacks."""
    desk.directory.load([msgspec.structs.replace(WHOLE, **changes)])
    score = desk.quality.score("entiere")
    assert score is not None
    return [missing.code for missing in score.missing]


def test_an_entry_that_says_everything_has_a_hundred_points(own: Desk) -> None:
    own.directory.load([WHOLE])
    score = own.quality.score("entiere")
    assert score == quality.Score(100, ())


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"wordings": {"fr": Wording(eligibility="parents", fee="gratuit")}}, ["summary"]),
        ({"wordings": {}}, ["summary", "for_whom", "fee"]),
        ({"wordings": {}, "age_from": 4, "terms": {**WHOLE.terms, "fee": ("gratuit",)}}, ["summary"]),
        ({"contacts": ()}, ["contact"]),
        ({"contacts": (Contact("web", "https://www.geneve.ch"),)}, []),
        ({"hours": ""}, ["hours"]),
        ({"hours": "", "schedules": (Schedule("14:00", weekdays=(2,)),)}, []),
        ({"verified_on": None}, ["verified"]),
        ({"verified_on": "2024-01-01", "next_check": "2026-12-01"}, ["verified"]),  # put off is not checked
        ({"source": "", "longitude": None}, ["source", "coordinates"]),
        ({"street": "", "longitude": None}, []),  # an area will do, and there is nothing to put on the map
        ({"street": "", "terms": {**WHOLE.terms, "area": ()}}, ["where"]),
        ({"terms": {}, "street": "x"}, ["audience", "topic", "language", "quartier"]),
        (
            {"kind": "place", "wordings": {"fr": Wording(summary="Salle de quartier avec cuisine équipée, 40 places")}},
            [],
        ),
    ],
)
def test_a_score_says_in_words_what_is_missing(own: Desk, changes: dict[str, object], missing: list[str]) -> None:
    assert sorted(lacks(own, **changes)) == sorted(missing)


def test_the_points_of_what_is_missing_are_what_an_editor_would_gain(own: Desk) -> None:
    own.directory.load([msgspec.structs.replace(WHOLE, hours="", source="")])
    score = own.quality.score("entiere")
    assert score is not None
    assert [missing.words for missing in score.missing] == ["un horaire", "la source"]
    assert score.points + sum(missing.points for missing in score.missing) == pytest.approx(100, abs=2)


def test_a_short_summary_and_a_source_nobody_asked_count_half(own: Desk) -> None:
    own.directory.load([msgspec.structs.replace(WHOLE, verified_on=None, as_of="2026-09", confidence="page")])
    half = own.quality.score("entiere")
    own.directory.load([msgspec.structs.replace(WHOLE, verified_on=None)])
    none = own.quality.score("entiere")
    assert half is not None
    assert none is not None
    assert 100 > half.points > none.points


def test_a_closed_or_unknown_entry_has_no_score(own: Desk) -> None:
    own.directory.load([msgspec.structs.replace(WHOLE, status="closed")])
    assert own.quality.score("entiere") is None
    assert own.quality.score("nulle part") is None


def test_the_whole_directory_is_the_sum_of_its_entries(desk: Desk) -> None:
    summary = desk.quality.summary()
    uids = [row.uid for kind in ("service", "place", "association", "activity") for row in desk.quality.of_kind(kind)]
    scores = [score for score in map(desk.quality.score, uids) if score is not None]
    assert summary.entries == len(scores) == desk.directory.count()
    assert summary.mean == pytest.approx(sum(score.points for score in scores) / len(scores))
    assert sum(kind.entries for kind in summary.kinds) == summary.entries
    assert all(sum(kind.bands) == kind.entries for kind in summary.kinds)
    for lack in summary.lacks:
        behind = sum(lack.code in {missing.code for missing in score.missing} for score in scores)
        assert lack.entries == behind == len(desk.quality.lacking(lack.code)), lack.code
    assert sum(count for _code, count in summary.ages) == summary.entries
    for code, count in summary.ages:
        assert len(desk.quality.of_age(code)) == count, code


def test_the_entries_behind_a_figure_come_poorest_first(desk: Desk) -> None:
    points = [row.points for row in desk.quality.lacking("hours")]
    assert points == sorted(points)
    assert desk.quality.lacking("hours", 3) == desk.quality.lacking("hours")[:3]


def test_ages_move_on_with_the_days(own: Desk, clock: Clock) -> None:
    own.directory.load([WHOLE])

    def age() -> str:
        [code] = [code for code, count in own.quality.summary().ages if count]
        return code

    assert age() == "fresh"
    clock.now += timedelta(days=365)
    assert age() == "late"
    clock.now += timedelta(days=91)
    assert age() == "later"
    clock.now += timedelta(days=365)
    assert age() == "old"
    own.directory.load([msgspec.structs.replace(WHOLE, verified_on=None)])
    assert age() == "never"


def test_an_empty_directory_has_a_summary_too(own: Desk) -> None:
    assert own.quality.summary().entries == 0
