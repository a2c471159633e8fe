"""The visit sheet on A4: what a visitor takes home from the counter, calm enough to be read at a bus stop."""

from typing import Final, NamedTuple

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable
from reportlab.platypus.frames import Frame

from pointinfo.leaflets import conformance, fonts, qrcode
from pointinfo.leaflets.columns import Column, Columns
from pointinfo.leaflets.content import Fact, Sheet, SheetEntry
from pointinfo.leaflets.line_breaking import TextStyle, natural_width, text_lines
from pointinfo.leaflets.shaping import direction, side
from pointinfo.leaflets.structure import Artifact, Element, Missing, TaggedCanvas
from pointinfo.leaflets.typesetting import (
    ACCENT,
    LINE,
    SOFT,
    CheckBox,
    Framed,
    Paragraph,
    Rule,
    WritingLines,
    address,
    paragraphs,
)
from pointinfo.leaflets.week_grid import GRID_LEADING, week_grids

SIDE: Final = 17 * mm
TOP: Final = 15 * mm
BOTTOM: Final = 13 * mm
"""The margins, wider than what any office printer leaves blank. A QR code's quiet zone reaches into them."""

_PAGE_WIDTH, _PAGE_HEIGHT = A4
_WIDTH: Final = _PAGE_WIDTH - 2 * SIDE
_QR_WIDTH: Final = 34 * mm
_TEXT_WIDTH: Final = _WIDTH - _QR_WIDTH - 6 * mm
_LABEL_WIDTH: Final = 29 * mm
_VALUE_WIDTH: Final = _TEXT_WIDTH - _LABEL_WIDTH
_LONGEST_URI: Final = 2_000  # characters; what is longer is no address
_CHECK_INDENT: Final = 5 * mm
_FACT_SPACE: Final = 2.2
_WHOLE_BELOW: Final = 0.6 * _PAGE_HEIGHT  # an entry no higher than this stays on one page
_NOTES_SMALLEST: Final = 22 * mm  # two lines: about 30 mm between the last rule and the footer
_RUNNING_HEADER: Final = 12 * mm
_PAGE_WORDS_WIDTH: Final = 30 * mm
_FOOTER_HIGHEST: Final = 50 * mm
_ABOVE_FOOTER: Final = 3 * mm
_AROUND_TITLE: Final = 3 * mm
_BELOW_RULE: Final = 3.5 * mm
_DEMONSTRATION_WIDTH: Final = 94 * mm

_COUNTER: Final = TextStyle(12.5, 17, "Bold")
_TITLE: Final = TextStyle(22, 28, "Bold")
_NAME: Final = TextStyle(15, 19, "Bold")
_BODY: Final = TextStyle(10.5, 14)
_STRONG: Final = _BODY._replace(weight="Bold")
_META: Final = TextStyle(10, 13.5, colour=SOFT)
_LABEL: Final = _BODY._replace(size=10, colour=SOFT)
_PHONE: Final = TextStyle(15, 19, "Bold")
_PHONE_LABEL: Final = _LABEL._replace(leading=_PHONE.leading)
_BESIDE_PHONE: Final = _BODY._replace(leading=_PHONE.leading)
_SMALL: Final = TextStyle(8.5, 12, colour=SOFT)
_SMALL_STRONG: Final = TextStyle(8.5, 12, "SemiBold")
_CAPTION: Final = TextStyle(8.5, 11, colour=SOFT, align="end")
_PAGE_WORDS: Final = _SMALL._replace(align="end")
_DEMONSTRATION: Final = TextStyle(9.5, 13, "SemiBold")


class Typeset(NamedTuple):
    """A sheet on paper, and what of its texts no face could draw."""

    pdf: bytes
    missing: tuple[Missing, ...]


def typeset(sheet: Sheet) -> bytes:
    """The sheet as a PDF (PDF/UA-1 and PDF/A-2a); the same sheet gives the same bytes."""
    return reported(sheet).pdf


def reported(sheet: Sheet) -> Typeset:
    """The sheet as `typeset` makes it, with a report of the characters that are printed as squares."""
    document = Element("Document", language=sheet.lang)
    story = _opening(sheet, document)
    for entry in sheet.entries:
        story += [_entry(sheet, entry, document.add("Sect")), Rule(LINE, 0.8, space_before=3 * mm, room=_BELOW_RULE)]
    story.append(_notes(sheet, document))
    canvas = TaggedCanvas(_PAGE_WIDTH, _PAGE_HEIGHT)
    footer_top = BOTTOM + _footer(sheet, "Pagination").height
    _fill_pages(canvas, story, bottom=footer_top + _ABOVE_FOOTER)
    for index in range(len(canvas.pages)):
        with canvas.reopened(index):
            if index:
                _draw_running_header(canvas, sheet)
            _draw_footer(canvas, sheet, index, document)
    title = fonts.printable(f"{sheet.title} – {sheet.counter_name}")
    pdf = conformance.write(canvas, document, title=title, language=sheet.lang)
    return Typeset(pdf, tuple({(each.character, each.text): each for each in canvas.missing}.values()))


