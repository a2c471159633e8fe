"""One protected report: the screen's tables, the CSV file and the spreadsheet say the same, cell for cell."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from pointinfo import i18n
from pointinfo.cli import main
from pointinfo.database import Database
from pointinfo.desk import Desk
from pointinfo.directory import vocabulary
from pointinfo.errors import InputError
from pointinfo.inquiries import Note, Period
from pointinfo.inquiries.chunks import made
from pointinfo.inquiries.columns import Axis, Columns
from pointinfo.inquiries.figures import Figures
from pointinfo.inquiries.report_files import csv_bytes, xlsx_bytes
from pointinfo.inquiries.report_tables import Reporting, Sheet, said
from pointinfo.inquiries.tables import Asked

WORDS = i18n.words("fr")
NOVEMBER = Period.month(2026, 11)
SOME_AXES: tuple[Axis, ...] = ("theme", "audience", "channel", "outcome", "weekday", "hour", "language")

ROWS = st.lists(
    st.tuples(
        st.just("here"),
        st.sampled_from(["2026-11-02", "2026-11-03", "2026-11-06"]),
        st.sampled_from([9, 10, None]),
        st.integers(1, 3),
        st.sampled_from(["phone", "phone", "counter", "=1+1"]),
        st.just(""),
        st.sampled_from(["answered", "not-met"]),
        st.just(""),
        st.just(""),
        st.just("live"),
        st.sampled_from([("logement",), ("sante",), ("logement", "sante"), ()]),
        st.sampled_from([("population",), ("aines",), ("+lune",)]),
        st.sampled_from(["fr", "pt", ""]),
        st.just(""),
    ),
    min_size=5,
    max_size=90,
)


class Given(Figures):
    """Figures of inquiries that a test makes up."""

    def __init__(self, database: Database, rows: list[Any]) -> None:
        super().__init__(database)
        self._made = Columns({("here", "2026-11"): made(rows)}, {})

    def columns(self) -> Columns:
        return self._made


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = Database(tmp_path_factory.mktemp("figures") / "pointinfo.sqlite", WORDS)
    with opened.write() as session:
        vocabulary.bring_up_to_date(session)
    yield opened
    opened.close()


def read_csv(sheet: Sheet) -> list[list[str]]:
    return list(csv.reader(StringIO(csv_bytes(sheet, WORDS).decode("utf-8-sig")), delimiter=";"))


def read_xlsx(sheet: Sheet) -> list[list[str]]:
    page = load_workbook(BytesIO(xlsx_bytes(sheet, WORDS))).active
    assert page is not None
    for row in page.iter_rows():
        assert all(cell.data_type in {"s", "n"} for cell in row), "a formula"
    rows = [["" if cell is None else str(cell) for cell in row] for row in page.iter_rows(values_only=True)]
    return [row[: max((at for at, cell in enumerate(row, 1) if cell), default=0)] for row in rows]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_screen_csv_and_spreadsheet_are_equal(data: Any, database: Database) -> None:
    reporting = Reporting(database, Given(database, data.draw(ROWS)), WORDS)
    axes = st.sampled_from(SOME_AXES)
    only, asked = None, list[Asked]()
    if data.draw(st.booleans()):
        only = data.draw(st.sampled_from([("channel", "phone"), ("outcome", "not-met"), ("channel", "=1+1")]))
        asked = [(axis,) for axis in data.draw(st.sets(axes, min_size=1, max_size=2)) if axis != only[0]]
    else:
        asked = [tuple(data.draw(st.lists(axes, min_size=1, max_size=2, unique=True))) for _ in range(2)]
    sheet = reporting.report(NOVEMBER, asked, data.draw(st.sampled_from([3, 5])), only)
    rows = read_csv(sheet)
    assert read_xlsx(sheet) == rows
    for row in rows:
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    for table in sheet.tables:
        start = rows.index([table.title]) + 1
        if table.withheld:
            assert rows[start] == [table.note]
            continue
        written = rows[start + 1 : start + 1 + len(table.lines)]
        shown = [["masqué" if figure is None else str(figure) for figure in line.figures] for line in table.lines]
        assert [row[1:] for row in written] == shown


def test_percentages_are_of_what_is_shown_and_of_thirty_at_least(database: Database) -> None:
    row = ("here", "2026-11-02", 9, 1, "phone", "", "answered", "", "", "live", ("logement",), ("aines",), "", "")
    other = ("here", "2026-11-02", 9, 1, "counter", "", "answered", "", "", "live", ("logement",), ("aines",), "", "")
    small = Reporting(database, Given(database, [row] * 15 + [other] * 14), WORDS).report(NOVEMBER, [("channel",)])
    assert small.tables[0].share("phone") is None
    large = Reporting(database, Given(database, [row] * 30 + [other] * 10), WORDS).report(NOVEMBER, [("channel",)])
    assert large.tables[0].share("phone") == 75
    hidden = Reporting(database, Given(database, [row] * 30 + [other] * 4), WORDS).report(NOVEMBER, [("channel",)])
    assert hidden.tables[0].figure("phone") is hidden.tables[0].share("phone") is None


def test_a_filter_is_a_line_of_the_crossed_table(desk: Desk) -> None:
    for channel, theme, times in (
        ("phone", "logement", 14),
        ("phone", "sante", 4),
        ("counter", "sante", 20),
        ("counter", "logement", 16),
    ):
        for _ in range(times):
            desk.inquiries.add(Note(channel=channel, themes=(theme,)))
    whole = desk.reporting.report(NOVEMBER, [("theme", "channel")]).tables[0]
    narrowed = desk.reporting.report(NOVEMBER, [("theme",)], only=("channel", "phone"))
    assert narrowed.inquiries == 18
    assert narrowed.only == ("channel", "Par téléphone")
    assert [line.figures[0] for line in narrowed.tables[0].lines] == [
        whole.figure(line.code, "phone") for line in narrowed.tables[0].lines
    ]
    assert narrowed.tables[0].figure("sante") is None
    assert said(narrowed.tables[0].figure("sante"), WORDS) == "masqué"


def test_three_criteria_are_refused(desk: Desk) -> None:
    with pytest.raises(InputError, match="deux critères"):
        desk.reporting.report(NOVEMBER, [("theme", "audience")], only=("channel", "phone"))
    with pytest.raises(InputError, match="deux critères"):
        desk.reporting.report(NOVEMBER, [("theme", "theme")])


def test_a_release_reads_as_it_was_published(desk: Desk, clock: Any) -> None:
    for _ in range(25):
        desk.inquiries.add(Note(themes=("logement",)))
    clock.now = clock.now.replace(month=12)
    released = desk.releases.publish(NOVEMBER, [("theme",)])
    sheet = desk.reporting.of_release(released)
    assert (sheet.number, sheet.inquiries, sheet.tables[0].figure("logement")) == (1, 25, 25)
    assert ["Empreinte", released.hash] in read_csv(sheet)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_command_line_writes_crossed_tables(
    desk: Desk, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(30):
        desk.inquiries.add(Note(themes=("logement",), audiences=("aines",)))
    home = ["--home", str(desk.home)]
    period = ["--from", "2026-11-01", "--to", "2026-11-30"]
    file = tmp_path / f"chiffres.{ending}"
    command = ["statistics", *home, *period, "--cross", "topic,audience"]
    assert main(command) == 0
    printed = capsys.readouterr().out
    assert "Thème;Aîné-e-s\r\nLogement;30" in printed
    assert main([*command, "-o", str(file)]) == 0
    assert "chiffres." in capsys.readouterr().out
    assert file.stat().st_size > 100
    assert main([*command, "-o", str(tmp_path / "chiffres.doc")]) == 2
    assert main(["statistics", *home, *period, "--by", "theme", "--only", "channel"]) == 2
