"""Remarks on an entry: what can't be kept blocks, what is odd is said, and nothing is said of what is right."""

from datetime import date
from typing import Any

import msgspec
import pytest

from pointinfo import i18n
from pointinfo.database.schema import Contact, Wording
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord, Query
from pointinfo.directory.record import Link
from pointinfo.directory.validation import (
    Problem,
    Towns,
    contact_written,
    email_is_sound,
    phone_is_sound,
    phone_written,
    problems,
    url_is_sound,
    url_written,
)

WORDS = i18n.words("fr")
TODAY = date(2026, 11, 23)
TOWNS = Towns(
    [("1205", "Genève", 18), ("1227", "Carouge", 3), ("1227", "Les Acacias", 2), ("1231", "Conches", 1)],
    {"geneve": "c6621", "la jonction": "c6621", "carouge": "c6608"},
    [
        ("Rue Dancet 2", "1205", "Genève"),
        ("Rue Dancet 22bis", "1205", "Genève"),
        ("Rue de Lausanne 3", "1201", "Genève"),
        ("Rue de Lausanne 90", "1202", "Genève"),
        ("Rue Seule 1", "1203", "Genève"),
    ],
)
PLAIN = EntryRecord(
    uid="un",
    kind="service",
    name="Accueil",
    street="Rue Dancet 14",
    postcode="1205",
    city="Genève",
    contacts=(Contact("phone", "022 418 81 81"), Contact("email", "a@b.ch"), Contact("web", "https://geneve.ch")),
    hours="Mo-Fr 08:30-12:00",
    age_from=0.5,
    age_to=4,
    source="https://www.geneve.ch",
    as_of="2026-09",
    verified_on="2026-11-20",
    next_check="2027-05-20",
    terms={"audience": ("enfance",)},
    internal_street="Chemin des Tulipes 3",
    internal_contacts=(Contact("phone", "022 418 00 01"),),
)


def found(known: Any = None, **changes: Any) -> list[Problem]:
    return problems(msgspec.structs.replace(PLAIN, **changes), WORDS, TOWNS, known, TODAY)


def test_nothing_is_said_of_an_entry_that_is_right() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("0224188181", "022 418 81 81"),
        ("+41 22 418 81 81", "022 418 81 81"),
        ("0041224188181", "022 418 81 81"),
        ("022/418.81.81", "022 418 81 81"),
        ("+33450123456", "+33 4 50 12 34 56"),
        ("0800 44 77 00", "0800 44 77 00"),
        ("  144 ", "144"),
        ("022 418 81 81 (matin)", "022 418 81 81 (matin)"),
        ("pas de numéro", "pas de numéro"),
    ],
)
def test_a_phone_number_is_written_as_it_is_read_aloud(typed: str, written: str) -> None:
    assert phone_written(typed) == written
    assert phone_written(written) == written


def test_numbers_that_nobody_can_call_are_told_from_those_that_ring() -> None:
    assert all(map(phone_is_sound, ("022 418 81 81", "143", "147", "1811", "+33 4 50 12 34 56", "0840 110 110")))
    assert not any(map(phone_is_sound, ("022 418 81", "12", "022 418 81 81 (matin)", "", "+33 4 50 12")))


def test_a_bare_web_address_gets_its_scheme_and_no_other_scheme_is_sound() -> None:
    assert url_written("geneve.ch") == "https://geneve.ch"
    assert url_written("geneve.ch:8080/a") == "https://geneve.ch:8080/a"
    assert url_written("http://geneve.ch") == "http://geneve.ch"
    assert contact_written("web", " geneve.ch ") == "https://geneve.ch"
    assert url_is_sound("http://geneve.ch/a?b=c")
    assert not any(map(url_is_sound, ("javascript:alert(1)", "ftp://geneve.ch", "https://geneve", "https://[", "")))


def test_an_email_address_has_one_at_and_a_domain() -> None:
    assert email_is_sound("points-info@geneve.ch")
    assert not any(map(email_is_sound, ("geneve.ch", "a@b", "a@b.ch, c@d.ch", "a b@c.ch")))


@pytest.mark.parametrize(
    ("changes", "field", "part"),
    [
        ({"name": "  "}, "name", "Le nom manque"),
        ({"kind": "autre"}, "kind", "inconnue"),
        ({"links": (Link("see_first", "un"),)}, "links", "à elle-même"),
        ({"links": (Link("see_first", "nulle part"),)}, "links", "n’existe pas"),
        ({"status": "closed", "replaced_by": "nulle part"}, "replaced_by", "n’existe pas"),
        ({"status": "closed", "replaced_by": "un"}, "replaced_by", "elle-même"),
        ({"verified_on": "24.11.2026"}, "verified_on", "n’est pas une date"),
    ],
)
def test_what_cannot_be_kept_blocks(changes: dict[str, Any], field: str, part: str) -> None:
    said = found(known={"deux", "un"}, **changes)
    assert [(each.field, each.blocking) for each in said] == [(field, True)]
    assert part in said[0].sentence


