"""The thesaurus: files that are sound, phrases that are found however they are said."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pointinfo import paths
from pointinfo.directory import thesaurus
from pointinfo.directory.question import understand
from pointinfo.directory.thesaurus import Thesaurus

FILES = sorted((paths.resources() / "thesaurus").glob("*.json"))
TOPICS = {
    term["code"] for term in json.loads((paths.resources() / "vocabulary" / "topics.json").read_text("utf-8"))["terms"]
}


def topics(text: str) -> list[str]:
    """The topics a finished query speaks of, most certain first."""
    asked = understand(text)
    return [meaning.topic for meaning in thesaurus.shipped().meanings(asked.words, asked.languages)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_is_of_its_language_and_knows_only_topics_of_the_desk(file: Path) -> None:
    read = thesaurus.files()[file.stem]
    assert read.language == file.stem
    assert set(read.topics) <= TOPICS
    assert all(text == text.strip() and text for texts in read.topics.values() for text in texts)


def test_the_thesaurus_has_the_languages_of_the_desk() -> None:
    wanted = {"fr", "en", "de", "it", "es", "pt", "sq", "ar", "uk", "ru", "tr", "fa", "ti", "so", "ta", "zh", "bcs"}
    assert set(thesaurus.files()) == wanted
    assert set(thesaurus.files()["fr"].topics) == TOPICS


def test_no_language_is_called_reviewed_that_no_speaker_has_read() -> None:
    assert not any(file.reviewed for file in thesaurus.files().values())


def _single_phrases() -> Iterator[tuple[str, str, str]]:
    for language, file in thesaurus.files().items():
        for topic, texts in file.topics.items():
            yield language, topic, texts[0]


@pytest.mark.parametrize(("language", "topic", "text"), list(_single_phrases()))
def test_the_first_phrase_of_each_topic_means_its_topic(language: str, topic: str, text: str) -> None:
    asked = understand(text)
    found = thesaurus.shipped().meanings(asked.words, asked.languages | {language})
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
