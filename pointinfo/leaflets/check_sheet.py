"""The check sheet on A4: what the counter reads of an entry, with room to write beside it, to be sent back by post."""

from collections.abc import Sequence
from typing import Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable
from reportlab.platypus.frames import Frame

from pointinfo.config import Settings
from pointinfo.directory import check_sheet
from pointinfo.directory.check_sheet import FRENCH, CheckSheet, Line
from pointinfo.leaflets import conformance, fonts
from pointinfo.leaflets.columns import Column, Columns
from pointinfo.leaflets.line_breaking import TextStyle
from pointinfo.leaflets.structure import Element, TaggedCanvas
from pointinfo.leaflets.typesetting import (
    ACCENT,
    SOFT,
    CheckBox,
    Paragraph,
    Rule,
    paragraphs,
)

SIDE: Final = 17 * mm
TOP: Final = 15 * mm
BOTTOM: Final = 13 * mm

_PAGE_WIDTH, _PAGE_HEIGHT = A4
_WIDTH: Final = _PAGE_WIDTH - 2 * SIDE
_LABEL_WIDTH: Final = 34 * mm
_VALUE_WIDTH: Final = 74 * mm
_GAP: Final = 4 * mm
_SHORT_VALUE: Final = 24 * mm
_SHORT_LABEL: Final = 27 * mm
"""What value and second label may take where two facts share a line."""

_BESIDE: Final = {
    "age_from": "age_to", "postcode": "city",
    "hours/0": "hours/4", "hours/1": "hours/5", "hours/2": "hours/6",
}  # fmt: skip
"""Short facts that stand beside each other, so that a sheet has one page."""

_ROOM: Final = 6 * mm
"""From one line to write on to the next: enough for a hand."""

_COUNTER: Final = TextStyle(12.5, 17, "Bold")
_TITLE: Final = TextStyle(22, 29, "Bold")
_NAME: Final = TextStyle(14, 19, "Bold")
_ROW_SPACE: Final = 1.5 * mm

_BODY: Final = TextStyle(10.5, 14.5)
_LABEL: Final = TextStyle(10, 14.5, colour=SOFT)
_META: Final = TextStyle(10, 14, colour=SOFT)
_SMALL: Final = TextStyle(8.5, 12, colour=SOFT)


class WritingLine(Flowable):
    """Room for a hand above a thin line, the width of its column."""

    canv: TaggedCanvas

    def __init__(self, height: float = _ROOM) -> None:
        super().__init__()
        self.height = height

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        return self.width, self.height

    def draw(self) -> None:
        rule = Rule(SOFT, 0.5)
        rule.wrap(self.width, 1)
        rule.drawOn(self.canv, 0, 0)


def typeset(sheets: Sequence[CheckSheet], settings: Settings) -> bytes:
    """The sheets, each beginning on a page of its own, as one PDF (PDF/UA-1 and PDF/A-2a)."""
    _ = FRENCH.gettext
    document = Element("Document")
    canvas = TaggedCanvas(_PAGE_WIDTH, _PAGE_HEIGHT)
    counter = settings.counter_name or _("Point info")
    for sheet in sheets:
        first = len(canvas.pages)
        _fill_pages(canvas, _story(sheet, settings, counter, document.add("Sect")))
        for index in range(first, len(canvas.pages)):
            with canvas.reopened(index):
                _draw_footer(canvas, sheet, f"{index - first + 1} / {len(canvas.pages) - first}")
    title = fonts.printable(_("Feuille de contrôle – {counter}").format(counter=counter))
    return conformance.write(canvas, document, title=title, language="fr-CH")


def _story(sheet: CheckSheet, settings: Settings, counter: str, section: Element) -> list[Flowable]:
    _ = FRENCH.gettext
    opening, _by_mail = check_sheet.letter(settings)
    contact = " · ".join(filter(None, (settings.counter_address, settings.counter_phone)))
    story = [*paragraphs(counter, _COUNTER, section), *paragraphs(contact, _META, section)]
    story.append(Rule(ACCENT, 1.6, space_before=3 * mm))
    story += paragraphs(_("Votre fiche est-elle exacte ?"), _TITLE, section, tag="H1", space_before=4 * mm)
    story += paragraphs(sheet.name, _NAME, section, tag="H2", space_before=2 * mm, bookmark=True)
    how = _("Écrivez à droite ce qui a changé ou ce qui manque, puis renvoyez-nous la feuille. Merci !")
    story += paragraphs(opening, _BODY, section, space_before=2 * mm)
    story += paragraphs(how, _BODY, section, space_before=1 * mm)
    facts = section.add("L")
    rows = _rows({line.key: line for line in sheet.lines if line.key != "all_true"}, facts)
    rows[0].spaceBefore = 5 * mm
    story += rows
    story += [_answer(section), _signature(section)]
    return story


