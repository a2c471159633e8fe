"""Keeping entries: the present, its history and its index in one step; what is internal stays inside."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from pointinfo import i18n
from pointinfo.config import Settings
from pointinfo.database import Database
from pointinfo.database.schema import Attached, Contact, Entry, Name, Origin, Schedule, Wording, chosen_wording
from pointinfo.desk import Desk, open_desk
from pointinfo.directory import Calendar, Directory, Query, Revisions, Row, card
from pointinfo.directory.fields import INTERNAL
from pointinfo.directory.record import EntryRecord, Link
from pointinfo.errors import InputError, StorageFullError
from pointinfo.leaflets import composition
from pointinfo.leaflets.pages import pictures
from tests.conftest import MONDAY, Clock

CONFIDENTIAL = [name for name, column in inspect(Entry).columns.items() if column.info.get("internal")]
CANARY = "Zanzibarcanari"


def record(uid: str, **more: object) -> EntryRecord:
    return msgspec.structs.replace(EntryRecord(uid=uid, kind="service", name=f"Accueil {uid}"), **more)


WHOLE = record(
    "tout",
    names=(Name("Le Tout", "former"), Name("LT", "acronym", "fr")),
    wordings={"fr": Wording("a", "b", "c", "d", "e", "f", "g", "h"), "en": Wording(summary="all")},
    street="Rue Hoffmann 8",
    postcode="1202",
    city="Genève",
    stop="Servette",
    longitude=6.13,
    latitude=46.21,
    contacts=(Contact("phone", "022 418 81 81", "secrétariat", "Mo 08:00-09:00"),),
    hours="Mo 08:00-12:00",
    age_from=0.25,
    age_to=4,
    source="https://www.geneve.ch",
    confidence="page",
    as_of="2026-09",
    verified_on="2026-10-12",
    verified_by="Points info",
    verified_how="phone",
    next_check="2027-10-12",
    important=True,
    status="do_not_refer",
    status_reason="full",
    schedules=(Schedule("14:00", "16:00", weekdays=(2,), school="terms"),),
    attachments=(Attached("0" * 64, "Dépliant", "application/pdf", 1000, "fr"),),
    origins=(Origin("mednum", "17", {"typologies": "ASSO"}),),
    terms={"audience": ("enfance",), "language": ("fr", "en")},
    internal_note="…",
)


@pytest.fixture
def directory(tmp_path: Path, clock: Clock) -> Iterator[Directory]:
    """An empty directory."""
    database = Database(tmp_path / "pointinfo.sqlite", i18n.words("fr"))
    yield Directory(database, clock, "here", i18n.words("fr"), Calendar())
    database.close()


@pytest.fixture
def revisions(directory: Directory, clock: Clock) -> Revisions:
    """Its history."""
    return Revisions(directory._database, clock, "here", i18n.words("fr"))


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An open counter, to which `shelter` adds its entry."""
    opened = open_desk(tmp_path_factory.mktemp("staffed"), lambda: MONDAY)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def shelter(staffed: Desk) -> str:
    """An entry whose every internal field holds a word found nowhere else."""
    secret = record(
        "foyer",
        name="Foyer d’accueil",
        street="Case postale 12",
        city="Genève",
        wordings={"fr": Wording(summary="Hébergement d’urgence.")},
        contacts=(Contact("phone", "022 418 00 00"),),
        hours="Mo-Fr 08:00-18:00",
        internal_street=f"{CANARY}street 7",
        internal_contacts=(Contact("phone", f"{CANARY}contacts", f"{CANARY}label"),),
        internal_note=f"{CANARY}note",
    )
    staffed.revisions.save(secret, "test")
    return secret.uid


def test_every_marked_column_is_one_the_staff_can_ask_for() -> None:
    assert sorted(CONFIDENTIAL) == sorted(INTERNAL)
    assert len(CONFIDENTIAL) == 3


@pytest.mark.parametrize("name", CONFIDENTIAL)
def test_an_internal_field_raises_when_touched(name: str, staffed: Desk, shelter: str) -> None:
    with pytest.raises(SQLAlchemyError, match=name):
        getattr(staffed.directory.entry(shelter), name)
    assert CANARY in str(getattr(staffed.directory.entry(shelter, internal=True), name))


@pytest.mark.parametrize("name", CONFIDENTIAL)
def test_a_linked_entry_keeps_its_internal_fields_to_itself(name: str, staffed: Desk, shelter: str) -> None:
    staffed.revisions.save(record("bon", links=(Link("see_first", shelter),)), "test")
    [link] = staffed.directory.entry("bon", internal=True).links
    with pytest.raises(SQLAlchemyError, match=name):
        getattr(link.target, name)


