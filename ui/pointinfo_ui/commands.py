"""Every command of the window, declared once: shortcut, palette, cheat sheet and tests are made from these lines."""

import sys
from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from pointinfo.i18n import Words

Page = Literal["", "counter", "journal", "figures", "directory", "settings"]


class Command(NamedTuple):
    """One thing the window can do.

    `name` is the method that does it, on the page or (page "") on the window; `argument` is handed to it where not
    empty. `keys` is Qt's portable text. `place` names the widget of the page that must have the focus (it or a part
    of it), "" for any. `part` names the part of the page that must be shown, "" for any.
    """

    name: str
    page: Page
    keys: str
    text: str
    place: Literal["", "search", "list", "form", "inside"] = ""
    argument: str = ""
    part: str = ""


def key_words(keys: str, words: Words) -> str:
    """A key as it is printed on the clerk's keyboard: «Ctrl+Entrée», «Échap»."""
    _ = words.gettext
    native = (
        QKeySequence.SequenceFormat.NativeText if sys.platform == "darwin" else QKeySequence.SequenceFormat.PortableText
    )
    shown = QKeySequence(keys).toString(native)
    names = {
        "Return": _("Entrée"),
        "Esc": _("Échap"),
        "Del": _("Suppr"),
        "Shift": _("Maj"),
        "Down": "↓",
        "Up": "↑",
        "Left": "←",
        "Right": "→",
        "PgDown": _("Page suiv."),
        "PgUp": _("Page préc."),
    }
    return "+".join(names.get(part, part) for part in shown.split("+"))


