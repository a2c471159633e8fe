"""Importing and exporting from the command line, for people and for programs."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from pointinfo import cli
from pointinfo.desk import DATABASE, open_desk
from pointinfo.directory.exchange.incoming import uid_of

ROWS = "id;nom;téléphone\n1;Maison verte;022 111 22 33\n2;Club;?\n3;;022 333 44 55\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command in this process, on a home of its own; gives the code, what was said, what was complained."""
    monkeypatch.setenv("POINTINFO_HOME", str(tmp_path / "home"))

    def command(*arguments: str) -> tuple[int, str, str]:
        try:
            code = cli.main(arguments)
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 99
        return (code, *capsys.readouterr())

    return command


class Terminal(io.StringIO):
    """The keyboard of a person at a terminal who has typed these lines."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def person(run: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command for somebody who answers at a terminal: what is typed, then the command."""

    def command(typed: str, *arguments: str) -> Any:
        monkeypatch.setattr("sys.stdin", Terminal(typed))
        return run(*arguments)

    return command


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A table with a good row, one with a remark and one that can't come in."""
    made = tmp_path / "ville.csv"
    made.write_text(ROWS, encoding="utf-8")
    return made


def count(home: Path) -> int:
    desk = open_desk(home)
    try:
        return desk.directory.count()
    finally:
        desk.close()


def test_a_dry_run_says_what_would_change_and_changes_nothing(run: Any, file: Path, tmp_path: Path) -> None:
    code, said, _ = run("import", str(file), "--dry-run")
    assert code == 0
    assert "2 nouvelles fiches" in said
    assert "1 ligne refusée" in said
    assert "Ligne 3, téléphone : «?» n’est pas un numéro de téléphone." in said
    assert "Ligne 4, nom : Cette ligne n’a pas de nom." in said
    assert count(tmp_path / "home") == 191


def test_an_import_needs_a_yes(run: Any, file: Path, tmp_path: Path) -> None:
    code, _said, complained = run("import", str(file))
    assert code == 2
    assert "--yes" in complained
    assert run("import", str(file), "--yes", "--skip-refused")[0] == 0
    assert count(tmp_path / "home") == 193
    code, said, _ = run("import", str(file), "--yes", "--skip-refused")
    assert code == 0
    assert "il n’y a rien à importer" in said


def test_a_refused_line_stops_an_import_that_nobody_watches(run: Any, file: Path, tmp_path: Path) -> None:
    code, _said, complained = run("import", str(file), "--yes")
    assert code == 2
    assert "1 ligne est refusée. Rien n’a été importé." in complained
    assert count(tmp_path / "home") == 191
    file.write_text("".join(ROWS.splitlines(keepends=True)[:1]) + ";;;\n4;;022 111 11 11\n", encoding="utf-8")
    code, said, _ = run("import", str(file), "--yes")
    assert code == 2
    assert "n’y a rien à importer" not in said


def test_a_program_gets_figures_and_remarks(run: Any, file: Path) -> None:
    code, said, _ = run("import", str(file), "--yes", "--skip-refused", "--json", "--source", "Ville")
    answer = json.loads(said)
    assert code == 0
    assert answer["imported"] is True
    assert (answer["source"], answer["counts"]["new"]) == ("Ville", 2)
    assert {"field": "téléphone", "filled": 3, "taken": 2, "kept": 0} in answer["understood"]
    assert answer["remarks"][0]["row"] == 3


