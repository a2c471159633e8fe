"""The editor of entries: nothing is lost, nothing is saved unasked, every field comes back as it was."""

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import cast

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from pointinfo.config import Settings
from pointinfo.desk import Desk, open_desk
from pointinfo.directory import Contact, EntryRecord, FieldChange, Link, Name, Origin, Query, Schedule, Wording
from pointinfo.directory.fields import Section
from pointinfo.directory.record import changes
from pointinfo_ui.directory.contacts_field import ContactRow, ContactsField
from pointinfo_ui.directory.editor import EntryEditor
from pointinfo_ui.directory.entries_view import EntriesView
from pointinfo_ui.directory.links_field import EntryLine, LinkRow, LinksField
from pointinfo_ui.directory.plain_fields import DateField, LineField, NumberField, typed_day
from pointinfo_ui.directory.terms_field import TermsField
from pointinfo_ui.directory.texts_field import TextsField
from pointinfo_ui.window import Window
from tests.conftest import MONDAY, Clock
from tests.ui.keys import ALT, CTRL, SHIFT, press, type_text

FULL = EntryRecord(
    uid="complete",
    kind="activity",
    name="Atelier du jeudi",
    status="do_not_refer",
    status_reason="travaux",
    replaced_by="hospice-general",
    names=(Name("ADJ", "acronym"), Name("Donnerstagswerkstatt", "alias", "de")),
    wordings={
        "fr": Wording(summary="Un atelier.  \n", how_to_apply="Venir.\nS’inscrire."),
        "de": Wording(summary="Eine Werkstatt.", fee="gratis"),
    },
    street="Rue Dancet 14 ",
    postcode="1205",
    city="Genève",
    stop="Uni Mail",
    longitude=6.1393821,
    latitude=46.1982,
    contacts=(Contact("phone", "0224188181", " accueil ", "Mo 09:00-10:00"), Contact("web", "geneve.ch")),
    hours="Th 14:00-16:00",
    schedules=(Schedule("14:00", "16:00", weekdays=(3,)),),
    age_from=0.5,
    age_to=12,
    source="geneve.ch",
    confidence="memory",
    as_of="2026-09",
    verified_on="2026-11-20",
    verified_by="Odile",
    verified_how="phone",
    next_check="2027-05-20",
    important=True,
    demonstration=True,
    origins=(Origin("hossp", "12", {"Remarque": "x"}),),
    terms={"topic": ("creche", "aide-alimentaire"), "audience": ("enfance",), "language": ("pt", "fr"), "fee": ()},
    links=(Link("see_first", "hospice-general"),),
    internal_street="Chemin X",
    internal_contacts=(Contact("phone", "022 000 00 00"),),
    internal_note="a\n\nb ",
)


@pytest.fixture
def view(window: Window) -> EntriesView:
    """The part of the directory page where entries are edited."""
    QApplication.processEvents()  # until then the window is not the active one
    press(window, Qt.Key.Key_4, CTRL)
    return cast("EntriesView", window.directory.view("entries"))


@pytest.fixture
def editor(view: EntriesView) -> EntryEditor:
    """The editor; nothing is open in it, drafts are kept as soon as the last key is handled."""
    view.editor.timer.setInterval(0)
    return view.editor


def line(editor: EntryEditor, key: str) -> LineField:
    """A field of one line."""
    return cast("LineField", editor.form.frames[key].widget)


def terms(editor: EntryEditor, vocabulary: str) -> TermsField:
    """A field of chips."""
    return cast("TermsField", editor.form.frames[f"terms/{vocabulary}"].widget)


def contacts(editor: EntryEditor) -> list[ContactRow]:
    """The rows of the public contacts."""
    return cast("list[ContactRow]", cast("ContactsField", editor.form.frames["contacts"].widget).rows)


def rewrite(widget: QLineEdit, text: str) -> None:
    """Type over what a line says."""
    widget.setFocus()
    widget.selectAll()
    type_text(text)
    QApplication.processEvents()


def said(widget: QWidget) -> str:
    """Everything that is shown in a widget."""
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def uids(desk: Desk) -> list[str]:
    return [row.uid for row in desk.directory.rows([hit.id for hit in desk.directory.search(Query()).hits])]


# What is filled comes back, and filling says nothing


def test_every_shipped_entry_comes_back_from_the_form_as_it_was_and_leaves_nothing(
    editor: EntryEditor, desk: Desk, window: Window
) -> None:
    edits: list[int] = []
    editor.form.edited.connect(lambda: edits.append(1))
    everything = uids(desk)
    assert len(everything) == 191
    for uid in everything:
        before = desk.revisions.present(uid)
        window.directory.open_entry(uid)
        assert editor.form.record() == before.record, uid
        assert not editor.is_edited
    press(window, Qt.Key.Key_1, CTRL)
    QApplication.processEvents()
    assert edits == []
    assert desk.drafts.all() == []
    assert all(len(desk.revisions.history(uid)) == 1 for uid in everything)


