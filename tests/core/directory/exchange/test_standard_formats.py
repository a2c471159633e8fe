"""The standards in the one list of formats: told by what is in the file, read and written through the exchange."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from pointinfo.desk import Desk
from pointinfo.directory.exchange.hsds_own import is_uuid
from pointinfo.errors import InputError
from tests.fuzz_standards import BFC, HSDS, INCLUSION, MEDNUM, OLD_TABLES, TABLES, workbook, zipped
from tests.measure_exchange import SHARED, needs_shared


@needs_shared
@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("imports/mednum_nouvelle-caledonie.json", "mednum"),
        ("imports/mednum_gironde.json", "mednum"),
        ("imports/mednum_epernay.json", "mednum"),
        ("imports/mednum_maine-et-loire.json", "mednum"),
        ("imports/bfc_mednum_ODbL.csv", "mednum"),
        ("imports/datainclusion_v1_template_fixture.xlsx", "data-inclusion"),
        ("imports/ohana_sample_csv", "ohana"),
        ("standards/hsds_3.0_examples_csv", "hsds"),
        ("standards/hsds_3.0_service_full.json", "hsds-json"),
        ("standards/hsds_3.0_organization_full.json", "hsds-json"),
    ],
)
def test_a_file_is_known_by_what_is_in_it_and_can_be_looked_through(desk: Desk, file: str, name: str) -> None:
    assert desk.exchange.format_of(SHARED / file).name == name
    preview = desk.exchange.preview(SHARED / file)
    assert len(preview) > 0
    preview.close()


@pytest.mark.parametrize("suffix", [".zip", ".json", ".vcf", ".ics", ".csv", ".xlsx", ".jsonl"])
def test_the_whole_directory_is_written_in_every_format(desk: Desk, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"annuaire{suffix}"
    count = desk.exchange.write(target)
    assert target.stat().st_size > 0
    least = {".ics": 0, ".vcf": 100}  # a calendar has what meets, cards have what can be reached
    assert count >= least.get(suffix, 191)


def test_what_goes_out_as_hsds_comes_back_as_it_was(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "annuaire.zip"
    desk.exchange.write(target)
    assert desk.exchange.format_of(target).name == "hsds"
    preview = desk.exchange.preview(target)
    assert len(preview) >= 191
    preview.close()


# One file of each standard, with more records than are read between two looks at the clock.

MANY = 1_200


def many(record: dict[str, object], field: str) -> list[dict[str, object]]:
    return [record | {field: f"n{number}"} for number in range(MANY)]


def many_rows(table: str) -> str:
    heading, row = list(csv.reader(io.StringIO(table)))[:2]
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(heading)
    writer.writerows([f"n{number}", *row[1:]] for number in range(MANY))
    return stream.getvalue()


def many_lines(data: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Structures"]
    heading, row = ([cell.value for cell in line] for line in sheet.iter_rows(max_row=2))
    for number in range(MANY):
        sheet.append([f"n{number}" if name == "id" else cell for name, cell in zip(heading, row, strict=True)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


MADE = {
    "mednum.json": json.dumps(many(MEDNUM[0], "nom")).encode(),
    "mednum.csv": many_rows(BFC).encode(),
    "inclusion.json": json.dumps({"services": many(INCLUSION["services"][0], "id")}).encode(),
    "hsds.json": json.dumps({"services": many(HSDS["services"][0] | {"attributes": []}, "id")}).encode(),
    "hsds.zip": zipped(TABLES | {"services.csv": many_rows(TABLES["services.csv"])}),
    "ohana.zip": zipped(OLD_TABLES | {"services.csv": many_rows(OLD_TABLES["services.csv"])}),
    "inclusion.xlsx": many_lines(workbook()),
}


@pytest.fixture(params=MADE)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A long file of a standard."""
    file = tmp_path / str(request.param)
    file.write_bytes(MADE[file.name])
    return file


def test_whoever_waits_for_a_standards_file_is_told_how_far_it_is(desk: Desk, made: Path) -> None:
    told: list[float] = []
    desk.exchange.preview(made, tick=told.append).close()
    assert len(told) > 2
    assert told == sorted(told)
    assert 0 < told[0] < 0.9
    assert told[-1] == 1.0


def test_the_reading_of_a_standards_file_can_be_stopped(desk: Desk, made: Path) -> None:
    told: list[float] = []

    def stop(done: float) -> None:
        told.append(done)
        raise InputError("Arrêté.")

    with pytest.raises(InputError, match="Arrêté"):
        desk.exchange.preview(made, tick=stop)
    assert len(told) == 1
    assert told[0] < 1.0


def test_a_standards_file_is_of_the_source_that_the_person_names(desk: Desk, made: Path) -> None:
    first, second = (desk.exchange.preview(made, source=name) for name in ("Ville", "Canton"))
    assert (first.source, second.source) == ("Ville", "Canton")
    assert first.counts.new > 0
    for one, other in zip(first.rows("new"), second.rows("new"), strict=True):
        assert one.record is not None
        assert {origin.source.partition(":")[0] for origin in one.record.origins} == {"Ville"}
        assert one.uid != other.uid or is_uuid(one.record.origins[0].id)
    desk.exchange.bring_in(first, "Ana")
    again = desk.exchange.preview(made, source="Ville")
    assert (again.counts.new, again.counts.changed) == (0, 0)
