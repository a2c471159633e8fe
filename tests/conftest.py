"""What every test may ask for: an open counter on a fixed day, a look, work done at once."""

import logging
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "fr_CH.UTF-8"  # the counter's first language, whatever machine runs the tests

import pytest

from pointinfo.clock import ZONE
from pointinfo.database import Database
from pointinfo.desk import DATABASE, Desk, open_desk
from pointinfo.directory import Calendar, Directory, EntryRecord
from pointinfo.i18n import words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from pointinfo_ui.background import Background
    from pointinfo_ui.theme import Theme
    from pointinfo_ui.window import Window

MONDAY = datetime(2026, 11, 23, 10, 12, tzinfo=ZONE)
"""An ordinary Monday, 10:12 at the counter."""


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now


class AtOnce(Executor):
    """Does the work where it is asked for, so that a test need not wait."""

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(work(*arguments, **named))
        except Exception as error:  # carried to whoever asked, as a thread would
            future.set_exception(error)
        return future


class OnAsking(Executor):
    """Work that is done when a test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.waiting.append((future, lambda: work(*arguments, **named)))
        return future

    def do(self) -> None:
        while self.waiting:
            future, work = self.waiting.pop(0)
            try:
                future.set_result(work())
            except Exception as error:
                future.set_exception(error)
        from PySide6.QtWidgets import QApplication

        QApplication.processEvents()


@pytest.fixture
def clock() -> Clock:
    """10:12 on Monday 23 November 2026, until a test says otherwise."""
    return Clock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where a counter's data will lie; empty yet."""
    return tmp_path / "home"


@pytest.fixture
def desk(home: Path, clock: Clock) -> Iterator[Desk]:
    """An open counter with the demonstration directory."""
    opened = open_desk(home, clock)
    yield opened
    opened.close()


@pytest.fixture
def own(home: Path, clock: Clock) -> Iterator[Desk]:
    """An open counter with a directory of its own, empty but for one closed entry."""
    home.mkdir()
    database = Database(home / DATABASE, words("fr"))
    Directory(database, clock, "here", words("fr"), Calendar()).load(
        [EntryRecord(uid="ancienne", kind="service", name="Ancienne permanence", status="closed")]
    )
    database.close()
    opened = open_desk(home, clock)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def no_unexpected_log_records(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log that no test asked for is a failure."""
    yield
    for phase in ("setup", "call"):
        for record in caplog.get_records(phase):
            if record.levelno >= logging.WARNING and not getattr(record, "expected", False):
                pytest.fail(f"unexpected log record: {record.name}: {record.getMessage()}")


@pytest.fixture(scope="session", autouse=True)
def an_empty_clipboard_at_the_end() -> Iterator[None]:
    """The offscreen clipboard outlives Python; what a test copied would then be destroyed by Python, and crash."""
    yield
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture
def theme(qapp: Any) -> "Theme":
    """The light look at normal text size, on the whole application."""
    from pointinfo_ui import theme as look

    made = look.make("light", 100)
    look.dress(qapp, made)
    return made


@pytest.fixture
def background() -> "Iterator[Background]":
    """Background work that is done at once; its result still comes through the event loop."""
    from pointinfo_ui.background import Background

    made = Background(AtOnce())
    yield made
    made.close()


def bury(widget: "QWidget") -> None:
    """Delete a widget now: outside a running event loop Qt keeps what `deleteLater` was asked for."""
    from PySide6.QtCore import QCoreApplication, QEvent

    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(qtbot: "QtBot", desk: Desk, theme: "Theme", background: "Background") -> "Iterator[Window]":
    """The open window of the counter."""

    from pointinfo_ui.window import Window

    yield from shown(Window(desk, theme, background, lambda: None), qtbot)


def shown(window: "Window", qtbot: "QtBot") -> "Iterator[Window]":
    """A window on the screen with the focus on its search line, and buried after the test."""
    window.resize(1440, 900)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.counter.search.setFocus()
    yield window
    window.close()
    bury(window)
