"""The window as a whole: commands, names for screen readers, models, and that no exception is swallowed."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pointinfo import i18n
from pointinfo.desk import Desk
from pointinfo.inquiries import Note
from pointinfo_ui.background import Background
from pointinfo_ui.commands import commands, key_words
from pointinfo_ui.counter.results import ResultsModel
from pointinfo_ui.inquiries.journal_model import JournalModel
from pointinfo_ui.palette import CommandsModel
from pointinfo_ui.rail import Rail
from pointinfo_ui.theme import Theme
from pointinfo_ui.window import Window
from tests.conftest import Clock, bury
from tests.ui.keys import CTRL, SHIFT, press, type_text


def test_every_command_is_a_method_of_its_page(window: Window) -> None:
    for command in window.commands:
        target = window.page(command.page) if command.page else window
        assert callable(getattr(target, command.name)), command


def test_no_key_means_two_things_on_one_page(window: Window) -> None:
    for page in ("counter", "journal", "figures", "directory", "settings"):
        keys = [(command.keys, command.place) for command in window.commands if command.page in ("", page)]
        assert len(keys) == len(set(keys)), page
        anywhere = {key for key, place in keys if not place}
        assert anywhere.isdisjoint(key for key, place in keys if place), page


def test_the_palette_finds_a_command_by_a_few_letters_and_does_it(window: Window, desk: Desk) -> None:
    press(window, Qt.Key.Key_K, CTRL)
    assert window.palette_view.isVisible()
    type_text("compt simple")
    press(window, Qt.Key.Key_Return)
    assert not window.palette_view.isVisible()
    assert desk.inquiries.count().inquiries == 1


def test_escape_closes_the_palette_and_gives_the_focus_back(window: Window) -> None:
    press(window, Qt.Key.Key_K, CTRL)
    press(window, Qt.Key.Key_Escape)
    assert not window.palette_view.isVisible()
    assert window.counter.search.hasFocus()


def test_the_cheat_sheet_shows_every_command_with_its_key(window: Window) -> None:
    press(window, Qt.Key.Key_F1)
    assert window.cheat_sheet.isVisible()
    shown = {found.text() for found in window.cheat_sheet.findChildren(QLabel)}
    for command in window.commands:
        assert command.text in shown
        assert key_words(command.keys, i18n.words("fr")) in shown
    press(window, Qt.Key.Key_Escape)
    assert not window.cheat_sheet.isVisible()


def test_the_window_says_that_the_data_are_for_demonstration(window: Window) -> None:
    assert any("Données de démonstration" in found.text() for found in window.findChildren(QLabel))


def test_everything_that_takes_the_focus_has_a_name(window: Window, desk: Desk) -> None:
    desk.inquiries.add(Note(outcome="answered"))
    nameless = []
    for page in ("counter", "journal", "figures", "directory", "settings"):
        window.show_page(page)
        QApplication.processEvents()
        for found in window.page(page).findChildren(QWidget):
            takes = found.focusPolicy() & Qt.FocusPolicy.TabFocus
            plain = type(found) in (QAbstractScrollArea, QScrollArea) or found.objectName().startswith("qt_")
            if not takes or plain or not found.isVisible():
                continue
            text = found.accessibleName() or (found.text() if isinstance(found, QAbstractButton) else "")
            if not text and found.objectName() != "qt_spinbox_lineedit":
                nameless.append(f"{page}: {type(found).__name__} {found.objectName()}")
    assert nameless == []


def test_results_journal_and_commands_are_well_behaved_models(desk: Desk, qtmodeltester: Any, window: Window) -> None:
    desk.inquiries.add(Note(people=2, outcome="referred"))
    journal = JournalModel(desk)
    journal.refresh()
    results = ResultsModel(desk)
    query = window.counter.filters.query("crèche")
    results.show(query, desk.directory.search(query))
    for model in (results, journal, CommandsModel(commands(desk.words), desk.words)):
        qtmodeltester.check(model, force_py=True)
        for row in range(model.rowCount()):
            assert model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole), model


def test_settings_are_saved_by_a_gesture_only(window: Window, desk: Desk, home: Path) -> None:
    window.show_page("settings")
    window.settings.texts["counter_name"].setText("Point info Servette")
    assert not (home / "settings.json").exists()
    press(window, Qt.Key.Key_S, CTRL)
    assert desk.settings.counter_name == "Point info Servette"
    assert "Servette" in (home / "settings.json").read_text()
    assert window.windowTitle() == "Point info Servette"


def test_a_settings_file_that_cannot_be_written_loses_nothing(window: Window, desk: Desk, home: Path) -> None:
    window.show_page("settings")
    (home / "settings.json").mkdir()
    window.settings.texts["counter_name"].setText("Point info Servette")
    window.settings.save()
    assert "Les anciens restent valables" in window.toast.text
    assert desk.settings.counter_name == ""
    assert window.settings.texts["counter_name"].text() == "Point info Servette"


def test_background_work_comes_back_to_the_window(qtbot: QtBot) -> None:
    background = Background()
    got: list[object] = []
    background.run(background, lambda: 42, got.append, got.append)
    background.run(background, lambda: 1 // 0, got.append, got.append)
    qtbot.waitUntil(lambda: len(got) == 2)
    background.close()
    assert got[0] == 42
    assert isinstance(got[1], ZeroDivisionError)


def test_while_the_window_offers_to_take_a_note_back_ctrl_z_does_so(window: Window, desk: Desk) -> None:
    type_text("impôts")
    press(window, Qt.Key.Key_Return, CTRL)
    type_text("crè")
    assert window.toast.isVisible()
    press(window, Qt.Key.Key_Z, CTRL)
    assert desk.inquiries.count().inquiries == 0
    assert window.counter.search.text() == "crè"
    press(window, Qt.Key.Key_Z, CTRL)
    assert window.counter.search.text() != "crè", "now it edits the words"


def test_ctrl_z_in_the_journal_takes_back_the_last_act_there(window: Window, desk: Desk) -> None:
    desk.inquiries.add(Note(people=2, outcome="referred"))
    window.show_page("journal")
    press(window, Qt.Key.Key_Delete)
    assert desk.inquiries.count().inquiries == 0
    press(window, Qt.Key.Key_Z, CTRL)
    assert desk.inquiries.count().people == 2
    window.journal.form.choose("people", 5)
    press(window, Qt.Key.Key_S, CTRL)
    assert desk.inquiries.count().people == 5
    press(window, Qt.Key.Key_Z, CTRL)
    assert desk.inquiries.count().people == 2
    press(window, Qt.Key.Key_Z, CTRL)
    assert "Rien à annuler dans ce journal" in window.toast.text


def test_ctrl_z_in_the_settings_leaves_the_notes_alone(window: Window, desk: Desk, clock: Clock) -> None:
    press(window, Qt.Key.Key_F9)
    window.show_page("settings")
    window.toast.hide()
    window.settings.choices["theme"].setFocus()
    press(window, Qt.Key.Key_Z, CTRL)
    assert desk.inquiries.count().inquiries == 1


def test_escape_leaves_the_fields_and_ctrl_f_leads_to_the_search_from_everywhere(window: Window, desk: Desk) -> None:
    desk.inquiries.add(Note(people=2))
    window.show_page("journal")
    press(window, Qt.Key.Key_Return)
    assert window.journal.form.first_field.hasFocus()
    window.journal.form.choose("people", 9)
    press(window, Qt.Key.Key_Escape)
    assert window.journal.list.hasFocus()
    assert window.journal.form.note().people == 2
    press(window, Qt.Key.Key_F, CTRL)
    assert window.counter.search.hasFocus()
    press(window, Qt.Key.Key_E, CTRL)
    assert window.counter.form.first_field.hasFocus()
    press(window, Qt.Key.Key_Escape)
    assert window.counter.search.hasFocus()


def test_settings_being_changed_wait_on_their_page(window: Window, desk: Desk) -> None:
    window.show_page("settings")
    window.settings.texts["counter_name"].setText("Point info Servette")
    window.show_page("counter")
    assert "pas encore enregistrés" in window.toast.text
    window.show_page("settings")
    assert window.settings.texts["counter_name"].text() == "Point info Servette"
    press(window, Qt.Key.Key_S, CTRL)
    assert not window.settings.is_edited


def test_closing_with_a_visit_asks_once(window: Window, clock: Clock) -> None:
    type_text("impôts")
    press(window, Qt.Key.Key_Return)
    assert not window.close()
    assert "n’est pas notée" in window.toast.text
    clock.now += timedelta(minutes=5)
    assert not window.close(), "that was long ago"
    assert window.close()


def test_a_visit_cleared_without_a_note_comes_back_with_a_key(window: Window) -> None:
    window.counter.form.choose("people", 3)
    press(window, Qt.Key.Key_N, CTRL)
    assert [found.text() for found in window.toast.findChildren(QPushButton)] == ["Reprendre   Ctrl+Maj+N"]
    press(window, Qt.Key.Key_N, CTRL, SHIFT)
    assert window.counter.form.note().people == 3
    press(window, Qt.Key.Key_N, CTRL, SHIFT)
    assert "Aucune visite à reprendre" in window.toast.text


def test_the_figures_begin_with_the_focus_on_the_chosen_period(window: Window) -> None:
    press(window, Qt.Key.Key_3, CTRL)
    assert window.figures.chips["month"].hasFocus()
    window.figures.chips["year"].click()
    press(window, Qt.Key.Key_1, CTRL)
    press(window, Qt.Key.Key_3, CTRL)
    assert window.figures.chips["year"].hasFocus()


def test_what_the_window_says_stands_on_its_foot_beside_the_rail_and_covers_no_button(window: Window) -> None:
    for page in ("counter", "journal", "directory", "settings"):
        window.show_page(page)
        window.toast.say("Demande notée.", "Annuler", lambda: None)
        QApplication.processEvents()
        [rail] = window.findChildren(Rail)
        covering = _in_window(window.toast)
        covered = [
            each.text()
            for each in window.findChildren(QPushButton)
            if each.isVisible() and not window.toast.isAncestorOf(each) and _in_window(each).intersects(covering)
        ]
        assert not covered, page
        assert not covering.intersects(_in_window(rail))
        assert window.rect().contains(covering)


def test_a_long_sentence_of_the_window_has_several_lines_beside_the_rail(window: Window) -> None:
    window.resize(700, 700)
    window.toast.say("Une phrase qui a besoin de plusieurs lignes. " * 6, "Annuler", lambda: None)
    QApplication.processEvents()
    [rail] = window.findChildren(Rail)
    assert not _in_window(window.toast).intersects(_in_window(rail))
    assert window.rect().contains(_in_window(window.toast))


def _in_window(part: QWidget) -> QRect:
    return QRect(part.mapTo(part.window(), QPoint(0, 0)), part.size())


def test_what_the_window_says_is_announced_with_what_can_be_done(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: heard.append(event.message()))
    press(window, Qt.Key.Key_F9)
    assert heard[-1] == "Question comptée. Annuler Ctrl+Z"


def test_a_window_of_another_look_takes_the_visit_over_and_the_old_one_closes(
    window: Window, desk: Desk, theme: Theme, background: Background
) -> None:
    window.counter.form.choose("people", 3)
    other = Window(desk, theme, background, lambda: None)
    other.take_over(window)
    assert window.close()
    assert other.counter.form.note().people == 3
    bury(other)