@pytest.mark.parametrize(
    ("changes", "field", "part"),
    [
        ({"contacts": (Contact("phone", "022 418 81"),)}, "contacts", "«022 418 81» n’est pas un numéro"),
        ({"contacts": (Contact("email", "a@b"),)}, "contacts", "adresse électronique"),
        ({"contacts": (Contact("web", "bonjour"),)}, "contacts", "https://"),
        ({"contacts": (Contact("phone", "144", hours="le matin"),)}, "contacts", "pas lisibles"),
        ({"contacts": (Contact("phone", "022 418 00 01"),)}, "contacts", "réservée au personnel"),
        ({"city": "Carouge"}, "city", "1205 est d’ordinaire Genève"),
        ({"postcode": "9999"}, "postcode", "1000 à 9699"),
        ({"postcode": "1207"}, "postcode", "Les autres fiches de cette rue ont le NPA 1205."),
        ({"street": "RUE DE LAUSANNE 44"}, "postcode", "Les autres fiches de cette rue ont le NPA 1201, 1202."),
        ({"postcode": "12O5"}, "postcode", "quatre chiffres"),
        ({"postcode": ""}, "postcode", "manque"),
        ({"street": "Rue Dancet 14, 1205 Genève"}, "street", "leurs propres champs"),
        ({"hours": "lundi matin"}, "hours", "pas lisibles"),
        ({"age_from": 12.0}, "age_to", "plus bas"),
        ({"age_to": 130.0}, "age_to", "0 à 120"),
        ({"longitude": 6.1}, "latitude", "longitude et la latitude"),
        ({"as_of": "2026-13"}, "as_of", "2026-09"),
        ({"source": "le voisin"}, "source", "https://"),
        ({"verified_on": "2026-12-24"}, "verified_on", "à venir"),
        ({"next_check": "2026-11-01"}, "next_check", "vient après"),
        ({"terms": {"audience": ("population", "enfance")}}, "terms/audience", "comprend déjà"),
        ({"status_reason": "travaux"}, "status", "active"),
        ({"status": "do_not_refer"}, "status_reason", "pourquoi"),
        ({"wordings": {"fr": Wording(directions="Au chemin des tulipes 3")}}, "wordings/fr/directions", "imprimé"),
        ({"wordings": {"fr": Wording(summary="Ne pas diffuser.")}}, "wordings/fr/summary", "note interne"),
        ({"wordings": {"fr": Wording(fee="AVS 756.9217.0769.85")}}, "wordings/fr/fee", "numéro AVS"),
    ],
)
def test_what_is_odd_is_said_and_can_be_kept(changes: dict[str, Any], field: str, part: str) -> None:
    said = found(**changes)
    assert [(each.field, each.blocking) for each in said] == [(field, False)]
    assert part in said[0].sentence


@pytest.mark.parametrize(
    "changes",
    [
        {"city": "La Jonction"},  # a part of the commune
        {"city": "Genève 4"},
        {"street": "Rue de Lausanne 14", "postcode": "1202"},
        {"street": "Rue Seule 9"},  # one entry teaches nothing
        {"postcode": "1227", "city": "Carouge"},  # a street of that name in another town
        {"postcode": "1227", "city": "Les Acacias"},  # the entries don't agree
        {"postcode": "1231", "city": "Thônex"},  # one entry teaches nothing
        {"postcode": "74100", "city": "Annemasse"},
        {"wordings": {"fr": Wording(summary="Entretiens confidentiels.")}},
        {"wordings": {"fr": Wording(fee="756.9217.0769.84")}},  # not an insurance number: the check digit is wrong
        {"internal_note": "Ne pas communiquer l’adresse"},
        {"links": (Link("see_first", "deux"),)},
    ],
)
def test_what_may_be_right_is_left_alone(changes: dict[str, Any]) -> None:
    assert found(**changes) == []


def test_the_directory_knows_its_towns_and_its_entries(desk: Desk) -> None:
    assert desk.directory.usual_town("1205") == "Genève"
    assert desk.directory.usual_town("9999") == ""
    [said] = desk.directory.problems(
        EntryRecord(uid="neuf", kind="place", name="Salle", street="Rue X 1", postcode="1205", city="Carouge")
    )
    assert said.sentence == "1205 est d’ordinaire Genève."
    linked = EntryRecord(uid="neuf", kind="place", name="Salle", links=(Link("part_of", "nulle part"),))
    assert [each.field for each in desk.directory.problems(linked)] == ["links"]


def test_no_entry_shipped_for_trying_out_is_blocked(desk: Desk) -> None:
    rows = desk.directory.rows([hit.id for hit in desk.directory.search(Query()).hits])
    assert len(rows) == 191
    for row in rows:
        assert not [
            each for each in desk.directory.problems(desk.revisions.present(row.uid).record) if each.blocking
        ], row.uid


def test_an_author_finds_what_is_left_to_complete(desk: Desk) -> None:
    whole = msgspec.structs.replace(PLAIN, uid="entiere", wordings={"fr": Wording(summary="Accueil")})
    desk.revisions.save(whole, "Nadia", base="")
    desk.revisions.save(msgspec.structs.replace(whole, uid="sans-horaire", hours=""), "Nadia", base="")
    desk.revisions.save(msgspec.structs.replace(whole, uid="d-une-autre", hours=""), "Odile", base="")
    assert [row.uid for row in desk.directory.rows(desk.directory.incomplete("Nadia"))] == ["sans-horaire"]


def test_closed_entries_are_found_when_they_are_asked_for(desk: Desk) -> None:
    desk.revisions.save(msgspec.structs.replace(PLAIN, name="Zinzolin"), "Nadia", base="")
    desk.revisions.close("un", "Dissoute", "Nadia")
    assert desk.directory.search(Query("zinzolin")).hits == ()
    [hit] = desk.directory.search(Query("zinzolin", status="closed")).hits
    assert [row.uid for row in desk.directory.rows([hit.id])] == ["un"]
    assert [each.id for each in desk.directory.search(Query(status="closed")).hits] == [hit.id]
