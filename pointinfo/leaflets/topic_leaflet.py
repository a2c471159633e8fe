"""A leaflet on a topic or for an audience: A4, entries in columns below the titles of their groups."""

from typing import Final

from reportlab.platypus.flowables import Flowable

from pointinfo.leaflets.designs import publication_design
from pointinfo.leaflets.pouring import furnish, pour
from pointinfo.leaflets.publications import Publication
from pointinfo.leaflets.stationery import Stationery
from pointinfo.leaflets.structure import TaggedCanvas
from pointinfo.leaflets.visit_sheet import Typeset

_ONE_COLUMN: Final = 4
"""Up to so many entries stand under each other: beside an empty half of a page they would look lost."""


def typeset(publication: Publication) -> Typeset:
    """The leaflet on paper; the same content gives the same bytes."""
    paper = Stationery(publication.lang, publication.title, publication.whose, publication_design("leaflet"))
    document = paper.document
    taken = paper.open(paper.opening(publication.intro, document, untranslated=publication.untranslated))
    pages = paper.pages(1 if publication.size <= _ONE_COLUMN else 2)
    width = pages.width(paper.canvas)
    story: list[Flowable] = []
    for group in publication.groups:
        section = document.add("Sect")
        story += paper.heading(group.title, section, 2)
        level = 3 if group.title else 2
        story += [paper.entry(listed, section, width, level) for listed in group.entries]
    pour(paper.canvas, story, pages, taken=taken)

    def furniture(canvas: TaggedCanvas, page: int) -> None:
        paper.running(page, publication.title, len(canvas.pages))

    furnish(paper.canvas, furniture)
    return paper.finished()
