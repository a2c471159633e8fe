"""The counter's reports (monthly, unmet needs, annual, portrait of a quartier): one content, as PDF, XLSX and CSV."""

from pointinfo.reports.content import Report
from pointinfo.reports.files import csv_bytes, xlsx_bytes
from pointinfo.reports.paper import typeset
from pointinfo.reports.reports import Reports

__all__ = ["Report", "Reports", "csv_bytes", "typeset", "xlsx_bytes"]
