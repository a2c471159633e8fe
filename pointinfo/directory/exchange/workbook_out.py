"""The directory as an XLSX workbook of one sheet."""

from typing import TYPE_CHECKING, BinaryIO

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from pointinfo.directory.exchange.tables import CELL
from pointinfo.directory.exchange.tables_out import rows

if TYPE_CHECKING:
    from pointinfo.directory.exchange.formats import Writing


def write_xlsx(stream: BinaryIO, writing: "Writing") -> int:
    """One sheet, its heading in sight, every cell a text: a postcode stays one. Returns how many entries."""
    _ = writing.words.gettext
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(_("Annuaire"))
    sheet.freeze_panes = "C2"
    count = -1
    for row in rows(writing):
        if count < 0:
            for place, heading in enumerate(row, 1):
                sheet.column_dimensions[get_column_letter(place)].width = min(48, max(12, len(heading) // 2))
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text)[:CELL] or None)
            if text:
                cell.data_type = "s"
            if count < 0:
                cell.font = Font(bold=True)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            cells.append(cell)
        sheet.append(cells)
        count += 1
    book.save(stream)
    return count
