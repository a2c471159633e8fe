"""Exchange, by the keyboard: from a file to entries and back, with what is wrong said before anything counts."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pointinfo.desk import Desk
from pointinfo.directory.exchange.incoming import uid_of
from pointinfo_ui.directory.exchange_view import ExchangeView
from pointinfo_ui.rows import ROW_ROLE
from pointinfo_ui.window import Window
from tests.ui.keys import ALT, CTRL, press, type_text

ROWS = (
    "id;nom;téléphone;public;logo",
    "1;Maison verte;022 111 22 33;Enfance;vert",
    "2;Club des aîné-e-s;?;Martiens;bleu",
    "3;;022 333 44 55;;",
)


@pytest.fixture
def view(window: Window, qtbot: QtBot) -> ExchangeView:
    """The part of the page, turned to by its key, by somebody who has said who they are."""
    window.show_page("directory")
    press(window, Qt.Key.Key_6, ALT)
    window.directory.author.take("Ana")
    found = window.directory.view("exchange")
    assert isinstance(found, ExchangeView)
    return found


def table(folder: Path, *rows: str) -> Path:
    file = folder / "ville.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def settle(qtbot: QtBot, view: ExchangeView) -> None:
    """Until what was asked for is done."""
    qtbot.waitUntil(lambda: not view._busy)


def choose(qtbot: QtBot, view: ExchangeView, file: Path) -> None:
    """Name a file in the dialog, as a person would."""
    press(view, Qt.Key.Key_O, CTRL)
    named(qtbot, view, file)


def named(qtbot: QtBot, view: ExchangeView, file: Path) -> None:
    """Answer the dialog that is open; the window has the focus again."""
    dialog = view.start._dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()
    view.window().activateWindow()
    qtbot.waitUntil(lambda: view.window().isActiveWindow())
    dialog.fileSelected.emit(str(file))
    settle(qtbot, view)


def go_on(qtbot: QtBot, window: Window, view: ExchangeView) -> None:
    press(window, Qt.Key.Key_Return, CTRL)
    settle(qtbot, view)


def shown(view: ExchangeView) -> QWidget | None:
    return view._stack.currentWidget()


def headings(model: QAbstractItemModel) -> list[str]:
    return [model.index(row, 0).data(ROW_ROLE).heading for row in range(model.rowCount())]


def test_a_file_becomes_entries_with_five_keys(
    window: Window, view: ExchangeView, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(qtbot, view, table(tmp_path, *ROWS))
    assert shown(view) is view.file_pane
    assert view.file_pane.source.text() == "ville"
    assert view.file_pane.model.index(0, 1).data() == "Maison verte"
    go_on(qtbot, window, view)
    assert shown(view) is view.columns_pane
    assert headings(view.columns_pane.model) == ["id", "nom", "téléphone", "public", "logo"]
    go_on(qtbot, window, view)
    assert shown(view) is view.preview_pane
    assert desk.directory.count() == 191
    go_on(qtbot, window, view)
    assert shown(view) is view.report_pane
    assert desk.directory.count() == 193
    assert desk.revisions.history(uid_of("ville", "1"))[0].author == "Ana"


def test_the_preview_filters_by_kind_and_shows_what_is_wrong(
    window: Window, view: ExchangeView, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(qtbot, view, table(tmp_path, *ROWS))
    go_on(qtbot, window, view)
    go_on(qtbot, window, view)
    pane = view.preview_pane
    assert [chip.text() for chip in pane._chips.values()] == [
        "Nouvelles  2",
        "Refusées  1",
        "Avec remarque  2",
        "Toutes  3",
    ]
    assert headings(pane.model) == ["Maison verte", "Club des aîné-e-s"]
    pane.filter("refused")
    row = pane.model.index(0, 0).data(ROW_ROLE)
    assert (row.heading, row.state, row.body) == ("sans nom", "refusée", "Cette ligne n’a pas de nom.")
    assert "ligne 4" in pane.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_column_and_an_unknown_word_are_given_a_meaning(
    window: Window, view: ExchangeView, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(qtbot, view, table(tmp_path, *ROWS))
    go_on(qtbot, window, view)
    pane = view.columns_pane
    pane.list.setCurrentIndex(pane.model.index(4, 0))
    pane.target.setCurrentIndex(pane.target.findData("stop"))
    pane.target.activated.emit(pane.target.currentIndex())
    pane.list.setCurrentIndex(pane.model.index(3, 0))
    [choice] = [each for each in pane.findChildren(type(pane.target)) if each.accessibleName() == "Martiens"]
    choice.setCurrentIndex(choice.findData("jeunesse"))
    choice.activated.emit(choice.currentIndex())
    go_on(qtbot, window, view)
    go_on(qtbot, window, view)
    club = desk.revisions.present(uid_of("ville", "2")).record
    assert club.stop == "bleu"
    assert club.terms["audience"] == ("jeunesse",)


def test_ctrl_z_takes_the_whole_import_back(
    window: Window, view: ExchangeView, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(qtbot, view, table(tmp_path, *ROWS))
    for _step in range(3):
        go_on(qtbot, window, view)
    assert desk.directory.count() == 193
    press(window, Qt.Key.Key_Z, CTRL)
    settle(qtbot, view)
    assert desk.directory.count() == 191
    assert shown(view) is view.start


def test_much_that_would_close_must_be_agreed_to(
    window: Window, view: ExchangeView, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = [f"{n};Maison {n};;;" for n in range(4)]
    for some in (rows, rows[:2]):
        choose(qtbot, view, table(tmp_path, ROWS[0], *some))
        for _step in range(3):
            go_on(qtbot, window, view)
    assert shown(view) is view.preview_pane
    assert "2 fiches sur 4" in view.preview_pane.figures.text()
    assert desk.revisions.present(uid_of("ville", "3")).record.status == "active"
    assert view.preview_pane.sure.hasFocus()
    press(window, Qt.Key.Key_Space)
    go_on(qtbot, window, view)
    assert desk.revisions.present(uid_of("ville", "3")).record.status == "closed"


def test_nobody_imports_without_a_name_or_the_right(
    window: Window, view: ExchangeView, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    said: list[str] = []
    view.said.connect(said.append)
    window.directory.author.take("")
    choose(qtbot, view, table(tmp_path, *ROWS))
    for _step in range(3):
        go_on(qtbot, window, view)
    assert "votre nom" in said[-1]
    assert view.who.hasFocus()
    assert desk.directory.count() == 191


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", bytes(range(256)) * 9])
def test_a_file_that_cant_be_read_says_so_where_it_was_chosen(
    view: ExchangeView, qtbot: QtBot, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "liste.csv"
    file.write_bytes(content)
    choose(qtbot, view, file)
    assert shown(view) is view.start
    assert view.start.refused.isVisible()
    assert "liste.csv" in view.start.refused.text()


def test_another_encoding_reads_the_first_rows_again(view: ExchangeView, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_bytes("nom;ville\nÉcole;Genève\n".encode())
    choose(qtbot, view, file)
    view.file_pane.encoding.setCurrentIndex(view.file_pane.encoding.findData("cp1252"))
    view.file_pane.encoding.activated.emit(1)
    settle(qtbot, view)
    assert view.file_pane.model.index(0, 0).data() == "Ã‰cole"


def test_escape_goes_back_step_by_step(window: Window, view: ExchangeView, qtbot: QtBot, tmp_path: Path) -> None:
    choose(qtbot, view, table(tmp_path, *ROWS))
    go_on(qtbot, window, view)
    go_on(qtbot, window, view)
    for pane in (view.columns_pane, view.file_pane, view.start):
        press(window, Qt.Key.Key_Escape)
        assert shown(view) is pane


def test_what_is_under_way_can_be_stopped(
    window: Window, view: ExchangeView, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    said: list[str] = []
    view.said.connect(said.append)
    choose(qtbot, view, table(tmp_path, ROWS[0], *(f"{n};Maison {n};;;" for n in range(1_500))))
    go_on(qtbot, window, view)
    go_on(qtbot, window, view)
    view.told.connect(lambda _done: view.go_back())
    go_on(qtbot, window, view)
    assert said[-1] == "Arrêté. Rien n’a été modifié."
    assert shown(view) is view.preview_pane
    assert desk.directory.count() == 191


def test_a_file_of_ours_needs_no_columns(
    window: Window, view: ExchangeView, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "autre.jsonl"
    file.write_text(json.dumps({"uid": "x", "kind": "service", "name": "Maison"}), encoding="utf-8")
    choose(qtbot, view, file)
    go_on(qtbot, window, view)
    assert shown(view) is view.preview_pane
    go_on(qtbot, window, view)
    assert desk.directory.entry("x").name == "Maison"


def test_the_report_is_copied_and_saved(window: Window, view: ExchangeView, qtbot: QtBot, tmp_path: Path) -> None:
    choose(qtbot, view, table(tmp_path, *ROWS))
    for _step in range(3):
        go_on(qtbot, window, view)
    view.copy_report()
    assert "téléphone\t3\t2\t66 %" in QGuiApplication.clipboard().text()
    view.write_report(str(tmp_path / "rapport.csv"))
    assert "téléphone;3;2;66 %" in (tmp_path / "rapport.csv").read_text("utf-8-sig")


def test_what_a_search_finds_is_written(view: ExchangeView, qtbot: QtBot, tmp_path: Path) -> None:
    said: list[str] = []
    view.said.connect(said.append)
    view.start.search.setFocus()
    type_text("point info")
    view.start.format_choice.fill("csv")
    press(view, Qt.Key.Key_S, CTRL, Qt.KeyboardModifier.ShiftModifier)
    named(qtbot, view, tmp_path / "a.csv")
    assert "fiches écrites : a.csv" in said[-1]
    assert "Point info Servette" in (tmp_path / "a.csv").read_text("utf-8-sig")


def test_every_list_keeps_the_rules_of_its_kind_and_every_field_has_a_name(
    window: Window, view: ExchangeView, qtbot: QtBot, qtmodeltester: "object", tmp_path: Path
) -> None:
    choose(qtbot, view, table(tmp_path, *ROWS))
    for _step in range(3):
        reached = [each for each in view.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        own = [each for each in reached if each.isVisible() and not each.objectName().startswith("qt_")]
        assert [each for each in own if not each.accessibleName()] == []
        go_on(qtbot, window, view)
    for model in (view.file_pane.model, view.columns_pane.model, view.preview_pane.model, view.report_pane.model):
        qtmodeltester.check(model, force_py=True)  # type: ignore[attr-defined]
