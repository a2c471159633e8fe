"""Noting by the keyboard, key presses counted: live, tally, the day sheet; what is pinned; other days."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from pointinfo.desk import Desk
from pointinfo.inquiries import Note
from pointinfo_ui.inquiries.offers_view import OffersModel
from pointinfo_ui.inquiries.sheet_model import SheetModel
from pointinfo_ui.window import Window
from tests.conftest import Clock
from tests.ui.keys import ALT, CTRL, press, type_text

TODAY = date(2026, 11, 23)


class Keys:
    """Presses keys and counts them."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.pressed = 0

    def press(self, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
        press(self._window, key, *held)
        self.pressed += 1

    def type(self, text: str) -> None:
        """A letter a press."""
        type_text(text)
        self.pressed += len(text)


@pytest.fixture
def keys(window: Window) -> Keys:
    return Keys(window)


def an_answer(window: Window) -> None:
    window.counter.search.setText("bipe")
    press(window, Qt.Key.Key_Return)


def test_a_live_note_is_confirmed_with_one_key(window: Window, desk: Desk, keys: Keys) -> None:
    an_answer(window)
    keys.press(Qt.Key.Key_Return, CTRL)
    [row] = desk.inquiries.journal()
    assert keys.pressed == 1
    assert (row.note.mode, row.note.outcome, row.note.themes) == ("live", "referred", ("petite-enfance",))
    assert not row.back_dated


@pytest.mark.parametrize(
    ("correct", "expected"),
    [
        (lambda keys: keys.press(Qt.Key.Key_2, ALT), {"audiences": ("jeunesse",)}),
        (lambda keys: keys.press(Qt.Key.Key_U, CTRL), {"outcome": "not-met", "reason": "no-offer"}),
        (
            lambda keys: (keys.press(Qt.Key.Key_E, CTRL), keys.press(Qt.Key.Key_Tab), keys.press(Qt.Key.Key_Tab),
                          keys.type("3")),
            {"people": 3},
        ),
    ],
)  # fmt: skip
def test_a_live_note_is_corrected_with_five_keys_at_most(
    window: Window, desk: Desk, keys: Keys, correct: Callable[[Keys], object], expected: dict[str, object]
) -> None:
    an_answer(window)
    correct(keys)
    keys.press(Qt.Key.Key_Return, CTRL)
    [row] = desk.inquiries.journal()
    assert keys.pressed <= 5
    assert {name: getattr(row.note, name) for name in expected} == expected


def test_tally_is_one_key_a_question_and_is_taken_back_one_by_one(window: Window, desk: Desk, keys: Keys) -> None:
    window.show_page("journal")
    press(window, Qt.Key.Key_2, ALT)
    keys.type("55a0")
    assert keys.pressed == 4
    assert [(row.note.mode, row.note.themes) for row in desk.inquiries.journal()] == [
        ("tally", ("logement",)),
        ("tally", ("logement",)),
        ("tally", ("sante",)),
        ("tally", ()),
    ]
    assert "· 2" in window.journal.tally_view.tiles["5"].text()
    press(window, Qt.Key.Key_Z, CTRL)
    press(window, Qt.Key.Key_Z, CTRL)
    assert [row.voided for row in desk.inquiries.journal()] == [False, False, True, True]
    press(window, Qt.Key.Key_Z, CTRL)
    press(window, Qt.Key.Key_Z, CTRL)
    assert desk.inquiries.count().inquiries == 0


def test_f9_counts_a_plain_question_from_anywhere_with_one_key(window: Window, desk: Desk, keys: Keys) -> None:
    keys.press(Qt.Key.Key_F9)
    assert keys.pressed == desk.inquiries.count().inquiries == 1


def open_sheet(window: Window) -> None:
    window.show_page("journal")
    press(window, Qt.Key.Key_3, ALT)


def test_forty_inquiries_are_typed_with_three_keys_each(window: Window, desk: Desk, keys: Keys) -> None:
    open_sheet(window)
    for number in range(40):
        keys.type("5" if number % 2 else "a")
        keys.type("3")
        keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_S, CTRL)
    assert keys.pressed <= 40 * 3 + 1, "in 90 seconds: 1.4 keys a second"
    rows = desk.inquiries.journal()
    assert len(rows) == 40
    assert {row.note.mode for row in rows} == {"batch"}
    assert {row.note.themes for row in rows} == {("logement",), ("sante",)}
    assert {row.note.audiences for row in rows} == {("aines",)}


