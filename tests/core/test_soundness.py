"""`pointinfo check`: what is whole is called whole, what is not is named."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pointinfo import i18n, paths, soundness
from pointinfo.desk import DATABASE, open_desk
from pointinfo.directory import Query
from pointinfo.inquiries import Note, Referral
from tests.conftest import Clock

WORDS = i18n.words("fr")


@pytest.fixture
def home(tmp_path: Path, clock: Clock) -> Path:
    """The home of a counter that has noted two inquiries and is closed now."""
    desk = open_desk(tmp_path / "home", clock)
    desk.inquiries.add(Note(people=2))
    desk.inquiries.add(Note())
    desk.close()
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def whole_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The resources with every catalogue compiled, as an installed program has them."""
    resources = tmp_path / "resources"
    shutil.copytree(paths.resources(), resources)
    for name in soundness.RESOURCES:
        if name.endswith(".mo"):
            (resources / name).parent.mkdir(parents=True, exist_ok=True)
            (resources / name).touch()
    monkeypatch.setattr(paths, "resources", lambda: resources)
    return resources


def unsound(home: Path) -> dict[str, str]:
    return {finding.part: finding.words for finding in soundness.examine(home, WORDS) if not finding.sound}


def meddle(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / DATABASE)) as stranger:
        for statement in statements:
            stranger.execute(statement)
        stranger.commit()


def test_every_file_that_a_program_was_built_with_is_looked_for(home: Path, whole_program: Path) -> None:
    sizes = {
        str(file.relative_to(whole_program)): file.stat().st_size for file in whole_program.rglob("*") if file.is_file()
    }
    (whole_program / "manifest.json").write_text(json.dumps(sizes))
    assert not unsound(home)
    (whole_program / "thesaurus" / "fr.json").unlink()
    (whole_program / "icons" / "search.svg").write_text("")
    assert "icons/search.svg, thesaurus/fr.json" in unsound(home)["program"]


def test_a_database_that_got_lost_beside_its_copies_is_said(home: Path) -> None:
    desk = open_desk(home)
    assert desk.back_up() is not None
    desk.close()
    (home / DATABASE).unlink()
    assert "dernière sauvegarde" in unsound(home)["data"]
    assert not (home / DATABASE).exists()


def test_a_table_that_is_gone_is_named(home: Path) -> None:
    meddle(home, "DROP TABLE inquiry_event")
    assert "inquiry_event" in unsound(home)["database"]


def test_a_sound_counter_is_called_sound_and_left_as_it_is(home: Path) -> None:
    before = (home / DATABASE).read_bytes()
    findings = list(soundness.examine(home, WORDS))
    assert [finding.part for finding in findings] == [
        "program",
        "database",
        "index",
        "inquiries",
        "sheet",
        "disk",
    ]
    assert all(finding.sound for finding in findings), findings
    assert findings[1].words == "La base de données est saine : 191 fiches."
    assert (home / DATABASE).read_bytes() == before
    assert [file.name for file in home.iterdir()] == [DATABASE]


def test_a_missing_resource_is_named(home: Path, whole_program: Path) -> None:
    (whole_program / "colour" / "sRGB.icc").unlink()
    assert "colour/sRGB.icc" in unsound(home)["program"]


def test_a_log_changed_by_a_stranger_is_named(home: Path) -> None:
    meddle(
        home,
        "DROP TRIGGER inquiry_event_stays",
        "UPDATE inquiry_event SET content = replace(content, '2', '9') WHERE seq = 1",
    )
    found = unsound(home)
    assert list(found) == ["inquiries"]
    assert "événement 1" in found["inquiries"]


@pytest.mark.parametrize(
    "meddling",
    [
        "UPDATE inquiry SET people = 3 WHERE people = 2",
        "UPDATE inquiry SET day = '2026-11-22' WHERE people = 2",
        "UPDATE inquiry SET voided = 1 WHERE people = 2",
        "UPDATE inquiry SET counter = 'elsewhere' WHERE people = 2",
        """UPDATE inquiry SET audiences = '["jeunesse"]' WHERE people = 2""",
        "UPDATE inquiry SET themes = 'n’importe quoi' WHERE people = 2",
        "DELETE FROM inquiry WHERE people = 2",
        "UPDATE inquiry SET id = 'autre' WHERE people = 2",
    ],
)
def test_an_inquiry_that_no_longer_says_what_was_noted_is_counted(home: Path, meddling: str) -> None:
    meddle(home, meddling)
    found = unsound(home)
    assert list(found) == ["inquiries"]
    assert "hors de PointInfo" in found["inquiries"]
    assert "est sauf dans le journal" in found["inquiries"]


def test_amended_voided_and_given_back_inquiries_are_sound(home: Path, clock: Clock) -> None:
    desk = open_desk(home, clock)
    try:
        full = Note(people=3, audiences=("aines",), themes=("logement",), referrals=(Referral("bipe", copies=2),))
        kept, gone = desk.inquiries.add(full), desk.inquiries.add(full)
        desk.inquiries.void(gone)
        desk.inquiries.void(kept)
        desk.inquiries.amend(kept, Note(people=4))
        assert desk.inquiries.altered() == []
    finally:
        desk.close()
    assert unsound(home) == {}


def test_a_tie_to_an_entry_that_is_gone_is_named(home: Path) -> None:
    meddle(home, "INSERT INTO entry_link VALUES (1, 'see_first', 9999, 0)")
    assert list(unsound(home)) == ["database"]


def test_an_index_that_lacks_an_entry_is_mended_at_the_next_start(home: Path) -> None:
    with closing(sqlite3.connect(home / DATABASE)) as file:
        file.execute("DELETE FROM entry_words WHERE rowid = 1")
        file.commit()
    desk = open_desk(home)
    try:
        assert desk.directory.unindexed() == 0
        [row] = desk.directory.rows([1])
        assert 1 in [hit.id for hit in desk.directory.search(Query(row.name)).hits]
    finally:
        desk.close()


def test_a_folder_without_data_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    findings = list(soundness.examine(tmp_path / "elsewhere", WORDS))
    assert [finding.sound for finding in findings] == [True, False]
    assert "ne contient pas de données" in findings[-1].words
    assert not (tmp_path / "elsewhere").exists()


def test_a_damaged_file_is_one_finding_not_a_crash(home: Path) -> None:
    file = home / DATABASE
    file.write_bytes(file.read_bytes()[:30_000])
    before = file.read_bytes()
    assert list(unsound(home)) == ["data"]
    assert file.read_bytes() == before


def test_damage_that_shows_only_on_reading_is_found(home: Path) -> None:
    file = home / DATABASE
    sound = file.read_bytes()
    page = sound.rindex(b"point-info-servette") // 4096 * 4096
    file.write_bytes(sound[:page] + b"\xff" * 4096 + sound[page + 4096 :])
    assert unsound(home)


def test_a_full_disk_is_foretold(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundness, "ROOM", 10**18)
    assert "libérez de la place" in unsound(home)["disk"]


def test_progress_is_shown_to_a_person_only(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [finding.part for finding in soundness.examine(home, WORDS, progress=True)][-1] == "disk"
    assert capsys.readouterr().out == ""