def test_no_internal_word_is_searchable(staffed: Desk, shelter: str) -> None:
    assert not staffed.directory.search(Query(CANARY)).hits
    for field in CONFIDENTIAL:
        assert not staffed.directory.search(Query(f"{CANARY}{field.removeprefix('internal_')}")).hits
    with staffed.database.read() as session:
        for table in session.scalars(text("SELECT name FROM sqlite_master WHERE name LIKE 'entry_words%'")).all():
            for row in session.execute(text(f"SELECT * FROM {table}")):
                assert not any(CANARY.lower() in printable(value) for value in row)


def printable(value: object) -> str:
    return (value.decode("latin-1") if isinstance(value, bytes) else str(value)).lower()


def test_no_internal_word_reaches_a_row_a_card_or_a_sheet(staffed: Desk, shelter: str) -> None:
    words = i18n.words("fr")
    entry = staffed.directory.entry(shelter)
    [row] = [row for row in staffed.directory.rows([entry.id]) if row.uid == shelter]
    sheet = composition.compose([entry], Settings(), MONDAY, staffed.directory.calendar)
    pdf = staffed.leaflets.visit_sheet([shelter]).pdf
    printed = "".join(page.text for page in pictures(pdf, 20))
    assert "Foyer" in printed
    for said in (row, card.facts(entry, words, staffed.directory.calendar), sheet, printed):
        assert CANARY.lower() not in repr(said).lower()
    assert CANARY.encode() not in pdf
    assert CANARY in repr(card.internal_facts(staffed.directory.entry(shelter, internal=True), words))


@pytest.mark.parametrize("name", CONFIDENTIAL)
def test_a_closed_entry_knows_its_successor_by_name_only(name: str, staffed: Desk, shelter: str) -> None:
    staffed.revisions.save(record("ancien", status="closed", status_reason="Fusion", replaced_by=shelter), "test")
    closed = staffed.directory.entry("ancien", internal=True)
    words = i18n.words("fr")
    assert card.warning(closed, words) == "Cette offre n’existe plus. Fusion. À la place : Foyer d’accueil."
    with pytest.raises(SQLAlchemyError, match=name):
        getattr(closed.successor, name)


def test_entries_come_in_the_order_asked_for_and_unknown_ones_are_left_out(directory: Directory) -> None:
    directory.load([record("un"), record("deux")])
    assert [entry.uid for entry in directory.entries(["deux", "nix", "un"])] == ["deux", "un"]
    with pytest.raises(InputError, match="Aucune fiche ne porte l’identifiant «nix»"):
        directory.entry("nix")


def test_a_saved_entry_comes_back_whole(directory: Directory, revisions: Revisions) -> None:
    kept = WHOLE
    revisions.save(kept, "Odile")
    entry = directory.entry("tout", internal=True)
    for name in EntryRecord.__struct_fields__:
        if name not in ("terms", "links", "verified_on", "next_check"):
            assert getattr(entry, name) == getattr(kept, name), name
    assert str(entry.verified_on) == kept.verified_on
    assert {term.code for term in entry.of("language")} == {"fr", "en"}
    [change] = revisions.history("tout")
    assert (change.action, change.author, change.record, change.id) == ("create", "Odile", kept, entry.head)


def test_an_entry_changed_field_by_field_stands_as_one_written_at_once(directory: Directory) -> None:
    def row(uid: str) -> tuple[dict[str, object], list[object], tuple[object, ...]]:
        with directory._database.read() as session:
            connection = session.connection()
            [found] = connection.exec_driver_sql("SELECT * FROM entry WHERE uid = ?", (uid,)).mappings().all()
            entry_id = found["id"]
            terms = connection.exec_driver_sql(
                "SELECT term_id FROM entry_term WHERE entry_id = ? ORDER BY 1", (entry_id,)
            )
            words = connection.exec_driver_sql("SELECT * FROM entry_words WHERE rowid = ?", (entry_id,)).one()
            kept = {name: value for name, value in found.items() if name not in ("id", "uid", "head", "name")}
            return kept, [term[0] for term in terms], tuple(words)[1:]

    bare = record("peu")
    fields = [name for name in EntryRecord.__struct_fields__ if name not in ("uid", "name")]
    steps = [bare, *(bare := msgspec.structs.replace(bare, **{name: getattr(WHOLE, name)}) for name in fields)]
    for step in steps:
        directory.load([step])
    directory.load([WHOLE])
    assert row("peu") == row("tout")
    for step in reversed(steps):
        directory.load([step])
    directory.load([record("vide", name=bare.name)])
    assert row("peu") == row("vide")
    assert directory.unindexed() == 0