def test_a_row_is_typed_key_by_key_and_the_next_takes_over_hour_and_channel(window: Window, desk: Desk) -> None:
    open_sheet(window)
    sheet = window.journal.sheet_view
    sheet.table.go_to(0, 0)
    type_text("1425+a3")
    press(window, Qt.Key.Key_Tab)
    type_text("52")
    press(window, Qt.Key.Key_Return)
    type_text("1")
    assert sheet.model.rows[1][:3] == ("14", "2", "1")
    press(window, Qt.Key.Key_S, CTRL)
    first, second = desk.inquiries.journal()
    assert (first.hour, second.hour) == (14, 14)
    assert first.note == Note(
        mode="batch",
        channel="phone",
        themes=("logement", "sante"),
        audiences=("aines",),
        outcome="not-met",
        reason="full",
    )
    assert second.note == Note(mode="batch", channel="phone", themes=("aides-financieres",))


def test_what_cannot_be_read_is_said_at_once_and_nothing_is_noted(window: Window, desk: Desk) -> None:
    open_sheet(window)
    type_text("z")
    sheet = window.journal.sheet_view
    assert sheet.model.data(sheet.model.index(0, 2)) == "⚠ z"
    press(window, Qt.Key.Key_S, CTRL)
    assert "n’est pas dans la liste" in window.toast.text
    assert desk.inquiries.journal() == []
    assert sheet.table.currentIndex().column() == 2, "the cell to correct is chosen"
    type_text("5")
    press(window, Qt.Key.Key_S, CTRL)
    assert desk.inquiries.count().inquiries == 1


def test_every_key_is_in_the_draft_on_disk(window: Window, desk: Desk) -> None:
    open_sheet(window)
    type_text("5")
    assert [cells[2] for cells in desk.day_sheets.draft(TODAY)] == ["5"]
    type_text("3")
    assert [cells[2:4] for cells in desk.day_sheets.draft(TODAY)] == [("5", "3")]
    press(window, Qt.Key.Key_Z, CTRL)
    assert [cells[2:4] for cells in desk.day_sheets.draft(TODAY)] == [("5", "")]


def test_a_table_is_pasted(window: Window, desk: Desk) -> None:
    open_sheet(window)
    window.journal.sheet_view.table.go_to(0, 0)
    QGuiApplication.clipboard().setText("9\t1\t5\t3\n10\t2\ta\t6\n")
    press(window, Qt.Key.Key_V, CTRL)
    press(window, Qt.Key.Key_S, CTRL)
    assert [(row.hour, row.note.themes) for row in desk.inquiries.journal()] == [(9, ("logement",)), (10, ("sante",))]


def test_a_sheet_of_another_day_is_marked_and_taken_back_whole(window: Window, desk: Desk) -> None:
    yesterday = TODAY - timedelta(days=1)
    desk.day_sheets.keep_draft(yesterday, [("", "", "5"), ("", "", "a")])
    open_sheet(window)
    window.journal.sheet_view.day_field.setDate(QDate(yesterday.year, yesterday.month, yesterday.day))
    press(window, Qt.Key.Key_S, CTRL)
    assert [row.back_dated for row in desk.inquiries.journal(yesterday)] == [True, True]
    press(window, Qt.Key.Key_Z, CTRL)
    assert desk.inquiries.count(yesterday).inquiries == 0


def test_a_pinned_channel_is_seen_holds_for_the_next_notes_and_is_freed_by_one_key(
    window: Window, desk: Desk, clock: Clock
) -> None:
    window.counter.form.choose("channel", "outreach")
    press(window, Qt.Key.Key_F7)
    assert window.counter.panel.pinned.isVisible()
    assert "Hors murs" in window.counter.panel.pinned.text()
    an_answer(window)
    press(window, Qt.Key.Key_Return, CTRL)
    press(window, Qt.Key.Key_F9)
    window.show_page("journal")
    press(window, Qt.Key.Key_2, ALT)
    type_text("5")
    assert [row.note.channel for row in desk.inquiries.journal()] == ["outreach"] * 3
    window.show_page("counter")
    press(window, Qt.Key.Key_F7)
    assert not window.counter.panel.pinned.isVisible()
    press(window, Qt.Key.Key_F9)
    assert desk.inquiries.journal()[-1].note.channel == "counter"


