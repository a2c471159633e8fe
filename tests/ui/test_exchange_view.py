"""Files in and out on one page: chosen, looked at, imported, taken back, written, by the keyboard."""

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from pointinfo.database.schema import Contact
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord
from pointinfo.directory.exchange.incoming import Understood, uid_of
from pointinfo.i18n import words
from pointinfo_ui.background import Background
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.exchange_models import PORTION, PreviewModel, UnderstoodModel
from pointinfo_ui.directory.exchange_view import ExchangeView
from pointinfo_ui.rows import ROW_ROLE
from pointinfo_ui.theme import Theme
from pointinfo_ui.window import Window
from tests.conftest import OnAsking, bury
from tests.fuzz_standards import MEDNUM
from tests.ui.keys import ALT, CTRL, press, type_text

HEAD = "id;nom;Tél. (secrétariat);couleur;Pour qui?"
ROWS = (
    "1;Maison verte;022 111 22 33;vert;Enfance",
    "2;Club des aînés;022 222 33 44;bleu;Aîné-e-s",
    "3;;022 333 44 55;rouge;Enfance",
)


def csv_file(folder: Path, *rows: str) -> Path:
    file = folder / "associations.csv"
    file.write_text("\n".join((HEAD, *(rows or ROWS))) + "\n", encoding="cp1252")
    return file


@pytest.fixture
def view(window: Window) -> ExchangeView:
    """The page of exchanges, nothing chosen yet; Odile keeps the directory."""
    window.show_page("directory")
    QApplication.processEvents()
    window.directory.author.take("Odile")
    press(window, Qt.Key.Key_6, ALT)
    shown = window.directory.view("exchange")
    assert isinstance(shown, ExchangeView)
    return shown


def settle(done: Callable[[], bool]) -> None:
    """Let what was done beside the window come back to it."""
    for _turn in range(50):
        if done():
            return
        QApplication.processEvents()
    assert done()


def read(view: ExchangeView, file: Path) -> None:
    view.read(str(file))
    settle(lambda: not view.is_edited)


def look(window: Window, view: ExchangeView, file: Path) -> None:
    read(view, file)
    press(window, Qt.Key.Key_Return, CTRL)
    settle(lambda: view.pages.currentWidget() is view.preview)


def bring_in(window: Window, view: ExchangeView, file: Path) -> None:
    look(window, view, file)
    press(window, Qt.Key.Key_S, CTRL)
    settle(lambda: not view.is_edited)


def states(view: ExchangeView) -> list[str]:
    model = view.preview.model
    return [model.index(row, 0).data(ROW_ROLE).state for row in range(model.rowCount())]


def detail(view: ExchangeView) -> str:
    items = (view.preview.detail.itemAt(place) for place in range(view.preview.detail.count()))
    widgets = (item.widget() for item in items if item is not None)
    return "\n".join(widget.text() for widget in widgets if isinstance(widget, QLabel))


def test_the_page_opens_on_two_choices(view: ExchangeView) -> None:
    assert view.pages.currentWidget() is view.start
    assert view.start.read_button.hasFocus()
    assert not view.start.closed.isChecked()
    assert not view.start.internal.isChecked()


def test_a_format_without_room_for_internal_fields_does_not_warn_of_them(window: Window, view: ExchangeView) -> None:
    start = view.start
    start.internal.setFocus()
    press(window, Qt.Key.Key_Space)
    assert start.warning.isVisible()
    assert "ne devra pas sortir du service" in start.warning.text()
    start.formats.setFocus()
    for _step in range(start.formats.count()):
        if start.formats.code == "vcard":
            break
        press(window, Qt.Key.Key_Up)
    assert start.formats.code == "vcard"
    assert "n’a pas de place" in start.warning.text()


