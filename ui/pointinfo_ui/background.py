"""Work beside the window: one thread, another for the web, a signal that carries results to the window's thread."""

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

T = TypeVar("T")


class Background(QObject):
    """Runs one piece of work after the other; `done` or `failed` is called in the window's thread.

    The object must outlive its work: close it before the application ends.
    """

    _finished = Signal(object)

    def __init__(self, executor: Executor | None = None) -> None:
        super().__init__()
        self._executor = executor or ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
        self._web = executor or ThreadPoolExecutor(max_workers=1, thread_name_prefix="web")
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        web: bool = False,
    ) -> None:
        """Do `work` elsewhere, then `done(result)` here, or `failed(error)`, if `owner` is still there by then.

        `web`: it waits for other computers, so nothing that is printed stands in line behind it.
        """
        future: Future[T] = (self._web if web else self._executor).submit(work)
        future.add_done_callback(lambda finished: self._finished.emit((owner, finished, done, failed)))

    def close(self) -> None:
        """Wait until all work is done: a sheet that was sent to the printer gets there."""
        self._web.shutdown(wait=False, cancel_futures=True)
        self._executor.shutdown(wait=True)

    def _deliver(self, delivery: tuple[QObject, Future[T], Callable[[T], None], Callable[[Exception], None]]) -> None:
        owner, finished, done, failed = delivery
        if not isValid(owner):
            return
        error = finished.exception()
        if error is None:
            done(finished.result())
        elif isinstance(error, Exception):
            failed(error)
        else:
            raise error
