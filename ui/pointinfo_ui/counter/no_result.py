"""Nothing found is no dead end: fewer filters, other audiences, or noting that nobody offers this."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from pointinfo.desk import Desk
from pointinfo.directory import Query
from pointinfo.directory.search import Hint
from pointinfo.i18n import Words
from pointinfo_ui.forms import button, clear, column, label


class NoResult(QScrollArea):
    """Says `tried` with another query, or `unmet_asked`."""

    tried = Signal(object)
    unmet_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        _ = desk.words.gettext
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self.setWidget(inside)
        layout = column(inside, margins=22, spacing=10)
        self._heading = label("", "heading")
        layout.addWidget(self._heading)
        layout.addWidget(label(_("Essayez moins de mots, une seule racine («impôt») ou un autre mot."), "lead"))
        ways = QWidget()
        self._ways = column(ways, margins=0, spacing=6)
        layout.addWidget(ways)
        unmet = button(_("Noter ce besoin"), "primary", "Ctrl+U")
        unmet.clicked.connect(self.unmet_asked)
        layout.addSpacing(8)
        layout.addWidget(unmet)
        layout.addWidget(label(_("Ce que personne ne propose compte : les chiffres diront ce qui a manqué."), "meta"))
        layout.addStretch(1)

    def show_ways(self, query: Query, hints: tuple[Hint, ...]) -> None:
        """Say what found nothing, and the ways that find something."""
        _ = self._desk.words.gettext
        text = query.text.strip()
        if text and query.is_filtered:
            said = _("Aucune fiche pour «{words}» avec ces filtres")
        else:
            said = _("Aucune fiche pour «{words}»") if text else _("Aucune fiche avec ces filtres")
        self._heading.setText(said.format(words=text))
        clear(self._ways)
        for hint in hints:
            way = button(f"{way_words(query, hint.query, self._desk.words)} ({hint.found})")
            way.clicked.connect(self._trier(hint.query))
            self._ways.addWidget(way)
        for shorter in _shorter(query):
            found = self._desk.directory.search(shorter)
            count = len(found.hits)
            if count and found.whole:
                way = button(_("Chercher «{words}» ({count})").format(words=shorter.text, count=count))
                way.clicked.connect(self._trier(shorter))
                self._ways.addWidget(way)

    def _trier(self, query: Query) -> Callable[[], None]:
        return lambda: self.tried.emit(query)


def way_words(query: Query, way: Query, words: Words) -> str:
    """What a wider query gives up, in a button's words: filters, words that nothing has, or both."""
    _ = words.gettext
    if way.text != query.text:
        searched = _("Chercher «{words}»").format(words=way.text)
        fewer = replace(query, text=way.text)
        return searched if way == fewer else f"{searched} : {way_words(fewer, way, words)}"
    dropped = [
        name
        for name in ("audience", "kind", "sector", "language", "open_at", "age")
        if getattr(query, name) != getattr(way, name)
    ]
    if len(dropped) > 1:
        return _("Sans aucun filtre")
    return {
        "audience": _("Pour tous les publics"),
        "kind": _("Services, associations, activités et lieux"),
        "sector": _("Dans tous les quartiers"),
        "language": _("Dans toutes les langues"),
        "open_at": _("Même fermé à ce moment"),
        "age": _("Pour tous les âges"),
    }[dropped[0]]


def _shorter(query: Query) -> list[Query]:
    """Beginnings of the last word that might still be right: a typing error is mostly at its end.

    At least five letters and more than half of the word: «cour» would find every course.
    """
    words = query.text.split()
    lengths = {len(words[-1]) - 2, (2 * len(words[-1])) // 3} if words else set[int]()
    return [
        replace(query, text=" ".join([*words[:-1], words[-1][:length]]))
        for length in sorted(lengths, reverse=True)
        if length >= 5
    ]
