"""A booklet in every part that leaflets are built of: contents, headings, lists, tables, figures, two indexes."""

from reportlab.platypus.flowables import Flowable

from pointinfo.leaflets import conformance
from pointinfo.leaflets.blocks import Figure, heading, listed, pictured
from pointinfo.leaflets.contents import Term, Title, index, table_of_contents
from pointinfo.leaflets.line_breaking import TextStyle
from pointinfo.leaflets.line_drawing import late_text
from pointinfo.leaflets.pictures import Picture
from pointinfo.leaflets.pouring import NewPage, PageDesign, furnish, pour, running_title
from pointinfo.leaflets.shaping import direction
from pointinfo.leaflets.structure import Element, Place, TaggedCanvas
from pointinfo.leaflets.tables import Table, TableStyle
from pointinfo.leaflets.typesetting import Paragraph

WIDTH, HEIGHT = 419.53, 595.28
H1, H2 = TextStyle(16, 21, "Bold"), TextStyle(11, 15, "Bold")
BODY, SMALL = TextStyle(9, 12.5), TextStyle(8, 11)


def booklet(language: str, text: str, entries: int) -> tuple[bytes, TaggedCanvas]:
    """`entries` under a topic for each ten, their `text` in `language`; A5."""
    canvas = TaggedCanvas(WIDTH, HEIGHT)
    document = Element("Document", language=language)
    design = PageDesign(40, 40, 50, 50, mirrored=direction(language) == "rtl")
    width = design.width(canvas)
    words = [word for word in text.split() if len(word) > 2] or [text[:4]]
    front = document.add("Sect")
    chapters = [document.add("Sect") for _topic in range(-(-entries // 10))]
    back = document.add("Sect")
    titles: list[Title] = []
    terms: list[Term] = []
    body: list[Flowable] = []
    for number in range(entries):
        section = chapters[number // 10]
        if number % 10 == 0:
            place = Place()
            topic = f"{words[number // 10 % len(words)]} {number // 10 + 1}"
            titles.append(Title(topic, 1, place))
            body.append(heading(topic, 1, H1, section, space_before=14, place=place))
        place = Place()
        name = f"{words[number % len(words)]} {number + 1}"
        titles.append(Title(name, 2, place))
        terms.append(Term(name, [place]))
        entry = section.add("Sect")
        body.append(heading(name, 2, H2, entry, space_before=10, place=place))
        body.append(Paragraph(text, BODY, entry.add("P")))
        if number % 10 == 0:
            body += listed(words[:3], BODY, entry, width, numbered=True, space_before=2)
            rows = [(word, text[:60], "022 420 52 00") for word in words[:6]]
            style = TableStyle(SMALL._replace(weight="Bold"), SMALL)
            body.append(Table(words[:3], rows, (70, 160, width - 230), style, entry, row_heads=True, space_before=6))
            body.append(Figure(40, 20, lambda c: c.write("0 0 40 20 re f"), words[0], entry, space_before=6))
            body.append(pictured(Picture(1, 1, b"\x00\x80\xff"), words[0], entry, width=20, height=20, space_before=6))
    terms.append(Term(words[0], [title.place for title in titles if title.depth == 1]))
    story = [
        heading(words[0], 1, H1, front),
        *table_of_contents(titles, [BODY._replace(weight="Bold"), BODY], front),
        NewPage(right_hand=True),
        *body,
        NewPage(),
        heading(words[1 % len(words)], 1, H1, back),
        *index(terms, SMALL, H2, back),
    ]
    pour(canvas, story, design)
    furnish(canvas, lambda c, page: _furniture(c, page, language))
    return conformance.write(canvas, document, title=words[0], language=language), canvas


def _furniture(canvas: TaggedCanvas, page: int, language: str) -> None:
    head = Paragraph(running_title(canvas, page), SMALL, "Pagination", language=language)
    head.wrap(WIDTH - 80, 20)
    head.drawOn(canvas, 40, HEIGHT - 35)
    late_text(
        canvas, "Pagination", SMALL, lambda: f"{page + 1} / {len(canvas.pages)}",
        edge=WIDTH - 40, baseline=25, side="right",
    )  # fmt: skip
