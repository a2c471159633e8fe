"""Posters and counter cards: one entry, or the counter itself, to be read from afar and scanned with a telephone."""

from typing import Final, NamedTuple

import segno.helpers
from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from pointinfo.config import Settings
from pointinfo.database.schema import Entry
from pointinfo.i18n import Words
from pointinfo.leaflets import composition, fonts, qrcode
from pointinfo.leaflets.content import Code
from pointinfo.leaflets.designs import Design
from pointinfo.leaflets.languages import sheet_words, tag
from pointinfo.leaflets.line_breaking import TextStyle
from pointinfo.leaflets.publications import Composer, Edition, Listed, Said, Whose, whose
from pointinfo.leaflets.shaping import Side
from pointinfo.leaflets.stationery import Stationery
from pointinfo.leaflets.typesetting import ACCENT, LINE, SOFT, Framed, Paragraph, Rule
from pointinfo.leaflets.visit_sheet import Typeset

_CODE: Final = 0.36  # of the page's width, about 11 cm on A3
_MARGIN: Final = 0.075  # of the page's width
_SMALLEST: Final = 0.62  # of the design's type size: what is longer is cut, not crammed


class Poster(NamedTuple):
    """What a poster says in one language (BCP 47 `lang`): an entry in large type. `code` may be None."""

    lang: str
    whose: Whose
    shown: Listed
    code: Code | None


def of_entry(entry: Entry, edition: Edition, composer: Composer) -> Poster:
    """A poster for an entry; its code leads to its website, else to its contact card."""
    codes = composition.qr_codes(entry, sheet_words(edition.language))
    shown = composer.listed(entry)
    letterhead = whose(edition, demonstration=entry.demonstration)
    return Poster(tag(edition.language), letterhead, shown, codes[0] if codes else None)


def of_counter(settings: Settings, edition: Edition, hours: tuple[Said, ...]) -> Poster:
    """A poster for the counter itself; its code holds how to reach it, to be kept in the telephone."""
    words = sheet_words(edition.language)
    letterhead = whose(edition, demonstration=False)
    shown = Listed(
        uid="",
        name=Said(letterhead.counter_name),
        proper="",
        summary=tuple(Said(line) for line in settings.sheet_header.splitlines() if line.strip()),
        phones=(Said(settings.counter_phone),) if settings.counter_phone else (),
        where=(Said(settings.counter_address, "fr" if edition.language != "fr" else ""),)
        if settings.counter_address
        else (),
        hours=hours,
        unknown=(),
        web=(),
    )
    return Poster(tag(edition.language), letterhead, shown, _counter_code(settings, words))


def _counter_code(settings: Settings, words: Words) -> Code | None:
    _ = words.gettext
    name = settings.counter_name
    if not name or not (settings.counter_phone or settings.counter_address):
        return None
    card = segno.helpers.make_vcard_data(
        name=f";{name}", displayname=name, phone=settings.counter_phone or None, street=settings.counter_address or None
    )
    return Code("vcard", card, _("à enregistrer dans le téléphone"))


def typeset(poster: Poster, design: Design) -> Typeset:
    """The poster on one page; where a text is too long for it, all of it is set smaller, then cut."""
    scale = 1.0
    while True:
        setting = _Setting(poster, design, scale)
        if setting.fits or scale <= _SMALLEST:
            return setting.drawn()
        scale *= 0.92