def test_an_entry_with_every_field_comes_back_even_as_it_should_not_be_written(
    editor: EntryEditor, desk: Desk, window: Window
) -> None:
    desk.revisions.save(FULL, "Odile", base="")
    window.directory.open_entry("complete")
    assert editor.form.record() == FULL
    editor.who.language.fill("de")
    editor.form.show_language("de")
    assert editor.form.record() == FULL
    rewrite(line(editor, "stop"), "Plainpalais")
    assert changes(FULL, editor.form.record()) == [FieldChange("stop", "Uni Mail", "Plainpalais")]
    rewrite(line(editor, "stop"), "Uni Mail")
    assert not editor.is_edited


def test_a_section_that_is_jumped_to_stands_on_top(
    editor: EntryEditor, desk: Desk, window: Window, qtbot: QtBot
) -> None:
    desk.revisions.save(FULL, "Odile", base="")
    window.directory.open_entry("complete")
    rewrite(line(editor, "stop"), "Plainpalais")
    bar = editor.form.verticalScrollBar()

    def stands_on_top(sheet: QWidget) -> bool:
        return bar.value() == sheet.y()

    jumps: tuple[Section, ...] = ("reach", "for_whom", "when", "where")
    for name in jumps:
        editor.form.show_section(name)
        qtbot.waitUntil(partial(stands_on_top, editor.form.sections[name]))
    editor.form.show_section("what")
    assert bar.value() == 0


def test_every_field_can_be_reached_and_has_a_name(editor: EntryEditor, desk: Desk, window: Window) -> None:
    desk.revisions.save(FULL, "Odile", base="")
    window.directory.open_entry("complete")
    for kind in (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton):
        for widget in editor.findChildren(kind):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy():
                assert widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()), widget


def test_tab_goes_through_the_form_in_the_order_of_reading(editor: EntryEditor, desk: Desk, window: Window) -> None:
    desk.revisions.save(FULL, "Odile", base="")
    window.directory.open_entry("complete")
    editor.form.show_field("names")
    reached: list[str] = []
    while editor.form.isAncestorOf(focused := QApplication.focusWidget() or window):
        key = next(key for key, frame in editor.form.frames.items() if frame.isAncestorOf(focused))
        if not reached or reached[-1] != key:
            reached.append(key)
        press(window, Qt.Key.Key_Tab)
    everything = [key for key, frame in editor.form.frames.items() if frame.isVisible()]
    assert reached == [key for key in everything[everything.index("names") :] if key != "origins"]
    press(window, Qt.Key.Key_Tab, SHIFT)
    assert editor.form.frames["internal_note"].isAncestorOf(QApplication.focusWidget() or window)


# Typing


def test_a_change_is_marked_where_it_is_and_unmarked_when_it_is_taken_back(editor: EntryEditor, window: Window) -> None:
    window.directory.open_entry("hospice-general")
    assert "modifié" not in said(editor.form)
    was = line(editor, "stop").text()
    rewrite(line(editor, "stop"), "Rive")
    assert "modifié" in said(editor.form.frames["stop"])
    assert "modifié" not in said(editor.form.frames["city"])
    assert "Modifié, pas encore enregistré" in said(editor.head)
    line(editor, "stop").setText(was)
    assert "modifié" not in said(editor.form)


def test_a_number_is_written_as_it_is_read_aloud_once_its_line_is_left(editor: EntryEditor, window: Window) -> None:
    window.directory.open_entry("hospice-general")
    editor.form.show_field("contacts")
    field = cast("ContactsField", editor.form.frames["contacts"].widget)
    field.adders[0].setFocus()
    press(window, Qt.Key.Key_Space)
    row = contacts(editor)[-1]
    assert row.line.hasFocus()
    type_text("0224188181")
    press(window, Qt.Key.Key_Tab)
    assert row.line.text() == "022 418 81 81"
    rewrite(row.line, "022 418")
    press(window, Qt.Key.Key_Tab)
    assert "n’est pas un numéro de téléphone complet" in said(row)
    assert not editor.check()[0].blocking


