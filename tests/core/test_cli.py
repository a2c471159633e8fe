"""The command line: the same desk without a window, for people and for programs."""

import io
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pointinfo import __version__, cli, paths, soundness
from pointinfo.desk import open_desk
from pointinfo.directory.fields import INTERNAL
from pointinfo.directory.record import EntryRecord
from pointinfo.inquiries import Note
from pointinfo.leaflets.pages import pictures

CANARY = "Zanzibarcanari"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the demonstration directory, one confidential entry and twelve inquiries of October 2026."""
    home = tmp_path_factory.mktemp("cli") / "home"
    desk = open_desk(home, lambda: datetime(2026, 10, 5, 9, tzinfo=UTC))
    secret = {"internal_street": CANARY, "internal_note": CANARY}
    desk.revisions.save(EntryRecord(uid="foyer", kind="service", name="Foyer d’accueil", **secret), "test")  # type: ignore[arg-type]
    for _ in range(12):
        desk.inquiries.add(Note(people=2, outcome="answered", channel="counter"))
    desk.close()
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that home, where the program looks for it."""
    copy = tmp_path / "home"
    shutil.copytree(made, copy)
    monkeypatch.setenv("POINTINFO_HOME", str(copy))
    return copy


class Answer:
    """What a command gave back."""

    def __init__(self, code: int, said: str, complained: str) -> None:
        self.code = code
        self.said = said
        self.complained = complained

    @property
    def json(self) -> Any:
        return json.loads(self.said)


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command in this process."""

    def command(*arguments: str) -> Answer:
        try:
            code = cli.main(arguments)
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 99
        said, complained = capsys.readouterr()
        return Answer(code, said, complained)

    return command


PAPER = ("sheet", "leaflet", "programme", "booklet", "poster")
COMMANDS = ("gui", "search", *PAPER, "statistics", "load", "import", "export", "check")


def test_help_names_every_command_in_french(run: Any) -> None:
    answer = run("--help")
    assert answer.code == 0
    assert answer.said.startswith("utilisation : pointinfo")
    assert all(f"    {command} " in answer.said for command in COMMANDS)
    for english in ("usage:", "show this", "positional", "optional", "commands:"):
        assert english not in answer.said


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself_in_french(command: str, run: Any) -> None:
    answer = run(command, "--help")
    assert answer.code == 0
    assert answer.said.startswith(f"utilisation : pointinfo {command} ")
    for option in ("--home DOSSIER", "--json", "montre cette aide"):
        assert option in answer.said
    for english in ("usage:", "show this", "positional", "default:"):
        assert english not in answer.said


def test_the_version_is_told(run: Any) -> None:
    assert run("--version").said == f"PointInfo {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "culprit"),
    [
        (("nix",), "nix"),
        (("search",), "MOTS"),
        (("search", "crèche", "--limit", "beaucoup"), "--limit"),
        (("search", "crèche", "--limit", "-1"), "--limit"),
        (("search", "crèche", "--kind", "nix"), "--kind"),
        (("search", "crèche", "--nix"), "--nix"),
        (("sheet", "bipe"), "-o"),
        (("statistics", "--from", "2026-13-01"), "--from"),
        (("load",), "FICHIER"),
    ],
)
def test_a_command_that_is_wrong_names_what_is_wrong(arguments: tuple[str, ...], culprit: str, run: Any) -> None:
    answer = run(*arguments)
    assert answer.code == 2
    assert answer.said == ""
    first, usage, *_ = answer.complained.splitlines()
    assert first.startswith("Cette commande n’est pas complète ou pas connue (")
    assert culprit in first
    assert usage.startswith("utilisation : pointinfo")
    for english in ("invalid", "required", "argument", "choose"):
        assert english not in first


def test_search_prints_a_name_and_an_id_a_line(run: Any) -> None:
    answer = run("search", "points", "info", "ligne")
    assert answer.code == 0
    assert answer.said.splitlines()[0] == "Points info (ligne gratuite)  [points-info-ligne-gratuite]"
    assert answer.complained == ""


def test_nothing_found_is_said_and_is_exit_code_1(run: Any) -> None:
    answer = run("search", "zzyzx")
    assert (answer.code, answer.said) == (1, "Aucune fiche pour «zzyzx».\n")


def test_a_word_left_out_is_said(run: Any) -> None:
    answer = run("search", "bibliothèque", "zzyzx")
    assert answer.code == 0
    assert answer.said.startswith("Aucune réponse avec «zzyzx». Peut-être :\n")
    marked = run("search", "--json", "bibliothèque", "zzyzx").json
    assert marked["left_out"] == ["zzyzx"]
    assert all(result["weak"] for result in marked["results"])


def test_search_answers_programs_in_json(run: Any) -> None:
    answer = run("search", "--json", "crèche", "--limit", "3").json
    assert answer["query"] == "crèche"
    assert len(answer["results"]) == 3
    for result in answer["results"]:
        assert {"id", "name", "kind", "why"} <= set(result) <= {"id", "name", "kind", "why", "by", "weak"}
        assert result["kind"] in {"service", "association", "activity", "place"}
        assert result["why"] in {"name", "keyword", "place", "text", "synonym"}


def test_a_program_may_ask_one_question_a_line(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    questions = ["crèche", "", "zzyzx", '"; DROP TABLE entry --', "é" * 10_000]
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{question}\n" for question in questions)))
    answer = run("search", "--json", "-")
    assert answer.code == 0
    answers = [json.loads(line) for line in answer.said.splitlines()]
    assert [one["query"] for one in answers] == questions
    assert [bool(one["results"]) for one in answers[:3]] == [True, False, False], "an empty line asks nothing"
    assert all(set(one) - {"left_out", "corrected", "language"} == {"query", "results"} for one in answers)


def test_a_line_of_signs_asks_nothing_and_the_line_end_of_windows_is_no_part_of_a_question(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("crèche\r\n(((\r\n-\r\n", newline=""))
    answers = [json.loads(line) for line in run("search", "--json", "-").said.splitlines()]
    assert [one["query"] for one in answers] == ["crèche", "(((", "-"]
    assert [bool(one["results"]) for one in answers] == [True, False, False]


@pytest.mark.parametrize("option", ["--audience", "--language", "--sector"])
def test_a_code_that_no_list_has_is_a_slip_not_an_empty_answer(option: str, run: Any) -> None:
    answer = run("search", option, "zzz", "aide")
    assert answer.code == 2
    assert "«zzz» n’est pas connu" in answer.complained


@pytest.mark.parametrize("slip", [("--limit", "zero"), ("--kind", "servce")])
def test_a_value_that_does_not_fit_is_named(slip: tuple[str, str], run: Any) -> None:
    answer = run("search", *slip, "aide")
    assert answer.code == 2
    assert slip[1] in answer.complained


@pytest.mark.parametrize(
    "filters", [("--audience", "aines"), ("--kind", "association"), ("--language", "en"), ("--open",)]
)
def test_filters_narrow_a_search(filters: tuple[str, ...], run: Any) -> None:
    every = run("search", "--json", "--limit", "500", "aide").json["results"]
    some = run("search", "--json", "--limit", "500", "aide", *filters).json["results"]
    assert {result["id"] for result in some} < {result["id"] for result in every}


def test_the_nearest_come_first_and_say_how_far_they_are(run: Any) -> None:
    every = run("search", "--json", "--limit", "500", "aide").json["results"]
    near = run("search", "--json", "--limit", "500", "aide", "--near", "servette").json["results"]
    assert {result["id"] for result in near} == {result["id"] for result in every}
    metres = [result["metres"] for result in near if "metres" in result and "weak" not in result]
    assert len(metres) > 3
    assert metres == sorted(metres)
    assert "(env. " in run("search", "repas", "--near", "servette").said
    assert "metres" not in every[0]


def test_a_place_that_is_not_known_is_said(run: Any) -> None:
    answer = run("search", "aide", "--near", "zzz")
    assert answer.code == 2
    assert "servette" in answer.complained
    nowhere = run("search", "aide", "--near", "ici")
    assert nowhere.code == 2
    assert "Réglages" in nowhere.complained


def test_home_and_json_may_stand_before_or_after_the_command(run: Any, made: Path, tmp_path: Path) -> None:
    before = run("--home", str(made), "--json", "search", "crèche")
    after = run("search", "crèche", "--json", "--home", str(made))
    assert before.json == after.json


def test_the_environment_says_where_the_data_live(run: Any, home: Path) -> None:
    assert paths.default_home() == home
    assert run("search", "foyer d’accueil").said.splitlines()[0].endswith("[foyer]")


@pytest.mark.parametrize("named", ["point-info-servette", "Point info Servette", "point info SERVETTE"])
def test_a_sheet_is_asked_for_by_id_or_exact_name(named: str, run: Any, tmp_path: Path) -> None:
    file = tmp_path / "fiche.pdf"
    answer = run("sheet", named, "-o", str(file))
    assert (answer.code, answer.said) == (0, f"Fiche écrite : {file}\n")
    text = "".join(page.text for page in pictures(file.read_bytes(), 20))
    assert "Point info Servette" in text
    assert "Données de démonstration" in text


def test_a_sheet_of_several_entries_is_told_in_json(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "fiche.pdf"
    answer = run("sheet", "--json", "point-info-servette", "foyer", "Point info Servette", "-o", str(file))
    assert answer.json == {"file": str(file), "entries": ["point-info-servette", "foyer"]}


def test_a_sheet_in_another_language_brings_its_french_and_a_note(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "fiche.pdf"
    assert run("sheet", "foyer", "--language", "de", "--note", "Guichet 3", "-o", str(file)).code == 0
    text = "".join(page.text for page in pictures(file.read_bytes(), 20))
    assert "Ihre Informationen" in text
    assert "inconnu" in text
    assert "Guichet 3" in text
    assert "--language" in run("sheet", "foyer", "--language", "xx", "-o", str(file)).complained


@pytest.mark.parametrize("place", ["absent/fiche.pdf", "."])
def test_a_sheet_that_cannot_be_written_is_said(place: str, run: Any, tmp_path: Path) -> None:
    answer = run("sheet", "foyer", "-o", str(tmp_path / place))
    assert answer.code == 2
    assert answer.said == ""
    assert str(tmp_path / place) in answer.complained
    assert "Choisissez un autre" in answer.complained


@pytest.mark.parametrize("name", ["pointinfo.sqlite", "settings.json", "nouvelle.pdf"])
def test_a_sheet_never_takes_the_place_of_the_counter_s_own_data(name: str, run: Any, home: Path) -> None:
    before = {file: file.read_bytes() for file in home.iterdir() if file.is_file()}
    answer = run("sheet", "foyer", "-o", str(home / name))
    assert answer.code == 2
    assert "parmi les données de PointInfo" in answer.complained
    assert {file: file.read_bytes() for file in home.iterdir() if file.is_file()} == before


def test_a_sheet_goes_where_a_link_leads_and_never_into_a_device(run: Any, tmp_path: Path) -> None:
    (tmp_path / "lien.pdf").symlink_to(tmp_path / "cible.pdf")
    assert run("sheet", "foyer", "-o", str(tmp_path / "lien.pdf")).code == 0
    assert (tmp_path / "lien.pdf").is_symlink()
    assert (tmp_path / "cible.pdf").read_bytes().startswith(b"%PDF")
    answer = run("sheet", "foyer", "-o", "/dev/null")
    assert answer.code == 2
    assert Path("/dev/null").is_char_device()


def test_a_sheet_of_nothing_known_is_refused(run: Any, tmp_path: Path) -> None:
    answer = run("sheet", "foyer", "Nulle part", "-o", str(tmp_path / "fiche.pdf"))
    assert answer.code == 2
    assert "«Nulle part»" in answer.complained
    assert not (tmp_path / "fiche.pdf").exists()


OCTOBER = ("--from", "2026-10-01", "--to", "2026-10-31")


def test_statistics_are_csv_for_people(run: Any) -> None:
    answer = run("statistics", *OCTOBER)
    assert answer.code == 0
    lines = answer.said.splitlines()
    assert lines[0].startswith("Chiffres du guichet;")
    assert "Demandes;12" in lines
    assert "Personnes;24" in lines


def test_statistics_are_json_for_programs(run: Any) -> None:
    report = run("statistics", *OCTOBER, "--by", "outcome,hour", "--json").json
    assert (report["first"], report["last"]) == ("2026-10-01", "2026-10-31")
    assert (report["inquiries"], report["people"]) == (12, 24)
    assert [breakdown["dimension"] for breakdown in report["breakdowns"]] == ["outcome", "hour"]


def test_statistics_refuse_what_makes_no_sense(run: Any) -> None:
    backwards = run("statistics", "--from", "2026-10-31", "--to", "2026-10-01")
    assert (backwards.code, backwards.said) == (2, "")
    assert "Échangez les deux dates" in backwards.complained
    unknown = run("statistics", *OCTOBER, "--by", "outcome,moon")
    assert (unknown.code, unknown.said) == (2, "")
    assert "«moon»" in unknown.complained or "moon" in unknown.complained


def test_a_directory_is_loaded_and_counted(run: Any, tmp_path: Path) -> None:
    line = {"id": "un", "name": "Un", "kind": "venue", "description_fr": "", "audiences": [], "topics": []}
    file = tmp_path / "annuaire.jsonl"
    file.write_text(f"{json.dumps(line)}\n{json.dumps(line | {'id': 'deux'})}\n")
    assert run("load", str(file)).said == "2 fiches chargées.\n"
    assert run("load", "--json", str(file)).json == {"loaded": 2}
    assert run("search", "--json", "un").json["results"][0]["id"] == "un"


def test_load_says_which_command_reads_an_export(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "export.jsonl"
    assert run("export", str(file)).code == 0
    answer = run("load", str(file))
    assert answer.code == 2
    assert "«pointinfo import» le lit" in answer.complained
    assert "Rien n’a été importé" in answer.complained


@pytest.fixture
def whole_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As installed: with its compiled catalogues."""
    monkeypatch.setattr(soundness, "RESOURCES", tuple(n for n in soundness.RESOURCES if not n.endswith(".mo")))


