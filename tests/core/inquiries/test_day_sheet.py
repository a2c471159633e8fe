"""The day sheet: a letter or a digit a cell, noted as a whole, nothing lost on the way."""

from datetime import date, timedelta

import pytest

from pointinfo.desk import DATABASE, Desk, open_desk
from pointinfo.errors import InputError
from pointinfo.inquiries import Note
from pointinfo.inquiries.day_sheet import FIELDS
from tests.conftest import Clock

TODAY = date(2026, 11, 23)


def row(**typed: str) -> tuple[str, ...]:
    """The cells of a row."""
    return tuple(typed.get(name, "") for name in FIELDS)


FULL = row(
    hour="14", channel="2", themes="5a", audiences="35", people="3", outcome="5", reason="2", effort="3",
    language="7", origin="4", first_contact="1",
)  # fmt: skip


def test_a_full_row_says_every_field(desk: Desk) -> None:
    [kept] = desk.day_sheets.note(TODAY, [FULL])
    assert desk.inquiries.note(kept) == Note(
        mode="batch",
        channel="phone",
        people=3,
        audiences=("aines", "proches-aidants"),
        themes=("logement", "sante"),
        effort="5-15",
        outcome="not-met",
        reason="full",
        language="sq",
        origin="s04",
        first_contact="yes",
    )
    assert [each.hour for each in desk.inquiries.journal()] == [14]


def test_rows_with_only_what_is_repeated_are_not_noted(desk: Desk) -> None:
    desk.day_sheets.note(TODAY, [row(themes="1"), row(hour="9", channel="1"), row(), row(people="2")])
    assert [(each.note.themes, each.note.people) for each in desk.inquiries.journal()] == [
        (("aides-financieres",), 1),
        ((), 2),
    ]


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        (row(themes="1", hour="24"), "hour", "de 0 à 23"),
        (row(themes="1", hour="neuf"), "hour", "de 0 à 23"),
        (row(people="0"), "people", "de 1 à 99"),
        (row(people="²"), "people", "de 1 à 99"),
        (row(themes="z"), "themes", "«z» n’est pas dans la liste"),
        (row(themes="1234"), "themes", "3 touches au plus"),
        (row(audiences="123"), "audiences", "2 touches au plus"),
        (row(audiences="16"), "audiences", "sans autre public"),
        (row(outcome="1", reason="2"), "reason", "ne va qu’avec"),
        (row(origin="99"), "origin", "n’est pas dans la liste"),
        (row(outcome="Mme Dupont"), "outcome", "n’est pas dans la liste"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_cell(
    desk: Desk, cells: tuple[str, ...], column: str, sentence: str
) -> None:
    problems = desk.day_sheets.read(cells, desk.day_sheets.columns()).problems
    assert list(problems) == [column]
    assert sentence in problems[column]
    with pytest.raises(InputError, match="Ligne 2"):
        desk.day_sheets.note(TODAY, [row(themes="1"), cells])
    assert desk.inquiries.journal() == []


def test_a_half_typed_sheet_survives_a_crash_and_is_gone_once_it_is_noted(desk: Desk, clock: Clock) -> None:
    yesterday = TODAY - timedelta(days=1)
    desk.day_sheets.keep_draft(yesterday, [row(themes="1")])
    desk.day_sheets.keep_draft(yesterday, [row(themes="1"), row(themes="z")])
    assert desk.home.joinpath(DATABASE).exists()
    after_the_crash = open_desk(desk.home, clock)
    sheets = after_the_crash.day_sheets
    assert sheets.drafts() == [yesterday]
    assert sheets.draft(yesterday) == (row(themes="1"), row(themes="z"))
    with pytest.raises(InputError):
        sheets.note(yesterday, sheets.draft(yesterday))
    assert sheets.drafts() == [yesterday], "what was refused stays"
    sheets.note(yesterday, [row(themes="1"), row(themes="2")])
    assert sheets.drafts() == []
    assert [each.back_dated for each in after_the_crash.inquiries.journal(yesterday)] == [True, True]
    after_the_crash.close()


def test_an_emptied_draft_is_dropped(desk: Desk) -> None:
    desk.day_sheets.keep_draft(TODAY, [row(themes="1")])
    desk.day_sheets.keep_draft(TODAY, [])
    assert desk.day_sheets.drafts() == []


def test_an_empty_sheet_notes_nothing(desk: Desk) -> None:
    with pytest.raises(InputError, match="vide"):
        desk.day_sheets.note(TODAY, [row(hour="9")])


def test_every_code_has_a_key_of_its_own(desk: Desk) -> None:
    columns = desk.day_sheets.columns()
    for column in columns:
        keys = [key.key for key in column.keys]
        assert len(set(keys)) == len(keys)
    lengths = {column.name: len(column.keys) for column in columns}
    assert (lengths["themes"], lengths["audiences"], lengths["language"], lengths["origin"]) == (19, 6, 25, 60)
