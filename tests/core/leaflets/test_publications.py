"""Leaflets and programmes as whoever hands them out reads them: what is on them, in which order, in which language."""

import io
from contextlib import closing
from datetime import date
from itertools import pairwise

import msgspec
import pikepdf
import pypdfium2
import pytest

from pointinfo.database.schema import Contact, Name, Schedule, Wording
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord
from pointinfo.directory.selection import Selection
from pointinfo.errors import InputError
from pointinfo.leaflets.languages import LANGUAGES

HOUSE = EntryRecord(
    uid="maison",
    kind="service",
    name="Maison de quartier de la Jonction",
    names=(Name("Quartierhaus Jonction", "alias", "de"),),
    wordings={
        "fr": Wording(summary="Rencontres, ateliers et repas pour tout le quartier."),
        "de": Wording(summary="Treffpunkt für das ganze Quartier."),
    },
    street="Avenue de Sainte-Clotilde 18 bis",
    postcode="1205",
    city="Genève",
    contacts=(Contact("phone", "022 545 20 20"), Contact("web", "https://www.mqj.ch/")),
    hours="Mo-Fr 09:00-12:00,14:00-18:00; Sa 10:00-12:00",
    terms={"theme": ("quartier",), "audience": ("aines",), "neighbourhood": ("jonction",)},
    internal_note="Zanzibarcanari",
    internal_street="Zanzibarcanari 3",
    internal_contacts=(Contact("phone", "022 000 99 99"),),
)
CLUB = EntryRecord(
    uid="club",
    kind="association",
    name="Club du jeudi",
    wordings={"fr": Wording(summary="Jeux et goûter.")},
    contacts=(Contact("phone", "022 545 00 01", "secrétariat"),),
    terms={"theme": ("loisirs",), "audience": ("aines",)},
)
YOUNG = EntryRecord(
    uid="jeunes", kind="service", name="Accueil libre", terms={"theme": ("loisirs",), "audience": ("jeunesse",)}
)
WORKSHOP = EntryRecord(
    uid="atelier",
    kind="activity",
    name="Atelier couture",
    street="Rue Hoffmann 8",
    postcode="1202",
    city="Genève",
    schedules=(
        Schedule(
            "14:00", "16:00", weekdays=(2,), age_from=6, age_to=10, price="5 francs", cancelled=("2026-12-02",),
            label="Débutants",
        ),
    ),
    terms={"audience": ("enfance",)},
)  # fmt: skip
OLDER = Selection(audience=("aines",))
ALL = Selection()


@pytest.fixture
def counter(own: Desk) -> Desk:
    own.directory.load([HOUSE, CLUB, YOUNG, WORKSHOP])
    own.keep_settings(msgspec.structs.replace(own.settings, counter_name="Point info Jonction"))
    return own


def read(pdf: bytes) -> str:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(text.split())


def spoken(pdf: bytes) -> list[tuple[str, str]]:
    """The elements that are read aloud, in their order: tag and language."""
    told: list[tuple[str, str]] = []

    def walk(node: pikepdf.Object, language: str) -> None:
        language = str(node.get("/Lang", language))
        told.append((str(node.S).removeprefix("/"), language))
        kids: pikepdf.Object | list[pikepdf.Object] = node.get("/K", [])
        for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                walk(kid, language)

    with pikepdf.open(io.BytesIO(pdf)) as document:
        for child in document.Root.StructTreeRoot.K:
            walk(child, str(document.Root.Lang))
    return told


def in_order(text: str, *parts: str) -> bool:
    """Whether each part stands after the one before it."""
    for part in parts:
        _before, found, text = text.partition(part)
        if not found:
            return False
    return True


def test_a_leaflet_holds_what_its_rule_chooses_and_says_how_to_reach_it(counter: Desk) -> None:
    made = counter.leaflets.leaflet(OLDER, "Pour les aîné-e-s", "Bienvenue.\nPoussez la porte.")
    text = read(made.pdf)
    assert in_order(
        text,
        *("Point info Jonction", "Pour les aîné-e-s", "Bienvenue.", "Poussez la porte."),
        *("Club du jeudi", "Jeux et goûter.", "022 545 00 01 (secrétariat)", "Horaire inconnu"),
        *("Maison de quartier de la Jonction", "Rencontres, ateliers", "022 545 20 20"),
        *("Avenue de Sainte-Clotilde 18 bis, 1205 Genève", "lundi – vendredi 9:00–12:00, 14:00–18:00"),
        *("samedi 10:00–12:00", "mqj.ch"),
    )
    assert "Accueil libre" not in text
    assert set(made.revisions) == {"club", "maison"}
    assert made.undrawn == ()


def test_a_leaflet_without_a_title_bears_the_names_of_what_it_was_asked_for(counter: Desk) -> None:
    made = counter.leaflets.leaflet(Selection(audience=("aines",), neighbourhood=("jonction",)))
    assert "Aîné-e-s · Jonction" in read(made.pdf)
    assert "Annuaire" in read(counter.leaflets.leaflet(ALL).pdf)


