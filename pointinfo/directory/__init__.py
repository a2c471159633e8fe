"""The directory: entries, finding, opening hours, vocabularies, revisions."""

from pointinfo.database.schema import Attached, Contact, Entry, Name, Origin, Schedule, Wording
from pointinfo.directory.at_hand import Hit
from pointinfo.directory.attachments import Attachments
from pointinfo.directory.bulk import Bulk
from pointinfo.directory.check_sheet import CheckSheet
from pointinfo.directory.check_sheets import CheckSheets
from pointinfo.directory.contradictions import Contradictions
from pointinfo.directory.drafts import Drafts
from pointinfo.directory.duplicates import Candidate, Duplicates, Pair
from pointinfo.directory.entries import Directory, Row
from pointinfo.directory.exchange.importing import Exchange
from pointinfo.directory.front_page import FrontPage, Shown
from pointinfo.directory.history import Change, Step
from pointinfo.directory.hours import Calendar
from pointinfo.directory.meaning import merged
from pointinfo.directory.nearness import Distances, Point, Spot
from pointinfo.directory.quality import Quality
from pointinfo.directory.query import Query
from pointinfo.directory.record import EntryRecord, FieldChange, Link
from pointinfo.directory.revisions import ConflictError, Revisions, Wish
from pointinfo.directory.search import Results
from pointinfo.directory.selection import Programmed, Selection
from pointinfo.directory.unanswered import Gap, UnansweredSearches
from pointinfo.directory.validation import Problem
from pointinfo.directory.verification import Due, Verification
from pointinfo.directory.vocabularies import TermDetail, Vocabularies
from pointinfo.directory.vocabulary import TermRow
from pointinfo.directory.web_links import WebLinks

__all__ = [
    "Attached",
    "Attachments",
    "Bulk",
    "Calendar",
    "Candidate",
    "Change",
    "CheckSheet",
    "CheckSheets",
    "ConflictError",
    "Contact",
    "Contradictions",
    "Directory",
    "Distances",
    "Drafts",
    "Due",
    "Duplicates",
    "Entry",
    "EntryRecord",
    "Exchange",
    "FieldChange",
    "FrontPage",
    "Gap",
    "Hit",
    "Link",
    "Name",
    "Origin",
    "Pair",
    "Point",
    "Problem",
    "Programmed",
    "Quality",
    "Query",
    "Results",
    "Revisions",
    "Row",
    "Schedule",
    "Selection",
    "Shown",
    "Spot",
    "Step",
    "TermDetail",
    "TermRow",
    "UnansweredSearches",
    "Verification",
    "Vocabularies",
    "WebLinks",
    "Wish",
    "Wording",
    "merged",
]
