"""A neighbourhood's portrait: its indicators read cell by cell, the actions of its forum, inquiries per resident."""

from datetime import date

import pytest

from pointinfo.desk import Desk
from pointinfo.errors import InputError

GOOD = """Quartier;Indicateur;Valeur;Année;Source
Pâquis – Navigation;Habitants;11’240;2024;OCSTAT
Pâquis – Navigation;Habitants;11’400;2025;OCSTAT
s01;Part des 65 ans et plus;14,5;2024;OCSTAT
"""


def test_indicators_are_read_by_name_or_code_of_the_quartier(desk: Desk) -> None:
    assert desk.portraits.bring_in(GOOD.encode()) == 3
    found = desk.portraits.indicators("s04")
    assert [(each.year, each.value) for each in found] == [(2025, 11400), (2024, 11240)]
    assert desk.portraits.indicators("s01")[0].value == 14.5


def test_a_newer_file_replaces_the_same_year(desk: Desk) -> None:
    desk.portraits.bring_in(GOOD.encode("cp1252"))
    desk.portraits.bring_in(GOOD.replace("11’400", "11500").encode())
    assert desk.portraits.indicators("s04")[0].value == 11500


def test_every_wrong_cell_is_said_and_nothing_is_stored(desk: Desk) -> None:
    wrong = (
        "source,quartier,indicateur,valeur,année\n"
        "OCSTAT,Atlantide,Habitants,100,2024\n"
        ",s01,,beaucoup,3024\n"
        "OCSTAT,s02,Habitants,100,2024\n"
        "OCSTAT,s02,Habitants,200,2024\n"
    ).encode()
    read = desk.portraits.read(wrong)
    assert [(each.line, each.column) for each in read.wrong] == [
        (2, "quartier"), (3, "indicateur"), (3, "valeur"), (3, "année"), (3, "source"), (5, "indicateur"),
    ]  # fmt: skip
    with pytest.raises(InputError, match=r"6 cellules .* ligne 2, quartier"):
        desk.portraits.bring_in(wrong)
    assert desk.portraits.indicators("s02") == []


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x00\x01", b"Quartier;Valeur\ns01;3\n", b"\xff\xfe", b"\x81"])
def test_what_is_no_table_of_indicators_is_refused(desk: Desk, content: bytes) -> None:
    assert desk.portraits.read(content).wrong
    with pytest.raises(InputError):
        desk.portraits.bring_in(content)


@pytest.mark.parametrize("value", ["1.2.3", "nan", "inf", "١٢", "1e5", "-", ""])
def test_only_a_number_is_a_number(desk: Desk, value: str) -> None:
    content = f"quartier;indicateur;valeur;année;source\ns01;Habitants;{value};2024;OCSTAT\n"
    assert [each.column for each in desk.portraits.read(content.encode()).wrong] == ["valeur"]


def test_inquiries_are_compared_with_residents_where_both_are_known(desk: Desk) -> None:
    desk.portraits.bring_in(GOOD.encode())
    found = desk.portraits.per_thousand({"s04": 228, "s01": 40, "s02": None}, 2026)
    assert found == {"s04": 20.0, "s01": None, "s02": None}
    assert desk.portraits.per_thousand({"s04": 281}, 2024) == {"s04": 25.0}


def test_an_agreed_action_keeps_its_owner_and_how_far_it_is(desk: Desk) -> None:
    action = desk.portraits.agree("s04", " Un guichet du soir ", "Antenne sociale", date(2026, 10, 1))
    (agreed,) = desk.portraits.actions("s04")
    assert (agreed.text, agreed.owner, agreed.state) == ("Un guichet du soir", "Antenne sociale", "agreed")
    desk.portraits.move(action, "done")
    (done,) = desk.portraits.actions("s04")
    assert (done.state, done.state_on, done.agreed_on) == ("done", date(2026, 11, 23), date(2026, 10, 1))


def test_an_action_says_where_what_and_who(desk: Desk) -> None:
    for area, text, owner, day in (
        ("nulle part", "Un banc", "Voirie", date(2026, 10, 1)),
        ("s04", "", "Voirie", date(2026, 10, 1)),
        ("s04", "Un banc", " ", date(2026, 10, 1)),
        ("s04", "Un banc", "Voirie", date(2027, 1, 1)),
    ):
        with pytest.raises(InputError, match="Rien n’a été noté"):
            desk.portraits.agree(area, text, owner, day)
    with pytest.raises(InputError, match="n’existe plus"):
        desk.portraits.move("none", "done")
    assert desk.portraits.actions("s04") == []