def test_a_link_that_was_taken_out_is_gone(directory: Directory) -> None:
    directory.load([record("bon"), record("colis", links=(Link("see_first", "bon"),))])
    assert [link.target.uid for link in directory.entry("colis").links] == ["bon"]
    directory.load([record("colis")])
    assert directory.entry("colis").links == []


def test_a_link_may_lead_to_an_entry_of_the_same_load(directory: Directory) -> None:
    directory.load([record("colis", links=(Link("see_first", "bon"),)), record("bon")])
    assert directory.entry("colis").links[0].target.name == "Accueil bon"


def test_a_link_to_nothing_keeps_nothing(directory: Directory, tmp_path: Path) -> None:
    before = everything(tmp_path)
    with pytest.raises(InputError, match=r"renvoie à «nix», qui n’existe pas. Rien n’a été enregistré"):
        directory.load([record("un"), record("deux", links=(Link("see_first", "nix"),))])
    assert everything(tmp_path) == before


def test_data_revision_and_index_are_kept_together_or_not_at_all(directory: Directory, tmp_path: Path) -> None:
    before = everything(tmp_path)

    def running_out() -> Iterator[EntryRecord]:
        yield record("un", name="Premier")
        raise InputError("Ligne 2")

    with pytest.raises(InputError, match="Ligne 2"):
        directory.load(running_out())
    with directory._database.write() as session:
        session.execute(text("PRAGMA max_page_count = 1"))  # SQLite takes the size of now
    with pytest.raises(StorageFullError):
        directory.load(record(f"n{number}", stop="x" * 5000) for number in range(300))
    assert everything(tmp_path) == before
    assert directory.unindexed() == 0


def everything(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that an entry is kept in."""
    with closing(sqlite3.connect(folder / "pointinfo.sqlite")) as file:
        return {
            table: file.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            for table in ("entry", "entry_term", "entry_link", "revision", "entry_words")
        }


def test_what_a_stranger_wrote_is_indexed_at_the_next_start(desk: Desk, home: Path) -> None:
    desk.close()
    with closing(sqlite3.connect(home / "pointinfo.sqlite")) as stranger:
        stranger.execute("UPDATE entry SET name = 'Zwingliana' WHERE id = 1")
        stranger.commit()
    again = open_desk(home)
    try:
        assert [hit.id for hit in again.directory.search(Query("zwingliana")).hits] == [1]
        assert again.directory.unindexed() == 0
    finally:
        again.close()


def test_only_terms_in_use_are_offered(desk: Desk) -> None:
    used = {row.code for row in desk.directory.used_terms("language")}
    every = [row.code for row in desk.directory.terms("language")]
    assert used < set(every)
    assert [code for code in every if code in used] == [row.code for row in desk.directory.used_terms("language")]


def test_a_counters_own_directory_closes_the_demonstration_entries(desk: Desk, tmp_path: Path) -> None:
    own = {
        "id": "action-impots",
        "name": "Action impôts 2027",
        "kind": "activity",
        "description_fr": "La nôtre.",
        "audiences": ["aîné-e-s"],
        "topics": ["impôts"],
    }
    file = tmp_path / "annuaire.jsonl"
    file.write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")
    assert desk.directory.is_demonstration()
    assert desk.directory.load_file(file) == 1
    assert not desk.directory.is_demonstration()
    assert desk.directory.count() == 1
    assert [row.name for row in found(desk, "impôts")] == ["Action impôts 2027"]
    assert found(desk, "crèche") == []
    assert [change.action for change in desk.revisions.history("vestiaire-social")] == ["import", "close"]


def found(desk: Desk, text: str) -> list[Row]:
    """What a search for `text` shows."""
    return desk.directory.rows([hit.id for hit in desk.directory.search(Query(text)).hits])


def test_half_a_translation_hides_nothing_said_in_french() -> None:
    french = Wording(summary="Aide sociale", fee="gratuit", alert="fermé en juillet")
    said = chosen_wording({"fr": french, "en": Wording(summary="Social aid")}, "en")
    assert said == Wording(summary="Social aid", fee="gratuit", alert="fermé en juillet")
    assert chosen_wording({"es": Wording(fee="gratis")}, "en").fee == "gratis"
    assert chosen_wording({}, "en") == Wording()
