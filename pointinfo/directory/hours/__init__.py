"""Opening hours: OpenStreetMap's `opening_hours` strings, read for Geneva and said in words.

`calendar` knows which days are special, `rules` reads a string, `state` says open or closed at a moment,
`week` lays the regular week out as a grid. `days`, `state_words` and `words` put all of it into a person’s language.
`timetable` is the grid an editor changes: read from a string, written as one, with `fortnight` to see what it comes to.
"""

from pointinfo.directory.hours.calendar import Calendar
from pointinfo.directory.hours.closures import next_closure
from pointinfo.directory.hours.state import HOLIDAY_DOUBT, State, check, is_open, is_surely_open, state
from pointinfo.directory.hours.state_words import in_words, short_words
from pointinfo.directory.hours.week import Day, Season, Slot, seasons
from pointinfo.directory.hours.words import in_sentence, notes, parted, remark_words, season_words

__all__ = [
    "HOLIDAY_DOUBT",
    "Calendar",
    "Day",
    "Season",
    "Slot",
    "State",
    "check",
    "in_sentence",
    "in_words",
    "is_open",
    "is_surely_open",
    "next_closure",
    "notes",
    "parted",
    "remark_words",
    "season_words",
    "seasons",
    "short_words",
    "state",
]
