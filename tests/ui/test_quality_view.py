"""The directory at a glance: figures by keyboard, the entries behind them, links asked one by one."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListView
from pytestqt.qtbot import QtBot

from pointinfo.database.schema import Contact
from pointinfo.desk import Desk
from pointinfo.directory import EntryRecord, Query
from pointinfo.directory.web_links import Answer
from pointinfo_ui.background import Background
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.bar_list import Bar, BarList, BarsModel
from pointinfo_ui.directory.behind_panel import BehindModel
from pointinfo_ui.directory.quality_view import QualityView
from pointinfo_ui.rows import RowText
from pointinfo_ui.theme import Theme
from pointinfo_ui.window import Window
from tests.conftest import bury
from tests.ui.keys import ALT, CTRL, press, type_text


@pytest.fixture
def quality(window: Window, qtbot: QtBot) -> QualityView:
    """The directory at a glance, turned to with its key."""
    qtbot.waitUntil(window.isActiveWindow)
    window.show_page("directory")
    press(window, Qt.Key.Key_3, ALT)
    view = window.directory.view("quality")
    assert isinstance(view, QualityView)
    qtbot.waitUntil(lambda: view.found is not None)
    return view


@pytest.fixture
def small(qtbot: QtBot, own: Desk, theme: Theme, background: Background) -> Iterator[QualityView]:
    """The view of a directory of its own, before anyone has looked."""
    view = QualityView(own, theme, background, Author(own))
    view.resize(1200, 800)
    view.show()
    yield view
    bury(view)


def behind(view: QualityView) -> list[str]:
    return [view.behind.model.uid(row) for row in range(view.behind.model.rowCount())]


def texts(view: QualityView) -> list[str]:
    return [each.text() for each in view.findChildren(QLabel) if each.isVisible()]


def choose(window: Window, chart: QListView, code: str) -> None:
    """Go to a bar by the keyboard and look behind it."""
    chart.setFocus()
    press(window, Qt.Key.Key_Home)
    for row in range(chart.model().rowCount()):
        if chart.model().index(row, 0).data(Qt.ItemDataRole.UserRole + 1).code == code:
            break
        press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)


def test_the_figures_are_those_of_the_core(quality: QualityView, desk: Desk) -> None:
    summary = desk.quality.summary()
    assert quality.found is not None
    assert quality.found.summary == summary
    shown = texts(quality)
    assert str(summary.entries) in shown
    assert f"{round(summary.mean)} sur 100" in shown
    assert str(desk.verification.count_due()) in shown, "the same number as on the list of what is to be checked"
    assert [(bar.code, bar.size) for bar in quality.ages.bars_model.bars] == list(summary.ages)
    assert [bar.size for bar in quality.lacks.bars_model.bars] == [lack.entries for lack in summary.lacks]


def test_enter_on_a_bar_shows_the_entries_behind_it_and_enter_there_opens_one(
    window: Window, quality: QualityView, desk: Desk, qtbot: QtBot
) -> None:
    choose(window, quality.lacks, "fee")
    qtbot.waitUntil(lambda: bool(behind(quality)))
    assert behind(quality) == [named.uid for named in desk.quality.lacking("fee")]
    assert "Il manque le prix, ou «gratuit»" in texts(quality)
    assert quality.behind.list.hasFocus()
    quality.asked_for.disconnect()
    asked: list[str] = []
    quality.asked_for.connect(asked.append)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    assert asked == [behind(quality)[1]]


def test_ages_and_kinds_have_their_entries_too(window: Window, quality: QualityView, desk: Desk, qtbot: QtBot) -> None:
    never = [named.uid for named in desk.quality.of_age("never")]
    choose(window, quality.ages, "never")
    qtbot.waitUntil(lambda: behind(quality) == never)
    places = [named.uid for named in desk.quality.of_kind("place")]
    choose(window, quality.kinds, "place")
    qtbot.waitUntil(lambda: behind(quality) == places)


def test_a_contradiction_shows_all_its_entries_with_what_to_do(
    window: Window, quality: QualityView, desk: Desk
) -> None:
    choose(window, quality.clashes, "phone")
    contradictions = [each for each in desk.contradictions.find() if each.code == "phone"]
    assert behind(quality) == [party.uid for each in contradictions for party in each.entries]
    assert contradictions[0].remedy in texts(quality)


def test_what_was_mended_is_gone_when_one_comes_back(
    window: Window, quality: QualityView, desk: Desk, qtbot: QtBot
) -> None:
    before = quality.found
    [first, *_rest] = desk.contradictions.find()
    for party in first.entries[1:]:
        record = desk.revisions.present(party.uid).record
        desk.revisions.save(msgspec.structs.replace(record, contacts=()), "Odile")
    window.show_page("counter")
    window.show_page("directory")
    qtbot.waitUntil(lambda: quality.found is not before)
    assert quality.found is not None
    assert first not in quality.found.contradictions


def test_an_empty_directory_says_so(small: QualityView, qtbot: QtBot) -> None:
    small.enter()
    qtbot.waitUntil(lambda: small.found is not None)
    assert "L’annuaire est vide : il n’y a rien à juger encore." in texts(small)
    assert "Aucune contradiction trouvée." in texts(small)


def test_links_are_asked_one_by_one_and_the_dead_ones_show_their_entries(
    small: QualityView, own: Desk, qtbot: QtBot
) -> None:
    contacts = (Contact("web", "https://a.example"), Contact("web", "https://b.example"))
    own.directory.load([EntryRecord(uid="un", kind="place", name="Un", contacts=contacts)])
    small.enter()
    qtbot.waitUntil(lambda: small.found is not None)
    asked: list[str] = []

    def fetch(address: str) -> Answer:
        asked.append(address)
        return Answer(404 if "b." in address else 200)

    small.links.fetch = fetch
    small.links.button.click()
    qtbot.waitUntil(lambda: not small.links.is_running)
    assert sorted(asked) == ["https://a.example", "https://b.example"]
    assert "2 adresses demandées." in texts(small)
    [bar] = small.dead.bars_model.bars
    assert (bar.name, bar.value) == ("https://b.example", "la page n’existe plus (404)")
    small.dead.chosen.emit(bar.code)
    assert behind(small) == ["un"]


def test_no_site_is_asked_until_somebody_wishes_it(small: QualityView, own: Desk, qtbot: QtBot) -> None:
    contacts = (Contact("web", "https://a.example"),)
    own.directory.load([EntryRecord(uid="un", kind="place", name="Un", contacts=contacts)])
    asked: list[str] = []

    def fetch(address: str) -> Answer:
        asked.append(address)
        return Answer(200)

    small.links.fetch = fetch
    small.enter()
    qtbot.waitUntil(lambda: small.found is not None)
    assert asked == []
    small.links.button.click()
    qtbot.waitUntil(lambda: not small.links.is_running)
    assert asked == ["https://a.example"]


def test_asking_links_can_be_stopped(small: QualityView, own: Desk, qtbot: QtBot) -> None:
    contacts = tuple(Contact("web", f"https://{number}.example") for number in range(20))
    own.directory.load([EntryRecord(uid="un", kind="place", name="Un", contacts=contacts)])
    asked: list[str] = []

    def fetch(address: str) -> Answer:
        asked.append(address)
        if len(asked) == 3:
            small.links.toggle()
        return Answer(200)

    small.links.fetch = fetch
    small.links.toggle()
    qtbot.waitUntil(lambda: not small.links.is_running)
    assert len(asked) == 3
    assert small.links.button.text() == "Vérifier les liens"


def test_offline_the_asking_ends_with_a_sentence_and_no_link_is_dead(
    small: QualityView, own: Desk, qtbot: QtBot
) -> None:
    contacts = tuple(Contact("web", f"https://{number}.example") for number in range(20))
    own.directory.load([EntryRecord(uid="un", kind="place", name="Un", contacts=contacts)])
    small.links.fetch = lambda _address: Answer(0, "network")
    small.links.toggle()
    qtbot.waitUntil(lambda: not small.links.is_running)
    assert "n’est sans doute pas en ligne" in small.links.state.text()
    assert own.web_links.dead() == []
    assert small.links.button.text() == "Vérifier les liens"


def test_without_any_address_nothing_is_asked(small: QualityView) -> None:
    small.links.toggle()
    assert not small.links.is_running
    assert "Aucune fiche n’a d’adresse internet." in texts(small)


def test_every_list_is_a_sound_model_that_can_be_read_aloud(qtmodeltester: Any) -> None:
    bars = BarsModel()
    bars.show([Bar("a", "dans les délais", 3, "3"), Bar("b", "depuis plus d’un an", 0, "0")])
    qtmodeltester.check(bars)
    assert bars.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "dans les délais. 3"
    entries = BehindModel()
    entries.show([("un", RowText("Un", meta="Lieu · 38 points"))])
    qtmodeltester.check(entries)
    assert entries.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Un. Lieu · 38 points"


def test_a_narrow_chart_wraps_its_names_and_grows(qtbot: QtBot, theme: Theme) -> None:
    chart = BarList(theme, "Âge des faits")
    qtbot.addWidget(chart)
    chart.resize(600, 100)
    chart.show()
    chart.show_bars([Bar("a", "à revérifier depuis moins de trois mois, ou presque", 3, "3")])
    wide = chart.height()
    chart.resize(220, 100)
    assert chart.height() > wide


def searched(desk: Desk, words: str, times: int = 3) -> None:
    for _time in range(times):
        assert desk.unanswered.add(words)


def found(desk: Desk, words: str) -> list[str]:
    hits = [hit for hit in desk.directory.search(Query(words)).hits if not hit.weak]
    return [row.uid for row in desk.directory.rows([hit.id for hit in hits])]


def test_words_searched_in_vain_become_a_synonym_in_two_gestures_and_the_next_search_finds(
    window: Window, quality: QualityView, desk: Desk, qtbot: QtBot
) -> None:
    searched(desk, "zzyzx")
    quality.enter()
    assert not found(desk, "zzyzx")
    choose(window, quality.gaps, "zzyzx")
    assert quality.gap.isVisible()
    type_text("lien soc")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not desk.unanswered.gaps())
    qtbot.waitUntil(quality.behind.isVisible)
    assert "lien social" in quality.behind._empty.text().casefold()
    assert "zzyzx" in next(term for term in desk.directory.terms("topic") if term.code == "lien-social").synonyms
    assert found(desk, "zzyzx")
    press(window, Qt.Key.Key_Z, CTRL)
    assert [gap.words for gap in desk.unanswered.gaps()] == ["zzyzx"]
    assert not found(desk, "zzyzx")


def test_words_that_are_no_gap_leave_the_list_and_come_back_when_that_is_undone(
    window: Window, quality: QualityView, desk: Desk, qtbot: QtBot
) -> None:
    searched(desk, "bonjour madame")
    quality.enter()
    choose(window, quality.gaps, "bonjour madame")
    quality.gap.drop.click()
    qtbot.waitUntil(lambda: not quality.gaps.isVisible())
    assert "Rien n’a été cherché trois fois en vain." in texts(quality)
    press(window, Qt.Key.Key_Z, CTRL)
    assert quality.gaps.isVisible()


def test_who_is_no_editor_reads_the_gaps_and_decides_nothing(quality: QualityView, desk: Desk) -> None:
    desk.settings = msgspec.structs.replace(desk.settings, editors=("Nadia Favre",))
    searched(desk, "zzyzx")
    quality.enter()
    quality._author.take("Sami Keller")
    quality.gaps.chosen.emit("zzyzx")
    assert not quality.gap.topic.isEnabled()
    assert "Les synonymes se décident par les éditeur-rice-s." in texts(quality)
