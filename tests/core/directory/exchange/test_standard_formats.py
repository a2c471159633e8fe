"""The standards in the one list of formats: told by what is in the file, read and written through the exchange."""

from pathlib import Path

import pytest

from pointinfo.desk import Desk

SHARED = Path(__file__).parents[4].parent / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the files of other producers lie beside the checkout")


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
