import io
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from pointinfo.desk import Desk
from pointinfo.leaflets.content import Day, Fact, Sheet, SheetEntry, Slot, WeekGrid
from pointinfo.leaflets.designs import Design, designs
from pointinfo.leaflets.fonts import REPLACEMENT
from pointinfo.leaflets.line_breaking import TextStyle
from pointinfo.leaflets.look import look
from pointinfo.leaflets.visit_sheet import reported, typeset

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
NO_HOURS: tuple[tuple[Slot, ...], ...] = ((),) * 7

MORNING = Slot("8:30", "12:00")
AFTERNOON = Slot("13:30", "17:00", "sur rendez-vous")

ADDRESS = "https://www.geneve.ch/fr/demarches/inscrire-enfant-creche"
CARD = "BEGIN:VCARD\nVERSION:3.0\nN:;Bibliothèque\nFN:Bibliothèque\nTEL:+41 22 418 32 00\nEND:VCARD\n"


def week(season: str, *slots: tuple[Slot, ...]) -> WeekGrid:
    return WeekGrid(season, tuple(map(Day, DAYS, slots)))


NURSERY = SheetEntry(
    uid="bipe",
    name="BIPE – Bureau d’information de la petite enfance",
    kind="Service",
    summary="Renseigne les parents et inscrit en crèche ou en jardin d’enfants, dès la 12ᵉ semaine.",
    facts=(
        Fact("Attention", ("Inscriptions fermées en août.",), "warning"),
        Fact("Téléphone", ("022 418 81 81", "0800 44 77 00 (ligne gratuite)"), "phone"),
        Fact("Pour qui", ("parents domiciliés ou travaillant en Ville de Genève",)),
        Fact("À apporter", ("pièce d’identité", "acte de naissance"), "checklist"),
        Fact("Site internet", ("www.geneve.ch/bipe",), "link"),
    ),
    hours=(week("", (), (MORNING,), (), (MORNING, AFTERNOON), (), (), ()),),
    hours_note="Fermé les jours fériés.",
    checked="Vérifié le 12 octobre 2026",
    source="Source : geneve.ch",
    qr_payload=ADDRESS,
    qr_caption="site internet",
)
LIBRARY = NURSERY._replace(
    uid="cite",
    name="Bibliothèque de la Cité",
    facts=(Fact("Où", ("Place des Trois-Perdrix 5, 1204 Genève",)),),
    hours=(week("", *[(Slot("10:00", "19:00"),)] * 7), week("juillet–août", *NO_HOURS)),
    qr_payload=CARD,
)
BARE = SheetEntry("rien", "", "", "", (), (), "", "", "", "", "")

SHEET = Sheet(
    lang="fr-CH",
    title="Vos informations",
    printed_on="Imprimé le lundi 23 novembre 2026",
    counter_name="Point info Servette",
    header_lines=("Rue Hoffmann 8",),
    footer_lines=("Ville de Genève, Service social",),
    demonstration="Données de démonstration",
    hours_label="Horaire",
    closed_word="fermé",
    notes_label="Notes",
    page_words="page {page} sur {pages}",
    entries=(NURSERY,),
)


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def texts(sheet: Sheet) -> list[str]:
    """The text of each page as a reader copies it, in one line."""
    with opened(typeset(sheet)) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def text(sheet: Sheet) -> str:
    return " ".join(texts(sheet))


def with_facts(*facts: Fact) -> Sheet:
    return SHEET._replace(entries=(NURSERY._replace(facts=facts),))


def test_words_come_out_whole_and_in_reading_order() -> None:
    page = text(SHEET)
    words = [
        "Point info Servette Rue Hoffmann 8 Données de démonstration Vos informations Imprimé le lundi",
        "BIPE – Bureau d’information de la petite enfance Renseigne",
        "inscrit en crèche ou en jardin d’enfants, dès la 12ᵉ semaine.",
        "022 418 81 81 0800 44 77 00 (ligne gratuite)",
        "parents domiciliés ou travaillant en Ville de Genève",
        "pièce d’identité acte de naissance",
        "lundi fermé mardi 8:30 – 12:00 mercredi fermé",
        "jeudi 8:30 – 12:00 13:30 – 17:00 sur rendez-vous vendredi fermé",
        "Fermé les jours fériés. Service · Vérifié le 12 octobre 2026 · Source : geneve.ch",
    ]
    places = [page.find(part) for part in words]
    assert -1 not in places, page
    assert places == sorted(places)


def test_wrapped_words_are_not_glued_together() -> None:
    summary = " ".join(f"mot{n}" for n in range(200))
    assert summary in text(SHEET._replace(entries=(NURSERY._replace(summary=summary),)))


