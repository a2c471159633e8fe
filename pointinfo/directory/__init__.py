"""The directory: entries, finding, opening hours, vocabularies, revisions."""

from pointinfo.database.schema import Entry
from pointinfo.directory.entries import Directory, Row
from pointinfo.directory.hours import Calendar
from pointinfo.directory.search import Query, Results

__all__ = ["Calendar", "Directory", "Entry", "Query", "Results", "Row"]
