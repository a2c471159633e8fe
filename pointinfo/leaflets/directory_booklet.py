"""The directory as an A5 booklet: cover, contents, entries under their themes, an index of names and one of subjects.

The story is laid out once: contents and indexes know places, and learn at the end on which pages they are.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from pointinfo.leaflets.contents import Term, Title, index, table_of_contents
from pointinfo.leaflets.designs import publication_design
from pointinfo.leaflets.line_breaking import ROUNDING, TextStyle
from pointinfo.leaflets.pouring import NewPage, furnish, pour, running_title
from pointinfo.leaflets.publications import Group, Publication, Said
from pointinfo.leaflets.stationery import Stationery
from pointinfo.leaflets.structure import Element, Place, TaggedCanvas
from pointinfo.leaflets.typesetting import ACCENT, LINE, SOFT, Framed, Paragraph, Rule, paragraphs
from pointinfo.leaflets.visit_sheet import Typeset

_COVER_TITLE: Final = TextStyle(30, 37, "Bold")
_COVER_COUNTER: Final = TextStyle(15, 20, "Bold")
_COVER_TEXT: Final = TextStyle(11, 15.5)
_CONTENTS: Final = TextStyle(10, 14.5, "SemiBold")
_TITLE_FROM: Final = 0.62
"""How far up the cover its title begins: a little above the middle."""


def typeset(publication: Publication) -> Typeset:
    """The booklet as it is read, page after page; `impose.imposed` makes it ready to be folded."""
    return _Booklet(publication).typeset()


class _Booklet:
    """Sets one directory."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        design = publication_design("booklet")
        self._paper = Stationery(publication.lang, publication.title, publication.whose, design, foot_lines=1)
        self._places = [Place() for _group in publication.groups]
        self._names_place, self._subjects_place = Place(), Place()
        self._names: list[Term] = []
        self._subjects: dict[Said, list[Place]] = {}

    def typeset(self) -> Typeset:
        paper, publication = self._paper, self._publication
        canvas, document = paper.canvas, paper.document
        self._cover(document.add("Sect"))
        front, chapters, back = document.add("Sect"), document.add("Sect"), document.add("Sect")
        contents = paper.heading(publication.contents_title, front, 1)
        contents += table_of_contents(self._titles(), [_CONTENTS], front, space_before=1.2 * mm)
        pour(canvas, [*contents, NewPage(right_hand=True)], paper.pages())
        pour(canvas, self._entries(chapters), paper.pages())
        self._index(publication.names_title, self._names, back, self._names_place)
        if self._subjects:
            terms = [Term(said.text, places, said.lang) for said, places in self._subjects.items()]
            self._index(publication.subjects_title, terms, back, self._subjects_place)
        furnish(canvas, self._furniture, first=1)
        return paper.finished()

    def _titles(self) -> list[Title]:
        """What the contents list: the themes, then the indexes that there are."""
        publication = self._publication
        parts = [(self._title(group), place) for group, place in zip(publication.groups, self._places, strict=True)]
        parts.append((publication.names_title, self._names_place))
        if any(listed.subjects for group in publication.groups for listed in group.entries):
            parts.append((publication.subjects_title, self._subjects_place))
        return [Title(title[0].text, 1, place, title[0].lang) for title, place in parts]

    def _title(self, group: Group) -> tuple[Said, ...]:
        return group.title or (Said(self._publication.title),)

    def _entries(self, parent: Element) -> Iterator[Flowable]:
        """The entries under their themes; where each stands is noted for the indexes."""
        paper = self._paper
        width = paper.pages().width(paper.canvas)
        for group, place in zip(self._publication.groups, self._places, strict=True):
            section = parent.add("Sect")
            yield from paper.heading(self._title(group), section, 1, place)
            for listed in group.entries:
                stands = Place()
                self._names.append(Term(listed.name.text, [stands], listed.name.lang))
                if listed.proper:
                    self._names.append(Term(listed.proper, [stands], "fr"))
                for subject in listed.subjects:
                    self._subjects.setdefault(subject, []).append(stands)
                yield paper.entry(listed, section, width, 2, stands)

    def _index(self, title: Sequence[Said], terms: Sequence[Term], parent: Element, place: Place) -> None:
        """An index in two columns below its heading, from a page of its own on."""
        paper = self._paper
        section = parent.add("Sect")
        y = self._stack(paper.heading(title, section, 1, place), paper.look.page[1] - paper.pages().top)
        style = paper.text._replace(size=paper.text.size * 0.94, leading=paper.text.leading * 0.94)
        letter = paper.name._replace(colour=ACCENT)
        taken = paper.look.page[1] - y + 2 * mm
        pour(paper.canvas, index(terms, style, letter, section), paper.pages(2), taken=taken)

    def _cover(self, section: Element) -> None:
        """Whose directory it is, what it is called, of which day."""
        paper, publication, whose = self._paper, self._publication, self._publication.whose
        look = paper.look
        head = paragraphs(whose.counter_name, _COVER_COUNTER, section)
        for line in whose.header_lines:
            head += paragraphs(line, _COVER_TEXT._replace(colour=SOFT), section, side=paper.side)
        middle = paragraphs(
            publication.title, _COVER_TITLE, section, tag="H1", bookmark=1, side=paper.side, language=paper.lang
        )
        middle.append(Rule(ACCENT, 2.4, space_before=5 * mm, room=3 * mm))
        for line in publication.intro:
            middle += paragraphs(line, _COVER_TEXT, section, space_before=1.5 * mm, side=paper.side)
        middle += paper.told(whose.printed_on, _COVER_TEXT._replace(colour=SOFT), section, space_before=3 * mm)
        if publication.untranslated:
            middle += paragraphs(publication.untranslated, paper.soft, section, space_before=3 * mm)
        for text in whose.demonstration:
            role = section.add("P", language=text.lang)
            words = Paragraph(text.text, look.demonstration, role, language=text.lang, side=paper.side)
            middle.append(Framed(words, "box", space_before=4 * mm))
        self._stack(head, look.page[1] - 16 * mm)
        self._stack(middle, look.page[1] * _TITLE_FROM + _height(middle[:1], look.width) / 2)
        foot = paper.told([Said(line) for line in whose.footer_lines], paper.soft, section)
        if foot:
            height = _height(foot, look.width)
            self._stack([Rule(LINE, 0.8, room=2 * mm), *foot], 14 * mm + min(height, 40 * mm) + 2 * mm)
        paper.canvas.showPage()

    def _stack(self, flowables: Sequence[Flowable], top: float) -> float:
        """Draw what stands under each other from that height down; returns where it ends."""
        look = self._paper.look
        y = top
        for number, flowable in enumerate(flowables):
            _, height = flowable.wrap(look.width, y)
            y -= height + (flowable.getSpaceBefore() if number else 0)
            flowable.drawOn(self._paper.canvas, look.side, y)
        return y

    def _furniture(self, canvas: TaggedCanvas, page: int) -> None:
        """The theme that a page begins with at its head, its number at the outer edge of its foot."""
        top = canvas.height - self._paper.pages().top - ROUNDING
        begun = [each.title for each in canvas.bookmarks if each.depth == 1 and each.place.page == page]
        starts = any(each.place.top >= top for each in canvas.bookmarks if each.place.page == page and each.depth == 1)
        self._paper.facing(page, begun[0] if starts else running_title(canvas, page))


def _height(flowables: Sequence[Flowable], width: float) -> float:
    return sum(
        flowable.wrap(width, 1e6)[1] + (flowable.getSpaceBefore() if number else 0)
        for number, flowable in enumerate(flowables)
    )
