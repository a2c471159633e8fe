"""Work beside the window: what waits for the web holds up nothing else."""

from threading import Event

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from pointinfo_ui.background import Background


def test_what_is_printed_does_not_stand_in_line_behind_the_web(qtbot: QtBot) -> None:
    background, owner, answered = Background(), QObject(), Event()
    done: list[str] = []

    def fail(error: Exception) -> None:
        raise error

    def site() -> str:
        answered.wait(30)
        return "site"

    background.run(owner, site, done.append, fail, web=True)
    background.run(owner, lambda: "sheet", done.append, fail)
    qtbot.waitUntil(lambda: done == ["sheet"])
    answered.set()
    qtbot.waitUntil(lambda: done == ["sheet", "site"])
    background.close()
