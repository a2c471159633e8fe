"""What stands over the answers: how many there are, what was corrected or left out, and one way to more of them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pointinfo.desk import Desk
from pointinfo.directory import Query, Results
from pointinfo_ui.counter.no_result import way_words
from pointinfo_ui.forms import button, label


class ListHead(QWidget):
    """Says `as_typed` when the words are to be taken as written, `tried` with a wider query."""

    as_typed = Signal()
    tried = Signal(object)

    def __init__(self, desk: Desk, order: QWidget) -> None:
        """`order`: what the list is ordered by, beside the count."""
        super().__init__()
        self._desk = desk
        self._wider_query = Query()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        self.count = label("", "meta")
        self.count.setContentsMargins(16, 2, 8, 2)
        line = QHBoxLayout()
        line.setContentsMargins(0, 6, 12, 4)
        line.addWidget(self.count, 1)
        line.addStretch()
        line.addWidget(order)
        body.addLayout(line)
        self._as_typed = button("", "quiet")
        self._as_typed.hide()
        self._as_typed.clicked.connect(self.as_typed)
        self._wider = button("", "quiet")
        self._wider.hide()
        self._wider.clicked.connect(lambda: self.tried.emit(self._wider_query))
        for part in (self._as_typed, self._wider):
            body.addWidget(part)

    def show_results(self, query: Query, results: Results, *, counted: bool, language: str) -> None:
        """Say what was found; nothing is `counted` where the list has headings of its own.

        `language` is what the question's language is called, "" for French.
        """
        _ = self._desk.words.gettext
        said = self._count_words(query, results)
        if results.corrected:
            typed, used = (" ".join(words) for words in zip(*results.corrected, strict=True))
            said = _("Cherché : {words}").format(words=used) + f" · {said}"
            self._as_typed.setText(_("«{words}» tel quel").format(words=typed) + "   Alt+T")
        self._as_typed.setVisible(bool(results.corrected))
        if query.near is not None and results.sure > results.unplaced:
            said += " · " + _("les plus proches d’abord")
        if language:
            name = language.lower() if self._desk.words.language == "fr" else language
            said += " · " + _("question en {language}").format(language=name)
        self.count.setText(said)
        self.count.setVisible(bool(results.hits) and counted)

    def offer_wider(self, query: Query, results: Results) -> None:
        """Words left out although another audience or quartier has them all: one way to those entries."""
        hints = () if results.whole else self._desk.directory.hints(query)
        self._wider.setVisible(bool(hints))
        if hints:
            self._wider_query = hints[0].query
            self._wider.setText(f"{way_words(query, hints[0].query, self._desk.words)} ({hints[0].found})")

    def _count_words(self, query: Query, results: Results) -> str:
        words = self._desk.words
        _ = words.gettext
        left_out = " ".join(results.left_out)
        if results.partly:
            said = (
                _("Aucune réponse avec «{words}». Peut-être :") if left_out else _("Aucune réponse sûre. Peut-être :")
            )
            return said.format(words=left_out)
        if left_out:
            return _("Aucune fiche avec tous les mots. Réponses sans «{words}» :").format(words=left_out)
        if not (query.text.strip() or query.is_filtered):
            every = len(results.hits)
            whole = words.ngettext("Tout l’annuaire : {count} fiche", "Tout l’annuaire : {count} fiches", every)
            return whole.format(count=every)
        if results.more:
            return _("Les {count} premières fiches : un mot de plus précise").format(count=results.sure)
        said = words.ngettext("{count} fiche", "{count} fiches", results.sure).format(count=results.sure)
        guesses = len(results.hits) - results.sure
        if guesses > 0:
            said += " · " + words.ngettext("{count} peut-être", "{count} peut-être", guesses).format(count=guesses)
        return said