def test_contacts_are_moved_and_removed_by_keys_and_by_a_click(editor: EntryEditor, desk: Desk, window: Window) -> None:
    desk.revisions.save(FULL, "Odile", base="")
    window.directory.open_entry("complete")
    first, second = contacts(editor)
    first.line.setFocus()
    press(window, Qt.Key.Key_Down, ALT)
    assert [contact.value for contact in editor.form.record().contacts] == ["geneve.ch", "0224188181"]
    assert first.line.hasFocus()
    [remove] = [each for each in second.findChildren(QAbstractButton) if each.accessibleName() == "Retirer"]
    remove.click()
    assert editor.form.record().contacts == FULL.contacts[:1]
    assert first.line.hasFocus()


def test_words_of_a_list_are_found_by_their_synonyms_and_bring_what_stands_above_them(
    editor: EntryEditor, view: EntriesView, window: Window
) -> None:
    press(window, Qt.Key.Key_N, CTRL)
    topics = terms(editor, "topic")
    topics.line.setFocus()
    type_text("minimum vital")
    press(window, Qt.Key.Key_Return)
    assert topics.value == ("aide-sociale",)
    assert terms(editor, "theme").value == (topics.terms["aide-sociale"].parent,)
    type_text("creche")
    press(window, Qt.Key.Key_Return)
    assert "creche" in topics.value
    press(window, Qt.Key.Key_Backspace)
    assert topics.value == ("aide-sociale",)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    assert len(topics.value) == 2


def test_everyone_goes_with_no_other_audience(editor: EntryEditor, window: Window) -> None:
    press(window, Qt.Key.Key_N, CTRL)
    audiences = terms(editor, "audience")
    audiences.add("enfance")
    audiences.add("jeunesse")
    audiences.add("population")
    assert audiences.value == ("population",)
    audiences.add("aines")
    assert audiences.value == ("aines",)


def test_letters_that_lead_to_no_word_of_a_list_are_not_lost_unseen(editor: EntryEditor, window: Window) -> None:
    window.directory.open_entry("hospice-general")
    terms(editor, "topic").line.setFocus()
    type_text("xyz")
    press(window, Qt.Key.Key_S, CTRL)
    assert "«xyz» n’est pas encore choisi" in said(editor.form.frames["terms/topic"])
    assert terms(editor, "topic").line.hasFocus()
    terms(editor, "topic").line.clear()
    type_text("creche")
    editor.check()
    assert "pas encore choisi" not in said(editor.form.frames["terms/topic"])
    press(window, Qt.Key.Key_S, CTRL)
    assert "«creche» n’est pas encore choisi" in said(editor.form.frames["terms/topic"])


def test_a_link_is_found_by_the_name_of_the_entry(editor: EntryEditor, window: Window) -> None:
    window.directory.open_entry("points-info-ligne-gratuite")
    field = cast("LinksField", editor.form.frames["links"].widget)
    field.adders[0].click()
    row = cast("LinkRow", field.rows[-1])
    type_text("hospice general")
    assert row.entry.is_offering
    press(window, Qt.Key.Key_Return)
    assert editor.form.record().links[-1] == Link("see_first", "hospice-general")
    rewrite(row.entry, "hospi")
    press(window, Qt.Key.Key_Tab)
    assert row.entry.text() == "Hospice général"
    row.entry.setFocus()
    row.entry.selectAll()
    press(window, Qt.Key.Key_Delete)
    press(window, Qt.Key.Key_Tab)
    assert editor.form.record().links == ()


def test_escape_closes_the_offer_before_it_leaves_the_form(editor: EntryEditor, window: Window) -> None:
    window.directory.open_entry("hospice-general")
    topics = terms(editor, "topic").line
    topics.setFocus()
    type_text("aide")
    offered = [topics.is_offering]
    press(window, Qt.Key.Key_Escape)
    offered.append(topics.is_offering)
    assert offered == [True, False]
    assert topics.hasFocus()


def test_french_stands_beside_another_language(editor: EntryEditor, window: Window) -> None:
    window.directory.open_entry("hospice-general")
    summary = cast("TextsField", editor.form.frames["wordings/summary"].widget)
    assert not summary.other.isVisible()
    editor.who.language.setCurrentIndex(editor.who.language.findData("pt"))
    editor.who.language.chosen.emit()
    assert summary.other.isVisible()
    summary.other.setFocus()
    type_text("Ajuda social")
    assert editor.form.record().wordings["pt"].summary == "Ajuda social"
    editor.form.show_language("")
    assert editor.form.record().wordings["pt"].summary == "Ajuda social"


