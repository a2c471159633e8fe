"""The counter's settings: what its sheets say at head and foot, how its window looks. Saved by a gesture only."""

import msgspec
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pointinfo import reasons
from pointinfo.config import Settings, back_dating_of
from pointinfo.desk import Desk
from pointinfo.directory import hours, nearness
from pointinfo.directory.hours.special_days import days_of_lines, days_text, periods_of, periods_text
from pointinfo.errors import PointInfoError
from pointinfo.i18n import LANGUAGES
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import Choice, button, column, field, label, panel
from pointinfo_ui.settings.lines_field import LinesField
from pointinfo_ui.theme import Theme


class SettingsPage(QWidget):
    """Edits a copy of the settings. Says `saved` with the settings before, so that the window can follow."""

    saved = Signal(object)
    said = Signal(str)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        _ = desk.words.gettext
        self.setObjectName("page")
        outer = column(self, margins=24, spacing=14)
        outer.addWidget(label(_("Réglages"), "title"))
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        inside = QWidget()
        parts = QVBoxLayout(inside)
        parts.setContentsMargins(0, 0, 8, 0)
        parts.setSpacing(16)
        self.texts = {
            "counter_name": QLineEdit(),
            "counter_address": QLineEdit(),
            "counter_phone": QLineEdit(),
            "opening": QLineEdit(),
        }
        self.long_texts = {"sheet_header": QPlainTextEdit(), "sheet_footer": QPlainTextEdit()}
        words = desk.words
        self.lists = {
            "school_holidays": LinesField(
                theme, lambda text: periods_of(text, words), lambda periods: periods_text(periods, words)
            ),
            "closed_days": LinesField(
                theme, lambda text: days_of_lines(text, words), lambda days: days_text(days, words)
            ),
            "editors": LinesField(theme, _names, "\n".join),
            "coordinates": LinesField(
                theme,
                lambda text: nearness.point_of(text, words),
                lambda point: nearness.point_text(nearness.Point(*point) if point else None),
            ),
            "back_dating": LinesField(theme, lambda text: back_dating_of(text, words), str),
        }
        printers = [(name, name) for name in QPrinterInfo.availablePrinterNames()]
        quartiers = [(code, name) for code, (name, _spot) in desk.directory.spots().items()]
        self.choices = {
            "quartier": Choice([("", _("Non précisé")), *quartiers]),
            "printer": Choice([("", _("Imprimante par défaut du poste")), *printers]),
            "language": Choice(LANGUAGES.items()),
            "theme": Choice([("auto", _("Comme le système")), ("light", _("Clair")), ("dark", _("Sombre"))]),
            "text_size": Choice([(str(size), f"{size} %") for size in (100, 115, 130, 150, 175, 200)]),
        }
        titles = {
            "counter_name": _("Nom du guichet"),
            "counter_address": _("Adresse"),
            "counter_phone": _("Téléphone"),
            "quartier": _("Quartier"),
            "coordinates": _("Coordonnées"),
            "opening": _("Heures d’ouverture"),
            "sheet_header": _("En-tête, autres lignes"),
            "sheet_footer": _("Pied de page"),
            "printer": _("Imprimante"),
            "language": _("Langue de la fenêtre"),
            "theme": _("Couleurs"),
            "text_size": _("Taille du texte"),
            "school_holidays": _("Vacances scolaires"),
            "closed_days": _("Jours fermés"),
            "editors": _("Qui modifie l’annuaire"),
            "back_dating": _("Saisie après coup"),
        }
        helps = {
            "counter_name": _("En tête de chaque fiche, par exemple «Point info Servette»."),
            "quartier": _("Pour trouver ce qui est près d’ici."),
            "coordinates": _("Plus exact que le quartier, comme une carte les montre : 46.2022, 6.1457."),
            "opening": _("Du guichet, comme dans une fiche : Mo-Fr 09:00-12:00,13:30-17:00."),
            "sheet_footer": _("Au bas de chaque page, par exemple le numéro gratuit de la ville."),
            "language": _("Valable dès le prochain démarrage."),
            "school_holidays": _("Une période par ligne : du 19.10.2026 au 23.10.2026."),
            "closed_days": _("Un jour par ligne, en plus des jours fériés du canton : 1.5.2027."),
            "back_dating": _("Jusqu’à combien de jours en arrière une demande se note ou se corrige : 60."),
            "editors": _("Un nom par ligne ; les autres proposent. Sans nom, tout le monde modifie."),
        }
        for heading, names in (
            (
                _("Le guichet"),
                ("counter_name", "counter_address", "counter_phone", "opening", "quartier", "coordinates"),
            ),
            (_("La fiche imprimée"), ("sheet_header", "sheet_footer", "printer")),
            (_("La fenêtre"), ("language", "theme", "text_size")),
            (_("Les jours particuliers"), ("school_holidays", "closed_days")),
            (_("L’annuaire"), ("editors",)),
            (_("Les demandes"), ("back_dating",)),
        ):
            sheet = panel()
            sheet.setMaximumWidth(theme.size(760))
            block = column(sheet, margins=22, spacing=12)
            block.addWidget(label(heading, "heading"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(18)
            grid.setVerticalSpacing(6)
            grid.setColumnMinimumWidth(0, theme.size(170))
            grid.setColumnStretch(1, 1)
            block.addLayout(grid)
            fields: dict[str, QWidget] = {**self.texts, **self.long_texts, **self.choices, **self.lists}
            for row, name in enumerate(names):
                line = field(grid, row, titles[name], fields[name], helps.get(name, ""))
                if name in self.lists:
                    self.lists[name].watch(line)
            parts.addWidget(sheet)
        for shown in self.long_texts.values():
            shown.setFixedHeight(theme.size(76))
            shown.setTabChangesFocus(True)
        for name in ("coordinates", "back_dating"):
            self.lists[name].setFixedHeight(theme.size(40))
        parts.addWidget(label(_("Données de ce guichet : {folder}").format(folder=desk.home), "meta"))
        parts.addStretch(1)
        scroll.setWidget(inside)
        outer.addWidget(scroll, 1)
        outer.addWidget(self._foot())
        self._watch()
        self.fill()

    @property
    def is_edited(self) -> bool:
        """Whether a field says something else than was filled in."""
        return self.settings() != self._filled or any(shown.problem for shown in self.lists.values())

    def enter(self) -> None:
        """Show the settings as they are kept, unless someone is changing them."""
        if not self.is_edited:
            self.fill()

    def fill(self) -> None:
        """Show the settings as they are kept."""
        settings = self._desk.settings
        for name, line in self.texts.items():
            with QSignalBlocker(line):
                line.setText(getattr(settings, name))
        for name, shown in self.long_texts.items():
            with QSignalBlocker(shown):
                shown.setPlainText(getattr(settings, name))
        for name, choice in self.choices.items():
            choice.fill(str(getattr(settings, name)))
        for name, lines in self.lists.items():
            lines.fill(getattr(settings, name))
        self._filled = self.settings()
        self._show_state()

    def settings(self) -> Settings:
        """The settings as the fields stand."""
        values: dict[str, object] = {name: line.text().strip() for name, line in self.texts.items()}
        values |= {name: shown.toPlainText().strip() for name, shown in self.long_texts.items()}
        values |= {name: choice.code for name, choice in self.choices.items()}
        values |= {name: lines.value for name, lines in self.lists.items()}
        values["text_size"] = int(self.choices["text_size"].code)
        return msgspec.structs.replace(self._desk.settings, **values)

    def save(self) -> None:
        """Keep the settings, on disk before anything follows them."""
        _ = self._desk.words.gettext
        before = self._desk.settings
        wrong = next((lines for lines in self.lists.values() if lines.problem), None)
        if wrong is not None:
            wrong.say()
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            self.said.emit(_("Rien n’est enregistré : {problem}").format(problem=wrong.problem))
            return
        try:
            hours.check(self.texts["opening"].text(), self._desk.words)
            self._desk.keep_settings(self.settings())
        except (PointInfoError, OSError) as error:
            self.said.emit(
                _("Les réglages n’ont pas pu être enregistrés ({reason}). Les anciens restent valables.").format(
                    reason=error if isinstance(error, PointInfoError) else reasons.of_system(error, self._desk.words)
                )
            )
            return
        self._filled = self.settings()
        self._show_state()
        self.said.emit(_("Réglages enregistrés."))
        self.saved.emit(before)

    def _show_state(self) -> None:
        self._state.setVisible(self.is_edited)

    def _foot(self) -> QWidget:
        _ = self._desk.words.gettext
        save = button(_("Enregistrer"), "primary", "Ctrl+S")
        save.clicked.connect(self.save)
        back = button(_("Revenir aux valeurs enregistrées"))
        back.clicked.connect(self.fill)
        self._state = label(_("Modifié, pas encore enregistré"), "meta", wrap=False)
        return flowing(save, back, self._state)

    def _watch(self) -> None:
        for line in self.texts.values():
            line.textChanged.connect(self._show_state)
        for shown in self.long_texts.values():
            shown.textChanged.connect(self._show_state)
        for lines in self.lists.values():
            lines.textChanged.connect(self._show_state)
        for choice in self.choices.values():
            choice.chosen.connect(self._show_state)


def _names(text: str) -> tuple[str, ...]:
    """One name a line, each once."""
    return tuple(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))