def commands(words: Words) -> tuple[Command, ...]:
    """All commands, in the order of the cheat sheet, in the clerk's language."""
    _ = words.gettext
    audience = _("Public : {name}")
    return (
        Command("go_to_search", "", "Ctrl+F", _("Aller à la recherche")),
        Command("search_as_typed", "counter", "Alt+T", _("Chercher les mots tels quels")),
        Command("add_to_visit", "counter", "Return", _("Ajouter la fiche à la visite"), "search"),
        Command("clear_search", "counter", "Esc", _("Effacer la recherche"), "search"),
        Command("scroll_on", "counter", "Alt+Down", _("Lire la suite de la fiche")),
        Command("scroll_back", "counter", "Alt+Up", _("Remonter dans la fiche")),
        Command("show_sheet", "counter", "Ctrl+P", _("Aperçu de la fiche, puis imprimer")),
        Command("save_sheet", "counter", "Ctrl+S", _("Enregistrer la fiche en PDF")),
        Command("reprint", "counter", "Ctrl+Shift+P", _("Réimprimer la dernière feuille")),
        Command("choose_language", "counter", "Ctrl+Shift+L", _("Choisir la langue de la fiche")),
        Command("choose_enclosed", "counter", "Ctrl+J", _("Choisir les dépliants joints à imprimer")),
        Command("still_correct", "counter", "F8", _("Fiche confirmée : toujours exacte")),
        Command("edit_note", "counter", "Ctrl+E", _("Corriger la demande")),
        Command("edit_entry", "counter", "Ctrl+M", _("Modifier cette fiche")),
        Command("leave_form", "counter", "Esc", _("Revenir à la recherche"), "form"),
        Command("note_and_next", "counter", "Ctrl+Return", _("Noter et visite suivante")),
        Command("toggle_pin", "counter", "F7", _("Épingler le canal pour une heure, ou le libérer")),
        Command("next_visitor", "counter", "Ctrl+N", _("Visite suivante sans noter")),
        Command("note_unmet", "counter", "Ctrl+U", _("Noter un besoin sans réponse")),
        Command("toggle_open_now", "counter", "Ctrl+O", _("Seulement ce qui est ouvert maintenant")),
        Command("toggle_near", "counter", "Ctrl+L", _("Les plus proches de ce guichet d’abord")),
        Command("choose_audience", "counter", "Alt+1", audience.format(name=_("Enfance")), argument="enfance"),
        Command("choose_audience", "counter", "Alt+2", audience.format(name=_("Jeunesse")), argument="jeunesse"),
        Command("choose_audience", "counter", "Alt+3", audience.format(name=_("Aîné-e-s")), argument="aines"),
        Command(
            "choose_audience",
            "counter",
            "Alt+4",
            audience.format(name=_("Nouveaux habitant-e-s")),
            argument="nouveaux-habitants",
        ),
        Command(
            "choose_audience",
            "counter",
            "Alt+5",
            audience.format(name=_("Proches aidant-e-s")),
            argument="proches-aidants",
        ),
        Command(
            "choose_audience",
            "counter",
            "Alt+6",
            audience.format(name=_("Toute la population")),
            argument="population",
        ),
        Command("tally", "", "F9", _("Compter une question simple")),
        Command("undo", "", "Ctrl+Z", _("Annuler la dernière note")),
        Command("take_up", "", "Ctrl+Shift+N", _("Reprendre la visite effacée")),
        Command("amend_inquiry", "journal", "Return", _("Corriger la demande choisie"), "list"),
        Command("save_amendment", "journal", "Ctrl+S", _("Enregistrer la correction, ou noter la feuille")),
        Command("save_amendment", "journal", "Ctrl+Return", _("Enregistrer la correction"), "form"),
        Command("leave_form", "journal", "Esc", _("Revenir à la liste"), "form"),
        Command("void_inquiry", "journal", "Del", _("Retirer la demande choisie, ou la rétablir"), "list"),
        Command("show_part", "journal", "Alt+1", _("Demandes du jour"), argument="day"),
        Command("show_part", "journal", "Alt+2", _("Pointage : une touche par question"), argument="tally"),
        Command("show_part", "journal", "Alt+3", _("Feuille du jour : saisie groupée"), argument="sheet"),
        Command("show_part", "journal", "Alt+4", _("Offres manquantes"), argument="offers"),
        Command("previous_day", "journal", "Alt+Left", _("Journal du jour précédent")),
        Command("next_day", "journal", "Alt+Right", _("Journal du jour suivant")),
        Command("edit_hours", "journal", "Ctrl+H", _("Heures d’ouverture du jour")),
        Command("print_paper", "journal", "Ctrl+P", _("Feuille de pointage en PDF, pour le hors murs")),
        Command("toggle_tables", "figures", "Ctrl+T", _("Tableau derrière chaque graphique")),
        Command("copy_table", "figures", "Ctrl+C", _("Copier le tableau du graphique"), "inside"),
        Command("step_back", "figures", "Esc", _("Revenir avant le dernier filtre"), "inside"),
        Command("export", "figures", "Ctrl+S", _("Exporter les chiffres en CSV ou XLSX")),
        Command("show_releases", "figures", "Ctrl+R", _("Publier cette période, voir les publications")),
        Command("show_view", "directory", "Alt+1", _("Fiches"), argument="entries"),
        Command("show_view", "directory", "Alt+2", _("À vérifier"), argument="checks"),
        Command("show_view", "directory", "Alt+3", _("Qualité"), argument="quality"),
        Command("show_view", "directory", "Alt+4", _("Propositions"), argument="proposals"),
        Command("show_view", "directory", "Alt+5", _("Doublons"), argument="duplicates"),
        Command("show_view", "directory", "Alt+6", _("Échanges"), argument="exchange"),
        Command("show_view", "directory", "Alt+7", _("Listes"), argument="lists"),
        Command("show_view", "directory", "Alt+8", _("En lot"), argument="bulk"),
        Command("new_entry", "directory", "Ctrl+N", _("Nouvelle fiche")),
        Command("open_drafts", "directory", "Ctrl+B", _("Reprendre ce qui n’a pas été enregistré")),
        Command("save", "directory", "Ctrl+S", _("Enregistrer la fiche, ou la proposer")),
        Command("next_section", "directory", "Ctrl+PgDown", _("Section suivante de la fiche")),
        Command("previous_section", "directory", "Ctrl+PgUp", _("Section précédente de la fiche")),
        Command("duplicate_entry", "directory", "Ctrl+D", _("Nouvelle fiche semblable à celle-ci")),
        Command("show_history", "directory", "Ctrl+H", _("Historique de la fiche")),
        Command("close_entry", "directory", "Ctrl+Shift+F", _("Fermer cette fiche, ou la rouvrir")),
        Command("still_correct", "directory", "Ctrl+Return", _("Fiche vérifiée : toujours exacte"), part="checks"),
        Command("correct_entry", "directory", "Ctrl+E", _("Corriger la fiche à vérifier"), part="checks"),
        Command("no_answer", "directory", "Ctrl+R", _("Pas de réponse : rappeler dans une semaine"), part="checks"),
        Command("type_sheet", "directory", "Ctrl+T", _("Saisir une feuille de contrôle revenue"), part="checks"),
        Command("save", "settings", "Ctrl+S", _("Enregistrer les réglages")),
        Command("show_page", "", "Ctrl+1", _("Guichet"), argument="counter"),
        Command("show_page", "", "Ctrl+2", _("Journal"), argument="journal"),
        Command("show_page", "", "Ctrl+3", _("Chiffres"), argument="figures"),
        Command("show_page", "", "Ctrl+4", _("Annuaire"), argument="directory"),
        Command("show_page", "", "Ctrl+5", _("Réglages"), argument="settings"),
        Command("show_palette", "", "Ctrl+K", _("Toutes les commandes")),
        Command("show_handbook", "", "Shift+F1", _("Mode d’emploi")),
        Command("show_keys", "", "F1", _("Aide-mémoire des touches")),
        Command("close", "", "Ctrl+Q", _("Quitter PointInfo")),
    )


def wire(
    listed: Iterable[Command], name: Page, page: QWidget, perform: Callable[[Command], None], part: str = ""
) -> None:
    """Put the keys of the commands of one page (or of the window, "") on it, or on a part of it."""
    for command in listed:
        if command.page != name or command.part != part:
            continue
        target: QWidget = getattr(page, command.place) if command.place else page
        action = QAction(command.text, target)
        action.setShortcut(QKeySequence(command.keys))
        inside, anywhere = Qt.ShortcutContext.WidgetWithChildrenShortcut, Qt.ShortcutContext.WindowShortcut
        action.setShortcutContext(inside if command.place else anywhere)
        action.setAutoRepeat(False)  # a key held down is one gesture
        action.triggered.connect(_performer(perform, command))
        target.addAction(action)


def _performer(perform: Callable[[Command], None], command: Command) -> Callable[[bool], None]:
    return lambda _on: perform(command)