def test_what_an_export_leaves_out_stands_on_the_page(view: ExchangeView, tmp_path: Path) -> None:
    view.start.formats.fill("vcard")
    view.start.internal.setChecked(True)
    view.write(str(tmp_path / "a.vcf"))
    settle(lambda: not view.is_edited and (tmp_path / "a.vcf").exists() and view.start.isVisible())
    assert "pas de place pour les champs réservés au personnel" in view.start.sentence.text()


def test_a_table_says_what_it_is_and_its_columns_are_guessed(view: ExchangeView, tmp_path: Path) -> None:
    read(view, csv_file(tmp_path))
    assert view.columns.heading.text() == "associations.csv"
    assert view.columns.reading.told.text() == "Tableau CSV · Windows-1252 · point-virgule · 3 lignes"
    assert view.columns.source.text() == "associations"
    said = [choice.currentText() for choice in view.columns.choices]
    assert said[:4] == ["Identifiant dans la source", "Nom", "Téléphone", "Garder à côté"]
    assert view.columns.choices[0].hasFocus()


def test_a_column_is_turned_into_another_field(window: Window, view: ExchangeView, desk: Desk, tmp_path: Path) -> None:
    read(view, csv_file(tmp_path))
    colour = view.columns.choices[3]
    colour.setFocus()
    press(window, Qt.Key.Key_Down)
    assert colour.currentText() == "Laisser"
    press(window, Qt.Key.Key_Return, CTRL)
    settle(lambda: view.pages.currentWidget() is view.preview)
    press(window, Qt.Key.Key_S, CTRL)
    settle(lambda: view.pages.currentWidget() is view.report)
    [origin] = desk.revisions.present(uid_of("associations", "1")).record.origins
    assert "couleur" not in origin.extra


def test_a_source_of_a_known_name_is_read_as_the_last_time(window: Window, view: ExchangeView, tmp_path: Path) -> None:
    read(view, csv_file(tmp_path))
    view.columns.source.setFocus()
    view.columns.source.selectAll()
    type_text("Ville")
    view.columns.choices[3].setFocus()
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_S, CTRL)
    settle(lambda: view.pages.currentWidget() is view.preview)
    press(window, Qt.Key.Key_S, CTRL)
    settle(lambda: view.pages.currentWidget() is view.report)
    read(view, csv_file(tmp_path))
    assert view.columns.choices[3].currentText() == "Garder à côté"
    view.columns.source.setFocus()
    view.columns.source.selectAll()
    type_text("Ville")
    press(window, Qt.Key.Key_Return)
    assert view.columns.choices[3].currentText() == "Laisser"


def test_the_preview_tells_everything_and_writes_nothing(
    window: Window, view: ExchangeView, desk: Desk, tmp_path: Path
) -> None:
    before = desk.directory.count()
    look(window, view, csv_file(tmp_path))
    assert view.preview.heading.text().startswith("2 nouvelles fiches, 1 ligne refusée")
    assert view.preview.sentence.text() == "Rien n’est encore écrit."
    assert states(view) == ["nouvelle", "nouvelle", "refusée"]
    assert view.preview.pane.list.hasFocus()
    assert "Téléphone, courriel, site\n022 111 22 33" in detail(view)
    press(window, Qt.Key.Key_End)
    assert "Ligne 4" in detail(view)
    view.preview.chips["refused"].click()
    assert states(view) == ["refusée"]
    assert desk.directory.count() == before


def test_rows_that_cant_come_in_are_told_and_the_button_says_how_many_do(
    window: Window, view: ExchangeView, desk: Desk, tmp_path: Path
) -> None:
    look(window, view, csv_file(tmp_path))
    told = [each.text() for each in view.preview.findChildren(QLabel) if each.isVisible()]
    assert "1 ligne ne peut pas être importée ; «Refusées» dit pourquoi." in told
    assert view.preview.import_button.text().split("  ")[0] == "Importer les 2 autres"
    assert view.preview.import_button.accessibleName() == "Importer les 2 autres"
    view.preview.import_button.setFocus()
    press(window, Qt.Key.Key_Space)
    settle(lambda: view.pages.currentWidget() is view.report)
    assert desk.revisions.present(uid_of("associations", "2")).record.name == "Club des aînés"


