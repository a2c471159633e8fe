import io
import re

import pikepdf
import pypdfium2
import pytest
from reportlab.platypus.flowables import Flowable

from pointinfo.leaflets import conformance, pictures
from pointinfo.leaflets.blocks import heading, pictured
from pointinfo.leaflets.contents import Term, index
from pointinfo.leaflets.line_breaking import TextStyle
from pointinfo.leaflets.pouring import NewPage, PageDesign, pour, running_title
from pointinfo.leaflets.structure import Element, Place, TaggedCanvas
from pointinfo.leaflets.tables import Table, TableStyle
from pointinfo.leaflets.typesetting import Paragraph
from tests.booklet import booklet
from tests.paragraphs import TEXTS

BODY = TextStyle(10, 14)
HEADING = TextStyle(14, 18, "Bold")
DESIGN = PageDesign(30, 30, 30, 30)


class Sheet:
    """A5 paper, and what is read on it."""

    def __init__(self) -> None:
        self.canvas = TaggedCanvas(420, 595)
        self.document = Element("Document", language="fr")

    def pages(self, story: list[Flowable], design: PageDesign = DESIGN) -> list[str]:
        pour(self.canvas, story, design)
        return read(conformance.write(self.canvas, self.document, title="a", language="fr"))


def read(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


@pytest.fixture(scope="module")
def french() -> tuple[bytes, TaggedCanvas]:
    return booklet("fr", TEXTS["fr"], 40)


def test_the_contents_name_the_page_on_which_each_heading_stands(french: tuple[bytes, TaggedCanvas]) -> None:
    pdf, canvas = french
    pages = read(pdf)
    for mark in canvas.bookmarks:
        if mark.depth == 2:
            assert mark.title in pages[mark.place.page]
            dots = pages[0].partition(f"{mark.title} .")[2] or pages[1].partition(f"{mark.title} .")[2]
            assert dots.strip(" .").split()[0].strip(".") == str(mark.place.page + 1)


def test_a_line_of_the_contents_leads_to_its_page(french: tuple[bytes, TaggedCanvas]) -> None:
    pdf, canvas = french
    with pikepdf.open(io.BytesIO(pdf)) as document:
        links = [annotation for annotation in document.pages[0].Annots if "/Dest" in annotation]
        expected = [mark.place.page for mark in canvas.bookmarks[1:]]
        found = [
            next(index for index, page in enumerate(document.pages) if page.objgen == link.Dest[0].objgen)
            for link in links
        ]
    assert found == expected[: len(found)]
    assert len(found) > 20


def test_the_outline_has_entries_below_their_topics(french: tuple[bytes, TaggedCanvas]) -> None:
    with pikepdf.open(io.BytesIO(french[0])) as document, document.open_outline() as outline:
        topics = [item for item in outline.root if item.children]
        assert [len(topic.children) for topic in topics] == [10, 10, 10, 10]


def test_no_heading_stands_alone_at_the_foot_of_a_page() -> None:
    for lines in range(30, 45):
        sheet = Sheet()
        story: list[Flowable] = [Paragraph("x", BODY, sheet.document.add("P")) for _ in range(lines)]
        story += [heading("Titre", 1, HEADING, sheet.document), heading("Sous-titre", 2, HEADING, sheet.document)]
        story.append(Paragraph("Le texte.", BODY, sheet.document.add("P")))
        (page,) = [page for page in sheet.pages(story) if "Titre" in page]
        assert page.endswith("Titre Sous-titre Le texte.")


def test_what_is_higher_than_a_page_ends_all_the_same() -> None:
    sheet = Sheet()
    story: list[Flowable] = [heading("Titre " * 400, 1, HEADING, sheet.document) for _ in range(3)]
    story.append(Paragraph("mot " * 4000, BODY, sheet.document.add("P")))
    assert len(sheet.pages(story)) > 5


def test_columns_are_filled_one_after_another_from_the_side_where_the_language_begins() -> None:
    for mirrored in (False, True):
        sheet = Sheet()
        story: list[Flowable] = [Paragraph(f"mot{n}", BODY, sheet.document.add("P")) for n in range(60)]
        pour(sheet.canvas, story, PageDesign(30, 30, 30, 30, columns=2, gap=20, mirrored=mirrored))
        document = pypdfium2.PdfDocument(conformance.write(sheet.canvas, sheet.document, title="a", language="fr"))
        try:
            page = document[0].get_textpage()
            halves = [page.get_text_bounded(*box).split() for box in ((0, 0, 210, 595), (210, 0, 420, 595))]
        finally:
            document.close()
        first = halves[1] if mirrored else halves[0]
        assert first[0] == "mot0"
        assert sorted(halves[0] + halves[1]) == sorted(f"mot{n}" for n in range(60))


def test_a_part_begins_on_a_right_hand_page() -> None:
    sheet = Sheet()
    parts = [Paragraph(text, BODY, sheet.document.add("P")) for text in ("un", "deux")]
    assert sheet.pages([parts[0], NewPage(right_hand=True), parts[1]]) == ["un", "", "deux"]


def test_the_running_title_is_that_of_the_heading_above_or_the_first_on_the_page(
    french: tuple[bytes, TaggedCanvas],
) -> None:
    _, canvas = french
    for mark in canvas.bookmarks:
        if mark.depth == 1:
            assert running_title(canvas, mark.place.page)
    first, second = [mark for mark in canvas.bookmarks if mark.depth == 1][1:3]
    assert running_title(canvas, second.place.page - 1) == first.title


def test_a_table_goes_on_below_its_head_and_is_read_with_it_once() -> None:
    sheet = Sheet()
    rows = [(f"ligne{n}", "valeur " * 12) for n in range(40)]
    style = TableStyle(BODY._replace(weight="Bold"), BODY)
    table = Table(("Nom", "Valeur"), rows, (100, 260), style, sheet.document, row_heads=True)
    pages = sheet.pages([table])
    assert len(pages) > 1
    assert all(page.startswith("Nom Valeur ligne") for page in pages)
    (element,) = sheet.document.kids
    assert isinstance(element, Element)
    head, body = (kid for kid in element.kids if isinstance(kid, Element))
    assert (head.tag, body.tag, len(head.kids), len(body.kids)) == ("THead", "TBody", 1, 40)


def test_an_index_names_each_page_once_and_orders_by_letters_alone() -> None:
    sheet = Sheet()
    places = [Place() for _ in range(6)]
    story: list[Flowable] = []
    for number, place in enumerate(places):
        story += [
            Paragraph(f"a{number}", BODY, sheet.document.add("P"), place=place),
            Paragraph("b", BODY, sheet.document.add("P")),
        ]
        if number % 2:
            story.append(NewPage())
    terms = [Term("zèbre", places[:1]), Term("Éducation", places), Term("école", places[4:])]
    *_, last = sheet.pages([*story, *index(terms, BODY, HEADING, sheet.document)])
    assert last.startswith("E école")
    assert re.search(r"Éducation [. ]*1, 2, 3 Z zèbre", last)


@pytest.mark.parametrize("broken", [b"", b"\x89PNG\r\n\x1a\n nothing", b"<svg/>", b"GIF89a" + b"\xff" * 8])
def test_a_broken_picture_is_refused(broken: bytes) -> None:
    assert pictures.opened(broken) is None


def test_a_picture_keeps_its_proportions_and_stands_on_white() -> None:
    from PIL import Image

    written = io.BytesIO()
    Image.new("RGBA", (80, 40), (0, 0, 0, 0)).save(written, "PNG")
    picture = pictures.opened(written.getvalue())
    assert picture is not None
    assert picture.pixels == b"\xff" * (80 * 40 * 3)
    sheet = Sheet()
    figure = pictured(picture, "Logo", sheet.document, width=100, height=100)
    assert figure.height == 50
    sheet.pages([figure])


def test_an_image_bomb_is_refused() -> None:
    from PIL import Image

    written = io.BytesIO()
    Image.new("1", (9000, 9000)).save(written, "PNG")
    assert pictures.opened(written.getvalue()) is None
