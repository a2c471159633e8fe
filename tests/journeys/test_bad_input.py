"""What the world may do to a counter: each time one calm sentence, an exit code, and no data touched."""

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pointinfo import cli
from pointinfo.desk import open_desk
from pointinfo.inquiries import Note

DATABASE = "pointinfo.sqlite"
SEARCH = ("search", "crèche")
LINE: dict[str, Any] = {
    "id": "un",
    "name": "Un",
    "kind": "service",
    "description_fr": "Accueil.",
    "audiences": [],
    "topics": [],
}


class Trouble(NamedTuple):
    """What goes wrong, what is asked meanwhile (`{home}` stands for the folder), and what must be said."""

    happens: Callable[[Path], None]
    asked: tuple[str, ...]
    code: int
    said: tuple[str, ...]


def database(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def happens(home: Path) -> None:
        (home / DATABASE).write_bytes(change((home / DATABASE).read_bytes()))

    return happens


def of_another_program(home: Path) -> None:
    (home / DATABASE).unlink()
    with closing(sqlite3.connect(home / DATABASE)) as other:
        other.execute("CREATE TABLE moz_places (url TEXT)")
        other.commit()


def newer(home: Path) -> None:
    with closing(sqlite3.connect(home / DATABASE)) as file:
        file.execute("PRAGMA user_version = 99")


def settings(written: bytes) -> Callable[[Path], None]:
    def happens(home: Path) -> None:
        (home / "settings.json").write_bytes(written)

    return happens


def third_line(wrong: dict[str, Any] | bytes) -> Callable[[Path], None]:
    raw = wrong if isinstance(wrong, bytes) else json.dumps(wrong).encode()
    first = json.dumps(LINE | {"id": "premier"}).encode()

    def happens(home: Path) -> None:
        (home / "annuaire.jsonl").write_bytes(b"\n".join((first, b"", raw, b"")))

    return happens


def nothing(home: Path) -> None:
    """All is well until the question."""


LOAD = ("load", "{home}/annuaire.jsonl")
DAMAGED = (DATABASE, "endommagée", "n’a pas été modifié")
SETTINGS = ("settings.json", "n’a pas été modifié")
LINE_3 = ("Ligne 3 de annuaire.jsonl", "Rien n’a été importé")
TROUBLES = {
    "a database of noise": Trouble(database(lambda sound: b"\xa5" * len(sound)), SEARCH, 4, DAMAGED),
    "a database cut short": Trouble(database(lambda sound: sound[: len(sound) // 3]), SEARCH, 4, DAMAGED),
    "a database of another program": Trouble(of_another_program, SEARCH, 4, (DATABASE, "n’a pas été touché")),
    "a database of a newer version": Trouble(newer, SEARCH, 4, (DATABASE, "version plus récente")),
    "a home below a file": Trouble(
        nothing, ("--home", "{home}/" + DATABASE + "/sub", *SEARCH), 4, ("ne peut pas écrire", "Rien n’a été modifié")
    ),
    "a home where nobody may write": Trouble(nothing, ("--home", "/proc/pointinfo", *SEARCH), 4, ("/proc/pointinfo",)),
    "settings that are no JSON": Trouble(settings(b"theme = dark"), SEARCH, 5, SETTINGS),
    "a setting of the wrong type": Trouble(settings(b'{"counter_name": 7}'), SEARCH, 5, (*SETTINGS, "counter_name")),
    "a theme nobody knows": Trouble(settings(b'{"theme": "rose"}'), SEARCH, 5, (*SETTINGS, "theme")),
    "a closed day that does not exist": Trouble(
        settings(b'{"closed_days": ["2026-02-30"]}'), SEARCH, 5, (*SETTINGS, "closed_days")
    ),
    "a line with a wrong field": Trouble(third_line(LINE | {"name": 7}), LOAD, 2, (*LINE_3, "«name»")),
    "a line with an unknown field": Trouble(third_line(LINE | {"nom": "Un"}), LOAD, 2, (*LINE_3, "«nom»")),
    "a line with an unknown code": Trouble(
        third_line(LINE | {"audiences": ["martiens"]}), LOAD, 2, (*LINE_3, "«audiences»", "«martiens»")
    ),
    "a line with an id twice": Trouble(
        third_line(LINE | {"id": "premier"}), LOAD, 2, (*LINE_3, "premier", "déjà vu à la ligne 1")
    ),
    "a line with bad hours": Trouble(third_line(LINE | {"hours": "le lundi matin"}), LOAD, 2, (*LINE_3, "horaires")),
    "a line with a bad date": Trouble(third_line(LINE | {"as_of": "2026-13"}), LOAD, 2, (*LINE_3, "«as_of»")),
    "a line that is not UTF-8": Trouble(third_line('{"id": "crèche"}'.encode("latin-1")), LOAD, 2, (*LINE_3, "UTF-8")),
    "a line cut short": Trouble(third_line(b'{"id": "un", "name": "U'), LOAD, 2, (*LINE_3, "JSON")),
    "a directory file that is not there": Trouble(nothing, LOAD, 2, ("annuaire.jsonl", "ne peut pas être lu")),
    "a sheet of an entry nobody knows": Trouble(
        nothing, ("sheet", "nulle-part", "-o", "{home}.pdf"), 2, ("«nulle-part»",)
    ),
    "a sheet into a folder that is not there": Trouble(
        nothing, ("sheet", "point-info-servette", "-o", "{home}-absent/fiche.pdf"), 2, ("-absent/fiche.pdf",)
    ),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a counter in order, with an inquiry noted."""
    home = tmp_path_factory.mktemp("sound") / "home"
    desk = open_desk(home)
    desk.inquiries.add(Note(people=2))
    desk.close()
    return home


@pytest.fixture
def home(sound: Path, tmp_path: Path) -> Path:
    """A copy of it, for something to happen to."""
    return shutil.copytree(sound, tmp_path / "home")


def files(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def asked(trouble: Trouble, home: Path) -> list[str]:
    return [part.format(home=home) for part in trouble.asked]


def program(home: Path, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "POINTINFO_HOME": str(home), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "pointinfo", *arguments]
    return subprocess.run(
        command, capture_output=True, env=environment, check=False, timeout=60, encoding="utf-8", **more
    )


def check_calm(code: int, printed: str, complaint: str, trouble: Trouble) -> None:
    """One line, whole sentences, what it names, and nothing else."""
    assert code == trouble.code
    assert printed == ""
    assert complaint.count("\n") == 1
    assert complaint.endswith(".\n")
    assert complaint[0].isupper()
    assert "Traceback" not in complaint
    assert all(part in complaint for part in trouble.said), complaint


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
def test_trouble_is_one_calm_sentence_and_no_data_is_touched(
    trouble: Trouble, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    trouble.happens(home)
    before = files(home)
    monkeypatch.setenv("POINTINFO_HOME", str(home))
    code = cli.main(asked(trouble, home))
    check_calm(code, *capsys.readouterr(), trouble)
    assert files(home) == before


WHOLE_PROGRAM = ("a database of noise", "a home below a file", "a theme nobody knows", "a line with an unknown code")


@pytest.mark.parametrize("name", WHOLE_PROGRAM)
def test_the_program_itself_says_it_as_calmly(name: str, home: Path) -> None:
    trouble = TROUBLES[name]
    trouble.happens(home)
    before = files(home)
    done = program(home, *asked(trouble, home))
    check_calm(done.returncode, done.stdout, done.stderr, trouble)
    assert files(home) == before


def no_growth() -> None:
    """A disk that is full: the system lets no file grow beyond 900 kB."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, resource.RLIM_INFINITY))


def test_a_full_disk_at_the_first_start_is_said_and_the_next_start_goes_well(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = program(home, *SEARCH, preexec_fn=no_growth)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.count("\n") == 1
    assert "est sauf" in done.stderr
    done = program(home, *SEARCH)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_full_disk_while_loading_keeps_what_was_there(home: Path) -> None:
    lines = [json.dumps(LINE | {"id": f"e{number}", "description_fr": "x" * 900}) for number in range(3000)]
    (home / "annuaire.jsonl").write_text("\n".join(lines))
    done = program(home, "load", str(home / "annuaire.jsonl"), preexec_fn=no_growth)
    assert done.returncode == 4
    assert done.stderr.count("\n") == 1
    desk = open_desk(home)
    try:
        assert desk.directory.count() == 191
        assert desk.directory.unindexed() == 0
        assert desk.inquiries.broken_links() == []
        assert desk.database.problems() == []
    finally:
        desk.close()