class _Setting:
    """One poster in one size of type."""

    def __init__(self, poster: Poster, design: Design, scale: float) -> None:
        self._poster = poster
        self._paper = Stationery(poster.lang, poster.shown.name.text, poster.whose, design)
        width, height = self._paper.look.page
        self._side = width * _MARGIN
        self._width = width - 2 * self._side
        self._top = height - self._side
        size = design.size * scale
        self._text = TextStyle(size, size * 1.38)
        self._soft = TextStyle(size * 0.8, size * 1.15, colour=SOFT)
        self._name = TextStyle(size * 2.4, size * 2.85, "Bold")
        self._phone = TextStyle(size * 1.9, size * 2.5, "Bold")
        self._code = self._paper.look.page[0] * _CODE
        self._upper = self._telling()
        self._lower = self._foot()
        self._bottom = self._side + max(self._code_height, _height(self._lower, self._beside))
        self.fits = _height(self._upper, self._width) <= self._top - self._bottom - self._gap

    @property
    def _gap(self) -> float:
        return self._side / 2

    @property
    def _beside(self) -> float:
        """The width that the code leaves for the words at its side."""
        return self._width - (self._code + self._gap if self._poster.code else 0)

    @property
    def _code_height(self) -> float:
        return self._code + 2 * self._soft.leading if self._poster.code else 0

    def _telling(self) -> list[Flowable]:
        """What it is, what for, where and when."""
        paper, shown, document = self._paper, self._poster.shown, self._paper.document
        story = []
        if shown.uid:
            story = paper.told([Said(self._poster.whose.counter_name)], self._soft, document)
        story.append(Rule(ACCENT, self._text.size * 0.16, space_before=self._text.size * 0.4))
        name = document.add("H1", language=shown.name.lang)
        story.append(
            Paragraph(
                shown.name.text, self._name, name,
                language=shown.name.lang, side=paper.side, bookmark=1, space_before=self._text.size * 1.1,
            )
        )  # fmt: skip
        proper = [Said(shown.proper, "fr")] if shown.proper else []
        story += paper.told(proper, self._text._replace(colour=SOFT), document)
        story += paper.told(shown.summary, self._text, document, space_before=self._text.size * 0.7)
        story += paper.told(shown.phones[:2], self._phone, document, space_before=self._text.size * 1.1)
        story += paper.told(shown.where, self._text, document, space_before=self._text.size * 0.6)
        return story + paper.told(
            shown.hours or shown.unknown, self._text, document, space_before=self._text.size * 0.6
        )

    def _foot(self) -> list[Flowable]:
        """Beside the code: where to read more, and what the institution has to say."""
        paper, shown, whose, document = self._paper, self._poster.shown, self._poster.whose, self._paper.document
        small = self._soft._replace(size=self._soft.size * 0.8, leading=self._soft.leading * 0.8)
        web = [each.removeprefix("https://").removeprefix("http://").removeprefix("www.") for each in shown.web]
        story = paper.told([Said(each.rstrip("/")) for each in web], self._soft._replace(weight="SemiBold"), document)
        for text in whose.demonstration:
            role = document.add("P", language=text.lang)
            words = Paragraph(text.text, small._replace(weight="SemiBold"), role, language=text.lang, side=paper.side)
            story.append(Framed(words, "box", space_before=small.size))
        return story + paper.told([Said(line) for line in whose.footer_lines], small, document, space_before=small.size)

    def drawn(self) -> Typeset:
        paper, code = self._paper, self._poster.code
        left = self._side
        self._stack(self._upper, left, self._top, self._width, lowest=self._bottom + self._gap)
        edge = left + self._width - self._code
        if code is not None and qrcode.fits(code.payload):
            at = left if paper.mirrored else edge
            self._draw_code(code, at)
        begins = left + (self._width - self._beside if paper.mirrored else 0)
        self._stack(self._lower, begins, self._side + _height(self._lower, self._beside), self._beside)
        rule = Rule(LINE, 0.8)
        rule.wrap(self._width, 1)
        rule.drawOn(paper.canvas, left, self._bottom + self._gap / 2)
        paper.canvas.showPage()
        return paper.finished()

    def _draw_code(self, code: Code, left: float) -> None:
        """The code at the outer edge of the foot, what it leads to below it."""
        paper = self._paper
        words = " – ".join(part for part in ("QR", self._poster.shown.name.text, code.caption) if part)
        figure = paper.document.add("Figure", alternative=fonts.unsteered(fonts.printable(words)))
        edge: Side = "left" if paper.mirrored else "right"
        square = qrcode.QrCode(code.payload, figure, widest=self._code, side=edge, smallest=self._code)
        _, height = square.wrap(self._code, self._code)
        square.drawOn(paper.canvas, left, self._bottom - self._code - (height - square.side))
        caption = paper.told([Said(code.caption)], self._soft._replace(align="end"), paper.document)
        self._stack(caption, left, self._bottom - self._code - 1 * mm, self._code)

    def _stack(self, flowables: list[Flowable], left: float, top: float, width: float, *, lowest: float = 0) -> None:
        """Draw what stands under each other from a height down; what would stand too low is left out."""
        y = top
        for number, flowable in enumerate(flowables):
            _, height = flowable.wrap(width, y)
            y -= height + (flowable.getSpaceBefore() if number else 0)
            if y < lowest:
                break
            flowable.drawOn(self._paper.canvas, left, y)


def _height(flowables: list[Flowable], width: float) -> float:
    return sum(
        flowable.wrap(width, 1e6)[1] + (flowable.getSpaceBefore() if number else 0)
        for number, flowable in enumerate(flowables)
    )
