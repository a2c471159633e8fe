"""Probable duplicates: planted in the demonstration directory and found, branches left alone, decisions kept."""

import re
from collections.abc import Callable
from random import Random

import msgspec
import pytest

from pointinfo.database.schema import Contact, Name
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord
from pointinfo.directory.record import Link

Variant = Callable[[EntryRecord, Random], EntryRecord]


def entry(uid: str, name: str, **more: object) -> EntryRecord:
    return msgspec.structs.replace(EntryRecord(uid=uid, kind="association", name=name), **more)


def other(record: EntryRecord, **more: object) -> EntryRecord:
    """The same entry under another id, as another list has it: without our aliases."""
    return msgspec.structs.replace(record, uid=f"{record.uid}~", names=(), links=(), **more)


def phone(number: str) -> tuple[Contact, ...]:
    return (Contact("phone", number),)


# What lists of other offices do to an entry


def typed_in_haste(record: EntryRecord, draw: Random) -> EntryRecord:
    """Two letters of the longest word swapped."""
    word = max(re.findall(r"[^\W\d_]+", record.name), key=len)
    at = draw.randrange(1, len(word) - 2)
    return other(record, name=record.name.replace(word, word[:at] + word[at + 1] + word[at] + word[at + 2 :], 1))


def one_letter_lost(record: EntryRecord, draw: Random) -> EntryRecord:
    word = max(re.findall(r"[^\W\d_]+", record.name), key=len)
    at = draw.randrange(1, len(word) - 1)
    return other(record, name=record.name.replace(word, word[:at] + word[at + 1 :], 1))


def shouted(record: EntryRecord, _draw: Random) -> EntryRecord:
    """In capitals without accents, the phone as it is dialled from abroad."""
    bare = record.name.upper().translate(str.maketrans("ÉÈÊÀÂÇÔÎŒ’", "EEEAACOIO'"))
    contacts = tuple(
        Contact(each.kind, re.sub(r"^0(\d\d) ", r"+41 (0)\1 ", each.value)) if each.kind == "phone" else each
        for each in record.contacts
    )
    return other(record, name=bare, contacts=contacts)


def abbreviated(record: EntryRecord, _draw: Random) -> EntryRecord:
    name, street = record.name, record.street
    for long, short in (("Association", "Assoc."), ("Maison de quartier", "MQ"), ("Saint", "St"), ("Centre", "Ctre")):
        name = name.replace(long, short)
    for long, short in (("Avenue", "av."), ("Boulevard", "bd"), ("Chemin", "ch."), ("Rue", "r."), ("Route", "rte")):
        street = street.replace(long, short)
    return other(record, name=name, street=street)


def moved(record: EntryRecord, _draw: Random) -> EntryRecord:
    return other(record, street="Rue de la Fontaine 27", postcode="1228")


def in_short(record: EntryRecord, _draw: Random) -> EntryRecord:
    """Without what stands before a dash or in brackets."""
    return other(record, name=re.sub(r"^\w+ - | \(.*\)$", "", record.name))


def number_first(record: EntryRecord, _draw: Random) -> EntryRecord:
    return other(record, street=re.sub(r"^(.*) (\d+\w*)$", r"\2, \1", record.street))


# What is not a duplicate


def a_branch(record: EntryRecord, draw: Random) -> EntryRecord:
    """Of the same name, elsewhere, with a line of its own."""
    return other(
        record, street=f"Route de Thonon {draw.randint(1, 99)}", postcode="1222", contacts=phone("022 999 00 11")
    )


def of_another_quarter(record: EntryRecord, _draw: Random) -> EntryRecord:
    """Of a name like it, elsewhere, with the same central number."""
    places = r"Servette.*|Pâquis.*|Eaux-Vives|Plainpalais.*|Jonction|Saint-Jean|Sécheron|Champel|Meyrin"
    return other(record, name=re.sub(places, "Vernier", record.name), street="Rue du Village 5", postcode="1214")


