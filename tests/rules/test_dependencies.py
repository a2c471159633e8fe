"""What the program stands on: locked, free of the releases known to break it, and accounted for."""

import re
import sys
import tomllib
from pathlib import Path

import PySide6
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QPainter, QPixmap
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DEPENDENCIES = [Requirement(line) for line in PROJECT["dependencies"]]
PYTHONS = ["3.11", "3.12", "3.13"]


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_pins_every_dependency_to_a_version_the_project_accepts(lock: str, python: str) -> None:
    pins = locked(lock, python)
    for dependency in DEPENDENCIES:
        if applies(dependency, python):
            assert pins[canonicalize_name(dependency.name)] in dependency.specifier


@pytest.mark.parametrize("python", PYTHONS)
def test_the_checks_run_on_the_versions_the_counter_runs_on(python: str) -> None:
    assert locked("requirements.txt", python).items() <= locked("requirements-dev.txt", python).items()


@pytest.mark.parametrize("version", ["6.12.0", "6.11.0", "6.11.1"])
def test_python_3_11_never_gets_a_pyside6_that_aborts_or_misplaces_layouts(version: str) -> None:
    accepted = [
        dependency.specifier
        for dependency in DEPENDENCIES
        if dependency.name == "PySide6-Essentials" and applies(dependency, "3.11")
    ]
    assert accepted
    assert not any(version in specifier for specifier in accepted)
    assert locked("requirements.txt", "3.11")["pyside6-essentials"] != Version(version)


def test_this_pyside6_is_the_locked_one() -> None:
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert Version(PySide6.__version__) == locked("requirements.txt", python)["pyside6-essentials"]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
@pytest.mark.usefixtures("qapp")
def test_void_calls_do_not_lose_references_to_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 gives back Nones it never took; after some 5,000 calls Python 3.11 aborts."""
    widget, line, action = QWidget(), QLineEdit(), QAction()
    qtbot.addWidget(widget)
    qtbot.addWidget(line)
    pixmap = QPixmap(100, 100)
    painter = QPainter(pixmap)

    def void_calls() -> None:
        painter.save()
        painter.drawText(QRect(0, 0, 50, 50), 0, "abc")
        painter.drawText(QPoint(1, 2), "abc")
        painter.fillRect(QRect(0, 0, 50, 50), Qt.GlobalColor.red)
        painter.restore()
        line.setText("x")
        action.setText("x")
        widget.resize(10, 10)
        widget.setWindowTitle("x")

    void_calls()
    before = sys.getrefcount(None)
    for _ in range(200):
        void_calls()
    lost = before - sys.getrefcount(None)
    painter.end()
    assert lost < 20, f"{lost} references to None lost in 200 rounds"


def test_each_dependency_is_explained_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| *\[?`?([A-Za-z0-9_.-]+)", readme, re.MULTILINE)
    explained = {canonicalize_name(name) for name in rows}
    assert {canonicalize_name(dependency.name) for dependency in DEPENDENCIES} <= explained


def applies(requirement: Requirement, python: str) -> bool:
    """Whether a requirement counts on this system with another Python version."""
    return requirement.marker is None or requirement.marker.evaluate(
        {"python_version": python, "python_full_version": f"{python}.9"}
    )


def locked(lock: str, python: str) -> dict[str, Version]:
    """The one version of each package that a lock file gives to a Python version."""
    lines = (ROOT / "packaging" / lock).read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line.rstrip(" \\")) for line in lines if re.match(r"[A-Za-z0-9]", line)]
    return {
        canonicalize_name(pin.name): Version(str(pin.specifier).removeprefix("=="))
        for pin in pins
        if applies(pin, python)
    }