def test_a_known_postcode_brings_its_town_into_an_empty_line(editor: EntryEditor, window: Window) -> None:
    press(window, Qt.Key.Key_N, CTRL)
    rewrite(line(editor, "postcode"), "1205")
    press(window, Qt.Key.Key_Tab)
    assert line(editor, "city").text() == "Genève"
    rewrite(line(editor, "city"), "Carouge")
    QApplication.processEvents()
    assert "1205 est d’ordinaire Genève" in said(editor.form.frames["city"])


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("24.11.2026", "2026-11-24"),
        ("24/11/26", "2026-11-24"),
        ("4.1", "2026-01-04"),
        ("2026-11-24", "2026-11-24"),
        ("31.2.2026", None),
        ("demain", None),
    ],
)
def test_days_are_typed_as_people_write_them(typed: str, day: str | None) -> None:
    found = typed_day(typed, MONDAY.date())
    assert (found.isoformat() if found else None) == day


def test_dates_and_ages_are_typed_as_they_are_written(editor: EntryEditor, window: Window) -> None:
    window.directory.open_entry("hospice-general")
    rewrite(line(editor, "verified_on"), "1.11.26")
    press(window, Qt.Key.Key_Tab)
    assert line(editor, "verified_on").text() == "01.11.2026"
    rewrite(line(editor, "age_from"), "0,5")
    record = editor.form.record()
    assert (record.verified_on, record.age_from) == ("2026-11-01", 0.5)
    rewrite(line(editor, "age_from"), "six mois")
    assert any(problem.blocking and problem.field == "age_from" for problem in editor.check())
    assert isinstance(line(editor, "age_from"), NumberField)
    assert isinstance(line(editor, "verified_on"), DateField)


def test_the_internal_section_says_so(editor: EntryEditor, window: Window) -> None:
    window.directory.open_entry("hospice-general")
    assert "jamais imprimé" in said(editor.form.sections["internal"])
    assert all(
        editor.form.sections["internal"].isAncestorOf(frame) == frame.field.internal
        for frame in editor.form.frames.values()
    )


def test_keys_jump_from_section_to_section(editor: EntryEditor, window: Window) -> None:
    window.directory.open_entry("hospice-general")
    seen = [editor.form.section]
    press(window, Qt.Key.Key_PageDown, CTRL)
    seen.append(editor.form.section)
    press(window, Qt.Key.Key_PageDown, CTRL)
    assert cast("TextsField", editor.form.frames["wordings/how_to_apply"].widget).first.hasFocus()
    press(window, Qt.Key.Key_PageUp, CTRL)
    seen.append(editor.form.section)
    assert seen == ["what", "for_whom", "for_whom"]


# Saving


def test_saving_asks_who_once_in_the_page_and_keeps_the_entry(editor: EntryEditor, desk: Desk, window: Window) -> None:
    window.directory.open_entry("hospice-general")
    rewrite(line(editor, "stop"), "Rive")
    press(window, Qt.Key.Key_S, CTRL)
    assert editor.who.who.hasFocus()
    assert "qui modifie" in said(editor.who)
    assert desk.revisions.present("hospice-general").record.stop != "Rive"
    type_text("Nadia")
    press(window, Qt.Key.Key_S, CTRL)
    present = desk.revisions.present("hospice-general")
    assert (present.record.stop, present.author, present.action) == ("Rive", "Nadia", "edit")
    assert not editor.is_edited
    assert desk.drafts.all() == []
    rewrite(line(editor, "stop"), "Molard")
    press(window, Qt.Key.Key_S, CTRL)
    assert desk.revisions.present("hospice-general").record.stop == "Molard"


def test_what_cannot_be_kept_is_shown_and_nothing_is_saved(editor: EntryEditor, desk: Desk, window: Window) -> None:
    window.directory.author.take("Nadia")
    window.directory.open_entry("hospice-general")
    before = desk.revisions.present("hospice-general").id
    line(editor, "name").setFocus()
    line(editor, "name").selectAll()
    press(window, Qt.Key.Key_Delete)
    editor.form.show_section("trust")
    press(window, Qt.Key.Key_S, CTRL)
    assert line(editor, "name").hasFocus()
    assert "Le nom manque" in said(editor.form.frames["name"])
    assert desk.revisions.present("hospice-general").id == before


def test_saving_nothing_says_so(editor: EntryEditor, desk: Desk, window: Window) -> None:
    window.directory.open_entry("hospice-general")
    press(window, Qt.Key.Key_S, CTRL)
    assert "Rien n’a changé" in window.toast.text
    assert len(desk.revisions.history("hospice-general")) == 1


def test_ctrl_z_takes_the_last_save_back_even_with_the_focus_in_a_field(
    editor: EntryEditor, desk: Desk, window: Window
) -> None:
    window.directory.author.take("Nadia")
    window.directory.open_entry("hospice-general")
    before = desk.revisions.present("hospice-general").record
    rewrite(line(editor, "stop"), "Rive")
    press(window, Qt.Key.Key_S, CTRL)
    assert line(editor, "stop").hasFocus()
    press(window, Qt.Key.Key_Z, CTRL)
    assert desk.revisions.present("hospice-general").record == before
    assert line(editor, "stop").text() == before.stop
    assert "C’est annulé" in window.toast.text


