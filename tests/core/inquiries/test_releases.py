"""Published figures: frozen and numbered, restated when inquiries arrive late, safe beside one another."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import highspy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from pointinfo import i18n
from pointinfo.clock import ZONE
from pointinfo.database import Database
from pointinfo.directory import vocabulary
from pointinfo.errors import InputError
from pointinfo.inquiries import InquiryLog, Note
from pointinfo.inquiries.figures import Figures
from pointinfo.inquiries.period import Period
from pointinfo.inquiries.releases import Releases, beside
from pointinfo.inquiries.tables import Asked, Cell, Counted, protected

CHANNEL: Asked = ("channel",)
WORDS = i18n.words("fr")
ASKED: tuple[Asked, ...] = (("theme",), ("channel",), ("theme", "channel"))
JULY, AUGUST, SEPTEMBER = (Period.month(2026, month) for month in (7, 8, 9))
SUMMER = Period(JULY.first, SEPTEMBER.last)


class Office:
    """A counter that publishes, on 20 November."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(folder / "pointinfo.sqlite", WORDS)
        with self.database.write() as session:
            vocabulary.bring_up_to_date(session)
        self.now = datetime(2026, 7, 6, 9, tzinfo=ZONE)
        self.log = InquiryLog(self.database, lambda: self.now.astimezone(UTC), "here", WORDS)
        self.releases = Releases(self.database, Figures(self.database), lambda: self.now.astimezone(UTC), WORDS)

    def noted(self, month: int, **themes: int) -> None:
        self.now = datetime(2026, month, 6, 9, tzinfo=ZONE)
        for theme, times in themes.items():
            for _ in range(times):
                self.log.add(Note(themes=(theme,), channel="phone"))
        self.now = datetime(2026, 11, 20, 9, tzinfo=ZONE)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.database.close()


def test_a_release_stays_as_it_was_published(office: Office) -> None:
    office.noted(7, logement=20, sante=12, justice=3)
    made = office.releases.publish(JULY, ASKED, 5)
    assert (made.number, made.restates, made.made_on) == (1, None, date(2026, 11, 20))
    assert made.shown.at(("theme",), ("justice",)) is None
    office.noted(7, logement=30)
    assert office.releases.all() == [made]
    assert office.releases.late(JULY) == 30
    assert office.releases.altered() == []


def test_nobody_can_change_or_remove_a_release(office: Office) -> None:
    office.noted(7, logement=20)
    office.releases.publish(JULY, ASKED, 5)
    for statement in ("UPDATE release SET hash = ''", "DELETE FROM release"):
        with pytest.raises(IntegrityError, match="append-only"), office.database.write() as session:
            session.connection().exec_driver_sql(statement)


def test_a_release_that_was_tampered_with_is_found(office: Office) -> None:
    office.noted(7, logement=20)
    office.releases.publish(JULY, ASKED, 5)
    office.noted(8, logement=20)
    office.releases.publish(AUGUST, ASKED, 5)
    with office.database.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("DROP TRIGGER release_stays")
        connection.exec_driver_sql("UPDATE release SET content = replace(content, '20', '99') WHERE number = 1")
    assert office.releases.altered() == [1]


def test_late_arrivals_make_a_release_that_says_so(office: Office) -> None:
    office.noted(7, logement=20, sante=12)
    office.releases.publish(JULY, ASKED, 5)
    office.noted(7, logement=10)
    made = office.releases.publish(JULY, ASKED, 5)
    assert (made.number, made.restates) == (2, 1)
    assert made.shown.at(("theme",), ("logement",)) == 30


def test_a_few_late_arrivals_are_not_told_by_subtracting(office: Office) -> None:
    office.noted(7, logement=20, sante=12, justice=15, loisirs=15)
    office.releases.publish(JULY, ASKED, 5)
    office.noted(7, logement=2)
    with pytest.raises(InputError, match="Moins de 5 demandes"):
        office.releases.publish(JULY, ASKED, 5)
    office.noted(7, sante=8)
    made = office.releases.publish(JULY, ASKED, 5)
    assert made.shown.at(("theme",), ("logement",)) is None
    hidden = [cell for cell, figure in made.shown.tables["theme",].items() if figure is None]
    assert len(hidden) > 1


