"""Inquiries: the visit, the log, the days, the code lists, the figures."""

from pointinfo.inquiries.day_log import Completeness, DayLogs, LoggedDay
from pointinfo.inquiries.day_sheet import DaySheets
from pointinfo.inquiries.log import InquiryLog, JournalRow, OfDay, Step
from pointinfo.inquiries.missing_offers import Missing, MissingOffers
from pointinfo.inquiries.note import Note, Referral
from pointinfo.inquiries.period import Period
from pointinfo.inquiries.pin import Pin
from pointinfo.inquiries.statistics import Report, Statistics
from pointinfo.inquiries.visit import Visit

__all__ = [
    "Completeness",
    "DayLogs",
    "DaySheets",
    "InquiryLog",
    "JournalRow",
    "LoggedDay",
    "Missing",
    "MissingOffers",
    "Note",
    "OfDay",
    "Period",
    "Pin",
    "Referral",
    "Report",
    "Statistics",
    "Step",
    "Visit",
]