def test_a_pin_comes_loose_after_an_hour_without_a_note(window: Window, desk: Desk, clock: Clock) -> None:
    window.counter.form.choose("channel", "phone")
    press(window, Qt.Key.Key_F7)
    clock.now += timedelta(minutes=59)
    assert window.counter.pin.channel == "phone"
    clock.now += timedelta(minutes=1)
    window.counter.let_time_pass()
    assert not window.counter.panel.pinned.isVisible()
    press(window, Qt.Key.Key_F9)
    assert desk.inquiries.journal()[-1].note.channel == "counter"


def test_the_day_before_is_shown_and_corrected(window: Window, desk: Desk, clock: Clock) -> None:
    desk.inquiries.add(Note(people=2))
    clock.now += timedelta(days=1)
    desk.inquiries.add(Note(people=3))
    window.show_page("journal")
    press(window, Qt.Key.Key_Left, ALT)
    assert "2 personnes" in window.journal.day.text()
    window.journal.form.choose("people", 5)
    press(window, Qt.Key.Key_S, CTRL)
    assert desk.inquiries.count(TODAY).people == 5
    press(window, Qt.Key.Key_Right, ALT)
    assert "3 personnes" in window.journal.day.text()


def test_the_history_of_an_inquiry_stands_below_its_fields(window: Window, desk: Desk) -> None:
    noted = desk.inquiries.add(Note(people=2))
    desk.inquiries.amend(noted, Note(people=3))
    desk.inquiries.void(noted)
    window.show_page("journal")
    said = window.journal.day_view.history.text().splitlines()
    assert [line.split(" : ")[0] for line in said] == ["Historique", "Notée", "Corrigée", "Retirée"]
    assert "2 personnes" in said[1]
    assert "3 personnes" in said[2]


def test_the_hours_of_a_day_are_said_by_the_keyboard(window: Window, desk: Desk) -> None:
    window.show_page("journal")
    press(window, Qt.Key.Key_H, CTRL)
    type_text("oxxf")
    assert not desk.day_logs.day(TODAY).said, "nothing is kept before Enter"
    press(window, Qt.Key.Key_Return)
    assert desk.day_logs.day(TODAY) == (9 * "?" + "oxxc" + 11 * "?", True)


def test_visits_cleared_without_a_note_are_counted_until_they_are_taken_up(window: Window, desk: Desk) -> None:
    an_answer(window)
    press(window, Qt.Key.Key_N, CTRL)
    assert desk.day_logs.completeness(TODAY).unnoted == 1
    window.show_page("journal")
    assert "1 visite sans note" in window.journal.day.text()
    window.show_page("counter")
    window.last_acts.take_up()
    assert desk.day_logs.completeness(TODAY).unnoted == 0


def test_a_missing_offer_is_kept_refused_removed_and_put_back(window: Window, desk: Desk) -> None:
    window.show_page("journal")
    press(window, Qt.Key.Key_4, ALT)
    type_text("Couture, appeler le 022 300 12 34")
    press(window, Qt.Key.Key_Return)
    assert "numéro de téléphone" in window.toast.text
    assert desk.missing_offers.listed() == []
    view = window.journal.offers_view
    view.words.setText("Couture")
    press(window, Qt.Key.Key_Return)
    assert [each.words for each in desk.missing_offers.listed()] == ["Couture"]
    view.list.setFocus()
    view.list.setCurrentIndex(view.model.index(0, 0))
    press(window, Qt.Key.Key_Delete)
    assert desk.missing_offers.listed() == []
    press(window, Qt.Key.Key_Z, CTRL)
    assert [each.words for each in desk.missing_offers.listed()] == ["Couture"]


def test_the_paper_sheet_has_the_same_columns_and_keys(window: Window, tmp_path: Path) -> None:
    import pypdfium2

    view = window.journal.sheet_view
    view.write_paper(str(tmp_path / "pointage.pdf"))
    document = pypdfium2.PdfDocument(tmp_path / "pointage.pdf")
    pages = [page.get_textpage().get_text_range() for page in document]
    assert len(pages) == 2, "a sheet and its back"
    flat = " ".join(pages[1].split())
    for each in view.model.columns:
        assert each.title in pages[0]
        for key in each.keys:
            assert key.key.upper() in flat
            assert key.label.split()[0] in flat


def test_the_models_of_the_journal_are_well_behaved(desk: Desk, window: Window, qtmodeltester: QWidget) -> None:
    desk.missing_offers.add("Couture")
    offers = OffersModel(desk)
    offers.refresh()
    sheet = SheetModel(desk, window.journal.sheet_view._theme)
    sheet.type(0, 2, "5")
    sheet.next_row(0)
    for model in (offers, sheet):
        qtmodeltester.check(model)  # type: ignore[attr-defined]
        said = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
        assert said
