"""The counter page: typing, choosing, filtering, the card, the note that writes itself."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from pointinfo.database.schema import Schedule, Wording
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord, Query
from pointinfo_ui import theme as look
from pointinfo_ui.background import Background
from pointinfo_ui.counter.no_result import way_words
from pointinfo_ui.rows import ROW_ROLE
from pointinfo_ui.window import Window
from tests.conftest import Clock, bury
from tests.ui.keys import ALT, CTRL, press, type_text


def names(window: Window) -> list[str]:
    """The results as shown."""
    model = window.counter.results.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_letters_typed_on_a_button_go_to_the_search_line(window: Window) -> None:
    window.counter.panel.confirm.setFocus()
    type_text("crèche")
    assert window.counter.search.text() == "crèche"
    assert window.counter.search.hasFocus()


def test_letters_typed_on_the_results_go_to_the_search_line(window: Window) -> None:
    window.counter.results.setFocus()
    type_text("ab")
    assert window.counter.search.text() == "ab"


def test_letters_typed_into_a_number_field_stay_there(window: Window) -> None:
    form = window.counter.panel.form
    people = form._fields["people"]
    people.setFocus()
    people.selectAll()  # type: ignore[union-attr]
    type_text("4")
    assert window.counter.search.text() == ""
    assert form.note().people == 4


def test_arrows_choose_without_leaving_the_words(window: Window) -> None:
    type_text("creche")
    first = window.counter.results.uid
    press(window, Qt.Key.Key_Down)
    assert window.counter.results.uid != first
    assert window.counter.search.hasFocus()
    assert window.counter.card.entry is not None
    assert window.counter.card.entry.uid == window.counter.results.uid
    press(window, Qt.Key.Key_Up)
    assert window.counter.results.uid == first


def test_accents_and_inclusive_spellings_find_the_same(window: Window) -> None:
    found = []
    for words in ("aines", "aînés", "aîné-e-s", "AÎNÉ·E·S"):
        window.counter.search.setText(words)
        found.append(names(window))
    assert found[0]
    assert all(other == found[0] for other in found)


def test_found_words_are_marked_and_the_quartier_and_state_are_told(window: Window) -> None:
    window.counter.search.setText("servette")
    model = window.counter.results.model()
    row = model.index(0, 0).data(ROW_ROLE)
    marked = [row.heading[start:end] for start, end in row.heading_spans]
    assert marked == ["Servette"]
    assert "Servette" in row.meta
    assert row.state


def test_before_anything_is_typed_the_counter_shows_what_is_often_given_and_what_the_season_asks(
    window: Window, desk: Desk, clock: Clock
) -> None:
    for _visitor in range(2):
        window.counter.search.setText("vestiaire social")
        press(window, Qt.Key.Key_Return)
        press(window, Qt.Key.Key_Return, CTRL)
    clock.now += timedelta(hours=1)
    window.counter.next_visitor()
    model = window.counter.results.model()
    first = model.index(0, 0)
    assert first.data(ROW_ROLE).over == "Souvent données ce mois"
    assert first.data() == "Vestiaire social"
    assert "donnée 2 fois ce mois" in first.data(ROW_ROLE).meta
    assert first.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Souvent données ce mois. Vestiaire social")
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    rows = [model.index(number, 0) for number in range(model.rowCount())]
    assert [over for over in (row.data(ROW_ROLE).over for row in rows) if over] == [
        "Souvent données ce mois",
        "De saison",
        "Tout l’annuaire : 191 fiches",
    ]
    assert len({row.data() for row in rows}) == len(rows) == desk.directory.count()
    type_text("cours")
    assert not model.index(0, 0).data(ROW_ROLE).over
    assert "fiches" in window.counter.head.count.text()


def test_an_activity_without_opening_hours_says_when_it_meets_next(window: Window, desk: Desk) -> None:
    schedule = Schedule("14:00", "16:00", weekdays=(2,))
    desk.directory.load([EntryRecord(uid="chorale", kind="activity", name="Chorale Zéphyr", schedules=(schedule,))])
    window.counter.search.setFocus()
    type_text("zephyr")
    row = window.counter.results.model().index(0, 0).data(ROW_ROLE)
    assert row.state == "séance mer. 14:00"
    assert "Prochaine séance mercredi 14:00" in window.counter.card.sentence()
    assert "chaque mercredi 14:00–16:00" in window.counter.card.sentence()


def test_the_chips_count_the_directory(window: Window) -> None:
    texts = [chip.text() for chip in window.counter.filters.findChildren(QPushButton)]
    assert "Enfance  52" in texts
    assert "Aîné-e-s  43" in texts
    assert "Toute la population  119" in texts


def test_the_chips_count_what_was_found_and_what_another_audience_would_find(window: Window) -> None:
    def counted() -> dict[str, int]:
        chips = window.counter.filters._audiences
        return {code: int(chip.text().rsplit(maxsplit=1)[-1]) for code, chip in chips.items()}

    everything = counted()
    widths = [chip.width() for chip in window.counter.filters._audiences.values()]
    type_text("repas")
    found = counted()
    assert all(found[code] <= everything[code] for code in found)
    assert 0 < found["aines"] < everything["aines"]
    press(window, Qt.Key.Key_3, ALT)
    hits = window.counter._model._hits.hits
    assert found["aines"] == sum(not hit.weak for hit in hits)
    assert counted() == found  # the other chips still tell what they would find
    press(window, Qt.Key.Key_3, ALT)
    window.counter.search.clear()
    assert counted() == everything
    assert [chip.width() for chip in window.counter.filters._audiences.values()] == widths


def test_an_audience_filters_and_is_noted(window: Window) -> None:
    press(window, Qt.Key.Key_3, ALT)
    assert len(names(window)) < 43
    assert window.counter._model.total == 43
    type_text("repas")
    press(window, Qt.Key.Key_Return)
    assert window.counter.panel.form.note().audiences == ("aines",)
    press(window, Qt.Key.Key_3, ALT)
    assert window.counter.filters.audience == ""


def test_open_now_keeps_only_what_is_open(window: Window, clock: Clock) -> None:
    press(window, Qt.Key.Key_O, CTRL)
    model = window.counter.results.model()
    tones = {model.index(row, 0).data(ROW_ROLE).tone for row in range(model.rowCount())}
    assert tones <= {"open", "appointment"}
    assert 0 < window.counter._model.total < 191


def test_what_is_open_when_somebody_means_to_come(window: Window, desk: Desk, clock: Clock) -> None:
    desk.directory.load([EntryRecord(uid="marche", kind="place", name="Zyx marché", hours="Sa 13:00-15:00")])
    type_text("zyx")
    assert names(window) == ["Zyx marché"]
    press(window, Qt.Key.Key_O, CTRL)
    assert names(window) == []
    chip = window.counter.filters._chips["open"]
    assert chip.text() == "Ouvert maintenant"
    chip.menu_view.aboutToShow.emit()
    offered = {action.text(): action for action in chip.menu_view.actions()}
    assert list(offered)[:5] == ["Tous", "Ouvert maintenant", "aujourd’hui 14:00", "aujourd’hui 18:00", "demain 9:00"]
    offered["samedi 14:00"].trigger()
    assert chip.text() == "Ouvert sam. 14:00"
    assert names(window) == ["Zyx marché"]
    memory = window.counter.memory()
    window.counter.start_afresh()
    assert chip.text() == "Ouvert"
    window.counter.recall(memory)
    assert (chip.text(), names(window)) == ("Ouvert sam. 14:00", ["Zyx marché"])


def test_what_is_for_another_age_is_left_out_and_what_says_no_age_stays(window: Window, desk: Desk) -> None:
    ages = {"Zyx quux": (None, 4), "Zyx ados": (12, 18), "Zyx tout le monde": (None, None)}
    desk.directory.load(
        EntryRecord(uid=name, kind="activity", name=name, age_from=first, age_to=last)
        for name, (first, last) in ages.items()
    )
    type_text("zyx")
    assert len(names(window)) == 3
    chip = window.counter.filters._chips["age"]
    next(action for action in chip.menu_view.actions() if action.text() == "14 ans").trigger()
    assert chip.text() == "14 ans"
    assert sorted(names(window)) == ["Zyx ados", "Zyx tout le monde"]
    window.counter.search.setText("zyx quux")
    assert "Pour tous les âges (1)" in [
        button.text() for button in window.counter.findChildren(QPushButton) if button.isVisible()
    ]
    window.counter.search.setText("zyx")
    next(action for action in chip.menu_view.actions() if action.text() == "moins d’un an").trigger()
    assert sorted(names(window)) == ["Zyx quux", "Zyx tout le monde"]


def test_a_question_in_another_language_is_said_so_and_the_card_speaks_it_too(window: Window, desk: Desk) -> None:
    wordings = {"fr": Wording(summary="Cours de français."), "de": Wording(summary="Französischkurse für alle.")}
    desk.directory.load([EntryRecord(uid="cours", kind="activity", name="Zyx Deutschkurs", wordings=wordings)])
    type_text("ich suche einen zyx deutschkurs")
    assert "question en allemand" in window.counter.head.count.text()
    card = window.counter.card.sentence()
    assert card.index("Cours de français.") < card.index("Allemand") < card.index("Französischkurse für alle.")
    press(window, Qt.Key.Key_Return)
    assert window.counter.panel.form.note().language == "de"
    window.counter.search.setText("zyx")
    assert "Französischkurse" not in window.counter.card.sentence()
    assert window.counter.panel.form.note().language == "de"  # the visitor is the same
    press(window, Qt.Key.Key_Return, CTRL)
    assert window.counter.panel.form.note().language == ""


def test_more_rows_come_as_they_are_needed(window: Window) -> None:
    model = window.counter.results.model()
    assert model.rowCount() < 60
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert model.rowCount() == 191


def test_nothing_found_offers_other_audiences(window: Window) -> None:
    press(window, Qt.Key.Key_6, ALT)
    window.counter.search.setText("parascolaire animation élèves primaire")
    counter = window.counter
    assert counter._lists.currentWidget() is counter.no_result or counter.head.count.text()
    window.counter.search.setText("chaperon rouge")
    if counter._model.total == 0:
        ways = [found.text() for found in counter.no_result.findChildren(QPushButton)]
        assert any("tous les publics" in way for way in ways)


def test_a_way_out_says_what_it_gives_up(desk: Desk) -> None:
    asked = Query("fauteuil roulant zzz", audience="enfance")
    assert way_words(asked, Query("fauteuil roulant zzz"), desk.words) == "Pour tous les publics"
    assert way_words(asked, Query("fauteuil roulant", audience="enfance"), desk.words) == "Chercher «fauteuil roulant»"
    both = way_words(asked, Query("fauteuil roulant"), desk.words)
    assert both == "Chercher «fauteuil roulant» : Pour tous les publics"


@pytest.mark.parametrize("nothing", ["   ", "(((", "-"])
def test_before_a_word_is_asked_the_front_page_stands(nothing: str, window: Window) -> None:
    window.counter.search.setText("crèche")
    assert not window.counter._model.has_front
    window.counter.search.setText(nothing)
    assert window.counter._model.has_front


def test_words_that_stand_without_an_answer_are_counted_once_a_visit_and_those_written_over_are_not(
    window: Window, desk: Desk
) -> None:
    for _visitor in range(3):
        type_text("zzyzx")
        assert window.counter.in_vain.isActive()
        window.counter.in_vain.timeout.emit()
        type_text(" tricot")
        window.counter.in_vain.timeout.emit()
        press(window, Qt.Key.Key_U, CTRL)  # the need is noted: counted already
        press(window, Qt.Key.Key_Return, CTRL)
        type_text("qqqq")
        press(window, Qt.Key.Key_Escape)
        assert not window.counter.in_vain.isActive()
        type_text("creche")
        assert not window.counter.in_vain.isActive()
        press(window, Qt.Key.Key_Return, CTRL)
    assert [(gap.words, gap.times) for gap in desk.unanswered.gaps()] == [("zzyzx", 3), ("zzyzx tricot", 3)]


def test_nothing_in_the_gaps_leads_to_a_visit(window: Window, desk: Desk) -> None:
    for _visitor in range(3):
        type_text("zzyzx")
        press(window, Qt.Key.Key_U, CTRL)
        press(window, Qt.Key.Key_Return, CTRL)
    with desk.database.read() as session:
        [row] = session.connection().exec_driver_sql("SELECT * FROM unanswered_search")
    assert tuple(row) == ("2026-11-23", "zzyzx", 3)


def test_words_that_no_entry_has_are_left_out_and_said(window: Window) -> None:
    window.counter.search.setText("crèche xylophone")
    assert names(window)
    assert "xylophone" in window.counter.head.count.text()


def test_escape_goes_back_step_by_step(window: Window) -> None:
    type_text("crèche")
    press(window, Qt.Key.Key_3, ALT)
    press(window, Qt.Key.Key_Escape)
    assert window.counter.search.text() == ""
    assert window.counter.filters.audience == "aines"
    press(window, Qt.Key.Key_Escape)
    assert window.counter.filters.audience == ""


def test_the_card_says_state_phone_and_the_age_of_its_facts(window: Window) -> None:
    window.counter.show_entry("bipe-bureau-d-information-de-la-petite-enfance")
    said = window.counter.card.sentence()
    assert "022 418 81 81" in said
    assert "rendez-vous" in said
    assert "à revérifier" in said
    assert "geneve.ch" in said


def test_an_entry_from_memory_says_so(window: Window, desk: Desk) -> None:
    from_memory = next(
        row.uid
        for row in desk.directory.rows(list(range(1, 192)))
        if desk.directory.entry(row.uid).confidence == "memory"
    )
    window.counter.show_entry(from_memory)
    assert "de mémoire" in window.counter.card.sentence()


def test_the_effort_follows_the_clock(window: Window, clock: Clock) -> None:
    type_text("dettes")
    clock.now += timedelta(minutes=7)
    press(window, Qt.Key.Key_Return)
    assert window.counter.panel.form.note().effort == "5-15"


def test_what_the_clerk_chose_is_not_overwritten(window: Window) -> None:
    type_text("dettes")
    window.counter.panel.form.choose("outcome", "partly")
    press(window, Qt.Key.Key_Return)
    assert window.counter.panel.form.note().outcome == "partly"


def test_a_reason_is_only_asked_for_when_something_was_not_met(window: Window) -> None:
    form = window.counter.panel.form
    reason = form._fields["reason"]
    assert not reason.isVisibleTo(form)
    form.choose("outcome", "not-met")
    assert reason.isVisibleTo(form)


def test_everyone_goes_with_no_other_audience(window: Window) -> None:
    field = window.counter.panel.form._fields["audiences"]
    actions = {action.text(): action for action in field.menu_view.actions()}  # type: ignore[union-attr]
    actions["Enfance"].trigger()
    actions["Jeunesse"].trigger()
    assert window.counter.panel.form.note().audiences == ("enfance", "jeunesse")
    actions["Toute la population"].trigger()
    assert window.counter.panel.form.note().audiences == ("population",)
    actions["Enfance"].trigger()
    assert window.counter.panel.form.note().audiences == ("enfance",)


@pytest.mark.parametrize("width", [1440, 1024, 700])
def test_a_narrow_window_folds_the_visit_and_keeps_every_key(window: Window, width: int) -> None:
    window.resize(width, 700)
    QApplication.processEvents()
    assert window.counter._bar.isVisible() == (width < 1200)
    type_text("crèche")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_E, CTRL)
    assert window.counter.panel.form.first_field.hasFocus()
    press(window, Qt.Key.Key_Return, CTRL)
    assert window.counter.search.hasFocus()


def test_a_card_that_is_in_the_visit_says_so_and_is_not_offered_again(window: Window) -> None:
    take = window.counter.card._take
    type_text("vestiaire social")
    assert (take.accessibleName(), take.isEnabled()) == ("Ajouter à la visite", True)
    press(window, Qt.Key.Key_Return)
    assert (take.accessibleName(), take.isEnabled()) == ("Dans la visite", False)
    press(window, Qt.Key.Key_Return)
    assert len(window.counter.visit.kept) == 1
    press(window, Qt.Key.Key_Down)
    assert take.isEnabled()
    press(window, Qt.Key.Key_Up)
    assert not take.isEnabled()
    press(window, Qt.Key.Key_Return, CTRL)
    type_text("vestiaire social")
    assert take.isEnabled()


def test_a_card_is_taken_out_of_the_visit_again(window: Window) -> None:
    type_text("crèche")
    press(window, Qt.Key.Key_Return)
    [seen] = window.counter.visit.kept
    remove = next(
        found
        for found in window.counter.panel.findChildren(QPushButton)
        if found.accessibleName() == f"Retirer {seen.name} de la visite"
    )
    remove.click()
    assert window.counter.visit.kept == []


def test_many_kept_cards_scroll_and_leave_the_note_its_room(window: Window, qtbot: QtBot) -> None:
    window.resize(1366, 740)
    for row in range(14):
        window.counter.results.choose(row)
        window.counter.add_to_visit()
    QApplication.processEvents()
    panel = window.counter.panel
    [cards, form] = [area for area in panel.findChildren(QScrollArea) if area.isVisible()]
    assert len(window.counter.visit.kept) == 14
    assert cards.height() > 80
    assert cards.verticalScrollBar().maximum() > 0
    assert form.height() > 100
    assert panel.height() <= window.height()
    shown = [found for found in panel.findChildren(QLabel) if found.isVisible()]
    rows = [found for found in shown if found.wordWrap() and found.height() < found.heightForWidth(found.width())]
    assert [found.text() for found in rows] == []


def test_the_card_is_read_on_without_leaving_the_search_line(window: Window) -> None:
    window.resize(1366, 600)
    type_text("hospice")
    bar = window.counter.card._scroll.verticalScrollBar()
    assert bar.maximum() > 0
    press(window, Qt.Key.Key_Down, ALT)
    assert bar.value() > 0
    press(window, Qt.Key.Key_Up, ALT)
    assert bar.value() == 0
    assert window.counter.search.hasFocus()


def test_with_very_large_text_list_and_card_take_each_others_place(
    desk: Desk, background: Background, qapp: QApplication
) -> None:
    large = look.make("light", 200)
    look.dress(qapp, large)
    window = Window(desk, large, background, lambda: None)
    try:
        window.resize(1024, 768)
        window.show()
        window.activateWindow()
        window.counter.search.setFocus()
        QApplication.processEvents()
        type_text("crèche")
        assert window.counter.results.isVisible()
        assert not window.counter.card.isVisible()
        press(window, Qt.Key.Key_Down, ALT)
        assert window.counter.card.isVisible()
        assert not window.counter.results.isVisible()
        press(window, Qt.Key.Key_Escape)
        assert window.counter.results.isVisible()
        press(window, Qt.Key.Key_E, CTRL)
        assert window.counter.form.first_field.isVisible()
        press(window, Qt.Key.Key_Escape)
        assert window.counter.results.isVisible()
    finally:
        window.counter.form._touched.clear()
        window.close()
        bury(window)


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_text_and_edges_stand_out_from_their_ground(choice: look.Choice) -> None:
    """WCAG 2.2 AA, 1.4.3 and 1.4.11."""
    theme = look.make(choice, 100)
    for ground in (theme.sheet, theme.table):
        for ink in (theme.ink, theme.soft):
            assert contrast(ink, ground) >= 4.5
        assert contrast(theme.edge, ground) >= 3


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2.2."""

    def luminance(colour: QColor) -> float:
        shares = (colour.redF(), colour.greenF(), colour.blueF())
        parts = [float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4) for part in shares]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