def _fill_pages(canvas: TaggedCanvas, story: list[Flowable], bottom: float) -> None:
    """Pour the story into one frame a page; later pages leave room for their running header.

    A rule or the lines for notes that find no room below an entry are worth no page of their own.
    """
    waiting = story[::-1]
    while waiting:
        top = TOP + (_RUNNING_HEADER if canvas.pages else 0)
        frame = Frame(SIDE, bottom, _WIDTH, _PAGE_HEIGHT - top - bottom, 0, 0, 0, 0)
        while waiting:
            if frame.add(waiting[-1], canvas):
                waiting.pop()
                continue
            if isinstance(waiting[-1], Rule | WritingLines):
                waiting.pop()
                continue
            parts = frame.split(waiting[-1], canvas)
            if not parts:
                break
            waiting[-1:] = parts[::-1]
        canvas.showPage()


def _opening(sheet: Sheet, document: Element) -> list[Flowable]:
    """Whose sheet this is, whether it is a demonstration, what it is, of which day."""
    story = paragraphs(sheet.counter_name, _COUNTER, document)
    for line in sheet.header_lines:
        story += paragraphs(line, _META, document)
    story.append(Rule(ACCENT, 1.6, space_before=2 * mm))
    demonstration: list[Flowable] = [
        Framed(Paragraph(line, _DEMONSTRATION, document.add("P")), "box") for line in text_lines(sheet.demonstration)
    ]
    title = paragraphs(sheet.title, _TITLE, document, tag="H1") + paragraphs(sheet.printed_on, _META, document)
    width = _WIDTH - _DEMONSTRATION_WIDTH - _AROUND_TITLE if demonstration else _WIDTH
    beside = Column(_WIDTH - _DEMONSTRATION_WIDTH, _DEMONSTRATION_WIDTH, demonstration)
    story.append(Columns([beside, Column(0, width, title)], space_before=_AROUND_TITLE, mirrored=_mirrored(sheet.lang)))
    story.append(Rule(LINE, 0.8, space_before=_AROUND_TITLE, room=_BELOW_RULE))
    return story


def _entry(sheet: Sheet, entry: SheetEntry, section: Element) -> Flowable:
    """One card: its text at the left, its QR code at the right."""
    text = paragraphs(entry.name, _NAME, section, tag="H2", keep_with_next=True, bookmark=True)
    text += paragraphs(entry.summary, _BODY, section, space_before=0.5 * mm)
    code = _code(entry, section)
    facts = section.add("L")
    rows = [_fact(fact, facts.add("LI")) for fact in entry.facts]
    if entry.hours or entry.hours_note:
        rows.append(_hours(sheet, entry, facts.add("LI")))
    for row in rows[:1]:
        row.spaceBefore = 2 * mm
    closing = " · ".join(part for part in (entry.kind, entry.checked, entry.source) if part)
    checked = paragraphs(closing, _SMALL, section, space_before=1.5 * mm)
    return Columns(
        [
            Column(0, _TEXT_WIDTH, [*text, *rows, *checked]),
            Column(_WIDTH - _QR_WIDTH, _QR_WIDTH, code),
        ],
        whole_below=_WHOLE_BELOW,
        mirrored=_mirrored(section.language),
    )


def _code(entry: SheetEntry, section: Element) -> list[Flowable]:
    """The QR code with its caption; nothing where there is nothing to hold, or too much."""
    if not entry.qr_payload or not qrcode.fits(entry.qr_payload):
        return []
    words = " – ".join(part for part in ("QR", entry.name, entry.qr_caption) if part)
    figure = section.add("Figure", alternative=fonts.printable(words))
    code = qrcode.QrCode(
        entry.qr_payload, figure, widest=_QR_WIDTH, side="left" if _mirrored(section.language) else "right"
    )
    return [code, *paragraphs(entry.qr_caption, _CAPTION, section)]


def _fact(fact: Fact, item: Element) -> Columns:
    """The label, and beside it each line in the fact's own manner."""
    labels = paragraphs(fact.label, _PHONE_LABEL if fact.style == "phone" else _LABEL, item, tag="Lbl")
    body = item.add("LBody")
    parent = body.add("L") if fact.style == "checklist" else body
    lines = [line for text in fact.lines for line in text_lines(text)]
    return _labelled(labels, [_value(fact, line, parent) for line in lines], item)


def _value(fact: Fact, line: str, parent: Element) -> Flowable:
    match fact.style:
        case "phone":
            return _phone(line, parent.add("P"))
        case "link":
            uri = address(line)
            if len(uri) > _LONGEST_URI:
                return Paragraph(line, _BODY, parent.add("P"))
            return Paragraph(line, _BODY, parent.add("P").add("Link"), target=uri)
        case "warning":
            return Framed(Paragraph(line, _STRONG, parent.add("P")), "bar")
        case "checklist":
            body = parent.add("LI").add("LBody")
            words = Paragraph(line, _BODY, body)
            width = _VALUE_WIDTH - _CHECK_INDENT
            box = CheckBox(_BODY, side=side(body.language))
            columns = [Column(0, _CHECK_INDENT, [box]), Column(_CHECK_INDENT, width, [words])]
            return Columns(columns, mirrored=_mirrored(body.language))
        case "text":
            return Paragraph(line, _BODY, parent.add("P"))


