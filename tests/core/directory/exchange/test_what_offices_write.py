"""Tables as offices really write them: cut phone numbers, several values in a cell, titles, hours nobody can read."""

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pointinfo.clock import ZONE
from pointinfo.database.schema import Contact
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord, hours
from pointinfo.directory.exchange.incoming import Remark
from pointinfo.directory.exchange.preview import Preview
from pointinfo.i18n import words


def workbook(folder: Path, *rows: tuple[Any, ...]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    file = folder / "liste.xlsx"
    book.save(file)
    return file


def table(folder: Path, *rows: str) -> Path:
    file = folder / "liste.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def looked_at(desk: Desk, file: Path) -> Preview:
    return desk.exchange.preview(file)


def records(preview: Preview) -> list[EntryRecord]:
    return [row.record for row in preview.rows() if row.record is not None]


def remarks(preview: Preview) -> list[Remark]:
    return [remark for row in preview.rows() for remark in row.remarks]


def phones(record: EntryRecord) -> list[str]:
    return [contact.value for contact in record.contacts if contact.kind == "phone"]


def test_numbers_that_a_spreadsheet_took_for_quantities_get_their_0_or_plus_back(desk: Desk, tmp_path: Path) -> None:
    file = workbook(
        tmp_path,
        ("Nom", "Téléphone", "NPA"),
        ("Maison verte", 223280000, 1204),
        ("Maison bleue", 41223280001, 1204),
        ("Maison de Savoie", 450951234, 74100),
        ("Maison pressée", 12345678, 1204),
        ("Maison sobre", "022 328 00 03", 1204),
        ("Service d’urgence", 144, 1204),
    )
    preview = looked_at(desk, file)
    assert [phones(record) for record in records(preview)] == [
        ["022 328 00 00"],
        ["022 328 00 01"],
        ["+33 4 50 95 12 34"],
        ["12345678"],
        ["022 328 00 03"],
        ["144"],
    ]
    said = remarks(preview)
    assert [(each.row, each.column, each.value) for each in said] == [
        (2, "Téléphone", "223280000"),
        (3, "Téléphone", "41223280001"),
        (4, "Téléphone", "450951234"),
        (5, "Téléphone", "12345678"),
    ]
    assert "022 328 00 00" in said[0].sentence
    assert "gardé comme il est" in said[3].sentence
    assert not any(each.fatal for each in said)


def test_several_numbers_and_addresses_in_a_cell_are_several_contacts(desk: Desk, tmp_path: Path) -> None:
    file = table(
        tmp_path,
        "nom;téléphone;courriel",
        'Maison verte;022 328 00 00 / 079 123 45 67;"a@verte.ch; b@verte.ch"',
        "Maison bleue;022/328 00 01;c@bleue.ch",
        "Maison rouge;022 328 00 02 (accueil) ou 022 328 00 03 (urgences);d@rouge.ch, e@rouge.ch",
        "Maison noire;022 328 00 04 / 05;f@noire.ch",
    )
    green, blue, red, black = records(looked_at(desk, file))
    assert green.contacts == (
        Contact("phone", "022 328 00 00"),
        Contact("phone", "079 123 45 67"),
        Contact("email", "a@verte.ch"),
        Contact("email", "b@verte.ch"),
    )
    assert phones(blue) == ["022/328 00 01"]
    assert red.contacts[:2] == (
        Contact("phone", "022 328 00 02", "accueil"),
        Contact("phone", "022 328 00 03", "urgences"),
    )
    assert phones(black) == ["022 328 00 04 / 05"]


def test_contacts_of_all_kinds_in_one_cell_are_told_apart(desk: Desk, tmp_path: Path) -> None:
    file = table(tmp_path, "nom;contact", "Maison verte;022 328 00 00, info@verte.ch, www.verte.ch")
    [green] = records(looked_at(desk, file))
    assert [contact.kind for contact in green.contacts] == ["phone", "email", "web"]


def test_the_second_address_of_a_cell_is_told_under_how_to_get_there(desk: Desk, tmp_path: Path) -> None:
    file = table(
        tmp_path,
        "nom;adresse complète",
        "Maison verte;Rue du Lac 3, 1204 Genève / Rue du Mail 4, 1205 Genève",
        "Maison bleue;Rue du Lac 5, 1204 Genève",
    )
    preview = looked_at(desk, file)
    green, blue = records(preview)
    assert (green.street, green.postcode, green.city) == ("Rue du Lac 3", "1204", "Genève")
    assert green.wordings["fr"].directions == "Aussi : Rue du Mail 4, 1205 Genève"
    assert (blue.street, blue.wordings) == ("Rue du Lac 5", {})
    [remark] = remarks(preview)
    assert (remark.row, remark.column) == (2, "adresse complète")


@pytest.mark.parametrize("said", ["Fondée 1999 à Genève", "Fondée en 1999", "Créée en 2004 par le quartier"])
def test_the_year_of_a_foundation_is_no_postcode(desk: Desk, tmp_path: Path, said: str) -> None:
    [record] = records(looked_at(desk, table(tmp_path, "nom;adresse complète", f"Maison verte;{said}")))
    assert (record.postcode, record.city) == ("", "")


def test_a_column_of_years_is_not_taken_for_postcodes_and_neuchatel_still_is(desk: Desk, tmp_path: Path) -> None:
    file = table(tmp_path, "nom;fondée;NPA", "Maison verte;1999;2000", "Maison bleue;2004;1920")
    found = records(looked_at(desk, file))
    assert [record.postcode for record in found] == ["2000", "1920"]
    assert [record.origins[0].extra for record in found] == [{"fondée": "1999"}, {"fondée": "2004"}]
    [only] = records(looked_at(desk, table(tmp_path, "nom;fondée", "Maison verte;1999")))
    assert only.postcode == ""
    moved = table(tmp_path, "nom;adresse complète", "Maison verte;Rue du Seyon 2, 2000 Neuchâtel")
    [there] = records(looked_at(desk, moved))
    assert (there.postcode, there.city) == ("2000", "Neuchâtel")


def test_coordinates_the_wrong_way_round_are_put_right_and_said(desk: Desk, tmp_path: Path) -> None:
    file = table(
        tmp_path,
        "nom;NPA;latitude;longitude",
        "Maison verte;1204;6.1432;46.2044",
        "Maison bleue;1204;46.2044;6.1432",
        "Maison rouge;1204;12.5;120.25",
        "Maison des îles;98800;-22.27;166.44",
    )
    preview = looked_at(desk, file)
    assert [(record.latitude, record.longitude) for record in records(preview)] == [
        (46.2044, 6.1432),
        (46.2044, 6.1432),
        (12.5, 120.25),
        (-22.27, 166.44),
    ]
    assert [(each.row, each.column) for each in remarks(preview)] == [(2, "longitude"), (4, "longitude")]
    assert "échangées" in remarks(preview)[0].sentence


def test_a_source_dated_in_the_future_is_remarked(desk: Desk, tmp_path: Path) -> None:
    file = table(tmp_path, "nom;mise à jour", "Maison verte;12.03.2201", "Maison bleue;2201", "Maison rouge;2020")
    preview = looked_at(desk, file)
    assert [(each.row, each.value) for each in remarks(preview)] == [(2, "2201-03-12"), (3, "2201")]


def test_a_table_with_a_title_is_read_by_its_heading(desk: Desk, tmp_path: Path) -> None:
    file = table(tmp_path, "Associations de la ville;;", ";;", "Nom;Téléphone;NPA", "Maison verte;022 328 00 00;1204")
    preview = looked_at(desk, file)
    [record] = records(preview)
    assert (record.name, phones(record), record.postcode) == ("Maison verte", ["022 328 00 00"], "1204")
    [remark] = remarks(preview)
    assert (remark.row, "Associations de la ville" in remark.sentence) == (3, True)


def test_one_day_that_cant_be_read_is_named_and_the_others_are_kept(desk: Desk, tmp_path: Path) -> None:
    file = table(tmp_path, "nom;lundi;mercredi;vendredi", "Maison verte;9h-12h;14-17h selon saison;8 à 12 sur rdv")
    preview = looked_at(desk, file)
    [record] = records(preview)
    assert record.hours == ('Mo 09:00-12:00; Fr 08:00-12:00 "sur rendez-vous"; We unknown "14-17h selon saison"')
    assert [(each.row, each.column, each.value) for each in remarks(preview)] == [
        (2, "mercredi", "14-17h selon saison")
    ]
    wednesday = datetime(2026, 11, 25, 15, tzinfo=ZONE)
    assert hours.state(record.hours, wednesday).kind == "unknown"
    assert hours.in_sentence(record.hours, words("fr")) == (
        "lu 9:00–12:00",
        "ve 8:00–12:00 (sur rendez-vous)",
        "me : 14-17h selon saison",
    )
