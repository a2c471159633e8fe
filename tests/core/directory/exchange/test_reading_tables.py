"""Tables as they come: every encoding, every delimiter, workbooks of all sorts, and files that are no tables at all."""

import os
import zipfile
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pointinfo import i18n
from pointinfo.directory.exchange import tables, workbook
from pointinfo.directory.exchange.tables import examine, lines
from pointinfo.errors import InputError

WORDS = i18n.words("fr")
TEXT = "nom;ville\nÉcole d’été;Genève\nCafé œuvre;Zürich\n"


def csv_file(folder: Path, content: bytes) -> Path:
    file = folder / "liste.csv"
    file.write_bytes(content)
    return file


def xlsx_file(folder: Path, *rows: tuple[Any, ...], **sheets: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for name, state in sheets.items():
        book.create_sheet(name).sheet_state = state
    file = folder / "liste.xlsx"
    book.save(file)
    return file


def rows(file: Path, **given: str) -> list[list[str]]:
    return [line.cells for line in lines(examine(file, WORDS, **given), WORDS)]


def flaws(file: Path) -> list[tuple[int, int, str]]:
    return [(line.row, *flaw) for line in lines(examine(file, WORDS), WORDS) for flaw in line.flaws]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_that_offices_write_reads_the_same(tmp_path: Path, encoding: str) -> None:
    file = csv_file(tmp_path, TEXT.encode(encoding))
    assert rows(file) == [["nom", "ville"], ["École d’été", "Genève"], ["Café œuvre", "Zürich"]]
    assert flaws(file) == []


def test_a_line_in_another_encoding_is_read_and_named(tmp_path: Path) -> None:
    mixed = "nom;ville\nÉcole;Genève\n".encode() + "Café;Neuchâtel\n".encode("cp1252") + "Théâtre;Nyon\n".encode()
    file = csv_file(tmp_path, mixed)
    assert rows(file)[2:] == [["Café", "Neuchâtel"], ["Théâtre", "Nyon"]]
    [(row, column, sentence)] = flaws(file)
    assert (row, column) == (3, -1)
    assert "Windows-1252" in sentence


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, mark: str) -> None:
    file = csv_file(tmp_path, f'a{mark}b{mark}c\n1{mark}"x;,|\ty"{mark}3\n'.encode())
    assert rows(file) == [["a", "b", "c"], ["1", "x;,|\ty", "3"]]