def test_the_same_figures_are_not_published_twice(office: Office) -> None:
    office.noted(7, logement=20)
    office.releases.publish(JULY, ASKED, 5)
    with pytest.raises(InputError, match="Rien n’a changé"):
        office.releases.publish(JULY, ASKED, 5)


def test_a_period_that_cuts_a_published_one_is_refused(office: Office) -> None:
    office.noted(8, logement=40)
    office.releases.publish(AUGUST, ASKED, 5)
    for first, last in ((date(2026, 8, 10), date(2026, 9, 10)), (date(2026, 8, 3), date(2026, 8, 9))):
        with pytest.raises(InputError, match="nᵒ 1"):
            office.releases.publish(Period(first, last), ASKED, 5)
    assert office.releases.publish(SUMMER, ASKED, 5).number == 2


def test_a_period_is_over_before_it_is_published(office: Office) -> None:
    office.noted(7, logement=20)
    with pytest.raises(InputError, match="pas terminée"):
        office.releases.publish(Period.month(2026, 11), ASKED)


COUNTS = st.fixed_dictionaries({theme: st.sampled_from([0, 1, 2, 4, 7, 12, 30]) for theme in "abcdef"})


def figures(counts: dict[str, int]) -> Counted:
    held: dict[Cell, int] = {(theme,): count for theme, count in counts.items() if count}
    return Counted(sum(held.values()), 0, {CHANNEL: held})


@settings(max_examples=40, deadline=None)
@given(months=st.lists(COUNTS, min_size=3, max_size=3), k=st.sampled_from([3, 5]))
def test_an_attacker_with_the_quarter_and_its_months_pins_no_small_figure(months: list[dict[str, int]], k: int) -> None:
    counted = [figures(each) for each in months]
    parts = [(each, protected(each, k)) for each in counted]
    if any(shown.inquiries is None for _each, shown in parts):
        return
    quarter = figures({theme: sum(month[theme] for month in months) for theme in "abcdef"})
    whole = protected(quarter, k, {CHANNEL: beside(quarter, parts, CHANNEL, k)})
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    read: list[dict[Cell, Any]] = []
    for each, shown in [*parts, (quarter, whole)]:
        told = shown.tables.get(CHANNEL)
        read.append({})
        for theme in "abcdef":
            cell: Cell = (theme,)
            figure = None if told is None else shown.at(CHANNEL, cell)
            low, high = (0 if told is None else 1, 10_000) if figure is None else (figure, figure)
            read[-1][cell] = solver.addVariable(lb=low, ub=high)
        solver.addConstr(sum(read[-1].values()) == each.inquiries)
    for named, sum_of_parts in read[-1].items():
        solver.addConstr(sum(month[named] for month in read[:-1]) == sum_of_parts)
    for (each, shown), variables in zip([*parts, (quarter, whole)], read, strict=True):
        for held, count in each.tables[CHANNEL].items():
            if CHANNEL in shown.tables and count < k:
                spans = []
                for best in (solver.minimize, solver.maximize):
                    best(1 * variables[held])
                    spans.append(solver.getInfo().objective_function_value)
                assert spans[1] >= k - 1e-6
                assert spans[1] - spans[0] >= k - 1 - 1e-6


def test_a_quarter_shows_what_its_months_can_bear(office: Office) -> None:
    for month, logement in ((7, 3), (8, 30), (9, 30)):
        office.noted(month, logement=logement, sante=20, justice=4)
        office.releases.publish(Period.month(2026, month), ASKED[:1], 5)
    shown = office.releases.publish(SUMMER, ASKED[:1], 5).shown
    assert shown.inquiries == 135
    assert shown.at(("theme",), ("sante",)) == 60
