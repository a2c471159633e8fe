"""Opening the counter: everything in one place, or nothing touched."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from pointinfo import config
from pointinfo.config import Settings
from pointinfo.desk import DATABASE, Desk, open_desk
from pointinfo.directory import Query
from pointinfo.errors import InputError, SettingsError, StorageError
from pointinfo.inquiries import Note
from tests.conftest import Clock


def test_a_new_counter_starts_with_the_demonstration_directory(desk: Desk, home: Path) -> None:
    assert desk.directory.count() == 191
    assert desk.directory.is_demonstration()
    assert desk.inquiries.count() == (0, 0)
    assert sorted(file.name for file in home.iterdir() if not file.name.endswith(("-wal", "-shm"))) == [DATABASE]


def test_what_was_noted_and_who_the_counter_is_survive_closing(home: Path, clock: Clock) -> None:
    first = open_desk(home, clock)
    noted = first.inquiries.add(Note(people=2))
    first.close()
    assert [file.name for file in home.iterdir()] == [DATABASE]
    second = open_desk(home, clock)
    try:
        assert [row.id for row in second.inquiries.journal()] == [noted]
        assert second.inquiries.broken_links() == []
        assert second.directory.count() == 191
        assert len(second.revisions.history("points-info-ligne-gratuite")) == 1, "loaded once only"
    finally:
        second.close()


def test_a_counter_whose_every_entry_is_closed_keeps_its_own_directory(home: Path, clock: Clock) -> None:
    first = open_desk(home, clock)
    with first.database.write() as session:
        session.execute(text("UPDATE entry SET status = 'closed', demonstration = 0"))
    first.close()
    second = open_desk(home, clock)
    try:
        assert second.directory.count() == 0
        assert not second.directory.is_demonstration()
    finally:
        second.close()


def test_changed_settings_hold_at_once_and_at_the_next_start(desk: Desk, home: Path, clock: Clock) -> None:
    changed = Settings(counter_name="Point info Pâquis", closed_days=(date(2026, 12, 24),))
    desk.keep_settings(changed)
    assert desk.leaflets.settings == changed
    assert date(2026, 12, 24) in desk.directory.calendar.extra_closed
    desk.close()
    again = open_desk(home, clock)
    try:
        assert again.settings == changed
    finally:
        again.close()


def test_broken_settings_stop_before_anything_is_made(home: Path, clock: Clock) -> None:
    home.mkdir()
    (home / config.FILE).write_text("{")
    with pytest.raises(SettingsError):
        open_desk(home, clock)
    assert [file.name for file in home.iterdir()] == [config.FILE]


def test_a_home_below_a_file_is_a_matter_of_the_folder_not_of_the_settings(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="ne peut pas écrire dans le dossier"):
        open_desk(tmp_path / "file" / "home", clock)


def test_two_desks_may_share_a_home(desk: Desk, home: Path, clock: Clock) -> None:
    """The command line works while the window is open."""
    other = open_desk(home, clock)
    try:
        noted = other.inquiries.add(Note())
        assert desk.inquiries.note(noted) == Note()
        desk.inquiries.add(Note())
        assert other.inquiries.broken_links() == []
        assert other.directory.search(Query("bibliothèque")).hits == desk.directory.search(Query("bibliothèque")).hits
    finally:
        other.close()


def test_a_sheet_names_the_revisions_that_were_printed(desk: Desk) -> None:
    leaflet = desk.leaflets.visit_sheet(["points-info-ligne-gratuite", "nix"])
    assert leaflet.revisions == {"points-info-ligne-gratuite": desk.directory.entry("points-info-ligne-gratuite").head}
    assert leaflet.pdf.startswith(b"%PDF")


def test_a_wrong_file_leaves_the_directory_as_it_is(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "wrong.jsonl").write_text("{}\n")
    with pytest.raises(InputError, match="Ligne 1"):
        desk.directory.load_file(tmp_path / "wrong.jsonl")
    assert desk.directory.count() == 191
    assert desk.directory.unindexed() == 0
