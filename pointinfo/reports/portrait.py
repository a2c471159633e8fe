"""What a portrait of a quartier is made of: its demand beside the whole town's, its population, its forum's actions."""

from collections.abc import Mapping, Sequence
from typing import Final

from babel.dates import format_date

from pointinfo.directory.text import fold
from pointinfo.i18n import Words
from pointinfo.inquiries.period import Period
from pointinfo.inquiries.portrait import RESIDENTS, Agreed, Given, Portraits, State
from pointinfo.inquiries.report_tables import Sheet
from pointinfo.inquiries.tables import SHARES_FROM, Asked
from pointinfo.reports import parts
from pointinfo.reports.content import NONE, Part, Percent, Value

BESIDE: Final = ("theme", "audience", "outcome", "language")
ASKED: Final[tuple[Asked, ...]] = (("origin",), *((axis,) for axis in BESIDE), *((axis, "origin") for axis in BESIDE))
"""The tables of a portrait: all are lines of one protected sheet."""


def demand(area: str, sheet: Sheet, before: Sheet, portraits: Portraits, words: Words) -> list[Part]:
    """How much a quartier asks, beside its residents and beside the others; what it asks, beside the whole town."""
    _ = words.gettext
    origins = parts.table_of(sheet, "origin")
    named = {line.code: line for line in origins.lines if line.code} if origins else {}
    by_area = {code: line.figures[0] for code, line in named.items()}
    if origins is not None or sheet.inquiries == 0:
        by_area.setdefault(area, 0)
    own = by_area.get(area)
    per_thousand = portraits.per_thousand(by_area, sheet.period.last.year)
    rate: Value = per_thousand.get(area)
    share = origins.share(area) if origins and area in named else None
    known = {code: value for code, value in per_thousand.items() if value is not None}
    rows: list[tuple[Value, ...]] = [
        (_("Demandes du quartier"), own, _before(area, before)),
        (_("Part de toutes les demandes"), NONE if share is None else Percent(round(share)), ""),
        (_("Demandes pour 1000 habitants"), None if own is None else NONE if rate is None else rate, ""),
    ]
    found = [Part(_("Chiffres clés"), ("", sheet.period.title(words), _("Un an avant")), tuple(rows), "cards")]
    found += [_beside(axis, area, own, sheet, words) for axis in BESIDE]
    if known:
        listed = sorted(known, key=lambda code: -known[code])
        lines = tuple((named[code].label if code in named else code, known[code]) for code in listed)
        head = (_("Quartier"), _("Pour 1000 habitants"))
        found.append(Part(_("D’un quartier à l’autre"), head, lines, "bars"))
    return found


def population(indicators: Sequence[Given], year: int, words: Words) -> Part:
    """The newest value of each indicator up to that year."""
    _ = words.gettext
    newest: dict[str, Given] = {}
    for each in indicators:  # the newest year comes first
        if each.year <= year:
            newest.setdefault(fold(each.name), each)
    if not newest:
        said = _("Aucun indicateur n’a été importé pour ce quartier.")
        return Part(_("Indicateurs"), (), (), words=said)
    order = sorted(newest.values(), key=lambda each: (fold(each.name) != RESIDENTS, fold(each.name)))
    rows = tuple((each.name, each.value, str(each.year), each.source) for each in order)
    return Part(_("Indicateurs"), (_("Indicateur"), _("Valeur"), _("Année"), _("Source")), rows, widths=(5, 2, 1, 4))


def forum(actions: Sequence[Agreed], period: Period, words: Words) -> list[Part]:
    """What was agreed in this period, and what became of what was agreed before."""
    _ = words.gettext
    fresh = [each for each in actions if period.holds(each.agreed_on)]
    earlier = [each for each in actions if each.agreed_on < period.first]
    nothing = _("Rien n’a été convenu pendant cette période."), _("Rien n’avait été convenu auparavant.")
    return [
        _agreed(_("Convenu cette année"), fresh, nothing[0], words),
        _agreed(_("Ce que les actions précédentes sont devenues"), earlier, nothing[1], words),
    ]


def _agreed(heading: str, actions: Sequence[Agreed], nothing: str, words: Words) -> Part:
    _ = words.gettext
    if not actions:
        return Part(heading, (), (), words=nothing)
    states: Mapping[State, str] = {
        "agreed": _("convenue"), "under-way": _("en cours"), "done": _("faite"), "dropped": _("abandonnée"),
    }  # fmt: skip
    rows = tuple(
        (
            each.text,
            each.owner,
            format_date(each.agreed_on, "d MMM y", locale=words.language),
            _("{state} ({day})").format(
                state=states[each.state], day=format_date(each.state_on, "d MMM y", locale=words.language)
            ),
        )
        for each in actions
    )
    head = (_("Action"), _("Qui s’en occupe"), _("Convenue le"), _("Où elle en est"))
    return Part(heading, head, rows, widths=(5, 3, 2, 3))


def _beside(axis: str, area: str, own: int | None, sheet: Sheet, words: Words) -> Part:
    """A quartier's column of a crossed table, in percent of its inquiries, beside the percentages of all."""
    _ = words.gettext
    heading = {
        "theme": _("Thèmes"), "audience": _("Publics"), "outcome": _("Réponses données"), "language": _("Langues"),
    }[axis]  # fmt: skip
    table, town = parts.table_of(sheet, axis, "origin"), parts.table_of(sheet, axis)
    if table is None or town is None or area not in {each.code for each in table.columns}:
        return parts.empty(sheet, heading, words, 3)
    rows: list[tuple[Value, ...]] = []
    for line in table.lines:
        figure = table.figure(line.code, area)
        here = None if figure is None else _percent(figure, own)
        rows.append((line.label, figure, here, _percent_of(town.share(line.code))))
    shown = sorted((row for row in rows if row[1] != 0), key=_size)
    head = (town.head, _("Demandes"), _("Ici"), _("Tous"))
    return Part(heading, head, tuple(shown[:10]), "bars", 3, note=parts.more(len(shown), 10, words))


def _size(row: tuple[Value, ...]) -> int:
    """The largest first, what is hidden last."""
    return -row[1] if isinstance(row[1], int) else 1


def _percent(figure: int, base: int | None) -> Value:
    return NONE if base is None or base < SHARES_FROM else Percent(round(100 * figure / base))


def _percent_of(share: float | None) -> Value:
    return NONE if share is None else Percent(round(share))


def _before(area: str, before: Sheet) -> Value:
    table = parts.table_of(before, "origin")
    if table is None:
        return 0 if before.inquiries == 0 else None
    return next((line.figures[0] for line in table.lines if line.code == area), 0)
