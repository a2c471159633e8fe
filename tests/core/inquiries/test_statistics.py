"""The figures: what counts, for which days, under which words; and the file that says the same."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from pointinfo import i18n
from pointinfo.clock import ZONE
from pointinfo.database import Database
from pointinfo.directory import vocabulary
from pointinfo.errors import InputError
from pointinfo.inquiries import InquiryLog, Note
from pointinfo.inquiries.export import as_json, csv_bytes, csv_text, file_name, neutral
from pointinfo.inquiries.log import OfDay
from pointinfo.inquiries.period import Period
from pointinfo.inquiries.statistics import Breakdown, Dimension, Report, Statistics

WORDS = i18n.words("fr")
OCTOBER = Period.month(2026, 10)


class Counter:
    """A counter whose clock stands where a test puts it."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(folder / "pointinfo.sqlite", WORDS)
        with self.database.write() as session:
            vocabulary.bring_up_to_date(session)
        self.now = datetime(2026, 10, 5, 9, tzinfo=ZONE)
        self.log = InquiryLog(self.database, lambda: self.now.astimezone(UTC), "here", WORDS)
        self.log.back_dating = 10_000
        self.statistics = Statistics(self.database, "here", WORDS)

    def noted(self, times: int, note: Note | None = None, day: date = date(2026, 10, 5), hour: int = 9) -> list[str]:
        """Note the same `times` over; returns the ids."""
        self.now = max(self.now, datetime.combine(day, time(hour), ZONE))
        return self.log.add_all([OfDay(note or Note(), hour)] * times, day)

    def rewrite(self, what: str) -> None:
        """Change rows as an older or newer program may have written them."""
        with self.database.write() as session:
            session.connection().exec_driver_sql(f"UPDATE inquiry SET {what}")

    def breakdown(self, dimension: Dimension, period: Period = OCTOBER) -> Breakdown:
        """One breakdown of a period."""
        found = self.statistics.report(period, [dimension]).breakdown(dimension)
        assert found is not None
        return found

    def counted(self, dimension: Dimension, period: Period = OCTOBER) -> dict[str, int | None]:
        """Its inquiries by code."""
        return {cell.code: cell.inquiries for cell in self.breakdown(dimension, period).cells}


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path)
    yield made
    made.database.close()


def test_an_inquiry_counts_once_for_every_audience_it_names(counter: Counter) -> None:
    counter.noted(6, Note(audiences=("aines", "proches-aidants"), people=2))
    counter.noted(7, Note(audiences=("aines",)))
    report = counter.statistics.report(OCTOBER, ["audience"])
    assert (report.inquiries, report.people) == (13, 19)
    cells = {cell.code: (cell.inquiries, cell.people) for cell in report.breakdowns[0].cells}
    assert cells["aines"] == (13, 19)
    assert cells["proches-aidants"] == (6, 12)


def test_not_said_is_a_line_of_its_own_and_the_last(counter: Counter) -> None:
    counter.noted(20)
    counter.noted(6, Note(themes=("logement",)))
    cells = counter.breakdown("theme").cells
    assert [(cell.label, cell.inquiries) for cell in cells] == [("Logement", 6), ("Non précisé", 20)]


def test_a_voided_inquiry_never_counts(counter: Counter) -> None:
    first, *_others = counter.noted(12)
    counter.log.void(first)
    assert counter.statistics.report(OCTOBER).inquiries == 11
    assert counter.counted("day")["2026-10-05"] == 11


def test_another_counter_does_not_count_here(counter: Counter) -> None:
    counter.noted(12)
    elsewhere = Statistics(counter.database, "there", WORDS)
    assert elsewhere.report(OCTOBER).inquiries == 0
    assert elsewhere.first_day() is None


def test_a_month_has_all_its_days(counter: Counter) -> None:
    counter.noted(12)
    days = counter.counted("day")
    assert len(days) == 31
    assert days["2026-10-05"] == 12
    assert days["2026-10-06"] == 0
    assert counter.breakdown("day").cells[0].label == "jeu. 1 oct."


def test_more_than_31_days_are_counted_by_month(counter: Counter) -> None:
    counter.noted(12)
    counter.noted(15, day=date(2026, 11, 30))
    breakdown = counter.breakdown("day", Period(date(2026, 9, 30), date(2026, 11, 30)))
    assert breakdown.title == "Demandes par mois"
    assert [(cell.code, cell.label, cell.inquiries) for cell in breakdown.cells] == [
        ("2026-09", "septembre 2026", 0),
        ("2026-10", "octobre 2026", 12),
        ("2026-11", "novembre 2026", 15),
    ]