def test_ctrl_z_leaves_alone_what_somebody_changed_since(editor: EntryEditor, desk: Desk, window: Window) -> None:
    window.directory.author.take("Nadia")
    window.directory.open_entry("hospice-general")
    rewrite(line(editor, "stop"), "Rive")
    press(window, Qt.Key.Key_S, CTRL)
    present = desk.revisions.present("hospice-general").record
    desk.revisions.save(msgspec.structs.replace(present, city="Carouge"), "Odile")
    window.directory.undo()
    assert desk.revisions.present("hospice-general").record.city == "Carouge"
    assert "modifiée depuis" in window.toast.text


def test_a_new_entry_is_begun_named_and_found(editor: EntryEditor, desk: Desk, window: Window) -> None:
    window.directory.author.take("Nadia")
    press(window, Qt.Key.Key_N, CTRL)
    assert line(editor, "name").hasFocus()
    assert not editor.is_edited
    type_text("Zinzolin Café")
    press(window, Qt.Key.Key_S, CTRL)
    [hit] = desk.directory.search(Query("zinzolin")).hits
    assert desk.revisions.present(desk.directory.rows([hit.id])[0].uid).action == "create"


def test_what_may_be_here_already_is_said_while_it_is_typed_and_is_no_obstacle(
    editor: EntryEditor, desk: Desk, window: Window
) -> None:
    desk.directory.load([EntryRecord(uid="la", kind="service", name="Zinzolin Café", stop="Poterie")])
    window.directory.author.take("Nadia")
    press(window, Qt.Key.Key_N, CTRL)
    type_text("Café Zinzolin")
    assert [each.sentence for each in editor.check() if "déjà" in each.sentence] == [
        "Peut-être déjà dans l’annuaire : «Zinzolin Café» (même nom)."
    ]
    press(window, Qt.Key.Key_S, CTRL)
    assert editor.is_kept
    assert [each for each in editor.check() if "déjà" in each.sentence] == []


def test_a_copy_is_a_new_entry_that_nobody_has_checked(editor: EntryEditor, desk: Desk, window: Window) -> None:
    desk.revisions.save(FULL, "Odile", base="")
    window.directory.author.take("Nadia")
    window.directory.open_entry("complete")
    press(window, Qt.Key.Key_D, CTRL)
    assert line(editor, "name").hasFocus()
    rewrite(line(editor, "name"), "Atelier du vendredi")
    press(window, Qt.Key.Key_S, CTRL)
    copy = desk.revisions.present(editor.uid).record
    assert copy.uid != "complete"
    assert (copy.name, copy.verified_on, copy.status) == ("Atelier du vendredi", None, "active")
    assert copy.contacts == FULL.contacts
    assert desk.revisions.present("complete").record == FULL


def test_closing_asks_why_and_where_to_and_one_key_takes_it_back(
    editor: EntryEditor, desk: Desk, window: Window
) -> None:
    window.directory.author.take("Nadia")
    window.directory.open_entry("points-info-ligne-gratuite")
    press(window, Qt.Key.Key_F, CTRL, SHIFT)
    assert editor.closing.reason.hasFocus()
    press(window, Qt.Key.Key_Return)
    assert "pourquoi" in said(editor.closing)
    type_text("Ligne supprimée")
    press(window, Qt.Key.Key_Tab)
    type_text("hospice general")
    press(window, Qt.Key.Key_Return)
    editor.closing.reason.setFocus()
    press(window, Qt.Key.Key_Return)
    closed = desk.revisions.present("points-info-ligne-gratuite")
    assert (closed.action, closed.record.status_reason, closed.record.replaced_by) == (
        "close",
        "Ligne supprimée",
        "hospice-general",
    )
    press(window, Qt.Key.Key_F, CTRL, SHIFT)
    assert desk.revisions.present("points-info-ligne-gratuite").record.status == "active"
    window.directory.undo()
    assert desk.revisions.present("points-info-ligne-gratuite").record.status == "closed"


# Two people at one entry


def disagree(editor: EntryEditor, desk: Desk, window: Window) -> EntryRecord:
    """Nadia types a stop and a city while Odile saves another stop and a street."""
    window.directory.author.take("Nadia")
    window.directory.open_entry("hospice-general")
    before = desk.revisions.present("hospice-general").record
    rewrite(line(editor, "stop"), "Rive")
    rewrite(line(editor, "city"), "Carouge")
    desk.revisions.save(msgspec.structs.replace(before, stop="Molard", street="Rue X 1"), "Odile")
    press(window, Qt.Key.Key_S, CTRL)
    return before


