"""Many entries changed by one act: found, shown before, all or nothing, taken back as one."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pointinfo import i18n
from pointinfo.database import Database
from pointinfo.database.schema import Contact, Name, Wording
from pointinfo.directory import Bulk, Calendar, Directory, EntryRecord, Query, Revisions
from pointinfo.directory.bulk import Selection, StoppedError
from pointinfo.directory.bulk_edits import CheckOn, Edit, Replace, Retag, SetStatus
from pointinfo.directory.keeping import CHUNK
from pointinfo.directory.record import FieldChange
from pointinfo.errors import InputError
from tests.conftest import Clock


def record(uid: str, **more: Any) -> EntryRecord:
    return msgspec.structs.replace(EntryRecord(uid=uid, kind="service", name=f"Accueil {uid}"), **more)


class Counter:
    """A directory of three entries."""

    def __init__(self, database: Database, clock: Clock) -> None:
        words = i18n.words("fr")
        self.directory = Directory(database, clock, "here", words, Calendar())
        self.revisions = Revisions(database, clock, "here", words)
        self.bulk = Bulk(database, clock, "here", words)
        self.directory.load(
            [
                record(
                    "un",
                    wordings={"fr": Wording(summary="Cours de l’Hospice général"), "en": Wording(summary="Courses")},
                    contacts=(Contact("phone", "022 420 52 00", "Hospice général"),),
                    terms={"audience": ("enfance", "jeunesse"), "topic": ("creche",)},
                ),
                record(
                    "deux",
                    names=(Name("Hospice général de Carouge"), Name("Hospice général", "former")),
                    street="Cours de Rive 12",
                    terms={"audience": ("jeunesse", "aines")},
                ),
                record("trois", kind="place", terms={"audience": ("population",)}),
            ]
        )

    def ids(self, *uids: str) -> list[int]:
        return self.bulk.select(Selection(uids=uids or ("un", "deux", "trois"), closed=True))

    def present(self, uid: str) -> EntryRecord:
        return self.revisions.present(uid).record

    def apply(self, edit: Edit, ids: Sequence[int] | None = None) -> Any:
        return self.bulk.apply(self.ids() if ids is None else ids, edit, "Odile", comment="En lot")


@pytest.fixture
def counter(tmp_path: Path, clock: Clock) -> Iterator[Counter]:
    """Three entries and everything that changes them."""
    database = Database(tmp_path / "pointinfo.sqlite", i18n.words("fr"))
    yield Counter(database, clock)
    database.close()


def test_entries_are_chosen_by_words_kind_terms_or_one_by_one(counter: Counter) -> None:
    select = counter.bulk.select
    assert select(Selection(text="hospice carouge")) == counter.ids("deux")
    assert select(Selection(text="hospice")) == counter.ids("un", "deux")
    assert select(Selection(kind="place")) == counter.ids("trois")
    assert select(Selection(terms=(("audience", "jeunesse"),))) == counter.ids("un", "deux")
    assert select(Selection(terms=(("audience", "jeunesse"), ("topic", "creche")))) == counter.ids("un")
    assert select(Selection(uids=("trois", "nowhere"))) == counter.ids("trois")
    assert select(Selection(text="?!")) == []


def test_all_entries_are_never_meant_by_saying_nothing(counter: Counter) -> None:
    with pytest.raises(InputError, match="Choisissez d’abord"):
        counter.bulk.select(Selection(closed=True, text="  "))


def test_closed_entries_are_chosen_only_where_asked_for(counter: Counter) -> None:
    counter.revisions.close("deux", "déménagé", "Odile")
    hospice = Selection(text="hospice")
    assert len(counter.bulk.select(hospice)) == 1
    assert len(counter.bulk.select(hospice._replace(closed=True))) == 2


def test_a_search_for_many_entries_finds_them_all_not_the_best_hundred(counter: Counter) -> None:
    counter.directory.load([record(f"n{number}", stop="Bel-Air") for number in range(250)])
    assert len(counter.bulk.select(Selection(text="bel air"))) == 250


def test_each_change_is_shown_before_it_is_made(counter: Counter) -> None:
    edit = Replace(("wordings/summary", "contacts", "names", "street"), "Hospice général", "Hospice")
    preview = counter.bulk.preview(counter.ids(), edit)
    assert (len(preview.ids), preview.looked_at) == (2, 3)
    lines = {line.uid: line.changes for line in counter.bulk.lines(preview.ids, edit)}
    assert lines["un"] == (
        FieldChange("wordings/fr/summary", "Cours de l’Hospice général", "Cours de l’Hospice"),
        FieldChange(
            "contacts",
            (Contact("phone", "022 420 52 00", "Hospice général"),),
            (Contact("phone", "022 420 52 00", "Hospice"),),
        ),
    )
    assert [name.text for name in lines["deux"][0].after] == ["Hospice de Carouge", "Hospice"]
    assert counter.revisions.history("un")[-1].action == "import", "looking changes nothing"


def test_only_the_chosen_fields_change_and_only_whole_words_where_asked(counter: Counter) -> None:
    counter.apply(Replace(("wordings/summary",), "Cours", "Leçons", whole_words=True))
    assert counter.present("un").wordings["fr"].summary == "Leçons de l’Hospice général"
    assert counter.present("un").wordings["en"].summary == "Courses"
    assert counter.present("deux").street == "Cours de Rive 12"
    counter.apply(Replace(("wordings/summary",), "Cours", "Leçon"))
    assert counter.present("un").wordings["en"].summary == "Leçones"


@pytest.mark.parametrize(("find", "changed"), [("général", 2), ("general", 0), ("Général", 0), ("généra\u0301l", 0)])
def test_capitals_and_accents_are_as_typed(counter: Counter, find: str, changed: int) -> None:
    edit = Replace(("names", "wordings/summary"), find, "")
    assert len(counter.bulk.preview(counter.ids(), edit).ids) == changed


def test_an_accent_typed_apart_is_the_same_letter(counter: Counter) -> None:
    assert len(counter.bulk.preview(counter.ids(), Replace(("names",), "ge\u0301ne\u0301ral")).ids) == 1


def test_signs_are_no_patterns_on_either_side(counter: Counter) -> None:
    counter.apply(Replace(("street",), "Cours de Rive 1", "Rue (du) Rhône \\1 $", whole_words=False))
    assert counter.present("deux").street == "Rue (du) Rhône \\1 $2"
    assert counter.apply(Replace(("street",), ".*", "tout")).entries == 0


def test_what_says_nothing_any_more_goes(counter: Counter) -> None:
    counter.apply(Replace(("names", "contacts", "wordings/summary"), "Hospice général"))
    counter.apply(Replace(("wordings/summary",), "Courses"))
    assert [name.text for name in counter.present("deux").names] == ["de Carouge"]
    assert counter.present("un").contacts == (Contact("phone", "022 420 52 00"),)
    assert set(counter.present("un").wordings) == {"fr"}


def test_an_entry_never_loses_its_name_and_then_none_is_changed(counter: Counter) -> None:
    edit = Replace(("name", "street"), "Accueil deux")
    with pytest.raises(InputError, match="«Accueil deux» n’aurait plus de nom"):
        counter.bulk.preview(counter.ids(), edit)
    with pytest.raises(InputError, match="n’aurait plus de nom"):
        counter.apply(edit)


def test_a_term_is_added_taken_off_or_replaced_where_it_is(counter: Counter) -> None:
    def audiences(uid: str) -> tuple[str, ...]:
        return counter.present(uid).terms.get("audience", ())

    counter.apply(Retag("audience", "jeunesse", "aines"))
    assert (audiences("un"), audiences("deux"), audiences("trois")) == (
        ("enfance", "aines"),
        ("aines",),
        ("population",),
    )
    counter.apply(Retag("audience", old="aines"))
    assert (audiences("un"), audiences("deux")) == (("enfance",), ())
    assert "audience" not in counter.present("deux").terms
    counter.apply(Retag("audience", new="jeunesse"), counter.ids("un", "deux"))
    assert (audiences("un"), audiences("deux")) == (("enfance", "jeunesse"), ("jeunesse",))
    assert counter.directory.audience_counts(Query())["jeunesse"] == 2


def test_the_whole_population_goes_with_no_other_audience(counter: Counter) -> None:
    counter.apply(Retag("audience", new="enfance"))
    assert counter.present("trois").terms["audience"] == ("enfance",)
    counter.apply(Retag("audience", new="population"))
    assert counter.present("un").terms["audience"] == ("population",)
    counter.apply(Retag("audience", "population", "aines"))
    assert counter.present("un").terms["audience"] == ("aines",)


def test_a_code_no_list_has_changes_nothing(counter: Counter) -> None:
    with pytest.raises(InputError, match="mot inconnu «nulle-part»"):
        counter.apply(Retag("topic", new="nulle-part"))
    assert counter.present("un").terms["topic"] == ("creche",)


def test_the_next_check_and_the_status_are_set_with_a_reason(counter: Counter) -> None:
    counter.apply(CheckOn(date(2027, 3, 1)))
    counter.apply(SetStatus("do_not_refer", "travaux "))
    present = counter.present("un")
    assert (present.next_check, present.status, present.status_reason) == ("2027-03-01", "do_not_refer", "travaux")
    counter.apply(SetStatus("active"))
    counter.apply(CheckOn(None))
    present = counter.present("un")
    assert (present.next_check, present.status, present.status_reason) == (None, "active", "")
    counter.apply(SetStatus("closed", "dissoute"))
    assert [each.action for each in counter.revisions.history("un")][-2:] == ["edit", "close"]


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (Replace(("name",), ""), "Écrivez ce qui"),
        (Replace((), "a", "b"), "au moins un champ"),
        (Retag("audience"), "Choisissez le mot"),
        (Retag("audience", "enfance", "enfance"), "Choisissez le mot"),
        (SetStatus("closed", "  "), "Donnez la raison"),
    ],
)
def test_a_change_that_says_nothing_is_asked_for_again(counter: Counter, edit: Edit, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        counter.bulk.preview(counter.ids(), edit)


def test_each_entry_gets_one_revision_with_the_author_and_the_ones_that_stay_get_none(counter: Counter) -> None:
    done = counter.apply(Retag("audience", "enfance", "aines"))
    assert done.entries == done.last - done.first + 1 == 1
    last = counter.revisions.history("un")[-1]
    assert (last.action, last.author, last.comment) == ("edit", "Odile", "En lot")
    assert len(counter.revisions.history("deux")) == 1


def test_an_act_is_taken_back_as_one_and_that_too(counter: Counter) -> None:
    before = [counter.present(uid) for uid in ("un", "deux", "trois")]
    done = counter.apply(CheckOn(date(2027, 3, 1)))
    after = [counter.present(uid) for uid in ("un", "deux", "trois")]
    back = counter.bulk.undo(done, "Odile")
    assert [counter.present(uid) for uid in ("un", "deux", "trois")] == before
    assert counter.revisions.history("un")[-1].action == "restore"
    counter.bulk.undo(back, "Odile")
    assert [counter.present(uid) for uid in ("un", "deux", "trois")] == after


def test_what_was_changed_since_in_another_field_stays_and_in_the_same_one_stops_it(counter: Counter) -> None:
    done = counter.apply(CheckOn(date(2027, 3, 1)))
    counter.revisions.save(msgspec.structs.replace(counter.present("un"), stop="Servette"), "Nadia")
    again = counter.apply(CheckOn(date(2027, 9, 1)), counter.ids("deux"))
    with pytest.raises(InputError, match=r"«Accueil deux» a été modifiée depuis. Rien n’a été annulé"):
        counter.bulk.undo(done, "Odile")
    assert counter.present("un").next_check == "2027-03-01"
    counter.bulk.undo(again, "Odile")
    counter.bulk.undo(done, "Odile")
    assert (counter.present("un").next_check, counter.present("un").stop) == (None, "Servette")


def test_an_entry_that_changed_since_the_preview_stops_everything(counter: Counter) -> None:
    edit = CheckOn(date(2027, 3, 1))
    preview = counter.bulk.preview(counter.ids(), edit)
    counter.revisions.save(msgspec.structs.replace(counter.present("deux"), stop="Rive"), "Nadia")
    with pytest.raises(InputError, match="«Accueil deux» a été modifiée depuis l’aperçu"):
        counter.bulk.apply(preview.ids, edit, "Odile", seen=preview.seen)
    assert counter.present("un").next_check is None
    unticked = [row for row in preview.ids if row not in counter.ids("deux")]
    assert counter.bulk.apply(unticked, edit, "Odile", seen=preview.seen).entries == 2


def test_who_is_no_editor_proposes_entry_by_entry(counter: Counter) -> None:
    assert counter.bulk.propose(counter.ids(), Retag("audience", "jeunesse", "aines"), "Ami", comment="En lot") == 2
    assert counter.present("un").terms["audience"] == ("enfance", "jeunesse")
    proposals = counter.revisions.proposals()
    assert {proposal.record.uid for proposal in proposals} == {"un", "deux"}
    [first] = counter.revisions.proposed(proposals[0].id)
    assert first.field == "terms/audience"


def test_stopping_half_way_leaves_everything_as_it_was(counter: Counter) -> None:
    counter.directory.load([record(f"n{number:04}", stop="Bel-Air") for number in range(2 * CHUNK + 3)])
    ids = counter.bulk.select(Selection(text="bel air"))
    told: list[tuple[int, int]] = []

    def stop_at_the_second(done: int, total: int) -> bool:
        told.append((done, total))
        return len(told) < 2

    edit = Replace(("stop",), "Bel-Air", "Rive")
    for act in (counter.bulk.apply, counter.bulk.propose):
        told.clear()
        with pytest.raises(StoppedError, match="rien n’a été modifié"):
            act(ids, edit, "Odile", progress=stop_at_the_second)
        assert told == [(CHUNK, 2 * CHUNK + 3), (2 * CHUNK, 2 * CHUNK + 3)]
    assert counter.bulk.select(Selection(text="bel air")) == ids
    assert counter.revisions.proposals() == []
    done = counter.bulk.apply(ids, edit, "Odile")
    assert done.entries == len(ids)
    assert counter.bulk.select(Selection(text="rive", terms=())) != ids[:1]
    counter.bulk.undo(done, "Odile")
    assert counter.bulk.select(Selection(text="bel air")) == ids
