"""Posters and counter cards: one page, words large enough, a code that telephones read."""

import re
from contextlib import closing

import msgspec
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from pointinfo.database.schema import Contact, Wording
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord
from pointinfo.errors import InputError
from pointinfo.leaflets.languages import LANGUAGES
from pointinfo.leaflets.pages import pictures

DESIGNS = ("poster", "poster-a4", "counter-card")
HOUSE = EntryRecord(
    uid="maison",
    kind="service",
    name="Maison de quartier de la Jonction",
    wordings={"fr": Wording(summary="Rencontres, ateliers et repas pour tout le quartier.")},
    street="Avenue de Sainte-Clotilde 18 bis",
    postcode="1205",
    city="Genève",
    contacts=(Contact("phone", "022 545 20 20"), Contact("web", "https://www.mqj.ch/fr/accueil")),
    hours="Mo-Fr 09:00-12:00,14:00-18:00; Sa 10:00-12:00",
    internal_note="Zanzibarcanari",
)


@pytest.fixture
def counter(own: Desk) -> Desk:
    own.directory.load([HOUSE])
    own.keep_settings(
        msgspec.structs.replace(
            own.settings,
            counter_name="Point info Jonction",
            counter_address="Rue des Deux-Ponts 1",
            counter_phone="022 418 00 00",
        )
    )
    return own


def read(pdf: bytes) -> str:
    (page,) = pictures(pdf, 20)
    return " ".join(page.text.split())


def codes(pdf: bytes) -> list[str]:
    """What a camera reads on the page at 100 dots per inch."""
    (page,) = pictures(pdf, 100)
    image = Image.frombytes("RGB", (page.width, page.height), page.pixels)
    found = zxingcpp.read_barcodes(image)
    return [code.text for code in found if code.format == zxingcpp.BarcodeFormat.QRCode]


@pytest.mark.parametrize("design", DESIGNS)
def test_a_poster_says_what_and_where_and_its_code_is_read(counter: Desk, design: str) -> None:
    made = counter.leaflets.poster("maison", design=design)
    text = read(made.pdf)
    for part in ("Maison de quartier", "022 545 20 20", "Avenue de Sainte-Clotilde", "lundi – vendredi", "mqj.ch"):
        assert part in text
    assert "Zanzibarcanari" not in text
    assert codes(made.pdf) == ["https://www.mqj.ch/fr/accueil"]
    assert set(made.revisions) == {"maison"}


@pytest.mark.parametrize("design", DESIGNS)
def test_the_counter_s_own_poster_has_a_card_to_keep_in_the_telephone(counter: Desk, design: str) -> None:
    made = counter.leaflets.poster(design=design)
    assert all(part in read(made.pdf) for part in ("Point info Jonction", "022 418 00 00", "Rue des Deux-Ponts 1"))
    (card,) = codes(made.pdf)
    assert "022 418 00 00" in card
    assert made.revisions == {}


def test_the_counter_s_hours_are_those_of_the_entry_with_its_name(counter: Desk) -> None:
    assert "9:00" not in read(counter.leaflets.poster().pdf)
    own = msgspec.structs.replace(HOUSE, uid="guichet", name="Point info Jonction", hours="Tu 09:00-12:00")
    counter.directory.load([own])
    assert "mardi 9:00–12:00" in read(counter.leaflets.poster().pdf)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_poster_speaks_every_language_on_one_page(counter: Desk, language: str) -> None:
    made = counter.leaflets.poster("maison", language, design="counter-card")
    assert made.undrawn == ()
    assert "022 545 20 20" in read(made.pdf)
    assert codes(made.pdf) == ["https://www.mqj.ch/fr/accueil"]


def test_a_very_long_text_stays_on_one_page_and_the_code_stays_whole(counter: Desk) -> None:
    wordings = {"fr": Wording(summary="Rencontres, ateliers et repas. " * 300)}
    counter.directory.load([msgspec.structs.replace(HOUSE, name="Maison " * 30, wordings=wordings)])
    made = counter.leaflets.poster("maison", design="counter-card")
    assert codes(made.pdf) == ["https://www.mqj.ch/fr/accueil"]


def test_the_telephone_is_larger_than_any_running_text(counter: Desk) -> None:
    with closing(pypdfium2.PdfDocument(counter.leaflets.poster("maison").pdf)) as document:
        page = document[0].get_textpage()
        whole = page.get_text_range()
        heights = {}
        for words in ("022 545 20 20", "Avenue"):
            start = re.search(words, whole)
            assert start
            _left, bottom, _right, top = page.get_charbox(start.start())
            heights[words] = top - bottom
    assert heights["022 545 20 20"] > 1.5 * heights["Avenue"]


def test_what_nobody_is_to_be_sent_to_has_no_poster(counter: Desk) -> None:
    with pytest.raises(InputError, match="ne s’affiche pas"):
        counter.leaflets.poster("ancienne")