def test_hours_run_from_the_first_to_the_last_that_were_busy(counter: Counter) -> None:
    counter.noted(10, hour=9)
    counter.noted(10, hour=12)
    cells = counter.breakdown("hour").cells
    assert [(cell.label, cell.inquiries) for cell in cells] == [("9 h", 10), ("10 h", 0), ("11 h", 0), ("12 h", 10)]


def test_both_ends_of_a_period_belong_to_it(counter: Counter) -> None:
    counter.noted(1, day=date(2026, 9, 30))
    counter.noted(10, day=date(2026, 10, 1))
    counter.noted(10, day=date(2026, 10, 31))
    counter.noted(1, day=date(2026, 11, 1))
    report = counter.statistics.report(Period(date(2026, 10, 1), date(2026, 10, 31)))
    assert (report.inquiries, report.logged_days) == (20, 2)


def test_an_unknown_code_is_kept_and_shown_as_it_is(counter: Counter) -> None:
    counter.noted(12)
    counter.rewrite("channel = 'pigeon', themes = '[\"lune\"]'")
    assert ("pigeon", "pigeon", 12, 12) in counter.breakdown("channel").cells
    assert ("lune", "lune", 12, 12) in counter.breakdown("theme").cells


def test_totals_are_shown_even_where_no_line_can_be(counter: Counter) -> None:
    counter.noted(6, Note(people=2, channel="phone"))
    report = counter.statistics.report(OCTOBER)
    assert (report.inquiries, report.people) == (6, 12)
    assert all(breakdown.withheld and not breakdown.cells for breakdown in report.breakdowns)
    channel = report.breakdown("channel")
    assert channel is not None
    assert channel.note.startswith("Moins de 10 demandes")


def test_a_total_under_the_threshold_is_hidden_everywhere(counter: Counter) -> None:
    counter.noted(4, Note(people=2, channel="phone"))
    report = counter.statistics.report(OCTOBER)
    assert (report.inquiries, report.people) == (None, None)
    assert all(breakdown.withheld and not breakdown.cells for breakdown in report.breakdowns)
    assert as_json(report)["inquiries"] is None
    assert "Demandes;masqué" in csv_text(report, i18n.words("fr"))


def test_a_day_that_the_chart_of_its_month_hides_is_hidden_alone_too(counter: Counter) -> None:
    for day, count in ((1, 10), (2, 3), (5, 12), (6, 14)):
        counter.noted(count, day=date(2026, 10, day))
    chart = counter.breakdown("day")
    hidden = [cell.code for cell in chart.cells if cell.inquiries is None]
    assert len(hidden) > 1
    for cell in chart.cells:
        alone = counter.statistics.report(Period.day(date.fromisoformat(cell.code)))
        assert alone.inquiries == cell.inquiries, cell.code
        if cell.inquiries is None:
            assert all(breakdown.withheld for breakdown in alone.breakdowns)


def busy_october(counter: Counter) -> None:
    """Eight inquiries a working day and three on Saturdays; the month before and the one after are busy, too."""
    for day in range(1, 32):
        weekday = date(2026, 10, day).weekday()
        counter.noted(0 if weekday == 6 else 3 if weekday == 5 else 8, day=date(2026, 10, day))
    counter.noted(40, day=date(2026, 9, 14))
    counter.noted(40, day=date(2026, 11, 16))


def test_a_week_tells_no_more_than_the_chart_of_its_month(counter: Counter) -> None:
    busy_october(counter)
    month = counter.counted("day")
    for monday in (5, 12, 19):
        week = Period.week_of(date(2026, 10, monday))
        report = counter.statistics.report(week, ["day"])
        assert report.inquiries == 43
        assert {cell.code: cell.inquiries for cell in report.breakdowns[0].cells}.items() <= month.items()
        hidden = [code for code, count in month.items() if count is None and week.holds(date.fromisoformat(code))]
        assert len(hidden) == 2, "the total of the week would give a single one away"


