"""The call is put together from the entry's own facts; what is not known is asked, what is internal never said."""

import pytest

from pointinfo.config import Settings
from pointinfo.database.schema import Contact, Wording
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord, phone_script
from pointinfo.directory.phone_script import Script

FULL = EntryRecord(
    uid="bipe",
    kind="service",
    name="BIPE",
    wordings={"fr": Wording(summary="Inscription en crèche.", fee="gratuit", eligibility="parents de Genève")},
    street="Rue du Cendrier 8",
    postcode="1201",
    city="Genève",
    contacts=(Contact("phone", "022 418 81 81"), Contact("web", "https://www.example.org")),
    hours="Mo-Fr 08:30-12:00",
    terms={"language": ("fr",)},
    internal_note="zxsecretzx",
    internal_street="zxsecretzx",
    internal_contacts=(Contact("phone", "zxsecretzx"),),
)


def call(desk: Desk, record: EntryRecord, author: str = "") -> Script:
    desk.directory.load([record])
    entry = desk.directory.entry(record.uid, internal=True)
    settings = Settings(counter_name="Point info Servette")
    return phone_script.script(entry, author, settings, desk.words, desk.directory.calendar)


def test_the_call_says_who_calls_and_why(own: Desk) -> None:
    assert call(own, FULL, "Odile").opening.startswith("Bonjour, Odile, du Point info Servette. Nous renseignons")
    assert call(own, FULL).opening.startswith("Bonjour, ici Point info Servette.")


def test_each_fact_is_asked_with_what_the_entry_says(own: Desk) -> None:
    asked = {question.text: question.facts for question in call(own, FULL).questions}
    assert asked["Vos horaires sont-ils toujours ceux-ci ?"] == ("lu–ve 8:30–12:00",)
    assert asked["Est-ce toujours à cette adresse ?"] == ("Rue du Cendrier 8, 1201 Genève",)
    assert asked["Le prix est-il toujours celui-ci ?"] == ("gratuit",)
    assert asked["Est-ce toujours pour ces personnes ?"] == ("parents de Genève",)
    assert list(asked)[-1] == "Y a-t-il autre chose que le public devrait savoir ?"


def test_what_is_not_known_is_asked(own: Desk) -> None:
    texts = [question.text for question in call(own, EntryRecord(uid="un", kind="service", name="Un")).questions]
    for missing in ("Quels sont vos horaires ?", "Combien cela coûte-t-il ?", "Où faut-il se rendre ?"):
        assert missing in texts
    place = [question.text for question in call(own, EntryRecord(uid="deux", kind="place", name="Salle")).questions]
    assert "Combien cela coûte-t-il ?" not in place


@pytest.mark.parametrize("author", ["", "Odile"])
def test_nothing_internal_is_said_on_the_phone(own: Desk, author: str) -> None:
    assert "zxsecretzx" not in repr(call(own, FULL, author))
