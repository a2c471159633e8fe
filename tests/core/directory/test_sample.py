"""Directory files: the demonstration directory, and what is said of a wrong line."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pointinfo import i18n
from pointinfo.database import Database
from pointinfo.desk import Desk
from pointinfo.directory import Calendar, Directory, card
from pointinfo.directory.sample import demonstration_file
from pointinfo.errors import InputError
from tests.conftest import MONDAY, Clock

WORDS = i18n.words("fr")
UIDS = [json.loads(line)["id"] for line in demonstration_file().read_text(encoding="utf-8").splitlines()]
GOOD: dict[str, Any] = {
    "id": "bipe",
    "name": "BIPE",
    "kind": "service",
    "description_fr": "Renseigne les parents.",
    "audiences": ["enfance"],
    "topics": [],
}


@pytest.fixture
def directory(tmp_path: Path, clock: Clock) -> Iterator[Directory]:
    """An empty directory."""
    database = Database(tmp_path / "pointinfo.sqlite", WORDS)
    yield Directory(database, clock, "here", WORDS, Calendar())
    database.close()


def written(folder: Path, *lines: dict[str, Any] | bytes) -> Path:
    file = folder / "annuaire.jsonl"
    file.write_bytes(
        b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines) + b"\n"
    )
    return file


def test_the_demonstration_directory_has_191_entries_each_with_its_source_and_its_age(desk: Desk) -> None:
    entries = desk.directory.entries(UIDS)
    assert len(entries) == desk.directory.count() == 191
    assert sum(entry.confidence == "page" for entry in entries) == 169
    assert sum(entry.confidence == "memory" for entry in entries) == 22
    assert desk.directory.is_demonstration()
    for entry in entries:
        age = card.age(entry, MONDAY.date(), WORDS)
        assert age.words
        assert card.source_words(entry) or entry.confidence == "memory"
        assert (entry.confidence == "memory") == ("de mémoire" in age.words)


def test_a_postcode_that_somebody_only_deduced_is_not_given_as_known() -> None:
    lines = [json.loads(line) for line in demonstration_file().read_text(encoding="utf-8").splitlines()]
    deduced = [line for line in lines if re.search(r"(\d{4}|code postal) déduit", line["note"], re.IGNORECASE)]
    assert len(deduced) == 16
    assert not [line["id"] for line in deduced if line["postcode"]]


def test_a_file_of_ones_own_is_no_demonstration(directory: Directory, tmp_path: Path) -> None:
    assert directory.load_file(written(tmp_path, GOOD, b"", GOOD | {"id": "two", "as_of": "2026-09"})) == 2
    assert directory.count() == 2
    assert not directory.is_demonstration()


def test_loading_again_replaces_what_has_the_same_id(directory: Directory, tmp_path: Path) -> None:
    directory.load_file(written(tmp_path, GOOD))
    directory.load_file(written(tmp_path, GOOD | {"name": "Bureau petite enfance"}))
    assert directory.entry("bipe").name == "Bureau petite enfance"
    assert directory.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (GOOD | {"kind": "servce"}, "champ «kind», valeur inconnue «servce»"),
        (GOOD | {"audiences": ["martiens"]}, "champ «audiences», valeur inconnue «martiens»"),
        (GOOD | {"topics": ["alchimie"]}, "champ «topics», valeur inconnue «alchimie»"),
        (GOOD | {"languages": ["klingon"]}, "champ «languages», valeur inconnue «klingon»"),
        (GOOD | {"quartier": "Atlantide"}, "champ «quartier», valeur inconnue «Atlantide»"),
        (GOOD | {"scope": "Europe"}, "champ «scope», valeur inconnue «Europe»"),
        (GOOD | {"id": ""}, "champ «id», valeur d’une autre sorte que prévu"),
        (GOOD | {"name": ""}, "champ «name», valeur d’une autre sorte que prévu"),
        (GOOD | {"name": 7}, "champ «name», valeur d’une autre sorte que prévu"),
        (GOOD | {"topics": "crèche"}, "champ «topics», valeur d’une autre sorte que prévu"),
        (GOOD | {"topics": [1]}, "champ «topics», valeur d’une autre sorte que prévu"),
        (GOOD | {"nom": "BIPE"}, "champ «nom» inconnu"),
        ({name: value for name, value in GOOD.items() if name != "name"}, "champ «name» absent"),
        (GOOD | {"hours": "lundi le matin"}, "horaires ne sont pas lisibles"),
        (GOOD | {"as_of": "hier"}, "champ «as_of», date inconnue «hier»"),
        (GOOD | {"as_of": "2026-13"}, "champ «as_of», date inconnue «2026-13»"),
        (GOOD | {"as_of": "2026-02-30"}, "champ «as_of», date inconnue «2026-02-30»"),
        (GOOD | {"id": "first"}, "identifiant first déjà vu à la ligne 1"),
        (b'{"id": "caf\xe9"}', "ce n’est pas du JSON en UTF-8"),
        (b'{"id": "bipe", "name": "BI', "ce n’est pas du JSON en UTF-8"),
        (b"n'importe quoi", "ce n’est pas du JSON en UTF-8"),
        (b"[]", "ce n’est pas une fiche"),
        (b"null", "ce n’est pas une fiche"),
    ],
)
def test_a_wrong_line_is_named_with_its_field_and_nothing_is_loaded(
    wrong: dict[str, Any] | bytes, said: str, directory: Directory, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as raised:
        directory.load_file(written(tmp_path, GOOD | {"id": "first"}, b"", wrong, GOOD | {"id": "last"}))
    sentence = str(raised.value)
    assert sentence.startswith("Ligne 3 de annuaire.jsonl : ")
    assert said in sentence
    assert sentence.endswith("Rien n’a été importé ; corrigez la ligne, puis recommencez.")
    assert directory.count() == 0
    assert directory.unindexed() == 0


def test_a_file_without_an_entry_leaves_the_directory_as_it_is(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"aucune fiche\. Rien n’a été importé"):
        desk.directory.load_file(written(tmp_path, b"", b"  "))
    assert desk.directory.count() == 191
    assert desk.directory.is_demonstration()


def test_a_file_that_is_not_there_is_said(directory: Directory, tmp_path: Path) -> None:
    for missing in (tmp_path / "absent.jsonl", tmp_path):
        with pytest.raises(InputError, match=r"ne peut pas être lu\. Rien n’a été importé"):
            directory.load_file(missing)


def test_a_place_word_may_be_written_as_people_write_it(directory: Directory, tmp_path: Path) -> None:
    directory.load_file(written(tmp_path, GOOD | {"quartier": "eaux vives", "city": "geneve"}))
    entry = directory.entry("bipe")
    assert [term.label("fr") for term in entry.of("sector") + entry.of("neighbourhood")]
