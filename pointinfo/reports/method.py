"""What every report opens and closes with: its key figures, the months that led to it, how it was counted."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from babel.dates import format_date

from pointinfo.i18n import Words
from pointinfo.inquiries import codes
from pointinfo.inquiries.day_log import Opened
from pointinfo.inquiries.period import Period
from pointinfo.inquiries.report_tables import Sheet
from pointinfo.inquiries.tables import SHARES_FROM
from pointinfo.reports.content import NONE, Part, Percent, Section, Value
from pointinfo.reports.parts import table_of

OUTCOMES: Final = ("answered", "referred", "accompanied", "partly", "not-met")


class Counted(NamedTuple):
    """A period's protected sheet, and that of the same days a year before; None where nothing of it was published."""

    sheet: Sheet
    before: Sheet | None


def key_figures(counted: Counted, opened: Opened, words: Words) -> list[Part]:
    """How many, and how they were answered; each beside a year before and in percent."""
    _ = words.gettext
    now, before = counted
    year_before = _("Un an avant")
    rows: list[tuple[Value, ...]] = [
        (_("Demandes"), now.inquiries, before.inquiries if before else NONE),
        (_("Personnes"), now.people, before.people if before else NONE),
        (_("Par heure d’ouverture"), _by_hour(now, opened), ""),
        (_("Premières venues"), _figure(now, "first_contact", "yes"), _figure(before, "first_contact", "yes")),
    ]
    given = [
        (codes.label("outcome", code, words.language), _figure(now, "outcome", code), _figure(before, "outcome", code),
         _share(now, "outcome", code))
        for code in OUTCOMES
    ]  # fmt: skip
    title = now.period.title(words)
    return [
        Part(_("Chiffres clés"), ("", title, year_before), tuple(rows), "cards"),
        Part(_("Réponses données"), ("", title, year_before, _("Part")), tuple(given), "cards"),
    ]


def months(totals: Sequence[tuple[Period, Value]], words: Words) -> Part:
    """Thirteen months, each a figure of its own: no sum of them is told, so that one hides no other."""
    _ = words.gettext
    rows = [(format_date(each.first, "LLL yy", locale=words.language), total) for each, total in totals]
    return Part(_("Demandes sur treize mois"), (_("Mois"), _("Demandes")), tuple(rows), "line")


def section(sheet: Sheet, opened: Opened, late: int, words: Words) -> Section:
    """How the figures came about: what a reader must know to trust them."""
    _, ngettext = words.gettext, words.ngettext
    rows = [
        (
            _("Ce qui compte"),
            _(
                "Une demande est ce qu’une personne ou un groupe vient demander. Elle compte une fois, et une fois "
                "pour chaque thème et chaque public nommés ; une demande annulée ne compte pas."
            ),
        ),
        (_("Jours et heures"), _days(opened, words)),
        (
            _("Chiffres masqués"),
            _(
                "Aucun chiffre entre 1 et {largest} n’est montré, ni un chiffre qui en révélerait un. Pas de "
                "pourcentage d’une base de moins de {base}."
            ).format(largest=sheet.k - 1, base=SHARES_FROM),
        ),
        (_("Publication"), _release(sheet, words)),
        (_("Listes de codes"), _("Version {version}").format(version=codes.version())),
    ]
    if late:
        said = ngettext(
            "Depuis la dernière publication, le total a changé de {count} demande.",
            "Depuis la dernière publication, le total a changé de {count} demandes.",
            abs(late),
        )
        rows.append((_("Depuis"), said.format(count=late)))
    method = Part("", (_("Sujet"), _("Règle")), tuple(rows), "plain", widths=(2, 8))
    return Section(_("Méthode"), (method,))


def _days(opened: Opened, words: Words) -> str:
    _, ngettext = words.gettext, words.ngettext
    if not opened.days:
        return _("Les heures d’ouverture de ce guichet ne sont pas connues : elles se saisissent dans les Réglages.")
    said = ngettext(
        "{days} jour ouvert, dont {noted} avec des demandes notées ; {hours} h d’ouverture, dont {unlogged} h où rien "
        "n’a pu être noté.",
        "{days} jours ouverts, dont {noted} avec des demandes notées ; {hours} h d’ouverture, dont {unlogged} h où "
        "rien n’a pu être noté.",
        opened.days,
    ).format(days=opened.days, noted=opened.days_noted, hours=opened.hours, unlogged=opened.hours_unlogged)
    if opened.unsaid:
        said += " " + ngettext(
            "D’un jour, rien n’est connu.", "De {count} jours, rien n’est connu.", opened.unsaid
        ).format(count=opened.unsaid)
    if not opened.alone:
        said += " " + _("Les demandes d’autres guichets sont comptées, leurs heures non.")
    return said


def _release(sheet: Sheet, words: Words) -> str:
    _ = words.gettext
    if sheet.number is None:
        return _("Usage interne, non publié.")
    said = _("Nᵒ {number}, empreinte {hash}").format(number=sheet.number, hash=sheet.hash)
    return said if sheet.restates is None else said + _(" ; remplace le nᵒ {number}").format(number=sheet.restates)


def _by_hour(sheet: Sheet, opened: Opened) -> Value:
    """Inquiries for each hour on which they could be noted; only of a counter whose hours are known."""
    noted = opened.hours - opened.hours_unlogged
    if sheet.inquiries is None:
        return None
    if noted <= 0 or opened.unsaid or not opened.alone:
        return NONE
    return round(sheet.inquiries / noted, 1)


def _figure(sheet: Sheet | None, axis: str, code: str) -> Value:
    """A figure of a table of one axis: 0 where its code doesn't occur, nothing where nobody noted any."""
    table = table_of(sheet, axis) if sheet else None
    if sheet is None:
        return NONE
    if table is None:
        return 0 if sheet.inquiries == 0 else None
    said = {line.code: line.figures[0] for line in table.lines}
    return said.get(code, 0) if any(said) else NONE  # nobody noted it


def _share(sheet: Sheet, axis: str, code: str) -> Value:
    table = table_of(sheet, axis)
    try:
        share = table.share(code) if table else None
    except KeyError:
        return NONE
    return NONE if share is None else Percent(round(share))