def test_seasons_stand_under_their_names() -> None:
    page = text(SHEET._replace(entries=(LIBRARY,)))
    assert "juillet–août" in page
    assert page.count("dimanche") == 2


def test_a_phone_number_stays_on_one_line_however_long_its_purpose() -> None:
    line = "0800 44 77 00 (secrétariat et permanence téléphonique du mardi au jeudi, pour les rendez-vous)"
    with opened(typeset(with_facts(Fact("Téléphone", (line,), "phone")))) as document:
        lines = document[0].get_textpage().get_text_bounded().splitlines()
    assert any("0800 44 77 00" in printed for printed in lines)


@pytest.mark.parametrize("entry", [NURSERY, LIBRARY])
def test_the_qr_code_is_read_from_a_page_at_100_dpi(entry: SheetEntry) -> None:
    with opened(typeset(SHEET._replace(entries=(entry,)))) as document:
        image = document[0].render(scale=100 / 72).to_numpy()
    (code,) = zxingcpp.read_barcodes(image)
    assert code.text.splitlines() == entry.qr_payload.splitlines()


def test_what_no_qr_code_can_hold_is_left_out() -> None:
    with opened(typeset(SHEET._replace(entries=(NURSERY._replace(qr_payload="é" * 5000),)))) as document:
        image = document[0].render(scale=100 / 72).to_numpy()
    assert not zxingcpp.read_barcodes(image)


@pytest.mark.parametrize("design", designs(), ids=lambda design: design.name)
@pytest.mark.parametrize("times", [1, 15])
def test_no_text_stands_outside_the_margins(times: int, design: Design) -> None:
    margins = look(design)
    crowded = NURSERY._replace(
        name=NURSERY.name * times,
        summary="x" * 100 * times,
        facts=tuple(fact._replace(lines=(f"{fact.lines[0]} " * times,)) for fact in NURSERY.facts),
        hours=(week("été " * times, *[(MORNING, AFTERNOON._replace(remark="remarque " * times))] * 7),),
    )
    footer = SHEET.footer_lines * times
    sheet = SHEET._replace(entries=(crowded, LIBRARY), counter_name="Point " * times, footer_lines=footer)
    with opened(typeset(sheet, design)) as document:
        assert times == 1 or len(document) > 2
        for page in document:
            width, height = page.get_size()
            textpage = page.get_textpage()
            for index in range(textpage.count_chars()):
                if textpage.get_text_range(index, 1).strip():
                    left, bottom, right, top = textpage.get_charbox(index)
                    assert left >= margins.side - 1.5, "a letter may reach a little beyond its own edge"
                    assert right <= width - margins.side + 1.5
                    assert bottom >= margins.bottom - 1.5
                    assert top <= height - margins.top + 1.5


def test_markup_is_printed_as_it_was_written() -> None:
    written = "<b>gras</b> &amp; <font color='red'> %s {page} \\n"
    assert written in text(with_facts(Fact("Conditions", (written,))))


def test_what_no_face_can_draw_is_reported_once_with_its_text() -> None:
    sheet = with_facts(Fact("Où", ("Salle ᓀ", "Salle 日")))._replace(footer_lines=("ᓁ",))
    missing = reported(sheet).missing
    assert [(each.character, each.text) for each in missing] == [("ᓀ", "Salle ᓀ"), ("ᓁ", "ᓁ")]
    assert reported(SHEET).missing == ()


def test_a_missing_character_leaves_a_visible_mark_and_controls_none() -> None:
    assert f"Salle {REPLACEMENT} du fond" in text(with_facts(Fact("Où", ("Salle ᓀ du\x07 fond",))))


def test_a_word_of_ten_thousand_letters_goes_on_over_the_pages() -> None:
    pages = texts(with_facts(Fact("Conditions", ("abcdefghij" * 1000,))))
    assert len(pages) > 1
    # The letters of the other words on the pages come on top.
    assert len(re.findall("abcdefghij", "".join("".join(pages).split()))) >= 900


def test_an_empty_entry_and_an_empty_sheet_still_print() -> None:
    assert "Notes" in text(SHEET._replace(entries=(BARE,)))
    page = text(SHEET._replace(entries=()))
    assert "Vos informations" in page
    assert "page 1 sur 1" in page


def test_a_sheet_without_any_words_is_a_page() -> None:
    blank = Sheet("fr", "", "", "", (), (), "", "", "", "", "", (BARE,))
    assert texts(blank) == [""]


def test_a_short_entry_is_not_split_between_pages() -> None:
    entries = tuple(NURSERY._replace(name=f"Entrée {n}.", hours_note=f"Fin {n}.") for n in range(7))
    pages = texts(SHEET._replace(entries=entries))
    for n in range(7):
        assert any(f"Entrée {n}." in page and f"Fin {n}." in page for page in pages)


