"""The directory: entries, finding, opening hours, vocabularies, revisions."""

from pointinfo.database.schema import Entry, Schedule
from pointinfo.directory.entries import Directory, Row
from pointinfo.directory.exchange.importing import Exchange
from pointinfo.directory.hours import Calendar
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.revisions import Change, ConflictError, Revisions
from pointinfo.directory.search import Hit, Query, Results

__all__ = [
    "Calendar",
    "Change",
    "ConflictError",
    "Directory",
    "Entry",
    "EntryRecord",
    "Hit",
    "Exchange",
    "Query",
    "Results",
    "Revisions",
    "Row",
    "Schedule",
]
