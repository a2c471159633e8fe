"""A report on A4: its sections poured into tagged pages (PDF/UA-1 and PDF/A-2a), its charts drawn from its tables."""

from typing import Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from pointinfo.i18n import Words
from pointinfo.leaflets import conformance, fonts
from pointinfo.leaflets.blocks import heading
from pointinfo.leaflets.columns import Column, Columns
from pointinfo.leaflets.line_breaking import TextStyle
from pointinfo.leaflets.line_drawing import late_text
from pointinfo.leaflets.pouring import PageDesign, furnish, pour
from pointinfo.leaflets.structure import Element, TaggedCanvas
from pointinfo.leaflets.tables import Table, TableStyle
from pointinfo.leaflets.typesetting import ACCENT, SOFT, Paragraph, Rule, paragraphs
from pointinfo.reports.charts import CHARTS
from pointinfo.reports.content import Part, Report, Section, value_words

SIDE: Final = 17 * mm
TOP: Final = 13 * mm
BOTTOM: Final = 14 * mm

_WIDTH: Final = A4[0] - 2 * SIDE
_GAP: Final = 8 * mm
_TITLE: Final = TextStyle(22, 28, "Bold")
_META: Final = TextStyle(9, 12, colour=SOFT)
_SECTION: Final = TextStyle(12, 16, "Bold", ACCENT)
_PART: Final = TextStyle(9, 12, "SemiBold")
_SAID: Final = TextStyle(8.5, 11.5)
_NOTE: Final = TextStyle(7.5, 10, colour=SOFT)
_CELLS: Final = TableStyle(TextStyle(7.5, 10, colour=SOFT), TextStyle(8, 10.5))


def typeset(report: Report, words: Words) -> bytes:
    """The report as one PDF."""
    canvas = TaggedCanvas(*A4)
    language = "fr-CH" if words.language == "fr" else words.language
    document = Element("Document", language=language)
    story = _head(report, document.add("Sect"))
    for section in report.sections:
        story += _section(section, document.add("Sect"), words)
    pour(canvas, story, PageDesign(SIDE, SIDE, TOP, BOTTOM))
    foot = f"{report.counter} – {report.name}, {report.title}"
    furnish(canvas, lambda drawn, page: _foot(drawn, page, foot))
    title = fonts.printable(f"{report.name} – {report.title}")
    return conformance.write(canvas, document, title=title, language=language)


def _head(report: Report, parent: Element) -> list[Flowable]:
    return [
        Paragraph(f"{report.counter} – {report.name}", _META, parent.add("P")),
        heading(report.title, 1, _TITLE, parent),
        Rule(ACCENT, 1.6, space_before=1.2 * mm),
    ]


def _section(section: Section, parent: Element, words: Words) -> list[Flowable]:
    story: list[Flowable] = [heading(section.title, 2, _SECTION, parent, space_before=4 * mm)]
    for row in _rows(section.parts):
        widths = [(_WIDTH + _GAP) * part.sixths / 6 - _GAP for part in row]
        stacks = [_part(part, parent.add("Sect"), width, words) for part, width in zip(row, widths, strict=True)]
        if len(row) == 1:
            story += stacks[0]
            continue
        lefts = [sum(widths[:place]) + place * _GAP for place in range(len(row))]
        columns = [Column(*each) for each in zip(lefts, widths, stacks, strict=True)]
        story.append(Columns(columns, space_before=stacks[0][0].getSpaceBefore(), whole_below=400))
    return story


def _rows(parts: tuple[Part, ...]) -> list[list[Part]]:
    """Parts that stand side by side: as many as fill the width."""
    rows: list[list[Part]] = []
    for part in parts:
        if rows and sum(each.sixths for each in rows[-1]) + part.sixths <= 6:
            rows[-1].append(part)
        else:
            rows.append([part])
    return rows


def _part(part: Part, parent: Element, width: float, words: Words) -> list[Flowable]:
    """A table under its title, drawn as its chart."""
    story: list[Flowable] = []
    if part.title and part.chart != "cards":  # cards say what they are
        story.append(heading(part.title, 3, _PART, parent, space_before=2.6 * mm))
    if part.words:
        story += paragraphs(part.words, _SAID, parent, space_before=0.6 * mm)
    if part.rows:
        chart = CHARTS.get(part.chart)
        drawn = chart(part, parent, width, words) if chart else [_plain(part, parent, width, words)]
        for each in drawn[:-1]:
            each.keepWithNext = True
        drawn[0].spaceBefore = 1 * mm if story else 2.6 * mm
        story += drawn
    if part.note:
        story += paragraphs(part.note, _NOTE, parent, space_before=0.6 * mm)
    return story


def _plain(part: Part, parent: Element, width: float, words: Words) -> Table:
    shares = part.widths or (1,) * len(part.head)
    widths = [width * share / sum(shares) for share in shares]
    rows = [[value_words(value, words) for value in row] for row in part.rows]
    return Table(part.head, rows, widths, _CELLS, parent, row_heads=True)


def _foot(canvas: TaggedCanvas, page: int, text: str) -> None:
    words = Paragraph(text, _NOTE, "Pagination")
    words.wrap(_WIDTH - 60, 20)
    words.drawOn(canvas, SIDE, 8 * mm)
    late_text(
        canvas, "Pagination", _NOTE, lambda: f"{page + 1} / {len(canvas.pages)}",
        edge=A4[0] - SIDE, baseline=8 * mm + 2.4, side="right",
    )  # fmt: skip