@pytest.mark.parametrize(
    "uids",
    [
        ("bipe-bureau-d-information-de-la-petite-enfance", "hospice-general", "pro-senectute-geneve"),
        ("point-info-servette", "ludotheque-de-meyrin", "vestiaire-social"),
    ],
)
def test_three_ordinary_cards_fit_on_one_sheet(desk: Desk, uids: tuple[str, ...]) -> None:
    with opened(desk.leaflets.visit_sheet(uids).pdf) as document:
        assert len(document) == 1


def test_lines_for_notes_never_take_a_page_of_their_own() -> None:
    """However full the page: each further line brings the end of the entry nearer to the footer."""
    for lines in range(28, 36):
        fuller = NURSERY._replace(summary="", facts=(Fact("Conditions", ("une de plus",) * lines),))
        assert "Source : geneve.ch" in texts(SHEET._replace(entries=(fuller,)))[-1]


def test_every_page_tells_its_number_and_that_this_is_a_demonstration() -> None:
    pages = texts(SHEET._replace(entries=(NURSERY, LIBRARY, NURSERY, LIBRARY)))
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert f"page {number} sur {len(pages)}" in page
        assert "Données de démonstration" in page
        assert "Ville de Genève, Service social" in page
    assert "démonstration" not in text(SHEET._replace(demonstration=""))


def test_the_outline_leads_to_each_entry() -> None:
    with opened(typeset(SHEET._replace(entries=(NURSERY, LIBRARY, NURSERY)))) as document:
        titles = [bookmark.get_title() for bookmark in document.get_toc()]
    assert titles == [NURSERY.name, LIBRARY.name, NURSERY.name]


def test_title_and_language_are_the_sheets_own() -> None:
    with pikepdf.open(io.BytesIO(typeset(SHEET))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Vos informations – Point info Servette"
        assert str(pdf.Root.Lang) == "fr-CH"


def test_links_lead_to_the_printed_address() -> None:
    with pikepdf.open(io.BytesIO(typeset(SHEET))) as pdf:
        uris = [str(annotation.A.URI) for page in pdf.pages for annotation in page.obj.get("/Annots", [])]
    assert uris == ["https://www.geneve.ch/bipe"]


def test_headings_lists_tables_and_figures_are_tagged_in_order() -> None:
    def tags(node: pikepdf.Object | int) -> Iterator[str]:
        if not isinstance(node, int) and "/S" in node:
            yield str(node.S)[1:]
            for kid in list(node.K) if isinstance(node.K, pikepdf.Array) else [node.K]:
                yield from tags(kid)

    with pikepdf.open(io.BytesIO(typeset(SHEET))) as pdf:
        found = list(tags(pdf.Root.StructTreeRoot.K[0]))
    assert found[0] == "Document"
    assert found.index("H1") < found.index("H2") < found.index("Table")
    assert found.count("TR") == found.count("TH") == 7
    assert found.count("Figure") == 1
    assert found.count("Lbl") == len(NURSERY.facts) + 1


def test_the_same_sheet_gives_the_same_bytes_in_every_process() -> None:
    code = (
        "import sys; from pointinfo.leaflets.content import *\n"
        "from pointinfo.leaflets.visit_sheet import typeset\n"
        f"sys.stdout.buffer.write(typeset({SHEET!r}))"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert other.stdout == typeset(SHEET)


def test_large_print_has_no_letter_below_18_points() -> None:
    large = look(next(each for each in designs() if each.name == "large"))
    styles = [each for each in large if isinstance(each, TextStyle)]
    assert styles
    assert min(style.size for style in styles) >= 18


def test_each_card_has_a_sheet_of_its_own() -> None:
    card = next(each for each in designs() if each.name == "card")
    with opened(typeset(SHEET._replace(entries=(LIBRARY, LIBRARY)), card)) as document:
        assert len(document) == 2
        assert [round(side) for side in document[0].get_size()] == [420, 595], "A5"


def test_an_easy_sheet_says_one_idea_a_line_beside_a_pictogram() -> None:
    easy = next(each for each in designs() if each.name == "easy")
    phone = (Fact("Téléphone", ("022 555 01 01",), "phone", "phone"),)
    told = NURSERY._replace(summary="Venez le mardi. Prenez votre carte. C’est gratuit.", contact=phone)
    with opened(typeset(SHEET._replace(entries=(told,)), easy)) as document:
        lines = "".join(page.get_textpage().get_text_bounded() for page in document).splitlines()
    assert [line.strip() for line in lines if line.startswith(("Venez", "Prenez", "C’est"))] == [
        "Venez le mardi.",
        "Prenez votre carte.",
        "C’est gratuit.",
    ]
    assert any("☎" in line for line in lines)
