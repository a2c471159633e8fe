"""The paper that publications share: what stands at the head and foot of their pages, how an entry of a list looks."""

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from pointinfo.leaflets import conformance, fonts
from pointinfo.leaflets.cards import mirrored
from pointinfo.leaflets.columns import Column, Columns
from pointinfo.leaflets.designs import Design
from pointinfo.leaflets.line_breaking import INK, TextStyle
from pointinfo.leaflets.look import look
from pointinfo.leaflets.pouring import PageDesign
from pointinfo.leaflets.publications import Listed, Said, Whose
from pointinfo.leaflets.shaping import Side, side
from pointinfo.leaflets.structure import Artifact, Element, Place, TaggedCanvas
from pointinfo.leaflets.typesetting import ACCENT, LINE, SOFT, Framed, Paragraph, Rule, address, paragraphs
from pointinfo.leaflets.visit_sheet import Typeset

_LONGEST_URI: Final = 2_000
_WHOLE_BELOW: Final = 0.5  # of the page: an entry no higher than this stays on one


class Stationery:
    """The pages of one publication in one language and design, and the tree of what they say.

    `foot_lines` is how high the foot of its pages is, without it as high as the counter's own lines.
    """

    def __init__(self, lang: str, title: str, whose: Whose, design: Design, *, foot_lines: int = 0) -> None:
        self.look = look(design)
        self.lang = lang
        self.title = title
        self.whose = whose
        self.canvas = TaggedCanvas(*self.look.page)
        self.document = Element("Document", language=lang)
        self.mirrored = mirrored(lang)
        self.side: Side = side(lang)
        size = design.size
        self.text = TextStyle(size, size * 1.36)
        self.soft = TextStyle(size, size * 1.36, colour=SOFT)
        self.name = TextStyle(size * 1.14, size * 1.5, "Bold")
        self.phone = TextStyle(size * 1.1, size * 1.5, "Bold")
        self.group = TextStyle(size * 1.5, size * 2, "Bold", ACCENT)
        self.group_again = TextStyle(size, size * 1.4, colour=SOFT)
        self.foot = TextStyle(max(7.5, size * 0.85), max(10.5, size * 1.2), colour=SOFT)
        self.gap = 9 * mm
        self._foot_lines = foot_lines or len(whose.footer_lines) + len(whose.demonstration) + 1

    def pages(self, columns: int = 1) -> PageDesign:
        """Where the story goes: between the running head and the foot."""
        look = self.look
        head = self.foot.leading + 6.5 * mm
        foot = self._foot_lines * self.foot.leading + 5 * mm
        return PageDesign(
            look.side, look.side, look.top + head, look.bottom + foot, columns, self.gap, mirrored=self.mirrored
        )

    def told(
        self, texts: Sequence[Said], style: TextStyle, parent: Element | Artifact, space_before: float = 0
    ) -> list[Flowable]:
        """A paragraph for each text, all from the side where the publication's language begins."""
        made: list[Flowable] = []
        for text in texts:
            language = text.lang or (self.lang if isinstance(parent, str) else "")
            before = space_before if not made else 0
            made += paragraphs(text.text, style, parent, language=language, side=self.side, space_before=before)
        return made

    def opening(
        self, intro: Sequence[str], parent: Element, *, untranslated: str = "", period: Sequence[Said] = ()
    ) -> list[Flowable]:
        """Whose publication it is, what it is, of which day, what it is for."""
        look, whose = self.look, self.whose
        story = paragraphs(whose.counter_name, look.counter, parent)
        for line in whose.header_lines:
            story += paragraphs(line, look.meta, parent)
        story.append(Rule(ACCENT, 1.6, space_before=2 * mm))
        for text in whose.demonstration[:1]:
            role = parent.add("P", language=text.lang)
            words = Paragraph(text.text, look.demonstration, role, language=text.lang, side=self.side)
            story.append(Framed(words, "box", space_before=3 * mm))
        story += paragraphs(self.title, look.title, parent, tag="H1", space_before=4 * mm, bookmark=1, side=self.side)
        story += self.told(period, look.body._replace(colour=SOFT), parent)
        for line in intro:
            story += paragraphs(line, look.body, parent, space_before=1.5 * mm, side=self.side)
        if untranslated:
            story += paragraphs(untranslated, look.meta, parent, space_before=1.5 * mm)
        story.append(Rule(LINE, 0.8, space_before=4 * mm))
        return story

    def open(self, story: Sequence[Flowable]) -> float:
        """Draw an opening across the first page; how much of it that takes, from the edge of the paper."""
        look = self.look
        y = look.page[1] - look.top
        for number, flowable in enumerate(story):
            _, height = flowable.wrap(look.width, y)
            y -= height + (flowable.getSpaceBefore() if number else 0)
            flowable.drawOn(self.canvas, look.side, y)
        return look.page[1] - y + 4 * mm

    def heading(self, title: Sequence[Said], parent: Element, level: int, place: Place | None = None) -> list[Flowable]:
        """The title of a group in each of its languages, kept with what follows, the first of them in the outline."""
        made: list[Flowable] = []
        for number, text in enumerate(title):
            style = self.group_again if number else self.group
            tag = "P" if number else f"H{level}"
            role = parent.add(tag, language=text.lang)
            made.append(
                Paragraph(
                    text.text, style, role,
                    space_before=0 if number else 5 * mm, keep_with_next=True, language=text.lang, side=self.side,
                    bookmark=0 if number else level, place=None if number else place,
                )
            )  # fmt: skip
        return made

    def entry(self, listed: Listed, parent: Element, width: float, level: int, place: Place | None = None) -> Flowable:
        """An entry of a list in a column that wide: its name, one line, then how to reach it."""
        section = parent.add("Sect")
        lang = listed.name.lang
        name = section.add(f"H{level}", language=lang)
        content: list[Flowable] = [
            Paragraph(
                listed.name.text, self.name, name,
                language=lang, side=self.side, keep_with_next=True, bookmark=level, place=place,
            )
        ]  # fmt: skip
        if listed.proper:
            content += self.told([Said(listed.proper, "fr")], self.soft, section)
        content += self.told(listed.summary, self.text, section)
        for phone in listed.phones:
            style = self.text if phone is not listed.phones[0] else self.phone
            content += self.told([phone], style, section, space_before=0 if style is self.text else 0.6 * mm)
        content += self.told(listed.where, self.text, section)
        content += self.told(listed.hours, self.text, section)
        content += self.told(listed.unknown, self.soft, section)
        for web in listed.web:
            content.append(self._link(web, section.add("P")))
        return Columns(
            [Column(0, width, content)],
            space_before=3.4 * mm,
            whole_below=_WHOLE_BELOW * self.look.page[1],
            mirrored=self.mirrored,
        )

    def _link(self, web: str, parent: Element) -> Flowable:
        uri = address(web)
        shown = web.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
        if not uri or len(uri) > _LONGEST_URI:
            return Paragraph(web, self.soft, parent, side=self.side)
        return Paragraph(shown, self.soft, parent.add("Link"), target=uri, side=self.side)

    def running(self, page: int, words: str, pages: int) -> None:
        """What stands at the head and foot of a page (from 0); the foot's own lines are read at the end only."""
        look, canvas, style = self.look, self.canvas, self.foot
        top = look.page[1] - look.top
        if page and words:
            self._across(words, top, style)
            rule = Rule(ACCENT, 1.2)
            rule.wrap(look.width, 2)
            rule.drawOn(canvas, look.side, top - style.leading - 2 * mm)
        role: Element | Artifact = self.document if page == pages - 1 else "Pagination"
        strong = style._replace(weight="SemiBold", colour=INK)
        foot = self.told(self.whose.demonstration, strong, "Pagination")
        foot += self.told([Said(line) for line in self.whose.footer_lines], style, role)
        printed = " · ".join((self.whose.counter_name, *(text.text for text in self.whose.printed_on)))
        foot += self.told([Said(printed)], style, "Pagination")
        number = f"{page + 1} / {pages}"
        room = look.width * 0.82
        y = look.bottom
        for flowable in foot[::-1][: self._foot_lines]:
            _, height = flowable.wrap(room, 100)
            flowable.drawOn(canvas, look.side + (look.width - room if self.mirrored else 0), y)
            y += height
        self._across(number, look.bottom + style.leading, style._replace(align="end"))
        rule = Rule(LINE, 0.8)
        rule.wrap(look.width, 1)
        rule.drawOn(canvas, look.side, y + 1.5 * mm)

    def facing(self, page: int, words: str) -> None:
        """Head and foot of a page (from 0) of a bound booklet, the number at the outer edge of its foot."""
        look, style = self.look, self.foot
        outer_left = (page % 2 == 1) != self.mirrored
        outer, inner = (style._replace(align="left" if left else "right") for left in (outer_left, not outer_left))
        top = look.page[1] - look.top
        self._across(words, top, outer)
        rule = Rule(ACCENT, 0.8)
        rule.wrap(look.width, 2)
        rule.drawOn(self.canvas, look.side, top - style.leading - 1.5 * mm)
        foot = look.bottom + style.leading
        trial = self.whose.demonstration[0].text if self.whose.demonstration else ""
        self._across(" · ".join(filter(None, (self.whose.counter_name, trial))), foot, inner)
        self._across(str(page + 1), foot, outer._replace(weight="SemiBold", colour=INK))

    def _across(self, words: str, top: float, style: TextStyle) -> None:
        for line in paragraphs(words, style, "Pagination", language=self.lang, side=self.side)[:1]:
            _, height = line.wrap(self.look.width, style.leading)
            line.drawOn(self.canvas, self.look.side, top - min(height, style.leading))

    def finished(self) -> Typeset:
        """The publication as a PDF, and what of its texts no face could draw."""
        title = fonts.unsteered(fonts.printable(f"{self.title} – {self.whose.counter_name}"))
        pdf = conformance.write(self.canvas, self.document, title=title, language=self.lang)
        missing = {(each.character, each.text): each for each in self.canvas.missing}
        return Typeset(pdf, tuple(missing.values()))
