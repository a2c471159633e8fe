"""Files written whole, and the system's reasons in the reader's words."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pointinfo import files, i18n, reasons

WORDS = i18n.words("fr")


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "fiche.pdf"
    for content in (b"first", b"second"):
        files.write_whole(target, content)
        assert target.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["fiche.pdf"]


def test_what_cannot_be_written_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    """A quota, as the system itself enforces it."""
    target = tmp_path / "fiche.pdf"
    target.write_bytes(b"before")
    script = f"""
import resource, signal
from pathlib import Path
from pointinfo import files
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, resource.RLIM_INFINITY))
try:
    files.write_whole(Path({str(target)!r}), b"x" * 100_000)
except OSError as error:
    print(error.errno)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == f"{errno.EFBIG}\n"
    assert target.read_bytes() == b"before"
    assert [file.name for file in tmp_path.iterdir()] == ["fiche.pdf"]


def test_a_folder_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "fiche.pdf").mkdir()
    with pytest.raises(IsADirectoryError) as raised:
        files.write_whole(tmp_path / "fiche.pdf", b"new")
    assert reasons.of_system(raised.value, WORDS) == "un dossier porte déjà ce nom"
    assert [file.name for file in tmp_path.iterdir()] == ["fiche.pdf"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "le disque est plein"),
        (errno.EACCES, "l’accès n’est pas permis"),
        (errno.EROFS, "le disque ne peut être que lu"),
        (errno.ENOENT, "le dossier ou le fichier n’existe pas"),
        (errno.EBUSY, "un autre programme l’occupe"),
        (errno.EHOSTUNREACH, "le réseau ne répond pas"),
    ],
)
def test_what_the_system_says_in_english_is_said_in_french(number: int, said: str) -> None:
    assert reasons.of_system(OSError(number, os.strerror(number)), WORDS) == said


def test_a_command_that_does_not_answer_is_not_quoted() -> None:
    assert reasons.of_system(subprocess.TimeoutExpired(["lp", "-t", "Vos informations"], 20), WORDS) == "pas de réponse"


def test_a_reason_nobody_foresaw_is_told_as_it_came() -> None:
    assert reasons.of_system(OSError(errno.ECHILD, "No child processes"), WORDS) == "No child processes"
