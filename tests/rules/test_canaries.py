"""An exception in Qt code must fail the test it happens in: PySide and pytest-qt have each swallowed some before."""

import subprocess
import sys
from pathlib import Path

CANARIES = """
import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView


class Broken(QAbstractListModel):
    def rowCount(self, parent=QModelIndex()):
        return 1

    def data(self, index, role=0):
        raise RuntimeError("canary")


class Bell(QObject):
    rung = Signal()


def fail():
    raise RuntimeError("canary")


def test_in_data(qtbot):
    view = QListView()
    qtbot.addWidget(view)
    view.setModel(Broken(view))
    view.show()
    qtbot.waitExposed(view)
    view.viewport().repaint()
    view.setModel(None)


def test_in_a_slot():
    bell = Bell()
    bell.rung.connect(fail)
    bell.rung.emit()


def test_in_a_timer(qtbot):
    done = []
    QTimer.singleShot(0, fail)
    QTimer.singleShot(0, lambda: done.append(1))
    qtbot.waitUntil(lambda: bool(done))


def test_in_a_shortcut(qtbot):
    view = QListView()
    qtbot.addWidget(view)
    QShortcut(QKeySequence("Ctrl+G"), view, fail)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    QTest.keyClick(view, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)


def test_nothing_happens():
    pass
"""


def test_an_exception_in_data_a_slot_a_timer_or_a_shortcut_fails_its_test(tmp_path: Path) -> None:
    """Each canary fails with its own words; a test without one passes, so it is not the run that fails."""
    (tmp_path / "test_canaries.py").write_text(CANARIES)
    settings = Path(__file__).parents[2] / "pyproject.toml"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-c",
            settings,
            "--rootdir",
            tmp_path,
            "-p",
            "no:cacheprovider",
            tmp_path,
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        cwd=tmp_path,
    )
    assert "4 failed, 1 passed" in done.stdout, done.stdout
    assert done.stdout.count("RuntimeError: canary") + done.stdout.count("data(): canary") >= 4
