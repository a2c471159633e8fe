"""The directory: entries, finding, opening hours, vocabularies, revisions."""

from pointinfo.database.schema import Attached, Entry, Schedule
from pointinfo.directory.attachments import Attachments
from pointinfo.directory.bulk import Bulk
from pointinfo.directory.entries import Directory, Row
from pointinfo.directory.exchange.importing import Exchange
from pointinfo.directory.hours import Calendar
from pointinfo.directory.record import EntryRecord
from pointinfo.directory.revisions import Change, ConflictError, Revisions
from pointinfo.directory.search import Hit, Query, Results
from pointinfo.directory.vocabularies import TermDetail, Vocabularies

__all__ = [
    "Attached",
    "Attachments",
    "Bulk",
    "Calendar",
    "Change",
    "ConflictError",
    "Directory",
    "Entry",
    "EntryRecord",
    "Exchange",
    "Hit",
    "Query",
    "Results",
    "Revisions",
    "Row",
    "Schedule",
    "TermDetail",
    "Vocabularies",
]