@pytest.mark.usefixtures("whole_program")
def test_check_finds_a_sound_counter_sound(run: Any) -> None:
    answer = run("check")
    assert answer.code == 0
    assert all(line.startswith("✓ ") for line in answer.said.splitlines())
    report = run("check", "--json").json
    assert report["sound"] is True
    assert report["findings"][0]["part"] == "program"


@pytest.mark.usefixtures("whole_program")
def test_check_finds_a_damaged_counter_damaged(run: Any, home: Path) -> None:
    file = home / "pointinfo.sqlite"
    file.write_bytes(file.read_bytes()[:9000])
    answer = run("check")
    assert answer.code == 4
    assert "✗ La base de données" in answer.said
    report = run("check", "--json")
    assert report.code == 4
    assert report.json["sound"] is False
    assert [finding["part"] for finding in report.json["findings"]] == ["program", "data"]


def test_nothing_internal_is_ever_printed(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "fiche.pdf"
    said = [
        run("search", "--json", "foyer").said,
        run("search", "foyer").said,
        run("search", "--json", CANARY).json["results"],
        run("sheet", "--json", "foyer", "-o", str(file)).said,
        run("check", "--json").said,
        run("statistics", *OCTOBER).said,
    ]
    text = "".join(page.text for page in pictures(file.read_bytes(), 20))
    assert "Foyer" in text
    assert CANARY not in f"{said}{text}"
    assert len(INTERNAL) == 3


def program(*arguments: str, home: Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "POINTINFO_HOME": str(home), "LC_ALL": "C.UTF-8", "LANG": "fr_CH.UTF-8"}
    environment |= more.pop("environment", {})
    command = [sys.executable, "-m", "pointinfo", *arguments]
    return subprocess.run(command, capture_output=True, env=environment, check=False, timeout=60, **more)


def test_bytes_that_are_no_text_and_terminals_without_accents_are_no_crash(home: Path) -> None:
    latin = "crèche\nعربي\n".encode("latin-1", errors="replace")
    done = program("search", "--json", "-", home=home, input=latin, environment={"PYTHONIOENCODING": "cp1252:strict"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert len([json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]) == 2
    done = program("search", "crèche", home=home, environment={"PYTHONIOENCODING": "ascii:strict"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Cr?ches" in done.stdout


def test_a_reader_that_goes_away_ends_the_answer_without_a_word(home: Path) -> None:
    command = [sys.executable, "-m", "pointinfo", "search", "--json", "-"]
    environment = {**os.environ, "POINTINFO_HOME": str(home)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as asking:
        assert asking.stdin is not None
        assert asking.stdout is not None
        assert asking.stderr is not None
        asking.stdin.write("crèche\n".encode())
        asking.stdin.flush()
        assert json.loads(asking.stdout.readline())["results"]
        asking.stdout.close()
        asking.stdin.write("crèche\n".encode() * 3)
        asking.stdin.close()
        assert asking.wait(60) == 0
        assert asking.stderr.read() == b""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a window always finds a screen")
@pytest.mark.parametrize("screen", [{"DISPLAY": ":77"}, {"WAYLAND_DISPLAY": "wayland-77"}, {"QT_QPA_PLATFORM": "nix"}])
def test_a_screen_that_does_not_answer_is_one_sentence_not_an_abort(screen: dict[str, str], tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in cli.SCREENS} | screen
    environment["XDG_RUNTIME_DIR"] = str(tmp_path)  # without it libwayland adds a line of its own
    command = [sys.executable, "-m", "pointinfo", "--home", str(tmp_path / "home"), "gui"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("La fenêtre ne peut pas s’ouvrir")
    assert not (tmp_path / "home").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a window always finds a screen")
def test_without_a_screen_the_window_says_so_in_one_sentence(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in cli.SCREENS:
        monkeypatch.delenv(name, raising=False)
    answer = run("gui")
    assert answer.code == 1
    assert answer.complained.count("\n") == 1
    assert "cette session n’a pas d’écran" in answer.complained