def test_where_every_row_comes_in_the_button_asks_nothing(window: Window, view: ExchangeView, tmp_path: Path) -> None:
    look(window, view, csv_file(tmp_path, *ROWS[:2]))
    assert view.preview.import_button.accessibleName() == "Importer"
    told = [each.text() for each in view.preview.findChildren(QLabel) if each.isVisible()]
    assert not any("ne peut pas être importée" in each for each in told)


def test_where_no_row_can_come_in_there_is_nothing_to_import(
    window: Window, view: ExchangeView, tmp_path: Path
) -> None:
    look(window, view, csv_file(tmp_path, ROWS[2]))
    assert not view.preview.import_button.isEnabled()


def test_an_import_is_reported_copied_and_taken_back(
    window: Window, view: ExchangeView, desk: Desk, tmp_path: Path
) -> None:
    bring_in(window, view, csv_file(tmp_path))
    assert view.report.heading.text() == "Import de «associations» terminé"
    assert window.toast.text == "Import terminé. Ctrl+Z l’annule."
    entry = desk.revisions.present(uid_of("associations", "2"))
    assert entry.record.name == "Club des aînés"
    assert desk.revisions.history(entry.record.uid)[0].author == "Odile"
    view.report.copy_button.setFocus()
    press(window, Qt.Key.Key_Space)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0] == "Dans le fichier\tRemplies\tComprises\tPart"
    assert "Tél. (secrétariat)\t3\t3\t100 %" in copied
    assert "couleur\t3\t–\tgardée à côté" in copied
    told = [
        view.report.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(view.report.model.rowCount())
    ]
    assert "couleur : gardée à côté, 3 remplies." in told
    assert "Tél. (secrétariat) : 3 comprises sur 3." in told
    press(window, Qt.Key.Key_Z, CTRL)
    settle(lambda: not view.undoes_first)
    assert view.report.heading.text() == "L’import est annulé : 2 fiches remises en état ou fermées."
    assert desk.revisions.present(entry.record.uid).record.status == "closed"


def test_a_field_that_is_partly_understood_and_partly_kept_says_both() -> None:
    model = UnderstoodModel(words("fr"))
    model.show((Understood("services.licences", 10, 6, 1), Understood("rien", 0, 0)))
    assert model.as_text().splitlines()[1:] == ["services.licences\t10\t6\t60 %, 1 gardée à côté"]
    told = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "services.licences : 6 comprises sur 10. 1 gardée à côté."


def test_what_the_source_changed_is_said_field_by_field(window: Window, view: ExchangeView, tmp_path: Path) -> None:
    bring_in(window, view, csv_file(tmp_path))
    look(window, view, csv_file(tmp_path, ROWS[0].replace("111 22 33", "999 22 33"), *ROWS[1:]))
    view.preview.chips["changed"].click()
    assert states(view) == ["change"]
    assert "Avant : 022 111 22 33\nAprès : 022 999 22 33" in detail(view)


def test_an_import_that_closes_many_is_asked_about_and_ctrl_s_alone_never_confirms(
    window: Window, view: ExchangeView, desk: Desk, tmp_path: Path
) -> None:
    bring_in(window, view, csv_file(tmp_path))
    shorter = csv_file(tmp_path, ROWS[0])
    bring_in(window, view, shorter)
    assert view.pages.currentWidget() is view.preview
    assert view.preview.confirm_button.hasFocus()
    press(window, Qt.Key.Key_S, CTRL)
    settle(lambda: not view.is_edited)
    gone = uid_of("associations", "2")
    assert desk.revisions.present(gone).record.status != "closed"
    press(window, Qt.Key.Key_Space)
    settle(lambda: view.pages.currentWidget() is view.report)
    assert desk.revisions.present(gone).record.status == "closed"


