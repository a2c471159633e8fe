"""A protected report as CSV and XLSX: what the screen shows, cell for cell, for spreadsheets of this country."""

from collections.abc import Iterator

from pointinfo.i18n import Words
from pointinfo.inquiries import spreadsheets
from pointinfo.inquiries.export import neutral
from pointinfo.inquiries.report_tables import Sheet, Table, said, title

Value = str | int


def rows(sheet: Sheet, words: Words) -> Iterator[tuple[Value, ...]]:
    """The whole report, line by line: figures as numbers, hidden ones as their word, text with no formula in it."""
    _ = words.gettext
    yield (_("Chiffres du guichet"), sheet.period.title(words))
    yield (_("Premier jour"), sheet.period.first.isoformat())
    yield (_("Dernier jour"), sheet.period.last.isoformat())
    if sheet.only:
        yield (title(sheet.only[0], words), neutral(sheet.only[1]))
    yield (_("Demandes"), _value(sheet.inquiries, words))
    if not sheet.only:
        yield (_("Personnes"), _value(sheet.people, words))
    yield (_("Plus petit chiffre montré"), sheet.k)
    if sheet.number is not None:
        yield (_("Publication"), sheet.number)
        if sheet.restates is not None:
            yield (_("Remplace la publication"), sheet.restates)
        yield (_("Empreinte"), sheet.hash)
    for table in sheet.tables:
        yield ()
        yield from table_rows(table, words)


def table_rows(table: Table, words: Words) -> Iterator[tuple[Value, ...]]:
    """One table under its title, its note below."""
    yield (table.title,)
    if table.lines:
        yield (table.head, *(neutral(column.label) for column in table.columns))
    for line in table.lines:
        yield (neutral(line.label), *(_value(figure, words) for figure in line.figures))
    if table.note:
        yield (table.note,)


def csv_bytes(sheet: Sheet, words: Words) -> bytes:
    """The report as a CSV file."""
    return spreadsheets.csv_bytes(rows(sheet, words))


def csv_text(sheet: Sheet, words: Words) -> str:
    """The report as CSV, to be printed."""
    return spreadsheets.csv_text(rows(sheet, words))


def xlsx_bytes(sheet: Sheet, words: Words) -> bytes:
    """The same lines as a workbook."""
    titles = {table.title for table in sheet.tables}
    return spreadsheets.xlsx_bytes(rows(sheet, words), words.gettext("Chiffres"), titles)


def _value(figure: int | None, words: Words) -> Value:
    return said(None, words) if figure is None else figure
