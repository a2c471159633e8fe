"""One first time in a fresh process: `python -m tests.speed.child STARTED WHAT [ARGUMENTS]` prints the seconds.

`bare`: a bare PySide6 window. `window HOME`: `pointinfo gui`, ended once its window has been painted.
`sheet HOME UID…`: the first sheet once the desk is open. `canvas LINES`: the first bare ReportLab page.
`paper MAKER WHAT SOURCE ROUNDS`: a sheet or a directory by one maker of PDF.
Imports nothing at the top that what is measured doesn't.
"""

import os
import sys
from time import perf_counter, perf_counter_ns
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def bare(started: int) -> None:
    """A window with a text field."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit

    app = QApplication(["bare"])
    window = QMainWindow()
    window.resize(1440, 900)
    window.setCentralWidget(QTextEdit("Bonjour"))
    window.show()
    _painted(app, window)
    print(_since(started), flush=True)


def window(started: int, home: str) -> None:
    """The product's own way in; instead of staying in its event loop it tells the time and ends."""
    from PySide6 import QtWidgets

    from pointinfo import cli

    def told(app: Any = None) -> int:
        shown = next(widget for widget in app.topLevelWidgets() if widget.isVisible())
        _painted(app, shown)
        print(_since(started), flush=True)
        return 0

    measured = type("Measured", (QtWidgets.QApplication,), {"exec": told})
    setattr(QtWidgets, "QApplication", measured)  # noqa: B010 -- the product has no hook for this, and needs none
    cli.main(["gui", "--home", home])


def sheet(_started: int, home: str, *uids: str) -> None:
    """The first sheet of a process, ReportLab's import and the fonts included."""
    from pathlib import Path

    from pointinfo.desk import open_desk
    from tests.speed.town import clock

    desk = open_desk(Path(home), clock)
    before = perf_counter()
    desk.leaflets.visit_sheet(uids)
    print(perf_counter() - before)
    desk.close()


def canvas(_started: int, lines: str) -> None:
    """The first bare page of a process, ReportLab's import included."""
    before = perf_counter()
    from tests.speed.sheet import bare_page

    bare_page(["Un texte de la longueur d’une ligne ordinaire sur une fiche de visite"] * int(lines))
    print(perf_counter() - before)


def paper(_started: int, maker: str, what: str, source: str, rounds: str) -> None:
    """A sheet or a directory by one maker, with its peak of memory."""
    from tests.speed.paper import timed_child

    print(timed_child(maker, what, source, int(rounds)))


def _painted(app: Any, shown: Any) -> None:
    while not shown.windowHandle().isExposed():
        app.processEvents()
    app.processEvents()


def _since(started: int) -> float:
    """Seconds since the parent started this process: the performance counter is one for the whole machine."""
    return (perf_counter_ns() - started) / 1e9


if __name__ == "__main__":
    globals()[sys.argv[2]](int(sys.argv[1]), *sys.argv[3:])
