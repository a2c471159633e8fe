"""A closed entry elsewhere: sheets, links and cards lead to the one that replaced it; deciding can be taken back."""

import msgspec
import pytest

from pointinfo import i18n
from pointinfo.database.schema import Contact, Wording
from pointinfo.desk import Desk
from pointinfo.directory import ConflictError, EntryRecord, card
from pointinfo.directory.record import FieldChange, Link
from pointinfo.errors import InputError
from pointinfo.inquiries import Note, Period, Referral
from pointinfo.leaflets.pages import pictures

WORDS = i18n.words("fr")


def record(uid: str, **more: object) -> EntryRecord:
    return msgspec.structs.replace(EntryRecord(uid=uid, kind="service", name=f"Accueil {uid}"), **more)


@pytest.fixture
def town(desk: Desk) -> Desk:
    """Three entries and one that sends to the second first."""
    desk.directory.load(
        [record("un", stop="Poterie"), record("deux", contacts=(Contact("phone", "022 418 00 00"),)), record("trois")]
    )
    desk.directory.load([record("bon", links=(Link("see_first", "deux"), Link("see_first", "un")))])
    return desk


def see_first(desk: Desk, uid: str = "bon") -> tuple[str, ...]:
    """What the card says one should see first."""
    facts = card.facts(desk.directory.entry(uid), WORDS, desk.directory.calendar)
    return next((fact.lines for fact in facts if fact.label == "Voir d’abord"), ())


def merge(desk: Desk, kept: str, merged: str) -> str:
    return desk.revisions.merge(desk.revisions.present(kept).record, merged, "Odile")


def test_a_sheet_asked_for_by_a_merged_entrys_id_prints_the_kept_one(town: Desk) -> None:
    merge(town, "un", "deux")
    sheet = town.leaflets.visit_sheet(["deux", "trois", "un"])
    assert list(sheet.revisions) == ["un", "trois"]
    printed = " ".join(page.text for page in pictures(sheet.pdf, 50))
    assert "Accueil un" in printed
    assert "Accueil deux" not in printed


def test_the_figures_count_a_merged_entry_as_the_kept_one(town: Desk) -> None:
    for uids, times in ((("un",), 6), (("deux",), 7), (("un", "deux"), 2), (("trois",), 6), ((), 8)):
        for _time in range(times):
            note = Note(outcome="referred", referrals=tuple(Referral(uid) for uid in uids), people=2)
            town.inquiries.add(note)
    merge(town, "un", "deux")
    day = town.inquiries.today()
    [given] = town.statistics.report(Period(day, day), ["entry"]).breakdowns
    assert [(cell.label, cell.inquiries, cell.people) for cell in given.cells] == [
        ("Accueil un", 15, 30),
        ("Accueil trois", 6, 12),
    ]
    town.inquiries.add(Note(outcome="referred", referrals=(Referral("bon"),)))
    [given] = town.statistics.report(Period(day, day), ["entry"]).breakdowns
    assert next(cell for cell in given.cells if cell.label == "Accueil bon").inquiries is None
    assert "entry" not in [each.dimension for each in town.statistics.report(Period(day, day)).breakdowns]


def test_entries_people_were_sent_to_stay_hidden_where_the_answers_are(town: Desk) -> None:
    for outcome, uid in [("referred", "un")] * 11 + [("answered", "")] * 3:
        town.inquiries.add(Note(outcome=outcome, referrals=(Referral(uid),) if uid else ()))
    day = town.inquiries.today()
    [given] = town.statistics.report(Period(day, day), ["entry"]).breakdowns
    assert given.withheld


def test_successors_are_followed_to_the_end_of_their_chain(town: Desk) -> None:
    town.revisions.close("deux", "déménagée", "Odile", successor="un")
    merge(town, "trois", "un")
    assert town.directory.standing(["deux", "un", "trois", "bon"]) == ["trois", "bon"]
    town.revisions.close("trois", "fermée", "Odile")
    assert town.directory.standing(["deux"]) == ["trois"]


def test_an_entry_cannot_lead_back_to_itself(town: Desk) -> None:
    town.revisions.close("deux", "déménagée", "Odile", successor="un")
    with pytest.raises(InputError, match="remplacée par elle-même"):
        town.revisions.close("un", "fermée", "Odile", successor="deux")
    with pytest.raises(InputError, match="remplacée par elle-même"):
        town.revisions.close("un", "fermée", "Odile", successor="un")
    circle = [
        msgspec.structs.replace(town.revisions.present(uid).record, status="closed", replaced_by=to)
        for uid, to in (("un", "deux"), ("deux", "un"))
    ]
    town.directory.load(circle)  # as an import may bring it
    assert len(town.directory.standing(["un"])) == 1