def test_excels_own_delimiter_line_is_no_row(tmp_path: Path) -> None:
    assert rows(csv_file(tmp_path, b"sep=;\r\na;b\r\n1,5;2\r\n")) == [["a", "b"], ["1,5", "2"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_and_quoted_ones_within_a_cell(tmp_path: Path, end: str) -> None:
    file = csv_file(tmp_path, f'a;b{end}"un{end}deux";3{end}'.encode())
    assert rows(file) == [["a", "b"], ["un\ndeux", "3"]]


def test_nul_characters_are_left_out_and_said(tmp_path: Path) -> None:
    file = csv_file(tmp_path, b"a;b\nx\0y;2\n")
    assert rows(file) == [["a", "b"], ["xy", "2"]]
    assert [(row, column) for row, column, _sentence in flaws(file)] == [(2, -1)]


def test_columns_and_cells_beyond_the_limits_are_cut_and_said(tmp_path: Path) -> None:
    wide = ";".join(f"c{number}" for number in range(600))
    long = "x" * 40_000
    file = csv_file(tmp_path, f"{wide}\n{long};{';'.join('v' * 599)}\n".encode())
    found = list(lines(examine(file, WORDS), WORDS))
    assert [len(line.cells) for line in found] == [500, 500]
    assert len(found[1].cells[0]) == tables.CELL
    assert [(line.row, flaw[0]) for line in found for flaw in line.flaws] == [(1, 500), (2, 500), (2, 0)]


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    file = csv_file(tmp_path, b'a;b\n"x\ny";1\n;\nz;2\n')
    assert [line.row for line in lines(examine(file, WORDS), WORDS)] == [1, 2, 4]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "est vide"),
        (b" \r\n \n", "est vide"),
        (bytes(range(256)) * 40, "n’est pas un tableau"),
        (b"\xd0\xcf\x11\xe0 old", "ancien classeur"),
        (b"PK\x03\x04 broken", "endommagé"),
        (b'a;b\n"never closed;' + b"x;y\n" * 60_000, "guillemet"),
        (b"x" * 5_000_000, "n’a pas de fin"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    file = csv_file(tmp_path, content)
    with pytest.raises(InputError, match=said):
        rows(file)


@pytest.mark.parametrize(
    "content",
    [
        'id;nom;ville\n1;A;Onex\n2;"B;Lancy\n3;C;Vernier\n',
        'id;nom;ville\n1;A;Onex\n2;"B;Lancy\n3;"C";Vernier\n4;D;Meyrin\n',
        'id;nom;ville\n1;A;Onex\n2;"B;Lancy\n3;C";Vernier\n4;D;Meyrin\n',
        'nom,ville\nZ,Onex\n"B,Lancy\nC,"Vernier"\nD,Meyrin\n',
        'nom;ville\nA;Onex\n"B;Lancy\nC";Vernier\nD;Meyrin\n',
        'nom,ville\nA,Onex\n"B,Lancy\nC,Thônex\nD",Vernier\nE,Meyrin\n',
    ],
)
def test_a_quote_nobody_closed_swallows_no_row_but_is_said_with_its_line(tmp_path: Path, content: str) -> None:
    with pytest.raises(InputError, match="La ligne 3 ne se lit pas : un guillemet"):
        rows(csv_file(tmp_path, content.encode()))


def test_cells_of_several_lines_with_delimiters_in_them_are_no_swallowed_rows(tmp_path: Path) -> None:
    file = csv_file(tmp_path, b'a;b;c\n1;"x; y\nz; t\n""u"" ; v";3\n2;"n\nm";"o\np;q"')
    assert rows(file)[1:] == [["1", 'x; y\nz; t\n"u" ; v', "3"], ["2", "n\nm", "o\np;q"]]


def test_a_text_of_several_lines_with_the_marks_of_a_row_on_each_is_no_swallowed_row(tmp_path: Path) -> None:
    file = csv_file(tmp_path, b'a;b;c\n1;"Onex; Lancy\nVernier; Meyrin";3\n')
    assert rows(file)[1:] == [["1", "Onex; Lancy\nVernier; Meyrin", "3"]]
    file = csv_file(tmp_path, b'nom,ville\n"Maison verte, rue du Lac\n1,5 km du centre",Onex\nB,Lancy\n')
    assert rows(file)[1:] == [["Maison verte, rue du Lac\n1,5 km du centre", "Onex"], ["B", "Lancy"]]


@pytest.mark.parametrize(
    "above",
    [
        b"Associations du canton;;\n",
        b"Associations du canton\n\n",
        b"Associations du canton;;\nEtat au 1.9.2026;;\n",
    ],
)
def test_a_title_above_the_heading_is_left_out_and_said(tmp_path: Path, above: bytes) -> None:
    file = csv_file(tmp_path, above + b"id;nom;ville\n1;A;Onex\n2;;\n3;C;Lancy\n")
    assert rows(file) == [["id", "nom", "ville"], ["1", "A", "Onex"], ["2", "", ""], ["3", "C", "Lancy"]]
    [(row, column, sentence)] = flaws(file)
    assert (row, column) == (above.count(b"\n") + 1, -1)
    assert "Associations du canton" in sentence


def test_a_title_in_merged_cells_of_a_workbook_is_left_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Associations du canton",), (None,), ("nom", "ville", "téléphone"), ("A", "Onex", "022")):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    file = tmp_path / "liste.xlsx"
    book.save(file)
    assert rows(file) == [["nom", "ville", "téléphone"], ["A", "Onex", "022"]]


@pytest.mark.parametrize(
    "content", [b"nom\nA\nB\n", b"nom;;\nA;Onex;022\n", b"nom;ville\nA;\nB;\nC;Onex\n", b"id;nom\n1;\n"]
)
def test_a_heading_is_no_title(tmp_path: Path, content: bytes) -> None:
    file = csv_file(tmp_path, content)
    assert rows(file)[0][0] == content.split(b"\n")[0].split(b";")[0].decode()
    assert flaws(file) == []


def test_a_folder_a_missing_file_and_a_locked_one_are_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="dossier"):
        examine(tmp_path, WORDS)
    with pytest.raises(InputError, match="ne peut pas être lu"):
        examine(tmp_path / "absent.csv", WORDS)
    locked = csv_file(tmp_path, b"a;b\n")
    locked.chmod(0)
    if not os.access(locked, os.R_OK):  # root reads everything
        with pytest.raises(InputError, match="ne peut pas être lu"):
            examine(locked, WORDS)


def test_reading_tells_how_far_it_is_and_stops_when_asked(tmp_path: Path) -> None:
    file = csv_file(tmp_path, b"a;b\n" + b"1;2\n" * 5_000)
    told: list[float] = []
    assert len(list(lines(examine(file, WORDS), WORDS, told.append))) == 5_001
    assert told == sorted(told)
    assert told[-1] == 1.0

    class EnoughError(Exception):
        pass

    def stop(done: float) -> None:
        if done > 0.5:
            raise EnoughError

    with pytest.raises(EnoughError):
        list(lines(examine(file, WORDS), WORDS, stop))


def test_a_workbook_reads_like_its_cells_look(tmp_path: Path) -> None:
    file = xlsx_file(
        tmp_path,
        ("nom", "npa", "date", "heure", "oui", "prix"),
        ("Café", 1204, date(2026, 9, 14), time(8, 30), True, 2.5),
    )
    assert rows(file)[1] == ["Café", "1204", "2026-09-14", "08:30", "oui", "2.5"]


def test_merged_cells_all_say_what_the_first_says(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("ville", "nom"), ("Genève", "un"), (None, "deux"), (None, "trois")):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    file = tmp_path / "merged.xlsx"
    book.save(file)
    assert rows(file)[1:] == [["Genève", "un"], ["Genève", "deux"], ["", "trois"]]


def test_a_formula_nobody_computed_is_said_with_its_cell(tmp_path: Path) -> None:
    file = xlsx_file(tmp_path, ("nom", "somme"), ("un", "=1+1"), ("deux", 3))
    assert rows(file)[1][0] == "un"
    assert [(row, column) for row, column, _sentence in flaws(file)] == [(2, 1)]


def test_a_hidden_sheet_is_named_and_read_only_when_asked_for(tmp_path: Path) -> None:
    file = xlsx_file(tmp_path, ("a", "b"), Caché="hidden", Autre="visible")
    table = examine(file, WORDS)
    assert (table.sheet, table.sheets, table.hidden) == ("Sheet", ("Sheet", "Autre", "Caché"), ("Caché",))
    assert rows(file, sheet="Caché") == []
    with pytest.raises(InputError, match="pas de feuille"):
        examine(file, WORDS, sheet="Absente")


def bomb(folder: Path, part: str, content: bytes) -> Path:
    """A sound workbook with one part replaced."""
    sound = xlsx_file(folder, ("a", "b"))
    file = folder / "bomb.xlsx"
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return file


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    file = bomb(tmp_path, "xl/worksheets/sheet1.xml", b" " * 60_000_000)
    assert file.stat().st_size < 200_000
    with pytest.raises(InputError, match=r"60 Mo.*n’a pas été ouvert"):
        examine(file, WORDS)


def test_an_archive_that_lies_about_its_size_is_not_unpacked_further(tmp_path: Path) -> None:
    file = bomb(tmp_path, "xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * 30_000_000)
    raw = file.read_bytes()
    size = (30_000_011).to_bytes(4, "little")
    assert raw.count(size) == 2
    file.write_bytes(raw.replace(size, (2_000).to_bytes(4, "little")))
    with pytest.raises(InputError, match="endommagé"):
        rows(file)


def test_xml_entities_are_never_expanded(tmp_path: Path) -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    with pytest.raises(InputError, match="entités"):
        examine(bomb(tmp_path, "xl/worksheets/sheet1.xml", laughs), WORDS)


def test_a_sheet_that_claims_a_row_far_beyond_excels_last_is_refused(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(workbook, "ROWS", 1_000)
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="999999999"><c r="A999999999"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    with pytest.raises(InputError, match="Plus de"):
        rows(bomb(tmp_path, "xl/worksheets/sheet1.xml", sheet))
