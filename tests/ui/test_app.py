"""Starting and stopping: one window a home, calm pages when the world stands in the way, crash notices."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from pointinfo import i18n
from pointinfo.desk import open_desk
from pointinfo.errors import AlreadyOpenError
from pointinfo_ui.app import Session
from pointinfo_ui.messages import Notice, crash_notice
from pointinfo_ui.window import Window
from tests.conftest import bury


@pytest.fixture
def session(qapp: QApplication, home: Path, theme: object) -> Iterator[Session]:
    """A start of the program on `home`."""
    started = Session(qapp, home, i18n.words("fr"))
    yield started
    if started.window is not None:
        started.window.close()
        bury(started.window)
    started.end()


def said(notice: Notice | Window | None) -> str:
    """All the words of a page."""
    assert notice is not None
    return "\n".join(found.text() for found in notice.findChildren(QLabel))


def test_a_first_start_opens_the_counter_on_the_demonstration_directory(session: Session, home: Path) -> None:
    session.claim()
    session.start()
    assert isinstance(session.window, Window)
    assert session.window.isVisible()
    assert (home / "pointinfo.sqlite").exists()


def test_no_line_of_the_window_can_begin_with_a_french_sign(session: Session) -> None:
    session.claim()
    session.start()
    window = session.window
    assert isinstance(window, Window)
    for page in ("counter", "journal", "figures", "directory", "settings"):
        window.show_page(page)
    window.palette_view.open()
    window.cheat_sheet.open()
    shown = [
        text
        for kind, read in ((QLabel, "text"), (QAbstractButton, "text"), (QLineEdit, "placeholderText"))
        for widget in window.findChildren(kind)
        for text in [getattr(widget, read)()]
    ]
    assert any("\u00a0:" in text for text in shown)
    assert not [text for text in shown if re.search(r" [:;?!»]|« ", text)]


def test_a_second_window_brings_the_first_to_the_front_and_goes(
    session: Session, qapp: QApplication, home: Path, qtbot: QtBot
) -> None:
    session.claim()
    session.start()
    assert session.window is not None
    session.window.hide()
    second = Session(qapp, home, i18n.words("fr"))
    with pytest.raises(AlreadyOpenError, match="déjà ouvert") as told:
        second.claim()
    assert told.value.exit_code == 3
    qtbot.waitUntil(lambda: session.window is not None and session.window.isVisible())


def test_a_damaged_database_is_explained_and_left_alone(
    session: Session, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.mkdir()
    damaged = b"not a database at all " * 500
    (home / "pointinfo.sqlite").write_bytes(damaged)
    session.start()
    assert isinstance(session.window, Notice)
    assert "endommagée" in said(session.window)
    assert session.exit_code == 4
    assert (home / "pointinfo.sqlite").read_bytes() == damaged
    assert "endommagée" in capsys.readouterr().err


def test_a_newer_database_is_explained(session: Session, home: Path) -> None:
    open_desk(home).close()
    newer = sqlite3.connect(home / "pointinfo.sqlite")
    newer.execute("PRAGMA user_version = 999")
    newer.close()
    session.start()
    assert "plus récente" in said(session.window)


def test_unreadable_settings_can_be_put_aside(session: Session, home: Path) -> None:
    home.mkdir()
    (home / "settings.json").write_text("{ not json")
    session.start()
    assert isinstance(session.window, Notice)
    assert "settings.json" in said(session.window)
    afresh = next(b for b in session.window.findChildren(QPushButton) if "origine" in b.text())
    afresh.click()
    assert isinstance(session.window, Window)
    assert (home / "settings.unreadable.json").read_text() == "{ not json"
    assert session.exit_code == 0


def test_a_defect_of_ours_gives_a_text_to_copy_and_sends_nothing(qtbot: QtBot) -> None:
    try:
        raise ValueError("quelque chose d’inattendu")
    except ValueError as error:
        notice = crash_notice(i18n.words("fr"), ValueError, error, error.__traceback__)
    qtbot.addWidget(notice)
    notice.show()
    assert "rien n’est envoyé" in said(notice)
    detail = notice.findChild(QPlainTextEdit)
    assert isinstance(detail, QPlainTextEdit)
    assert "quelque chose d’inattendu" in detail.toPlainText()
    copy = next(b for b in notice.findChildren(QPushButton) if b.text() == "Copier le texte")
    copy.click()
    assert "quelque chose d’inattendu" in QApplication.clipboard().text()


def test_a_new_text_size_is_seen_at_once(session: Session, theme: object) -> None:
    session.claim()
    session.start()
    before = session.window
    assert isinstance(before, Window)
    before.settings.choices["text_size"].fill("150")
    before.settings.save()
    assert isinstance(session.window, Window)
    assert session.window is not before
    assert session.window.isVisible()