def test_a_field_that_two_changed_is_chosen_and_the_rest_is_merged(
    editor: EntryEditor, desk: Desk, window: Window
) -> None:
    disagree(editor, desk, window)
    assert editor.conflict.isVisible()
    assert list(editor.conflict.choices) == ["stop"]
    theirs, ours = editor.conflict.choices["stop"]
    assert (theirs.text(), ours.text()) == ("La leur : Molard", "La vôtre : Rive")
    assert theirs.hasFocus()
    press(window, Qt.Key.Key_S, CTRL)
    assert "Choisissez d’abord" in window.toast.text
    assert desk.revisions.present("hospice-general").author == "Odile"
    theirs.setFocus()
    press(window, Qt.Key.Key_Return)
    assert line(editor, "stop").text() == "Molard"
    theirs.setFocus()
    press(window, Qt.Key.Key_Tab)
    assert ours.hasFocus()
    press(window, Qt.Key.Key_Return)
    assert (theirs.isChecked(), ours.isChecked()) == (False, True)
    assert line(editor, "stop").text() == "Rive"
    press(window, Qt.Key.Key_S, CTRL)
    present = desk.revisions.present("hospice-general")
    assert (present.author, present.record.stop, present.record.city) == ("Nadia", "Rive", "Carouge")
    assert present.record.street == "Rue X 1"
    assert not editor.conflict.isVisible()
    assert desk.drafts.all() == []


def test_long_values_in_conflict_never_make_the_form_wider(editor: EntryEditor, desk: Desk, window: Window) -> None:
    window.directory.author.take("Nadia")
    window.directory.open_entry("hospice-general")
    before = desk.revisions.present("hospice-general").record
    rewrite(line(editor, "stop"), "Un arrêt dont le nom est bien trop long pour tenir sur une ligne " * 3)
    desk.revisions.save(msgspec.structs.replace(before, stop="Un autre arrêt, " * 20), "Odile")
    press(window, Qt.Key.Key_S, CTRL)
    QApplication.processEvents()
    for choice in editor.conflict.choices["stop"]:
        right = choice.mapTo(editor, choice.rect().topRight()).x()
        assert right <= editor.width()
        assert "\n" in choice.text()


def test_a_conflict_nobody_has_settled_comes_back_with_the_draft(
    editor: EntryEditor, desk: Desk, window: Window
) -> None:
    before = disagree(editor, desk, window)
    QApplication.processEvents()
    draft = desk.drafts.of("hospice-general")
    assert draft is not None
    assert desk.revisions.revision(draft.parents[0]).record == before
    window.directory.open_entry("hospice-general")
    press(window, Qt.Key.Key_S, CTRL)
    assert list(editor.conflict.choices) == ["stop"]


def test_what_changed_elsewhere_is_shown_when_the_page_is_entered(
    editor: EntryEditor, desk: Desk, window: Window
) -> None:
    window.directory.open_entry("hospice-general")
    press(window, Qt.Key.Key_1, CTRL)
    present = desk.revisions.present("hospice-general").record
    desk.revisions.save(msgspec.structs.replace(present, stop="Molard"), "Odile")
    press(window, Qt.Key.Key_4, CTRL)
    assert line(editor, "stop").text() == "Molard"


# Who may not decide proposes


def test_who_is_no_editor_proposes_and_the_button_says_so(editor: EntryEditor, desk: Desk, window: Window) -> None:
    desk.keep_settings(Settings(editors=("Odile",)))
    window.directory.open_entry("hospice-general")
    before = desk.revisions.present("hospice-general").id
    editor.who.who.setFocus()
    type_text("Sami")
    assert "Proposer" in editor.foot.save.text()
    assert "proposés" in said(editor.who)
    rewrite(line(editor, "stop"), "Rive")
    press(window, Qt.Key.Key_S, CTRL)
    [waiting] = desk.revisions.proposals()
    assert (waiting.author, waiting.record.stop) == ("Sami", "Rive")
    assert desk.revisions.present("hospice-general").id == before
    assert desk.drafts.all() == []
    assert line(editor, "stop").text() != "Rive"
    window.directory.undo()
    assert desk.revisions.proposals() == []
    editor.who.who.setFocus()
    editor.who.who.selectAll()
    type_text("Odile")
    assert "Enregistrer" in editor.foot.save.text()


def test_a_new_entry_can_be_proposed(editor: EntryEditor, desk: Desk, window: Window, view: EntriesView) -> None:
    desk.keep_settings(Settings(editors=("Odile",)))
    window.directory.author.take("Sami")
    press(window, Qt.Key.Key_N, CTRL)
    type_text("Zinzolin")
    press(window, Qt.Key.Key_S, CTRL)
    [waiting] = desk.revisions.proposals()
    assert waiting.record.name == "Zinzolin"
    assert view.list.search.hasFocus()
    assert editor.uid == ""