def _phone(line: str, role: Element) -> Flowable:
    """The number large and on one line, what it is for («022 418 81 81 (secrétariat)») smaller beside it."""
    printed, opening, purpose = line.partition(" (")
    width = natural_width(f"{printed} ", _PHONE, role.language)
    if not opening or width > _VALUE_WIDTH / 2:
        return Paragraph(line, _PHONE, role)
    columns = [
        Column(0, width, [Paragraph(f"{printed} ", _PHONE, role)]),
        Column(width, _VALUE_WIDTH - width, [Paragraph(f"({purpose}", _BESIDE_PHONE, role)]),
    ]
    return Columns(columns, mirrored=_mirrored(role.language))


def _hours(sheet: Sheet, entry: SheetEntry, item: Element) -> Columns:
    """The opening hours: a grid for each season, and the note that says what no grid can."""
    label = _LABEL._replace(leading=GRID_LEADING) if entry.hours else _LABEL
    labels = paragraphs(sheet.hours_label, label, item, tag="Lbl")
    body = item.add("LBody")
    values = week_grids(entry.hours, sheet.closed_word, _VALUE_WIDTH, body) if entry.hours else []
    values += paragraphs(entry.hours_note, _BODY, body, space_before=1 * mm)
    return _labelled(labels, values, item)


def _labelled(labels: list[Flowable], values: list[Flowable], item: Element) -> Columns:
    return Columns(
        [Column(0, _LABEL_WIDTH - 3 * mm, labels), Column(_LABEL_WIDTH, _VALUE_WIDTH, values)],
        space_before=_FACT_SPACE,
        mirrored=_mirrored(item.language),
    )


def _mirrored(language: str) -> bool:
    """Whether what stands at the left elsewhere stands at the right."""
    return direction(language) == "rtl"


def _notes(sheet: Sheet, document: Element) -> Flowable:
    label = Paragraph(sheet.notes_label, _META, document.add("P"))
    return WritingLines(label, smallest=_NOTES_SMALLEST, spacing=8.5 * mm, most=6)


def _footer(sheet: Sheet, role: Element | Artifact) -> Flowable:
    """The counter's own lines and the words of a demonstration, wrapped, cut where they would fill a page."""
    demonstration = paragraphs(sheet.demonstration, _SMALL_STRONG, "Pagination", language=sheet.lang)
    lines = [line for text in sheet.footer_lines for line in paragraphs(text, _SMALL, role, language=sheet.lang)]
    mirrored = _mirrored(sheet.lang)
    footer: Flowable = Columns([Column(0, _WIDTH - _PAGE_WORDS_WIDTH, [*demonstration, *lines])], mirrored=mirrored)
    footer.wrap(_WIDTH, _FOOTER_HIGHEST)
    if footer.height > _FOOTER_HIGHEST:
        footer = footer.split(_WIDTH, _FOOTER_HIGHEST)[0]
        footer.wrap(_WIDTH, _FOOTER_HIGHEST)
    footer.height = max(footer.height, _SMALL.leading)
    return footer


def _draw_footer(canvas: TaggedCanvas, sheet: Sheet, index: int, document: Element) -> None:
    """Printed on each page, the footer's lines are read aloud at the end only; page numbers never."""
    last = index == len(canvas.pages) - 1
    footer = _footer(sheet, document if last else "Pagination")
    words = sheet.page_words.format(page=index + 1, pages=len(canvas.pages))
    footer.drawOn(canvas, SIDE, BOTTOM)
    for page_words in paragraphs(words, _PAGE_WORDS, "Pagination", language=sheet.lang):
        _, height = page_words.wrap(_PAGE_WORDS_WIDTH, _SMALL.leading)
        top = BOTTOM + footer.height
        left = SIDE if _mirrored(sheet.lang) else SIDE + _WIDTH - _PAGE_WORDS_WIDTH
        page_words.drawOn(canvas, left, top - height)
    rule = Rule(LINE, 0.8)
    rule.wrap(_WIDTH, 1)
    rule.drawOn(canvas, SIDE, BOTTOM + footer.height + 2 * mm)


def _draw_running_header(canvas: TaggedCanvas, sheet: Sheet) -> None:
    """On a page that may come loose: whose sheet it belongs to."""
    style = _SMALL
    words = " · ".join(part for part in (sheet.counter_name, sheet.title, sheet.printed_on) if part)
    top = _PAGE_HEIGHT - TOP
    for line in paragraphs(words, style, "Pagination", language=sheet.lang)[:1]:
        line.wrap(_WIDTH, style.leading)
        line.drawOn(canvas, SIDE, top - line.height)
    rule = Rule(ACCENT, 1.6)
    rule.wrap(_WIDTH, 2)
    rule.drawOn(canvas, SIDE, top - style.leading - 2 * mm)