def test_a_period_whose_total_would_give_a_hidden_day_away_shows_none(counter: Counter) -> None:
    busy_october(counter)
    assert counter.counted("day")["2026-10-09"] == 8
    assert counter.counted("day")["2026-10-10"] is None
    with_it = counter.statistics.report(Period(date(2026, 10, 9), date(2026, 10, 10)))
    assert (with_it.inquiries, with_it.people) == (None, None)
    without_it = counter.statistics.report(Period(date(2026, 10, 1), date(2026, 10, 30)))
    assert without_it.inquiries is None


def test_a_month_that_its_year_hides_is_hidden_alone_even_while_it_lasts(counter: Counter) -> None:
    counter.noted(20, day=date(2026, 7, 6))
    counter.noted(3, day=date(2026, 8, 10))
    counter.noted(30, day=date(2026, 9, 7))
    counter.noted(40, day=date(2026, 10, 5))
    year = counter.counted("day", Period.year(2026))
    assert [code for code, count in year.items() if count is None] == ["2026-07", "2026-08"]
    assert counter.statistics.report(Period.month(2026, 7)).inquiries is None
    assert counter.statistics.report(Period(date(2026, 7, 1), date(2026, 7, 20))).inquiries is None
    assert counter.statistics.report(Period(date(2026, 10, 1), date(2026, 10, 20))).inquiries == 40
    quarter = counter.counted("day", Period(date(2026, 7, 1), date(2026, 10, 31)))
    assert quarter.items() <= year.items()


def test_what_a_chart_hides_stays_hidden_when_more_days_come(counter: Counter) -> None:
    for day, count in ((1, 12), (2, 3), (5, 10), (6, 14)):
        counter.noted(count, day=date(2026, 10, day))
    before = {code for code, count in counter.counted("day").items() if count is None}
    assert before == {"2026-10-01", "2026-10-02"}
    counter.noted(20, day=date(2026, 10, 7))
    assert {code for code, count in counter.counted("day").items() if count is None} == before


def test_a_small_figure_is_hidden_in_both_measures_and_not_alone(counter: Counter) -> None:
    counter.noted(20, Note(channel="counter"))
    counter.noted(3, Note(channel="post", people=9))
    counter.noted(9)
    cells = counter.breakdown("channel").cells
    assert [(cell.code, cell.inquiries, cell.people) for cell in cells if cell.inquiries != 0] == [
        ("counter", 20, 20),
        ("post", None, None),
        ("", None, None),
    ]


def test_hidden_lines_keep_the_order_of_the_list_not_of_their_size(counter: Counter) -> None:
    for code, times in {"counter": 2, "phone": 4, "email": 3, "outreach": 20, "post": 30, "other": 9}.items():
        counter.noted(times, Note(channel=code))
    codes = [cell.code for cell in counter.breakdown("channel").cells]
    assert codes == ["post", "outreach", "counter", "phone", "email", "other"]


def test_reasons_are_withheld_where_their_sum_would_reveal_a_hidden_outcome(counter: Counter) -> None:
    counter.noted(40, Note(outcome="answered"))
    counter.noted(30, Note(outcome="not-met", reason="full"))
    counter.noted(2, Note(outcome="partly", reason="cost"))
    assert counter.counted("outcome")["partly"] is None
    reasons = counter.breakdown("reason")
    assert reasons.withheld
    assert "un autre tableau" in reasons.note


def test_reasons_are_about_inquiries_that_asked_for_one(counter: Counter) -> None:
    counter.noted(40, Note(outcome="answered"))
    counter.noted(12, Note(outcome="not-met", reason="full"))
    counter.noted(6, Note(outcome="not-met"))
    assert counter.counted("reason") == {"full": 12, "": 6}


def test_week_days_are_withheld_where_they_would_reveal_a_hidden_day(counter: Counter) -> None:
    counter.noted(3, day=date(2026, 10, 6))
    counter.noted(9, day=date(2026, 10, 7))
    counter.noted(20, day=date(2026, 10, 8))
    assert counter.counted("day")["2026-10-06"] is None
    assert counter.breakdown("weekday").withheld


def test_a_year_has_week_days(counter: Counter) -> None:
    counter.noted(12)
    cells = counter.breakdown("weekday", Period.year(2026)).cells
    assert [(cell.label, cell.inquiries) for cell in cells[:2]] == [("Lundi", 12), ("Mardi", 0)]
    assert len(cells) == 5


