"""The sheet of a visit: what somebody takes home from the counter, calm enough to be read at a bus stop."""

from typing import Final, NamedTuple

from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable
from reportlab.platypus.frames import Frame

from pointinfo.leaflets import conformance, fonts
from pointinfo.leaflets.cards import card, mirrored
from pointinfo.leaflets.columns import Column, Columns
from pointinfo.leaflets.content import Sheet, SheetEntry
from pointinfo.leaflets.designs import Design, designs
from pointinfo.leaflets.line_breaking import text_lines
from pointinfo.leaflets.look import Look, look
from pointinfo.leaflets.pouring import NewPage
from pointinfo.leaflets.structure import Artifact, Element, Missing, TaggedCanvas
from pointinfo.leaflets.typesetting import (
    ACCENT,
    LINE,
    Framed,
    Paragraph,
    Rule,
    WritingLines,
    paragraphs,
)

_NOTES_SMALLEST: Final = 22 * mm  # two lines: about 30 mm between the last rule and the footer
_RUNNING_HEADER: Final = 7.8 * mm  # below its line
_PAGE_WORDS: Final = 0.17  # of the width
_FOOTER_HIGHEST: Final = 50 * mm
_ABOVE_FOOTER: Final = 3 * mm
_AROUND_TITLE: Final = 3 * mm
_BELOW_RULE: Final = 3.5 * mm
_DEMONSTRATION: Final = 0.53  # of the width
_NARROW: Final = 150 * mm  # below it the words of a demonstration stand above the title, not beside it


class Typeset(NamedTuple):
    """A sheet on paper, and what of its texts no face could draw."""

    pdf: bytes
    missing: tuple[Missing, ...]


def typeset(sheet: Sheet, design: Design | None = None) -> bytes:
    """The sheet as a PDF (PDF/UA-1 and PDF/A-2a) in a design, the usual one if none is named.

    The same sheet gives the same bytes.
    """
    return reported(sheet, design).pdf


def reported(sheet: Sheet, design: Design | None = None) -> Typeset:
    """The sheet as `typeset` makes it, with a report of the characters that are printed as squares."""
    return _VisitSheet(sheet, look(design or designs()[0])).typeset()


