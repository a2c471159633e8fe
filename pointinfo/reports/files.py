"""A report as CSV and XLSX: the tables of the paper, cell for cell, for spreadsheets of this country."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from pointinfo.i18n import Words
from pointinfo.inquiries.export import SEPARATOR, neutral
from pointinfo.inquiries.report_tables import said
from pointinfo.reports.content import Report, Value

Cell = str | int | float


def rows(report: Report, words: Words) -> Iterator[tuple[Cell, ...]]:
    """The whole report, line by line: figures as numbers, hidden ones as their word, text with no formula in it."""
    yield (neutral(report.name), neutral(report.title), neutral(report.counter))
    for section in report.sections:
        yield ()
        yield (neutral(section.title),)
        for part in section.parts:
            yield ()
            if part.title:
                yield (neutral(part.title),)
            if part.rows:
                yield tuple(map(neutral, part.head))
            for row in part.rows:
                yield tuple(_cell(value, words) for value in row)
            for text in (part.words, part.note):
                if text:
                    yield (neutral(text),)


def csv_bytes(report: Report, words: Words) -> bytes:
    """UTF-8 with the mark by which Excel knows it, separated by semicolons as in French and Swiss settings."""
    text = StringIO()
    csv.writer(text, delimiter=SEPARATOR, lineterminator="\r\n").writerows(rows(report, words))
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(report: Report, words: Words) -> bytes:
    """One sheet with the same lines; no cell is a formula, whatever a label begins with."""
    book = Workbook(write_only=True)
    page = book.create_sheet(words.gettext("Rapport"))
    page.column_dimensions["A"].width = 44
    titles = {section.title for section in report.sections}
    titles |= {part.title for section in report.sections for part in section.parts}
    for row in rows(report, words):
        cells = []
        for value in row:
            cell = WriteOnlyCell(page, value)
            if isinstance(value, str):
                cell.data_type = "s"
            if len(row) == 1 and value in titles:
                cell.font = Font(bold=True)
            cells.append(cell)
        page.append(cells)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _cell(value: Value, words: Words) -> Cell:
    if value is None:
        return said(None, words)
    if isinstance(value, str):
        return neutral(value)
    return round(value, 1) if isinstance(value, float) else int(value)
