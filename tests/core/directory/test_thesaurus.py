"""The thesaurus: files that are sound, phrases that are found however they are said."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pointinfo import paths
from pointinfo.directory import speech, thesaurus
from pointinfo.directory.question import understand
from pointinfo.directory.thesaurus import Thesaurus

FILES = sorted((paths.resources() / "thesaurus").glob("*.json"))
TOPICS = {
    term["code"] for term in json.loads((paths.resources() / "vocabulary" / "topics.json").read_text("utf-8"))["terms"]
}


def topics(text: str) -> list[str]:
    """The topics a finished query speaks of, most certain first."""
    asked = understand(text)
    return [
        meaning.topic
        for meaning in thesaurus.shipped().meanings(asked.words, asked.languages, typed=asked.typed.split())
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_is_of_its_language_and_knows_only_topics_of_the_desk(file: Path) -> None:
    read = speech.files()[file.stem]
    assert read.language == file.stem
    assert set(read.topics) <= TOPICS
    assert all(text == text.strip() and text for texts in read.topics.values() for text in texts)


def test_the_thesaurus_has_the_languages_of_the_desk() -> None:
    wanted = {"fr", "en", "de", "it", "es", "pt", "sq", "ar", "uk", "ru", "tr", "fa", "ti", "so", "ta", "zh", "bcs"}
    assert set(speech.files()) == wanted
    assert set(speech.files()["fr"].topics) == TOPICS


def test_no_language_is_called_reviewed_that_no_speaker_has_read() -> None:
    assert not any(file.reviewed for file in speech.files().values())


def _single_phrases() -> Iterator[tuple[str, str, str]]:
    for language, file in speech.files().items():
        for topic, texts in file.topics.items():
            yield language, topic, texts[0]


@pytest.mark.parametrize(("language", "topic", "text"), list(_single_phrases()))
def test_the_first_phrase_of_each_topic_means_its_topic(language: str, topic: str, text: str) -> None:
    asked = understand(text)
    languages = asked.languages | {language}
    found = thesaurus.shipped().meanings(asked.words, languages, typed=asked.typed.split())
    assert topic in [meaning.topic for meaning in found if meaning.share == 1.0]


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("mes factures, je ne peux plus les payer", "dettes"),
        ("inscrire ma petite à la crèche", "creche"),
        ("des habits chauds et pas chers", "vetements"),
        ("ma voisine est toute seule", "isolement"),
    ],
)
def test_a_phrase_is_found_in_any_order_and_ending(said: str, topic: str) -> None:
    assert topic in topics(said)[:3]


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("il boit et je perds courage", "addictions"),
        ("mon fils dort dans sa voiture", "hebergement-urgence"),
        ("elle perd la mémoire", "alzheimer"),
        ("on m’a battue", "violences-domestiques"),
        ("j’attends un enfant", "grossesse"),
    ],
)
def test_verbs_are_found_in_all_their_forms(said: str, topic: str) -> None:
    assert topic in topics(said)


@pytest.mark.parametrize("relative", ["fille", "gamin", "gosse", "fiston"])
def test_a_general_word_stands_for_particular_ones_within_a_phrase_only(relative: str) -> None:
    own = Thesaurus([("garde", "", "garder mon enfant"), ("enfance", "", "enfant")])
    found = own.meanings(("garder", relative), frozenset({"fr"}))
    assert [(meaning.topic, meaning.share) for meaning in found] == [("garde", 1.0)]
    assert own.meanings((relative,), frozenset({"fr"})) == []


def test_a_small_word_turns_a_phrase_where_it_stands_by_its_word() -> None:
    own = Thesaurus([("psychique", "", "ne mange plus"), ("alcool", "", "boire trop")])

    def sure(said: str) -> list[str]:
        asked = understand(said)
        found = own.meanings(asked.words, asked.languages, typed=asked.typed.split())
        return [meaning.topic for meaning in found if meaning.share == 1.0]

    assert sure("elle ne mange plus") == sure("jamais elle ne mange") == ["psychique"]
    assert sure("où manger pour pas cher") == sure("manger") == []
    assert sure("je bois trop") == sure("il boit beaucoup") == ["alcool"]


def test_of_a_phrase_said_at_a_distance_the_distance_is_known() -> None:
    own = Thesaurus([("urgence", "", "bébé fièvre nuit")])
    near, far = (
        own.meanings(tuple(said.split()), frozenset({"fr"}))[0]
        for said in ("bebe fievre nuit", "nuit x y bebe z fievre")
    )
    assert (near.share, near.spread) == (1.0, 0)
    assert (far.share, far.spread) == (1.0, 3)


def test_words_that_entries_have_may_be_meant_instead_of_a_topic() -> None:
    own = Thesaurus((), [("naturalisation", "fr", "devenir suisse")])
    [meaning] = own.meanings(("devenir", "suisse"), frozenset({"fr"}))
    assert (meaning.topic, meaning.written, meaning.share) == ("naturalisation", True, 1.0)


def test_a_word_of_the_same_stem_in_another_sense_is_a_guess() -> None:
    own = Thesaurus([("electricite", "", "courant")])
    assert all(meaning.share < 1.0 for meaning in own.meanings(("cours",), frozenset({"fr"})))


def test_what_lacks_a_word_of_a_longer_phrase_is_a_guess() -> None:
    own = Thesaurus([("velo", "", "atelier de réparation de vélos")])
    whole = own.meanings(("reparation", "velos", "atelier"), frozenset({"fr"}))
    part = own.meanings(("reparation", "velos"), frozenset({"fr"}))
    assert whole[0].share == 1.0
    assert 0 < part[0].share < 1.0
    assert own.meanings(("atelier",), frozenset({"fr"})) == []


def test_a_phrase_of_a_language_that_is_not_spoken_means_nothing() -> None:
    own = Thesaurus([("vetements", "es", "ropa")])
    assert own.meanings(("ropa",), frozenset({"fr"})) == []
    assert own.meanings(("ropa",), frozenset({"fr", "es"}))[0].topic == "vetements"


def test_an_unfinished_word_already_means_what_it_begins() -> None:
    assert "vetements" in [
        meaning.topic for meaning in thesaurus.shipped().meanings(("vetem",), frozenset({"fr"}), unfinished=True)
    ]
