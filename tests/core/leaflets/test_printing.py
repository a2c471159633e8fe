"""Handing a sheet to the printing system, and showing its pages."""

import os
from pathlib import Path

import pytest

from pointinfo import i18n
from pointinfo.desk import Desk
from pointinfo.errors import PrintingError
from pointinfo.leaflets import printing
from pointinfo.leaflets.pages import pictures
from pointinfo.leaflets.printing import Job

WORDS = i18n.words("fr")


def command(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An `lp` of our own, alone on the path but for the shell's."""
    lp = folder / "lp"
    lp.write_text(f"#!/bin/sh\n{script}\n")
    lp.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_the_printer_gets_every_byte_and_the_title(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command(tmp_path, f'cat > "{tmp_path}/pdf"; printf "%s|" "$@" > "{tmp_path}/said"', monkeypatch)
    pdf = b"%PDF-1.7\n" + bytes(range(256)) * 1000
    printing.send(pdf, "Vos informations", Job("guichet 2", copies=3, two_sided=True, paper="A5"), WORDS)
    assert (tmp_path / "pdf").read_bytes() == pdf
    how = "-n|3|-o|sides=two-sided-long-edge|-o|media=A5"
    assert (tmp_path / "said").read_text() == f"-t|Vos informations|-d|guichet 2|{how}|-|"
    printing.send(pdf, "Vos informations", Job(), WORDS)
    assert (tmp_path / "said").read_text() == "-t|Vos informations|-n|1|-o|sides=one-sided|-o|media=A4|-|"
    assert printing.has_lp()


@pytest.mark.parametrize(
    ("complaint", "said"),
    [
        ("lp: Error - no default destination available.", "(aucune imprimante n’est choisie)"),
        ("lp: The printer or class does not exist.", "(cette imprimante n’existe pas)"),
        ("lp: Connection refused", "(le service d’impression ne répond pas)"),
        ("lp: Erreur - plus de papier", "(Erreur - plus de papier)"),
    ],
)
def test_a_printer_that_refuses_is_said_calmly(
    complaint: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command(tmp_path, f'echo "{complaint}" >&2; exit 1', monkeypatch)
    with pytest.raises(PrintingError, match="n’a pas pris la fiche") as raised:
        printing.send(b"%PDF" + b"x" * 1_000_000, "Vos informations", Job(), WORDS)
    assert said in str(raised.value)
    assert "Elle reste prête" in str(raised.value)
    assert raised.value.exit_code == 6


def test_a_machine_without_a_printing_system_is_said_calmly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not printing.has_lp()
    with pytest.raises(PrintingError, match="n’a pas pris la fiche"):
        printing.send(b"%PDF", "Vos informations", Job(), WORDS)


def test_a_page_is_shown_as_it_prints_and_says_what_it_says(desk: Desk) -> None:
    pages = pictures(desk.leaflets.visit_sheet(["points-info-ligne-gratuite"]).pdf, 36)
    assert len(pages) == 1
    [page] = pages
    assert (page.width, page.height) == (298, 421)  # A4 at 36 dots per inch
    assert len(page.pixels) == page.width * page.height * 3
    assert page.pixels[:3] == b"\xff\xff\xff"
    assert "Points info (ligne gratuite)" in page.text