def next_door(record: EntryRecord, _draw: Random) -> EntryRecord:
    """Another service of the same house, with its number."""
    return other(record, name="Permanence impôts et budget")


PLANTED: tuple[tuple[str, Variant, Callable[[EntryRecord], bool]], ...] = (
    ("typed in haste", typed_in_haste, lambda each: True),
    ("one letter lost", one_letter_lost, lambda each: True),
    ("in capitals, +41", shouted, lambda each: True),
    ("abbreviated", abbreviated, lambda each: bool(re.search("Association|quartier|Saint|Centre", each.name))),
    ("moved", moved, lambda each: bool(each.street and each.contacts)),
    ("in short", in_short, lambda each: bool(re.search(r"^\w+ - | \(.*\)$", each.name))),
    ("number first", number_first, lambda each: bool(each.street)),
)
DISTINCT: tuple[tuple[str, Variant, Callable[[EntryRecord], bool]], ...] = (
    ("a branch", a_branch, lambda each: bool(each.street)),
    ("of another quarter", of_another_quarter, lambda each: of_another_quarter(each, Random(1)).name != each.name),
    ("next door", next_door, lambda each: bool(each.street and each.contacts)),
)


def planted(desk: Desk, variant: Variant, fits: Callable[[EntryRecord], bool]) -> set[str]:
    """Put a variant of every demonstration entry that it fits into the directory; the uids of the originals."""
    with desk.database.read() as session:
        uids = [row[0] for row in session.connection().exec_driver_sql("SELECT uid FROM entry ORDER BY uid")]
    draw = Random(7)
    originals = [record for record in (desk.revisions.present(uid).record for uid in uids) if fits(record)]
    desk.directory.load([variant(record, draw) for record in originals])
    return {record.uid for record in originals}


@pytest.mark.parametrize(("what", "variant", "fits"), PLANTED, ids=[each[0] for each in PLANTED])
def test_what_other_lists_make_of_an_entry_is_found(
    desk: Desk, what: str, variant: Variant, fits: Callable[[EntryRecord], bool]
) -> None:
    expected = planted(desk, variant, fits)
    pairs = desk.duplicates.pairs(1000)
    right = {pair.one for pair in pairs if pair.other == f"{pair.one}~"}
    wrong = [pair for pair in pairs if pair.other != f"{pair.one}~"]
    recall, precision = len(right) / len(expected), len(right) / len(pairs)
    typed = sum(
        any(found.uid == uid for found in desk.duplicates.for_record(desk.revisions.present(f"{uid}~").record))
        for uid in expected
    )
    print(
        f"{what:20} planted {len(expected):4}  found {recall:6.1%}  right {precision:6.1%}  "
        f"found while typing {typed / len(expected):6.1%}"
    )
    assert recall >= 0.9, sorted(expected - right)
    assert precision >= 0.9, wrong
    assert typed / len(expected) >= 0.9


@pytest.mark.parametrize(("what", "variant", "fits"), DISTINCT, ids=[each[0] for each in DISTINCT])
def test_branches_and_neighbours_are_left_alone(
    desk: Desk, what: str, variant: Variant, fits: Callable[[EntryRecord], bool]
) -> None:
    expected = planted(desk, variant, fits)
    offered = [pair for pair in desk.duplicates.pairs(1000) if pair.other == f"{pair.one}~"]
    print(f"{what:20} planted {len(expected):4}  wrongly offered {len(offered)}")
    assert len(offered) <= 0.05 * len(expected), offered


PLURIELS = entry(
    "un", "Association Pluriels", street="Rue de Carouge 7", postcode="1205", contacts=phone("022 328 68 20")
)


def test_a_pair_is_given_with_its_reasons_those_against_it_last(desk: Desk) -> None:
    moved_there = msgspec.structs.replace(PLURIELS, uid="deux", name="Pluriels", street="Quai du Rhône 1")
    desk.directory.load([PLURIELS, moved_there])
    [pair] = [pair for pair in desk.duplicates.pairs() if "un" in (pair.one, pair.other)]
    assert (pair.one, pair.other) == ("un", "deux")  # the older first
    assert pair.reasons == ("noms presque pareils", "même téléphone", "mais une autre adresse")
    assert 0.6 <= pair.score <= 1


