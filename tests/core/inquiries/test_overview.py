"""What the figures page is put together from: one sheet that hides what has to be hidden, and says what it refuses."""

from datetime import datetime
from random import Random

import pytest

from pointinfo.clock import ZONE
from pointinfo.desk import Desk
from pointinfo.inquiries import Note, Period
from pointinfo.inquiries.columns import Axis
from pointinfo.inquiries.overview import DEMAND, KEY_FIGURES, MONTHS, UNMET, WEEK, Only, Overview, overview
from tests.conftest import Clock

CROSSINGS: tuple[tuple[Axis, Axis], ...] = (("channel", "outcome"), ("theme", "outcome"), ("channel", "theme"))
OCTOBER = Period.month(2026, 10)


MORNING = datetime(2026, 10, 8, 9, tzinfo=ZONE)


def noted(desk: Desk, clock: Clock, times: int, note: Note, when: datetime = MORNING) -> None:
    present = clock.now
    clock.now = when
    for _turn in range(times):
        desk.inquiries.add(note)
    clock.now = present


@pytest.fixture
def october(desk: Desk, clock: Clock) -> Desk:
    noted(desk, clock, 18, Note(outcome="answered", channel="counter"), MORNING.replace(year=2025))
    noted(desk, clock, 25, Note(outcome="answered", channel="counter", themes=("logement",)))
    noted(desk, clock, 15, Note(outcome="not-met", reason="full", channel="phone", themes=("logement",)))
    noted(desk, clock, 20, Note(outcome="answered", channel="counter", themes=("sante",)), MORNING.replace(day=9))
    return desk


def shown(desk: Desk, only: Only | None = None) -> Overview:
    return overview(desk.reporting, desk.words, OCTOBER, only, {desk.inquiries.counter: "Servette"})


def test_the_key_figures_stand_beside_those_of_the_year_before(october: Desk) -> None:
    table = shown(october).table(KEY_FIGURES)
    assert table is not None
    assert [column.label for column in table.columns] == ["Octobre 2026", "Octobre 2025"]
    assert [(line.label, line.figures) for line in table.lines] == [
        ("Demandes", (60, 18)),
        ("Personnes", (60, 18)),
        ("Répondu sur place", (45, 18)),
        ("Orienté-e", (0, 0)),
        ("Sans réponse", (15, 0)),
    ]


def test_the_line_has_thirteen_months(october: Desk) -> None:
    table = shown(october).table(MONTHS)
    assert table is not None
    assert len(table.lines) == 13
    assert (table.figure("2025-10"), table.figure("2026-10")) == (18, 60)


def test_what_is_asked_stands_beside_how_it_ended(october: Desk) -> None:
    table = shown(october).table(UNMET)
    assert table is not None
    assert (table.figure("logement", DEMAND), table.figure("logement", "not-met")) == (40, 15)


def test_a_filter_narrows_every_list_and_leaves_out_its_own(october: Desk) -> None:
    phone = shown(october, ("channel", "phone"))
    outcome = phone.table(("outcome",))
    assert outcome is not None
    assert (outcome.base, outcome.figure("not-met")) == (15, 15)
    assert phone.sheet.only == ("channel", "Par téléphone")
    assert phone.table(("channel",)) is None
    assert [code for code, _label in phone.options["channel"]] == ["counter", "phone"]


def test_what_crosses_two_criteria_is_refused_under_a_filter(october: Desk) -> None:
    assert shown(october).refused == {}
    narrowed = shown(october, ("channel", "phone"))
    assert narrowed.refused.keys() == {WEEK, UNMET}
    assert all("deux critères différents au plus" in sentence for sentence in narrowed.refused.values())


def test_a_filter_by_outcome_shows_no_outcomes_among_the_key_figures(october: Desk) -> None:
    table = shown(october, ("outcome", "answered")).table(KEY_FIGURES)
    assert table is not None
    assert [(line.code, line.figures) for line in table.lines] == [("inquiries", (45, 18))]


def test_a_list_in_which_nothing_was_said_is_left_out(october: Desk) -> None:
    assert shown(october).table(("language",)) is None
    assert shown(october).table(("counter",)) is None
    assert shown(october).options["counter"] == ()


def test_too_few_to_show_leave_no_figure_at_all(desk: Desk, clock: Clock) -> None:
    noted(desk, clock, 4, Note(outcome="answered", channel="counter"))
    sheet = shown(desk).sheet
    figures = [figure for table in sheet.tables for line in table.lines for figure in line.figures[:1] if figure]
    assert figures == []
    assert sheet.inquiries is None


def test_two_filters_that_meet_in_one_cell_show_the_same(desk: Desk, clock: Clock) -> None:
    dice = Random(11)
    for _turn in range(160):
        channel = dice.choice(("counter", "counter", "phone", "post", "email"))
        outcome = dice.choice(("answered", "answered", "referred", "accompanied", "partly"))
        noted(desk, clock, 1, Note(outcome=outcome, channel=channel, themes=(dice.choice(("sante", "logement")),)))
    options, compared, hidden = shown(desk).options, 0, 0
    crossed = shown(desk).table(UNMET)
    assert crossed is not None
    for one, other in CROSSINGS:
        for code, _label in options[one]:
            for across, _name in options[other]:
                table, turned = shown(desk, (one, code)).table((other,)), shown(desk, (other, across)).table((one,))
                if table is None or turned is None or table.withheld or turned.withheld:
                    continue
                assert table.figure(across) == turned.figure(code)
                if one == "theme" and not crossed.withheld:
                    assert crossed.figure(code, across) == table.figure(across)
                compared += 1
                hidden += table.figure(across) is None
    assert compared > 10
    assert hidden > 0
