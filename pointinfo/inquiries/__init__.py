"""Inquiries: the visit, the log, the code lists, the figures."""

from pointinfo.inquiries.log import InquiryLog, JournalRow
from pointinfo.inquiries.note import Note, Referral
from pointinfo.inquiries.period import Period
from pointinfo.inquiries.statistics import Report, Statistics
from pointinfo.inquiries.visit import Visit

__all__ = ["InquiryLog", "JournalRow", "Note", "Period", "Referral", "Report", "Statistics", "Visit"]