def _rows(lines: dict[str, Line], facts: Element) -> list[Flowable]:
    rows: list[Flowable] = []
    beside = set(_BESIDE.values())
    for key, line in lines.items():
        other = lines.get(_BESIDE.get(key, ""))
        half = (_WIDTH - _GAP) / 2
        if other is not None:
            both = [
                *_fact(line, facts.add("LI"), 0, half, _SHORT_VALUE),
                *_fact(other, facts.add("LI"), half + _GAP, half, _SHORT_VALUE),
            ]
            rows.append(Columns(both, space_before=_ROW_SPACE))
        elif key == "hours/3":
            rows.append(Columns(_fact(line, facts.add("LI"), 0, half, _SHORT_VALUE), space_before=_ROW_SPACE))
        elif key not in beside:
            rows.append(Columns(_fact(line, facts.add("LI"), 0, _WIDTH, _VALUE_WIDTH), space_before=_ROW_SPACE))
    return rows


def _fact(line: Line, item: Element, left: float, width: float, value_width: float) -> list[Column]:
    """The label, what we read today, room to write beside it; a fact we don't know leaves its room too."""
    label_width = _LABEL_WIDTH if not left else _SHORT_LABEL
    start = left + label_width
    label = Column(left, label_width - 2 * mm, paragraphs(line.label, _LABEL, item, tag="Lbl"))
    value = paragraphs(line.text.replace(check_sheet.LINE_BREAK, "\n"), _BODY, item.add("LBody"))
    if not value:
        return [label, Column(start, left + width - start, [WritingLine()])]
    height = sum(each.wrap(value_width, _PAGE_HEIGHT)[1] for each in value)
    room = [WritingLine() for _line in range(max(1, int(height / _ROOM)))]
    after = start + value_width + _GAP
    return [label, Column(start, value_width, value), Column(after, left + width - after, room)]


def _answer(section: Element) -> Flowable:
    _ = FRENCH.gettext
    box = 6 * mm
    half = _WIDTH / 2
    texts = (_("Tout est exact."), _("J’ai corrigé ce qui a changé."))
    columns = []
    for place, text in enumerate(texts):
        columns.append(Column(place * half, box, [CheckBox(_BODY)]))
        columns.append(Column(place * half + box, half - box, [Paragraph(text, _BODY, section.add("P"))]))
    return Columns(columns, space_before=6 * mm)


def _signature(section: Element) -> Flowable:
    _ = FRENCH.gettext
    half = _WIDTH / 2
    columns = [
        Column(place * half, half - 6 * mm, [WritingLine(12 * mm), Paragraph(text, _SMALL, section.add("P"))])
        for place, text in enumerate((_("Votre nom et votre fonction"), _("Date")))
    ]
    return Columns(columns, whole_below=_PAGE_HEIGHT)


def _fill_pages(canvas: TaggedCanvas, story: list[Flowable]) -> None:
    waiting = story[::-1]
    bottom = BOTTOM + 8 * mm
    while waiting:
        frame = Frame(SIDE, bottom, _WIDTH, _PAGE_HEIGHT - TOP - bottom, 0, 0, 0, 0)
        while waiting:
            if frame.add(waiting[-1], canvas):
                waiting.pop()
                continue
            parts = frame.split(waiting[-1], canvas)
            if not parts:
                break
            waiting[-1:] = parts[::-1]
        canvas.showPage()


def _draw_footer(canvas: TaggedCanvas, sheet: CheckSheet, pages: str) -> None:
    """What the sheet is found again by, and the page; read aloud by nobody."""
    for line in paragraphs(f"{sheet.reference}   {pages}", _SMALL, "Pagination"):
        line.wrap(_WIDTH, _SMALL.leading)
        line.drawOn(canvas, SIDE, BOTTOM)
