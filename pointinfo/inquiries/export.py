"""A report in words and as a CSV file that Excel opens here: what the screen shows, no more, no less."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any, Final

from pointinfo.i18n import Words
from pointinfo.inquiries.period import Period
from pointinfo.inquiries.statistics import Breakdown, Report

SEPARATOR: Final = ";"
"""What Excel takes as a column in French and Swiss settings."""


def headings(breakdown: Breakdown, words: Words) -> tuple[str, str, str]:
    """The column titles of a breakdown's table."""
    _ = words.gettext
    first = {
        "day": _("Date"),
        "hour": _("Heure"),
        "weekday": _("Jour"),
        "channel": _("Canal"),
        "audience": _("Public"),
        "theme": _("Thème"),
        "outcome": _("Réponse"),
        "reason": _("Raison"),
        "entry": _("Fiche"),
    }[breakdown.dimension]
    return first, _("Demandes"), _("Personnes")


def covered(words: Words) -> str:
    """The one word for every hidden figure: telling small ones from protecting ones would give them away."""
    _ = words.gettext
    return _("masqué")


def csv_bytes(report: Report, words: Words) -> bytes:
    """The file as it is written: UTF-8 with the mark by which Excel knows it."""
    return csv_text(report, words).encode("utf-8-sig")


def csv_text(report: Report, words: Words) -> str:
    """The whole report: period, totals, then each breakdown under its title."""
    text = StringIO()
    writer = csv.writer(text, delimiter=SEPARATOR, lineterminator="\r\n")
    for row in _rows(report, words):
        writer.writerow([neutral(value) for value in row])
    return text.getvalue()


def as_json(report: Report) -> dict[str, Any]:
    """The same figures for a program; null where a figure is hidden."""
    return {
        "first": report.period.first.isoformat(),
        "last": report.period.last.isoformat(),
        "inquiries": report.inquiries,
        "people": report.people,
        "breakdowns": [
            {
                "dimension": breakdown.dimension,
                "withheld": breakdown.withheld,
                "note": breakdown.note,
                "cells": [cell._asdict() for cell in breakdown.cells],
            }
            for breakdown in report.breakdowns
        ],
    }


def neutral(value: str) -> str:
    """The text so that a spreadsheet takes it for text, not for a formula.

    See OWASP, *CSV Injection*: a leading = + - @, tab or return starts one.
    """
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def file_name(period: Period, ending: str) -> str:
    """The name a file of this period is offered under: `pointinfo_2026-10.csv`."""
    first, last = period
    if period == Period.year(first.year):
        return f"pointinfo_{first.year}.{ending}"
    if period == Period.month(first.year, first.month):
        return f"pointinfo_{first:%Y-%m}.{ending}"
    return f"pointinfo_{first}.{ending}" if first == last else f"pointinfo_{first}_{last}.{ending}"


def _rows(report: Report, words: Words) -> Iterator[tuple[str, ...]]:
    _ = words.gettext
    yield (_("Chiffres du guichet"), report.period.title(words))
    yield (_("Premier jour"), report.period.first.isoformat())
    yield (_("Dernier jour"), report.period.last.isoformat())
    yield (_("Demandes"), _plain(report.inquiries, words))
    yield (_("Personnes"), _plain(report.people, words))
    yield (_("Jours avec des demandes notées"), str(report.logged_days))
    for breakdown in report.breakdowns:
        yield ()
        yield (breakdown.title,)
        if breakdown.cells:
            yield headings(breakdown, words)
        for cell in breakdown.cells:
            yield (cell.label, _plain(cell.inquiries, words), _plain(cell.people, words))
        if breakdown.note:
            yield (breakdown.note,)


def _plain(value: int | None, words: Words) -> str:
    """A figure as a spreadsheet reads it."""
    return covered(words) if value is None else str(value)
