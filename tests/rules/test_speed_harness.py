"""The measurements of `make speed` run: on a small counter, the numbers themselves unread."""

import json
from pathlib import Path

import pytest

from tests.speed.__main__ import main
from tests.speed.build import build
from tests.speed.town import A_DAY, TODAY, Town, clock

from pointinfo.desk import open_desk  # isort: skip


def test_a_town_is_always_the_same() -> None:
    assert list(Town().entries(50)) == list(Town().entries(50))
    assert list(Town().inquiries(50, 50)) == list(Town().inquiries(50, 50))


def test_the_built_counter_is_one_that_the_program_could_have_written(tmp_path: Path) -> None:
    build(tmp_path, 300, 400)
    desk = open_desk(tmp_path / "large", clock)
    try:
        assert not desk.directory.is_demonstration()
        assert not desk.directory.unindexed()
        assert not desk.inquiries.broken_links()
        assert not desk.database.problems()
        journal = desk.inquiries.journal(TODAY)
        assert len(journal) == A_DAY
        desk.inquiries.void(journal[0].id)
        assert desk.inquiries.count(TODAY).inquiries == A_DAY - 1
        assert not desk.inquiries.broken_links()
    finally:
        desk.close()


def test_the_search_is_measured_beside_its_floor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    numbers = tmp_path / "numbers.json"
    size = ["--entries", "300", "--inquiries", "400"]

    assert main(["--quick", *size, "--parts", "search", "--data", str(tmp_path), "--json", str(numbers)]) == 0

    assert "floor: FTS5 unranked" in capsys.readouterr().out
    rows = json.loads(numbers.read_text(encoding="utf-8"))["rows"]
    assert all(row["p50"] > 0 and row["p95"] >= row["p50"] for row in rows)


def test_what_keeps_a_directory_true_is_measured_beside_its_floor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    size = ["--entries", "300", "--inquiries", "400"]
    assert main(["--quick", *size, "--parts", "upkeep", "--data", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    for line in ("five entries to call today", "the quality of the whole directory", "every contradiction"):
        assert line in told


def test_what_an_editor_waits_for_is_measured_beside_its_floors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    size = ["--entries", "300", "--inquiries", "400"]
    assert main(["--quick", *size, "--parts", "keeping", "--data", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    for line in (
        "Revisions.save",
        "its editor, filled and painted",
        "one entry against all",
        "1,000 revisions, listed",
    ):
        assert line in told


def test_an_import_is_measured_beside_its_floor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    size = ["--entries", "300", "--inquiries", "400"]
    assert main(["--quick", *size, "--parts", "importing", "--data", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    for line in ("a CSV file of 300 entries", "looked through", "brought in and indexed", "processor"):
        assert line in told


def test_charts_are_measured_beside_duckdb_and_sqlite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    size = ["--entries", "300", "--inquiries", "400"]
    assert main(["--quick", *size, "--parts", "charts", "--data", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    for line in ("peer: duckdb, a year", "peer: SQLite, all time", "every chart, a year"):
        assert line in told


def test_the_inquiries_for_the_charts_are_as_many_as_asked_for() -> None:
    from pointinfo.inquiries.columns import Selection
    from tests.speed.charts import ALL, YEAR, town_columns

    columns = town_columns(4_800)
    assert columns.chosen(Selection(ALL)).inquiries == 4_800
    assert columns.chosen(Selection(YEAR)).inquiries == 1_200


def test_a_monthly_report_is_measured_beside_sqlite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    size = ["--entries", "300", "--inquiries", "400"]
    assert main(["--quick", *size, "--parts", "reports", "--data", str(tmp_path)]) == 0
    assert "PointInfo: monthly report, PDF" in capsys.readouterr().out
