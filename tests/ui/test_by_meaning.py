"""Meaning at the counter: added in a pause, marked, and never under the eyes of who reads.

The encoder is one of letters (see tests/core/directory/test_meaning.py): the window doesn't care what texts mean.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pointinfo.desk import Desk
from pointinfo.directory.meaning import Sense
from pointinfo_ui.background import Background
from pointinfo_ui.counter import by_meaning
from pointinfo_ui.rows import ROW_ROLE
from pointinfo_ui.theme import Theme
from pointinfo_ui.window import Window
from tests.conftest import OnAsking, bury, shown
from tests.letters import Letters
from tests.ui.keys import press, type_text

ASKED = "inscripsionne crechendo"
"""Words that nothing has; the letters look like those of «Inscription à une place en crèche»."""
MEANT = "Inscription à une place en crèche (démarche)"


def names(window: Window) -> list[str]:
    model = window.counter.results.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def marks(window: Window) -> list[str]:
    model = window.counter.results.model()
    return [model.index(row, 0).data(ROW_ROLE).meta for row in range(model.rowCount())]


@pytest.fixture
def work() -> OnAsking:
    """What the window asks to be done beside it waits until a test lets it."""
    return OnAsking()


@pytest.fixture
def counter(qtbot: QtBot, desk: Desk, theme: Theme, work: OnAsking) -> Iterator[Window]:
    """A window whose directory is learned already."""
    desk.directory.sense = Sense(desk.database, Letters())
    while desk.directory.sense.learn(5000):
        pass
    background = Background(work)
    yield from shown(Window(desk, theme, background, lambda: None), qtbot)
    background.close()


def test_no_key_waits_and_what_is_meant_comes_in_the_pause(counter: Window, work: OnAsking, qtbot: QtBot) -> None:
    type_text(ASKED)
    assert work.waiting == []
    assert MEANT not in names(counter)
    qtbot.waitUntil(lambda: len(work.waiting) == 1)
    work.do()
    assert MEANT in names(counter)
    assert "Par le sens" in marks(counter)[names(counter).index(MEANT)]
    assert counter.counter.card.entry is not None
    assert counter.counter.card.entry.name == names(counter)[0]


def test_an_answer_to_words_that_have_changed_since_is_dropped(counter: Window, work: OnAsking, qtbot: QtBot) -> None:
    type_text(ASKED)
    qtbot.waitUntil(lambda: len(work.waiting) == 1)
    counter.counter.search.setText("piscine")
    before = names(counter)
    work.do()
    assert names(counter) == before


def test_where_the_words_answer_nothing_is_asked(counter: Window, work: OnAsking, qtbot: QtBot) -> None:
    type_text("piscine")
    before = names(counter)
    assert before
    qtbot.wait(by_meaning.PAUSE * 2)
    assert work.waiting == []
    assert names(counter) == before


def test_a_list_that_is_being_read_only_grows_at_its_end(counter: Window, work: OnAsking, qtbot: QtBot) -> None:
    type_text("inscription crechendo creche")
    before = names(counter)
    assert len(before) >= 2
    qtbot.waitUntil(lambda: len(work.waiting) == 1)
    press(counter, Qt.Key.Key_Down)
    chosen = counter.counter.results.uid
    work.do()
    assert names(counter)[: len(before)] == before
    assert len(names(counter)) > len(before)
    assert counter.counter.results.uid == chosen


def test_what_comes_late_stands_below(
    counter: Window, work: OnAsking, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_meaning, "IN_TIME", -1)
    type_text("inscription crechendo creche")
    before = names(counter)
    qtbot.waitUntil(lambda: len(work.waiting) == 1)
    work.do()
    assert names(counter)[: len(before)] == before
    assert len(names(counter)) > len(before)


def test_the_window_learns_in_its_pauses_and_answers_then(
    qtbot: QtBot, desk: Desk, theme: Theme, work: OnAsking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_meaning, "PORTION", 2000)
    monkeypatch.setattr(by_meaning, "QUIET", 0)
    monkeypatch.setattr(by_meaning, "IN_TIME", 60_000)
    desk.directory.sense = Sense(desk.database, Letters())
    background = Background(work)
    window = Window(desk, theme, background, lambda: None)
    window.show()
    window.counter.by_meaning.learn()
    window.counter.search.setText(ASKED)

    def is_meant() -> bool:
        work.do()
        return MEANT in names(window)

    qtbot.waitUntil(is_meant)
    assert desk.directory.sense.is_ready
    window.close()
    bury(window)
    background.close()


def test_nothing_is_learned_while_somebody_types(
    qtbot: QtBot, desk: Desk, theme: Theme, work: OnAsking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_meaning, "QUIET", 3_600_000)
    desk.directory.sense = Sense(desk.database, Letters())
    background = Background(work)
    window = Window(desk, theme, background, lambda: None)
    window.show()
    window.counter.by_meaning.learn()
    window.counter.search.setText(ASKED)
    qtbot.wait(by_meaning.PAUSE * 2)
    assert work.waiting == []
    window.close()
    bury(window)
    background.close()


def test_a_failure_beside_the_window_leaves_the_words(
    counter: Window, desk: Desk, work: OnAsking, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    type_text(ASKED)
    qtbot.waitUntil(lambda: len(work.waiting) == 1)
    future, _work = work.waiting.pop()
    future.set_exception(MemoryError())
    QApplication.processEvents()
    assert desk.directory.sense is None
    for record in caplog.records:
        record.expected = True
    counter.counter.search.setText("piscine")
    assert names(counter)
