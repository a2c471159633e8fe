"""The counter's settings: read, kept whole, never overwritten when they can't be read."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pointinfo import config, i18n
from pointinfo.config import Settings
from pointinfo.errors import SettingsError

WORDS = i18n.words("fr")


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert config.load(tmp_path, WORDS) == Settings()
    assert config.load(tmp_path / "not there yet", WORDS) == Settings()
    assert list(tmp_path.iterdir()) == []


def test_settings_come_back_as_they_were_saved(tmp_path: Path) -> None:
    kept = Settings(
        counter_name="Point info Servette",
        sheet_footer="Ville de Genève\n« sans garantie »",
        theme="dark",
        text_size=150,
        closed_days=(date(2026, 12, 24), date(2026, 12, 31)),
    )
    config.save(tmp_path, kept)
    assert config.load(tmp_path, WORDS) == kept
    assert [file.name for file in tmp_path.iterdir()] == ["settings.json"]


@given(st.builds(Settings, counter_name=st.text(), printer=st.text(), closed_days=st.lists(st.dates()).map(tuple)))
@settings(deadline=None, max_examples=50)
def test_any_settings_survive_being_written(tmp_path_factory: pytest.TempPathFactory, kept: Settings) -> None:
    home = tmp_path_factory.mktemp("any")
    config.save(home, kept)
    assert config.load(home, WORDS) == kept


def test_what_a_newer_version_added_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / config.FILE).write_text('{"counter_name": "Servette", "added_later": [1, 2]}')
    assert config.load(tmp_path, WORDS) == Settings(counter_name="Servette")


@pytest.mark.parametrize(
    ("written", "named"),
    [
        (b"", config.FILE),
        (b"pas du JSON", config.FILE),
        (b'{"counter_name": "Serv', config.FILE),
        (b'{"counter_name": "Gen\xe8ve"}', config.FILE),
        (b"[]", config.FILE),
        (b'{"counter_name": 7}', "counter_name"),
        (b'{"theme": "rose"}', "theme"),
        (b'{"text_size": 42}', "text_size"),
        (b'{"language": "tlh"}', "language"),
        (b'{"closed_days": ["2026-02-30"]}', "closed_days"),
        (b'{"closed_days": "jamais"}', "closed_days"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_left_as_it_is(written: bytes, named: str, tmp_path: Path) -> None:
    file = tmp_path / config.FILE
    file.write_bytes(written)
    with pytest.raises(SettingsError) as raised:
        config.load(tmp_path, WORDS)
    sentence = str(raised.value)
    assert named in sentence
    assert str(file) in sentence
    assert "n’a pas été modifié" in sentence
    assert not re.search("Expected|Invalid|malformed|truncated|encoded", sentence)
    assert file.read_bytes() == written


def test_a_folder_in_place_of_the_file_is_said(tmp_path: Path) -> None:
    (tmp_path / config.FILE).mkdir()
    with pytest.raises(SettingsError, match="ne peut pas être ouvert"):
        config.load(tmp_path, WORDS)


def test_an_unreadable_file_is_set_aside_not_thrown_away(tmp_path: Path) -> None:
    (tmp_path / config.FILE).write_text("pas du JSON")
    kept = config.set_aside(tmp_path)
    assert kept.read_text() == "pas du JSON"
    assert config.load(tmp_path, WORDS) == Settings()


def test_a_save_that_fails_leaves_the_old_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.save(tmp_path, Settings(counter_name="before"))

    def cut(*_: Any) -> None:
        raise OSError("power cut")

    monkeypatch.setattr("os.fsync", cut)
    with pytest.raises(OSError, match="power cut"):
        config.save(tmp_path, Settings(counter_name="after"))
    monkeypatch.undo()
    assert config.load(tmp_path, WORDS).counter_name == "before"


def test_the_file_can_be_read_and_edited_by_a_person(tmp_path: Path) -> None:
    config.save(tmp_path, Settings(counter_name="Pâquis"))
    text = (tmp_path / config.FILE).read_text(encoding="utf-8")
    assert '"counter_name": "Pâquis"' in text
    assert len(text.splitlines()) > 5
    assert set(json.loads(text)) == {field.name for field in msgspec.structs.fields(Settings)}
