"""The field of attached leaflets, as an editor uses it: add, name, put in order, take off."""

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pointinfo.database.schema import Attached
from pointinfo.desk import Desk
from pointinfo_ui.background import Background
from pointinfo_ui.directory.attachments_field import AttachmentsField
from pointinfo_ui.theme import Theme
from tests.conftest import OnAsking, bury
from tests.ui.keys import ALT, press, type_text


@pytest.fixture
def field(qtbot: QtBot, desk: Desk, theme: Theme) -> Iterator[AttachmentsField]:
    """The field of an entry without leaflets."""
    made = AttachmentsField(desk, theme)
    made.resize(560, 400)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    bury(made)


@pytest.fixture
def leaflet(tmp_path: Path) -> Path:
    """A PDF of one page."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(420, 595))
    made.save(tmp_path / "cours_de_français.pdf")
    return tmp_path / "cours_de_français.pdf"


@pytest.fixture
def poster(tmp_path: Path) -> Path:
    """A picture."""
    Image.new("RGB", (400, 300), (10, 120, 90)).save(tmp_path / "affiche.png")
    return tmp_path / "affiche.png"


def named(field: AttachmentsField, name: str) -> QWidget:
    [found] = [each for each in field.findChildren(QWidget) if each.accessibleName() == name and each.isVisible()]
    return found


def titles(field: AttachmentsField) -> list[str]:
    return [attached.title for attached in field.value]


def test_a_chosen_file_is_attached_under_its_name_and_the_title_is_ready_to_be_typed(
    qtbot: QtBot, field: AttachmentsField, leaflet: Path
) -> None:
    field.add_button.setFocus()
    press(field, Qt.Key.Key_Space)
    [chooser] = field.findChildren(QFileDialog)
    with qtbot.waitSignal(field.edited):
        chooser.filesSelected.emit([str(leaflet)])
    chooser.close()
    assert titles(field) == ["cours de français"]
    field.activateWindow()
    qtbot.waitUntil(named(field, "Titre du dépliant n° 1").hasFocus)
    type_text("Cours du soir")
    assert titles(field) == ["Cours du soir"]


def test_a_leaflet_that_is_read_while_another_entry_comes_up_is_not_attached_to_that_one(
    qtbot: QtBot, desk: Desk, theme: Theme, leaflet: Path, tmp_path: Path
) -> None:
    work = OnAsking()
    field = AttachmentsField(desk, theme, Background(work))
    field.attach([str(leaflet), str(tmp_path / "gone.pdf")])
    field.fill(())
    with qtbot.assertNotEmitted(field.edited):
        work.do()
    assert field.value == ()
    assert field.error.text() == ""
    field.attach([str(leaflet)])
    work.do()
    assert titles(field) == ["cours de français"]
    bury(field)


def test_dropped_files_are_attached_in_their_order(field: AttachmentsField, leaflet: Path, poster: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(poster)), QUrl.fromLocalFile(str(leaflet))])
    held = (Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(20, 20), *held)
    QApplication.sendEvent(field, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(field, QDropEvent(QPoint(20, 20), *held))
    assert titles(field) == ["affiche", "cours de français"]
    assert [attached.media_type for attached in field.value] == ["image/png", "application/pdf"]


def test_alt_and_arrows_put_the_leaflets_in_order(field: AttachmentsField, leaflet: Path, poster: Path) -> None:
    field.attach([str(leaflet), str(poster)])
    press(field, Qt.Key.Key_Up, ALT)
    assert titles(field) == ["affiche", "cours de français"]
    press(field, Qt.Key.Key_Up, ALT)
    assert titles(field) == ["affiche", "cours de français"], "the first stays the first"
    press(field, Qt.Key.Key_Down, ALT)
    assert titles(field) == ["cours de français", "affiche"]


def test_a_leaflet_is_taken_off_by_the_keyboard(field: AttachmentsField, leaflet: Path, poster: Path) -> None:
    field.attach([str(leaflet), str(poster)])
    named(field, "Retirer affiche").setFocus()
    press(field, Qt.Key.Key_Space)
    assert titles(field) == ["cours de français"]
    assert named(field, "Titre du dépliant n° 1").hasFocus()


def test_tab_goes_through_a_leaflet_and_on_to_adding_another(field: AttachmentsField, leaflet: Path) -> None:
    field.attach([str(leaflet)])
    gone = []
    for _stop in range(5):
        press(field, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        gone.append(focus.accessibleName())
    assert gone == [
        "Langue du dépliant n° 1",
        "Monter",
        "Descendre",
        "Retirer cours de français",
        "Joindre un dépliant…",
    ]


def test_the_language_is_kept(field: AttachmentsField, leaflet: Path) -> None:
    field.attach([str(leaflet)])
    press(field, Qt.Key.Key_Tab)
    press(field, Qt.Key.Key_Down)
    assert field.value[0].language == "fr"


def test_what_is_no_leaflet_is_said_and_the_others_are_attached(
    field: AttachmentsField, leaflet: Path, tmp_path: Path
) -> None:
    (tmp_path / "dépliant.pdf").write_bytes(b"MZ a program")
    field.attach([str(tmp_path / "dépliant.pdf"), str(leaflet)])
    assert titles(field) == ["cours de français"]
    assert "ni un PDF" in field.error.text()
    assert field.error.isVisible()


def test_the_same_leaflet_twice_is_said(field: AttachmentsField, leaflet: Path) -> None:
    field.attach([str(leaflet)])
    field.attach([str(leaflet)])
    assert titles(field) == ["cours de français"]
    assert "déjà joint" in field.error.text()


def test_filling_says_nothing_and_an_empty_title_is_a_problem(
    field: AttachmentsField, desk: Desk, leaflet: Path
) -> None:
    heard: list[None] = []
    field.edited.connect(lambda: heard.append(None))
    attached = desk.attachments.attach_file(leaflet)
    field.fill((attached,))
    assert field.value == (attached,)
    assert (field.problems, heard) == ((), [])
    named(field, "Titre du dépliant n° 1").setFocus()
    press(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(field, Qt.Key.Key_Delete)
    assert heard
    assert "n° 1 n’a pas de titre" in field.problems[0]


def test_a_leaflet_that_is_not_on_this_counter_keeps_its_place_and_says_so(field: AttachmentsField) -> None:
    elsewhere = Attached("0" * 64, "Plan", "application/pdf", 2_000)
    field.fill((elsewhere,))
    assert field.value == (elsewhere,)
    assert any("absent de ce poste" in each.text() for each in field.findChildren(type(field.error)))


def test_each_leaflet_shows_its_first_page_made_beside_the_window(
    qtbot: QtBot, desk: Desk, theme: Theme, background: Background, leaflet: Path
) -> None:
    field = AttachmentsField(desk, theme, background)
    field.show()
    poster = leaflet.with_name("affiche.jpg")
    Image.new("RGB", (400, 300), (10, 120, 90)).save(poster)
    field.attach([str(leaflet), str(poster)])
    qtbot.waitUntil(lambda: len(field.value) == 2)
    qtbot.waitUntil(lambda: named(field, "Première page de affiche").width() > 50)
    leaf, picture = named(field, "Première page de cours de français"), named(field, "Première page de affiche")
    assert leaf.height() > leaf.width()
    assert picture.width() > picture.height()
    bury(field)


def test_every_stop_has_a_name(field: AttachmentsField, leaflet: Path) -> None:
    field.attach([str(leaflet)])
    assert all(each.accessibleName() for each in field.findChildren(QPushButton))


def test_a_leaflet_of_any_kind_is_drawn_no_larger_than_asked(desk: Desk, tmp_path: Path) -> None:
    from pointinfo.leaflets.pages import first_page

    made = pikepdf.new()
    made.add_blank_page(page_size=(14_400, 7_200))
    written = io.BytesIO()
    made.save(written)
    picture = first_page(written.getvalue(), 200)
    assert (picture.width, picture.height) == (200, 100)
