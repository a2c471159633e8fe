"""Nearness at the counter: the nearest first, how far each is, and lists that count what a choice would leave."""

from dataclasses import replace

import msgspec
import pytest
from PySide6.QtCore import QModelIndex, Qt

from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord, Query
from pointinfo_ui.rows import ROW_ROLE, RowText
from pointinfo_ui.window import Window
from tests.ui.keys import CTRL, press, type_text


def rows(window: Window) -> list[RowText]:
    model = window.counter.results.model()
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    return [model.index(row, 0).data(ROW_ROLE) for row in range(model.rowCount())]


def settle(window: Window, quartier: str) -> None:
    """Say in the settings where this counter is, as a person would."""
    press(window, Qt.Key.Key_5, CTRL)
    choice = window.settings.choices["quartier"]
    choice.setCurrentIndex(choice.findData(quartier))
    press(window, Qt.Key.Key_S, CTRL)
    press(window, Qt.Key.Key_1, CTRL)


def choose(window: Window, name: str, code: str) -> None:
    """Choose from a chip's list."""
    menu = window.counter.filters._chips[name].menu_view
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.data() == code).trigger()


def test_a_counter_that_knows_where_it_is_shows_the_nearest_first(window: Window, desk: Desk) -> None:
    settle(window, "grottes")
    assert desk.settings.quartier == "grottes"
    type_text("salle à réserver")
    before = {row.heading for row in rows(window)}
    press(window, Qt.Key.Key_L, CTRL)
    shown = rows(window)
    assert {row.heading for row in shown} == before
    assert "env. " in shown[0].meta
    assert "les plus proches d’abord" in window.counter.head.count.text()
    [first_far] = [number for number, row in enumerate(shown) if "sans distance connue" in row.over]
    assert all("quartier" in row.meta or "secteur" in row.meta for row in shown[:first_far])
    assert not any("env. " in row.meta for row in shown[first_far:] if row.over != "Peut-être")
    press(window, Qt.Key.Key_L, CTRL)
    assert not any("env. " in row.meta for row in rows(window))


def test_a_counter_that_does_not_is_told_where_to_say_it(window: Window) -> None:
    type_text("crèche")
    before = [row.heading for row in rows(window)]
    press(window, Qt.Key.Key_L, CTRL)
    assert "Réglages" in window.toast.text
    assert [row.heading for row in rows(window)] == before
    menu = window.counter.filters._chips["near"].menu_view
    menu.aboutToShow.emit()
    assert not menu.actions()[1].isEnabled()


def test_any_quartier_can_be_asked_for(window: Window) -> None:
    type_text("maison de quartier")
    choose(window, "near", "eaux-vives")
    assert rows(window)[0].heading == "Maison de quartier des Eaux-Vives"
    assert "dans le quartier" in rows(window)[0].meta
    chip = window.counter.filters._chips["near"]
    assert chip.text() == "Près de : Eaux-Vives"
    assert chip.isChecked()
    choose(window, "near", "")
    assert not chip.isChecked()
    assert not any("dans le quartier" in row.meta for row in rows(window))


def test_without_words_the_whole_directory_stands_by_distance(window: Window, desk: Desk) -> None:
    choose(window, "near", "paquis")
    assert len(rows(window)) == len(desk.directory.search(Query()).hits)
    assert "dans le quartier" in rows(window)[0].meta


def test_the_card_says_how_far_its_entry_is_from_here(window: Window, desk: Desk) -> None:
    desk.directory.load(
        [
            msgspec.structs.replace(
                EntryRecord(uid="x", kind="place", name="Xylothèque"), longitude=6.145, latitude=46.21
            )
        ]
    )
    press(window, Qt.Key.Key_5, CTRL)
    window.settings.lists["coordinates"].setPlainText("46.21, 6.15")
    press(window, Qt.Key.Key_S, CTRL)
    press(window, Qt.Key.Key_1, CTRL)
    type_text("xylothèque")
    assert "Lieu · à 400 m" in window.counter.card.sentence()


def test_coordinates_that_are_none_are_said_and_not_kept(window: Window, desk: Desk) -> None:
    press(window, Qt.Key.Key_5, CTRL)
    window.settings.lists["coordinates"].setPlainText("rue de la Servette")
    press(window, Qt.Key.Key_S, CTRL)
    assert "latitude" in window.toast.text
    assert desk.settings.coordinates is None
    window.settings.fill()


def test_the_next_visitor_starts_without_a_place(window: Window) -> None:
    choose(window, "near", "paquis")
    type_text("crèche")
    press(window, Qt.Key.Key_N, CTRL)
    assert window.counter.filters.query("").near is None


@pytest.mark.parametrize("name", ["kind", "sector", "language", "age"])
def test_each_list_counts_what_a_choice_would_leave_and_offers_no_dead_end(
    name: str, window: Window, desk: Desk
) -> None:
    record = EntryRecord(uid="x", kind="activity", name="Contes pour enfants")
    desk.directory.load([msgspec.structs.replace(record, terms={"audience": ("enfance",), "language": ("es", "en")})])
    window.counter.refresh_directory()
    type_text("enfants")
    window.counter.choose_audience("enfance")
    menu = window.counter.filters._chips[name].menu_view
    menu.aboutToShow.emit()
    offered = [action for action in menu.actions() if action.data()]
    assert any(action.isEnabled() for action in offered)
    for action in offered:
        code = float(action.data()) if name == "age" else action.data()
        narrowed = replace(window.counter.filters.query("enfants"), **{name: code})  # type: ignore[arg-type]
        sure = desk.directory.search(narrowed).sure
        assert action.text().endswith(f"  {sure}")
        assert action.isEnabled() == (sure > 0)
    left = next(action for action in offered if action.isEnabled())
    said = left.text()
    left.trigger()
    assert said.endswith(f"  {window.counter._results.sure}")
