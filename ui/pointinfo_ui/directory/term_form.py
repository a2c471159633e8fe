"""The fields of one term: its name in each language, its synonyms, where it stands, whether it is still offered."""

from collections.abc import Mapping, Sequence

import msgspec
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.directory import TermDetail
from pointinfo.directory.fields import language_name
from pointinfo.i18n import LANGUAGES
from pointinfo_ui.flow import Pair, flowing
from pointinfo_ui.forms import Choice, above, button, label, rule, say
from pointinfo_ui.theme import Theme


class TermForm(QWidget):
    """Shows a term; says `edited` with the term as the fields stand and the name of the field that was changed."""

    edited = Signal(object, str)
    retired = Signal()
    move_asked = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self._term = TermDetail()
        self._labels: dict[str, str] = {}
        words = desk.words
        _ = words.gettext
        self.french, self.english, self.other = QLineEdit(), QLineEdit(), QLineEdit()
        spoken = desk.directory.terms("language")
        self.language = Choice([(term.code, term.label) for term in spoken if term.code not in LANGUAGES])
        self.language.setAccessibleName(_("Autre langue"))
        self.synonyms = QPlainTextEdit()
        self.synonyms.setTabChangesFocus(True)
        self.synonyms.setFixedHeight(theme.size(118))
        self.parent_choice, self.successor = Choice([]), Choice([])
        self.retire_button = button(_("Retirer de la liste"), "plain", _("Suppr"))
        self.move_button = button("")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        self._add_words(outer)
        self._parent = above(_("Rangé sous"), self.parent_choice)
        outer.addWidget(self._parent)
        outer.addWidget(rule())
        self.state = label("")
        outer.addWidget(self.state)
        counted = label(_("Les chiffres comptent l’ancien mot sous celui-ci."), "meta")
        self._succession = above(_("Remplacé par"), self.successor, counted)
        outer.addWidget(self._succession)
        outer.addWidget(flowing(self.retire_button, self.move_button))
        self._wire()

    def _add_words(self, outer: QVBoxLayout) -> None:
        _ = self._desk.words.gettext
        self._wrong = label("", "error")
        self._others = label("", "meta")
        self._shared = label("", "meta")
        outer.addWidget(
            Pair(above(_("En français"), self.french, self._wrong), above(_("En anglais"), self.english), self._theme)
        )
        outer.addWidget(Pair(self.language, self.other, self._theme))
        outer.addWidget(self._others)
        outer.addWidget(above(_("Synonymes"), self.synonyms, self._shared))

    def _wire(self) -> None:
        self.retire_button.clicked.connect(self.retired)
        self.move_button.clicked.connect(self.move_asked)
        for name, line in (("fr", self.french), ("en", self.english), ("other", self.other)):
            line.textEdited.connect(lambda _text, name=name: self._say(name))
        self.synonyms.textChanged.connect(lambda: self._say("synonyms"))
        self.parent_choice.chosen.connect(lambda: self._say("parent"))
        self.successor.chosen.connect(lambda: self._say("successor"))
        self.language.chosen.connect(self._show_other)

    def offer(self, terms: Sequence[TermDetail], parents: Sequence[tuple[str, str]], past: Mapping[str, str]) -> None:
        """What the choices offer for this list: its successors, and the terms of the list above, if there is one.

        `past` has the words of terms above that are offered no more.
        """
        _ = self._desk.words.gettext
        offered = [(term.code, term.label) for term in terms if term.code and not term.retired]
        self.successor.offer([("", _("aucun mot")), *offered])
        self.parent_choice.offer([("", _("rien")), *parents], past)
        self._parent.setVisible(bool(parents))

    def fill(self, term: TermDetail, labels: dict[str, str], clashes: Sequence[tuple[str, str]]) -> None:
        """Show a term without saying that anyone changed it. `labels`: French label by code, of all terms."""
        self._labels = labels
        same = term == self._term
        self._term = term
        if not same:
            for line, code in ((self.french, "fr"), (self.english, "en")):
                if line.text() != term.labels.get(code, ""):
                    with QSignalBlocker(line):
                        line.setText(term.labels.get(code, ""))
            if self._synonyms() != term.synonyms:
                with QSignalBlocker(self.synonyms):
                    self.synonyms.setPlainText("\n".join(term.synonyms))
            self._show_other()
        self.parent_choice.fill(term.parent)
        self._fill_successor(term.replaced_by)
        self._show_state(clashes)

    def set_editable(self, *, editable: bool) -> None:
        """Let a person change the fields, or only read them."""
        for line in (self.french, self.english, self.other, self.synonyms):
            line.setReadOnly(not editable)
        for widget in (self.parent_choice, self.successor, self.retire_button, self.move_button):
            widget.setEnabled(editable)

    def _fill_successor(self, code: str) -> None:
        if code and self.successor.findData(code) < 0:
            self.successor.addItem(self._labels.get(code, code), code)
        self.successor.fill(code)

    def _show_state(self, clashes: Sequence[tuple[str, str]]) -> None:
        words, term = self._desk.words, self._term
        _ = words.gettext
        self._wrong.setText(
            "" if term.label.strip() else _("Il faut un nom français : les autres langues en dépendent.")
        )
        self._wrong.setVisible(not term.label.strip())
        self.french.setProperty("wrong", not term.label.strip())
        self.french.style().polish(self.french)
        shared = [
            _("«{word}» est aussi un mot de «{other}».").format(word=word, other=other) for word, other in clashes
        ]
        self._shared.setText("\n".join([*shared[:4], _("Un par ligne. La recherche les comprend.")]))
        count = words.ngettext("{count} fiche", "{count} fiches", term.entries).format(count=term.entries)
        if not term.code:
            said = _("Nouveau : offert dès l’enregistrement.")
        elif term.retired:
            said = _("Retiré : ce mot n’est plus offert, ni dans les filtres ni dans les fiches. Il reste lisible.")
            said += " " + _("Le portent encore : {count}.").format(count=count) if term.entries else ""
        else:
            said = _("Offert dans les filtres et dans les fiches. Le portent : {count}.").format(count=count)
        self.state.setText(said)
        self._succession.setVisible(term.retired)
        act = _("Remettre dans la liste") if term.retired else _("Retirer de la liste")
        say(self.retire_button, act, _("Suppr"))
        self.move_button.setVisible(term.retired and bool(term.entries) and bool(term.replaced_by))
        moving = words.ngettext("Déplacer {count} fiche", "Déplacer {count} fiches", term.entries)
        self.move_button.setText(moving.format(count=term.entries))
        successor = _("Elles porteront «{name}».").format(name=self._labels.get(term.replaced_by, ""))
        self.move_button.setToolTip(successor)
        self.move_button.setAccessibleName(moving.format(count=term.entries))
        self.move_button.setAccessibleDescription(successor)

    def _show_other(self) -> None:
        words, term = self._desk.words, self._term
        _ = words.gettext
        code = self.language.code
        self.other.setAccessibleName(_("Nom en {language}").format(language=language_name(code, words)))
        if self.other.text() != term.labels.get(code, ""):
            with QSignalBlocker(self.other):
                self.other.setText(term.labels.get(code, ""))
        known = [
            f"{language_name(each, words)} : {text}"
            for each, text in term.labels.items()
            if each not in ("fr", "en", code)
        ]
        self._others.setText(" · ".join(known))
        self._others.setVisible(bool(known))

    def _synonyms(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.synonyms.toPlainText().splitlines() if line.strip())

    def _say(self, name: str) -> None:
        labels = dict(self._term.labels)
        for code, line in (("fr", self.french), ("en", self.english), (self.language.code, self.other)):
            if line.text().strip():
                labels[code] = line.text().strip()
            else:
                labels.pop(code, None)
        self._term = msgspec.structs.replace(
            self._term,
            labels=labels,
            synonyms=self._synonyms(),
            parent=self.parent_choice.code,
            replaced_by=self.successor.code if self._term.retired else "",
        )
        self.edited.emit(self._term, name)