def test_who_is_no_editor_looks_but_does_not_import(
    window: Window, view: ExchangeView, desk: Desk, tmp_path: Path
) -> None:
    desk.keep_settings(msgspec.structs.replace(desk.settings, editors=("Zoé",)))
    before = desk.directory.count()
    bring_in(window, view, csv_file(tmp_path))
    assert "Seules les personnes inscrites" in view.preview.sentence.text()
    assert not view.preview.import_button.isEnabled()
    assert desk.directory.count() == before


def test_nobody_imports_without_a_name(window: Window, view: ExchangeView, desk: Desk, tmp_path: Path) -> None:
    window.directory.author.take("")
    bring_in(window, view, csv_file(tmp_path))
    assert view.who.hasFocus()
    type_text("Ana")
    press(window, Qt.Key.Key_S, CTRL)
    settle(lambda: view.pages.currentWidget() is view.report)
    assert desk.revisions.history(uid_of("associations", "1"))[0].author == "Ana"


def test_the_directory_is_written_and_read_again_unchanged(
    window: Window, view: ExchangeView, desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "annuaire.jsonl"
    view.start.formats.fill("jsonl")
    view.write(str(file))
    settle(lambda: not view.is_edited)
    assert file.read_text(encoding="utf-8").count("\n") == desk.directory.count()
    look(window, view, file)
    assert set(states(view)) == {"inchangée"}
    assert view.columns.mapping is None


def test_a_guess_that_was_wrong_is_put_right_and_remembered(
    window: Window, view: ExchangeView, desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "associations.csv"
    file.write_text("id|nom;complément\n1|Maison d’été;Pâquis\n2|Café;Jonction\n", encoding="mac-roman")
    read(view, file)
    line = view.columns.reading
    assert line.told.text() == "Tableau CSV · Windows-1252 · point-virgule · 2 lignes"
    assert not line.encoding.isVisible()
    line.change_button.setFocus()
    press(window, Qt.Key.Key_Space)
    assert line.encoding.hasFocus()
    assert line.encoding.currentText() == "Windows-1252"
    type_text("Mac")
    press(window, Qt.Key.Key_Tab)
    type_text("barre")
    press(window, Qt.Key.Key_Tab)
    assert line.reread_button.hasFocus()
    press(window, Qt.Key.Key_Space)
    settle(lambda: not view.is_edited)
    assert line.told.text() == "Tableau CSV · Mac Roman · barre verticale · 2 lignes"
    assert len(view.columns.choices) == 2
    view.columns.choices[1].fill("name")
    press(window, Qt.Key.Key_Return, CTRL)
    settle(lambda: view.pages.currentWidget() is view.preview)
    press(window, Qt.Key.Key_S, CTRL)
    settle(lambda: view.pages.currentWidget() is view.report)
    assert desk.revisions.present(uid_of("associations", "1")).record.name == "Maison d’été;Pâquis"
    read(view, file)
    assert line.told.text() == "Tableau CSV · Mac Roman · barre verticale · 2 lignes"
    assert not line.encoding.isVisible() or line.encoding.currentText() == "Mac Roman"
    view.columns.source.setFocus()
    view.columns.source.selectAll()
    type_text("Ville")
    press(window, Qt.Key.Key_Return)
    assert line.told.text() == "Tableau CSV · Mac Roman · barre verticale · 2 lignes"


def test_another_sheet_of_a_workbook_is_chosen(window: Window, view: ExchangeView, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "Lisez-moi"
    first.append(["Consignes"])
    sheet = book.create_sheet("Liste")
    for row in (["id", "nom"], ["1", "Maison"], ["2", "Club"]):
        sheet.append(row)
    file = tmp_path / "associations.xlsx"
    book.save(file)
    read(view, file)
    line = view.columns.reading
    assert line.told.text() == "Classeur Excel · feuille «Lisez-moi» · 0 ligne"
    line.change_button.setFocus()
    press(window, Qt.Key.Key_Space)
    assert line.sheet.hasFocus()
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_Space)
    settle(lambda: not view.is_edited)
    assert line.told.text() == "Classeur Excel · feuille «Liste» · 2 lignes"
    assert [choice.currentText() for choice in view.columns.choices] == ["Identifiant dans la source", "Nom"]


def test_a_word_that_no_list_has_is_given_a_meaning_that_is_remembered(
    window: Window, view: ExchangeView, desk: Desk, tmp_path: Path
) -> None:
    rows = (ROWS[0].replace("Enfance", "Riverains"), ROWS[1], "3;Café;022 333 44 55;rouge;Martiens")
    file = csv_file(tmp_path, *rows)
    file.write_text(file.read_text("cp1252").replace("Pour qui?", "Public"), encoding="cp1252")
    look(window, view, file)
    assert view.preview.words_button.isVisible()
    view.preview.words_button.setFocus()
    press(window, Qt.Key.Key_Space)
    assert view.pages.currentWidget() is view.words
    riverains, martians = view.words.choices
    assert riverains.hasFocus()
    assert (riverains.accessibleName(), riverains.currentText()) == ("Sens de «Riverains»", "Garder à côté")
    type_text("Proches")
    press(window, Qt.Key.Key_Tab)
    assert martians.hasFocus()
    press(window, Qt.Key.Key_Return, CTRL)
    settle(lambda: view.pages.currentWidget() is view.preview)
    press(window, Qt.Key.Key_S, CTRL)
    settle(lambda: view.pages.currentWidget() is view.report)
    assert desk.revisions.present(uid_of("associations", "1")).record.terms["audience"] == ("proches-aidants",)
    assert "audience" not in desk.revisions.present(uid_of("associations", "3")).record.terms
    look(window, view, file)
    view.preview.words_button.click()
    assert [choice.accessibleName() for choice in view.words.choices] == ["Sens de «Martiens»", "Sens de «Riverains»"]
    assert view.words.choices[1].currentText() == "Proches aidant-e-s"
    press(window, Qt.Key.Key_Escape)
    assert view.pages.currentWidget() is view.preview


def test_the_person_decides_what_becomes_of_an_entry_that_is_here_already(
    window: Window, view: ExchangeView, desk: Desk, tmp_path: Path
) -> None:
    contacts = (Contact("phone", "022 111 22 33"),)
    desk.revisions.save(EntryRecord(uid="verte", kind="association", name="Maison Verte", contacts=contacts), "Zoé")
    look(window, view, csv_file(tmp_path))
    assert view.preview.heading.text().startswith(
        "1 nouvelle fiche, 1 fiche change, 1 ligne refusée, 1 fiche sans doute"
    )
    view.preview.chips["twins"].click()
    assert states(view) == ["change"]
    QApplication.processEvents()
    labels = [each.text() for each in view.preview.findChildren(QLabel) if each.isVisible()]
    assert "Sans doute déjà dans l’annuaire : «Maison Verte» (même nom, même téléphone)." in labels
    update, fresh = view.preview.twin_chips
    assert (update.isChecked(), fresh.isChecked()) == (True, False)
    fresh.setFocus()
    press(window, Qt.Key.Key_Space)
    QApplication.processEvents()
    assert states(view) == ["nouvelle"]
    assert view.preview.twin_chips[1].hasFocus()
    assert view.preview.chips["twins"].isChecked()
    assert view.preview.heading.text().startswith("2 nouvelles fiches, 1 ligne refusée")
    view.preview.twin_chips[0].setFocus()
    press(window, Qt.Key.Key_Space)
    QApplication.processEvents()
    press(window, Qt.Key.Key_S, CTRL)
    settle(lambda: view.pages.currentWidget() is view.report)
    assert desk.revisions.present("verte").record.origins[0].source == "associations"


def test_a_standards_file_names_its_source_and_the_person_may_name_another(
    window: Window, view: ExchangeView, desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "export.json"
    file.write_text(json.dumps(MEDNUM), encoding="utf-8")
    read(view, file)
    assert view.columns.source.text() == "mednum:nouvelle-caledonie"
    view.columns.source.setFocus()
    view.columns.source.selectAll()
    type_text("Ville")
    press(window, Qt.Key.Key_Return, CTRL)
    settle(lambda: view.pages.currentWidget() is view.preview)
    press(window, Qt.Key.Key_S, CTRL)
    settle(lambda: view.pages.currentWidget() is view.report)
    assert view.report.heading.text() == "Import de «Ville» terminé"


@pytest.mark.parametrize(("name", "data"), [("vide.csv", b""), ("image.csv", b"\x89PNG\r\n\x00\x01\x02" * 200)])
def test_a_broken_file_is_a_sentence_on_the_page(view: ExchangeView, tmp_path: Path, name: str, data: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    read(view, file)
    assert view.pages.currentWidget() is view.start
    assert name in view.start.sentence.text()
    assert view.start.sentence.isVisible()


def test_a_place_that_cannot_be_written_is_a_sentence_on_the_page(view: ExchangeView, tmp_path: Path) -> None:
    view.write(str(tmp_path / "nulle-part" / "annuaire.xlsx"))
    settle(lambda: not view.is_edited)
    assert "n’a pas pu être écrit" in view.start.sentence.text()


def test_a_dropped_file_is_read(view: ExchangeView, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(csv_file(tmp_path)))])
    buttons, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    view.dropEvent(QDropEvent(QPoint(10, 10), Qt.DropAction.CopyAction, data, buttons, held))
    settle(lambda: view.pages.currentWidget() is view.columns)


def test_escape_stops_an_import_with_nothing_written(desk: Desk, theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    work = OnAsking()
    background = Background(work)
    author = Author(desk)
    author.take("Odile")
    view = ExchangeView(desk, theme, background, author)
    view.show()
    qtbot.waitExposed(view)

    def do() -> None:
        assert view.pages.currentWidget() is view.working
        work.do()
        settle(lambda: not view.is_edited)

    before = desk.directory.count()
    view.read(str(csv_file(tmp_path)))
    do()
    view.look()
    do()
    view.save()
    assert view.stop_button.hasFocus()
    press(view, Qt.Key.Key_Escape)
    do()
    assert view.pages.currentWidget() is view.preview
    assert "Arrêté. Rien n’a été écrit." in [each.text() for each in view.findChildren(QLabel) if each.isVisible()]
    assert desk.directory.count() == before
    view.save()
    do()
    assert view.pages.currentWidget() is view.report
    background.close()
    bury(view)


def test_escape_goes_back_step_by_step(window: Window, view: ExchangeView, tmp_path: Path) -> None:
    look(window, view, csv_file(tmp_path))
    press(window, Qt.Key.Key_Escape)
    assert view.pages.currentWidget() is view.columns
    press(window, Qt.Key.Key_Escape)
    assert view.pages.currentWidget() is view.start


def test_the_lists_are_sound_models_and_rows_come_as_they_are_seen(
    window: Window, view: ExchangeView, desk: Desk, tmp_path: Path, qtmodeltester: ModelTester
) -> None:
    rows = [f"{number};Association {number};022 111 22 33;vert;Enfance" for number in range(200)]
    preview = desk.exchange.preview(csv_file(tmp_path, *rows))
    model = PreviewModel(desk)
    model.show(preview, preview.numbers())
    assert model.rowCount() == PORTION
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Association 0. nouvelle")
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    bring_in(window, view, csv_file(tmp_path))
    assert view.report.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("sur 3.")
    qtmodeltester.check(view.report.model)  # type: ignore[no-untyped-call]
