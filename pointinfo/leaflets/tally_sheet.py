"""The paper tally sheet on A4 across: a row an inquiry for work away from the counter, its keys on the back.

The columns and keys are those of the day sheet on the screen, so that it is typed in as it was written.
"""

from collections.abc import Sequence
from typing import Final

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable
from reportlab.platypus.frames import Frame

from pointinfo.config import Settings
from pointinfo.i18n import Words
from pointinfo.leaflets import conformance, fonts
from pointinfo.leaflets.check_sheet import WritingLine
from pointinfo.leaflets.columns import Column, Columns
from pointinfo.leaflets.line_breaking import TextStyle
from pointinfo.leaflets.structure import Element, TaggedCanvas
from pointinfo.leaflets.typesetting import ACCENT, SOFT, Paragraph, Rule, paragraphs

Listed = tuple[str, Sequence[tuple[str, str]]]
"""A column: its title, and what can be written in it, key and words."""

ROWS: Final = 22
SIDE: Final = 15 * mm
TOP: Final = 12 * mm
BOTTOM: Final = 11 * mm

_PAGE_WIDTH, _PAGE_HEIGHT = landscape(A4)
_WIDTH: Final = _PAGE_WIDTH - 2 * SIDE
_NUMBER: Final = 9 * mm
_GAP: Final = 2.5 * mm
_ROOM: Final = 7 * mm
"""From one row to the next: enough for a hand that stands."""

_TITLE: Final = TextStyle(18, 24, "Bold")
_HEADING: Final = TextStyle(10.5, 15, "SemiBold")
_HEAD: Final = TextStyle(9, 12, "SemiBold")
_BODY: Final = TextStyle(9.5, 13.5)
_ROW: Final = TextStyle(9, _ROOM, colour=SOFT)
_META: Final = TextStyle(9, 12.5, colour=SOFT)


def typeset(columns: Sequence[Listed], settings: Settings, words: Words) -> bytes:
    """The sheet and its keys as one PDF (PDF/UA-1 and PDF/A-2a)."""
    _ = words.gettext
    document = Element("Document")
    canvas = TaggedCanvas(_PAGE_WIDTH, _PAGE_HEIGHT)
    counter = settings.counter_name or _("Point info")
    section = document.add("Sect")
    _fill_page(canvas, [*_head(counter, section, words), *_table([title for title, _keys in columns], section, words)])
    _fill_page(canvas, _keys(columns, document.add("Sect"), words))
    title = fonts.printable(_("Feuille de pointage – {counter}").format(counter=counter))
    return conformance.write(
        canvas, document, title=title, language="fr-CH" if words.language == "fr" else words.language
    )


def _head(counter: str, section: Element, words: Words) -> list[Flowable]:
    _ = words.gettext
    how = _(
        "Une ligne par demande, une clé par case (au verso). Rien de personnel : ni nom, ni numéro, ni histoire. "
        "La feuille se saisit ensuite dans «Feuille du jour», puis se détruit."
    )
    half = _WIDTH / 2
    title = Column(0, half, paragraphs(_("Feuille de pointage"), _TITLE, section, tag="H1", bookmark=True))
    day = [Paragraph(_("Jour"), _META, section.add("P"))]
    line = [WritingLine(8 * mm)]
    return [
        Columns([title, Column(half, 12 * mm, day), Column(half + 12 * mm, half - 12 * mm, line)]),
        *paragraphs(counter, _META, section),
        Rule(ACCENT, 1.6, space_before=2 * mm),
        *paragraphs(how, _META, section, space_before=2 * mm),
    ]


def _table(titles: Sequence[str], section: Element, words: Words) -> list[Flowable]:
    """A real table: a header for each column and each row, empty cells to write in."""
    table = section.add("Table")
    each = (_WIDTH - _NUMBER) / len(titles)
    head = table.add("TR")
    corner = head.add("TH", attributes={"Scope": "Column"})
    cells = [Column(0, _NUMBER, paragraphs(words.gettext("N°"), _HEAD, corner))]
    for place, title in enumerate(titles):
        cell = head.add("TH", attributes={"Scope": "Column"})
        cells.append(Column(_NUMBER + place * each, each - _GAP, paragraphs(title, _HEAD, cell)))
    rows: list[Flowable] = [Columns(cells, space_before=3 * mm)]
    for number in range(1, ROWS + 1):
        row = table.add("TR")
        numbered = paragraphs(f"{number}", _ROW, row.add("TH", attributes={"Scope": "Row"}))
        cells = [Column(0, _NUMBER, numbered)]
        for place in range(len(titles)):
            row.add("TD")
            cells.append(Column(_NUMBER + place * each, each - _GAP, [WritingLine(_ROOM)]))
        rows.append(Columns(cells))
    return rows


def _keys(columns: Sequence[Listed], section: Element, words: Words) -> list[Flowable]:
    _ = words.gettext
    story: list[Flowable] = [*paragraphs(_("Les clés"), _TITLE, section, tag="H1", bookmark=True)]
    for title, keys in columns:
        said = " · ".join(f"{key.upper()} {text}" for key, text in keys) if keys else _("un nombre")
        story += paragraphs(title, _HEADING, section, tag="H2", space_before=2.2 * mm)
        story += paragraphs(said, _BODY, section)
    return story


def _fill_page(canvas: TaggedCanvas, story: Sequence[Flowable]) -> None:
    waiting = list(story)[::-1]
    while waiting:
        frame = Frame(SIDE, BOTTOM, _WIDTH, _PAGE_HEIGHT - TOP - BOTTOM, 0, 0, 0, 0)
        while waiting and frame.add(waiting[-1], canvas):
            waiting.pop()
        canvas.showPage()
