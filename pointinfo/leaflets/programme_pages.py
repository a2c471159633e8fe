"""A programme on paper: a heading for each day, the times in a column of their own."""

from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from pointinfo.leaflets.columns import Column, Columns
from pointinfo.leaflets.designs import publication_design
from pointinfo.leaflets.line_breaking import natural_width
from pointinfo.leaflets.pouring import furnish, pour
from pointinfo.leaflets.programmes import Item, Programme
from pointinfo.leaflets.stationery import Stationery
from pointinfo.leaflets.structure import Element, TaggedCanvas
from pointinfo.leaflets.typesetting import Paragraph
from pointinfo.leaflets.visit_sheet import Typeset

_AFTER_TIME: Final = 5 * mm


def typeset(programme: Programme) -> Typeset:
    """The programme as a PDF; the same content gives the same bytes."""
    paper = Stationery(programme.lang, programme.title, programme.whose, publication_design("programme"))
    document = paper.document
    opening = paper.opening(programme.intro, document, untranslated=programme.untranslated, period=programme.period)
    taken = paper.open(opening)
    pages = paper.pages()
    width = pages.width(paper.canvas)
    story: list[Flowable] = paper.told(programme.nothing, paper.look.body, document)
    for day in programme.days:
        section = document.add("Sect")
        story += paper.heading(day.title, section, 2)
        listed = section.add("L")
        story += [_item(paper, item, listed.add("LI"), width) for item in day.items]
    pour(paper.canvas, story, pages, taken=taken)

    def furniture(canvas: TaggedCanvas, page: int) -> None:
        words = " · ".join((programme.title, *(text.text for text in programme.period[:1])))
        paper.running(page, words, len(canvas.pages))

    furnish(paper.canvas, furniture)
    return paper.finished()


def _item(paper: Stationery, item: Item, element: Element, width: float) -> Columns:
    """The time, and beside it what meets, where, for whom and at what price."""
    room = natural_width("00:00–00:00", paper.name, paper.lang) + _AFTER_TIME
    label, body = element.add("Lbl"), element.add("LBody")
    time: list[Flowable] = [Paragraph(item.time, paper.name, label, side=paper.side)]
    content = paper.told(item.cancelled, paper.name, body)
    content += paper.told([item.name], paper.name, body)
    content += paper.told(item.lines, paper.text, body)
    content += paper.told(item.phones, paper.text._replace(weight="Bold"), body)
    return Columns(
        [Column(0, room, time), Column(room, width - room, content)],
        space_before=3 * mm,
        whole_below=paper.look.page[1] / 2,
        mirrored=paper.mirrored,
    )