@pytest.mark.parametrize(
    ("group", "titles"),
    [
        ("theme", ("Loisirs, culture et sport", "Club du jeudi", "Vie de quartier et associations", "Maison")),
        ("quartier", ("Jonction", "Maison de quartier", "Autres adresses", "Club du jeudi")),
        ("name", ("Annuaire", "Club du jeudi", "Maison de quartier")),
    ],
)
def test_entries_stand_under_the_titles_that_were_asked_for(counter: Desk, group: str, titles: tuple[str, ...]) -> None:
    made = counter.leaflets.leaflet(OLDER, "Annuaire", group=group)  # type: ignore[arg-type]
    assert in_order(read(made.pdf).partition("Annuaire")[2] or "", *titles[group == "name" :])
    assert ("Autres adresses" in read(made.pdf)) == (group == "quartier")


def test_a_leaflet_in_another_language_says_in_french_what_nobody_has_reviewed(counter: Desk) -> None:
    made = counter.leaflets.leaflet(OLDER, "Für Seniorinnen und Senioren", language="de")
    text = read(made.pdf)
    assert in_order(text, "Quartierhaus Jonction", "Maison de quartier de la Jonction", "Treffpunkt für das ganze")
    assert in_order(text, "Montag – Freitag 9:00–12:00", "lundi – vendredi 9:00–12:00")
    assert in_order(text, "Öffnungszeiten unbekannt", "Horaire inconnu")
    assert "Einige Texte sind auf Französisch" in text
    languages = {language for tag, language in spoken(made.pdf) if tag in {"P", "H2", "H3"}}
    assert languages == {"de-CH", "fr"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_reads_its_headings_in_order_and_draws_every_letter(counter: Desk, language: str) -> None:
    made = counter.leaflets.leaflet(ALL, language=language)
    assert made.undrawn == ()
    levels = [int(tag[1]) for tag, _language in spoken(made.pdf) if tag[0] == "H" and tag[1:].isdigit()]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert levels.count(1) == 1
    programme = counter.leaflets.programme(ALL, date(2026, 11, 23), date(2026, 12, 6), language)
    assert programme.undrawn == ()
    assert "Atelier couture" in read(programme.pdf)


def test_nothing_confidential_reaches_what_is_published(counter: Desk) -> None:
    text = read(counter.leaflets.leaflet(ALL).pdf)
    assert "Zanzibarcanari" not in text
    assert "022 000 99 99" not in text


def test_a_rule_that_chooses_nothing_makes_no_leaflet(counter: Desk) -> None:
    with pytest.raises(InputError, match="Élargissez le choix"):
        counter.leaflets.leaflet(Selection(topic=("aucun",)))


def test_the_same_leaflet_is_the_same_file(counter: Desk) -> None:
    assert counter.leaflets.leaflet(ALL).pdf == counter.leaflets.leaflet(ALL).pdf


def test_bad_words_are_printed_as_they_are(counter: Desk) -> None:
    nasty = msgspec.structs.replace(
        CLUB,
        name="<b>Club</b> &amp; Co",
        wordings={"fr": Wording(summary="mot" * 4_000 + " \x07 <img src='file:///etc/passwd'>")},
        contacts=(Contact("web", "file:///etc/passwd"),),
    )
    counter.directory.load([nasty])
    made = counter.leaflets.leaflet(OLDER, "<i>Titre</i>", "x" * 9_000)
    text = read(made.pdf)
    assert "<b>Club</b> &amp; Co" in text
    assert "<i>Titre</i>" in text
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        links = [str(each.A.URI) for page in document.pages for each in page.get("/Annots", []) if "/A" in each]
    assert not any(link.startswith("file:") for link in links)


def test_a_programme_says_day_by_day_what_meets_where_for_whom_and_at_what_price(counter: Desk) -> None:
    made = counter.leaflets.programme(ALL, date(2026, 11, 23), date(2026, 12, 6), intro="Venez !")
    text = read(made.pdf)
    assert in_order(
        text,
        *("Programme des activités", "Du 23 novembre 2026 au 6 décembre 2026", "Venez !"),
        *("Mercredi 25 novembre 2026", "14:00–16:00", "Atelier couture", "Débutants", "Rue Hoffmann 8, 1202 Genève"),
        *("de 6 à 10 ans · 5 francs", "Mercredi 2 décembre 2026", "14:00–16:00", "Annulé", "Atelier couture"),
    )
    assert text.count("Annulé") == 1
    assert not any(day in text for day in ("Jeudi", "Lundi", "Mardi"))
    assert set(made.revisions) == {"atelier"}


def test_a_programme_of_days_without_anything_says_so(counter: Desk) -> None:
    made = counter.leaflets.programme(ALL, date(2026, 11, 26), date(2026, 11, 27), "ar")
    assert "Rien n’est prévu à ces dates." in read(made.pdf)


def test_the_programme_in_another_language_has_dates_and_ages_in_both(counter: Desk) -> None:
    text = read(counter.leaflets.programme(ALL, date(2026, 11, 25), date(2026, 12, 2), "de").pdf)
    assert in_order(text, "Mittwoch, 25. November 2026", "Mercredi 25 novembre 2026", "6 bis 10 Jahre", "de 6 à 10 ans")
    assert in_order(text, "Abgesagt", "Annulé")
