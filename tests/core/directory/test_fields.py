"""Every field of an entry has its line: label, section, who may read it, how a value is said."""

from pathlib import Path

import pytest

import pointinfo
from pointinfo import i18n
from pointinfo.database.schema import Contact, Name, Schedule, Wording
from pointinfo.directory import fields
from pointinfo.directory.record import EntryRecord, FieldChange, Link

WORDS = i18n.words("fr")
FIELDS = fields.fields(WORDS)


def test_every_field_of_the_record_is_declared_once() -> None:
    keys = [field.key for field in FIELDS]
    assert len(keys) == len(set(keys))
    plain = set(EntryRecord.__struct_fields__) - {"uid", "wordings", "terms"}
    assert plain == {key for key in keys if "/" not in key}
    assert {f"wordings/{part}" for part in Wording.__struct_fields__} == {key for key in keys if "wordings/" in key}


def test_what_may_be_confidential_is_internal_and_stands_apart() -> None:
    assert {field.key for field in FIELDS if field.internal} == {
        name for name in EntryRecord.__struct_fields__ if name.startswith("internal_")
    }
    assert all((field.section == "internal") == field.internal for field in FIELDS)


def test_one_place_says_what_is_internal_and_takes_it_out() -> None:
    secret = EntryRecord(
        uid="foyer",
        kind="service",
        name="Foyer",
        street="Case postale 12",
        internal_street="Rue cachée 7",
        internal_contacts=(Contact("phone", "022 999 99 99"),),
        internal_note="Ne pas donner l’adresse.",
    )
    assert all(getattr(secret, name) for name in fields.INTERNAL)
    assert fields.public(secret) == EntryRecord(uid="foyer", kind="service", name="Foyer", street="Case postale 12")
    sources = Path(pointinfo.__file__).parent.rglob("*.py")
    lists = {file.name for file in sources if '"internal_street", "internal_contacts"' in file.read_text("utf-8")}
    assert lists == {"fields.py"}


def test_a_text_of_another_language_says_which() -> None:
    assert fields.label("wordings/fr/summary", WORDS) == "Résumé"
    assert fields.label("wordings/en/summary", WORDS) == "Résumé (anglais)"
    assert fields.label("terms/audience", WORDS) == "Publics"


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("age_from", 0.5, "6 mois"),
        ("age_to", 12.0, "12 ans"),
        ("longitude", 6.125, "6,125"),
        ("hours", "Mo-Fr 09:00-12:00,14:00-17:00; PH off", "lu–ve 9:00–12:00, 14:00–17:00; sauf jours fériés"),
        ("hours", "sur demande", "sur demande"),
        ("important", True, "oui"),
        ("kind", "association", "Association"),
        ("verified_on", "2026-11-23", "23 novembre 2026"),
        ("as_of", "2024-03-30", "30 mars 2024"),
        ("as_of", "2024-03", "mars 2024"),
        ("as_of", "2024", "2024"),
        ("as_of", "printemps 2024", "printemps 2024"),
        ("terms/audience", ("enfance", "inconnu"), "Enfance, inconnu"),
        ("contacts", (Contact("phone", "022 418 00 00", "secrétariat"),), "022 418 00 00 (secrétariat)"),
        ("names", (Name("PI"), Name("Point info")), "PI · Point info"),
        ("links", (Link("see_first", "un"),), "Voir d’abord Hospice général"),
        ("schedules", (Schedule("14:00", "16:00"),), "14:00–16:00"),
        ("street", "", ""),
        ("age_to", None, ""),
    ],
)
def test_a_value_is_said_as_a_person_reads_it(key: str, value: object, words: str) -> None:
    said = fields.said(key, value, WORDS, {("audience", "enfance"): "Enfance"}, {"un": "Hospice général"})
    assert said == words


def test_a_change_of_the_contacts_is_told_by_the_kinds_that_differ() -> None:
    phone, mail, web = Contact("phone", "022 418 00 00"), Contact("email", "a@b.ch"), Contact("web", "https://b.ch")
    other = Contact("phone", "022 418 00 01")
    moved = FieldChange("contacts", (phone, mail, web), (other, web, mail))
    assert fields.changed(moved, WORDS) == ["Téléphone"]
    assert fields.narrowed(moved) == FieldChange("contacts", (phone,), (other,))
    gone = FieldChange("contacts", (phone, mail, web), (phone,))
    assert fields.changed(gone, WORDS) == ["Courriel", "Site"]
    assert fields.narrowed(gone) == FieldChange("contacts", (mail, web), None)
    assert fields.changed(FieldChange("contacts", (mail, web), (web, mail)), WORDS) == ["Courriel", "Site"]
    assert fields.changed(FieldChange("internal_contacts", None, (phone,)), WORDS) == ["Lignes directes"]
    assert fields.changed(FieldChange("stop", None, "Rive"), WORDS) == ["Arrêt"]