class _VisitSheet:
    """Sets one sheet in one look."""

    def __init__(self, sheet: Sheet, chosen: Look) -> None:
        self._sheet = sheet
        self._look = chosen
        self._mirrored = mirrored(sheet.lang)
        self._document = Element("Document", language=sheet.lang)
        self._canvas = TaggedCanvas(*chosen.page)

    def typeset(self) -> Typeset:
        sheet, look, canvas = self._sheet, self._look, self._canvas
        story = self._opening()
        for number, entry in enumerate(sheet.entries):
            if number and look.design.apart:
                story.append(NewPage())
            story += self._entry(number, entry)
        for line in sheet.note:
            story += paragraphs(line, look.strong, self._document, space_before=2 * mm)
        story.append(self._notes())
        footer_top = look.bottom + self._footer("Pagination").height
        self._fill_pages(story, bottom=footer_top + _ABOVE_FOOTER)
        for index in range(len(canvas.pages)):
            with canvas.reopened(index):
                if index:
                    self._draw_running_header()
                self._draw_footer(index)
        title = fonts.unsteered(fonts.printable(f"{sheet.title} – {sheet.counter_name}"))
        pdf = conformance.write(canvas, self._document, title=title, language=sheet.lang)
        return Typeset(pdf, tuple({(each.character, each.text): each for each in canvas.missing}.values()))

    def _entry(self, number: int, entry: SheetEntry) -> list[Flowable]:
        """A card, with the same card in French below it where the sheet speaks two languages."""
        sheet, look = self._sheet, self._look
        section = self._document.add("Sect")
        story = [card(entry, sheet.hours_label, sheet.closed_word, look, section)]
        if sheet.beside is not None:
            french = sheet.beside
            below = self._document.add("Sect", language=french.lang)
            again = french.entries[number]._replace(qr_payload="", qr_caption="")
            story.append(Rule(LINE, 0.4, space_before=2 * mm, room=2 * mm))
            story.append(card(again, french.hours_label, french.closed_word, look, below))
        return [*story, Rule(LINE, 0.8, space_before=3 * mm, room=_BELOW_RULE)]

    def _fill_pages(self, story: list[Flowable], bottom: float) -> None:
        """Pour the story into one frame a page; later pages leave room for their running header.

        A rule or the lines for notes that find no room below an entry are worth no page of their own.
        """
        canvas, look = self._canvas, self._look
        waiting = story[::-1]
        while waiting:
            running = look.small.leading + _RUNNING_HEADER if canvas.pages else 0
            height = look.page[1] - look.top - running - bottom
            frame = Frame(look.side, bottom, look.width, height, 0, 0, 0, 0)
            while waiting:
                if isinstance(waiting[-1], NewPage):
                    waiting.pop()
                    break
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

    def _opening(self) -> list[Flowable]:
        """Whose sheet this is, whether it is a demonstration, what it is, of which day."""
        sheet, look, document = self._sheet, self._look, self._document
        story = paragraphs(sheet.counter_name, look.counter, document)
        for line in sheet.header_lines:
            story += paragraphs(line, look.meta, document)
        story.append(Rule(ACCENT, 1.6, space_before=2 * mm))
        demonstration: list[Flowable] = [
            Framed(Paragraph(line, look.demonstration, document.add("P")), "box")
            for line in text_lines(sheet.demonstration)
        ]
        beside = bool(demonstration) and look.page[0] > _NARROW and look.ratio == 1
        room_above = 3 * mm if demonstration and not beside else 0
        title = paragraphs(sheet.title, look.title, document, tag="H1", space_before=room_above)
        title += paragraphs(sheet.printed_on, look.meta, document)
        width = look.width
        if beside:
            room = look.width * _DEMONSTRATION
            columns = [Column(width - room, room, demonstration), Column(0, width - room - _AROUND_TITLE, title)]
        else:
            columns = [Column(0, width, [*demonstration, *title])]
        story.append(Columns(columns, space_before=_AROUND_TITLE, mirrored=self._mirrored))
        story.append(Rule(LINE, 0.8, space_before=_AROUND_TITLE, room=_BELOW_RULE))
        return story

    def _notes(self) -> Flowable:
        label = Paragraph(self._sheet.notes_label, self._look.meta, self._document.add("P"))
        return WritingLines(label, smallest=_NOTES_SMALLEST, spacing=8.5 * mm, most=6)

    def _footer(self, role: Element | Artifact) -> Flowable:
        """The counter's own lines and the words of a demonstration, wrapped, cut where they would fill a page."""
        sheet, look = self._sheet, self._look
        strong = look.small._replace(weight="SemiBold", colour=look.body.colour)
        demonstration = paragraphs(sheet.demonstration, strong, "Pagination", language=sheet.lang)
        lines: list[Flowable] = []
        for text in sheet.footer_lines:
            lines += paragraphs(text, look.small, role, language=sheet.lang)
        room = look.width * (1 - self._page_words_share)
        footer: Flowable = Columns([Column(0, room, [*demonstration, *lines])], mirrored=self._mirrored)
        footer.wrap(look.width, _FOOTER_HIGHEST)
        if footer.height > _FOOTER_HIGHEST:
            footer = footer.split(look.width, _FOOTER_HIGHEST)[0]
            footer.wrap(look.width, _FOOTER_HIGHEST)
        footer.height = max(footer.height, look.small.leading)
        return footer

    @property
    def _page_words_share(self) -> float:
        """Of the width: more where the letters are larger."""
        return min(0.5, _PAGE_WORDS * max(1, self._look.small.size / 8.5) * (1.4 if self._look.side < 15 * mm else 1))

    def _draw_footer(self, index: int) -> None:
        """Printed on each page, the footer's lines are read aloud at the end only; page numbers never."""
        sheet, look, canvas = self._sheet, self._look, self._canvas
        last = index == len(canvas.pages) - 1
        footer = self._footer(self._document if last else "Pagination")
        words = sheet.page_words.format(page=index + 1, pages=len(canvas.pages))
        footer.drawOn(canvas, look.side, look.bottom)
        room = look.width * self._page_words_share
        for page_words in paragraphs(words, look.small._replace(align="end"), "Pagination", language=sheet.lang):
            _, height = page_words.wrap(room, look.small.leading)
            left = look.side if self._mirrored else look.side + look.width - room
            page_words.drawOn(canvas, left, look.bottom + footer.height - height)
        rule = Rule(LINE, 0.8)
        rule.wrap(look.width, 1)
        rule.drawOn(canvas, look.side, look.bottom + footer.height + 2 * mm)

    def _draw_running_header(self) -> None:
        """On a page that may come loose: whose sheet it belongs to."""
        sheet, look, canvas = self._sheet, self._look, self._canvas
        words = " · ".join(part for part in (sheet.counter_name, sheet.title, sheet.printed_on) if part)
        top = look.page[1] - look.top
        for line in paragraphs(words, look.small, "Pagination", language=sheet.lang)[:1]:
            line.wrap(look.width, look.small.leading)
            line.drawOn(canvas, look.side, top - line.height)
        rule = Rule(ACCENT, 1.6)
        rule.wrap(look.width, 2)
        rule.drawOn(canvas, look.side, top - look.small.leading - 2 * mm)
