"""The directory as a booklet: what it holds, where its contents and indexes lead, how its pages lie on the sheets."""

import io
import re
from contextlib import closing

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointinfo.database.schema import Contact, Wording
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord
from pointinfo.directory.selection import Selection
from pointinfo.leaflets import Leaflet, impose

ALL = Selection()
A5 = (419.53, 595.28)


def house(number: int) -> EntryRecord:
    return EntryRecord(
        uid=f"maison{number}",
        kind="service",
        name=f"Maison {number}",
        wordings={"fr": Wording(summary="Rencontres, ateliers et repas pour tout le quartier.")},
        street=f"Rue de Lausanne {number}",
        postcode="1202",
        city="Genève",
        contacts=(Contact("phone", "022 545 20 20"),),
        terms={"theme": ("logement" if number < 20 else "sante",), "topic": ("aide-sociale",)},
    )


@pytest.fixture
def counter(own: Desk) -> Desk:
    own.directory.load([house(number) for number in range(40)])
    return own


def read(pdf: bytes) -> list[str]:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def page_of(contents: str, title: str) -> int:
    found = re.search(re.escape(title) + r"[ .]*(\d+)", contents)
    assert found, title
    return int(found[1])


def test_the_contents_lead_to_the_themes_and_the_indexes(counter: Desk) -> None:
    pages = read(counter.leaflets.booklet(ALL, "Annuaire du quartier", "À garder.").pdf)
    assert "Annuaire du quartier À garder. Imprimé le 23 novembre 2026" in pages[0]
    assert pages[1].startswith("Sommaire")
    for title in ("Logement", "Santé", "Index des noms", "Index des sujets"):
        assert title in pages[page_of(pages[1], title) - 1]


def test_the_index_of_names_says_on_which_page_each_stands(counter: Desk) -> None:
    pages = read(counter.leaflets.booklet(ALL, "Annuaire").pdf)
    first = page_of(pages[1], "Index des noms") - 1
    index = " ".join(pages[first : page_of(pages[1], "Index des sujets") - 1])
    for number in range(40):
        assert f"Rue de Lausanne {number}," in pages[page_of(index, f"Maison {number} ") - 1]


def test_the_index_of_subjects_names_every_page_of_a_subject_once(counter: Desk) -> None:
    pages = read(counter.leaflets.booklet(ALL, "Annuaire").pdf)
    start, end = page_of(pages[1], "Logement"), page_of(pages[1], "Index des noms")
    wanted = ", ".join(str(page) for page in range(start, end) if "Rue de Lausanne" in pages[page - 1])
    assert re.search(r"Aide sociale[ .]*" + wanted, pages[-1] or pages[-2])


def test_pages_are_headed_by_their_theme_and_numbered_at_the_outer_edge(counter: Desk) -> None:
    made = counter.leaflets.booklet(ALL, "Annuaire")
    pages = read(made.pdf)
    begins = page_of(pages[1], "Santé") - 1
    assert pages[begins + 1].startswith("Santé Maison") or "Santé" in pages[begins + 1]
    with closing(pypdfium2.PdfDocument(made.pdf)) as document:
        for number in (2, 3):
            page = document[number].get_textpage()
            left = number % 2 == 1
            edge = (0, 0, 60, 60) if left else (A5[0] - 60, 0, A5[0], 60)
            assert page.get_text_bounded(*edge).strip() == str(number + 1)


def test_the_outline_has_the_entries_below_their_themes(counter: Desk) -> None:
    made = counter.leaflets.booklet(ALL, "Annuaire")
    with pikepdf.open(io.BytesIO(made.pdf)) as document, document.open_outline() as outline:
        children = {item.title: len(item.children) for item in outline.root}
    assert children["Logement"] == children["Santé"] == 20
    assert {"Annuaire", "Sommaire", "Index des noms", "Index des sujets"} <= set(children)


def test_a_folded_booklet_has_every_page_once_two_by_two(counter: Desk) -> None:
    made = counter.leaflets.booklet(ALL, "Annuaire")
    pages, sheets = read(made.pdf), read(made.folded())
    assert len(sheets) == 2 * -(-len(pages) // 4)
    for number, page in enumerate(pages[1:], 2):
        if page:
            assert sum(page in sheet for sheet in sheets) == 1, number
    assert pages[0] in sheets[0]
    assert pages[1] in sheets[1]
    assert pages[2] in sheets[1 + 1 if len(pages) > 4 else 1]
    with pikepdf.open(io.BytesIO(made.folded())) as folded:
        assert folded.Root.ViewerPreferences.Duplex == pikepdf.Name.DuplexFlipShortEdge
        assert [round(float(edge)) for edge in folded.pages[0].mediabox] == [0, 0, 839, 595]


def cover_at_the_left(made: Leaflet) -> bool:
    with closing(pypdfium2.PdfDocument(made.folded())) as document:
        page = document[0].get_textpage()
        return "Annuaire" in page.get_text_bounded(0, 150, A5[0], A5[1])


def test_what_is_written_from_right_to_left_is_bound_at_the_right(counter: Desk) -> None:
    assert not cover_at_the_left(counter.leaflets.booklet(ALL, "Annuaire"))
    assert cover_at_the_left(counter.leaflets.booklet(ALL, "Annuaire", language="ar"))


@given(st.integers(1, 400), st.booleans())
def test_folding_the_sheets_puts_the_pages_in_order(count: int, right_bound: bool) -> None:
    sides = impose.sides(count, right_bound=right_bound)
    assert len(sides) % 2 == 0
    opened: list[int | None] = []
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        recto, verso = (front.left, back.right) if right_bound else (front.right, back.left)
        opened += [recto, verso]
    middle = []
    for front, back in list(zip(sides[::2], sides[1::2], strict=True))[::-1]:
        recto, verso = (back.left, front.right) if right_bound else (back.right, front.left)
        middle += [recto, verso]
    leafed = [*opened, *middle]
    assert [page for page in leafed if page is not None] == list(range(count))
    assert all(page is None for page in leafed[count:])


def test_inner_sheets_move_towards_the_fold(counter: Desk) -> None:
    folded = counter.leaflets.booklet(ALL, "Annuaire").folded()
    with pikepdf.open(io.BytesIO(folded)) as document:
        shifts = [
            [float(x) for x in re.findall(r"1 0 0 1 ([\d.]+) 0 cm", page.Contents.read_bytes().decode())]
            for page in document.pages
        ]
    lefts = [row[0] for row in shifts if len(row) == 2]
    rights = [row[1] for row in shifts if len(row) == 2]
    assert lefts == sorted(lefts)
    assert rights == sorted(rights, reverse=True)
    assert lefts[-1] == pytest.approx(impose.PAPER * ((len(shifts) - 1) // 2), abs=0.01)
