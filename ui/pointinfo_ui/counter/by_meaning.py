"""Meaning beside the keys: what the words don't find is looked for in a pause of typing, and learned in the others."""

import logging
from typing import Final, NamedTuple

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from pointinfo.desk import Desk
from pointinfo.directory import Query, Results
from pointinfo_ui.background import Background

PAUSE: Final = 80
"""Milliseconds without a key after which there is time: the list by words has long been painted."""
IN_TIME: Final = 250
"""Milliseconds after the last key until which nobody has read the list: a look takes about that long to settle."""
PORTION: Final = 24
"""Texts learned at a time, some 30 ms: a key pressed meanwhile, or a sheet to be printed, waits no longer."""
QUIET: Final = 1_000
"""Milliseconds without a key after which learning goes on."""
BETWEEN: Final = 20
"""Milliseconds between two portions."""


class Asked(NamedTuple):
    """A search whose words are answered already."""

    query: Query
    results: Results


class ByMeaning(QObject):
    """Says `found` with the row ids near in meaning to what was asked last, and whether they come in time."""

    found = Signal(tuple, bool)

    def __init__(self, desk: Desk, background: Background, owner: QObject) -> None:
        super().__init__(owner)
        self._desk = desk
        self._background = background
        self._asked: Asked | None = None
        self._learning = False
        self._busy = False
        self._since_key = QElapsedTimer()
        self._since_key.start()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._use_the_pause)

    def learn(self) -> None:
        """Begin to learn the directory, a portion at a time while nobody types. Without the extra nothing is done."""
        self._learning = self._desk.directory.sense is not None
        if self._learning:
            self._pause.start(PAUSE)

    def ask(self, query: Query, results: Results) -> None:
        """Look for what is meant once no more keys come; what was asked before is forgotten."""
        self._asked = Asked(query, results)
        self._since_key.start()
        if self._learning or self._is_ready:
            self._pause.start(PAUSE)

    @property
    def _is_ready(self) -> bool:
        sense = self._desk.directory.sense
        return sense is not None and sense.is_ready

    def _use_the_pause(self) -> None:
        if self._busy:
            self._pause.start(PAUSE)
            return
        asked = self._asked
        if asked is not None and not self._desk.directory.calls_for_meaning(*asked):
            asked = self._asked = None
        if asked is None and not self._learning:
            return
        if self._learning and self._since_key.elapsed() < QUIET:
            self._pause.start(QUIET)
            return
        self._busy = True
        self._background.run(self, lambda: self._work(asked), lambda near: self._say(asked, near), self._give_up)

    def _work(self, asked: Asked | None) -> tuple[int, ...]:
        """In the other thread: learn a portion; nothing more being new, look for what is meant."""
        directory = self._desk.directory
        sense = directory.sense
        if sense is None:
            return ()
        self._learning = sense.learn(PORTION)
        if self._learning or asked is None or asked is not self._asked:
            return ()
        return directory.near_in_meaning(asked.query)

    def _say(self, asked: Asked | None, near: tuple[int, ...]) -> None:
        self._busy = False
        if self._learning:
            self._pause.start(BETWEEN)
        elif near and asked is self._asked:
            self.found.emit(near, self._since_key.elapsed() <= IN_TIME)

    def _give_up(self, error: Exception) -> None:
        """The words answer alone from now on; the counter works as without the extra."""
        self._learning = False
        self._desk.directory.sense = None
        logging.getLogger(__name__).warning("no search by meaning", exc_info=error)
