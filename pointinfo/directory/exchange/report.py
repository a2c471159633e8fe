"""What an import did, in words and as a table: rows by what became of them, how much of each column was understood."""

import csv
from io import StringIO
from typing import NamedTuple

from pointinfo.directory.exchange.cells import neutral
from pointinfo.directory.exchange.incoming import Understood
from pointinfo.directory.exchange.preview import Counts
from pointinfo.i18n import Words


class Report(NamedTuple):
    """What an import did, and how much of each of the source's fields was understood."""

    source: str
    counts: Counts
    understood: tuple[Understood, ...]


def count_words(counts: Counts, words: Words) -> list[str]:
    """What an import would do, a line each kind of row that there is."""
    each = (
        (counts.new, words.ngettext("{count} nouvelle fiche", "{count} nouvelles fiches", counts.new)),
        (counts.changed, words.ngettext("{count} fiche change", "{count} fiches changent", counts.changed)),
        (counts.unchanged, words.ngettext("{count} fiche inchangée", "{count} fiches inchangées", counts.unchanged)),
        (counts.closing, words.ngettext("{count} fiche se ferme", "{count} fiches se ferment", counts.closing)),
        (counts.refused, words.ngettext("{count} ligne refusée", "{count} lignes refusées", counts.refused)),
        (
            counts.twins,
            words.ngettext(
                "{count} nouvelle fiche sans doute déjà là", "{count} nouvelles fiches sans doute déjà là", counts.twins
            ),
        ),
    )
    return [said.format(count=count) for count, said in each if count]


def headings(words: Words) -> tuple[str, str, str, str]:
    """The titles of `rows`."""
    _ = words.gettext
    return _("Colonne"), _("Cellules remplies"), _("Comprises"), _("Part")


def rows(report: Report) -> list[tuple[str, str, str, str]]:
    """Each column of the source: its name, how many of its cells said something, how many became facts, in per cent."""
    return [
        (
            each.field,
            str(each.filled),
            str(each.taken),
            f"{100 * each.taken // each.filled} %" if each.filled else "",
        )
        for each in report.understood
    ]


def csv_text(report: Report, words: Words, delimiter: str = ";") -> str:
    """The report for a spreadsheet: as a file, or with tabs for its clipboard."""
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([neutral(report.source)])
    writer.writerows([[neutral(line)] for line in count_words(report.counts, words)])
    writer.writerow([])
    writer.writerow(headings(words))
    writer.writerows([[neutral(cell) for cell in row] for row in rows(report)])
    return text.getvalue()
