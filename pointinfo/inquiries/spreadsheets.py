"""Lines of cells as CSV and XLSX, for spreadsheets of this country."""

import csv
from collections.abc import Iterable
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from pointinfo.inquiries.export import SEPARATOR

Line = tuple[str | int | float, ...]


def csv_text(lines: Iterable[Line]) -> str:
    """Separated by semicolons, as Excel reads it in French and Swiss settings."""
    text = StringIO()
    csv.writer(text, delimiter=SEPARATOR, lineterminator="\r\n").writerows(lines)
    return text.getvalue()


def csv_bytes(lines: Iterable[Line]) -> bytes:
    """The same as UTF-8 with the mark by which Excel knows it."""
    return csv_text(lines).encode("utf-8-sig")


def xlsx_bytes(lines: Iterable[Line], name: str, titles: set[str], first_column: float = 0) -> bytes:
    """One sheet called `name`; no cell is a formula, whatever it begins with. A title alone on its line is bold.

    `first_column` is its width in characters, 0 for the usual one.
    """
    book = Workbook(write_only=True)
    page = book.create_sheet(name)
    if first_column:
        page.column_dimensions["A"].width = first_column
    for line in lines:
        cells = []
        for value in line:
            cell = WriteOnlyCell(page, value)
            if isinstance(value, str):
                cell.data_type = "s"
            if len(line) == 1 and value in titles:
                cell.font = Font(bold=True)
            cells.append(cell)
        page.append(cells)
    made = BytesIO()
    book.save(made)
    return made.getvalue()