def test_what_is_surely_here_already_is_new_unless_an_update_is_asked_for(run: Any, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "canton.csv"
    other.write_text("id;nom;téléphone\n77;MAISON VERTE;+41 22 111 22 33\n", encoding="utf-8")
    run("import", str(file), "--yes", "--skip-refused")
    code, said, _ = run("import", str(other), "--dry-run")
    assert code == 0
    assert "Ligne 2, «MAISON VERTE» : nouvelle fiche, sans doute la même que «Maison verte» (même nom" in said
    code, said, _ = run("import", str(other), "--twins", "update", "--yes")
    assert "Ligne 2, «MAISON VERTE» : met à jour «Maison verte» (même nom" in said
    assert count(tmp_path / "home") == 193
    answer = json.loads(run("import", str(other), "--dry-run", "--json")[1])
    assert (answer["counts"]["unchanged"], answer["twins"]) == (1, [])


def test_closing_many_needs_a_word_of_its_own(run: Any, file: Path) -> None:
    run("import", str(file), "--yes", "--skip-refused")
    file.write_text("".join(ROWS.splitlines(keepends=True)[:2]), encoding="utf-8")
    code, _said, complained = run("import", str(file), "--yes", "--skip-refused")
    assert code == 2
    assert "1 fiche sur 2" in complained
    assert run("import", str(file), "--yes", "--skip-refused", "--confirmed")[0] == 0


def test_a_mapping_file_says_which_column_is_which(run: Any, file: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    columns = [
        {"name": "id", "target": "id"},
        {"name": "nom", "target": "name"},
        {"name": "téléphone", "target": "stop"},
    ]
    mapping.write_text(json.dumps({"source": "Ville", "columns": columns}), encoding="utf-8")
    assert run("import", str(file), "--mapping", str(mapping), "--yes", "--skip-refused")[0] == 0
    desk = open_desk(tmp_path / "home")
    assert desk.directory.entry(uid_of("Ville", "1")).stop == "022 111 22 33"
    desk.close()
    mapping.write_text("{}", encoding="utf-8")
    code, _said, complained = run("import", str(file), "--mapping", str(mapping), "--yes", "--skip-refused")
    assert code == 2
    assert "ne dit pas quelle colonne" in complained


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "jsonl"])
def test_what_is_exported_can_be_imported(run: Any, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"annuaire.{suffix}"
    code, said, _ = run("export", str(target))
    assert (code, "191 fiches écrites" in said) == (0, True)
    assert "191 fiches inchangées" in run("import", str(target), "--dry-run")[1]


def test_a_search_can_be_exported_and_an_unknown_format_is_refused(run: Any, tmp_path: Path) -> None:
    code, said, _ = run("export", str(tmp_path / "a.csv"), "--search", "point info", "--json")
    assert code == 0
    assert 0 < json.loads(said)["entries"] < 191
    assert run("export", str(tmp_path / "a.csv"), "--search", "zzzzzz")[0] == 1
    code, _said, complained = run("export", str(tmp_path / "a.doc"))
    assert code == 2
    assert ".csv" in complained
    assert run("export", str(tmp_path / "absent" / "a.csv"))[0] == 2


def test_what_an_export_leaves_out_is_said(run: Any, tmp_path: Path) -> None:
    code, said, complained = run("export", str(tmp_path / "a.vcf"), "--internal")
    assert (code, "pas de place pour les champs réservés" in complained) == (0, True)
    assert "pas de place" not in said
    assert json.loads(run("export", str(tmp_path / "a.vcf"), "--json")[1])["remarks"] == []


def test_an_export_never_takes_the_place_of_the_counter_s_own_data(run: Any, tmp_path: Path) -> None:
    assert run("export", str(tmp_path / "annuaire.csv"))[0] == 0
    before = (tmp_path / "home" / DATABASE).read_bytes()
    code, _said, complained = run("export", str(tmp_path / "home" / DATABASE), "--format", "jsonl")
    assert code == 2
    assert "parmi les données de PointInfo" in complained
    assert (tmp_path / "home" / DATABASE).read_bytes() == before


def test_a_search_is_exported_whole_without_what_is_only_near(run: Any, tmp_path: Path) -> None:
    rows = [f"{number};Ludothèque zibeline {number}" for number in range(1_234)]
    rows += ["a;Ludothèque des Pâquis", "b;Atelier zibelin"]
    made = tmp_path / "many.csv"
    made.write_text("\n".join(("id;nom", *rows)), encoding="utf-8")
    assert run("import", str(made), "--yes")[0] == 0
    target = tmp_path / "found.jsonl"
    code, said, complained = run("export", str(target), "--search", "ludothèque zibeline")
    assert (code, complained) == (0, "")
    assert "1234 fiches écrites" in said
    names = {json.loads(line)["name"] for line in target.read_text("utf-8").splitlines()}
    assert names == {f"Ludothèque zibeline {number}" for number in range(1_234)}
    made.write_text("\n".join(("id;nom", *rows[1:])), encoding="utf-8")
    assert run("import", str(made), "--yes", "--confirmed")[0] == 0
    assert json.loads(run("export", str(target), "--search", "ludothèque zibeline", "--json")[1])["entries"] == 1_233
    closed = run("export", str(target), "--search", "ludothèque zibeline", "--closed", "--json")[1]
    assert json.loads(closed)["entries"] == 1_234


@pytest.mark.parametrize(
    ("typed", "asked", "open_entries"),
    [
        ("n\n", ["Importer maintenant"], 193),
        ("o\nn\n", ["Importer maintenant", "Importer quand même"], 193),
        ("o\n", ["Importer maintenant", "Importer quand même"], 193),
        ("o\no\n", ["Importer maintenant", "Importer quand même"], 192),
    ],
)
def test_a_person_is_asked_again_before_many_entries_close(
    typed: str,
    asked: list[str],
    open_entries: int,
    person: Any,
    file: Path,
) -> None:
    person("", "import", str(file), "--yes", "--skip-refused")
    file.write_text("".join(ROWS.splitlines(keepends=True)[:2]), encoding="utf-8")
    code, said, _complained = person(typed, "import", str(file))
    assert code == 0
    assert [each for each in ("Importer maintenant", "Importer quand même") if each in said] == asked
    assert ("1 fiche sur 2" in said) == (len(asked) == 2)
    assert ("Import terminé." in said, "Rien n’a été importé.\n" in said) == (open_entries == 192, open_entries == 193)
    assert count(file.parent / "home") == open_entries


def test_a_person_is_asked_once_where_little_closes(person: Any, file: Path) -> None:
    code, said, _complained = person("o\n", "import", str(file))
    assert (code, "Importer quand même" in said) == (0, False)
    assert "Import terminé." in said
    assert count(file.parent / "home") == 193


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\x03" * 99, b"PK\x03\x04 no", b"x;y\n1;2\n"])
def test_what_cant_be_read_ends_with_a_sentence_and_code_2(run: Any, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    code, _said, complained = run("import", str(file), "--yes")
    assert code == 2
    assert complained.strip()
    assert "Traceback" not in complained
