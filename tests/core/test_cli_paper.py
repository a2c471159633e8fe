"""Leaflets, programmes, booklets and posters from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from pointinfo import cli
from pointinfo.leaflets.pages import pictures


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command in this process, on a home of its own; gives the code, what was said, what was complained."""
    monkeypatch.setenv("POINTINFO_HOME", str(tmp_path / "home"))

    def command(*arguments: object) -> tuple[int, str, str]:
        try:
            code = cli.main(list(map(str, arguments)))
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 99
        return (code, *capsys.readouterr())

    return command


def read(file: Path) -> str:
    return " ".join(" ".join(page.text for page in pictures(file.read_bytes(), 10)).split())


def test_a_leaflet_for_an_audience_is_written(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "aines.pdf"
    code, said, complained = run(
        "leaflet", "--audience", "aines", "--title", "Bien vieillir", "--intro", "Venez !", "-o", file
    )
    assert (code, said, complained) == (0, f"Fiche écrite : {file}\n", "")
    assert "Bien vieillir Venez !" in read(file)
    assert "Pro Senectute Genève" in read(file)


def test_a_leaflet_of_a_quartier_in_another_language_says_in_json_what_is_on_it(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    code, said, _ = run(
        "leaflet", "--quartier", "jonction", "--language", "de", "--group", "name", "--json", "-o", file
    )
    assert code == 0
    answer = json.loads(said)
    assert answer["file"] == str(file)
    assert "Jonction" in read(file)
    assert len(answer["entries"]) > 0


@pytest.mark.parametrize(
    ("option", "code"), [("--audience", "martiens"), ("--theme", "sante,nix"), ("--quartier", "lune"), ("--topic", "x")]
)
def test_a_code_that_no_list_has_is_refused(option: str, code: str, run: Any, tmp_path: Path) -> None:
    exit_code, said, complained = run("booklet", option, code, "-o", tmp_path / "a.pdf")
    assert (exit_code, said) == (2, "")
    assert "n’est pas connu de" in complained
    assert not (tmp_path / "a.pdf").exists()


def test_a_booklet_is_written_to_be_read_and_to_be_folded(run: Any, tmp_path: Path) -> None:
    file, folded = tmp_path / "a.pdf", tmp_path / "plier.pdf"
    code, said, _ = run("booklet", "--theme", "sante", "-o", file, "--imposed", folded)
    assert (code, said) == (0, f"Fiche écrite : {file}\nFiche écrite : {folded}\n")
    pages, sheets = pictures(file.read_bytes(), 10), pictures(folded.read_bytes(), 10)
    assert len(sheets) == 2 * -(-len(pages) // 4)
    assert sheets[0].width > sheets[0].height
    code, _, complained = run("booklet", "--theme", "sante", "-o", file, "--imposed", file)
    assert code == 2
    assert "le même nom" in complained


def test_a_programme_is_of_the_coming_week_unless_it_is_said(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    assert run("programme", "-o", file)[0] == 0
    assert "Programme des activités" in read(file)
    assert run("programme", "--from", "2026-12-01", "--to", "2026-12-31", "--title", "Décembre", "-o", file)[0] == 0
    assert "Décembre Du 1er décembre 2026 au 31 décembre 2026" in read(file)
    code, _, complained = run("programme", "--from", "2026-12-31", "--to", "2026-12-01", "-o", file)
    assert code == 2
    assert "Échangez les deux dates" in complained


@pytest.mark.parametrize(("paper", "width"), [("a3", 297), ("a4", 210), ("a5", 148)])
def test_a_poster_is_of_an_entry_or_of_the_counter(paper: str, width: int, run: Any, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    assert run("poster", "Hospice général", "--paper", paper, "-o", file)[0] == 0
    assert "022 420 52 00" in read(file)
    (page,) = pictures(file.read_bytes(), 25.4)
    assert page.width == pytest.approx(width, abs=1)
    assert run("poster", "--paper", paper, "-o", file)[0] == 0
    assert "Point info" in read(file)


def test_what_nothing_answers_is_no_leaflet(run: Any, tmp_path: Path) -> None:
    code, _, complained = run(
        "leaflet", "--audience", "aines", "--topic", "aide-sociale", "--theme", "autre", "-o", tmp_path / "a.pdf"
    )
    assert code == 2
    assert "Élargissez le choix" in complained
