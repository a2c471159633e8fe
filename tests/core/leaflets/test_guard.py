"""What a clerk is told before a sheet is printed."""

from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from pointinfo.clock import ZONE
from pointinfo.desk import Desk
from pointinfo.directory import Contact, EntryRecord, Link, Schedule
from pointinfo.errors import InputError
from pointinfo.leaflets import Caution
from pointinfo.leaflets.pages import pictures
from tests.conftest import Clock

CANARY = "Zanzibarcanari"


def record(uid: str, **more: object) -> EntryRecord:
    """An entry that can be printed without a second thought on Monday 23 November 2026 at 10:12."""
    known = EntryRecord(
        uid=uid,
        kind="service",
        name=f"Accueil {uid}",
        hours="Mo-Fr 08:00-18:00; PH off",
        contacts=(Contact("phone", "022 418 00 00"),),
        verified_on="2026-10-12",
        confidence="page",
        terms={"topic": ("logement", "aide-sociale"), "audience": ("jeunesse",)},
    )
    return msgspec.structs.replace(known, **more)


def told(desk: Desk, *records: EntryRecord) -> tuple[Caution, ...]:
    for each in records:
        desk.revisions.save(each, "test")
    return desk.leaflets.cautions([records[0].uid])


def test_an_entry_that_is_open_and_checked_needs_no_caution(own: Desk) -> None:
    assert told(own, record("un")) == ()


@pytest.mark.parametrize(
    ("changed", "kind", "sentence"),
    [
        ({"status": "do_not_refer"}, "refused", "«Accueil un» porte «ne pas orienter» : cette fiche ne s’imprime pas."),
        ({"status": "closed"}, "closed", "«Accueil un» n’existe plus."),
        (
            {"hours": "Tu 08:00-12:00"},
            "closed_today",
            "«Accueil un» n’est plus ouvert aujourd’hui : ouvre demain 8:00.",
        ),
        (
            {"hours": "Mo 08:00-10:00"},
            "closed_today",
            "«Accueil un» n’est plus ouvert aujourd’hui : ouvre le 30 novembre 8:00.",
        ),
        (
            {"hours": "Mo-Fr 08:00-18:00; 2026 Nov 26-27 off; PH off"},
            "closes_soon",
            "«Accueil un» sera fermé du 26 novembre 2026 au 27 novembre 2026.",
        ),
        (
            {"hours": "Mo-Fr 08:00-18:00; 2026 Nov 30 off"},
            "closes_soon",
            "«Accueil un» sera fermé le 30 novembre 2026.",
        ),
        ({"verified_on": "2025-11-01"}, "unverified", "«Accueil un» n’est plus vérifié depuis le 1er novembre 2025."),
        (
            {"verified_on": None, "confidence": "memory"},
            "unverified",
            "«Accueil un» n’a jamais été vérifié : téléphonez avant d’envoyer quelqu’un.",
        ),
    ],
)
def test_a_reason_to_look_again_is_a_sentence(own: Desk, changed: dict[str, object], kind: str, sentence: str) -> None:
    [caution] = told(own, record("un", **changed))
    assert (caution.uid, caution.kind, caution.sentence) == ("un", kind, sentence)


@pytest.mark.parametrize(
    "changed",
    [
        {"hours": ""},
        {"hours": "24/7"},
        {"hours": "Mo 14:00-16:00"},
        {"hours": "Mo-Fr 08:00-18:00; 2026 Dec 1-4 off"},
        {"hours": "", "schedules": (Schedule("14:00", "16:00", weekdays=(0,)),)},
        {"verified_on": "2025-11-23"},
    ],
)
def test_what_is_no_reason_is_not_told(own: Desk, changed: dict[str, object]) -> None:
    assert told(own, record("un", **changed)) == ()


def test_a_closed_entry_leads_to_what_is_printed_in_its_place(own: Desk) -> None:
    own.revisions.save(record("deux"), "test")
    [caution] = told(own, record("un", status="closed", replaced_by="deux"))
    assert caution.sentence == "«Accueil un» n’existe plus : c’est «Accueil deux» qui s’imprime."


def test_the_way_out_is_near_checked_and_active(own: Desk) -> None:
    others: dict[str, dict[str, object]] = {
        "meme": {},
        "moins": {"terms": {"topic": ("logement",), "audience": ("jeunesse",)}},
        "tous": {"terms": {"topic": ("logement",), "audience": ("population",)}},
        "autres": {"terms": {"topic": ("logement", "aide-sociale"), "audience": ("aines",)}},
        "sujet": {"terms": {"topic": ("velo",), "audience": ("jeunesse",)}},
        "vieux": {"verified_on": "2024-01-01"},
        "arret": {"status": "do_not_refer"},
        "fini": {"status": "closed"},
    }
    for uid, changed in others.items():
        own.revisions.save(record(uid, **changed), "test")
    [caution] = told(own, record("un", status="do_not_refer"))
    assert [other.uid for other in caution.alternatives] == ["meme", "moins", "tous"]


def test_an_entry_that_nobody_is_sent_to_is_not_printed(own: Desk) -> None:
    own.revisions.save(record("un", status="do_not_refer"), "test")
    own.revisions.save(record("deux", links=(Link("see_first", "un"),)), "test")
    with pytest.raises(InputError, match="ne s’imprime pas"):
        own.leaflets.visit_sheet(["un"])
    printed = own.leaflets.visit_sheet(["un", "deux"])
    assert list(printed.revisions) == ["deux"]
    assert "Accueil un" not in "".join(page.text for page in pictures(printed.pdf, 20))


def test_a_caution_says_nothing_that_is_internal(own: Desk) -> None:
    for status in ("active", "do_not_refer", "closed"):
        secret = record(
            "un",
            status=status,
            status_reason=f"{CANARY}reason" if status == "do_not_refer" else "",
            verified_on="2020-01-01",
            verified_by=f"{CANARY}by",
            verified_how=f"{CANARY}how",
            internal_street=f"{CANARY}street",
            internal_contacts=(Contact("phone", f"{CANARY}contact", f"{CANARY}label"),),
            internal_note=f"{CANARY}note",
        )
        own.revisions.save(secret, "test")
        assert own.leaflets.cautions(["un"])
        assert CANARY not in repr(own.leaflets.cautions(["un"]))


def test_sheets_of_another_day_are_guarded_for_that_day(own: Desk, clock: Clock) -> None:
    own.revisions.save(record("un"), "test")
    clock.now = datetime(2026, 12, 25, 9, tzinfo=ZONE)
    [caution] = own.leaflets.cautions(["un"])
    assert caution.kind == "closed_today"


def test_a_note_is_printed_and_kept_nowhere(own: Desk, home: Path) -> None:
    own.revisions.save(record("un"), "test")
    leaflet = own.leaflets.visit_sheet(["un"], note="Demander Zoé\nGuichet 3")
    text = "".join(page.text for page in pictures(leaflet.pdf, 20))
    assert "Demander Zoé" in text
    assert "Guichet 3" in text
    assert not any("Demander Zoé".encode() in file.read_bytes() for file in home.rglob("*") if file.is_file())
