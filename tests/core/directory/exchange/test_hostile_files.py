"""A few seconds of the fuzzing in `tests.fuzz`, and what it found once."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.__main__ import main
from tests.fuzz.mutations import mutated
from tests.fuzz.targets import TARGETS, Bench, Target


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    """A counter that all files are looked through on."""
    with Bench() as made:
        yield made


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_sound_files_end_with_a_report(bench: Bench, target: Target) -> None:
    assert [bench.try_bytes(target, seed) for seed in target.seeds()] == ["report"] * len(target.seeds())


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_mutated_files_end_with_a_report_or_a_sentence(bench: Bench, target: Target, seed: int) -> None:
    assert bench.try_bytes(target, mutated(random.Random(seed), target.seeds())) in ("report", "sentence")


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
@settings(max_examples=25, deadline=None)
@given(data=st.binary(max_size=2_000))
def test_any_bytes_end_with_a_report_or_a_sentence(bench: Bench, target: Target, data: bytes) -> None:
    assert bench.try_bytes(target, data) in ("report", "sentence")


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_is_a_table_or_a_sentence(bench: Bench, text: str) -> None:
    data = f"nom;téléphone;horaire\n{text}".encode("utf-8", "surrogatepass")
    assert bench.try_bytes(TARGETS[0], data) in ("report", "sentence")


def test_the_long_run_counts_how_files_ended(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["30", "--seed", "3"]) == 0
    assert "30 files in" in capsys.readouterr().out


def test_a_long_cell_of_brackets_takes_no_time(bench: Bench, tmp_path: Path) -> None:
    cells = (" (" * 16_000, " {" * 16_000, "a." * 16_000, "1" * 32_000, "lundi " * 5_000, "-" * 32_000, "@" * 32_000)
    names = "nom;téléphone;courriel;site;horaire;adresse complète;public"
    rows = "\n".join(";".join(["x", *cells[n:], *cells[:n]][:7]) for n in range(len(cells)))
    assert bench.try_bytes(TARGETS[0], f"{names}\n{rows}\n".encode()) == "report"
