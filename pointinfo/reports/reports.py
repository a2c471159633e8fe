"""The reports of a counter, each from one protected table of its period: what they say, in which order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel.dates import format_date

from pointinfo.directory import Directory, UnansweredSearches, Verification
from pointinfo.directory.freshness import AT_ONCE
from pointinfo.errors import InputError
from pointinfo.i18n import Words
from pointinfo.inquiries import DayLogs, MissingOffers, Period
from pointinfo.inquiries.figures import a_year_before
from pointinfo.inquiries.handed_out import HandedOut
from pointinfo.inquiries.portrait import Portraits
from pointinfo.inquiries.releases import Released, Releases
from pointinfo.inquiries.report_tables import Reporting, Sheet
from pointinfo.inquiries.tables import HOUSE, PUBLIC, Asked
from pointinfo.reports import method, parts, portrait
from pointinfo.reports.content import NONE, Part, Report, Section, Value
from pointinfo.reports.method import Counted

PAIRS: Final[tuple[Asked, ...]] = (("theme", "outcome"), ("weekday", "hour"), ("theme", "audience"))
SINGLE: Final[tuple[Asked, ...]] = (
    ("outcome",), ("reason",), ("first_contact",), ("theme",), ("audience",), ("channel",), ("effort",), ("language",),
    ("origin",),
)  # fmt: skip
ACTIVITY: Final = (*SINGLE, *PAIRS)
"""The tables of a monthly report."""

YEARLY: Final = (*ACTIVITY, ("month",))
"""Those of an annual one: its months add up to the year, and hide each other."""

UNMET: Final[tuple[Asked, ...]] = (
    ("outcome",), ("reason",), ("theme",), ("origin",), ("theme", "outcome"), ("theme", "reason"),
    ("origin", "outcome"),
)  # fmt: skip
"""The tables of a report on unmet needs."""

KEY: Final[tuple[Asked, ...]] = (("outcome",), ("first_contact",))
WORK: Final = 40
"""Entries on the work list of a quarter."""


@dataclass(frozen=True)
class Reports:
    """Makes the reports. `published` ones say what the last release of their period says, and nothing else."""

    words: Words
    counter: str
    reporting: Reporting
    releases: Releases
    handed_out: HandedOut
    portraits: Portraits
    day_logs: DayLogs
    missing_offers: MissingOffers
    unanswered: UnansweredSearches
    verification: Verification
    directory: Directory

    def monthly(self, year: int, month: int, *, published: bool = False) -> Report:
        """Two pages on a month. Raises `InputError` when a published one is asked for and there is none."""
        _ = self.words.gettext
        period = Period.month(year, month)
        return self._activity(_("Rapport mensuel"), period, published=published, most=7)

    def annual(self, year: int, *, published: bool = False) -> Report:
        """A year, with longer lists."""
        _ = self.words.gettext
        return self._activity(_("Rapport annuel"), Period.year(year), published=published, most=24)

    def quarterly(self, year: int, quarter: int, *, published: bool = False) -> Report:
        """What people asked in a quarter that nobody could answer, and what is to be done about it."""
        _ = self.words.gettext
        words, period = self.words, quarter_of(year, quarter)
        counted = self._counted(period, UNMET, published=published)
        sheet = counted.sheet
        opened = self.day_logs.over(*period)
        unmet = [
            parts.rates(sheet, _("Part sans réponse, par thème"), words, most=14),
            parts.bars(sheet, "reason", _("Ce qui a manqué"), words, most=13),
            parts.unmet_by(sheet, "origin", _("D’où viennent ces demandes"), words, most=13),
            parts.crossed(sheet, ("theme", "reason"), _("Thème et raison"), words, lines=14, columns=7),
        ]
        figures = method.key_figures(counted, opened, words)
        sections = [
            Section(_("En bref"), (figures[1],)),
            Section(_("Ce à quoi personne n’a pu répondre"), tuple(unmet)),
        ]
        if not published:
            work = (self._searches(), self._missing(period), self._due())
            sections.append(Section(_("Ce qu’il y a à faire"), work))
        sections.append(method.section(sheet, opened, self._late(sheet), words))
        title = _("{quarter}ᵉ trimestre {year}") if quarter > 1 else _("1er trimestre {year}")
        return Report(
            _("Besoins sans réponse"), title.format(quarter=quarter, year=year), self.counter, tuple(sections)
        )

    def portrait(self, named: str, year: int) -> Report:
        """A quartier or commune and its year, found by its code or name. Raises `InputError` when there is none."""
        code, name = self.portraits.area(named)
        _ = self.words.gettext
        period = Period.year(year)
        sheet = self.reporting.report(period, portrait.ASKED, HOUSE)
        before = self.reporting.report(a_year_before(period), [("origin",)], HOUSE)
        demand = portrait.demand(code, sheet, before, self.portraits, self.words)
        population = portrait.population(self.portraits.indicators(code), year, self.words)
        actions = portrait.forum(self.portraits.actions(code), period, self.words)
        sections = (
            Section(_("Les demandes du quartier"), tuple(demand)),
            Section(_("Sa population"), (population,)),
            Section(_("Ce qui manque"), (self._missing(period),)),
            Section(_("Le forum du quartier"), tuple(actions)),
            method.section(sheet, self.day_logs.over(*period), 0, self.words),
        )
        heading = _("{area}, {year}").format(area=name, year=year)
        return Report(_("Portrait de quartier"), heading, self.counter, sections)

    def publish(self, period: Period, asked: Sequence[Asked]) -> Released:
        """Freeze the tables of a report, see `Releases.publish`."""
        return self.releases.publish(period, asked, PUBLIC)

    def _activity(self, name: str, period: Period, *, published: bool, most: int) -> Report:
        _ = self.words.gettext
        words = self.words
        whole = period == Period.year(period.first.year)
        counted = self._counted(period, YEARLY if whole else ACTIVITY, published=published)
        sheet = counted.sheet
        opened = self.day_logs.over(*period)
        time: list[Part] = [
            method.months(self._months(sheet, published=published), words),
            parts.crossed(sheet, ("weekday", "hour"), _("Quand l’on vient"), words, lines=7, columns=14),
        ]
        what = [
            parts.bars(sheet, "theme", _("Thèmes"), words, most=most),
            parts.bars(sheet, "audience", _("Publics"), words, most=most),
            parts.bars(sheet, "effort", _("Temps passé"), words, sixths=2, most=6),
            parts.bars(sheet, "language", _("Langues"), words, sixths=2, most=24 if whole else 6),
            parts.bars(sheet, "origin", _("D’où l’on vient"), words, sixths=2, most=24 if whole else 6),
        ]
        if not published:
            handed = self.handed_out.during(period, sheet.k)
            sent = (_("Service"), _("Demandes"))
            printed = (_("Langue"), _("Feuilles"))
            what += [
                parts.counts(handed.entries, sent, _("Services indiqués"), words, sixths=3, most=12 if whole else 5),
                parts.counts(handed.sheets, printed, _("Feuilles imprimées"), words, sixths=3, most=24 if whole else 5),
            ]
        what.append(parts.crossed(sheet, ("theme", "audience"), _("Thème et public"), words, lines=most, columns=8))
        unmet = [
            parts.rates(sheet, _("Part sans réponse, par thème"), words, most=most),
            parts.bars(sheet, "reason", _("Ce qui a manqué"), words, sixths=6 if whole else 3, most=13 if whole else 6),
        ]
        if not whole:
            unmet.append(parts.bars(sheet, "channel", _("Comment l’on nous joint"), words, most=6))
        return Report(
            name,
            period.title(words),
            self.counter,
            (
                Section(_("En bref"), tuple(method.key_figures(counted, opened, words))),
                Section(_("Le temps"), tuple(time)),
                Section(_("Les demandes"), tuple(what)),
                Section(_("Ce qui manque"), tuple(unmet)),
                method.section(sheet, opened, self._late(sheet), words),
            ),
        )

    def _counted(self, period: Period, asked: Sequence[Asked], *, published: bool) -> Counted:
        before = a_year_before(period)
        if not published:
            return Counted(self.reporting.report(period, asked, HOUSE), self.reporting.report(before, KEY, HOUSE))
        released = self._published()
        if period not in released:
            _ = self.words.gettext
            raise InputError(_("Rien n’a été publié de cette période. Publiez-la d’abord avec --publish."))
        earlier = released.get(before)
        return Counted(
            self.reporting.of_release(released[period]), self.reporting.of_release(earlier) if earlier else None
        )

    def _published(self) -> dict[Period, Released]:
        """The last release of every period."""
        return {each.period: each for each in self.releases.all()}

    def _months(self, sheet: Sheet, *, published: bool) -> list[tuple[Period, Value]]:
        """Thirteen months up to the end of a report's period; those that add up to it as its own table has them."""
        last = Period.month(sheet.period.last.year, sheet.period.last.month)
        listed = [last.step(steps) for steps in range(-12, 1)]
        if not published:
            found: dict[Period, Value] = {each: self.reporting.report(each, [], sheet.k).inquiries for each in listed}
        else:
            released = self._published()
            found = {each: released[each].shown.inquiries if each in released else NONE for each in listed}
        if sheet.period != last:
            table = parts.table_of(sheet, "month")
            own = {line.code: line.figures[0] for line in table.lines} if table else {}
            nothing = 0 if sheet.inquiries == 0 else None
            found |= {month: own.get(f"{month.first:%Y-%m}", nothing) for month in sheet.period.months()}
        return [(month, found[month]) for month in listed]

    def _late(self, sheet: Sheet) -> int:
        return 0 if sheet.number is not None else self.releases.late(sheet.period)

    def _searches(self) -> Part:
        _ = self.words.gettext
        title = _("Cherché en vain")
        found = [(gap.words, gap.times, self._day(gap.last)) for gap in self.unanswered.gaps()[:WORK]]
        if not found:
            return Part(title, (), (), words=_("Aucune recherche restée sans résultat."))
        head = (_("Mots cherchés"), _("Fois"), _("Semaine du"))
        return Part(title, head, tuple(found), widths=(6, 1, 2), note=_("Au cours des douze derniers mois."))

    def _missing(self, period: Period) -> Part:
        _ = self.words.gettext
        title = _("Offres qui manquent")
        themes = {term.code: term.label for term in self.directory.terms("theme")}
        rows = [
            (each.words, themes.get(each.theme, each.theme) or NONE, self._day(each.week))
            for each in self.missing_offers.listed()
            if period.holds(each.week)
        ]
        if not rows:
            return Part(title, (), (), words=_("Aucune n’a été notée pendant cette période."))
        return Part(title, (_("Ce qui manque"), _("Thème"), _("Semaine du")), tuple(rows), widths=(5, 3, 2))

    def _due(self) -> Part:
        _ = self.words.gettext
        title = _("Fiches à revérifier")
        due = self.verification.due(WORK)
        if not due:
            return Part(title, (), (), words=_("Toutes les fiches sont à jour."))
        rows = tuple(
            (
                each.name,
                _("importante") if each.important else "",
                _("jamais vérifiée") if each.since == AT_ONCE else self._day(each.since),
            )
            for each in due
        )
        note = parts.more(self.verification.count_due(), len(rows), self.words)
        return Part(title, (_("Fiche"), _("Rang"), _("À revérifier depuis")), rows, widths=(6, 2, 2), note=note)

    def _day(self, day: date) -> str:
        return format_date(day, "d MMM y", locale=self.words.language)


def quarter_of(year: int, quarter: int) -> Period:
    """The months of a quarter from 1 to 4."""
    return Period(Period.month(year, 3 * quarter - 2).first, Period.month(year, 3 * quarter).last)
