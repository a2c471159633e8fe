"""The directory: entries, finding, opening hours, vocabularies, revisions."""

from pointinfo.database.schema import Entry
from pointinfo.directory.duplicates import Candidate, Duplicates, Pair
from pointinfo.directory.entries import Directory, Row
from pointinfo.directory.hours import Calendar
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.revisions import Change, ConflictError, Revisions, Step, Wish
from pointinfo.directory.search import Query, Results

__all__ = [
    "Calendar",
    "Candidate",
    "Change",
    "ConflictError",
    "Directory",
    "Duplicates",
    "Entry",
    "EntryRecord",
    "Pair",
    "Query",
    "Results",
    "Revisions",
    "Row",
    "Step",
    "Wish",
]