def test_an_empty_period_is_no_secret(counter: Counter) -> None:
    report = counter.statistics.report(OCTOBER)
    assert (report.inquiries, report.people, report.logged_days) == (0, 0, 0)
    assert not any(breakdown.withheld for breakdown in report.breakdowns)
    assert counter.statistics.first_day() is None


def test_the_first_day_is_the_earliest_that_counts(counter: Counter) -> None:
    [early] = counter.noted(1, day=date(2026, 3, 2))
    counter.noted(1, day=date(2026, 4, 7))
    assert counter.statistics.first_day() == date(2026, 3, 2)
    counter.log.void(early)
    assert counter.statistics.first_day() == date(2026, 4, 7)


def test_a_period_that_ends_before_it_begins_is_refused(counter: Counter) -> None:
    with pytest.raises(InputError, match="précède"):
        counter.statistics.report(Period(date(2026, 10, 2), date(2026, 10, 1)))


def test_periods_step_by_their_own_kind() -> None:
    assert Period.month(2026, 1).step(-1) == Period.month(2025, 12)
    assert Period.month(2028, 1).step(1) == Period(date(2028, 2, 1), date(2028, 2, 29))
    assert Period.year(2026).step(-1) == Period.year(2025)
    assert Period.week_of(date(2026, 11, 23)).step(-1) == Period(date(2026, 11, 16), date(2026, 11, 22))
    assert Period.day(date(2026, 3, 1)).step(-1) == Period.day(date(2026, 2, 28))
    assert Period.year(9999).step(1) == Period.year(9999)


@pytest.mark.parametrize(
    ("period", "title"),
    [
        (OCTOBER, "Octobre 2026"),
        (Period.year(2026), "2026"),
        (Period.day(date(2026, 11, 23)), "Lundi 23 novembre 2026"),
        (Period.day(date(2026, 6, 1)), "Lundi 1er juin 2026"),
        (Period(date(2026, 11, 1), date(2026, 11, 23)), "Du 1er au 23 novembre 2026"),
        (Period(date(2026, 9, 28), date(2026, 10, 4)), "Du 28 septembre au 4 octobre 2026"),
        (Period(date(2026, 12, 28), date(2027, 1, 1)), "Du 28 décembre 2026 au 1er janvier 2027"),
    ],
)
def test_a_period_has_a_heading(period: Period, title: str) -> None:
    assert period.title(WORDS) == title


def report_of(counter: Counter) -> Report:
    counter.noted(20, Note(channel="counter"))
    counter.noted(3, Note(channel="post"))
    for inquiry in counter.noted(9):
        counter.rewrite(f"channel = '=2+3' WHERE id = '{inquiry}'")
    counter.noted(9)
    return counter.statistics.report(OCTOBER, ["channel"])


def test_the_file_says_what_the_report_says(counter: Counter) -> None:
    lines = csv_text(report_of(counter), WORDS).split("\r\n")
    assert lines[0] == "Chiffres du guichet;Octobre 2026"
    assert "Demandes;41" in lines
    assert "Comment on nous joint" in lines
    assert "Canal;Demandes;Personnes" in lines
    assert "Au guichet;20;20" in lines
    assert "Par courrier;masqué;masqué" in lines
    assert "Non précisé;masqué;masqué" in lines


def test_no_cell_of_the_file_is_a_formula(counter: Counter) -> None:
    assert "'=2+3;9;9" in csv_text(report_of(counter), WORDS)
    assert [neutral(text) for text in ("=A1", "+41", "-1", "@x", "Aîné-e-s")] == [
        "'=A1",
        "'+41",
        "'-1",
        "'@x",
        "Aîné-e-s",
    ]


def test_the_file_opens_in_excel_with_its_accents(counter: Counter) -> None:
    assert csv_bytes(report_of(counter), WORDS).startswith(b"\xef\xbb\xbfChiffres")


def test_a_file_is_named_after_its_period() -> None:
    names = [
        file_name(period, "csv")
        for period in (OCTOBER, Period.year(2026), Period.day(date(2026, 10, 5)), Period.week_of(date(2026, 10, 5)))
    ]
    assert names == [
        "pointinfo_2026-10.csv",
        "pointinfo_2026.csv",
        "pointinfo_2026-10-05.csv",
        "pointinfo_2026-10-05_2026-10-11.csv",
    ]
