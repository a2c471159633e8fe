"""The directory: entries, finding, opening hours, vocabularies, revisions."""

from pointinfo.database.schema import Attached, Contact, Entry, Name, Origin, Schedule, Wording
from pointinfo.directory.attachments import Attachments
from pointinfo.directory.entries import Directory, Row
from pointinfo.directory.hours import Calendar
from pointinfo.directory.record import EntryRecord, FieldChange, Link
from pointinfo.directory.revisions import Change, ConflictError, Revisions
from pointinfo.directory.search import Query, Results
from pointinfo.directory.validation import Problem
from pointinfo.directory.vocabulary import TermRow

__all__ = [
    "Attached",
    "Attachments",
    "Calendar",
    "Change",
    "ConflictError",
    "Contact",
    "Directory",
    "Entry",
    "EntryRecord",
    "FieldChange",
    "Link",
    "Name",
    "Origin",
    "Problem",
    "Query",
    "Results",
    "Revisions",
    "Row",
    "Schedule",
    "TermRow",
    "Wording",
]