def test_the_history_is_one_key_away_and_what_it_restores_is_in_the_form(
    editor: EntryEditor, view: EntriesView, desk: Desk, window: Window
) -> None:
    window.directory.author.take("Nadia")
    window.directory.open_entry("hospice-general")
    was = line(editor, "stop").text()
    rewrite(line(editor, "stop"), "Rive")
    press(window, Qt.Key.Key_S, CTRL)
    press(window, Qt.Key.Key_H, CTRL)
    assert view.history.isVisible()
    press(window, Qt.Key.Key_Down)
    view.history.restore()
    press(window, Qt.Key.Key_Escape)
    assert line(editor, "stop").text() == was
    press(window, Qt.Key.Key_N, CTRL)
    press(window, Qt.Key.Key_H, CTRL)
    assert "pas encore d’historique" in window.toast.text


# Drafts


def test_what_is_typed_is_on_disk_a_moment_later_and_comes_back(
    editor: EntryEditor, desk: Desk, window: Window, home: Path, clock: Clock
) -> None:
    window.directory.author.take("Nadia")
    window.directory.open_entry("hospice-general")
    rewrite(line(editor, "stop"), "Riv")
    assert window.directory.is_edited
    again = open_desk(home, clock)  # the program is gone without a word; this is the next start
    try:
        draft = again.drafts.of("hospice-general")
        assert draft is not None
        assert (draft.record.stop, draft.author) == ("Riv", "Nadia")
    finally:
        again.close()
    window.directory.open_entry("points-info-ligne-gratuite")
    assert not editor.is_edited
    window.directory.open_entry("hospice-general")
    assert line(editor, "stop").text() == "Riv"
    assert "Brouillon de Nadia du 23 novembre" in said(editor.banner)
    assert "modifié" in said(editor.form.frames["stop"])


def test_a_draft_is_dropped_by_a_click_and_one_key_brings_it_back(
    editor: EntryEditor, desk: Desk, window: Window
) -> None:
    window.directory.open_entry("hospice-general")
    was = line(editor, "stop").text()
    rewrite(line(editor, "stop"), "Riv")
    window.directory.open_entry("hospice-general")
    [drop] = [each for each in editor.banner.findChildren(QAbstractButton) if "Abandonner" in each.text()]
    drop.click()
    assert line(editor, "stop").text() == was
    assert desk.drafts.all() == []
    window.directory.undo()
    assert line(editor, "stop").text() == "Riv"
    assert desk.drafts.of("hospice-general") is not None


def test_leaving_the_page_keeps_what_the_timer_has_not_kept_yet(view: EntriesView, desk: Desk, window: Window) -> None:
    assert view.editor.timer.interval() <= 1000
    window.directory.open_entry("hospice-general")
    rewrite(line(view.editor, "stop"), "Riv")
    assert desk.drafts.all() == []
    press(window, Qt.Key.Key_1, CTRL)
    assert [draft.record.stop for draft in desk.drafts.all()] == ["Riv"]
    assert not window.close()
    assert "pas enregistrées" in window.toast.text


def test_a_draft_of_a_new_entry_waits_under_drafts(
    editor: EntryEditor, view: EntriesView, desk: Desk, window: Window
) -> None:
    press(window, Qt.Key.Key_N, CTRL)
    type_text("Zinzolin")
    window.directory.open_entry("hospice-general")
    view.list.narrow("drafts")
    assert view.list.model.index(0, 0).data() == "Zinzolin"
    view.list.search.setFocus()
    press(window, Qt.Key.Key_Return)
    assert line(editor, "name").text() == "Zinzolin"
    assert "repris" in said(editor.banner)


def test_the_next_start_tells_once_of_what_was_not_saved_and_one_key_takes_it_up(desk: Desk, window: Window) -> None:
    record = desk.revisions.present("hospice-general")
    desk.drafts.keep(msgspec.structs.replace(record.record, stop="Riv"), record.id, "Nadia")
    QApplication.processEvents()
    press(window, Qt.Key.Key_4, CTRL)
    view = cast("EntriesView", window.directory.view("entries"))
    assert view.list.unfinished.isVisible()
    assert "Une fiche commencée le 23 novembre" in said(view.list.unfinished)
    press(window, Qt.Key.Key_B, CTRL)
    assert line(view.editor, "stop").text() == "Riv"
    assert not view.list.unfinished.isVisible()
    press(window, Qt.Key.Key_1, CTRL)
    press(window, Qt.Key.Key_4, CTRL)
    assert not view.list.unfinished.isVisible()


