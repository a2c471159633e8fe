"""A channel that is pinned for a while: an hour on the telephone, a stand outside. In memory only, with its end."""

from datetime import datetime, timedelta
from typing import Final

from pointinfo.clock import Clock

PINNED_FOR: Final = timedelta(hours=1)
"""From the last note on: whoever forgets to unpin spoils no day."""
AT_THE_COUNTER: Final = "counter"


class Pin:
    """How people reach the counter for now."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pinned = ""
        self._until: datetime | None = None

    @property
    def until(self) -> datetime | None:
        """When it comes loose by itself; None when nothing is pinned."""
        if self._until is not None and self._clock() >= self._until:
            self.take_out()
        return self._until

    @property
    def channel(self) -> str:
        """The channel of the next note: the pinned one, else the counter."""
        return self._pinned if self.until else AT_THE_COUNTER

    def put_in(self, channel: str) -> None:
        """Pin a channel for the next hour."""
        self._pinned, self._until = channel, self._clock() + PINNED_FOR

    def take_out(self) -> None:
        """Back to the counter."""
        self._pinned, self._until = "", None

    def hold(self) -> None:
        """Something was noted: what is pinned holds for another hour."""
        if self.until:
            self._until = self._clock() + PINNED_FOR