def test_a_link_to_a_closed_entry_shows_its_successor_once(town: Desk) -> None:
    town.revisions.close("deux", "déménagée", "Odile", successor="un")
    assert see_first(town) == ("Accueil un",)
    town.revisions.close("un", "fermée", "Odile", successor="bon")
    assert see_first(town) == ()  # it does not send to itself
    assert [link.uid for link in town.revisions.present("bon").record.links] == ["deux", "un"]


def test_a_link_to_a_closed_entry_without_a_successor_says_so(town: Desk) -> None:
    town.revisions.close("deux", "dissoute", "Odile")
    assert see_first(town) == ("Accueil deux (n’existe plus)", "Accueil un")


def test_the_card_of_a_closed_entry_names_where_to_go_instead(town: Desk) -> None:
    town.revisions.close("deux", "déménagée", "Odile", successor="un")
    warned = card.warning(town.directory.entry("deux"), WORDS)
    assert warned == "Cette offre n’existe plus. Déménagée. À la place : Accueil un."
    town.revisions.close("trois", "dissoute", "Odile")
    assert card.warning(town.directory.entry("trois"), WORDS) == "Cette offre n’existe plus. Dissoute."


def test_a_merge_is_taken_back_with_every_link_and_what_came_later_stays(town: Desk) -> None:
    before = {uid: town.revisions.present(uid).record for uid in ("un", "deux", "bon")}
    wanted = msgspec.structs.replace(before["un"], contacts=before["deux"].contacts)
    merged = town.revisions.merge(wanted, "deux", "Odile")
    assert see_first(town) == ("Accueil un, 022 418 00 00",)
    later = msgspec.structs.replace(town.revisions.present("un").record, hours="Mo 08:00-12:00")
    town.revisions.save(later, "Nadia")
    town.revisions.separate(merged, "Odile")
    assert town.revisions.present("deux").record == before["deux"]
    assert town.revisions.present("bon").record == before["bon"]
    assert town.revisions.present("un").record == msgspec.structs.replace(before["un"], hours="Mo 08:00-12:00")
    assert [change.action for change in town.revisions.history("deux")] == ["import", "merge", "restore"]
    with pytest.raises(InputError, match="déjà séparées"):
        town.revisions.separate(merged, "Odile")
    with pytest.raises(InputError, match="rien à séparer"):
        town.revisions.separate(town.revisions.present("deux").id, "Odile")


def test_a_field_changed_since_a_merge_stays_when_it_is_taken_back(town: Desk) -> None:
    before = town.revisions.present("un").record
    merged = town.revisions.merge(msgspec.structs.replace(before, street="Rue 2"), "deux", "Odile")
    town.revisions.save(msgspec.structs.replace(town.revisions.present("un").record, street="Rue 3"), "Nadia")
    town.revisions.separate(merged, "Odile")
    assert town.revisions.present("un").record.street == "Rue 3"


def test_going_back_before_a_merge_separates_what_was_merged(town: Desk) -> None:
    first = town.revisions.present("un").id
    wanted = msgspec.structs.replace(
        town.revisions.present("un").record, contacts=town.revisions.present("deux").record.contacts
    )
    gone = town.revisions.present("deux").record
    town.revisions.merge(wanted, "deux", "Odile")
    town.revisions.save(msgspec.structs.replace(wanted, street="Rue 3"), "Nadia")
    assert [each.uid for each in town.revisions.merged_since(first)] == ["deux"]
    assert town.revisions.merged_since(town.revisions.present("un").id) == []
    town.revisions.restore(first, "Odile")
    assert town.revisions.present("deux").record == gone
    assert town.revisions.present("un").record.contacts == ()
    assert {link.uid for link in town.revisions.present("bon").record.links} == {"un", "deux"}
    town.revisions.restore(first, "Odile")
    assert town.revisions.present("deux").record == gone


def test_a_merge_of_what_has_changed_since_it_was_seen_is_refused(town: Desk) -> None:
    seen = (town.revisions.present("un").id, town.revisions.present("deux").id)
    kept = town.revisions.present("un").record
    town.revisions.save(msgspec.structs.replace(kept, street="Rue 3"), "Nadia")
    with pytest.raises(InputError, match="vient de changer"):
        town.revisions.merge(kept, "deux", "Odile", bases=seen)
    assert town.revisions.present("un").record.street == "Rue 3"
    assert town.revisions.present("deux").record.status == "active"


