"""The counter's time. Injected everywhere, so that tests choose the day."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Europe/Zurich")
"""Where the counters are: days and hours are local, stored times UTC."""

Clock = Callable[[], datetime]
"""Gives the present as an aware datetime."""


def now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


def local_day(moment: datetime) -> date:
    """The day it is at the counter at this aware `moment`."""
    return moment.astimezone(ZONE).date()
