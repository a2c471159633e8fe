"""The past of an entry: history, undo, proposals, closing, merging; two people at the same entry lose nothing."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from pointinfo import i18n
from pointinfo.database import Database
from pointinfo.database.schema import Contact, Wording
from pointinfo.directory import Calendar, ConflictError, Directory, Drafts, EntryRecord, Query, Revisions
from pointinfo.directory.record import FieldChange, Link, changes, flat, merge, whole
from pointinfo.errors import InputError
from tests.conftest import Clock


def record(uid: str = "un", **more: object) -> EntryRecord:
    return msgspec.structs.replace(EntryRecord(uid=uid, kind="service", name=f"Accueil {uid}"), **more)


FULL = record(
    wordings={"fr": Wording(summary="Accueil", fee="gratuit"), "en": Wording(summary="Drop-in")},
    contacts=(Contact("phone", "022 418 00 00"),),
    terms={"audience": ("enfance",), "topic": ("creche",)},
    hours="Mo 08:00-12:00",
    age_to=4,
    important=True,
)


class Counter:
    """A directory and its revisions."""

    def __init__(self, database: Database, clock: Clock) -> None:
        words = i18n.words("fr")
        self.directory = Directory(database, clock, "here", words, Calendar())
        self.revisions = Revisions(database, clock, "here", words)
        self.drafts = Drafts(database, clock, "here")


@pytest.fixture
def counter(tmp_path: Path, clock: Clock) -> Iterator[Counter]:
    """An empty directory and its history."""
    database = Database(tmp_path / "pointinfo.sqlite", i18n.words("fr"))
    yield Counter(database, clock)
    database.close()


def test_a_record_is_the_sum_of_its_fields() -> None:
    assert whole(flat(FULL)) == FULL
    assert flat(FULL)["wordings/en/summary"] == "Drop-in"
    assert whole(flat(record())) == record()


def test_changes_are_told_field_by_field_in_the_order_of_the_card() -> None:
    after = msgspec.structs.replace(
        FULL, name="Maison", wordings={"fr": Wording(summary="Accueil", fee="5 francs")}, terms={"topic": ("creche",)}
    )
    assert changes(FULL, after) == [
        FieldChange("name", "Accueil un", "Maison"),
        FieldChange("wordings/en/summary", "Drop-in", None),
        FieldChange("wordings/fr/fee", "gratuit", "5 francs"),
        FieldChange("terms/audience", ("enfance",), None),
    ]
    assert changes(FULL, FULL) == []


def test_what_only_one_side_changed_is_taken() -> None:
    theirs = msgspec.structs.replace(FULL, stop="Servette")
    ours = msgspec.structs.replace(FULL, hours="Tu 08:00-12:00", age_to=None)
    merged = merge(FULL, theirs, ours)
    assert merged.conflicts == ()
    assert (merged.record.stop, merged.record.hours, merged.record.age_to) == ("Servette", "Tu 08:00-12:00", None)


def test_a_number_and_an_address_are_two_changes_though_they_stand_in_one_field() -> None:
    phone, mail, web = Contact("phone", "022 418 00 00"), Contact("email", "a@b.ch"), Contact("web", "https://b.ch")
    base = record(contacts=(phone, mail))
    theirs = record(contacts=(Contact("phone", "022 418 00 01"), mail))
    ours = record(contacts=(phone, Contact("email", "b@b.ch"), web))
    merged = merge(base, theirs, ours)
    assert merged.conflicts == ()
    assert merged.record.contacts == (theirs.contacts[0], *ours.contacts[1:])
    gone = merge(base, theirs, record(contacts=(phone,)))
    assert (gone.conflicts, gone.record.contacts) == ((), (theirs.contacts[0],))
    both = merge(base, theirs, record(contacts=(Contact("phone", "022 418 00 02"), web)))
    assert [each.field for each in both.conflicts] == ["contacts"]


def test_the_history_is_in_the_order_it_happened_even_within_a_second(counter: Counter) -> None:
    for number in range(12):
        counter.revisions.save(record(stop=f"{number}"), "Odile")
    history = counter.revisions.history("un")
    assert [change.record.stop for change in history] == [f"{number}" for number in range(12)]
    assert [change.action for change in history] == ["create"] + ["edit"] * 11
    assert history[-1].id == counter.directory.entry("un").head
    assert [change.parents for change in history[1:]] == [(change.id,) for change in history[:-1]]


def test_two_editors_at_one_entry_lose_nothing(counter: Counter) -> None:
    base = counter.revisions.save(FULL, "Odile")
    counter.revisions.save(msgspec.structs.replace(FULL, stop="Servette"), "Odile", base=base)
    counter.revisions.save(msgspec.structs.replace(FULL, street="Rue Hoffmann 8"), "Nadia", base=base)
    present = counter.revisions.present("un").record
    assert (present.stop, present.street) == ("Servette", "Rue Hoffmann 8")


def test_a_field_that_both_changed_is_asked_about_and_nothing_is_saved(counter: Counter) -> None:
    base = counter.revisions.save(FULL, "Odile")
    theirs = counter.revisions.save(msgspec.structs.replace(FULL, stop="Servette"), "Odile", base=base)
    ours = msgspec.structs.replace(FULL, stop="Poterie", street="Rue Hoffmann 8")
    with pytest.raises(ConflictError, match=r"a été modifiée entre-temps. Rien n’a été enregistré") as met:
        counter.revisions.save(ours, "Nadia", base=base)
    assert met.value.fields == (FieldChange("stop", "Servette", "Poterie"),)
    assert met.value.head == theirs
    assert counter.revisions.present("un").id == theirs
    counter.revisions.save(met.value.merged, "Nadia", base=met.value.head)
    assert counter.revisions.present("un").record.stop == "Poterie"


def test_an_earlier_state_can_be_restored_and_the_last_change_undone(counter: Counter) -> None:
    first = counter.revisions.save(FULL, "Odile")
    counter.revisions.save(msgspec.structs.replace(FULL, stop="Servette"), "Odile")
    counter.revisions.save(msgspec.structs.replace(FULL, stop="Poterie"), "Odile")
    counter.revisions.undo("un", "Nadia")
    assert counter.revisions.present("un").record.stop == "Servette"
    counter.revisions.restore(first, "Nadia")
    assert counter.revisions.present("un").record == FULL
    assert [change.action for change in counter.revisions.history("un")] == [
        "create",
        "edit",
        "edit",
        "restore",
        "restore",
    ]


def test_the_first_state_of_an_entry_cannot_be_undone(counter: Counter) -> None:
    counter.revisions.save(FULL, "Odile")
    with pytest.raises(InputError, match="n’a pas d’état antérieur"):
        counter.revisions.undo("un", "Odile")


def test_a_closed_entry_says_why_and_leads_to_its_successor(counter: Counter) -> None:
    counter.directory.load([FULL, record("deux")])
    counter.revisions.close("un", "Association dissoute", "Odile", successor="deux")
    closed = counter.directory.entry("un")
    assert (closed.status, closed.status_reason, closed.replaced_by) == ("closed", "Association dissoute", "deux")
    found = counter.directory.rows([hit.id for hit in counter.directory.search(Query("accueil")).hits])
    assert [row.uid for row in found] == ["deux"]
    counter.revisions.reopen("un", "Odile")
    assert counter.revisions.present("un").record == FULL
    with pytest.raises(InputError, match="«nix»"):
        counter.revisions.close("un", "…", "Odile", successor="nix")


def test_two_entries_become_one_with_both_pasts(counter: Counter) -> None:
    counter.directory.load(
        [FULL, record("double", stop="Servette"), record("bon", links=(Link("see_first", "double"),))]
    )
    double = counter.revisions.present("double").id
    one = counter.revisions.present("un").id
    counter.revisions.merge(msgspec.structs.replace(FULL, stop="Servette"), "double", "Odile")
    last = counter.revisions.history("un")[-1]
    assert (last.action, last.parents, last.record.stop) == ("merge", (one, double), "Servette")
    gone = counter.directory.entry("double")
    assert (gone.status, gone.replaced_by) == ("closed", "un")
    assert [link.target.uid for link in counter.directory.entry("bon").links] == ["un"]
    assert [change.action for change in counter.revisions.history("double")] == ["import", "merge"]


def test_an_age_of_nought_is_an_age() -> None:
    baby = record(age_from=0.0, age_to=4.0)
    assert whole(flat(baby)) == baby
    assert changes(record(), record(age_from=0.0)) == [FieldChange("age_from", None, 0.0)]


def test_an_entry_is_not_merged_with_itself(counter: Counter) -> None:
    counter.directory.load([FULL])
    with pytest.raises(InputError, match="avec elle-même"):
        counter.revisions.merge(FULL, "un", "Odile")


def test_a_proposal_waits_and_changes_nothing(counter: Counter) -> None:
    base = counter.revisions.save(FULL, "Odile")
    wish = msgspec.structs.replace(FULL, stop="Servette", age_to=5)
    proposal = counter.revisions.propose(wish, "Sami", base=base, comment="vu sur place")
    assert counter.revisions.present("un").record == FULL
    [waiting] = counter.revisions.proposals()
    assert (waiting.id, waiting.author, waiting.comment) == (proposal, "Sami", "vu sur place")
    assert counter.revisions.proposed(proposal) == [
        FieldChange("stop", None, "Servette"),
        FieldChange("age_to", 4, 5),
    ]
    assert [change.action for change in counter.revisions.history("un")] == ["create"]


def test_a_proposal_is_accepted_in_part(counter: Counter) -> None:
    base = counter.revisions.save(FULL, "Odile")
    wish = msgspec.structs.replace(FULL, stop="Servette", age_to=5)
    proposal = counter.revisions.propose(wish, "Sami", base=base)
    counter.revisions.accept(proposal, msgspec.structs.replace(FULL, stop="Servette"), "Odile")
    assert counter.revisions.proposals() == []
    last = counter.revisions.history("un")[-1]
    assert (last.action, last.parents, last.record.age_to) == ("accept", (base, proposal), 4)
    assert (last.author, last.comment) == ("Odile", "proposée par Sami")
    with pytest.raises(InputError, match="déjà été traitée"):
        counter.revisions.refuse(proposal, "Odile")


def test_a_refused_proposal_leaves_the_entry_and_its_reason(counter: Counter) -> None:
    base = counter.revisions.save(FULL, "Odile")
    proposal = counter.revisions.propose(msgspec.structs.replace(FULL, stop="X"), "Sami", base=base)
    counter.revisions.refuse(proposal, "Odile", "arrêt supprimé")
    assert counter.revisions.proposals() == []
    assert counter.revisions.present("un").record == FULL
    assert counter.revisions.history("un")[-1].comment == "arrêt supprimé"


def test_a_new_entry_can_be_proposed_accepted_or_refused(counter: Counter) -> None:
    wanted = counter.revisions.propose(record("neuf"), "Sami", base="")
    refused = counter.revisions.propose(record("autre"), "Sami", base="")
    assert counter.directory.count() == 0
    assert FieldChange("name", None, "Accueil neuf") in counter.revisions.proposed(wanted)
    counter.revisions.accept(wanted, record("neuf"), "Odile")
    counter.revisions.refuse(refused, "Odile")
    assert counter.directory.count() == 1
    assert counter.revisions.proposals() == []


def test_a_proposal_keeps_what_others_changed_meanwhile(counter: Counter) -> None:
    base = counter.revisions.save(FULL, "Odile")
    proposal = counter.revisions.propose(msgspec.structs.replace(FULL, stop="Servette"), "Sami", base=base)
    counter.revisions.save(msgspec.structs.replace(FULL, hours="Tu 08:00-12:00"), "Odile")
    assert counter.revisions.proposed(proposal) == [FieldChange("stop", None, "Servette")]


def test_a_draft_outlives_the_program_and_goes_when_saved(counter: Counter, tmp_path: Path, clock: Clock) -> None:
    base = counter.revisions.save(FULL, "Odile")
    typed = msgspec.structs.replace(FULL, stop="Serv")
    counter.drafts.keep(typed, base, "Odile")
    database = Database(tmp_path / "pointinfo.sqlite", i18n.words("fr"))  # the next start
    try:
        found = Drafts(database, clock, "here").of("un")
        assert found is not None
        assert (found.record, found.parents, found.author) == (typed, (base,), "Odile")
    finally:
        database.close()
    assert counter.revisions.present("un").record == FULL
    counter.revisions.save(typed, "Odile", base=base)
    assert counter.drafts.all() == []
    counter.drafts.keep(typed, base, "Odile")
    counter.drafts.drop("un")
    assert counter.drafts.of("un") is None


def test_what_somebody_else_saves_leaves_a_draft_alone(counter: Counter) -> None:
    base = counter.revisions.save(FULL, "Odile")
    counter.drafts.keep(msgspec.structs.replace(FULL, stop="Serv"), base, "Odile")
    counter.revisions.save(msgspec.structs.replace(FULL, street="Rue Hoffmann 8"), "Nadia", base=base)
    found = counter.drafts.of("un")
    assert found is not None
    assert (found.record.stop, found.parents) == ("Serv", (base,))