def test_a_decision_is_taken_back_once(town: Desk) -> None:
    present = town.revisions.present("un")
    wish = msgspec.structs.replace(present.record, street="Rue 2")
    first = town.revisions.propose(wish, "Nadia", base=present.id)
    town.revisions.accept(first, wish, "Odile")
    again = town.revisions.reconsider(first, "Odile")
    with pytest.raises(InputError, match="déjà été reprise"):
        town.revisions.reconsider(first, "Odile")
    assert [each.id for each in town.revisions.proposals()] == [again]


def test_taking_a_merge_back_leaves_another_of_the_same_second(town: Desk) -> None:
    town.directory.load([record("quatre"), record("cinq", links=(Link("part_of", "quatre"),))])
    first = merge(town, "un", "deux")
    merge(town, "trois", "quatre")
    town.revisions.separate(first, "Odile")
    assert town.directory.standing(["deux", "quatre"]) == ["deux", "trois"]
    assert [link.uid for link in town.revisions.present("cinq").record.links] == ["trois"]


def test_an_accepted_proposal_waits_again_when_that_is_taken_back(town: Desk) -> None:
    base = town.revisions.present("un")
    wish = msgspec.structs.replace(base.record, stop="Servette")
    proposal = town.revisions.propose(wish, "Sami", base=base.id, comment="vu sur place")
    town.revisions.accept(proposal, wish, "Odile")
    town.revisions.save(msgspec.structs.replace(wish, street="Rue Hoffmann 8"), "Nadia")
    again = town.revisions.reconsider(proposal, "Odile")
    assert town.revisions.present("un").record == msgspec.structs.replace(base.record, street="Rue Hoffmann 8")
    [waiting] = town.revisions.proposals()
    assert (waiting.id, waiting.author, waiting.comment) == (again, "Sami", "vu sur place")
    assert town.revisions.proposed(again) == [FieldChange("stop", "Poterie", "Servette")]
    with pytest.raises(InputError, match="attend encore"):
        town.revisions.reconsider(again, "Odile")


def test_a_new_entry_that_was_accepted_is_closed_when_that_is_taken_back(town: Desk) -> None:
    new = record("neuf", wordings={"fr": Wording(summary="Accueil")})
    proposal = town.revisions.propose(new, "Sami", base="")
    town.revisions.accept(proposal, new, "Odile")
    again = town.revisions.reconsider(proposal, "Odile")
    assert town.directory.entry("neuf").status == "closed"
    town.revisions.accept(again, new, "Odile")
    assert town.revisions.present("neuf").record == new


def test_a_refused_proposal_waits_again_in_its_old_place(town: Desk) -> None:
    base = town.revisions.present("un")
    first, refused = (
        town.revisions.propose(msgspec.structs.replace(base.record, stop=stop), author, base=base.id)
        for stop, author in (("Servette", "Sami"), ("Lyon", "Zoé"))
    )
    new = town.revisions.propose(record("neuf"), "Ali", base="")
    town.revisions.refuse(refused, "Odile", "arrêt supprimé")
    town.revisions.refuse(new, "Odile")
    again = town.revisions.reconsider(refused, "Odile")
    assert {change.id for change in town.revisions.proposals()} == {first, again}
    town.revisions.reconsider(new, "Odile")
    assert [change.author for change in town.revisions.proposals()] == ["Sami", "Zoé", "Ali"]


def test_a_proposal_accepted_against_an_older_state_merges_or_asks(town: Desk) -> None:
    base = town.revisions.present("un")
    wish = msgspec.structs.replace(base.record, stop="Servette")
    proposal = town.revisions.propose(wish, "Sami", base=base.id)
    other = town.revisions.save(msgspec.structs.replace(base.record, stop="Lyon"), "Nadia")
    with pytest.raises(ConflictError):
        town.revisions.accept(proposal, wish, "Odile", base=base.id)
    assert town.revisions.present("un").id == other
    town.revisions.save(msgspec.structs.replace(base.record, street="Rue Hoffmann 8"), "Nadia")
    town.revisions.accept(proposal, wish, "Odile", base=base.id)
    present = town.revisions.present("un").record
    assert (present.stop, present.street) == ("Servette", "Rue Hoffmann 8")
