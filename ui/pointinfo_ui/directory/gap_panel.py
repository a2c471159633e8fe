"""Words that are searched in vain: what they mean, so that the next search finds it; or that they are no gap."""

from collections.abc import Callable, Sequence
from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from pointinfo.desk import Desk
from pointinfo.directory import Gap, TermRow, text
from pointinfo.directory.hours.days import day_words
from pointinfo.errors import PointInfoError
from pointinfo_ui.background import Background
from pointinfo_ui.directory.author import Author
from pointinfo_ui.directory.suggest_line import Suggestion, SuggestLine
from pointinfo_ui.flow import flowing
from pointinfo_ui.forms import button, column, label
from pointinfo_ui.rows import RowText
from pointinfo_ui.theme import Theme


class GapPanel(QFrame):
    """Shows one gap; taking a topic closes it. Says `settled` with a sentence and what takes it back, or `said`."""

    settled = Signal(str, object)
    said = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, background: Background, author: Author) -> None:
        super().__init__()
        self._desk = desk
        self._background = background
        self._author = author
        self.gap: Gap | None = None
        _ = desk.words.gettext
        self.setProperty("panel", True)
        self.setAccessibleName(_("Mots cherchés sans réponse"))
        body = column(self, margins=20, spacing=10)
        self.title = label("", "heading")
        self._times = label("", "meta")
        self.word = QLineEdit()
        self.word.setAccessibleName(_("Synonyme"))
        self.topic = SuggestLine(theme, self._find)
        self.topic.setAccessibleName(_("Sujet que ces mots veulent dire"))
        self.topic.setPlaceholderText(_("Choisir un sujet…"))
        self.topic.taken.connect(self.take)
        self.drop = button(_("Pas une lacune"))
        self.drop.clicked.connect(self.dismiss)
        self._who = label(_("Les synonymes se décident par les éditeur-rice-s."), "meta")
        body.addWidget(self.title)
        body.addWidget(self._times)
        for caption, field in ((_("Synonyme"), self.word), (_("Veut dire"), self.topic)):
            said = label(caption, "label")
            said.setBuddy(field)
            body.addWidget(said)
            body.addWidget(field)
        body.addWidget(label(_("Dès lors, la recherche mène de ces mots aux fiches de ce sujet."), "meta"))
        body.addWidget(self._who)
        body.addWidget(flowing(self.drop))
        body.addWidget(label(_("Si personne n’offre cela, la fiche manque : Ctrl+N la commence sous Fiches."), "meta"))
        body.addStretch(1)
        author.changed.connect(self._show_author)
        self._show_author()

    def show_gap(self, gap: Gap) -> None:
        """Ask what these words mean, the focus where a topic is chosen."""
        self.gap = gap
        words = self._desk.words
        _ = words.gettext
        self.title.setText(_("«{words}»").format(words=gap.words))
        times = words.ngettext(
            "Cherché {count} fois en vain depuis un an, la dernière dans la semaine du {day}.",
            "Cherché {count} fois en vain depuis un an, la dernière dans la semaine du {day}.",
            gap.times,
        )
        self._times.setText(times.format(count=gap.times, day=day_words(gap.last, words)))
        self.word.setText(gap.words)
        self.topic.clear()
        self.topic.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, topic: str) -> None:
        """These words mean a topic from now on."""
        gap, word = self.gap, " ".join(self.word.text().split())
        if gap is None or not word:
            return
        _ = self._desk.words.gettext
        vocabularies, unanswered = self._desk.vocabularies, self._desk.unanswered
        said = _("«{words}» veut dire {topic}.").format(words=word, topic=self._topics[topic].label)

        def keep() -> Callable[[], None]:
            added = vocabularies.add_synonym("topic", topic, word)
            rows = unanswered.settle(gap.words)

            def take_back() -> None:
                if added:
                    vocabularies.drop_synonym("topic", topic, word)
                unanswered.recall(gap.words, rows)

            return take_back

        self._settle(keep, said)

    def dismiss(self) -> None:
        """These words are no gap of the directory."""
        gap = self.gap
        if gap is None:
            return
        _ = self._desk.words.gettext
        unanswered = self._desk.unanswered

        def keep() -> Callable[[], None]:
            rows = unanswered.settle(gap.words)
            return lambda: unanswered.recall(gap.words, rows)

        self._settle(keep, _("«{words}» n’est plus dans la liste.").format(words=gap.words))

    def _settle(self, keep: Callable[[], Callable[[], None]], sentence: str) -> None:
        self.setEnabled(False)

        def done(take_back: Callable[[], None]) -> None:
            self.setEnabled(True)
            self.gap = None
            self.settled.emit(sentence, take_back)

        def failed(error: Exception) -> None:
            self.setEnabled(True)
            if not isinstance(error, PointInfoError):
                raise error
            self.said.emit(str(error))

        self._background.run(self, keep, done, failed)

    def _find(self, typed: str) -> Sequence[Suggestion]:
        wanted = text.query_words(typed)
        return [
            Suggestion(term.code, RowText(term.label))
            for term in self._topics.values()
            if any(_has(said, wanted) for said in self._keys[term.code])
        ]

    @cached_property
    def _topics(self) -> dict[str, TermRow]:
        return {term.code: term for term in self._desk.directory.terms("topic")}

    @cached_property
    def _keys(self) -> dict[str, list[list[str]]]:
        return {
            term.code: [text.words(said) for said in (term.label, *term.synonyms)] for term in self._topics.values()
        }

    def _show_author(self) -> None:
        self.topic.setEnabled(self._author.is_editor)
        self._who.setVisible(not self._author.is_editor)


def _has(said: list[str], wanted: list[str]) -> bool:
    return all(any(word.startswith(want) for word in said) for want in wanted)