def test_branches_of_one_name_at_several_addresses_are_no_duplicates(desk: Desk) -> None:
    branch = msgspec.structs.replace(PLURIELS, uid="deux", street="Rue de Lyon 99", contacts=phone("022 344 00 00"))
    desk.directory.load([PLURIELS])
    assert desk.duplicates.for_record(branch) == []


def test_what_an_editor_types_is_compared_with_all_but_itself(desk: Desk) -> None:
    desk.directory.load([PLURIELS])
    assert desk.duplicates.for_record(PLURIELS) == []
    [found] = desk.duplicates.for_record(entry("", "Asociation Pluriel"))
    assert (found.uid, found.name, found.reasons) == ("un", "Association Pluriels", ("noms presque pareils",))


def test_a_former_name_and_an_acronym_are_names_too(desk: Desk) -> None:
    desk.directory.load([msgspec.structs.replace(PLURIELS, names=(Name("Centre Ethnopsy Migrants", "former"),))])
    [found] = desk.duplicates.for_record(entry("neuf", "Centre ethnopsy migrants"))
    assert found.reasons == ("un nom en commun",)
    [found] = desk.duplicates.for_record(entry("neuf", "CCSI"))
    assert (found.name, found.reasons[0]) == (
        "CCSI - Centre de contact Suisses-Immigrés",
        "l’un est le sigle de l’autre",
    )


def test_a_number_that_half_the_town_shares_says_little(desk: Desk) -> None:
    shared = phone("0800 44 77 00")
    desk.directory.load(
        [entry(f"e{n}", name, contacts=shared) for n, name in enumerate(("Chorale", "Chorale des Bains"))]
    )
    assert not [pair for pair in desk.duplicates.pairs() if pair.one.startswith("e0")]


def test_a_closed_entry_and_one_that_a_link_ties_are_not_offered(desk: Desk) -> None:
    twin = msgspec.structs.replace(PLURIELS, uid="deux")
    desk.directory.load([PLURIELS, msgspec.structs.replace(twin, links=(Link("part_of", "un"),))])
    assert not ours(desk)
    desk.directory.load([twin])
    assert ours(desk)
    desk.revisions.close("deux", "dissoute", "Odile")
    assert not ours(desk)
    assert desk.duplicates.for_record(entry("trois", "Association Pluriels"))[0].uid == "un"


def test_two_entries_found_to_be_two_are_offered_no_more_until_that_is_taken_back(desk: Desk) -> None:
    twin = msgspec.structs.replace(PLURIELS, uid="deux")
    desk.directory.load([PLURIELS, twin])
    desk.duplicates.declare_distinct("un", "deux", "Odile")
    assert not ours(desk)
    assert desk.duplicates.for_record(twin) == []
    desk.duplicates.declare_distinct("deux", "un", "Odile")  # said twice, it is said once
    desk.duplicates.forget_distinct("deux", "un")
    assert ours(desk)
    desk.duplicates.forget_distinct("deux", "un")
    assert desk.duplicates.for_record(twin)[0].uid == "un"


@pytest.mark.parametrize(
    "street",
    ["8, bd Carl-Vogt", "Bd. Carl-Vogt 8, 3e étage", "c/o Caritas, boulevard Carl Vogt 8", "BOULEVARD CARL-VOGT 8"],
)
def test_an_address_is_one_however_it_is_written(desk: Desk, street: str) -> None:
    desk.directory.load([entry("un", "Chorale des Bains", street="Boulevard Carl-Vogt 8")])
    [found] = desk.duplicates.for_record(entry("deux", "Chorale des Bains", street=street))
    assert "même adresse" in found.reasons


def ours(desk: Desk) -> list[tuple[str, str]]:
    """The pairs offered among what a test put in."""
    return [(pair.one, pair.other) for pair in desk.duplicates.pairs() if {pair.one, pair.other} <= {"un", "deux"}]
