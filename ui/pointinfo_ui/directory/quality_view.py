"""The whole directory at a glance: how old its facts are, what is missing, what cannot be, what leads nowhere."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pointinfo.desk import Desk
from pointinfo.directory import card, quality
from pointinfo.directory.contradictions import Contradiction, titles
from pointinfo.directory.quality import Named, Summary
from pointinfo.directory.web_links import DeadLink, answer_words
from pointinfo.errors import PointInfoError
from pointinfo_ui.background import Background
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.bar_list import Bar, BarList
from pointinfo_ui.directory.behind_panel import BehindPanel
from pointinfo_ui.directory.gap_panel import GapPanel
from pointinfo_ui.directory.links_check import LinksCheck
from pointinfo_ui.directory.view import View
from pointinfo_ui.forms import column, label, panel
from pointinfo_ui.messages import announce
from pointinfo_ui.rows import RowText
from pointinfo_ui.theme import Theme

AGE_TONES = {"fresh": "open", "late": "soon", "later": "soon", "old": "stop", "never": "edge"}


class Found(NamedTuple):
    """What one look through the directory found."""

    summary: Summary
    contradictions: list[Contradiction]
    dead: list[DeadLink]


class QualityView(View):
    """Bars at the left, the entries behind the chosen one at the right."""

    def __init__(self, desk: Desk, theme: Theme, background: Background, author: Author) -> None:
        super().__init__(desk, theme, background, author)
        _ = desk.words.gettext
        self.found: Found | None = None
        self.ages = BarList(theme, _("Âge des faits"))
        self.kinds = BarList(theme, _("Points par type"), full=100)
        self.lacks = BarList(theme, _("Ce qui manque"))
        self.clashes = BarList(theme, _("Contradictions"))
        self.links = LinksCheck(desk, background)
        self.dead = BarList(theme, _("Liens qui ne mènent nulle part"))
        self.gaps = BarList(theme, _("Mots cherchés sans réponse"))
        self.behind = BehindPanel(desk.words, theme)
        self.gap = GapPanel(desk, theme, background, author)
        self._undo: Callable[[], None] | None = None
        self._figures: dict[str, QLabel] = {}
        self._lay_out()
        self.behind.asked_for.connect(self.asked_for)
        self.ages.chosen.connect(self._show_age)
        self.kinds.chosen.connect(self._show_kind)
        self.lacks.chosen.connect(self._show_lack)
        self.clashes.chosen.connect(self._show_contradictions)
        self.dead.chosen.connect(self._show_dead)
        self.links.checked.connect(self._show_links)
        self.gaps.chosen.connect(self._show_gap)
        self.gap.settled.connect(self._settled)
        self.gap.said.connect(self.said)

    def enter(self) -> None:
        """Look the directory through again; what was found before stays until then."""
        _ = self._desk.words.gettext
        if self.found is None:
            self._state.setText(_("L’annuaire est parcouru…"))
            self._state.show()
        self.ages.setFocus(Qt.FocusReason.OtherFocusReason)
        desk = self._desk

        def look() -> Found:
            return Found(desk.quality.summary(), desk.contradictions.find(), desk.web_links.dead())

        self._background.run(self, look, self._show, self._failed)
        self._show_gaps()

    def undo(self) -> bool:
        """Take back what was last decided about words that find nothing."""
        undo, self._undo = self._undo, None
        if undo is None:
            return False
        _ = self._desk.words.gettext
        undo()
        self._show_gaps()
        self.said.emit(_("C’est annulé : ces mots sont de nouveau dans la liste."))
        self.changed.emit()
        return True

    # What is shown

    def _show(self, found: Found) -> None:
        words = self._desk.words
        _ = words.gettext
        self.found = found
        summary = found.summary
        self._state.setVisible(not summary.entries)
        self._state.setText("" if summary.entries else _("L’annuaire est vide : il n’y a rien à juger encore."))
        late = sum(count for code, count in summary.ages if code != "fresh")
        figures = {
            "entries": _number(summary.entries),
            "mean": _("{points} sur 100").format(points=round(summary.mean)),
            "late": _number(late),
            "clashes": _number(len(found.contradictions)),
        }
        for name, text in figures.items():
            self._figures[name].setText(text)
        self.ages.show_bars(
            [Bar(code, quality.age_words(code, words), n, _number(n), AGE_TONES[code]) for code, n in summary.ages]
        )
        self.kinds.show_bars(
            [
                Bar(kind.kind, card.kind_words(kind.kind, words), kind.mean, _number(round(kind.mean)))
                for kind in summary.kinds
            ]
        )
        self.lacks.show_bars(
            [Bar(each.code, each.words, each.entries, _number(each.entries)) for each in summary.lacks]
        )
        counts = {code: sum(each.code == code for each in found.contradictions) for code in titles(words)}
        self.clashes.show_bars(
            [
                Bar(code, title, counts[code], _number(counts[code]), "soon")
                for code, title in titles(words).items()
                if counts[code]
            ]
        )
        self._no_clash.setVisible(not found.contradictions)
        self._show_links()
        for chart in (self.ages, self.kinds, self.lacks, self.clashes):
            if not chart.currentIndex().isValid():
                chart.setCurrentIndex(chart.bars_model.index(0, 0))
                chart.clearSelection()

    def _show_links(self) -> None:
        words = self._desk.words
        dead = self._desk.web_links.dead()
        if self.found is not None:
            self.found = self.found._replace(dead=dead)
        self.dead.show_bars(
            [Bar(link.address, link.address, 1, answer_words(link.answer, words), "stop") for link in dead]
        )
        self.dead.setVisible(bool(dead))

    def _show_gaps(self) -> None:
        found = self._desk.unanswered.gaps()
        self.gaps.show_bars([Bar(gap.words, f"«{gap.words}»", gap.times, _number(gap.times)) for gap in found])
        self.gaps.setVisible(bool(found))
        self._no_gap.setVisible(not found)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, PointInfoError):
            raise error
        self._state.setText(str(error))
        self._state.show()

    # Words that find nothing

    def _show_gap(self, searched: str) -> None:
        gap = next((each for each in self._desk.unanswered.gaps() if each.words == searched), None)
        if gap is not None:
            self._right.setCurrentWidget(self.gap)
            self.gap.show_gap(gap)

    def _settled(self, sentence: str, take_back: Callable[[], None]) -> None:
        _ = self._desk.words.gettext
        self._undo = take_back
        self._right.setCurrentWidget(self.behind)
        self.behind.say(sentence)
        self._show_gaps()
        self.gaps.setFocus(Qt.FocusReason.OtherFocusReason)
        self.said.emit(f"{sentence} " + _("Ctrl+Z l’annule."))
        self.changed.emit()

    # The entries behind

    def _show_age(self, code: str) -> None:
        self._ask(quality.age_words(code, self._desk.words), lambda: self._desk.quality.of_age(code))

    def _show_kind(self, code: str) -> None:
        self._ask(card.kind_words(code, self._desk.words), lambda: self._desk.quality.of_kind(code))

    def _show_lack(self, code: str) -> None:
        _ = self._desk.words.gettext
        title = _("Il manque {what}").format(what=quality.missing_words(code, self._desk.words))
        self._ask(title, lambda: self._desk.quality.lacking(code))

    def _show_contradictions(self, code: str) -> None:
        if self.found is None:
            return
        shown = [each for each in self.found.contradictions if each.code == code]
        rows = [(each.entries[0].uid, RowText(each.sentence, body=each.remedy)) for each in shown]
        several = [
            (party.uid, RowText(party.name, body=each.sentence))
            for each in shown
            for party in each.entries
            if len(each.entries) > 1
        ]
        remedy = shown[0].remedy if shown else ""
        single = [(uid, RowText(row.heading)) for uid, row in rows]
        self._rows_behind().show_rows(titles(self._desk.words)[code], several or single, remedy=remedy)

    def _show_dead(self, address: str) -> None:
        link = next((each for each in (self.found.dead if self.found else []) if each.address == address), None)
        if link is not None:
            _ = self._desk.words.gettext
            rows = [(uid, RowText(name)) for uid, name in link.entries]
            remedy = _("Cherchez la nouvelle adresse, ou retirez celle-ci de la fiche.")
            self._rows_behind().show_rows(link.address, rows, answer_words(link.answer, self._desk.words), remedy)

    def _ask(self, title: str, find: Callable[[], list[Named]]) -> None:
        """The entries of a figure, found beside the window."""
        words = self._desk.words
        _ = words.gettext
        self._rows_behind().say(_("Les fiches sont cherchées…"))

        def show(found: list[Named]) -> None:
            rows = []
            for named in found:
                points = words.ngettext("{count} point", "{count} points", named.points).format(count=named.points)
                rows.append((named.uid, RowText(named.name, meta=f"{card.kind_words(named.kind, words)} · {points}")))
            if rows:
                self._rows_behind().show_rows(title, rows)
                announce(self.behind, title)
            else:
                self.behind.say(_("Aucune fiche."))

        self._background.run(self, find, show, self._failed)

    def _rows_behind(self) -> BehindPanel:
        self._right.setCurrentWidget(self.behind)
        return self.behind

    # Where it stands

    def _lay_out(self) -> None:
        _ = self._desk.words.gettext
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(16)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        parts = QVBoxLayout(inside)
        parts.setContentsMargins(0, 0, 6, 0)
        parts.setSpacing(14)
        self._state = label("", "lead")
        parts.addWidget(self._state)
        parts.addLayout(self._key_figures())
        for title, note, chart in (
            (_("Âge des faits"), _("depuis quand chaque fiche attend une vérification"), self.ages),
            (_("Ce qui manque"), _("nombre de fiches, le plus fréquent d’abord"), self.lacks),
            (_("Points par type"), _("100 : la fiche dit tout ce qu’un guichet doit savoir"), self.kinds),
        ):
            parts.addWidget(_sheet(title, note, chart))
        self._no_clash = label(_("Aucune contradiction trouvée."), "meta")
        parts.addWidget(
            _sheet(_("Contradictions"), _("ce qui ne peut pas être vrai à la fois"), self._no_clash, self.clashes)
        )
        self._no_gap = label(_("Rien n’a été cherché trois fois en vain."), "meta")
        note = _("ce que le guichet a cherché au moins trois fois sans réponse sûre, depuis un an")
        parts.addWidget(_sheet(_("Cherché sans réponse"), note, self._no_gap, self.gaps))
        self.links.add(self.dead)
        parts.addWidget(self.links)
        parts.addStretch(1)
        scroll.setWidget(inside)
        outer.addWidget(scroll, 6)
        self._right = QStackedWidget()
        self._right.addWidget(self.behind)
        self._right.addWidget(self.gap)
        outer.addWidget(self._right, 5)

    def _key_figures(self) -> QGridLayout:
        _ = self._desk.words.gettext
        grid = QGridLayout()
        grid.setSpacing(14)
        captions = {
            "entries": _("Fiches"),
            "mean": _("Qualité moyenne"),
            "late": _("À revérifier"),
            "clashes": _("Contradictions"),
        }
        for place, (name, caption) in enumerate(captions.items()):
            tile = panel()
            lines = QVBoxLayout(tile)
            lines.setContentsMargins(18, 12, 18, 12)
            lines.setSpacing(2)
            self._figures[name] = label("…", "figure", wrap=False)
            lines.addWidget(label(caption, "meta", wrap=False))
            lines.addWidget(self._figures[name])
            grid.addWidget(tile, place // 2, place % 2)
        return grid


def _sheet(title: str, note: str, *content: QWidget) -> QFrame:
    sheet = panel()
    body = column(sheet, margins=14, spacing=8)
    for text, role in ((title, "heading"), (note, "meta")):
        line = label(text, role)
        line.setContentsMargins(8, 0, 8, 0)
        body.addWidget(line)
    for widget in content:
        body.addWidget(widget)
    return sheet


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")
