"""A report as CSV and XLSX: the tables of the paper, cell for cell, for spreadsheets of this country."""

from collections.abc import Iterator

from pointinfo.i18n import Words
from pointinfo.inquiries import spreadsheets
from pointinfo.inquiries.export import neutral
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
    """The report as a CSV file."""
    return spreadsheets.csv_bytes(rows(report, words))


def xlsx_bytes(report: Report, words: Words) -> bytes:
    """The same lines as a workbook."""
    titles = {section.title for section in report.sections}
    titles |= {part.title for section in report.sections for part in section.parts}
    return spreadsheets.xlsx_bytes(rows(report, words), words.gettext("Rapport"), titles, first_column=44)


def _cell(value: Value, words: Words) -> Cell:
    if value is None:
        return said(None, words)
    if isinstance(value, str):
        return neutral(value)
    return round(value, 1) if isinstance(value, float) else int(value)