def test_several_drafts_from_before_are_shown_as_a_list(desk: Desk, window: Window) -> None:
    for uid in ("hospice-general", "points-info-ligne-gratuite"):
        desk.drafts.keep(desk.revisions.present(uid).record, "", "Nadia")
    QApplication.processEvents()
    press(window, Qt.Key.Key_4, CTRL)
    view = cast("EntriesView", window.directory.view("entries"))
    assert "2 fiches commencées" in said(view.list.unfinished)
    press(window, Qt.Key.Key_B, CTRL)
    assert view.list.chips["drafts"].isChecked()
    assert view.list.model.rowCount() == 2


def test_where_everything_is_saved_nothing_is_told_of_drafts(view: EntriesView) -> None:
    assert not view.list.unfinished.isVisible()


def test_a_killed_program_takes_nothing_of_what_was_typed(home: Path, clock: Clock) -> None:
    script = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pointinfo.desk import open_desk
from pointinfo_ui import theme
from pointinfo_ui.background import Background
from pointinfo_ui.window import Window
from tests.ui.keys import type_text
app = QApplication([])
desk = open_desk(Path(sys.argv[1]))
window = Window(desk, theme.make("light", 100), Background(), lambda: None)
window.show()
window.activateWindow()
app.processEvents()
window.edit_entry("hospice-general")
editor = window.directory.view("entries").editor
stop = editor.form.frames["stop"].widget
stop.setFocus()
stop.selectAll()
type_text("Arrêt de nuit")
editor.drafted.connect(lambda: os.kill(os.getpid(), signal.SIGKILL))
QTimer.singleShot(20_000, lambda: os._exit(3))
app.exec()
"""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", script, str(home)], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    desk = open_desk(home, clock)
    try:
        draft = desk.drafts.of("hospice-general")
        assert draft is not None
        assert draft.record.stop == "Arrêt de nuit"
        assert desk.revisions.present("hospice-general").record.stop != "Arrêt de nuit"
    finally:
        desk.close()


# The list


def test_the_list_finds_entries_and_says_what_is_left_to_do(view: EntriesView, desk: Desk, window: Window) -> None:
    assert view.list.search.hasFocus()
    type_text("hospice general")
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    assert view.editor.uid == "hospice-general"
    view.list.search.clear()
    view.list.narrow("closed")
    assert "Aucune fiche n’est fermée" in said(view.list)
    desk.revisions.close("hospice-general", "x", "Odile")
    view.list.refresh()
    assert view.list.model.total == 1
    view.list.narrow("incomplete")
    QApplication.processEvents()
    assert "dites qui modifie" in said(view.list)
    window.directory.author.take("Odile")
    desk.revisions.save(EntryRecord(uid="vide", kind="place", name="Salle vide"), "Odile", base="")
    view.list.refresh()
    QApplication.processEvents()
    assert view.list.model.index(0, 0).data() == "Salle vide"


def test_the_lists_models_keep_qts_rules(view: EntriesView, editor: EntryEditor, window: Window) -> None:
    QAbstractItemModelTester(view.list.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    view.list.model.fetchMore(view.list.list.rootIndex())
    assert view.list.model.data(view.list.model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    window.directory.open_entry("hospice-general")
    chips = terms(editor, "topic").line
    chips.setFocus()
    chips.offer()
    assert chips._offer is not None
    QAbstractItemModelTester(chips._offer.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    type_text("a")
    assert chips._offer.model.data(chips._offer.model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)


def test_an_entry_that_is_not_there_is_said_calmly(view: EntriesView, window: Window) -> None:
    window.directory.open_entry("nulle-part")
    assert "Aucune fiche ne porte" in window.toast.text
    press(window, Qt.Key.Key_S, CTRL)
    assert "Ouvrez d’abord une fiche" in window.toast.text


@pytest.mark.parametrize("width", [1440, 1024, 760])
def test_nothing_of_the_editor_is_cut_off_in_a_smaller_window(
    editor: EntryEditor, desk: Desk, window: Window, width: int
) -> None:
    desk.revisions.save(FULL, "Odile", base="")
    window.resize(width, 768)
    window.directory.open_entry("complete")
    QApplication.processEvents()
    area = editor.form.viewport().width()
    assert all(frame.minimumSizeHint().width() <= area - 52 for frame in editor.form.frames.values())
    buttons = [each for each in editor.foot.findChildren(QAbstractButton) if each.isVisible()]
    assert all(each.width() >= each.sizeHint().width() for each in buttons)
    assert isinstance(editor.closing.successor, EntryLine)
